"""Tables of notices. A notice is removed half a year after it was read, and a year after it was made at the latest."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a person wants notices by e-mail; in the application they always stand."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in one e-mail")
    NEVER = "never", _("Not by e-mail")


class Preference(models.Model):
    """A person's own choice; without a row, a digest once a day."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notice_preference"
    )
    way = models.CharField(_("E-mail"), max_length=10, choices=Way, default=Way.DAILY)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(way__in=Way.values), name="notice_way_known")
        ]

    def __str__(self) -> str:
        return self.get_way_display()


class Notice(models.Model):
    """One thing that one person is told."""

    class Mail(models.TextChoices):
        NONE = "none", _("Not by e-mail")
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    url = models.CharField(max_length=300)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(_("e-mail"), max_length=10, choices=Mail, default=Mail.NONE)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=100, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "read_at", "-at"], name="notice_by_recipient"),
            models.Index(fields=["mail", "next_try_at"], name="notice_by_mail"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mail__in=["none", "waiting", "sent", "failed"]), name="notice_mail_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(mail="waiting") | models.Q(next_try_at__isnull=False),
                name="notice_waiting_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"
