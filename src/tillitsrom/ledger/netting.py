"""Nothing is counted twice: of entries about the same time only one counts, and every line says which.

Entries are about the same time when they are about the same requirement in the same organisation, when the decisions answered
the same signals or signals of one group, or when somebody has marked them so. Chains hang together. Of those, one that both
parties have confirmed goes before one that they have not, then the one that gives most; the others stand there and are not
summed. What is disputed counts nowhere.
"""

from collections.abc import Iterable

from django.db.models import Q

from tillitsrom.outcomes.models import Decision

from .figures import Range, given_back
from .models import ALIVE, KNOWN, Entry, S

COUNTING = (S.VERIFIED, S.MEASURED)


def same_time(keys: Iterable[int]) -> set[int]:
    """The entries and all that hang together with them by time, living ones and those just withdrawn among the keys."""
    found = set(keys)
    edge = set(found)
    while edge:
        edge = _neighbours(edge) - found
        found |= edge
    return found


def _neighbours(keys: set[int]) -> set[int]:
    rows = Entry.objects.filter(pk__in=keys).values_list(
        "pk", "organisation_id", "requirement_id", "decision_id"
    )
    near: set[int] = set()
    for pk, organisation, requirement, decision in rows:
        about = Q(overlaps=pk)
        if requirement is not None:
            about |= Q(requirement=requirement)
        signals = Decision.signals.through.objects.filter(decision=decision)
        ids = list(signals.filter(signal__organisation=organisation).values_list("signal", "signal__group"))
        if ids:
            about |= Q(decision__signals__in=[signal for signal, _group in ids])
            groups = {group for _signal, group in ids if group is not None}
            if groups:
                about |= Q(decision__signals__group__in=groups)
        near.update(
            Entry.objects.filter(about, organisation=organisation, status__in=ALIVE)
            .order_by()
            .values_list("pk", flat=True)
        )
    return near


def settle(*entries: Entry) -> None:
    """Reckon anew what the entries give, and which of those about the same time counts. The caller holds the organisation."""
    keys = same_time(one.pk for one in entries)
    rows = {one.pk: one for one in Entry.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    left = {pk for pk, one in rows.items() if one.status in ALIVE}
    for one in rows.values():
        _reckon(one)
        one.counted_in = None
    while left:
        part = same_time([left.pop()])
        left -= part
        _choose([rows[key] for key in part])
    Entry.objects.bulk_update(rows.values(), ["given_low", "given_high", "counted_in"])
    for entry in entries:
        entry.given_low, entry.given_high = rows[entry.pk].given_low, rows[entry.pk].given_high
        entry.counted_in_id = rows[entry.pk].counted_in_id


def _reckon(entry: Entry) -> None:
    known = entry.status in KNOWN
    if not known or entry.before_low is None or entry.before_high is None:
        entry.given_low = entry.given_high = None
        return
    if entry.after_low is None or entry.after_high is None:
        raise ValueError("an entry whose hours after are known has them")
    given = given_back(
        Range(entry.before_low, entry.before_high), Range(entry.after_low, entry.after_high), entry.own_hours
    )
    entry.given_low, entry.given_high = given.low, given.high


def _rank(entry: Entry) -> tuple[bool, float, int]:
    return (
        entry.status == S.VERIFIED,
        Range(entry.given_low or 0, entry.given_high or 0).middle,
        -entry.pk,
    )


def _choose(part: list[Entry]) -> None:
    counting = [one for one in part if one.status in COUNTING]
    chosen = max(counting, key=_rank) if counting else None
    for one in part:
        one.counted_in = chosen if chosen is not None and one in counting and one != chosen else None
