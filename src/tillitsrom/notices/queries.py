"""Reads of notices: a person sees their own, a system administrator sees which e-mails could not be sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from tillitsrom.people.models import Actor, User
from tillitsrom.people.rules import is_administrator

from .kinds import sentence
from .models import Notice, Preference, Way


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it is shown."""

    pk: int
    text: str
    at: datetime
    is_read: bool


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """The gate: a notice belongs to the one it was sent to and to nobody else."""
    return Notice.objects.filter(recipient=actor) if isinstance(actor, User) else Notice.objects.none()


def failed_visible_to(actor: Actor) -> QuerySet[Notice]:
    """E-mails that were given up, for those who keep the system; what they were about is not shown to them."""
    rows = Notice.objects.filter(mail=Notice.Mail.FAILED).select_related("recipient").order_by("at", "pk")
    return rows if is_administrator(actor) else rows.none()


def unread(person: User) -> int:
    return visible_to(person).filter(read_at__isnull=True).count()


def told(rows: list[Notice]) -> list[Told]:
    """Notices as sentences in the reader's language."""
    return [Told(row.pk, sentence(row.kind, row.data), row.at, row.read_at is not None) for row in rows]


def way_of(person: User) -> str:
    found = Preference.objects.filter(person=person).first()
    return found.way if found else Way.DAILY
