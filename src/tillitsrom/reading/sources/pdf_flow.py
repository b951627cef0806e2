"""Lines become drafts of blocks: where a paragraph ends, what is an item, what looks like a heading."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tillitsrom.reading.sources.markdown import BlockKind
from tillitsrom.reading.sources.pdf_lines import Line, Region
from tillitsrom.reading.sources.pdf_tables import Entry, Rows, structured
from tillitsrom.reading.sources.pdf_words import Word

_MUCH = 0.15
_LARGER = 0.7
_AROUND = 5
BULLETS = frozenset("•●○▪■□▶►➢✓·*◦‣⁃")
_DASHES = frozenset("-–—")
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-zæøå][.)]|\(?(?:ii|iii|iv|vi|vii|viii|ix)[.)])$")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)[a-z]*\b", re.I)
_HEADING_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|§+|kapittel|kap\.|vedlegg|del)$", re.I)
_CLOSED = re.compile(r"[.!?:;…][»”\")\]]*$")


@dataclass(slots=True)
class Draft:
    """A block in the making.

    `start` is where its text starts on the line; `edge` is where its marker stands, seen from the left of its region.
    """

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    marker: str = ""
    edge: float = 0.0
    start: float = 0.0
    cells: tuple[str, ...] = ()
    text: str = ""
    level: int = 0
    aside: bool = False
    top: float = 0.0
    page: int = 0

    @property
    def last(self) -> Line:
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class Body:
    """What ordinary text looks like in this document. `largest` is the largest size that much of the text has."""

    size: float
    largest: float
    font: str
    pitch: dict[float, float]

    def pitch_of(self, size: float) -> float:
        return self.pitch.get(round(size), size * 1.25)


def body_of(lines: Iterable[Line]) -> Body:
    """The size, font and line distance of most of the text."""
    exact: dict[float, int] = {}
    fonts: dict[str, int] = {}
    steps: dict[float, Counter[float]] = {}
    before: Line | None = None
    for line in lines:
        for size, font, count in line.looks:
            exact[size] = exact.get(size, 0) + count
            fonts[font] = fonts.get(font, 0) + count
        if before is not None and before.page == line.page and abs(before.size - line.size) < 0.4:
            step = before.base - line.base
            if line.size * 0.9 < step < line.size * 2.2:
                steps.setdefault(round(line.size), Counter())[round(step * 2) / 2] += 1
        before = line
    pitch = {size: _usual(counted) for size, counted in steps.items()}
    sizes: Counter[float] = Counter()
    for size, count in exact.items():
        sizes[round(size * 2) / 2] += count
    if not sizes:
        return Body(10.0, 10.0, "", pitch)
    much = sizes.total() * _MUCH
    largest = max((size for size, count in sizes.items() if count >= much), default=0.0)
    size = sizes.most_common(1)[0][0]
    return Body(size, max(size, largest), max(fonts, key=fonts.__getitem__), pitch)


def _usual(steps: Counter[float]) -> float:
    """The smallest step that is common: lines within a paragraph stand closer than paragraphs do."""
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= most * 0.4)


def drafts_of(region: Region, body: Body) -> list[Draft]:
    """The blocks of one region."""
    flow = _Flow(body, _right_edges(region.lines))
    for piece in structured(region.lines):
        if isinstance(piece, Entry):
            flow.close(Draft(BlockKind.PARAGRAPH, text=piece.text, top=piece.line.base, page=piece.line.page))
        elif isinstance(piece, Rows):
            for cells in piece.cells:
                flow.close(Draft(BlockKind.ROW, cells=cells, top=piece.first.base, page=piece.first.page))
        else:
            flow.add(piece)
    left = region.x0
    for draft in flow.drafts:
        draft.edge -= left
    return flow.drafts


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """How far to the right the text goes around each line: columns and frames are narrower than the page."""
    ends = [line.x1 for line in lines]
    return {id(line): max(ends[max(0, n - _AROUND) : n + _AROUND + 1]) for n, line in enumerate(lines)}


class _Flow:
    def __init__(self, body: Body, right: dict[int, float]) -> None:
        self.drafts: list[Draft] = []
        self._body = body
        self._right = right

    def close(self, draft: Draft) -> None:
        self.drafts.append(draft)

    def add(self, line: Line) -> None:
        current = self.drafts[-1] if self.drafts and self.drafts[-1].lines else None
        if current is not None and self._continues(current, line):
            current.lines.append(line)
        else:
            self.drafts.append(self._opened(line))

    def _opened(self, line: Line) -> Draft:
        draft = Draft(BlockKind.PARAGRAPH, [line], edge=line.x0, start=line.x0, top=line.base, page=line.page)
        if looks_like_heading(line, self._body):
            draft.kind = BlockKind.HEADING
            return draft
        if len(line.words) > 1 and (marker := self._marker(line)) is not None:
            draft.kind = BlockKind.ITEM
            draft.marker = marker
            draft.start = line.words[1].x0
        return draft

    def _marker(self, line: Line) -> str | None:
        """The sign or number in front of an item; None for a line that is no item."""
        first, second = line.words[0], line.words[1]
        if first.text in BULLETS or (first.text == "o" and "courier" in first.font.lower()):
            return ""
        if first.text in _DASHES and (second.x0 - first.x1 > line.size * 0.4 or self._dash_before(first)):
            return ""
        if (
            _NUMBER.match(first.text)
            and not _MONTH.match(second.text)
            and second.x0 - first.x1 > line.size * 0.15
        ):
            return first.text
        return None

    def _dash_before(self, word: Word) -> bool:
        return not self.drafts or not self.drafts[-1].lines or _ends(self.drafts[-1].last)

    def _continues(self, draft: Draft, line: Line) -> bool:
        before = draft.last
        step = before.base - line.base
        if (
            before.words[-1].text.endswith(("-", "\u00ad"))
            and 0 < step < self._body.pitch_of(line.size) * 1.3 + 0.6
        ):
            return line.x0 < draft.start + 4 * line.size
        lowercase = _starts_small(line) and not _ends(before)
        if draft.kind is BlockKind.HEADING and self._runs_on(before, line, step):
            # A sentence that begins with a whole line in bold is no heading.
            draft.kind = BlockKind.PARAGRAPH
        if draft.kind is BlockKind.HEADING:
            alike = (
                abs(before.size - line.size) < 0.6 and before.bold == line.bold and before.font == line.font
            )
            return alike and 0 < step < line.size * 1.75 and not _HEADING_NUMBER.match(line.words[0].text)
        if (
            len(line.words) > 1
            and self._marker(line) is not None
            and not (lowercase and line.words[0].text == "–")
        ):
            return False
        pitch = self._body.pitch_of(line.size)
        if step <= 0 or step > pitch * (1.6 if lowercase else 1.28) + 0.6:
            return False
        if lowercase:
            return line.x0 < draft.start + 4 * line.size
        if looks_like_heading(line, self._body) or abs(before.size - line.size) > line.size * 0.09:
            return False
        return self._in_place(draft, line) and not self._broken_on_purpose(before, line)

    def _runs_on(self, before: Line, line: Line, step: float) -> bool:
        alike = before.bold == line.bold and before.font == line.font
        if (
            alike
            or before.size > self._body.largest + _LARGER
            or not 0 < step < self._body.pitch_of(line.size) * 1.3
        ):
            return False
        return _starts_small(line) or before.text.endswith(("-", "\u00ad", ","))

    def _in_place(self, draft: Draft, line: Line) -> bool:
        """Does the line start where the block's lines start?"""
        slack = line.size * 0.9
        if draft.kind is BlockKind.ITEM:
            return abs(line.x0 - draft.start) < slack or (
                len(draft.lines) > 1 and abs(line.x0 - draft.lines[1].x0) < slack
            )
        if len(draft.lines) == 1:
            return -4 * line.size < line.x0 - draft.start < slack * 2
        return abs(line.x0 - draft.lines[1].x0) < slack

    def _broken_on_purpose(self, before: Line, line: Line) -> bool:
        """The next word would have had room on the line above, so somebody ended the line there."""
        right = self._right[id(before)]
        room = right - before.x1 - line.size * 0.3 - (line.words[0].x1 - line.words[0].x0)
        if room <= line.size * 0.5:
            return False
        width = max(right - before.x0, 1.0)
        return _ends(before) or room > width * 0.15


def looks_like_heading(line: Line, body: Body) -> bool:
    """By its looks alone: larger than the text, or wholly in another and stronger font."""
    if not any(c.isalpha() for c in line.text):
        return False
    if line.size > body.largest + _LARGER:
        return True
    if line.size < body.size * 0.9:
        return False
    return line.bold or _another_font(line, body)


def _another_font(line: Line, body: Body) -> bool:
    """A font without a telling name counts when it is not a slanted one and the line is short."""
    if not line.font or line.font == body.font or "ital" in line.font.lower() or "obliq" in line.font.lower():
        return False
    return bool(_HEADING_NUMBER.match(line.words[0].text)) and len(line.words) > 1


def as_item(draft: Draft) -> bool:
    """Turn what is no heading into an item, where a number stands in front of it."""
    words = draft.lines[0].words
    if len(words) < 2 or not _NUMBER.match(words[0].text) or _MONTH.match(words[1].text):
        return False
    draft.kind, draft.marker, draft.start = BlockKind.ITEM, words[0].text, words[1].x0
    return True


def _ends(line: Line) -> bool:
    return bool(_CLOSED.search(line.words[-1].text))


def _starts_small(line: Line) -> bool:
    return line.words[0].text[:1].islower()
