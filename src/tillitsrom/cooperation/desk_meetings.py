"""The meetings' part of «Mitt bord»: minutes that wait for my party, minutes to write, and meetings that come."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import Role, User
from tillitsrom.people.rules import standing
from tillitsrom.web.desk import Row, Section, provides

from . import rules_meetings as rules
from .models import Meeting, Minutes, Seat

AT_MOST = 6


@provides(32)
def minutes_waiting(person: User, today: date) -> Iterable[Section]:
    places = standing(person).organisations_as((Role.MANAGER, Role.UNION_REPRESENTATIVE))
    if not places:
        return
    rows = [*_to_answer(person, places, today), *_to_write(person, places, today)]
    yield Section("minutes_waiting", _("Minutes that wait for you"), tuple(rows[:AT_MOST]))


def _rows(places: frozenset[int], status: str) -> Iterable[Minutes]:
    rows = Minutes.objects.filter(case__organisation__in=places, status=status)
    related = ("case__organisation", "case__unit", "meeting__organisation", "meeting__body")
    return rows.select_related(*related).prefetch_related("approvals").order_by("due_on", "pk")[:40]


def _to_answer(person: User, places: frozenset[int], today: date) -> Iterable[Row]:
    for one in _rows(places, Minutes.Status.SENT):
        if rules.parties_to_sign_for(person, one):
            yield Row(
                url=reverse("cooperation:minutes", args=[one.pk]),
                title=str(one),
                tag=_("To be signed by you") if one.signed else _("Waits for your approval"),
                tone="warning",
                due=one.due_on,
            )


def _to_write(person: User, places: frozenset[int], today: date) -> Iterable[Row]:
    for one in _rows(places, Minutes.Status.DRAFTED):
        if rules.may_send(person, one):
            late = one.due_on < today
            yield Row(
                url=reverse("cooperation:minutes", args=[one.pk]),
                title=str(one),
                tag=_("Late") if late else _("To be written and sent"),
                tone="danger" if late else "info",
                due=one.due_on,
            )


@provides(34)
def meetings_coming(person: User, today: date) -> Iterable[Section]:
    """Meetings of the person's bodies and parties: those to be called first, by their last day to call."""
    seats = Seat.objects.filter(person=person).exclude(valid_to__lt=today).values("body")
    roles = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.COORDINATOR, Role.SAFETY_DELEGATE)
    mine = Q(organisation__in=standing(person).organisations_as(roles)) | Q(body__in=seats)
    ahead = Meeting.objects.filter(mine, on__gte=today).select_related("organisation", "body__unit", "unit")
    found = []
    for one in ahead.filter(status__in=(Meeting.Status.PLANNED, Meeting.Status.CALLED)).order_by("on", "pk")[
        :AT_MOST
    ]:
        to_call = one.status == Meeting.Status.PLANNED
        late = to_call and one.call_by < today
        found.append(
            Row(
                url=reverse("cooperation:meeting", args=[one.pk]),
                title=str(one),
                tag=_("Should have been called")
                if late
                else (_("To be called") if to_call else one.get_status_display()),
                tone="danger" if late else "info",
                due=one.call_by if to_call else one.on,
            )
        )
    yield Section(
        "meetings_coming",
        _("Meetings that come"),
        tuple(found),
        waits=False,
        more_url=reverse("cooperation:meetings"),
        more_label=_("All meetings"),
    )
