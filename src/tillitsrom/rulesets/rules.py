"""Who may do what with agreements: one sentence-named function per right, and the gates."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor, Membership, Organisation, Party, Role, User
from tillitsrom.people.rules import standing

from .models import HOLDING, AgreementParty, AreaChoice, LocalAgreement

# Both sides keep the agreement; a coordinator may write for them.
KEEPERS = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.COORDINATOR)
SIDES = (Role.MANAGER, Role.UNION_REPRESENTATIVE)


def may_keep_in(actor: Actor, organisation: Organisation) -> Decision:
    """Writing a local agreement or choosing the agreement area: both sides in the organisation, and its coordinator."""
    if standing(actor).has_any(KEEPERS, organisation.pk):
        return allow(_("You are a party to the cooperation in this organisation, or coordinate it."))
    return deny(
        _(
            "Only managers, union representatives and coordinators in the organisation may write its agreement."
        )
    )


def may_keep(actor: Actor, agreement: LocalAgreement) -> Decision:
    """Writing the agreement: both sides in the organisation, and its coordinator."""
    return may_keep_in(actor, agreement.organisation)


def may_act_for_a_side(actor: Actor, agreement: LocalAgreement) -> Decision:
    """Evaluating, renegotiating or ending the agreement: a manager or a union representative in the organisation."""
    if standing(actor).has_any(SIDES, agreement.organisation_id):
        return allow(_("You are one of the parties in this organisation."))
    return deny(_("Only the parties may do this: managers and union representatives in the organisation."))


def speaks_for(person: User, party: Party, on: date) -> bool:
    """Whether the person may sign for the party on the day.

    For a union: its representative. For the employer: a manager who is set to speak for that party, or one for the whole
    organisation who is set to speak for no party.
    """
    held = Membership.objects.filter(user=person, organisation=party.organisation_id).valid_on(on)
    if party.side == Party.Side.EMPLOYEES:
        return held.filter(role=Role.UNION_REPRESENTATIVE, party=party).exists()
    whole = Q(party__isnull=True, unit__isnull=True)
    return held.filter(Q(party=party) | whole, role=Role.MANAGER).exists()


def may_sign(actor: Actor, signature: AgreementParty) -> Decision:
    """Signing for a party: whoever may speak for it today."""
    if signature.signed_on is not None:
        return deny(_("This party has signed already."))
    today = timezone.localdate()
    if isinstance(actor, User) and actor.is_active and speaks_for(actor, signature.party, today):
        return allow(_("You may sign for this party today."))
    if signature.party.side == Party.Side.EMPLOYER:
        return deny(_("Only a manager who speaks for the employer may sign for the employer."))
    return deny(_("Only the union's own representative may sign for it."))


def may_sign_some(actor: Actor, agreement: LocalAgreement) -> Decision:
    """Signing: whoever may speak today for a party that has not signed."""
    for one in agreement.parties.select_related("party"):
        if may_sign(actor, one):
            return allow(_("You may sign for a party today."))
    return deny(_("There is no party here that you may sign for today and that has not signed."))


def visible_to(actor: Actor) -> QuerySet[LocalAgreement]:
    """The gate: what has been in force is public unless exempt; the rest is for the organisation itself."""
    had_force = (*HOLDING, LocalAgreement.Status.REPLACED)
    public = Q(status__in=had_force, openness=Openness.OPEN)
    return LocalAgreement.objects.filter(public | Q(organisation__in=standing(actor).organisations))


def areas_visible_to(actor: Actor) -> QuerySet[AreaChoice]:
    """Which agreement area a public body is in is public."""
    return AreaChoice.objects.all()
