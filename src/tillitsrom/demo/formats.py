"""Makes a PDF and a DOCX of the demo's letters, so that the demo also shows how such files are read.

`python -m tillitsrom.demo.formats OUTDIR` writes them. The files are committed beside the Markdown, so the demo itself
needs neither reportlab nor python-docx; both are imported only when a file is made. The same text gives the same bytes.
"""

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

LETTERS = Path(__file__).parent / "letters"
LANGUAGE = "nb-NO"
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
_HEADING = re.compile(r"(#{1,6}) +(.+)")
_BULLET = re.compile(r"[-*] +(.+)")
_NUMBERED = re.compile(r"\d+[.)] +(.+)")
_RULE = re.compile(r"\|?( *:?-{3,}:? *\|?)+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_AMOUNT = re.compile(r"-?\d[\d ]*")


class Kind(StrEnum):
    """What a block of a letter is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or whole table."""

    kind: Kind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parse(text: str) -> list[Block]:
    """The blocks of the plain Markdown that the letters are written in; a line is a block, a table is one block."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for raw in [*text.splitlines(), ""]:
        line = raw.strip()
        if line.startswith("|"):
            if not _RULE.fullmatch(line):
                rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block(Kind.TABLE, rows=tuple(rows)))
            rows = []
        if line:
            blocks.append(_line_block(line))
    return blocks


def _line_block(line: str) -> Block:
    if found := _HEADING.fullmatch(line):
        return Block(Kind.HEADING, found[2], len(found[1]))
    if found := _BULLET.fullmatch(line):
        return Block(Kind.BULLET, found[1])
    if found := _NUMBERED.fullmatch(line):
        return Block(Kind.NUMBERED, found[1])
    return Block(Kind.PARAGRAPH, line)


def title_of(blocks: Sequence[Block]) -> str:
    """The first heading, without bold marks."""
    return next((_BOLD.sub(r"\1", block.text) for block in blocks if block.kind is Kind.HEADING), "")


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for place, part in enumerate(_BOLD.split(text)):
        if part:
            yield part, place % 2 == 1


def markdown_to_docx(text: str) -> bytes:
    """The letter with Word's own styles for headings, lists and tables."""
    from docx import Document

    blocks = parse(text)
    document = Document()
    _set_properties(document, title_of(blocks))
    for block in blocks:
        if block.kind is Kind.TABLE:
            _add_docx_table(document, block.rows)
        else:
            _add_runs(document.add_paragraph(style=_docx_style(block)), block.text)
    made = io.BytesIO()
    document.save(made)
    return _without_clock(made.getvalue())


def _set_properties(document: Any, title: str) -> None:
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title = title
    properties.author = "Tillitsrom"
    properties.comments = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = _ALWAYS
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _docx_style(block: Block) -> str:
    match block.kind:
        case Kind.HEADING:
            return f"Heading {block.level}"
        case Kind.BULLET:
            return "List Bullet"
        case Kind.NUMBERED:
            return "List Number"
        case _:
            return "Normal"


def _add_runs(paragraph: Any, text: str, bold: bool = False) -> None:
    for part, strong in _runs(text):
        paragraph.add_run(part).bold = strong or bold or None


def _add_docx_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement

    width = max(len(row) for row in rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            _add_runs(cell.paragraphs[0], text, bold=number == 0)
    # The first row is marked as the heading row, so that it is repeated on each page.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _without_clock(package: bytes) -> bytes:
    """The same package with the same time on every part, so that two runs give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            part = zipfile.ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(entry), compresslevel=9)
    return made.getvalue()


def markdown_to_pdf(text: str) -> bytes:
    """The letter on A4 pages with bookmarks and a footer that says the title and which page of how many."""
    blocks = parse(text)
    _, pages = _build_pdf(blocks, total=0)
    made, _ = _build_pdf(blocks, total=pages)
    return made


def _build_pdf(blocks: Sequence[Block], total: int) -> tuple[bytes, int]:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    title = title_of(blocks)
    made = io.BytesIO()
    template = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=22 * mm,
        bottomMargin=24 * mm,
        title=title,
        author="Tillitsrom",
        lang=LANGUAGE,
        invariant=1,
    )

    def footer(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(25 * mm + 6, 12 * mm, title)
        canvas.drawRightString(A4[0] - 25 * mm - 6, 12 * mm, f"Side {page.page} av {total}")
        canvas.restoreState()

    template.build(_story(blocks, template.width - 12), onFirstPage=footer, onLaterPages=footer)
    return made.getvalue(), int(template.page)


def _pdf_styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    text = ParagraphStyle(
        "text", fontName="Times-Roman", fontSize=11, leading=15, spaceBefore=4, spaceAfter=5
    )
    styles: dict[str, Any] = {
        "text": text,
        "item": ParagraphStyle(
            "item", parent=text, leftIndent=16, bulletIndent=4, spaceBefore=0, spaceAfter=3
        ),
        "cell": ParagraphStyle("cell", parent=text, fontSize=9.5, leading=12, spaceBefore=0, spaceAfter=0),
        "amount": ParagraphStyle(
            "amount", parent=text, fontSize=9.5, leading=12, spaceBefore=0, spaceAfter=0, alignment=2
        ),
        "head": ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=9, leading=12),
    }
    for level, size in enumerate((20, 15, 12.5, 11, 10.5, 10), start=1):
        styles[f"heading{level}"] = ParagraphStyle(
            f"heading{level}",
            fontName="Helvetica-Bold",
            fontSize=size,
            leading=size * 1.25,
            spaceBefore=size * 0.9,
            spaceAfter=size * 0.45,
            keepWithNext=1,
        )
    return styles


def _story(blocks: Sequence[Block], width: float) -> list[Any]:
    from reportlab.platypus import Paragraph, Spacer

    styles = _pdf_styles()
    story: list[Any] = []
    number = 0
    for block in blocks:
        number = number + 1 if block.kind is Kind.NUMBERED else 0
        match block.kind:
            case Kind.TABLE:
                story += [_pdf_table(block.rows, styles, width), Spacer(1, 10)]
            case Kind.HEADING:
                story.append(_bookmarked(block, styles[f"heading{block.level}"], len(story)))
            case Kind.BULLET:
                story.append(Paragraph(_markup(block.text), styles["item"], bulletText="•"))
            case Kind.NUMBERED:
                story.append(Paragraph(_markup(block.text), styles["item"], bulletText=f"{number}."))
            case Kind.PARAGRAPH:
                story.append(Paragraph(_markup(block.text), styles["text"]))
    return story


def _markup(text: str) -> str:
    return "".join(f"<b>{escape(part)}</b>" if strong else escape(part) for part, strong in _runs(text))


def _bookmarked(block: Block, style: Any, place: int) -> Any:
    from reportlab.platypus import Paragraph

    class Heading(Paragraph):  # type: ignore[misc]  # reportlab has no types
        """A heading that is also an entry in the outline of the PDF."""

        def draw(self) -> None:
            key = f"h{place}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(
                _BOLD.sub(r"\1", block.text), key, min(block.level - 1, 1), closed=False
            )
            super().draw()

    return Heading(_markup(block.text), style)


def _pdf_table(rows: Sequence[Sequence[str]], styles: dict[str, Any], width: float) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table, TableStyle

    columns = max(len(row) for row in rows)
    filled = [[*row, *[""] * (columns - len(row))] for row in rows]
    widths = [max(len(row[column]) for row in filled) for column in range(columns)]
    # A column gets room after its longest text, but none gets so little that short words break.
    shares = [min(max(longest, 11), 48) for longest in widths]

    def cell(text: str, row: int) -> Any:
        style = styles["head"] if row == 0 else styles["amount" if _AMOUNT.fullmatch(text) else "cell"]
        return Paragraph(_markup(text), style)

    table = Table(
        [[cell(text, number) for text in row] for number, row in enumerate(filled)],
        colWidths=[width * share / sum(shares) for share in shares],
        repeatRows=1,
    )
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


FILES: dict[str, Callable[[str], bytes]] = {
    "2024-tildelingsbrev-oppvekstdirektoratet.docx": markdown_to_docx,
    "2025-tildelingsbrev-oppvekstdirektoratet.pdf": markdown_to_pdf,
}


def main(arguments: Sequence[str]) -> int:
    """Write the files to the folder that is named."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tillitsrom.demo.formats OUTDIR\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        letter = (LETTERS / name).with_suffix(".md").read_text(encoding="utf-8")
        (folder / name).write_bytes(make(letter))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
