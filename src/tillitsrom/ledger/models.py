"""Entries of the ledger, what the parties say of them, and the question to the front line. No row holds a person's time (R1)."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import Organisation, Party, Unit
from tillitsrom.signals.models import Signal

MOST_TEXT = 2000


class Entry(models.Model):
    """One decision in one organisation, and the hours a year before and after it, each as a range with its source."""

    class Status(models.TextChoices):
        OPENED = "opened", _("Hours before are not known")
        BEFORE_KNOWN = "before_known", _("Hours before are known")
        WAITING = "waiting_for_after", _("Waits for hours after")
        MEASURED = "measured", _("Waits for both parties to confirm")
        VERIFIED = "verified", _("Confirmed by both parties")
        DISPUTED = "disputed", _("The parties disagree")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Source(models.TextChoices):
        SIGNALS = "signals", _("Reckoned from what people have reported")
        REQUIREMENT = "requirement", _("The estimate of the requirement")
        STATED = "stated", _("Stated by the workplace")

    class After(models.TextChoices):
        MEASURED = "measured", _("Measured: asked of the same front line")
        ESTIMATED = "estimated", _("Estimated by the workplace")

    class Use(models.TextChoices):
        CORE = "core", _("Back to the core task")
        OTHER = "other", _("Something else, by an open decision")

    decision = models.ForeignKey(
        "outcomes.Decision", on_delete=models.PROTECT, related_name="entries", verbose_name=_("decision")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="ledger_entries",
        verbose_name=_("organisation"),
    )
    requirement = models.ForeignKey(
        "register.Requirement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ledger_entries",
        verbose_name=_("requirement"),
    )
    title = models.CharField(_("what it is about"), max_length=300)
    lane = models.CharField(_("lane"), max_length=20, choices=Signal.Lane, blank=True)
    opened_on = models.DateField(default=timezone.localdate)
    decided_on = models.DateField(_("decided on"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.OPENED)

    before_low = models.FloatField(_("hours a year before, at least"), null=True, blank=True)
    before_high = models.FloatField(_("hours a year before, at most"), null=True, blank=True)
    before_source = models.CharField(_("source"), max_length=20, choices=Source, blank=True)
    before_how = models.TextField(_("how we know"), blank=True, max_length=MOST_TEXT)
    people = models.PositiveIntegerField(_("people it concerns"), null=True, blank=True)

    after_low = models.FloatField(_("hours a year after, at least"), null=True, blank=True)
    after_high = models.FloatField(_("hours a year after, at most"), null=True, blank=True)
    after_source = models.CharField(_("how it was found"), max_length=20, choices=After, blank=True)
    after_how = models.TextField(_("how we know"), blank=True, max_length=MOST_TEXT)
    after_on = models.DateField(null=True, blank=True)

    used_for = models.CharField(_("what the time goes to"), max_length=10, choices=Use, default=Use.CORE)
    use_decision = models.TextField(_("the decision"), blank=True, max_length=MOST_TEXT)
    budget_neutral = models.BooleanField(_("needs no new money"), default=True)
    own_minutes = models.PositiveIntegerField(default=0, help_text="What this took in this system, once.")
    overlaps: Any = models.ManyToManyField("self", blank=True, symmetrical=True)

    # Kept by netting.settle, in the transaction of whatever changed: the hours given back, and which entry counts them.
    given_low = models.FloatField(null=True, blank=True)
    given_high = models.FloatField(null=True, blank=True)
    counted_in = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="counts",
        help_text="The entry about the same time that is counted instead of this one.",
    )

    round = models.PositiveSmallIntegerField(default=1, help_text="Settled anew, it is confirmed anew.")
    employer_confirmed_on = models.DateField(null=True, blank=True)
    employees_confirmed_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.TextField(_("reason"), blank=True, max_length=MOST_TEXT)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["organisation", "status"], name="entry_by_organisation"),
            models.Index(fields=["requirement", "organisation"], name="entry_by_requirement"),
            models.Index(fields=["-decided_on", "-id"], name="entry_by_day"),
            models.Index(fields=["status", "counted_in"], name="entry_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="entry_once_per_decision"),
            models.CheckConstraint(
                condition=Q(
                    status__in=["opened", "before_known", "waiting_for_after", "measured", "verified", "disputed",
                                "withdrawn"]
                ),
                name="entry_status_known",
            ),
            models.CheckConstraint(
                condition=Q(before_low__isnull=True, before_high__isnull=True, before_source="")
                | Q(before_low__gte=0, before_high__gte=F("before_low"), before_source__in=["signals", "requirement", "stated"]),
                name="entry_before_is_a_range_with_source",
            ),
            models.CheckConstraint(
                condition=Q(after_low__isnull=True, after_high__isnull=True, after_source="", after_on__isnull=True)
                | Q(after_low__gte=0, after_high__gte=F("after_low"), after_source__in=["measured", "estimated"],
                    after_on__isnull=False),
                name="entry_after_is_a_range_with_source",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["opened", "withdrawn"]) | Q(before_low__isnull=False),
                name="entry_before_comes_first",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["measured", "verified", "disputed"]) | Q(after_low__isnull=False),
                name="entry_after_is_known",
            ),
            # Nothing is claimed that two parties have not confirmed.
            models.CheckConstraint(
                condition=~Q(status="verified")
                | Q(employer_confirmed_on__isnull=False, employees_confirmed_on__isnull=False),
                name="entry_verified_by_both",
            ),
            models.CheckConstraint(
                condition=Q(used_for="core") | Q(used_for="other") & ~Q(use_decision=""),
                name="entry_other_use_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawn_why=""), name="entry_withdrawn_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(given_high__isnull=True) | Q(given_high__lte=F("before_high")),
                name="entry_gives_no_more_than_before",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def confirmed_sides(self) -> set[str]:
        """The sides that have confirmed what stands now."""
        sides = {
            Party.Side.EMPLOYER: self.employer_confirmed_on,
            Party.Side.EMPLOYEES: self.employees_confirmed_on,
        }
        return {str(side) for side, day in sides.items() if day is not None}

    @property
    def own_hours(self) -> float:
        return self.own_minutes / 60


S = Entry.Status
ALIVE = (S.OPENED, S.BEFORE_KNOWN, S.WAITING, S.MEASURED, S.VERIFIED, S.DISPUTED)
# Where hours after are known, so that something can be summed.
KNOWN = (S.MEASURED, S.VERIFIED, S.DISPUTED)


class Statement(models.Model):
    """What a party says of an entry: that it is right, or what is wrong with it in its own words."""

    class Stance(models.TextChoices):
        CONFIRMS = "confirms", _("Confirms")
        DISPUTES = "disputes", _("Disputes")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="statements")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    words = models.TextField(_("in our words"), blank=True, max_length=MOST_TEXT)
    on = models.DateField(default=timezone.localdate)
    # The event log has the signature; here it is kept for the person's own data, and goes with the person.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["round", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "party", "round"], name="statement_once_a_round"),
            models.CheckConstraint(condition=Q(stance__in=["confirms", "disputes"]), name="statement_stance_known"),
            models.CheckConstraint(
                condition=Q(stance="confirms") | ~Q(words=""), name="statement_dispute_has_words"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.party}: {self.get_stance_display()}"


class AfterMeasure(models.Model):
    """The question to the front line, 8 to 12 weeks after the decision: how long does it take you now?

    There is no row per answer. An answer adds one to `tally` and one code to `spent`, in one update of this row: the codes
    stand sorted, so that nothing tells which answer came with which code. When the question closes, the codes are removed.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Not asked yet")
        OPEN = "open", _("Being asked")
        CLOSED = "closed", _("Asked")
        TOO_FEW = "too_few", _("Too few answers to be shown")
        HELD_BACK = "held_back", _("Held back, so that nobody can be singled out")
        CANCELLED = "cancelled", _("Not asked")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="measures")
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="The first day that no more answers are taken.")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    # None stands for the whole organisation.
    units: Any = models.ManyToManyField(Unit, blank=True, related_name="+")
    asked = models.PositiveIntegerField(default=0)
    tally = models.JSONField(default=dict, help_text="How many gave each answer; emptied where too few did.")
    answers = models.PositiveIntegerField(default=0)
    spent = models.JSONField(default=list, help_text="Codes used, sorted; emptied when it closes.")
    reminded = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["opens_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["status", "opens_on"], name="measure_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["planned", "open", "closed", "too_few", "held_back", "cancelled"]),
                name="measure_status_known",
            ),
            models.CheckConstraint(condition=Q(closes_on__gt=F("opens_on")), name="measure_closes_after_it_opens"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(status__in=["planned", "open"]), name="measure_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open"]) | Q(spent=[]), name="measure_codes_go_when_it_closes"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entry} {self.opens_on}"

    def is_open(self, today: date) -> bool:
        return self.status == self.Status.OPEN and self.opens_on <= today < self.closes_on
