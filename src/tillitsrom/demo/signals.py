"""The demo's signals: sent, answered and grouped by the same actions as a person would take, then moved back in time."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tillitsrom.people.models import Organisation, Unit, User
from tillitsrom.signals import codes, lanes
from tillitsrom.signals.actions import (
    Report,
    advance,
    answer,
    clockwork,
    join,
    me_too,
    say,
    send_confidentially,
    send_open,
)
from tillitsrom.signals.models import Message, Signal, week_of

from .telling import dated, noon, read, requirement_with

if TYPE_CHECKING:
    from .loader import Places

WORKPLACE = "Fjordvik kommune"


def load(places: "Places", people: dict[str, User]) -> None:
    """Make the signals of the story. What is confidential opens, as by the clock."""
    today = timezone.localdate()
    story = read("signals.yaml")
    made: list[Signal] = []
    for row in story["open"]:
        signal = _open(row, places, people, today)
        made.append(signal)
        for step in row["then"]:
            _step(signal, step, people, made, today)
    sent = [(_confidential(row, places, today), row) for row in story["confidential"]]
    clockwork.open_the_week(today)
    for signal, row in sent:
        if "joined" in row:
            _step(signal, {"do": "join", **row["joined"]}, people, made, today)


def lift_what_is_late() -> None:
    """When all that the story answers is answered: what is late goes to the next level, as by the clock."""
    clockwork.lift_what_is_late(timezone.localdate())


def _report(row: dict[str, Any], organisation: Organisation, unit: Unit) -> Report:
    return Report(
        organisation=organisation,
        unit=unit,
        what=row["what"],
        occasions=row["occasions"],
        period=row["period"],
        minutes_low=row["minutes"][0],
        minutes_high=row["minutes"][1],
        rather=row.get("rather", ""),
        proposal=row.get("proposal", ""),
        requirement=requirement_with(row["requirement"]) if row.get("requirement") else None,
        causes=row.get("causes", []),
        displaces_core=row.get("displaces_core", False),
    )


def sent_on(signal: Signal, day: date) -> None:
    """Let an open signal have been sent on a day of the story."""
    Signal.objects.filter(pk=signal.pk).update(
        sent_at=noon(day), week=week_of(day), opens_on=day, promised_on=lanes.promised("", day)
    )


def _open(row: dict[str, Any], places: "Places", people: dict[str, User], today: date) -> Signal:
    day = today - timedelta(days=row["days_ago"])
    with dated(day):
        report = _report(row, places.organisations[WORKPLACE], places.units[row["unit"]])
        signal = send_open(actor=people[row["sender"]], report=report).signal
        sent_on(signal, day)
        for address in row.get("me_too", []):
            me_too(actor=people[address], signal=signal)
    signal.refresh_from_db()
    return signal


def _step(
    signal: Signal, step: dict[str, Any], people: dict[str, User], made: list[Signal], today: date
) -> None:
    day = today - timedelta(days=step["days_ago"])
    actor, action = people[step["by"]], step["do"]
    signal.refresh_from_db()
    with dated(day):
        if action == "say":
            message = say(actor=actor, signal=signal, text=step["text"])
            Message.objects.filter(pk=message.pk).update(sent_at=noon(day), week=week_of(day), opens_on=day)
        elif action == "join":
            join(actor=actor, signal=signal, version=signal.version, other=made[step["other"]])
        elif action == "answer":
            answer(
                actor=actor,
                signal=signal,
                version=signal.version,
                outcome=step["outcome"],
                reason=step["reason"],
            )
            Signal.objects.filter(pk=signal.pk).update(answered_on=day)
        else:
            advance(
                actor=actor,
                signal=signal,
                version=signal.version,
                action=action,
                lane=step.get("lane", ""),
                note=step.get("note", ""),
            )


def _confidential(row: dict[str, Any], places: "Places", today: date) -> Signal:
    week = week_of(today) - timedelta(weeks=row["weeks_ago"])
    report = _report(row, places.organisations[WORKPLACE], places.units[row["unit"]])
    signal = send_confidentially(report=report, key=codes.new_key()).signal
    opens = week + timedelta(weeks=1)
    Signal.objects.filter(pk=signal.pk).update(
        week=week, opens_on=opens, promised_on=lanes.promised("", opens)
    )
    return signal
