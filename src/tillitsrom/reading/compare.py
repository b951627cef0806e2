"""Last year's requirements beside this year's, with what the change means: net change, stability, displacement.

`pair_texts` does the same on plain values, for rows of a database.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tillitsrom.reading.likeness import Change, Pair, pair_texts
from tillitsrom.reading.model import Reading, Requirement, RequirementClass

__all__ = [
    "Change",
    "ClassChange",
    "Comparison",
    "Match",
    "Pair",
    "Shift",
    "compare",
    "displacement",
    "pair_texts",
]

STEERS_BY_ACTIVITY = (RequirementClass.ACTIVITY, RequirementClass.ASSIGNMENT)


@dataclass(frozen=True, slots=True)
class Match:
    """A requirement and what became of it."""

    change: Change
    old: Requirement | None
    new: Requirement | None
    similarity: float

    @property
    def requirement_class(self) -> RequirementClass:
        """The class of the newer of the two."""
        either = self.new or self.old
        assert either is not None  # noqa: S101 - a match always has one of them
        return either.requirement_class


@dataclass(frozen=True, slots=True)
class ClassChange:
    """What happened to one class. `kept` and `reworded` are counted in the class that they have now."""

    requirement_class: RequirementClass
    before: int
    after: int
    kept: int
    reworded: int
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
    """Two readings compared; authority is shown in the pairs and never counted."""

    old: Reading
    new: Reading
    matches: tuple[Match, ...]
    classes: tuple[ClassChange, ...]
    shifts: tuple[Shift, ...]
    displaced: bool
    parameter_stability: float | None

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
            (m.old.requirement_class, m.new.requirement_class)
            for m in self.matches
            if m.old is not None
            and m.new is not None
            and m.old.requirement_class is not m.new.requirement_class
        )

    def count(self, change: Change) -> int:
        """How many that count as requirements had this change."""
        return sum(m.change is change and m.requirement_class.counted for m in self.matches)


def compare(old: Reading, new: Reading) -> Comparison:
    """Pair the requirements of two documents."""
    pairs = pair_texts(_simple(old.requirements), _simple(new.requirements))
    matches = tuple(
        Match(
            pair.change,
            None if pair.old is None else old.requirements[pair.old],
            None if pair.new is None else new.requirements[pair.new],
            pair.similarity,
        )
        for pair in pairs
    )
    before, after = old.counts(), new.counts()
    return Comparison(
        old,
        new,
        matches,
        _by_class(matches, before, after),
        shifts(before, after),
        displacement(before, after),
        parameter_stability(matches, before.get(RequirementClass.STEERING_PARAMETER, 0)),
    )


def _simple(requirements: Sequence[Requirement]) -> list[tuple[int, str, str]]:
    return [(index, r.requirement_class.value, r.quote) for index, r in enumerate(requirements)]


def _by_class(
    matches: Iterable[Match], before: dict[RequirementClass, int], after: dict[RequirementClass, int]
) -> tuple[ClassChange, ...]:
    counted = Counter((m.requirement_class, m.change) for m in matches)
    return tuple(
        ClassChange(
            c,
            before.get(c, 0),
            after.get(c, 0),
            counted[c, Change.KEPT],
            counted[c, Change.REWORDED],
            counted[c, Change.NEW],
            counted[c, Change.GONE],
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
    """I9: the share of last year's steering parameters that are the same this year; None when there were none."""
    if not before:
        return None
    parameter = RequirementClass.STEERING_PARAMETER
    same = sum(
        m.change is Change.KEPT
        and m.old is not None
        and m.old.requirement_class is parameter
        and m.requirement_class is parameter
        for m in matches
    )
    return same / before
