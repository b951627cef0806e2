"""A comparison as JSON, CSV and a spreadsheet. As text and Markdown, see `report_changes_text`."""

import io
import json
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from tillitsrom.reading.compare import Change, Comparison, Life, Match
from tillitsrom.reading.model import Reading, Requirement
from tillitsrom.reading.report import NAMES, cells, csv_text, plain
from tillitsrom.reading.years.difference import difference

WORDS = {
    Change.KEPT: "Beholdt",
    Change.REWORDED: "Omskrevet",
    Change.SPLIT: "Delt i flere",
    Change.MERGED: "Slått sammen",
    Change.MOVED: "Flyttet",
    Change.NEW: "Nytt",
    Change.GONE: "Borte",
}
FIELDS = (
    "group",
    "change",
    "similarity",
    "moved",
    "old_class",
    "new_class",
    "old_quote",
    "new_quote",
    "old_deadline",
    "new_deadline",
    "old_start",
    "old_end",
    "new_start",
    "new_end",
)
_HEADERS = {
    "group": ("Gruppe", 9),
    "change": ("Endring", 15),
    "moved": ("Flyttet", 14),
    "old_class": ("Klasse før", 18),
    "new_class": ("Klasse nå", 18),
    "old_quote": ("Før", 70),
    "new_quote": ("Nå", 70),
    "old_deadline": ("Frist før", 12),
    "new_deadline": ("Frist nå", 12),
    "similarity": ("Likhet", 9),
}
MOVED_WORDS = {"class": "klasse", "chapter": "kapittel", "assignment": "oppdrag"}


def documents(readings: Sequence[Reading]) -> str:
    """The names of a year's documents."""
    return ", ".join(reading.document.name for reading in readings)


def change_records(number: int, match: Match) -> Iterator[dict[str, Any]]:
    """A row for each old and new requirement that belong together; what was split or merged has several, with one number."""
    for old, new in product(match.old or (None,), match.new or (None,)):
        values: dict[str, Any] = {
            "group": number,
            "change": match.change.value,
            "similarity": match.similarity or None,
            "moved": ", ".join(match.moved) or None,
        }
        for side, requirement in (("old", old), ("new", new)):
            values |= {f"{side}_{key}": value for key, value in _facts(requirement).items()}
        yield {key: values[key] for key in FIELDS}


def _records(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for number, match in enumerate(comparison.matches, 1):
        yield from change_records(number, match)


def _facts(r: Requirement | None) -> dict[str, Any]:
    if r is None:
        return dict.fromkeys(("class", "quote", "deadline", "start", "end"))
    return {
        "class": r.requirement_class.value,
        "quote": r.quote,
        "deadline": r.deadline,
        "start": r.start,
        "end": r.end,
    }


def _with_difference(row: dict[str, Any]) -> dict[str, Any]:
    """A reworded pair also tells where the wordings part: pieces of both, of the old and of the new."""
    if row["change"] == Change.REWORDED:
        pieces = difference(plain(row["old_quote"]), plain(row["new_quote"]))
        row["difference"] = [[piece.side.value, piece.text] for piece in pieces]
    return row


def changes_json(comparison: Comparison) -> str:
    """Everything, figures first."""
    return json.dumps(
        {
            "old": documents(comparison.old),
            "new": documents(comparison.new),
            "before": comparison.before,
            "after": comparison.after,
            "net": comparison.net,
            "counts": {change.value: comparison.count(change) for change in Change},
            "classes": [
                {
                    "class": c.requirement_class.value,
                    "before": c.before,
                    "after": c.after,
                    "net": c.net,
                    **{change.value: getattr(c, change.value) for change in Change},
                }
                for c in comparison.classes
            ],
            "displacement": comparison.displaced,
            "shifts": [
                {"fell": s.fell.value, "rose": s.rose.value, "fall": s.fall, "rise": s.rise}
                for s in comparison.shifts
            ],
            "moved": [
                {"from": before.value, "to": after.value, "count": count}
                for (before, after), count in comparison.moved.most_common()
            ],
            "parameter_stability": comparison.parameter_stability,
            "withdrawn": {
                "old": [_facts(r) for r in comparison.old_withdrawn],
                "new": [_facts(r) for r in comparison.new_withdrawn],
            },
            "pairs": [_with_difference(row) for row in _records(comparison)],
        },
        ensure_ascii=False,
        indent=2,
    )


def changes_csv(comparison: Comparison) -> str:
    return csv_text([FIELDS, *(list(row.values()) for row in _records(comparison))])


def changes_workbook(comparison: Comparison) -> bytes:
    """A spreadsheet with one sheet for the changes and one for the figures."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Endringer")
    sheet.freeze_panes = "A2"
    for column, (_, width) in enumerate(_HEADERS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.append(cells(sheet, [header for header, _ in _HEADERS.values()], bold=True))
    count = 1
    for row in _records(comparison):
        sheet.append(cells(sheet, [_shown(key, row[key]) for key in _HEADERS]))
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADERS))}{count}"
    totals = book.create_sheet("Antall")
    totals.column_dimensions["A"].width = 24
    titles = ["Klasse", "Før", "Nå", *(WORDS[change] for change in Change)]
    totals.append(cells(totals, titles, bold=True))
    for c in comparison.classes:
        figures = [c.before, c.after, *(getattr(c, change.value) for change in Change)]
        totals.append(cells(totals, [NAMES[c.requirement_class], *figures]))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _shown(key: str, value: Any) -> Any:
    """A value as a person reads it."""
    if value is None:
        return None
    if key == "change":
        return WORDS[Change(value)]
    if key.endswith("_class"):
        return NAMES[value]
    if key.endswith("_quote"):
        return plain(value)
    if key == "moved":
        return ", ".join(MOVED_WORDS[part] for part in value.split(", "))
    return value


Followed = Sequence[tuple[Life[tuple[int, int]], Requirement]]
_LIFE_FIELDS = ("class", "since", "reworded", "quote", "years")


def life_record(life: Life[tuple[int, int]], requirement: Requirement) -> dict[str, Any]:
    """One requirement of the last year, since when it stands, and what became of it each year."""
    return {
        "class": requirement.requirement_class.value,
        "since": life.since,
        "reworded": life.reworded,
        "quote": requirement.quote,
        "years": [{"year": step.year, "change": step.change.value} for step in life.steps],
    }


def lives_json(followed: Followed) -> str:
    return json.dumps([life_record(*one) for one in followed], ensure_ascii=False, indent=2)


def _life_row(life: Life[tuple[int, int]], requirement: Requirement) -> list[Any]:
    row = life_record(life, requirement)
    row["years"] = ", ".join(f"{step.year} {WORDS[step.change].lower()}" for step in life.steps)
    return [row[key] for key in _LIFE_FIELDS]


def lives_csv(followed: Followed) -> str:
    return csv_text([_LIFE_FIELDS, *(_life_row(*one) for one in followed)])


def lives_workbook(followed: Followed) -> bytes:
    """One sheet: a row for each requirement of the last year."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Gjennom årene")
    sheet.freeze_panes = "A2"
    headers = {"Klasse": 18, "Siden": 8, "Omskrevet": 11, "Krav": 80, "År for år": 50}
    for column, width in enumerate(headers.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.append(cells(sheet, list(headers), bold=True))
    for life, requirement in followed:
        kind, since, reworded, quote, years = _life_row(life, requirement)
        sheet.append(cells(sheet, [NAMES[kind], since, reworded, plain(quote), years]))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
