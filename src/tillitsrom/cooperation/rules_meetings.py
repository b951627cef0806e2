"""Who may do what with bodies, meetings, minutes and informal contacts: one sentence-named function per right, and the gates."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.people.models import Actor, Organisation, Party, Role, Unit, User
from tillitsrom.people.rules import standing
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import Minutes as MinutesNeeded

from . import rules
from .minutes_text import digest_of
from .models import Body, Contact, Meeting, Minutes, Seat

FOLLOWERS = rules.FOLLOWERS
# What colleagues see of meetings: those that were called, and what became of them.
SHOWN = (Meeting.Status.CALLED, Meeting.Status.HELD, Meeting.Status.CANCELLED)


def _coordinates(actor: Actor, organisation_id: int) -> bool:
    return standing(actor).has_any([Role.COORDINATOR], organisation_id)


# --- bodies --------------------------------------------------------------------------------------------------------


def may_keep_bodies(actor: Actor, organisation: Organisation) -> Decision:
    """Setting up bodies and filling seats: those who speak for a party in the organisation, and its coordinator."""
    if _coordinates(actor, organisation.pk):
        return allow(_("You coordinate the cooperation in this organisation."))
    if rules.parties_spoken_for(actor, organisation):
        return allow(_("You speak for a party in this organisation."))
    return deny(_("Only those who speak for a party in the organisation, and its coordinator, may do this."))


def may_keep_body(actor: Actor, body: Body) -> Decision:
    """Changing a body: those who speak for a party where it works, and the coordinator."""
    if body.unit is not None and rules.parties_spoken_for(actor, body.organisation_id, body.unit):
        return allow(_("You speak for a party where the body works."))
    return may_keep_bodies(actor, body.organisation)


def bodies_visible_to(actor: Actor) -> QuerySet[Body]:
    """The bodies of the organisations that the person belongs to, and those where the person has a seat."""
    if not isinstance(actor, User):
        return Body.objects.none()
    mine = Seat.objects.filter(person=actor).values("body")
    return Body.objects.filter(Q(organisation__in=standing(actor).organisations) | Q(pk__in=mine))


# --- meetings ------------------------------------------------------------------------------------------------------


def _parties(actor: Actor, meeting: Meeting) -> list[Party]:
    return rules.parties_spoken_for(actor, meeting.organisation_id, meeting.place_of_work)


def may_plan_in(actor: Actor, organisation: Organisation, unit: Unit | None = None) -> Decision:
    """Planning a meeting: either side, and the coordinator."""
    if _coordinates(actor, organisation.pk):
        return allow(_("You coordinate the cooperation in this organisation."))
    if rules.parties_spoken_for(actor, organisation, unit):
        return allow(_("You speak for a party in this organisation."))
    return deny(_("Only those who speak for a party in the organisation, and its coordinator, may do this."))


def may_plan(actor: Actor, meeting: Meeting) -> Decision:
    """Changing a planned meeting, its agenda and who came: either side, and the coordinator."""
    return may_plan_in(actor, meeting.organisation, meeting.place_of_work)


def may_call(actor: Actor, meeting: Meeting) -> Decision:
    """Calling, moving or cancelling a meeting: the employer, or the coordinator."""
    if _coordinates(actor, meeting.organisation_id):
        return allow(_("You coordinate the cooperation in this organisation."))
    if any(party.side == Party.Side.EMPLOYER for party in _parties(actor, meeting)):
        return allow(_("You speak for the employer, who calls the meetings."))
    return deny(_("The employer calls the meetings. Ask for one, and plan it here."))


def attendance_stands(meeting: Meeting) -> bool:
    """Whether who came stands still, because minutes of the meeting have been sent."""
    return meeting.minutes.exclude(status=Minutes.Status.DRAFTED).exists()


def may_hold(actor: Actor, meeting: Meeting) -> Decision:
    """Noting that a meeting was held, on its day or later: either side, and the coordinator."""
    if meeting.on > timezone.localdate():
        return deny(_("The day of the meeting has not come yet."))
    return may_plan(actor, meeting)


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """The gate: the parties see all in their organisation, seat holders their body's, colleagues those that were called."""
    if not isinstance(actor, User):
        return Meeting.objects.none()
    held = standing(actor)
    seated = Seat.objects.filter(person=actor).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    )
    mine = Q(organisation__in=held.organisations_as(FOLLOWERS)) | Q(body__in=seated.values("body"))
    return Meeting.objects.filter(mine | Q(organisation__in=held.organisations, status__in=SHOWN))


# --- minutes -------------------------------------------------------------------------------------------------------


def needed_for(minutes: Minutes) -> MinutesNeeded:
    """What the agreement says about minutes of a case of this form."""
    case = minutes.case
    return agreements.minutes_needed(agreements.rule_set(case.rule_set), case.form)


def may_start_minutes(actor: Actor, meeting: Meeting) -> Decision:
    """Beginning to write minutes: either side, and the coordinator, from the day the meeting is called."""
    if meeting.status not in (Meeting.Status.CALLED, Meeting.Status.HELD):
        return deny(_("Minutes are written of meetings that were called."))
    return may_plan(actor, meeting)


def may_write(actor: Actor, minutes: Minutes) -> Decision:
    """Writing in the common text while it is a draft: those who speak for a party in the case, and the coordinator."""
    return rules.may_edit(actor, minutes.case)


def may_write_view(actor: Actor, minutes: Minutes, party: Party) -> Decision:
    """Writing a party's view: only whoever speaks for that party today."""
    if party in rules.parties_of(actor, minutes.case):
        return allow(_("You speak for this party in the case."))
    return deny(_("Only the party itself writes its view."))


def may_write_some_view(actor: Actor, minutes: Minutes) -> Decision:
    """Writing one's own party's view: those who speak for a party in the case."""
    if rules.parties_of(actor, minutes.case):
        return allow(_("You speak for a party in this case."))
    return deny(_("Only those who speak for a party in this case may do this."))


def may_send(actor: Actor, minutes: Minutes) -> Decision:
    """Sending minutes for approval after the meeting: the employer, or either side where both write; and the coordinator."""
    if minutes.meeting.status != Meeting.Status.HELD:
        return deny(_("Note that the meeting was held first."))
    if _coordinates(actor, minutes.case.organisation_id):
        return allow(_("You coordinate the cooperation in this organisation."))
    sides = rules.sides_of(actor, minutes.case)
    if Party.Side.EMPLOYER in sides or (sides and needed_for(minutes).written_by != "employer"):
        return allow(_("Your side writes the minutes."))
    if sides:
        return deny(_("The employer writes these minutes and sends them. Your view stands in them."))
    return deny(_("Only those who speak for a party in this case may do this."))


def parties_that_wait(minutes: Minutes) -> list[Party]:
    """The parties that are asked and have not approved the text that was sent, in one order for all."""
    done = {one.party_id for one in minutes.approvals.all() if one.approved and one.digest == digest(minutes)}
    return [one for one in minutes.asked.order_by("side", "name") if one.pk not in done]


def digest(minutes: Minutes) -> str:
    """SHA-256 of exactly the text that was sent, in UTF-8."""
    return digest_of(minutes.sealed)


def parties_to_sign_for(actor: Actor, minutes: Minutes, on: date | None = None) -> list[Party]:
    """The parties that wait and that the person may speak for on the day, today where none is given."""
    case = minutes.case
    mine = rules.parties_spoken_for(actor, case.organisation_id, case.unit, on)
    return [one for one in parties_that_wait(minutes) if one in mine]


def may_approve(actor: Actor, minutes: Minutes) -> Decision:
    """Approving or signing: whoever may speak today for a party that is asked and has not answered."""
    if parties_to_sign_for(actor, minutes):
        return allow(_("You may answer for a party today."))
    if isinstance(actor, User) and rules.parties_of(actor, minutes.case):
        return deny(_("Your party has approved, or was not at the meeting."))
    return deny(_("Only the party's own representative may approve for it."))


def may_object(actor: Actor, minutes: Minutes) -> Decision:
    """Asking for a change: whoever may speak today for a party that is asked."""
    mine = rules.parties_of(actor, minutes.case)
    if any(one in mine for one in minutes.asked.all()):
        return allow(_("Your party is asked to approve the minutes."))
    return deny(_("Only a party that is asked to approve the minutes may ask for a change."))


def minutes_visible_to(actor: Actor) -> QuerySet[Minutes]:
    """The gate: the parties see all in their organisation; others what is approved of cases that they may see."""
    approved = Q(status=Minutes.Status.APPROVED, case__in=rules.visible_to(actor).values("pk"))
    mine = Q(case__organisation__in=standing(actor).organisations_as(FOLLOWERS))
    return Minutes.objects.filter(approved | mine)


# --- informal contacts ---------------------------------------------------------------------------------------------


def may_log(actor: Actor, organisation: Organisation | int) -> Decision:
    """Logging an informal talk: those who speak for a party, safety delegates and the coordinator."""
    key = organisation if isinstance(organisation, int) else organisation.pk
    if standing(actor).has_any(FOLLOWERS, key):
        return allow(_("You take part in the cooperation in this organisation."))
    return deny(_("Only those who take part in the cooperation in the organisation may do this."))


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """The gate: informal talks are seen by those who take part in the cooperation in the organisation."""
    return Contact.objects.filter(organisation__in=standing(actor).organisations_as(FOLLOWERS))


def may_use_kit(actor: Actor, organisation_id: int) -> Decision:
    """The sheet for the meeting: those who take part in the cooperation in the organisation."""
    return may_log(actor, organisation_id)
