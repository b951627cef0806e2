"""Who may do what with an entry: every cell of role × place × state × step, written down here and not read from the rules."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.ledger import actions
from tillitsrom.ledger.actions.entries import Before
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.lifecycle import ENTRY, only_the_system
from tillitsrom.ledger.models import Entry, S
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with

from .factories import entry, house, version

pytestmark = pytest.mark.django_db

CELLS = [("anonymous", "nowhere"), *((role, place) for role in Role.values for place in ("own", "unrelated"))]
KEEPS = {"state_before", "state_after", "ask_again", "set_use", "overlap"}
# The whole of what is allowed; every cell that is not here is refused. A manager for the whole organisation signs for the
# employer; a representative of a union here signs for that union.
SIGNS = {"confirm", "dispute", "settle"}
ALLOWED = {
    ("manager", "own"): {*KEEPS, *SIGNS, "withdraw"},
    ("union_representative", "own"): {*KEEPS, *SIGNS, "withdraw"},
    ("coordinator", "own"): KEEPS,
    ("requirement_owner", "own"): KEEPS,
}
STEPS = sorted({*KEEPS, *SIGNS, "withdraw"})


@pytest.mark.parametrize("status", Entry.Status.values)
def test_every_step_from_every_state(status):
    where = house()
    row = entry(where, status)
    assert row.status == status
    possible = {
        t.action: t for t in ENTRY.transitions if t.source == status and t.rule is not only_the_system
    }
    for role, place in CELLS:
        outside = OrganisationFactory.create()
        actor = (
            AnonymousUser()
            if role == "anonymous"
            else person_with(role, where.body.organisation if place == "own" else outside)
        )
        may = ALLOWED.get((role, place), set())
        for action, transition in possible.items():
            answer = transition.rule(actor, row)
            assert bool(answer) == (action in may), (role, place, action)
            assert answer.reason
        if role == "anonymous":
            continue
        for action in STEPS:
            if action in possible and action in may:
                continue
            with pytest.raises(Refused if action in possible else WrongState):
                do(action, actor, row, where)


def do(action, actor, row, where):
    known = {"actor": actor, **version(row)}
    if action == "state_before":
        return actions.state_before(**known, before=Before("Navn", Range(1, 2), 3, "Talt."))
    if action in ("state_after", "settle"):
        act = actions.state_after if action == "state_after" else actions.settle_dispute
        return act(**known, hours=Range(1, 2), how="Talt.")
    if action == "confirm":
        return actions.confirm(**known, party=where.body.employer)
    if action == "dispute":
        return actions.dispute(**known, party=where.body.employer, text="Nei.")
    if action == "set_use":
        return actions.set_use(**known, used_for="core", use_decision="", budget_neutral=True)
    if action == "overlap":
        return actions.mark_overlaps(**known, overlaps=[])
    if action == "ask_again":
        return actions.ask_again(**known)
    return actions.withdraw(**known, reason="Feil.")


def test_nobody_signs_for_a_party_that_is_not_theirs():
    where = house()
    row = entry(where, S.MEASURED)
    for actor, party in ((where.body.manager, where.body.union), (where.body.representative, where.body.employer),
                         (where.body.representative, where.body.second)):  # fmt: skip
        with pytest.raises(Refused):
            actions.confirm(actor=actor, **version(row), party=party)


def test_one_side_confirms_once_and_both_are_needed():
    where = house()
    row = entry(where, S.MEASURED)
    row = actions.confirm(actor=where.body.representative, **version(row), party=where.body.union)
    assert row.status == S.MEASURED
    with pytest.raises(Refused):
        actions.confirm(actor=where.body.other, **version(row), party=where.body.second)
    row = actions.confirm(actor=where.body.manager, **version(row), party=where.body.employer)
    assert row.status == S.VERIFIED


def test_both_sides_of_a_dispute_stand_in_their_own_words_and_figures_are_confirmed_anew():
    where = house()
    row = entry(where, S.VERIFIED)
    row = actions.dispute(
        actor=where.body.representative, **version(row), party=where.body.union, text="Vi fyller ut ennå."
    )
    row = actions.dispute(
        actor=where.body.manager, **version(row), party=where.body.employer, text="Det er borte."
    )
    assert row.confirmed_sides == set()
    assert {one.words for one in row.statements.filter(round=row.round)} == {
        "Vi fyller ut ennå.",
        "Det er borte.",
    }
    row = actions.settle_dispute(
        actor=where.body.manager, **version(row), hours=Range(200, 300), how="Talt sammen."
    )
    assert (row.status, row.after_source) == (S.MEASURED, "estimated")
    row = actions.confirm(actor=where.body.manager, **version(row), party=where.body.employer)
    row = actions.confirm(actor=where.body.representative, **version(row), party=where.body.union)
    assert row.status == S.VERIFIED


def test_another_use_is_an_open_decision_and_is_confirmed_anew():
    where = house()
    row = entry(where, S.VERIFIED)
    values: dict[str, Any] = {"used_for": "other", "budget_neutral": True}
    with pytest.raises(Exception, match=r"fylles ut|must be filled in"):
        actions.set_use(actor=where.body.manager, **version(row), use_decision=" ", **values)
    row = actions.set_use(
        actor=where.body.manager, **version(row), use_decision="Kommunestyret 3/26: kutt.", **values
    )
    assert (row.status, row.confirmed_sides) == (S.MEASURED, set())
