"""Logging in and choosing a password: Django's own views with our forms, in the person's language.

A second way in (OpenID Connect) is a second backend beside `people.backends.EmailBackend` and a link in the block
`other_ways` of `registration/login.html`; see docs/decisions/0003-log-in.md.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from tillitsrom.core import rates
from tillitsrom.core.http import client_address, person_of
from tillitsrom.people.forms import AskForPasswordForm, LogInForm

# How many links for a new password one machine may ask for in an hour.
LINKS_PER_HOUR = 20
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


@method_decorator(login_not_required, name="dispatch")
class LogIn(auth.LoginView):
    """E-mail address and password; then on to where the person was going, never to another site."""

    authentication_form = LogInForm

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
            response = render(request, "429.html", status=429)
            response.headers["Retry-After"] = str(wait)
            return response
        return super().post(request, *args, **kwargs)


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
