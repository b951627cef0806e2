"""The only module that writes agreements. Each action is one transaction: lock, check the right, change, note the event."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.notices.actions import send
from tillitsrom.people.models import Membership, Organisation, Party, Role, Unit, User

from . import load, rules
from .lifecycle import LOCAL_AGREEMENT
from .models import HOLDING, UNDER_WAY, AgreementLevel, AgreementParty, AreaChoice, LocalAgreement, WheelPoint
from .periods import first_day_after, months_later

S = LocalAgreement.Status
FIELDS = (
    "rule_set", "title", "text", "valid_from", "valid_to", "notice_days", "document_days", "minutes_days",
    "evaluation_months", "openness", "exempt_ground", "exempt_review_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the agreement: what it is, and the unit, or None for the whole organisation."""

    kind: str
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the annual wheel."""

    month: int
    form: str
    what: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that an agreement says. `values` has the fields in FIELDS."""

    values: dict[str, Any]
    parties: tuple[Party, ...]
    levels: tuple[Level, ...] = ()
    wheel: tuple[Point, ...] = field(default=())


@transaction.atomic
def choose_area(*, actor: User, organisation: Organisation, code: str, since: date) -> AreaChoice:
    """Say which agreement area the organisation is in from a day on."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(rules.may_keep_in(actor, organisation))
    row = AreaChoice(organisation=organisation, code=code, since=since)
    row.full_clean()
    row.save()
    area = load.rule_sets()[code]
    events.record(
        "agreement.area",
        subject=organisation,
        actor=actor,
        data={"area": area.name.nb, "since": since.isoformat()},
    )
    return row


@transaction.atomic
def begin(*, actor: User, organisation: Organisation, draft: Draft) -> LocalAgreement:
    """Begin to negotiate an agreement. One that holds goes on until the new one takes effect."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(rules.may_keep_in(actor, organisation))
    if LocalAgreement.objects.filter(organisation=organisation, status__in=UNDER_WAY).exists():
        raise WrongState(_("A new agreement is already under way in this organisation."))
    old = LocalAgreement.objects.filter(organisation=organisation, status__in=HOLDING).first()
    row = LocalAgreement(organisation=organisation, replaces=old)
    _fill(row, draft)
    events.record("agreement.begin", subject=row, actor=actor)
    if old is not None:
        events.record("agreement.renegotiate", subject=old, actor=actor)
    _ask_for_signatures(row, row.parties.all())
    return row


@transaction.atomic
def edit(*, actor: User, agreement: LocalAgreement, version: int, draft: Draft) -> LocalAgreement:
    """Change the text under negotiation. Those who had signed signed something else, so they must sign again."""
    row = _locked(agreement, version)
    LOCAL_AGREEMENT.check(actor, row, "edit")
    signed = list(row.parties.filter(signed_on__isnull=False).select_related("party", "signed_by"))
    before = {name: getattr(row, name) for name in FIELDS}
    _fill(row, draft)
    changed = [name for name in FIELDS if before[name] != getattr(row, name)]
    events.record("agreement.edit", subject=row, actor=actor, data={"fields": changed or ["text"]})
    if signed:
        row.parties.update(signed_on=None, signed_by=None)
        names = ", ".join(one.party.name for one in signed)
        events.record("agreement.signatures_fell", subject=row, actor=actor, data={"parties": names})
        told = [one.signed_by for one in signed if one.signed_by is not None]
        _tell("agreement.changed", row, told)
    return row


@transaction.atomic
def sign(*, actor: User, agreement: LocalAgreement, version: int, party: Party) -> LocalAgreement:
    """Sign for a party what the signer has read: `version` is that of the page.

    Signatures do not change the version, so two who sign at once both succeed; the last one puts the agreement in force when
    its first day has come.
    """
    row = _locked(agreement, version, moves=False)
    one = AgreementParty.objects.select_for_update().filter(agreement=row, party=party).first()
    if one is None:
        raise ValidationError(_("This party is not among those who are to sign."))
    LOCAL_AGREEMENT.find(source=row.status, action="sign")
    require(rules.may_sign(actor, one))
    one.signed_on, one.signed_by = timezone.localdate(), actor
    one.save(update_fields=["signed_on", "signed_by"])
    events.record("agreement.sign", subject=row, actor=actor, data={"party": party.name})
    if not row.parties.filter(signed_on__isnull=True).exists():
        _complete(row)
    return row


def _complete(row: LocalAgreement) -> None:
    """All have signed."""
    row.status = S.SIGNED
    row.save(update_fields=["status"])
    events.record("agreement.complete", subject=row, actor=None)
    _tell("agreement.signed", row, _speakers(row, [one.party_id for one in row.parties.all()]))
    if row.valid_from <= timezone.localdate():
        _take_effect(row)


def _take_effect(row: LocalAgreement) -> None:
    """The first day has come: the agreement before it is replaced."""
    for old in LocalAgreement.objects.select_for_update().filter(
        organisation=row.organisation_id, status__in=HOLDING
    ):
        old.status = S.REPLACED
        old.valid_to = max(old.valid_from, row.valid_from - timedelta(days=1))
        old.version += 1
        old.save(update_fields=["status", "valid_to", "version"])
        events.record("agreement.replace", subject=old, actor=None)
    row.status = S.IN_FORCE
    row.evaluate_on = months_later(row.valid_from, row.evaluation_months)
    row.version += 1
    row.save(update_fields=["status", "evaluate_on", "version"])
    events.record("agreement.take_effect", subject=row, actor=None)


@transaction.atomic
def evaluate(*, actor: User, agreement: LocalAgreement, version: int, reason: str) -> LocalAgreement:
    """Note what the parties found when they looked at how the agreement works; the next evaluation is set."""
    row = _locked(agreement, version)
    step = LOCAL_AGREEMENT.check(actor, row, "evaluate")
    row.status, row.status_reason = S(step.target), _reason(reason)
    row.evaluate_on = months_later(timezone.localdate(), row.evaluation_months)
    row.save()
    events.record("agreement.evaluate", subject=row, actor=actor, data={"reason": row.status_reason})
    return row


@transaction.atomic
def terminate(*, actor: User, agreement: LocalAgreement, version: int, reason: str) -> LocalAgreement:
    """End the agreement, or the negotiation, with a reason."""
    row = _locked(agreement, version)
    step = LOCAL_AGREEMENT.check(actor, row, "terminate")
    if row.status in HOLDING:
        row.valid_to = max(row.valid_from, timezone.localdate())
    row.status, row.status_reason = S(step.target), _reason(reason)
    row.save()
    events.record("agreement.terminate", subject=row, actor=actor, data={"reason": row.status_reason})
    return row


@transaction.atomic
def renegotiate(*, actor: User, agreement: LocalAgreement, version: int) -> LocalAgreement:
    """Begin a new agreement with the words of this one. This one holds until the new one takes effect."""
    row = _locked(agreement, version, moves=False)
    LOCAL_AGREEMENT.check(actor, row, "renegotiate")
    today = timezone.localdate()
    values = {name: getattr(row, name) for name in FIELDS}
    values |= {"valid_from": first_day_after(row.valid_to, today), "valid_to": None}
    draft = Draft(
        values=values,
        parties=tuple(one.party for one in row.parties.select_related("party")),
        levels=tuple(Level(one.kind, one.unit) for one in row.levels.select_related("unit")),
        wheel=tuple(Point(one.month, one.form, one.what) for one in row.wheel.all()),
    )
    return begin(actor=actor, organisation=row.organisation, draft=draft)


@transaction.atomic
def follow_the_calendar(*, today: date) -> int:
    """What the days bring: signed agreements take effect, those past their last day end, and the parties are reminded.

    Idempotent; answers how many agreements moved.
    """
    moved = 0
    for row in LocalAgreement.objects.select_for_update().filter(status=S.SIGNED, valid_from__lte=today):
        _take_effect(row)
        moved += 1
    for row in LocalAgreement.objects.select_for_update().filter(status__in=HOLDING, valid_to__lt=today):
        row.status, row.version = S.TERMINATED, row.version + 1
        row.save(update_fields=["status", "version"])
        events.record("agreement.expire", subject=row, actor=None)
        _tell("agreement.expired", row, _speakers(row, None))
        moved += 1
    _remind(today)
    return moved


def _remind(today: date) -> None:
    """Three months before the last day, and when an evaluation is due; each once."""
    holding = LocalAgreement.objects.select_for_update().filter(status__in=HOLDING)
    ending = holding.filter(valid_to__lte=months_later(today, 3)).exclude(told_of_end=F("valid_to"))
    for row in ending:
        _tell("agreement.expires", row, _speakers(row, None))
        row.told_of_end = row.valid_to
        row.save(update_fields=["told_of_end"])
    due = holding.filter(evaluate_on__lte=today).exclude(told_of_evaluation=F("evaluate_on"))
    for row in due:
        _tell("agreement.to_evaluate", row, _speakers(row, None))
        row.told_of_evaluation = row.evaluate_on
        row.save(update_fields=["told_of_evaluation"])


def _locked(agreement: LocalAgreement, version: int, *, moves: bool = True) -> LocalAgreement:
    row = LocalAgreement.objects.select_for_update().get(pk=agreement.pk)
    if row.version != version:
        raise Conflict(
            _(
                "Somebody else has changed this agreement since you opened the page. Nothing of yours was saved; read it again."
            )
        )
    if moves:
        row.version += 1
    return row


def _reason(text: str) -> str:
    if not text.strip():
        raise ValidationError({"reason": [_("This must be filled in.")]})
    return text.strip()


def _fill(row: LocalAgreement, draft: Draft) -> None:
    """Put the draft into the row and its tables."""
    for name in FIELDS:
        if name in draft.values:
            setattr(row, name, draft.values[name])
    _check(row, draft)
    row.full_clean()
    row.save()
    had = {one.party_id: one for one in row.parties.all()}
    wanted = {party.pk: party for party in draft.parties}
    row.parties.exclude(party__in=wanted).delete()
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=row, party=party) for pk, party in wanted.items() if pk not in had
    )
    row.levels.all().delete()
    AgreementLevel.objects.bulk_create(
        AgreementLevel(agreement=row, kind=one.kind, unit=one.unit) for one in draft.levels
    )
    row.wheel.all().delete()
    points = [WheelPoint(agreement=row, month=one.month, form=one.form, what=one.what) for one in draft.wheel]
    for point in points:
        point.clean_fields(exclude=["agreement"])
    WheelPoint.objects.bulk_create(points)


def _check(row: LocalAgreement, draft: Draft) -> None:
    """An agreement has two sides, and everything in it belongs to its organisation."""
    sides = {party.side for party in draft.parties}
    if sides != set(Party.Side.values):
        raise ValidationError(
            {
                "parties": [
                    _("An agreement has parties on both sides: choose the employer and at least one union.")
                ]
            }
        )
    places = [*(party.organisation_id for party in draft.parties)]
    places += [one.unit.organisation_id for one in draft.levels if one.unit is not None]
    if any(place != row.organisation_id for place in places):
        raise ValidationError(_("Parties and units must belong to the organisation of the agreement."))
    area = load.rule_sets().get(row.rule_set)
    ends = area.provision.valid_to if area is not None and area.local_expires_with_it else None
    if ends is not None and row.valid_from <= ends and (row.valid_to is None or row.valid_to > ends):
        # Hovedavtalen i staten § 12: it expires with the basic agreement.
        row.valid_to = ends


def _speakers(row: LocalAgreement, parties: Iterable[int] | None) -> list[User]:
    """Those who may sign for these parties today; for all of the agreement's where none are given."""
    wanted = list(row.parties.values_list("party_id", flat=True)) if parties is None else list(parties)
    today = timezone.localdate()
    held = Membership.objects.filter(organisation=row.organisation_id).valid_on(today)
    union = Q(role=Role.UNION_REPRESENTATIVE, party__in=wanted)
    employer = Q(role=Role.MANAGER, party__in=wanted)
    if Party.objects.filter(pk__in=wanted, side=Party.Side.EMPLOYER).exists():
        employer |= Q(role=Role.MANAGER, party__isnull=True, unit__isnull=True)
    return list(User.objects.filter(is_active=True, pk__in=held.filter(union | employer).values("user")))


def _tell(kind: str, row: LocalAgreement, people: Iterable[User], **data: str) -> None:
    url = reverse("agreements:local", args=[row.pk])
    day = row.valid_to.isoformat() if row.valid_to else ""
    send(kind, recipients=people, subject=row, url=url, data={"title": row.title, "day": day, **data})


def _ask_for_signatures(row: LocalAgreement, parties: Iterable[AgreementParty]) -> None:
    for one in parties:
        _tell("agreement.to_sign", row, _speakers(row, [one.party_id]), party=one.party.name)
