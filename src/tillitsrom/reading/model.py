"""What the reader hands from step to step: frozen values, all offsets in characters of `Document.text`."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class RequirementClass(StrEnum):
    """The class of a requirement (krav), one per requirement; the counting rules define each.

    A law or regulation gives duties, prohibitions and reporting; the other classes belong to letters.
    """

    GOAL = "goal"
    STEERING_PARAMETER = "steering_parameter"
    KEY_FIGURE = "key_figure"
    REPORTING = "reporting"
    ASSIGNMENT = "assignment"
    GUIDELINE = "guideline"
    ACTIVITY = "activity"
    DUTY = "duty"
    PROHIBITION = "prohibition"
    AUTHORITY = "authority"

    @property
    def counted(self) -> bool:
        """An authority (fullmakt) gives room; it is shown but never counted as a requirement."""
        return self is not RequirementClass.AUTHORITY


class SourceKind(StrEnum):
    """The formats that can be read."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    EMAIL = "eml"


class ReadingError(Exception):
    """A document that cannot be read. `code` is stable, so that a page can say it in the reader's language.

    Codes: empty, unsupported, wrong_type, damaged, encrypted, no_text, no_ocr, too_large, too_many_pages, too_slow,
    too_much_memory, not_found, not_text, which_attachment.
    The message is one line in bokmål: what is wrong and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its number from 1, and where it starts and ends in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the reading that a person should know, though the document was read.

    `code` is stable, so that a page can say it in the reader's language: read_by_ocr, pages_without_text, no_ocr,
    comments, tracked_changes, attachment. `about` is what it is about: page numbers, a count, a file's name. `message` is
    one line in bokmål.
    """

    code: str
    about: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text. For `.md` and `.txt` the text is the file's own, character for character.

    For PDF, DOCX and HTML the text is written by `sources` as plain Markdown (headings as `#`, lists as `- `, tables as
    `| a | b |`), so that the steps after it know one form only. `pages` is empty where the format has no pages.
    `ocr_pages` are the pages whose text is a machine's guess at a picture (OCR); what stands there must be checked.
    """

    name: str
    kind: SourceKind
    text: str
    pages: tuple[Page, ...] = ()
    title: str | None = None
    ocr_pages: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()

    def by_ocr(self, start: int, end: int) -> bool:
        """Whether any of these characters stand on a page that was read by text recognition."""
        guessed = set(self.ocr_pages)
        return bool(guessed) and any(
            page.number in guessed and page.start < end and start < page.end for page in self.pages
        )

    def page_at(self, offset: int) -> int | None:
        """The page that the character stands on, or None where the format has no pages."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page.number
        return None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the addressee is told, asked or expected to do, reach, report or heed.

    `quote` is `text[start:end]`. `deadline` is ISO 8601: a date, a month (`2026-06`) or a year. `rule` names what found it
    and `confidence` (0–1) says how sure that rule is. `stem` is the opening of the list that an item stands in
    ("Direktoratet skal i 2026:"), without which the item's own words cannot be understood. In a law `bearer` is who has the
    duty ("kommune", "kommune+statsforvalter") and `section` where it stands ("§ 5-3"); both are None in a letter.
    `date_corrected` flags a deadline that the document states as a day that the month does not have ("31. juni"): `deadline` is then
    the month's last day, and a person must look.
    """

    start: int
    end: int
    quote: str
    requirement_class: RequirementClass
    rule: str
    confidence: float
    deadline: str | None = None
    assignment: str | None = None
    page: int | None = None
    heading: str | None = None
    addressee: str | None = None
    stem: str | None = None
    bearer: str | None = None
    section: str | None = None
    date_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one document, in the document's order."""

    document: Document
    addressee: str | None
    year: int | None
    requirements: tuple[Requirement, ...]

    def counts(self) -> dict[RequirementClass, int]:
        """How many of each class that occurs, in the order of the classes; authority is left out (R21)."""
        return count_by_class(r.requirement_class for r in self.requirements)


def count_by_class(classes: Iterable[RequirementClass]) -> dict[RequirementClass, int]:
    """Count requirements per class; only classes that count, in their fixed order."""
    found = list(classes)
    return {c: found.count(c) for c in RequirementClass if c.counted and c in found}
