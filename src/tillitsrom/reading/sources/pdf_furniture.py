"""Page furniture of a PDF: what stands at the top or foot of page after page, and the page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tillitsrom.reading.sources.pdf_lines import Line, lines_of
from tillitsrom.reading.sources.pdf_words import PageContent

_EDGE = 0.12
_LINES = 3
_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"^[-–|\s]*(\d{1,4})[-–|\s]*$")
_SAID_NUMBER = re.compile(r"^(?:side|s\.|page)\s*(\d{1,4}|[ivxl]{1,6})(?:\s*(?:av|of|/)\s*\d{1,4})?$", re.I)
_OF_NUMBER = re.compile(r"^(\d{1,4})\s*(?:av|of|/)\s*\d{1,4}$", re.I)
_ROMAN = re.compile(r"^[ivxl]{1,6}$")


@dataclass(frozen=True, slots=True)
class _Strip:
    """A stretch of text at the edge of a page."""

    page: int
    top: bool
    alone: bool
    line: Line

    @property
    def likeness(self) -> tuple[str, int]:
        """The same for what is repeated: the words without their numbers, at about the same height."""
        return _DIGITS.sub("#", self.line.text.casefold()), round(self.line.base / 6)

    @property
    def number(self) -> int | None:
        match = _BARE_NUMBER.match(self.line.text)
        return int(match.group(1)) if match else None

    @property
    def step(self) -> tuple[int, int]:
        """The same for page numbers that go up by one from page to page at the same height."""
        return (self.number or 0) - self.page, round(self.line.base / 6)


def strip_furniture(pages: Sequence[PageContent]) -> None:
    """Take it out of the words of each page."""
    strips = [strip for page in pages for strip in _strips(page)]
    seen = Counter(likeness for _, likeness in {(s.page, s.likeness) for s in strips})
    steps = Counter(s.step for s in strips if s.number is not None)
    enough = 2 if len(pages) < 5 else 3
    doomed: dict[int, set[int]] = {}
    for strip in strips:
        repeated = (
            len(pages) > 1 and seen[strip.likeness] >= enough and any(c.isalpha() for c in strip.line.text)
        )
        if repeated or _is_page_number(strip, steps, len(pages)):
            doomed.setdefault(strip.page, set()).update(id(w) for w in strip.line.words)
    for page in pages:
        gone = doomed.get(page.number, set()) | _companions(page, doomed.get(page.number, set()))
        page.words = [w for w in page.words if id(w) not in gone]


def _is_page_number(strip: _Strip, steps: Counter[tuple[int, int]], pages: int) -> bool:
    """A bare number counts when it goes up with the pages, so that figures of a table are left alone."""
    text = strip.line.text
    if _SAID_NUMBER.match(text) or _OF_NUMBER.match(text) or (strip.alone and _ROMAN.match(text)):
        return True
    number = strip.number
    if number is None:
        return False
    if pages <= 2:
        return strip.alone and number <= 400
    return steps[strip.step] >= max(2, min(3, pages // 4))


def _companions(page: PageContent, gone: set[int]) -> set[int]:
    """What stands on the same line as a page number, when that line is the last on the page and is smaller."""
    if not gone:
        return set()
    lines = lines_of(page.words)
    sizes = Counter(round(w.size, 1) for w in page.words)
    usual = sizes.most_common(1)[0][0]
    found: set[int] = set()
    for line in (lines[0], lines[-1]):
        ids = {id(w) for w in line.words}
        if ids & gone and line.size < usual * 0.92 and len(line.text) < 160:
            found |= ids
    return found


def _strips(page: PageContent) -> Iterator[_Strip]:
    """The outermost lines of the page, each stretch of a line by itself."""
    low, high = page.height * _EDGE, page.height * (1 - _EDGE)
    lines = [line for line in lines_of(page.words) if line.base > high or line.base < low]
    top = [line for line in lines if line.base > page.height / 2][:_LINES]
    bottom = [line for line in lines if line.base <= page.height / 2][-_LINES:]
    for line in top + bottom:
        parts = list(_parts(line))
        for part in parts:
            yield _Strip(page.number, line.base > page.height / 2, len(parts) == 1, part)


def _parts(line: Line) -> Iterator[Line]:
    start = 0
    for index in range(1, len(line.words) + 1):
        ended = index == len(line.words)
        if ended or line.words[index].x0 - line.words[index - 1].x1 > line.size * 2:
            yield Line(line.words[start:index])
            start = index
