"""The way in for laws and regulations: a document goes in, every duty in it comes out."""

from tillitsrom.reading.blocks import parse_blocks
from tillitsrom.reading.calibration import calibrated
from tillitsrom.reading.deadlines import sentence_deadline
from tillitsrom.reading.laws.bearers import title_for
from tillitsrom.reading.laws.settle import bearers
from tillitsrom.reading.laws.walk import LawWalk
from tillitsrom.reading.model import Document, Reading, Requirement
from tillitsrom.reading.words import pattern


def read_law(document: Document) -> Reading:
    """Find the duties of a law or a regulation, each with its section and who has it."""
    walk = LawWalk(document.text)
    walk.run(parse_blocks(document.text))
    return Reading(document, None, None, _settle(document, walk))


def _settle(document: Document, walk: LawWalk) -> tuple[Requirement, ...]:
    found = walk.found
    title = _TITLE_LINE.search(document.text, 0, _HEAD)
    low = title.group(1).lower() if title else ""
    who = bearers(
        found,
        walk.actors,
        walk.scope,
        walk.defined,
        title_for(low) if low else None,
        low,
        applicants=walk.applicants,
        schools=_SCHOOLS.search(document.text, 0, _HEAD) is not None,
    )
    return tuple(
        Requirement(
            start=one.start,
            end=one.end,
            quote=document.text[one.start : one.end],
            requirement_class=one.kind,
            rule=one.rule,
            confidence=calibrated(one.rule, one.kind.value, one.sure, law=True),
            deadline=sentence_deadline(one.plain, None),
            page=document.page_at(one.start) if document.pages else None,
            heading=one.heading or None,
            stem=one.stem or None,
            bearer=bearer,
            section=one.section,
        )
        for one, bearer in zip(found, who, strict=True)
    )


_HEAD = 3_000
_TITLE_LINE = pattern(r"(?m)^#[ \t]+(.{3,300})$")
_SCHOOLS = pattern(
    r"(?m)^# .*(?:skole|skule|høyskole|høgskule|universitet|utdanning|eksamen|studi|barnehage|opplæring)"
)
