"""Answers that follow from a decision about what the signals are about: a requirement or a case."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.people.models import User
from tillitsrom.signals.models import Signal

from .handling import close, reasoned


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
