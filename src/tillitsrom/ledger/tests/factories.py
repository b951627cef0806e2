"""An organisation with both parties and a front line, and entries in each state, brought there by the actions themselves."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tillitsrom.ledger import actions
from tillitsrom.ledger.actions.entries import Before
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.models import AfterMeasure, Entry, S
from tillitsrom.outcomes.models import Decision
from tillitsrom.people.models import Role, Unit, User
from tillitsrom.people.tests.factories import MembershipFactory, UnitFactory
from tillitsrom.register.tests.factories import RequirementFactory
from tillitsrom.rulesets.tests.factories import Body, body


@dataclass
class House:
    """The parties, a workplace, and those who work there."""

    body: Body
    unit: Unit
    workers: list[User] = field(default_factory=list)


def house(workers: int = 6) -> House:
    place = body()
    unit = UnitFactory.create(organisation=place.organisation)
    people = [
        MembershipFactory.create(role=Role.EMPLOYEE, organisation=place.organisation, unit=unit).user
        for _n in range(workers)
    ]
    return House(place, unit, people)


def decision(where: House, **values: Any) -> Decision:
    """A requirement of the organisation's own that was removed."""
    organisation = where.body.organisation
    if "requirement" not in values:
        values["requirement"] = RequirementFactory.create(imposing_body=organisation, addressee=organisation)
    known = {
        "outcome": "removed",
        "subject": "requirement" if values["requirement"] else "signal",
        "organisation": organisation,
        "reason": "Det står i journalen.",
        "decided_on": timezone.localdate() - timedelta(days=57),
    }
    return Decision.objects.create(**{**known, **values})


def opened(where: House, **values: Any) -> Entry:
    return actions.open_entries(decision(where, **values))[0]


def version(entry: Entry) -> dict[str, Any]:
    entry.refresh_from_db()
    return {"entry": entry, "version": entry.version}


def before_known(
    where: House, low: float = 1000, high: float = 1600, people: int = 6, **values: Any
) -> Entry:
    row = opened(where, **values)
    said = Before("Observasjonsskjemaet", Range(low, high), people, "Talt i to uker.")
    return actions.state_before(actor=where.body.manager, **version(row), before=said)


def asked(where: House, **values: Any) -> tuple[Entry, AfterMeasure]:
    """An entry whose question is open now."""
    row = before_known(where, **values)
    actions.follow_the_calendar(today=timezone.localdate())
    row.refresh_from_db()
    return row, row.measures.get()


def closed(where: House, choices: list[int], **values: Any) -> Entry:
    """An entry whose question has closed with these answers."""
    row, measure = asked(where, **values)
    for person, choice in zip(where.workers, choices, strict=False):
        actions.answer(actor=person, measure=measure, choice=choice)
    actions.follow_the_calendar(today=timezone.localdate() + timedelta(days=60))
    row.refresh_from_db()
    return row


def entry(where: House, status: str, **values: Any) -> Entry:
    """An entry in a state."""
    if status == S.OPENED:
        return opened(where, **values)
    if status == S.BEFORE_KNOWN:
        return before_known(where, **values)
    if status == S.WAITING:
        return closed(where, [0], **values)
    row = closed(where, [0, 0, 0, 0, 1, 1], **values)
    place = where.body
    if status == S.VERIFIED:
        row = actions.confirm(actor=place.manager, **version(row), party=place.employer)
        row = actions.confirm(actor=place.representative, **version(row), party=place.union)
    if status == S.DISPUTED:
        row = actions.dispute(
            actor=place.other, **version(row), party=place.second, text="Vi teller fortsatt."
        )
    if status == S.WITHDRAWN:
        row = actions.withdraw(actor=place.manager, **version(row), reason="Ført to ganger.")
    return row
