"""What a person should know about how a document was read, in the reader's language, by the reader's stable codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Document


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, and whether it calls for care."""

    code: str
    sentence: str
    tone: str


def told(document: Document) -> list[Told]:
    """The sentences about a document; a code that is not known here is left out."""
    found = []
    for code, about in document.notices:
        sentence = _sentence(code, about)
        if sentence:
            found.append(Told(code, sentence, "info" if code == "attachment" else "warning"))
    return found


def _sentence(code: str, about: Sequence[str]) -> str:
    if code in ("read_by_ocr", "pages_without_text", "no_ocr"):
        return _about_pages(code, about)
    if code == "attachment":
        return _("Read from the attachment %(name)s of the e-mail.") % {"name": about[0]}
    if code in ("comments", "tracked_changes"):
        return _about_word(code, int(about[0]))
    return ""


def _about_pages(code: str, about: Sequence[str]) -> str:
    pages = {"pages": ranges([int(page) for page in about])}
    if code == "read_by_ocr":
        return (
            ngettext(
                "Page %(pages)s is a scanned picture and was read by text recognition (OCR). A machine may misread letters and figures, so check what stands there against the original.",
                "Pages %(pages)s are scanned pictures and were read by text recognition (OCR). A machine may misread letters and figures, so check what stands there against the original.",
                len(about),
            )
            % pages
        )
    if code == "no_ocr":
        return (
            ngettext(
                "Page %(pages)s is a scanned picture and was not read, for text recognition is not installed here.",
                "Pages %(pages)s are scanned pictures and were not read, for text recognition is not installed here.",
                len(about),
            )
            % pages
        )
    return (
        ngettext(
            "No text could be read on page %(pages)s.",
            "No text could be read on pages %(pages)s.",
            len(about),
        )
        % pages
    )


def _about_word(code: str, count: int) -> str:
    if code == "comments":
        return ngettext(
            "The document has %(count)s comment in the margin. It is not part of the text and was not read.",
            "The document has %(count)s comments in the margin. They are not part of the text and were not read.",
            count,
        ) % {"count": count}
    return ngettext(
        "The document has %(count)s tracked change that nobody has accepted. It was read as if accepted.",
        "The document has %(count)s tracked changes that nobody has accepted. They were read as if accepted.",
        count,
    ) % {"count": count}


def ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3 and 7 as "1–3, 7"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
