"""Two years of requirements beside each other, with what the change means: net change, stability, displacement.

A year is one document or several: the letter and the supplementary letters that add to it. `pair_texts` and `group_texts`
do the pairing alone, on plain values, for rows of a database.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tillitsrom.reading.likeness import Pair, pair_texts
from tillitsrom.reading.model import Reading, Requirement, RequirementClass, count_by_class
from tillitsrom.reading.years.groups import Change, Entry, Group, Key, Moved, group_texts
from tillitsrom.reading.years.lives import Life, lives
from tillitsrom.reading.years.withdrawn import withdrawn

__all__ = [
    "Change",
    "ClassChange",
    "Comparison",
    "Entry",
    "Group",
    "Life",
    "Match",
    "Moved",
    "Pair",
    "Shift",
    "compare",
    "compare_years",
    "displacement",
    "follow",
    "group_texts",
    "lives",
    "pair_texts",
]

STEERS_BY_ACTIVITY = (RequirementClass.ACTIVITY, RequirementClass.ASSIGNMENT)
UNCHANGED = (Change.KEPT, Change.MOVED)


@dataclass(frozen=True, slots=True)
class Match:
    """Requirements that belong together across the years: several old ones where they were merged, several new after a split."""

    change: Change
    old: tuple[Requirement, ...]
    new: tuple[Requirement, ...]
    similarity: float
    moved: tuple[Moved, ...] = ()

    @property
    def requirement_class(self) -> RequirementClass:
        """The class of the newest of them."""
        return (*self.new, *self.old)[0].requirement_class


@dataclass(frozen=True, slots=True)
class ClassChange:
    """What happened to one class. What still stands is counted in the class that it has now, what is gone in the one it had."""

    requirement_class: RequirementClass
    before: int
    after: int
    kept: int
    reworded: int
    split: int
    merged: int
    moved: int
    new: int
    gone: int

    @property
    def net(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Shift:
    """One class fell while another rose."""

    fell: RequirementClass
    rose: RequirementClass
    fall: int
    rise: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two years compared; authority is shown in the matches and never counted.

    `old_withdrawn` and `new_withdrawn` are requirements that a supplementary letter took back within their own year: they
    are not compared and not counted.
    """

    old: tuple[Reading, ...]
    new: tuple[Reading, ...]
    matches: tuple[Match, ...]
    classes: tuple[ClassChange, ...]
    shifts: tuple[Shift, ...]
    displaced: bool
    parameter_stability: float | None
    old_withdrawn: tuple[Requirement, ...] = ()
    new_withdrawn: tuple[Requirement, ...] = ()

    @property
    def before(self) -> int:
        return sum(c.before for c in self.classes)

    @property
    def after(self) -> int:
        return sum(c.after for c in self.classes)

    @property
    def net(self) -> int:
        """I7: requirements that came to, less those that went."""
        return self.after - self.before

    @property
    def net_share(self) -> float | None:
        """I7 as a share of the year before."""
        return self.net / self.before if self.before else None

    @property
    def moved(self) -> Counter[tuple[RequirementClass, RequirementClass]]:
        """Requirements that are still there in another class, by the class that they had and the one they have."""
        return Counter(
            (was.requirement_class, now.requirement_class)
            for m in self.matches
            if len(m.old) == len(m.new) == 1
            for was, now in [(m.old[0], m.new[0])]
            if was.requirement_class is not now.requirement_class
        )

    def count(self, change: Change) -> int:
        """How many groups that count as requirements had this change; a split or a merger is one."""
        return sum(m.change is change and m.requirement_class.counted for m in self.matches)


def compare(old: Reading, new: Reading) -> Comparison:
    """Compare the requirements of two documents."""
    return compare_years([old], [new])


def compare_years(old: Sequence[Reading], new: Sequence[Reading]) -> Comparison:
    """Compare two years, each with all its documents in the order that they came."""
    first, first_withdrawn = _standing(old)
    second, second_withdrawn = _standing(new)
    matches = tuple(
        Match(
            group.change,
            tuple(first[i] for i in group.old),
            tuple(second[i] for i in group.new),
            group.similarity,
            group.moved,
        )
        for group in group_texts(_entries(first), _entries(second))
    )
    before, after = _counts(first), _counts(second)
    return Comparison(
        tuple(old),
        tuple(new),
        matches,
        _by_class(matches, before, after),
        shifts(before, after),
        displacement(before, after),
        parameter_stability(matches, before.get(RequirementClass.STEERING_PARAMETER, 0)),
        tuple(first_withdrawn),
        tuple(second_withdrawn),
    )


def follow(years: Sequence[tuple[int, Sequence[Reading]]]) -> list[tuple[Life[tuple[int, int]], Requirement]]:
    """Follow each requirement of the last year back through the years, oldest year first.

    The steps of a life are keyed by (year, place among the year's requirements).
    """
    standing = [(year, _standing(readings)[0]) for year, readings in years]
    followed = lives(
        [
            (year, [_entry((year, place), r) for place, r in enumerate(requirements)])
            for year, requirements in standing
        ]
    )
    return list(zip(followed, standing[-1][1] if standing else [], strict=True))


def _standing(readings: Sequence[Reading]) -> tuple[list[Requirement], list[Requirement]]:
    """What stands at the end of the year, and what a later document took back."""
    stands: list[Requirement] = []
    gone: list[Requirement] = []
    for reading in readings:
        taken_back = withdrawn(reading.document.text)
        gone += [r for r in stands if taken_back.covers(r.assignment)]
        stands = [r for r in stands if not taken_back.covers(r.assignment)]
        stands += reading.requirements
    return stands, gone


def _entries(requirements: Sequence[Requirement]) -> list[Entry[int]]:
    return [_entry(place, r) for place, r in enumerate(requirements)]


def _entry(key: Key, r: Requirement) -> Entry[Key]:
    return Entry(key, r.requirement_class.value, r.quote, r.heading or "", r.assignment or "")


def _counts(requirements: Iterable[Requirement]) -> dict[RequirementClass, int]:
    return count_by_class(r.requirement_class for r in requirements)


def _by_class(
    matches: Iterable[Match], before: dict[RequirementClass, int], after: dict[RequirementClass, int]
) -> tuple[ClassChange, ...]:
    counted = Counter((r.requirement_class, m.change) for m in matches for r in (m.new or m.old))
    return tuple(
        ClassChange(
            c,
            before.get(c, 0),
            after.get(c, 0),
            **{change.value: counted[c, change] for change in Change},
        )
        for c in RequirementClass
        if c.counted and (c in before or c in after)
    )


def displacement(before: dict[RequirementClass, int], after: dict[RequirementClass, int]) -> bool:
    """I8: the letter has fewer goals and steers by activities and assignments instead."""
    goals = after.get(RequirementClass.GOAL, 0) - before.get(RequirementClass.GOAL, 0)
    steered = sum(after.get(c, 0) - before.get(c, 0) for c in STEERS_BY_ACTIVITY)
    return goals < 0 < steered


def shifts(before: dict[RequirementClass, int], after: dict[RequirementClass, int]) -> tuple[Shift, ...]:
    """Every class that fell beside the class that rose most."""
    change = {c: after.get(c, 0) - before.get(c, 0) for c in RequirementClass if c.counted}
    rose = max(change, key=lambda c: change[c])
    if change[rose] <= 0:
        return ()
    return tuple(Shift(c, rose, -change[c], change[rose]) for c in change if change[c] < 0)


def parameter_stability(matches: Iterable[Match], before: int) -> float | None:
    """I9: the share of last year's steering parameters that are the same this year; None when there were none.

    A parameter that stands in another chapter with the same words is the same.
    """
    if not before:
        return None
    parameter = RequirementClass.STEERING_PARAMETER
    same = sum(
        m.change in UNCHANGED
        and m.old[0].requirement_class is parameter
        and m.new[0].requirement_class is parameter
        for m in matches
    )
    return same / before
