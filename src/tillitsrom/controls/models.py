"""Tables of control measures. None of them joins a person to an output, a speed or a count (R1)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tillitsrom.core.models import Exemptible, exemption_has_basis
from tillitsrom.people.models import Level, Party

MOST_TEXT = 2000
# How cases name the measure that they are about.
KIND = "controls.controlmeasure"


def _person() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class ControlMeasure(Exemptible):
    """One measure: what it is for, what it rests on, whom it covers as a group, and when it is looked at again.

    Source: aml. §§ 9-1 and 9-2. A measure that was in use before it was registered stands as proposed with `in_use`, and
    counts in the sum: that it was never discussed is what the list of unjustified ones is for.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DISCUSSED = "discussed", pgettext_lazy("control", "Discussed")
        INFORMED = "informed", _("Those affected are informed")
        ACTIVE = "active", pgettext_lazy("control", "In use")
        DUE = "due", _("Due for evaluation")
        KEPT = "kept", pgettext_lazy("control", "Kept")
        CHANGED = "changed", _("To be changed")
        ENDED = "ended", pgettext_lazy("control", "Ended")

    organisation = models.ForeignKey(
        "people.Organisation",
        on_delete=models.PROTECT,
        related_name="control_measures",
        verbose_name=_("organisation"),
    )
    unit = models.ForeignKey(
        "people.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="control_measures",
        verbose_name=_("unit"),
    )
    title = models.CharField(_("name of the measure"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True, max_length=MOST_TEXT)
    basis = models.TextField(_("legal or professional basis"), blank=True, max_length=MOST_TEXT)
    legally_required = models.BooleanField(_("required by law"), default=False)
    imposed_by = models.CharField(_("imposed by"), max_length=20, choices=Level)
    group_covered = models.CharField(_("group covered"), max_length=300)
    data_collected = models.TextField(_("data collected"), max_length=MOST_TEXT)
    retention = models.CharField(_("how long data is kept"), max_length=300, blank=True)
    minutes_a_week = models.PositiveIntegerField(_("minutes a week for all together"), null=True, blank=True)
    in_use = models.BooleanField(_("in use already when it was registered"), default=False)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    assumed_end = models.DateField(_("assumed end"), null=True, blank=True)
    discussed_on = models.DateField(_("discussed on"), null=True, blank=True)
    case = models.ForeignKey(
        "cooperation.Case",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="control_measures",
        verbose_name=_("case"),
    )
    informed_on = models.DateField(_("informed on"), null=True, blank=True)
    informed_how = models.TextField(_("how they were informed"), blank=True, max_length=MOST_TEXT)
    next_evaluation = models.DateField(_("next evaluation"), null=True, blank=True)
    change_decided_on = models.DateField(null=True, blank=True)
    round = models.PositiveIntegerField(default=1, help_text="Which evaluation is being made, or comes next.")
    overdue_told_on = models.DateField(null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PROPOSED)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_reason = models.TextField(_("why it was ended"), blank=True, max_length=MOST_TEXT)
    registered_on = models.DateField(_("registered on"), default=timezone.localdate)
    registered_by = _person()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["organisation", "status"], name="control_by_organisation"),
            models.Index(fields=["status", "next_evaluation"], name="control_by_evaluation"),
        ]
        constraints = [
            exemption_has_basis("control_exemption_has_basis"),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "discussed", "informed", "active", "due", "kept", "changed", "ended"]),
                name="control_status_known",
            ),
            # Not in use by this register's own word before it is discussed, and those it covers are told (aml. § 9-2).
            models.CheckConstraint(
                condition=~Q(status__in=["active", "due", "kept", "changed"])
                | Q(discussed_on__isnull=False, informed_on__isnull=False, next_evaluation__isnull=False, starts_on__isnull=False)
                & ~Q(informed_how="") & ~Q(purpose="") & ~Q(basis="")
                & (Q(assumed_end__isnull=False) | Q(legally_required=True)),
                name="control_in_use_is_justified",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["discussed", "informed"]) | Q(discussed_on__isnull=False),
                name="control_discussed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="informed") | Q(informed_on__isnull=False) & ~Q(informed_how=""),
                name="control_informed_has_day_and_way",
            ),
            models.CheckConstraint(
                condition=Q(informed_on__isnull=True) | Q(informed_on__gte=F("discussed_on")),
                name="control_informed_after_discussion",
            ),
            models.CheckConstraint(
                condition=Q(status="ended", legally_required=False, ended_on__isnull=False) & ~Q(ended_reason="")
                | ~Q(status="ended") & Q(ended_on__isnull=True, ended_reason=""),
                name="control_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(assumed_end__isnull=True) | Q(starts_on__isnull=True) | Q(assumed_end__gte=F("starts_on")),
                name="control_ends_after_start",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("controls:detail", args=[self.pk])

    def clean(self) -> None:
        if self.unit is not None and self.unit.organisation_id != self.organisation_id:
            raise ValidationError({"unit": [_("The unit belongs to another organisation.")]})

    @property
    def runs(self) -> bool:
        """In use, whether rightly or not: what counts in the sum."""
        return self.status in RUNNING or (self.in_use and self.status != self.Status.ENDED)

    @property
    def missing(self) -> tuple[str, ...]:
        """What stands between the measure and being justified (R4), as names of fields; empty where nothing does."""
        lacking = [
            name
            for name, there in (
                ("purpose", self.purpose.strip()),
                ("basis", self.basis.strip()),
                ("assumed_end", self.assumed_end or self.legally_required),
                ("discussed_on", self.discussed_on),
                ("next_evaluation", self.next_evaluation),
            )
            if not there
        ]
        return tuple(lacking)

    @property
    def ran_out(self) -> bool:
        """In use after its assumed end."""
        return self.assumed_end is not None and self.assumed_end < timezone.localdate()

    @property
    def unjustified(self) -> bool:
        return self.runs and bool(self.missing or self.ran_out)

    def overdue(self, today: date | None = None) -> bool:
        today = today or timezone.localdate()
        return self.runs and self.next_evaluation is not None and self.next_evaluation < today


RUNNING = (
    ControlMeasure.Status.ACTIVE, ControlMeasure.Status.DUE, ControlMeasure.Status.KEPT, ControlMeasure.Status.CHANGED,
)  # fmt: skip
# The fields that the register asks for when a measure is registered, and that can be corrected until it is discussed.
FIELDS = (
    "title", "purpose", "basis", "legally_required", "imposed_by", "group_covered", "data_collected", "retention",
    "minutes_a_week", "in_use", "starts_on", "assumed_end", "next_evaluation", "openness", "exempt_ground",
    "exempt_review_on",
)  # fmt: skip


class Evaluation(models.Model):
    """What one side says in one round of evaluation. Each side speaks once a round, and may change it until both have."""

    class Result(models.TextChoices):
        KEEP = "keep", pgettext_lazy("evaluation", "Keep")
        CHANGE = "change", pgettext_lazy("evaluation", "Change")
        END = "end", pgettext_lazy("evaluation", "End")

    measure = models.ForeignKey(ControlMeasure, on_delete=models.CASCADE, related_name="evaluations")
    change_decided_on = models.DateField(null=True, blank=True)
    round = models.PositiveIntegerField()
    side = models.CharField(_("side"), max_length=10, choices=Party.Side)
    result = models.CharField(_("result"), max_length=8, choices=Result)
    reason = models.TextField(_("reason"), max_length=MOST_TEXT)
    on = models.DateField(_("on"), default=timezone.localdate)
    by = _person()

    class Meta:
        ordering = ["-round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "round", "side"], name="evaluation_one_a_side"),
            models.CheckConstraint(condition=Q(result__in=["keep", "change", "end"]), name="evaluation_result_known"),
            models.CheckConstraint(condition=Q(side__in=["employer", "employees"]), name="evaluation_side_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="evaluation_has_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.get_result_display()}"
