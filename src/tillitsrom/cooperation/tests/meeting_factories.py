"""Meetings and minutes brought to a state by the actions themselves, for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tillitsrom.cooperation.actions import meetings, minutes
from tillitsrom.cooperation.models import Case, Meeting, Minutes
from tillitsrom.cooperation.rules_meetings import digest
from tillitsrom.rulesets.tests.factories import Body

AHEAD = 40


def planned(place: Body, *cases: Case, on: date | None = None, **values: Any) -> Meeting:
    known = {"on": on or timezone.localdate() + timedelta(days=AHEAD), "form": "discussion", **values}
    return meetings.plan(actor=place.manager, organisation=place.organisation, values=known, agenda=cases)


def called(place: Body, *cases: Case, **values: Any) -> Meeting:
    row = planned(place, *cases, **values)
    return meetings.call(actor=place.manager, meeting=row, version=row.version, late_reason="Det haster.")


def held(place: Body, *cases: Case) -> Meeting:
    """Called for today, with both sides noted as present, and held."""
    row = called(place, *cases, on=timezone.localdate())
    people = [meetings.Person(party.side, person.name, party) for person, party in place.signers[:2]]
    row = meetings.attend(actor=place.manager, meeting=row, version=row.version, people=people)
    return meetings.hold(actor=place.manager, meeting=row, version=row.version)


def meeting_in(place: Body, status: str, *cases: Case) -> Meeting:
    if status == "planned":
        return planned(place, *cases, on=timezone.localdate())
    if status == "called":
        return called(place, *cases, on=timezone.localdate())
    if status == "held":
        return held(place, *cases)
    row = planned(place, *cases)
    return meetings.cancel(actor=place.manager, meeting=row, version=row.version, reason="Utgår.")


def minutes_in(place: Body, status: str, case: Case) -> Minutes:
    meeting = held(place, case)
    case.refresh_from_db()
    row = minutes.start(actor=place.manager, meeting=meeting, case=case)
    row = minutes.write(
        actor=place.manager, minutes=row, version=row.version, text="Vi ble enige om å slutte."
    )
    if status == "drafted":
        return row
    row = minutes.send(actor=place.manager, minutes=row, version=row.version)
    if status == "approved":
        for person, party in place.signers[:2]:
            minutes.approve(actor=person, minutes=row, digest=digest(row), party=party)
        row.refresh_from_db()
    return row
