"""What the actions share: the lock, who is told, texts that must be there, and days as they are written."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.controls import house
from tillitsrom.controls.models import MOST_TEXT, ControlMeasure
from tillitsrom.controls.rules import EMPLOYER, PARTIES
from tillitsrom.core.decisions import Conflict
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.people.models import Membership, User
from tillitsrom.signals.rules import line


def locked(pk: int, version: int | None = None) -> ControlMeasure:
    """The measure under lock; Conflict where somebody else was first. A new version begins."""
    rows = ControlMeasure.objects.select_for_update(of=("self",)).select_related(
        "organisation", "unit", "case"
    )
    row = rows.get(pk=pk)
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    row.version += 1
    return row


def parties_of(measure: ControlMeasure) -> list[User]:
    """Both sides at the workplace today; of the managers those of the unit and above it."""
    held = Membership.objects.filter(
        organisation=measure.organisation_id, role__in=PARTIES, user__is_active=True
    ).valid_on(timezone.localdate())
    way = [unit for unit in line(measure.unit) if unit is not None]
    held = held.filter(~Q(role__in=EMPLOYER) | Q(unit__isnull=True) | Q(unit__in=way))
    return list(User.objects.filter(pk__in=held.values("user")))


def tell(measure: ControlMeasure, kind: str, besides: User | None, **data: str) -> None:
    send_notice(
        kind, recipients=[one for one in parties_of(measure) if one != besides], subject=measure,
        url=measure.get_absolute_url(), data={"what": measure.title, **data},
    )  # fmt: skip


def needed(values: Mapping[str, Any], needs: Iterable[str]) -> None:
    """ValidationError for what is missing or too long."""
    wrong = {}
    for name in needs:
        value = values.get(name)
        if not (value.strip() if isinstance(value, str) else value):
            wrong[name] = [_("This must be filled in.")]
        elif isinstance(value, str) and len(value) > MOST_TEXT:
            wrong[name] = [_("Say it shorter.")]
    if wrong:
        raise ValidationError(wrong)


def check_evaluation_day(day: date | None) -> None:
    """The next evaluation lies ahead, and not so far that it is forgotten."""
    if day is None:
        return
    today, most = timezone.localdate(), house.rules().longest_evaluation_days
    if day <= today:
        raise ValidationError({"next_evaluation": [_("Choose a day that has not been yet.")]})
    if (day - today).days > most:
        text = _("Choose an earlier day: at most %(days)s days ahead.") % {"days": most}
        raise ValidationError({"next_evaluation": [text]})
