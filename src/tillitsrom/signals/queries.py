"""Reads of signals for pages, for the API and for the slices above. Counts are of groups, never of a person (R1)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from tillitsrom.core.coarse import outwards
from tillitsrom.people.models import Actor, User
from tillitsrom.register.models import Requirement

from . import codes, rules, words
from .models import OPEN_STATES, WITH_OTHERS, MeToo, Signal, SignalStem

MOST_ALIKE = 5
_LOOKED_AT = 20
# So many of a text's families are asked for, and so many signals for each.
_MOST_ASKED, _PER_FAMILY = 16, 300


@dataclass(frozen=True, slots=True)
class Weight:
    """How much stands behind a requirement: people who have said it, and the hours a year that they lose together.

    `people` is the sum of senders and me-toos. Below the smallest group the hours are None and `people` is None: few is all
    that is said. Hours are rounded outwards, so that the next report cannot be read from what they grow by.
    """

    people: int | None
    signals: int
    hours_low: float | None
    hours_high: float | None
    organisations: int

    @property
    def is_small(self) -> bool:
        return self.people is None


def weight(requirement: Requirement) -> Weight:
    """What signals say about a requirement, guarded against small groups. Answered ones count: they were said."""
    rows = Signal.objects.filter(requirement=requirement, opens_on__lte=timezone.localdate())
    found = rows.aggregate(
        signals=Count("pk"),
        confidential=Count("pk", filter=Q(confidential=True)),
        low=Sum(F("hours_low") * (1 + F("me_too_count"))),
        high=Sum(F("hours_high") * (1 + F("me_too_count"))),
        organisations=Count("organisation", distinct=True),
    )
    senders = rows.filter(sender__isnull=False).order_by().values("sender")
    me_toos = MeToo.objects.filter(signal__in=rows.values("pk")).order_by().values("person")
    people = senders.union(me_toos).count() + found["confidential"]
    # A sender who was erased still counts as one.
    people += rows.filter(confidential=False, sender__isnull=True).count()
    if people < settings.SMALLEST_GROUP:
        return Weight(None, found["signals"], None, None, found["organisations"])
    low, high = outwards(found["low"], found["high"])
    return Weight(people, found["signals"], low, high, found["organisations"])


@dataclass(frozen=True, slots=True)
class Alike:
    """A signal that says the same, with the words that both have, and how many stand behind it."""

    signal: Signal
    words: list[str]
    same_requirement: bool
    said_me_too: bool = False

    @property
    def people(self) -> int:
        return 1 + self.signal.me_too_count


def alike(
    rows: QuerySet[Signal],
    what: str,
    *,
    organisation_id: int,
    requirement_id: int | None = None,
    besides: int = 0,
) -> list[Alike]:
    """The signals among the rows that say the same as a text, the likest first, each with the reason."""
    mine = words.families(what)
    shared = _sharing(mine[:_MOST_ASKED], organisation_id)
    wanted = Q(pk__in=shared)
    if requirement_id is not None:
        wanted |= Q(requirement=requirement_id)
    found = rows.filter(wanted, organisation=organisation_id).exclude(pk=besides)
    answers = []
    for signal in found.order_by("-me_too_count", "pk")[: 2 * _LOOKED_AT]:
        theirs = words.families(signal.what)
        common = set(mine) & set(theirs)
        same = requirement_id is not None and signal.requirement_id == requirement_id
        if same or words.are_alike(len(common), len(mine), len(theirs)):
            answers.append(
                (len(common) + 3 * same, Alike(signal, words.shared_words(signal.what, common), same))
            )
    answers.sort(key=lambda pair: (-pair[0], pair[1].signal.pk))
    return [one for _rank, one in answers[:MOST_ALIKE]]


def _sharing(mine: list[str], organisation_id: int) -> dict[int, int]:
    """Signals that share several families with a text, and how many. Rare words decide where to look, so that common ones cost little."""
    if not mine:
        return {}
    # Each family's own limit is what bounds the work; the databases' own planners do not know which words are rare.
    one = f"SELECT * FROM (SELECT stem, signal_id FROM {SignalStem._meta.db_table} WHERE organisation_id = %s AND stem = %s LIMIT {_PER_FAMILY}) AS found"  # noqa: S608  # our own names
    values = [value for stem in mine for value in (organisation_id, stem)]
    by_stem: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(mine)), values)
        for stem, signal in cursor.fetchall():
            by_stem.setdefault(stem, []).append(signal)
    candidates: dict[int, None] = {}
    for signals in sorted(by_stem.values(), key=len):
        candidates.update(dict.fromkeys(signals))
        if len(candidates) >= _PER_FAMILY:
            break
    rows = SignalStem.objects.filter(signal__in=list(candidates)[:_PER_FAMILY], stem__in=mine).order_by()
    counted = (
        rows.values("signal")
        .annotate(n=Count("pk"))
        .filter(n__gte=words.FEWEST_SHARED)
        .order_by("-n", "signal")
    )
    return {row["signal"]: row["n"] for row in counted[:_LOOKED_AT]}


def alike_at_work(
    actor: Actor, what: str, *, organisation_id: int, requirement_id: int | None = None, besides: int = 0
) -> list[Alike]:
    """Open, unanswered signals of colleagues that say the same: for the one who writes, and for the receipt."""
    rows = rules.alike_visible_to(actor).filter(status__in=OPEN_STATES)
    found = alike(rows, what, organisation_id=organisation_id, requirement_id=requirement_id, besides=besides)
    if not isinstance(actor, User) or not found:
        return found
    said = set(
        MeToo.objects.filter(person=actor, signal__in=[one.signal.pk for one in found]).values_list(
            "signal_id", flat=True
        )
    )
    return [
        Alike(one.signal, one.words, one.same_requirement, one.signal.pk in said)
        for one in found
        if not rules.is_sender(actor, one.signal)
    ]


def by_code(code: str) -> Signal | None:
    """The confidential signal of a code, or nothing. Leaves no trace."""
    return (
        Signal.objects.filter(code_digest=codes.code_digest(code))
        .select_related("organisation", "requirement")
        .first()
        if code.strip()
        else None
    )


def sent_by(person: User) -> QuerySet[Signal]:
    """What the person sent openly, and what they said me too to; what is open first."""
    # A person's own are few: two indexes find them, where one condition over all rows would read the whole table.
    mine = set(Signal.objects.filter(sender=person).order_by().values_list("pk", flat=True))
    mine.update(MeToo.objects.filter(person=person).values_list("signal_id", flat=True))
    rows = Signal.objects.filter(pk__in=mine)
    return rows.select_related("organisation").order_by(
        F("answered_on").asc(nulls_first=True), "promised_on", "pk"
    )


def _unanswered_of(person: User) -> QuerySet[Signal]:
    """Said as the index says it, so that the first page comes from its beginning."""
    return Signal.objects.exclude(status=Signal.Status.ANSWERED).filter(owner=person, opened=True)


def waits_for(person: User) -> QuerySet[Signal]:
    """What the person owns and has not answered, the oldest promise first; what lies with others not among it."""
    rows = _unanswered_of(person).exclude(status__in=WITH_OTHERS)
    return rows.select_related("organisation", "unit").order_by("promised_on", "pk")


def lies_with_others(person: User) -> QuerySet[Signal]:
    """What the person owns that others work with, and must be followed up."""
    rows = _unanswered_of(person).filter(status__in=WITH_OTHERS)
    return rows.select_related("organisation", "unit").order_by("promised_on", "pk")


def at_the_workplace(person: User) -> QuerySet[Signal]:
    """Unanswered signals that somebody else owns, where the person follows up the workplace."""
    # Said as the index says it, so that the first page comes from its beginning.
    rows = rules.followed_by(person).exclude(status=Signal.Status.ANSWERED).filter(opened=True)
    rows = rows.exclude(owner=person)
    return rows.select_related("organisation", "unit", "owner").order_by("promised_on", "pk")


def last_answers(person: User, since: date) -> QuerySet[Signal]:
    """The newest answers at the workplaces that the person follows up or sent from."""
    rows = rules.visible_to(person).filter(status=Signal.Status.ANSWERED, answered_on__gte=since)
    return rows.select_related("organisation").order_by("-answered_on", "pk")


def newest_change(rows: QuerySet[Signal]) -> date | None:
    """The last day that something among the rows was answered."""
    found: date | None = rows.aggregate(last=Max("answered_on"))["last"]
    return found
