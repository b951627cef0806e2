"""The demo's dialogue and calls for input, told by the actions that a person would take, and moved back in time."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tillitsrom.people.models import User
from tillitsrom.signals import rules_calls
from tillitsrom.signals.actions import calls, dialogue, statements
from tillitsrom.signals.models import DialogueRequest, InputCall, Statement

from .signals import WORKPLACE, sent_on
from .telling import dated, read

if TYPE_CHECKING:
    from .loader import Places


def load(places: "Places", people: dict[str, User]) -> None:
    """Make the wishes to meet and the calls of the story."""
    today = timezone.localdate()
    story = read("talks.yaml")
    for row in story["dialogues"]:
        _dialogue(row, places, people, today)
    for row in story["calls"]:
        _call(row, places, people, today)


def _dialogue(row: dict[str, Any], places: "Places", people: dict[str, User], today: date) -> None:
    day = today - timedelta(days=row["days_ago"])
    direction = (
        DialogueRequest.Direction.FROM_MANAGEMENT
        if row.get("invited")
        else DialogueRequest.Direction.TO_MANAGEMENT
    )
    asking = dialogue.Asking(
        places.organisations[WORKPLACE], places.units[row["unit"]], direction, row["purpose"], row["times"],
        people[row["invited"]] if row.get("invited") else None,
    )  # fmt: skip
    with dated(day):
        made = dialogue.ask(actor=people[row["by"]], asking=asking)
    for step in row["then"]:
        with dated(today - timedelta(days=step["days_ago"])):
            made = dialogue.advance(
                actor=people[step["by"]], dialogue=made, version=made.version, action=step["do"], text=step.get("text", "")
            )  # fmt: skip
    promised = made.promised_on - timedelta(days=row["days_ago"])
    DialogueRequest.objects.filter(pk=made.pk).update(asked_on=day, promised_on=promised)


def _voice(words: str | None, unit: str | None, places: "Places") -> rules_calls.Voice:
    """A union by its name, or whoever leads the unit."""
    body = places.organisations[WORKPLACE]
    if words is not None:
        return rules_calls.Voice(body.pk, None, places.party(body, words).pk)
    return rules_calls.Voice(body.pk, places.units[unit].pk if unit else None)


def _call(row: dict[str, Any], places: "Places", people: dict[str, User], today: date) -> None:
    day = today - timedelta(days=row["days_ago"])
    asking = calls.Asking(
        by=_voice(row["by"].get("union"), row["by"].get("unit"), places),
        of=_voice(row["of"].get("union"), row["of"].get("unit"), places),
        question=row["question"], why=row["why"], due_on=today + timedelta(days=row["due_in"]),
    )  # fmt: skip
    with dated(day):
        call = calls.ask(actor=people[row["by"]["person"]], asking=asking)
    InputCall.objects.filter(pk=call.pk).update(asked_on=day)
    writer = people[row["of"]["person"]]
    made = []
    for words in row["statements"]:
        with dated(day + timedelta(days=2)):
            made.append(statements.write(actor=writer, call=call, words=statements.Words(**words)))
    if "answered" not in row:
        return
    answered = today - timedelta(days=row["answered"])
    call.refresh_from_db()
    with dated(answered):
        calls.advance(actor=writer, call=call, version=call.version, action="answer")
    InputCall.objects.filter(pk=call.pk).update(answered_on=answered)
    for step in row["then"]:
        _treat(step, made[step["statement"]], people[row["by"]["person"]], places, today)


def _treat(step: dict[str, Any], row: Statement, actor: User, places: "Places", today: date) -> None:
    day = today - timedelta(days=step["days_ago"])
    row.refresh_from_db()
    with dated(day):
        if step["do"] == "answer":
            statements.answer(actor=actor, statement=row, version=row.version, text=step["text"])
            Statement.objects.filter(pk=row.pk).update(answered_on=day)
            return
        low, high = step["minutes"]
        how = statements.HowOften(step["occasions"], step["period"], low, high, places.units[step["unit"]])
        taken = statements.take_up(actor=actor, statement=row, version=row.version, how=how)
        if taken.signal is not None:
            sent_on(taken.signal, day)
