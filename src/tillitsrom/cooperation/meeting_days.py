"""The days of a meeting from what the parties have agreed: the last day to call it, to send papers, to have minutes ready."""

from dataclasses import dataclass
from datetime import date, timedelta

from tillitsrom.people.models import Organisation
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.models import WheelPoint

from .models import Meeting

AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a meeting on a date. `note` says so where they are not agreed locally."""

    call_by: date
    documents_by: date
    minutes_by: date
    agreed_locally: bool
    note: str


def days_for(organisation: Organisation, on: date) -> Days:
    """Counted in calendar days from the local agreement that holds on the day of the meeting."""
    held = agreements.in_force(organisation, on)
    return Days(
        on - timedelta(days=held.notice_days),
        on - timedelta(days=held.document_days),
        on + timedelta(days=held.minutes_days),
        held.agreed_locally,
        held.days_note,
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A point of the annual wheel that comes up and that no meeting has taken yet."""

    about: str
    form: str
    month: date


def proposals(organisation: Organisation, today: date) -> list[Proposal]:
    """What the annual wheel has for the coming four months, the nearest first."""
    local = agreements.in_force(organisation, today).local
    if local is None:
        return []
    found = []
    for point in WheelPoint.objects.filter(agreement=local):
        year = today.year + (point.month < today.month)
        month = date(year, point.month, 1)
        taken = Meeting.objects.filter(organisation=organisation, about=point.what, on__year=year).exclude(
            status=Meeting.Status.CANCELLED
        )
        if month <= today + AHEAD and not taken.exists():
            found.append(Proposal(point.what, point.form, month))
    return sorted(found, key=lambda one: one.month)
