"""Evaluating a control measure: both parties say keep, change or end; where they agree, that is the result (aml. § 9-2)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.controls import rules
from tillitsrom.controls.lifecycle import CONTROL
from tillitsrom.controls.models import ControlMeasure, Evaluation
from tillitsrom.core import events
from tillitsrom.core.decisions import WrongState, require
from tillitsrom.people.models import Party, User

from .common import check_evaluation_day, locked, needed, tell

S, R = ControlMeasure.Status, Evaluation.Result
_SETTLES = {"settle_keep": R.KEEP, "settle_change": R.CHANGE, "settle_end": R.END}
_BECOMES = {R.KEEP: S.KEPT, R.CHANGE: S.CHANGED, R.END: S.ENDED}


@dataclass(frozen=True, slots=True)
class Given:
    """What is said: the result (of `say`), why, and when it is looked at again unless it ends."""

    reason: str
    result: str = ""
    next_evaluation: date | None = None


@transaction.atomic
def say(*, actor: User, measure: ControlMeasure, version: int, given: Given) -> ControlMeasure:
    """Say what one side thinks. When both say the same, that is the result. Raises Conflict, Refused or ValidationError."""
    row = locked(measure.pk, version)
    CONTROL.check(actor, row, "say")
    needed({"reason": given.reason, "result": given.result}, ("result", "reason"))
    if given.result not in R.values:
        raise ValidationError({"result": [_("Choose one of the results.")]})
    require(rules.may_say_result(row, given.result))
    _check_day(given.result, given.next_evaluation)
    side, today = rules.side_of(actor, row), timezone.localdate()
    values = {"result": given.result, "reason": given.reason.strip(), "on": today, "by": actor}
    Evaluation.objects.update_or_create(measure=row, round=row.round, side=side, defaults=values)
    events.record("control.say", subject=row, actor=actor, data={"reason": given.reason.strip()})
    said = rules.said(row)
    if len(said) == len(Party.Side) and len(set(said.values())) == 1:
        return _result(row, R(given.result), given, actor)
    row.save()
    tell(row, "control.said", actor)
    return row


@transaction.atomic
def settle(
    *, actor: User, measure: ControlMeasure, version: int, action: str, given: Given
) -> ControlMeasure:
    """The employer's decision where the parties do not agree, with its reason. Raises as above, and WrongState."""
    if action not in _SETTLES:
        raise WrongState(_("There is no such step."))
    row = locked(measure.pk, version)
    step = CONTROL.check(actor, row, action)
    needed({"reason": given.reason, "next_evaluation": given.next_evaluation}, step.needs)
    result = _SETTLES[action]
    _check_day(result, given.next_evaluation)
    return _result(row, result, given, actor)


def _check_day(result: str, day: date | None) -> None:
    if result != R.END:
        needed({"next_evaluation": day}, ("next_evaluation",))
        check_evaluation_day(day)


def _result(row: ControlMeasure, result: Evaluation.Result, given: Given, actor: User) -> ControlMeasure:
    reason, today = given.reason.strip(), timezone.localdate()
    row.status = _BECOMES[result]
    row.round += 1
    row.overdue_told_on = None
    if result == R.END:
        row.ended_on, row.ended_reason = today, reason
    else:
        row.next_evaluation = given.next_evaluation
        if result == R.CHANGE:
            row.change_decided_on = today
        _prolong(row)
    row.full_clean()
    row.save()
    events.record(f"control.{result}", subject=row, actor=actor, data={"reason": reason})
    tell(row, f"control.{result}", actor)
    return row


def _prolong(row: ControlMeasure) -> None:
    """What is kept past its assumed end lasts until it is looked at again."""
    if row.assumed_end and row.next_evaluation and row.assumed_end < timezone.localdate():
        row.assumed_end = row.next_evaluation
