"""A requirement over many years, and the same demand from several bodies."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from tillitsrom.reading.years.groups import Change, Entry, Group, Key, group_texts
from tillitsrom.reading.years.index import Index
from tillitsrom.reading.years.words import words

SAME_DEMAND_FROM = 0.62
REWORDINGS = (Change.REWORDED, Change.SPLIT, Change.MERGED)


@dataclass(frozen=True, slots=True)
class Step(Generic[Key]):
    """A requirement in one year, and what had become of it since the year before (NEW in its first)."""

    year: int
    key: Key
    change: Change


@dataclass(frozen=True, slots=True)
class Life(Generic[Key]):
    """One requirement of the last year and what it was before, oldest first."""

    steps: tuple[Step[Key], ...]

    @property
    def since(self) -> int:
        """The first year that it stood."""
        return self.steps[0].year

    @property
    def reworded(self) -> int:
        """How many times it was given other words: reworded, split or merged."""
        return sum(step.change in REWORDINGS for step in self.steps)


def lives(years: Sequence[tuple[int, Sequence[Entry[Key]]]]) -> list[Life[Key]]:
    """Follow each requirement of the last year back, year by year. `years` are in order, oldest first.

    A part of a split has the life of what was split; what was merged has the longest life of what went into it.
    """
    known: dict[Key, Life[Key]] = {}
    before: Sequence[Entry[Key]] = ()
    for year, entries in years:
        now: dict[Key, Life[Key]] = {}
        for group in group_texts(before, entries):
            for key in group.new:
                now[key] = _next(known, group, year, key)
        known, before = now, entries
    return [known[entry.key] for entry in before]


def _next(known: dict[Key, Life[Key]], group: Group[Key], year: int, key: Key) -> Life[Key]:
    if not group.old:
        return Life((Step(year, key, Change.NEW),))
    # Of lives as long, the first in the old letter's order.
    longest = min((known[one] for one in group.old), key=lambda life: (life.since, -len(life.steps)))
    return Life((*longest.steps, Step(year, key, group.change)))


@dataclass(frozen=True, slots=True)
class SameDemand(Generic[Key]):
    """Two requirements that ask for the same, from two bodies."""

    one: Key
    other: Key
    similarity: float


def same_demands(entries: Sequence[tuple[str, Entry[Key]]]) -> list[SameDemand[Key]]:
    """Which requirements ask for the same though different bodies impose them; the most alike first.

    Each entry stands with the name of the body that imposes it.
    """
    texts = [words(entry.text) for _, entry in entries]
    index = Index(texts, texts)
    found: dict[tuple[int, int], float] = {}
    for place in range(len(entries)):
        for likeness in index.alike(place):
            if likeness.old < place and entries[likeness.old][0] != entries[place][0]:
                found[likeness.old, place] = likeness.alike
            elif likeness.old > place and entries[likeness.old][0] != entries[place][0]:
                found[place, likeness.old] = likeness.alike
    return [
        SameDemand(entries[one][1].key, entries[other][1].key, round(similarity, 3))
        for (one, other), similarity in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        if similarity >= SAME_DEMAND_FROM
    ]


def like_this(text: str, others: Sequence[Entry[Key]]) -> list[tuple[Key, float]]:
    """Which of the others ask for the same as this text; the most alike first."""
    index = Index([words(entry.text) for entry in others], [words(text)])
    weighed = (likeness for likeness in index.alike(0) if likeness.alike >= SAME_DEMAND_FROM)
    by_likeness = sorted(weighed, key=lambda likeness: (-likeness.alike, likeness.old))
    return [(others[likeness.old].key, round(likeness.alike, 3)) for likeness in by_likeness]


def clusters(demands: Sequence[SameDemand[Key]]) -> list[list[Key]]:
    """Demands that are the same as one another, gathered; the largest first, then in the order they were found."""
    home: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        while home.setdefault(key, key) != key:
            key = home[key]
        return key

    for demand in demands:
        home[root(demand.other)] = root(demand.one)
    gathered: dict[Key, list[Key]] = defaultdict(list)
    for key in list(home):
        gathered[root(key)].append(key)
    return sorted(gathered.values(), key=lambda keys: -len(keys))
