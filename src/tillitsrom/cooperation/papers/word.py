"""A document as a Word file (DOCX) with Word's own styles, so that headings are headings. Needs python-docx."""

import io
from datetime import UTC, datetime

from .blocks import Kind, Paper

STYLES = {Kind.TITLE: "Heading 1", Kind.HEADING: "Heading 2", Kind.PARAGRAPH: "Normal"}


def docx(paper: Paper) -> bytes:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.language = paper.title, "Tillitsrom", "", paper.language
    day = paper.made_on
    facts.created = facts.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), paper.language)
    for block in paper.blocks:
        document.add_paragraph(_clean(block.text), style=STYLES[block.kind])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in text if char >= " " or char == "\t")
