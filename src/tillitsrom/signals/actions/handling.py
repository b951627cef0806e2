"""Working with a signal: assessing, handing over, passing on and answering. One signal or its whole group at a time."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Conflict, WrongState
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.people.models import User
from tillitsrom.signals import lanes
from tillitsrom.signals.lifecycle import HANDED_OVER, SIGNAL
from tillitsrom.signals.models import Outcome, Signal

from .sending import index
from .statements import signal_answered

LONGEST_REASON = 4000


def locked(signal: Signal, version: int) -> Signal:
    """The row under lock as it stands now; Conflict where somebody else was first."""
    row = (
        Signal.objects.select_for_update(of=("self",))
        .select_related("unit", "requirement", "owner")
        .get(pk=signal.pk)
    )
    if row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this signal since you opened the page. Nothing of yours was saved; look at it again."
            )
        )
    row.version += 1
    return row


def concerned(signal: Signal) -> list[User]:
    """Everybody to whom the answer matters: the sender and the me-toos. Nobody, for a confidential one: the code is theirs."""
    people = [row.person for row in signal.me_toos.select_related("person")]
    return [*([signal.sender] if signal.sender else []), *people]


def tell(signal: Signal, kind: str, people: Iterable[User], *, besides: User | None = None) -> None:
    """Send a notice about the signal to people, but not to the one who just did it."""
    send_notice(
        kind,
        recipients=[one for one in people if one != besides],
        subject=signal,
        url=reverse("signals:detail", args=[signal.pk]),
        data={"what": signal.title, "date": in_figures(signal.promised_on)},
    )


def _needed(values: Mapping[str, Any], needs: Iterable[str]) -> None:
    missing = {field: [_("This must be filled in.")] for field in needs if not values.get(field)}
    if missing:
        raise ValidationError(missing)


def _moved(row: Signal, actor: User, action: str, data: Mapping[str, Any]) -> Signal:
    row.save()
    events.record(f"signal.{action}", subject=row, actor=actor, data=data)
    tell(row, f"signal.{action}", concerned(row), besides=actor)
    return row


@transaction.atomic
def advance(
    *, actor: User, signal: Signal, version: int, action: str, lane: str = "", note: str = ""
) -> Signal:
    """One of the plain steps, for the whole group: assess into a lane, start, take back, or mark as handed over with a note."""
    if action not in {"assess", "start", "take_back", *HANDED_OVER}:
        raise WrongState(_("This step has its own form."))
    row = locked(signal, version)
    transition = SIGNAL.check(actor, row, action)
    _needed({"lane": lane, "note": note}, transition.needs)
    if "lane" in transition.needs and lane not in Signal.Lane.values:
        raise ValidationError({"lane": [_("Choose one of the three lanes.")]})
    for one in _group(row):
        if one.pk != row.pk and not _can(one, action):
            continue
        if "lane" in transition.needs:
            one.lane = lane
            # Counted from when it could be seen: assessing late buys no more time.
            one.promised_on = lanes.promised(lane, one.opens_on)
        one.status = transition.target
        _moved(one, actor, action, {"date": in_figures(one.promised_on), "note": note})
    return row


def _can(row: Signal, action: str) -> bool:
    """Whether the step starts from where the signal is; those of a group that are elsewhere stay there."""
    return any(t.action == action and t.source == row.status for t in SIGNAL.transitions)


@transaction.atomic
def hand_over(*, actor: User, signal: Signal, version: int, target: str, note: str) -> Signal:
    """Say that the signal now lies with the owner of the requirement, in a case or in a trial.

    `target` is "with_owner", "in_case" or "on_trial". Raises Refused, WrongState or Conflict as every step does.
    """
    if target not in HANDED_OVER:
        raise ValueError(f"a signal cannot be handed over to {target!r}")
    return advance(actor=actor, signal=signal, version=version, action=target, note=note)


def _group(row: Signal) -> list[Signal]:
    """The signal and those that are answered together with it, locked in the order of their keys."""
    if row.group_id is None:
        return [row]
    others = (
        Signal.objects.select_for_update(of=("self",))
        .select_related("unit", "requirement", "owner")
        .filter(group=row.group_id)
        .exclude(pk=row.pk)
        .exclude(status=Signal.Status.ANSWERED)
        .order_by("pk")
    )
    found = list(others)
    for other in found:
        other.version += 1
    return [row, *found]


def close(row: Signal, actor: User | None, outcome: str, reason: str) -> None:
    row.status, row.outcome, row.reason = Signal.Status.ANSWERED, outcome, reason
    row.answered_on = timezone.localdate()
    row.save()
    # Only what waits for an answer is compared with what others write.
    row.stem_rows.all().delete()
    tell(row, f"signal.answered.{outcome}", concerned(row), besides=actor)
    signal_answered(row, reason)


def reasoned(outcome: str, reason: str) -> None:
    _needed({"outcome": outcome, "reason": reason.strip()}, ("outcome", "reason"))
    if outcome not in Outcome.values:
        raise ValidationError({"outcome": [_("Choose one of the outcomes.")]})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": [_("Say it shorter.")]})


@transaction.atomic
def answer(*, actor: User, signal: Signal, version: int, outcome: str, reason: str) -> Signal:
    """Answer with an outcome and a reason in plain language; the whole group when the signal has one.

    Every sender and every me-too is told. Raises ValidationError where the outcome or the reason is missing.
    """
    row = locked(signal, version)
    SIGNAL.check(actor, row, "answer")
    reasoned(outcome, reason)
    for one in _group(row):
        close(one, actor, outcome, reason)
        events.record("signal.answer", subject=one, actor=actor, data={"outcome": outcome})
    return row


@transaction.atomic
def transfer(*, actor: User, signal: Signal, version: int, to: str, reason: str) -> Signal:
    """Pass on to a body outside the system. It is an answer; the letter to that body is made from what stands here."""
    row = locked(signal, version)
    SIGNAL.check(actor, row, "transfer")
    _needed({"transferred_to": to.strip(), "reason": reason.strip()}, ("transferred_to", "reason"))
    for one in _group(row):
        one.transferred_to = to.strip()[:200]
        close(one, actor, Outcome.TRANSFERRED, reason)
        events.record("signal.transfer", subject=one, actor=actor, data={"to": one.transferred_to})
    return row


@transaction.atomic
def pass_on(*, actor: User, signal: Signal, version: int, owner: User, note: str) -> Signal:
    """Give the signal to another handler, here or in another body. The promised date stands."""
    row = locked(signal, version)
    SIGNAL.check(actor, row, "pass_on")
    _needed({"note": note.strip()}, ("note",))
    if owner == row.owner:
        raise ValidationError({"owner": [_("This is the owner already.")]})
    if not owner.is_active:
        raise ValidationError({"owner": [_("This person's account is closed.")]})
    row.owner = owner
    _moved(row, actor, "pass_on", {"note": note})
    tell(row, "signal.given", [owner], besides=actor)
    return row


@transaction.atomic
def reopen(*, actor: User, signal: Signal, version: int, reason: str) -> Signal:
    """The sender says once why the answer was no answer. It gets a new promised date and goes to its owner."""
    row = locked(signal, version)
    SIGNAL.check(actor, row, "reopen")
    _needed({"reason": reason.strip()}, ("reason",))
    return reopened(row, actor, reason)


def reopened(row: Signal, actor: User | None, reason: str) -> Signal:
    """Set the signal open again; for the sender and, for what came by code, for the clock."""
    row.status, row.outcome, row.answered_on = Signal.Status.REOPENED, "", None
    row.reopened_once = True
    row.escalated_on = None
    row.promised_on = lanes.promised("", timezone.localdate())
    row.save()
    index(row)
    events.record("signal.reopen", subject=row, actor=actor, data={"reason": reason})
    tell(row, "signal.reopened", [row.owner], besides=actor)
    return row


def bump(pk: int) -> None:
    """Let whoever has the page open see that something changed."""
    Signal.objects.filter(pk=pk).update(version=F("version") + 1)
