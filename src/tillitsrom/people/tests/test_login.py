"""Logging in: where it leads, what it says when it fails, when it locks, and how a password is chosen."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tillitsrom.people.models import User
from tillitsrom.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "hest og vogn i regn"


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


@pytest.fixture
def person() -> User:
    person = UserFactory.create(email="kari@fjordvik.example", name="Kari Nordmann")
    person.set_password(PASSWORD)
    person.save()
    return person


def log_in(client: Client, email: str, password: str = PASSWORD, next_: str = "/meg/"):
    return client.post("/logg-inn/", {"username": email, "password": password, "next": next_})


def test_leads_to_where_the_person_was_going(client, person):
    response = client.get("/meg/")
    assert response.status_code == 302
    assert response.url == "/logg-inn/?next=/meg/"
    assert log_in(client, "kari@fjordvik.example").url == "/meg/"
    assert client.get("/meg/").status_code == 200


def test_any_spelling_of_the_address(client, person):
    assert log_in(client, "Kari@Fjordvik.example").status_code == 302


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_never_leads_to_another_site(client, person, settings, elsewhere):
    settings.LOGIN_REDIRECT_URL = "/virksomheter/"
    assert log_in(client, "kari@fjordvik.example", next_=elsewhere).url == "/virksomheter/"


def test_the_pages_come_in_the_persons_language(client, person):
    person.language = "nn"
    person.save()
    log_in(client, "kari@fjordvik.example")
    assert client.cookies["django_language"].value == "nn"
    assert 'lang="nn"' in client.get("/meg/").content.decode()


@pytest.mark.parametrize(
    ("email", "password"), [("kari@fjordvik.example", "feil"), ("ukjent@fjordvik.example", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(client, person, email, password):
    client.cookies["django_language"] = "en"
    response = log_in(client, email, password)
    assert response.status_code == 200
    text = response.content.decode()
    assert "do not belong together" in text
    assert email in text
    assert password not in text


def test_a_closed_account_stays_out(client, person):
    person.is_active = False
    person.save()
    assert log_in(client, "kari@fjordvik.example").status_code == 200
    assert client.get("/meg/").status_code == 302


def test_guessing_locks_the_address_from_that_machine_whatever_the_spelling(client, person, settings):
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        spelling = "KARI@fjordvik.example" if attempt % 2 else "kari@fjordvik.example"
        response = log_in(client, spelling, "feil")
    assert response.status_code == 429
    # The right password does not open the lock either.
    locked = log_in(client, "kari@fjordvik.example")
    assert locked.status_code == 429
    assert "<h1" in locked.content.decode()
    assert client.get("/meg/").status_code == 302
    # Another machine is not shut out by it.
    assert log_in(Client(REMOTE_ADDR="192.0.2.7"), "kari@fjordvik.example").status_code == 302


def test_behind_our_proxy_the_lock_is_on_the_machine_that_guesses(client, person, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    form = {"username": "kari@fjordvik.example", "password": "feil", "next": "/meg/"}
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = client.post("/logg-inn/", form, headers={"X-Forwarded-For": "192.0.2.66"})
    assert response.status_code == 429
    form["password"] = PASSWORD
    assert client.post("/logg-inn/", form, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 302


def test_logging_out_takes_a_form(client, person):
    client.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    assert client.get("/logg-ut/").status_code == 405
    assert client.get("/meg/").status_code == 200
    client.post("/logg-ut/", {"next": "/virksomheter/"})
    assert client.get("/meg/").status_code == 302


def test_a_new_password_by_e_mail_in_the_persons_language(client, person):
    person.language = "nn"
    person.save()
    assert client.post("/passord/", {"email": "KARI@fjordvik.example"}).url == "/passord/sendt/"
    (letter,) = mail.outbox
    assert letter.to == ["kari@fjordvik.example"]
    address = re.search(r"http://testserver(/passord/nytt/\S+)", str(letter.body))
    assert address is not None
    form = client.get(address[1], follow=True)
    new = "ny hest og ny vogn"
    done = client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
    assert done.url == "/passord/ferdig/"
    assert log_in(client, "kari@fjordvik.example", new).status_code == 302
    # The link works once.
    assert client.get(address[1], follow=True).context["validlink"] is False


def test_a_person_without_a_password_can_ask_for_one(client):
    UserFactory.create(email="ny@fjordvik.example", password="!")
    client.post("/passord/", {"email": "ny@fjordvik.example"})
    assert len(mail.outbox) == 1


def test_asking_tells_nobody_who_has_an_account(client, person):
    known = client.post("/passord/", {"email": "kari@fjordvik.example"})
    unknown = client.post("/passord/", {"email": "ukjent@fjordvik.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_asking_again_and_again_is_stopped(client, person, monkeypatch):
    monkeypatch.setattr("tillitsrom.people.views.login.LINKS_PER_HOUR", 2)
    for _ in range(2):
        assert client.post("/passord/", {"email": "kari@fjordvik.example"}).status_code == 302
    stopped = client.post("/passord/", {"email": "kari@fjordvik.example"})
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert len(mail.outbox) == 2


def test_a_signed_in_person_changes_their_password(client, person):
    client.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    new = "ny hest og ny vogn"
    response = client.post(
        "/passord/bytt/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert response.url == "/passord/byttet/"
    assert client.get("/passord/byttet/").status_code == 200


def test_one_machine_cannot_try_one_password_on_everybody(client, person, monkeypatch):
    monkeypatch.setattr("tillitsrom.people.views.login.FAILURES_PER_MACHINE", 3)
    for number in range(3):
        assert log_in(client, f"person{number}@fjordvik.example", "feil").status_code == 200
    answer = log_in(client, "kari@fjordvik.example")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert log_in(elsewhere, "kari@fjordvik.example").status_code == 302


def test_nobodys_mailbox_is_filled(person):
    answers = []
    for number in range(8):
        machine = Client(REMOTE_ADDR=f"192.0.2.{number}")
        answers.append(machine.post("/passord/", {"email": "KARI@fjordvik.example"}))
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/passord/sendt/")}
    assert len(mail.outbox) == 5
