"""The ledger's part of «Mitt bord»: questions to answer, entries to confirm, hours before that nobody has stated.

Elected politicians have what waits on their own body.
"""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tillitsrom.cooperation.models import Case
from tillitsrom.core.decisions import Reason
from tillitsrom.people.models import Role, User
from tillitsrom.people.rules import standing
from tillitsrom.web.desk import Row, Section, provides

from . import queries, rules
from .models import AfterMeasure, Entry, S

MOST = 20
MOST_ON_US = 5


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


@provides(5)
def on_us(person: User, today: date) -> Iterable[Section]:
    """What waits on the elected body comes first on the desk of those who sit there."""
    places = standing(person).organisations_as([Role.ELECTED])
    if not places:
        return
    waits = queries.waits_on_us(person, places, today, MOST_ON_US)
    rows = [
        *(_case(one, _("Comes before a body with elected politicians"), "info") for one in waits.before_us),
        *(
            Row(url=reverse("outcomes:request", args=[one.pk]), title=one.requirement.text, tag=_("Unanswered request"), tone="danger",
                note=one.organisation.name, due=one.due_on)
            for one in waits.requests
        ),
        *(_case(one, _("Should have been decided"), "danger") for one in waits.cases),
    ]  # fmt: skip
    yield Section(
        "on_us",
        _("What waits on us"),
        tuple(rows[:MOST_ON_US]),
        more_url=reverse("ledger:waiting"),
        more_label=_("Everything that waits on us"),
    )


def _case(one: Case, tag: "Reason", tone: str) -> Row:
    """The day is a plan that the parties made, and nothing that was promised."""
    day = one.decision_planned_on
    planned = _("planned for %(day)s") % {"day": date_format(day)} if day else ""
    note = " · ".join(part for part in (one.number, planned) if part)
    return Row(
        url=reverse("cooperation:case", args=[one.pk]), title=one.question, tag=tag, tone=tone, note=note
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
