"""Reads for pages and the API: what runs, what is not justified, what is overdue, and the sum for each unit (I17)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from tillitsrom.people.models import Level, Organisation, Unit, User
from tillitsrom.people.rules import standing, with_those_below

from . import rules
from .lifecycle import LIVING
from .models import RUNNING, ControlMeasure

RUNS = Q(status__in=RUNNING) | Q(in_use=True) & ~Q(status=ControlMeasure.Status.ENDED)
_LACKS = (
    Q(purpose="") | Q(basis="") | Q(discussed_on__isnull=True) | Q(next_evaluation__isnull=True)
    | Q(assumed_end__isnull=True, legally_required=False)
)  # fmt: skip


def with_parts(rows: QuerySet[ControlMeasure]) -> QuerySet[ControlMeasure]:
    return rows.select_related("organisation", "unit", "case")


def unjustified(rows: QuerySet[ControlMeasure], today: date | None = None) -> QuerySet[ControlMeasure]:
    """In use without purpose, basis, duration, discussion or a day of evaluation (R4), or after its assumed end."""
    return rows.filter(RUNS, _LACKS | Q(assumed_end__lt=today or timezone.localdate()))


def overdue(rows: QuerySet[ControlMeasure], today: date | None = None) -> QuerySet[ControlMeasure]:
    """In use, and the day of evaluation has passed."""
    return rows.filter(RUNS, next_evaluation__lt=today or timezone.localdate())


def waits_for(person: User) -> QuerySet[ControlMeasure]:
    """What the person's side has something to do with now, the oldest day first."""
    held = standing(person)
    led = {unit for _place, unit, role in held.held if role in rules.EMPLOYER and unit is not None}
    top = {place for place, unit, role in held.held if role in rules.EMPLOYER and unit is None}
    places = held.organisations_as(rules.EMPLOYEES) | top
    rows = ControlMeasure.objects.filter(Q(organisation__in=places) | Q(unit__in=with_those_below(led)))
    lacking = unjustified(rows).values("pk")
    waiting = rows.filter(
        Q(status__in=[ControlMeasure.Status.DUE, ControlMeasure.Status.CHANGED]) | Q(pk__in=lacking)
    )
    return with_parts(waiting).order_by("next_evaluation", "pk")


@dataclass(slots=True)
class Load:
    """What one unit carries; `unit` is None for measures that cover the whole organisation."""

    organisation: Organisation
    unit: Unit | None
    active: int = 0
    minutes: int = 0
    unknown_minutes: int = 0
    by_law: int = 0
    overdue: int = 0
    unjustified: int = 0
    levels: dict[str, int] = field(default_factory=dict)

    @property
    def imposed(self) -> list[tuple[str, int]]:
        """How many come from each level, from the ministries down."""
        return [(str(level.label), self.levels[level]) for level in Level if level in self.levels]


def load(rows: Iterable[ControlMeasure], today: date | None = None) -> list[Load]:
    """I17: the measures in use summed for each unit, the whole organisation first. `rows` come through the gate."""
    today = today or timezone.localdate()
    found: dict[tuple[int, int | None], Load] = {}
    for row in rows:
        if not row.runs:
            continue
        one = found.setdefault((row.organisation_id, row.unit_id), Load(row.organisation, row.unit))
        one.active += 1
        one.minutes += row.minutes_a_week or 0
        one.unknown_minutes += row.minutes_a_week is None
        one.by_law += row.legally_required
        one.overdue += row.overdue(today)
        one.unjustified += row.unjustified
        one.levels[row.imposed_by] = one.levels.get(row.imposed_by, 0) + 1
    return sorted(
        found.values(),
        key=lambda one: (one.organisation.name, one.unit is not None, one.unit.name if one.unit else ""),
    )


def alive(rows: QuerySet[ControlMeasure]) -> QuerySet[ControlMeasure]:
    return rows.filter(status__in=LIVING)
