"""The only writer of requests for dialogue, and what the clock does with them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused, deny, require
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.people.models import Membership, Organisation, Unit, User
from tillitsrom.signals import lanes, rules, rules_dialogue
from tillitsrom.signals.lifecycle_dialogue import DIALOGUE
from tillitsrom.signals.models_dialogue import DialogueRequest

S, D = DialogueRequest.Status, DialogueRequest.Direction
_FIELDS = {"time": "proposed_time", "outcome": "outcome", "reason": "decline_reason"}


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked. `invited` is the representative whom management invites."""

    organisation: Organisation
    unit: Unit | None
    direction: str
    purpose: str
    preferred_times: str
    invited: User | None = None


def _tell(row: DialogueRequest, kind: str, *people: User | None) -> None:
    send_notice(
        kind, recipients=[one for one in people if one is not None], subject=row,
        url=reverse("signals:dialogue", args=[row.pk]), data={"what": str(row), "time": row.proposed_time},
    )  # fmt: skip


@transaction.atomic
def ask(*, actor: User, asking: Asking) -> DialogueRequest:
    """Ask for dialogue; it has an owner and a promised day at once. Raises Refused or ValidationError."""
    require(rules_dialogue.may_ask_in(actor, asking.organisation.pk, asking.direction))
    owner: User | None
    if asking.direction == D.FROM_MANAGEMENT:
        members = Membership.objects.all().valid_on(timezone.localdate())
        places = frozenset({asking.organisation.pk})
        owner = asking.invited
        if owner is None or not rules_dialogue.invitable(places, members).filter(pk=owner.pk).exists():
            raise ValidationError({"invited": [_("Choose a representative at the workplace.")]})
    else:
        besides = frozenset({actor.pk})
        owner = rules.handler_for(asking.organisation.pk, asking.unit, besides=besides)
    if owner is None:
        raise Refused(deny(_("Nobody there can answer. Ask the system administrator to add a manager.")))
    today = timezone.localdate()
    row = DialogueRequest(
        organisation=asking.organisation, unit=asking.unit, direction=asking.direction, asked_by=actor, owner=owner,
        purpose=asking.purpose.strip(), preferred_times=asking.preferred_times.strip(), promised_on=lanes.promised("", today),
    )  # fmt: skip
    row.full_clean(exclude=["unit"])
    row.save()
    events.record("dialogue.ask", subject=row, actor=actor)
    _tell(row, "dialogue.ask", owner)
    return row


@transaction.atomic
def advance(
    *, actor: User, dialogue: DialogueRequest, version: int, action: str, text: str = ""
) -> DialogueRequest:
    """One step of the table. `text` is what the step asks for. Raises Conflict, Refused, WrongState or ValidationError."""
    row = _locked(dialogue.pk)
    if row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    step = DIALOGUE.check(actor, row, action)
    for need in step.needs:
        if not text.strip():
            raise ValidationError({need: [_("This must be filled in.")]})
        setattr(row, _FIELDS[need], text.strip())
    row.status, row.version = S(step.target), row.version + 1
    row.full_clean(exclude=["unit", "asked_by", "owner"])
    row.save()
    events.record(f"dialogue.{action}", subject=row, actor=actor)
    _tell(row, f"dialogue.{action}", *(one for one in (row.asked_by, row.owner) if one != actor))
    return row


def _locked(pk: int) -> DialogueRequest:
    rows = DialogueRequest.objects.select_for_update(of=("self",))
    return rows.select_related("asked_by", "owner", "unit").get(pk=pk)


def lift_late_dialogues(today: date | None = None) -> int:
    """Requests that nobody answered by the promised day go to the next level, once, and the asker is told. How many."""
    today = today or timezone.localdate()
    late = DialogueRequest.objects.filter(status=S.ASKED, promised_on__lt=today, escalated_on__isnull=True)
    return sum(_lift(pk, today) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _lift(pk: int, today: date) -> int:
    row: Any = _locked(pk)
    if row.status != S.ASKED or row.escalated_on is not None or row.promised_on >= today:
        return 0
    row.escalated_on, row.version = today, row.version + 1
    above = _above(row) if row.direction == D.TO_MANAGEMENT else None
    before, row.owner = row.owner, above or row.owner
    row.save()
    events.record("dialogue.late", subject=row, actor=None)
    _tell(row, "dialogue.late", row.asked_by, before, row.owner)
    return 1


def _above(row: DialogueRequest) -> User | None:
    """The nearest handler who is neither the asker nor the one who did not answer."""
    besides = frozenset(pk for pk in (row.asked_by_id, row.owner_id) if pk is not None)
    return rules.handler_for(row.organisation_id, row.unit, besides=besides)
