"""Who may do what with a requirement: every cell of role × place × step, written down here and not read from the rules."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.people.models import Actor, Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import rules
from tillitsrom.register.actions import requirements as actions
from tillitsrom.register.lifecycle import REQUIREMENT
from tillitsrom.register.models import Requirement

from .factories import RequirementFactory

pytestmark = pytest.mark.django_db

PLACES = ("addressee", "imposing", "unrelated")
CELLS = [("anonymous", "nowhere"), *((role, place) for role in Role.values for place in PLACES)]
SYSTEM_STEPS = {"supersede", "lapse", "restore"}
OWNER_STEPS = {"start_review", "keep", "simplify", "merge", "delegate", "try_out", "remove"}
# The whole of what is allowed; every cell that is not here is refused.
ALLOWED = {
    ("employee", "addressee"): {"question"},
    ("manager", "addressee"): {"question", "describe"},
    ("union_representative", "addressee"): {"question", "describe"},
    ("safety_delegate", "addressee"): {"question"},
    ("requirement_owner", "addressee"): {"describe"},
    ("coordinator", "addressee"): {"describe"},
    ("manager", "imposing"): {*OWNER_STEPS, "describe"},
    ("union_representative", "imposing"): {"describe"},
    ("requirement_owner", "imposing"): {*OWNER_STEPS, "describe"},
    ("coordinator", "imposing"): {"describe"},
}


def _actor(role: str, place: str, requirement: Requirement) -> Actor:
    if role == "anonymous":
        return AnonymousUser()
    where = {
        "addressee": requirement.addressee,
        "imposing": requirement.imposing_body,
        "unrelated": OrganisationFactory.create(),
    }
    return person_with(role, where[place])


def _outcome(target: Requirement) -> actions.Outcome:
    return actions.Outcome(
        reason="Det står i loven.",
        text="Kortere.",
        review_on=timezone.localdate() + timedelta(days=400),
        merged_into=target,
    )


def _in_state(requirement: Requirement, status: str) -> Requirement:
    Requirement.objects.filter(pk=requirement.pk).update(
        status=status, status_reason="x", review_on=date(2030, 1, 1)
    )
    requirement.refresh_from_db()
    return requirement


@pytest.mark.parametrize(("role", "place"), CELLS)
def test_every_step_from_every_state(role: str, place: str) -> None:
    requirement = RequirementFactory.create()
    other = RequirementFactory.create(document=requirement.document, start=60, end=90)
    actor = _actor(role, place, requirement)
    may = ALLOWED.get((role, place), set())
    for transition in REQUIREMENT.transitions:
        _in_state(requirement, transition.source)
        allowed = transition.action in may
        assert bool(transition.rule(actor, requirement)) == allowed, transition
        if isinstance(actor, AnonymousUser):
            continue
        if not allowed:
            with pytest.raises(Refused) as refusal:
                actions.advance(
                    actor=actor,
                    requirement=requirement,
                    version=1,
                    action=transition.action,
                    outcome=_outcome(other),
                )
            assert str(refusal.value), transition
            requirement.refresh_from_db()
            assert (requirement.status, requirement.version) == (transition.source, 1)
            continue
        with transaction.atomic():
            moved = actions.advance(
                actor=actor,
                requirement=requirement,
                version=1,
                action=transition.action,
                outcome=_outcome(other),
            )
            assert (moved.status, moved.version) == (transition.target, 2)
            # The next step starts from the same requirement.
            transaction.set_rollback(True)


@pytest.mark.parametrize(("role", "place"), CELLS)
def test_describing(role: str, place: str) -> None:
    requirement = RequirementFactory.create()
    actor = _actor(role, place, requirement)
    allowed = "describe" in ALLOWED.get((role, place), set())
    assert bool(rules.may_describe(actor, requirement)) == allowed
    if isinstance(actor, AnonymousUser):
        return
    if allowed:
        actions.describe(
            actor=actor, requirement=requirement, version=1, values={"purpose": "Se hvordan det går."}
        )
    else:
        with pytest.raises(Refused):
            actions.describe(actor=actor, requirement=requirement, version=1, values={"purpose": "x"})
    requirement.refresh_from_db()
    assert requirement.purpose == ("Se hvordan det går." if allowed else "")


@pytest.mark.parametrize(("role", "place"), CELLS)
def test_a_statutory_requirement_is_removed_by_nobody(role: str, place: str) -> None:
    requirement = _in_state(RequirementFactory.create(statutory=True), "under_review")
    decision = rules.may_remove(_actor(role, place, requirement), requirement)
    assert not decision
    assert str(decision.reason)


def test_steps_that_do_not_start_from_the_state_are_wrong_not_forbidden() -> None:
    requirement = RequirementFactory.create()
    owner = person_with(Role.REQUIREMENT_OWNER, requirement.imposing_body)
    possible = {(t.source, t.action) for t in REQUIREMENT.transitions}
    for status in Requirement.Status.values:
        for action in REQUIREMENT.actions:
            if (status, action) in possible:
                continue
            _in_state(requirement, status)
            with pytest.raises(WrongState):
                actions.advance(
                    actor=owner, requirement=requirement, version=1, action=action, outcome=actions.Outcome()
                )


def test_a_role_that_has_ended_gives_nothing() -> None:
    requirement = RequirementFactory.create()
    person = person_with(Role.MANAGER, requirement.imposing_body)
    person.memberships.update(valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31))
    assert not rules.may_decide(person, requirement)
    assert not rules.may_describe(person, requirement)


def test_each_step_asks_for_what_the_table_says() -> None:
    requirement = RequirementFactory.create()
    owner = person_with(Role.REQUIREMENT_OWNER, requirement.imposing_body)
    employee = person_with(Role.EMPLOYEE, requirement.addressee)
    for transition in REQUIREMENT.transitions:
        if transition.action in SYSTEM_STEPS or not transition.needs:
            continue
        _in_state(requirement, transition.source)
        with pytest.raises(ValidationError) as missing:
            actions.advance(
                actor=employee if transition.action == "question" else owner,
                requirement=requirement,
                version=1,
                action=transition.action,
                outcome=actions.Outcome(),
            )
        assert set(missing.value.error_dict) == set(transition.needs)


def test_a_merger_needs_another_requirement_that_holds() -> None:
    requirement = _in_state(RequirementFactory.create(), "under_review")
    gone = RequirementFactory.create(document=requirement.document, start=60, end=90, status="lapsed")
    owner = person_with(Role.REQUIREMENT_OWNER, requirement.imposing_body)
    for target in (requirement, gone):
        with pytest.raises(ValidationError) as refused:
            actions.advance(
                actor=owner,
                requirement=requirement,
                version=1,
                action="merge",
                outcome=actions.Outcome(reason="Det samme.", merged_into=target),
            )
        assert set(refused.value.error_dict) == {"merged_into"}


def test_what_is_described_is_an_event_that_names_the_facts() -> None:
    requirement = RequirementFactory.create()
    manager = person_with(Role.MANAGER, requirement.addressee)
    actions.describe(
        actor=manager,
        requirement=requirement,
        version=1,
        values={"occasions_per_year": Decimal(4), "deadline": "2026-06", "statutory": False},
    )
    requirement.refresh_from_db()
    assert requirement.deadline_on == date(2026, 6, 30)
    (event,) = events.history(requirement)
    assert event.data == {"fields": ["deadline", "occasions_per_year"]}
    actions.describe(actor=manager, requirement=requirement, version=2, values={"deadline": "2026-06"})
    assert events.history(requirement).count() == 1
