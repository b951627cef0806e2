"""Which texts of two years say the same: pairs by shared word stems, rare words weighing most."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Change(StrEnum):
    """What became of a requirement from one year to the next."""

    KEPT = "kept"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Pair(Generic[Key]):
    """A text of the old year and its like in the new; only one of them for what is new or gone."""

    change: Change
    old: Key | None
    new: Key | None
    similarity: float


Simple = tuple[Key, str, str]
"""An identity of any kind, a class, and a text."""

REWORDED_FROM = 0.52
_SAME_CLASS = 0.04
_SAME_PLACE = 0.01
_CANDIDATES = 8
_COMMON = 0.2
_FEW = 25

_MARKUP = re.compile(r"<[^>]{1,80}>|[*_`#|]+")
_ASSIGNMENT = re.compile(r"\b(?:id:?\s*)?[a-zæøå]{0,5}\d{4}[-–]\d{1,3}\b|\bid:\s*\S+")
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_DATE = re.compile(rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?:{_MONTH}))\s?(?:20\d\d)?|\b20\d\d-\d\d-\d\d\b")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?\b")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0.](?=\d{3}\b)")
_TOKEN = re.compile(r"<\w+>|\d+(?:[.,]\d+)?|[^\W\d_]+")
_ENDINGS = (
    "ingene", "ingane", "ingen", "inga", "enes", "anes", "ene", "ane", "ens", "ets", "ers", "ing", "er", "ar", "en",
    "et", "es", "as", "te", "de", "e", "a", "s", "t",
)  # fmt: skip
_SAME_WORD = {
    "ikkje": "ikke",
    "ein": "en",
    "eit": "et",
    "frå": "fra",
    "vere": "være",
    "dei": "de",
    "korleis": "hvordan",
}


def pair_texts(old: Sequence[Simple[Key]], new: Sequence[Simple[Key]]) -> list[Pair[Key]]:
    """Pair two years of (identity, class, text). In the new year's order, and last what is gone.

    A text whose words are the same but for years, dates and assignment numbers is kept. The rest is paired by
    likeness, most alike first, each text once.
    """
    first, second = [_words(text) for _, _, text in old], [_words(text) for _, _, text in new]
    partner = _kept(old, new, first, second)
    partner |= _reworded(old, new, first, second, partner)
    pairs: list[Pair[Key]] = []
    for index, (key, _, _) in enumerate(new):
        if index in partner:
            other, similarity = partner[index]
            change = Change.KEPT if first[other] == second[index] else Change.REWORDED
            pairs.append(Pair(change, old[other][0], key, similarity))
        else:
            pairs.append(Pair(Change.NEW, None, key, 0.0))
    used = {other for other, _ in partner.values()}
    pairs += [Pair(Change.GONE, key, None, 0.0) for index, (key, _, _) in enumerate(old) if index not in used]
    return pairs


def _words(text: str) -> tuple[str, ...]:
    """The text's words as they are compared: what changes by itself every year is left out."""
    text = _MARKUP.sub(" ", text.casefold())
    text = _ASSIGNMENT.sub(" ", text)
    text = _DATE.sub(" <dato> ", text)
    text = _YEARS.sub(" <aar> ", text)
    text = _THOUSANDS.sub("", text)
    return tuple(_SAME_WORD.get(word, word) for word in _TOKEN.findall(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its commonest endings; crude, the same for both years."""
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word


Partners = dict[int, tuple[int, float]]


def _kept(
    old: Sequence[Simple[Key]],
    new: Sequence[Simple[Key]],
    first: Sequence[tuple[str, ...]],
    second: Sequence[tuple[str, ...]],
) -> Partners:
    """Those with the same words; of several, the one of the same class and then the next in order."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, words in enumerate(first):
        if words:
            places[words].append(index)
    partner: Partners = {}
    for index, words in enumerate(second):
        waiting = places.get(words)
        if waiting:
            found = next((i for i in waiting if old[i][1] == new[index][1]), waiting[0])
            waiting.remove(found)
            partner[index] = (found, 1.0)
    return partner


def _reworded(
    old: Sequence[Simple[Key]],
    new: Sequence[Simple[Key]],
    first: Sequence[tuple[str, ...]],
    second: Sequence[tuple[str, ...]],
    kept: Partners,
) -> Partners:
    taken = {other for other, _ in kept.values()}
    index = _Index(first, taken)
    found: list[tuple[float, float, int, int]] = []
    for place, words in enumerate(second):
        if place in kept:
            continue
        for other, similarity in index.alike(words):
            closeness = 1 - abs(place / max(len(new), 1) - other / max(len(old), 1))
            bonus = _SAME_CLASS * (old[other][1] == new[place][1]) + _SAME_PLACE * closeness
            found.append((similarity + bonus, similarity, place, other))
    found.sort(reverse=True)
    partner: Partners = {}
    for _, similarity, place, other in found:
        if place not in partner and other not in taken:
            partner[place] = (other, round(similarity, 3))
            taken.add(other)
    return partner


class _Index:
    """The old year's texts by stem, so that only texts that share a rare word are ever weighed against each other."""

    def __init__(self, texts: Sequence[tuple[str, ...]], without: set[int]) -> None:
        self._stems = [Counter(map(stem, words)) for words in texts]
        self._spread = Counter(word for counted in self._stems for word in counted)
        self._total = len(texts)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for index, counted in enumerate(self._stems):
            if index not in without:
                for word in counted:
                    self._postings[word].append(index)
        self._sums = [self._sum(counted) for counted in self._stems]

    def _weight(self, word: str) -> float:
        return math.log(1 + (self._total + 1) / (self._spread.get(word, 0) + 0.5))

    def _sum(self, counted: Counter[str]) -> float:
        return sum(self._weight(word) * count for word, count in counted.items())

    def alike(self, words: Sequence[str]) -> list[tuple[int, float]]:
        counted = Counter(map(stem, words))
        rough: dict[int, float] = defaultdict(float)
        for word in counted:
            places = self._postings.get(word, ())
            if len(places) <= max(_FEW, self._total * _COMMON):
                weight = self._weight(word)
                for index in places:
                    rough[index] += weight
        total = self._sum(counted)
        best = sorted(rough, key=lambda i: -rough[i] / (self._sums[i] + total))[:_CANDIDATES]
        scored = [(index, self._likeness(counted, total, index)) for index in best]
        return [(index, score) for index, score in scored if score >= REWORDED_FROM]

    def _likeness(self, counted: Counter[str], total: float, index: int) -> float:
        """Twice what they share, of all that both have."""
        other = self._stems[index]
        shared = sum(
            self._weight(word) * min(count, other[word]) for word, count in counted.items() if word in other
        )
        whole = total + self._sums[index]
        return 2 * shared / whole if whole else 0.0
