"""Who is what, today, and who may keep the list of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillitsrom.core.decisions import Decision, allow, deny

from .models import Actor, Membership, Organisation, Role, Unit, User


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is today: (organisation id, unit id or None, role) for each membership that holds."""

    held: frozenset[tuple[int, int | None, str]]

    @property
    def organisations(self) -> frozenset[int]:
        """The organisations that the person belongs to. Administering accounts gives no access to content."""
        return frozenset(o for o, _unit, role in self.held if role != Role.SYSTEM_ADMINISTRATOR)

    def has_any(self, roles: Iterable[str], organisation_id: int | None) -> bool:
        wanted = frozenset(roles)
        return any(o == organisation_id and role in wanted for o, _unit, role in self.held)

    def organisations_as(self, roles: Iterable[str]) -> frozenset[int]:
        wanted = frozenset(roles)
        return frozenset(o for o, _unit, role in self.held if role in wanted)


_NOBODY = Standing(frozenset())

LAST_ADMINISTRATOR = _(
    "This is the only system administrator. Make somebody else system administrator first."
)


def standing(actor: Actor) -> Standing:
    """The actor's memberships today, asked for once per request and person."""
    if not isinstance(actor, User):
        return _NOBODY
    today = timezone.localdate()
    cached: tuple[object, Standing] | None = actor.__dict__.get("_standing")
    if cached is not None and cached[0] == today:
        return cached[1]
    rows = (
        Membership.objects.filter(user=actor)
        .valid_on(today)
        .values_list("organisation_id", "unit_id", "role")
    )
    found = Standing(frozenset(rows)) if actor.is_active else _NOBODY
    actor.__dict__["_standing"] = (today, found)
    return found


def is_administrator(actor: Actor) -> bool:
    return bool(standing(actor).organisations_as([Role.SYSTEM_ADMINISTRATOR]))


def may_administer(actor: Actor, _obj: object = None) -> Decision:
    """Keeping organisations, units, persons and roles."""
    if is_administrator(actor):
        return allow(_("You are a system administrator."))
    return deny(_("Only a system administrator may do this. Ask yours to do it for you."))


def may_see_person(actor: Actor, person: User) -> Decision:
    if actor == person:
        return allow(_("This is you."))
    return may_administer(actor)


def administrators() -> QuerySet[User]:
    """Those who keep the system today and still will tomorrow."""
    today = timezone.localdate()
    lasting = (
        Membership.objects.filter(role=Role.SYSTEM_ADMINISTRATOR)
        .valid_on(today)
        .valid_on(today + timedelta(days=1))
    )
    return User.objects.filter(is_active=True, pk__in=lasting.values("user"))


def may_close(actor: Actor, person: User) -> Decision:
    """Closing an account, ending the role that makes an administrator, or erasing: somebody must be left to let people in."""
    decision = may_see_person(actor, person)
    if not decision:
        return decision
    left = set(administrators().values_list("pk", flat=True))
    if left == {person.pk}:
        return deny(LAST_ADMINISTRATOR)
    return decision


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Organisations are public bodies: everyone may see that they exist."""
    return Organisation.objects.all()


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """The units of public bodies are public too."""
    return Unit.objects.all()


def people_visible_to(actor: Actor) -> QuerySet[User]:
    """A person sees themself; a system administrator sees all accounts; the public sees nobody."""
    if isinstance(actor, AnonymousUser):
        return User.objects.none()
    if is_administrator(actor):
        return User.objects.all()
    return User.objects.filter(pk=actor.pk)


def with_those_below(units: set[int]) -> set[int]:
    """The units and all that are part of them, by their keys."""
    found: set[int] = set()
    while units:
        found |= units
        units = set(Unit.objects.filter(parent__in=units).values_list("pk", flat=True)) - found
    return found


def outline(organisation: Organisation) -> list[tuple[Unit, int]]:
    """The units of an organisation as a tree read from the top, by name: each with how deep it lies."""
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.filter(organisation=organisation).order_by("name"):
        below.setdefault(unit.parent_id, []).append(unit)
    found: list[tuple[Unit, int]] = []
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        found.append((unit, depth))
        for child in below.get(unit.pk, []):
            child.parent = unit
        waiting += [(child, depth + 1) for child in reversed(below.get(unit.pk, []))]
    return found
