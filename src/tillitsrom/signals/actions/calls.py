"""The only writer of calls for input, and what the clock does with them. Their statements have `statements` beside this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Conflict, Refused, deny, require
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.people.models import Membership, Organisation, Party, Unit, User
from tillitsrom.signals import lanes, rules_calls
from tillitsrom.signals.lifecycle_calls import CALL
from tillitsrom.signals.models_calls import FEWEST, MOST, InputCall, Statement
from tillitsrom.signals.rules_calls import Voice

S, P = InputCall.Status, Statement.Status


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of whom, on whose behalf: how many statements are wanted, and by which day."""

    by: Voice
    of: Voice
    question: str
    why: str
    due_on: date
    fewest: int = FEWEST
    most: int = MOST


def tell(call: InputCall, kind: str, people: Iterable[User | None], *, besides: User | None = None) -> None:
    """Send a notice about the call to people, but not to the one who just did it."""
    send_notice(
        kind,
        recipients=[one for one in people if one is not None and one != besides],
        subject=call,
        url=reverse("signals:call", args=[call.pk]),
        data={"what": call.question, "date": in_figures(call.due_on)},
    )


def locked(pk: int, version: int | None = None) -> InputCall:
    """The call under lock. Conflict where it has another version than the one that was seen; None asks for no version."""
    rows = InputCall.objects.select_for_update(of=("self",))
    row = rows.select_related("unit", "asked_unit", "owner", "asked_by").get(pk=pk)
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    row.version += 1
    return row


def _place(voice: Voice, field: str) -> tuple[Organisation, Unit | None, Party | None]:
    """The rows behind a voice. Raises ValidationError where they do not belong together."""
    body = Organisation.objects.filter(pk=voice.organisation).first()
    unit = Unit.objects.filter(pk=voice.unit, organisation=body).first() if voice.unit else None
    unions = Party.objects.filter(organisation=body, side=Party.Side.EMPLOYEES)
    party = unions.filter(pk=voice.party).first() if voice.party else None
    if body is None or (voice.unit and unit is None) or (voice.party and party is None):
        raise ValidationError({field: [_("There is no such party.")]})
    return body, unit, party


@transaction.atomic
def ask(*, actor: User, asking: Asking) -> InputCall:
    """Ask another party; somebody there is to see to it from the first minute. Raises Refused or ValidationError."""
    require(rules_calls.may_ask_for(actor, asking.by))
    may = rules_calls.may_be_asked(asking.by, asking.of)
    if not may:
        raise ValidationError({"of": [str(may.reason)]})
    organisation, unit, party = _place(asking.by, "by")
    asked_organisation, asked_unit, asked_party = _place(asking.of, "of")
    owner = rules_calls.owner_for(asking.of, asked_unit, besides=frozenset({actor.pk}))
    if owner is None:
        raise Refused(
            deny(
                _(
                    "Nobody there can answer. Ask the system administrator to add somebody who speaks for them."
                )
            )
        )
    row = InputCall(
        organisation=organisation, unit=unit, party=party, side=asking.by.side, asked_organisation=asked_organisation,
        asked_unit=asked_unit, asked_party=asked_party, asked_side=asking.of.side, asked_by=actor, owner=owner,
        question=asking.question.strip(), why=asking.why.strip(), fewest=asking.fewest, most=asking.most,
        due_on=asking.due_on,
    )  # fmt: skip
    row.full_clean()
    row.save()
    events.record("call.ask", subject=row, actor=actor)
    tell(row, "call.ask", [owner])
    return row


@transaction.atomic
def advance(
    *, actor: User, call: InputCall, version: int, action: str, text: str = "", due_on: date | None = None
) -> InputCall:
    """One step of the table. `text` and `due_on` are what the step asks for.

    The other party is told. Raises Conflict, Refused, WrongState or ValidationError.
    """
    row = locked(call.pk, version)
    step = CALL.check(actor, row, action)
    given = {"few_reason": text.strip(), "ending": text.strip(), "due_on": due_on}
    for need in step.needs:
        if not given[need]:
            raise ValidationError({need: [_("This must be filled in.")]})
        setattr(row, need, given[need])
    today = timezone.localdate()
    if action == "move":
        if row.due_on < today:
            raise ValidationError({"due_on": [_("The day has passed already.")]})
        row.escalated_on = None
    if step.target == S.ANSWERED:
        row.answered_on = today
        row.statements.filter(status=P.DRAFT).update(status=P.RECEIVED, version=F("version") + 1)
    row.status = S(step.target)
    row.full_clean(exclude=["asked_by", "owner"])
    row.save()
    events.record(f"call.{action}", subject=row, actor=actor)
    tell(row, f"call.{action}", concerned(row), besides=actor)
    return row


def concerned(call: InputCall) -> list[User | None]:
    """The one who asked, the one who is to see to it, and those who wrote."""
    writers = User.objects.filter(pk__in=call.statements.values("author"))
    return [call.asked_by, call.owner, *writers]


def lift_late_calls(today: date | None = None) -> int:
    """Give calls whose day has passed to the next level, once, and again when more days have gone; both parties are told."""
    today = today or timezone.localdate()
    again = today - timedelta(days=lanes.rules().days_to_next_level)
    late = InputCall.objects.filter(status=S.OPEN, due_on__lt=today)
    late = late.filter(Q(escalated_on__isnull=True) | Q(escalated_on__lte=again))
    return sum(_lift(pk, again, today) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _lift(pk: int, again: date, today: date) -> int:
    row = locked(pk)
    if row.status != S.OPEN or row.due_on >= today or (row.escalated_on and row.escalated_on > again):
        return 0
    first_time, before = row.escalated_on is None, row.owner
    found = rules_calls.next_level(row)
    # Whoever asked is not to answer their own call.
    new = None if found == row.asked_by else found
    row.escalated_on, row.owner = today, new or before
    row.save(update_fields=["escalated_on", "owner", "version"])
    if new is None and not first_time:
        return 0
    events.record("call.late", subject=row, actor=None)
    tell(row, "call.late", [row.asked_by, before])
    if new is not None:
        tell(row, "call.escalated", [new])
    return 1


def find_new_owners(today: date | None = None) -> int:
    """Give open calls whose owner has left to the nearest who speaks for those asked. How many."""
    here = Membership.objects.filter(user__is_active=True).valid_on(today or timezone.localdate())
    rows = InputCall.objects.filter(status=S.OPEN)
    rows = rows.filter(Q(owner__isnull=True) | ~Q(owner__in=here.order_by().values("user")))
    return sum(new_owner(pk) for pk in rows.values_list("pk", flat=True))


@transaction.atomic
def new_owner(pk: int) -> int:
    """Find another to see to the call; it waits without one where nobody is there, and is asked about again."""
    row = locked(pk)
    besides = frozenset(one for one in (row.owner_id, row.asked_by_id) if one is not None)
    voice = Voice(row.asked_organisation_id, row.asked_unit_id, row.asked_party_id)
    found = rules_calls.owner_for(voice, row.asked_unit, besides=besides)
    if found is None:
        return 0
    row.owner = found
    row.save(update_fields=["owner", "version"])
    events.record("call.new_owner", subject=row, actor=None)
    tell(row, "call.ask", [found])
    return 1
