"""Bodies: the list of them, one with its seats and what the law says about them, and the forms."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import bodies as actions
from tillitsrom.cooperation.composition import composition
from tillitsrom.cooperation.forms_meetings import BodyForm, SeatForm
from tillitsrom.cooperation.models import Body, Meeting
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people.models import Organisation
from tillitsrom.people.rules import organisations_visible_to, standing
from tillitsrom.rulesets.forms import add_errors

UNPROCESSABLE, CONFLICT = 422, 409


def _visible(request: HttpRequest, pk: int) -> Body:
    rows = rules.bodies_visible_to(actor_of(request)).select_related("organisation", "unit")
    return get_object_or_404(rows, pk=pk)


def own_organisations(request: HttpRequest) -> list[Organisation]:
    """The organisations that the person belongs to."""
    return list(Organisation.objects.filter(pk__in=standing(actor_of(request)).organisations))


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies that the reader may see, each with what does not fit and its empty seats."""
    actor, today = actor_of(request), timezone.localdate()
    rows = (
        rules.bodies_visible_to(actor).select_related("organisation", "unit").order_by("organisation", "name")
    )
    places = [one for one in own_organisations(request) if rules.may_keep_bodies(actor, one)]
    context = {"rows": [(one, composition(one, today)) for one in rows], "places": places}
    return render(request, "cooperation/bodies.html", context)


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    row, actor = _visible(request, pk), actor_of(request)
    found = rules.meetings_visible_to(actor).filter(body=row)
    coming = found.filter(status__in=(Meeting.Status.PLANNED, Meeting.Status.CALLED)).order_by("on")
    context = {
        "body": row,
        "made": composition(row, timezone.localdate()),
        "today": timezone.localdate(),
        "may_keep": rules.may_keep_body(actor, row),
        "coming": coming,
        "past": found.filter(status=Meeting.Status.HELD)[:12],
        "life": [(one.at, events.sentence(one), events.who(one, actor)) for one in events.history(row)],
    }
    return render(request, "cooperation/body.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, organisation_pk: int) -> HttpResponse:
    """Set up a body."""
    organisation = get_object_or_404(organisations_visible_to(actor_of(request)), pk=organisation_pk)
    require(rules.may_keep_bodies(actor_of(request), organisation))
    form = BodyForm(request.POST or None, organisation=organisation)
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.set_up(actor=person_of(request), organisation=organisation, values=form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The body is set up. Now give it its seats."))
            return HttpResponseRedirect(reverse("cooperation:body", args=[made.pk]))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "cooperation/body_write.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a body."""
    row, person = _visible(request, pk), person_of(request)
    require(rules.may_keep_body(person, row))
    form = BodyForm(request.POST or None, organisation=row.organisation, body=row)
    context: dict[str, Any] = {"form": form, "organisation": row.organisation, "body": row}
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                actor=person, body=row, version=form.cleaned_data["version"] or 0, values=form.values()
            )
        except ValidationError as error:
            add_errors(form, error)
        except Conflict as stopped:
            data = request.POST.copy()
            fresh = _visible(request, pk)
            data["version"] = str(fresh.version)
            context |= {
                "form": BodyForm(data, organisation=row.organisation, body=fresh),
                "body": fresh,
                "notice": str(stopped),
            }
            status = CONFLICT
        else:
            messages.success(request, _("The body is saved."))
            return HttpResponseRedirect(reverse("cooperation:body", args=[pk]))
    return render(request, "cooperation/body_write.html", context, status=status)


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, pk: int, seat_pk: int | None = None) -> HttpResponse:
    """Add a seat, or fill one."""
    row, person = _visible(request, pk), person_of(request)
    require(rules.may_keep_body(person, row))
    which = get_object_or_404(row.seats, pk=seat_pk) if seat_pk else None
    form = SeatForm(request.POST or None, body=row, seat=which)
    if request.method == "POST" and form.is_valid():
        try:
            actions.seat(actor=person, body=row, draft=form.draft(), which=which)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The seat is saved."))
            return HttpResponseRedirect(reverse("cooperation:body", args=[pk]))
    context = {"form": form, "body": row, "seat": which}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "cooperation/seat.html", context, status=status)


@require_POST
def end_seat(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """End a seat today."""
    row = _visible(request, pk)
    which = get_object_or_404(row.seats, pk=seat_pk)
    actions.end_seat(actor=person_of(request), body=row, which=which)
    messages.success(request, _("The seat ends today."))
    return HttpResponseRedirect(reverse("cooperation:body", args=[pk]))
