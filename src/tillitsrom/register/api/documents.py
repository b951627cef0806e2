"""Documents: list, get, text, upload, the steps of their lifecycle, and the comparison with the one before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from tillitsrom.core import events
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.models import Openness
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import OPEN, READING, WRITING
from tillitsrom.people.models import Actor
from tillitsrom.reading.years.difference import difference
from tillitsrom.register import changes, document_queries, jobs, openness, rules
from tillitsrom.register.actions import documents as document_actions
from tillitsrom.register.actions import review
from tillitsrom.register.forms_documents import FactsForm
from tillitsrom.register.lifecycle import DOCUMENT
from tillitsrom.register.models import Candidate, Document
from tillitsrom.register.read_how import told

from . import schemas

router = Router(tags=["Documents"])

READ = {401: Problem, 404: Problem, 429: Problem}
CHANGE = {**READ, 403: Problem, 409: Problem, 422: Problem}


class DocumentQuery(Paging):
    q: str = Field("", max_length=200, description="Words of the title.")
    year: int | None = Field(None, ge=1900, le=2200)
    kind: schemas.DocumentKind | None = None
    status: schemas.DocumentStatus | None = Field(
        None, description="Withdrawn documents come only when asked for."
    )
    body: int | None = Field(
        None, ge=1, le=LARGEST_KEY, description="The organisation that sent or received it."
    )


class UploadIn(Schema):
    """What the document is. The file itself is the part `file`."""

    title: str = Field(max_length=300)
    kind: schemas.DocumentKind = Document.Kind.ALLOCATION_LETTER
    year: int = Field(ge=1900, le=2200)
    imposing_body: int = Field(description="The organisation that makes the demands.")
    addressee: int = Field(description="The organisation that the document is sent to.")
    follows: int | None = Field(None, description="The document that this one follows.")
    openness: Openness = Openness.OPEN
    exempt_ground: str = Field(
        "", description="The legal basis, for a document that is exempt from openness."
    )
    exempt_review_on: str = Field("", description="When the exemption is reviewed, as 2026-06-30.")


def visible(actor: Actor, document_id: int, *, text: bool = False) -> Document:
    """The document, or 404 where the caller may not know that it exists."""
    rows = rules.documents_visible_to(actor).select_related("imposing_body", "addressee")
    return get_object_or_404(rows if text else rows.defer("text", "pages"), pk=document_id)


def history(actor: Actor, obj: Any) -> list[dict[str, Any]]:
    return [
        {"at": e.at, "kind": e.kind, "sentence": events.sentence(e), "who": events.who(e, actor)}
        for e in events.history(obj)
    ]


def with_counts(actor: Actor, rows: list[Document]) -> list[Any]:
    found = document_queries.counts_of(actor, rows)
    for row in rows:
        row.counts = found.get(row.pk, {})  # type: ignore[attr-defined]  # read by the schema
    return rows


def detail(actor: Actor, document: Document) -> Document:
    """The document with all that its own page shows."""
    with_counts(actor, [document])
    before = document_queries.predecessor(actor, document)
    shown: Any = document
    shown.notices = told(document)
    shown.options = schemas.options(DOCUMENT, actor, document)
    shown.history = history(actor, document)
    shown.follows_id = before.pk if before else None
    return document


@router.get(
    "",
    auth=READING,
    openapi_extra=OPEN,
    response={200: Page[schemas.DocumentOut], 401: Problem, 422: Problem, 429: Problem},
    operation_id="list_documents",
    summary="List documents",
    description="Published documents for everyone; the rest for the organisations that they concern.",
)
def list_documents(request: HttpRequest, query: Query[DocumentQuery]) -> object:
    actor = actor_of(request)
    chosen = query.dict(exclude={"limit", "offset"})
    rows = document_queries.filtered(document_queries.listed(actor), chosen)
    return page_of(request, rows, query, lambda found: with_counts(actor, found))


@router.post(
    "",
    auth=WRITING,
    response={201: schemas.DocumentDetailOut, 413: Problem, **CHANGE},
    operation_id="upload_document",
    summary="Upload a document",
    description="Sends a file and what it is, as multipart/form-data. It is read in the background: look at `status`.",
)
def upload_document(request: HttpRequest, facts: Form[UploadIn], file: File[UploadedFile]) -> object:
    person = person_of(request)
    form = FactsForm({k: v for k, v in facts.dict().items() if v is not None}, actor=person)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    document = document_actions.receive(
        actor=person,
        name=file.name or "",
        size=file.size or 0,
        chunks=file.chunks(),
        facts=document_actions.Facts(**form.cleaned_data),
    )
    jobs.queue_reading(document.pk)
    return Status(201, detail(person, visible(person, document.pk)))


@router.get(
    "/{document_id}",
    auth=READING,
    openapi_extra=OPEN,
    response={200: schemas.DocumentDetailOut, **READ},
    operation_id="get_document",
    summary="Get a document",
    description="One document with its history and what the caller may do with it.",
)
def get_document(request: HttpRequest, document_id: int) -> Document:
    return detail(actor_of(request), visible(actor_of(request), document_id))


@router.get(
    "/{document_id}/text",
    auth=READING,
    openapi_extra=OPEN,
    response={200: schemas.DocumentTextOut, **READ},
    operation_id="get_document_text",
    summary="Get a document's text",
    description="The text that all offsets count in. Sentences that are exempt from openness are filled with █ for those whom "
    "the document does not concern. Those who may see the review also get its candidates.",
)
def get_document_text(request: HttpRequest, document_id: int) -> object:
    actor = actor_of(request)
    document = visible(actor, document_id, text=True)
    found = rules.candidates_visible_to(actor).filter(document=document).order_by("start", "pk")
    return {
        "id": document.pk,
        "text": openness.text_for(actor, document),
        "pages": document.pages,
        "candidates": list(found),
    }


@router.post(
    "/{document_id}/actions",
    auth=WRITING,
    response={200: schemas.DocumentDetailOut, **CHANGE},
    operation_id="advance_document",
    summary="Publish, reopen, withdraw or retry a document",
    description="One step along the document's lifecycle. The possible steps stand in its `options`.",
)
def advance_document(request: HttpRequest, document_id: int, payload: schemas.DocumentActionIn) -> Document:
    person = person_of(request)
    document = visible(person, document_id)
    document_actions.advance(actor=person, document=document, action=payload.action)
    if payload.action == "retry":
        jobs.queue_reading(document.pk)
    return detail(person, visible(person, document_id))


@router.get(
    "/{document_id}/comparison",
    auth=READING,
    openapi_extra=OPEN,
    response={200: schemas.ComparisonOut, **READ},
    operation_id="compare_document",
    summary="Compare with the document before",
    description="Kept, reworded, split, merged, moved, new and gone, against the document that this one follows, or "
    "against `other`.",
)
def compare_document(request: HttpRequest, document_id: int, other: int | None = None) -> object:
    actor = actor_of(request)
    new = visible(actor, document_id)
    old = visible(actor, other) if other else document_queries.predecessor(actor, new)
    if old is None:
        raise Http404
    found = changes.compare(actor, old, new)
    return {
        "old_id": old.pk,
        "new_id": new.pk,
        "before": found.before,
        "after": found.after,
        "classes": [
            {"requirement_class": c.kind, "before": c.before, "after": c.after, "net": c.net}
            for c in found.classes
        ],
        "in_words": changes.in_words(found.classes),
        "displaced": changes.is_displaced(found.classes),
        "kept": [_line(one) for one in found.kept],
        "reworded": [
            {"old": _line(pair.old), "new": _line(pair.new), "pieces": _pieces(pair.old.text, pair.new.text)}
            for pair in found.reworded
        ],
        "split": [_several(group) for group in found.split],
        "merged": [_several(group) for group in found.merged],
        "moved": [{"old": _line(one.old), "new": _line(one.new), "where": one.where} for one in found.moved],
        "new": [_line(one) for one in found.added],
        "gone": [_line(one) for one in found.gone],
    }


def _line(line: changes.Line) -> dict[str, str]:
    return {"requirement_class": line.kind, "text": line.text, "page_address": line.href}


def _several(group: changes.Several) -> dict[str, list[dict[str, str]]]:
    return {"old": [_line(one) for one in group.olds], "new": [_line(one) for one in group.news]}


def _pieces(old: str, new: str) -> list[dict[str, str]]:
    return [{"side": piece.side.value, "text": piece.text} for piece in difference(old, new)]


class CandidateQuery(Paging):
    status: schemas.CandidateStatus | None = None


@router.get(
    "/{document_id}/candidates",
    auth=WRITING,
    response={200: Page[schemas.CandidateOut], 422: Problem, **READ},
    operation_id="list_candidates",
    summary="List a document's candidates",
    description="What the reader found, in the order of the text. Only for the organisations that the document concerns.",
)
def list_candidates(request: HttpRequest, document_id: int, query: Query[CandidateQuery]) -> object:
    document = visible(actor_of(request), document_id)
    rows = rules.candidates_visible_to(actor_of(request)).filter(document=document).order_by("start", "pk")
    if query.status:
        rows = rows.filter(status=query.status)
    return page_of(request, rows, query)


@router.post(
    "/{document_id}/candidates/accept-all",
    auth=WRITING,
    response={200: schemas.AcceptedAllOut, **CHANGE},
    operation_id="accept_all_candidates",
    summary="Accept all sure candidates",
    description="Accepts every candidate that waits and whose confidence is at least this.",
)
def accept_all_candidates(request: HttpRequest, document_id: int, payload: schemas.AcceptAllIn) -> object:
    person = person_of(request)
    document = visible(person, document_id)
    return {"accepted": review.accept_all(actor=person, document=document, confidence=payload.confidence)}


@router.post(
    "/{document_id}/candidates",
    auth=WRITING,
    response={201: schemas.CandidateOut, **CHANGE},
    operation_id="add_candidate",
    summary="Add a missed requirement",
    description="Adds a candidate for a sentence that the reader missed. The sentence must stand in the document's text.",
)
def add_candidate(request: HttpRequest, document_id: int, payload: schemas.CandidateIn) -> Status[Candidate]:
    person = person_of(request)
    document = visible(person, document_id)
    added = review.add(
        actor=person,
        document=document,
        sentence=payload.sentence,
        requirement_class=payload.requirement_class,
    )
    return Status(201, added)
