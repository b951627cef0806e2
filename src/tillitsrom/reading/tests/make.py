"""Documents made for the tests, all in our own words."""

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Table, TableStyle

from tillitsrom.reading.model import Document
from tillitsrom.reading.sources import read_bytes

LETTER = """# Tildelingsbrev for 2026

## 1. Innledning

Fjelldirektoratet skal følge dette brevet i arbeidet sitt gjennom hele året. Brevet gjelder sammen med instruksen, \
og direktoratet må si fra dersom det ser at et oppdrag ikke kan løses innen fristen.

Regjeringen har lagt fram en plan for trygg ferdsel i fjellet.

## 2. Mål og styringsparametere

### 2.1 Mål

- Færre skader på merkede stier
- Flere barn lærer å ferdes trygt i fjellet

### 2.2 Styringsparametere

- Antall alvorlige skader på merkede stier
- Andel kommuner som har en oppdatert stiplan

## 3. Oppdrag

### Oppdrag 2026-01 Nytt varslingssystem

Direktoratet skal utrede et felles varslingssystem for stengte stier. Frist: 1. oktober 2026.

I arbeidet skal direktoratet:

- kartlegge hvilke systemer kommunene har i dag
- vurdere kostnadene ved en felles løsning
- foreslå hvem som bør ha ansvaret for driften

### Oppdrag 2026-02 Opplæring av frivillige

Direktoratet skal lage et kurs for frivillige stivakter i samarbeid med friluftsorganisasjonene. Frist: 15. mai 2026.

## 4. Rapportering

Direktoratet skal rapportere om måloppnåelsen i årsrapporten. Årsrapporten skal sendes departementet innen \
15. mars 2027.

| Når | Hva |
|---|---|
| 1. juni 2026 | Direktoratet sender rapport for første tertial |
| 1. oktober 2026 | Direktoratet sender rapport for andre tertial |

## 5. Fullmakter

Direktoratet kan inngå leieavtaler som varer ut over budsjettåret.
"""

_STYLES = getSampleStyleSheet()
_BODY = ParagraphStyle(
    "body", parent=_STYLES["BodyText"], fontName="Helvetica", fontSize=10.5, leading=14, spaceAfter=7
)
_HEADINGS = {
    level: ParagraphStyle(
        f"h{level}", fontName="Helvetica-Bold", fontSize=size, leading=size * 1.3, spaceBefore=9, spaceAfter=6
    )
    for level, size in ((1, 19), (2, 15), (3, 12.5))
}

Flowables = list[Any]


def blocks(markdown: str) -> list[tuple[str, Any]]:
    """The plain Markdown of the tests as (kind, content): h1–h3, p, list, table."""
    found: list[tuple[str, Any]] = []
    for chunk in re.split(r"\n{2,}", markdown.strip()):
        lines = chunk.split("\n")
        if chunk.startswith("#"):
            marks, _, text = chunk.partition(" ")
            found.append((f"h{len(marks)}", text))
        elif chunk.startswith("- "):
            found.append(("list", [line[2:] for line in lines]))
        elif chunk.startswith("|"):
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            found.append(("table", [row for row in rows if not set("".join(row)) <= set("-")]))
        else:
            found.append(("p", " ".join(lines)))
    return found


def pdf_of(markdown: str, **settings: Any) -> bytes:
    """The Markdown as a PDF with footers, page numbers, bullets and a ruled table."""
    story: Flowables = []
    for kind, content in blocks(markdown):
        if kind.startswith("h"):
            story.append(Paragraph(content, _HEADINGS[int(kind[1])]))
        elif kind == "list":
            items = [ListItem(Paragraph(text, _BODY)) for text in content]
            story.append(ListFlowable(items, bulletType="bullet", bulletFontSize=8, leftIndent=18))
        elif kind == "table":
            cells = [[Paragraph(cell, _BODY) for cell in row] for row in content]
            table = Table(cells, colWidths=[120, 330])
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
            story.append(table)
        else:
            story.append(Paragraph(content, _BODY))
    buffer = io.BytesIO()
    template = SimpleDocTemplate(buffer, pagesize=A4, title="Brev", **settings)
    template.build(story, onFirstPage=_footer, onLaterPages=_footer)
    return buffer.getvalue()


def _footer(canvas: Canvas, _: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(70, 30, "Tildelingsbrev til Fjelldirektoratet")
    canvas.drawRightString(520, 30, f"Side {canvas.getPageNumber()}")


def drawn_pdf(*pages: Callable[[Canvas], None]) -> bytes:
    """A PDF that each function draws a page of."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text_at(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], size: float = 11, font: str = "Helvetica"
) -> None:
    """Lines of text, one under the other."""
    canvas.setFont(font, size)
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * size * 1.3, line)


def docx_of(markdown: str) -> bytes:
    """The Markdown as a DOCX file as Word would write it."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for kind, content in blocks(markdown):
        if kind.startswith("h"):
            document.add_heading(content, level=int(kind[1]))
        elif kind == "list":
            for text in content:
                document.add_paragraph(text, style="List Bullet")
        elif kind == "table":
            table = document.add_table(rows=0, cols=len(content[0]))
            for row in content:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(content)
    return saved(document)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read_pdf(data: bytes) -> Document:
    return read_bytes(data, "brev.pdf")


def shared(*parts: str) -> Path:
    """A real document that does not follow with the code; the test is skipped where it is not there."""
    import os

    root = os.environ.get("TILLITSROM_SHARED")
    if not root:
        pytest.skip("TILLITSROM_SHARED does not say where the real documents are")
    return Path(root).joinpath(*parts)
