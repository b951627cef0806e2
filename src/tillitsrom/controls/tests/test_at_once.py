"""Both parties at the same moment: nothing that was said is lost, and one result stands."""

import pytest

from tillitsrom.controls.actions import evaluations, measures
from tillitsrom.controls.models import ControlMeasure, Evaluation
from tillitsrom.core.decisions import Conflict, WrongState
from tillitsrom.core.models import Event
from tillitsrom.signals.tests.test_at_once import at_once, needs_two_connections

from .factories import AHEAD, TODAY, in_state, place

pytestmark = [needs_two_connections, pytest.mark.django_db(transaction=True)]


def test_two_sides_speak_at_once_and_the_second_reads_again():
    where = place()
    row = in_state(where, "due")
    given = evaluations.Given("Fordi", "keep", TODAY() + AHEAD)

    def say(person):
        return lambda: evaluations.say(actor=person, measure=row, version=row.version, given=given)

    answers = at_once(say(where.manager), say(where.representative))
    assert sum(isinstance(one, ControlMeasure) for one in answers) == 1
    assert sum(isinstance(one, Conflict) for one in answers) == 1
    assert Evaluation.objects.count() == 1
    row.refresh_from_db()
    assert row.status == "due"


def test_one_notes_the_discussion_while_the_other_drops_it():
    where = place()
    row = in_state(where, "proposed")

    def step(person, action, **given):
        return lambda: measures.advance(
            actor=person, measure=row, version=row.version, action=action, given=measures.Given(**given)
        )

    answers = at_once(
        step(where.representative, "discuss", on=TODAY()),
        step(where.manager, "drop", reason="Ikke nødvendig"),
    )
    assert sum(isinstance(one, ControlMeasure) for one in answers) == 1
    assert sum(isinstance(one, Conflict | WrongState) for one in answers) == 1
    assert Event.objects.filter(kind__in=["control.discuss", "control.drop"]).count() == 1
