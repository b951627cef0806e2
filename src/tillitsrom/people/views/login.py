"""Logging in and choosing a password: Django's own views with our forms, in the person's language.

A second way in (OpenID Connect) is a second backend beside `people.backends.EmailBackend` and a link in the block
`other_ways` of `registration/login.html`; see docs/decisions/0003-log-in.md.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from tillitsrom.core import rates
from tillitsrom.core.http import client_address, person_of
from tillitsrom.people.forms import AskForPasswordForm, LogInForm

# How many links for a new password one machine may ask for in an hour.
LINKS_PER_HOUR = 20
# How many of them are sent to one address in an hour, whoever asks: nobody's mailbox is filled from here.
LINKS_PER_ADDRESS = 5
# How many log-ins of one machine may fail in a quarter of an hour, whatever addresses it tries. The lock against guessing
# counts each address by itself; this stops the one who tries one password on everybody. A whole workplace may share a machine's
# address, so it is generous.
FAILURES_PER_MACHINE = 100
FAILURE_WINDOW = 15 * 60
YEAR = timedelta(days=365)


def remember_language(request: HttpRequest, response: HttpResponse, language: str) -> HttpResponse:
    """From now on the pages come in this language on this device."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that says to wait."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


@method_decorator(login_not_required, name="dispatch")
class LogIn(auth.LoginView):
    """E-mail address and password; then on to where the person was going, never to another site."""

    authentication_form = LogInForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if rates.is_full(self._bucket, limit=FAILURES_PER_MACHINE, seconds=FAILURE_WINDOW):
            return too_many(request, FAILURE_WINDOW)
        return super().post(request, *args, **kwargs)

    @property
    def _bucket(self) -> str:
        return f"log-in:{client_address(self.request)}"

    def form_invalid(self, form: Any) -> HttpResponse:
        rates.take(self._bucket, limit=FAILURES_PER_MACHINE, seconds=FAILURE_WINDOW)
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        return remember_language(self.request, response, person_of(self.request).language)


class LogOut(auth.LogoutView):
    """Only by a form, so that no link can log anybody out."""


@method_decorator(login_not_required, name="dispatch")
class AskForPassword(auth.PasswordResetView):
    """Sends a link; says the same whether or not the address is known."""

    form_class = AskForPasswordForm
    success_url = reverse_lazy("password_reset_done")

    @property
    def extra_email_context(self) -> dict[str, str]:
        return {"site_name": settings.SITE_NAME}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = rates.take(f"link:{client_address(request)}", limit=LINKS_PER_HOUR, seconds=3600)
        if wait:
            return too_many(request, wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Beyond the limit no letter goes out, and the answer is the same: it tells nobody which addresses are known."""
        mailbox = hashlib.sha256(form.cleaned_data["email"].lower().encode()).hexdigest()
        if rates.take(f"link-to:{mailbox}", limit=LINKS_PER_ADDRESS, seconds=3600):
            return HttpResponseRedirect(str(self.success_url))
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class LinkSent(auth.PasswordResetDoneView):
    """The link is on its way, if the address is known."""


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(auth.PasswordResetConfirmView):
    """Where the link leads."""

    success_url = reverse_lazy("password_reset_complete")


@method_decorator(login_not_required, name="dispatch")
class PasswordChosen(auth.PasswordResetCompleteView):
    """The password is saved."""


class ChangePassword(auth.PasswordChangeView):
    """A signed-in person changes their password; other devices are logged out."""

    success_url = reverse_lazy("password_change_done")
