"""Documents: received, read by a job that can die and be resumed, published, reopened, withdrawn."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import require
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Organisation, User
from tillitsrom.reading.model import Reading
from tillitsrom.register import openness, rules, store
from tillitsrom.register.dates import last_day
from tillitsrom.register.lifecycle import DOCUMENT, only_the_system
from tillitsrom.register.models import COUNTED, Candidate, Document, Requirement

from . import succession

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".md", ".txt", ".eml")
MAX_ATTEMPTS = 3
# A reader that has said nothing for this long is dead; its document goes back to the queue.
SILENCE = timedelta(seconds=150)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the person who uploads a document says about it."""

    title: str
    kind: str
    year: int
    imposing_body: Organisation
    addressee: Organisation
    follows: Document | None = None
    openness: str = Openness.OPEN
    exempt_ground: str = ""
    exempt_review_on: date | None = None


def check_file(name: str, size: int) -> str:
    """The file's suffix, or a ValidationError that says what is wrong with it and how to mend it."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise ValidationError(
            _(
                "%(name)s is not a kind of file we can read. Save it as PDF, Word (.docx), HTML, Markdown, plain text or e-mail (.eml)."
            ),
            params={"name": name},
        )
    if size == 0:
        raise ValidationError(_("%(name)s is empty. Choose the file again."), params={"name": name})
    if size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _(
                "%(name)s is too large: %(size)s MB. The limit is %(limit)s MB. Split the document and upload the parts."
            ),
            params={"name": name, "size": size // 1_000_000, "limit": settings.UPLOAD_MAX_BYTES // 1_000_000},
        )
    return suffix


def guessed_title(file_name: str) -> str:
    """A title made from the file's name, until the reader finds a better one in the document."""
    words = " ".join(re.split(r"[\s_]+|(?<=\D)-+|-+(?=\D)", PurePath(file_name).stem)).strip()
    return (words[:1].upper() + words[1:])[:300] or file_name[:300]


@transaction.atomic
def receive(*, actor: User, name: str, size: int, chunks: Iterable[bytes], facts: Facts) -> Document:
    """Store an uploaded file and its facts. The caller enqueues the reading after the commit.

    Raises Refused when the actor registers for neither organisation, ValidationError for a bad file or facts.
    """
    suffix = check_file(name, size)
    document = Document(
        title=facts.title or guessed_title(name),
        kind=facts.kind,
        year=facts.year,
        imposing_body=facts.imposing_body,
        addressee=facts.addressee,
        follows=facts.follows,
        openness=facts.openness,
        exempt_ground=facts.exempt_ground,
        exempt_review_on=facts.exempt_review_on,
        file_name=PurePath(name).name[-255:],
        file_digest="0" * 64,
        file_size=size,
        uploaded_by=actor,
    )
    require(rules.may_register(actor, document))
    document.clean_fields(exclude=["pages", "notices"])
    document.validate_constraints()
    document.file_digest, document.file_size = store.keep(chunks, suffix)
    same = Document.objects.filter(
        file_digest=document.file_digest,
        addressee=facts.addressee,
        imposing_body=facts.imposing_body,
        year=facts.year,
    ).exclude(status=Document.Status.WITHDRAWN)
    if same.exists():
        raise ValidationError(
            _("%(name)s is already in the register for this year and these bodies."), params={"name": name}
        )
    document.validate_constraints()
    document.save()
    events.record("document.received", subject=document, actor=actor)
    return document


@transaction.atomic
def start_reading(*, document_id: int) -> Document | None:
    """Take a received document for reading; None where somebody else has it already."""
    document = (
        Document.objects.select_for_update().filter(pk=document_id, status=Document.Status.RECEIVED).first()
    )
    if document is None:
        return None
    document.status = DOCUMENT.find(source=document.status, action="start_reading").target
    document.attempts += 1
    document.heartbeat_at = timezone.now()
    document.progress_done = document.progress_total = 0
    document.save(update_fields=["status", "attempts", "heartbeat_at", "progress_done", "progress_total"])
    events.record("document.start_reading", subject=document, actor=None)
    return document


def note_progress(*, document_id: int, done: int, total: int) -> None:
    """The reader is alive and this far. Not an event: it says nothing that outlives the reading."""
    Document.objects.filter(pk=document_id, status=Document.Status.READING).update(
        progress_done=done, progress_total=total, heartbeat_at=timezone.now()
    )


def put_back(*, document_id: int) -> bool:
    """The reader was stopped on purpose: the document waits again, and the attempt does not count."""
    return bool(
        Document.objects.filter(pk=document_id, status=Document.Status.READING).update(
            status=Document.Status.RECEIVED, attempts=F("attempts") - 1, heartbeat_at=timezone.now()
        )
    )


@transaction.atomic
def finish_reading(*, document_id: int, reading: Reading) -> Document | None:
    """Keep the text and the candidates of a reading, all or nothing; None where the document is no longer being read."""
    document = (
        Document.objects.select_for_update().filter(pk=document_id, status=Document.Status.READING).first()
    )
    if document is None:
        return None
    found = reading.requirements
    document.status = DOCUMENT.find(source=document.status, action="finish_reading").target
    # PostgreSQL keeps no NUL characters; a space in their place keeps every offset.
    document.text = reading.document.text.replace("\x00", " ")
    if reading.document.title and document.title == guessed_title(document.file_name):
        document.title = " ".join(reading.document.title.replace("\x00", " ").split())[:300] or document.title
    document.source_kind = reading.document.kind
    document.pages = [[p.number, p.start, p.end] for p in reading.document.pages]
    document.notices = [[notice.code, list(notice.about)] for notice in reading.document.notices]
    document.failure_code = document.failure_message = ""
    read = ["title", "text", "source_kind", "pages", "notices", "failure_code", "failure_message"]
    document.save(update_fields=["status", *read])
    document.candidates.all().delete()
    Candidate.objects.bulk_create(
        Candidate(
            document=document,
            start=r.start,
            end=r.end,
            quote=document.text[r.start : r.end],
            requirement_class=r.requirement_class.value,
            deadline=r.deadline or "",
            date_corrected=r.date_corrected,
            addressee=(who_has_it(r.bearer) if r.bearer else r.addressee or "")[:200],
            section=(r.section or "")[:40],
            assignment=(r.assignment or "")[:60],
            page=r.page,
            stem=(r.stem or "")[:300],
            heading=(r.heading or "")[:300],
            rule=r.rule,
            confidence=r.confidence,
        )
        for r in found
    )
    events.record("document.finish_reading", subject=document, actor=None, data={"found": len(found)})
    return document


@transaction.atomic
def fail(*, document_id: int, code: str, reason: str) -> None:
    """The document could not be read; it stays, with the reason, and can be tried again or withdrawn."""
    document = (
        Document.objects.select_for_update().filter(pk=document_id, status=Document.Status.READING).first()
    )
    if document is None:
        return
    document.status = DOCUMENT.find(source=document.status, action="fail").target
    document.failure_code, document.failure_message = code, reason
    document.save(update_fields=["status", "failure_code", "failure_message"])
    events.record("document.fail", subject=document, actor=None, data={"reason": reason, "code": code})


@transaction.atomic
def resume_dead_readings() -> list[int]:
    """Put documents whose reader went silent back in the queue, or mark them failed after the last attempt.

    Returns the ids to enqueue again, also of received documents whose place in the queue may have been lost: reading a
    document twice does no harm.
    """
    now = timezone.now()
    waiting = Document.objects.select_for_update().filter(status=Document.Status.RECEIVED)
    unsaid = Q(heartbeat_at__isnull=True, created_at__lt=now - SILENCE)
    again = list(waiting.filter(Q(heartbeat_at__lt=now - SILENCE) | unsaid).values_list("pk", flat=True))
    silent = Document.objects.select_for_update().filter(
        status=Document.Status.READING, heartbeat_at__lt=now - SILENCE
    )
    for document in silent:
        if document.attempts >= MAX_ATTEMPTS:
            reason = _("Reading stopped %(count)s times without an answer.") % {"count": document.attempts}
            fail(document_id=document.pk, code="too_slow", reason=reason)
        else:
            document.status = Document.Status.RECEIVED
            document.save(update_fields=["status"])
            again.append(document.pk)
    Document.objects.filter(pk__in=again).update(heartbeat_at=now)
    return again


@transaction.atomic
def advance(*, actor: User, document: Document, action: str) -> Document:
    """Retry, publish, reopen or withdraw a document."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    transition = DOCUMENT.check(actor, document, action)
    if transition.rule is only_the_system:
        raise AssertionError("no person makes this step")
    document.status = transition.target
    data: dict[str, object] = {}
    if action == "publish":
        document.published_on = timezone.localdate()
        data["count"] = document.requirements.filter(requirement_class__in=COUNTED).count()
    if action == "retry":
        document.attempts = 0
        document.heartbeat_at = timezone.now()
    document.save(update_fields=["status", "published_on", "attempts", "heartbeat_at"])
    if action == "publish":
        succession.settle(actor=actor, document=document)
    refresh_public(document)
    if action == "withdraw":
        succession.withdraw(actor=actor, document=document)
    events.record(f"document.{action}", subject=document, actor=actor, data=data)
    return document


@transaction.atomic
def describe(*, actor: User, document: Document, facts: Facts) -> Document:
    """Change the facts about a document. Its requirements follow."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(rules.may_register(actor, document))
    for field in ("title", "kind", "year", "imposing_body", "addressee", "follows"):
        setattr(document, field, getattr(facts, field))
    document.openness, document.exempt_ground = facts.openness, facts.exempt_ground
    document.exempt_review_on = facts.exempt_review_on
    document.clean_fields(exclude=["pages", "notices", "text", "heartbeat_at", "uploaded_by", "file_digest"])
    document.validate_constraints()
    require(rules.may_register(actor, document))
    document.save()
    document.requirements.update(
        imposing_body=document.imposing_body,
        addressee=document.addressee,
        year=document.year,
        level=document.imposing_body.level,
    )
    refresh_public(document)
    events.record("document.describe", subject=document, actor=actor)
    return document


def refresh_public(document: Document) -> None:
    """Set the public's gate on the requirements of a document after the document or its openness changed."""
    public = document.status == Document.Status.PUBLISHED and document.openness == Openness.OPEN
    document.requirements.update(is_public=public)
    if public:
        closed = list(openness.closed(document.requirements.all()).values_list("pk", flat=True))
        document.requirements.filter(pk__in=closed).update(is_public=False)


def who_has_it(bearer: str) -> str:
    """The bearers that the reader gives ("kommune+statsforvalter") as words for a page."""
    return " og ".join(bearer.split("+")).capitalize()


def new_requirement(candidate: Candidate, document: Document) -> Requirement:
    """The requirement that an accepted candidate becomes; not yet saved."""
    return Requirement(
        document=document,
        candidate=candidate,
        imposing_body_id=document.imposing_body_id,
        addressee_id=document.addressee_id,
        level=document.imposing_body.level,
        year=document.year,
        start=candidate.start,
        end=candidate.end,
        page=candidate.page,
        heading=candidate.heading,
        assignment=candidate.assignment,
        quote=candidate.quote,
        # An item of a list is understood only with the words that open the list.
        text=" ".join(f"{candidate.stem} {candidate.quote}".split()),
        requirement_class=candidate.requirement_class,
        who_acts=candidate.addressee,
        deadline=candidate.deadline,
        deadline_on=last_day(candidate.deadline),
        # What a law or regulation demands has its basis there, and can be removed only there.
        legal_basis=f"{document.title[: 199 - len(candidate.section)]} {candidate.section}"
        if candidate.section
        else "",
        statutory=bool(candidate.section),
    )
