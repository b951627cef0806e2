"""Deciding what becomes of a signal, a case or a requirement: one transaction from the register to the last sender.

What the one who decides does not own is asked of its owner instead, and the signals lie there until the owner has answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation.actions import cases
from tillitsrom.cooperation.models import Case
from tillitsrom.cooperation.rules import may_be_closed
from tillitsrom.core.decisions import require
from tillitsrom.outcomes import house, rules
from tillitsrom.outcomes.lifecycle import ANSWERS
from tillitsrom.outcomes.models import OPEN, Decision, Request
from tillitsrom.people.models import Organisation, Unit, User
from tillitsrom.register.models import Requirement
from tillitsrom.signals.models import Outcome, Signal

from . import requests
from .common import DECIDING_ROLES, changed_meanwhile, check_review, needed, role_in
from .moving import behind, lock_requirements, move

NEEDS = {
    Outcome.REMOVED: ("reason",),
    Outcome.SIMPLIFIED: ("text", "reason"),
    Outcome.MERGED: ("reason",),
    Outcome.DELEGATED: ("limits", "heard", "reason"),
    Outcome.RULE_CHANGED: ("reason",),
    Outcome.TRIED_OUT: ("hypothesis", "trial_from", "trial_to", "consented", "reason"),
    Outcome.KEPT: ("reason", "review_on"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What a decision says. What each outcome needs stands in NEEDS; `section` and `asks` are for requests to the owner."""

    reason: str
    text: str = ""
    review_on: date | None = None
    merged_into: Requirement | None = None
    limits: str = ""
    heard: str = ""
    hypothesis: str = ""
    trial_unit: Unit | None = None
    trial_from: date | None = None
    trial_to: date | None = None
    consented: str = ""
    section: str = ""
    asks: str = ""


Subject = Signal | Case | Requirement


@transaction.atomic
def decide(*, actor: User, subject: Subject, version: int, outcome: str, given: Given) -> list[Decision]:
    """Decide, and carry it out: the register, every signal behind, the case, the notices.

    `version` is that of the subject as it was read. Answers one decision for each requirement, or one where there is none; a
    request to the owner is a decision with the outcome RULE_CHANGED and its `request`. Raises Refused, WrongState, Conflict
    or ValidationError, and then nothing is done.
    """
    requirements = lock_requirements(_requirement_ids(subject))
    row = _locked(subject, version, requirements)
    require(rules.may_decide(actor, row, outcome))
    _check(row, outcome, given)
    if isinstance(row, Case):
        return _decide_case(actor, row, outcome, given, requirements)
    if isinstance(row, Signal):
        return [_decide_signal(actor, row, outcome, given, requirements)]
    if rules.may_change(actor, row, outcome):
        return [_here(actor, row, outcome, given, Decision.Subject.REQUIREMENT)]
    places = rules.places_to_ask_from(actor, row)
    body = Organisation.objects.get(pk=places[0])
    return [_ask(actor, row, body, outcome, given, Decision.Subject.REQUIREMENT)]


def _requirement_ids(subject: Subject) -> list[int]:
    if isinstance(subject, Requirement):
        return [subject.pk]
    if isinstance(subject, Signal):
        return [subject.requirement_id] if subject.requirement_id else []
    return list(subject.requirements.values_list("pk", flat=True))


def _organisation_id(subject: Subject) -> int:
    """Where it is tried out: with the body that imposes a requirement, else at the workplace that it is about."""
    return subject.imposing_body_id if isinstance(subject, Requirement) else subject.organisation_id


def _locked(subject: Subject, version: int, requirements: dict[int, Requirement]) -> Subject:
    """The subject as it stands now, under lock behind its requirements; Conflict where somebody else was first."""
    row: Subject
    if isinstance(subject, Requirement):
        row = requirements[subject.pk]
    elif isinstance(subject, Signal):
        rows = Signal.objects.select_for_update(of=("self",))
        row = rows.select_related("unit", "owner", "organisation", "requirement").get(pk=subject.pk)
    else:
        row = (
            Case.objects.select_for_update(of=("self",))
            .select_related("organisation", "unit")
            .get(pk=subject.pk)
        )
    if row.version != version or set(_requirement_ids(row)) != set(requirements):
        raise changed_meanwhile()
    return row


def _check(subject: Subject, outcome: str, given: Given) -> None:
    values = {name: getattr(given, name) for name in Given.__slots__}
    needed(values, NEEDS[Outcome(outcome)])
    check_review(given.review_on)
    if outcome == Outcome.MERGED and _requirement_ids(subject) and given.merged_into is None:
        raise ValidationError({"merged_into": [_("Choose the requirement that it is merged into.")]})
    if outcome == Outcome.MERGED and not _requirement_ids(subject):
        needed(values, ("text",))
    if given.trial_unit is not None and given.trial_unit.organisation_id != _organisation_id(subject):
        raise ValidationError({"trial_unit": [_("The unit belongs to another organisation.")]})
    if outcome == Outcome.TRIED_OUT and given.trial_from and given.trial_to:
        if given.trial_to <= given.trial_from:
            raise ValidationError({"trial_to": [_("The last day must come after the first.")]})
        check_review(given.trial_to, "trial_to")


def _decide_signal(
    actor: User, signal: Signal, outcome: str, given: Given, requirements: dict[int, Requirement]
) -> Decision:
    kind = Decision.Subject.SIGNAL
    if signal.requirement_id is None:
        made = _record(actor, outcome, given, kind, signal.organisation_id, requirement=None)
        requests.finish(actor, made, [signal])
        return made
    row = requirements[signal.requirement_id]
    if rules.may_change(actor, row, outcome):
        return _here(actor, row, outcome, given, kind)
    return _ask(actor, row, signal.organisation, outcome, given, kind, signals=[signal])


def _decide_case(
    actor: User, case: Case, outcome: str, given: Given, requirements: dict[int, Requirement]
) -> list[Decision]:
    """Decide the case by its guards, carry out each requirement, and close the case when its minutes allow it."""
    if case.status not in (Case.Status.DECIDED, Case.Status.AGREED):
        words = given.text.strip() or case.announced or str(Outcome(outcome).label)
        case = cases.decide(
            actor=actor, case=case, version=case.version, decision=words, reason=given.reason.strip()
        )
    kind, left = (
        Decision.Subject.CASE,
        list(case.signals.exclude(status=Signal.Status.ANSWERED).order_by("pk")),
    )
    found = []
    # What can be done here first: what then is left of the signals goes with the requests.
    here = {row.pk: bool(rules.may_change(actor, row, outcome)) for row in requirements.values()}
    for row in sorted(requirements.values(), key=lambda one: (not here[one.pk], one.pk)):
        with_it = [
            one for one in left if one.requirement_id == row.pk or one.requirement_id not in requirements
        ]
        do = _here_in_case if here[row.pk] else _ask_in_case
        found.append(do(actor, case, row, outcome, given, with_it))
    if not requirements:
        made = _record(actor, outcome, given, kind, case.organisation_id, requirement=None, case=case)
        requests.finish(actor, made, left)
        found.append(made)
    if case.status != Case.Status.CLOSED and may_be_closed(case):
        cases.close(actor=actor, case=case, version=case.version)
    return found


def _here_in_case(
    actor: User, case: Case, row: Requirement, outcome: str, given: Given, signals: list[Signal]
) -> Decision:
    return _here(actor, row, outcome, given, Decision.Subject.CASE, case=case, signals=signals)


def _ask_in_case(
    actor: User, case: Case, row: Requirement, outcome: str, given: Given, signals: list[Signal]
) -> Decision:
    body, kind = case.organisation, Decision.Subject.CASE
    return _ask(actor, row, body, outcome, given, kind, case=case, signals=signals)


def _record(
    actor: User, outcome: str, given: Given, subject: str, organisation_id: int, *,
    requirement: Requirement | None, case: Case | None = None, request: Request | None = None,
) -> Decision:  # fmt: skip
    """The decision as it is kept: only what its outcome has."""
    tried, delegated = outcome == Outcome.TRIED_OUT, outcome == Outcome.DELEGATED
    return Decision.objects.create(
        outcome=outcome, subject=subject, organisation_id=organisation_id, requirement=requirement, case=case,
        request=request, text=given.text.strip(), reason=given.reason.strip(),
        review_on=given.review_on if outcome == Outcome.KEPT else given.trial_to if tried else None,
        merged_into=given.merged_into if outcome == Outcome.MERGED else None,
        limits=given.limits.strip() if delegated else "", heard=given.heard.strip() if delegated else "",
        hypothesis=given.hypothesis.strip() if tried else "", trial_unit=given.trial_unit if tried else None,
        trial_from=given.trial_from if tried else None, trial_to=given.trial_to if tried else None,
        consented=given.consented.strip() if tried else "", decided_by=actor,
        decided_role=role_in(actor, organisation_id, DECIDING_ROLES),
    )  # fmt: skip


def _here(
    actor: User, row: Requirement, outcome: str, given: Given, subject: str, *,
    case: Case | None = None, signals: Iterable[Signal] = (),
) -> Decision:  # fmt: skip
    """Change the requirement, answer all that stands behind it, and the requests that waited for the same."""
    reason = given.reason.strip()
    row = move(
        actor, row, outcome, reason=reason, text=given.text.strip(), merged_into=given.merged_into,
        review_on=given.trial_to if outcome == Outcome.TRIED_OUT else given.review_on,
    )  # fmt: skip
    waiting = list(
        Request.objects.select_for_update(of=("self",))
        .select_related("requirement", "organisation", "owner", "sent_by")
        .filter(requirement=row, status__in=OPEN)
        .order_by("pk")
    )
    made = _record(
        actor, outcome, given, subject, row.imposing_body_id, requirement=row, case=case,
        request=waiting[0] if waiting else None,
    )  # fmt: skip
    requests.finish(actor, made, [*signals, *behind(row.pk)])
    action = {Outcome.REMOVED: "drop", Outcome.KEPT: "keep"}.get(Outcome(outcome), "simplify")
    requests.close(actor, waiting, ANSWERS[action], reason, action)
    return made


def _ask(
    actor: User, row: Requirement, body: Organisation, outcome: str, given: Given, subject: str, *,
    case: Case | None = None, signals: Iterable[Signal] = (),
) -> Decision:  # fmt: skip
    """Ask the owner instead. The signals are not answered: they lie with the owner, and the owner's answer answers them."""
    why = given.reason.strip()
    if given.text.strip():
        why = f"{why}\n\n{given.text.strip()}"
    asking = requests.Asking(given.asks or rules.instead(outcome), why, given.section)
    request = requests.send(
        actor=actor, requirement=row, organisation=body, asking=asking, signals=signals, case=case
    )
    made = _record(
        actor, Outcome.RULE_CHANGED, given, subject, body.pk,
        requirement=row, case=case, request=request,
    )  # fmt: skip
    requests.note_decision(actor, made, request)
    return made


def default_review() -> date:
    """The day that the form proposes for looking at what is kept again."""
    return house.next_review(timezone.localdate())
