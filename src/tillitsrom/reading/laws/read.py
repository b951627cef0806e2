"""The way in for laws and regulations: a document goes in, every duty in it comes out."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from tillitsrom.reading.blocks import parse_blocks
from tillitsrom.reading.deadlines import sentence_deadline
from tillitsrom.reading.laws.bearers import named_in
from tillitsrom.reading.laws.walk import Found, LawWalk
from tillitsrom.reading.model import Document, Reading, Requirement
from tillitsrom.reading.words import pattern


def read_law(document: Document) -> Reading:
    """Find the duties of a law or a regulation, each with its section and who has it."""
    walk = LawWalk(document.text)
    walk.run(parse_blocks(document.text))
    return Reading(document, None, None, _settle(document, walk))


def _settle(document: Document, walk: LawWalk) -> tuple[Requirement, ...]:
    found = walk.found
    bearers = _bearers(found, walk.actors, walk.scope)
    return tuple(
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
        for one, bearer in zip(found, bearers, strict=True)
    )


def _bearers(
    found: Sequence[Found], actors: Sequence[tuple[int, str | None, str | None]], scope: str | None
) -> list[str]:
    """Who has each duty: the one that is named; else the one that the section spoke of last, or names next, or in its
    heading; else the one that the chapter names most often, or the whole law, or whom the law says that it holds for."""
    usual = _usual(found)
    by_chapter: dict[str, list[Found]] = {}
    for one in found:
        by_chapter.setdefault(one.chapter, []).append(one)
    chapters = {chapter: _usual(inside) for chapter, inside in by_chapter.items()}
    named = sorted(
        [(f.start, f.section, f.bearer, True) for f in found if f.bearer]
        + [(at, section, who, False) for at, section, who in actors if who]
    )
    sections: dict[str | None, list[tuple[int, str, bool]]] = {}
    for at, section, who, has_duty in named:
        sections.setdefault(section, []).append((at, who or "", has_duty))
    result = []
    for one in found:
        if one.bearer:
            result.append(one.bearer)
            continue
        before, after = _around(sections.get(one.section, []), one)
        heading = named_in(_TITLE.sub("", one.heading.lower()))
        guesses = (one.hint, *before, heading, *after, chapters[one.chapter], usual, scope)
        result.append(_meant([guess for guess in guesses if guess], one.meant))
    return result


_FAR = 20


def _around(near: Sequence[tuple[int, str, bool]], one: Found) -> tuple[list[str], list[str]]:
    """Who the section names before the requirement, the nearest first, and after it; so many that time stays linear."""
    index = bisect_left(near, (one.start,))
    before, after = near[max(0, index - _FAR) : index], near[index : index + _FAR]
    # What a ministry may decide says little of who has the duties; it is meant only where a decision is told of.
    return (
        [who for _, who, has_duty in reversed(before) if has_duty or _tells(who, one)],
        [who for at, who, has_duty in after if at > one.start and (has_duty or _tells(who, one))],
    )


def _tells(who: str, one: Found) -> bool:
    return who != "departement" or one.meant == "authority"


_PEOPLE = frozenset(("andre", "enhver"))
_AUTHORITIES = frozenset(("kommune", "fylkeskommune", "departement", "direktorat", "statsforvalter", "organ"))


def _meant(guesses: Sequence[str], meant: str) -> str:
    """The first guess that fits: a decision is an authority's to make, an application someone else's."""
    if meant == "authority":
        return next((g for g in guesses if _AUTHORITIES.issuperset(g.split("+"))), "organ")
    if meant == "people":
        return next((g for g in guesses if not _AUTHORITIES.intersection(g.split("+"))), "andre")
    if meant == "body":
        return next((g for g in guesses if not _PEOPLE.intersection(g.split("+"))), "organ")
    return guesses[0] if guesses else "andre"


_TITLE = pattern(r"^\W*[\d\s.-]*(?:[a-z]\b)?\W*")


def _usual(found: Sequence[Found]) -> str | None:
    """Who is named most often; people count only where no body is named."""
    named = Counter(one.bearer for one in found if one.bearer)
    bodies = [(n, who) for who, n in named.items() if who not in ("andre", "enhver")]
    return max(bodies)[1] if bodies else (named.most_common(1)[0][0] if named else None)
