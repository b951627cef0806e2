"""What a decision does to the register and to the signals behind a requirement."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillitsrom.core.decisions import WrongState
from tillitsrom.outcomes.models import OPEN, Request
from tillitsrom.people.models import User
from tillitsrom.register.actions import requirements as register
from tillitsrom.register.models import Requirement
from tillitsrom.signals.actions import answer_by_decision
from tillitsrom.signals.models import Outcome, Signal

_STEP = {
    Outcome.REMOVED: "remove",
    Outcome.SIMPLIFIED: "simplify",
    Outcome.MERGED: "merge",
    Outcome.DELEGATED: "delegate",
    Outcome.TRIED_OUT: "try_out",
    Outcome.KEPT: "keep",
}


def lock_requirements(ids: Iterable[int]) -> dict[int, Requirement]:
    """The requirements under lock, in the order of their keys, so that two decisions wait for each other and never cross."""
    rows = Requirement.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def move(
    actor: User,
    requirement: Requirement,
    outcome: str,
    *,
    reason: str,
    text: str = "",
    review_on: date | None = None,
    merged_into: Requirement | None = None,
) -> Requirement:
    """Take a locked requirement along its life to the outcome, taking it up for review first where it is not."""
    step = _STEP.get(Outcome(outcome))
    if step is None:
        raise WrongState(_("This outcome does not change a requirement."))
    row = requirement
    known = register.Outcome(reason=reason, text=text, review_on=review_on, merged_into=merged_into)
    if row.status != Requirement.Status.UNDER_REVIEW:
        row = register.advance(
            actor=actor,
            requirement=row,
            version=row.version,
            action="start_review",
            outcome=register.Outcome(),
        )
    return register.advance(actor=actor, requirement=row, version=row.version, action=step, outcome=known)


def behind(requirement_id: int) -> QuerySet[Signal]:
    """The unanswered signals that a decision about the requirement answers: about it, or sent with a request about it."""
    about = Signal.objects.filter(requirement=requirement_id).exclude(status=Signal.Status.ANSWERED)
    requests = Request.objects.filter(requirement=requirement_id, status__in=OPEN)
    sent_with = Signal.objects.filter(pk__in=requests.values("signals")).exclude(
        status=Signal.Status.ANSWERED
    )
    return (about | sent_with).order_by("pk")


def answer_signals(
    actor: User | None, signals: Iterable[Signal], outcome: str, reason: str, text: str = ""
) -> list[Signal]:
    """Answer the signals in plain words: the reason, and what holds from now on."""
    words = f"{reason}\n\n{text}" if text and text != reason else reason
    return answer_by_decision(actor=actor, signals=signals, outcome=outcome, reason=words[:4000])
