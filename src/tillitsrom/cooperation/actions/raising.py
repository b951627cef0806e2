"""Raising a case and changing what it asks. Each action is one transaction under lock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.cooperation import rules
from tillitsrom.cooperation.for_statements import note_case
from tillitsrom.cooperation.lifecycle import CASE
from tillitsrom.cooperation.models import Case, Involvement
from tillitsrom.core.decisions import Refused, deny, require
from tillitsrom.people.models import Organisation, Party, Unit, User
from tillitsrom.register.models import Requirement
from tillitsrom.rulesets import queries as agreements
from tillitsrom.signals.actions import hand_over
from tillitsrom.signals.models import Signal

from .common import locked, note, tell

EDITED = (
    "question", "background", "decision_planned_on", "work_environment", "openness", "exempt_ground",
    "exempt_review_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What is needed to raise a case. `values` has the fields in EDITED and, if known, `announced`.

    `party` is the one that raises it; None lets the system choose among those the actor speaks for. `signals` come with the
    version that was seen. `parties` are those that take part from today, all of the organisation where none are named.
    """

    organisation: Organisation
    values: Mapping[str, Any]
    unit: Unit | None = None
    party: Party | None = None
    origin: str = Case.Origin.RAISED
    about_type: str = ""
    about_id: int | None = None
    signals: tuple[tuple[Signal, int], ...] = ()
    requirements: tuple[Requirement, ...] = ()
    parties: tuple[Party, ...] = field(default=())


@transaction.atomic
def raise_case(*, actor: User, draft: Draft) -> Case:
    """Raise a case. Nobody's consent is asked for; every party that takes part is told.

    Numbers run from 1 in each organisation and year without gaps: they are given under the organisation's lock.
    """
    organisation = Organisation.objects.select_for_update().get(pk=draft.organisation.pk)
    require(rules.may_raise(actor, organisation, draft.unit))
    party = _raising_party(actor, draft)
    today = timezone.localdate()
    row = Case(
        organisation=organisation,
        unit=draft.unit,
        raised_by_party=party,
        raised_by=actor,
        raised_on=today,
        origin=draft.origin,
        about_type=draft.about_type,
        about_id=draft.about_id,
        number=_next_number(organisation, today.year),
        rule_set=agreements.in_force(organisation, today).rule_set.code,
        announced=str(draft.values.get("announced", "")).strip(),
    )
    for name in EDITED:
        if name in draft.values:
            setattr(row, name, draft.values[name])
    if party is None:
        row.work_environment = True
    _belongs(row, draft)
    row.full_clean()
    row.save()
    _involve_all(row, draft, party, today)
    row.requirements.set(draft.requirements)
    note("raise", row, actor, party=row.raiser)
    _take_signals(row, actor, draft.signals)
    note_case(row, actor)
    tell("case.raised", row, besides=actor, data={"party": row.raiser})
    return row


def _raising_party(actor: User, draft: Draft) -> Party | None:
    """The party that the actor speaks for; None where a safety delegate speaks for no party."""
    mine = rules.parties_spoken_for(actor, draft.organisation, draft.unit)
    if draft.party is None:
        return mine[0] if mine else None
    if draft.party not in mine:
        raise Refused(deny(_("You do not speak for this party today.")))
    return draft.party


def _next_number(organisation: Organisation, year: int) -> str:
    given = Case.objects.filter(organisation=organisation, number__startswith=f"{year}/")
    last = max((int(number.split("/")[1]) for number in given.values_list("number", flat=True)), default=0)
    return f"{year}/{last + 1}"


def _belongs(row: Case, draft: Draft) -> None:
    places = [one.organisation_id for one in draft.parties]
    if draft.unit is not None:
        places.append(draft.unit.organisation_id)
    if any(place != row.organisation_id for place in places):
        raise ValidationError(_("Parties and units must belong to the organisation of the case."))
    if not Party.objects.filter(organisation=row.organisation_id, side=Party.Side.EMPLOYER).exists():
        raise ValidationError(
            _("The organisation has no employer party yet. Ask the system administrator to add it.")
        )


def _involve_all(row: Case, draft: Draft, party: Party | None, today: date) -> None:
    wanted = draft.parties or tuple(Party.objects.filter(organisation=row.organisation_id))
    every = {one.pk: one for one in (*wanted, *([party] if party else []))}
    Involvement.objects.bulk_create(
        Involvement(case=row, party=one, since=today, how=_("Told when the case was raised"))
        for one in every.values()
    )
    set_first_involvement(row)


def set_first_involvement(row: Case) -> None:
    """The earliest day of the side that does not decide: the employees'."""
    first = row.involvements.filter(party__side=Party.Side.EMPLOYEES).order_by("since").first()
    row.first_involvement_on = first.since if first else None
    row.save()


def _take_signals(row: Case, actor: User, signals: tuple[tuple[Signal, int], ...]) -> None:
    """Hand the signals, with their groups, over to the case. One that is in a case already only gets this one too."""
    for signal, version in signals:
        if signal.organisation_id != row.organisation_id:
            raise ValidationError(_("The signal is from another organisation."))
        fresh = Signal.objects.get(pk=signal.pk)
        if fresh.status != Signal.Status.IN_CASE:
            words = _("Raised as case %(number)s.") % {"number": row.number}
            seen = fresh.version if _same_group(fresh, signals) else version
            hand_over(actor=actor, signal=signal, version=seen, target="in_case", note=words)
        row.signals.add(signal)
        if signal.group_id is not None:
            row.signals.add(
                *Signal.objects.filter(group=signal.group_id).exclude(status=Signal.Status.ANSWERED)
            )


def _same_group(signal: Signal, signals: tuple[tuple[Signal, int], ...]) -> bool:
    """Whether another signal of the same group was handed over just before, which moved this one's version too."""
    return signal.group_id is not None and sum(one.group_id == signal.group_id for one, _v in signals) > 1


@transaction.atomic
def edit(*, actor: User, case: Case, version: int, values: Mapping[str, Any]) -> Case:
    """Change what the case asks, its plan or its openness. Raises Conflict, Refused, WrongState or ValidationError."""
    row = locked(case, version)
    CASE.check(actor, row, "edit")
    before = {name: getattr(row, name) for name in EDITED}
    for name in EDITED:
        if name in values:
            setattr(row, name, values[name])
    if row.raised_by_party_id is None:
        row.work_environment = True
    row.full_clean()
    row.save()
    changed = [name for name in EDITED if before[name] != getattr(row, name)]
    if changed:
        note("edit", row, actor, fields=changed)
    return row
