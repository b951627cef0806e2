"""An organisation with both sides, and a local agreement between them, for tests."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tillitsrom.people.models import Level as BodyLevel
from tillitsrom.people.models import Membership, Organisation, Party, Role, User
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.rulesets import actions
from tillitsrom.rulesets.models import AgreementLevel, LocalAgreement

TODAY = timezone.localdate


@dataclass(frozen=True)
class Body:
    """An organisation, its parties, and one who speaks for each."""

    organisation: Organisation
    employer: Party
    union: Party
    second: Party
    manager: User
    representative: User
    other: User

    @property
    def parties(self) -> tuple[Party, ...]:
        return (self.employer, self.union, self.second)

    @property
    def signers(self) -> list[tuple[User, Party]]:
        return [(self.manager, self.employer), (self.representative, self.union), (self.other, self.second)]


def body(**facts: Any) -> Body:
    organisation = OrganisationFactory.create(**{"level": BodyLevel.MUNICIPALITY, **facts})
    employer = Party.objects.create(organisation=organisation, side=Party.Side.EMPLOYER, name="Arbeidsgiver")
    union, second = (
        Party.objects.create(organisation=organisation, side=Party.Side.EMPLOYEES, name=name)
        for name in ("Fagforbundet", "Utdanningsforbundet")
    )
    manager = person_with(Role.MANAGER, organisation)
    representative, other = (spokesperson(organisation, one) for one in (union, second))
    return Body(organisation, employer, union, second, manager, representative, other)


def spokesperson(organisation: Organisation, party: Party) -> User:
    person = person_with(Role.EMPLOYEE, organisation)
    Membership.objects.create(
        user=person,
        organisation=organisation,
        role=Role.UNION_REPRESENTATIVE,
        party=party,
        valid_from=date(2020, 1, 1),
    )
    return person


def draft(place: Body, **values: Any) -> actions.Draft:
    return actions.Draft(
        values={
            "rule_set": "ks", "title": "Lokal avtale", "text": "Vi møtes hver måned.", "valid_from": TODAY(),
            "valid_to": None, "notice_days": 10, "document_days": 5, "minutes_days": 7, "evaluation_months": 12,
            **values,
        },
        parties=place.parties,
        levels=(actions.Level(AgreementLevel.Kind.ENTERPRISE, None),),
        wheel=(actions.Point(1, "discussion", "Deltid"), actions.Point(9, "discussion", "Budsjett")),
    )  # fmt: skip


def agreement(place: Body, status: str = "negotiating", **values: Any) -> LocalAgreement:
    """An agreement brought to a status by the actions themselves."""
    if status == "signed":
        values.setdefault("valid_from", TODAY() + timedelta(days=30))
    row = actions.begin(actor=place.manager, organisation=place.organisation, draft=draft(place, **values))
    if status == "negotiating":
        return row
    for person, party in place.signers:
        row = actions.sign(actor=person, agreement=row, version=row.version, party=party)
    if status == "evaluated":
        row = actions.evaluate(actor=place.manager, agreement=row, version=row.version, reason="Det virker.")
    if status == "terminated":
        row = actions.terminate(actor=place.manager, agreement=row, version=row.version, reason="Slutt.")
    if status == "replaced":
        following = actions.renegotiate(actor=place.manager, agreement=row, version=row.version)
        for person, party in place.signers:
            following = actions.sign(
                actor=person, agreement=following, version=following.version, party=party
            )
    row.refresh_from_db()
    return row
