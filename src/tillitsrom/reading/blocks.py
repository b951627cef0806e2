"""Cut a document's text into blocks: headings, paragraphs, list items and table rows, with their offsets.

The text is Markdown-like, also where it was written by hand or by another converter: HTML tags inside table cells, tables
that a converter squeezed into a heading, page anchors and letter-head noise all occur and must not disturb the reading.
Every step is linear in the length of the text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is in the document's layout."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `depth` is the level of a heading and the indentation of an item; `table` numbers the tables."""

    kind: BlockKind
    start: int
    end: int
    depth: int = 0
    marker: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    table: int = 0


_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b"
_MARKER = (
    r"(?:[-*+•–—▪●◦·]|o(?=[ \t]+[A-ZÆØÅ])|\(?\d{1,3}(?:\.\d{1,2}){0,3}\\?[.)](?![ \t]+" + _MONTH + r")"
    r"|\(?[a-zæøå][.)]|\(?(?:i{2,3}|iv|vi{0,3}|ix)[.)])[ \t]+(?=\S)"
)
_ITEM = re.compile(_MARKER)
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
_RULE = re.compile(r"[-=_*\s\f|:]+$")
_DASHES = re.compile(r":?-+:?$")
_ONLY_TAGS = re.compile(r"(?:<[^<>]*>\s*)+$")
_TAG = re.compile(r"<(/?)(p|br|ul|ol|li|div|td|th|tr|table|h[1-6])\b[^<>]*>", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{5,}|(?:\. ){5,}|…{2,}|_{5,})")
_MAX_CELLS = 64
Cells = Callable[[str], list[tuple[int, int]]]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_contents_line(line: str) -> bool:
    """Whether a line belongs to a table of contents: leaders of dots before a page number."""
    return ("..." in line or ". . ." in line or "…" in line or "____" in line) and bool(_LEADERS.search(line))


def parse_blocks(
    text: str, headings: Mapping[int, int] | None = None, cells: Cells | None = None
) -> tuple[Block, ...]:
    """All blocks of the text, in order. Offsets never overlap, except that a cell's blocks lie inside its row.

    For text without marks `headings` tells where headings begin, with their levels, and `cells` the columns of a line.
    """
    return tuple(_Parser(text, headings or {}, cells).parse())


def holds_blocks(text: str, start: int, end: int) -> bool:
    """Whether HTML tags divide the text into paragraphs or items."""
    return _TAG.search(text, start, end) is not None


def explode_cell(text: str, start: int, end: int) -> Iterator[Block]:
    """The paragraphs and list items inside a table cell that was written with HTML tags."""
    depth, at, fresh, item_depth = 0, start, False, 0
    for tag in _TAG.finditer(text, start, end):
        yield from _piece(text, at, tag.start(), item_depth, fresh)
        fresh = False
        at = tag.end()
        name, closing = tag.group(2).lower(), bool(tag.group(1))
        if name in ("ul", "ol"):
            depth = max(0, depth + (-1 if closing else 1))
            item_depth = depth * 2 if depth else 0
        elif name == "li":
            fresh = not closing
            item_depth = (depth * 2 or 2) if not closing else max(0, (depth - 1) * 2)
    yield from _piece(text, at, end, item_depth, fresh)


def _piece(text: str, start: int, end: int, depth: int, fresh: bool) -> Iterator[Block]:
    start, end = trim(text, start, end)
    if start >= end:
        return
    marker, body = _read_marker(text, start, end)
    if marker or fresh:
        yield Block(BlockKind.ITEM, body, end, depth, marker or "•")
    elif depth:
        # A line of its own inside an item: it belongs to the item, one step further in.
        yield Block(BlockKind.ITEM, start, end, depth + 1, "")
    else:
        yield Block(BlockKind.PARAGRAPH, start, end)


def _read_marker(text: str, start: int, end: int) -> tuple[str, int]:
    """The list marker at the start and where the item's own text begins; two markers in a row count as one."""
    found = ""
    for _ in range(2):
        match = _ITEM.match(text, start, end)
        if match is None:
            break
        marker = match.group().strip().replace("\\", "")
        if not found or marker[-1] in ".)":
            found = marker
        start = match.end()
    return found, start


class _Parser:
    """Walks over the lines once; the open paragraph or item is closed by a blank line or by another kind of line."""

    def __init__(self, text: str, headings: Mapping[int, int], cells: Cells | None) -> None:
        self.text = text
        self.headings = headings
        self.cells = cells
        self.open: tuple[BlockKind, int, int, str] | None = None
        self.open_end = 0
        self.table = 0
        self.in_table = False

    def parse(self) -> Iterator[Block]:
        at = 0
        for line in self.text.splitlines(keepends=True):
            yield from self._line(line, at)
            at += len(line)
        yield from self._close()

    def _close(self) -> Iterator[Block]:
        if self.open is not None:
            kind, start, depth, marker = self.open
            self.open = None
            start, end = trim(self.text, start, self.open_end)
            if start < end:
                yield Block(kind, start, end, depth, marker)

    def _line(self, line: str, at: int) -> Iterator[Block]:
        body = line.strip()
        if not body:
            yield from self._close()
            self.in_table = False
            return
        start = at + line.index(body[0])
        end = start + len(body)
        first = body[0]
        if first == "|":
            yield from self._close()
            yield from self._row(start, end)
            return
        if self.cells is not None and "\t" in body and (columns := self.cells(line)):
            yield from self._close()
            yield from self._columns(start, end, [(at + left, at + right) for left, right in columns])
            return
        self.in_table = False
        if start in self.headings:
            yield from self._close()
            yield Block(BlockKind.HEADING, start, end, self.headings[start])
            return
        if first == "#" and (match := _HEADING.match(body)):
            yield from self._close()
            yield from self._heading(start, match.end(), end)
            return
        if first == "<" and body[-1] == ">" and _ONLY_TAGS.match(body):
            return
        if first in "-=_*\f" and _RULE.match(body):
            yield from self._close()
            return
        if is_contents_line(body):
            yield from self._close()
            return
        yield from self._running(start, end, start - at)

    def _running(self, start: int, end: int, indent: int) -> Iterator[Block]:
        """A line of a paragraph or an item, which goes on from the line before it where one is open."""
        marker, inner = _read_marker(self.text, start, end)
        if marker:
            yield from self._close()
            self.open = (BlockKind.ITEM, inner, indent, marker)
        elif self.open is None:
            self.open = (
                (BlockKind.PARAGRAPH, start, 0, "") if indent < 2 else (BlockKind.ITEM, start, indent, "")
            )
        self.open_end = end

    def _heading(self, start: int, level: int, end: int) -> Iterator[Block]:
        inner, end = trim(self.text, start + level, end)
        if inner < end and self.text[inner] == "|":
            # A converter has squeezed a table's only row into a heading.
            self.in_table = False
            yield from self._row(inner, end)
        elif inner < end and not is_contents_line(self.text[inner:end]):
            yield Block(BlockKind.HEADING, inner, end, level)

    def _columns(self, start: int, end: int, cells: list[tuple[int, int]]) -> Iterator[Block]:
        """A line whose columns are parted by tabs."""
        if not self.in_table:
            self.table += 1
            self.in_table = True
        yield Block(BlockKind.ROW, start, end, 0, "", tuple(cells[:_MAX_CELLS]), self.table)

    def _row(self, start: int, end: int) -> Iterator[Block]:
        if not self.in_table:
            self.table += 1
            self.in_table = True
        if is_contents_line(self.text[start:end]):
            return
        cells: list[tuple[int, int]] = []
        at = start + 1
        while at < end and len(cells) < _MAX_CELLS:
            stop = self.text.find("|", at, end)
            stop = end if stop < 0 else stop
            left, right = trim(self.text, at, stop)
            # A cell without content keeps its place, so that the columns stay in line with the header.
            cells.append((left, left if _DASHES.match(self.text[left:right] or "-") else right))
            at = stop + 1
        if any(left < right for left, right in cells):
            yield Block(BlockKind.ROW, start, end, 0, "", tuple(cells), self.table)
