"""Tables of what became of things. No row counts what a person does (R1); who answered is named only by body and role."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tillitsrom.people.models import Role
from tillitsrom.signals.models import Outcome

# What can be decided here. A signal can also be passed on or solved otherwise, which its own page does.
DECIDED = (
    Outcome.REMOVED, Outcome.SIMPLIFIED, Outcome.MERGED, Outcome.DELEGATED, Outcome.RULE_CHANGED, Outcome.TRIED_OUT,
    Outcome.KEPT,
)  # fmt: skip
MOST_TEXT = 4000


def _body(related: str, label: Any) -> Any:
    return models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name=related, verbose_name=label
    )


def _person() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Request(models.Model):
    """Justify or lapse: an organisation asks the body that imposes a requirement to drop it, make it simpler or say why.

    What stood behind it when it was sent is kept; below the smallest group there is no number.
    """

    class Asks(models.TextChoices):
        DROP = "drop", _("Drop the requirement")
        SIMPLIFY = "simplify", _("Make it simpler")
        JUSTIFY = "justify", _("Say why it is needed")

    class Status(models.TextChoices):
        SENT = "sent", _("Waits for an answer")
        UNANSWERED = "unanswered", _("Unanswered")
        ANSWERED = "answered", pgettext_lazy("request", "Answered")

    class Answer(models.TextChoices):
        DROPPED = "dropped", _("The requirement is dropped")
        SIMPLIFIED = "simplified", _("The requirement is made simpler")
        KEPT = "kept", _("Kept, with a justification")
        LAW_CHANGE = "law_change", _("A change of the law will be proposed")

    requirement = models.ForeignKey(
        "register.Requirement",
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("requirement"),
    )
    organisation = _body("requests_sent", _("asked by"))
    owner = _body("requests_received", _("owner of the requirement"))
    asks = models.CharField(_("what is asked"), max_length=10, choices=Asks)
    why = models.TextField(_("why"), max_length=MOST_TEXT)
    section = models.CharField(_("section of the law"), max_length=200, blank=True)
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    organisations = models.PositiveIntegerField(_("organisations"), default=1)
    hours_low = models.FloatField(null=True, blank=True)
    hours_high = models.FloatField(null=True, blank=True)
    sent_by = _person()
    sent_on = models.DateField(_("sent on"), default=timezone.localdate)
    due_on = models.DateField(_("answer due by"))
    extended_from = models.DateField(
        null=True, blank=True, help_text="The date before more time was asked for."
    )
    extension_reason = models.TextField(_("why more time is needed"), blank=True, max_length=MOST_TEXT)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.SENT)
    unanswered_on = models.DateField(
        null=True, blank=True, help_text="The first day that it was shown as unanswered."
    )
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True)
    answer_reason = models.TextField(_("reason"), blank=True, max_length=MOST_TEXT)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = _person()
    signals: Any = models.ManyToManyField("signals.Signal", blank=True, related_name="requests")
    case = models.ForeignKey(
        "cooperation.Case", null=True, blank=True, on_delete=models.SET_NULL, related_name="requests"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["owner", "status", "due_on"], name="request_by_owner"),
            models.Index(fields=["requirement", "status"], name="request_by_requirement"),
            models.Index(fields=["organisation", "status"], name="request_by_sender"),
            models.Index(fields=["status", "due_on"], name="request_by_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["sent", "unanswered", "answered"]), name="request_status_known"
            ),
            models.CheckConstraint(condition=Q(asks__in=["drop", "simplify", "justify"]), name="request_asks_known"),
            models.CheckConstraint(
                condition=Q(status="answered", answer__in=["dropped", "simplified", "kept", "law_change"])
                & ~Q(answer_reason="")
                & Q(answered_on__isnull=False)
                | ~Q(status="answered") & Q(answer="", answered_on__isnull=True),
                name="request_answered_with_reason",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="request_says_why"),
            models.CheckConstraint(condition=Q(due_on__gte=F("sent_on")), name="request_due_after_sent"),
            models.CheckConstraint(
                condition=Q(extended_from__isnull=True) | ~Q(extension_reason=""),
                name="request_more_time_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="unanswered") | Q(unanswered_on__isnull=False),
                name="request_unanswered_since",
            ),
            # One organisation asks once at a time about the same requirement.
            models.UniqueConstraint(
                fields=["requirement", "organisation"],
                condition=~Q(status="answered"),
                name="request_one_open_per_organisation",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_asks_display()}: {self.requirement}"

    @property
    def late(self) -> bool:
        """Answered, but after the date."""
        return self.answered_on is not None and self.answered_on > self.due_on


OPEN = (Request.Status.SENT, Request.Status.UNANSWERED)


class Decision(models.Model):
    """What was decided about a signal, a case or a requirement, with its reason. It is never changed, only followed by another."""

    class Subject(models.TextChoices):
        SIGNAL = "signal", _("a signal")
        CASE = "case", _("a case")
        REQUIREMENT = "requirement", _("a requirement")

    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    subject = models.CharField(max_length=12, choices=Subject)
    organisation = _body("decisions", _("decided by"))
    requirement = models.ForeignKey(
        "register.Requirement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("requirement"),
    )
    case = models.ForeignKey(
        "cooperation.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes"
    )
    request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    signals: Any = models.ManyToManyField("signals.Signal", blank=True, related_name="decisions")
    text = models.TextField(_("what holds from now on"), blank=True, max_length=MOST_TEXT)
    reason = models.TextField(_("reason"), max_length=MOST_TEXT)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    limits = models.TextField(_("within which limits"), blank=True, max_length=MOST_TEXT)
    heard = models.CharField(_("who was heard"), blank=True, max_length=300)
    merged_into = models.ForeignKey(
        "register.Requirement", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hypothesis = models.TextField(_("what we think will happen"), blank=True, max_length=MOST_TEXT)
    trial_unit = models.ForeignKey(
        "people.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("where it is tried"),
    )
    trial_from = models.DateField(_("tried from"), null=True, blank=True)
    trial_to = models.DateField(_("tried to and including"), null=True, blank=True)
    consented = models.CharField(_("who has agreed to it"), blank=True, max_length=300)
    decided_on = models.DateField(_("decided on"), default=timezone.localdate)
    decided_by = _person()
    decided_role = models.CharField(max_length=30, choices=Role, blank=True)

    class Meta:
        ordering = ["-decided_on", "-pk"]
        indexes = [
            models.Index(fields=["requirement", "-decided_on"], name="decision_by_requirement"),
            models.Index(fields=["organisation", "-decided_on"], name="decision_by_organisation"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=DECIDED), name="decision_outcome_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=Q(subject="signal")
                | Q(subject="case", case__isnull=False)
                | Q(subject="requirement", requirement__isnull=False),
                name="decision_is_about_something",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="kept") | Q(review_on__isnull=False),
                name="decision_kept_has_review_date",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="delegated") | (~Q(limits="") & ~Q(heard="")),
                name="decision_delegated_within_limits_and_heard",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="tried_out")
                | (
                    ~Q(hypothesis="")
                    & ~Q(consented="")
                    & Q(trial_from__isnull=False, trial_to__gt=F("trial_from"))
                ),
                name="decision_trial_is_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.title}"

    @property
    def title(self) -> str:
        """What it is about, in its first words. The words of a signal are not among them: they belong to the workplace."""
        if self.requirement is not None:
            return self.requirement.text
        if self.case is not None:
            return self.case.question
        return self.text or self.reason


class LegalObstacle(models.Model):
    """A law stands in the way of what the front line asks for (S153). Once for each requirement, with all its requests."""

    class Status(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("hindrance in law", "Registered")
        PROMISED = "promised", _("A change is to be proposed")
        KEPT = "kept", _("The law stands, with a justification")
        CHANGED = "changed", _("The law was changed")

    requirement = models.OneToOneField(
        "register.Requirement",
        on_delete=models.PROTECT,
        related_name="obstacle",
        verbose_name=_("requirement"),
    )
    law = models.CharField(_("law"), max_length=200, blank=True)
    section = models.CharField(_("section"), max_length=200)
    blocks = models.TextField(_("what it stands in the way of"), max_length=MOST_TEXT)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.REGISTERED)
    registered_on = models.DateField(_("registered on"), default=timezone.localdate)
    changed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-registered_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["registered", "promised", "kept", "changed"]),
                name="obstacle_status_known",
            ),
            models.CheckConstraint(condition=~Q(section="") & ~Q(blocks=""), name="obstacle_says_what"),
            models.CheckConstraint(
                condition=~Q(status="changed") | Q(changed_on__isnull=False), name="obstacle_changed_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law} {self.section}".strip()


class NewDuty(models.Model):
    """A reporting duty, registered before it takes effect: what it costs, what it is for, who gets it and when it ends."""

    class Status(models.TextChoices):
        REGISTERED = "registered", _("Registered, not in effect yet")
        IN_EFFECT = "in_effect", _("In effect")
        LAPSED = "lapsed", _("Lapsed: its end date has passed")
        ENDED = "ended", _("Ended")
        WITHDRAWN = "withdrawn", _("Withdrawn before it took effect")

    organisation = _body("new_duties", _("who collects"))
    title = models.CharField(_("what is to be reported"), max_length=300)
    purpose = models.TextField(_("what it is for"), max_length=MOST_TEXT)
    recipient = models.CharField(_("who gets it"), max_length=200)
    reporters = models.CharField(_("who must report"), max_length=200)
    reporters_count = models.PositiveIntegerField(_("how many must report"))
    hours_low = models.FloatField(_("hours a year for all together, at least"))
    hours_high = models.FloatField(_("hours a year for all together, at most"))
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    registered_on = models.DateField(_("registered on"), default=timezone.localdate)
    takes_effect_on = models.DateField(_("takes effect on"))
    ends_on = models.DateField(_("ends on"))
    trust_reform = models.BooleanField(_("it comes from the trust reform itself"), default=False)
    overlaps = models.JSONField(
        default=list, blank=True, help_text="What was found to be collected already, when it was registered."
    )
    overlap_answer = models.TextField(
        _("why what is collected already cannot be used"), blank=True, max_length=MOST_TEXT
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.REGISTERED)
    status_reason = models.TextField(_("reason"), blank=True, max_length=MOST_TEXT)
    ended_on = models.DateField(null=True, blank=True)
    registered_by = _person()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-takes_effect_on", "-pk"]
        verbose_name_plural = "new duties"
        indexes = [models.Index(fields=["status", "ends_on"], name="new_duty_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["registered", "in_effect", "lapsed", "ended", "withdrawn"]),
                name="new_duty_status_known",
            ),
            models.CheckConstraint(
                condition=Q(takes_effect_on__gt=F("registered_on")),
                name="new_duty_registered_before_it_takes_effect",
                violation_error_message=_(
                    "A reporting duty is registered before it takes effect. Choose a later day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("takes_effect_on")),
                name="new_duty_ends_after_it_begins",
                violation_error_message=_("The end date must come after the day that it takes effect."),
            ),
            models.CheckConstraint(
                condition=Q(hours_low__gte=0, hours_high__gte=F("hours_low")),
                name="new_duty_hours_are_a_range",
                violation_error_message=_("Give the lowest number of hours first."),
            ),
            models.CheckConstraint(
                condition=Q(overlaps=[]) | ~Q(overlap_answer=""), name="new_duty_overlap_is_answered"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ended", "withdrawn"]) | ~Q(status_reason=""),
                name="new_duty_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title
