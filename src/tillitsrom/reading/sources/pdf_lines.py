"""Words become lines, and lines become regions that are read from top to bottom, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from tillitsrom.reading.sources.pdf_words import Word

_COLUMN_LINES = 5
_MANY_GUTTERS = 12
_PROSE = 18


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

    @cached_property
    def base(self) -> float:
        return median(w.base for w in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            key = round(word.size, 1)
            sizes[key] = sizes.get(key, 0) + len(word.text)
        return max(sizes, key=lambda s: (sizes[s], s))

    @cached_property
    def text(self) -> str:
        return "".join(("" if w.glued or not i else " ") + w.text for i, w in enumerate(self.words))

    @cached_property
    def bold(self) -> bool:
        return all(w.bold for w in self.words if any(c.isalnum() for c in w.text))

    @cached_property
    def font(self) -> str:
        """The font when the whole line has one, else nothing."""
        fonts = {w.font for w in self.words if any(c.isalnum() for c in w.text)}
        return fonts.pop() if len(fonts) == 1 else ""

    @cached_property
    def segments(self) -> list[tuple[float, float]]:
        """The stretches of the line that have text, parted by white space much wider than a space."""
        limit = max(self.size * 1.2, 8.0)
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
    groups: list[list[Word]] = []
    anchor: Word | None = None
    for word in sorted(words, key=lambda w: -w.base):
        # Raised and lowered signs belong to the line of its largest word; the next line starts well below.
        if anchor is not None and anchor.base - word.base < 0.45 * max(anchor.size, word.size):
            groups[-1].append(word)
            if (word.size, len(word.text)) > (anchor.size, len(anchor.text)):
                anchor = word
        else:
            groups.append([word])
            anchor = word
    return [Line(sorted(group, key=lambda w: w.x0), page) for group in groups]


def regions_of(words: Sequence[Word], page: int) -> list[Region]:
    """The columns of the page, in reading order."""
    lines = lines_of(words, page)
    gutters = _gutters(lines)
    regions: list[Region] = []
    waiting: list[Line] = []
    index = 0
    while index < len(lines):
        end, gutter = _column_run(lines, index, gutters)
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


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Places where an upright stripe of the page has little text: where columns may part."""
    if len(lines) < _COLUMN_LINES:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    steps = int((right - left) / 4)
    cover = [0] * (steps + 1)
    for line in lines:
        for start, end in line.segments:
            for step in range(max(0, int((start - left) / 4)), min(steps, int((end - left) / 4)) + 1):
                cover[step] += 1
    inner = range(int(steps * 0.2), int(steps * 0.8))
    best = sorted(inner, key=lambda step: cover[step])[:_MANY_GUTTERS]
    return [left + step * 4 + 2 for step in best if cover[step] < len(lines) * 0.6]


def _column_run(lines: Sequence[Line], start: int, gutters: Sequence[float]) -> tuple[int, float]:
    """How far from `start` two columns of running text stand beside each other, and where they part."""
    best = (start, 0.0)
    for gutter in gutters:
        end = start
        while end < len(lines) and not _crosses(lines[end], gutter):
            end += 1
        if end > best[0] and _two_columns(lines[start:end], gutter):
            best = (end, gutter)
    return best


def _crosses(line: Line, gutter: float) -> bool:
    return any(start - 3 < gutter < end + 3 for start, end in line.segments)


def _two_columns(lines: Sequence[Line], gutter: float) -> bool:
    """Both sides must be prose; short cells side by side are a table."""
    sides: list[list[int]] = [[], []]
    tops: list[list[float]] = [[], []]
    for line in lines:
        for side, words in enumerate(
            ([w for w in line.words if w.x1 <= gutter], [w for w in line.words if w.x1 > gutter])
        ):
            if words:
                sides[side].append(sum(len(w.text) + 1 for w in words))
                tops[side].append(line.base)
    if min(len(side) for side in sides) < _COLUMN_LINES or min(median(side) for side in sides) < _PROSE:
        return False
    overlap = min(tops[0][0], tops[1][0]) - max(tops[0][-1], tops[1][-1])
    return overlap > 0.5 * min(tops[0][0] - tops[0][-1], tops[1][0] - tops[1][-1])
