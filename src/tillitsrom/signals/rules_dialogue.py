"""Who may ask for dialogue, answer and note what came of it. A request is for the two whom it concerns."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.people.models import Actor, Membership, Role, User
from tillitsrom.people.rules import standing

from .models_dialogue import DialogueRequest
from .rules import WORKPLACE

INVITED = (Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE)


def may_ask_in(actor: Actor, organisation_id: int, direction: str) -> Decision:
    """Inviting oneself: whoever works there. Inviting for management: managers."""
    if direction == DialogueRequest.Direction.FROM_MANAGEMENT:
        if standing(actor).has_any([Role.MANAGER], organisation_id):
            return allow(_("You lead there."))
        return deny(_("Only a manager invites for management."))
    if standing(actor).has_any(WORKPLACE, organisation_id):
        return allow(_("You work there."))
    return deny(_("Only those who work there may ask for dialogue."))


def may_answer(actor: Actor, dialogue: DialogueRequest) -> Decision:
    """Proposing a time or saying no: the one who is asked."""
    if isinstance(actor, User) and dialogue.owner_id == actor.pk and standing(actor).held:
        return allow(_("You are the one who is asked."))
    return deny(_("Only the one who is asked may do this."))


def may_agree(actor: Actor, dialogue: DialogueRequest) -> Decision:
    """Agreeing to the time: the one who asked."""
    if isinstance(actor, User) and dialogue.asked_by_id == actor.pk and standing(actor).held:
        return allow(_("You asked for it."))
    return deny(_("Only the one who asked may do this."))


def may_note(actor: Actor, dialogue: DialogueRequest) -> Decision:
    """Noting what came of it: either of the two."""
    return may_agree(actor, dialogue) or may_answer(actor, dialogue)


def visible_to(actor: Actor) -> QuerySet[DialogueRequest]:
    """The gate: the one who asked and the one who is to answer."""
    if not isinstance(actor, User) or not standing(actor).held:
        return DialogueRequest.objects.none()
    return DialogueRequest.objects.filter(Q(asked_by=actor) | Q(owner=actor))


def invitable(organisation_ids: frozenset[int], members: QuerySet[Membership]) -> QuerySet[User]:
    """The representatives whom management can invite. `members` are the memberships that hold today."""
    held = members.filter(organisation__in=organisation_ids, role__in=INVITED, user__is_active=True)
    return User.objects.filter(pk__in=held.values("user")).order_by("name")
