"""What the actions share: texts that must be there, who is told, and days as they are written."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core.decisions import Conflict
from tillitsrom.outcomes import house
from tillitsrom.outcomes.models import MOST_TEXT
from tillitsrom.people.models import Membership, Role, User
from tillitsrom.people.rules import standing


def short(text: str) -> str:
    """The first words of a text, for notices."""
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:87].rsplit(" ", 1)[0] + " …"


def needed(values: Mapping[str, Any], needs: Iterable[str]) -> None:
    """ValidationError for what is missing or too long."""
    wrong = {}
    for name in needs:
        value = values.get(name)
        if not (value.strip() if isinstance(value, str) else value):
            wrong[name] = [_("This must be filled in.")]
    for name, value in values.items():
        if isinstance(value, str) and len(value) > MOST_TEXT:
            wrong[name] = [_("Say it shorter.")]
    if wrong:
        raise ValidationError(wrong)


def check_review(day: date | None, field: str = "review_on") -> None:
    """A day to look at it again lies ahead, and not so far that it is forgotten."""
    if day is None:
        return
    today = timezone.localdate()
    most = house.rules().longest_review_days
    if day <= today:
        raise ValidationError({field: [_("Choose a day that has not been yet.")]})
    if (day - today).days > most:
        raise ValidationError(
            {field: [_("Choose an earlier day: at most %(days)s days ahead.") % {"days": most}]}
        )


def changed_meanwhile() -> Conflict:
    return Conflict(
        _(
            "Somebody else has changed this since you opened the page. Nothing of yours was saved; read it again."
        )
    )


def people_in(organisation_id: int, roles: Iterable[str]) -> list[User]:
    """Those who hold one of the roles in the organisation today."""
    held = Membership.objects.filter(organisation=organisation_id, role__in=list(roles), user__is_active=True)
    return list(User.objects.filter(pk__in=held.valid_on(timezone.localdate()).values("user")))


def role_in(actor: User, organisation_id: int, roles: Iterable[str]) -> str:
    """The role that the actor acts in, the first of those that they hold there; empty where none is."""
    return next((role for role in roles if standing(actor).has_any([role], organisation_id)), "")


DECIDING_ROLES = (
    Role.REQUIREMENT_OWNER, Role.MANAGER, Role.UNION_REPRESENTATIVE, Role.SAFETY_DELEGATE, Role.COORDINATOR, Role.EMPLOYEE,
)  # fmt: skip
