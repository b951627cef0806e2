"""Who may ask another party for input, answer, and go through the answer. A call is for its two parties and nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny
from tillitsrom.people.models import Actor, Membership, Organisation, Party, Role, Unit, User
from tillitsrom.people.rules import standing, with_those_below

from .models_calls import InputCall, Statement
from .rules import above, handler_for, line, may_send, next_up

S = Statement.Status


@dataclass(frozen=True, slots=True)
class Voice:
    """A party as it asks or is asked: a union where `party` is set, else whoever leads the unit, or the whole."""

    organisation: int
    unit: int | None = None
    party: int | None = None

    @property
    def side(self) -> Party.Side:
        return Party.Side.EMPLOYER if self.party is None else Party.Side.EMPLOYEES

    def is_same_as(self, other: "Voice") -> bool:
        """Whether both are one party: the same union, or leaders in the same body."""
        return self.organisation == other.organisation and self.party == other.party


def voices(actor: Actor) -> frozenset[Voice]:
    """For whom the actor speaks today, asked for once: what they lead, and their union where they represent one."""
    held = standing(actor)
    known: tuple[object, frozenset[Voice]] | None = actor.__dict__.get("_voices")
    if known is not None and known[0] is held:
        return known[1]
    found = {Voice(place, unit) for place, unit, role in held.held if role == Role.MANAGER}
    if isinstance(actor, User) and held.organisations_as([Role.UNION_REPRESENTATIVE]):
        rows = Membership.objects.filter(user=actor, role=Role.UNION_REPRESENTATIVE, party__isnull=False)
        pairs = rows.valid_on(timezone.localdate()).values_list("organisation", "party")
        found |= {Voice(place, None, party) for place, party in pairs}
    answer = frozenset(found)
    actor.__dict__["_voices"] = (held, answer)
    return answer


def _speaks_for(actor: Actor, organisation_id: int, unit: Unit | None, party_id: int | None) -> bool:
    """Whether the actor speaks for the party: its union, or leads the unit or something above it."""
    way = line(unit)
    return any(
        one.organisation == organisation_id
        and (one.party == party_id if party_id is not None else one.party is None and one.unit in way)
        for one in voices(actor)
    )


def asks(actor: Actor, call: InputCall) -> bool:
    """Whether the actor speaks for those who ask."""
    return _speaks_for(actor, call.organisation_id, call.unit, call.party_id)


def answers(actor: Actor, call: InputCall) -> bool:
    """Whether the actor speaks for those who are asked, or was given the call to see to."""
    if isinstance(actor, User) and call.owner_id == actor.pk:
        return call.asked_organisation_id in standing(actor).organisations
    return _speaks_for(actor, call.asked_organisation_id, call.asked_unit, call.asked_party_id)


def may_ask_for(actor: Actor, voice: Voice) -> Decision:
    """Asking: managers for what they lead, and union representatives for their union."""
    if voice in voices(actor):
        return allow(_("You speak for this party."))
    return deny(_("Only managers and union representatives ask another party for input."))


def may_ask_somewhere(actor: Actor) -> Decision:
    if voices(actor):
        return allow(_("You speak for a party at your workplace."))
    return deny(_("Only managers and union representatives ask another party for input."))


def may_be_asked(asking: Voice, asked: Voice) -> Decision:
    """Another party: the other side, another union, or the management of another body."""
    if asking.is_same_as(asked):
        return deny(_("Choose another party than your own."))
    if asked.organisation not in within_reach([asking.organisation]):
        return deny(_("Ask a party in your own body, in the one above it, or in those below it."))
    return allow(_("This is another party."))


def within_reach(organisation_ids: Iterable[int]) -> set[int]:
    """The bodies whose parties can be asked: one's own, the one that steers it, and those that it steers."""
    own = set(organisation_ids)
    near = Organisation.objects.filter(Q(pk__in=own) | Q(superior__in=own) | Q(subordinates__in=own))
    return set(near.values_list("pk", flat=True))


def owner_for(voice: Voice, unit: Unit | None, *, besides: frozenset[int]) -> User | None:
    """Who is to see that an answer comes: the nearest manager upwards, or the union's representative nearest to the unit."""
    if voice.party is None:
        return handler_for(voice.organisation, unit, besides=besides)
    there = [one for one in _representatives(voice) if one.user_id not in besides]
    near = line(unit)
    there.sort(key=lambda one: near.index(one.unit_id) if one.unit_id in near else len(near))
    return there[0].user if there else None


def _representatives(voice: Voice) -> list[Membership]:
    """Those who speak for the union today."""
    rows = Membership.objects.filter(
        organisation=voice.organisation, party=voice.party, role=Role.UNION_REPRESENTATIVE, user__is_active=True
    )  # fmt: skip
    return list(rows.valid_on(timezone.localdate()).select_related("user").order_by("pk"))


def next_level(call: InputCall) -> User | None:
    """Who gets a call that was not answered in time; None where the owner is at the top already."""
    if call.asked_party_id is None:
        return above(call.asked_organisation_id, call.asked_unit, call.owner)
    there = _representatives(Voice(call.asked_organisation_id, None, call.asked_party_id))
    way = line(call.asked_unit)
    return next_up([[one.user for one in there if one.unit_id == place] for place in way], call.owner)


_NOT_ASKED = _("Only those who are asked may do this.")
_NOT_ASKING = _("Only those who asked may do this.")


def may_write(actor: Actor, call: InputCall) -> Decision:
    """Writing problem statements: those who are asked, while the call waits and has room."""
    if not answers(actor, call):
        return deny(_NOT_ASKED)
    if call.status != InputCall.Status.OPEN:
        return deny(_("The call no longer waits for an answer."))
    if call.statements.count() >= call.most:
        return deny(_("As many as were asked for are written. Change or remove one first."))
    return allow(_("You speak for those who are asked."))


def may_deliver(actor: Actor, call: InputCall) -> Decision:
    """Giving the answer: those who are asked, when enough statements are written."""
    if not answers(actor, call):
        return deny(_NOT_ASKED)
    if call.statements.count() < call.fewest:
        return deny(_("Fewer are written than were asked for. Write more, or say why there are fewer."))
    return allow(_("You speak for those who are asked."))


def may_deliver_fewer(actor: Actor, call: InputCall) -> Decision:
    """Answering with fewer than were asked for, or none, with a reason: those who are asked."""
    if not answers(actor, call):
        return deny(_NOT_ASKED)
    if call.statements.count() >= call.fewest:
        return deny(_("Enough are written. Give the answer."))
    return allow(_("You speak for those who are asked."))


def may_lead(actor: Actor, call: InputCall) -> Decision:
    """Giving more time or withdrawing the call: those who asked."""
    return allow(_("You speak for those who asked.")) if asks(actor, call) else deny(_NOT_ASKING)


def may_lapse(actor: Actor, call: InputCall) -> Decision:
    """Noting that no answer came: those who asked, after the due day."""
    decision = may_lead(actor, call)
    if decision and call.due_on >= timezone.localdate():
        return deny(_("The day has not passed yet."))
    return decision


def may_close(actor: Actor, call: InputCall) -> Decision:
    """Closing: those who asked, when every statement has its answer."""
    decision = may_lead(actor, call)
    if decision and call.statements.exclude(status=S.ANSWERED).exists():
        return deny(_("Each statement must have its answer first."))
    return decision


def may_change(actor: Actor, statement: Statement) -> Decision:
    """Changing or removing a draft: those who are asked, while the call waits."""
    if not answers(actor, statement.call):
        return deny(_NOT_ASKED)
    if statement.call.status != InputCall.Status.OPEN:
        return deny(_("The call no longer waits for an answer."))
    return allow(_("You speak for those who are asked."))


def may_treat(actor: Actor, statement: Statement) -> Decision:
    """Answering a statement or linking it to a case: those who asked."""
    return may_lead(actor, statement.call)


def may_take_up(actor: Actor, statement: Statement) -> Decision:
    """Making a signal of a statement: those who asked, as long as its author still works there and can get the answer."""
    decision = may_treat(actor, statement)
    if decision and (
        statement.author is None or not may_send(statement.author, statement.call.asked_organisation_id)
    ):
        return deny(
            _("Whoever wrote it no longer works there, so nobody would get the answer to the signal.")
        )
    return decision


def visible_to(actor: Actor) -> QuerySet[InputCall]:
    """The gate of calls: those who speak for either of the two parties, and the one who was given it to see to."""
    if not isinstance(actor, User) or not standing(actor).held:
        return InputCall.objects.none()
    seen = Q(owner=actor, asked_organisation__in=standing(actor).organisations)
    for prefix in ("", "asked_"):
        for one in voices(actor):
            q = Q(**{f"{prefix}organisation": one.organisation, f"{prefix}party": one.party})
            if one.party is None and one.unit is not None:
                q &= Q(**{f"{prefix}unit__in": with_those_below({one.unit})})
            seen |= q
    return InputCall.objects.filter(seen)


def statements_visible_to(actor: Actor, call: InputCall) -> QuerySet[Statement]:
    """The statements of a call that the actor sees: drafts are for those who write them, until the answer is given."""
    if answers(actor, call):
        return call.statements.all()
    return call.statements.exclude(status=S.DRAFT) if asks(actor, call) else call.statements.none()


def addressees(organisation_ids: Iterable[int]) -> list[tuple[Organisation, list[Voice]]]:
    """Whom one can ask, body by body: who leads it and its units, and its unions."""
    found = []
    for body in Organisation.objects.filter(pk__in=within_reach(organisation_ids)).order_by("name"):
        unions = body.parties.filter(side=Party.Side.EMPLOYEES).order_by("name")
        units = body.units.order_by("name")
        there = [Voice(body.pk), *(Voice(body.pk, unit.pk) for unit in units)]
        found.append((body, [*(Voice(body.pk, None, one.pk) for one in unions), *there]))
    return found
