"""The outcomes' part of «Mitt bord»: what owners are asked about, and what became of what we asked."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import User
from tillitsrom.web.desk import Row, Section, provides

from . import queries, rules, shown
from .models import OPEN, Request

AT_MOST = 5
NEWS_FOR = timedelta(days=60)


@provides(25)
def requests(person: User, today: date) -> Iterable[Section]:
    if rules.decides_for(person):
        yield _waiting(person, today)
    if queries.places(person):
        yield _asked(person, today)


def _waiting(person: User, today: date) -> Section:
    rows = []
    for one in queries.together(queries.waits_for(person))[:AT_MOST]:
        late = one.due_on < today
        rows.append(
            Row(
                url=reverse("outcomes:request", args=[one.first.pk]),
                title=one.requirement.text,
                tag=_("Unanswered") if late else _("Waits for you"),
                tone="danger" if late else "warning",
                note=shown.sentence(one.behind, one.behind.organisations),
                due=one.due_on,
            )
        )
    return Section(
        "requests_waiting",
        _("Requirements you are asked about"),
        tuple(rows),
        more_url=reverse("outcomes:desk"),
        more_label=_("The whole desk"),
    )


def _asked(person: User, today: date) -> Section:
    mine = queries.asked_by(person)
    answered = mine.filter(answered_on__gte=today - NEWS_FOR).order_by("-answered_on", "-pk")
    rows = [*answered[:AT_MOST], *mine.filter(status__in=OPEN)[:AT_MOST]]
    return Section(
        "requests_asked",
        _("What we have asked owners"),
        tuple(_row(one) for one in rows),
        waits=False,
        more_url=reverse("outcomes:requests"),
        more_label=_("All requests"),
    )


def _row(one: Request) -> Row:
    return Row(
        url=reverse("outcomes:request", args=[one.pk]),
        title=one.requirement.text,
        tag=one.get_answer_display() if one.answer else one.get_status_display(),
        tone=shown.tone_of(one.status),
        note=one.owner.name,
        due=one.answered_on or one.due_on,
    )
