"""From pages to one document: page furniture and notes taken out, words and paragraphs mended, headings levelled."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tillitsrom.reading.sources import markdown
from tillitsrom.reading.sources.markdown import Block, BlockKind, Part
from tillitsrom.reading.sources.pdf_flow import BULLETS, Body, Draft, as_item
from tillitsrom.reading.sources.pdf_lines import Line, lines_on
from tillitsrom.reading.sources.pdf_words import PageContent, Word

_HYPHENS = ("-", "\u00ad", "‐")
_CLOSED = re.compile(r"[.!?:…][»”\")\]]*$")
# A sentence does not end with any of these.
_LEADS_ON = frozenset(
    """og eller samt i på av til for fra frå med om ved som at å en ein et eit den det de dei skal må bør kan vil er
    mellom under over etter før innen innan mot hos""".split()  # noqa: SIM905 - reads better as a text
)
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_NOTE_NUMBER = re.compile(r"^\d{1,3}$")


def note_marks(content: PageContent) -> dict[int, str]:
    """Raised numbers of the page by the identity of their word: references to notes, if the notes are there."""
    marks: dict[int, str] = {}
    for line in lines_on(content):
        for word in line.words:
            raised = word.size < line.size * 0.8 and word.y0 > line.base - line.size * 0.05
            if raised and _NOTE_NUMBER.match(word.text):
                marks[id(word)] = word.text
    return marks


def split_notes(lines: Sequence[Line], body: Body, marks: Iterable[str]) -> tuple[list[Line], list[Line]]:
    """Part the small print at the foot of the page from the text above it."""
    numbers = set(marks)
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        small = max(w.size for w in line.words) < body.size * 0.93
        if not small:
            break
        if line.words[0].text in numbers:
            start = index
    return list(lines[:start]), list(lines[start:])


class Mender:
    """Joins the lines of a block: words that a line's end cut in two become whole."""

    def __init__(self, words: Iterable[Word], marks: dict[int, str]) -> None:
        self._known: Counter[str] = Counter()
        for text, count in Counter([word.text for word in words]).items():
            self._known[_bare(text)] += count
        self._marks = marks

    def parts(self, draft: Draft) -> list[Part]:
        """The text, a part for each page that it stands on."""
        parts: list[Part] = []
        for number, line in enumerate(draft.lines):
            text = self._line(line, skip=1 if number == 0 and draft.kind is BlockKind.ITEM else 0)
            if not text:
                continue
            if parts and parts[-1].text.endswith(_HYPHENS):
                head, text = self._mend(parts[-1].text, text)
                parts[-1] = Part(head, parts[-1].page)
            if parts and parts[-1].page == line.page:
                parts[-1] = Part(f"{parts[-1].text} {text}".strip(), line.page)
            elif text:
                parts.append(Part(text, line.page))
        return [Part(tidied, p.page) for p in parts if (tidied := markdown.tidy(p.text))]

    def _line(self, line: Line, skip: int) -> str:
        if not skip and not self._marks:
            return line.text.strip()
        words = [w for w in line.words[skip:] if id(w) not in self._marks]
        return Line(words).text.strip() if words else ""

    def _mend(self, before: str, after: str) -> tuple[str, str]:
        """Move the rest of a cut word up to its start."""
        rest, _, later = after.partition(" ")
        head = before.rsplit(" ", 1)[-1]
        if not self._is_cut(head, rest):
            return before.rstrip("\u00ad") + ("-" if before.endswith("\u00ad") else ""), after
        stem = head.rstrip("-\u00ad‐")
        keep = self._keeps_hyphen(stem, rest)
        return before[: len(before) - len(head)] + stem + ("-" if keep else "") + rest, later

    def _is_cut(self, head: str, rest: str) -> bool:
        """ "salgs- og skjenkebevilling" has its hyphen for another reason."""
        bare = _bare(rest)
        return len(head) > 1 and bool(bare) and bare not in ("og", "eller", "samt", "til", "men")

    def _keeps_hyphen(self, stem: str, rest: str) -> bool:
        first, second = _bare(stem), _bare(rest)
        if self._known[first + second]:
            return False
        if self._known[f"{first}-{second}"] or len(first) == 1:
            return True
        if first.endswith("isk") and len(first) > 6:
            return True
        return stem[-1:].isdigit() or rest[:1].isdigit() or stem.isupper() or rest[:1].isupper()


def _bare(text: str) -> str:
    return text.strip(".,;:!?()[]«»\"'”“").casefold()


def join_pages(pages: Sequence[Sequence[Draft]]) -> list[Draft]:
    """One list of drafts: a paragraph cut by the page's end goes on, and asides do not come between."""
    joined: list[Draft] = []
    for drafts in pages:
        main = [d for d in drafts if not d.aside]
        asides = [d for d in drafts if d.aside]
        if joined and main and _goes_on(joined[-1], main[0]):
            joined[-1].lines += main[0].lines
            main = main[1:]
        elif joined and main and _row_goes_on(joined[-1], main[0]):
            pairs = zip(joined[-1].cells, main[0].cells, strict=True)
            joined[-1].cells = tuple(_mended(above, below) for above, below in pairs)
            main = main[1:]
        joined += _with_asides(main, asides)
    return joined


def _with_asides(main: list[Draft], asides: list[Draft]) -> list[Draft]:
    """Asides stand before the last paragraph and its list, which may go on over the page."""
    if not asides:
        return main
    place = len(main)
    while place > 0 and main[place - 1].kind is not BlockKind.PARAGRAPH:
        place -= 1
    place = max(place - 1, 0)
    while place > 0 and main[place - 1].kind is BlockKind.HEADING:
        place -= 1
    return [*main[:place], *asides, *main[place:]]


def _goes_on(before: Draft, after: Draft) -> bool:
    """Does the first paragraph of a page belong to the last block of the page before?"""
    if not before.lines or not after.lines or after.kind is not BlockKind.PARAGRAPH:
        return False
    if before.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return False
    if abs(before.last.size - after.lines[0].size) > 0.7 or before.last.bold != after.lines[0].bold:
        return False
    end, start = before.last.text, after.lines[0].words[0].text
    if _open_end(end, start):
        return True
    # A line that goes all the way to the right was not ended by its writer.
    full = before.last.x1 > max(line.x1 for line in before.lines) - before.last.size * 6
    return before.kind is BlockKind.PARAGRAPH and len(before.lines) > 1 and full and not _CLOSED.search(end)


def _open_end(end: str, start: str) -> bool:
    """Does a sentence stand open at the end of one text and go on in the other?"""
    if _CLOSED.search(end):
        return False
    if start[:1].islower() or end.endswith((*_HYPHENS, ",")):
        return True
    return end.rsplit(" ", 1)[-1].casefold() in _LEADS_ON


def _row_goes_on(before: Draft, after: Draft) -> bool:
    """A cell that is cut by the page's end: its sentence is open above and goes on below."""
    if (
        before.kind is not BlockKind.ROW
        or after.kind is not BlockKind.ROW
        or len(before.cells) != len(after.cells)
    ):
        return False
    pairs = [(above, below) for above, below in zip(before.cells, after.cells, strict=True) if below]
    if not all(above for above, _ in pairs):
        return False
    # A row of its own says something in its first cell; what is left of a cut row mostly does not.
    open_ends = [_open_end(above, below) for above, below in pairs]
    return all(open_ends) if after.cells[0] else any(open_ends)


def _mended(above: str, below: str) -> str:
    if above.endswith("\u00ad") or (above.endswith("-") and below[:1].islower()):
        return above[:-1] + below
    return f"{above}{'' if above.endswith('-') else ' '}{below}".strip()


def level_headings(drafts: Sequence[Draft], texts: Sequence[str], body: Body) -> list[Draft]:
    """Give headings their level: larger is higher, and a number says its own depth. Those that are no headings are given back."""
    sizes: list[float] = []
    fallen: list[Draft] = []
    for draft, text in zip(drafts, texts, strict=True):
        if draft.kind is BlockKind.HEADING:
            size = draft.lines[0].size
            if markdown.reads_as_heading(text, larger=size > body.largest * 1.15):
                sizes.append(size)
            else:
                draft.kind = BlockKind.PARAGRAPH
                fallen.append(draft)
    steps = _steps(sizes)
    found = [(d, t) for d, t in zip(drafts, texts, strict=True) if d.kind is BlockKind.HEADING]
    shift = _shift(found, steps)
    for draft, text in found:
        number = _NUMBERED.match(text)
        if number:
            draft.level = number.group(1).count(".") + 1 + shift
        else:
            draft.level = _rank(draft.lines[0].size, steps)
    used = sorted({d.level for d, _ in found})
    for draft, _ in found:
        draft.level = min(used.index(draft.level) + 1, 6)
    return fallen


def _steps(sizes: Iterable[float]) -> list[float]:
    steps: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not steps or steps[-1] - size > 0.8:
            steps.append(size)
    return steps


def _rank(size: float, steps: Sequence[float]) -> int:
    return next((i for i, step in enumerate(steps, 1) if size > step - 0.81), len(steps)) or 1


def _shift(found: Sequence[tuple[Draft, str]], steps: Sequence[float]) -> int:
    """How far below the largest headings the numbered chapters stand."""
    ranks = [
        _rank(d.lines[0].size, steps) - match.group(1).count(".") - 1
        for d, t in found
        if (match := _NUMBERED.match(t))
    ]
    return max(0, min(Counter(ranks).most_common(1)[0][0], 3)) if ranks else 0


def item_levels(drafts: Sequence[Draft]) -> None:
    """The depth of an item follows how far in its marker stands within its list."""
    edges: list[float] = []
    for draft in drafts:
        if draft.kind is not BlockKind.ITEM:
            if draft.kind is not BlockKind.PARAGRAPH or draft.lines:
                edges = []
            continue
        while edges and draft.edge < edges[-1] - 6:
            edges.pop()
        if not edges or draft.edge > edges[-1] + 6:
            edges.append(draft.edge)
        draft.level = len(edges) - 1


def blocks_of(drafts: Sequence[Draft], mender: Mender, body: Body) -> list[Block]:
    """The finished blocks."""
    parts = [mender.parts(d) if d.lines else [Part(markdown.tidy(d.text), d.page)] for d in drafts]
    for draft in level_headings(drafts, [" ".join(p.text for p in found) for found in parts], body):
        # As an item its number is no longer part of its text.
        if as_item(draft):
            parts[drafts.index(draft)] = mender.parts(draft)
    item_levels(drafts)
    parts = [_with_lead(d, found) for d, found in zip(drafts, parts, strict=True)]
    blocks: list[Block] = []
    for draft, found in zip(drafts, parts, strict=True):
        if draft.kind is BlockKind.ROW:
            row = markdown.row(draft.cells, draft.page)
            if not _repeats_head(blocks, row):
                blocks.append(row)
        elif found and any(p.text.strip("•") for p in found):
            if _said_again(blocks, draft, found):
                blocks.pop()
            marker = "" if draft.marker in BULLETS else draft.marker
            blocks.append(Block(draft.kind, tuple(found), max(draft.level, _least(draft)), marker))
    return blocks


def _with_lead(draft: Draft, parts: list[Part]) -> list[Part]:
    """Mark the first words where they are bold and the rest is not."""
    if not parts or draft.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return parts
    words = [w for line in draft.lines[:3] for w in line.words][1 if draft.kind is BlockKind.ITEM else 0 :]
    count = next((i for i, word in enumerate(words) if not word.bold), 0)
    if not count or words[count - 1].text.endswith(_HYPHENS):
        return parts
    lead = markdown.tidy(Line(words[:count]).text)
    return [Part(markdown.with_lead(parts[0].text, lead), parts[0].page), *parts[1:]]


def _said_again(blocks: Sequence[Block], draft: Draft, found: Sequence[Part]) -> bool:
    """A chapter's name in the margin, and then as its heading."""
    before = blocks[-1] if blocks else None
    if before is None or before.kind is not BlockKind.HEADING or draft.kind is not BlockKind.HEADING:
        return False
    return before.text.casefold() == " ".join(p.text for p in found).casefold()


def _least(draft: Draft) -> int:
    return 1 if draft.kind is BlockKind.HEADING else 0


def _repeats_head(blocks: Sequence[Block], row: Block) -> bool:
    """The head of a table that goes on over the page is said once."""
    if not blocks or blocks[-1].kind is not BlockKind.ROW or blocks[-1].page == row.page:
        return False
    first = blocks[-1]
    for block in reversed(blocks):
        if block.kind is not BlockKind.ROW or len(block.cells) != len(row.cells):
            break
        first = block
    return first.cells == row.cells
