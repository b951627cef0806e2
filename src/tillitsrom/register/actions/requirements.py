"""Requirements: what they cost is described, and their lives move along the lifecycle table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, require
from tillitsrom.people.models import User
from tillitsrom.register import rules, search
from tillitsrom.register.dates import last_day
from tillitsrom.register.lifecycle import REQUIREMENT
from tillitsrom.register.models import ALIVE, Document, Requirement

from .documents import refresh_public
from .review import searchable

DESCRIBED = (
    "unit", "who_acts", "deadline", "legal_basis", "statutory", "purpose", "recipient", "frequency", "detail",
    "minutes_low", "minutes_high", "minutes_source", "occasions_per_year", "affected_count",
    "openness", "exempt_ground", "exempt_review_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action of the lifecycle asks for; which of these it needs stands in the table."""

    reason: str = ""
    text: str = ""
    review_on: date | None = None
    merged_into: Requirement | None = None


def _locked(requirement: Requirement, version: int) -> Requirement:
    row = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this requirement since you opened the page. Nothing of yours was saved; look at it again."
            )
        )
    row.version += 1
    return row


@transaction.atomic
def describe(*, actor: User, requirement: Requirement, version: int, values: dict[str, Any]) -> Requirement:
    """Say what a requirement costs, whom it reaches, by what right and how open it is."""
    # The document first, as those who publish it do, so that the two wait for each other.
    document = Document.objects.select_for_update().defer("text", "pages").get(pk=requirement.document_id)
    row = _locked(requirement, version)
    row.document = document
    require(rules.may_describe(actor, row))
    changed = [field for field in DESCRIBED if field in values and getattr(row, field) != values[field]]
    if not changed:
        return requirement
    for field in changed:
        setattr(row, field, values[field])
    if row.unit is not None and row.unit.organisation_id != row.addressee_id:
        raise ValidationError({"unit": [_("The unit belongs to another organisation.")]})
    try:
        row.deadline_on = last_day(row.deadline)
    except ValidationError as error:
        raise ValidationError({"deadline": error.error_list}) from None
    if "exempt_review_on" in changed and row.exempt_review_on and row.exempt_review_on < timezone.localdate():
        raise ValidationError({"exempt_review_on": [_("Choose a day that has not been yet.")]})
    row.clean_fields(exclude=["page", "candidate"])
    row.validate_constraints()
    row.save()
    if "openness" in changed:
        # Others may stand in the same sentence, so the whole document's gate is set anew.
        refresh_public(row.document)
        row.refresh_from_db(fields=["is_public"])
    events.record("requirement.describe", subject=row, actor=actor, data={"fields": changed})
    return row


def _check_target(row: Requirement, target: Requirement) -> None:
    """A merger points at another requirement that still holds, so that mergers never go in a ring."""
    target = Requirement.objects.select_for_update().get(pk=target.pk)
    if target.pk == row.pk:
        raise ValidationError({"merged_into": [_("A requirement cannot be merged into itself.")]})
    if target.status not in ALIVE:
        raise ValidationError({"merged_into": [_("That requirement no longer holds. Choose one that does.")]})


@transaction.atomic
def advance(
    *, actor: User, requirement: Requirement, version: int, action: str, outcome: Outcome
) -> Requirement:
    """Move a requirement one step along its lifecycle, with what that step needs."""
    row = _locked(requirement, version)
    transition = REQUIREMENT.check(actor, row, action)
    missing = {
        field: [_("This must be filled in.")] for field in transition.needs if not getattr(outcome, field)
    }
    if missing:
        raise ValidationError(missing)
    if "merged_into" in transition.needs and outcome.merged_into is not None:
        _check_target(row, outcome.merged_into)
    row.status = transition.target
    row.status_reason = outcome.reason if "reason" in transition.needs else row.status_reason
    row.review_on = outcome.review_on if "review_on" in transition.needs else None
    if "text" in transition.needs:
        row.text = outcome.text
    if "merged_into" in transition.needs:
        row.merged_into = outcome.merged_into
    row.validate_constraints()
    row.save()
    search.index([(row.pk, searchable(row))])
    events.record(f"requirement.{action}", subject=row, actor=actor, data={"reason": outcome.reason})
    return row
