"""What the actions share: the lock, the texts that are needed, and the notices to the parties."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation import rules
from tillitsrom.cooperation.models import Case
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused, deny
from tillitsrom.notices.actions import send
from tillitsrom.people.models import Membership, Party, Role, User
from tillitsrom.signals.rules import line


def locked(case: Case, version: int | None) -> Case:
    """The row under lock as it stands now; Conflict where somebody else was first. Without a version nothing is compared.

    Every change moves the version, also a new position: who decides must have read what the parties say.
    """
    row = (
        Case.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "raised_by_party", "contested_by")
        .get(pk=case.pk)
    )
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this case since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    row.version += 1
    return row


def needed(**values: str) -> dict[str, str]:
    """The texts without spaces around; ValidationError for those that are empty."""
    found = {name: text.strip() for name, text in values.items()}
    missing = {name: [_("This must be filled in.")] for name, text in found.items() if not text}
    if missing:
        raise ValidationError(missing)
    return found


def own_party(actor: User, case: Case, party: Party | None) -> Party:
    """The party that the actor speaks for: the one chosen, else the only or first one; Refused where it is not theirs."""
    mine = rules.parties_of(actor, case)
    if party is None and mine:
        return mine[0]
    if party is None or party not in mine:
        raise Refused(deny(_("You do not speak for this party in this case today.")))
    return party


def speakers(case: Case, parties: Iterable[int]) -> list[User]:
    """Those who may speak for these parties in the case today, and the safety delegates where they are concerned."""
    wanted = list(parties)
    who = Q(party__in=wanted, role__in=(Role.UNION_REPRESENTATIVE, Role.MANAGER))
    if Party.objects.filter(pk__in=wanted, side=Party.Side.EMPLOYER).exists():
        way = [unit for unit in line(case.unit) if unit is not None]
        place = Q(unit__isnull=True) | Q(unit__in=way)
        who |= place & Q(role=Role.MANAGER, party__isnull=True)
    if case.work_environment:
        who |= Q(role=Role.SAFETY_DELEGATE)
    held = Membership.objects.filter(who, organisation=case.organisation_id)
    held = held.valid_on(timezone.localdate())
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")))


def tell(kind: str, case: Case, *, besides: User | None, data: Mapping[str, str] | None = None) -> None:
    """Tell all who speak for a party that takes part, but not the one who just did it."""
    parties = case.involvements.values_list("party_id", flat=True)
    people = [one for one in speakers(case, parties) if one != besides]
    known = {"case": f"{case.number} {case.question}", **(data or {})}
    send(kind, recipients=people, subject=case, url=reverse("cooperation:case", args=[case.pk]), data=known)


def note(kind: str, case: Case, actor: User | None, **data: Any) -> None:
    """Record the event on the case."""
    events.record(f"case.{kind}", subject=case, actor=actor, data=data)
