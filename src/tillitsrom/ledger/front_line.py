"""Who is asked how long it takes now: the same front line, never so small a group that an answer could be a person's."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tillitsrom.people.models import Membership, Role, Unit, User
from tillitsrom.signals.models import Signal

from .models import AfterMeasure, Entry

ASKED = Role.EMPLOYEE


def code_of(measure: AfterMeasure, person: User) -> str:
    """The person's code for one question: it guards against answering twice, and is kept nowhere but among the used ones.

    Without the system's secret key nobody can tell whose it is; with it, only that the person has answered, never what.
    """
    return salted_hmac(
        "tillitsrom.ledger.answer", f"{measure.pk}:{person.pk}", algorithm="sha256"
    ).hexdigest()[:24]


def below(units: Iterable[int], organisation_id: int) -> frozenset[int]:
    """The units and all that lie under them."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Unit.objects.filter(organisation=organisation_id).values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found: set[int] = set()
    waiting = list(units)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, [])
    return frozenset(found)


def reach(measure: AfterMeasure) -> frozenset[int]:
    """The units asked, with 0 for those who belong to none: who a result is about, for the guard of small groups."""
    own = list(measure.units.values_list("pk", flat=True))
    organisation = measure.entry.organisation_id
    if own:
        return below(own, organisation)
    return frozenset(Unit.objects.filter(organisation=organisation).values_list("pk", flat=True)) | {0}


def people_asked(measure: AfterMeasure) -> QuerySet[User]:
    """Those who do the work in the units today, or in the whole organisation where no unit is named."""
    held = Membership.objects.filter(organisation=measure.entry.organisation_id, role=ASKED)
    own = list(measure.units.values_list("pk", flat=True))
    if own:
        held = held.filter(unit__in=below(own, measure.entry.organisation_id))
    return User.objects.filter(is_active=True, pk__in=held.valid_on(timezone.localdate()).values("user"))


def is_asked(person: User, measure: AfterMeasure) -> bool:
    return people_asked(measure).filter(pk=person.pk).exists()


def units_to_ask(entry: Entry) -> list[Unit]:
    """The workplaces that the signals came from, each lifted until it has enough people; none stands for all.

    A workplace that only confidential signals name is asked for only when enough of them came from it, because the question
    itself would tell where they came from.
    """
    signals = entry.decision.signals.filter(organisation=entry.organisation_id, unit__isnull=False)
    named = set(signals.filter(confidential=False).values_list("unit", flat=True))
    hidden: dict[int, int] = {}
    for unit in signals.filter(confidential=True).values_list("unit", flat=True):
        hidden[unit] = hidden.get(unit, 0) + 1
    named |= {unit for unit, n in hidden.items() if n >= settings.SMALLEST_GROUP}
    if hidden.keys() - named:
        return []
    found: dict[int, Unit] = {}
    for unit in Unit.objects.filter(pk__in=named).select_related("parent"):
        large = _large_enough(unit)
        if large is None:
            return []
        found[large.pk] = large
    return list(found.values())


def _large_enough(unit: Unit) -> Unit | None:
    """The unit, or the nearest above it, where enough people work that answers can be shown."""
    at: Unit | None = unit
    while at is not None:
        held = Membership.objects.filter(
            unit__in=below([at.pk], at.organisation_id), role=ASKED, user__is_active=True
        )
        if held.valid_on(timezone.localdate()).values("user").distinct().count() >= settings.SMALLEST_GROUP:
            return at
        at = at.parent
    return None


def lane_of(entry_signals: QuerySet[Signal]) -> str:
    """The lane that most of the signals were handled in; empty where none had one."""
    lanes = list(entry_signals.exclude(lane="").values_list("lane", flat=True))
    return max(sorted(set(lanes)), key=lanes.count) if lanes else ""
