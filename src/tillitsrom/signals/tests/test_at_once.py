"""Two handlers at the same moment, each in a connection of their own: one is told, and nothing is lost or written over."""

import threading

import pytest
from django.db import connection, connections

from tillitsrom.core.decisions import Conflict, WrongState
from tillitsrom.core.models import Event
from tillitsrom.signals import actions
from tillitsrom.signals.models import MeToo, Signal

from .factories import sent, sent_confidentially, workplace


def at_once(*works):
    """Run every piece of work in a thread, all started together; what each answered or raised."""
    gate = threading.Barrier(len(works))
    answers: list[object] = [None] * len(works)

    def run(number, work):
        gate.wait(timeout=20)
        try:
            answers[number] = work()
        except (Conflict, WrongState) as stopped:
            answers[number] = stopped
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


needs_two_connections = pytest.mark.skipif(
    "not __import__('os').environ.get('TILLITSROM_TEST_DATABASE_URL', '').startswith('postgres')",
    reason="a database in memory has one connection; on SQLite writers queue (transaction_mode IMMEDIATE)",
)


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_one_stands_and_one_is_told():
    place = workplace()
    signal = sent(place)
    answers = at_once(
        lambda: actions.answer(
            actor=place.manager, signal=signal, version=1, outcome="removed", reason="Borte."
        ),
        lambda: actions.answer(actor=place.top, signal=signal, version=1, outcome="kept", reason="Trengs."),
    )
    assert sorted(type(one).__name__ for one in answers) == ["Conflict", "Signal"]
    signal.refresh_from_db()
    stands = next(one for one in answers if isinstance(one, Signal))
    assert (signal.version, signal.outcome, signal.reason) == (2, stands.outcome, stands.reason)
    assert Event.objects.filter(kind="signal.answer").count() == 1


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_many_me_toos_and_many_confidential_ones_at_once_all_count():
    place = workplace()
    signal = sent(place)
    people = [place.colleague, place.manager, place.middle, place.top]
    at_once(*(lambda person=person: actions.me_too(actor=person, signal=signal) for person in people))
    signal.refresh_from_db()
    assert signal.me_too_count == MeToo.objects.count() == 4
    at_once(*(lambda: sent_confidentially(place) for _n in range(4)))
    rows = Signal.objects.filter(confidential=True)
    assert rows.count() == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM signals_signal WHERE confidential")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_one_after_the_other_on_the_same_page_is_told_too():
    place = workplace()
    signal = sent(place)
    actions.answer(actor=place.manager, signal=signal, version=1, outcome="removed", reason="Borte.")
    with pytest.raises(Conflict):
        actions.pass_on(actor=place.top, signal=signal, version=1, owner=place.top, note="Min.")
    signal.refresh_from_db()
    assert (signal.outcome, signal.owner) == ("removed", place.manager)
