"""Which agreement area an organisation is in, and its local agreements with their parties, levels and annual wheel."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.models import Exemptible, exemption_has_basis
from tillitsrom.people.models import Organisation, Party, Unit

from .load import AREAS
from .schema import CaseForm

_DAYS = [MinValueValidator(0), MaxValueValidator(90)]


def AREA_CHOICES() -> list[tuple[str, str]]:  # noqa: N802  # a callable constant: Django asks for choices late
    """The agreement areas in the reader's language."""
    from .load import rule_sets

    return [(code, str(rule_sets()[code].name)) for code in AREAS]


class AreaChoice(models.Model):
    """From a day on an organisation is in an agreement area; the newest that has begun holds."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="area_choices"
    )
    code = models.CharField(_("agreement area"), max_length=10, choices=AREA_CHOICES)
    since = models.DateField(_("since"))

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "since"],
                name="area_choice_one_a_day",
                violation_error_message=_("Another area was already chosen from that day."),
            ),
            models.CheckConstraint(condition=models.Q(code__in=AREAS), name="area_choice_code_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.code} ({self.since})"


class LocalAgreement(Exemptible):
    """A local agreement on co-determination: the adaptation agreement of the state, or its like in the other areas."""

    class Status(models.TextChoices):
        NEGOTIATING = "negotiating", _("Being negotiated")
        SIGNED = "signed", _("Signed, not yet in force")
        IN_FORCE = "in_force", _("Now in force")
        EVALUATED = "evaluated", _("In force, evaluated")
        REPLACED = "replaced", _("Replaced by a new one")
        TERMINATED = "terminated", _("Ended")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="local_agreements",
    )
    rule_set = models.CharField(_("agreement area"), max_length=10, choices=AREA_CHOICES)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is agreed"), blank=True, max_length=50_000)
    valid_from = models.DateField(_("holds from"))
    valid_to = models.DateField(_("holds to and including"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days' notice of a meeting"), validators=_DAYS)
    document_days = models.PositiveSmallIntegerField(
        _("days before a meeting for documents"), validators=_DAYS
    )
    minutes_days = models.PositiveSmallIntegerField(_("days after a meeting for minutes"), validators=_DAYS)
    evaluation_months = models.PositiveSmallIntegerField(
        _("months between evaluations"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    evaluate_on = models.DateField(_("next evaluation"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NEGOTIATING)
    status_reason = models.TextField(_("reason"), blank=True, max_length=4000)
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    # The last day and the evaluation that the parties have been reminded of, so that nobody is told twice.
    told_of_end = models.DateField(null=True, blank=True)
    told_of_evaluation = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "negotiating",
                        "signed",
                        "in_force",
                        "evaluated",
                        "replaced",
                        "terminated",
                    ]
                ),
                name="local_agreement_status_known",
            ),
            models.CheckConstraint(condition=models.Q(rule_set__in=AREAS), name="local_agreement_area_known"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="local_agreement_ends_after_it_begins",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(document_days__lte=models.F("notice_days")),
                name="local_agreement_documents_after_notice",
                violation_error_message=_("Documents cannot be sent before the meeting is called."),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(status__in=["in_force", "evaluated"]),
                name="local_agreement_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(status__in=["negotiating", "signed"]),
                name="local_agreement_one_under_way",
                violation_error_message=_("A new agreement is already under way in this organisation."),
            ),
            exemption_has_basis("local_agreement_exemption_has_basis"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def holds(self) -> bool:
        """Whether the parties follow it now."""
        return self.status in HOLDING


HOLDING = (LocalAgreement.Status.IN_FORCE, LocalAgreement.Status.EVALUATED)
UNDER_WAY = (LocalAgreement.Status.NEGOTIATING, LocalAgreement.Status.SIGNED)


class AgreementParty(models.Model):
    """A party to a local agreement, and its signature when it has signed."""

    agreement = models.ForeignKey(LocalAgreement, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["party__side", "party__name"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="agreement_party_once"),
            # A signature outlives the account of the one who gave it, so only the other direction is demanded.
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True) | models.Q(signed_on__isnull=False),
                name="agreement_party_signature_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.agreement}"


class AgreementLevel(models.Model):
    """A level where co-determination is exercised; no unit is the organisation as a whole."""

    class Kind(models.TextChoices):
        ENTERPRISE = "virksomhet", _("Enterprise (virksomhet)")
        OPERATING_UNIT = "driftsenhet", _("Operating unit (driftsenhet)")
        WORK_AREA = "arbeidsomrade", _("Work area (arbeidsområde)")

    agreement = models.ForeignKey(LocalAgreement, on_delete=models.CASCADE, related_name="levels")
    kind = models.CharField(_("level of co-determination"), max_length=20, choices=Kind)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "unit"], name="agreement_level_unit_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(unit__isnull=True), name="agreement_level_whole_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["virksomhet", "driftsenhet", "arbeidsomrade"]),
                name="agreement_level_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.unit or self.agreement.organisation}"


class WheelPoint(models.Model):
    """One point of the annual wheel: what is on the table in which month, in which form."""

    agreement = models.ForeignKey(LocalAgreement, on_delete=models.CASCADE, related_name="wheel")
    month = models.PositiveSmallIntegerField(
        _("month"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    form = models.CharField(_("form of cooperation"), max_length=20, choices=CaseForm)
    what = models.CharField(_("what"), max_length=200)

    class Meta:
        ordering: ClassVar = ["month", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__gte=1) & models.Q(month__lte=12), name="wheel_point_month_exists"
            ),
            models.CheckConstraint(
                condition=models.Q(form__in=CaseForm.values), name="wheel_point_form_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.what}"
