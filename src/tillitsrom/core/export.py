"""Lists as files: CSV and JSON as streams, XLSX through a temporary file. What a cell says is never run as a formula."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, StreamingHttpResponse

# A spreadsheet takes text that begins so for a formula; an apostrophe in front makes it text again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Characters that XML, and so XLSX, cannot hold.
_NOT_IN_XML = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
ROWS_AT_ONCE = 200


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def neutral(value: Any) -> Any:
    """The value as a cell may hold it: text that looks like a formula is made plain text."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return neutral(value)


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Rows as CSV with semicolons and a byte order mark, which Norwegian spreadsheets open as they should."""
    return _attachment(
        StreamingHttpResponse(_csv_lines(headings, rows), content_type="text/csv; charset=utf-8"), name
    )


def _csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    waiting = ["\ufeff", writer.writerow([neutral(str(h)) for h in headings])]
    for row in rows:
        waiting.append(writer.writerow([_cell(value) for value in row]))
        if len(waiting) > ROWS_AT_ONCE:
            yield "".join(waiting)
            waiting = []
    yield "".join(waiting)


def json_response(
    name: str, about: dict[str, Any], key: str, rows: Iterable[dict[str, Any]]
) -> StreamingHttpResponse:
    """One JSON object: what the list is, and its rows under `key`."""
    return _attachment(
        StreamingHttpResponse(_json_parts(about, key, rows), content_type="application/json; charset=utf-8"),
        name,
    )


class _Encoder(DjangoJSONEncoder):
    """Decimals are numbers, as everyone who reads the file expects."""

    def default(self, o: Any) -> Any:
        return float(o) if isinstance(o, Decimal) else super().default(o)


def _json_parts(about: dict[str, Any], key: str, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    encode = _Encoder(ensure_ascii=False).encode
    head = encode(about)[:-1]
    waiting = [f"{head}{', ' if about else ''}{encode(key)}: [\n"]
    between = ""
    for row in rows:
        waiting.append(between + encode(row))
        between = ",\n"
        if len(waiting) > ROWS_AT_ONCE:
            yield "".join(waiting)
            waiting = []
    yield "".join([*waiting, "\n]}\n"])


def xlsx_response(
    name: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """Rows as a workbook with one sheet, headings frozen and filters on."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(60, max(12, len(str(heading)) + 2))
    top = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=str(heading))
        cell.font = Font(bold=True)
        top.append(cell)
    sheet.append(top)
    count = 1
    for row in rows:
        sheet.append([_xlsx_value(value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{count}"
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response
    book.save(file)
    file.seek(0)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    return response


def _xlsx_value(value: Any) -> Any:
    return neutral(value).translate(_NOT_IN_XML) if isinstance(value, str) else value


def _attachment(response: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
