"""What the story is told with: the days it gives, and the e-mail it keeps back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.models import Event
from tillitsrom.demo.telling import dated, noon, requirement_with, without_mail
from tillitsrom.notices.actions import send
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import User
from tillitsrom.people.tests.factories import UserFactory
from tillitsrom.register.tests.factories import RequirementFactory

pytestmark = pytest.mark.django_db


def _tell(person: User) -> Notice:
    return send("control.end", recipients=[person], subject=person, url="/", data={"what": "Lista"})[0]


def test_what_is_written_inside_gets_the_day_and_what_was_there_keeps_its_own():
    person, day = UserFactory.create(), timezone.localdate() - timedelta(days=90)
    before = _tell(person)
    with dated(day):
        inside = _tell(person)
        events.record("control.end", subject=person, actor=person, data={"reason": "Ferdig"})
    assert Event.objects.get(kind="control.end").at == noon(day)
    assert Notice.objects.get(pk=inside.pk).at == noon(day)
    assert Notice.objects.get(pk=before.pk).at == before.at


def test_nobody_in_the_story_is_sent_e_mail():
    person = UserFactory.create()
    before = _tell(person)
    with without_mail():
        inside = _tell(person)
    assert Notice.objects.get(pk=before.pk).mail == Notice.Mail.WAITING
    row = Notice.objects.get(pk=inside.pk)
    assert (row.mail, row.next_try_at) == (Notice.Mail.NONE, None)


def test_the_newest_requirement_with_the_words_is_meant():
    RequirementFactory.create(quote="Skolen skal føre liste.", document__year=2024)
    newest = RequirementFactory.create(quote="Skolen skal føre liste hver uke.", document__year=2026)
    assert requirement_with("føre liste") == newest
    with pytest.raises(LookupError, match="telle stoler"):
        requirement_with("telle stoler")
