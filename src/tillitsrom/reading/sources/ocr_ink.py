"""What the ink of a scanned page tells beside its letters: bold words, bullets, and the lines of tables.

Recognition says nothing of these, and headings, lists and calendars are known by them. A page is some millions of dots,
so every look at it is a search in whole rows of bytes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from tillitsrom.reading.sources.pdf_words import Rule, Word

# Every dark dot becomes a sign, every light one a space, so that the runs of ink are the words of a row.
_INK = bytes(0x78 if value < 140 else 0x20 for value in range(256))
_FAINT = bytes(0x78 if value < 190 else 0x20 for value in range(256))
_THICKER = 1.3
_THIN = 1.17
_FEW_LINES = 4
_LEAD_LETTERS = 8
_RUN = re.compile(rb"x{110,}")
_MOST_RUNS = 20_000
# A line that lies askew falls apart in runs that overlap little; so many dots apart they are still one.
_DRIFT, _GAP = 5, 14


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey, one byte a dot, row by row from the top. `scale` is dots a point."""

    width: int
    height: int
    rows: bytes
    scale: float

    def row(self, y: int, left: int, right: int) -> bytes:
        return self.rows[y * self.width + max(left, 0) : y * self.width + min(right, self.width)]


def mark_bold(lines: Sequence[Sequence[Word]], picture: Picture, height: float) -> None:
    """Mark lines, and words that open a line, whose strokes are much thicker for their size than those of most lines."""
    inks = [[_ink(word, picture, height) for word in line] for line in lines]
    strokes = [_stroke(ink, line) for ink, line in zip(inks, lines, strict=True)]
    known = [stroke for stroke in strokes if stroke]
    if len(known) < _FEW_LINES:
        return
    usual = median(known)
    for line, ink, stroke in zip(lines, inks, strokes, strict=True):
        count = len(line) if stroke > usual * _THICKER else _lead(line, ink, usual)
        for word in line[:count]:
            word.bold = True


def _lead(line: Sequence[Word], inks: Sequence[tuple[int, int]], usual: float) -> int:
    """How many words at the start of a line are bold when the rest is not."""
    count = 0
    for word, ink in zip(line, inks, strict=True):
        # A short word or a sign has too little ink to tell; it goes with those before it.
        if len(word.text) > 3 and _stroke([ink], [word]) < usual * _THIN:
            break
        count += 1
    letters = sum(len(word.text) for word in line[:count])
    bold = letters >= _LEAD_LETTERS and _stroke(inks[:count], line[:count]) > usual * _THICKER
    return count if bold and count < len(line) else 0


def _stroke(inks: Sequence[tuple[int, int]], line: Sequence[Word]) -> float:
    """The mean run of ink along a row, as a part of the size."""
    dark, runs = sum(ink[0] for ink in inks), sum(ink[1] for ink in inks)
    return dark / runs / line[0].size if runs > 20 and line else 0.0


def _ink(word: Word, picture: Picture, height: float) -> tuple[int, int]:
    """Dots and runs of ink between the base line and the top of the small letters."""
    dark = runs = 0
    left, right = int(word.x0 * picture.scale), int(word.x1 * picture.scale) + 1
    bottom = int((height - word.base) * picture.scale)
    top = int(bottom - word.size * picture.scale * 0.45)
    for y in range(max(top, 0), min(bottom, picture.height)):
        row = picture.row(y, left, right).translate(_INK).split()
        runs += len(row)
        dark += sum(map(len, row))
    return dark, runs


def with_bullets(lines: list[list[Word]], picture: Picture, height: float) -> list[list[Word]]:
    """The lines with the signs before them that recognition passed over as specks, or took for a column of its own."""
    marks = []
    for line in lines:
        if line[0].text == "•":
            continue
        mark = _mark_before(line, picture, height)
        if mark is not None and not any(_covers(other[0], mark) for other in lines if other is not line):
            line.insert(0, mark)
            marks.append(mark)
    if len(marks) < 2:
        return lines
    left, right = min(m.x0 for m in marks) - 2, max(m.x1 for m in marks) + 2
    return [line for line in lines if not _is_rubbish(line, left, right)]


def _covers(word: Word, mark: Word) -> bool:
    return word.x0 < mark.x1 and word.x1 > mark.x0 and abs(word.base - mark.base) < mark.size * 0.6


def _is_rubbish(line: Sequence[Word], left: float, right: float) -> bool:
    """A column of bullets or numbers read as if it were a word."""
    return all(len(word.text) <= 3 for word in line) and line[0].x0 >= left and line[-1].x1 <= right


def _mark_before(line: Sequence[Word], picture: Picture, height: float) -> Word | None:
    """A dot, a square or a number that stands alone before a line: an item, whatever its sign."""
    first = line[0]
    size = first.size * picture.scale
    right = int(first.x0 * picture.scale - size * 0.25)
    left = int(right - size * 2.6)
    bottom = int((height - first.base) * picture.scale)
    found: list[tuple[int, int, int]] = []
    for y in range(max(int(bottom - size), 0), min(int(bottom + size * 0.2), picture.height)):
        row = picture.row(y, left, right).translate(_INK)
        if ink := row.strip():
            start = len(row) - len(row.lstrip())
            found.append((y, start, start + len(ink)))
    if not found:
        return None
    x0, x1 = min(f[1] for f in found), max(f[2] for f in found)
    tall = found[-1][0] - found[0][0] + 1
    middle = (found[0][0] + found[-1][0]) / 2
    small = 0.1 * size < tall < 0.9 * size and 0.1 * size < x1 - x0 < 1.1 * size
    if not small or x0 < size * 0.3 or not 0.1 * size < bottom - middle < 0.6 * size:
        return None
    edge = max(left, 0) / picture.scale
    return Word(
        "•", edge + x0 / picture.scale, edge + x1 / picture.scale, first.y0, first.y1, first.base, first.size, False, ""
    )  # fmt: skip


def rules_of(picture: Picture, height: float) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines of the page, in points."""
    level = _lines(picture.rows.translate(_FAINT), picture.width, picture.height)
    turned = b"".join(picture.rows[x :: picture.width] for x in range(picture.width))
    upright = _lines(turned.translate(_FAINT), picture.height, picture.width)
    s = picture.scale
    return (
        [Rule(height - at / s, start / s, end / s) for at, start, end in level],
        [Rule(at / s, height - end / s, height - start / s) for at, start, end in upright],
    )


def _lines(rows: bytes, width: int, count: int) -> Iterator[tuple[float, float, float]]:
    """Where long thin runs of ink lie: at which row, from where to where."""
    open_lines: list[list[int]] = []
    seen = 0
    for y in range(count):
        for run in _RUN.finditer(rows, y * width, (y + 1) * width):
            seen += 1
            if seen > _MOST_RUNS:
                return
            start, end = run.start() - y * width, run.end() - y * width
            _join(open_lines, y, start, end)
        still = []
        for line in open_lines:
            if y - line[1] > _DRIFT:
                yield from _finished(line)
            else:
                still.append(line)
        open_lines = still
    for line in open_lines:
        yield from _finished(line)


def _join(open_lines: list[list[int]], y: int, start: int, end: int) -> None:
    """Each open line is its first row, last row, start and end."""
    for line in open_lines:
        if start <= line[3] + _GAP and end >= line[2] - _GAP:
            line[1], line[2], line[3] = y, min(line[2], start), max(line[3], end)
            return
    open_lines.append([y, y, start, end])


def _finished(line: Sequence[int]) -> Iterator[tuple[float, float, float]]:
    """A line is thin, however askew; what is thick is a picture or a bar."""
    first, last, start, end = line
    if last - first < 8 + (end - start) * 0.012:
        yield (first + last) / 2, start, end
