"""The only writer of minutes: written together, sent, and approved or signed by each party that is asked."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation import meeting_days, minutes_text
from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.lifecycle_meetings import MINUTES
from tillitsrom.cooperation.models import AgendaItem, Approval, Case, Meeting, Minutes, MinutesView
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused, WrongState, deny, require
from tillitsrom.notices.actions import send as notify
from tillitsrom.people.models import Party, User
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import MinutesKind

from .common import needed, speakers

P = Minutes.Status


class WrittenAtOnce(Conflict):
    """Somebody else saved a text meanwhile. `theirs` is what stands now and `version` its version; nothing was written over."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__(
            _("Somebody else wrote in the same text while you did. Put the two together, and save.")
        )
        self.theirs = theirs
        self.version = version


def _locked(minutes: Minutes) -> Minutes:
    return (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("case__organisation", "case__unit", "meeting__body", "meeting__organisation")
        .get(pk=minutes.pk)
    )


def _note(kind: str, row: Minutes, actor: User | None, **data: str) -> None:
    events.record(f"minutes.{kind}", subject=row, actor=actor, data=data)


def _tell(kind: str, row: Minutes, parties: list[Party], besides: User, **data: str) -> None:
    people = [one for one in speakers(row.case, [p.pk for p in parties]) if one != besides]
    known = {"case": f"{row.case.number} {row.case.question}", **data}
    url = reverse("cooperation:minutes", args=[row.pk])
    notify(f"minutes.{kind}", recipients=people, subject=row, url=url, data=known)


@transaction.atomic
def start(*, actor: User, meeting: Meeting, case: Case) -> Minutes:
    """Begin the minutes of a case in a meeting, or find those that are begun. The kind follows from the case's form."""
    place = Meeting.objects.select_for_update(of=("self",)).select_related("organisation", "body", "unit")
    row = place.get(pk=meeting.pk)
    found = Minutes.objects.filter(meeting=row, case=case).first()
    if found is not None:
        return found
    require(rules.may_start_minutes(actor, row))
    if not AgendaItem.objects.filter(meeting=row, case=case).exists():
        raise ValidationError(_("The case is not on the agenda of this meeting."))
    kind = agreements.minutes_needed(agreements.rule_set(case.rule_set), case.form).kind
    made = Minutes(
        meeting=row,
        case=case,
        kind=Minutes.Kind.REFERAT if kind == MinutesKind.NONE else Minutes.Kind(kind.value),
        due_on=meeting_days.days_for(row.organisation, row.on).minutes_by,
    )
    made.full_clean()
    made.save()
    _note("start", made, actor)
    return made


@transaction.atomic
def write(*, actor: User, minutes: Minutes, version: int, text: str) -> Minutes:
    """Save the common text. Where somebody else saved meanwhile: WrittenAtOnce with their text, and nothing is lost."""
    row = _locked(minutes)
    MINUTES.check(actor, row, "write")
    clean = text.replace("\r\n", "\n")
    if row.text == clean:
        return row
    if row.version != version:
        raise WrittenAtOnce(row.text, row.version)
    row.text = clean
    row.version += 1
    row.full_clean()
    row.save()
    _note_once("write", row, actor)
    return row


def _note_once(kind: str, row: Minutes, actor: User) -> None:
    """Saving by itself every few seconds is one event a day and person, not a thousand."""
    today = timezone.localdate()
    known = events.history(row).filter(kind=f"minutes.{kind}", actor=actor, at__date=today)
    if not known.exists():
        _note(kind, row, actor)


@transaction.atomic
def write_view(*, actor: User, minutes: Minutes, party: Party, version: int, text: str) -> MinutesView:
    """Save a party's own view. Version 0 where the party has none yet. Two from one party at once: as with the common text."""
    row = _locked(minutes)
    MINUTES.check(actor, row, "view")
    require(rules.may_write_view(actor, row, party))
    clean = text.replace("\r\n", "\n")
    found = row.views.filter(party=party).first()
    if found is None:
        found = MinutesView(minutes=row, party=party, version=0)
    if found.text == clean and found.pk:
        return found
    if found.version != version:
        raise WrittenAtOnce(found.text, found.version)
    found.text, found.version = clean, found.version + 1
    found.full_clean()
    found.save()
    _note_once("view", row, actor)
    return found


def asked_of(row: Minutes) -> list[Party]:
    """Whom the minutes are sent to: the parties that were there, of the sides that sign where they are signed.

    Where a side is not on the list of who came, its parties that take part in the case are asked instead.
    """
    needs = rules.needed_for(row)
    sides = [*needs.signers] if needs.signed and needs.signers else list(Party.Side.values)
    involved = [one.party for one in row.case.involvements.select_related("party")]
    there = row.meeting.attendance.filter(present=True, party__isnull=False).values_list("party", flat=True)
    came = set(there)
    found: list[Party] = []
    for side in sides:
        mine = [one for one in involved if one.side == side]
        present = [one for one in mine if one.pk in came]
        found += present or mine
    return found


@transaction.atomic
def send(*, actor: User, minutes: Minutes, version: int) -> Minutes:
    """Seal the text and ask each party. `version` is that of the common text that was read."""
    row = _locked(minutes)
    step = MINUTES.check(actor, row, "send")
    if row.version != version:
        raise WrittenAtOnce(row.text, row.version)
    needed(text=row.text)
    parties = asked_of(row)
    if {one.side for one in parties} != set(Party.Side.values):
        raise ValidationError(_("Both sides must take part in the case before minutes can be sent."))
    row.sealed = minutes_text.compose(row)
    row.status, row.sent_on = P(step.target), timezone.localdate()
    row.version += 1
    row.save()
    row.asked.set(parties)
    _note("send", row, actor)
    _tell("sent", row, parties, besides=actor)
    return row


def _party(actor: User, row: Minutes, party: Party | None) -> Party:
    mine = rules.parties_to_sign_for(actor, row)
    if party is None and mine:
        return mine[0]
    if party is None or party not in mine:
        raise Refused(deny(_("You cannot answer for this party today, or it has answered.")))
    return party


@transaction.atomic
def approve(*, actor: User, minutes: Minutes, digest: str, party: Party | None = None) -> Approval:
    """Approve or sign for a party exactly the text whose SHA-256 the person had before them.

    When every party that is asked has, the minutes are approved. Raises Conflict where the text is another.
    """
    row = _locked(minutes)
    step = MINUTES.check(actor, row, "approve")
    if digest != rules.digest(row):
        raise Conflict(_("The text is not the one you read. Read it again before you approve."))
    mine = _party(actor, row, party)
    made = Approval(minutes=row, party=mine, by=actor, approved=True, digest=digest)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise WrongState(_("This party has approved already.")) from None
    _note("sign" if row.signed else "approve", row, actor, party=mine.name)
    if not rules.parties_that_wait(row):
        row.status, row.approved_on = P(step.target), timezone.localdate()
        row.version += 1
        row.save()
        _note("done", row, None)
        _tell("approved", row, list(row.asked.all()), besides=actor)
    return made


@transaction.atomic
def object_to(
    *, actor: User, minutes: Minutes, digest: str, objection: str, party: Party | None = None
) -> Approval:
    """Ask for a change in words: the minutes go back to be written, and all must approve the new text."""
    row = _locked(minutes)
    step = MINUTES.check(actor, row, "object")
    if digest != rules.digest(row):
        raise Conflict(_("The text is not the one you read. Read it again before you answer."))
    words = needed(objection=objection)["objection"]
    mine = [one for one in row.asked.all() if rules.may_write_view(actor, row, one)]
    chosen = party or (mine[0] if mine else None)
    if chosen is None or chosen not in mine:
        raise Refused(deny(_("You cannot answer for this party today, or it has answered.")))
    made = Approval(minutes=row, party=chosen, by=actor, approved=False, objection=words, digest=digest)
    made.full_clean()
    made.save()
    # What was approved was another text than the one that comes.
    row.status, row.sealed, row.sent_on = P(step.target), "", None
    row.version += 1
    row.save()
    _note("object", row, actor, party=chosen.name, objection=words)
    _tell("objected", row, list(row.asked.all()), besides=actor, party=chosen.name)
    return made
