"""The arithmetic of the ledger: choices of the question, quartiles of answers, hours given back, medians. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

from tillitsrom.core.coarse import outwards

# What a person can choose: minutes in a normal week, at least and at most. Coarse, so that an answer takes three taps.
CHOICES: tuple[tuple[int, int], ...] = (
    (0, 0), (1, 5), (5, 15), (15, 30), (30, 60), (60, 120), (120, 240), (240, 480),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """From at least to at most."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def _at(counts: Sequence[int], rank: int) -> int:
    """Which choice the answer of a rank gave, the lowest first; ranks begin at one."""
    seen = 0
    for choice, count in enumerate(counts):
        seen += count
        if rank <= seen:
            return choice
    raise ValueError(f"there are only {seen} answers")


def quartiles(tally: Mapping[str, int]) -> Range:
    """Minutes a week of one: from the lower quartile's choice to the upper's. Needs at least one answer.

    The range always spans two choices or more: where all have answered alike, nobody's answer can be read out of it (R2).
    """
    counts = [int(tally.get(str(choice), 0)) for choice in range(len(CHOICES))]
    total = sum(counts)
    lower, upper = _at(counts, ceil(total / 4)), _at(counts, ceil(3 * total / 4))
    if upper == lower:
        lower, upper = (lower, upper + 1) if upper + 1 < len(CHOICES) else (lower - 1, upper)
    return Range(CHOICES[lower][0], CHOICES[upper][1])


def yearly(minutes_a_week: Range, people: int, weeks: int) -> Range:
    """Hours a year of all it concerns: minutes a week × people × working weeks / 60."""
    scale = people * weeks / 60
    return Range(minutes_a_week.low * scale, minutes_a_week.high * scale)


def given_back(before: Range, after: Range, own_hours: float) -> Range:
    """Hours a year given back: the cautious end subtracts the most, and what this system took is always subtracted.

    Less than nothing is possible, and is said: then it takes more time than before.
    """
    return Range(before.low - after.high - own_hours, before.high - after.low - own_hours)


def coarse(hours: Range) -> Range:
    """Rounded outwards, so that a sum never tells what one person reported."""
    return Range(*outwards(hours.low, hours.high))


def may_be_shown(
    asked: frozenset[int], answers: int, shown: Sequence[tuple[frozenset[int], int]], k: int
) -> bool:
    """Whether a result with so many answers may be shown beside those that are shown already (R2).

    `asked` and `shown` say who was asked, as units or persons, and how many answered. A result is held back where it has
    fewer than `k` answers, or where some shown results, taken away from it or it from one of them, would leave a rest of
    fewer than `k` but not nothing.
    """
    if answers < k:
        return False
    inside = [(set_, n) for set_, n in shown if set_ <= asked]
    for size in range(1, min(len(inside), 6) + 1):
        for parts in combinations(inside, size):
            sets = [set_ for set_, _n in parts]
            apart = sum(len(one) for one in sets) == len(frozenset().union(*sets))
            if apart and 0 < answers - sum(n for _set, n in parts) < k:
                return False
    return all(not (asked < set_ and 0 < n - answers < k) for set_, n in shown)


def median_of_counts(counts: Mapping[int, int]) -> float | None:
    """The median of values that are given as value → how many; nothing where there are none."""
    total = sum(counts.values())
    if not total:
        return None
    ordered = sorted(counts.items())

    def at(rank: int) -> int:
        seen = 0
        for value, count in ordered:
            seen += count
            if rank <= seen:
                return value
        return ordered[-1][0]

    return (at((total + 1) // 2) + at(total // 2 + 1)) / 2
