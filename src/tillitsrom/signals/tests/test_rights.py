"""Who may do what with a signal: every cell of role × place × state × step, written down here and not read from the rules."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from tillitsrom.core.decisions import Refused
from tillitsrom.people.models import Actor, Role, User
from tillitsrom.people.tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tillitsrom.register.tests.factories import RequirementFactory
from tillitsrom.signals import actions, rules
from tillitsrom.signals.lifecycle import SIGNAL
from tillitsrom.signals.models import OPEN_STATES, Signal

from .factories import Workplace, sent, sent_confidentially, workplace

pytestmark = pytest.mark.django_db

PLACES = ("unit", "above", "top", "sideways", "imposing", "unrelated")
CELLS = [
    ("anonymous", "nowhere"),
    ("sender", "unit"),
    ("me_too", "unit"),
    ("owner", "unit"),
    *((role, place) for role in Role.values for place in PLACES),
]
HANDLING = {
    "assess",
    "start",
    "take_back",
    "with_owner",
    "in_case",
    "on_trial",
    "pass_on",
    "answer",
    "transfer",
}
RAISERS = ("manager", "union_representative", "safety_delegate")
LINE = ("unit", "above", "top")


def allowed(role: str, place: str, action: str, state: str, *, confidential: bool = False) -> bool:
    """The whole of what is allowed; every cell that this does not name is refused."""
    if role == "sender":
        return action == "reopen" and not confidential
    if role in ("anonymous", "me_too") or action == "reopen":
        return False
    leads = role == "owner" or (role == "manager" and place in (("top",) if confidential else LINE))
    if leads:
        return action in HANDLING
    here = place in (*LINE, "sideways")
    if action == "in_case":
        return here and role in RAISERS
    if action in ("answer", "on_trial"):
        if state in ("in_case", "on_trial") and here and role == "manager":
            return True
        return state == "with_owner" and place == "imposing" and role in ("manager", "requirement_owner")
    return False


def _actor(role: str, place: str, at: Workplace, signal: Signal) -> Actor:
    if role == "anonymous":
        return AnonymousUser()
    known: dict[str, User] = {"sender": at.employee, "me_too": at.colleague, "owner": signal.owner}
    if role in known:
        return known[role]
    assert signal.requirement is not None
    where: dict[str, tuple[Any, Any]] = {
        "unit": (at.organisation, at.unit),
        "above": (at.organisation, at.above),
        "top": (at.organisation, None),
        "sideways": (at.organisation, UnitFactory.create(organisation=at.organisation)),
        "imposing": (signal.requirement.imposing_body, None),
        "unrelated": (OrganisationFactory.create(), None),
    }
    organisation, unit = where[place]
    return MembershipFactory.create(role=role, organisation=organisation, unit=unit).user


def _in_state(signal: Signal, status: str) -> Signal:
    answered = status == "answered"
    Signal.objects.filter(pk=signal.pk).update(
        status=status,
        lane="clarify",
        version=1,
        reopened_once=False,
        outcome="kept" if answered else "",
        reason="Det trengs." if answered else "",
        answered_on=timezone.localdate() if answered else None,
    )
    signal.refresh_from_db()
    return signal


def _do(action: str, actor: User, signal: Signal, new_owner: User) -> Callable[[], Signal]:
    given: dict[str, Any] = {"actor": actor, "signal": signal, "version": 1}
    calls: dict[str, Callable[[], Signal]] = {
        "pass_on": lambda: actions.pass_on(**given, owner=new_owner, note="Du kan dette."),
        "answer": lambda: actions.answer(**given, outcome="removed", reason="Ingen brukte det."),
        "transfer": lambda: actions.transfer(**given, to="Et organ", reason="De bestemmer."),
        "reopen": lambda: actions.reopen(**given, reason="Det tar fortsatt tid."),
    }
    return calls.get(action, lambda: actions.advance(**given, action=action, lane="redesign", note="Fordi."))


def _signal(confidential: bool) -> tuple[Workplace, Signal]:
    at = workplace()
    requirement = RequirementFactory.create(addressee=at.organisation)
    if confidential:
        signal = sent_confidentially(at, requirement=requirement).signal
        monday = signal.week - timedelta(weeks=1)
        Signal.objects.filter(pk=signal.pk).update(week=monday, opens_on=signal.week, opened=True)
    else:
        signal = sent(at, requirement=requirement)
        actions.me_too(actor=at.colleague, signal=signal)
    signal.refresh_from_db()
    return at, signal


@pytest.mark.parametrize("confidential", [False, True], ids=["open", "confidential"])
@pytest.mark.parametrize(("role", "place"), CELLS)
def test_every_step_from_every_state(role: str, place: str, confidential: bool) -> None:
    at, signal = _signal(confidential)
    actor = _actor(role, place, at, signal)
    new_owner = MembershipFactory.create(role=Role.COORDINATOR, organisation=at.organisation).user
    for transition in SIGNAL.transitions:
        _in_state(signal, transition.source)
        if transition.action == "escalate":
            assert not transition.rule(actor, signal)
            continue
        may = allowed(role, place, transition.action, transition.source, confidential=confidential)
        decision = transition.rule(actor, signal)
        assert bool(decision) == may, transition
        assert str(decision.reason)
        if isinstance(actor, AnonymousUser):
            continue
        step = _do(transition.action, actor, signal, new_owner)
        if not may:
            with pytest.raises(Refused):
                step()
            signal.refresh_from_db()
            assert (signal.status, signal.version) == (transition.source, 1)
            continue
        with transaction.atomic():
            moved = step()
            assert (moved.status, moved.version) == (transition.target, 2), transition
            transaction.set_rollback(True)
        signal.refresh_from_db()


SEES_OPEN = {
    *(("manager", place) for place in (*LINE, "sideways")),
    *(("union_representative", place) for place in (*LINE, "sideways")),
    *(("safety_delegate", place) for place in (*LINE, "sideways")),
    *(("coordinator", place) for place in (*LINE, "sideways")),
    ("sender", "unit"),
    ("me_too", "unit"),
    ("owner", "unit"),
}
SEES_CONFIDENTIAL = {
    ("manager", "top"),
    *(("union_representative", place) for place in (*LINE, "sideways")),
    *(("safety_delegate", place) for place in (*LINE, "sideways")),
    ("owner", "unit"),
}
SEES_NAME = {*(("manager", place) for place in LINE), ("sender", "unit"), ("owner", "unit")}


@pytest.mark.parametrize(("role", "place"), CELLS)
def test_who_sees_an_open_signal_and_who_sees_the_name(role: str, place: str) -> None:
    at, signal = _signal(False)
    actor = _actor(role, place, at, signal)
    assert rules.visible_to(actor).filter(pk=signal.pk).exists() == ((role, place) in SEES_OPEN)
    assert rules.may_see_sender(actor, signal) == ((role, place) in SEES_NAME)
    assert bool(rules.may_talk(actor, signal)) == ((role, place) in SEES_NAME)


@pytest.mark.parametrize(("role", "place"), CELLS)
def test_who_sees_a_confidential_signal_and_never_before_it_opens(role: str, place: str) -> None:
    at, signal = _signal(True)
    actor = _actor(role, place, at, signal)
    assert rules.visible_to(actor).filter(pk=signal.pk).exists() == ((role, place) in SEES_CONFIDENTIAL)
    Signal.objects.filter(pk=signal.pk).update(
        opens_on=timezone.localdate() + timedelta(days=1), opened=False
    )
    signal.refresh_from_db()
    assert not rules.visible_to(actor).filter(pk=signal.pk).exists()
    assert not any(option.decision for option in SIGNAL.options(actor, signal))


def test_every_open_state_can_be_answered_and_every_state_is_in_the_table() -> None:
    assert {t.source for t in SIGNAL.transitions if t.action == "answer"} == set(OPEN_STATES)
    assert {t.source for t in SIGNAL.transitions} | {t.target for t in SIGNAL.transitions} == set(
        Signal.Status.values
    )
    assert [t.source for t in SIGNAL.transitions if t.action == "reopen"] == ["answered"]
