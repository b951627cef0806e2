"""Who may do what with the ledger: one sentence-named function per right, and the gates."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.people.models import Actor, Membership, Party, Role, User
from tillitsrom.people.rules import standing
from tillitsrom.register import rules as register
from tillitsrom.rulesets.rules import speaks_for

from . import front_line
from .models import AfterMeasure, Entry

# Both sides keep the ledger of their workplace, with those who follow requirements up there.
KEEPERS = (Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.COORDINATOR, Role.REQUIREMENT_OWNER)
SIDES = (Role.MANAGER, Role.UNION_REPRESENTATIVE)
# Those who see that something waits, without keeping it.
FOLLOWERS = (*KEEPERS, Role.SAFETY_DELEGATE, Role.ELECTED)


def may_keep(actor: Actor, entry: Entry) -> Decision:
    """Saying what it took before, what the time goes to and what overlaps: both sides, coordinators and owners of requirements."""
    if standing(actor).has_any(KEEPERS, entry.organisation_id):
        return allow(_("You keep the ledger of your organisation."))
    return deny(
        _(
            "Only managers, union representatives, coordinators and owners of requirements in the organisation may do this."
        )
    )


def may_withdraw(actor: Actor, entry: Entry) -> Decision:
    """Withdrawing an entry, with a reason that stays public: a manager or a union representative."""
    if standing(actor).has_any(SIDES, entry.organisation_id):
        return allow(_("You are one of the parties in this organisation."))
    return deny(_("Only the parties may do this: managers and union representatives in the organisation."))


def _last_measure(entry: Entry) -> AfterMeasure | None:
    return entry.measures.order_by("-opens_on", "-pk").first()


def may_go_on_without(actor: Actor, entry: Entry) -> Decision:
    """Asking again, or saying an estimate instead: those who keep it, when too few answered."""
    decision = may_keep(actor, entry)
    if not decision:
        return decision
    last = _last_measure(entry)
    if last is None or last.status in (AfterMeasure.Status.TOO_FEW, AfterMeasure.Status.HELD_BACK):
        return decision
    return deny(_("The front line is asked first. This is possible when the question has closed."))


def parties_spoken_for(actor: Actor, entry: Entry, on: date | None = None) -> list[Party]:
    """The parties in the entry's organisation that the actor may sign for on the day, today where it is left out."""
    if not isinstance(actor, User) or not actor.is_active:
        return []
    if not standing(actor).has_any(SIDES, entry.organisation_id):
        return []
    day = on or timezone.localdate()
    parties = Party.objects.filter(organisation=entry.organisation_id).order_by("side", "name")
    return [party for party in parties if speaks_for(actor, party, day)]


def may_speak(actor: Actor, entry: Entry) -> Decision:
    """Disputing, and settling a dispute: whoever may sign for a party today."""
    if parties_spoken_for(actor, entry):
        return allow(_("You speak for a party in this organisation."))
    return deny(_("Only those who may sign for a party in the organisation today may do this."))


def may_confirm(actor: Actor, entry: Entry) -> Decision:
    """Confirming: whoever may sign for a party whose side has not confirmed yet."""
    decision = may_speak(actor, entry)
    if decision and not confirmable(actor, entry):
        return deny(_("Your side has confirmed it already. It waits for the other side."))
    return decision


def confirmable(actor: Actor, entry: Entry) -> list[Party]:
    """The parties that the actor may confirm for now."""
    done = entry.confirmed_sides
    return [party for party in parties_spoken_for(actor, entry) if party.side not in done]


def may_answer(actor: Actor, measure: AfterMeasure) -> Decision:
    """Answering the question: those of the front line who are asked, while it is open, once."""
    if not isinstance(actor, User) or not front_line.is_asked(actor, measure):
        return deny(_("This is asked of those who do the work at the workplace that it is about."))
    if not measure.is_open(timezone.localdate()):
        return deny(_("The question is not open now."))
    if front_line.code_of(measure, actor) in measure.spent:
        return deny(_("You have answered. Thank you."))
    return allow(_("You do this work."))


def visible_to(actor: Actor) -> QuerySet[Entry]:
    """The gate: the ledger is public, but for entries about a requirement that is exempt from openness.

    Those stand there for whoever may see the requirement. An entry names no person, and no words of a signal.
    """
    return Entry.objects.filter(Q(requirement__isnull=True) | Q(requirement__in=register.visible_to(actor)))


def measures_visible_to(actor: Actor) -> QuerySet[AfterMeasure]:
    """The gate of the question: those of the organisation's people who are asked."""
    if not isinstance(actor, User) or not actor.is_active:
        return AfterMeasure.objects.none()
    places = Membership.objects.filter(user=actor, role=front_line.ASKED).valid_on(timezone.localdate())
    return AfterMeasure.objects.filter(entry__organisation__in=places.values("organisation"))
