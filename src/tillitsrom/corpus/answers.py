"""An answer as a table for the terminal, CSV or JSON lines, written as it comes."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from tillitsrom.corpus.query import Answer

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_WIDTHS_FROM = 500
_WIDEST = 60
_NARROWEST = 8
_GAP = "  "


def as_table(answer: Answer, width: int) -> Iterator[str]:
    """Lines no wider than the terminal; long cells are cut, and numbers stand to the right."""
    head = list(islice(answer.rows, _WIDTHS_FROM))
    shown = [[_cell(value) for value in row] for row in head]
    widths = [
        min(_WIDEST, max([len(name), *(len(row[i]) for row in shown)]))
        for i, name in enumerate(answer.columns)
    ]
    _fit(widths, width)
    right = [
        all(isinstance(row[i], int | float) or row[i] is None for row in head) for i in range(len(widths))
    ]

    def line(cells: list[str]) -> str:
        parts = (
            _cut(c, w).rjust(w) if r else _cut(c, w).ljust(w)
            for c, w, r in zip(cells, widths, right, strict=True)
        )
        return _GAP.join(parts).rstrip()[:width]

    yield line(answer.columns)
    yield line(["─" * w for w in widths])
    count = 0
    for cells in shown:
        count += 1
        yield line(cells)
    for row in answer.rows:
        count += 1
        yield line([_cell(value) for value in row])
    yield f"({count} {'rad' if count == 1 else 'rader'})"


def as_csv(answer: Answer, _width: int) -> Iterator[str]:
    """Semicolons, and no cell that a spreadsheet would run."""
    from tillitsrom.reading.report import csv_text

    yield csv_text([answer.columns]).rstrip("\r\n")
    for row in answer.rows:
        yield csv_text([[_plain(value) for value in row]]).rstrip("\r\n")


def as_json(answer: Answer, _width: int) -> Iterator[str]:
    """One object a line, by the names of the columns."""
    for row in answer.rows:
        yield json.dumps(dict(zip(answer.columns, map(_plain, row), strict=True)), ensure_ascii=False)


FORMATS: dict[str, Callable[[Answer, int], Iterator[str]]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}


def _plain(value: Any) -> Any:
    """A value that JSON and CSV know."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _cell(value: Any) -> str:
    """Nothing that a terminal would take as an order, and one line."""
    return "" if value is None else _CONTROL.sub(" ", str(_plain(value)))


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: max(width - 1, 0)] + "…"


def _fit(widths: list[int], width: int) -> None:
    """Take from the widest until all have room, as far as that goes."""
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
