"""Two indicators beside those of the log: who meets at all, and whether those who raise a case get an answer. No person is counted.

I1, the objective part: of the places where a union has a representative, the share where the union came to no meeting of the place
in the period. The informal part is asked of the representatives in a survey, and is never read out of a log (Fafo 2021:10).
I12: of the cases that the employees' side raised, how many have an answer, and the median of days until it came.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.conf import settings
from django.db.models import Q

from tillitsrom.people.models import Actor, Membership, Organisation, Party, Role
from tillitsrom.people.rules import standing
from tillitsrom.rulesets import queries as agreements

from .compliance import Figure, share
from .models import Attendance, Case, Meeting

S = Case.Status
# Nothing to show, or too little; how little is not said either.
HIDDEN = Figure(None, 0)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The figures with their n. `without_meetings` and `answered` are in per cent, `reply_days` in days."""

    without_meetings: Figure
    answered: Figure
    reply_days: Figure
    since: date


def indicators_of(organisation: Organisation, actor: Actor, today: date) -> Indicators:
    """As of the day. I1 is shown to nobody for fewer than k places; I12 for fewer than k cases only to those inside."""
    since = today - timedelta(days=agreements.house().figures_days)
    answered, reply_days = _replies(organisation, actor)
    return Indicators(_without_meetings(organisation, since, today), answered, reply_days, since)


def _without_meetings(organisation: Organisation, since: date, today: date) -> Figure:
    """I1. A place is a union at the level where it has a representative: a unit, or the organisation as a whole."""
    roles = Membership.objects.filter(
        organisation=organisation, role=Role.UNION_REPRESENTATIVE, user__is_active=True,
        party__side=Party.Side.EMPLOYEES,
    ).valid_on(today)  # fmt: skip
    places = set(roles.values_list("party_id", "unit_id"))
    came = Attendance.objects.filter(
        meeting__organisation=organisation, meeting__status=Meeting.Status.HELD, meeting__on__range=(since, today),
        present=True, party__side=Party.Side.EMPLOYEES,
    )  # fmt: skip
    met = {
        (party, unit or of_body)
        for party, unit, of_body in came.values_list("party_id", "meeting__unit_id", "meeting__body__unit_id")
    }
    # Where no meeting is logged at all, nobody knows whether there were any.
    shown = bool(met) and _are_enough(len(places))
    return share(len(places - met), len(places), shown=True) if shown else HIDDEN


def _replies(organisation: Organisation, actor: Actor) -> tuple[Figure, Figure]:
    """I12, of all cases that were raised and not withdrawn, also those that the reader cannot see: numbers only."""
    theirs = Q(raised_by_party__side=Party.Side.EMPLOYEES) | Q(raised_by_party__isnull=True)
    rows = Case.objects.filter(theirs, organisation=organisation).exclude(status=S.WITHDRAWN)
    cases = list(rows.values_list("raised_on", "decided_on", "closed_on"))
    days = [
        (end - raised).days for raised, decided, closed in cases if (end := decided or closed) is not None
    ]
    inside = organisation.pk in standing(actor).organisations
    if not (inside or _are_enough(len(cases))):
        return HIDDEN, HIDDEN
    # The median tells of single cases, and so has its own guard.
    typical = Figure(median(days), len(days)) if days and (inside or _are_enough(len(days))) else HIDDEN
    return share(len(days), len(cases), shown=True), typical


def _are_enough(count: int) -> bool:
    smallest: int = settings.SMALLEST_GROUP
    return count >= smallest
