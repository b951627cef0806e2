"""A body's year: what last year's letters demanded beside this year's, and what each letter of the year added."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr

from tillitsrom.people.models import Actor
from tillitsrom.reading.years.groups import Entry
from tillitsrom.reading.years.lives import clusters, same_demands
from tillitsrom.register import changes, rules
from tillitsrom.register.models import ALIVE, COUNTED, Document, Requirement

# Laws and instructions hold until they are changed; they belong to no year.
YEARLESS = (Document.Kind.LAW, Document.Kind.MAIN_INSTRUCTION)
MOST = 3_000
MOST_SAME = 20
_OPENING = 2_500
_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_WRITTEN = re.compile(rf"\b(\d{{1,2}})\.?\s+({'|'.join(_MONTHS)})\s+(20\d\d)\b", re.IGNORECASE)
_FIGURES = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One letter of the year: when it came, and how many requirements it added, by class. Authorities are not counted."""

    document: Document
    day: date | None
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class Same:
    """Requirements in force that ask for the same, from different bodies."""

    requirements: list[Requirement]


@dataclass(slots=True)
class Year:
    """Everything that the page tells. `too_many` says that the year is too large to be paired while a reader waits."""

    number: int
    paired: changes.Paired
    arrivals: list[Arrival] = field(default_factory=list)
    same: list[Same] = field(default_factory=list)
    too_many: bool = False


def rows_of(actor: Actor, body: int, year: int) -> QuerySet[Requirement]:
    """What the letters of a year demanded of the body: published, and seen by the actor."""
    return (
        rules.visible_to(actor)
        .filter(addressee=body, year=year, document__status=Document.Status.PUBLISHED)
        .exclude(document__kind__in=YEARLESS)
        .order_by("document_id", "start", "pk")
    )


def years_of(actor: Actor, body: int) -> list[int]:
    """The years that have something to show, oldest first."""
    rows = rules.visible_to(actor).filter(addressee=body, document__status=Document.Status.PUBLISHED)
    years = rows.exclude(document__kind__in=YEARLESS).order_by().values_list("year", flat=True).distinct()
    return sorted(years)


def of(actor: Actor, body: int, year: int) -> Year:
    """Pair the two years and place each letter on the line of the year."""
    found = Year(year, changes.Paired())
    before, now = rows_of(actor, body, year - 1), rows_of(actor, body, year)
    found.arrivals = _arrivals(actor, now, year)
    if before.count() > MOST or now.count() > MOST:
        found.too_many = True
        return found
    changes.pair(found.paired, changes.requirement_lines(before), changes.requirement_lines(now))
    found.same = _same(now.filter(status__in=ALIVE))
    return found


def _arrivals(actor: Actor, rows: QuerySet[Requirement], year: int) -> list[Arrival]:
    counts: dict[int, Counter[str]] = {}
    per_class = rows.filter(requirement_class__in=COUNTED).order_by()
    for pk, kind, many in per_class.values_list("document", "requirement_class").annotate(Count("pk")):
        counts.setdefault(pk, Counter())[kind] += many
    documents = (
        rules.documents_visible_to(actor)
        .filter(pk__in=counts)
        .annotate(opening=Substr("text", 1, _OPENING))
        .defer("text", "pages")
    )
    found = [Arrival(one, _day(one, one.opening, year), counts[one.pk]) for one in documents]
    return sorted(found, key=lambda one: (one.document.adds, one.day or date(year, 12, 31), one.document.pk))


def _day(document: Document, opening: str, year: int) -> date | None:
    """The letter's own date, as its opening says it; else the day it was published here, if that was in the year."""
    earliest, latest = date(year - 1, 10, 1), date(year, 12, 31)
    written = [(y, str(_MONTHS.index(m.lower()) + 1), d) for d, m, y in _WRITTEN.findall(opening)]
    for y, m, d in written + [(y, m, d) for d, m, y in _FIGURES.findall(opening)]:
        try:
            day = date(int(y), int(m), int(d))
        except ValueError:
            continue
        if earliest <= day <= latest:
            return day
    published = document.published_on
    return published if published and earliest <= published <= latest else None


def _same(rows: QuerySet[Requirement]) -> list[Same]:
    lines = list(
        rows.annotate(body=F("imposing_body")).values_list("pk", "body", "requirement_class", "text")
    )
    if len({body for _, body, _, _ in lines}) < 2:
        return []
    entries = [(str(body), Entry(pk, kind, text)) for pk, body, kind, text in lines]
    gathered = clusters(same_demands(entries))[:MOST_SAME]
    shown = rows.select_related("imposing_body").in_bulk([pk for keys in gathered for pk in keys])
    return [Same([shown[pk] for pk in sorted(keys)]) for keys in gathered]


def total(arrivals: Sequence[Arrival], kind: str = "") -> list[int]:
    """How many there were after each letter: all that count, or one class."""
    so_far, sums = 0, []
    for one in arrivals:
        so_far += one.counts[kind] if kind else one.counts.total()
        sums.append(so_far)
    return sums
