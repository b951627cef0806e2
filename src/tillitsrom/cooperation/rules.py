"""Who may do what with cases, and the guards that no right can pass: one sentence-named function per right.

The guards in `guards.py` are about the case and not about the person; they are names of this module too.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Membership, Organisation, Party, Role, Unit, User
from tillitsrom.people.rules import standing
from tillitsrom.signals.rules import line

from .guards import (
    IN_MEETINGS,
    is_joint,
    items_of_round,
    may_be_agreed,
    may_be_closed,
    may_be_decided,
    minutes_are_ready,
    minutes_of,
    minutes_of_round,
    newest_positions,
    path_of,
    says_otherwise,
    with_parts,
)
from .models import Case

__all__ = [
    "FOLLOWERS",
    "IN_MEETINGS",
    "RAISERS",
    "is_joint",
    "is_safety_delegate",
    "items_of_round",
    "may_add_paper",
    "may_agree",
    "may_announce",
    "may_announce_anew",
    "may_be_agreed",
    "may_be_closed",
    "may_be_decided",
    "may_classify",
    "may_close",
    "may_confirm",
    "may_contest",
    "may_decide",
    "may_disagree",
    "may_discuss_again",
    "may_edit",
    "may_involve",
    "may_note_path",
    "may_raise",
    "may_raise_in",
    "may_raise_somewhere",
    "may_take_position",
    "may_withdraw",
    "minutes_are_ready",
    "minutes_of",
    "minutes_of_round",
    "newest_positions",
    "parties_of",
    "parties_spoken_for",
    "path_of",
    "says_otherwise",
    "sides_of",
    "visible_to",
    "with_parts",
]

S = Case.Status
# Those who follow every case in the organisation, also what is exempt.
FOLLOWERS = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE, Role.COORDINATOR)
RAISERS = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE)


# --- who speaks for whom -------------------------------------------------------------------------------------------


def parties_spoken_for(
    actor: Actor, organisation: Organisation | int, unit: Unit | None = None, on: date | None = None
) -> list[Party]:
    """The parties that the person may speak for on the day in a matter of the unit, or of the whole organisation.

    A union's representative speaks for the union; a manager for the party that is set, else for the employer in what concerns
    the unit that the manager leads, or the whole.
    """
    if not isinstance(actor, User) or not actor.is_active:
        return []
    key = organisation if isinstance(organisation, int) else organisation.pk
    roles = (Role.UNION_REPRESENTATIVE, Role.MANAGER)
    held = list(
        Membership.objects.filter(user=actor, organisation=key, role__in=roles).valid_on(
            on or timezone.localdate()
        )
    )
    if not held:
        return []
    way = line(unit)
    named = {m.party_id for m in held if m.party_id}
    leads = any(m.role == Role.MANAGER and m.party_id is None and m.unit_id in way for m in held)
    wanted = Q(pk__in=named)
    if leads:
        wanted |= Q(side=Party.Side.EMPLOYER)
    return list(Party.objects.filter(wanted, organisation=key).order_by("side", "name"))


def parties_of(actor: Actor, case: Case) -> list[Party]:
    """The parties that the actor may speak for in the case today, asked for once."""
    known: dict[tuple[object, ...], list[Party]] = case.__dict__.setdefault("_parties_of", {})
    key = (getattr(actor, "pk", None), timezone.localdate())
    if key not in known:
        known[key] = parties_spoken_for(actor, case.organisation_id, case.unit)
    return known[key]


def sides_of(actor: Actor, case: Case) -> set[str]:
    return {party.side for party in parties_of(actor, case)}


def is_safety_delegate(actor: Actor, organisation_id: int) -> bool:
    return standing(actor).has_any([Role.SAFETY_DELEGATE], organisation_id)


def may_raise(actor: Actor, organisation: Organisation, unit: Unit | None = None) -> Decision:
    """Raising a case: either side, against nobody's will; a safety delegate where the working environment is concerned."""
    if parties_spoken_for(actor, organisation, unit):
        return allow(_("You speak for a party in this organisation."))
    if is_safety_delegate(actor, organisation.pk):
        return allow(_("As safety delegate you may raise what concerns the working environment."))
    return deny(
        _("Only managers, union representatives and safety delegates in the organisation may raise a case.")
    )


def may_raise_in(actor: Actor, organisation: Organisation) -> Decision:
    """Raising a case there about something: the workplace that it concerns is chosen afterwards."""
    if standing(actor).has_any(RAISERS, organisation.pk):
        return allow(_("You speak for a party in this organisation."))
    return deny(
        _("Only managers, union representatives and safety delegates in the organisation may raise a case.")
    )


def may_raise_somewhere(actor: Actor) -> bool:
    return bool(standing(actor).organisations_as(RAISERS))


def _speaks(actor: Actor, case: Case) -> Decision:
    if parties_of(actor, case):
        return allow(_("You speak for a party in this case."))
    return deny(_("Only those who speak for a party in this case may do this."))


# --- plain rights --------------------------------------------------------------------------------------------------


def may_edit(actor: Actor, case: Case) -> Decision:
    """Changing the question, the plan and the openness: those who speak for a party, and the coordinator."""
    if standing(actor).has_any([Role.COORDINATOR], case.organisation_id):
        return allow(_("You coordinate the cooperation in this organisation."))
    return _speaks(actor, case)


def may_take_position(actor: Actor, case: Case) -> Decision:
    """Giving a position: those who speak for a party."""
    return _speaks(actor, case)


def may_add_paper(actor: Actor, case: Case) -> Decision:
    """Sending papers: the parties, the coordinator, and the safety delegate in matters of the working environment."""
    if case.work_environment and is_safety_delegate(actor, case.organisation_id):
        return allow(_("You are safety delegate, and the case is about the working environment."))
    return may_edit(actor, case)


def may_involve(actor: Actor, case: Case) -> Decision:
    """Noting who takes part since when: those who speak for a party, and the coordinator."""
    return may_edit(actor, case)


def may_classify(actor: Actor, case: Case) -> Decision:
    """Setting the form: those who speak for a party. Who contests it cannot settle the matter alone."""
    decision = _speaks(actor, case)
    if decision and case.contested_by is not None and sides_of(actor, case) == {case.contested_by.side}:
        return deny(
            _(
                "Your side contests the form. The other side must change it, or both must confirm the one there is."
            )
        )
    return decision


def may_contest(actor: Actor, case: Case) -> Decision:
    """Contesting the form: any party, once at a time."""
    if case.contested_by_id is not None:
        return deny(_("The form is contested already. Settle that first."))
    return _speaks(actor, case)


def may_confirm(actor: Actor, case: Case) -> Decision:
    """Confirming a form that is contested or was made lighter: one party on each side, and the one that contested it."""
    decision = _speaks(actor, case)
    if not decision:
        return decision
    if not case.form_open:
        return deny(_("The form is not contested, so there is nothing to confirm."))
    if all(party.pk in case.form_confirmed for party in parties_of(actor, case)):
        return deny(_("You have confirmed the form already. The other side must too."))
    return decision


def _employer(actor: Actor, case: Case) -> Decision:
    if Party.Side.EMPLOYER in sides_of(actor, case):
        return allow(_("You speak for the employer in this case."))
    return deny(_("Only those who speak for the employer in this case may do this."))


def may_announce(actor: Actor, case: Case) -> Decision:
    """Saying what the employer means to decide: the employer, before the meeting or in it."""
    decision = _employer(actor, case)
    if decision and case.status == S.HELD and case.announced:
        return deny(
            _("The parties have met about what was said. Take it up again if you mean something else now.")
        )
    return decision


def may_announce_anew(actor: Actor, case: Case) -> Decision:
    """Saying something else than was announced, when the case is taken up again: the employer."""
    return _employer(actor, case)


def may_note_path(actor: Actor, case: Case) -> Decision:
    """Noting a step on the path for disagreement: any party."""
    return _speaks(actor, case)


def may_discuss_again(actor: Actor, case: Case) -> Decision:
    """Taking it up in a new meeting: either side."""
    return _speaks(actor, case)


def may_withdraw(actor: Actor, case: Case) -> Decision:
    """Withdrawing: the party that raised it; the safety delegates what a safety delegate raised."""
    if case.raised_by_party_id is None:
        if is_safety_delegate(actor, case.organisation_id):
            return allow(_("A safety delegate raised it, and you are one."))
    elif case.raised_by_party_id in {party.pk for party in parties_of(actor, case)}:
        return allow(_("You speak for the party that raised it."))
    return deny(_("Only the party that raised the case may withdraw it."))


def may_disagree(actor: Actor, case: Case) -> Decision:
    """Noting that there is no agreement: any party."""
    return _speaks(actor, case)


def may_decide(actor: Actor, case: Case) -> Decision:
    """Deciding: the employer, and only after the treatment that the form asks for."""
    decision = _employer(actor, case)
    return may_be_decided(case) if decision else decision


def may_agree(actor: Actor, case: Case) -> Decision:
    """Noting that the parties agree: any party, when no position says otherwise."""
    decision = _speaks(actor, case)
    return may_be_agreed(case) if decision else decision


def may_close(actor: Actor, case: Case) -> Decision:
    """Closing: any party or the coordinator, when the minutes that are needed are approved."""
    decision = may_edit(actor, case)
    return may_be_closed(case) if decision else decision


# --- the gate ------------------------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The gate: the parties see all in their organisation, its employees what is open, the public what is open and closed."""
    public = Q(status=S.CLOSED, openness=Openness.OPEN)
    held = standing(actor)
    here = Q(organisation__in=held.organisations, openness=Openness.OPEN)
    return Case.objects.filter(public | here | Q(organisation__in=held.organisations_as(FOLLOWERS)))
