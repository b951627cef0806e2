"""Two parties at the same moment, each in a connection of their own: nothing is lost, and nobody overwrites."""

import pytest
from django.utils import timezone

from tillitsrom.cooperation.actions import cases, positions
from tillitsrom.cooperation.models import Case, Position
from tillitsrom.rulesets.tests.factories import body
from tillitsrom.signals.tests.test_at_once import at_once, needs_two_connections

from .factories import case_in, classified, raised

pytestmark = [needs_two_connections, pytest.mark.django_db(transaction=True)]


def test_cases_raised_at_once_get_each_its_number() -> None:
    where = body()
    found = at_once(*[lambda: raised(where) for _ in range(6)])
    year = timezone.localdate().year
    assert sorted(one.number for one in found if isinstance(one, Case)) == [
        f"{year}/{n}" for n in range(1, 7)
    ]


def test_positions_given_at_once_are_all_kept() -> None:
    where = body()
    case = case_in(where, "called")

    def give(person, party):
        return lambda: positions.take_position(actor=person, case=case, party=party, stance="for", text="Ja.")

    at_once(*[give(person, party) for person, party in where.signers * 2])
    assert Position.objects.filter(case=case).count() == 6
    before = case.version
    case.refresh_from_db()
    assert case.version == before + 6


def test_two_contests_at_once_one_stands_and_one_is_told() -> None:
    where = body()
    case = classified(where)

    def contest(person):
        return lambda: cases.contest(actor=person, case=case, version=case.version, reason="Nei.")

    answers = at_once(contest(where.representative), contest(where.manager))
    assert sorted(type(one).__name__ for one in answers) == ["Case", "Conflict"]


def test_a_decision_and_a_position_at_once_never_lose_the_position() -> None:
    where = body()
    case = case_in(where, "held")
    answers = at_once(
        lambda: cases.decide(
            actor=where.manager, case=case, version=case.version, decision="Ja.", reason="Fordi."
        ),
        lambda: positions.take_position(actor=where.other, case=case, stance="dissent", text="Nei."),
    )
    case.refresh_from_db()
    names = sorted(type(one).__name__ for one in answers)
    # Either the decision waited for nobody and the late position is refused, or the position came first and the decision must
    # be taken anew by one who has read it.
    assert (names, case.status) in [(["Case", "WrongState"], "decided"), (["Conflict", "Position"], "held")]
    assert Position.objects.count() == (1 if case.status == "held" else 0)
