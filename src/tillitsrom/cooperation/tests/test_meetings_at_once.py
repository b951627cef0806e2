"""Two at the same moment, each in a connection of their own: one is told, and nothing is lost or written over."""

import threading

import pytest
from django.db import connections

from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import meetings, minutes
from tillitsrom.cooperation.models import AgendaItem, Approval, Minutes
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.rulesets.tests.factories import body
from tillitsrom.signals.tests.test_at_once import needs_two_connections

from .factories import classified
from .meeting_factories import minutes_in, planned


def at_once(*works):
    """Run every piece of work in a thread, all started together; what each answered or raised."""
    gate = threading.Barrier(len(works))
    answers: list[object] = [None] * len(works)

    def run(number, work):
        gate.wait(timeout=20)
        try:
            answers[number] = work()
        except (Conflict, WrongState, Refused) as stopped:
            answers[number] = stopped
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_parties_approve_at_once_and_the_minutes_are_approved():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    digest = rules.digest(row)
    at_once(
        lambda: minutes.approve(actor=place.manager, minutes=row, digest=digest),
        lambda: minutes.approve(actor=place.representative, minutes=row, digest=digest),
    )
    row.refresh_from_db()
    assert row.status == Minutes.Status.APPROVED
    assert Approval.objects.count() == 2


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_an_approval_and_an_objection_at_once_leave_no_half_state():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    digest = rules.digest(row)
    at_once(
        lambda: minutes.approve(actor=place.manager, minutes=row, digest=digest),
        lambda: minutes.object_to(
            actor=place.representative, minutes=row, digest=digest, objection="Datoen er feil."
        ),
    )
    row.refresh_from_db()
    assert row.status == Minutes.Status.DRAFTED
    assert not row.sealed


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_one_stands_and_the_other_gets_both_texts():
    place = body()
    row = minutes_in(place, "drafted", classified(place))
    seen = row.version
    answers = at_once(
        lambda: minutes.write(actor=place.manager, minutes=row, version=seen, text="Sjefens ord."),
        lambda: minutes.write(actor=place.representative, minutes=row, version=seen, text="Mine ord."),
    )
    row.refresh_from_db()
    stopped = next(one for one in answers if isinstance(one, minutes.WrittenAtOnce))
    assert {row.text} < {"Sjefens ord.", "Mine ord."}
    assert (stopped.theirs, stopped.version) == (row.text, row.version)


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_meetings_take_the_same_case_and_one_gets_it():
    place = body()
    case, other = classified(place), classified(place)
    first, second = planned(place), planned(place)
    answers = at_once(
        lambda: meetings.set_agenda(
            actor=place.manager, meeting=first, version=first.version, agenda=[case, other]
        ),
        lambda: meetings.set_agenda(
            actor=place.representative, meeting=second, version=second.version, agenda=[other, case]
        ),
    )
    assert sum(isinstance(one, WrongState) for one in answers) == 1
    assert AgendaItem.objects.filter(live=True).count() == 2
    assert len(set(AgendaItem.objects.values_list("meeting", flat=True))) == 1
