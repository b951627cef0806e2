"""Registering a control measure and leading it to use: discussed, informed, started (aml. § 9-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.controls import rules
from tillitsrom.controls.ban import measures_a_person
from tillitsrom.controls.lifecycle import CONTROL
from tillitsrom.controls.models import FIELDS, ControlMeasure
from tillitsrom.core import events
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import WrongState, require
from tillitsrom.people.models import Organisation, Unit, User

from .common import check_evaluation_day, locked, needed, tell

STEPS = ("discuss", "inform", "inform_again", "activate", "drop", "end_now")
_TEXTS = ("title", "purpose", "group_covered", "data_collected", "retention")


@dataclass(frozen=True, slots=True)
class Given:
    """What a step says. Which of these each step needs stands in the table."""

    on: date | None = None
    how: str = ""
    starts_on: date | None = None
    next_evaluation: date | None = None
    reason: str = ""


def _fill(row: ControlMeasure, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name in FIELDS if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    wrong = {}
    for name in _TEXTS:
        if banned := measures_a_person(getattr(row, name)):
            wrong[name] = [
                _(
                    "This measures single persons («%(words)s»), and that is never registered. Say it for a group."
                )
                % {"words": "» + «".join(banned.words)}
            ]
    if wrong:
        raise ValidationError(wrong)
    if row.in_use and (row.starts_on is None or row.starts_on > timezone.localdate()):
        raise ValidationError({"starts_on": [_("Say since when it has been in use.")]})
    return changed


@transaction.atomic
def register(
    *, actor: User, organisation: Organisation, unit: Unit | None, values: Mapping[str, Any]
) -> ControlMeasure:
    """Register a measure as proposed, or one in use already. Raises Refused or ValidationError."""
    require(rules.may_register_in(actor, organisation.pk))
    row = ControlMeasure(
        organisation=organisation, unit=unit, registered_by=actor, imposed_by=organisation.level
    )
    _fill(row, values)
    row.full_clean()
    row.save()
    events.record("control.registered", subject=row, actor=actor)
    tell(row, "control.registered", actor)
    return row


@transaction.atomic
def edit(
    *, actor: User, measure: ControlMeasure, version: int, unit: Unit | None, values: Mapping[str, Any]
) -> ControlMeasure:
    """Correct what it says before it is discussed. Raises Conflict, Refused or ValidationError."""
    row = locked(measure.pk, version)
    require(rules.may_edit(actor, row))
    changed = _fill(row, values)
    if row.unit != unit:
        row.unit = unit
        changed.append("unit")
    row.full_clean()
    row.save()
    if changed:
        events.record("control.edited", subject=row, actor=actor, data={"fields": changed})
    return row


@transaction.atomic
def advance(
    *, actor: User, measure: ControlMeasure, version: int, action: str, given: Given
) -> ControlMeasure:
    """One step of the table that is no evaluation. Raises Conflict, Refused, WrongState or ValidationError."""
    if action not in STEPS:
        raise WrongState(_("There is no such step."))
    row = locked(measure.pk, version)
    step = CONTROL.check(actor, row, action)
    needed({name: getattr(given, name) for name in Given.__slots__}, step.needs)
    data = _DO[action](row, given)
    row.status = ControlMeasure.Status(step.target)
    row.full_clean()
    row.save()
    events.record(
        "control.end" if action == "end_now" else f"control.{action}", subject=row, actor=actor, data=data
    )
    if action == "discuss":
        tell(row, "control.discussed", actor)
    elif action in ("activate", "inform_again"):
        tell(row, "control.active", actor, date=in_figures(row.starts_on or timezone.localdate()))
    elif step.target == ControlMeasure.Status.ENDED:
        tell(row, "control.end", actor)
    return row


def _past(day: date | None, *, after: date | None = None) -> date:
    """A day that has been, and not before the step it follows."""
    if day is None or day > timezone.localdate():
        raise ValidationError({"on": [_("Choose today or a day that has been.")]})
    if after is not None and day < after:
        text = _("It comes on or after %(date)s, when it was discussed.") % {"date": in_figures(after)}
        raise ValidationError({"on": [text]})
    return day


def _discuss(row: ControlMeasure, given: Given) -> dict[str, Any]:
    row.discussed_on, row.case = _past(given.on), rules.case_about(row)
    return {"date": in_figures(row.discussed_on)}


def _inform(row: ControlMeasure, given: Given) -> dict[str, Any]:
    row.informed_on, row.informed_how = _past(given.on, after=row.discussed_on), given.how.strip()
    return {"date": in_figures(row.informed_on), "how": row.informed_how}


def _inform_again(row: ControlMeasure, given: Given) -> dict[str, Any]:
    row.informed_on = _past(given.on, after=row.change_decided_on)
    row.informed_how = given.how.strip()
    return {"date": in_figures(row.informed_on), "how": row.informed_how}


def _activate(row: ControlMeasure, given: Given) -> dict[str, Any]:
    check_evaluation_day(given.next_evaluation)
    # One that was in use before keeps the day it began; a new one starts after those affected were told.
    if not row.in_use:
        if given.starts_on is None or (row.informed_on and given.starts_on < row.informed_on):
            raise ValidationError({"starts_on": [_("It starts after those affected are informed.")]})
        row.starts_on = given.starts_on
    row.in_use, row.next_evaluation = False, given.next_evaluation
    return {"date": in_figures(row.starts_on or timezone.localdate())}


def _end(row: ControlMeasure, given: Given) -> dict[str, Any]:
    row.ended_on, row.ended_reason = timezone.localdate(), given.reason.strip()
    return {"reason": row.ended_reason}


_DO = {"discuss": _discuss, "inform": _inform, "inform_again": _inform_again, "activate": _activate, "drop": _end, "end_now": _end}  # fmt: skip
