"""Words become lines, and lines become regions that are read from top to bottom, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import attrgetter
from typing import Any, Generic, TypeVar

from tillitsrom.reading.sources.pdf_words import PageContent, Word

_COLUMN_LINES = 5
_MANY_GUTTERS = 12
_PROSE = 18
_BASE = attrgetter("base")
_LEFT = attrgetter("x0")
_T = TypeVar("_T")


class _Once(Generic[_T]):
    """A property that is worked out once. The standard library's takes a lock each time, and lines are many."""

    def __init__(self, work: Callable[[Any], _T]) -> None:
        self._work = work
        self._name = work.__name__

    def __get__(self, line: "Line", _: type | None = None) -> _T:
        found = line.__dict__[self._name] = self._work(line)
        return found


def middle(values: Sequence[float]) -> float:
    """The median."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@dataclass
class Line:
    """Words on one line, left to right. They are not changed after the line is made."""

    words: list[Word]
    page: int = 0

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @_Once
    def base(self) -> float:
        return middle([w.base for w in self.words])

    @_Once
    def looks(self) -> list[tuple[float, str, int]]:
        """Size, font and number of characters of each stretch of words that look alike."""
        found: list[tuple[float, str, int]] = []
        size, font, count = self.words[0].size, self.words[0].font, 0
        for word in self.words:
            if word.size != size or word.font != font:
                found.append((size, font, count))
                size, font, count = word.size, word.font, 0
            count += len(word.text)
        found.append((size, font, count))
        return found

    @_Once
    def size(self) -> float:
        """The size of most of its characters."""
        if len(self.looks) == 1:
            return round(self.words[0].size, 1)
        sizes: dict[float, int] = {}
        for size, _, count in self.looks:
            key = round(size, 1)
            sizes[key] = sizes.get(key, 0) + count
        return max(sizes, key=lambda s: (sizes[s], s))

    @_Once
    def text(self) -> str:
        words = self.words
        if True not in [w.glued for w in words]:
            return " ".join([w.text for w in words])
        return "".join(("" if w.glued or not i else " ") + w.text for i, w in enumerate(words))

    @_Once
    def bold(self) -> bool:
        return all(w.bold or not any(c.isalnum() for c in w.text) for w in self.words)

    @_Once
    def font(self) -> str:
        """The font when the whole line has one, else nothing."""
        fonts = {font for _, font, _ in self.looks}
        if len(fonts) > 1:
            fonts = {w.font for w in self.words if any(c.isalnum() for c in w.text)}
        elif not any(c.isalnum() for w in self.words for c in w.text):
            return ""
        return fonts.pop() if len(fonts) == 1 else ""

    @_Once
    def gap(self) -> float:
        """The widest white space between two of its words that follow each other."""
        return max([b.x0 - a.x1 for a, b in zip(self.words, self.words[1:], strict=False)], default=0.0)

    @_Once
    def segments(self) -> list[tuple[float, float]]:
        """The stretches of the line that have text, parted by white space much wider than a space."""
        limit = max(self.size * 1.2, 8.0)
        if self.gap <= limit:
            return [(self.x0, self.x1)]
        found = [self.x0]
        for left, right in zip(self.words, self.words[1:], strict=False):
            if right.x0 - left.x1 > limit:
                found += [left.x1, right.x0]
        found.append(self.x1)
        return list(zip(found[::2], found[1::2], strict=True))


@dataclass(slots=True)
class Region:
    """Lines that are read as one column."""

    lines: list[Line] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line.x1 for line in self.lines)

    @property
    def top(self) -> float:
        return max(line.base for line in self.lines)


def lines_of(words: Sequence[Word], page: int = 0) -> list[Line]:
    """Group words by the line that they stand on, from the top down."""
    lines: list[Line] = []
    group: list[Word] = []
    base = size = 0.0
    length = 0
    for word in sorted(words, key=_BASE, reverse=True):
        # Raised and lowered signs belong to the line of its largest word; the next line starts well below.
        larger = word.size if word.size > size else size
        if group and base - word.base < 0.45 * larger:
            group.append(word)
            if word.size < size or (word.size == size and len(word.text) <= length):
                continue
        else:
            if group:
                lines.append(Line(sorted(group, key=_LEFT), page))
            group = [word]
        base, size, length = word.base, word.size, len(word.text)
    if group:
        lines.append(Line(sorted(group, key=_LEFT), page))
    return lines


def lines_on(content: PageContent) -> list[Line]:
    """The lines of a page's words as they are now: found anew only where words have come or gone."""
    words = content.words
    known = content.known_lines
    if known is None or known[0] is not words or known[1] != len(words):
        known = content.known_lines = (words, len(words), lines_of(words, content.number))
    return known[2]


def regions_of(words: Sequence[Word], page: int) -> list[Region]:
    """The columns of some words, in reading order."""
    return _regions(lines_of(words, page), page)


def regions_on(content: PageContent) -> list[Region]:
    """The columns of the page, in reading order."""
    return _regions(lines_on(content), content.number)


def _regions(lines: Sequence[Line], page: int) -> list[Region]:
    gutters = _gutters(lines)
    if not gutters:
        return [Region(list(lines))] if lines else []
    regions: list[Region] = []
    waiting: list[Line] = []
    index = 0
    while index < len(lines):
        end, gutter = _column_run(index, gutters)
        if end <= index:
            waiting.append(lines[index])
            index += 1
            continue
        if waiting:
            regions.append(Region(waiting))
            waiting = []
        run = [w for line in lines[index:end] for w in line.words]
        regions += regions_of([w for w in run if w.x1 <= gutter], page)
        regions += regions_of([w for w in run if w.x1 > gutter], page)
        index = end
    if waiting:
        regions.append(Region(waiting))
    return regions


class _Gutter:
    """A place where columns may part, and what stands on both sides of it, line by line."""

    def __init__(self, at: float, lines: Sequence[Line]) -> None:
        self.at = at
        self._lines = lines
        self._sides: list[tuple[int, int] | None] = [None] * len(lines)
        self._barren = -1
        self._ends: list[int] = []
        end = len(lines)
        for index in range(len(lines) - 1, -1, -1):
            for start, stop in lines[index].segments:
                if start - 3 < at < stop + 3:
                    end = index
                    break
            self._ends.append(end)
        self._ends.reverse()

    def run(self, start: int) -> int:
        """The first line from `start` on that crosses it."""
        return self._ends[start]

    def _counts(self, index: int) -> tuple[int, int]:
        """The characters of a line to the left and to the right, their spaces with them; 0 where no word is."""
        found = self._sides[index]
        if found is None:
            left = right = 0
            for word in self._lines[index].words:
                if word.x1 <= self.at:
                    left += len(word.text) + 1
                else:
                    right += len(word.text) + 1
            found = self._sides[index] = (left, right)
        return found

    def parts(self, start: int, end: int) -> bool:
        """Both sides must be prose; short cells side by side are a table. Asked with starts that only go up."""
        if end - start < _COLUMN_LINES or end == self._barren:
            return False
        counts = [(self._counts(index), index) for index in range(start, end)]
        left = [(count, index) for (count, _), index in counts if count]
        right = [(count, index) for (_, count), index in counts if count]
        if min(len(left), len(right)) < _COLUMN_LINES:
            # Fewer lines to the same end have no more to show.
            self._barren = end
            return False
        if min(middle([count for count, _ in side]) for side in (left, right)) < _PROSE:
            return False
        tops = [(self._lines[side[0][1]].base, self._lines[side[-1][1]].base) for side in (left, right)]
        overlap = min(tops[0][0], tops[1][0]) - max(tops[0][1], tops[1][1])
        return overlap > 0.5 * min(tops[0][0] - tops[0][1], tops[1][0] - tops[1][1])


def _gutters(lines: Sequence[Line]) -> list[_Gutter]:
    """Places where an upright stripe of the page has little text."""
    if len(lines) < _COLUMN_LINES:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    steps = int((right - left) / 4)
    changes = [0] * (steps + 2)
    for line in lines:
        for start, end in line.segments:
            first, last = max(0, int((start - left) / 4)), min(steps, int((end - left) / 4))
            if first <= last:
                changes[first] += 1
                changes[last + 1] -= 1
    cover = list(accumulate(changes))
    inner = range(int(steps * 0.2), int(steps * 0.8))
    best = sorted(inner, key=cover.__getitem__)[:_MANY_GUTTERS]
    return [_Gutter(left + step * 4 + 2, lines) for step in best if cover[step] < len(lines) * 0.6]


def _column_run(start: int, gutters: Sequence[_Gutter]) -> tuple[int, float]:
    """How far from `start` two columns of running text stand beside each other, and where they part."""
    best = (start, 0.0)
    for gutter in gutters:
        end = gutter.run(start)
        if end > best[0] and gutter.parts(start, end):
            best = (end, gutter.at)
    return best
