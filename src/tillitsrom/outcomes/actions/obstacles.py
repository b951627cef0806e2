"""What became of a hindrance in law: the law was changed, so the requirement can be dropped after all."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.outcomes.lifecycle import OBSTACLE
from tillitsrom.outcomes.models import LegalObstacle
from tillitsrom.people.models import User
from tillitsrom.register.actions import requirements as register
from tillitsrom.register.models import ALIVE
from tillitsrom.signals.models import Outcome

from . import decisions
from .common import changed_meanwhile, needed, short
from .moving import lock_requirements
from .requests import askers


@transaction.atomic
def change(*, actor: User, obstacle: LegalObstacle, version: int, reason: str) -> LegalObstacle:
    """The owner notes that the law was changed: the requirement is no longer required by law, and is dropped."""
    requirement = lock_requirements([obstacle.requirement_id])[obstacle.requirement_id]
    row = LegalObstacle.objects.select_for_update().get(pk=obstacle.pk)
    row.requirement = requirement
    if row.version != version:
        raise changed_meanwhile()
    step = OBSTACLE.check(actor, row, "change")
    needed({"reason": reason}, step.needs)
    row.status, row.changed_on, row.version = (
        LegalObstacle.Status(step.target),
        timezone.localdate(),
        row.version + 1,
    )
    row.save()
    events.record("obstacle.change", subject=row, actor=actor, data={"reason": reason.strip()})
    free = register.describe(
        actor=actor, requirement=requirement, version=requirement.version, values={"statutory": False}
    )
    if free.status in ALIVE:
        decisions.decide(
            actor=actor, subject=free, version=free.version, outcome=Outcome.REMOVED,
            given=decisions.Given(reason=reason.strip()),
        )  # fmt: skip
    people = [one for request in requirement.requests.all() for one in askers(request)]
    send_notice(
        "obstacle.changed", recipients=[one for one in people if one != actor], subject=row,
        url=reverse("outcomes:obstacles"), data={"what": short(requirement.text)},
    )  # fmt: skip
    return row
