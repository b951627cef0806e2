"""Calls for input: one party asks another for some problem statements by a day, and answers each of them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tillitsrom.people.models import Organisation, Party, Unit

# A statement that is taken up becomes a signal, so it has the same room.
MOST_PROBLEM, MOST_REMEDY, MOST_WHO = 1200, 300, 300
MOST_WHY = 2000
# Five or six were asked for where this was first done; more than twenty nobody answers.
FEWEST, MOST, MOST_STATEMENTS = 5, 6, 20


def _person(related: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name=related
    )


def _place(model: str, related: str, *, null: bool = True) -> Any:
    return models.ForeignKey(model, null=null, blank=null, on_delete=models.PROTECT, related_name=related)


def _one_side(prefix: str) -> Q:
    """A union speaks for employees, and whoever leads speaks for the employer without a party of their own."""
    side, party = f"{prefix}side", f"{prefix}party__isnull"
    return Q(**{side: "employees", party: False}) | Q(**{side: "employer", party: True})


class InputCall(models.Model):
    """One call. `owner` is the one on the answering side who is to see that an answer comes by the due day."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ANSWERED = "answered", pgettext_lazy("call", "Answered, being gone through")
        CLOSED = "closed", pgettext_lazy("call", "Closed")
        LAPSED = "lapsed", _("Lapsed without an answer")
        WITHDRAWN = "withdrawn", pgettext_lazy("call", "Withdrawn")

    organisation = _place("people.Organisation", "calls_sent", null=False)
    unit = _place("people.Unit", "+")
    side = models.CharField(max_length=10, choices=Party.Side)
    party = _place("people.Party", "calls_sent")
    asked_organisation = _place("people.Organisation", "calls_received", null=False)
    asked_unit = _place("people.Unit", "+")
    asked_side = models.CharField(max_length=10, choices=Party.Side)
    asked_party = _place("people.Party", "calls_received")
    asked_by = _person("calls_asked")
    owner = _person("calls_owned")
    question = models.CharField(max_length=200)
    why = models.TextField(max_length=MOST_WHY)
    fewest = models.PositiveSmallIntegerField(default=FEWEST)
    most = models.PositiveSmallIntegerField(default=MOST)
    asked_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    few_reason = models.TextField(
        blank=True, max_length=MOST_WHY, help_text="Why fewer came than were asked for."
    )
    ending = models.TextField(
        blank=True, max_length=MOST_WHY, help_text="What it led to, or why it ended without."
    )
    escalated_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["status", "due_on"], name="call_by_date"),
            models.Index(fields=["organisation", "status"], name="call_by_asker"),
            models.Index(fields=["asked_organisation", "status"], name="call_by_asked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "answered", "closed", "lapsed", "withdrawn"]), name="call_status_known"
            ),
            models.CheckConstraint(condition=_one_side(""), name="call_asking_side_known"),
            models.CheckConstraint(condition=_one_side("asked_"), name="call_asked_side_known"),
            models.CheckConstraint(
                condition=Q(fewest__gte=1, most__gte=F("fewest"), most__lte=MOST_STATEMENTS), name="call_numbers_sensible"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="call_due_after_asked"),
            models.CheckConstraint(
                condition=~Q(status__in=["answered", "closed"]) | Q(answered_on__isnull=False), name="call_answered_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["closed", "lapsed", "withdrawn"]) | ~Q(ending=""), name="call_ended_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.question

    def clean(self) -> None:
        """Numbers and days that make sense, said where they were written."""
        wrong: dict[str, str] = {}
        if self.fewest < 1 or self.most < self.fewest:
            wrong["most"] = gettext("The most cannot be below the fewest, and one is the fewest.")
        elif self.most > MOST_STATEMENTS:
            wrong["most"] = gettext("At most %(n)s can be asked for.") % {"n": MOST_STATEMENTS}
        if self.due_on is not None and self.due_on < self.asked_on:
            wrong["due_on"] = gettext("The day has passed already.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def asker_name(self) -> str:
        return name_of(self.organisation, self.unit, self.party)

    @property
    def asked_name(self) -> str:
        return name_of(self.asked_organisation, self.asked_unit, self.asked_party)

    def late(self, today: date) -> bool:
        return self.status == self.Status.OPEN and self.due_on < today


def name_of(organisation: Organisation, unit: Unit | None, party: Party | None) -> str:
    """A party as it is named to people: the union, or who leads where."""
    if party is not None:
        return f"{party.name}, {organisation.short}"
    return gettext("The management of %(place)s") % {"place": unit.name if unit else organisation.short}


class Statement(models.Model):
    """One problem statement: what the problem is, who meets it, what would help. A draft until the answer is given."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("statement", "Draft")
        RECEIVED = "received", pgettext_lazy("statement", "Received")
        TAKEN_UP = "taken_up", _("Taken up")
        ANSWERED = "answered", _("Answered")

    call = models.ForeignKey(InputCall, on_delete=models.CASCADE, related_name="statements")
    author = _person("statements_written")
    problem = models.TextField(max_length=MOST_PROBLEM)
    who = models.CharField(max_length=MOST_WHO)
    remedy = models.TextField(max_length=MOST_REMEDY, blank=True)
    signal = models.ForeignKey(
        "signals.Signal", null=True, blank=True, on_delete=models.PROTECT, related_name="statements"
    )
    case_number = models.CharField(max_length=20, blank=True)
    case_key = models.BigIntegerField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "received", "taken_up", "answered"]), name="statement_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="taken_up") | Q(signal__isnull=False) | ~Q(case_number=""),
                name="statement_taken_up_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(status="answered", answered_on__isnull=False) & ~Q(answer="")
                | ~Q(status="answered") & Q(answered_on__isnull=True, answer=""),
                name="statement_answered_with_words",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.problem[:80]
