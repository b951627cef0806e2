"""Calls for input: whom one can ask, every cell of who × state × step, both tables, what is late, and what is kept about a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Actor, Membership, Party, Role, User
from tillitsrom.people.queries import data_about
from tillitsrom.people.tests.factories import MembershipFactory, OrganisationFactory, person_with
from tillitsrom.signals import actions as signal_actions
from tillitsrom.signals import rules_calls as rules
from tillitsrom.signals.actions import calls, statements
from tillitsrom.signals.actions.erasure import forget_person
from tillitsrom.signals.actions.statements import HowOften, Words
from tillitsrom.signals.lifecycle_calls import CALL, STATEMENT
from tillitsrom.signals.models import InputCall, Signal, Statement
from tillitsrom.signals.rules_calls import Voice

from .factories import Workplace, workplace
from .test_at_once import at_once, needs_two_connections

pytestmark = pytest.mark.django_db
WORDS = Words("Vi skriver det samme to steder", "Kontaktlærere på barnetrinnet", "Ett sted er nok")
OFTEN = HowOften(2, "week", 15, 30)


@dataclass
class Story:
    """A workplace with a union that is asked by the unit's manager. `mate` represents the same union, `other` another one."""

    place: Workplace
    union: Party
    asker: User
    owner: User
    mate: User
    other: User


def story() -> Story:
    place = workplace()
    union = Party.objects.create(
        organisation=place.organisation, side="employees", name="Utdanningsforbundet"
    )
    rival = Party.objects.create(organisation=place.organisation, side="employees", name="Fagforbundet")

    def representative(party: Party) -> User:
        return MembershipFactory.create(
            role=Role.UNION_REPRESENTATIVE, organisation=place.organisation, party=party
        ).user

    return Story(
        place, union, place.manager, representative(union), representative(union), representative(rival)
    )


def asked(tale: Story, **values: Any) -> InputCall:
    known: dict[str, Any] = {
        "by": Voice(tale.place.organisation.pk, tale.place.unit.pk),
        "of": Voice(tale.place.organisation.pk, None, tale.union.pk),
        "question": "Hva tar mest tid fra undervisningen?", "why": "Vi skal velge hva vi begynner med.",
        "due_on": timezone.localdate() + timedelta(days=14), "fewest": 2, "most": 3,
    }  # fmt: skip
    return calls.ask(actor=tale.asker, asking=calls.Asking(**{**known, **values}))


def written(tale: Story, call: InputCall, count: int = 2) -> list[Statement]:
    found = [statements.write(actor=tale.owner, call=call, words=WORDS) for _n in range(count)]
    call.refresh_from_db()
    return found


def delivered(tale: Story, count: int = 2) -> tuple[InputCall, list[Statement]]:
    call = asked(tale)
    written(tale, call, count)
    call = calls.advance(actor=tale.owner, call=call, version=call.version, action="answer")
    return call, list(call.statements.all())


def test_it_has_somebody_to_see_to_it_at_once_and_ends_with_an_answer_to_each_statement():
    tale = story()
    call = asked(tale)
    assert (call.owner, call.status, call.side, call.asked_side) == (
        tale.owner,
        "open",
        "employer",
        "employees",
    )
    assert Notice.objects.get(kind="call.ask").recipient == tale.owner
    written(tale, call)
    call = calls.advance(actor=tale.owner, call=call, version=call.version, action="answer")
    assert Notice.objects.get(kind="call.answer").recipient == tale.asker
    first, second = call.statements.all()
    statements.answer(
        actor=tale.asker, statement=first, version=first.version, text="Vi slutter med det ene."
    )
    statements.take_up(actor=tale.asker, statement=second, version=second.version, how=OFTEN)
    signal = Signal.objects.get()
    assert (signal.sender, signal.what, signal.owner) == (tale.owner, WORDS.problem, tale.place.top)
    call.refresh_from_db()
    with pytest.raises(Refused):
        calls.advance(actor=tale.asker, call=call, version=call.version, action="close", text="Ett sted")
    signal_actions.answer(
        actor=tale.place.top, signal=signal, version=1, outcome="removed", reason="Ett sted er nok nå."
    )
    second.refresh_from_db()
    assert (second.status, second.answer) == ("answered", "Ett sted er nok nå.")
    call.refresh_from_db()
    call = calls.advance(actor=tale.asker, call=call, version=call.version, action="close", text="Ett sted")
    assert (call.status, call.ending) == ("closed", "Ett sted")
    kinds = [one.kind for one in events.history(call)]
    assert kinds == ["call.ask", "call.answer", "call.close"]
    assert Notice.objects.filter(kind="statement.signal_answered").count() == 2


# Who × state × step. Places: the asking party, the asked party, and everybody else.

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


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"fewest": 3, "most": 2}, "most"),
        ({"fewest": 5, "most": 21}, "most"),
        ({"fewest": 0}, "most"),
        ({"due_on": timezone.localdate() - timedelta(days=1)}, "due_on"),
        ({"question": " "}, "question"),
        ({"why": ""}, "why"),
    ],
)
def test_what_a_call_must_say(values, field):
    with pytest.raises(ValidationError) as error:
        asked(story(), **values)
    assert field in error.value.message_dict


def test_words_that_are_needed_and_the_version():
    tale = story()
    call = asked(tale)
    for action, text in (("withdraw", " "), ("move", "")):
        with pytest.raises(ValidationError):
            calls.advance(actor=tale.asker, call=call, version=1, action=action, text=text)
    with pytest.raises(ValidationError):
        calls.advance(
            actor=tale.asker,
            call=call,
            version=1,
            action="move",
            due_on=timezone.localdate() - timedelta(days=1),
        )
    with pytest.raises(Conflict, match="Somebody else has changed this"):
        calls.advance(actor=tale.asker, call=call, version=9, action="withdraw", text="Vi vet det nå")
    with pytest.raises(ValidationError):
        statements.write(actor=tale.owner, call=call, words=Words("", "Alle"))
    row = written(tale, call, 1)[0]
    with pytest.raises(Conflict):
        statements.change(actor=tale.mate, statement=row, version=9, words=WORDS)
    statements.remove(actor=tale.mate, statement=row, version=1)
    with pytest.raises(Conflict):
        statements.change(actor=tale.owner, statement=row, version=1, words=WORDS)


def test_no_more_statements_than_were_asked_for():
    tale = story()
    call = asked(tale)
    written(tale, call, 3)
    with pytest.raises(Refused, match="As many as were asked for"):
        statements.write(actor=tale.mate, call=call, words=WORDS)


def test_a_colleagues_new_draft_is_not_delivered_unseen():
    tale = story()
    call = asked(tale)
    written(tale, call)
    seen = call.version
    statements.write(actor=tale.mate, call=call, words=WORDS)
    with pytest.raises(Conflict):
        calls.advance(actor=tale.owner, call=call, version=seen, action="answer")


def test_a_statement_whose_author_has_left_is_answered_and_not_made_a_signal():
    tale = story()
    _call, rows = delivered(tale)
    Membership.objects.filter(user=tale.owner).delete()
    row = Statement.objects.select_related("call", "author").get(pk=rows[0].pk)
    with pytest.raises(Refused, match="no longer works there"):
        statements.take_up(actor=tale.asker, statement=row, version=row.version, how=OFTEN)
    assert statements.answer(actor=tale.asker, statement=row, version=row.version, text="Ja.").answer == "Ja."


def test_what_is_late_goes_to_the_next_level_once_and_both_parties_are_told():
    tale = story()
    call = calls.ask(
        actor=tale.owner,
        asking=calls.Asking(
            Voice(tale.place.organisation.pk, None, tale.union.pk),
            Voice(tale.place.organisation.pk, tale.place.unit.pk), "Hva mangler?", "Vi vil vite det.", timezone.localdate(),
        ),
    )  # fmt: skip
    assert call.owner == tale.place.manager
    late = call.due_on + timedelta(days=1)
    assert [calls.lift_late_calls(call.due_on), calls.lift_late_calls(late), calls.lift_late_calls(late)] == [
        0,
        1,
        0,
    ]
    call.refresh_from_db()
    assert (call.owner, call.escalated_on) == (tale.place.middle, late)
    assert {one.recipient for one in Notice.objects.filter(kind="call.late")} == {
        tale.owner,
        tale.place.manager,
    }
    assert Notice.objects.get(kind="call.escalated").recipient == tale.place.middle
    week = late + timedelta(days=7)
    assert [calls.lift_late_calls(week), calls.lift_late_calls(week)] == [1, 0]
    call.refresh_from_db()
    assert call.owner == tale.place.top
    call = calls.advance(
        actor=tale.owner, call=call, version=call.version, action="move", due_on=week + timedelta(days=9)
    )
    assert call.escalated_on is None


def test_a_late_call_to_a_union_without_a_level_above_is_told_of_and_stays():
    tale = story()
    call = asked(tale, due_on=timezone.localdate())
    late = call.due_on + timedelta(days=1)
    assert calls.lift_late_calls(late) == 1
    assert calls.lift_late_calls(late + timedelta(days=8)) == 0
    call.refresh_from_db()
    assert call.owner == tale.owner
    assert Notice.objects.filter(kind="call.late").count() == 2


def test_a_call_whose_owner_has_left_gets_another():
    tale = story()
    call = asked(tale)
    assert calls.find_new_owners() == 0
    Membership.objects.filter(user=tale.owner).delete()
    assert calls.find_new_owners() == 1
    call.refresh_from_db()
    assert call.owner == tale.mate


def test_what_is_kept_about_a_person_and_what_goes_when_they_are_erased():
    tale = story()
    call, _rows = delivered(tale)
    waiting = asked(tale)
    assert [one["problem"] for one in data_about(tale.owner)["signals"]["problem_statements"]] == [
        WORDS.problem
    ] * 2
    assert len(data_about(tale.asker)["signals"]["asked_for_input"]) == 2
    forget_person(tale.owner)
    forget_person(tale.asker)
    call.refresh_from_db()
    waiting.refresh_from_db()
    assert (call.asked_by, call.owner, waiting.owner) == (None, None, tale.mate)
    assert {one.author for one in call.statements.all()} == {None}
    assert [one.problem for one in call.statements.all()] == [WORDS.problem] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "answered", "answered_on": None}, {"status": "closed", "answered_on": timezone.localdate()},
        {"status": "withdrawn"}, {"status": "odd"}, {"fewest": 9}, {"party": None, "side": "employees"},
        {"asked_side": "employer"}, {"due_on": timezone.localdate() - timedelta(days=1)},
    ],
)  # fmt: skip
def test_the_database_keeps_no_call_that_makes_no_sense(wrong):
    call = asked(story())
    with pytest.raises(IntegrityError), transaction.atomic():
        InputCall.objects.filter(pk=call.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"status": "answered"}, {"status": "taken_up"}, {"status": "odd"}, {"answer": "x"}]
)
def test_the_database_keeps_no_statement_that_makes_no_sense(wrong):
    _call, rows = delivered(story())
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=rows[0].pk).update(**wrong)


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_write_the_last_statement_at_once_and_one_gets_room():
    tale = story()
    call = asked(tale)
    written(tale, call)

    def write(actor: User) -> object:
        try:
            return statements.write(actor=actor, call=call, words=WORDS)
        except Refused as stopped:
            return stopped

    found = at_once(lambda: write(tale.owner), lambda: write(tale.mate))
    assert sum(isinstance(one, Statement) for one in found) == 1
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert call.statements.count() == 3


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_two_steps_at_once_and_one_stands():
    tale = story()
    call = asked(tale)
    written(tale, call)
    found = at_once(
        lambda: calls.advance(actor=tale.owner, call=call, version=call.version, action="answer"),
        lambda: calls.advance(
            actor=tale.asker, call=call, version=call.version, action="withdraw", text="Vi vet"
        ),
    )
    assert sum(isinstance(one, InputCall) for one in found) == 1
