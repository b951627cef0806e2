"""My page: who I am here, my roles, my keys for the API, my data, and the way out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillitsrom.core.http import person_of
from tillitsrom.people import actions, queries, rules
from tillitsrom.people.forms import EraseForm, ProfileForm, TokenForm
from tillitsrom.people.models import User

from .login import remember_language


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name and language, which I change myself; roles, which I see; keys, which I make."""
    person = person_of(request)
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=User.objects.get(pk=person.pk)
    )
    if request.method == "POST" and form.is_valid():
        saved = actions.save_own_profile(
            actor=person, name=form.cleaned_data["name"], language=form.cleaned_data["language"]
        )
        with translation.override(saved.language):
            messages.success(request, _("Your changes are saved."))
        return remember_language(request, redirect("profile"), saved.language)
    return render(request, "people/profile.html", page(person, form=form), status=400 if form.errors else 200)


def page(person: User, **more: Any) -> dict[str, Any]:
    """What my page shows; forms that were refused come in by name."""
    return {
        "form": ProfileForm(instance=person),
        "token_form": TokenForm(prefix="token"),
        "memberships": queries.memberships_of(person),
        "tokens": person.api_tokens.all(),
        "today": timezone.localdate(),
        "may_erase": rules.may_close(person, person),
        **more,
    }


@require_POST
def token_add(request: HttpRequest) -> HttpResponse:
    """Make a key. It is shown in this one answer and can never be shown again."""
    person = person_of(request)
    form = TokenForm(request.POST, prefix="token")
    if not form.is_valid():
        return render(request, "people/profile.html", page(person, token_form=form), status=400)
    token, key = actions.make_token(
        actor=person, name=form.cleaned_data["name"], scope=form.cleaned_data["scope"]
    )
    return render(request, "people/token_made.html", {"token": token, "key": key})


@require_POST
def token_remove(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    actions.remove_token(actor=person, token=get_object_or_404(person.api_tokens, pk=pk))
    messages.success(request, _("The key is removed. Programs that use it are shut out from now on."))
    return redirect("profile")


@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything the system keeps about me, as a file that a program can read."""
    response = JsonResponse(
        queries.data_about(person_of(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response.headers["Content-Disposition"] = 'attachment; filename="tillitsrom-mine-data.json"'
    return response


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account, after a deliberate yes."""
    person = person_of(request)
    decision = rules.may_close(person, person)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.erase_person(actor=person, person=person)
        logout(request)
        messages.success(request, _("Your account and everything about you is erased."))
        return redirect("login")
    context = {"form": form, "person": person, "decision": decision, "own": True}
    return render(request, "people/erase.html", context, status=400 if form.errors else 200)
