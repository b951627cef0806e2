"""Which texts are worth weighing against each other: those that share something rare, and how much of each they share."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from tillitsrom.reading.years.words import meaning

Bag = Counter[str]

_CANDIDATES = 8
_RAREST = 20
_FEW, _SHARE, _MOST = 25, 0.2, 250


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
    """The old texts by word and by pair of words. A new text meets only those that share one of its rarest, so that time
    grows with the number of texts and not with its square, also where every word is common.

    `old` and `new` are the words of the two sides, and `without` the places on the old side that are spoken for.
    """

    def __init__(
        self,
        old: Sequence[Sequence[str]],
        new: Sequence[Sequence[str]],
        without: AbstractSet[int] = frozenset(),
    ) -> None:
        self._new_meanings = [list(map(meaning, text)) for text in new]
        old_meanings = [list(map(meaning, text)) for text in old]
        self.old = [Counter(text) for text in old_meanings]
        self.new = [Counter(text) for text in self._new_meanings]
        self.weights = Weights([*self.old, *self.new])
        self.old_whole = [self.weights.whole(one) for one in self.old]
        self.new_whole = [self.weights.whole(one) for one in self.new]
        self._limit = min(max(_FEW, _SHARE * len(old)), _MOST)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(old_meanings):
            if place not in without:
                for key in _keys(text):
                    self._places[key].append(place)

    def alike(self, new: int) -> list[Likeness]:
        """The old texts most like this new one, and those that hold most of it or stand most wholly in it."""
        found = [
            (len(places), key)
            for key in _keys(self._new_meanings[new])
            if 0 < len(places := self._places.get(key, ())) <= self._limit
        ]
        rough: dict[int, float] = defaultdict(float)
        for _, key in sorted(found)[:_RAREST]:
            weight = sum(map(self.weights.of, key.split()))
            for place in self._places[key]:
                rough[place] += weight
        whole = self.new_whole[new]
        # The place settles ties, so that the answer never depends on the order of a set.
        by_both = sorted(rough, key=lambda i: (-rough[i] / (self.old_whole[i] + whole), i))[:_CANDIDATES]
        by_either = sorted(rough, key=lambda i: (-rough[i] / min(self.old_whole[i], whole), i))[:_CANDIDATES]
        return [self.likeness(old, new) for old in dict.fromkeys((*by_both, *by_either))]

    def likeness(self, old: int, new: int) -> Likeness:
        shared = self.weights.shared(self.old[old], self.new[new])
        return Likeness(old, new, shared, self.old_whole[old], self.new_whole[new])


def _keys(text: Sequence[str]) -> set[str]:
    """Each word, and each pair of neighbours."""
    return {*text, *(f"{one} {other}" for one, other in pairwise(text))}
