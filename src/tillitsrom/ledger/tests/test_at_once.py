"""Two parties at the same moment, each in a connection of their own: nothing is lost, and nobody overwrites."""

from contextlib import suppress

import pytest

from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.ledger import actions
from tillitsrom.ledger.actions.entries import Before
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.models import AfterMeasure, Entry, S
from tillitsrom.signals.tests.test_at_once import at_once, needs_two_connections

from .factories import asked, before_known, entry, house, version

pytestmark = [needs_two_connections, pytest.mark.django_db(transaction=True)]


def test_both_sides_confirm_at_once_and_both_stand():
    where = house()
    known = version(entry(where, S.MEASURED))
    at_once(
        lambda: actions.confirm(actor=where.body.manager, **known, party=where.body.employer),
        lambda: actions.confirm(actor=where.body.representative, **known, party=where.body.union),
    )
    row = Entry.objects.get()
    assert (row.status, row.statements.count()) == (S.VERIFIED, 2)


def test_a_confirmation_and_a_dispute_at_once_never_end_as_confirmed():
    where = house()
    known = version(entry(where, S.MEASURED))
    at_once(
        lambda: actions.confirm(actor=where.body.manager, **known, party=where.body.employer),
        lambda: actions.dispute(
            actor=where.body.representative, **known, party=where.body.union, text="Nei."
        ),
    )
    row = Entry.objects.get()
    assert (row.status, row.confirmed_sides) == (S.DISPUTED, set())


def test_two_who_state_the_hours_at_once_one_is_told():
    where = house()
    known = version(before_known(where))

    def state(person, low):
        said = Before("Navn", Range(low, low), 6, "Talt.")
        return lambda: actions.state_before(actor=person, **known, before=said)

    found = at_once(state(where.body.manager, 10), state(where.body.representative, 20))
    assert sum(isinstance(one, Conflict | WrongState) for one in found) == 1


def test_all_answer_at_once_and_each_is_counted_once():
    where = house(8)
    _row, measure = asked(where)
    every = [*where.workers, *where.workers[:4]]

    def give(person):
        def work():
            with suppress(Refused):
                actions.answer(actor=person, measure=measure, choice=2)

        return work

    at_once(*[give(person) for person in every])
    row = AfterMeasure.objects.get()
    assert (row.answers, row.tally, len(row.spent)) == (8, {"2": 8}, 8)


def test_overlapping_entries_confirmed_at_once_are_counted_once():
    where = house()
    first = entry(where, S.MEASURED)
    second = entry(where, S.MEASURED, requirement=first.requirement)
    one, two = version(first), version(second)
    at_once(
        lambda: actions.confirm(actor=where.body.manager, **one, party=where.body.employer),
        lambda: actions.confirm(actor=where.body.representative, **two, party=where.body.union),
        lambda: actions.confirm(actor=where.body.representative, **one, party=where.body.union),
        lambda: actions.confirm(actor=where.body.manager, **two, party=where.body.employer),
    )
    assert Entry.objects.filter(status=S.VERIFIED).count() == 2
    assert Entry.objects.filter(counted_in__isnull=True).count() == 1
