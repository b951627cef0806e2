"""The compliance log and the figures about cooperation: counted from the days of cases, never from persons (R1, S16).

I3 early involvement, I4 informed only, I5 cases without deviation. A figure of fewer than k cases is shown only to those in the
organisation, who can see the cases themselves.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import Actor, Organisation
from tillitsrom.people.rules import standing
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import CaseForm

from . import rules
from .models import Case, Meeting

S = Case.Status


class Missed(models.TextChoices):
    """The kinds of duty that a case can miss."""

    INVOLVED_LATE = "involved_late", _("The employees' side took part too late")
    CALLED_LATE = "called_late", _("The meeting was called too late")
    PAPERS_LATE = "papers_late", _("Papers came too late")
    MINUTES_LATE = "minutes_late", _("The minutes came too late")
    PLAN_PASSED = "plan_passed", _("The planned day passed without the treatment that was due")
    INFORMED_ONLY = "informed_only", _("Only informed, though a heavier form was due")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One duty that a case missed: which, the day it was due, and how many days too late it was or is."""

    code: str
    due: date
    days: int

    @property
    def label(self) -> str:
        return str(Missed(self.code).label)


def deviations(case: Case, notice_days: int, today: date) -> list[Deviation]:
    """What the case missed as of the day. `notice_days` is the local agreement's, or the suggested one."""
    found = [*_of_meetings(case), *_of_minutes(case, today)]
    if case.decision_planned_on is not None:
        found += _of_the_plan(case, case.decision_planned_on, notice_days, today)
    if was_informed_only(case):
        found.append(Deviation(Missed.INFORMED_ONLY, case.decided_on or case.raised_on, 0))
    return sorted(found, key=lambda one: (one.due, one.code))


def _of_meetings(case: Case) -> Iterable[Deviation]:
    for item in case.agenda_items.all():
        meeting = item.meeting
        if meeting.status == Meeting.Status.CANCELLED:
            continue
        if meeting.called_on is not None and meeting.called_on > meeting.call_by:
            yield Deviation(Missed.CALLED_LATE, meeting.call_by, (meeting.called_on - meeting.call_by).days)
        late = [one.sent_on for one in case.papers.all() if meeting.documents_by < one.sent_on <= meeting.on]
        if late:
            yield Deviation(Missed.PAPERS_LATE, meeting.documents_by, (max(late) - meeting.documents_by).days)


def _of_minutes(case: Case, today: date) -> Iterable[Deviation]:
    for one in case.minutes.all():
        sent = one.sent_on or today
        if sent > one.due_on:
            yield Deviation(Missed.MINUTES_LATE, one.due_on, (sent - one.due_on).days)


def _of_the_plan(case: Case, planned: date, notice_days: int, today: date) -> Iterable[Deviation]:
    in_time = planned - timedelta(days=notice_days)
    first = case.first_involvement_on
    # A case that is raised with a plan closer than the notice days could not be in time by anybody's doing but the plan's.
    if first is not None and first > in_time and case.form in rules.IN_MEETINGS:
        yield Deviation(Missed.INVOLVED_LATE, in_time, (first - in_time).days)
    if case.form in rules.IN_MEETINGS and case.status != S.WITHDRAWN:
        held = [i.meeting.on for i in case.agenda_items.all() if i.meeting.status == Meeting.Status.HELD]
        treated = min(held) if held else today
        if treated > planned:
            yield Deviation(Missed.PLAN_PASSED, planned, (treated - planned).days)


def was_informed_only(case: Case) -> bool:
    """Whether the case is told about and no more while the form is not settled: contested, or lighter than the rules say.

    What both sides have confirmed is theirs to choose (Hovedavtalen i staten § 19: the parties may agree otherwise).
    """
    return case.form in (CaseForm.INFORMATION, CaseForm.CONSULTATION) and case.form_open


@dataclass(frozen=True, slots=True)
class Logged:
    """A case and what it missed."""

    case: Case
    missed: list[Deviation]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with how many cases it stands on; None where there are too few to show, or none."""

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Figures:
    """An organisation's figures. Without `shown` there are too few cases for a reader from outside."""

    early_days: Figure
    informed_only: Figure
    without_deviation: Figure
    by_kind: list[tuple[str, int]]
    shown: bool


def notice_days(organisation: Organisation, on: date) -> int:
    """How many days before it a meeting is to be called, as agreed locally or suggested."""
    return agreements.in_force(organisation, on).notice_days


def log_of(organisation: Organisation, rows: QuerySet[Case], today: date) -> list[Logged]:
    """Every case of the organisation among the rows, the newest first, with what it missed."""
    days = notice_days(organisation, today)
    cases = rules.with_parts(rows.filter(organisation=organisation).exclude(status=S.WITHDRAWN))
    return [Logged(case, deviations(case, days, today)) for case in cases]


def figures_of(organisation: Organisation, logged: list[Logged], actor: Actor) -> Figures:
    """I3, I4 and I5 with their n, and how many of each kind were missed."""
    smallest: int = settings.SMALLEST_GROUP
    shown = organisation.pk in standing(actor).organisations or len(logged) >= smallest
    early = [_early_days(one.case) for one in logged]
    known = [days for days in early if days is not None]
    due = [one.case for one in logged if one.case.form and _was_due(one.case)]
    clean = [one for one in logged if not one.missed]
    counted = Counter(one.code for row in logged for one in row.missed)
    return Figures(
        early_days=Figure(median(known) if known and shown else None, len(known)),
        informed_only=share(sum(map(was_informed_only, due)), len(due), shown=shown),
        without_deviation=share(len(clean), len(logged), shown=shown),
        by_kind=[(str(kind.label), counted[kind.value]) for kind in Missed] if shown else [],
        shown=shown,
    )


def _was_due(case: Case) -> bool:
    """Whether the rules asked for a meeting, or a meeting was chosen."""
    return case.form in rules.IN_MEETINGS or was_informed_only(case)


def _early_days(case: Case) -> int | None:
    end = case.decided_on or case.decision_planned_on
    if end is None or case.first_involvement_on is None:
        return None
    return (end - case.first_involvement_on).days


def share(part: int, whole: int, *, shown: bool) -> Figure:
    """A share in per cent with what it is of; without a value where there is nothing to count, or too few to show."""
    return Figure(100 * part / whole if whole and shown else None, whole)
