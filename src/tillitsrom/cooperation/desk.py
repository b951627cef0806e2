"""The cases' part of «Mitt bord»: where it is my side's move, and what I follow."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import User
from tillitsrom.web.desk import Row, Section, provides

from . import desk_meetings as desk_meetings  # the meetings' sections register themselves
from . import queries
from .models import Case

AT_MOST = 6


def _row(case: Case, note: str, today: date, tone: str) -> Row:
    due = case.decision_planned_on
    late = due is not None and due < today
    return Row(
        url=reverse("cooperation:case", args=[case.pk]),
        title=str(case),
        tag=_("Past its plan") if late else case.get_status_display(),
        tone="danger" if late else tone,
        note=note,
        due=due,
    )


@provides(30)
def cases(person: User, today: date) -> Iterable[Section]:
    waiting = queries.waits_for(person)
    if not waiting and not queries.follows(person).exists():
        return
    yield Section(
        "cases_waiting",
        _("Cases where it is your move"),
        tuple(_row(case, str(move.what), today, "warning") for case, move in waiting[:AT_MOST]),
        more_url=f"{reverse('cooperation:list')}?trekk=mitt",
        more_label=_("All cases where it is your move"),
    )
    mine = {case.pk for case, _move in waiting}
    others = queries.follows(person).exclude(pk__in=mine)[:AT_MOST]
    yield Section(
        "cases_followed",
        _("Cases under way"),
        tuple(_row(case, "", today, "info") for case in others),
        waits=False,
        more_url=reverse("cooperation:list"),
        more_label=_("All cases"),
    )
