"""What is found in a document of the register: held against the letter before and against what else is in force.

The findings are worked out from what people have reviewed, without reading the file again, and kept in the cache until the
document, or anything that it is held against, changes. Each reader has what the reader's own gate lets through.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.urls import reverse

from tillitsrom.people.models import Actor
from tillitsrom.reading import model as reading
from tillitsrom.reading.check import Finding, check
from tillitsrom.register import document_queries, openness, rules
from tillitsrom.register.models import ALIVE, Candidate, Document, Requirement

from .rules import READ

_KEPT_SECONDS = 24 * 60 * 60
_MOST_OTHERS = 12
_LASTING = (Document.Kind.MAIN_INSTRUCTION, Document.Kind.GUIDELINES, Document.Kind.LAW)
_WAITING = (Candidate.Status.PENDING, Candidate.Status.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a document is held against."""

    previous: Document | None
    others: tuple[Document, ...]


def compared_with(actor: Actor, document: Document) -> Compared:
    """The letter before, and what else is in force for the addressee that the reader may see."""
    before = document_queries.predecessor(actor, document)
    if before is not None and before.status not in READ:
        before = None
    others = in_force(actor, document.addressee_id, document.year)
    others = [one for one in others if one.pk != document.pk]
    if before is not None and document.adds:
        # A supplementary letter does not take the place of the letter that it adds to: both hold.
        others = [before, *(one for one in others if one.pk != before.pk)]
        before = None
    return Compared(
        before, tuple(one for one in others if before is None or one.pk != before.pk)[:_MOST_OTHERS]
    )


def in_force(actor: Actor, addressee: int, year: int) -> list[Document]:
    """Published documents to the addressee: those of the year, and those that last."""
    rows = document_queries.listed(actor).filter(addressee=addressee, status=Document.Status.PUBLISHED)
    return list(rows.filter(Q(year=year) | Q(kind__in=_LASTING, year__lte=year))[: _MOST_OTHERS + 2])


def findings(actor: Actor, document: Document, against: Compared) -> tuple[Finding, ...]:
    """What is found in the document, for this reader."""
    held = [document, *([against.previous] if against.previous else []), *against.others]
    key = f"checking:{document.pk}:{_state(actor, held)}"
    known: tuple[Finding, ...] | None = cache.get(key)
    if known is None:
        known = check(
            reading_of(actor, document, text=True),
            previous=reading_of(actor, against.previous) if against.previous else None,
            others=[reading_of(actor, one, alive=True) for one in against.others],
        )
        cache.set(key, known, _KEPT_SECONDS)
    return known


def places(document: Document, actor: Actor) -> dict[int, str]:
    """Where a person goes on from a finding: the requirement, or the candidate in the review, by where it starts."""
    if document.status == Document.Status.PUBLISHED:
        found = rules.visible_to(actor).filter(document=document).values_list("start", "pk")
        return {start: reverse("requirements:detail", args=[pk]) for start, pk in found}
    review = reverse("documents:review", args=[document.pk])
    waiting = rules.candidates_visible_to(actor).filter(document=document, status__in=_WAITING)
    return {start: f"{review}?forslag={pk}#forslag-{pk}" for start, pk in waiting.values_list("start", "pk")}


def _state(actor: Actor, documents: Sequence[Document]) -> str:
    """A mark that changes whenever anything that the findings rest on does."""
    pks = [one.pk for one in documents]
    parts: list[object] = [
        (one.pk, one.title, one.year, one.status, one.file_digest, openness.concerns(actor, one))
        for one in documents
    ]
    for rows in (rules.visible_to(actor), rules.candidates_visible_to(actor).filter(status__in=_WAITING)):
        found = rows.filter(document__in=pks).order_by("document").values_list("document")
        parts += found.annotate(Count("pk"), Sum("version"), Max("pk"), Sum("end"))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def reading_of(
    actor: Actor, document: Document, *, text: bool = False, alive: bool = False
) -> reading.Reading:
    """The document as the rules take it. Its text is asked for only where the rules look at it."""
    words = openness.text_for(actor, document) if text else ""
    pages = tuple(reading.Page(*page) for page in document.pages) if text else ()
    source = reading.Document(document.title, reading.SourceKind.MARKDOWN, words, pages)
    return reading.Reading(
        source, document.addressee.name, document.year, tuple(_found(actor, document, alive=alive))
    )


def _found(actor: Actor, document: Document, *, alive: bool) -> Iterable[reading.Requirement]:
    rows: QuerySet[Requirement] | QuerySet[Candidate]
    if document.status == Document.Status.PUBLISHED:
        requirements = rules.visible_to(actor).filter(document=document)
        rows = requirements.filter(status__in=ALIVE) if alive else requirements
    else:
        rows = rules.candidates_visible_to(actor).filter(document=document, status__in=_WAITING)
    stem = "candidate__stem" if document.status == Document.Status.PUBLISHED else "stem"
    fields = ("start", "end", "quote", "requirement_class", "deadline", "assignment", "page", "heading", stem)
    for row in rows.order_by("start", "pk").values_list(*fields):
        start, end, quote, kind, deadline, assignment, page, heading, opening = row
        yield reading.Requirement(
            start,
            end,
            quote,
            reading.RequirementClass(kind),
            rule="register",
            confidence=1.0,
            deadline=deadline or None,
            assignment=assignment or None,
            page=page,
            heading=heading or None,
            stem=opening or None,
        )
