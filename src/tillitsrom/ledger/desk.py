"""The ledger's part of «Mitt bord»: questions to answer, entries to confirm, and hours before that nobody has stated."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Reason
from tillitsrom.people.models import User
from tillitsrom.people.rules import standing
from tillitsrom.web.desk import Row, Section, provides

from . import queries, rules
from .models import AfterMeasure, Entry, S

MOST = 20


@provides(45)
def ledger(person: User, today: date) -> Iterable[Section]:
    rows = [*_questions(person), *_to_confirm(person), *_before(person)]
    yield Section(
        "ledger",
        _("Time given back"),
        tuple(rows[:MOST]),
        more_url=reverse("ledger:waiting"),
        more_label=_("What waits on us"),
    )


def _questions(person: User) -> Iterable[Row]:
    rows = rules.measures_visible_to(person).filter(status=AfterMeasure.Status.OPEN).select_related("entry")
    for one in rows[:MOST]:
        if rules.may_answer(person, one):
            yield Row(
                url=reverse("ledger:answer", args=[one.pk]),
                title=one.entry.title,
                tag=_("How long does it take now?"),
                due=one.closes_on,
            )


def _to_confirm(person: User) -> Iterable[Row]:
    for one in queries.to_be_confirmed(person)[:MOST]:
        if rules.may_confirm(person, one):
            yield _row(one, _("To be confirmed"), "warning")


def _before(person: User) -> Iterable[Row]:
    places = standing(person).organisations_as(rules.KEEPERS)
    rows = rules.visible_to(person).filter(organisation__in=places, status=S.OPENED)
    for one in rows.order_by("decided_on", "pk")[:MOST]:
        yield _row(one, _("Hours before are not known"), "info")


def _row(entry: Entry, tag: "Reason", tone: str) -> Row:
    return Row(url=reverse("ledger:entry", args=[entry.pk]), title=entry.title, tag=tag, tone=tone)
