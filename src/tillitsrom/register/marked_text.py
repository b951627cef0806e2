"""A document's text as HTML with its sentences marked: one pass over the text, everything escaped, Markdown made light.

The text is Markdown by nature (the reader writes every format so): headings, list items, table rows and paragraphs become
their HTML. A mark that runs over several of them is cut where they end, so every offset stays true.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tillitsrom.web.classes import CLASSES

_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$")
_BREAK = re.compile(r"&lt;br\s*/?&gt;", re.IGNORECASE)
_TAG = r"/?(?:a|b|i|u|em|strong|span|sup|sub|p|div)\b"
_ESCAPED_TAG = re.compile(rf"&lt;{_TAG}(?:(?!&lt;|&gt;).){{0,300}}&gt;", re.IGNORECASE)
_MASKED = re.compile(r"█(?:[█ \n]*█)?")
_RAW_TAG = re.compile(rf"<(?:br\b|{_TAG})[^<>]{{0,300}}>", re.IGNORECASE)
_EMPHASIS = re.compile(
    r"\*\*|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|__(?=\S)|(?<=\S)__|\\(?=[\\*_.#\[\]()-])"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text to mark: what it is, how it stands, and where a click leads."""

    key: int
    start: int
    end: int
    kind: str
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the text that becomes one element. `level` is a heading's, or 1 for a numbered item; `cells` are the
    spans of a table row."""

    tag: str
    start: int
    end: int
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()


def _cells(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The spans between the bars of a table row."""
    bars = [i for i in range(start, end) if text[i] == "|" and text[i - 1 : i] != "\\"]
    spans = []
    for left, right in pairwise(bars):
        piece = text[left + 1 : right]
        spans.append((left + 1 + len(piece) - len(piece.lstrip()), right - len(piece) + len(piece.rstrip())))
    return tuple((a, max(a, b)) for a, b in spans)


def _line(text: str, start: int, end: int) -> _Block | None:
    """What one line is; None for a line that only draws."""
    line = text[start:end]
    if heading := _HEADING.match(line):
        return _Block("h", start + heading.end(), end, level=len(heading[1]))
    if _RULE.match(line):
        return None
    if line.lstrip().startswith("|") and line.count("|") > 1:
        return _Block("tr", start, end, cells=_cells(text, start, end))
    if item := _ITEM.match(line):
        # A number that was written stays to be read; only the sign of a plain list is taken away.
        numbered = item[0].strip()[0].isdigit()
        return _Block("li", start if numbered else start + item.end(), end, level=int(numbered))
    return _Block("p", start, end)


def _blocks(text: str) -> Iterator[_Block]:
    """The text as blocks in order; lines of one paragraph belong together."""
    open_block: _Block | None = None
    position = 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        end = start + len(line.rstrip())
        found = _line(text, start, end) if end > start else None
        if open_block and found and found.tag == "p" and open_block.tag in ("p", "li"):
            open_block = _Block(open_block.tag, open_block.start, end, open_block.level)
            continue
        if open_block:
            yield open_block
        open_block = found
    if open_block:
        yield open_block


class _Writer:
    """Writes blocks as HTML while it walks the marks beside them."""

    def __init__(self, text: str, marks: Sequence[Mark], pages: Sequence[Sequence[int]]) -> None:
        self.text = text
        self.marks = sorted(marks, key=lambda m: (m.start, -m.end))
        self.at = 0
        self.seen: set[int] = set()
        self.pages = [page for page in pages if len(page) == 3]
        self.next_page = 0
        self.out: list[str] = []
        self.inside = ""
        self.level = 2
        self.letters = {kind: (escape(shown.letter), escape(shown.name)) for kind, shown in CLASSES.items()}

    def write(self) -> str:
        for block in _blocks(self.text):
            self._page_breaks(block)
            self._container({"li": "ul", "tr": "table"}.get(block.tag, ""))
            if block.tag == "h":
                self.level = min(block.level + 2, self.level + 1, 6)
                self.out.append(f"<h{self.level}>{self._span(block.start, block.end)}</h{self.level}>")
            elif block.tag == "tr":
                cells = "".join(f"<td>{self._span(start, end)}</td>" for start, end in block.cells)
                self.out.append(f"<tr>{cells}</tr>")
            else:
                numbered = ' class="is-numbered"' if block.tag == "li" and block.level else ""
                self.out.append(f"<{block.tag}{numbered}>{self._span(block.start, block.end)}</{block.tag}>")
        self._container("")
        return "".join(self.out)

    def _container(self, wanted: str) -> None:
        if wanted == self.inside:
            return
        if self.inside:
            self.out.append(f"</{self.inside}>")
        if wanted:
            self.out.append(f"<{wanted}>")
        self.inside = wanted

    def _page_breaks(self, block: _Block) -> None:
        while self.next_page < len(self.pages) and self.pages[self.next_page][1] <= block.start:
            number = self.pages[self.next_page][0]
            self._container("")
            label = escape(_("Page %(number)s") % {"number": number})
            self.out.append(f'<span class="tr-page-break" id="side-{number}">{label}</span>')
            self.next_page += 1

    def _span(self, start: int, end: int) -> str:
        """The text between two offsets, with the marks that touch it."""
        parts: list[str] = []
        while self.at < len(self.marks) and self.marks[self.at].end <= start:
            self.at += 1
        position, index = start, self.at
        while index < len(self.marks) and self.marks[index].start < end:
            mark = self.marks[index]
            index += 1
            first, last = max(mark.start, position), min(mark.end, end)
            if last <= first:
                # Stands inside another mark: only its letter is shown, so that it can still be reached.
                if mark.key not in self.seen:
                    parts.append(self._mark(mark, ""))
                continue
            parts.append(self._plain(position, first))
            parts.append(self._mark(mark, self._plain(first, last)))
            position = last
        parts.append(self._plain(position, end))
        return "".join(parts)

    def _plain(self, start: int, end: int) -> str:
        escaped = str(escape(self.text[start:end]))
        if "&lt;" in escaped:
            escaped = _BREAK.sub("<br>", _ESCAPED_TAG.sub("", escaped))
        shown = _EMPHASIS.sub("", escaped)
        if "█" in shown:
            # Read aloud it is a sentence, not a row of blocks.
            words = escape(_("Exempt from openness"))
            shown = _MASKED.sub(
                rf'<span aria-hidden="true">\g<0></span><span class="ds-sr-only">({words})</span>', shown
            )
        return shown

    def _mark(self, mark: Mark, content: str) -> str:
        letter, name = self.letters[mark.kind]
        lead = identity = ""
        if mark.key not in self.seen:
            self.seen.add(mark.key)
            identity = f' id="mark-{mark.key}"'
            lead = (
                f'<span class="tr-letter" aria-hidden="true">{letter}</span>'
                f'<span class="ds-sr-only">{name}: </span>'
            )
        state = "" if mark.state == "pending" else f' data-state="{escape(mark.state)}"'
        return (
            f'<a class="tr-mark"{identity} data-of="{mark.key}" data-class="{mark.kind}"{state} '
            f'href="{escape(mark.href)}">{lead}{content}</a>'
        )


def marked(text: str, marks: Sequence[Mark], pages: Sequence[Sequence[int]] = ()) -> SafeString:
    """The text with its marks, safe to put on a page."""
    return mark_safe(_Writer(text, marks, pages).write())  # noqa: S308  # all text and all attributes are escaped


def plain(text: str) -> str:
    """A sentence without its markup and on one line, for lists."""
    return " ".join(_EMPHASIS.sub("", _RAW_TAG.sub(" ", text)).split())


_BOUNDARY = re.compile(
    r"(?<=[.!?:;])\s+(?=\S)|(?<=,)\s+(?=\S)|\s+(?=(?:og|samt|men|eller|and)\s)|\n+\s*(?=\S)"
)
_WORD = re.compile(r"(?<=\S)\s+(?=\S)")


def boundaries(text: str, start: int, end: int, *, words: bool = False) -> list[int]:
    """Where a sentence may be split: before a new sentence, clause or list item, or before any word."""
    piece = text[start:end]
    pattern = _WORD if words else _BOUNDARY
    return [start + found.end() for found in pattern.finditer(piece) if 0 < found.end() < len(piece)]
