"""What a rule set is made of. Everything here is read from `data/*.yaml`; each statement says where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db import models
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

# How long before an edition ends readers are told (Hovedavtalen i staten § 52 asks for notice three months ahead).
WARN_BEFORE = timedelta(days=92)


class CaseForm(models.TextChoices):
    """The forms that a case between the parties can have, the lightest first."""

    INFORMATION = "information", gettext_lazy("Information")
    CONSULTATION = "consultation", gettext_lazy("Asking for advice")
    COMMITTEE = "committee", gettext_lazy("Treatment in a committee")
    DISCUSSION = "discussion", gettext_lazy("Discussion")
    NEGOTIATION = "negotiation", gettext_lazy("Negotiation")


# The heavier form is the case's form where several rules apply; the others are listed beside it.
WEIGHT = {form: place for place, form in enumerate(CaseForm.values)}


class Reply(models.TextChoices):
    """What one may answer to a question."""

    YES = "yes", gettext_lazy("Yes")
    NO = "no", gettext_lazy("No")
    UNKNOWN = "unknown", gettext_lazy("I do not know")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the three written forms; shown in the reader's."""

    nb: str
    nn: str
    en: str

    def __str__(self) -> str:
        language = (get_language() or "nb")[:2]
        return {"nn": self.nn, "en": self.en}.get(language, self.nb)


@dataclass(frozen=True, slots=True)
class Provision:
    """Where a statement comes from and how sure we are: `verified` means that the text of the provision was read.

    `edition` names the edition of the agreement in which the wording was read. A `valid_from` of None means that nobody has
    found out from when it holds.
    """

    section: str
    sources: tuple[str, ...]
    verified: bool
    valid_from: date | None
    valid_to: date | None
    edition: str
    note: Text | None

    def holds(self, on: date) -> bool:
        """Whether we know that it holds on the day."""
        return (
            self.valid_from is not None
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
        )

    def verified_on(self, on: date) -> bool:
        """Whether it may be presented as what holds on the day; otherwise it is a suggestion."""
        return self.verified and self.holds(on)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the classifier, answered yes, no or I do not know."""

    id: str
    text: Text
    help: Text | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of matter and the form it gets.

    `conditions` must all be answered yes and none of `unless`, else the rule named in `otherwise` decides. `steps` are the
    forms that the matter goes through in order. A rule without `topic` is only reached through another's `otherwise`.
    """

    id: str
    title: Text
    topic: bool
    form: CaseForm
    conditions: tuple[str, ...]
    unless: tuple[str, ...]
    otherwise: str
    steps: tuple[CaseForm, ...]
    reason: Text
    timing: Text | None
    statute: bool
    provision: Provision


class MinutesKind(models.TextChoices):
    """What is written after a meeting."""

    REFERAT = "referat", gettext_lazy("Summary (referat)")
    PROTOKOLL = "protokoll", gettext_lazy("Protocol (protokoll)")
    BOOK = "minutes_book", gettext_lazy("Minutes book (møtebok)")
    NONE = "none", gettext_lazy("Nothing is required")


@dataclass(frozen=True, slots=True)
class Minutes:
    """What minutes a form needs: who writes, whether each party approves, whether the parties sign, and which sides do."""

    form: CaseForm
    kind: MinutesKind
    written_by: str
    approved: bool
    signed: bool
    signers: tuple[str, ...]
    text: Text
    provision: Provision

    @property
    def required(self) -> bool:
        return self.kind != MinutesKind.NONE


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step when the parties disagree: a code for programs, who takes it, and what happens."""

    code: str
    by: str
    text: Text


@dataclass(frozen=True, slots=True)
class Path:
    """What happens when the parties disagree.

    `decides` is who has the last word: employer, board, ministry, council or agreement. `discuss_again` says that the employer
    must discuss anew before deciding otherwise than was said.
    """

    form: CaseForm
    decides: str
    discuss_again: bool
    steps: tuple[PathStep, ...]
    exceptions: tuple[PathStep, ...]
    provision: Provision


@dataclass(frozen=True, slots=True)
class FormInfo:
    """What a form is for in an area."""

    form: CaseForm
    purpose: Text
    provision: Provision


class Standing(StrEnum):
    """How an edition stands on a day."""

    IN_FORCE = "in_force"
    ENDS_SOON = "ends_soon"
    CONTINUES = "continues"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """An agreement area in one edition: its forms, questions, rules, minutes and paths for disagreement."""

    code: str
    name: Text
    applies_to: Text
    local_name: Text
    levels: tuple[str, ...]
    provision: Provision
    renewal: Text | None
    continues: Text | None
    local_expires_with_it: bool
    forms: Mapping[CaseForm, FormInfo]
    questions: Mapping[str, Question]
    rules: Mapping[str, Rule]
    fallback: str
    minutes: Mapping[CaseForm, Minutes]
    paths: Mapping[CaseForm, Path]
    bodies: tuple["Body", ...] = field(default=())

    def __str__(self) -> str:
        return str(self.name)

    @property
    def topics(self) -> tuple[Rule, ...]:
        """The kinds of matter that a case can be about."""
        return tuple(rule for rule in self.rules.values() if rule.topic)

    def standing(self, on: date) -> Standing:
        """How this edition stands on the day."""
        start, end = self.provision.valid_from, self.provision.valid_to
        if start is None:
            return Standing.UNKNOWN
        if on < start:
            return Standing.NOT_YET
        if end is not None and on > end:
            return Standing.CONTINUES if self.continues else Standing.EXPIRED
        if end is not None and on > end - WARN_BEFORE:
            return Standing.ENDS_SOON
        return Standing.IN_FORCE

    def standing_text(self, on: date) -> str:
        """A sentence on how the edition stands on the day; empty where it simply holds."""
        start, end = self.provision.valid_from, self.provision.valid_to
        day = formats.date_format(end, "DATE_FORMAT") if end else ""
        first = formats.date_format(start, "DATE_FORMAT") if start else ""
        match self.standing(on):
            case Standing.IN_FORCE:
                return ""
            case Standing.ENDS_SOON:
                said = _(
                    "This edition ends on %(day)s. We have not seen the text that holds after that day."
                ) % {"day": day}
                return f"{said} {self.renewal}" if self.renewal else said
            case Standing.CONTINUES:
                said = _("This edition ended on %(day)s, and we have not seen the next one.") % {"day": day}
                return f"{said} {self.continues}"
            case Standing.EXPIRED:
                return _(
                    "Expired: this edition ended on %(day)s. Which edition holds after that day is not known here."
                ) % {"day": day}
            case Standing.NOT_YET:
                return _("This edition begins on %(day)s.") % {"day": first}
            case _:
                return _(
                    "We do not know which edition holds now. The text we have read is an older edition, so check it first."
                )


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the agreement or the law asks for."""

    id: str
    name: Text
    text: Text
    provision: Provision


@dataclass(frozen=True, slots=True)
class Statute:
    """A provision of law that other parts of the system lean on; `numbers` are the thresholds that stand in it."""

    id: str
    title: Text
    duty: Text
    when: Text
    numbers: Mapping[str, int]
    areas: tuple[str, ...]
    provision: Provision


@dataclass(frozen=True, slots=True)
class Defaults:
    """Days that are used where the parties have agreed on none; a house rule and no law."""

    notice_days: int
    document_days: int
    minutes_days: int
    evaluation_months: int
    note: Text


@dataclass(frozen=True, slots=True)
class House:
    """House rules of the cooperation, in days; `note` says that they are no law."""

    told_before_days: int
    figures_days: int
    note: Text
