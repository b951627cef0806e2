"""Tables of the signals. Nothing here counts what a person does (R1); a confidential row names nobody and knows no hour."""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Whole numbers up to here survive the programs that read JSON, also in a browser.
LARGEST_ID = 2**53 - 1
# Together they fit on one page of the database, so that no page of its own tells in which order long texts came.
MOST_TEXT = 1200
MOST_ASIDE = 300


def random_id() -> int:
    """A key that tells nothing about when the row was made. Open and confidential rows get the same sort."""
    return secrets.randbelow(LARGEST_ID - 1) + 1


def week_of(day: date) -> date:
    """The Monday of the day's week: the finest time that is kept of what is sent confidentially."""
    return day - timedelta(days=day.weekday())


class Outcome(models.TextChoices):
    """What became of it. The codes are shared with the decisions that are made about cases and requirements."""

    REMOVED = "removed", _("Removed")
    SIMPLIFIED = "simplified", _("Simplified")
    MERGED = "merged", _("Merged with something else")
    DELEGATED = "delegated", _("Delegated")
    RULE_CHANGED = "rule_changed", _("The rule was changed")
    TRIED_OUT = "tried_out", _("Tried out")
    KEPT = "kept", _("Kept with a reason")
    TRANSFERRED = "transferred", _("Passed on to the right body")
    SOLVED_OTHERWISE = "solved_otherwise", _("Solved in another way")


class SignalGroup(models.Model):
    """Signals about the same thing: answered together, and taken apart again when that was wrong."""

    id = models.BigAutoField(primary_key=True, default=random_id)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"group {self.pk}"


class Signal(models.Model):
    """One thing that takes time, with where it stands. What steals time may be a routine, a report or a documentation duty."""

    class Kind(models.TextChoices):
        ROUTINE = "routine", _("Routine")
        REPORTING = "reporting", _("Reporting")
        DOCUMENTATION = "documentation", _("Documentation")

    class Cause(models.TextChoices):
        """The five of the think tank Agenda and the three of Difi (domain C5)."""

        DETAIL_STEERING = "detail_steering", _("We are told in detail how to do it")
        REPORTING_FORMS = "reporting_forms", _("Reporting and forms")
        LOW_DISCRETION = "low_discretion", _("We may not use our own judgement")
        CONTROL_BUREAUCRACY = "control_bureaucracy", _("Control and bureaucracy")
        WEAK_CITIZEN_FOCUS = "weak_citizen_focus", _("It does not help those we are here for")
        DOUBLE_REGISTRATION = "double_registration", _("The same is written twice")
        LEGACY_IT = "legacy_it", _("Old or slow computer systems")
        SLOW_INTERNAL_PROCESS = "slow_internal_process", _("Slow processes in our own house")

    class Period(models.TextChoices):
        DAY = "day", _("a day")
        WEEK = "week", _("a week")
        MONTH = "month", _("a month")
        YEAR = "year", _("a year")

    class Lane(models.TextChoices):
        REMOVE_HERE = "remove_here", _("Can be removed here, now")
        CLARIFY = "clarify", _("Needs to be clarified")
        REDESIGN = "redesign", _("Needs a new design or a trial")

    class Status(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("signal", "Received")
        ASSESSED = "assessed", _("Assessed")
        IN_PROGRESS = "in_progress", _("Being worked on")
        WITH_OWNER = "with_owner", _("With the owner of the requirement")
        IN_CASE = "in_case", _("Raised as a case")
        ON_TRIAL = "on_trial", pgettext_lazy("signal", "On trial")
        ANSWERED = "answered", _("Answered")
        REOPENED = "reopened", _("Reopened by the sender")

    class Grouped(models.TextChoices):
        SENDER = "sender", _("the sender")
        HANDLER = "handler", _("the handler")

    id = models.BigAutoField(primary_key=True, default=random_id)
    organisation = models.ForeignKey(
        "people.Organisation",
        on_delete=models.PROTECT,
        related_name="signals",
        verbose_name=_("organisation"),
    )
    unit = models.ForeignKey(
        "people.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("unit"),
    )
    requirement = models.ForeignKey(
        "register.Requirement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signals",
        verbose_name=_("requirement"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ROUTINE)
    causes = models.JSONField(_("causes"), default=list, blank=True)
    what = models.TextField(_("what takes time"), max_length=MOST_TEXT)
    occasions = models.PositiveSmallIntegerField(_("how many times"))
    period = models.CharField(_("in which period"), max_length=10, choices=Period)
    minutes_low = models.PositiveSmallIntegerField(_("minutes each time, at least"))
    minutes_high = models.PositiveSmallIntegerField(_("minutes each time, at most"))
    # Of one who does it, in a year, by the working time in data/lanes.yaml.
    hours_low = models.FloatField()
    hours_high = models.FloatField()
    rather = models.TextField(_("what the time would go to"), max_length=MOST_ASIDE, blank=True)
    proposal = models.TextField(_("proposal"), max_length=MOST_ASIDE, blank=True)
    displaces_core = models.BooleanField(_("takes time from the core task"), default=False)

    confidential = models.BooleanField(default=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="signals_sent",
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    week = models.DateField(help_text="The Monday of the week that it was sent in.")
    opens_on = models.DateField(
        help_text="Handlers see it from this day: at once when open, the Monday after when confidential."
    )
    opened = models.BooleanField(
        default=True, help_text="Whether handlers were told; confidential ones together."
    )
    code_digest = models.CharField(max_length=64, blank=True, help_text="Keyed hash of the return code.")
    sent_key = models.CharField(
        max_length=64, blank=True, help_text="Hash of the form's key, against sending twice."
    )

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.RECEIVED)
    lane = models.CharField(_("lane"), max_length=20, choices=Lane, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="signals_owned",
        verbose_name=_("owner"),
    )
    promised_on = models.DateField(_("promised answer"))
    escalated_on = models.DateField(
        null=True, blank=True, help_text="The last day it went to the next level."
    )
    version = models.PositiveIntegerField(default=1)

    group = models.ForeignKey(
        SignalGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="signals"
    )
    grouped_by = models.CharField(max_length=10, choices=Grouped, blank=True)
    grouped_why = models.JSONField(
        default=list, blank=True, help_text="The words that it shares with the group."
    )
    me_too_count = models.PositiveIntegerField(default=0)

    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_on = models.DateField(null=True, blank=True)
    transferred_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    reopened_once = models.BooleanField(default=False)

    class Meta:
        ordering = ["promised_on", "pk"]
        indexes = [
            models.Index(fields=["organisation", "status", "promised_on"], name="signal_by_organisation"),
            models.Index(fields=["organisation", "unit", "confidential"], name="signal_by_unit"),
            models.Index(fields=["opened", "opens_on"], name="signal_to_open"),
            models.Index(
                fields=["organisation", "promised_on", "id"],
                condition=~Q(status="answered"),
                name="signal_unanswered",
            ),
            # The desk of one handler, and the lists of those who follow several organisations: the first page is read from
            # the beginning, and nothing is sorted.
            models.Index(
                fields=["owner", "promised_on", "id"],
                condition=~Q(status="answered"),
                name="signal_unanswered_of",
            ),
            models.Index(
                fields=["promised_on", "id"], condition=~Q(status="answered"), name="signal_unanswered_first"
            ),
            models.Index(
                fields=["organisation", "week"], condition=Q(confidential=True), name="signal_to_mix"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential=True, sender__isnull=True, sent_at__isnull=True, sent_key="")
                & ~Q(code_digest="")
                | Q(confidential=False, sent_at__isnull=False, code_digest=""),
                name="signal_confidential_names_nobody",
            ),
            models.UniqueConstraint(
                fields=["code_digest"], condition=~Q(code_digest=""), name="signal_code_unique"
            ),
            models.UniqueConstraint(fields=["sent_key"], condition=~Q(sent_key=""), name="signal_sent_once"),
            models.CheckConstraint(
                condition=(Q(status="answered") & ~Q(outcome="") & ~Q(reason="") & Q(answered_on__isnull=False))
                | (~Q(status="answered") & Q(outcome="") & Q(answered_on__isnull=True)),
                name="signal_answered_with_outcome_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["received", "assessed", "in_progress", "with_owner", "in_case", "on_trial",
                                "answered", "reopened"]
                ),
                name="signal_status_known",
            ),
            models.CheckConstraint(
                condition=Q(lane__in=["", "remove_here", "clarify", "redesign"]), name="signal_lane_known"
            ),
            models.CheckConstraint(condition=~Q(status="assessed") | ~Q(lane=""), name="signal_assessed_has_lane"),
            models.CheckConstraint(
                condition=Q(kind__in=["routine", "reporting", "documentation"]), name="signal_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(period__in=["day", "week", "month", "year"]), name="signal_period_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="signal_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes_high__gte=F("minutes_low"), minutes_low__gte=1, occasions__gte=1),
                name="signal_time_sensible",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The first words, for lists."""
        words = " ".join(self.what.split())
        return words if len(words) <= 90 else words[:87].rsplit(" ", 1)[0] + " …"

    @property
    def cause_names(self) -> list[str]:
        return [str(self.Cause(code).label) for code in self.causes if code in self.Cause.values]


OPEN_STATES = tuple(s for s in Signal.Status.values if s != Signal.Status.ANSWERED)
# Where others work with it; the promised date holds all the same.
WITH_OTHERS = (Signal.Status.WITH_OWNER, Signal.Status.IN_CASE, Signal.Status.ON_TRIAL)


class MeToo(models.Model):
    """A colleague whom the same thing concerns. Kept so that the answer reaches them; shown only as a count."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="me_toos")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signal", "person"], name="me_too_once")]

    def __str__(self) -> str:
        return f"me too: {self.signal_id}"


class SignalStem(models.Model):
    """One word family of a signal, for finding those that say the same while it waits for an answer. Confidential ones come when they open."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="stem_rows")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    stem = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["organisation", "stem", "signal"], name="signal_stem")]
        constraints = [models.UniqueConstraint(fields=["signal", "stem"], name="signal_stem_once")]

    def __str__(self) -> str:
        return self.stem


class Message(models.Model):
    """One message in the talk between the sender and those who handle the signal."""

    id = models.BigAutoField(primary_key=True, default=random_id)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField(_("message"), max_length=2 * MOST_TEXT)
    by_sender = models.BooleanField()
    confidential = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    week = models.DateField()
    opens_on = models.DateField()
    opened = models.BooleanField(default=True)
    reopens = models.BooleanField(default=False, help_text="The sender asks that the signal is opened again.")

    class Meta:
        # What was sent by code comes first on its Monday, and has no order of its own within the week.
        ordering = ["opens_on", F("sent_at").asc(nulls_first=True), "pk"]
        indexes = [
            models.Index(fields=["opened", "opens_on"], name="message_to_open"),
            models.Index(fields=["week"], condition=Q(confidential=True), name="message_to_mix"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential=True, by_sender=True, author__isnull=True, sent_at__isnull=True)
                | Q(confidential=False, sent_at__isnull=False),
                name="message_confidential_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


# Django finds tables through this module.
from .models_calls import InputCall as InputCall  # noqa: E402
from .models_calls import Statement as Statement  # noqa: E402
from .models_dialogue import DialogueRequest as DialogueRequest  # noqa: E402
