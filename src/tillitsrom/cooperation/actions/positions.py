"""What the parties put into a case: positions, papers, and since when each takes part.

These compare no version, so that two parties who write at once are both kept; they move it, so that who decides has read them.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation.lifecycle import CASE
from tillitsrom.cooperation.models import Case, CaseDocument, Involvement, Position
from tillitsrom.core.days import in_figures
from tillitsrom.people.models import Party, User

from .common import locked, needed, note, own_party, tell
from .raising import set_first_involvement


@transaction.atomic
def take_position(*, actor: User, case: Case, stance: str, text: str, party: Party | None = None) -> Position:
    """Give a party's position in its own words. The newest stands; the earlier are kept. Takes part from today at the latest."""
    row = locked(case, None)
    CASE.check(actor, row, "position")
    mine = own_party(actor, row, party)
    made = Position(case=row, party=mine, stance=stance, text=needed(text=text)["text"], by=actor)
    made.full_clean()
    made.save()
    Involvement.objects.get_or_create(
        case=row, party=mine, defaults={"since": timezone.localdate(), "how": _("Gave a position")}
    )
    set_first_involvement(row)
    note("position", row, actor, party=mine.name)
    tell("case.position", row, besides=actor, data={"party": mine.name})
    return made


@transaction.atomic
def add_paper(
    *, actor: User, case: Case, title: str, text: str = "", reference: str = "", sent_on: date | None = None
) -> CaseDocument:
    """Send a paper to the parties: a text, or where it lies in the archive."""
    row = locked(case, None)
    CASE.check(actor, row, "paper")
    known = needed(title=title)
    if not text.strip() and not reference.strip():
        raise ValidationError({"paper": [_("Write the text, or where it lies in the archive.")]})
    made = CaseDocument(
        case=row,
        title=known["title"],
        text=text.strip(),
        reference=reference.strip(),
        sent_on=sent_on or timezone.localdate(),
        added_by=actor,
    )
    made.full_clean()
    made.save()
    row.save()
    note("paper", row, actor, title=made.title)
    tell("case.paper", row, besides=actor, data={"title": made.title})
    return made


@transaction.atomic
def involve(*, actor: User, case: Case, party: Party, since: date, how: str = "") -> Involvement:
    """Note that a party takes part from a day. Once noted, the day can only be set earlier by the party itself or later by nobody."""
    row = locked(case, None)
    CASE.check(actor, row, "involve")
    if party.organisation_id != row.organisation_id:
        raise ValidationError({"other_party": [_("The party belongs to another organisation.")]})
    if since > timezone.localdate():
        raise ValidationError({"since": [_("The day cannot lie ahead.")]})
    made, _new = Involvement.objects.get_or_create(
        case=row, party=party, defaults={"since": since, "how": how.strip()}
    )
    if made.since != since:
        own_party(actor, row, party)
        if since > made.since:
            raise ValidationError({"since": [_("It is noted that the party took part earlier.")]})
        made.since, made.how = since, how.strip() or made.how
        made.save()
    set_first_involvement(row)
    note("involve", row, actor, party=party.name, since=in_figures(made.since))
    tell("case.involved", row, besides=actor, data={"party": party.name})
    return made
