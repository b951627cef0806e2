"""The only writer of bodies and seats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.models import Body, Seat
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, require
from tillitsrom.people.models import Organisation, Party, User

FIELDS = ("name", "kind", "unit", "line", "mandate", "employees", "demanded", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class SeatDraft:
    """A seat as it is to be: an empty one has no person."""

    side: str
    party: Party | None = None
    person: User | None = None
    title: str = ""
    deputy: bool = False
    leads: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


def _locked(body: Body, version: int | None) -> Body:
    row = Body.objects.select_for_update(of=("self",)).select_related("organisation", "unit").get(pk=body.pk)
    if version is not None and row.version != version:
        raise Conflict(
            _("Somebody else has changed this body since you opened the page. Read it again before you save.")
        )
    row.version += 1
    return row


@transaction.atomic
def set_up(*, actor: User, organisation: Organisation, values: Mapping[str, Any]) -> Body:
    """Set up a body. Raises Refused or ValidationError."""
    row = Body(organisation=organisation)
    _fill(row, values)
    require(rules.may_keep_body(actor, row))
    row.full_clean()
    row.save()
    events.record("body.save", subject=row, actor=actor, data={"name": row.name})
    return row


@transaction.atomic
def change(*, actor: User, body: Body, version: int, values: Mapping[str, Any]) -> Body:
    """Change a body. Raises Conflict, Refused or ValidationError."""
    row = _locked(body, version)
    require(rules.may_keep_body(actor, row))
    _fill(row, values)
    require(rules.may_keep_body(actor, row))
    row.full_clean()
    row.save()
    events.record("body.save", subject=row, actor=actor, data={"name": row.name})
    return row


def _fill(row: Body, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    if row.unit is not None and row.unit.organisation_id != row.organisation_id:
        raise ValidationError({"unit": [_("The unit belongs to another organisation.")]})


@transaction.atomic
def seat(*, actor: User, body: Body, draft: SeatDraft, which: Seat | None = None) -> Seat:
    """Add a seat, or fill or empty one that is there. The chair is moved, so that one leads at a time."""
    row = _locked(body, None)
    require(rules.may_keep_body(actor, row))
    made = Seat(body=row) if which is None else Seat.objects.select_for_update().get(pk=which.pk, body=row)
    made.side, made.party, made.person = draft.side, draft.party, draft.person
    made.title, made.deputy, made.leads = draft.title.strip(), draft.deputy, draft.leads
    made.valid_from = draft.valid_from or made.valid_from or timezone.localdate()
    made.valid_to = draft.valid_to
    _fits(row, made)
    made.full_clean()
    made.save()
    if made.leads:
        row.seats.exclude(pk=made.pk).update(leads=False)
    row.save()
    events.record("body.seat", subject=row, actor=actor)
    return made


def _fits(row: Body, made: Seat) -> None:
    if made.party is not None:
        if made.party.organisation_id != row.organisation_id:
            raise ValidationError({"party": [_("The party belongs to another organisation.")]})
        if made.side in Party.Side.values and made.party.side != made.side:
            raise ValidationError({"party": [_("The party is on the other side.")]})
    if made.leads and not made.votes:
        raise ValidationError({"leads": [_("Who has no vote cannot lead.")]})


@transaction.atomic
def end_seat(*, actor: User, body: Body, which: Seat, on: date | None = None) -> Seat:
    """End a seat: its last day is today or another day. What was, stays in the list of those that have ended."""
    row = _locked(body, None)
    require(rules.may_keep_body(actor, row))
    made = Seat.objects.select_for_update().get(pk=which.pk, body=row)
    made.valid_to = on or timezone.localdate()
    made.leads = False
    made.full_clean()
    made.save()
    row.save()
    events.record("body.seat", subject=row, actor=actor)
    return made
