"""Findings as a page shows them: in the reader's language, the gravest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tillitsrom.reading.check import Finding, Severity
from tillitsrom.reading.check.registry import BY_CODE
from tillitsrom.reading.check.texts import in_language, text_of
from tillitsrom.reading.report import plain
from tillitsrom.web.templatetags.tillitsrom import number

TONES = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.NOTE: "info"}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding is about; `document` is empty where it is the same document."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding."""

    code: str
    title: str
    message: str
    quote: str
    page: int | None
    start: int
    severity: str
    tone: str
    related: tuple[Related, ...]
    more: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    severity: Severity
    heading: str
    about: str
    findings: tuple[Shown, ...]


def language() -> str:
    return (get_language() or "nb")[:2]


def word(severity: Severity) -> str:
    """The severity in words, since a colour alone says nothing."""
    return {Severity.ERROR: _("Error"), Severity.WARNING: _("Warning"), Severity.NOTE: _("Note")}[severity]


def about(severity: Severity) -> str:
    return {
        Severity.ERROR: _("Breaks a principle or a fact. Correct it before you send."),
        Severity.WARNING: _("Makes steering heavier. Change it, or know why it stays."),
        Severity.NOTE: _("Worth a look."),
    }[severity]


def translated(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with their messages in the reader's language."""
    return tuple(in_language(f, BY_CODE[f.code], language()) for f in findings)


def shown(finding: Finding, document: str, places: Mapping[int, str]) -> Shown:
    """One finding; `document` is the name of the document that it stands in, `places` the addresses of its sentences."""
    said = in_language(finding, BY_CODE[finding.code], language())
    related = [
        Related("" if r.document == document else r.document, _short(r.quote)) for r in finding.related
    ]
    return Shown(
        finding.code,
        text_of(BY_CODE[finding.code], language()).title,
        said.message,
        _short(finding.quote),
        finding.page,
        finding.start,
        word(finding.severity),
        TONES[finding.severity],
        tuple(related[:3]),
        max(0, len(related) - 3),
        places.get(finding.start, ""),
    )


def _short(text: str) -> str:
    text = plain(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def grouped(
    findings: Sequence[Finding], document: str, places: Mapping[int, str] = MappingProxyType({})
) -> list[Group]:
    """One group for each severity that occurs, the gravest first."""
    groups = []
    for severity in Severity:
        own = tuple(shown(f, document, places) for f in findings if f.severity is severity)
        if own:
            groups.append(Group(severity, _heading(severity, len(own)), about(severity), own))
    return groups


def _heading(severity: Severity, count: int) -> str:
    words = {"count": number(count)}
    return {
        Severity.ERROR: ngettext("%(count)s error", "%(count)s errors", count),
        Severity.WARNING: ngettext("%(count)s warning", "%(count)s warnings", count),
        Severity.NOTE: ngettext("%(count)s note", "%(count)s notes", count),
    }[severity] % words


def summary(findings: Sequence[Finding]) -> str:
    """How many of each, in one line."""
    counts = [(s, sum(f.severity is s for f in findings)) for s in Severity]
    return ", ".join(_heading(s, n) for s, n in counts if n) or _("No findings")
