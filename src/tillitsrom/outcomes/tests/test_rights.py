"""Who may do what: every cell of role × place × state × action, written down here and not read from the rules."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.core.models import Openness
from tillitsrom.outcomes import rules
from tillitsrom.outcomes.actions import decisions, duties, obstacles, requests
from tillitsrom.outcomes.lifecycle import (
    ANSWERS,
    NEW_DUTY,
    OBSTACLE,
    REQUEST,
    only_by_the_answer,
    only_by_the_clock,
)
from tillitsrom.outcomes.models import DECIDED, LegalObstacle, NewDuty, Request
from tillitsrom.people.models import Actor, Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.models import Requirement

from .factories import LATER, TODAY, asked, duty, given, place

pytestmark = pytest.mark.django_db

PLACES = ("owner", "asker", "unrelated")
CELLS = [("anonymous", "nowhere"), *((role, where) for role in Role.values for where in PLACES)]
BY_ITSELF = (only_by_the_clock, only_by_the_answer)
OWNERS = {("manager", "owner"), ("requirement_owner", "owner")}
ASKERS = {("manager", "asker"), ("union_representative", "asker"), ("requirement_owner", "asker"), ("coordinator", "asker")}  # fmt: skip
DUTY_KEEPERS = {("manager", "owner"), ("requirement_owner", "owner"), ("coordinator", "owner")}


def _actor(role: str, at: str, where) -> Actor:
    if role == "anonymous":
        return AnonymousUser()
    bodies = {"owner": where.owner, "asker": where.body, "unrelated": None}
    return person_with(role, bodies[at] or OrganisationFactory.create())


def _in(request: Request, status: str) -> Request:
    facts = {"status": status, "unanswered_on": TODAY() if status == "unanswered" else None}
    if status == "answered":
        facts |= {"answer": "kept", "answer_reason": "x", "answered_on": TODAY()}
    Request.objects.filter(pk=request.pk).update(**facts)
    request.refresh_from_db()
    return request


@pytest.mark.parametrize("statutory", [False, True])
@pytest.mark.parametrize("status", Request.Status.values)
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_every_step_of_a_request(role, at, status, statutory):
    where = place(statutory=statutory, legal_basis="loven § 1" if statutory else "")
    row = _in(asked(where), status)
    actor = _actor(role, at, where)
    owner = (role, at) in OWNERS
    may = {"drop": owner and not statutory, "simplify": owner, "keep": owner, "promise_law": owner and statutory,
           "more_time": owner}  # fmt: skip
    for step in REQUEST.transitions:
        if step.source == status:
            assert bool(step.rule(actor, row)) == may.get(step.action, False), step
            assert step.rule(actor, row).reason
    if isinstance(actor, AnonymousUser):
        return
    possible = {t.action for t in REQUEST.transitions if t.source == status}
    for action in (*ANSWERS, "more_time"):
        if action in possible and may[action]:
            continue
        wrong = Refused if action in possible else WrongState
        with pytest.raises(wrong):
            _answer(actor, row, action)
    row.refresh_from_db()
    assert row.status == status


def _answer(actor, row, action):
    known: dict[str, Any] = {"actor": actor, "request": row, "version": row.version}
    if action == "more_time":
        return requests.ask_for_time(**known, reason="x")
    return requests.answer(**known, action=action, given=requests.Given("x", "y", TODAY() + LATER))


@pytest.mark.parametrize("status", Requirement.Status.values)
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_who_may_ask_about_a_requirement_in_every_state(role, at, status):
    where = place()
    Requirement.objects.filter(pk=where.theirs.pk).update(
        status=status, status_reason="x", review_on=TODAY(),
        merged_into=where.ours.pk if status == "merged" else None,
    )  # fmt: skip
    where.theirs.refresh_from_db()
    actor = _actor(role, at, where)
    alive = status not in ("merged", "removed", "superseded", "lapsed")
    answer = rules.may_ask(actor, where.theirs, where.body.pk)
    assert bool(answer) == ((role, at) in ASKERS and alive)
    assert answer.reason
    assert not rules.may_ask(actor, where.theirs, where.owner.pk)
    if isinstance(actor, AnonymousUser):
        return
    known: dict[str, Any] = {
        "requirement": where.theirs,
        "organisation": where.body,
        "asking": requests.Asking("drop", "x"),
    }
    if answer:
        assert requests.send(actor=actor, **known).pk
        assert not rules.may_ask(actor, where.theirs, where.body.pk)
    else:
        with pytest.raises(Refused):
            requests.send(actor=actor, **known)


@pytest.mark.parametrize("outcome", DECIDED)
@pytest.mark.parametrize("statutory", [False, True])
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_who_may_decide_a_requirement(role, at, statutory, outcome):
    where = place(statutory=statutory, legal_basis="loven § 1" if statutory else "")
    actor = _actor(role, at, where)
    decides = (role, at) in OWNERS and outcome != "rule_changed" and not (statutory and outcome == "removed")
    asks = (role, at) in ASKERS and outcome in ("removed", "simplified", "merged", "rule_changed")
    answer = rules.may_decide(actor, where.theirs, outcome)
    assert bool(answer) == (decides or asks), answer.reason
    assert answer.reason
    assert bool(rules.may_change(actor, where.theirs, outcome)) == decides
    if isinstance(actor, AnonymousUser) or answer:
        return
    with pytest.raises(Refused):
        decisions.decide(
            actor=actor,
            subject=where.theirs,
            version=where.theirs.version,
            outcome=outcome,
            given=given(outcome),
        )


# Of a signal from the unit about nothing in the register: its managers, upwards, and nobody else.
@pytest.mark.parametrize("outcome", DECIDED)
@pytest.mark.parametrize("who", ["top", "middle", "manager", "employee", "colleague", "director"])
def test_who_may_decide_a_signal(who, outcome):
    where = place()
    signal = where.signal()
    actor = where.director if who == "director" else getattr(where.work, who)
    handles = who in ("top", "middle", "manager")
    answer = rules.may_decide(actor, signal, outcome)
    assert bool(answer) == (handles and outcome != "rule_changed")
    assert answer.reason
    if not answer:
        with pytest.raises(Refused):
            decisions.decide(
                actor=actor, subject=signal, version=signal.version, outcome=outcome, given=given(outcome)
            )


@pytest.mark.parametrize("status", NewDuty.Status.values)
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_every_step_of_a_new_duty(role, at, status):
    where = place()
    row = duty(where, status)
    actor = _actor(role, at, where)
    keeps = (role, at) in DUTY_KEEPERS
    for step in NEW_DUTY.transitions:
        if step.source == status:
            assert bool(step.rule(actor, row)) == (keeps and step.rule not in BY_ITSELF), step
            assert step.rule(actor, row).reason
    assert bool(rules.may_register_in(actor, where.owner.pk)) == keeps
    if isinstance(actor, AnonymousUser):
        return
    possible = {t.action for t in NEW_DUTY.transitions if t.source == status}
    for action in ("renew", "end", "withdraw"):
        wrong = WrongState if action not in possible else Refused
        if keeps and action in possible:
            continue
        with pytest.raises(wrong):
            duties.advance(
                actor=actor, duty=row, version=row.version, action=action,
                given=duties.Given("x", row.ends_on + timedelta(days=10)),
            )  # fmt: skip


@pytest.mark.parametrize("status", LegalObstacle.Status.values)
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_every_step_of_a_hindrance(role, at, status):
    where = place(statutory=True, legal_basis="loven § 1")
    asked(where)
    row = LegalObstacle.objects.get()
    LegalObstacle.objects.update(status=status, changed_on=TODAY() if status == "changed" else None)
    row.refresh_from_db()
    actor = _actor(role, at, where)
    for step in OBSTACLE.transitions:
        if step.source == status:
            assert bool(step.rule(actor, row)) == ((role, at) in OWNERS and step.rule not in BY_ITSELF), step
    if isinstance(actor, AnonymousUser) or ((role, at) in OWNERS and status != "changed"):
        return
    with pytest.raises(WrongState if status == "changed" else Refused):
        obstacles.change(actor=actor, obstacle=row, version=row.version, reason="x")


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(("role", "at"), CELLS)
def test_the_gates_follow_the_requirement(role, at, public):
    where = place(statutory=True, legal_basis="loven § 1")
    row = asked(where)
    made = decisions.decide(
        actor=where.director, subject=where.theirs, version=2, outcome="kept", given=given("kept")
    )[0]
    Requirement.objects.filter(pk=where.theirs.pk).update(
        is_public=public, openness=Openness.OPEN if public else Openness.EXEMPT,
        exempt_ground="" if public else "OFFL-15-1", exempt_review_on=None if public else TODAY(),
    )  # fmt: skip
    actor = _actor(role, at, where)
    belongs = at in ("owner", "asker") and role != Role.SYSTEM_ADMINISTRATOR
    seen = public or belongs
    assert rules.requests_visible_to(actor).filter(pk=row.pk).exists() == seen
    assert rules.decisions_visible_to(actor).filter(pk=made.pk).exists() == seen
    assert rules.obstacles_visible_to(actor).exists() == seen


def test_a_decision_about_a_signal_alone_is_for_those_who_see_the_signal():
    where = place()
    signal = where.signal()
    made = decisions.decide(
        actor=where.manager, subject=signal, version=signal.version, outcome="removed", given=given("removed")
    )[0]
    actors: dict[str, Actor] = {
        "sender": where.work.employee, "manager": where.work.manager, "colleague": where.work.colleague,
        "director": where.director, "public": AnonymousUser(),
    }  # fmt: skip
    seen = {
        name: rules.decisions_visible_to(actor).filter(pk=made.pk).exists() for name, actor in actors.items()
    }
    assert seen == {"sender": True, "manager": True, "colleague": False, "director": False, "public": False}
