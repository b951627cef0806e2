"""Requests to the owners of requirements: sent, given more time, answered. All that wait about one requirement are answered together.

The order of locks is always requirement, request, signals.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation.models import Case
from tillitsrom.core import events
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Refused, WrongState, deny, require
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.outcomes import hooks, house, queries, rules
from tillitsrom.outcomes.lifecycle import ANSWERS, OBSTACLE, REQUEST
from tillitsrom.outcomes.models import OPEN, Decision, LegalObstacle, Request
from tillitsrom.people.models import Organisation, User
from tillitsrom.register import rules as register_rules
from tillitsrom.register.actions import requirements as register
from tillitsrom.register.models import ALIVE, Requirement
from tillitsrom.signals.actions import hand_over
from tillitsrom.signals.models import Outcome, Signal
from tillitsrom.signals.rules import may_handle

from .common import (
    DECIDING_ROLES,
    changed_meanwhile,
    check_review,
    needed,
    people_in,
    role_in,
    short,
)
from .moving import answer_signals, behind, lock_requirements, move

_SECTION = re.compile(r"^(?P<law>[^§]*)(?P<section>§.*)$", re.DOTALL)
_OUTCOME = {
    Request.Answer.DROPPED: Outcome.REMOVED,
    Request.Answer.SIMPLIFIED: Outcome.SIMPLIFIED,
    Request.Answer.KEPT: Outcome.KEPT,
    # The law stands until it is changed, and the date to look at it again is the promise.
    Request.Answer.LAW_CHANGE: Outcome.KEPT,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of the owner. `section` is needed where the law demands it; empty takes the requirement's legal basis."""

    asks: str
    why: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer says; which of these it needs stands in the table of the request's life."""

    reason: str
    text: str = ""
    review_on: date | None = None


@transaction.atomic
def send(
    *,
    actor: User,
    requirement: Requirement,
    organisation: Organisation,
    asking: Asking,
    signals: Iterable[Signal] = (),
    case: Case | None = None,
) -> Request:
    """Ask the owner of a requirement to drop it, make it simpler or say why. Raises Refused or ValidationError.

    The organisation's signals about it, and those given, now lie with the owner. What the law demands lands among the
    hindrances in law by itself.
    """
    row = lock_requirements([requirement.pk])[requirement.pk]
    require(rules.may_ask(actor, row, organisation.pk))
    section = asking.section.strip() or row.legal_basis
    values = {"asks": asking.asks, "why": asking.why, "section": section}
    needed(values, ("asks", "why", "section") if row.statutory else ("asks", "why"))
    today = timezone.localdate()
    weight = queries.behind(row)
    made = Request(
        requirement=row, organisation=organisation, owner_id=row.imposing_body_id, asks=asking.asks,
        why=asking.why.strip(), section=section, people=weight.people, organisations=weight.organisations,
        hours_low=weight.hours_low, hours_high=weight.hours_high, sent_by=actor, sent_on=today,
        due_on=house.due(today), case=case,
    )  # fmt: skip
    made.clean_fields(exclude=["requirement", "organisation", "owner", "sent_by", "case"])
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused(
            deny(_("Your organisation has asked already, and the answer is not here yet."))
        ) from None
    _question(actor, row, made.why)
    _hand_over(actor, made, signals)
    if row.statutory:
        _register_obstacle(actor, row, made)
    events.record("request.sent", subject=made, actor=actor, data={"date": in_figures(made.due_on)})
    tell(made, "request.received", people_in(made.owner_id, register_rules.DECIDERS), actor)
    return made


def _question(actor: User, row: Requirement, why: str) -> None:
    """The requirement is questioned by the request, where the sender may and it is not questioned already."""
    from_here = {Requirement.Status.IN_FORCE, Requirement.Status.KEPT, Requirement.Status.SIMPLIFIED,
                 Requirement.Status.DELEGATED}  # fmt: skip
    if row.status in from_here and register_rules.may_question(actor, row):
        words = register.Outcome(reason=why)
        register.advance(actor=actor, requirement=row, version=row.version, action="question", outcome=words)


def _hand_over(actor: User, request: Request, given: Iterable[Signal]) -> None:
    """The signals go with the request. Those that the sender handles are marked as lying with the owner."""
    about = Signal.objects.filter(requirement=request.requirement_id, organisation=request.organisation_id)
    wanted = {one.pk for one in given} | set(about.values_list("pk", flat=True))
    opened = Signal.objects.filter(pk__in=wanted, opened=True, opens_on__lte=timezone.localdate())
    rows = opened.exclude(status=Signal.Status.ANSWERED).order_by("pk")
    request.signals.set(rows)
    note = _("Sent to %(owner)s.") % {"owner": request.owner.name}
    for pk in list(rows.values_list("pk", flat=True)):
        # Read anew: the one before may have taken its whole group along.
        fresh = Signal.objects.select_related("unit", "owner").get(pk=pk)
        if fresh.status not in (Signal.Status.WITH_OWNER, Signal.Status.ANSWERED) and may_handle(
            actor, fresh
        ):
            hand_over(actor=actor, signal=fresh, version=fresh.version, target="with_owner", note=note)


def _register_obstacle(actor: User, row: Requirement, request: Request) -> None:
    parts = _SECTION.match(request.section)
    law, section = (parts["law"].strip(), parts["section"].strip()) if parts else ("", request.section)
    found, new = LegalObstacle.objects.get_or_create(
        requirement=row, defaults={"law": law, "section": section, "blocks": request.why}
    )
    events.record("obstacle.registered" if new else "obstacle.again", subject=found, actor=actor)


def tell(request: Request, kind: str, people: Iterable[User], besides: User | None) -> None:
    send_notice(
        kind,
        recipients=[one for one in people if one != besides],
        subject=request,
        url=reverse("outcomes:request", args=[request.pk]),
        data={
            "what": short(request.requirement.text),
            "who": request.organisation.name,
            "date": in_figures(request.due_on),
        },
    )


def askers(request: Request) -> list[User]:
    """Those who are told what becomes of a request: who sent it, and the managers and coordinators of who asked."""
    people = people_in(request.organisation_id, ("manager", "coordinator"))
    return [*people, *([request.sent_by] if request.sent_by else [])]


def locked(request: Request, version: int) -> tuple[Request, list[Request]]:
    """The request as it stands now, and all that wait about the same requirement, under lock behind the requirement's."""
    lock_requirements([request.requirement_id])
    rows = list(
        Request.objects.select_for_update(of=("self",))
        .select_related("requirement", "organisation", "owner", "sent_by")
        .filter(requirement=request.requirement_id)
        .order_by("pk")
    )
    mine = next((row for row in rows if row.pk == request.pk), None)
    if mine is None or mine.version != version:
        raise changed_meanwhile()
    # One requirement, and not one for each request: what is done to it is seen by all.
    for row in rows:
        row.requirement = mine.requirement
    return mine, [row for row in rows if row.status in OPEN]


@transaction.atomic
def ask_for_time(*, actor: User, request: Request, version: int, reason: str) -> Request:
    """The owner asks for more time, once, with a reason. It holds for all who wait for the same answer."""
    mine, waiting = locked(request, version)
    REQUEST.check(actor, mine, "more_time")
    needed({"reason": reason}, ("reason",))
    new = house.later(mine.due_on, timezone.localdate())
    for row in waiting:
        if row.extended_from is not None or row.status != Request.Status.SENT:
            continue
        row.extended_from, row.due_on = row.due_on, max(row.due_on, new)
        row.extension_reason = reason.strip()
        row.version += 1
        row.save()
        data = {"date": in_figures(row.due_on), "reason": row.extension_reason}
        events.record("request.more_time", subject=row, actor=actor, data=data)
        # The owner's others were told of the day that no longer holds.
        told = [*askers(row), *people_in(row.owner_id, register_rules.DECIDERS)]
        tell(row, "request.more_time", told, actor)
    return next(row for row in waiting if row.pk == mine.pk)


@transaction.atomic
def answer(*, actor: User, request: Request, version: int, action: str, given: Given) -> Decision:
    """The owner's answer: `action` is drop, simplify, keep or promise_law. It moves the requirement in the register,
    answers every request that waits about it and every signal behind, and is a decision of its own.
    """
    if action not in ANSWERS:
        raise WrongState(_("There is no such step."))
    mine, waiting = locked(request, version)
    step = REQUEST.check(actor, mine, action)
    needed({"reason": given.reason, "text": given.text, "review_on": given.review_on}, step.needs)
    check_review(given.review_on)
    said = ANSWERS[action]
    outcome = _OUTCOME[said]
    row = mine.requirement
    if row.status in ALIVE:
        row = move(
            actor,
            row,
            outcome,
            reason=given.reason.strip(),
            text=given.text.strip(),
            review_on=given.review_on,
        )
    made = Decision.objects.create(
        outcome=outcome, subject=Decision.Subject.REQUIREMENT, organisation_id=row.imposing_body_id, requirement=row,
        request=mine, text=given.text.strip(), reason=given.reason.strip(),
        review_on=given.review_on if outcome == Outcome.KEPT else None, decided_by=actor,
        decided_role=role_in(actor, row.imposing_body_id, DECIDING_ROLES),
    )  # fmt: skip
    finish(actor, made, list(behind(row.pk)))
    close(actor, waiting, said, given.reason.strip(), action)
    return made


def finish(actor: User, made: Decision, signals: list[Signal]) -> None:
    """Answer the signals, note what was decided and tell the slices above."""
    made.signals.set(answer_signals(actor, signals, made.outcome, made.reason, made.text))
    events.record("decision.made", subject=made, actor=actor, data={"reason": made.reason})
    hooks.tell(made)


def note_decision(actor: User, made: Decision, request: Request) -> None:
    """A decision to ask the owner: nothing is answered yet, and the signals are those that went with the request."""
    made.signals.set(request.signals.all())
    events.record("decision.made", subject=made, actor=actor, data={"reason": made.reason})
    hooks.tell(made)


def close(actor: User, waiting: list[Request], said: str, reason: str, action: str) -> None:
    """Give the answer to all that wait, late or not, and to the hindrance in law where there is one."""
    for row in waiting:
        row.status, row.answer, row.answer_reason = Request.Status.ANSWERED, said, reason
        row.answered_on, row.answered_by = timezone.localdate(), actor
        row.version += 1
        row.save()
        events.record(f"request.{action}", subject=row, actor=actor, data={"reason": reason})
        tell(row, f"request.answered.{said}", askers(row), actor)
    steps = {Request.Answer.LAW_CHANGE: "promise", Request.Answer.KEPT: "keep"}
    wanted = steps.get(Request.Answer(said))
    if not waiting or wanted is None:
        return
    rows = LegalObstacle.objects.select_for_update().filter(requirement=waiting[0].requirement_id)
    for obstacle in rows:
        for step in OBSTACLE.transitions:
            if step.action == wanted and step.source == obstacle.status:
                obstacle.status, obstacle.version = LegalObstacle.Status(step.target), obstacle.version + 1
                obstacle.save()
                events.record(f"obstacle.{wanted}", subject=obstacle, actor=actor, data={"reason": reason})
                break
