"""Give every finding its class and its deadline, and leave out what is said twice."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from tillitsrom.reading.calibration import calibrated
from tillitsrom.reading.classes import classify, hands_over
from tillitsrom.reading.deadlines import CorrectedDate
from tillitsrom.reading.dues import attach
from tillitsrom.reading.findings import Due, Finding
from tillitsrom.reading.model import Document, Requirement, RequirementClass
from tillitsrom.reading.words import pattern

_EDGES = ' .,:;!?*_–-•«»"()'
_SAME = 25
_ROWS = ("table_parameter", "table_assignment", "calendar_row")
_NEAR = 600


def settle(
    document: Document,
    addressee: str | None,
    year: int | None,
    findings: Sequence[Finding],
    dues: Sequence[Due],
) -> tuple[Requirement, ...]:
    """The requirements of a document: stems that gave way left out, repetitions left out, classes and deadlines set."""
    kept = _without_repetition(_without_overlap(_without_stems(findings)))
    hands = cache(hands_over)
    deadlines = attach(kept, dues, year, hands)
    classes = _classes(kept, dues, hands)
    return tuple(
        Requirement(
            start=f.start,
            end=f.end,
            quote=document.text[f.start : f.end],
            requirement_class=found,
            rule=f.rule,
            confidence=calibrated(f.rule, found.value, f.confidence),
            deadline=None if found is RequirementClass.AUTHORITY or deadline is None else str(deadline),
            assignment=f.place.assignment,
            page=document.page_at(f.start) if document.pages else None,
            heading=f.place.heading,
            addressee=addressee,
            stem=f.place.stem or None,
            date_corrected=isinstance(deadline, CorrectedDate) and found is not RequirementClass.AUTHORITY,
        )
        for f, deadline, found in zip(kept, deadlines, classes, strict=True)
    )


_ABOUT_REPORT = pattern(
    r"^(?:rapporteringen|rapporteringa|rapporten|statusrapporten|tilbakemeldingen|tilbakemeldinga|orienteringen|orienteringa|redegjørelsen)\s+(?:skal|må|bør)\b"
)


def _classes(
    findings: Sequence[Finding], dues: Sequence[Due], hands: Callable[[str], bool]
) -> list[RequirementClass]:
    """The class of each. Text that a deadline line closes is an assignment, also without a title; what a report must hold is reporting where the sentence before asked for the report."""
    result: list[RequirementClass] = []
    closed = {due.zone: due.at for due in dues if not due.item and not due.block}
    for index, finding in enumerate(findings):
        found = classify(finding, hands)
        if found is RequirementClass.ACTIVITY and finding.start < closed.get(finding.place.zone, 0):
            found = RequirementClass.ASSIGNMENT
        if found is RequirementClass.ASSIGNMENT and index and _ABOUT_REPORT.match(finding.plain.lower()):
            before = findings[index - 1]
            if result[-1] is RequirementClass.REPORTING and before.place.block == finding.place.block:
                found = RequirementClass.REPORTING
        result.append(found)
    return result


def _without_stems(findings: Sequence[Finding]) -> list[Finding]:
    """A stem counts only where no item of its list did: where the next finding is not one that it opened."""
    kept = []
    for index, finding in enumerate(findings):
        if finding.stem_of:
            following = findings[index + 1] if index + 1 < len(findings) else None
            listed = following and (
                following.rule in _ROWS
                or following.rule.startswith("list_key")
                or following.rule.startswith("list_steer")
            )
            if following and listed and following.start - finding.end < _NEAR:
                continue
            if following and following.place.stem and following.place.stem == finding.plain:
                continue
            if following and following.place.stem and finding.plain.endswith(following.place.stem):
                continue
        kept.append(finding)
    return kept


def _without_overlap(findings: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.start >= finding.end or (kept and finding.start < kept[-1].end):
            continue
        kept.append(finding)
    return kept


def _without_repetition(findings: Iterable[Finding]) -> list[Finding]:
    seen: set[str] = set()
    kept = []
    for finding in findings:
        key = "".join(finding.plain.lower().replace(",", "").replace(".", "").split()).strip(_EDGES)
        if len(key) >= _SAME:
            if key in seen:
                continue
            seen.add(key)
        kept.append(finding)
    return kept
