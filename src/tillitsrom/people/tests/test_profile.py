"""My page: what I change, my keys, my data, and the way out, which leaves nothing of me behind."""

import json
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.models import AppendOnly, Event
from tillitsrom.people import actions
from tillitsrom.people.models import ApiToken, Organisation, Role, User
from tillitsrom.people.tests.factories import OrganisationFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    body = OrganisationFactory.create(name="Fjordvik kommune")
    person = person_with(Role.MANAGER, body)
    person.name, person.email = "Kari Særegen Nordmann", "kari.saeregen@fjordvik.example"
    person.set_password("hest og vogn i regn")
    person.save()
    return person


@pytest.fixture
def client(person) -> Client:
    client = Client()
    client.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    client.cookies["django_language"] = "en"
    return client


def test_name_and_language_are_mine_to_change(client, person):
    response = client.post("/meg/", {"name": "Kari N.", "language": "nn", "email": "annen@x.example"})
    assert response.url == "/meg/"
    assert response.cookies["django_language"].value == "nn"
    person.refresh_from_db()
    assert (person.name, person.language) == ("Kari N.", "nn")
    assert person.email == "kari.saeregen@fjordvik.example"


def test_an_empty_name_is_refused_and_nothing_is_saved(client, person):
    response = client.post("/meg/", {"name": "", "language": "nn"})
    assert response.status_code == 400
    person.refresh_from_db()
    assert person.language == "nb"


def test_a_key_is_shown_once_and_never_kept(client, person):
    made = client.post("/meg/nokler/", {"token-name": "Regneark", "token-scope": "read"})
    key = made.context["key"]
    assert key in made.content.decode()
    assert made.headers["Cache-Control"] == "no-store, private"
    again = client.get("/meg/").content.decode()
    assert "Regneark" in again
    assert key not in again
    token = person.api_tokens.get()
    assert key not in json.dumps(list(ApiToken.objects.values()), default=str)
    found = actions.user_of_token(key)
    assert found == (person, "read")
    assert token.expires_on == timezone.localdate() + timedelta(days=actions.TOKEN_DAYS)


def test_a_key_without_a_name_is_refused(client, person):
    assert client.post("/meg/nokler/", {"token-name": "", "token-scope": "read"}).status_code == 400
    assert not person.api_tokens.exists()


def test_only_my_own_keys_can_be_removed(client, person):
    mine, _key = actions.make_token(actor=person, name="Min", scope="read")
    other, _key = actions.make_token(actor=UserFactory.create(), name="En annens", scope="read")
    assert client.post(f"/meg/nokler/{other.pk}/fjern/").status_code == 404
    assert client.post(f"/meg/nokler/{mine.pk}/fjern/").status_code == 302
    assert list(ApiToken.objects.all()) == [other]


def test_a_key_stops_when_it_expires_and_when_the_account_is_closed(person):
    token, key = actions.make_token(actor=person, name="Min", scope="write")
    ApiToken.objects.update(expires_on=timezone.localdate())
    assert actions.user_of_token(key) is not None
    ApiToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert actions.user_of_token(key) is None
    ApiToken.objects.update(expires_on=token.expires_on)
    User.objects.update(is_active=False)
    assert actions.user_of_token(key) is None
    assert actions.user_of_token("trom_") is None


def test_a_scope_that_is_not_there_is_refused(person):
    with pytest.raises(ValidationError):
        actions.make_token(actor=person, name="Min", scope="admin")


def test_my_data_is_everything_about_me(client, person):
    actions.make_token(actor=person, name="Regneark", scope="read")
    response = client.get("/meg/data/")
    assert "attachment" in response.headers["Content-Disposition"]
    data = response.json()
    assert data["account"]["email"] == person.email
    assert data["roles"][0]["organisation"] == "Fjordvik kommune"
    assert data["api_keys"][0]["name"] == "Regneark"
    assert data["what_i_did"][0]["what"] == "A key for the API was made."


def test_erasing_asks_for_a_deliberate_yes(client, person):
    assert client.get("/meg/slett/").status_code == 200
    assert client.post("/meg/slett/", {}).status_code == 400
    assert User.objects.filter(pk=person.pk).exists()


def test_an_erased_person_is_nowhere(client, person):
    administrator = person_with(Role.SYSTEM_ADMINISTRATOR, OrganisationFactory.create())
    actions.make_token(actor=person, name="Kari Særegens nøkkel", scope="write")
    AccessAttempt.objects.create(
        username="KARI.saeregen@fjordvik.example", ip_address="192.0.2.1", failures_since_start=1,
        attempt_time=timezone.now(),
    )  # fmt: skip
    body = Organisation.objects.get(name="Fjordvik kommune")
    question = events.record(
        "requirement.question", subject=body, actor=person, data={"reason": "Jeg, Kari Særegen, er lei"}
    )
    response = client.post("/meg/slett/", {"sure": "on"})
    assert response.url == "/logg-inn/"
    assert client.get("/meg/").status_code == 302

    everything = everything_kept().casefold()
    for trace in ("særegen", "saeregen", person.password):
        assert trace.casefold() not in everything
    # What was done stays, without the person; others keep their name on what they did.
    question.refresh_from_db()
    assert question.actor is None
    assert events.who(question, administrator) in ("a person who has been erased", "en person som er slettet")
    assert Organisation.objects.filter(pk=body.pk).exists()


def everything_kept() -> str:
    """Every value in every table of the database."""
    rows = [
        str(list(model._meta.base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label != "sessions.Session"
    ]
    return "\n".join(rows)


def test_the_search_for_traces_would_find_them(person):
    assert "særegen" in everything_kept().casefold()


def test_the_last_administrator_is_told_why_not(client):
    only = person_with(Role.SYSTEM_ADMINISTRATOR, OrganisationFactory.create())
    browser = Client()
    browser.force_login(only, backend="tillitsrom.people.backends.EmailBackend")
    browser.cookies["django_language"] = "en"
    assert "only system administrator" in browser.get("/meg/slett/").content.decode()
    response = browser.post("/meg/slett/", {"sure": "on"})
    assert response.status_code == 403
    assert "only system administrator" in response.content.decode()
    assert User.objects.filter(pk=only.pk).exists()


def test_the_log_itself_is_never_changed(person):
    events.record("people.person_saved", subject=person, actor=person)
    with pytest.raises(AppendOnly):
        Event.objects.update(kind="x")
    with pytest.raises(AppendOnly):
        Event.objects.all().delete()
