"""The demo's signals: sent, answered and grouped by the same actions as a person would take, then moved back in time."""

import secrets
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml
from django.utils import timezone

from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Organisation, Unit, User
from tillitsrom.register.models import Requirement
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

if TYPE_CHECKING:
    from .loader import Places

WORKPLACE = "Fjordvik kommune"


def story() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        resources.files("tillitsrom.demo").joinpath("signals.yaml").read_text("utf-8")
    )
    return loaded


def load(places: "Places", people: dict[str, User]) -> None:
    """Make the signals of the story. What is late is lifted, and what is confidential opens, as by the clock."""
    today = timezone.localdate()
    last_notice = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    made: list[Signal] = []
    for row in story()["open"]:
        signal = _open(row, places, people, today)
        made.append(signal)
        for step in row["then"]:
            _step(signal, step, people, made, today)
    for row in story()["confidential"]:
        _confidential(row, places, today)
    clockwork.open_the_week(today)
    clockwork.lift_what_is_late(today)
    # Nobody in the story is to be sent e-mail.
    Notice.objects.filter(pk__gt=last_notice).update(mail=Notice.Mail.NONE, next_try_at=None)


def _report(row: dict[str, Any], organisation: Organisation, unit: Unit) -> Report:
    requirement = None
    if row.get("requirement"):
        requirement = Requirement.objects.filter(quote__contains=row["requirement"]).order_by("-year").first()
        if requirement is None:
            raise LookupError(f"no requirement has the words {row['requirement']!r}")
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
        requirement=requirement,
        causes=row.get("causes", []),
        displaces_core=row.get("displaces_core", False),
    )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _open(row: dict[str, Any], places: "Places", people: dict[str, User], today: date) -> Signal:
    day = today - timedelta(days=row["days_ago"])
    with _dated(day):
        report = _report(row, places.organisations[WORKPLACE], places.units[row["unit"]])
        signal = send_open(actor=people[row["sender"]], report=report).signal
        Signal.objects.filter(pk=signal.pk).update(
            sent_at=_noon(day), week=week_of(day), opens_on=day, promised_on=lanes.promised("", day)
        )
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
    with _dated(day):
        if action == "say":
            message = say(actor=actor, signal=signal, text=step["text"])
            Message.objects.filter(pk=message.pk).update(sent_at=_noon(day), week=week_of(day), opens_on=day)
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


def _confidential(row: dict[str, Any], places: "Places", today: date) -> None:
    week = week_of(today) - timedelta(weeks=row["weeks_ago"])
    report = _report(row, places.organisations[WORKPLACE], places.units[row["unit"]])
    signal = send_confidentially(report=report, key=codes.new_key()).signal
    opens = week + timedelta(weeks=1)
    Signal.objects.filter(pk=signal.pk).update(
        week=week, opens_on=opens, promised_on=lanes.promised("", opens)
    )


class _dated:  # noqa: N801  # used as a function
    """Give the events and notices written inside the day of the story."""

    def __init__(self, day: date) -> None:
        self.at = _noon(day) + timedelta(seconds=secrets.randbelow(3600))

    def __enter__(self) -> None:
        self.event = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.notice = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def __exit__(self, *_trouble: object) -> None:
        Event._meta.base_manager.filter(pk__gt=self.event).update(at=self.at)
        Notice.objects.filter(pk__gt=self.notice).update(at=self.at)
