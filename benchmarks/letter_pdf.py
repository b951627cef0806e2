"""Makes PDF files of a letter: one column with running heads, hyphenation and page numbers; two columns; and a scan."""

import io
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.letter_formats import Block, bare_words, is_across, pieces, runs
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

_DPI = 200
_HEAD = "Departementet – tildelingsbrev"
_SYLLABLE = re.compile(r"(?<=[a-zæøå]{2}[aeiouyæøå])(?=[bdfghjklmnprstv][aeiouyæøå][a-zæøå]{2})")
_UNKNOWN = str.maketrans(
    {"→": "->", "≥": ">=", "≤": "<=", "−": "-", "‑": "-", "☐": "□", "\u2009": " ", "\u202f": " "}
)
_WIDTH, _HEIGHT = A4


def pdf_of(blocks: Sequence[Block], *, columns: int = 1) -> bytes:
    """The letter as a PDF of one or two columns."""
    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer, pagesize=A4, title="Tildelingsbrev")
    gap, margin, top, bottom = 22, 62, 780, 70
    width = (_WIDTH - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + number * (width + gap), bottom, width, top - bottom, 0, 0, 0, 0, id=str(number))
        for number in range(columns)
    ]
    template.addPageTemplates(PageTemplate("page", frames, onPage=_furniture))
    styles = _Styles(9.5 if columns > 1 else 10.5)
    story: list[Any] = []
    for block in blocks:
        story += _flowables(block, styles, width)
    template.build(story)
    return buffer.getvalue()


class _Styles:
    def __init__(self, size: float) -> None:
        self.body = _style("body", "Helvetica", size, after=size * 0.6)
        self.cell = _style("cell", "Helvetica", size - 1, after=2)
        self.items = [
            ParagraphStyle(
                f"item{n}", parent=self.body, leftIndent=18 + 16 * n, bulletIndent=4 + 16 * n, spaceAfter=3
            )
            for n in range(5)
        ]
        larger = (7.0, 4.5, 2.5, 1.0, 0.5, 0.0)
        self.headings = [
            _style(f"h{n}", "Helvetica-Bold", size + more, after=4, before=9)
            for n, more in enumerate(larger, 1)
        ]


def _style(name: str, font: str, size: float, *, after: float, before: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * 1.3,
        spaceAfter=after,
        spaceBefore=before,
        embeddedHyphenation=0 if font.endswith("Bold") else 1,
        splitLongWords=1,
    )


def _flowables(block: Block, styles: _Styles, width: float) -> list[Any]:
    if block.kind == "heading":
        return [Paragraph(_marked(block.text, bold=False), styles.headings[block.level - 1])]
    if block.kind == "item":
        bullet = block.marker if block.marker[0].isalnum() else "•"
        return [Paragraph(_marked(block.text), styles.items[block.level], bulletText=bullet)]
    if block.kind == "table":
        return [_table(block, styles, width), Spacer(1, 9)]
    return [Paragraph(_marked(block.text), styles.body)]


def _table(block: Block, styles: _Styles, width: float) -> Table:
    # A column is as wide as its words need, within reason, and never narrower than its longest word.
    columns = [
        [bare_words(row[n]) for row in block.rows if not is_across(row)] for n in range(len(block.rows[0]))
    ]
    least = [max(len(word) for text in [*column, ""] for word in [*text.split(), ""]) for column in columns]
    narrow = [n * styles.cell.fontSize * 0.58 + 16 for n in least]
    weights = [min(max(map(len, [*column, ""])), 90) + 8 for column in columns]
    room = max(width - sum(narrow), 0)
    widths = [a + room * b / sum(weights) for a, b in zip(narrow, weights, strict=True)]
    widths = [w * width / sum(widths) for w in widths]
    rows = [[[*_cell(cell, styles)] for cell in row] for row in block.rows]
    table = Table(rows, colWidths=widths, splitInRow=1)
    # A row of one text goes all across, as whoever made the table had it.
    across = [("SPAN", (0, n), (-1, n)) for n, row in enumerate(block.rows) if is_across(row)]
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    table.setStyle(TableStyle([grid, ("VALIGN", (0, 0), (-1, -1), "TOP"), *across]))
    return table


def _cell(cell: str, styles: _Styles) -> list[Paragraph]:
    indented = ParagraphStyle("cell item", parent=styles.cell, leftIndent=12, bulletIndent=2)
    return [
        Paragraph(
            _marked(text), indented if marker else styles.cell, bulletText=_sign(marker) if marker else None
        )
        for marker, text in pieces(cell)
    ]


def _sign(marker: str) -> str:
    return marker if marker[0].isalnum() else "•"


def _marked(text: str, *, bold: bool = True) -> str:
    found = []
    for part, thick in runs(text):
        words = escape(_SYLLABLE.sub("\u00ad", part).translate(_UNKNOWN))
        found.append(f"<b>{words}</b>" if thick and bold else words)
    return "".join(found)


def _furniture(canvas: Canvas, _: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(62, _HEIGHT - 40, _HEAD)
    canvas.drawRightString(_WIDTH - 62, _HEIGHT - 40, "Vår ref. 26/1234")
    canvas.drawCentredString(_WIDTH / 2, 36, f"Side {canvas.getPageNumber()}")
    canvas.drawString(62, 36, "Postadresse: Postboks 1, 0030 Oslo")


def scanned(pdf: bytes) -> bytes:
    """The same pages as pictures, as a copying machine makes them: grey, a little askew, 200 dots an inch."""
    import pypdfium2 as pdfium
    from PIL import Image

    document = pdfium.PdfDocument(pdf)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for number in range(len(document)):
        picture = document[number].render(scale=_DPI / 72, grayscale=True).to_pil()
        turned = picture.rotate(0.3 if number % 2 else -0.2, fillcolor=252, resample=Image.Resampling.BICUBIC)
        file = io.BytesIO()
        turned.save(file, "JPEG", quality=75)
        file.seek(0)
        canvas.drawImage(ImageReader(file), 0, 0, _WIDTH, _HEIGHT)
        canvas.showPage()
    document.close()
    canvas.save()
    return buffer.getvalue()
