"""Calls for input: from the question to the answers, what must be said, what is late, and what is kept about a person."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Membership, User
from tillitsrom.people.queries import data_about
from tillitsrom.signals import actions as signal_actions
from tillitsrom.signals.actions import calls, statements
from tillitsrom.signals.actions.erasure import forget_person
from tillitsrom.signals.actions.statements import Words
from tillitsrom.signals.models import InputCall, Signal, Statement
from tillitsrom.signals.rules_calls import Voice

from .call_story import OFTEN, WORDS, asked, delivered, story, written
from .test_at_once import at_once, needs_two_connections

pytestmark = pytest.mark.django_db


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


@needs_two_connections
@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_removed_twice_at_once_is_gone_once_and_told_of():
    tale = story()
    call = asked(tale)
    draft, *_others = written(tale, call)

    def remove(actor: User) -> object:
        try:
            return statements.remove(actor=actor, statement=draft, version=draft.version)
        except Conflict as stopped:
            return stopped

    found = at_once(lambda: remove(tale.owner), lambda: remove(tale.mate))
    assert sum(isinstance(one, Conflict) for one in found) == 1
    assert call.statements.count() == 1


def test_a_draft_that_is_gone_is_told_of():
    tale = story()
    draft, *_others = written(tale, asked(tale))
    statements.remove(actor=tale.owner, statement=draft, version=draft.version)
    with pytest.raises(Conflict):
        statements.change(actor=tale.mate, statement=draft, version=draft.version, words=WORDS)
