"""What the clock does: opens the confidential week, lifts what is late, and finds an owner where one has left. All idempotent."""

import random
from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.people.models import Membership, User
from tillitsrom.signals import lanes, rules
from tillitsrom.signals.models import OPEN_STATES, Message, Signal

from .handling import concerned, reopened, tell
from .sending import index

AT_A_TIME = 500


@transaction.atomic
def open_the_week(today: date | None = None) -> int:
    """Open the confidential signals and messages whose Monday has come: all at once, in random order. How many there were."""
    today = today or timezone.localdate()
    signals = list(Signal.objects.select_for_update().filter(opened=False, opens_on__lte=today))
    random.shuffle(signals)
    for signal in signals:
        index(signal)
    events.record_many("signal.opened", subjects=signals, actor=None, data=[{} for _one in signals])
    Signal.objects.filter(pk__in=[one.pk for one in signals]).update(opened=True)
    _tell_owners(signals, "signal.opened")
    return len(signals) + _open_messages(today)


def _open_messages(today: date) -> int:
    messages = list(
        Message.objects.select_for_update(of=("self",))
        .select_related("signal__owner")
        .filter(opened=False, opens_on__lte=today)
    )
    random.shuffle(messages)
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(opened=True)
    for message in messages:
        if message.reopens:
            row = (
                Signal.objects.select_for_update(of=("self",))
                .select_related("owner")
                .get(pk=message.signal_id)
            )
            if row.status == Signal.Status.ANSWERED and not row.reopened_once:
                row.version += 1
                reopened(row, None, "")
    _tell_owners([one.signal for one in messages], "signal.messages_by_code")
    return len(messages)


def _tell_owners(signals: list[Signal], kind: str) -> None:
    """One notice an owner with how many, and nothing of what they say."""
    counts = Counter(one.owner_id for one in signals)
    subjects = {one.owner_id: one for one in signals}
    for owner in User.objects.filter(pk__in=counts):
        send_notice(
            kind, recipients=[owner], subject=subjects[owner.pk].organisation, url=reverse("signals:desk"),
            data={"count": counts[owner.pk]},
        )  # fmt: skip


def lift_what_is_late(today: date | None = None) -> int:
    """Give every late signal to the next level, once for each promise and again when more days have gone. How many."""
    today = today or timezone.localdate()
    again = today - timedelta(days=lanes.rules().days_to_next_level)
    late = Signal.objects.exclude(status=Signal.Status.ANSWERED).filter(promised_on__lt=today, opened=True)
    late = late.filter(Q(escalated_on__isnull=True) | Q(escalated_on__lte=again))
    return sum(_lift(pk, again, today) for pk in late.values_list("pk", flat=True)[:AT_A_TIME])


@transaction.atomic
def _lift(pk: int, again: date, today: date) -> int:
    row = Signal.objects.select_for_update(of=("self",)).select_related("unit", "owner").get(pk=pk)
    if (
        row.status not in OPEN_STATES
        or row.promised_on >= today
        or (row.escalated_on and row.escalated_on > again)
    ):
        return 0
    first_time = row.escalated_on is None
    above = rules.next_level(row)
    before = row.owner
    row.escalated_on = today
    row.version += 1
    if above is not None:
        row.owner = above
    row.save(update_fields=["escalated_on", "owner", "version"])
    if above is None:
        if first_time:
            tell(row, "signal.no_next_level", [before])
        return 0
    events.record("signal.escalate", subject=row, actor=None)
    tell(row, "signal.escalated", [above])
    tell(row, "signal.late", [before, *concerned(row)])
    return 1


def find_new_owners(today: date | None = None) -> int:
    """Give open signals whose owner has left to the nearest handler. How many."""
    today = today or timezone.localdate()
    open_ones = Signal.objects.exclude(status=Signal.Status.ANSWERED)
    owners = set(open_ones.order_by().values_list("owner_id", flat=True).distinct())
    here = set(
        Membership.objects.filter(user__in=owners, user__is_active=True)
        .valid_on(today)
        .values_list("user_id", flat=True)
    )
    return sum(new_owner_for_all(owner) for owner in owners - here)


@transaction.atomic
def new_owner_for_all(owner_id: int) -> int:
    """Move everything that one person owns. Answers how many were moved; those for whom nobody was found stay."""
    rows = (
        Signal.objects.select_for_update(of=("self",)).select_related("unit__parent").filter(owner=owner_id)
    )
    moved = []
    found: dict[tuple[int, int | None], User | None] = {}
    for row in rows:
        unit = None if row.confidential else row.unit
        key = (row.organisation_id, unit.pk if unit else None)
        if key not in found:
            found[key] = rules.handler_for(row.organisation_id, unit, besides=frozenset({owner_id}))
        new = found[key]
        if new is not None:
            row.owner, row.version = new, row.version + 1
            moved.append(row)
    Signal.objects.bulk_update(moved, ["owner", "version"], batch_size=AT_A_TIME)
    living = [row for row in moved if row.status in OPEN_STATES]
    events.record_many("signal.new_owner", subjects=living, actor=None, data=[{} for _one in living])
    for row in living:
        if row.opened:
            tell(row, "signal.given", [row.owner])
    return len(moved)
