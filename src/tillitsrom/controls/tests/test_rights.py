"""Who may do what: every cell of role × place × state × action, written down here and not read from the rules."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from tillitsrom.controls import queries, rules
from tillitsrom.controls.actions import evaluations, measures
from tillitsrom.controls.actions.common import parties_of
from tillitsrom.controls.actions.steps import take
from tillitsrom.controls.lifecycle import CONTROL
from tillitsrom.controls.models import ControlMeasure
from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Role
from tillitsrom.people.tests.factories import MembershipFactory, OrganisationFactory, UnitFactory, person_with

from .factories import AHEAD, TODAY, Place, in_state, place, values

pytestmark = pytest.mark.django_db

CELLS = [("anonymous", "nowhere"), *((role, at) for role in Role.values for at in ("here", "elsewhere"))]
PARTIES = {("manager", "here"), ("union_representative", "here"), ("safety_delegate", "here")}
EMPLOYER = {("manager", "here")}
KEEPERS = PARTIES | {("coordinator", "here")}
WHO = {
    "discuss": PARTIES, "say": PARTIES, "inform": EMPLOYER, "inform_again": EMPLOYER, "activate": EMPLOYER,
    "settle_keep": set(), "settle_change": set(), "settle_end": set(), "drop": EMPLOYER, "end_now": EMPLOYER,
}  # fmt: skip
POSSIBLE = {
    "proposed": {"discuss", "drop"}, "discussed": {"inform", "drop"}, "informed": {"activate", "drop"},
    "active": {"say", "settle_keep", "settle_change", "settle_end"}, "due": {"say", "settle_keep", "settle_change", "settle_end"},
    "kept": {"say", "settle_keep", "settle_change", "settle_end"}, "changed": {"inform_again", "end_now"}, "ended": set(),
}  # fmt: skip


def _actor(role: str, at: str, where: Place) -> Actor:
    if role == "anonymous":
        return AnonymousUser()
    return person_with(role, where.body if at == "here" else OrganisationFactory.create())


def _given(action: str) -> dict[str, Any]:
    """What each step needs to say."""
    later = TODAY() + AHEAD
    needs: dict[str, dict[str, Any]] = {
        "discuss": {"on": TODAY()}, "inform": {"on": TODAY(), "how": "På et møte"},
        "inform_again": {"on": TODAY(), "how": "På et møte"}, "activate": {"starts_on": TODAY(), "next_evaluation": later},
        "say": {"result": "keep", "reason": "Fordi", "next_evaluation": later}, "settle_end": {"reason": "Fordi"},
        "settle_keep": {"reason": "Fordi", "next_evaluation": later},
        "settle_change": {"reason": "Fordi", "next_evaluation": later}, "drop": {"reason": "Fordi"},
        "end_now": {"reason": "Fordi"},
    }  # fmt: skip
    return needs[action]


@pytest.mark.parametrize("action", sorted(WHO))
@pytest.mark.parametrize("by_law", [False, True])
@pytest.mark.parametrize("status", ControlMeasure.Status.values)
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_every_step(role, at, status, by_law, action):
    if status == "ended" and by_law:
        by_law = False
    where = place()
    row = in_state(where, status, legally_required=by_law)
    actor = _actor(role, at, where)
    ends = action in ("drop", "end_now", "settle_end")
    may = (role, at) in WHO[action] and not (ends and by_law)
    for step in CONTROL.transitions:
        if (step.source, step.action) == (status, action):
            answer = step.rule(actor, row)
            assert bool(answer) == may
            assert answer.reason
    if isinstance(actor, AnonymousUser):
        return
    given = {"version": row.version, **_given(action)}
    if action not in POSSIBLE[status]:
        with pytest.raises(WrongState):
            take(actor, row, action, given)
    elif not may:
        with pytest.raises(Refused):
            take(actor, row, action, given)
    else:
        take(actor, row, action, given)
        row.refresh_from_db()
        assert row.version == given["version"] + 1
        return
    row.refresh_from_db()
    assert (row.status, row.version) == (status, given["version"])


@pytest.mark.parametrize("action", ["settle_keep", "settle_change", "settle_end"])
@pytest.mark.parametrize("by_law", [False, True])
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_who_decides_where_the_parties_do_not_agree(role, at, by_law, action):
    where = place()
    row = in_state(where, "due", legally_required=by_law)
    for person, result in ((where.manager, "keep"), (where.representative, "change")):
        row = evaluations.say(
            actor=person,
            measure=row,
            version=row.version,
            given=evaluations.Given("Fordi", result, TODAY() + AHEAD),
        )
    assert row.status == "due"
    actor = _actor(role, at, where)
    may = (role, at) in EMPLOYER and not (action == "settle_end" and by_law)
    assert bool(CONTROL.find(source="due", action=action).rule(actor, row)) == may
    if isinstance(actor, AnonymousUser):
        return
    given = {"version": row.version, **_given(action)}
    if not may:
        with pytest.raises(Refused):
            take(actor, row, action, given)
        return
    after = {"settle_keep": "kept", "settle_change": "changed", "settle_end": "ended"}
    assert take(actor, row, action, given).status == after[action]


def test_a_manager_leads_what_lies_below_and_no_other_unit():
    where = place()
    above = UnitFactory.create(organisation=where.body)
    where.unit.parent = above
    where.unit.save()
    other = UnitFactory.create(organisation=where.body)
    own, over, beside = (
        MembershipFactory.create(role=Role.MANAGER, organisation=where.body, unit=unit).user
        for unit in (where.unit, above, other)
    )
    row, whole = in_state(where, "due"), in_state(where, "due")
    ControlMeasure.objects.filter(pk=whole.pk).update(unit=None)
    whole.refresh_from_db()
    for person in (own, over):
        assert rules.may_lead(person, row)
        assert rules.side_of(person, row) == "employer"
        assert list(queries.waits_for(person)) == [row]
        assert not rules.may_lead(person, whole)
    for one in (row, whole):
        assert not any((rules.may_lead(beside, one), rules.may_say(beside, one), rules.side_of(beside, one)))
    assert not rules.may_note_discussion(beside, row)
    assert not queries.waits_for(beside).exists()
    assert set(queries.waits_for(where.manager)) == {row, whole}
    told = {one.pk for one in parties_of(row)}
    assert {own.pk, over.pk, where.manager.pk, where.representative.pk} <= told
    assert beside.pk not in told


@pytest.mark.parametrize("status", ControlMeasure.Status.values)
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_who_may_register_and_correct(role, at, status):
    where = place()
    row = in_state(where, status)
    actor = _actor(role, at, where)
    keeps = (role, at) in KEEPERS
    corrects = keeps and status == "proposed"
    assert bool(rules.may_register_in(actor, where.body.pk)) == keeps
    assert bool(rules.may_edit(actor, row)) == corrects
    if isinstance(actor, AnonymousUser):
        return
    known: dict[str, Any] = {"actor": actor, "unit": None}
    if keeps:
        assert measures.register(**known, organisation=where.body, values=values()).status == "proposed"
    else:
        with pytest.raises(Refused):
            measures.register(**known, organisation=where.body, values=values())
    changed = {**known, "measure": row, "version": row.version, "values": {"title": "Et annet navn"}}
    if corrects:
        assert measures.edit(**changed).title == "Et annet navn"
    else:
        with pytest.raises(Refused):
            measures.edit(**changed)


@pytest.mark.parametrize("exempt", [False, True])
@pytest.mark.parametrize("in_use", [False, True])
@pytest.mark.parametrize("status", ControlMeasure.Status.values)
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_the_gate(role, at, status, in_use, exempt):
    """The workplace sees all; others see what is or was in use and is not exempt."""
    where = place()
    hidden = {"openness": Openness.EXEMPT, "exempt_ground": "OFFL-24-1", "exempt_review_on": TODAY()}
    row = in_state(where, status, in_use=in_use)
    if exempt:
        ControlMeasure.objects.filter(pk=row.pk).update(**hidden)
    actor = _actor(role, at, where)
    used = in_use or status in ("active", "due", "kept", "changed", "ended")
    belongs = at == "here" and role != "system_administrator"
    assert rules.visible_to(actor).filter(pk=row.pk).exists() == (belongs or (used and not exempt))
