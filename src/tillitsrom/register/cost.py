"""The standard cost model: what a requirement takes in hours, kroner and person-years, always as a range (I10)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language

from .models import Requirement

CODES = ("hourly_wage", "overhead", "hours_per_year")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of the model, from when to when it holds, and how sure we are of it."""

    code: str
    value: Decimal
    valid_from: date
    valid_to: date | None
    verified: bool
    sources: dict[str, str]

    @property
    def source(self) -> str:
        """Where the value comes from, in the reader's language."""
        return self.sources.get((get_language() or "nb")[:2], self.sources["nb"])

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Range:
    """A lowest and a highest value; a cost is never told as one certain number unless both are the same."""

    low: float
    high: float

    @property
    def shown(self) -> "Range":
        """Without decimals from ten up, and one below: estimates do not know more."""
        places = None if self.high >= 10 else 1
        return Range(round(self.low, places), round(self.high, places))

    def times(self, factor: float) -> "Range":
        return Range(self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a requirement takes in a year, with everything that the formula was filled with."""

    minutes: Range
    occasions: Decimal
    people: int
    hours: Range
    kroner: Range
    person_years: Range
    hourly_wage: Parameter
    overhead: Parameter
    hours_per_year: Parameter

    @property
    def overhead_percent(self) -> Decimal:
        return self.overhead.value * 100

    @property
    def kroner_rounded(self) -> Range:
        """In whole hundreds, and small sums in whole kroner: more digits would claim more than the range knows."""
        step = -2 if self.kroner.low >= 1000 else 0
        return Range(round(self.kroner.low, step), round(self.kroner.high, step))

    @property
    def millions(self) -> Range | None:
        """Kroner in millions, where there are that many."""
        return self.kroner.times(1e-6).shown if self.kroner.high >= 1e6 else None

    @property
    def tiny(self) -> bool:
        """Whether the work is so little that a tenth of a person-year would say too much."""
        return self.person_years.high < 0.05

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (self.hourly_wage, self.overhead, self.hours_per_year)


def _file() -> str:
    """The installation's own file of parameters, or nothing for the one in the package."""
    return str(settings.STANDARD_COST_FILE)


@cache
def _read(file: str) -> tuple[Parameter, ...]:
    packaged = resources.files("tillitsrom.register").joinpath("data/standard_cost.yaml")
    raw = yaml.safe_load(Path(file).read_text("utf-8") if file else packaged.read_text("utf-8"))
    return tuple(_parameter(row) for row in raw["parameters"])


def _parameter(row: dict[str, Any]) -> Parameter:
    if row["status"] not in ("verified", "example"):
        raise ValueError(f"{row['code']}: status is {row['status']!r}; write verified or example")
    return Parameter(
        code=row["code"],
        value=Decimal(str(row["value"])),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        verified=row["status"] == "verified",
        sources=row["source"],
    )


def parameters(on: date) -> dict[str, Parameter]:
    """The parameters that hold on a day; a missing one is a mistake in the file, said at once."""
    found = {p.code: p for p in sorted(_read(_file()), key=lambda p: p.valid_from) if p.holds(on)}
    missing = [code for code in CODES if code not in found]
    if missing:
        raise LookupError(f"no value holds on {on} for: {', '.join(missing)}")
    return found


def of(requirement: Requirement, on: date) -> Cost | None:
    """The cost of a requirement with the parameters of a day; None where something is not known."""
    low, high = requirement.minutes_low, requirement.minutes_high
    occasions, people = requirement.occasions_per_year, requirement.affected_count
    if low is None or high is None or occasions is None or people is None:
        return None
    values = parameters(on)
    wage, overhead, year = (values[code] for code in CODES)
    minutes = Range(low, high)
    hours = minutes.times(float(occasions) * people / 60)
    return Cost(
        minutes=minutes,
        occasions=occasions,
        people=people,
        hours=hours,
        kroner=hours.times(float(wage.value * (1 + overhead.value))),
        person_years=hours.times(1 / float(year.value)),
        hourly_wage=wage,
        overhead=overhead,
        hours_per_year=year,
    )
