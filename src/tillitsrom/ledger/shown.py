"""How entries are told: the colour of a state, and the columns that page, files and API share."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .models import Entry, S
from .queries import Summary

TONES = {
    S.OPENED: "neutral", S.BEFORE_KNOWN: "info", S.WAITING: "info", S.MEASURED: "warning", S.VERIFIED: "success",
    S.DISPUTED: "danger", S.WITHDRAWN: "neutral",
}  # fmt: skip


def headings() -> list[str]:
    """The first line of the files, in the reader's language."""
    return [
        _("Number"), _("What it is about"), _("Organisation"), _("Decided on"), _("Outcome"), _("Lane"), _("Status"),
        _("Hours before, at least"), _("Hours before, at most"), _("Source"), _("People"),
        _("Hours after, at least"), _("Hours after, at most"), _("Found how"), _("Own hours subtracted"),
        _("Given back, at least"), _("Given back, at most"), _("Counted"), _("Counted in number"),
        _("Goes to"), _("Needs no new money"), _("Employer confirmed on"), _("Employees confirmed on"),
    ]  # fmt: skip


KEYS = (
    "id", "title", "organisation", "decided_on", "outcome", "lane", "status", "before_low", "before_high", "before_source",
    "people", "after_low", "after_high", "after_source", "own_hours", "given_low", "given_high", "counted", "counted_in",
    "used_for", "budget_neutral", "employer_confirmed_on", "employees_confirmed_on",
)  # fmt: skip


def is_counted(entry: Entry) -> bool:
    """Whether the entry is in one of the two sums."""
    return entry.status in (S.VERIFIED, S.MEASURED) and entry.counted_in_id is None


def row_of(entry: Entry) -> dict[str, Any]:
    """An entry as the files and the API have it: codes, and numbers with one decimal."""
    return {
        "id": entry.pk,
        "title": entry.title,
        "organisation": entry.organisation.name,
        "decided_on": entry.decided_on,
        "outcome": entry.decision.outcome,
        "lane": entry.lane,
        "status": entry.status,
        "before_low": _one(entry.before_low),
        "before_high": _one(entry.before_high),
        "before_source": entry.before_source,
        "people": entry.people,
        "after_low": _one(entry.after_low),
        "after_high": _one(entry.after_high),
        "after_source": entry.after_source,
        "own_hours": _one(entry.own_hours),
        "given_low": _one(entry.given_low),
        "given_high": _one(entry.given_high),
        "counted": is_counted(entry),
        "counted_in": entry.counted_in_id,
        "used_for": entry.used_for,
        "budget_neutral": entry.budget_neutral,
        "employer_confirmed_on": entry.employer_confirmed_on,
        "employees_confirmed_on": entry.employees_confirmed_on,
    }


def _one(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def cells(rows: QuerySet[Entry]) -> Iterator[list[Any]]:
    """The same rows with words in place of codes, for spreadsheets."""
    for entry in with_parts(rows).iterator(500):
        row = row_of(entry)
        row |= {
            "outcome": entry.decision.get_outcome_display(),
            "lane": entry.get_lane_display(),
            "status": entry.get_status_display(),
            "before_source": entry.get_before_source_display(),
            "after_source": entry.get_after_source_display(),
            "used_for": entry.get_used_for_display(),
        }
        yield [row[key] for key in KEYS]


def with_parts(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.select_related("organisation", "decision").defer("decision__text", "decision__reason")


def records(rows: QuerySet[Entry]) -> Iterable[dict[str, Any]]:
    return (row_of(entry) for entry in with_parts(rows).iterator(500))


def sum_of(found: Summary) -> dict[str, Any]:
    """The sums as the file and the API have them."""
    return {
        name: {
            "hours_low": round(part.low, 1),
            "hours_high": round(part.high, 1),
            "entries": part.entries,
            "measured": part.measured,
            "estimated": part.estimated,
            "own_hours_subtracted": round(part.own_hours, 1),
        }
        for name, part in (("verified", found.verified), ("unverified", found.unverified))
    } | {
        "overlapping_not_counted": found.overlapping,
        "waiting": found.waiting,
        "disputed": found.disputed,
        "withdrawn": found.withdrawn,
        "changed_on": found.changed_on,
    }
