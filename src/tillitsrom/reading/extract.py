"""The reader's one way in: a document goes in, every requirement in it comes out."""

from dataclasses import replace

from tillitsrom.reading.addressee import find_addressee
from tillitsrom.reading.blocks import Block, BlockKind, parse_blocks
from tillitsrom.reading.laws.read import read_law
from tillitsrom.reading.laws.recognise import is_law
from tillitsrom.reading.model import Document, Reading, SourceKind
from tillitsrom.reading.plain import cells, headings, lacks_headings
from tillitsrom.reading.requirements import settle
from tillitsrom.reading.walk import Walk

_TOP = 2


def read_document(document: Document, *, law: bool | None = None) -> Reading:
    """Find the requirements of a document, in its order, with the addressee and the year it holds for.

    A law or a regulation is known by its form and read by rules of its own; `law` decides it where the form does not.
    """
    if is_law(document) if law is None else law:
        return read_law(document)
    who = find_addressee(document.text, document.title)
    walk = Walk(document.text, who)
    walk.run(_blocks(document))
    found = settle(document, who.name, walk.year, walk.findings, walk.dues)
    return Reading(document, who.name, who.year, found)


def _blocks(document: Document) -> tuple[Block, ...]:
    """The blocks of the text. Plain text, and a document whose headings have lost their marks, is looked at line by line."""
    if document.kind is SourceKind.TEXT:
        return parse_blocks(document.text, headings(document.text), cells)
    return _raised(
        parse_blocks(document.text, headings(document.text) if lacks_headings(document.text) else None)
    )


def _raised(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Headings that a converter wrote far down ("######" for all of them), raised so that the highest is of the second level."""
    top = min((b.depth for b in blocks if b.kind is BlockKind.HEADING), default=0)
    if top <= _TOP:
        return blocks
    return tuple(replace(b, depth=b.depth - top + _TOP) if b.kind is BlockKind.HEADING else b for b in blocks)
