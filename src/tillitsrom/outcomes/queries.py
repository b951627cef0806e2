"""Reads for pages, for the API and for the slices above: what stands behind a requirement, and what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from tillitsrom.people.models import User
from tillitsrom.people.rules import standing
from tillitsrom.register.models import Requirement
from tillitsrom.signals import queries as signals

from . import rules
from .models import OPEN, Request


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a requirement now: people, organisations, hours a year, and where the figures are from.

    `source` is "signals" when people have reported it, "register" when it is only what the register's costing says, and
    empty where too few are known to show a figure.
    """

    people: int | None
    organisations: int
    hours_low: float | None
    hours_high: float | None
    source: str

    @property
    def rank(self) -> float:
        return self.hours_high if self.hours_high is not None else -1.0


def behind(requirement: Requirement) -> Behind:
    """The larger of what the workplaces have reported and what the register says it costs, never for fewer than may be shown."""
    weight = signals.weight(requirement)
    said = None if weight.is_small else weight.hours_high
    affected = requirement.affected_count
    costed = requirement.hours_high if affected and affected >= settings.SMALLEST_GROUP else None
    asking = (
        Request.objects.filter(requirement=requirement).order_by().values("organisation").distinct().count()
    )
    places = max(1, weight.organisations, asking)
    if said is not None and said >= (costed or 0):
        return Behind(weight.people, places, weight.hours_low, weight.hours_high, "signals")
    if costed is not None:
        return Behind(affected, places, requirement.hours_low, costed, "register")
    return Behind(None, places, None, None, "")


@dataclass(slots=True)
class Standing:
    """All requests that wait about one requirement, as they stand together at the owner."""

    requirement: Requirement
    behind: Behind
    requests: list[Request] = field(default_factory=list)

    @property
    def due_on(self) -> date:
        return min(one.due_on for one in self.requests)

    @property
    def first(self) -> Request:
        return self.requests[0]

    @property
    def late(self) -> bool:
        return self.due_on < timezone.localdate()


def with_parts(rows: QuerySet[Request]) -> QuerySet[Request]:
    return rows.select_related("requirement__document", "organisation", "owner", "case")


def together(rows: Iterable[Request]) -> list[Standing]:
    """The requests by requirement, the most hours first; what has no figure comes last, the oldest date first."""
    found: dict[int, Standing] = {}
    for row in rows:
        if row.requirement_id not in found:
            found[row.requirement_id] = Standing(row.requirement, behind(row.requirement))
        found[row.requirement_id].requests.append(row)
    return sorted(found.values(), key=lambda one: (-one.behind.rank, one.due_on, one.requirement.pk))


def waits_for(person: User) -> QuerySet[Request]:
    """The requests that wait for an answer from the bodies that the person decides for."""
    rows = rules.requests_visible_to(person).filter(owner__in=rules.decides_for(person), status__in=OPEN)
    return with_parts(rows).order_by("due_on", "pk")


def answered_for(person: User) -> QuerySet[Request]:
    """What these bodies have answered, the newest first."""
    rows = rules.requests_visible_to(person).filter(
        owner__in=rules.decides_for(person), status=Request.Status.ANSWERED
    )
    return with_parts(rows).order_by("-answered_on", "-pk")


def asked_by(person: User) -> QuerySet[Request]:
    """What the person's own organisations have asked, as those who may ask see it."""
    rows = rules.requests_visible_to(person).filter(organisation__in=places(person))
    return with_parts(rows).order_by("due_on", "pk")


def places(person: User) -> Iterable[int]:
    return standing(person).organisations_as(rules.ASKERS)
