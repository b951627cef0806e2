"""Documents given together, sorted into years, and shown in the form that was asked for."""

from collections import defaultdict
from collections.abc import Sequence

from tillitsrom.reading import report_changes, report_changes_text
from tillitsrom.reading.compare import compare_years, follow
from tillitsrom.reading.model import Reading


class YearUnknownError(ValueError):
    """A document among several whose year cannot be told. The message is one line in bokmål."""


Year = tuple[int, Sequence[Reading]]


def by_year(readings: Sequence[Reading]) -> list[Year]:
    """The documents of each year, oldest year first. Two documents are always the earlier and the later, in the order given.

    Within a year the documents keep the order given: the letter, and then what adds to it.
    """
    if len(readings) == 2:
        first, second = (reading.year or 0 for reading in readings)
        second = second if second > first else first + 1
        return [(first, readings[:1]), (second, readings[1:])]
    years: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.year is None:
            raise YearUnknownError(
                f"{reading.document.name}: Finner ikke hvilket år dokumentet gjelder. Sammenlign to og to dokumenter."
            )
        years[reading.year].append(reading)
    if len(years) < 2:
        raise YearUnknownError("Alle dokumentene gjelder samme år. Ta med minst ett fra et annet år.")
    return sorted(years.items())


def compared(readings: Sequence[Reading], form: str, width: int) -> str | bytes:
    """Two years beside each other, or, of more, each requirement of the last year followed back to its first.

    `form` is table, markdown, json, csv or xlsx (bytes).
    """
    years = by_year(readings)
    return _two(years, form, width) if len(years) == 2 else _many(years, form, width)


def _two(years: Sequence[Year], form: str, width: int) -> str | bytes:
    comparison = compare_years(years[0][1], years[1][1])
    if form == "xlsx":
        return report_changes.changes_workbook(comparison)
    if form == "json":
        return report_changes.changes_json(comparison) + "\n"
    if form == "csv":
        return report_changes.changes_csv(comparison)
    if form == "markdown":
        return "\n".join(report_changes_text.changes_markdown(comparison)) + "\n"
    return "\n".join(report_changes_text.changes_table(comparison, width)) + "\n"


def _many(years: Sequence[Year], form: str, width: int) -> str | bytes:
    followed = follow(years)
    if form == "xlsx":
        return report_changes.lives_workbook(followed)
    if form == "json":
        return report_changes.lives_json(followed) + "\n"
    if form == "csv":
        return report_changes.lives_csv(followed)
    if form == "markdown":
        return "\n".join(report_changes_text.lives_markdown(followed)) + "\n"
    return "\n".join(report_changes_text.lives_table(followed, width)) + "\n"
