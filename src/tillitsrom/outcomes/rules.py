"""Who may decide, ask, answer and register. What a person may not do is always answered with why.

That something is asked of the owner instead of decided here is no refusal: `instead` says what is asked.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from tillitsrom.cooperation import rules as cases
from tillitsrom.cooperation.lifecycle import CASE
from tillitsrom.cooperation.models import Case
from tillitsrom.core.decisions import Decision as Answer
from tillitsrom.core.decisions import allow, deny
from tillitsrom.people.models import Actor, Party, Role
from tillitsrom.people.rules import standing
from tillitsrom.register import rules as register
from tillitsrom.register.models import ALIVE, Requirement
from tillitsrom.signals import rules as signals
from tillitsrom.signals.models import Outcome, Signal

from .models import DECIDED, OPEN, Decision, LegalObstacle, NewDuty, Request

# Those who may speak for an organisation to the owner of a requirement: both sides of it.
ASKERS = register.REGISTRARS
DUTY_KEEPERS = (Role.MANAGER, Role.REQUIREMENT_OWNER, Role.COORDINATOR)
# What is asked of the owner where it cannot be decided here.
_INSTEAD = {
    Outcome.REMOVED: Request.Asks.DROP,
    Outcome.SIMPLIFIED: Request.Asks.SIMPLIFY,
    Outcome.MERGED: Request.Asks.SIMPLIFY,
    Outcome.RULE_CHANGED: Request.Asks.DROP,
}
_UNKNOWN = _("Choose one of the outcomes.")
_NOT_ALIVE = _("The requirement no longer holds, so there is nothing to decide about it.")


# --- requirements --------------------------------------------------------------------------------------------------


def may_change(actor: Actor, requirement: Requirement, outcome: str) -> Answer:
    """Changing the requirement itself: only the body that imposes it, and never away from what the law demands."""
    if requirement.status not in ALIVE:
        return deny(_NOT_ALIVE)
    if outcome == Outcome.RULE_CHANGED:
        return deny(_("This asks the body that imposes the requirement to change it."))
    if outcome == Outcome.REMOVED:
        return register.may_remove(actor, requirement)
    return register.may_decide(actor, requirement)


def instead(outcome: str) -> str:
    """What is asked of the owner when this outcome cannot be decided here; empty where it can only be decided here."""
    return _INSTEAD.get(Outcome(outcome), "") if outcome in Outcome.values else ""


def may_ask(actor: Actor, requirement: Requirement, organisation_id: int) -> Answer:
    """Sending a request to the owner: both sides in an organisation that meets the requirement or has reported about it."""
    if requirement.status not in ALIVE:
        return deny(_NOT_ALIVE)
    if requirement.imposing_body_id == organisation_id:
        return deny(_("Your own organisation imposes this requirement: it is decided here."))
    if not standing(actor).has_any(ASKERS, organisation_id):
        return deny(
            _(
                "Only managers, union representatives, owners of requirements and coordinators in an organisation that the "
                "requirement weighs on may ask its owner."
            )
        )
    concerned = requirement.addressee_id == organisation_id
    if (
        not concerned
        and not Signal.objects.filter(requirement=requirement, organisation=organisation_id).exists()
    ):
        return deny(
            _("Nobody in your organisation has reported about this requirement, and it is not sent to you.")
        )
    open_one = Request.objects.filter(requirement=requirement, organisation=organisation_id, status__in=OPEN)
    if open_one.exists():
        return deny(_("Your organisation has asked already, and the answer is not here yet."))
    return allow(_("Your organisation meets this requirement."))


def places_to_ask_from(actor: Actor, requirement: Requirement) -> list[int]:
    """The organisations that the actor may ask the owner for, the one that the requirement is sent to first."""
    mine = standing(actor).organisations_as(ASKERS)
    found = [one for one in mine if may_ask(actor, requirement, one)]
    return sorted(found, key=lambda one: (one != requirement.addressee_id, one))


def _change_or_ask(actor: Actor, requirement: Requirement, outcome: str, organisation_id: int) -> Answer:
    here = may_change(actor, requirement, outcome)
    if here or not instead(outcome) or requirement.status not in ALIVE:
        return here
    asked = may_ask(actor, requirement, organisation_id)
    if asked or outcome == Outcome.RULE_CHANGED:
        return asked
    # Whoever owns the requirement is told why it cannot be decided, and not why it cannot be asked.
    owns = requirement.imposing_body_id == organisation_id or register.may_decide(actor, requirement)
    return here if owns else asked


def may_decide_requirement(actor: Actor, requirement: Requirement, outcome: str) -> Answer:
    """Deciding about a requirement by itself: its owner; others ask the owner."""
    if outcome not in DECIDED:
        return deny(_UNKNOWN)
    places = places_to_ask_from(actor, requirement)
    return _change_or_ask(actor, requirement, outcome, places[0] if places else requirement.addressee_id)


# --- signals and cases ---------------------------------------------------------------------------------------------


def may_decide_signal(actor: Actor, signal: Signal, outcome: str) -> Answer:
    """Deciding from a signal: those who may answer it, and what is decided about a requirement is its owner's."""
    if outcome not in DECIDED:
        return deny(_UNKNOWN)
    if signal.status == Signal.Status.ANSWERED:
        return deny(_("It is answered already."))
    base = signals.may_answer(actor, signal)
    if not base:
        return base
    if signal.requirement is not None:
        return _change_or_ask(actor, signal.requirement, outcome, signal.organisation_id)
    if outcome == Outcome.RULE_CHANGED:
        return deny(
            _("The signal names no requirement, so there is no owner to ask. Pass it on to the right body.")
        )
    return base


def _settles(actor: Actor, case: Case) -> Answer:
    """The employer, when the treatment that the form asks for has taken place; once."""
    if Party.Side.EMPLOYER not in cases.sides_of(actor, case):
        return deny(_("Only those who speak for the employer in this case may do this."))
    if case.outcomes.exists():
        return deny(_("The outcome of this case is decided already."))
    if case.status in (Case.Status.DECIDED, Case.Status.AGREED):
        return allow(_("The case has its end, and this carries it out."))
    if not any(step.action == "decide" and step.source == case.status for step in CASE.transitions):
        return deny(_("The case is not ready to be decided."))
    return cases.may_decide(actor, case)


def may_decide_case(actor: Actor, case: Case, outcome: str) -> Answer:
    """Deciding from a case: the employer, by the guards of the case, and each requirement by the rules of its owner."""
    if outcome not in DECIDED:
        return deny(_UNKNOWN)
    base = _settles(actor, case)
    if not base:
        return base
    requirements = list(case.requirements.all())
    for requirement in requirements:
        answer = _change_or_ask(actor, requirement, outcome, case.organisation_id)
        if not answer:
            return answer
    if outcome == Outcome.RULE_CHANGED and not requirements:
        return deny(_("The case names no requirement, so there is no owner to ask."))
    return base


def may_decide(actor: Actor, subject: Signal | Case | Requirement, outcome: str) -> Answer:
    """The one question for all three things that can be decided about."""
    if isinstance(subject, Signal):
        return may_decide_signal(actor, subject, outcome)
    if isinstance(subject, Case):
        return may_decide_case(actor, subject, outcome)
    return may_decide_requirement(actor, subject, outcome)


def may_decide_something(actor: Actor, subject: Signal | Case | Requirement) -> Answer:
    """Whether any outcome is open to the actor; else the first reason why not. For the link on other pages."""
    if isinstance(subject, Case):
        # Every outcome looks at the same.
        prefetch_related_objects([subject], "outcomes", "requirements")
    answers = [may_decide(actor, subject, outcome) for outcome in DECIDED]
    return next((one for one in answers if one), answers[0])


# --- requests ------------------------------------------------------------------------------------------------------


def may_answer(actor: Actor, request: Request) -> Answer:
    """Answering a request: a manager or an owner of requirements in the body that imposes the requirement."""
    return register.may_decide(actor, request.requirement)


def may_drop(actor: Actor, request: Request) -> Answer:
    """Dropping: the owner; what the law demands is first changed in the law."""
    return register.may_remove(actor, request.requirement)


def may_change_now(actor: Actor, request: Request) -> Answer:
    """Simplifying or keeping: the owner, while the requirement holds."""
    decision = may_answer(actor, request)
    if decision and request.requirement.status not in ALIVE:
        return deny(_("The requirement no longer holds. Answer that it is dropped."))
    return decision


def may_promise_law(actor: Actor, request: Request) -> Answer:
    """Saying that a change of the law will be proposed: the owner, of what is required by law."""
    decision = may_change_now(actor, request)
    if decision and not request.requirement.statutory:
        return deny(_("The requirement is not required by law: it can be dropped or made simpler at once."))
    return decision


def may_ask_for_time(actor: Actor, request: Request) -> Answer:
    """Asking for more time: the owner, once."""
    decision = may_answer(actor, request)
    if decision and request.extended_from is not None:
        return deny(_("You have had more time once already."))
    return decision


def requests_visible_to(actor: Actor) -> QuerySet[Request]:
    """The gate of requests: whoever may see the requirement, so the public too. Persons are never shown."""
    return Request.objects.filter(requirement__in=register.visible_to(actor))


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """The gate of decisions: with their requirement or case; one about a signal alone, to those who may see the signal."""
    seen = Q(requirement__isnull=False, requirement__in=register.visible_to(actor))
    seen |= Q(requirement__isnull=True, case__in=cases.visible_to(actor))
    mine = signals.visible_to(actor)
    seen |= Q(requirement__isnull=True, case__isnull=True, pk__in=mine.values("decisions"))
    return Decision.objects.filter(seen)


# --- hindrances in law ---------------------------------------------------------------------------------------------


def may_follow_up(actor: Actor, obstacle: LegalObstacle) -> Answer:
    """Noting what became of the law: the body that imposes the requirement."""
    return register.may_decide(actor, obstacle.requirement)


def obstacles_visible_to(actor: Actor) -> QuerySet[LegalObstacle]:
    """The gate of hindrances in law: as the requirement's."""
    return LegalObstacle.objects.filter(requirement__in=register.visible_to(actor))


# --- new reporting duties ------------------------------------------------------------------------------------------


def may_register_in(actor: Actor, organisation_id: int) -> Answer:
    """Registering a duty to report: managers, owners of requirements and coordinators in the body that collects."""
    if standing(actor).has_any(DUTY_KEEPERS, organisation_id):
        return allow(_("You keep the register for the body that collects."))
    return deny(
        _("Only managers, owners of requirements and coordinators in the body that collects may do this.")
    )


def may_register_somewhere(actor: Actor) -> Answer:
    if standing(actor).organisations_as(DUTY_KEEPERS):
        return allow(_("You keep the register for your organisation."))
    return deny(_("Only managers, owners of requirements and coordinators register new duties to report."))


def may_keep_duty(actor: Actor, duty: NewDuty) -> Answer:
    """Renewing, ending and withdrawing: those who keep the register in the body that collects."""
    return may_register_in(actor, duty.organisation_id)


def duties_visible_to(actor: Actor) -> QuerySet[NewDuty]:
    """What is demanded of others is public from the day that it is registered."""
    return NewDuty.objects.all()


def decides_for(actor: Actor) -> Iterable[int]:
    """The bodies whose requirements the actor decides about: the owner's desk."""
    return standing(actor).organisations_as(register.DECIDERS)
