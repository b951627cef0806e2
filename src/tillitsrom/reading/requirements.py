"""Give every finding its class and its deadline, and leave out what is said twice."""

import re
from collections.abc import Iterable, Sequence

from tillitsrom.reading.dues import attach
from tillitsrom.reading.findings import Due, Finding
from tillitsrom.reading.model import Document, Requirement, RequirementClass
from tillitsrom.reading.structure import SectionKind
from tillitsrom.reading.words import pattern

_MAKING = (
    r"utarbeide|utrede|vurdere|lage|gjennomføre|gjøre|utvikle|kartlegge|følge|etablere|bistå|samarbeide|koordinere|trekke|se|bidra|ha|ta|gi|sikre|sørge"
    r"|involvere|fortsette|styrke|videreutvikle|iverksette|identifisere|gjennomgå|revidere|oppdatere|bruke|arbeide|ivareta|inneholde|omfatte|delta|innhente"
    r"|starte|prioritere|understøtte|tilrettelegge|komme|oppsummere|beskrive|foreslå|anbefale|greie|gjere|syte|utgreie|vurdert|legge\s+til"
)
_HANDING = (
    "send", "rapport", "lever", "orienter", "redegj", "gjere greie", "varsl", "underrett", "fremlegg", "framlegg", "legge", "meld", "status",
    "oversikt", "omtal", "inngå", "fremgå", "framgå", "beskrives", "inkluderes",
)  # fmt: skip
_HANDS_OVER = pattern(
    rf"\b(?:skal|må|bør|bes|ber|bed)\b(?:\s+(?!(?:{_MAKING})\b)\S+){{0,12}}?\s+"
    r"(?:oversend\w*|sendes?|sendt|sendast|rapportere[st]?|rapporterast|levere[st]?|levert|leverast|orientere[st]?|gjere\s+greie|varsle[st]?|underrette[st]?"
    r"|fremlegge[st]?|framlegge[st]?|legges?\s+fr[ae]m|meldes?|meldast|innrapporter\w*)\b",
)
_HANDED = pattern(
    r"\b(?:oversendes|sendes|leveres|rapporteres|meldes|fremlegges|framlegges|sendast|leverast|rapporterast)\b.{0,80}?(?:departement|riksrevisjon|\binn(?:e|a)n\b|kopi|senest)"
    r"|\bbes?\s+(?:det\s+)?om\s+(?:en\s+|ei\s+)?(?:\w+\s+){0,2}(?:rapport\w*|status\w*|tilbakemelding\w*|orientering|redegjørelse|oversikt)"
    r"|\bstatus\b.{0,60}\bforeligge\b|\b(?:inkluderes|omtales|inngå|fremgå|framgå|beskrives|omtalast)\s+i\s+(?:\w+\s+){0,2}\w*rapport"
    r"|\bfå\s+(?:tilsendt|oversendt)|\b(?:skal|må|bes|ber)\b.{0,60}\bredegjør\w*\s+(?:\S+\s+){0,5}(?:departement|overfor)"
    r"|^(?:årsrapporten|tertialrapporten|statusrapporten)\s+(?:skal|må|bør)|\bgi\s+(?:\w+\s+){0,3}(?:status|tilbakemelding|oversikt over status)",
)
_START_HANDS_OVER = pattern(
    r"^(?:å\s+)?(?:rapportere|oversende|orientere|varsle|redegjøre|sende|melde\s+inn|legge\s+fr[ae]m\s+for)\b",
)
_REPORTS = pattern(
    r"\brapporter\w*|\b\w*rapport(?:en|ene|er|a|ane)?\b|\boversend\w+|\borientere\w*|\bredegjør\w*|\bgjøre rede|\bgjere greie|\bvarsle\w*|\bunderrett\w*|\btilbakemelding\w*"
    r"|\bmeld(?:e|es|ast)\b(?!\.\w)|\binnspill\b|\bbudsjettinnspill|\bårsregnskap\w*|\bårsrekneskap\w*|\bsend(?:e|es|ast)\s+(?!på\s+høring|på\s+høyring)|\blegge\s+fr[ae]m"
    r"|\bforklaring\w*\s+(?:på|av)\s+resultat|\bstatusoppdatering\w*|\bavviksrapport\w*|\binformere\s+(?:\S+\s+){0,3}departement|\bdokumentere\b|\bvarsl\w+",
)
_GUIDES = pattern(
    r"prioriter|\bmidl\w+|tildeling|bevilgning|løyving|i\s+sammenheng|i\s+samanheng|samarbeid|\bhensyn|\bomsyn|til\s+grunn|i\s+tråd\s+med|\bi\s+samsvar|regelverk|reglement|bestemmelse|\bloven?\b|\blova\b"
    r"|\binnenfor\b|\binnanfor\b|\bramme|kommunikasjon|avklares|være\s+forberedt|vere\s+budd|brukermedvirkning|involver|tariff|benytt|\bnytt(?:e|es|ast)\b|anskaff|lærling|klima|etterlev"
    r"|overhold|oppdrag\s+som\s+er\s+gitt|retningslinj|\bkrav(?:ene|a)?\b|sikre\s+at|\bpåse\b|koordiner|likestill|universell|sikkerhetsloven|samhandl",
)
_ACTS = pattern(
    r"\b(?:har\s+(?:\w+\s+)?ansvar|skal\s+sørge\s+for|skal\s+(?:i\s+20\d\d\s+)?gjennomføre|skal\s+utrede|skal\s+utarbeide|skal\s+etablere|skal\s+bidra(?!\s+til\s+oppdrag))\b",
)
_ASSIGNED = pattern(r"\bi\s+oppdrag\s+å\b|\bsom\s+oppdrag\b")
_KEY = pattern(r"[\W_]+")
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
    deadlines = attach(kept, dues, year, _hands_over)
    classes = _classes(kept, dues)
    return tuple(
        Requirement(
            start=f.start,
            end=f.end,
            quote=document.text[f.start : f.end],
            requirement_class=found,
            rule=f.rule,
            confidence=round(max(0.05, min(f.confidence, 0.99)), 2),
            deadline=None if found is RequirementClass.AUTHORITY else deadline,
            assignment=f.place.assignment,
            page=document.page_at(f.start) if document.pages else None,
            heading=f.place.heading,
            addressee=addressee,
            stem=f.place.stem or None,
        )
        for f, deadline, found in zip(kept, deadlines, classes, strict=True)
    )


_ABOUT_REPORT = pattern(r"^(?:rapporteringen|rapporteringa|rapporten|statusrapporten)\s+(?:skal|må|bør)\b")


def _classes(findings: Sequence[Finding], dues: Sequence[Due]) -> list[RequirementClass]:
    """The class of each. Text that a deadline line closes is an assignment, also without a title; what a report must hold is reporting where the sentence before asked for the report."""
    result: list[RequirementClass] = []
    closed = {due.zone: due.at for due in dues if not due.item and not due.block}
    for index, finding in enumerate(findings):
        found = classify(finding)
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
            if following and following.rule in _ROWS and following.start - finding.end < _NEAR:
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
        key = _KEY.sub("", finding.plain).lower()
        if len(key) >= _SAME:
            if key in seen:
                continue
            seen.add(key)
        kept.append(finding)
    return kept


def classify(finding: Finding) -> RequirementClass:
    """The class of a finding: the first that fits."""
    if finding.authority:
        return RequirementClass.AUTHORITY
    if finding.fixed:
        return RequirementClass(finding.fixed)
    plain, place = finding.plain.lower(), finding.place
    if place.scope or place.section is SectionKind.ASSIGNMENTS:
        return RequirementClass.REPORTING if _hands_over(plain) else RequirementClass.ASSIGNMENT
    if _reports(finding):
        return RequirementClass.REPORTING
    if _ASSIGNED.search(plain):
        return RequirementClass.ASSIGNMENT
    return RequirementClass.GUIDELINE if _guides(finding) else RequirementClass.ACTIVITY


def _hands_over(plain: str) -> bool:
    if not any(part in plain for part in _HANDING):
        return False
    return bool(_HANDS_OVER.search(plain) or _HANDED.search(plain) or _START_HANDS_OVER.match(plain))


def _reports(finding: Finding) -> bool:
    plain, place = finding.plain.lower(), finding.place
    if place.section is SectionKind.REPORTING:
        return not re.search(r"\bmidlene\b|\btildelingen\b", plain)
    if place.stem and _REPORTS.search(place.stem.lower()):
        return True
    return bool(_REPORTS.search(plain)) and not re.search(
        r"\boppfølging(?:en)?\s+av\s+rapport|\bi\s+rapporten\b", plain
    )


def _guides(finding: Finding) -> bool:
    plain, place = finding.plain.lower(), finding.place
    if place.section in (SectionKind.BUDGET, SectionKind.GUIDELINES):
        return True
    if place.stem and _GUIDES.search(place.stem.lower()):
        return True
    if finding.rule in ("responsibility",):
        return False
    if finding.rule in (
        "modal_passive",
        "modal_impersonal",
        "modal_thing",
        "modal_thing_state",
        "modal_money",
        "instructing_present",
        "expectation",
    ):
        return True
    return bool(_GUIDES.search(plain)) and not _ACTS.search(plain)
