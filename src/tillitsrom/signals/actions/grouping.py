"""Putting together signals that say the same, with the reason kept, and taking them apart again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Refused, deny, require
from tillitsrom.people.models import User
from tillitsrom.signals import lanes, rules, words
from tillitsrom.signals.models import Signal, SignalGroup

from .handling import locked


def _may_group(actor: User, row: Signal) -> None:
    """The sender for their own, the handlers for all; nobody for what is answered."""
    if row.status == Signal.Status.ANSWERED:
        raise Refused(deny(_("It is answered already.")))
    if not rules.is_sender(actor, row):
        require(rules.may_handle(actor, row))


@transaction.atomic
def join(*, actor: User, signal: Signal, version: int, other: Signal) -> Signal:
    """Put a signal together with another, or with the group that one is in. They are then answered together."""
    row = locked(signal, version)
    _may_group(actor, row)
    if other.pk == row.pk:
        raise ValidationError(_("Choose another signal than this one."))
    target = Signal.objects.select_for_update(of=("self",)).get(pk=other.pk)
    if target.organisation_id != row.organisation_id:
        raise ValidationError(_("Signals from different organisations are answered each for itself."))
    if target.status == Signal.Status.ANSWERED:
        raise Refused(deny(_("The other one is answered already.")))
    by = Signal.Grouped.SENDER if rules.is_sender(actor, row) else Signal.Grouped.HANDLER
    if target.group_id is None:
        target.group = SignalGroup(organisation_id=row.organisation_id)
        target.group.save(force_insert=True)
        target.version += 1
        target.save(update_fields=["group", "version"])
    mine, theirs = words.families(row.what), words.families(target.what)
    shared = words.shared_words(row.what, set(mine) & set(theirs))
    row.group, row.grouped_by, row.grouped_why = target.group, by, shared
    if by == Signal.Grouped.HANDLER:
        _follow(row, target)
    row.save()
    events.record("signal.joined", subject=row, actor=actor, data={"words": ", ".join(shared) or "–"})
    return row


def _follow(row: Signal, target: Signal) -> None:
    """What is not yet looked at follows those that are: same owner, lane and state. The lane decides the date."""
    row.owner_id = target.owner_id
    if row.status in (Signal.Status.RECEIVED, Signal.Status.REOPENED) and target.lane:
        row.lane, row.status = target.lane, target.status
        row.promised_on = max(row.promised_on, lanes.promised(target.lane, row.opens_on))


@transaction.atomic
def leave(*, actor: User, signal: Signal, version: int) -> Signal:
    """Take a signal out of its group again. A group of one is no group."""
    row = locked(signal, version)
    _may_group(actor, row)
    group = row.group
    if group is None:
        return row
    row.group, row.grouped_by, row.grouped_why = None, "", []
    row.save(update_fields=["group", "grouped_by", "grouped_why", "version"])
    events.record("signal.left", subject=row, actor=actor)
    rest = Signal.objects.filter(group=group)
    if rest.count() < 2:
        rest.update(group=None, grouped_by="", grouped_why=[])
        group.delete()
    return row
