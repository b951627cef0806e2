"""Opening entries when something is decided, and what the workplace says of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tillitsrom.core import events
from tillitsrom.core.burden import minutes_of
from tillitsrom.ledger import behind, front_line, house, netting, rules
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.lifecycle import ENTRY
from tillitsrom.ledger.models import AfterMeasure, Entry, S
from tillitsrom.outcomes.models import Decision
from tillitsrom.people.models import Organisation, User
from tillitsrom.signals.models import Outcome

from .common import hold, keepers, locked, sensible, speakers, tell, words

# The outcomes that give time back. A trial may, and is counted when it has become one of these.
GIVES_BACK = (Outcome.REMOVED, Outcome.SIMPLIFIED, Outcome.MERGED)


@transaction.atomic
def open_entries(decision: Decision) -> list[Entry]:
    """Open an entry in each organisation that gets time back from a decision. Called in the decision's transaction; once is enough."""
    if decision.outcome not in GIVES_BACK:
        return []
    return [_open(decision, hold(place)) for place in sorted(behind.places_of(decision))]


def _open(decision: Decision, organisation: Organisation) -> Entry:
    known = Entry.objects.filter(decision=decision, organisation=organisation).first()
    if known is not None:
        return known
    signals = behind.signals_of(decision, organisation.pk)
    found = behind.before(decision, organisation)
    row = Entry(
        decision=decision,
        organisation=organisation,
        requirement=decision.requirement,
        title=_title(decision, organisation),
        lane=front_line.lane_of(signals),
        decided_on=decision.decided_on,
        own_minutes=_minutes_so_far(decision, organisation),
    )
    if found is not None:
        row.status, row.people, row.before_source = S.BEFORE_KNOWN, found.people, found.source
        row.before_low, row.before_high = found.hours.low, found.hours.high
    row.save()
    asked_from = row.decided_on + timedelta(days=house.rules().ask_after_days)
    measure = AfterMeasure.objects.create(
        entry=row, opens_on=asked_from, closes_on=asked_from + timedelta(days=house.rules().ask_for_days)
    )
    measure.units.set(front_line.units_to_ask(row))
    events.record("ledger.open", subject=row, actor=None)
    if found is None:
        tell("ledger.before_needed", row, keepers(organisation.pk))
    netting.settle(row)
    return row


def _title(decision: Decision, organisation: Organisation) -> str:
    """What the public may read: the requirement, else only where it was. The words of signals and cases are not for all."""
    if decision.requirement is not None:
        text = " ".join(decision.requirement.text.split())
        return text if len(text) <= 300 else text[:297].rsplit(" ", 1)[0] + " …"
    with override(organisation.language):
        return _("A routine in %(organisation)s") % {"organisation": organisation.name}


def _minutes_so_far(decision: Decision, organisation: Organisation) -> int:
    """What signals and the decision took in this system. A decision that gives back in several places is counted in each."""
    signals = behind.signals_of(decision, organisation.pk)
    sent, me_too = signals.count(), signals.aggregate(n=Sum("me_too_count"))["n"] or 0
    return (
        (sent + me_too) * minutes_of("signal.send")
        + sent * minutes_of("signal.handle")
        + minutes_of("outcome.decide")
    )


@dataclass(frozen=True, slots=True)
class Before:
    """What the workplace says it took: in hours a year of all together, how many people, how they know, and what to call it."""

    title: str
    hours: Range
    people: int
    how: str


@transaction.atomic
def state_before(*, actor: User, entry: Entry, version: int, before: Before) -> Entry:
    """Say what it took before, with how one knows. Possible until the front line is asked."""
    row = locked(entry, version)
    step = ENTRY.check(actor, row, "state_before")
    hours = sensible(before.hours)
    if not 1 <= before.people <= 10_000_000:
        raise ValidationError({"people": [_("At least one person.")]})
    row.title = words(before.title, "title")[:300]
    row.before_low, row.before_high, row.people = hours.low, hours.high, before.people
    row.before_source, row.before_how = Entry.Source.STATED, words(before.how, "how")
    row.status, row.own_minutes = S(step.target), row.own_minutes + minutes_of("ledger.before")
    _save(row)
    events.record("ledger.state_before", subject=row, actor=actor, data=_figures(hours))
    return row


@transaction.atomic
def state_after(*, actor: User, entry: Entry, version: int, hours: Range, how: str) -> Entry:
    """Say an estimate of what it takes now, where too few answered. It is shown as an estimate for good."""
    row = locked(entry, version)
    step = ENTRY.check(actor, row, "state_after")
    row.measures.filter(status__in=["planned", "open"]).update(status=AfterMeasure.Status.CANCELLED, spent=[])
    found_after(row, sensible(hours), Entry.After.ESTIMATED, words(how, "how"))
    row.status, row.own_minutes = S(step.target), row.own_minutes + minutes_of("ledger.before")
    _save(row)
    events.record("ledger.state_after", subject=row, actor=actor, data=_figures(hours))
    tell("ledger.to_confirm", row, speakers(row.organisation_id))
    return row


def found_after(row: Entry, hours: Range, source: str, how: str) -> None:
    """Put what was found on the entry; whoever calls saves it."""
    row.after_low, row.after_high, row.after_source = hours.low, hours.high, source
    row.after_how, row.after_on = how, timezone.localdate()


@transaction.atomic
def set_use(
    *, actor: User, entry: Entry, version: int, used_for: str, use_decision: str, budget_neutral: bool
) -> Entry:
    """Say what the time goes to. Anything but the core task is an open decision in words (C32), and both confirm anew."""
    row = locked(entry, version)
    ENTRY.check(actor, row, "set_use")
    row.used_for = Entry.Use(used_for)
    row.use_decision = words(use_decision, "use_decision") if row.used_for == Entry.Use.OTHER else ""
    row.budget_neutral = budget_neutral
    if row.status in (S.MEASURED, S.VERIFIED):
        fall_back(row)
    _save(row)
    label = Entry.Use(row.used_for).label
    events.record(
        "ledger.set_use", subject=row, actor=actor, data={"use": str(label), "why": row.use_decision}
    )
    return row


def fall_back(row: Entry) -> None:
    """What was confirmed was something else, so both sides confirm anew."""
    row.employer_confirmed_on = row.employees_confirmed_on = None
    row.round += 1
    row.status = S.MEASURED


@transaction.atomic
def mark_overlaps(*, actor: User, entry: Entry, version: int, overlaps: Iterable[Entry]) -> Entry:
    """Say which other entries of the organisation are about the same time, so that only one of them is counted."""
    row = locked(entry, version)
    ENTRY.check(actor, row, "overlap")
    wanted = [one for one in overlaps if one.pk != row.pk]
    if any(one.organisation_id != row.organisation_id for one in wanted):
        raise ValidationError({"overlaps": [_("Choose entries of the same organisation.")]})
    before = list(row.overlaps.all())
    row.overlaps.set(wanted)
    row.version += 1
    row.save(update_fields=["version"])
    netting.settle(row, *before)
    # The line of events is public, so what is about something exempt is not named there.
    public = rules.visible_to(AnonymousUser()).filter(pk__in=[one.pk for one in wanted])
    titles = ", ".join(public.values_list("title", flat=True)) or "–"
    events.record("ledger.overlap", subject=row, actor=actor, data={"entries": titles})
    return row


@transaction.atomic
def withdraw(*, actor: User, entry: Entry, version: int, reason: str) -> Entry:
    """Take the entry out of the sum, with a reason that stays public."""
    row = locked(entry, version)
    step = ENTRY.check(actor, row, "withdraw")
    row.status, row.withdrawn_why = S(step.target), words(reason)
    row.measures.filter(status__in=["planned", "open"]).update(status=AfterMeasure.Status.CANCELLED, spent=[])
    _save(row)
    events.record("ledger.withdraw", subject=row, actor=actor, data={"reason": row.withdrawn_why})
    return row


def _save(row: Entry) -> None:
    row.version += 1
    row.save()
    netting.settle(row)


def _figures(hours: Range) -> dict[str, int]:
    return {"low": round(hours.low), "high": round(hours.high)}
