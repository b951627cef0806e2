"""The life of a case: raised, given a form, treated, settled and closed. With `positions`, the only writer of cases.

Each action is one transaction: lock, check the right and the guard, change, note the event, tell the parties.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation import rules
from tillitsrom.cooperation.lifecycle import CASE, ENDED
from tillitsrom.cooperation.models import AgendaItem, Case, Meeting
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Refused, WrongState, deny, require
from tillitsrom.people.models import Party, User
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import CaseForm
from tillitsrom.signals.actions import come_back

from .common import locked, needed, note, own_party, tell
from .raising import EDITED, Draft, edit, raise_case

__all__ = [
    "EDITED", "Draft", "agree", "announce", "classify", "close", "confirm", "contest", "decide", "disagree", "discuss_again",
    "edit", "mark_called", "mark_called_off", "mark_held", "note_path", "raise_case", "withdraw",
]  # fmt: skip

S = Case.Status


# --- the form ------------------------------------------------------------------------------------------------------


@transaction.atomic
def classify(
    *, actor: User, case: Case, version: int, answers: Mapping[str, str], form: str = "", reason: str = ""
) -> Case:
    """Set the form by the answers, or another one with a reason.

    One that is lighter than before, or than the answers give, must be confirmed by both sides.
    """
    row = locked(case, version)
    step = CASE.check(actor, row, "classify")
    found = agreements.classify(agreements.rule_set(row.rule_set), answers, timezone.localdate())
    chosen = CaseForm(form) if form else found.form
    if chosen not in agreements.rule_set(row.rule_set).paths:
        raise ValidationError({"form": [_("The agreement does not have this form.")]})
    if "reason" in step.needs or chosen != found.form:
        needed(reason=reason)
    if row.contested_by is not None and chosen == row.form:
        raise ValidationError(
            {"form": [_("This is the form that is contested. Confirm it on both sides, or choose another.")]}
        )
    lighter = weight(chosen) < max(weight(row.form), weight(found.form))
    if row.status == S.HELD:
        row.rounds += 1
    row.answers, row.form, row.form_why = dict(answers), chosen, why_of(found, chosen, reason.strip())
    row.contested_by, row.contest_reason = None, ""
    row.form_confirmed = [one.pk for one in rules.parties_of(actor, row)] if lighter else []
    row.form_open = lighter
    row.status = S(step.target)
    row.save()
    note(f"form.{chosen}", row, actor, reason=reason.strip() or found.reason)
    tell("case.form", row, besides=actor)
    return row


def weight(form: str) -> int:
    """How heavy the treatment is: what is told, is advised on, is met about."""
    return {"": 0, "information": 0, "consultation": 1, "negotiation": 3}.get(form, 2)


def why_of(found: agreements.Classification, chosen: str, reason: str) -> dict[str, Any]:
    """What the classifier said, as it said it, and what a person added."""
    kept: dict[str, Any] = asdict(found)
    kept["chosen_reason"], kept["by_hand"] = reason, chosen != found.form
    return kept


@transaction.atomic
def contest(*, actor: User, case: Case, version: int, reason: str, party: Party | None = None) -> Case:
    """Hold that the case has another form. It is recorded and must be settled; information goes on meanwhile."""
    row = locked(case, version)
    CASE.check(actor, row, "contest")
    words = needed(reason=reason)["reason"]
    row.contested_by = own_party(actor, row, party)
    row.contest_reason, row.form_open, row.form_confirmed = words, True, []
    row.save()
    note("contest", row, actor, party=row.contested_by.name, reason=words)
    tell("case.contested", row, besides=actor, data={"party": row.contested_by.name})
    return row


@transaction.atomic
def confirm(*, actor: User, case: Case, version: int, party: Party | None = None) -> Case:
    """Confirm the form that stands. When both sides have, and the party that contested, it is settled."""
    row = locked(case, version)
    CASE.check(actor, row, "confirm")
    mine = own_party(actor, row, party)
    row.form_confirmed = sorted({*row.form_confirmed, mine.pk})
    note("confirm", row, actor, party=mine.name)
    agreed = Party.objects.filter(pk__in=row.form_confirmed)
    sides = {one.side for one in agreed}
    by_contester = row.contested_by_id is None or row.contested_by_id in row.form_confirmed
    if sides == set(Party.Side.values) and by_contester:
        row.form_open, row.contested_by, row.contest_reason, row.form_confirmed = False, None, "", []
        note("settle", row, None)
        tell("case.settled", row, besides=actor)
    row.save()
    return row


# --- the meeting, called from the meetings' actions ----------------------------------------------------------------


@transaction.atomic
def mark_called(*, actor: User, case: Case, meeting: Meeting) -> Case:
    """The meeting that has the case on its agenda was called."""
    row = _by_the_meeting(case, "call")
    note("call", row, actor, day=in_figures(meeting.on))
    tell("case.called", row, besides=actor, data={"day": in_figures(meeting.on)})
    return row


@transaction.atomic
def mark_held(*, actor: User, case: Case, meeting: Meeting) -> Case:
    """The meeting about the case was held. Raises WrongState where the case is not on the meeting's agenda in this round."""
    row = locked(case, None)
    on_agenda = AgendaItem.objects.filter(
        meeting=meeting, case=row, round=row.rounds, meeting__status=Meeting.Status.HELD
    )
    if not on_agenda.exists():
        raise WrongState(_("The case is not on the agenda of a meeting that has been held."))
    row = _by_the_meeting(case, "hold")
    note("hold", row, actor)
    tell("case.held", row, besides=actor)
    return row


@transaction.atomic
def mark_called_off(*, actor: User, case: Case, meeting: Meeting) -> Case:
    """The meeting about the case was called off: the case waits for another."""
    row = _by_the_meeting(case, "uncall")
    note("uncall", row, actor)
    tell("case.called_off", row, besides=actor, data={"day": in_figures(meeting.on)})
    return row


def _by_the_meeting(case: Case, action: str) -> Case:
    row = locked(case, None)
    row.status = S(CASE.find(source=row.status, action=action).target)
    row.save()
    return row


# --- settling ------------------------------------------------------------------------------------------------------


@transaction.atomic
def announce(*, actor: User, case: Case, version: int, announced: str) -> Case:
    """Say what the employer means to decide, before or in the meeting."""
    row = locked(case, version)
    CASE.check(actor, row, "announce")
    row.announced = needed(announced=announced)["announced"]
    row.save()
    note("announce", row, actor)
    tell("case.announced", row, besides=actor)
    return row


@transaction.atomic
def discuss_again(*, actor: User, case: Case, version: int, reason: str, announced: str = "") -> Case:
    """Take the case up in a new round: the meetings before no longer carry a decision (Hovedavtalen i staten § 22)."""
    row = locked(case, version)
    step = CASE.check(actor, row, "again")
    words = needed(reason=reason)["reason"]
    if announced.strip():
        require(rules.may_announce_anew(actor, row))
        row.announced = announced.strip()
    row.rounds += 1
    row.status = S(step.target)
    row.save()
    note("again", row, actor, reason=words)
    tell("case.again", row, besides=actor)
    return row


@transaction.atomic
def decide(
    *, actor: User, case: Case, version: int, decision: str, reason: str, on: date | None = None
) -> Case:
    """The employer's decision, or what the body that has the last word decided. Never before the treatment it needs.

    Where something else was announced and the agreement asks for a new discussion then, it is refused.
    """
    row = locked(case, version)
    step = CASE.check(actor, row, "decide")
    words = needed(decision=decision, reason=reason)
    day = on or timezone.localdate()
    if day > timezone.localdate() or day < row.raised_on:
        raise ValidationError({"on": [_("The day must lie between when the case was raised and today.")]})
    require(rules.may_be_decided(row, day))
    if rules.says_otherwise(row, words["decision"]):
        raise Refused(
            deny(
                _(
                    "This is not what was announced. Take the case up again in a new meeting before you decide otherwise."
                )
            )
        )
    row.decision, row.decision_reason = words["decision"], words["reason"]
    _settle(row, actor, step.target, day)
    note("decide", row, actor, reason=words["reason"])
    tell("case.decided", row, besides=actor)
    return row


@transaction.atomic
def agree(*, actor: User, case: Case, version: int, agreed: str) -> Case:
    """Note what the parties have agreed, when the positions say so."""
    row = locked(case, version)
    step = CASE.check(actor, row, "agree")
    row.decision = needed(agreed=agreed)["agreed"]
    _settle(row, actor, step.target, timezone.localdate())
    note("agree", row, actor)
    tell("case.agreed", row, besides=actor)
    return row


@transaction.atomic
def disagree(*, actor: User, case: Case, version: int, reason: str, party: Party | None = None) -> Case:
    """A party says that there is no agreement; the path for disagreement begins."""
    row = locked(case, version)
    step = CASE.check(actor, row, "disagree")
    row.status_reason = needed(reason=reason)["reason"]
    row.status = S(step.target)
    row.save()
    mine = own_party(actor, row, party)
    note("disagree", row, actor, party=mine.name, reason=row.status_reason)
    tell("case.disagreed", row, besides=actor, data={"party": mine.name})
    return row


@transaction.atomic
def note_path(*, actor: User, case: Case, version: int, step: str, on: date) -> Case:
    """Note that a step on the agreement's path for disagreement was taken on a day."""
    row = locked(case, version)
    CASE.check(actor, row, "path")
    path = rules.path_of(row)
    if path is None or step not in {one.code for one in path.steps}:
        raise ValidationError({"path_step": [_("The path does not have this step.")]})
    if on > timezone.localdate() or on < row.raised_on:
        raise ValidationError({"since": [_("The day must lie between when the case was raised and today.")]})
    row.save()
    note("path", row, actor, step=step, day=in_figures(on), on=on.isoformat(), round=row.rounds)
    tell("case.path", row, besides=actor)
    return row


def _settle(row: Case, actor: User, status: str, on: date) -> None:
    row.status = S(status)
    row.decided_on, row.decided_by = on, actor
    joint = rules.is_joint(rules.newest_positions(row).values())
    row.conclusion = Case.Conclusion.JOINT if joint else Case.Conclusion.SEPARATE
    row.save()


@transaction.atomic
def close(*, actor: User, case: Case, version: int) -> Case:
    """Close the case. Nothing closes without the minutes that it needs, and signals that got no answer go back to their owners."""
    row = locked(case, version)
    step = CASE.check(actor, row, "close")
    row.status, row.closed_on = S(step.target), timezone.localdate()
    row.save()
    note("close", row, actor)
    _give_signals_back(row, actor, _("Case %(number)s was closed without an answer to the signal."))
    tell("case.closed", row, besides=actor)
    return row


@transaction.atomic
def withdraw(*, actor: User, case: Case, version: int, reason: str) -> Case:
    """The party that raised the case takes it back, with a reason. Its signals go back to their owners."""
    row = locked(case, version)
    step = CASE.check(actor, row, "withdraw")
    row.status_reason = needed(reason=reason)["reason"]
    row.status, row.closed_on = S(step.target), timezone.localdate()
    row.save()
    note("withdraw", row, actor, reason=row.status_reason)
    _give_signals_back(row, actor, _("Case %(number)s was withdrawn."))
    tell("case.withdrawn", row, besides=actor)
    return row


def _give_signals_back(row: Case, actor: User, why: str) -> None:
    """Let no signal lie in a case that has ended: those that no living case has either go back to their owners."""
    elsewhere = Case.objects.exclude(status__in=ENDED).exclude(pk=row.pk).values("signals")
    left = row.signals.exclude(pk__in=elsewhere.filter(signals__isnull=False))
    come_back(actor=actor, signals=left, note=why % {"number": row.number})
