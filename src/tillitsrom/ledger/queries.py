"""Reads of the ledger: sums that follow what the reader chose, and what always stands beside them. Units and persons are never compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Sum,
)

from tillitsrom.cooperation.models import Case
from tillitsrom.cooperation.queries import waits_on_politicians
from tillitsrom.outcomes.models import Request
from tillitsrom.people.models import Actor, Organisation, User
from tillitsrom.people.rules import standing
from tillitsrom.signals.models import Outcome, Signal

from . import rules
from .figures import median_of_counts
from .models import Entry, S

# The decisions that give time back; what stands in actions.entries opens entries for the same.
REMOVED = (Outcome.REMOVED, Outcome.SIMPLIFIED, Outcome.MERGED)
FRESH_SECONDS = 600
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader chose: an organisation, a year of decision, a lane; nothing stands for all."""

    organisation: int | None = None
    year: int | None = None
    lane: str = ""

    @property
    def query(self) -> str:
        """The address's query for the same choice."""
        parts = {"organisation": self.organisation, "year": self.year, "lane": self.lane}
        return urlencode({key: value for key, value in parts.items() if value})

    def __bool__(self) -> bool:
        return bool(self.organisation or self.year or self.lane)


def chosen_from(values: Mapping[str, str]) -> Chosen:
    """The choice that an address says; what is no choice is nothing."""
    lane = values.get("lane", "")
    return Chosen(
        _number(values.get("organisation", ""), 15),
        _number(values.get("year", ""), 4),
        lane if lane in Signal.Lane.values else "",
    )


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def entries(actor: Actor, chosen: Chosen) -> QuerySet[Entry]:
    """The entries of the ledger, the newest decision first."""
    rows = rules.visible_to(actor)
    if chosen.organisation:
        rows = rows.filter(organisation=chosen.organisation)
    if chosen.year:
        rows = rows.filter(decided_on__gte=_first(chosen.year), decided_on__lt=_first(chosen.year + 1))
    if chosen.lane:
        rows = rows.filter(lane=chosen.lane)
    return rows


def _first(year: int) -> date:
    return date(min(max(year, 1), 9999), 1, 1)


@dataclass(frozen=True, slots=True)
class Sum_:  # noqa: N801  # the word is taken by the database's
    """Hours a year as a range, over how many entries, and what the system took, which is subtracted already."""

    low: float = 0.0
    high: float = 0.0
    entries: int = 0
    measured: int = 0
    own_hours: float = 0.0

    @property
    def estimated(self) -> int:
        return self.entries - self.measured


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page says first. Only `verified` is claimed; the rest stands apart."""

    verified: Sum_
    unverified: Sum_
    before_low: float
    before_high: float
    overlapping: int
    waiting: int
    disputed: int
    withdrawn: int
    entries: int
    changed_on: date | None


def summary(rows: QuerySet[Entry]) -> Summary:
    """Sum the rows with one question. Of entries about the same time one is counted; see netting."""
    counted = Q(counted_in__isnull=True)
    parts = {"verified": Q(status=S.VERIFIED) & counted, "unverified": Q(status=S.MEASURED) & counted}
    asked: dict[str, Any] = {
        "overlapping": Count("pk", filter=Q(status__in=(S.VERIFIED, S.MEASURED), counted_in__isnull=False)),
        "waiting": Count("pk", filter=Q(status__in=(S.OPENED, S.BEFORE_KNOWN, S.WAITING))),
        "disputed": Count("pk", filter=Q(status=S.DISPUTED)),
        "withdrawn": Count("pk", filter=Q(status=S.WITHDRAWN)),
        "entries": Count("pk"),
        "employer": Max("employer_confirmed_on", filter=Q(status=S.VERIFIED)),
        "employees": Max("employees_confirmed_on", filter=Q(status=S.VERIFIED)),
        "before_low": Sum("before_low", filter=parts["verified"]),
        "before_high": Sum("before_high", filter=parts["verified"]),
    }
    for name, part in parts.items():
        asked |= {
            f"{name}_low": Sum("given_low", filter=part),
            f"{name}_high": Sum("given_high", filter=part),
            f"{name}_n": Count("pk", filter=part),
            f"{name}_measured": Count("pk", filter=part & Q(after_source=Entry.After.MEASURED)),
            f"{name}_own": Sum("own_minutes", filter=part),
        }
    found = rows.order_by().aggregate(**asked)
    days = [day for day in (found["employer"], found["employees"]) if day is not None]
    return Summary(
        verified=_sum(found, "verified"),
        unverified=_sum(found, "unverified"),
        before_low=found["before_low"] or 0.0,
        before_high=found["before_high"] or 0.0,
        overlapping=found["overlapping"],
        waiting=found["waiting"],
        disputed=found["disputed"],
        withdrawn=found["withdrawn"],
        entries=found["entries"],
        changed_on=max(days, default=None),
    )


def _sum(found: dict[str, Any], name: str) -> Sum_:
    return Sum_(
        found[f"{name}_low"] or 0.0,
        found[f"{name}_high"] or 0.0,
        found[f"{name}_n"],
        found[f"{name}_measured"],
        (found[f"{name}_own"] or 0) / 60,
    )


# --- what always stands beside -------------------------------------------------------------------------------------


class _Days(Func):
    """Whole days from one date to another, reckoned by the database itself."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="CAST(julianday(%(expressions)s) AS INTEGER)",
            arg_joiner=") - julianday(",
            **extra,
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **extra)


def _days(end: str, start: str) -> _Days:
    return _Days(F(end), F(start), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """One lane, or all together: signals → answered → removed, and the median days to an answer. Small groups are left out."""

    lane: str
    signals: int
    answered: int
    removed: int
    median_days: float | None

    @property
    def label(self) -> str:
        return str(Signal.Lane(self.lane).label) if self.lane in Signal.Lane.values else ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """The lanes that are large enough to be shown, all of those together, and whether some were left out."""

    lanes: tuple[LaneFigures, ...]
    total: LaneFigures | None
    left_out: bool


@dataclass(frozen=True, slots=True)
class OwnerFigures:
    """How a body that imposes requirements answers requests (I12): of those that are due or answered."""

    name: str
    requests: int
    answered: int
    unanswered: int
    median_days: float | None

    @property
    def rate(self) -> float:
        return self.answered / self.requests if self.requests else 0.0


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the sum, and when it was counted."""

    conversion: Conversion
    owners: tuple[OwnerFigures, ...]
    counted_on: date


def beside(chosen: Chosen, today: date) -> Beside:
    """Conversion, and days per lane and per owner, for the same choice. Counted anew every ten minutes."""
    key = f"ledger:beside:{today}:{settings.SMALLEST_GROUP}:{chosen.query}"
    return _remembered(key, lambda: Beside(conversion(chosen, today), tuple(owners(chosen, today)), today))


def _remembered(key: str, count: Callable[[], _Answer]) -> _Answer:
    found: _Answer | None = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, FRESH_SECONDS)
    return found


def conversion(chosen: Chosen, today: date) -> Conversion:
    """From signals that have opened, by lane. Days are from when a signal could be read to its answer."""
    rows = Signal.objects.filter(opens_on__lte=today)
    if chosen.organisation:
        rows = rows.filter(organisation=chosen.organisation)
    if chosen.year:
        rows = rows.filter(week__gte=_first(chosen.year), week__lt=_first(chosen.year + 1))
    if chosen.lane:
        rows = rows.filter(lane=chosen.lane)
    # One reading of all signals: what has no day of an answer is not answered.
    groups = rows.order_by().annotate(
        days=_days("answered_on", "opens_on"), gone=ExpressionWrapper(Q(outcome__in=REMOVED), BooleanField())
    )
    counted: dict[str, tuple[int, int, int]] = {}
    spread: dict[str, dict[int, int]] = {}
    for lane, days, gone, n in groups.values_list("lane", "days", "gone").annotate(n=Count("pk")):
        sent, answered, removed = counted.get(lane, (0, 0, 0))
        is_answered = days is not None
        counted[lane] = (sent + n, answered + n * is_answered, removed + n * bool(gone))
        if is_answered:
            by_days = spread.setdefault(lane, {})
            by_days[max(0, days)] = by_days.get(max(0, days), 0) + n
    k = settings.SMALLEST_GROUP
    large = [lane for lane in ("", *Signal.Lane.values) if counted.get(lane, (0,))[0] >= k]
    lanes = tuple(_lane(lane, counted[lane], spread.get(lane, {}), k) for lane in large)
    together: dict[int, int] = {}
    for lane in large:
        for days, n in spread.get(lane, {}).items():
            together[days] = together.get(days, 0) + n
    sums = tuple(sum(counted[lane][part] for lane in large) for part in range(3))
    total = _lane("*", (sums[0], sums[1], sums[2]), together, k) if large else None
    return Conversion(lanes, total, len(large) < len(counted))


def _lane(lane: str, counts: tuple[int, int, int], spread: dict[int, int], k: int) -> LaneFigures:
    """Days are shown for so many answers that they are nobody's."""
    median = median_of_counts(spread) if sum(spread.values()) >= k else None
    return LaneFigures(lane, *counts, median)


def owners(chosen: Chosen, today: date) -> list[OwnerFigures]:
    """The bodies that were asked to justify or drop, by name and never by rank: replies and median days, with how many."""
    rows = Request.objects.filter(Q(status=Request.Status.ANSWERED) | Q(due_on__lt=today))
    if chosen.organisation:
        rows = rows.filter(Q(organisation=chosen.organisation) | Q(owner=chosen.organisation))
    if chosen.year:
        rows = rows.filter(sent_on__gte=_first(chosen.year), sent_on__lt=_first(chosen.year + 1))
    counts = rows.order_by().values("owner", "owner__name").annotate(
        n=Count("pk"), answered=Count("pk", filter=Q(status=Request.Status.ANSWERED))
    )  # fmt: skip
    spread: dict[int, dict[int, int]] = {}
    times = rows.filter(answered_on__isnull=False).order_by().annotate(days=_days("answered_on", "sent_on"))
    for owner, days, n in times.values_list("owner", "days").annotate(n=Count("pk")):
        spread.setdefault(owner, {})[max(0, days)] = n
    found = [
        OwnerFigures(
            row["owner__name"],
            row["n"],
            row["answered"],
            row["n"] - row["answered"],
            median_of_counts(spread.get(row["owner"], {})),
        )
        for row in counts
    ]
    return sorted(found, key=lambda one: one.name)


# --- choices, the front page, what waits ---------------------------------------------------------------------------


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that have entries, for the menu."""
    return Organisation.objects.filter(pk__in=rules.visible_to(actor).order_by().values("organisation"))


def years(actor: Actor) -> list[int]:
    """The years of the decisions, the newest first."""
    return [day.year for day in rules.visible_to(actor).order_by().dates("decided_on", "year", order="DESC")]


def to_be_confirmed(person: User) -> QuerySet[Entry]:
    """What waits for the parties in the organisations where the person is of one of them."""
    places = standing(person).organisations_as(rules.SIDES)
    rows = rules.visible_to(person).filter(organisation__in=places, status=S.MEASURED)
    return rows.select_related("organisation").order_by("after_on", "pk")


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits on elected politicians and the administration under them, oldest first, and how many in all.

    `before_us` are the cases that lie before a body where elected politicians sit: they come first.
    """

    before_us: list[Case]
    requests: list[Request]
    cases: list[Case]
    confirm: list[Entry]
    disputed: list[Entry]

    @property
    def count(self) -> int:
        cases, entries = len(self.before_us) + len(self.cases), len(self.confirm) + len(self.disputed)
        return cases + len(self.requests) + entries


def waits_on_us(actor: Actor, places: frozenset[int], today: date, at_most: int = 100) -> Waits:
    """Cases before the elected body, requests past their date, cases past their plan, and entries that lack a party's word.

    `places` are the organisations.
    """
    from tillitsrom.cooperation.rules import visible_to as cases_visible_to
    from tillitsrom.cooperation.rules import with_parts
    from tillitsrom.outcomes.rules import requests_visible_to

    requests = requests_visible_to(actor).filter(owner__in=places, due_on__lt=today)
    requests = requests.exclude(status=Request.Status.ANSWERED)
    before_them, past_plan = waits_on_politicians(
        cases_visible_to(actor).filter(organisation__in=places), today
    )
    before_us = list(with_parts(before_them).order_by("decision_planned_on", "pk")[:at_most])
    elsewhere = past_plan.exclude(pk__in=[case.pk for case in before_us])
    visible = rules.visible_to(actor).filter(organisation__in=places).select_related("organisation")
    return Waits(
        before_us,
        list(
            requests.select_related("requirement", "organisation", "owner").order_by("due_on", "pk")[:at_most]
        ),
        list(with_parts(elsewhere)[:at_most]),
        list(visible.filter(status=S.MEASURED).order_by("after_on", "pk")[:at_most]),
        list(visible.filter(status=S.DISPUTED).order_by("after_on", "pk")[:at_most]),
    )
