"""The question to the front line: opened and closed by the clock, answered so that nobody can tell what anyone answered."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.burden import minutes_of
from tillitsrom.core.decisions import require
from tillitsrom.ledger import front_line, house, netting, rules
from tillitsrom.ledger.figures import CHOICES, may_be_shown, quartiles, yearly
from tillitsrom.ledger.lifecycle import ENTRY
from tillitsrom.ledger.models import AfterMeasure, Entry, S
from tillitsrom.notices.actions import send
from tillitsrom.people.models import User
from tillitsrom.signals import lanes

from .common import keepers, locked, speakers, tell
from .entries import found_after

M = AfterMeasure.Status


@transaction.atomic
def answer(*, actor: User, measure: AfterMeasure, choice: int) -> None:
    """Count one answer. No event, no time, no row of its own: one more in the tally, and the code among those that are used."""
    row = AfterMeasure.objects.select_for_update(of=("self",)).select_related("entry").get(pk=measure.pk)
    require(rules.may_answer(actor, row))
    if not 0 <= choice < len(CHOICES):
        raise ValidationError({"choice": [_("Choose one of the answers.")]})
    row.tally = {**row.tally, str(choice): row.tally.get(str(choice), 0) + 1}
    row.answers += 1
    row.spent = sorted([*row.spent, front_line.code_of(row, actor)])
    row.save(update_fields=["tally", "answers", "spent"])


@transaction.atomic
def ask_again(*, actor: User, entry: Entry, version: int) -> Entry:
    """Ask the same front line once more, from today, where too few answered."""
    row = locked(entry, version)
    ENTRY.check(actor, row, "ask_again")
    last = row.measures.order_by("-opens_on", "-pk").first()
    today = timezone.localdate()
    fresh = AfterMeasure.objects.create(
        entry=row, opens_on=today, closes_on=today + timedelta(days=house.rules().ask_for_days)
    )
    fresh.units.set(last.units.all() if last is not None else front_line.units_to_ask(row))
    row.version += 1
    row.save(update_fields=["version"])
    events.record("ledger.ask_again", subject=row, actor=actor)
    _open(fresh, row, today)
    return row


def follow_the_calendar(*, today: date) -> dict[str, int]:
    """Open, remind of and close questions by their days. Done twice it changes nothing; each question is its own transaction."""
    due = {
        "opened": AfterMeasure.objects.filter(
            status=M.PLANNED, opens_on__lte=today, entry__status=S.BEFORE_KNOWN
        ),
        "reminded": AfterMeasure.objects.filter(
            status=M.OPEN,
            reminded=False,
            closes_on__gt=today,
            closes_on__lte=today + timedelta(days=house.rules().remind_before_days),
        ),
        "closed": AfterMeasure.objects.filter(status=M.OPEN, closes_on__lte=today),
    }
    work = {"opened": _open_due, "reminded": _remind, "closed": _close}
    return {
        name: sum(work[name](key, today) for key in rows.order_by("pk").values_list("pk", flat=True))
        for name, rows in due.items()
    }


def _held(key: int, status: str) -> tuple[AfterMeasure, Entry] | None:
    """The question and its entry under lock, where it still has the status."""
    entry = locked(Entry.objects.get(measures=key), None)
    row = AfterMeasure.objects.select_for_update().get(pk=key)
    return (row, entry) if row.status == status else None


@transaction.atomic
def _open_due(key: int, today: date) -> bool:
    found = _held(key, M.PLANNED)
    if found is None or found[1].status != S.BEFORE_KNOWN:
        return False
    row, entry = found
    entry.status, entry.version = S.WAITING, entry.version + 1
    entry.save(update_fields=["status", "version"])
    events.record("ledger.ask", subject=entry, actor=None)
    _open(row, entry, today)
    return True


def _open(row: AfterMeasure, entry: Entry, today: date) -> None:
    """Ask everybody who does the work. Where it begins late, it still lasts its whole time."""
    people = list(front_line.people_asked(row))
    row.status, row.asked = M.OPEN, len(people)
    row.closes_on = max(row.closes_on, today + timedelta(days=house.rules().ask_for_days))
    row.save()
    _ask("ledger.asked", row, entry, people)


@transaction.atomic
def _remind(key: int, _today: date) -> bool:
    """Remind all who are asked: who has answered is not looked up."""
    found = _held(key, M.OPEN)
    if found is None or found[0].reminded:
        return False
    row, entry = found
    row.reminded = True
    row.save(update_fields=["reminded"])
    _ask("ledger.reminder", row, entry, list(front_line.people_asked(row)))
    return True


def _ask(kind: str, row: AfterMeasure, entry: Entry, people: list[User]) -> None:
    url = reverse("ledger:answer", args=[row.pk])
    send(kind, recipients=people, subject=entry, url=url, data={"title": entry.title})


@transaction.atomic
def _close(key: int, today: date) -> bool:
    """Count, throw the codes away, and show the result where enough answered."""
    found = _held(key, M.OPEN)
    if found is None:
        return False
    row, entry = found
    row.spent = []
    entry.own_minutes += row.answers * minutes_of("ledger.after")
    if _may_be_shown(row):
        row.status = M.CLOSED
        minutes = quartiles(row.tally)
        hours = yearly(minutes, entry.people or row.answers, lanes.rules().times_a_year["week"])
        found_after(entry, hours, Entry.After.MEASURED, "")
        entry.status = S.MEASURED
        events.record("ledger.find_after", subject=entry, actor=None, data={"n": row.answers})
        tell("ledger.to_confirm", entry, speakers(entry.organisation_id))
    else:
        row.status = M.TOO_FEW if row.answers < settings.SMALLEST_GROUP else M.HELD_BACK
        # Nobody will see them, so they are not kept.
        row.tally, row.answers = {}, 0
        events.record("ledger.too_few", subject=entry, actor=None)
        tell("ledger.too_few", entry, keepers(entry.organisation_id))
    entry.version += 1
    row.save()
    entry.save()
    netting.settle(entry)
    return True


def _may_be_shown(row: AfterMeasure) -> bool:
    """Whether the result may stand beside those about the same time that are shown already (R2)."""
    near = netting.same_time([row.entry_id])
    shown = [
        (front_line.reach(one), one.answers)
        for one in AfterMeasure.objects.filter(entry__in=near, status=M.CLOSED).select_related("entry")
    ]
    return may_be_shown(front_line.reach(row), row.answers, shown, settings.SMALLEST_GROUP)
