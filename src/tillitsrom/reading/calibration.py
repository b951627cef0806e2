"""From how sure a rule says it is to how often it has been right, so that "accept all above 0.95" is a promise.

A rule's own figure is a judgement. Here it is held against documents that people have annotated: what a rule found, and how
much of it was right. The table is made by `python -m benchmarks.calibration --write`; it holds counts and no text.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from tillitsrom.reading.calibration_table import CLASSES, CURVE, LAW_CURVE, RULES

# A rule's own record weighs as much as the common curve when it has been seen this many times.
PRIOR = 12.0
LOWEST, HIGHEST = 0.05, 0.99
Curve = tuple[tuple[float, float], ...]
Record = tuple[int, int, float]
_raw = False


@contextmanager
def uncalibrated() -> Iterator[None]:
    """Let rules say their own figures, for making the table anew. Not for threads: only benchmarks use it."""
    global _raw
    before, _raw = _raw, True
    try:
        yield
    finally:
        _raw = before


def calibrated(rule: str, kind: str, said: float, *, law: bool = False) -> float:
    """The share that can be expected to be right (0–1, two decimals) of what the rule finds, of a class, when it says `said`.

    Laws have a curve of their own: their rules were judged on another scale.
    """
    if _raw:
        return round(max(LOWEST, min(said, HIGHEST)), 2)
    return _estimated(rule, kind, said, law)


@lru_cache(maxsize=4_096)
def _estimated(rule: str, kind: str, said: float, law: bool) -> float:
    """There are few rules, classes and figures, and many finds, so each answer is worked out once."""
    return Table(LAW_CURVE if law else CURVE, RULES, CLASSES).estimate(rule, kind, said)


@dataclass(frozen=True, slots=True)
class Table:
    """What is known from annotated documents.

    `curve` is the common one: (what rules say, what was right), rising. `rules` has for each rule how many it found, how many
    were right and what it says on average; `classes` the same for each class, with what its rules alone would have promised.
    """

    curve: Curve
    rules: Mapping[str, Record]
    classes: Mapping[str, Record]

    def by_rule(self, rule: str, said: float) -> float:
        """The rule's own record, drawn towards the curve the less it is seen, moved by what it says of this one find."""
        seen, right, usual = self.rules.get(rule, (0, 0, said))
        expected = at(self.curve, usual)
        return (right + PRIOR * expected) / (seen + PRIOR) + at(self.curve, said) - expected

    def estimate(self, rule: str, kind: str, said: float) -> float:
        """By rule, lowered where the class is read worse than its rules alone would have it.

        A class never raises: tried on documents left out, that promised more than was kept.
        """
        seen, right, promised = self.classes.get(kind, (0, 0, 0.0))
        moved = min(0.0, (right - seen * promised) / (seen + PRIOR))
        return round(max(LOWEST, min(self.by_rule(rule, said) + moved, HIGHEST)), 2)


def at(curve: Curve, said: float) -> float:
    """The curve at a point: straight lines between its points, flat outside them; without points, what was said."""
    if not curve:
        return said
    place = bisect_right(curve, (said, 2.0))
    if place == 0:
        return curve[0][1]
    if place == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    return y0 + (y1 - y0) * (said - x0) / (x1 - x0)
