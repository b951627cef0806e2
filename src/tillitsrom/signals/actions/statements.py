"""The only writer of problem statements: drafted by those who are asked, then taken up and answered by those who asked."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, require
from tillitsrom.core.models import Event
from tillitsrom.people.models import Unit, User
from tillitsrom.signals import cases, rules_calls
from tillitsrom.signals.lifecycle_calls import STATEMENT
from tillitsrom.signals.models import Signal
from tillitsrom.signals.models_calls import InputCall, Statement

from .calls import locked, tell
from .sending import Report, send_open

P = Statement.Status


@dataclass(frozen=True, slots=True)
class Words:
    """What one statement says."""

    problem: str
    who: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class HowOften:
    """What a signal needs to know beyond the words. Minutes are of one time."""

    occasions: int
    period: str
    minutes_low: int
    minutes_high: int
    unit: Unit | None = None


def _fill(row: Statement, words: Words) -> None:
    row.problem, row.who, row.remedy = words.problem.strip(), words.who.strip(), words.remedy.strip()
    row.full_clean(exclude=["call", "author"])
    row.save()


def _under_lock(pk: int, version: int) -> Statement:
    """The statement and its call under lock, both a version further on. Raises Conflict."""
    key = Statement.objects.filter(pk=pk).values_list("call", flat=True).first()
    call = locked(key) if key is not None else None
    rows = Statement.objects.select_for_update(of=("self",)).select_related("author", "signal")
    # Asked for again: whoever held the call before us may have removed it.
    row = rows.filter(pk=pk).first()
    if call is None or row is None:
        raise Conflict(_("Somebody else has removed this statement. Nothing of yours was saved."))
    if row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this statement since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    row.version += 1
    row.call = call
    return row


@transaction.atomic
def write(*, actor: User, call: InputCall, words: Words) -> Statement:
    """Write one more statement as a draft, which only the writing party sees. Raises Refused or ValidationError."""
    row = locked(call.pk)
    require(rules_calls.may_write(actor, row))
    made = Statement(call=row, author=actor)
    _fill(made, words)
    row.save(update_fields=["version"])
    events.record("statement.write", subject=made, actor=actor)
    return made


@transaction.atomic
def change(*, actor: User, statement: Statement, version: int, words: Words) -> Statement:
    """Change a draft. Raises Conflict, Refused, WrongState or ValidationError."""
    row = _under_lock(statement.pk, version)
    STATEMENT.check(actor, row, "change")
    _fill(row, words)
    row.call.save(update_fields=["version"])
    events.record("statement.change", subject=row, actor=actor)
    return row


@transaction.atomic
def remove(*, actor: User, statement: Statement, version: int) -> None:
    """Remove a draft for good. Raises Conflict, Refused or WrongState."""
    row = _under_lock(statement.pk, version)
    STATEMENT.check(actor, row, "remove")
    events.record("statement.remove", subject=row, actor=actor)
    row.delete()
    row.call.save(update_fields=["version"])


def _moved(row: Statement, event: Event) -> Statement:
    """Save, and tell what the event says to the author and the one who answered; also to the asker where the system did it."""
    row.save()
    row.call.save(update_fields=["version"])
    people = [row.author, row.call.owner] if event.actor else [row.author, row.call.owner, row.call.asked_by]
    tell(row.call, event.kind, people, besides=event.actor)
    return row


@transaction.atomic
def take_up(*, actor: User, statement: Statement, version: int, how: HowOften) -> Statement:
    """Make a signal of the statement, sent in its author's name at the author's workplace: the answer reaches the author.

    Raises Conflict, Refused, WrongState or ValidationError.
    """
    row = _under_lock(statement.pk, version)
    step = STATEMENT.check(actor, row, "take_up")
    author = row.author
    if author is None:
        raise ValueError("the rule lets no statement without an author be taken up")
    report = Report(
        organisation=row.call.asked_organisation, unit=how.unit, what=row.problem, occasions=how.occasions,
        period=how.period, minutes_low=how.minutes_low, minutes_high=how.minutes_high, proposal=row.remedy,
    )  # fmt: skip
    row.signal = send_open(actor=author, report=report).signal
    row.status = P(step.target)
    return _moved(row, events.record("statement.take_up", subject=row, actor=actor))


@transaction.atomic
def in_case(*, actor: User, statement: Statement, version: int, case_number: str) -> Statement:
    """Note the case between the parties that the statement lies in. Raises ValidationError where there is no such case."""
    row = _under_lock(statement.pk, version)
    step = STATEMENT.check(actor, row, "in_case")
    places = [row.call.organisation_id, row.call.asked_organisation_id]
    found = cases.with_number(actor, places, case_number.strip())
    if found is None:
        raise ValidationError({"case_number": [_("You can see no case with this number.")]})
    row.case_number, row.case_key, row.status = found.number, found.key, P(step.target)
    return _moved(row, events.record("statement.in_case", subject=row, actor=actor))


@transaction.atomic
def answer(*, actor: User, statement: Statement, version: int, text: str) -> Statement:
    """Answer in plain language. Raises Conflict, Refused, WrongState or ValidationError."""
    row = _under_lock(statement.pk, version)
    step = STATEMENT.check(actor, row, "answer")
    if not text.strip():
        raise ValidationError({"answer": [_("This must be filled in.")]})
    row.answer, row.answered_on, row.status = text.strip(), timezone.localdate(), P(step.target)
    return _moved(row, events.record("statement.answer", subject=row, actor=actor))


def signal_answered(signal: Signal, reason: str) -> None:
    """The answer to a signal is the answer to the statement that it was made of. In the transaction of that answer."""
    for pk, version in Statement.objects.filter(signal=signal, status=P.TAKEN_UP).values_list(
        "pk", "version"
    ):
        row = _under_lock(pk, version)
        row.answer, row.answered_on, row.status = reason.strip(), timezone.localdate(), P.ANSWERED
        _moved(row, events.record("statement.signal_answered", subject=row, actor=None))
