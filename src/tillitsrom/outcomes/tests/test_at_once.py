"""Two owners, or two who decide, at the same moment: one answer stands, the other is told, and nothing is written over."""

import pytest
from django.db import connections

from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.core.models import Event
from tillitsrom.outcomes.actions import decisions, requests
from tillitsrom.outcomes.models import Decision, Request
from tillitsrom.signals.tests.test_at_once import at_once, needs_two_connections

from .factories import asked, given, place


def _told(work):
    """The work, answering that it was refused instead of raising it: the loser may come so late that the state says no."""

    def run():
        try:
            return work()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    return run


STOPPED = (Conflict, WrongState, Refused)


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_owners_answer_at_once_and_one_answer_stands():
    where = place()
    signal = where.signal(where.theirs)
    request = asked(where)
    words = requests.Given("Fordi.", "To sider er nok.")

    def answer(person, action):
        return _told(
            lambda: requests.answer(actor=person, request=request, version=1, action=action, given=words)
        )

    answers = at_once(answer(where.director, "drop"), answer(where.second, "simplify"))
    assert sum(isinstance(one, Decision) for one in answers) == 1
    assert sum(isinstance(one, STOPPED) for one in answers) == 1
    made = Decision.objects.get()
    for row in (request, signal, where.theirs):
        row.refresh_from_db()
    assert signal.outcome == made.outcome
    assert where.theirs.status == made.outcome
    assert Event.objects.filter(kind__in=["request.drop", "request.simplify"]).count() == 1


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_one_decides_the_signal_while_the_other_decides_the_requirement():
    where = place()
    signal = where.signal(where.ours)

    def decide(subject, outcome):
        return _told(
            lambda: decisions.decide(
                actor=where.manager, subject=subject, version=1, outcome=outcome, given=given(outcome)
            )
        )

    answers = at_once(decide(signal, "removed"), decide(where.ours, "kept"))
    assert sum(isinstance(one, list) for one in answers) == 1
    assert sum(isinstance(one, STOPPED) for one in answers) == 1
    signal.refresh_from_db()
    where.ours.refresh_from_db()
    assert signal.outcome == where.ours.status == Decision.objects.get().outcome


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_an_organisation_that_asks_twice_at_once_has_asked_once():
    where = place()
    answers = at_once(_told(lambda: asked(where)), _told(lambda: asked(where, by=where.manager)))
    assert sum(isinstance(one, Request) for one in answers) == 1
    assert Request.objects.count() == 1
