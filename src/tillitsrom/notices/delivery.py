"""E-mail of notices: one e-mail a person for all that is due, tried again with longer and longer waits, then laid aside to be seen."""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from tillitsrom.people.models import User

from .kinds import sentence
from .models import Notice

log = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720))
TAKEN_FOR = timedelta(minutes=5)
AT_MOST = 100


@task()
def deliver() -> int:
    """Send what is due. Runs twice without harm: each person's rows are locked while their e-mail is sent."""
    now = timezone.now()
    due = Notice.objects.filter(mail=Notice.Mail.WAITING, next_try_at__lte=now)
    people = list(due.order_by().values_list("recipient_id", flat=True).distinct())
    return sum(deliver_to(person) for person in people)


def deliver_to(person_id: int) -> int:
    """Send one person everything that is due in one e-mail; the number of e-mails sent, 0 or 1.

    The rows are taken for five minutes before the sending, so that no transaction is open while the mail server answers. A crash
    in between sends the e-mail once more when the five minutes are over: twice is better than never.
    """
    rows = _take(person_id)
    if not rows:
        return 0
    person = User.objects.get(pk=person_id)
    if not person.is_active:
        _note(rows, mail=Notice.Mail.NONE)
        return 0
    try:
        message_for(person, rows).send()
    except (OSError, smtplib.SMTPException) as error:
        # Neither the address nor the server's words about it belong in the log or the table.
        log.warning("an e-mail to person %s could not be sent: %s", person.pk, type(error).__name__)
        _note_failure(rows, type(error).__name__)
        return 0
    _note(rows, mail=Notice.Mail.SENT, error="")
    return 1


@transaction.atomic
def _take(person_id: int) -> list[Notice]:
    now = timezone.now()
    rows = list(
        Notice.objects.select_for_update()
        .filter(recipient_id=person_id, mail=Notice.Mail.WAITING, next_try_at__lte=now)
        .order_by("at", "pk")[:AT_MOST]
    )
    _note(rows, next_try_at=now + TAKEN_FOR)
    return rows


def _note(rows: list[Notice], **values: object) -> None:
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(**values)


def _note_failure(rows: list[Notice], error: str) -> None:
    now = timezone.now()
    for row in rows:
        row.attempts += 1
        row.error = error
        if row.attempts > len(WAITS):
            row.mail = Notice.Mail.FAILED
        else:
            row.next_try_at = now + WAITS[row.attempts - 1]
    Notice.objects.bulk_update(rows, ["attempts", "error", "mail", "next_try_at"])


def message_for(person: User, rows: list[Notice]) -> EmailMessage:
    """The e-mail in the person's language: a sentence and an address for each notice, nothing that must stay inside."""
    with translation.override(person.language):
        lines = [
            {"text": sentence(row.kind, row.data), "url": settings.SITE_URL.rstrip("/") + row.url}
            for row in rows
        ]
        context = {"person": person, "lines": lines, "site": settings.SITE_URL, "name": settings.SITE_NAME}
        subject = render_to_string("notices/email_subject.txt", context).strip()
        body = render_to_string("notices/email.txt", context)
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[person.email])
