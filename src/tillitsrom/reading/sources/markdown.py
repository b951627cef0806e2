"""Writes what a source found as plain Markdown, and remembers which page each part stands on."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tillitsrom.reading.model import Page


class BlockKind(StrEnum):
    """The forms that a text has after its source is read."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a block, with the page it stands on; a paragraph may run over two pages."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a table row.

    `level` is the heading's level from 1, or the item's depth from 0. `marker` is an item's own number ("1.", "a)").
    `cells` is used by rows only.
    """

    kind: BlockKind
    parts: tuple[Part, ...]
    level: int = 0
    marker: str = ""
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(p.text for p in self.parts)

    @property
    def page(self) -> int | None:
        return self.parts[0].page if self.parts else None


_SPACE = re.compile(r"[\s\u00a0\u2007\u202f]+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ufffe\uffff]")
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_LOOKS_LIKE_SYNTAX = re.compile(r"^(#{1,6} |\|)")


def tidy(text: str) -> str:
    """One line, single spaces, nothing invisible, and each letter as one character ("å", and not "a" with a ring)."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_LIGATURES))
    else:
        text = _INVISIBLE.sub("", text)
    return _SPACE.sub(" ", text).strip()


def heading(text: str, level: int, page: int | None = None) -> Block:
    return Block(BlockKind.HEADING, (Part(tidy(text), page),), max(1, min(level, 6)))


def paragraph(text: str, page: int | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, (Part(tidy(text), page),))


def item(text: str, level: int = 0, marker: str = "", page: int | None = None) -> Block:
    return Block(BlockKind.ITEM, (Part(tidy(text), page),), min(level, 8), marker)


def row(cells: Sequence[str], page: int | None = None) -> Block:
    clean = tuple(tidy(cell).replace("|", "/") for cell in cells)
    return Block(BlockKind.ROW, (Part(" ".join(c for c in clean if c), page),), cells=clean)


_LONG_CELL = 200
_LABEL = re.compile(
    r"(?:frist|frister|leveranse|leveransefrist|rapporteringsfrist|ansvarlig|kontakt|saksbehandler|dato|deres ref|vår ref)\b",
    re.I,
)
_TITLED = re.compile(r"(?:[a-zæøå]{1,5}\s?\d{4}-\d+|oppdrag|\d+(?:\.\d+)*\.?)\s", re.I)


def reads_as_heading(text: str, *, larger: bool) -> bool:
    """Of a line that looks like a heading, for it is larger or bold: it is short and does not end as a sentence does."""
    longest = 200 if larger else 130
    if len(text) > (260 if _TITLED.match(text) else longest) or not any(c.isalpha() for c in text):
        return False
    if text.endswith(".") and (len(text) > 60 or (not larger and text.count(" ") >= 3)):
        return False
    if larger:
        return True
    return not (text.endswith((":", ",", ";")) or _LABEL.match(text) or text[:1].islower())


_LONGEST_LEAD = 200


def with_lead(text: str, lead: str) -> str:
    """A text whose first words are bold, with them marked so: what they name is often told apart by nothing else."""
    if not lead or not text.startswith(lead) or len(lead) > _LONGEST_LEAD or "*" in lead:
        return text
    rest = text[len(lead) :]
    if not any(c.isalnum() for c in rest) or sum(c.isalpha() for c in lead) < 2:
        return text
    return f"**{lead}**{rest}"


def with_bold(block: Block, lead: str) -> Block:
    """The same for a block that is a paragraph or an item of one part."""
    if not lead or len(block.parts) != 1 or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return block
    part = block.parts[0]
    return replace(block, parts=(Part(with_lead(part.text, lead), part.page),))


_STARTS = re.compile(r"\s*(?:[•·▪■●○*–-]\s|\(?\d{1,2}[.)]\s|\(?[a-zæøå][.)]\s|(?:frist|frister)\b)", re.I)
_BULLET = re.compile(r"^[•·▪■●○*–-]\s+(?=\S)")


def blocks_by_hand(text: str) -> list[Block]:
    """The paragraphs and items of a text whose writer broke its lines by hand and put signs in front of them."""
    pieces: list[str] = []
    for line in text.split("\n"):
        apart = pieces and (_STARTS.match(line) or pieces[-1].rstrip().endswith((".", ":")))
        if apart or not pieces:
            pieces.append(line)
        else:
            pieces[-1] += f" {line}"
    clean = [piece for raw in pieces if (piece := tidy(raw))]
    return [item(_BULLET.sub("", piece)) if _BULLET.match(piece) else paragraph(piece) for piece in clean]


def cell_text(blocks: Sequence[Block]) -> str:
    """What a cell of a table holds, on one line: its paragraphs and items parted by `<br>`."""
    if len(blocks) == 1:
        return " ".join(filter(None, (blocks[0].marker, blocks[0].text)))
    if any(block.kind is BlockKind.ITEM and block.level for block in blocks):
        return _nested(blocks)
    pieces = [
        f"- {' '.join(filter(None, (block.marker, block.text)))}"
        if block.kind is BlockKind.ITEM
        else block.text
        for block in blocks
    ]
    return "<br>".join(pieces)


def _nested(blocks: Sequence[Block]) -> str:
    """The same where items stand inside items: Markdown has no such thing in a cell, and HTML has."""
    out: list[str] = []
    depth = 0
    for block in blocks:
        wanted = block.level + 1 if block.kind is BlockKind.ITEM else 0
        while depth > wanted:
            out.append("</li></ul>")
            depth -= 1
        if depth == wanted and depth:
            out.append("</li>")
        while depth < wanted:
            depth += 1
            out.append("<ul>" if depth == wanted else "<ul><li>")
        text = " ".join(filter(None, (block.marker, block.text)))
        out.append(f"<li>{text}" if wanted else f"<p>{text}</p>")
    return "".join(out) + "</li></ul>" * depth


def is_prose(blocks: Sequence[Block]) -> bool:
    """A row of one cell with several blocks, or a long one, is text in a frame and not a row of a table."""
    return len(blocks) > 1 or (len(blocks) == 1 and len(blocks[0].text) > _LONG_CELL)


def write(blocks: Sequence[Block], page_count: int = 0) -> tuple[str, tuple[Page, ...]]:
    """The text of all blocks, and where each page starts and ends in it.

    A page is given twice when notes from it stand last in the text.
    """
    writer = _Writer()
    before: Block | None = None
    for block in blocks:
        if block.text or any(block.cells):
            writer.add(block, before)
            before = block
    return writer.text(), writer.pages(page_count)


class _Writer:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._starts: list[tuple[int, int]] = []

    def add(self, block: Block, before: Block | None) -> None:
        if before is not None:
            together = block.kind is before.kind and block.kind in (BlockKind.ITEM, BlockKind.ROW)
            together = together and len(block.cells) == len(before.cells)
            self._put("\n" if together else "\n\n")
        if block.kind is BlockKind.ROW:
            self._turn(block.page)
            self._put("| " + " | ".join(block.cells) + " |")
            first = (
                before is None or before.kind is not BlockKind.ROW or len(before.cells) != len(block.cells)
            )
            if first:
                self._put("\n|" + "---|" * len(block.cells))
            return
        self._put_prefix(block)
        for number, part in enumerate(block.parts):
            if number:
                self._put(" ")
            self._turn(part.page)
            self._put(part.text)

    def _put_prefix(self, block: Block) -> None:
        self._turn(block.page)
        if block.kind is BlockKind.HEADING:
            self._put("#" * block.level + " ")
        elif block.kind is BlockKind.ITEM:
            self._put("  " * block.level + "- " + (f"{block.marker} " if block.marker else ""))
        elif _LOOKS_LIKE_SYNTAX.match(block.parts[0].text):
            self._put("\\")

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _turn(self, page: int | None) -> None:
        if page is not None and (not self._starts or self._starts[-1][0] != page):
            self._starts.append((page, self._length))

    def text(self) -> str:
        return "".join(self._pieces) + ("\n" if self._pieces else "")

    def pages(self, count: int) -> tuple[Page, ...]:
        total = self._length + (1 if self._pieces else 0)
        if not count:
            return ()
        spans: list[Page] = []
        for index, (number, start) in enumerate(self._starts):
            end = self._starts[index + 1][1] if index + 1 < len(self._starts) else total
            spans.append(Page(number, 0 if index == 0 else start, end))
        return tuple(_with_empty_pages(spans, count, total))


def _with_empty_pages(spans: list[Page], count: int, total: int) -> list[Page]:
    """Pages without text get an empty span at the place where they come."""
    found: list[Page] = []
    expected = 1
    for span in spans:
        while expected < span.number:
            found.append(Page(expected, span.start, span.start))
            expected += 1
        found.append(span)
        expected = max(expected, span.number + 1)
    found.extend(Page(number, total, total) for number in range(expected, count + 1))
    return found
