"""Page furniture of a PDF: what stands at the top or foot of page after page, and the page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tillitsrom.reading.sources.pdf_lines import Line, lines_on
from tillitsrom.reading.sources.pdf_words import PageContent, Word

_EDGE = 0.12
_MARGIN = 0.07
_FOOT = 0.16
_SMALL = 0.86
_LINES = 3
_FEW_PAGES = 5
_PAGE = "#"
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
        """The same for what is repeated: its words, at about the same height. A page number in it is left out."""
        words = [_PAGE if word == str(self.page) else word for word in self.line.text.casefold().split()]
        return " ".join(words), round(self.line.base / 6)

    @property
    def number(self) -> int | None:
        match = _BARE_NUMBER.match(self.line.text) or _OF_NUMBER.match(self.line.text)
        return int(match.group(1)) if match else None

    @property
    def step(self) -> tuple[int, int]:
        """The same for page numbers that go up by one from page to page at the same height."""
        return (self.number or 0) - self.page, round(self.line.base / 6)


def strip_furniture(pages: Sequence[PageContent]) -> None:
    """Take it out of the words of each page."""
    strips = [strip for page in pages for strip in _strips(page)]
    steps = Counter(s.step for s in strips if s.number is not None)
    repeated = _repeated(pages, strips)
    doomed: dict[int, set[int]] = {}
    for strip in strips:
        if strip.likeness in repeated or _is_page_number(strip, steps, len(pages)):
            doomed.setdefault(strip.page, set()).update(id(w) for w in strip.line.words)
    for page in pages:
        if gone := doomed.get(page.number):
            gone = gone | _companions(page, gone)
            page.words = [w for w in page.words if id(w) not in gone]


def _repeated(pages: Sequence[PageContent], strips: Sequence[_Strip]) -> set[tuple[str, int]]:
    """What stands on several pages, outside the place where the text of the pages begins and ends."""
    if len(pages) < 2:
        return set()
    seen: dict[tuple[str, int], list[_Strip]] = {}
    for strip in strips:
        if any(c.isalpha() for c in strip.line.text):
            seen.setdefault(strip.likeness, []).append(strip)
    few = len(pages) < _FEW_PAGES
    candidates = {
        key: group for key, group in seen.items() if len({s.page for s in group}) >= (2 if few else 3)
    }
    once = [group[0] for group in seen.values() if len(group) == 1]
    heights = {page.number: page.height for page in pages}
    return {
        key
        for key, group in candidates.items()
        if _outermost(group[0], once, len(pages)) and (not few or _far_out(group[0], heights[group[0].page]))
    }


def _outermost(strip: _Strip, once: Sequence[_Strip], pages: int) -> bool:
    base = strip.line.base
    beyond = {
        other.page
        for other in once
        if other.top == strip.top
        and (other.line.base > base + 2 if strip.top else other.line.base < base - 2)
    }
    return len(beyond) <= 1 + pages * 0.1


def _far_out(strip: _Strip, height: float) -> bool:
    return strip.line.base < height * _MARGIN or strip.line.base > height * (1 - _MARGIN)


def take_small_print(page: PageContent, usual: float) -> list[Word]:
    """The sender's addresses at the foot of a letter's first page: the text goes on past them on the next page."""
    found: list[Word] = []
    for line in reversed(lines_on(page)):
        if line.base > page.height * _FOOT or max(w.size for w in line.words) > usual * _SMALL:
            break
        found += line.words
    if not found:
        return found
    taken = {id(w) for w in found}
    page.words = [w for w in page.words if id(w) not in taken]
    return found


def _is_page_number(strip: _Strip, steps: Counter[tuple[int, int]], pages: int) -> bool:
    """A bare number counts when it goes up with the pages, so that figures of a table are left alone."""
    text = strip.line.text
    if _SAID_NUMBER.match(text) or (strip.alone and _ROMAN.match(text)):
        return True
    number = strip.number
    if number is None:
        return False
    if pages <= 2:
        return strip.alone and number <= 400 and "/" not in text
    return steps[strip.step] >= max(2, min(3, pages // 4))


def _companions(page: PageContent, gone: set[int]) -> set[int]:
    """What stands on the same line as a page number, when that line is the last on the page and is smaller."""
    lines = lines_on(page)
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
    lines = [line for line in lines_on(page) if line.base > high or line.base < low]
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
