"""The only module that writes notices, but for what delivery notes about its own attempts."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from tillitsrom.core.decisions import require
from tillitsrom.people.models import User
from tillitsrom.people.rules import may_administer

from .kinds import KINDS
from .models import Notice, Preference, Way

READ_KEPT = timedelta(days=183)
ALL_KEPT = timedelta(days=365)


def next_digest(now: datetime) -> datetime:
    """The next time of day when digests go out (TILLITSROM_DIGEST_HOUR, local time)."""
    local = timezone.localtime(now)
    at = local.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return at if at > local else at + timedelta(days=1)


def send(
    kind: str,
    *,
    recipients: Iterable[User],
    subject: models.Model,
    url: str,
    data: Mapping[str, Any] | None = None,
) -> list[Notice]:
    """Tell people that something happened, in the caller's transaction; each person once, also where they stand twice.

    An unregistered kind is an error. The e-mail goes out after the transaction, as each person has chosen.
    """
    if kind not in KINDS:
        raise KeyError(f"notice kind {kind!r} is not registered")
    people = {person.pk: person for person in recipients if person.is_active}
    ways = dict(Preference.objects.filter(person__in=people).values_list("person_id", "way"))
    now = timezone.now()
    rows = []
    for pk, person in people.items():
        way = ways.get(pk, Way.DAILY)
        if way == Way.AT_ONCE and KINDS[kind].batched:
            way = Way.DAILY
        wanted = way != Way.NEVER
        rows.append(
            Notice(
                recipient=person,
                kind=kind,
                subject_type=subject._meta.label_lower,
                subject_id=str(subject.pk),
                url=url,
                data=dict(data or {}),
                mail=Notice.Mail.WAITING if wanted else Notice.Mail.NONE,
                next_try_at=(now if way == Way.AT_ONCE else next_digest(now)) if wanted else None,
            )
        )
    made = Notice.objects.bulk_create(rows)
    if any(one.next_try_at == now for one in made):
        # Imported here because delivery builds on this module.
        from .delivery import deliver

        transaction.on_commit(lambda: deliver.enqueue())
    return made


@transaction.atomic
def choose_way(*, actor: User, way: str) -> None:
    """How the person wants e-mail from now on. What already waits goes as it was going to."""
    row = Preference(person=actor, way=Way(way))
    row.full_clean(validate_unique=False)
    row.save()


@transaction.atomic
def mark_read(*, actor: User, notices: Iterable[Notice] | None = None) -> int:
    """Mark some, or all, of a person's own notices as read."""
    unread = Notice.objects.filter(recipient=actor, read_at__isnull=True)
    if notices is not None:
        unread = unread.filter(pk__in=[one.pk for one in notices])
    return int(unread.update(read_at=timezone.now()))


@transaction.atomic
def try_again(*, actor: User, notice: Notice) -> None:
    """Put an e-mail that failed for good in the queue anew."""
    require(may_administer(actor, notice))
    row = Notice.objects.select_for_update().get(pk=notice.pk)
    if row.mail == Notice.Mail.FAILED:
        row.mail, row.attempts, row.error, row.next_try_at = Notice.Mail.WAITING, 0, "", timezone.now()
        row.save(update_fields=["mail", "attempts", "error", "next_try_at"])


@transaction.atomic
def give_up(*, actor: User, notice: Notice) -> None:
    """Let an e-mail that failed be; the notice still stands in the application."""
    require(may_administer(actor, notice))
    Notice.objects.filter(pk=notice.pk, mail=Notice.Mail.FAILED).update(mail=Notice.Mail.NONE, error="")


def tidy(now: datetime) -> int:
    """Remove notices that were read half a year ago, and all that are a year old."""
    old = models.Q(read_at__lt=now - READ_KEPT) | models.Q(at__lt=now - ALL_KEPT)
    count, _each = Notice.objects.filter(old).delete()
    return int(count)
