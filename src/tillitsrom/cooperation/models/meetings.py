"""Meetings, what was on the agenda, who came, informal contact, and the minutes with their approvals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.days import in_figures
from tillitsrom.people.models import Organisation, Party, Unit
from tillitsrom.rulesets.schema import CaseForm

from .bodies import Body, Seat
from .cases import Case


class Meeting(models.Model):
    """A meeting with an agenda of cases. The last day for calling it follows from the local agreement."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CALLED = "called", _("Called")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="meetings"
    )
    body = models.ForeignKey(
        Body, verbose_name=_("body"), null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    # The unit that it concerns, where no body says so.
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    form = models.CharField(_("form"), max_length=20, choices=CaseForm)
    about = models.CharField(
        _("about what"), max_length=200, blank=True, help_text="For example a point of the annual wheel."
    )
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    call_by = models.DateField(_("must be called by"), help_text="From the local agreement's notice days.")
    documents_by = models.DateField(_("documents must be sent by"))
    called_on = models.DateField(_("called on"), null=True, blank=True)
    late_reason = models.CharField(_("why it was called late"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PLANNED)
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["organisation", "on"], name="meeting_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["planned", "called", "held", "cancelled"]),
                name="meeting_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "cancelled"]) | Q(called_on__isnull=False),
                name="meeting_called_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body or self.organisation}, {in_figures(self.on)}"

    @property
    def place_of_work(self) -> Unit | None:
        """The unit that it is about: its own, else the body's; None is the whole organisation."""
        return self.unit or (self.body.unit if self.body else None)

    @property
    def called_late(self) -> bool:
        return self.called_on is not None and self.called_on > self.call_by


class AgendaItem(models.Model):
    """A case on a meeting's agenda, for one round of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    order = models.PositiveSmallIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1)
    live = models.BooleanField(default=True, help_text="False once the meeting was held or cancelled.")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "case"], name="agenda_case_once"),
            # A case lies before one meeting at a time.
            models.UniqueConstraint(fields=["case"], condition=Q(live=True), name="agenda_case_live_once"),
        ]

    def __str__(self) -> str:
        return str(self.case)


class Attendance(models.Model):
    """A party was there, by whom; the name is the role's, in a public record of the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    side = models.CharField(_("side"), max_length=20, choices=Seat.Side)
    party = models.ForeignKey(
        Party, verbose_name=_("party"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    present = models.BooleanField(_("present"), default=True)

    class Meta:
        ordering = ["side", "pk"]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """An informal talk between the parties, logged lightly: when, between whom, about what in one line."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contacts")
    case = models.ForeignKey(
        Case, verbose_name=_("case"), null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    on = models.DateField(_("day"), default=timezone.localdate)
    parties = models.ManyToManyField(Party, verbose_name=_("parties"), related_name="+")
    about = models.CharField(_("about what"), max_length=300)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.about}"


class Minutes(models.Model):
    """Minutes of one case in one meeting: a referat that is approved, or a protokoll that is signed (facts F3, R13)."""

    class Kind(models.TextChoices):
        REFERAT = "referat", _("Summary (referat)")
        PROTOKOLL = "protokoll", _("Protocol (protokoll)")
        BOOK = "minutes_book", _("Minutes book (møtebok)")

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("Draft")
        SENT = "sent", _("Sent for approval")
        APPROVED = "approved", _("Approved by all")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="minutes")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.TextField(_("what was said and agreed"), blank=True, max_length=30_000)
    due_on = models.DateField(_("to be ready by"), help_text="From the local agreement's minutes days.")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFTED)
    sent_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    # What was sent, letter by letter: the text that each party approves or signs.
    sealed = models.TextField(blank=True)
    asked = models.ManyToManyField(Party, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "case"], name="minutes_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["referat", "protokoll", "minutes_book"]), name="minutes_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["drafted", "sent", "approved"]), name="minutes_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_on__isnull=False),
                name="minutes_approved_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.case}"

    @property
    def signed(self) -> bool:
        """A protocol is signed; the others are approved (Hovedavtalen i staten §§ 21 and 23)."""
        return self.kind == self.Kind.PROTOKOLL


class MinutesView(models.Model):
    """One party's view as the minutes give it; each party writes its own."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="views")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("the party's view"), blank=True, max_length=6000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["minutes", "party"], name="minutes_view_once")]

    def __str__(self) -> str:
        return f"{self.party}"


class Approval(models.Model):
    """A signature event: who approved or signed for which party, when, and exactly which text."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="approvals")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    approved = models.BooleanField(help_text="False is an objection, which sends the minutes back.")
    objection = models.TextField(_("what must be changed"), blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text that was before the party.")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "party", "digest"], condition=Q(approved=True), name="approval_once"
            ),
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(objection=""), name="approval_objection_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.at:%Y-%m-%d}"
