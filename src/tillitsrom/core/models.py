"""The event log's one table, and the columns that any object with openness has."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.openness import GROUND_CHOICES


class AppendOnly(Exception):  # noqa: N818  # says what the log is
    """Somebody tried to change or remove an event."""


class EventQuerySet(models.QuerySet["Event"]):
    """Events are written once. Erasing a person goes through `erase_person`, nothing else changes a row."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("events are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("events are never deleted")


class Event(models.Model):
    """One thing that happened, written in the transaction that made it happen."""

    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_system = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="event_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"


class Openness(models.TextChoices):
    """Open by default; an exemption carries its legal basis and a review date (R18)."""

    OPEN = "open", _("Open")
    EXEMPT = "exempt", _("Exempt from openness")


class Exemptible(models.Model):
    """Columns for an object that is public unless a legal basis says otherwise (R18)."""

    openness = models.CharField(_("openness"), max_length=10, choices=Openness, default=Openness.OPEN)
    exempt_ground = models.CharField(_("legal basis"), max_length=20, blank=True, choices=GROUND_CHOICES)
    exempt_review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)

    class Meta:
        abstract = True


def exemption_has_basis(name: str) -> models.CheckConstraint:
    """The database's own promise that nothing is hidden without a legal basis and a review date (R18)."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(openness=Openness.OPEN)
        | (~models.Q(exempt_ground="") & models.Q(exempt_review_on__isnull=False)),
    )
