"""The signals' part of «Mitt bord»."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import User
from tillitsrom.web.desk import Row, Section, provides

from . import queries
from .models import Signal
from .shown import tone_of

AT_MOST = 5
NEWS_FOR = timedelta(days=30)


def _row(signal: Signal, today: date) -> Row:
    late = signal.promised_on < today and signal.status != Signal.Status.ANSWERED
    return Row(
        url=reverse("signals:detail", args=[signal.pk]),
        title=signal.title,
        tag=_("Late") if late else signal.get_status_display(),
        tone="danger" if late else tone_of(signal.status),
        due=signal.promised_on if signal.status != Signal.Status.ANSWERED else signal.answered_on,
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
