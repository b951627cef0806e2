"""PDF: the text layer in reading order. Nothing in the file is run.

A page without text is read by text recognition where that is installed (`ocr`), and else it is named.
"""

from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tillitsrom.reading.model import Document, Notice, ReadingError, SourceKind
from tillitsrom.reading.sources import markdown
from tillitsrom.reading.sources.limits import Watch, damaged, too_many_pages
from tillitsrom.reading.sources.markdown import Block, BlockKind
from tillitsrom.reading.sources.ocr import Recognizer, even_out
from tillitsrom.reading.sources.pdf_flow import Body, Draft, body_of, drafts_of
from tillitsrom.reading.sources.pdf_furniture import strip_furniture, take_small_print
from tillitsrom.reading.sources.pdf_grids import Grid, all_rules, take_grids
from tillitsrom.reading.sources.pdf_join import (
    Mender,
    blocks_of,
    join_pages,
    note_marks,
    split_notes,
)
from tillitsrom.reading.sources.pdf_lines import Line, Region, lines_of, lines_on, regions_of, regions_on
from tillitsrom.reading.sources.pdf_page import page_content
from tillitsrom.reading.sources.pdf_stripes import take_stripes
from tillitsrom.reading.sources.pdf_words import PageContent, Word

_LONG_CELL = 200


def read_pdf(data: bytes, name: str, watch: Watch) -> Document:
    """The document of a PDF file."""
    pdf = _opened(data)
    try:
        count = len(pdf)
        if count > watch.limits.max_pages:
            raise too_many_pages(count, watch.limits)
        recognizer = Recognizer(watch)
        pages = _contents(pdf, count, watch, recognizer)
        title = _said_title(pdf)
    finally:
        pdf.close()
    unread = [number for number in recognizer.wanted if number not in recognizer.pages]
    _check_text(pages, unread, recognizer)
    even_out([page for page in pages if page.number in recognizer.pages])
    blocks = _Reader(pages, watch).blocks()
    text, spans = markdown.write(blocks, count)
    heading = next((b.text for b in blocks[:12] if b.kind is BlockKind.HEADING), None)
    notices = _notices(unread, recognizer)
    return Document(name, SourceKind.PDF, text, spans, heading or title, tuple(recognizer.pages), notices)


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ReadingError(
                "encrypted", "PDF-en er beskyttet med passord. Lagre en kopi uten passord og prøv igjen."
            ) from None
        raise damaged("PDF-en") from None
    if len(pdf) == 0:
        pdf.close()
        raise damaged("PDF-en")
    return pdf


def _contents(pdf: pdfium.PdfDocument, count: int, watch: Watch, recognizer: Recognizer) -> list[PageContent]:
    pages: list[PageContent] = []
    for number in range(1, count + 1):
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError:
            raise damaged(f"Side {number} i PDF-en") from None
        try:
            content = page_content(page, number, watch)
            recognizer.look_at(page, content)
            pages.append(content)
        except pdfium.PdfiumError:
            raise damaged(f"Side {number} i PDF-en") from None
        finally:
            page.close()
        watch.page(number, count)
    return pages


def _said_title(pdf: pdfium.PdfDocument) -> str | None:
    try:
        title = markdown.tidy(pdf.get_metadata_value("Title"))
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return None
    return title if title and "." not in title and not title.lower().startswith("microsoft") else None


def _check_text(pages: Sequence[PageContent], unread: Sequence[int], recognizer: Recognizer) -> None:
    """A document without any text is refused, and so is one that is mostly pictures that were not recognised."""
    mostly = len(unread) > max(len(pages) * 0.5, 1)
    if any(p.words for p in pages) and (not mostly or recognizer.pages):
        return
    silent = unread or [p.number for p in pages]
    which = "side 1" if len(pages) == 1 else f"side {_ranges(silent)}"
    advice = _INSTALL if recognizer.missing else _ELSE[recognizer.forbidden]
    code = "no_ocr" if recognizer.missing else "no_text"
    raise ReadingError(code, f"PDF-en har ingen tekst på {which} og er trolig skannet. {advice}")


_ELSE = {
    True: "Les den med tekstgjenkjenning (OCR), eller skaff originalen.",
    False: "Skaff originalen, eller en skarpere skanning.",
}
_INSTALL = (
    "Installer tekstgjenkjenning (tesseract-ocr og tesseract-ocr-nor) og prøv igjen, eller skaff originalen."
)


def _notices(unread: Sequence[int], recognizer: Recognizer) -> tuple[Notice, ...]:
    """What a person should know: which pages were guessed at, and which were not read."""
    notices = []
    if recognizer.pages:
        notices.append(
            Notice(
                "read_by_ocr",
                tuple(map(str, recognizer.pages)),
                f"Side {_ranges(recognizer.pages)} er lest med tekstgjenkjenning. Kontroller kravene mot originalen.",
            )
        )
    if unread:
        advice = f" {_INSTALL}" if recognizer.missing else ""
        notices.append(
            Notice(
                "no_ocr" if recognizer.missing else "pages_without_text",
                tuple(map(str, unread)),
                f"Side {_ranges(unread)} har ingen tekst og er ikke lest.{advice}",
            )
        )
    return tuple(notices)


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3 and 7 as "1–3 og 7"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = [str(a) if a == b else f"{a}–{b}" for a, b in spans[:6]]
    if len(spans) > 6:
        return ", ".join(words) + " og flere"
    return " og ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


class _Reader:
    """Lays out the pages and joins them."""

    def __init__(self, pages: Sequence[PageContent], watch: Watch) -> None:
        self._watch = watch
        self._pages = pages
        self._marks: dict[int, str] = {}
        self._notes: list[Draft] = []

    def blocks(self) -> list[Block]:
        strip_furniture(self._pages)
        body = body_of(line for page in self._pages for line in lines_on(page))
        words = [w for page in self._pages for w in page.words]
        self._mender = Mender(words, self._marks)
        drafts = join_pages([self._page(page, body) for page in self._pages])
        blocks = blocks_of(drafts, self._mender, body)
        if self._notes:
            blocks.append(markdown.heading("Fotnoter", 1, self._notes[0].page))
            blocks += blocks_of(self._notes, self._mender, body)
        return blocks

    def _page(self, page: PageContent, body: Body) -> list[Draft]:
        self._watch.tick()
        grids = [g for g in take_grids(page) if not self._dissolved(g, page)]
        grids += take_stripes(page, all_rules(page)[0])
        self._take_notes(page, body)
        foot = take_small_print(page, body.size)
        # A paragraph may go on from the foot of one column to the head of the next.
        main = join_pages([drafts_of(region, body) for region in regions_on(page)])
        for grid in sorted(grids, key=lambda g: (-g.box.y1, g.box.x0)):
            _place(main, self._grid(grid, page, body), grid, page)
        for region in regions_of(foot, page.number):
            for draft in drafts_of(region, body):
                draft.aside = True
                main.append(draft)
        return main

    def _dissolved(self, grid: Grid, page: PageContent) -> bool:
        """A frame with nothing beside it is only decoration; its words go back to the page."""
        if _is_table(grid):
            return False
        beside = any(grid.box.y0 < (w.y0 + w.y1) / 2 < grid.box.y1 for w in page.words)
        if not beside:
            page.words += [w for words in grid.cells.values() for w in words]
        return not beside

    def _take_notes(self, page: PageContent, body: Body) -> None:
        marks = note_marks(page)
        if not marks:
            return
        lines, notes = split_notes(lines_on(page), body, marks.values())
        if not notes:
            return
        self._notes += _notes(notes)
        numbers = {note.marker for note in self._notes}
        self._marks |= {key: number for key, number in marks.items() if number in numbers}
        page.words = [w for line in lines for w in line.words]

    def _grid(self, grid: Grid, page: PageContent, body: Body) -> list[Draft]:
        if not _is_table(grid):
            words = [w for cell in sorted(grid.cells) for w in grid.cells[cell]]
            return [d for region in regions_of(words, page.number) for d in drafts_of(region, body)]
        used = [
            c
            for c in range(grid.columns)
            if any(column == c and words for (_, column), words in grid.cells.items())
        ]
        drafts: list[Draft] = []
        for line in range(grid.rows):
            cells = [grid.cells.get((line, column), []) for column in used]
            alone = next((words for words in cells if words), []) if line in grid.single else []
            blocks = drafts_of(Region(lines_of(alone, page.number)), body) if alone else []
            if len(blocks) > 1 or sum(len(w.text) for w in alone) > _LONG_CELL:
                drafts += blocks
            elif any(cells):
                texts = tuple(self._cell(words, page, body) for words in cells)
                drafts.append(Draft(BlockKind.ROW, cells=texts, top=grid.ys[line], page=page.number))
        return drafts

    def _cell(self, words: Sequence[Word], page: PageContent, body: Body) -> str:
        if not words:
            return ""
        drafts = drafts_of(Region(lines_of(words, page.number)), body)
        texts = [self._in_cell(draft, alone=len(drafts) == 1) for draft in drafts]
        return "<br>".join(texts)

    def _in_cell(self, draft: Draft, *, alone: bool) -> str:
        text = " ".join(p.text for p in self._mender.parts(draft)) or " ".join([draft.text, *draft.cells])
        if draft.kind is not BlockKind.ITEM:
            return text
        text = f"{draft.marker} {text}".strip()
        return text if alone else f"- {text}"


def _is_table(grid: Grid) -> bool:
    """Some row must have two filled cells; all else is a frame."""
    rows: dict[int, int] = {}
    for (line, _), words in grid.cells.items():
        rows[line] = rows.get(line, 0) + bool(words)
    return grid.columns > 1 and any(count > 1 for count in rows.values())


def _notes(lines: Iterable[Line]) -> list[Draft]:
    notes: list[Draft] = []
    for line in lines:
        if line.words[0].text.isdigit() and (
            not notes or int(line.words[0].text) == int(notes[-1].marker) + 1
        ):
            notes.append(Draft(BlockKind.ITEM, [line], marker=line.words[0].text, page=line.page))
        elif notes:
            notes[-1].lines.append(line)
    return notes


def _place(main: list[Draft], drafts: list[Draft], grid: Grid, page: PageContent) -> None:
    """Put what a grid holds where it stands in the text, or beside the text as an aside."""
    if not drafts:
        return
    text = [w for w in page.words if w.x0 < grid.box.x1 and w.x1 > grid.box.x0]
    column = bool(text) and drafts[0].kind is BlockKind.ROW
    if page.words and len(text) < len(page.words) * 0.2 and not column:
        for draft in drafts:
            draft.aside = True
        main += drafts
        return
    place = _place_of(main, grid)
    main[place:place] = drafts


def _place_of(main: Sequence[Draft], grid: Grid) -> int:
    """Before the first text under it in its own column, or after the last above it; a full table has only one column."""
    place = len(main)
    for index, draft in enumerate(main):
        if draft.aside or not _beside(draft, grid):
            continue
        if draft.top < grid.box.y1:
            return index
        place = index + 1
    return place


def _beside(draft: Draft, grid: Grid) -> bool:
    """Whether some of a draft stands in the stripe of the page that the grid takes up."""
    if not draft.lines:
        return True
    return any(line.x0 < grid.box.x1 and line.x1 > grid.box.x0 for line in draft.lines)
