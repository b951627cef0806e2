"""What becomes of signals when a person is erased: the sender's name goes, and what the person owned gets a new owner."""

from django.db.models import F
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Refused, deny
from tillitsrom.people.models import User
from tillitsrom.signals.models import DialogueRequest, InputCall, Message, MeToo, Signal, Statement

from . import calls
from .clockwork import new_owner_for_all


@events.when_erased
def forget_person(person: User) -> None:
    """The text of a signal is about the work and stays; the name, the key of the form and the me-toos go."""
    Signal.objects.filter(sender=person).update(sender=None, sent_key="", version=F("version") + 1)
    Message.objects.filter(author=person).update(author=None)
    # A wish to meet is between two persons, and there is nobody left to meet.
    DialogueRequest.objects.filter(asked_by=person).delete()
    DialogueRequest.objects.filter(owner=person).update(owner=None)
    # What a party has asked and answered is the party's, and stays without the name.
    Statement.objects.filter(author=person).update(author=None)
    InputCall.objects.filter(asked_by=person).update(asked_by=None)
    waiting = list(
        InputCall.objects.filter(owner=person, status=InputCall.Status.OPEN).values_list("pk", flat=True)
    )
    for pk in waiting:
        calls.new_owner(pk)
    InputCall.objects.filter(owner=person).update(owner=None)
    mine = MeToo.objects.filter(person=person)
    Signal.objects.filter(pk__in=mine.values("signal")).update(me_too_count=F("me_too_count") - 1)
    mine.delete()
    new_owner_for_all(person.pk)
    if Signal.objects.filter(owner=person).exists():
        raise Refused(
            deny(
                _(
                    "The person owns signals, and nobody else can take them. Add a manager in the organisation first."
                )
            )
        )
