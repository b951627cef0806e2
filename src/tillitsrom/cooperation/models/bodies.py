"""Bodies where the parties meet, and the seats in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import Organisation, Party, Unit


class Body(models.Model):
    """A body where the parties meet (IDF, MBU, AMU, administrasjonsutvalg, three-party body, or a form of their own)."""

    class Kind(models.TextChoices):
        IDF = "idf", _("Information, discussion and negotiation meeting (IDF)")
        MBU = "mbu", _("Co-determination committee (MBU/MBA)")
        AMU = "amu", _("Working environment committee (AMU)")
        JOINT_COMMITTEE = "joint_committee", _("Joint committee (administrasjonsutvalg)")
        THREE_PARTY = "three_party", _("Three-party body")
        FREE = "free", _("A form of our own")

    class Line(models.TextChoices):
        DECISION = "decision", _("Decision line")
        DEVELOPMENT = "development", _("Development line: recommends, never decides")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="bodies"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="bodies"
    )
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    line = models.CharField(_("line"), max_length=20, choices=Line, default=Line.DECISION)
    mandate = models.TextField(_("mandate"), blank=True)
    employees = models.PositiveIntegerField(
        _("how many work here"),
        null=True,
        blank=True,
        help_text=_("Decides whether a working environment committee is required."),
    )
    demanded = models.BooleanField(_("a party has demanded the body"), default=False)
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_to = models.DateField(_("to and including"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="body_name_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["idf", "mbu", "amu", "joint_committee", "three_party", "free"]),
                name="body_kind_known",
            ),
            models.CheckConstraint(condition=Q(line__in=["decision", "development"]), name="body_line_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place in a body: which side, which party, who sits there, from when; a seat may be empty."""

    class Side(models.TextChoices):
        EMPLOYER = "employer", _("Employer")
        EMPLOYEES = "employees", _("Employees")
        POLITICAL = "political", _("Elected politicians")
        HEALTH_SERVICE = "health_service", _("Occupational health service, without a vote")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    side = models.CharField(_("side"), max_length=20, choices=Side)
    party = models.ForeignKey(
        Party, verbose_name=_("party"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="seats",
    )
    title = models.CharField(_("as"), max_length=100, blank=True)
    deputy = models.BooleanField(_("deputy"), default=False)
    leads = models.BooleanField(_("leads the meetings"), default=False)
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_to = models.DateField(_("to and including"), null=True, blank=True)

    class Meta:
        ordering = ["side", "deputy", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=["employer", "employees", "political", "health_service"]),
                name="seat_side_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="seat_ends_after_it_begins",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.title or self.party or ''}"

    @property
    def votes(self) -> bool:
        """The occupational health service has no vote (regulation on organisation and participation § 3-10)."""
        return self.side != self.Side.HEALTH_SERVICE
