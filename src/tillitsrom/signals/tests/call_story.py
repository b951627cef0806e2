"""A party that asks another for input, and how far it has come."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tillitsrom.people.models import Party, Role, User
from tillitsrom.people.tests.factories import MembershipFactory
from tillitsrom.signals.actions import calls, statements
from tillitsrom.signals.actions.statements import HowOften, Words
from tillitsrom.signals.models import InputCall, Statement
from tillitsrom.signals.rules_calls import Voice

from .factories import Workplace, workplace

WORDS = Words("Vi skriver det samme to steder", "Kontaktlærere på barnetrinnet", "Ett sted er nok")
OFTEN = HowOften(2, "week", 15, 30)


@dataclass
class Story:
    """A workplace with a union that is asked by the unit's manager. `mate` represents the same union, `other` another one."""

    place: Workplace
    union: Party
    asker: User
    owner: User
    mate: User
    other: User


def story() -> Story:
    place = workplace()
    union = Party.objects.create(
        organisation=place.organisation, side="employees", name="Utdanningsforbundet"
    )
    rival = Party.objects.create(organisation=place.organisation, side="employees", name="Fagforbundet")

    def representative(party: Party) -> User:
        return MembershipFactory.create(
            role=Role.UNION_REPRESENTATIVE, organisation=place.organisation, party=party
        ).user

    return Story(
        place, union, place.manager, representative(union), representative(union), representative(rival)
    )


def asked(tale: Story, **values: Any) -> InputCall:
    known: dict[str, Any] = {
        "by": Voice(tale.place.organisation.pk, tale.place.unit.pk),
        "of": Voice(tale.place.organisation.pk, None, tale.union.pk),
        "question": "Hva tar mest tid fra undervisningen?", "why": "Vi skal velge hva vi begynner med.",
        "due_on": timezone.localdate() + timedelta(days=14), "fewest": 2, "most": 3,
    }  # fmt: skip
    return calls.ask(actor=tale.asker, asking=calls.Asking(**{**known, **values}))


def written(tale: Story, call: InputCall, count: int = 2) -> list[Statement]:
    found = [statements.write(actor=tale.owner, call=call, words=WORDS) for _n in range(count)]
    call.refresh_from_db()
    return found


def delivered(tale: Story, count: int = 2) -> tuple[InputCall, list[Statement]]:
    call = asked(tale)
    written(tale, call, count)
    call = calls.advance(actor=tale.owner, call=call, version=call.version, action="answer")
    return call, list(call.statements.all())
