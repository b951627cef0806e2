"""Who calls the API: keys and their scopes, log-ins, the public; the limits; and errors in one shape and three languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tillitsrom.core.problem import KINDS, MEDIA_TYPE
from tillitsrom.people import actions
from tillitsrom.people.models import ApiToken, Role, User
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


@pytest.fixture
def person() -> User:
    return person_with(Role.MANAGER, OrganisationFactory.create(name="Fjordvik kommune"))


def key_of(person: User, scope: str = "read") -> dict[str, str]:
    """The header that a program of the person's sends."""
    _token, key = actions.make_token(actor=person, name="Test", scope=scope)
    return {"Authorization": f"Bearer {key}"}


def is_problem(response: Any, kind: str) -> Any:
    """The answer is an error of this kind, in the one shape."""
    status, _title = KINDS[kind]
    assert response.status_code == status
    assert response.headers["Content-Type"] == MEDIA_TYPE
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    assert body["type"].endswith(f"#problem-{kind}")
    assert body["status"] == status
    assert body["detail"]
    return body


def test_a_key_says_who_calls(client, person):
    body = client.get("/api/v1/me", headers=key_of(person)).json()
    assert body["email"] == person.email
    assert body["roles"][0]["organisation"]["name"] == "Fjordvik kommune"
    assert body["roles"][0]["role"] == "manager"


def test_without_a_key_one_is_told_how_to_get_one(client):
    response = client.get("/api/v1/me", headers={"Accept-Language": "en"})
    assert "My profile" in is_problem(response, "not-authenticated")["detail"]
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["Bearer trom_feil", "Bearer ", "Basic a2FyaTpwYXNz", "trom_feil", "Bearer æøå"]
)
@pytest.mark.parametrize("address", ["/api/v1/me", "/api/v1/organisations", "/api/v1/requirements"])
def test_a_wrong_key_is_never_taken_for_the_public(client, header, address):
    is_problem(client.get(address, headers={"Authorization": header}), "not-authenticated")


def test_an_expired_key_and_a_closed_account_are_shut_out(client, person):
    headers = key_of(person)
    ApiToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    is_problem(client.get("/api/v1/me", headers=headers), "not-authenticated")
    ApiToken.objects.update(expires_on=timezone.localdate())
    assert client.get("/api/v1/me", headers=headers).status_code == 200
    actions_user = User.objects.get(pk=person.pk)
    actions_user.is_active = False
    actions_user.save()
    is_problem(client.get("/api/v1/me", headers=headers), "not-authenticated")


def test_a_person_who_is_logged_in_reads_as_themself(client, person):
    client.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    assert client.get("/api/v1/me").json()["email"] == person.email


def test_a_browser_changes_nothing_without_its_own_token(person):
    """A page elsewhere must not be able to act through somebody's log-in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    address = "/api/v1/documents/1/actions"
    refused = browser.post(address, {"action": "publish"}, content_type="application/json")
    assert "CSRF" in is_problem(refused, "not-allowed")["detail"]
    browser.get("/meg/")
    token = browser.cookies["csrftoken"].value
    response = browser.post(
        address, {"action": "publish"}, content_type="application/json", headers={"X-CSRFToken": token}
    )
    is_problem(response, "not-found")


def test_anybody_reads_organisations_and_their_units(client):
    ministry = OrganisationFactory.create(name="Departementet", level="ministry", number="974760673")
    body = OrganisationFactory.create(name="Etaten", level="agency", superior=ministry)
    top = UnitFactory.create(organisation=body, name="Oppvekst")
    UnitFactory.create(organisation=body, name="Skole", parent=top)
    page = client.get("/api/v1/organisations").json()
    assert (page["count"], page["next"], page["previous"]) == (2, None, None)
    assert page["items"][1]["superior"] is None or page["items"][0]["superior"] is None
    one = client.get(f"/api/v1/organisations/{body.pk}").json()
    assert one["superior"] == {"id": ministry.pk, "name": "Departementet"}
    units = client.get(f"/api/v1/organisations/{body.pk}/units").json()
    assert [(u["name"], u["parent_id"]) for u in units] == [("Oppvekst", None), ("Skole", top.pk)]
    assert client.get("/api/v1/organisations", {"level": "ministry"}).json()["count"] == 1
    assert client.get("/api/v1/organisations", {"q": "974 760 673"}).json()["count"] == 1
    is_problem(client.get("/api/v1/organisations/9999"), "not-found")


def test_pages_of_a_list_lead_to_each_other(client):
    for _ in range(5):
        OrganisationFactory.create()
    seen, address = [], "/api/v1/organisations?limit=2&q=kommune"
    while address:
        page = client.get(address).json()
        seen += [one["id"] for one in page["items"]]
        assert page["count"] == 5
        address = page["next"]
    assert len(seen) == len(set(seen)) == 5
    assert (
        client.get("/api/v1/organisations?limit=2&offset=2").json()["previous"].endswith("limit=2&offset=0")
    )


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=201", "limit"), ("limit=0", "limit"), ("offset=-1", "offset"), ("limit=mange", "limit"), ("level=x", "level")],
)  # fmt: skip
def test_a_wrong_value_is_said_with_its_field(client, query, field):
    body = is_problem(client.get(f"/api/v1/organisations?{query}"), "invalid")
    assert [error["field"] for error in body["errors"]] == [field]


@pytest.mark.parametrize(("language", "word"), [("en", "whole number"), ("nb", "heltall"), ("nn", "heiltal")])
def test_errors_come_in_the_callers_language(client, language, word):
    response = client.get("/api/v1/organisations?limit=mange", headers={"Accept-Language": language})
    assert word in is_problem(response, "invalid")["errors"][0]["detail"]
    assert "Accept-Language" in response.headers["Vary"]


def test_a_method_that_is_not_there(client):
    response = client.delete("/api/v1/organisations")
    is_problem(response, "method-not-allowed")
    assert response.headers["Allow"] == "GET"


def test_a_body_that_is_not_json(client, person):
    response = client.patch(
        "/api/v1/requirements/1", "{", content_type="application/json", headers=key_of(person, "write")
    )
    is_problem(response, "bad-request")


def test_a_body_that_is_too_large(client, person, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.patch(
        "/api/v1/requirements/1", {"purpose": "x" * 200}, content_type="application/json", headers=key_of(person, "write")
    )  # fmt: skip
    is_problem(response, "too-large")


def test_our_own_mistake_tells_nothing_of_the_inside(client, monkeypatch, caplog):
    def breaks(_actor: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("tillitsrom.people.rules.organisations_visible_to", breaks)
    response = client.get("/api/v1/organisations")
    is_problem(response, "server-error")
    assert "secret" not in response.content.decode()
    assert "a secret of the inside" in caplog.text


class TestLimit:
    """So many requests a minute for each key, each person and each address."""

    now: float

    @pytest.fixture(autouse=True)
    def _few(self, settings, monkeypatch):
        settings.API_REQUESTS_PER_MINUTE = 3
        monkeypatch.setattr("tillitsrom.core.rates.time.time", lambda: self.now)
        self.now = 1_000_000_020.0

    def ask(self, headers=None, address="192.0.2.1"):
        return Client(REMOTE_ADDR=address).get("/api/v1/organisations", headers=headers or {})

    def test_the_public_by_address(self):
        assert [self.ask().status_code for _ in range(3)] == [200, 200, 200]
        stopped = self.ask()
        is_problem(stopped, "too-many-requests")
        assert 1 <= int(stopped.headers["Retry-After"]) <= 60
        assert self.ask(address="192.0.2.2").status_code == 200
        self.now += 60
        assert self.ask().status_code == 200

    def test_each_key_by_itself(self, person):
        mine, other = key_of(person), key_of(person)
        assert [self.ask(mine).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert self.ask(other).status_code == 200
        assert self.ask().status_code == 200

    def test_guessing_keys_by_address(self):
        guesses = [self.ask({"Authorization": f"Bearer trom_{n}"}).status_code for n in range(4)]
        assert guesses == [401, 401, 401, 429]

    def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(self, settings):
        def ask(forwarded: str) -> int:
            return Client().get("/api/v1/organisations", headers={"X-Forwarded-For": forwarded}).status_code

        # Without a proxy of ours anybody could write the header.
        assert [ask(f"192.0.2.{n}") for n in range(4)] == [200, 200, 200, 429]
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        cache.clear()
        assert [ask(f"10.0.0.{n}, 192.0.2.9") for n in range(4)] == [200, 200, 200, 429]
        assert ask("192.0.2.10") == 200


def test_the_documentation_comes_from_here_and_names_everything(client):
    response = client.get("/api/v1/docs", headers={"Accept-Language": "en"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "http://" not in text.replace("http://testserver", "").replace("http://www.w3.org", "")
    assert "https://" not in text
    assert "<script>" not in text
    schema = client.get("/api/v1/openapi.json").json()
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in text
    for name, one in schema["components"]["schemas"].items():
        assert not one.get("properties") or f'id="schema-{name}"' in text
    for kind in KINDS:
        assert f'id="problem-{kind}"' in text
