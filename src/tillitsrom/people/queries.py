"""Reads for the pages of this slice."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.models import Event

from .models import Level, Membership, Organisation, User

# What slices above keep about a person: each adds its part, by name, for the file that the person can download.
PARTS: dict[str, Callable[[User], Any]] = {}


def part_of_own_data(name: str) -> Callable[[Callable[[User], Any]], Callable[[User], Any]]:
    """Register what a slice keeps about a person; the answer must be plain data. A decorator."""

    def add(part: Callable[[User], Any]) -> Callable[[User], Any]:
        if name in PARTS:
            raise ValueError(f"the part {name!r} of a person's own data is registered twice")
        PARTS[name] = part
        return part

    return add


def memberships_of(person: User) -> QuerySet[Membership]:
    """The person's roles, present, past and to come, newest first."""
    return person.memberships.select_related("organisation", "unit", "party").order_by("-valid_from", "-pk")


def organisations_by_level(
    rows: QuerySet[Organisation], words: str = ""
) -> list[tuple[str, list[Organisation]]]:
    """Organisations with the name or number that was searched for, grouped by level, from the ministries down."""
    if words:
        rows = rows.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(number=words.replace(" ", ""))
        )
    by_level: dict[str, list[Organisation]] = {}
    for row in rows.select_related("superior").order_by("name"):
        by_level.setdefault(row.level, []).append(row)
    return [(str(level.label), by_level[level]) for level in Level if level in by_level]


def people_matching(rows: QuerySet[User], words: str) -> QuerySet[User]:
    """People by name or e-mail address, with their roles at hand for the list."""
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return rows.prefetch_related("memberships__organisation", "memberships__unit").order_by("name", "pk")


def data_about(person: User) -> dict[str, Any]:
    """Everything that is kept about a person, for the person: the right of access in the General Data Protection Regulation."""
    return {
        "account": {
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "active": person.is_active,
            "since": person.date_joined,
            "last_log_in": person.last_login,
        },
        "roles": [
            {
                "role": m.get_role_display(),
                "organisation": m.organisation.name,
                "unit": m.unit.name if m.unit else None,
                "party": m.party.name if m.party else None,
                "from": m.valid_from,
                "to_and_including": m.valid_to,
            }
            for m in memberships_of(person)
        ],
        "api_keys": [
            {"name": t.name, "scope": t.scope, "created_on": t.created_on, "expires_on": t.expires_on}
            for t in person.api_tokens.all()
        ],
        "what_i_did": [
            {"at": e.at, "what": events.sentence(e), "about": f"{e.subject_type} {e.subject_id}"}
            for e in Event.objects.filter(actor=person).order_by("at", "pk")
        ],
        "what_happened_to_my_account": [
            {"at": e.at, "what": events.sentence(e)} for e in events.history(person)
        ],
        **{name: part(person) for name, part in PARTS.items()},
    }


def memberships_in(organisation: Organisation) -> QuerySet[Membership]:
    """Who holds which role in the organisation now or later, by role and name."""
    today = timezone.localdate()
    return (
        organisation.memberships.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        .select_related("user", "unit", "party")
        .order_by("role", "user__name", "pk")
    )
