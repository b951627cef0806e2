"""The bell, the list, the choice, and the page of what could not be sent."""

import pytest

from tillitsrom.notices.models import Notice, Preference
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, UserFactory, person_with

from .factories import NoticeFactory

pytestmark = pytest.mark.django_db


def test_a_person_sees_their_own_notices_and_the_number_on_the_bell(client):
    mine, other = NoticeFactory.create(), NoticeFactory.create(data={"name": "Storvik"})
    client.force_login(mine.recipient)
    page = client.get("/varsler/").content.decode()
    assert "It happened at Fjordvik." in page
    assert "Storvik" not in page
    assert '<span class="tr-count">1' in page
    assert client.get(f"/varsler/{other.pk}/").status_code == 404


def test_following_a_notice_reads_it_and_goes_there(client):
    notice = NoticeFactory.create()
    client.force_login(notice.recipient)
    answer = client.get(f"/varsler/{notice.pk}/")
    assert (answer.status_code, answer.url) == (302, "/virksomheter/1/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "tr-count" not in client.get("/varsler/").content.decode()


def test_marking_all_as_read_touches_only_ones_own(client):
    mine, other = NoticeFactory.create(), NoticeFactory.create()
    client.force_login(mine.recipient)
    client.post("/varsler/lest/")
    assert list(Notice.objects.filter(read_at__isnull=True)) == [other]


def test_the_choice_is_saved_and_a_wrong_one_is_refused(client):
    person = UserFactory.create()
    client.force_login(person)
    assert client.post("/varsler/", {"way": "carrier pigeon"}).status_code == 400
    assert client.post("/varsler/", {"way": "at_once"}).status_code == 302
    assert Preference.objects.get(person=person).way == "at_once"


def test_the_page_of_failed_e_mail_is_for_administrators_and_shows_no_contents(client):
    body = OrganisationFactory.create()
    notice = NoticeFactory.create(mail="failed", error="SMTPRecipientsRefused")
    client.force_login(person_with(Role.MANAGER, body))
    assert client.get("/administrasjon/epost/").status_code == 403
    assert client.post(f"/administrasjon/epost/{notice.pk}/igjen/").status_code == 403
    client.force_login(person_with(Role.SYSTEM_ADMINISTRATOR, body))
    page = client.get("/administrasjon/epost/").content.decode()
    assert "SMTPRecipientsRefused" in page
    assert "It happened" not in page
    assert client.post(f"/administrasjon/epost/{notice.pk}/la-vaere/").status_code == 302
    assert client.post(f"/administrasjon/epost/{notice.pk}/la-vaere/").status_code == 404
