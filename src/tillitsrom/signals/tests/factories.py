"""A workplace with signals for tests: sent by the actions, as people do."""

from dataclasses import dataclass
from typing import Any

from tillitsrom.people.models import Organisation, Role, Unit, User
from tillitsrom.people.tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tillitsrom.signals import codes
from tillitsrom.signals.actions import Report, Sent, send_confidentially, send_open
from tillitsrom.signals.models import Signal

FORM = "Skjemaet for medisinrunden fylles ut på papir og så en gang til i fagsystemet"


@dataclass
class Workplace:
    """An organisation with a unit under another, and one person for each part in the story."""

    organisation: Organisation
    above: Unit
    unit: Unit
    top: User
    middle: User
    manager: User
    employee: User
    colleague: User


def workplace() -> Workplace:
    organisation = OrganisationFactory.create()
    above = UnitFactory.create(organisation=organisation)
    unit = UnitFactory.create(organisation=organisation, parent=above)

    def person(role: str, unit: Unit | None) -> User:
        return MembershipFactory.create(role=role, organisation=organisation, unit=unit).user

    return Workplace(
        organisation,
        above,
        unit,
        top=person(Role.MANAGER, None),
        middle=person(Role.MANAGER, above),
        manager=person(Role.MANAGER, unit),
        employee=person(Role.EMPLOYEE, unit),
        colleague=person(Role.EMPLOYEE, unit),
    )


def report(place: Workplace, **values: Any) -> Report:
    known: dict[str, Any] = {
        "organisation": place.organisation,
        "unit": place.unit,
        "what": FORM,
        "occasions": 3,
        "period": "day",
        "minutes_low": 5,
        "minutes_high": 15,
        "rather": "Gå tur med dem som bor her",
    }
    return Report(**{**known, **values})


def sent(place: Workplace, sender: User | None = None, **values: Any) -> Signal:
    return send_open(actor=sender or place.employee, report=report(place, **values)).signal


def sent_confidentially(place: Workplace, **values: Any) -> Sent:
    return send_confidentially(report=report(place, **values), key=codes.new_key())
