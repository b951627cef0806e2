"""What follows for signals from what they are about, a requirement or a case: they are answered by a decision, or come back."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.people.models import User
from tillitsrom.signals import lanes
from tillitsrom.signals.models import Signal

from .handling import close, concerned, reasoned, tell


@transaction.atomic
def answer_by_decision(
    *, actor: User | None, signals: Iterable[Signal], outcome: str, reason: str
) -> list[Signal]:
    """Answer every signal among them, with its group, that is open and unanswered; every sender and me-too is told.

    For the slices above, which have checked the right to decide what the signals are about. Confidential ones that have not
    opened yet are left alone: they are answered when their Monday has come. `actor` is None where the clock answers.
    """
    reasoned(outcome, reason)
    given = [one.pk for one in signals]
    groups = Signal.objects.filter(pk__in=given, group__isnull=False).values("group")
    rows = (
        Signal.objects.select_for_update(of=("self",))
        .select_related("unit", "requirement", "owner")
        .filter(Q(pk__in=given) | Q(group__in=groups), opens_on__lte=timezone.localdate(), opened=True)
        .exclude(status=Signal.Status.ANSWERED)
        .order_by("pk")
    )
    found = list(rows)
    for row in found:
        row.version += 1
        close(row, actor, outcome, reason)
        events.record("signal.answer", subject=row, actor=actor, data={"outcome": outcome})
    return found


@transaction.atomic
def come_back(*, actor: User | None, signals: Iterable[Signal], note: str) -> list[Signal]:
    """Give the signals among them that lie in a case back to their owners, with a new promised date: the case gave no answer.

    For the slices above, which know that the case has ended. `note` says in one sentence why, and is read by the senders too.
    Those that lie elsewhere or are answered are left alone. Every sender, every me-too and every owner is told.
    """
    given = [one.pk for one in signals]
    rows = Signal.objects.select_for_update(of=("self",)).select_related("unit", "requirement", "owner")
    found = list(rows.filter(pk__in=given, status=Signal.Status.IN_CASE).order_by("pk"))
    for row in found:
        row.version += 1
        row.status, row.escalated_on = Signal.Status.IN_PROGRESS, None
        row.promised_on = lanes.promised(row.lane, timezone.localdate())
        row.save()
        events.record("signal.take_back", subject=row, actor=actor, data={"note": note})
        tell(row, "signal.came_back", concerned(row), besides=actor)
        tell(row, "signal.came_back_to_owner", [row.owner], besides=actor)
    return found
