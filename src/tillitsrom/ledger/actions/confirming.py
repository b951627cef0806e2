"""What the parties say of an entry: two sides confirm, or each says in its own words what is wrong."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.burden import minutes_of
from tillitsrom.core.decisions import deny, require
from tillitsrom.ledger import netting, rules
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.lifecycle import ENTRY
from tillitsrom.ledger.models import Entry, S, Statement
from tillitsrom.people.models import Party, User

from .common import locked, sensible, speakers, tell, words
from .entries import fall_back, found_after


def _speaking(actor: User, row: Entry, party: Party) -> None:
    """That the actor may sign for this party today."""
    if party not in rules.parties_spoken_for(actor, row):
        require(deny(_("You cannot sign for %(party)s today.") % {"party": party.name}))


@transaction.atomic
def confirm(*, actor: User, entry: Entry, version: int, party: Party) -> Entry:
    """Confirm for a party what the page showed.

    A confirmation does not change the version, so the two sides that confirm at once both succeed; the last one makes the
    entry confirmed by both.
    """
    row = locked(entry, version)
    ENTRY.check(actor, row, "confirm")
    _speaking(actor, row, party)
    if party.side in row.confirmed_sides:
        require(deny(_("Your side has confirmed it already. It waits for the other side.")))
    today = timezone.localdate()
    Statement.objects.update_or_create(
        entry=row,
        party=party,
        round=row.round,
        defaults={"stance": Statement.Stance.CONFIRMS, "words": "", "on": today, "by": actor},
    )
    if party.side == Party.Side.EMPLOYER:
        row.employer_confirmed_on = today
    else:
        row.employees_confirmed_on = today
    row.own_minutes += minutes_of("ledger.confirm")
    events.record("ledger.confirm", subject=row, actor=actor, data={"party": party.name})
    if len(row.confirmed_sides) == len(Party.Side.values):
        row.status = S.VERIFIED
        row.version += 1
        events.record("ledger.complete", subject=row, actor=None)
        tell("ledger.verified", row, speakers(row.organisation_id))
    row.save()
    netting.settle(row)
    return row


@transaction.atomic
def dispute(*, actor: User, entry: Entry, version: int, party: Party, text: str) -> Entry:
    """Say for a party what is wrong, in its own words; the other side can say its own beside it. It counts in no sum."""
    row = locked(entry, version)
    step = ENTRY.check(actor, row, "dispute")
    _speaking(actor, row, party)
    first = row.status != S.DISPUTED
    if first:
        row.employer_confirmed_on = row.employees_confirmed_on = None
        row.round += 1
    said = words(text, "words")
    Statement.objects.update_or_create(
        entry=row,
        party=party,
        round=row.round,
        defaults={
            "stance": Statement.Stance.DISPUTES,
            "words": said,
            "on": timezone.localdate(),
            "by": actor,
        },
    )
    row.status, row.version = S(step.target), row.version + 1
    row.own_minutes += minutes_of("ledger.confirm")
    row.save()
    netting.settle(row)
    events.record("ledger.dispute", subject=row, actor=actor, data={"party": party.name, "words": said})
    if first:
        others = [one for one in speakers(row.organisation_id) if one != actor]
        tell("ledger.disputed", row, others, party=party.name)
    return row


@transaction.atomic
def settle_dispute(*, actor: User, entry: Entry, version: int, hours: Range, how: str) -> Entry:
    """Propose the hours after anew. Both sides confirm or dispute them as before, and what was said stays.

    A figure that the parties agree on is an estimate, unless it is the measured one that they end with.
    """
    row = locked(entry, version)
    step = ENTRY.check(actor, row, "settle")
    sensible(hours)
    same = row.after_source == Entry.After.MEASURED and (hours.low, hours.high) == (
        row.after_low,
        row.after_high,
    )
    if row.before_high is None:
        raise ValidationError(_("The hours before are not known."))
    found_after(row, hours, Entry.After.MEASURED if same else Entry.After.ESTIMATED, words(how, "how"))
    fall_back(row)
    row.status, row.version = S(step.target), row.version + 1
    row.save()
    netting.settle(row)
    data = {"low": round(hours.low), "high": round(hours.high)}
    events.record("ledger.settle", subject=row, actor=actor, data=data)
    tell("ledger.to_confirm", row, speakers(row.organisation_id))
    return row
