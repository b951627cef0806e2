"""Requests for dialogue: somebody at the workplace invites themself to management, or management invites."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_TEXT = 2000


def _person(related: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name=related
    )


class DialogueRequest(models.Model):
    """A wish to meet, with a purpose and times that suit. `owner` is the one who is to answer, by the promised day."""

    class Direction(models.TextChoices):
        TO_MANAGEMENT = "to_management", _("Invites themself to management")
        FROM_MANAGEMENT = "from_management", _("Management invites")

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for a time")
        PROPOSED = "proposed", _("A time is proposed")
        AGREED = "agreed", _("The time is agreed")
        HELD = "held", pgettext_lazy("dialogue", "Held")
        DECLINED = "declined", pgettext_lazy("dialogue", "Declined")

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="dialogues"
    )
    unit = models.ForeignKey("people.Unit", null=True, on_delete=models.PROTECT, related_name="dialogues")
    direction = models.CharField(max_length=16, choices=Direction)
    asked_by = _person("dialogues_asked")
    owner = _person("dialogues_owned")
    purpose = models.TextField(max_length=MOST_TEXT)
    preferred_times = models.CharField(max_length=300)
    proposed_time = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    decline_reason = models.TextField(blank=True, max_length=MOST_TEXT)
    asked_on = models.DateField(default=timezone.localdate)
    promised_on = models.DateField()
    escalated_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["promised_on", "pk"]
        indexes = [models.Index(fields=["status", "promised_on"], name="dialogue_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["asked", "proposed", "agreed", "held", "declined"]), name="dialogue_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["proposed", "agreed", "held"]) | ~Q(proposed_time=""), name="dialogue_has_time"
            ),
            models.CheckConstraint(condition=~Q(status="held") | ~Q(outcome=""), name="dialogue_held_says_what_came"),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""), name="dialogue_declined_has_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.purpose[:80]
