"""Sending a signal, openly or confidentially, and saying «me too»."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.days import in_figures
from tillitsrom.core.decisions import Refused, deny, require
from tillitsrom.notices.actions import send as send_notice
from tillitsrom.people.models import Organisation, Unit, User
from tillitsrom.register.models import Requirement
from tillitsrom.signals import codes, lanes, rules, words
from tillitsrom.signals.models import MeToo, Signal, SignalStem, week_of

# One lock for everything that is mixed on PostgreSQL; held for milliseconds.
_MIXING = 7_311_904


@dataclass(frozen=True, slots=True)
class Report:
    """What the sender says. `minutes_low` and `minutes_high` are of one time; `kind` empty lets the words decide."""

    organisation: Organisation
    what: str
    occasions: int
    period: str
    minutes_low: int
    minutes_high: int
    rather: str = ""
    unit: Unit | None = None
    requirement: Requirement | None = None
    kind: str = ""
    causes: list[str] = field(default_factory=list)
    proposal: str = ""
    displaces_core: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The signal, and for a confidential one the code, which is shown once and never stored."""

    signal: Signal
    code: str = ""


def _signal(report: Report, day: date, owner: User) -> Signal:
    if report.unit is not None and report.unit.organisation_id != report.organisation.pk:
        raise ValidationError({"unit": [_("The unit belongs to another organisation.")]})
    return Signal(
        organisation=report.organisation,
        unit=report.unit,
        requirement=report.requirement,
        kind=report.kind or words.guessed_kind(report.what),
        causes=[code for code in Signal.Cause.values if code in report.causes],
        what=report.what,
        occasions=report.occasions,
        period=report.period,
        minutes_low=report.minutes_low,
        minutes_high=report.minutes_high,
        hours_low=lanes.hours(report.minutes_low, report.occasions, report.period),
        hours_high=lanes.hours(report.minutes_high, report.occasions, report.period),
        rather=report.rather,
        proposal=report.proposal,
        displaces_core=report.displaces_core,
        week=week_of(day),
        owner=owner,
    )


def _owner(organisation: Organisation, unit: Unit | None) -> User:
    owner = rules.handler_for(organisation.pk, unit)
    if owner is None:
        raise Refused(
            deny(
                _(
                    "Nobody answers for signals in this organisation yet. Ask the system administrator to add a manager."
                )
            )
        )
    return owner


def _checked(signal: Signal) -> Signal:
    """The fields' own rules. Ids and owners were set here, so they are not asked for again with a query each."""
    signal.clean_fields(exclude=["organisation", "unit", "requirement", "owner", "sender", "group"])
    if signal.minutes_high < signal.minutes_low:
        raise ValidationError({"minutes_high": [_("The highest cannot be below the lowest.")]})
    return signal


@transaction.atomic
def send_open(*, actor: User, report: Report, key: str = "") -> Sent:
    """Send under one's own name. The same key a second time answers with what was sent the first time."""
    require(rules.may_send(actor, report.organisation.pk))
    digest = codes.key_digest(key, report.what) if key else ""
    if digest:
        before = Signal.objects.filter(sent_key=digest, sender=actor).first()
        if before is not None:
            return Sent(before)
    today = timezone.localdate()
    signal = _signal(report, today, _owner(report.organisation, report.unit))
    signal.sender, signal.sent_at, signal.sent_key = actor, timezone.now(), digest
    signal.opens_on, signal.promised_on = today, lanes.promised("", today)
    _checked(signal).save(force_insert=True)
    index(signal)
    events.record("signal.sent", subject=signal, actor=actor)
    if signal.owner_id != actor.pk:
        send_notice(
            "signal.received",
            recipients=[signal.owner],
            subject=signal,
            url=reverse("signals:detail", args=[signal.pk]),
            data={"what": signal.title, "date": in_figures(signal.promised_on)},
        )
    return Sent(signal)


@transaction.atomic
def send_confidentially(*, report: Report, key: str) -> Sent:
    """Send without a name. There is no actor, no event, no notice and no time: only the week, and a code for the answer.

    `key` is the form's own, made by `codes.new_key`. Raises ValidationError for one that we did not make: whoever could choose the
    key could choose the code.
    """
    if not codes.is_our_key(key):
        raise ValidationError(_("The form has been changed on its way here. Load the page again."))
    code = codes.code_from(key, report.what)
    digest = codes.code_digest(code)
    before = Signal.objects.filter(code_digest=digest).first()
    if before is not None:
        return Sent(before, code)
    today = timezone.localdate()
    # By the whole organisation: an owner at the unit would tell which unit it was.
    signal = _signal(report, today, _owner(report.organisation, None))
    signal.confidential, signal.opened, signal.code_digest = True, False, digest
    signal.opens_on = signal.week + timedelta(days=7)
    signal.promised_on = lanes.promised("", signal.opens_on)
    _checked(signal).save(force_insert=True)
    mix(Signal._meta.db_table, signal.week, "organisation_id", report.organisation.pk)
    return Sent(signal, code)


def mix(table: str, week: date, column: str, value: int) -> None:
    """Rewrite the week's confidential rows in random order, so that neither place nor transaction tells which came when.

    Only PostgreSQL keeps rows in the order they came; SQLite keeps them by their key, which is random. The deferred checks of keys
    see the rows again before the transaction ends.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MIXING])
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            f"WITH moved AS (DELETE FROM {table} WHERE confidential AND week = %s AND {column} = %s RETURNING *) "  # noqa: S608  # our own names
            f"INSERT INTO {table} SELECT * FROM moved ORDER BY random()",
            [week, value],
        )


def index(signal: Signal) -> None:
    """Remember the word families, for those who will say the same. Those that stand already are left as they are."""
    SignalStem.objects.bulk_create(
        (
            SignalStem(signal=signal, organisation_id=signal.organisation_id, stem=stem)
            for stem in words.families(signal.what)
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def me_too(*, actor: User, signal: Signal) -> bool:
    """Say that it concerns me too. Saying it twice is saying it once; answers whether it was new."""
    row = Signal.objects.select_for_update().get(pk=signal.pk)
    require(rules.may_say_me_too(actor, row))
    _row, new = MeToo.objects.get_or_create(signal=row, person=actor)
    if new:
        Signal.objects.filter(pk=row.pk).update(me_too_count=F("me_too_count") + 1)
    return new


@transaction.atomic
def not_me_too(*, actor: User, signal: Signal) -> None:
    """Take a «me too» back; also after the answer."""
    row = Signal.objects.select_for_update().get(pk=signal.pk)
    gone, _each = MeToo.objects.filter(signal=row, person=actor).delete()
    if gone:
        Signal.objects.filter(pk=row.pk).update(me_too_count=F("me_too_count") - 1)
