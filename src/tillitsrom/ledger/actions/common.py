"""What the actions share: locks, texts that must be there, and who is told."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core.decisions import Conflict
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.models import MOST_TEXT, Entry
from tillitsrom.ledger.rules import KEEPERS, SIDES
from tillitsrom.notices.actions import send
from tillitsrom.outcomes.actions.common import people_in
from tillitsrom.people.models import Organisation, Party, User
from tillitsrom.rulesets.rules import speaks_for

# More hours than this a year is a typing mistake.
MOST_HOURS = 100_000_000.0


def hold(organisation_id: int) -> Organisation:
    """Lock the organisation, so that what hangs together in its ledger is reckoned by one at a time."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def locked(entry: Entry, version: int | None) -> Entry:
    """The entry as it stands now, under lock behind its organisation; Conflict where the reader saw another version."""
    hold(entry.organisation_id)
    row = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("organisation", "decision")
        .get(pk=entry.pk)
    )
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this entry since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    return row


def words(text: str, field: str = "reason") -> str:
    """A text that must say something, and not too long."""
    said = text.strip()
    if not said:
        raise ValidationError({field: [_("This must be filled in.")]})
    if len(said) > MOST_TEXT:
        raise ValidationError({field: [_("Say it shorter.")]})
    return said


def sensible(hours: Range) -> Range:
    if not 0 <= hours.low <= MOST_HOURS:
        raise ValidationError({"low": [_("Write hours a year, from 0 upwards.")]})
    if not hours.low <= hours.high <= MOST_HOURS:
        raise ValidationError({"high": [_("The most cannot be less than the least.")]})
    return hours


def keepers(organisation_id: int) -> list[User]:
    return people_in(organisation_id, KEEPERS)


def speakers(organisation_id: int) -> list[User]:
    """Those who may sign for a party today."""
    today = timezone.localdate()
    parties = list(Party.objects.filter(organisation=organisation_id))
    return [
        person
        for person in people_in(organisation_id, SIDES)
        if any(speaks_for(person, party, today) for party in parties)
    ]


def tell(kind: str, entry: Entry, people: Iterable[User], **data: Any) -> None:
    url = reverse("ledger:entry", args=[entry.pk])
    send(kind, recipients=people, subject=entry, url=url, data={"title": entry.title, **data})
