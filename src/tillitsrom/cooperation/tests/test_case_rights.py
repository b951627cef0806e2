"""Who may do what with a case: every cell of role × place × state × step, written down here and not read from the rules."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from tillitsrom.cooperation import rules
from tillitsrom.cooperation.actions import cases, positions
from tillitsrom.cooperation.lifecycle import CASE, only_by_the_meeting
from tillitsrom.cooperation.models import Case
from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Membership, Role, User
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, UserFactory, person_with
from tillitsrom.rulesets.tests.factories import Body, body

from .factories import case_in, minuted, raised

pytestmark = pytest.mark.django_db

# "raiser" is the representative of the union that raised it; "employer" leads the whole; "unit" leads a unit that the case is not in.
PLAIN = [("anonymous", "nowhere"), *((role, place) for role in Role.values for place in ("own", "unrelated"))]
CELLS = [*PLAIN, ("raiser", "own"), ("unit_manager", "sideways"), ("unit_manager", "of_the_case")]
PARTY = {"position", "classify", "contest", "again", "disagree", "path", "agree"}
SHARED = {"edit", "paper", "involve", "close"}
EMPLOYER = {"announce", "decide"}


def allowed(role: str, place: str) -> set[str]:
    """Which steps the role may ever take; every cell that this does not name is refused."""
    if place == "unrelated" or role in (
        "anonymous",
        "employee",
        "elected",
        "requirement_owner",
        "system_administrator",
    ):
        return set()
    if role == "coordinator":
        return SHARED
    if role == "raiser":
        return PARTY | SHARED | {"withdraw"}
    if role == "union_representative":
        return PARTY | SHARED
    if role == "manager" or (role, place) == ("unit_manager", "of_the_case"):
        return PARTY | SHARED | EMPLOYER
    return set()


def guard(action: str, status: str) -> bool:
    """What the case itself stands in the way of, in the states that the factories make."""
    if action == "decide":
        # Discussed: held. Negotiated in the area of KS: nothing holds until the parties agree.
        return status == "held"
    if action == "agree":
        return False
    if action == "close":
        # Minutes are approved in `agreed` and `decided` below; a negotiation that failed needs its protocol too.
        return status in ("agreed", "decided")
    return True


def _actor(role: str, place: str, where: Body, unit: Any) -> Actor:
    if role == "anonymous":
        return AnonymousUser()
    if role == "raiser":
        return where.representative
    if role == "unit_manager":
        person = UserFactory.create()
        led = unit if place == "of_the_case" else UnitFactory.create(organisation=where.organisation)
        Membership.objects.create(user=person, organisation=where.organisation, unit=led, role=Role.MANAGER)
        return person
    if role == "union_representative" and place == "own":
        return where.other
    return person_with(role, where.organisation if place == "own" else OrganisationFactory.create())


def _do(action: str, actor: User, case: Case, where: Body) -> Callable[[], object]:
    plain: dict[str, Any] = {"actor": actor, "case": case}
    known = {**plain, "version": case.version}
    calls: dict[str, Callable[[], object]] = {
        "edit": lambda: cases.edit(**known, values={"question": "Skal vi slutte?"}),
        "position": lambda: positions.take_position(**plain, stance="for", text="Ja."),
        "paper": lambda: positions.add_paper(**plain, title="Notat", text="Tekst"),
        "involve": lambda: positions.involve(**plain, party=where.union, since=timezone.localdate()),
        "classify": lambda: cases.classify(**known, answers={}, form="discussion", reason="Fordi."),
        "contest": lambda: cases.contest(**known, reason="Den skal forhandles."),
        "confirm": lambda: cases.confirm(**known),
        "announce": lambda: cases.announce(**known, announced="Vi slutter."),
        "again": lambda: cases.discuss_again(**known, reason="Nytt kom fram."),
        "decide": lambda: cases.decide(**known, decision="Vi slutter.", reason="Fordi."),
        "agree": lambda: cases.agree(**known, agreed="Vi slutter."),
        "disagree": lambda: cases.disagree(**known, reason="Nei."),
        "path": lambda: cases.note_path(**known, step="agreement", on=timezone.localdate()),
        "close": lambda: cases.close(**known),
        "withdraw": lambda: cases.withdraw(**known, reason="Løst."),
    }
    return calls[action]


@pytest.mark.parametrize("status", Case.Status.values)
@pytest.mark.parametrize(("role", "place"), CELLS)
def test_every_step_from_every_state(role: str, place: str, status: str) -> None:
    where = body()
    unit = UnitFactory.create(organisation=where.organisation)
    case = case_in(where, status, unit=unit)
    if status in ("agreed", "decided"):
        minuted(case)
    case = Case.objects.get(pk=case.pk)
    assert case.status == status
    actor = _actor(role, place, where, unit)
    may = allowed(role, place) - {"confirm"}
    possible = {t.action: t for t in CASE.transitions if t.source == status}
    for action, transition in possible.items():
        decision = transition.rule(actor, case)
        wanted = action in may and guard(action, status)
        assert bool(decision) == wanted, (action, decision)
        assert str(decision.reason)
        if isinstance(actor, AnonymousUser) or transition.rule is only_by_the_meeting:
            continue
        if not wanted:
            with pytest.raises(Refused):
                _do(action, actor, case, where)()
            case.refresh_from_db()
            assert case.status == status
            continue
        with transaction.atomic():
            _do(action, actor, case, where)()
            case.refresh_from_db()
            assert case.status == transition.target, action
            transaction.set_rollback(True)
        case = Case.objects.get(pk=case.pk)
    if isinstance(actor, AnonymousUser):
        return
    for action in {t.action for t in CASE.transitions if t.rule is not only_by_the_meeting} - set(possible):
        with pytest.raises(WrongState):
            _do(action, actor, case, where)()


SEES_ALL = {("manager", "own"), ("union_representative", "own"), ("safety_delegate", "own"), ("coordinator", "own"),
            ("raiser", "own"), ("unit_manager", "sideways"), ("unit_manager", "of_the_case")}  # fmt: skip
SEES_OPEN = SEES_ALL | {("employee", "own"), ("elected", "own"), ("requirement_owner", "own")}


@pytest.mark.parametrize("status", ["raised", "held", "closed"])
@pytest.mark.parametrize("openness", Openness.values)
@pytest.mark.parametrize(("role", "place"), CELLS)
def test_who_sees_a_case(role: str, place: str, openness: str, status: str) -> None:
    where = body()
    unit = UnitFactory.create(organisation=where.organisation)
    case = case_in(where, status, unit=unit)
    if openness == "exempt":
        Case.objects.filter(pk=case.pk).update(
            openness="exempt", exempt_ground="x", exempt_review_on=timezone.localdate()
        )
    actor = _actor(role, place, where, unit)
    seen = (role, place) in (SEES_OPEN if openness == "open" else SEES_ALL)
    seen = seen or (status == "closed" and openness == "open")
    assert rules.visible_to(actor).filter(pk=case.pk).exists() == seen


@pytest.mark.parametrize(("role", "place"), PLAIN)
def test_who_may_raise_a_case(role: str, place: str) -> None:
    where = body()
    actor = _actor(role, place, where, None)
    wanted = place == "own" and role in ("manager", "union_representative", "safety_delegate")
    assert bool(rules.may_raise(actor, where.organisation)) == wanted
    if isinstance(actor, AnonymousUser):
        return
    if not wanted:
        with pytest.raises(Refused):
            raised(where, by=actor)
        assert not Case.objects.exists()
        return
    case = raised(where, by=actor)
    assert case.work_environment == (role == "safety_delegate")
    assert (case.raised_by_party is None) == (role == "safety_delegate")


def test_a_safety_delegate_withdraws_what_a_safety_delegate_raised_and_sends_papers() -> None:
    where = body()
    delegate = person_with(Role.SAFETY_DELEGATE, where.organisation)
    case = raised(where, by=delegate)
    positions.add_paper(actor=delegate, case=case, title="Målinger", text="Støyen er høy.")
    case.refresh_from_db()
    assert not rules.may_withdraw(where.representative, case)
    assert (
        cases.withdraw(actor=delegate, case=case, version=case.version, reason="Løst.").status == "withdrawn"
    )


def test_nobody_speaks_for_another_party() -> None:
    where = body()
    case = raised(where)
    with pytest.raises(Refused):
        positions.take_position(
            actor=where.representative, case=case, party=where.second, stance="for", text="Ja."
        )
    with pytest.raises(Refused):
        positions.take_position(actor=where.manager, case=case, party=where.union, stance="for", text="Ja.")
    assert not case.positions.exists()


def test_every_state_is_in_the_table_and_every_living_one_leads_on() -> None:
    states = {t.source for t in CASE.transitions} | {t.target for t in CASE.transitions}
    assert states == set(Case.Status.values)
    assert {t.target for t in CASE.transitions if t.source != t.target} == states - {"raised"}
