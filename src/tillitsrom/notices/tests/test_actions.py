"""Who is told what, by which way, and that nothing is told twice or outside its transaction."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from tillitsrom.core.decisions import Refused
from tillitsrom.notices import actions, delivery
from tillitsrom.notices.models import Notice, Way
from tillitsrom.people.models import Role
from tillitsrom.people.queries import data_about
from tillitsrom.people.tests.factories import OrganisationFactory, UserFactory, person_with

from .factories import NoticeFactory

pytestmark = pytest.mark.django_db


def tell(*people, kind="test.happened"):
    body = OrganisationFactory.create(name="Fjordvik")
    url = f"/virksomheter/{body.pk}/"
    return actions.send(kind, recipients=people, subject=body, url=url, data={"name": body.name})


def test_each_person_is_told_once_and_closed_accounts_not_at_all():
    one, closed = UserFactory.create(), UserFactory.create(is_active=False)
    assert [row.recipient for row in tell(one, closed, one)] == [one]


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError, match="not registered"):
        tell(UserFactory.create(), kind="test.unheard")


@pytest.mark.parametrize(
    ("way", "kind", "mails"),
    [
        (Way.AT_ONCE, "test.happened", 1),
        (Way.AT_ONCE, "test.secret", 0),
        (Way.DAILY, "test.happened", 0),
        (Way.NEVER, "test.happened", 0),
    ],
)
def test_e_mail_goes_the_way_that_the_person_chose(way, kind, mails, django_capture_on_commit_callbacks):
    person = UserFactory.create()
    actions.choose_way(actor=person, way=way)
    with django_capture_on_commit_callbacks(execute=True):
        tell(person, kind=kind)
    assert len(mail.outbox) == mails
    state = Notice.objects.get().mail
    assert state == ("sent" if mails else "none" if way == Way.NEVER else "waiting")


def test_nothing_is_told_when_the_transaction_is_undone():
    person = UserFactory.create()
    with transaction.atomic():
        tell(person)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_the_digest_goes_at_the_hour_and_is_one_e_mail_in_the_persons_language(settings):
    settings.DIGEST_HOUR = 7
    oslo = ZoneInfo("Europe/Oslo")
    assert actions.next_digest(datetime(2026, 11, 28, 6, 59, tzinfo=oslo)).hour == 7
    assert actions.next_digest(datetime(2026, 11, 28, 7, 0, tzinfo=oslo)).day == 29
    person = UserFactory.create(language="nn")
    NoticeFactory.create_batch(3, recipient=person, mail="waiting", next_try_at=timezone.now())
    assert delivery.deliver.func() == 1
    (sent,) = mail.outbox
    assert sent.subject == "Tillitsrom: 3 varsel til deg"
    assert sent.body.count("It happened at Fjordvik.") == 3
    assert "http://127.0.0.1:8000/virksomheter/1/" in sent.body
    assert delivery.deliver.func() == 0


def test_a_refused_e_mail_is_tried_six_times_and_then_laid_aside(monkeypatch):
    def refuse(_message, *_args, **_kwargs):
        raise ConnectionRefusedError("mail.fjordvik.example is down")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    notice = NoticeFactory.create(mail="waiting", next_try_at=timezone.now())
    waits = []
    for _attempt in range(6):
        delivery.deliver_to(notice.recipient_id)
        notice.refresh_from_db()
        assert notice.next_try_at is not None
        waits.append(notice.next_try_at - timezone.now())
        Notice.objects.filter(pk=notice.pk).update(next_try_at=timezone.now())
    assert notice.mail == Notice.Mail.FAILED
    assert notice.error == "ConnectionRefusedError"
    assert waits[:5] == sorted(waits[:5])
    assert delivery.deliver_to(notice.recipient_id) == 0


def test_what_is_being_sent_is_not_sent_by_another_at_the_same_time(monkeypatch):
    notice = NoticeFactory.create(mail="waiting", next_try_at=timezone.now())
    seen = []
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send",
        lambda _message: seen.append(delivery.deliver_to(notice.recipient_id)),
    )
    assert delivery.deliver_to(notice.recipient_id) == 1
    assert seen == [0]


def test_only_an_administrator_deals_with_failed_e_mail():
    body = OrganisationFactory.create()
    admin, manager = person_with(Role.SYSTEM_ADMINISTRATOR, body), person_with(Role.MANAGER, body)
    notice = NoticeFactory.create(mail="failed", error="OSError", attempts=6)
    with pytest.raises(Refused):
        actions.try_again(actor=manager, notice=notice)
    with pytest.raises(Refused):
        actions.give_up(actor=manager, notice=notice)
    actions.try_again(actor=admin, notice=notice)
    notice.refresh_from_db()
    assert (notice.mail, notice.attempts) == ("waiting", 0)
    Notice.objects.update(mail="failed")
    actions.give_up(actor=admin, notice=notice)
    notice.refresh_from_db()
    assert notice.mail == "none"


def test_old_notices_go_and_others_stay():
    now = timezone.now()
    read, old, fresh = NoticeFactory.create_batch(3)
    Notice.objects.filter(pk=read.pk).update(read_at=now - timedelta(days=184))
    Notice.objects.filter(pk=old.pk).update(at=now - timedelta(days=366))
    assert actions.tidy(now) == 2
    assert Notice.objects.get() == fresh


def test_what_a_person_was_told_is_in_the_file_about_them():
    notice = NoticeFactory.create()
    found = data_about(notice.recipient)["notices"]
    assert found["by_email"] == "daily"
    assert [row["what"] for row in found["told"]] == ["It happened at Fjordvik."]
