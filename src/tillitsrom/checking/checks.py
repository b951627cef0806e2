"""Checking a draft: read it, hold it against what the person may see, and hand back what was found. Keeps nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillitsrom.core import rates
from tillitsrom.people.models import User
from tillitsrom.reading import model as reading
from tillitsrom.reading.check import Finding, check
from tillitsrom.reading.model import ReadingError
from tillitsrom.register import failures
from tillitsrom.register.models import COUNTED, Document

from . import documents, drafts


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class in the draft, and in the letter before; None where there is none to compare with."""

    kind: str
    count: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in a draft."""

    reading: reading.Reading
    findings: tuple[Finding, ...]
    classes: tuple[ClassLine, ...]
    previous: Document | None
    others: tuple[Document, ...]


def wait_for(person: User) -> int:
    """Seconds until the person may check again; 0 when it is now. Counts this time."""
    return rates.take(f"check:{person.pk}", limit=settings.CHECKS_PER_MINUTE)


def too_often(wait: int) -> str:
    return ngettext(
        "You have checked many drafts in a short time. Try again in %(seconds)s second.",
        "You have checked many drafts in a short time. Try again in %(seconds)s seconds.",
        wait,
    ) % {"seconds": wait}


def megabytes() -> int:
    return int(settings.CHECK_MAX_BYTES) // (1024 * 1024)


def seconds() -> int:
    return int(settings.CHECK_MAX_SECONDS)


def in_words(error: ReadingError) -> str:
    """What is wrong with the draft and what to do; the bounds are those of the check, not of the register."""
    if error.code == "too_large":
        return _(
            "The draft is too large or holds too much text. The limit is %(megabytes)s MB. Split it."
        ) % {"megabytes": megabytes()}
    if error.code == "too_slow":
        return _(
            "Reading took more than %(seconds)s seconds and was stopped. Split the draft, or upload it to the register, "
            "where reading may take longer."
        ) % {"seconds": seconds()}
    return failures.sentence(error.code, str(error))


def check_draft(person: User, *, text: str, file: UploadedFile | None, previous: Document | None) -> Result:
    """Read and check a pasted text or a file. Raises ReadingError."""
    read = drafts.read_file(file.name or "", file.chunks()) if file else drafts.read_text(text)
    before = documents.reading_of(person, previous) if previous else None
    year = read.year or (previous.year + 1 if previous else 0)
    others = documents.in_force(person, previous.addressee_id, year) if previous else []
    others = [one for one in others if previous is None or one.pk != previous.pk]
    found = check(
        read, previous=before, others=[documents.reading_of(person, one, alive=True) for one in others]
    )
    return Result(read, found, _classes(read, before), previous, tuple(others))


def _classes(read: reading.Reading, before: reading.Reading | None) -> tuple[ClassLine, ...]:
    now, then = read.counts(), before.counts() if before else {}
    kinds = [reading.RequirementClass(kind) for kind in COUNTED]
    return tuple(
        ClassLine(kind.value, now.get(kind, 0), then.get(kind, 0) if before else None)
        for kind in kinds
        if now.get(kind) or then.get(kind)
    )
