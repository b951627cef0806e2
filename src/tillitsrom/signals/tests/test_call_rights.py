"""Calls for input: every cell of who × state × step, the gate, and whom one can ask."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.people.models import Actor, Membership, Party, Role, User
from tillitsrom.people.tests.factories import MembershipFactory, OrganisationFactory, person_with
from tillitsrom.signals import rules_calls as rules
from tillitsrom.signals.actions import calls, statements
from tillitsrom.signals.lifecycle_calls import CALL, STATEMENT
from tillitsrom.signals.models import InputCall, Statement
from tillitsrom.signals.rules_calls import Voice

from .call_story import OFTEN, WORDS, Story, asked, delivered, story, written

pytestmark = pytest.mark.django_db

ASKING = {"asker", "middle", "top"}
ANSWERING = {"owner", "mate"}
WHO = ("anonymous", *sorted(ASKING), *sorted(ANSWERING), "other", "colleague", *Role.values)


def _actor(who: str, tale: Story) -> Actor:
    if who == "anonymous":
        return AnonymousUser()
    if who in Role.values:
        return person_with(who, OrganisationFactory.create())
    if who in ("top", "middle", "colleague"):
        at_work: User = getattr(tale.place, who)
        return at_work
    named: User = getattr(tale, who)
    return named


def _in_state(call: InputCall, status: str, *, late: bool = False) -> InputCall:
    today = timezone.localdate()
    InputCall.objects.filter(pk=call.pk).update(
        status=status, ending="Ferdig", answered_on=today, version=1, asked_on=today - timedelta(days=20),
        due_on=today - timedelta(days=1) if late else today,
    )  # fmt: skip
    call = InputCall.objects.get(pk=call.pk)
    return call


def may_step(who: str, action: str, count: int, *, late: bool, treated: bool) -> bool:
    """The whole of what is allowed; every cell that this does not name is refused."""
    return {
        "answer": who in ANSWERING and count >= 2,
        "answer_fewer": who in ANSWERING and count < 2,
        "move": who in ASKING,
        "withdraw": who in ASKING,
        "lapse": who in ASKING and late,
        "close": who in ASKING and treated,
    }[action]


@pytest.mark.parametrize("late", [False, True], ids=["in time", "late"])
@pytest.mark.parametrize("count", [0, 2])
@pytest.mark.parametrize("who", WHO)
def test_every_step_of_a_call(who, count, late):
    tale = story()
    call = asked(tale)
    written(tale, call, count)
    actor = _actor(who, tale)
    possible = {(t.source, t.action) for t in CALL.transitions}
    for status in InputCall.Status.values:
        for action in CALL.actions:
            call = _in_state(call, status, late=late)
            given: dict[str, Any] = {
                "actor": actor, "call": call, "version": 1, "action": action, "text": "Fordi",
                "due_on": timezone.localdate() + timedelta(days=5),
            }  # fmt: skip
            # Written here and not read from the rules: drafts count as not answered.
            may = may_step(who, action, count, late=late, treated=count == 0)
            with transaction.atomic():
                if (status, action) not in possible:
                    with pytest.raises(WrongState):
                        calls.advance(**given)
                elif may:
                    assert calls.advance(**given).version == 2
                    Statement.objects.filter(call=call).update(status="draft")
                else:
                    with pytest.raises(Refused):
                        calls.advance(**given)


def _treat(action: str, actor: Any, row: Statement) -> Callable[[], object]:
    given: dict[str, Any] = {"actor": actor, "statement": row, "version": 1}
    steps: dict[str, Callable[[], object]] = {
        "change": lambda: statements.change(**given, words=WORDS),
        "remove": lambda: statements.remove(**given),
        "take_up": lambda: statements.take_up(**given, how=OFTEN),
        "in_case": lambda: statements.in_case(**given, case_number="1999/1"),
        "answer": lambda: statements.answer(**given, text="Fordi"),
    }
    return steps[action]


@pytest.mark.parametrize("who", WHO)
def test_every_step_of_a_statement(who):
    tale = story()
    call, rows = delivered(tale)
    actor = _actor(who, tale)
    signal = statements.take_up(
        actor=tale.asker, statement=rows[1], version=rows[1].version, how=OFTEN
    ).signal
    possible = {(t.source, t.action) for t in STATEMENT.transitions}
    for status in Statement.Status.values:
        for action in STATEMENT.actions:
            answered = status == "answered"
            InputCall.objects.filter(pk=call.pk).update(status="open" if status == "draft" else "answered")
            Statement.objects.filter(pk=rows[0].pk).delete()
            row = Statement.objects.create(
                call=call, author=tale.owner, problem="x", who="y", status=status, version=1,
                signal=signal if status == "taken_up" else None, answer="Fordi" if answered else "",
                answered_on=timezone.localdate() if answered else None,
            )  # fmt: skip
            rows[0] = row
            do = _treat(action, actor, row)
            may = who in (ANSWERING if action in ("change", "remove") else ASKING)
            if (status, action) not in possible:
                with pytest.raises(WrongState):
                    do()
            elif not may:
                with pytest.raises(Refused):
                    do()
            elif action == "in_case":
                # Allowed, but nobody keeps a case with that number.
                with pytest.raises(ValidationError):
                    do()
            else:
                do()


@pytest.mark.parametrize("who", WHO)
def test_the_gate(who):
    tale = story()
    call = asked(tale)
    drafts = written(tale, call)
    actor = _actor(who, tale)
    assert rules.visible_to(actor).filter(pk=call.pk).exists() == (who in ASKING | ANSWERING)
    seen = {one.pk for one in rules.statements_visible_to(actor, call)}
    assert seen == ({one.pk for one in drafts} if who in ANSWERING else set())
    assert bool(rules.may_write(actor, call)) == (who in ANSWERING)
    calls.advance(actor=tale.owner, call=call, version=call.version, action="answer")
    seen = {one.pk for one in rules.statements_visible_to(actor, call)}
    assert seen == ({one.pk for one in drafts} if who in ASKING | ANSWERING else set())
    assert rules.visible_to(actor).filter(pk=call.pk).exists() == any(
        (rules.asks(actor, call), rules.answers(actor, call))
    )


def test_a_manager_of_another_unit_sees_nothing_and_one_above_the_asked_unit_does():
    tale = story()
    call = asked(tale)
    sideways = MembershipFactory.create(
        role=Role.MANAGER, organisation=tale.place.organisation, unit=None
    ).user
    Membership.objects.filter(user=sideways).update(
        unit=tale.place.organisation.units.create(name="En annen enhet")
    )
    assert not rules.visible_to(sideways).exists()
    back = calls.Asking(
        Voice(tale.place.organisation.pk, None, tale.union.pk),
        Voice(tale.place.organisation.pk, tale.place.unit.pk), "Hva mangler?", "Vi vil vite det.", call.due_on,
    )  # fmt: skip
    to_unit = calls.ask(actor=tale.owner, asking=back)
    assert to_unit.owner == tale.place.manager
    assert rules.visible_to(tale.place.middle).filter(pk=to_unit.pk).exists()
    assert not rules.visible_to(User.objects.get(pk=sideways.pk)).exists()


@pytest.mark.parametrize("role", Role.values)
def test_who_may_ask(role):
    tale = story()
    actor = tale.other if role == "union_representative" else person_with(role, tale.place.organisation)
    own = {
        "manager": Voice(tale.place.organisation.pk),
        "union_representative": next(iter(rules.voices(tale.other))),
    }
    asking = calls.Asking(
        own.get(role, Voice(tale.place.organisation.pk)), Voice(tale.place.organisation.pk, None, tale.union.pk),
        "Hva mangler?", "Vi vil vite det.", timezone.localdate(),
    )  # fmt: skip
    assert bool(rules.may_ask_somewhere(actor)) == (role in own)
    if role in own:
        assert calls.ask(actor=actor, asking=asking).owner == tale.owner
    else:
        with pytest.raises(Refused):
            calls.ask(actor=actor, asking=asking)


def test_whom_one_can_ask():
    tale = story()
    mine = Voice(tale.place.organisation.pk, tale.place.unit.pk)
    with pytest.raises(ValidationError):
        asked(tale, of=mine)
    with pytest.raises(ValidationError):
        asked(tale, of=Voice(tale.place.organisation.pk))
    far = OrganisationFactory.create()
    person_with(Role.MANAGER, far)
    with pytest.raises(ValidationError):
        asked(tale, of=Voice(far.pk))
    tale.place.organisation.superior = far
    tale.place.organisation.save()
    assert asked(tale, of=Voice(far.pk)).asked_organisation == far
    below = Voice(tale.place.organisation.pk, None, tale.union.pk)
    assert below in dict(rules.addressees([far.pk]))[tale.place.organisation]
    nobody = Party.objects.create(organisation=tale.place.organisation, side="employees", name="Tom forening")
    with pytest.raises(Refused):
        asked(tale, of=Voice(tale.place.organisation.pk, None, nobody.pk))
    with pytest.raises(ValidationError):
        asked(tale, of=Voice(tale.place.organisation.pk, None, 10**9))
