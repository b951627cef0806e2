"""What became of each text from one year to the next: every text of both years stands in exactly one group.

Texts with the same words are paired first. The rest are weighed by the words they share, and the most alike are taken
first: one with one (reworded), one with several (split) or several with one (merged).
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from tillitsrom.reading.years.index import Bag, Index, Likeness, Weights
from tillitsrom.reading.years.words import chapter_words, words

Key = TypeVar("Key", bound=Hashable)

REWORDED_FROM = 0.5
SEVERAL_FROM = 0.6
_INSIDE = 0.6
_BETTER = 0.06
_GAIN_OF_PART = 0.25
_GAIN_OF_WHOLE = 0.1
_MOST_PARTS = 8
_SAME_CLASS, _SAME_CHAPTER, _SAME_PLACE = 0.04, 0.03, 0.01


class Change(StrEnum):
    """What became of a requirement from one year to the next."""

    KEPT = "kept"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"


class Moved(StrEnum):
    """In what way a requirement stands elsewhere than before."""

    CLASS = "class"
    CHAPTER = "chapter"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True, slots=True)
class Entry(Generic[Key]):
    """One requirement as it is compared: an identity of any kind, its class, its words, and where it stands."""

    key: Key
    kind: str
    text: str
    chapter: str = ""
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Group(Generic[Key]):
    """What belongs together across two years. `similarity` is 0 to 1; `moved` says what differs but the words.

    A split has one old and several new, a merger several old and one new; otherwise there is at most one of each.
    """

    change: Change
    old: tuple[Key, ...]
    new: tuple[Key, ...]
    similarity: float = 0.0
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tie:
    """Places that are taken to belong together."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    similarity: float


def group_texts(
    old: Sequence[Entry[Key]], new: Sequence[Entry[Key]], *, several: bool = True
) -> list[Group[Key]]:
    """Group two years. In the new year's order by the first of each group, and last what is gone.

    With `several` false each text is paired with at most one other: nothing is split or merged.
    """
    first, second = [words(one.text) for one in old], [words(one.text) for one in new]
    ties = _kept(old, new, first, second)
    ties += _alike(old, new, first, second, ties, several=several)
    renamed = _renamed(old, new, ties)
    by_first_new: dict[int, Group[Key]] = {}
    for tie in ties:
        by_first_new[min(tie.new)] = _group(tie, old, new, first, second, renamed)
    in_new = {place for tie in ties for place in tie.new}
    for place, one in enumerate(new):
        if place not in in_new:
            by_first_new[place] = Group(Change.NEW, (), (one.key,))
    in_old = {place for tie in ties for place in tie.old}
    gone = [Group(Change.GONE, (one.key,), ()) for place, one in enumerate(old) if place not in in_old]
    return [*(by_first_new[place] for place in sorted(by_first_new)), *gone]


def _kept(
    old: Sequence[Entry[Key]],
    new: Sequence[Entry[Key]],
    first: Sequence[tuple[str, ...]],
    second: Sequence[tuple[str, ...]],
) -> list[_Tie]:
    """Those with the same words; of several, the one of the same class and chapter and then the next in order."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, said in enumerate(first):
        if said:
            places[said].append(place)
    again: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, said in enumerate(second):
        if said in places:
            again[said].append(place)
    ties = []
    for said, wanting in again.items():
        waiting = places[said]
        for wanted in (_same_class_and_chapter, _same_class, _any):
            for place in list(wanting):
                found = next((i for i in waiting if wanted(old[i], new[place])), None)
                if found is not None:
                    waiting.remove(found)
                    wanting.remove(place)
                    ties.append(_Tie((found,), (place,), 1.0))
    return ties


def _same_class(old: Entry[Key], new: Entry[Key]) -> bool:
    return old.kind == new.kind


def _same_class_and_chapter(old: Entry[Key], new: Entry[Key]) -> bool:
    return old.kind == new.kind and chapter_words(old.chapter) == chapter_words(new.chapter)


def _any(_old: Entry[Key], _new: Entry[Key]) -> bool:
    return True


def _alike(
    old: Sequence[Entry[Key]],
    new: Sequence[Entry[Key]],
    first: Sequence[tuple[str, ...]],
    second: Sequence[tuple[str, ...]],
    kept: Sequence[_Tie],
    *,
    several: bool,
) -> list[_Tie]:
    """The rest by likeness, the most alike first."""
    taken_old = {place for tie in kept for place in tie.old}
    taken_new = {place for tie in kept for place in tie.new}
    index = Index(first, second, taken_old)
    weighed = [one for place in range(len(new)) if place not in taken_new for one in index.alike(place)]
    offers = [
        (one.alike + _bonus(one.old, one.new, old, new), _Tie((one.old,), (one.new,), one.alike))
        for one in weighed
        if one.alike >= REWORDED_FROM
    ]
    if several:
        offers += _offers_of_several(index, weighed, old, new)
    return _best_first(offers, taken_old, taken_new, index, old, new)


def _bonus(i: int, j: int, old: Sequence[Entry[Key]], new: Sequence[Entry[Key]]) -> float:
    """Between texts that are as like, the one of the same class, chapter and place is meant."""
    was, now = old[i], new[j]
    closeness = 1 - abs(j / max(len(new), 1) - i / max(len(old), 1))
    same_chapter = bool(was.chapter) and chapter_words(was.chapter) == chapter_words(now.chapter)
    return _SAME_CLASS * (was.kind == now.kind) + _SAME_CHAPTER * same_chapter + _SAME_PLACE * closeness


def _offers_of_several(
    index: Index, weighed: Sequence[Likeness], old: Sequence[Entry[Key]], new: Sequence[Entry[Key]]
) -> Iterator[tuple[float, _Tie]]:
    """Each old text with the new ones that stand in it, and each new with the old ones."""
    into: dict[int, list[Likeness]] = defaultdict(list)
    out_of: dict[int, list[Likeness]] = defaultdict(list)
    for one in weighed:
        if one.new_inside >= _INSIDE:
            into[one.old].append(one)
        if one.old_inside >= _INSIDE:
            out_of[one.new].append(one)
    for place, parts in into.items():
        tie = _split(index, place, [one.new for one in sorted(parts, key=lambda p: (-p.shared, p.new))])
        if tie:
            yield tie.similarity + _bonus(place, tie.new[0], old, new), tie
    for place, parts in out_of.items():
        tie = _merged(index, place, [one.old for one in sorted(parts, key=lambda p: (-p.shared, p.old))])
        if tie:
            yield tie.similarity + _bonus(tie.old[0], place, old, new), tie


def _split(index: Index, whole: int, parts: Sequence[int]) -> _Tie | None:
    chosen, similarity = _parts(index.weights, index.old[whole], [(p, index.new[p]) for p in parts])
    return _Tie((whole,), tuple(sorted(chosen)), similarity) if chosen else None


def _merged(index: Index, whole: int, parts: Sequence[int]) -> _Tie | None:
    chosen, similarity = _parts(index.weights, index.new[whole], [(p, index.old[p]) for p in parts])
    return _Tie(tuple(sorted(chosen)), (whole,), similarity) if chosen else None


def _parts(weights: Weights, whole: Bag, parts: Sequence[tuple[int, Bag]]) -> tuple[list[int], float]:
    """The parts that each hold something of the whole that the others lack, and how like the whole they are together.

    None where one part alone is nearly as like the whole as all of them: then the rest is chance.
    """
    weight = weights.whole(whole)
    chosen: list[int] = []
    together: Bag = Counter()
    covered = best = 0.0
    for place, part in parts[: 2 * _MOST_PARTS]:
        size = weights.whole(part)
        best = max(best, 2 * weights.shared(part, whole) / (size + weight))
        joined = _joined(together, part, whole)
        gain = weights.shared(joined, whole) - covered
        if gain >= _GAIN_OF_WHOLE * weight and gain >= _GAIN_OF_PART * size and len(chosen) < _MOST_PARTS:
            chosen.append(place)
            together, covered = joined, covered + gain
    likeness = 2 * covered / (weights.whole(together) + weight) if chosen else 0.0
    if len(chosen) < 2 or likeness < max(SEVERAL_FROM, best + _BETTER):
        return [], 0.0
    return chosen, likeness


def _joined(one: Bag, other: Bag, whole: Bag) -> Bag:
    """Two parts as one text: what each repeats to be a sentence of its own ("Etaten skal") counts once."""
    return Counter(
        {
            word: min(one[word] + other[word], max(whole[word], one[word], other[word]))
            for word in one.keys() | other.keys()
        }
    )


def _best_first(
    offers: Iterable[tuple[float, _Tie]],
    taken_old: set[int],
    taken_new: set[int],
    index: Index,
    old: Sequence[Entry[Key]],
    new: Sequence[Entry[Key]],
) -> list[_Tie]:
    """Take the best offer whose texts are all free; one that lost some of several is weighed again with the rest."""
    heap = [(-score, tie.new, tie.old, tie.similarity) for score, tie in offers]
    heapq.heapify(heap)
    ties: list[_Tie] = []
    while heap:
        _, places_new, places_old, similarity = heapq.heappop(heap)
        free_new = [place for place in places_new if place not in taken_new]
        free_old = [place for place in places_old if place not in taken_old]
        if len(free_new) == len(places_new) and len(free_old) == len(places_old):
            ties.append(_Tie(places_old, places_new, similarity))
            taken_new.update(places_new)
            taken_old.update(places_old)
            continue
        again = None
        if len(places_new) > 1 and free_old and len(free_new) > 1:
            again = _split(index, free_old[0], free_new)
        elif len(places_old) > 1 and free_new and len(free_old) > 1:
            again = _merged(index, free_new[0], free_old)
        if again:
            score = again.similarity + _bonus(again.old[0], again.new[0], old, new)
            heapq.heappush(heap, (-score, again.new, again.old, again.similarity))
    return ties


Renamed = dict[tuple[str, ...], tuple[str, ...]]


def _renamed(old: Sequence[Entry[Key]], new: Sequence[Entry[Key]], ties: Iterable[_Tie]) -> Renamed:
    """What each old chapter is called now: the chapter that most of its requirements stand in, if at least two do.

    A letter that was given new headings has moved nothing.
    """
    went: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for tie in ties:
        if len(tie.old) == len(tie.new) == 1:
            before, after = chapter_words(old[tie.old[0]].chapter), chapter_words(new[tie.new[0]].chapter)
            went[before][after] += 1
    still = {chapter_words(one.chapter) for one in new}
    renamed: Renamed = {}
    for before, places in went.items():
        after, count = max(places.items(), key=lambda item: (item[1], item[0]))
        if before not in still and count >= 2 and 2 * count >= places.total():
            renamed[before] = after
    return renamed


def _moved(was: Entry[Key], now: Entry[Key], renamed: Renamed) -> Iterator[Moved]:
    if was.kind != now.kind:
        yield Moved.CLASS
    before, after = chapter_words(was.chapter), chapter_words(now.chapter)
    if before and after and after not in (before, renamed.get(before)):
        yield Moved.CHAPTER
    if bool(was.assignment) != bool(now.assignment):
        yield Moved.ASSIGNMENT


def _group(
    tie: _Tie,
    old: Sequence[Entry[Key]],
    new: Sequence[Entry[Key]],
    first: Sequence[tuple[str, ...]],
    second: Sequence[tuple[str, ...]],
    renamed: Renamed,
) -> Group[Key]:
    olds, news = tuple(old[i].key for i in tie.old), tuple(new[j].key for j in tie.new)
    similarity = round(tie.similarity, 3)
    if len(news) > 1:
        return Group(Change.SPLIT, olds, news, similarity)
    if len(olds) > 1:
        return Group(Change.MERGED, olds, news, similarity)
    (i,), (j,) = tie.old, tie.new
    moved = tuple(_moved(old[i], new[j], renamed))
    same = Change.MOVED if moved else Change.KEPT
    change = same if first[i] == second[j] else Change.REWORDED
    return Group(change, olds, news, similarity, moved)
