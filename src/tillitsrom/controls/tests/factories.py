"""A workplace with both parties and a control measure in any state, for tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tillitsrom.controls.actions import measures
from tillitsrom.controls.models import ControlMeasure
from tillitsrom.people.models import Organisation, Role, Unit, User
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, person_with

TODAY = timezone.localdate
AHEAD = timedelta(days=200)


@dataclass
class Place:
    body: Organisation
    unit: Unit
    manager: User
    representative: User
    delegate: User
    employee: User


def place() -> Place:
    body = OrganisationFactory.create()
    return Place(
        body,
        UnitFactory.create(organisation=body),
        *(
            person_with(role, body)
            for role in (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE, Role.EMPLOYEE)
        ),
    )


def values(**given: Any) -> dict[str, Any]:
    return {
        "title": "Temperatur i medisinrommet", "purpose": "Medisinene skal holde seg", "basis": "forskriften § 4",
        "imposed_by": "municipality", "group_covered": "De som har vakt", "data_collected": "Temperatur\nKlokkeslett",
        "retention": "ett år", "minutes_a_week": 70, "starts_on": TODAY(), "assumed_end": TODAY() + AHEAD,
        "next_evaluation": TODAY() + timedelta(days=100), **given,
    }  # fmt: skip


def registered(where: Place, by: User | None = None, **given: Any) -> ControlMeasure:
    return measures.register(
        actor=by or where.manager, organisation=where.body, unit=where.unit, values=values(**given)
    )


def in_state(where: Place, status: str, **given: Any) -> ControlMeasure:
    """A measure as it stands in the state, without the steps in between."""
    row = registered(where, **given)
    facts: dict[str, Any] = {"status": status}
    if status not in ("proposed", "ended"):
        facts["discussed_on"] = TODAY() - timedelta(days=9)
    if status in ("informed", "active", "due", "kept", "changed"):
        facts |= {"informed_on": TODAY() - timedelta(days=8), "informed_how": "På et møte"}
    if status == "ended":
        facts |= {"ended_on": TODAY(), "ended_reason": "Den trengs ikke"}
    ControlMeasure.objects.filter(pk=row.pk).update(**facts)
    row.refresh_from_db()
    return row


def stepped(actor: User, row: ControlMeasure, action: str, **given: Any) -> ControlMeasure:
    row.refresh_from_db()
    return measures.advance(
        actor=actor, measure=row, version=row.version, action=action, given=measures.Given(**given)
    )
