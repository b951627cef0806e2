"""What system administrators keep: organisations, units, parties. Everybody else is told why not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tillitsrom.core.decisions import require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people import actions, queries, rules
from tillitsrom.people.forms import OrganisationForm, PartyForm, UnitForm
from tillitsrom.people.models import Organisation, Party, Unit

P = ParamSpec("P")


def administrators_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The rule, asked before the page is put together; the actions ask it again."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        require(rules.may_administer(actor_of(request)))
        return view(request, *args, **kwargs)

    return guarded


def form_page(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    """A page with one form; what was refused is shown beside the fields, and what was typed is kept."""
    status = 400 if form.errors else 200
    return render(request, "people/admin/form.html", {"form": form, **context}, status=status)


@require_GET
@administrators_only
def administration(request: HttpRequest) -> HttpResponse:
    """Where keeping people and organisations begins."""
    words = request.GET.get("q", "").strip()
    organisations = queries.organisations_by_level(rules.organisations_visible_to(actor_of(request)), words)
    return render(request, "people/admin/start.html", {"groups": organisations, "q": words})


@require_http_methods(["GET", "POST"])
@administrators_only
def organisation_add(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_organisation(actor=person_of(request), organisation=form.save(commit=False))
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("people_organisation_admin", pk=saved.pk)
    return form_page(
        request, form, heading=_("Add an organisation"), back=reverse("people_administration"), parent=None
    )


@require_GET
@administrators_only
def organisation_admin(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation with what there is to keep: units, parties, and who holds which role."""
    organisation = get_object_or_404(Organisation.objects.select_related("superior"), pk=pk)
    context = {
        "organisation": organisation,
        "units": rules.outline(organisation),
        "parties": organisation.parties.all(),
        "memberships": queries.memberships_in(organisation),
    }
    return render(request, "people/admin/organisation.html", context)


@require_http_methods(["GET", "POST"])
@administrators_only
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    form = OrganisationForm(request.POST if request.method == "POST" else None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        actions.save_organisation(actor=person_of(request), organisation=form.save(commit=False))
        return _done(request, organisation.name, pk)
    return _organisation_form(request, form, pk, _("Change the organisation"))


@require_http_methods(["GET", "POST"])
@administrators_only
def unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    form = UnitForm(
        request.POST if request.method == "POST" else None, instance=Unit(organisation=organisation)
    )
    if request.method == "POST" and form.is_valid():
        unit = actions.save_unit(actor=person_of(request), unit=form.save(commit=False))
        return _done(request, unit.name, pk)
    return _organisation_form(request, form, pk, _("Add a unit"))


@require_http_methods(["GET", "POST"])
@administrators_only
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a unit, or move it to another place in the tree."""
    unit = get_object_or_404(Unit.objects.select_related("organisation"), pk=pk)
    form = UnitForm(request.POST if request.method == "POST" else None, instance=unit)
    if request.method == "POST" and form.is_valid():
        actions.save_unit(actor=person_of(request), unit=form.save(commit=False))
        return _done(request, unit.name, unit.organisation_id)
    return _organisation_form(request, form, unit.organisation_id, _("Rename or move the unit"))


@require_http_methods(["GET", "POST"])
@administrators_only
def party_add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    form = PartyForm(
        request.POST if request.method == "POST" else None, instance=Party(organisation=organisation)
    )
    if request.method == "POST" and form.is_valid():
        party = actions.save_party(actor=person_of(request), party=form.save(commit=False))
        return _done(request, party.name, pk)
    return _organisation_form(request, form, pk, _("Add a party"))


@require_http_methods(["GET", "POST"])
@administrators_only
def party_edit(request: HttpRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party, pk=pk)
    form = PartyForm(request.POST if request.method == "POST" else None, instance=party)
    if request.method == "POST" and form.is_valid():
        actions.save_party(actor=person_of(request), party=form.save(commit=False))
        return _done(request, party.name, party.organisation_id)
    return _organisation_form(request, form, party.organisation_id, _("Change the party"))


def _done(request: HttpRequest, name: str, organisation_id: int) -> HttpResponse:
    messages.success(request, _("%(name)s is saved.") % {"name": name})
    return redirect("people_organisation_admin", pk=organisation_id)


def _organisation_form(request: HttpRequest, form: Any, organisation_id: int, heading: str) -> HttpResponse:
    organisation = Organisation.objects.get(pk=organisation_id)
    back = reverse("people_organisation_admin", args=[organisation_id])
    return form_page(request, form, heading=heading, back=back, parent=organisation)
