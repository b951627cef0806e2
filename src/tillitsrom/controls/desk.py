"""The control measures' part of «Mitt bord»: what both parties are to look at."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import User
from tillitsrom.web.desk import Row, Section, provides

from . import queries, rules, shown
from .models import ControlMeasure

AT_MOST = 5


@provides(45)
def controls(person: User, today: date) -> Iterable[Section]:
    if not rules.may_register_somewhere(person):
        return
    yield Section(
        "controls_waiting",
        _("Control measures to look at"),
        tuple(_row(one, today) for one in queries.waits_for(person)[:AT_MOST]),
        more_url=reverse("controls:list"),
        more_label=_("All control measures"),
    )


def _row(one: ControlMeasure, today: date) -> Row:
    if one.overdue(today):
        tag, tone = str(_("Evaluation is overdue")), "danger"
    elif one.unjustified:
        tag, tone = str(_("Not justified")), "danger"
    else:
        tag, tone = one.get_status_display(), shown.tone_of(one)
    return Row(
        url=one.get_absolute_url(), title=one.title, tag=tag, tone=tone,
        note=one.unit.name if one.unit else one.organisation.name, due=one.next_evaluation,
    )  # fmt: skip
