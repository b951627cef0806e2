"""Cases: who raised what, who takes part, what each party means, and how it ended. Nothing here counts a person (R1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.models import Exemptible, exemption_has_basis
from tillitsrom.people.models import Organisation, Party, Unit
from tillitsrom.rulesets.schema import CaseForm


class Case(Exemptible):
    """A matter that the parties settle: a question in one sentence, with a form, positions, meetings and an end."""

    class Status(models.TextChoices):
        RAISED = "raised", _("Raised")
        CLASSIFIED = "classified", _("The form is set")
        CALLED = "called", _("Called to a meeting")
        HELD = "held", _("The meeting has been held")
        DECIDED = "decided", _("Decided")
        AGREED = "agreed", _("Agreed")
        DISAGREED = "disagreed", _("Not agreed")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Origin(models.TextChoices):
        RAISED = "raised", _("Raised by a party")
        SIGNALS = "signals", _("Raised from signals")
        REQUIREMENT = "requirement", _("Raised from a requirement")
        CONTROL = "control", _("Raised from a control measure")
        COMING_DECISION = "coming_decision", _("Raised from a decision that is about to be taken")

    class Conclusion(models.TextChoices):
        JOINT = "joint", _("A joint conclusion")
        SEPARATE = "separate", _("Separate conclusions")

    number = models.CharField(
        _("number"), max_length=20, help_text="Year and running number, such as 2026/12."
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="cases"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    question = models.CharField(_("the question, in one sentence"), max_length=300)
    background = models.TextField(_("background"), blank=True)
    origin = models.CharField(_("where it comes from"), max_length=20, choices=Origin, default=Origin.RAISED)
    # A control measure or another thing of a slice that this one does not know.
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    # Null where a safety delegate raised it, who speaks for all employees and for no union.
    raised_by_party = models.ForeignKey(
        Party,
        verbose_name=_("raised by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases_raised",
    )
    work_environment = models.BooleanField(_("it is about the working environment"), default=False)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    raised_on = models.DateField(_("raised on"), default=timezone.localdate)
    rule_set = models.CharField(_("agreement area"), max_length=20)
    answers = models.JSONField(default=dict, blank=True, help_text="The answers that the form was set by.")
    form = models.CharField(_("form"), max_length=20, blank=True, choices=CaseForm)
    # What the classifier said, kept as it was said: rule, reason, section, sources, verified.
    form_why = models.JSONField(default=dict, blank=True)
    contested_by = models.ForeignKey(
        Party,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("contested by"),
    )
    contest_reason = models.TextField(_("why the form is contested"), blank=True)
    form_open = models.BooleanField(
        default=False,
        help_text="The form is contested, or one side made it lighter: both sides must confirm it.",
    )
    form_confirmed = models.JSONField(
        default=list, blank=True, help_text="The keys of the parties that have confirmed an open form."
    )
    first_involvement_on = models.DateField(
        _("the other party was involved on"), null=True, blank=True, help_text="The earliest day, for I3."
    )
    decision_planned_on = models.DateField(_("the decision is planned for"), null=True, blank=True)
    announced = models.TextField(
        _("what the employer means to decide"),
        blank=True,
        help_text="Deciding otherwise needs a new discussion.",
    )
    decision = models.TextField(_("the decision"), blank=True)
    decision_reason = models.TextField(_("why"), blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion, blank=True)
    rounds = models.PositiveSmallIntegerField(default=1, help_text="Grows when it is discussed again.")
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.RAISED)
    status_reason = models.TextField(_("reason"), blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    signals = models.ManyToManyField("signals.Signal", blank=True, related_name="cases")
    requirements = models.ManyToManyField("register.Requirement", blank=True, related_name="cases")

    class Meta:
        ordering = ["-raised_on", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "status", "-raised_on"], name="case_by_organisation"),
            models.Index(fields=["status", "decision_planned_on"], name="case_by_plan"),
        ]
        constraints = [
            exemption_has_basis("case_exemption_has_basis"),
            models.UniqueConstraint(fields=["organisation", "number"], name="case_number_unique"),
            models.CheckConstraint(
                condition=Q(
                    status__in=["raised", "classified", "called", "held", "decided", "agreed", "disagreed", "closed",
                                "withdrawn"]
                ),
                name="case_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["raised", "withdrawn"]) | ~Q(form=""), name="case_under_way_has_form"
            ),
            models.CheckConstraint(
                condition=~Q(status="decided") | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="case_decided_has_decision",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(status_reason=""), name="case_withdrawn_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(raised_by_party__isnull=False) | Q(work_environment=True),
                name="case_raised_by_party_or_safety_delegate",
            ),
            models.CheckConstraint(
                condition=Q(contested_by__isnull=True) | Q(form_open=True), name="case_contested_is_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=models.F("raised_on")),
                name="case_not_decided_before_raised",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.question}"

    @property
    def raiser(self) -> str:
        """Who raised it, as the parties name it."""
        return self.raised_by_party.name if self.raised_by_party else str(_("The safety delegate"))


class Involvement(models.Model):
    """A party takes part in a case from a day: what they were told and given then."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="involvements")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("since"), default=timezone.localdate)
    how = models.CharField(_("how"), max_length=200, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "party"], name="involvement_once")]

    def __str__(self) -> str:
        return f"{self.party} {self.since}"


class Position(models.Model):
    """What a party means about a case, in its own words; the newest stands, the earlier are kept."""

    class Stance(models.TextChoices):
        FOR = "for", _("For")
        CONDITIONS = "conditions", _("For, on conditions")
        AGAINST = "against", _("Against")
        DISSENT = "dissent", _("Dissent")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="positions")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("stance"), max_length=20, choices=Stance)
    text = models.TextField(_("in the party's own words"), max_length=6000)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "party", "-at"], name="position_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=["for", "conditions", "against", "dissent"]),
                name="position_stance_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_stance_display()}"


class CaseDocument(models.Model):
    """A paper that the parties have before them: a text written here, or an address where it lies in the archive."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, max_length=50_000)
    reference = models.CharField(_("where it lies in the archive"), max_length=300, blank=True)
    sent_on = models.DateField(_("sent to the parties on"), default=timezone.localdate)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(reference=""), name="case_document_has_text_or_reference"
            )
        ]

    def __str__(self) -> str:
        return self.title
