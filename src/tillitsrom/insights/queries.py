"""The questions behind the figures (I6–I11): a few aggregates through the gate, whatever the number of rows.

One query gives the cube (year × class × level × status); every count and sum on the page is read from it, so
that no two figures can disagree.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, F, QuerySet, Sum

from tillitsrom.people.models import Actor
from tillitsrom.register import rules
from tillitsrom.register.filters import hours_of, in_index_order
from tillitsrom.register.models import ALIVE, COUNTED, Requirement, RequirementClass

TOP = 10


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose requirements: addressed to a body, imposed by a body, both or neither (then all the actor may see)."""

    addressee: int | None = None
    imposing_body: int | None = None
    level: str = ""

    def rows(self, actor: Actor) -> QuerySet[Requirement]:
        rows = rules.visible_to(actor).order_by()
        if self.addressee:
            rows = rows.filter(addressee=self.addressee)
        if self.imposing_body:
            rows = rows.filter(imposing_body=self.imposing_body)
        if self.level:
            rows = rows.filter(level=self.level)
        return rows

    def query(self) -> dict[str, str]:
        """The scope as the requirement list's own filters."""
        pairs = {"addressee": self.addressee, "imposing_body": self.imposing_body, "level": self.level}
        return {key: str(value) for key, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the cube: how many requirements, how many of them with hours, and the hours as a range."""

    year: int
    kind: str
    level: str
    holds: bool
    count: int
    costed: int
    hours_low: float
    hours_high: float


class Figures:
    """All figures of a scope, read from one cube. Authorities give room and are never counted (R21 counts the rest)."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.cells = list(cells)
        self.counted = [cell for cell in self.cells if cell.kind != RequirementClass.AUTHORITY]

    @cached_property
    def years(self) -> list[int]:
        return sorted({cell.year for cell in self.counted})

    @cached_property
    def levels(self) -> list[str]:
        return sorted({cell.level for cell in self.counted})

    @cached_property
    def total(self) -> int:
        return sum(cell.count for cell in self.counted)

    @cached_property
    def authorities(self) -> int:
        return sum(cell.count for cell in self.cells) - self.total

    @cached_property
    def authorities_per_year(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for cell in self.cells:
            if cell.kind == RequirementClass.AUTHORITY:
                found[cell.year] += cell.count
        return found

    @cached_property
    def per_class(self) -> dict[int, Counter[str]]:
        """I6: for each year, how many of each class that counts."""
        found: dict[int, Counter[str]] = {year: Counter() for year in self.years}
        for cell in self.counted:
            found[cell.year][cell.kind] += cell.count
        return found

    @cached_property
    def per_level(self) -> dict[int, Counter[str]]:
        """For each year, how many requirements each level imposes."""
        found: dict[int, Counter[str]] = {year: Counter() for year in self.years}
        for cell in self.counted:
            found[cell.year][cell.level] += cell.count
        return found

    @property
    def classes(self) -> list[str]:
        """The classes that occur, in their fixed order."""
        return [kind for kind in COUNTED if any(counts[kind] for counts in self.per_class.values())]

    @cached_property
    def hours(self) -> "Hours":
        """Hours a year of what holds now."""
        return Hours.of(cell for cell in self.counted if cell.holds)

    @cached_property
    def hours_per_level(self) -> dict[str, "Hours"]:
        """I11: hours and minutes per requirement for each level that imposes, of what holds now."""
        return {
            level: Hours.of(c for c in self.counted if c.holds and c.level == level) for level in self.levels
        }

    @cached_property
    def hours_per_class(self) -> dict[str, "Hours"]:
        return {
            kind: Hours.of(c for c in self.counted if c.holds and c.kind == kind) for kind in self.classes
        }


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a year as a range, over those requirements whose cost is known, and how many that is of how many."""

    count: int
    costed: int
    low: int
    high: int

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Hours":
        found = list(cells)
        return cls(
            sum(c.count for c in found),
            sum(c.costed for c in found),
            # Whole hours: decimals would promise a precision that estimates do not have.
            round(sum(c.hours_low for c in found)),
            round(sum(c.hours_high for c in found)),
        )

    @property
    def minutes_each(self) -> tuple[int, int] | None:
        """I11: minutes a year per requirement whose cost is known."""
        if not self.costed:
            return None
        return round(60 * self.low / self.costed), round(60 * self.high / self.costed)


def figures(actor: Actor, scope: Scope) -> Figures:
    """Count and sum everything the actor may see in the scope, with one query."""
    # Grouped by every status, as the index has them; which of them hold is told apart here.
    rows = (
        in_index_order(scope.rows(actor), actor)
        .values_list("year", "requirement_class", "level", "status")
        .annotate(
            n=Count("pk"),
            costed=Count(hours_of("minutes_high")),
            low=Sum(hours_of("minutes_low")),
            high=Sum(hours_of("minutes_high")),
        )
    )
    return Figures(
        Cell(year, kind, level, status in ALIVE, n, costed, low or 0.0, high or 0.0)
        for year, kind, level, status, n, costed, low, high in rows
    )


def heaviest(actor: Actor, scope: Scope) -> list[Requirement]:
    """The requirements that cost most hours a year of those that hold now."""
    rows = scope.rows(actor).filter(status__in=ALIVE, hours_rank__gt=0)
    return list(
        rows.exclude(requirement_class=RequirementClass.AUTHORITY)
        .order_by("-hours_rank", "id")
        .only("text", "hours_low", "hours_high", "requirement_class")[:TOP]
    )


@dataclass(frozen=True, slots=True)
class Stability:
    """I9 for one year: how many of the steering parameters of the year before stand again, in the same or other words."""

    year: int
    before: int
    same: int


def stability(actor: Actor, scope: Scope, found: Figures) -> list[Stability]:
    """For each year with a year before it: last year's steering parameters that a requirement this year replaces."""
    parameter = RequirementClass.STEERING_PARAMETER
    parameters = scope.rows(actor).filter(requirement_class=parameter)
    heirs = dict(
        parameters.filter(replaces__in=parameters.values("pk"), replaces__year=F("year") - 1)
        .values_list("year")
        .annotate(n=Count("replaces", distinct=True))
    )
    result = []
    for year in found.years:
        before = found.per_class.get(year - 1, Counter())[parameter]
        if before:
            result.append(Stability(year, before, heirs.get(year, 0)))
    return result


@dataclass(frozen=True, slots=True)
class Spread:
    """How requirements are spread over addressees in a year: never who has most (R22)."""

    year: int
    bodies: int
    lowest: int
    median: float
    highest: int


def spread(actor: Actor, year: int) -> Spread | None:
    """The spread of the number of requirements per addressee in a year; None for fewer than three bodies."""
    counts = sorted(
        Scope()
        .rows(actor)
        .filter(year=year)
        .exclude(requirement_class=RequirementClass.AUTHORITY)
        .values_list("addressee")
        .annotate(n=Count("pk"))
        .values_list("n", flat=True)
    )
    if len(counts) < 3:
        return None
    middle = len(counts) // 2
    median = counts[middle] if len(counts) % 2 else (counts[middle - 1] + counts[middle]) / 2
    return Spread(year, len(counts), counts[0], median, counts[-1])
