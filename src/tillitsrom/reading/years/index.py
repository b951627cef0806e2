"""Which texts are worth weighing against each other: those that share a rare word, and how much of each they share."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tillitsrom.reading.years.words import meaning

Bag = Counter[str]

_CANDIDATES = 8
_RAREST = 14
_FEW, _SHARE, _MOST = 25, 0.2, 250


def bag(words: Iterable[str]) -> Bag:
    """How often each meaning occurs."""
    return Counter(map(meaning, words))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts weighed: the weight of what they share, and of each as a whole; rare words weigh most."""

    old: int
    new: int
    shared: float
    old_whole: float
    new_whole: float

    @property
    def alike(self) -> float:
        """Twice what they share, of all that both have: 0 to 1."""
        whole = self.old_whole + self.new_whole
        return 2 * self.shared / whole if whole else 0.0

    @property
    def new_inside(self) -> float:
        """How much of the new stands in the old."""
        return self.shared / self.new_whole if self.new_whole else 0.0

    @property
    def old_inside(self) -> float:
        """How much of the old stands in the new."""
        return self.shared / self.old_whole if self.old_whole else 0.0


class Weights:
    """How much a word says: the fewer texts have it, the more."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        self.spread = Counter(word for one in bags for word in one)
        self._total = len(bags)
        self._known: dict[str, float] = {}

    def of(self, word: str) -> float:
        if (known := self._known.get(word)) is None:
            spread = self.spread.get(word, 0)
            known = self._known[word] = math.log(1 + (self._total + 1) / (spread + 0.5))
        return known

    def whole(self, one: Bag) -> float:
        return sum(self.of(word) * count for word, count in one.items())

    def shared(self, one: Bag, other: Bag) -> float:
        if len(other) < len(one):
            one, other = other, one
        return sum(self.of(word) * min(count, other[word]) for word, count in one.items() if word in other)


class Index:
    """The old texts by word. A new text meets only those that share one of its rarest words, so time grows with their number.

    `old` and `new` are the bags of the two sides, and `without` the places on the old side that are spoken for.
    """

    def __init__(self, old: Sequence[Bag], new: Sequence[Bag], without: Iterable[int] = ()) -> None:
        self.old, self.new = old, new
        self.weights = Weights([*old, *new])
        self.old_whole = [self.weights.whole(one) for one in old]
        self.new_whole = [self.weights.whole(one) for one in new]
        self._limit = min(max(_FEW, _SHARE * len(old)), _MOST)
        taken = set(without)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(old):
            if place not in taken:
                for word in one:
                    self._places[word].append(place)

    def alike(self, new: int) -> list[Likeness]:
        """The old texts most like this new one, and those that hold most of it or stand most wholly in it."""
        found = [
            (len(places), word)
            for word in self.new[new]
            if 0 < len(places := self._places.get(word, ())) <= self._limit
        ]
        rough: dict[int, float] = defaultdict(float)
        for _, word in sorted(found)[:_RAREST]:
            weight = self.weights.of(word)
            for place in self._places[word]:
                rough[place] += weight
        whole = self.new_whole[new]
        # The place settles ties, so that the answer never depends on the order of a set.
        by_both = sorted(rough, key=lambda i: (-rough[i] / (self.old_whole[i] + whole), i))[:_CANDIDATES]
        by_either = sorted(rough, key=lambda i: (-rough[i] / min(self.old_whole[i], whole), i))[:_CANDIDATES]
        return [self.likeness(old, new) for old in dict.fromkeys((*by_both, *by_either))]

    def likeness(self, old: int, new: int) -> Likeness:
        shared = self.weights.shared(self.old[old], self.new[new])
        return Likeness(old, new, shared, self.old_whole[old], self.new_whole[new])
