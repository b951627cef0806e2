"""Readings as a table for the terminal, JSON lines, CSV and a spreadsheet."""

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tillitsrom.reading.model import Reading, Requirement, RequirementClass, count_by_class

NAMES = {
    RequirementClass.GOAL: "Mål",
    RequirementClass.STEERING_PARAMETER: "Styringsparameter",
    RequirementClass.KEY_FIGURE: "Nøkkeltall",
    RequirementClass.REPORTING: "Rapportering",
    RequirementClass.ASSIGNMENT: "Oppdrag",
    RequirementClass.GUIDELINE: "Føring",
    RequirementClass.ACTIVITY: "Aktivitet",
    RequirementClass.DUTY: "Plikt",
    RequirementClass.PROHIBITION: "Forbud",
    RequirementClass.AUTHORITY: "Fullmakt",
}
FIELDS = (
    "doc",
    "start",
    "end",
    "quote",
    "stem",
    "class",
    "deadline",
    "assignment",
    "page",
    "heading",
    "addressee",
    "bearer",
    "section",
    "confidence",
    "rule",
    "read_by_ocr",
    "date_corrected",
)
_HEADERS = {
    "doc": ("Dokument", 28),
    "class": ("Klasse", 18),
    "deadline": ("Frist", 11),
    "page": ("Side", 6),
    "assignment": ("Oppdrag", 13),
    "stem": ("Innledning", 34),
    "quote": ("Setning", 90),
    "heading": ("Overskrift", 34),
    "addressee": ("Mottaker", 20),
    "bearer": ("Pliktig", 20),
    "section": ("Paragraf", 10),
    "confidence": ("Sikkerhet", 10),
    "rule": ("Regel", 20),
    "read_by_ocr": ("Tekstgjenkjent", 15),
    "date_corrected": ("Rettet dato", 12),
    "start": ("Fra tegn", 9),
    "end": ("Til tegn", 9),
}
_OF_LAWS = (RequirementClass.DUTY, RequirementClass.PROHIBITION)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|\\(?=[#|])")
_SPACE = re.compile(r"\s+")
_BY_OCR = "* Siden er lest med tekstgjenkjenning (OCR). Kontroller kravet mot originalen."
_NO_SUCH_DAY = (
    "! Dagen i teksten finnes ikke. Fristen er satt til månedens siste dag. Kontroller den mot originalen."
)
_NARROW = 72
_GAP = "  "
_WIDEST = {"Pliktig": 32}
_TITLES = ("Klasse", "Frist", "Side", "Oppdrag", "Paragraf", "Pliktig", "Setning")


def plain(text: str) -> str:
    """The text as a person reads it: no markup, and nothing that a terminal would take as an order."""
    return (
        _SPACE.sub(" ", _CONTROL.sub(" ", _MARKUP.sub(" ", text)))
        .replace(" .", ".")
        .replace(" ,", ",")
        .strip()
    )


def record(reading: Reading, requirement: Requirement) -> dict[str, Any]:
    """One requirement with the names of the file format."""
    return {
        "doc": reading.document.name,
        "start": requirement.start,
        "end": requirement.end,
        "quote": requirement.quote,
        "stem": requirement.stem,
        "class": requirement.requirement_class.value,
        "deadline": requirement.deadline,
        "assignment": requirement.assignment,
        "page": requirement.page,
        "heading": requirement.heading,
        "addressee": requirement.addressee or reading.addressee,
        "bearer": requirement.bearer,
        "section": requirement.section,
        "confidence": round(requirement.confidence, 3),
        "rule": requirement.rule,
        "read_by_ocr": reading.document.by_ocr(requirement.start, requirement.end),
        "date_corrected": requirement.date_corrected,
    }


def json_lines(reading: Reading) -> Iterator[str]:
    """One line for each requirement."""
    for requirement in reading.requirements:
        yield json.dumps(record(reading, requirement), ensure_ascii=False)


def harmless(value: Any) -> Any:
    """A cell that begins as a formula does is given a sign in front, so that no spreadsheet runs it."""
    if isinstance(value, str) and value.lstrip(" \u00a0")[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Semicolons, as Norwegian spreadsheets expect."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if value is None else harmless(value) for value in row])
    return buffer.getvalue()


def csv_of(readings: Iterable[Reading]) -> str:
    """All requirements of all documents under one head."""
    return csv_text([FIELDS, *(list(record(g, r).values()) for g in readings for r in g.requirements)])


def workbook(readings: Sequence[Reading]) -> bytes:
    """A spreadsheet with one sheet for the requirements and one for the totals."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Krav")
    sheet.freeze_panes = "A2"
    for column, (_, width) in enumerate(_HEADERS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.append(cells(sheet, [header for header, _ in _HEADERS.values()], bold=True))
    count = 1
    for reading in readings:
        for requirement in reading.requirements:
            values = record(reading, requirement)
            values["class"] = NAMES[requirement.requirement_class]
            values["quote"] = plain(requirement.quote)
            values["read_by_ocr"] = "ja" if values["read_by_ocr"] else ""
            values["date_corrected"] = "ja" if values["date_corrected"] else ""
            sheet.append(cells(sheet, [values[key] for key in _HEADERS]))
            count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADERS))}{count}"
    totals = book.create_sheet("Antall")
    totals.column_dimensions["A"].width = 40
    for line in _totals_rows(readings):
        totals.append(cells(totals, line))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells(sheet: Any, values: Sequence[Any], *, bold: bool = False) -> list[Any]:
    """Text stays text: nothing is taken as a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cells = []
    for value in values:
        text = isinstance(value, str)
        cell = WriteOnlyCell(sheet, value=_CONTROL.sub(" ", value) if text else value)
        if text:
            cell.data_type = "s"
            cell.quotePrefix = harmless(value) != value
            cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    return cells


def _totals_rows(readings: Sequence[Reading]) -> list[list[Any]]:
    # The classes that only laws have are shown where there are any.
    found = {r.requirement_class for g in readings for r in g.requirements}
    counted = [c for c in RequirementClass if c.counted and (c not in _OF_LAWS or c in found)]
    rows: list[list[Any]] = [["Dokument", *(NAMES[c] for c in counted), "Sum"]]
    for reading in readings:
        counts = reading.counts()
        rows.append([reading.document.name, *(counts.get(c, 0) for c in counted), sum(counts.values())])
    return rows


def table(reading: Reading, width: int) -> Iterator[str]:
    """The requirements of a document, a block of lines for each, within the width."""
    yield from heading(reading)
    rows = [_row(reading, r) for r in reading.requirements]
    if rows:
        yield ""
        yield from (_narrow(rows, width) if width < _NARROW else _wide(rows, width))
    if any(reading.document.by_ocr(r.start, r.end) for r in reading.requirements):
        yield ""
        yield from textwrap.wrap(_BY_OCR, width)
    if any(r.date_corrected for r in reading.requirements):
        yield ""
        yield from textwrap.wrap(_NO_SUCH_DAY, width)
    yield ""
    yield from totals([reading])


def heading(reading: Reading) -> Iterator[str]:
    """Which document, to whom, for which year."""
    facts = [plain(reading.document.name)]
    if reading.addressee:
        facts.append(f"til {plain(reading.addressee)}")
    if reading.year:
        facts.append(f"for {reading.year}")
    yield ", ".join(facts)


def _row(reading: Reading, r: Requirement) -> tuple[str, ...]:
    """The cells of `_TITLES`."""
    page = "" if r.page is None else f"{r.page}{'*' if reading.document.by_ocr(r.start, r.end) else ''}"
    return (
        NAMES[r.requirement_class],
        f"{r.deadline or ''}{'!' if r.date_corrected else ''}",
        page,
        plain(r.assignment or ""),
        r.section or "",
        (r.bearer or "").replace("+", ", "),
        plain(f"{r.stem or ''} {r.quote}".strip()),
    )


def _wide(rows: Sequence[tuple[str, ...]], width: int) -> Iterator[str]:
    shown = [c for c in range(len(_TITLES) - 1) if c == 0 or any(row[c] for row in rows)]
    widths = {
        c: min(_WIDEST.get(_TITLES[c], 18), max(len(_TITLES[c]), *(len(row[c]) for row in rows)))
        for c in shown
    }
    left = sum(widths.values()) + len(_GAP) * len(shown)
    room = max(width - left, 30)
    yield _GAP.join([*(_TITLES[c].ljust(widths[c]) for c in shown), _TITLES[-1]])
    yield _GAP.join([*("─" * widths[c] for c in shown), "─" * room])
    for row in rows:
        lines = textwrap.wrap(row[-1], room, break_on_hyphens=False) or [""]
        yield _GAP.join([*(row[c][: widths[c]].ljust(widths[c]) for c in shown), lines[0]])
        for line in lines[1:]:
            yield " " * left + line


def _narrow(rows: Sequence[tuple[str, ...]], width: int) -> Iterator[str]:
    for name, deadline, page, assignment, section, bearer, quote in rows:
        facts = [name, f"frist {deadline}" if deadline else "", f"side {page}" if page else ""]
        facts += [assignment, section, bearer]
        yield " · ".join(fact for fact in facts if fact)
        yield from (f"  {line}" for line in textwrap.wrap(quote, max(width - 2, 20), break_on_hyphens=False))
        yield ""


def totals(readings: Sequence[Reading]) -> Iterator[str]:
    """How many of each class, and in all."""
    counts = count_by_class(r.requirement_class for g in readings for r in g.requirements)
    whole = sum(counts.values())
    where = f" i {len(readings)} dokumenter" if len(readings) > 1 else ""
    if not whole:
        yield f"Fant ingen krav{where}."
    for c, count in counts.items():
        yield f"{NAMES[c]:<18}{count:>6}"
    if whole:
        yield f"{'Sum krav':<18}{whole:>6}{where}"
    given = sum(r.requirement_class is RequirementClass.AUTHORITY for g in readings for r in g.requirements)
    if given:
        yield f"{'Fullmakter':<18}{given:>6}  (telles ikke)"
