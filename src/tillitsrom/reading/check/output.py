"""Findings for the terminal, for other programs (JSON, SARIF 2.1.0) and for a page (Markdown)."""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent

from tillitsrom import __version__
from tillitsrom.reading.check.engine import Silenced
from tillitsrom.reading.check.model import Finding, Related, Rule, Severity
from tillitsrom.reading.check.registry import BY_CODE, RULES
from tillitsrom.reading.check.texts import text_of
from tillitsrom.reading.model import Document, Reading, SourceKind
from tillitsrom.reading.report import plain

WORDS = {Severity.ERROR: "feil", Severity.WARNING: "advarsel", Severity.NOTE: "merknad"}
_PLURAL = {Severity.ERROR: "feil", Severity.WARNING: "advarsler", Severity.NOTE: "merknader"}
_LONGEST = 200
_SOURCE = {"nb": "Kilde", "nn": "Kjelde", "en": "Source"}
_OWN_TEXT = (SourceKind.MARKDOWN, SourceKind.TEXT)
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Checked:
    """A document by the path that it was given by, and what was found in it."""

    path: str
    reading: Reading
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()


class _Lines:
    """Line numbers of a text, from 1."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [0]
        at = document.text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = document.text.find("\n", at + 1)

    def at(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def place(self, finding: Finding) -> str:
        """The page, or the line where the format has no pages but is its own text; else nothing."""
        if finding.page is not None:
            return f"side {finding.page}"
        return f"linje {self.at(finding.start)}" if self._document.kind in _OWN_TEXT else ""


def _short(text: str) -> str:
    text = plain(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _also(finding: Finding, document: Document) -> str:
    if not finding.related:
        return ""
    first = finding.related[0]
    where = "" if first.document == document.name else f" ({plain(first.document)})"
    more = f" og {len(finding.related) - 1} til" if len(finding.related) > 1 else ""
    return f" Se også «{_short(first.quote)}»{where}{more}."


def text(checked: Sequence[Checked]) -> str:
    """One line for each finding, and one that sums up."""
    lines = []
    for one in checked:
        document, numbers = one.reading.document, _Lines(one.reading.document)
        for f in one.findings:
            where = ", ".join(part for part in (plain(one.path), numbers.place(f)) if part)
            lines.append(
                f"{where}: {f.code} {WORDS[f.severity]}: {f.message} «{_short(f.quote)}»{_also(f, document)}"
            )
    return "\n".join([*lines, summary(checked)]) + "\n"


def summary(checked: Sequence[Checked]) -> str:
    """How many of each severity, in words."""
    counts = Counter(f.severity for one in checked for f in one.findings)
    if not counts:
        return "Ingen funn."
    parts = [f"{counts[s]} {WORDS[s] if counts[s] == 1 else _PLURAL[s]}" for s in Severity if counts[s]]
    return ", ".join(parts) + "."


def records(checked: Sequence[Checked]) -> Iterator[dict[str, Any]]:
    """The findings with the names of the file format."""
    for one in checked:
        for f in one.findings:
            yield {
                "doc": one.path,
                "code": f.code,
                "name": BY_CODE[f.code].name,
                "severity": f.severity.value,
                "start": f.start,
                "end": f.end,
                "page": f.page,
                "quote": f.quote,
                "message": f.message,
                "related": [
                    {"doc": r.document, "start": r.start, "end": r.end, "quote": r.quote} for r in f.related
                ],
            }


def as_json(checked: Sequence[Checked]) -> str:
    """Everything, with the counts first."""
    counts = Counter(f.severity for one in checked for f in one.findings)
    whole: dict[str, Any] = {
        "counts": {s.value: counts[s] for s in Severity},
        "findings": list(records(checked)),
    }
    silenced = [
        {
            "doc": one.path,
            "code": s.finding.code,
            "start": s.finding.start,
            "end": s.finding.end,
            "reason": s.silence.reason,
        }
        for one in checked
        for s in one.silenced
    ]
    if silenced:
        whole["silenced"] = silenced
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def markdown(checked: Sequence[Checked]) -> str:
    """A section for each document with a table."""
    parts = ["# Kontroll av styringsdokumenter", "", summary(checked)]
    for one in checked:
        numbers = _Lines(one.reading.document)
        parts += ["", f"## {_cell(one.path)}", ""]
        if not one.findings:
            parts.append("Ingen funn.")
            continue
        parts += ["| Sted | Regel | Alvor | Hva | Setning |", "| --- | --- | --- | --- | --- |"]
        parts += [
            f"| {numbers.place(f)} | {f.code} | {WORDS[f.severity]} | {_cell(f.message)}{_cell(_also(f, one.reading.document))}"
            f" | {_cell(_short(f.quote))} |"
            for f in one.findings
        ]
    return "\n".join(parts) + "\n"


def _cell(text: str) -> str:
    """Text that neither ends the cell nor becomes markup of its own."""
    spaced = " " if text.startswith(" ") else ""
    cleaned = plain(text).replace("\\", "\\\\")
    for sign in "|[]<>`*_":
        cleaned = cleaned.replace(sign, "\\" + sign)
    return spaced + cleaned


def sarif(checked: Sequence[Checked], language: str = "nb") -> str:
    """SARIF 2.1.0, which code review tools show beside the text. What is silenced stands there too, with the reason."""
    index = {rule.code: number for number, rule in enumerate(RULES)}
    driver = {
        "name": "tillitsrom",
        "version": __version__,
        "semanticVersion": __version__,
        # The tags of languages are those of RFC 5646.
        "language": language,
        "rules": [_rule(rule, language) for rule in RULES],
    }
    results = [result for one in checked for result in _results(one, index)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    said = text_of(rule, language)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": said.title},
        "fullDescription": {"text": said.what},
        "help": {"text": f"{said.why} {_SOURCE.get(language, _SOURCE['nb'])}: {rule.source}."},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _results(one: Checked, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    document, lines = one.reading.document, _Lines(one.reading.document)
    reasons: dict[tuple[str, int, int], list[str]] = {}
    for silenced in one.silenced:
        reasons.setdefault(_key(silenced.finding), []).append(silenced.silence.reason)
    quiet = {_key(silenced.finding): silenced.finding for silenced in one.silenced}
    for f in (*one.findings, *quiet.values()):
        result: dict[str, Any] = {
            "ruleId": f.code,
            "ruleIndex": index[f.code],
            "level": f.severity.value,
            "message": {"text": f"{f.message} «{_short(f.quote)}»"},
            "locations": [_location(one.path, f.start, f.end, f.quote, document, lines)],
        }
        if f.page is not None:
            result["properties"] = {"page": f.page}
        if _key(f) in reasons:
            result["suppressions"] = [
                {"kind": "external", "status": "accepted", "justification": reason}
                for reason in reasons[_key(f)]
            ]
        if f.related:
            result["relatedLocations"] = [
                _related(number, related, one, lines) for number, related in enumerate(f.related, 1)
            ]
        yield result


def _key(finding: Finding) -> tuple[str, int, int]:
    return finding.code, finding.start, finding.end


def _location(
    path: str, start: int, end: int, quote: str, document: Document | None, lines: _Lines | None
) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": percent(path.replace("\\", "/"), errors="replace")}
    }
    # Offsets mean something to others only where the text is the file's own.
    if document is not None and lines is not None and document.kind in _OWN_TEXT:
        physical["region"] = {
            "startLine": lines.at(start),
            "endLine": lines.at(max(start, end - 1)),
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": quote},
        }
    return {"physicalLocation": physical}


def _related(number: int, related: Related, one: Checked, lines: _Lines) -> dict[str, Any]:
    here = related.document == one.reading.document.name
    path = one.path if here else related.document
    place = _location(
        path, related.start, related.end, related.quote, one.reading.document if here else None, lines
    )
    return {"id": number, "message": {"text": _short(related.quote)}, **place}


FORMATS: dict[str, Callable[[Sequence[Checked]], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "markdown": markdown,
}
