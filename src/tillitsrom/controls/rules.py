"""Who may see and do what with control measures. What a person may not do is always answered with why.

Open by default (R18): the public sees what is or was in use and is not exempt. A proposal is first for the parties to discuss,
so only the workplace sees it; the workplace sees everything, for whoever is controlled has a right to know (aml. § 9-2).
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tillitsrom.cooperation.models import Case
from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Party, Role
from tillitsrom.people.rules import standing
from tillitsrom.signals.rules import line

from .models import KIND, RUNNING, ControlMeasure, Evaluation

EMPLOYER = (Role.MANAGER,)
EMPLOYEES = (Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE)
PARTIES = (*EMPLOYER, *EMPLOYEES)
KEEPERS = (*PARTIES, Role.COORDINATOR)
# A case has been talked about from here on.
TALKED_ABOUT = (Case.Status.HELD, Case.Status.DECIDED, Case.Status.AGREED, Case.Status.DISAGREED, Case.Status.CLOSED)  # fmt: skip
_NO_SIDE = _(
    "Only managers of what it covers or above, union representatives and safety delegates at the workplace may do this."
)
_BY_LAW = _("It is required by law, so it is not ended here. Ask the one who makes the law to change it.")


def may_register_in(actor: Actor, organisation_id: int | None) -> Decision:
    """Registering: both parties at the workplace, and the coordinator."""
    if standing(actor).has_any(KEEPERS, organisation_id):
        return allow(_("You keep the register at this workplace."))
    return deny(
        _(
            "Only managers, union representatives, safety delegates and coordinators at the workplace may do this."
        )
    )


def may_register_somewhere(actor: Actor) -> Decision:
    if standing(actor).organisations_as(KEEPERS):
        return allow(_("You keep the register at your workplace."))
    return may_register_in(actor, None)


def may_edit(actor: Actor, measure: ControlMeasure) -> Decision:
    """Correcting what it says: those who register, until it has been discussed. After that it is evaluated."""
    decision = may_register_in(actor, measure.organisation_id)
    if decision and measure.status != ControlMeasure.Status.PROPOSED:
        return deny(
            _("It has been discussed as it stands. What is to be otherwise is decided when it is evaluated.")
        )
    return decision


def may_note_discussion(actor: Actor, measure: ControlMeasure) -> Decision:
    """Noting that it was discussed: either party, and only after the meeting when there is a case about it."""
    if not side_of(actor, measure):
        return deny(_NO_SIDE)
    case = case_about(measure)
    if case is not None and case.status not in TALKED_ABOUT:
        return deny(_("There is a case about it, and the parties have not met about that yet."))
    return allow(_("You speak for a party at this workplace."))


def case_about(measure: ControlMeasure) -> Case | None:
    """The newest case between the parties about the measure, unless it was withdrawn."""
    rows = Case.objects.filter(about_type=KIND, about_id=measure.pk).exclude(status=Case.Status.WITHDRAWN)
    return rows.order_by("-pk").first()


def _leads(actor: Actor, measure: ControlMeasure) -> bool:
    """Whether the actor is a manager of the measure's unit, of a unit above it, or of the whole organisation."""
    mine = {
        unit
        for place, unit, role in standing(actor).held
        if place == measure.organisation_id and role in EMPLOYER
    }
    return None in mine or bool(mine and mine & set(line(measure.unit)))


def may_lead(actor: Actor, measure: ControlMeasure) -> Decision:
    """Informing those affected and putting the measure to use: the employer."""
    if _leads(actor, measure):
        return allow(_("You lead at this workplace."))
    return deny(_("Only a manager of what it covers, or above, may do this."))


def may_activate(actor: Actor, measure: ControlMeasure) -> Decision:
    """Putting it to use: the employer, when it was discussed, those affected are informed and nothing is missing."""
    decision = may_lead(actor, measure)
    if not decision:
        return decision
    if measure.discussed_on is None or measure.informed_on is None:
        return deny(_("It must be discussed, and those affected informed, before it starts."))
    if set(measure.missing) - {"next_evaluation"}:
        return deny(_("Its purpose, its basis or how long it lasts is missing."))
    return decision


def may_end(actor: Actor, measure: ControlMeasure) -> Decision:
    """Ending: the employer, and never what the law demands."""
    decision = may_lead(actor, measure)
    return deny(_BY_LAW) if decision and measure.legally_required else decision


def side_of(actor: Actor, measure: ControlMeasure) -> str:
    """The side that the actor speaks for at the workplace; empty where it is neither."""
    if _leads(actor, measure):
        return Party.Side.EMPLOYER
    return Party.Side.EMPLOYEES if standing(actor).has_any(EMPLOYEES, measure.organisation_id) else ""


def may_say(actor: Actor, measure: ControlMeasure) -> Decision:
    """Saying what one's side thinks of it: both parties, in every evaluation."""
    if side_of(actor, measure):
        return allow(_("You speak for a party at this workplace."))
    return deny(_NO_SIDE)


def said(measure: ControlMeasure) -> dict[str, str]:
    """What each side has said in the round that is being made: side to result."""
    return dict(measure.evaluations.filter(round=measure.round).values_list("side", "result"))


def may_settle(actor: Actor, measure: ControlMeasure) -> Decision:
    """Deciding where the parties do not agree: the employer, after both have spoken."""
    decision = may_lead(actor, measure)
    if decision and len(said(measure)) < len(Party.Side):
        return deny(_("Both parties say what they think first."))
    return decision


def may_settle_end(actor: Actor, measure: ControlMeasure) -> Decision:
    """Deciding to end it where the parties do not agree: as above, and never what the law demands."""
    decision = may_settle(actor, measure)
    return deny(_BY_LAW) if decision and measure.legally_required else decision


def may_say_result(measure: ControlMeasure, result: str) -> Decision:
    """Which results can be given: ending what the law demands is not one of them."""
    if result == Evaluation.Result.END and measure.legally_required:
        return deny(_BY_LAW)
    return allow(_("This can be said."))


def visible_to(actor: Actor) -> QuerySet[ControlMeasure]:
    """The gate of control measures. See the module's first lines for what is decided about openness."""
    was_used = (
        Q(status__in=RUNNING)
        | Q(in_use=True)
        | Q(status=ControlMeasure.Status.ENDED, starts_on__isnull=False)
    )
    seen = Q(openness=Openness.OPEN) & was_used
    mine = standing(actor).organisations
    return ControlMeasure.objects.filter(seen | Q(organisation__in=mine) if mine else seen)
