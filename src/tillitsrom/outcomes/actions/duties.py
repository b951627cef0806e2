"""New reporting duties: registered before they take effect, with the data that is collected already beside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import WrongState, require
from tillitsrom.outcomes import house, overlaps, rules
from tillitsrom.outcomes.lifecycle import NEW_DUTY
from tillitsrom.outcomes.models import NewDuty
from tillitsrom.people.models import Organisation, User

from .common import changed_meanwhile, needed

FIELDS = (
    "title", "purpose", "recipient", "reporters", "reporters_count", "hours_low", "hours_high", "legal_basis",
    "takes_effect_on", "ends_on", "trust_reform", "overlap_answer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What a step on a duty says."""

    reason: str
    ends_on: date | None = None


@transaction.atomic
def register(*, actor: User, organisation: Organisation, values: dict[str, Any]) -> NewDuty:
    """Register a duty. What is collected already is kept with it, and must be answered: why can it not be used?"""
    require(rules.may_register_in(actor, organisation.pk))
    row = NewDuty(organisation=organisation, registered_by=actor)
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    found = overlaps.search(actor, f"{row.title} {row.purpose}", row.recipient)
    row.overlaps = [one.kept() for one in overlaps.for_all(found)]
    if found and not row.overlap_answer.strip():
        raise ValidationError(
            {"overlap_answer": [_("Something like it is collected already. Say why that cannot be used.")]}
        )
    row.full_clean()
    _not_too_long(row.takes_effect_on, row.ends_on)
    row.save()
    events.record("new_duty.registered", subject=row, actor=actor)
    return row


def _not_too_long(start: date, end: date) -> None:
    most = house.rules().longest_duty_years
    if end.year - start.year > most:
        raise ValidationError(
            {"ends_on": [_("Choose an end within %(n)s years; it can be renewed.") % {"n": most}]}
        )


def _locked(duty: NewDuty, version: int) -> NewDuty:
    row = NewDuty.objects.select_for_update().get(pk=duty.pk)
    if row.version != version:
        raise changed_meanwhile()
    row.version += 1
    return row


@transaction.atomic
def advance(*, actor: User, duty: NewDuty, version: int, action: str, given: Given) -> NewDuty:
    """Renew to a later date, end, or withdraw; each with a reason."""
    if action not in {"renew", "end", "withdraw"}:
        raise WrongState(_("There is no such step."))
    row = _locked(duty, version)
    step = NEW_DUTY.check(actor, row, action)
    needed({"reason": given.reason, "ends_on": given.ends_on}, step.needs)
    today = timezone.localdate()
    data = {"reason": given.reason.strip()}
    if action == "renew" and given.ends_on is not None:
        if given.ends_on <= max(row.ends_on, today):
            raise ValidationError({"ends_on": [_("Choose a later day than the one there is.")]})
        _not_too_long(today, given.ends_on)
        row.ends_on = given.ends_on
        data["date"] = in_figures(row.ends_on)
    else:
        row.ended_on = today
    row.status, row.status_reason = NewDuty.Status(step.target), data["reason"]
    row.save()
    events.record(f"new_duty.{action}", subject=row, actor=actor, data=data)
    return row
