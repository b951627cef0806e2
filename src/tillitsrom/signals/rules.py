"""Who may see and do what with signals. What a person may not do is always answered with why."""

from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.people.models import Actor, Membership, Role, Unit, User
from tillitsrom.people.rules import standing

from .models import Message, MeToo, Signal

# Those who follow up what the workplace says: they read its open signals, and the confidential ones when these have opened.
FOLLOWERS = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE, Role.COORDINATOR)
# Either side may take a signal to a case between the parties.
RAISERS = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE)
DECIDERS = (Role.MANAGER, Role.REQUIREMENT_OWNER)
WORKPLACE = (
    Role.EMPLOYEE, Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE, Role.REQUIREMENT_OWNER,
    Role.COORDINATOR,
)  # fmt: skip
# Those who answer for a whole organisation where it has no manager of its own, such as a chief executive who owns requirements.
_FOR_ALL = (Role.MANAGER, Role.REQUIREMENT_OWNER, Role.COORDINATOR)
# In the order in which an owner is looked for when nobody leads the unit, its parents or the whole.
_LAST_RESORT = (*_FOR_ALL, Role.SYSTEM_ADMINISTRATOR)


def line(unit: Unit | None) -> list[int | None]:
    """The unit, those it is part of, and None for the organisation as a whole: the way up."""
    above: list[int | None] = []
    while unit is not None and unit.pk not in above:
        above.append(unit.pk)
        unit = unit.parent
    return [*above, None]


def _members(organisation_id: int, on: date) -> list[Membership]:
    rows = Membership.objects.filter(
        organisation=organisation_id, role__in=_LAST_RESORT, user__is_active=True
    ).valid_on(on)
    return list(rows.select_related("user").order_by("pk"))


def handler_for(
    organisation_id: int, unit: Unit | None, *, besides: frozenset[int] = frozenset()
) -> User | None:
    """The nearest manager of the unit, upwards; then others who answer for the organisation; None where nobody is there.

    `besides` are persons who are not to be chosen: the sender's own hands, or one who is leaving.
    """
    members = [m for m in _members(organisation_id, timezone.localdate()) if m.user_id not in besides]
    for place in line(unit):
        for one in _leaders(members, place):
            return one.user
    for role in _LAST_RESORT:
        for one in members:
            if one.role == role:
                return one.user
    return None


def _leaders(members: list[Membership], place: int | None) -> list[Membership]:
    """Who leads the place: its managers; for the whole organisation also those who answer for it in another way."""
    roles = _FOR_ALL if place is None else (Role.MANAGER,)
    return [m for role in roles for m in members if m.role == role and m.unit_id == place]


def next_level(signal: Signal) -> User | None:
    """The nearest leader above the owner; None where the owner is at the top already."""
    return above(signal.organisation_id, signal.unit if not signal.confidential else None, signal.owner)


def above(organisation_id: int, unit: Unit | None, owner: User | None) -> User | None:
    """The nearest who leads above the owner, on the way up from the unit."""
    members = _members(organisation_id, timezone.localdate())
    return next_up([[one.user for one in _leaders(members, place)] for place in line(unit)], owner)


def next_up(places: list[list[User]], owner: User | None) -> User | None:
    """The first one above the owner, where the places are given from the nearest upwards; None where there is none."""
    own = [number for number, there in enumerate(places) if owner in there]
    higher = places[max(own) + 1 :] if own else places
    return next((user for there in higher for user in there if user != owner), None)


def places_to_report_from(actor: Actor) -> frozenset[int]:
    """The organisations where the actor works."""
    return standing(actor).organisations_as(WORKPLACE)


def may_send(actor: Actor, organisation_id: int) -> Decision:
    """An open signal: those who work there. A confidential one can be sent by anybody, for nobody is asked who they are."""
    if organisation_id in places_to_report_from(actor):
        return allow(_("You work there."))
    return deny(
        _(
            "You can only send an open signal where you work. Send it confidentially, or log in as one who works there."
        )
    )


def _leads(actor: Actor, signal: Signal) -> bool:
    """Whether the actor is a manager of the signal's unit, of a unit above it, or of the whole organisation."""
    places = {
        u for o, u, role in standing(actor).held if o == signal.organisation_id and role == Role.MANAGER
    }
    if None in places:
        return True
    # Who leads a unit is not told that a confidential signal came from it before enough have.
    return not signal.confidential and bool(places & set(line(signal.unit)))


def may_handle(actor: Actor, signal: Signal) -> Decision:
    """Assessing, working with and passing on: the owner, and managers of the unit or above it."""
    if signal.opens_on > timezone.localdate():
        return deny(_("Confidential signals open together on Monday."))
    if isinstance(actor, User) and signal.owner_id == actor.pk and standing(actor).held:
        return allow(_("You own this signal."))
    if _leads(actor, signal):
        return allow(_("You lead the workplace that the signal is from."))
    return deny(_("Only the owner of the signal and the managers above may do this."))


def may_raise(actor: Actor, signal: Signal) -> Decision:
    """Taking the signal to a case: either party at the workplace, and those who handle it."""
    decision = may_handle(actor, signal)
    if decision or signal.opens_on > timezone.localdate():
        return decision
    if standing(actor).has_any(RAISERS, signal.organisation_id):
        return allow(_("You speak for a party at the workplace."))
    return deny(
        _(
            "Only managers, union representatives and safety delegates at the workplace may raise it as a case."
        )
    )


def may_answer(actor: Actor, signal: Signal) -> Decision:
    """Those who handle it; the owner of the requirement when it lies there; a manager at the workplace when it is in a case."""
    decision = may_handle(actor, signal)
    if decision or signal.opens_on > timezone.localdate():
        return decision
    held = standing(actor)
    requirement = signal.requirement
    if (
        signal.status == Signal.Status.WITH_OWNER
        and requirement is not None
        and held.has_any(DECIDERS, requirement.imposing_body_id)
    ):
        return allow(_("Your organisation imposes the requirement."))
    if signal.status in (Signal.Status.IN_CASE, Signal.Status.ON_TRIAL) and held.has_any(
        [Role.MANAGER], signal.organisation_id
    ):
        return allow(_("You lead at the workplace that the case is about."))
    return decision


def is_sender(actor: Actor, signal: Signal) -> bool:
    return isinstance(actor, User) and signal.sender_id is not None and signal.sender_id == actor.pk


def may_reopen(actor: Actor, signal: Signal) -> Decision:
    """The sender may say once that the answer was no answer. By the code, where the signal is confidential."""
    if not is_sender(actor, signal):
        return deny(_("Only the one who sent it may open it again."))
    if signal.reopened_once:
        return deny(
            _(
                "It has been opened again once already. Send a new signal, or talk with your union representative."
            )
        )
    return allow(_("You sent it."))


def may_say_me_too(actor: Actor, signal: Signal) -> Decision:
    """Colleagues in the same organisation, on open signals that are not answered."""
    if signal.confidential:
        return deny(_("A confidential signal is not shown to colleagues. Send your own."))
    if signal.organisation_id not in places_to_report_from(actor):
        return deny(_("Only those who work in the same organisation may say «me too»."))
    if is_sender(actor, signal):
        return deny(_("You sent it yourself."))
    if signal.status == Signal.Status.ANSWERED:
        return deny(_("It is answered already. Send a new one if it still takes time."))
    return allow(_("You work in the same organisation."))


def may_talk(actor: Actor, signal: Signal) -> Decision:
    """The talk is between the sender and those who handle the signal."""
    if is_sender(actor, signal):
        return allow(_("You sent it."))
    return may_handle(actor, signal)


def may_see_sender(actor: Actor, signal: Signal) -> bool:
    """Names are for those who handle the signal and for the sender; never in a list."""
    return is_sender(actor, signal) or bool(may_handle(actor, signal))


def _follower(actor: Actor) -> Q:
    held = standing(actor)
    top = {o for o, unit, role in held.held if unit is None and role == Role.MANAGER}
    confidential = held.organisations_as((Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE)) | top
    followed = held.organisations_as(FOLLOWERS)
    # Who may read the confidential ones is always among those who follow up.
    opened = Q(organisation__in=confidential, opens_on__lte=timezone.localdate())
    return Q(organisation__in=followed) & (Q(confidential=False) | opened) if followed else Q()


def followed_by(actor: Actor) -> QuerySet[Signal]:
    """The workplace's signals, for those who follow them up: without one's own part in them."""
    q = _follower(actor)
    return Signal.objects.filter(q) if q else Signal.objects.none()


def visible_to(actor: Actor) -> QuerySet[Signal]:
    """The gate of signals: sender, me-toos, owner, and those who follow up the workplace. The public sees none."""
    if not isinstance(actor, User) or not standing(actor).held:
        return Signal.objects.none()
    mine = Q(sender=actor) | Q(owner=actor, opens_on__lte=timezone.localdate())
    mine |= Q(pk__in=MeToo.objects.filter(person=actor).values("signal"))
    return Signal.objects.filter(mine | _follower(actor))


def alike_visible_to(actor: Actor) -> QuerySet[Signal]:
    """Open signals at one's own workplace: colleagues read the text, never the name, to see that others say the same."""
    return Signal.objects.filter(confidential=False, organisation__in=places_to_report_from(actor))


def messages_visible_to(actor: Actor, signal: Signal) -> QuerySet[Message]:
    """The talk, for the sender and those who handle the signal. What was sent by code opens with its week."""
    if not may_talk(actor, signal):
        return Message.objects.none()
    return signal.messages.filter(opens_on__lte=timezone.localdate()).select_related("author")


def unit_may_be_shown(signal: Signal) -> bool:
    """A confidential signal's unit is shown from so many opened confidential signals from it that none can be picked out."""
    if not signal.confidential:
        return True
    if signal.unit_id is None:
        return False
    rows = Signal.objects.filter(
        organisation=signal.organisation_id,
        unit=signal.unit_id,
        confidential=True,
        opens_on__lte=timezone.localdate(),
    )
    smallest: int = settings.SMALLEST_GROUP
    return rows[:smallest].count() >= smallest
