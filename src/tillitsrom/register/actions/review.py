"""Review: a person says of each candidate what it is. Two reviewers never overwrite each other silently."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.people.models import User
from tillitsrom.register import search
from tillitsrom.register.dates import last_day
from tillitsrom.register.lifecycle import CANDIDATE
from tillitsrom.register.models import Candidate, Document, Requirement
from tillitsrom.register.rules import may_review

from . import succession
from .documents import new_requirement

EDITABLE = ("requirement_class", "deadline", "addressee", "assignment")


def _locked(candidate: Candidate, version: int) -> Candidate:
    """The candidate's row, locked, if it is still the one that the actor saw."""
    # The document is locked first, so that reviewing and publishing wait for each other.
    document = Document.objects.select_for_update().get(pk=candidate.document_id)
    row = Candidate.objects.select_for_update().get(pk=candidate.pk)
    row.document = document
    if row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this candidate since you opened the page. Nothing of yours was saved; look at it again."
            )
        )
    return row


def _move(actor: User, row: Candidate, action: str) -> None:
    row.status = CANDIDATE.check(actor, row, action).target
    row.version += 1


@transaction.atomic
def accept(*, actor: User, candidate: Candidate, version: int) -> Requirement:
    """Accept a candidate: it becomes a requirement in force. An authority gives room and becomes one too, never counted."""
    row = _locked(candidate, version)
    _move(actor, row, "accept")
    row.save(update_fields=["status", "version"])
    events.record("candidate.accept", subject=row, actor=actor)
    return _register(actor, [row])[0]


def _register(actor: User, rows: Sequence[Candidate]) -> list[Requirement]:
    made = Requirement.objects.bulk_create([new_requirement(row, row.document) for row in rows])
    search.index((r.pk, searchable(r)) for r in made)
    events.record_many("requirement.accepted", subjects=made, actor=actor, data=[{}] * len(made))
    return made


def searchable(requirement: Requirement) -> str:
    return f"{requirement.text} {requirement.heading} {requirement.assignment}"


@transaction.atomic
def accept_all(*, actor: User, document: Document, confidence: float) -> int:
    """Accept every pending candidate whose confidence is at least this. Returns how many."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    rows = list(
        Candidate.objects.select_for_update().filter(
            document=document, status=Candidate.Status.PENDING, confidence__gte=confidence
        )
    )
    for row in rows:
        row.document = document
    if not rows:
        return 0
    transition = CANDIDATE.find(source=Candidate.Status.PENDING, action="accept")
    require(transition.rule(actor, rows[0]))
    for row in rows:
        row.status = transition.target
        row.version += 1
    Candidate.objects.bulk_update(rows, ["status", "version"], batch_size=500)
    _register(actor, rows)
    # Marked, so that how often the rules are right is measured on what people looked at one by one.
    events.record_many("candidate.accept", subjects=rows, actor=actor, data=[{"in_bulk": True}] * len(rows))
    events.record(
        "candidate.accept_all",
        subject=document,
        actor=actor,
        data={"count": len(rows), "confidence": f"{confidence:.0%}".replace("%", "\xa0%")},
    )
    return len(rows)


@transaction.atomic
def reject(*, actor: User, candidate: Candidate, version: int) -> Candidate:
    row = _locked(candidate, version)
    _move(actor, row, "reject")
    row.save(update_fields=["status", "version"])
    events.record("candidate.reject", subject=row, actor=actor)
    return row


@transaction.atomic
def edit(
    *, actor: User, candidate: Candidate, version: int, values: dict[str, Any], then_accept: bool = False
) -> Candidate:
    """Change class, deadline, addressee or assignment of a pending candidate, and accept it so changed if asked to."""
    row = _locked(candidate, version)
    _move(actor, row, "edit")
    changed = {field: (getattr(row, field), values[field]) for field in EDITABLE if field in values}
    for field, (_old, new) in changed.items():
        setattr(row, field, new)
    last_day(row.deadline)
    if "deadline" in changed and changed["deadline"][0] != row.deadline:
        # A person has looked at the date.
        row.date_corrected = False
    row.clean_fields(exclude=["page"])
    row.save(update_fields=[*EDITABLE, "date_corrected", "version"])
    events.record(
        "candidate.edit",
        subject=row,
        actor=actor,
        data={f: list(pair) for f, pair in changed.items() if pair[0] != pair[1]},
    )
    if then_accept:
        accept(actor=actor, candidate=row, version=row.version)
    return row


@transaction.atomic
def split(*, actor: User, candidate: Candidate, version: int, at: Sequence[int]) -> list[Candidate]:
    """Split a candidate at offsets of the document's text; the parts are pending candidates in its place."""
    row = _locked(candidate, version)
    points = [row.start, *sorted(set(at)), row.end]
    text = row.document.text
    spans = [_trimmed(text, start, end) for start, end in pairwise(points)]
    if len(spans) < 2 or any(start >= end for start, end in spans) or points != sorted(points):
        raise ValidationError(_("Choose where to split: inside the sentence, with words on both sides."))
    _move(actor, row, "split")
    row.save(update_fields=["status", "version"])
    parts = [_copy(row, start, end) for start, end in spans]
    made = Candidate.objects.bulk_create(parts)
    row.replaced_by.set(made)
    events.record("candidate.split", subject=row, actor=actor, data={"count": len(made)})
    return made


@transaction.atomic
def merge(
    *, actor: User, first: Candidate, second: Candidate, version: int, second_version: int
) -> Candidate:
    """Merge two pending candidates of the same document into one that spans both."""
    if first.document_id != second.document_id or first.pk == second.pk:
        raise ValidationError(_("Only two candidates of the same document can be merged."))
    one, other = _locked(first, version), _locked(second, second_version)
    for row in (one, other):
        _move(actor, row, "merge")
        row.save(update_fields=["status", "version"])
    merged = _copy(one, min(one.start, other.start), max(one.end, other.end))
    merged.deadline = one.deadline or other.deadline
    merged.date_corrected = (one if one.deadline else other).date_corrected
    merged.save()
    one.replaced_by.set([merged])
    other.replaced_by.set([merged])
    events.record("candidate.merge", subject=merged, actor=actor)
    return merged


@transaction.atomic
def undo(*, actor: User, candidate: Candidate, version: int) -> Candidate:
    """Take an acceptance or rejection back. A requirement that has already got a life of its own stays."""
    row = _locked(candidate, version)
    _move(actor, row, "undo")
    requirement = Requirement.objects.select_for_update().filter(candidate=row).first()
    if requirement is not None:
        in_use = requirement.version != 1 or requirement.merged_from.exists()
        if in_use or requirement.status != Requirement.Status.IN_FORCE:
            raise WrongState(
                _(
                    "The requirement has been worked on since it was accepted, so the answer cannot be taken back."
                )
            )
        before = requirement.replaces
        # What was split into several is still replaced while another of the parts stands.
        if before is not None and not before.replaced_by.exclude(pk=requirement.pk).exists():
            succession.restore(actor=actor, requirements=[before])
        search.forget([requirement.pk])
        requirement.delete()
    row.save(update_fields=["status", "version"])
    events.record("candidate.undo", subject=row, actor=actor)
    return row


@transaction.atomic
def add(*, actor: User, document: Document, sentence: str, requirement_class: str) -> Candidate:
    """Add a requirement that the reader missed: the sentence as it stands in the document, as a candidate to accept.

    Raises ValidationError where the sentence is not in the text or has been found already.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    row = Candidate(document=document, rule="person", confidence=1.0, requirement_class=requirement_class)
    require(may_review(actor, row))
    span = find_sentence(document.text, sentence)
    if span is None:
        raise ValidationError(
            {
                "sentence": _(
                    "We do not find this in the document. Copy the sentence from the text and paste it here."
                )
            }
        )
    row.start, row.end = span
    taken = document.candidates.exclude(status=Candidate.Status.REPLACED).filter(start=row.start, end=row.end)
    if taken.exists():
        raise ValidationError({"sentence": _("This sentence is among the candidates already.")})
    row.quote = document.text[row.start : row.end]
    row.page = next((number for number, start, end in document.pages if start <= row.start < end), None)
    headings = [line for line in document.text[: row.start].splitlines() if line.startswith("#")]
    row.heading = headings[-1].strip("#* ")[:300] if headings else ""
    row.clean_fields(exclude=["document", "page"])
    row.save()
    events.record("candidate.add", subject=row, actor=actor)
    return row


# Between two words of a sentence there may be a line break, a mark of emphasis or the edge of a cell.
_BETWEEN = r"[\s*_|]+"
LONGEST_SENTENCE = 2000


def find_sentence(text: str, sentence: str) -> tuple[int, int] | None:
    """Where a sentence stands in a text, whatever white space and emphasis lie between its words."""
    # No word may hold what lies between words: a row of underscores would then be tried in endless ways.
    words = [word for word in re.split(_BETWEEN, sentence) if word]
    if not words or len(sentence) > LONGEST_SENTENCE:
        return None
    found = re.search(_BETWEEN.join(re.escape(word) for word in words), text)
    return found.span() if found else None


def _copy(row: Candidate, start: int, end: int) -> Candidate:
    return Candidate(
        document=row.document,
        start=start,
        end=end,
        quote=row.document.text[start:end],
        requirement_class=row.requirement_class,
        deadline=row.deadline,
        date_corrected=row.date_corrected,
        addressee=row.addressee,
        assignment=row.assignment,
        stem=row.stem,
        section=row.section,
        page=row.page,
        heading=row.heading,
        rule="person",
        confidence=1.0,
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
