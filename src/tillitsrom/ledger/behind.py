"""What stood behind a decision in one organisation: hours a year before it, with their source, guarded against small groups."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, QuerySet, Sum

from tillitsrom.outcomes.models import Decision
from tillitsrom.people.models import Organisation
from tillitsrom.register.models import Requirement
from tillitsrom.signals.models import MeToo, Signal

from .figures import Range, coarse
from .models import Entry


@dataclass(frozen=True, slots=True)
class Before:
    """Hours a year of all the people together, how many they are, and where the figures come from."""

    hours: Range
    people: int
    source: str


def signals_of(decision: Decision, organisation_id: int) -> QuerySet[Signal]:
    rows: QuerySet[Signal] = decision.signals.filter(organisation=organisation_id)
    return rows


def people_behind(rows: QuerySet[Signal]) -> int:
    """Different people who have said it: senders and me-toos, each once; confidential and erased senders one each."""
    senders = rows.filter(sender__isnull=False).order_by().values("sender")
    me_toos = MeToo.objects.filter(signal__in=rows.values("pk")).order_by().values("person")
    return senders.union(me_toos).count() + rows.filter(sender__isnull=True).count()


def places_of(decision: Decision) -> list[int]:
    """The organisations that get time back: each that enough people reported from, else the one that it is about.

    Hours in two organisations are different hours, so each has its own entry and its own parties to confirm it.
    """
    reported = list(
        decision.signals.order_by("organisation").values_list("organisation", flat=True).distinct()
    )
    large = [one for one in reported if people_behind(signals_of(decision, one)) >= settings.SMALLEST_GROUP]
    return large or [_place_about(decision, reported)]


def _place_about(decision: Decision, reported: list[int]) -> int:
    if decision.request is not None:
        return decision.request.organisation_id
    if decision.case is not None:
        return decision.case.organisation_id
    if len(reported) == 1:
        return reported[0]
    if decision.requirement is not None:
        return decision.requirement.addressee_id
    return decision.organisation_id


def before(decision: Decision, organisation: Organisation) -> Before | None:
    """Hours before: what people have reported where enough have, else the requirement's estimate, else nothing is known."""
    return _from_signals(decision, organisation) or _from_requirement(decision.requirement)


def _from_signals(decision: Decision, organisation: Organisation) -> Before | None:
    rows = signals_of(decision, organisation.pk)
    people = people_behind(rows)
    if people < settings.SMALLEST_GROUP or _differs_by_few(rows):
        return None
    found = rows.aggregate(
        low=Sum(F("hours_low") * (1 + F("me_too_count"))), high=Sum(F("hours_high") * (1 + F("me_too_count")))
    )
    return Before(coarse(Range(found["low"], found["high"])), people, Entry.Source.SIGNALS)


def _differs_by_few(rows: QuerySet[Signal]) -> bool:
    """Whether an earlier entry was reckoned from almost the same people, so that the two sums would tell on the rest (R2)."""
    mine = set(rows.values_list("pk", flat=True))
    earlier = Entry.objects.filter(before_source=Entry.Source.SIGNALS, decision__signals__in=mine).distinct()
    for entry in earlier:
        theirs = set(signals_of(entry.decision, entry.organisation_id).values_list("pk", flat=True))
        rests = (mine - theirs, theirs - mine)
        if any(
            rest and people_behind(Signal.objects.filter(pk__in=rest)) < settings.SMALLEST_GROUP
            for rest in rests
        ):
            return True
    return False


def _from_requirement(requirement: Requirement | None) -> Before | None:
    if requirement is None or requirement.hours_low is None or requirement.hours_high is None:
        return None
    if not requirement.affected_count:
        return None
    hours = Range(float(requirement.hours_low), float(requirement.hours_high))
    return Before(hours, requirement.affected_count, Entry.Source.REQUIREMENT)
