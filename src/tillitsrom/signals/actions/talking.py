"""The talk between the sender and those who handle the signal, also when the sender is known only by a code."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillitsrom.core.decisions import Refused, deny, require
from tillitsrom.people.models import User
from tillitsrom.signals import rules
from tillitsrom.signals.models import Message, Signal, week_of

from .handling import tell
from .sending import mix


def _text(text: str) -> str:
    plain = text.strip()
    if not plain:
        raise ValidationError({"text": [_("This must be filled in.")]})
    longest = Message._meta.get_field("text").max_length or 0
    if len(plain) > longest:
        raise ValidationError({"text": [_("Say it shorter.")]})
    return plain


@transaction.atomic
def say(*, actor: User, signal: Signal, text: str) -> Message:
    """Write a message: as the sender of an open signal, or as one who handles it. The other side is told."""
    require(rules.may_talk(actor, signal))
    now, today = timezone.now(), timezone.localdate()
    by_sender = rules.is_sender(actor, signal)
    message = Message(
        signal=signal, text=_text(text), by_sender=by_sender, author=actor, sent_at=now, week=week_of(today), opens_on=today
    )  # fmt: skip
    message.save(force_insert=True)
    if by_sender:
        tell(signal, "signal.message", [signal.owner], besides=actor)
    elif signal.sender is not None:
        tell(signal, "signal.message", [signal.sender], besides=actor)
    return message


@transaction.atomic
def say_by_code(*, signal: Signal, text: str, reopens: bool = False) -> Message:
    """Write by the code. Nobody is named, and it opens for the handlers next Monday with all others of the week.

    With `reopens` the sender asks, once, that the answer is looked at again; that too happens on the Monday.
    """
    if reopens and (
        signal.status != Signal.Status.ANSWERED
        or signal.reopened_once
        or signal.messages.filter(reopens=True).exists()
    ):
        raise Refused(
            deny(
                _(
                    "It has been opened again once already. Send a new signal, or talk with your union representative."
                )
            )
        )
    monday = week_of(timezone.localdate())
    message = Message(
        signal=signal, text=_text(text), by_sender=True, confidential=True, week=monday,
        opens_on=monday + timedelta(days=7), opened=False, reopens=reopens,
    )  # fmt: skip
    message.save(force_insert=True)
    # Among all of the week's messages that came by code, whatever they are about.
    mix(Message._meta.db_table, monday, "by_sender::int", 1)
    return message
