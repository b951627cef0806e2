"""What the clock does: lets measures fall due for evaluation, and tells both parties when it is overdue. Both idempotent."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from tillitsrom.controls import house
from tillitsrom.controls.models import RUNNING, ControlMeasure
from tillitsrom.core import events

from .common import locked, tell

S = ControlMeasure.Status
WAITING = (S.ACTIVE, S.KEPT)


def fall_due(today: date | None = None) -> int:
    """Measures whose evaluation day has come are due from now on. How many."""
    today = today or timezone.localdate()
    rows = ControlMeasure.objects.filter(status__in=WAITING, next_evaluation__lte=today)
    return sum(_due(pk, today) for pk in rows.values_list("pk", flat=True))


@transaction.atomic
def _due(pk: int, today: date) -> int:
    row = locked(pk)
    if row.status not in WAITING or row.next_evaluation is None or row.next_evaluation > today:
        return 0
    row.status = S.DUE
    row.save()
    events.record("control.fall_due", subject=row, actor=None)
    tell(row, "control.due", None)
    return 1


def tell_overdue(today: date | None = None) -> int:
    """Both parties are told, once for each evaluation, that the day passed so many days ago (the house rule). How many."""
    today = today or timezone.localdate()
    before = today - timedelta(days=house.rules().overdue_days)
    rows = ControlMeasure.objects.filter(
        status__in=RUNNING, next_evaluation__lt=before, overdue_told_on__isnull=True
    )
    return sum(_overdue(pk, before, today) for pk in rows.values_list("pk", flat=True))


@transaction.atomic
def _overdue(pk: int, before: date, today: date) -> int:
    row = locked(pk)
    if (
        row.overdue_told_on is not None
        or row.status not in RUNNING
        or not row.next_evaluation
        or row.next_evaluation >= before
    ):
        return 0
    row.overdue_told_on = today
    row.save()
    tell(row, "control.overdue", None)
    return 1
