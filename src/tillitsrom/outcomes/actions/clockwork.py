"""What the clock does: shows silence, opens and ends duties, and answers what has opened since it was decided. All idempotent."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.outcomes.models import Decision, NewDuty, Request
from tillitsrom.outcomes.rules import DUTY_KEEPERS
from tillitsrom.register.rules import DECIDERS
from tillitsrom.signals.models import Outcome, Signal, week_of

from .common import people_in, short
from .moving import answer_signals
from .requests import askers, tell

# A confidential signal opens on the Monday after its week; a week more is for a worker that was down.
LOOKED_BACK = timedelta(days=21)


def show_silence(today: date | None = None) -> int:
    """Requests whose date has passed are unanswered from now on, for all to see. How many there were."""
    today = today or timezone.localdate()
    late = Request.objects.filter(status=Request.Status.SENT, due_on__lt=today)
    return sum(_unanswered(pk, today) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _unanswered(pk: int, today: date) -> int:
    rows = Request.objects.select_for_update(of=("self",)).select_related(
        "requirement", "organisation", "owner", "sent_by"
    )
    row = rows.get(pk=pk)
    if row.status != Request.Status.SENT or row.due_on >= today:
        return 0
    row.status, row.unanswered_on, row.version = Request.Status.UNANSWERED, today, row.version + 1
    row.save()
    events.record("request.lapse", subject=row, actor=None)
    tell(row, "request.unanswered", askers(row), None)
    tell(row, "request.you_are_late", people_in(row.owner_id, DECIDERS), None)
    return 1


@transaction.atomic
def follow_duties(today: date | None = None) -> int:
    """Duties take effect on their day, and lapse when their end date has passed. How many steps were taken."""
    today = today or timezone.localdate()
    steps = 0
    starting = NewDuty.objects.select_for_update().filter(
        status=NewDuty.Status.REGISTERED, takes_effect_on__lte=today
    )
    for row in starting:
        row.status, row.version = NewDuty.Status.IN_EFFECT, row.version + 1
        row.save()
        events.record("new_duty.take_effect", subject=row, actor=None)
        steps += 1
    ending = NewDuty.objects.select_for_update().filter(status=NewDuty.Status.IN_EFFECT, ends_on__lt=today)
    for row in ending:
        row.status, row.version = NewDuty.Status.LAPSED, row.version + 1
        row.save()
        events.record("new_duty.lapse", subject=row, actor=None)
        send_notice(
            "new_duty.lapsed", recipients=people_in(row.organisation_id, DUTY_KEEPERS), subject=row,
            url=reverse("outcomes:duty", args=[row.pk]), data={"what": short(row.title)},
        )  # fmt: skip
        steps += 1
    return steps


@transaction.atomic
def answer_what_has_opened(today: date | None = None) -> int:
    """Confidential signals that were sent before a decision about their requirement and opened after it get its answer."""
    today = today or timezone.localdate()
    rows = Decision.objects.filter(requirement__isnull=False, decided_on__gte=today - LOOKED_BACK)
    count = 0
    for made in rows.exclude(outcome=Outcome.RULE_CHANGED).order_by("pk"):
        late = Signal.objects.filter(
            requirement=made.requirement_id, confidential=True, opened=True, opens_on__gt=made.decided_on,
            week__lte=week_of(made.decided_on), status=Signal.Status.RECEIVED,
        )  # fmt: skip
        answered = answer_signals(None, list(late), made.outcome, made.reason, made.text)
        made.signals.add(*answered)
        count += len(answered)
    return count
