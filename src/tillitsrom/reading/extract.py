"""The reader's one way in: a document goes in, every requirement in it comes out."""

from tillitsrom.reading.addressee import find_addressee
from tillitsrom.reading.blocks import parse_blocks
from tillitsrom.reading.model import Document, Reading
from tillitsrom.reading.requirements import settle
from tillitsrom.reading.walk import Walk


def read_document(document: Document) -> Reading:
    """Find the requirements of a document, in its order, with the addressee and the year it holds for."""
    who = find_addressee(document.text, document.title)
    walk = Walk(document.text, who)
    walk.run(parse_blocks(document.text))
    found = settle(document, who.name, who.year, walk.findings, walk.dues)
    return Reading(document, who.name, who.year, found)
