"""The signals' part of «Mitt bord»."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import User
from tillitsrom.web.desk import Row, Section, provides

from . import queries
from . import rules_calls as calls
from . import rules_dialogue as dialogue
from .models import InputCall, Signal
from .shown import call_tone, tone_of

AT_MOST = 5
NEWS_FOR = timedelta(days=30)


def _row(signal: Signal, today: date) -> Row:
    late = signal.promised_on < today and signal.status != Signal.Status.ANSWERED
    return Row(
        url=reverse("signals:detail", args=[signal.pk]),
        title=signal.title,
        tag=_("Late") if late else signal.get_status_display(),
        tone="danger" if late else tone_of(signal.status),
        # An answer has a day, but no promise that could have passed.
        due=signal.promised_on if signal.answered_on is None else None,
        note=date_format(signal.answered_on) if signal.answered_on else "",
    )


@provides(20)
def signals(person: User, today: date) -> Iterable[Section]:
    waiting = queries.waits_for(person)
    yield Section(
        "signals_waiting",
        _("Signals that wait for your answer"),
        tuple(_row(one, today) for one in waiting[:AT_MOST]),
        more_url=reverse("signals:desk"),
        more_label=_("All signals"),
    )
    mine = queries.sent_by(person).exclude(answered_on__lt=today - NEWS_FOR)
    yield Section(
        "signals_sent",
        _("What you have reported"),
        tuple(_row(one, today) for one in mine[:AT_MOST]),
        waits=False,
        more_url=reverse("signals:mine"),
        more_label=_("All that you have reported"),
    )


@provides(22)
def dialogues(person: User, today: date) -> Iterable[Section]:
    """What others have asked of the person, and what the person has asked for and not met about."""
    living = dialogue.visible_to(person).exclude(status__in=["held", "declined"])
    rows = tuple(
        Row(
            url=reverse("signals:dialogue", args=[one.pk]), title=str(one), tag=one.get_status_display(),
            tone="danger" if one.status == "asked" and one.promised_on < today else "info",
            due=one.promised_on if one.status == "asked" else None,
        )
        for one in living.order_by("promised_on", "pk")[:AT_MOST]
    )  # fmt: skip
    yield Section(
        "dialogues", _("Dialogue"), rows, more_url=reverse("signals:dialogues"), more_label=_("All dialogue")
    )


def _call_row(one: InputCall, today: date) -> Row:
    late = one.late(today)
    return Row(
        url=reverse("signals:call", args=[one.pk]), title=one.question, tone=call_tone(one, today),
        tag=_("Late") if late else one.get_status_display(), due=one.due_on if one.status == "open" else None,
    )  # fmt: skip


@provides(24)
def calls_for_input(person: User, today: date) -> Iterable[Section]:
    """What the person is to answer or go through, and what the person has asked for and waits for."""
    living = calls.visible_to(person).filter(status__in=["open", "answered"]).order_by("due_on", "pk")
    mine = Q(status="open", owner=person) | Q(status="answered", asked_by=person)
    for key, heading, rows, waits in (
        ("calls_waiting", _("Calls for input that wait for you"), living.filter(mine), True),
        ("calls_asked", _("Input that you wait for"), living.filter(status="open", asked_by=person), False),
    ):
        shown = tuple(_call_row(one, today) for one in rows[:AT_MOST])
        yield Section(key, heading, shown, waits, reverse("signals:calls"), _("All calls for input"))
