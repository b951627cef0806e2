"""Who may do what with cases, and the guards that no right can pass: one sentence-named function per right.

The guards are about the case and not about the person: `may_be_decided`, `may_be_agreed`, `may_be_closed`.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Membership, Organisation, Party, Role, Unit, User
from tillitsrom.people.rules import standing
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import CaseForm, Path
from tillitsrom.rulesets.schema import Minutes as MinutesNeeded
from tillitsrom.signals.rules import line

from .models import AgendaItem, Body, Case, Meeting, Minutes, Position

S = Case.Status
# Those who follow every case in the organisation, also what is exempt.
FOLLOWERS = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE, Role.COORDINATOR)
# A case of these forms is settled in a meeting.
IN_MEETINGS = (CaseForm.DISCUSSION, CaseForm.NEGOTIATION, CaseForm.COMMITTEE)
AGAINST = (Position.Stance.AGAINST, Position.Stance.DISSENT)
# Who has the last word where it is not the employer's: it is only written down here.
OTHERS_DECIDE = ("board", "ministry", "council", "committee")


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


def may_raise_somewhere(actor: Actor) -> bool:
    roles = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE)
    return bool(standing(actor).organisations_as(roles))


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


# --- guards --------------------------------------------------------------------------------------------------------


def path_of(case: Case) -> Path | None:
    """What happens when the parties disagree; None before the form is set."""
    if not case.form:
        return None
    return agreements.disagreement_path(agreements.rule_set(case.rule_set), case.form)


def minutes_of(case: Case) -> MinutesNeeded | None:
    """What minutes the case needs; None before the form is set."""
    if not case.form:
        return None
    return agreements.minutes_needed(agreements.rule_set(case.rule_set), case.form)


def held_items(case: Case, on: date | None = None) -> QuerySet[AgendaItem]:
    """The agenda items of this round whose meeting has been held at the latest on the day."""
    return case.agenda_items.filter(
        round=case.rounds, meeting__status=Meeting.Status.HELD, meeting__on__lte=on or timezone.localdate()
    )


def _was_treated(case: Case, on: date) -> Decision:
    """Whether the parties have met about the case in this round, in a body that can do more than recommend."""
    held = held_items(case, on).select_related("meeting__body")
    bodies = [item.meeting.body for item in held]
    if not bodies:
        return deny(_("The parties must meet about this first: the decision never comes before the meeting."))
    if all(body is not None and body.line == Body.Line.DEVELOPMENT for body in bodies):
        return deny(
            _(
                "The body that has treated it can only recommend. It must also be treated in the decision line."
            )
        )
    return allow(_("The parties have met about this."))


def _was_told(case: Case, on: date) -> Decision:
    """Information and advice come before the decision: every union that takes part was told on an earlier day, or has answered."""
    told = [one for one in case.involvements.all() if one.party.side == Party.Side.EMPLOYEES]
    if not told:
        return deny(_("Nobody on the employees' side has been told. Note who takes part first."))
    answered = {one.party_id for one in case.positions.all()}
    if any(one.since >= on and one.party_id not in answered for one in told):
        return deny(
            _(
                "The employees' side was told today. Decide tomorrow at the earliest, or when all have answered."
            )
        )
    return allow(_("The employees' side was told in time."))


def _form_is_settled(case: Case) -> Decision:
    if not case.form:
        return deny(_("The form must be set first."))
    if case.contested_by_id is not None:
        return deny(
            _("The form is contested. Settle that first: change the form, or confirm it on both sides.")
        )
    if case.form_open:
        return deny(_("The form was made lighter. Both sides must confirm it first."))
    return allow(_("The form is settled."))


def may_be_decided(case: Case, on: date | None = None) -> Decision:
    """Whether the case can be decided on the day, whoever asks.

    Sources: Hovedavtalen i staten §§ 19-24, HA KS del B § 3-1, aml. §§ 8-2 and 9-2 (discussion before the decision). That
    information must lie a day before the decision is a house rule.
    """
    day = on or timezone.localdate()
    settled = _form_is_settled(case)
    if not settled:
        return settled
    if case.form not in IN_MEETINGS:
        return _was_told(case, day)
    treated = _was_treated(case, day)
    if not treated:
        return treated
    path = path_of(case)
    if path is not None and case.form == CaseForm.NEGOTIATION:
        if path.decides == "agreement":
            return deny(_("Nothing holds here until the parties agree, so it cannot be decided by one side."))
        if case.status != S.DISAGREED:
            return deny(_("This is negotiated: note whether the parties agree first."))
    return allow(_("The treatment that the form asks for has taken place."))


def says_otherwise(case: Case, decision: str) -> bool:
    """Whether the decision is another than the one announced, where the agreement then asks for a new discussion."""
    path = path_of(case)
    if path is None or not path.discuss_again or not case.announced:
        return False
    return _plain(case.announced) != _plain(decision)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def newest_positions(case: Case) -> dict[int, Position]:
    """The position that stands for each party, by the party's key."""
    return {one.party_id: one for one in case.positions.all()}


def may_be_agreed(case: Case) -> Decision:
    """Whether «agreed» is true: both sides have said so in their newest positions, and nobody says otherwise."""
    settled = _form_is_settled(case)
    if not settled:
        return settled
    if case.form in IN_MEETINGS:
        treated = _was_treated(case, timezone.localdate())
        if not treated:
            return treated
    newest = list(newest_positions(case).values())
    against = [one.party.name for one in newest if one.stance in AGAINST]
    if against:
        return deny(__("Not agreed: %(parties)s say otherwise.") % {"parties": ", ".join(against)})
    if {one.party.side for one in newest} != set(Party.Side.values):
        return deny(_("Both sides must give a position before it can be called agreed."))
    return allow(_("Both sides have said that they agree."))


def minutes_are_ready(case: Case) -> Decision:
    """Whether the minutes that the form needs are approved by all, in this round."""
    needed = minutes_of(case)
    if needed is None or not needed.required:
        return allow(_("No minutes are required."))
    rounds = AgendaItem.objects.filter(case=case, round=case.rounds).values("meeting")
    rows = Minutes.objects.filter(case=case, meeting__in=rounds)
    if needed.kind == Minutes.Kind.PROTOKOLL:
        rows = rows.filter(kind=Minutes.Kind.PROTOKOLL)
    if rows.filter(status=Minutes.Status.APPROVED).exists():
        return allow(_("The minutes are approved."))
    return deny(_("The minutes must be approved by each party first."))


def may_be_closed(case: Case) -> Decision:
    """Whether the case can be closed: it has an end, and the minutes that it needs."""
    if case.status == S.DISAGREED:
        path = path_of(case)
        if path is not None and path.decides != "agreement":
            return deny(_("The path for disagreement is not walked to its end: it must be decided first."))
    if case.form not in IN_MEETINGS:
        return allow(_("The case has an end."))
    return minutes_are_ready(case)


def is_joint(positions: Iterable[Position]) -> bool:
    """Whether the conclusion is joint: no party's newest position is against it."""
    return not any(one.stance in AGAINST for one in positions)


# --- the gate ------------------------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The gate: the parties see all in their organisation, its employees what is open, the public what is open and closed."""
    public = Q(status=S.CLOSED, openness=Openness.OPEN)
    held = standing(actor)
    here = Q(organisation__in=held.organisations, openness=Openness.OPEN)
    return Case.objects.filter(public | here | Q(organisation__in=held.organisations_as(FOLLOWERS)))
