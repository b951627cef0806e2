"""The only writer of meetings, agendas, attendance and informal contacts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation import meeting_days
from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.lifecycle_meetings import MEETING
from tillitsrom.cooperation.models import (
    AgendaItem,
    Attendance,
    Case,
    Contact,
    Meeting,
    Seat,
)
from tillitsrom.core import events
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.notices.actions import send
from tillitsrom.people.models import Membership, Organisation, Party, User

from . import cases
from .common import needed

M = Meeting.Status
FIELDS = ("body", "unit", "form", "about", "on", "starts_at", "place")


@dataclass(frozen=True, slots=True)
class Person:
    """Who was at a meeting: the side, the party if any, the name as it is to stand, and whether present."""

    side: str
    name: str
    party: Party | None = None
    present: bool = True


def locked(meeting: Meeting, version: int | None) -> Meeting:
    """The row under lock as it stands now; Conflict where somebody else was first."""
    row = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("organisation", "body__unit", "unit")
        .get(pk=meeting.pk)
    )
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this meeting since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    row.version += 1
    return row


def audience(meeting: Meeting) -> list[User]:
    """Who is told: those with seats in the body, and those who speak for a party in the organisation or for the unit."""
    from django.db.models import Q

    from tillitsrom.people.models import Role
    from tillitsrom.signals.rules import line

    today = timezone.localdate()
    way = [unit for unit in line(meeting.place_of_work) if unit is not None]
    place = Q(unit__isnull=True) | Q(unit__in=way)
    who = Q(role=Role.UNION_REPRESENTATIVE) | Q(role=Role.SAFETY_DELEGATE) | (Q(role=Role.MANAGER) & place)
    held = Membership.objects.filter(who, organisation=meeting.organisation_id).valid_on(today)
    seats = Seat.objects.filter(body=meeting.body_id, person__isnull=False) if meeting.body_id else None
    people = Q(pk__in=held.values("user"))
    if seats is not None:
        current = seats.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        people |= Q(pk__in=current.values("person"))
    return list(User.objects.filter(people, is_active=True))


def _tell(kind: str, meeting: Meeting, besides: User, **data: str) -> None:
    people = [one for one in audience(meeting) if one != besides]
    known = {"meeting": str(meeting), "day": in_figures(meeting.on), **data}
    url = reverse("cooperation:meeting", args=[meeting.pk])
    send(f"meeting.{kind}", recipients=people, subject=meeting, url=url, data=known)


def _note(kind: str, meeting: Meeting, actor: User, **data: Any) -> None:
    events.record(f"meeting.{kind}", subject=meeting, actor=actor, data=data)


def _fill(row: Meeting, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    places = [one.organisation_id for one in (row.body, row.unit) if one is not None]
    if any(place != row.organisation_id for place in places):
        raise ValidationError(_("Bodies and units must belong to the organisation of the meeting."))
    if row.on is None:
        raise ValidationError({"on": [_("This must be filled in.")]})
    days = meeting_days.days_for(row.organisation, row.on)
    row.call_by, row.documents_by = days.call_by, days.documents_by


@transaction.atomic
def plan(
    *, actor: User, organisation: Organisation, values: Mapping[str, Any], agenda: Iterable[Case] = ()
) -> Meeting:
    """Plan a meeting. The last days for calling it and sending papers follow from what the parties have agreed."""
    row = Meeting(organisation=organisation)
    _fill(row, values)
    require(rules.may_plan(actor, row))
    if row.on < timezone.localdate():
        raise ValidationError({"on": [_("The day has been. Plan a day that comes.")]})
    row.full_clean()
    row.save()
    _note("plan", row, actor, day=in_figures(row.on))
    _put_on_agenda(row, agenda)
    return row


@transaction.atomic
def change(*, actor: User, meeting: Meeting, version: int, values: Mapping[str, Any]) -> Meeting:
    """Change a meeting that is planned and not called. Raises Conflict, Refused, WrongState or ValidationError."""
    row = locked(meeting, version)
    MEETING.check(actor, row, "edit")
    _fill(row, values)
    require(rules.may_plan(actor, row))
    if row.on < timezone.localdate():
        raise ValidationError({"on": [_("The day has been. Plan a day that comes.")]})
    row.full_clean()
    row.save()
    _note("plan", row, actor, day=in_figures(row.on))
    return row


@transaction.atomic
def set_agenda(*, actor: User, meeting: Meeting, version: int, agenda: Iterable[Case]) -> Meeting:
    """The cases of a planned meeting, in this order. A case lies before one meeting at a time."""
    row = locked(meeting, version)
    MEETING.check(actor, row, "agenda")
    row.agenda.all().delete()
    _put_on_agenda(row, agenda)
    row.save()
    _note("agenda", row, actor)
    return row


def _put_on_agenda(row: Meeting, agenda: Iterable[Case]) -> None:
    wanted = list(agenda)
    # Locked in one order everywhere, so that two meetings that want the same cases wait for each other and never for ever.
    rows = {one.pk: one for one in Case.objects.select_for_update().filter(
        pk__in=[one.pk for one in wanted]).order_by("pk")}  # fmt: skip
    for order, one in enumerate(wanted, start=1):
        case = rows[one.pk]
        if case.organisation_id != row.organisation_id:
            raise ValidationError({"agenda": [_("The case belongs to another organisation.")]})
        if case.status != Case.Status.CLASSIFIED:
            raise WrongState(
                _("Case %(case)s cannot be put on an agenda now: its form must be set, and it must not be settled.")
                % {"case": case.number}
            )  # fmt: skip
        other = AgendaItem.objects.filter(case=case, live=True).select_related("meeting__body").first()
        if other is not None:
            raise WrongState(
                _("Case %(case)s is on the agenda of another meeting: %(meeting)s.")
                % {"case": case.number, "meeting": other.meeting}
            )
        AgendaItem.objects.create(meeting=row, case=case, order=order, round=case.rounds)


@transaction.atomic
def call(*, actor: User, meeting: Meeting, version: int, late_reason: str = "") -> Meeting:
    """Call the parties with the agenda. After the last day it is still possible, with a reason that all can read."""
    row = locked(meeting, version)
    step = MEETING.check(actor, row, "call")
    today = timezone.localdate()
    items = list(row.agenda.select_related("case"))
    if not items and not row.about:
        raise ValidationError({"agenda": [_("Put a case on the agenda, or say what the meeting is about.")]})
    if row.on < today:
        raise ValidationError({"on": [_("The day has been. Plan a day that comes.")]})
    if today > row.call_by:
        row.late_reason = needed(late_reason=late_reason)["late_reason"]
    row.status, row.called_on = M(step.target), today
    row.full_clean()
    row.save()
    _seats_to_attendance(row)
    for item in items:
        cases.mark_called(actor=actor, case=item.case, meeting=row)
    _note("call", row, actor)
    if row.late_reason:
        _note("late", row, actor, reason=row.late_reason)
    _tell("called", row, actor, agenda="; ".join(str(item.case.number) for item in items) or row.about)
    return row


def _seats_to_attendance(row: Meeting) -> None:
    """Those with seats in the body stand on the list of who came, to be crossed out or added to."""
    if row.body is None or row.attendance.exists():
        return
    today = timezone.localdate()
    seats = row.body.seats.filter(deputy=False, person__isnull=False).select_related("person", "party")
    Attendance.objects.bulk_create(
        Attendance(meeting=row, side=one.side, party=one.party, name=one.person.name)
        for one in seats
        if one.person is not None and (one.valid_to is None or one.valid_to >= today)
    )


@transaction.atomic
def move(*, actor: User, meeting: Meeting, version: int, values: Mapping[str, Any], reason: str) -> Meeting:
    """Move a meeting that was called, with a reason; all are told. The days are counted anew, the day of the call stands."""
    row = locked(meeting, version)
    MEETING.check(actor, row, "move")
    words = needed(reason=reason)["reason"]
    _fill(row, {name: values[name] for name in ("on", "starts_at", "place") if name in values})
    if row.on < timezone.localdate():
        raise ValidationError({"on": [_("The day has been. Plan a day that comes.")]})
    if row.called_late and not row.late_reason:
        row.late_reason = words[:300]
    row.full_clean()
    row.save()
    _note("move", row, actor, day=in_figures(row.on), reason=words)
    _tell("moved", row, actor, reason=words)
    return row


@transaction.atomic
def attend(*, actor: User, meeting: Meeting, version: int, people: Iterable[Person]) -> Meeting:
    """Who came. It stands still once minutes of the meeting have been sent."""
    row = locked(meeting, version)
    MEETING.check(actor, row, "attend")
    if rules.attendance_stands(row):
        raise WrongState(_("The minutes have been sent. Who came cannot be changed now."))
    row.attendance.all().delete()
    for one in people:
        if one.party is not None and one.party.organisation_id != row.organisation_id:
            raise ValidationError(_("The party belongs to another organisation."))
        made = Attendance(
            meeting=row, side=one.side, party=one.party, name=one.name.strip(), present=one.present
        )
        made.full_clean()
        made.save()
    row.save()
    _note("attend", row, actor)
    return row


@transaction.atomic
def hold(*, actor: User, meeting: Meeting, version: int) -> Meeting:
    """The meeting was held: its cases go on."""
    row = locked(meeting, version)
    step = MEETING.check(actor, row, "hold")
    row.status = M(step.target)
    row.save()
    items = list(row.agenda.select_related("case"))
    for item in items:
        if item.case.status == Case.Status.CALLED:
            cases.mark_held(actor=actor, case=item.case, meeting=row)
    row.agenda.update(live=False)
    _note("hold", row, actor)
    return row


@transaction.atomic
def cancel(*, actor: User, meeting: Meeting, version: int, reason: str) -> Meeting:
    """Cancel the meeting with a reason: its cases wait for another, and those who were called are told."""
    row = locked(meeting, version)
    step = MEETING.check(actor, row, "cancel")
    words = needed(reason=reason)["reason"]
    was_called = row.status == M.CALLED
    row.status, row.status_reason = M(step.target), words
    row.full_clean()
    row.save()
    for item in row.agenda.select_related("case"):
        if was_called and item.case.status == Case.Status.CALLED:
            cases.mark_called_off(actor=actor, case=item.case, meeting=row)
    row.agenda.update(live=False)
    _note("cancel", row, actor, reason=words)
    if was_called:
        _tell("cancelled", row, actor, reason=words)
    return row


@transaction.atomic
def log_contact(
    *,
    actor: User,
    organisation: Organisation,
    about: str,
    parties: Iterable[Party],
    case: Case | None = None,
    on: date | None = None,
) -> Contact:
    """Note an informal talk in one line. It settles nothing, and nobody is told."""
    require(rules.may_log(actor, organisation))
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError({"on": [_("The day cannot lie ahead.")]})
    known = list(parties)
    if case is not None and case.organisation_id != organisation.pk:
        raise ValidationError({"case": [_("The case belongs to another organisation.")]})
    if any(one.organisation_id != organisation.pk for one in known):
        raise ValidationError({"parties": [_("The party belongs to another organisation.")]})
    made = Contact(
        organisation=organisation, case=case, on=day, about=needed(about=about)["about"], logged_by=actor
    )
    made.full_clean()
    made.save()
    made.parties.set(known)
    events.record("contact.log", subject=made, actor=actor)
    return made
