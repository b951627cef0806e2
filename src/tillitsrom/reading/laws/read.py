"""The way in for laws and regulations: a document goes in, every duty in it comes out."""

from collections import Counter
from collections.abc import Sequence

from tillitsrom.reading.blocks import parse_blocks
from tillitsrom.reading.deadlines import sentence_deadline
from tillitsrom.reading.laws.bearers import bearer_of
from tillitsrom.reading.laws.walk import Found, LawWalk
from tillitsrom.reading.model import Document, Reading, Requirement


def read_law(document: Document) -> Reading:
    """Find the duties of a law or a regulation, each with its section and who has it."""
    walk = LawWalk(document.text)
    walk.run(parse_blocks(document.text))
    return Reading(document, None, None, _settle(document, walk.found))


def _settle(document: Document, found: Sequence[Found]) -> tuple[Requirement, ...]:
    usual = _usual(found)
    requirements = []
    before: str | None = None
    section: str | None = None
    for one in found:
        if one.section != section:
            section, before = one.section, None
        bearer = one.bearer or before or bearer_of(one.heading.lower()) or usual
        if one.bearer:
            before = one.bearer
        requirements.append(
            Requirement(
                start=one.start,
                end=one.end,
                quote=document.text[one.start : one.end],
                requirement_class=one.kind,
                rule=one.rule,
                confidence=round(one.sure, 2),
                deadline=sentence_deadline(one.plain, None),
                page=document.page_at(one.start) if document.pages else None,
                heading=one.heading or None,
                stem=one.stem or None,
                bearer=bearer,
                section=one.section,
            )
        )
    return tuple(requirements)


def _usual(found: Sequence[Found]) -> str:
    """The main addressee of the law: who it names most often."""
    named = Counter(one.bearer for one in found if one.bearer)
    return named.most_common(1)[0][0] if named else "andre"
