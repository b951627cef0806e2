"""Every answer carries the headers that bound what a browser may do with it: pages, files, errors and static files."""

from typing import Any

import pytest
from django.test import Client
from django.urls import path

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]

pytestmark = pytest.mark.django_db


def fails(request: Any) -> Any:
    raise RuntimeError("Hemmelegheit")


fails.login_required = False  # type: ignore[attr-defined]
urlpatterns = [*urlpatterns, path("feiler/", fails)]

ANSWERS = [
    ("/", 200), ("/krav/", 200), ("/krav/eksport.csv", 200), ("/frister/frister.ics", 200), ("/katalog.ttl", 200),
    ("/api/v1/requirements", 200), ("/api/v1/requirements/1", 404), ("/ingenting/", 404), ("/krav/?q=%00", 400),
    ("/meg/", 302), ("/feiler/", 500), ("/logg-inn/", 200),
]  # fmt: skip


def test_static_files_have_them_too(settings):
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get("/static/register/documents.css")
    answer.close()
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_every_answer_has_them(address, status):
    answer = Client(raise_request_exception=False).get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Permissions-Policy"]
    assert b"Hemmelegheit" not in body
    assert b"Traceback" not in body
    for cookie in answer.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_what_a_person_sees_is_kept_in_no_cache(client):
    client.force_login(person_with(Role.MANAGER, OrganisationFactory.create()))
    for address in ("/", "/krav/", "/meg/", "/meg/data/", "/krav/eksport.json", "/api/v1/me"):
        answer = client.get(address)
        if answer.streaming:
            list(answer.streaming_content)
        assert "no-store" in answer.headers["Cache-Control"], address


def test_another_host_is_not_answered(client):
    for address in ("/", "/katalog.ttl", "/passord/", "/.well-known/security.txt", "/api/v1/requirements"):
        answer = client.get(address, headers={"host": "evil.example"})
        assert answer.status_code == 400, address
        assert b"evil.example" not in answer.content


@pytest.mark.parametrize("path_", ["/valg/sprak/", "/valg/farger/", "/valg/virksomhet/"])
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_no_choice_leads_to_another_site(client, path_, elsewhere):
    client.force_login(person_with(Role.MANAGER, OrganisationFactory.create()))
    answer = client.post(path_, {"next": elsewhere, "language": "nn", "scheme": "dark", "organisation": "1"})
    assert answer.status_code in (302, 204)
    assert answer.headers.get("Location", "/") == "/"


def test_every_form_asks_for_the_token_against_forgery():
    """A page that changes something refuses a request that another site made the browser send."""
    person = person_with(Role.SYSTEM_ADMINISTRATOR, OrganisationFactory.create())
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    for address in (
        "/logg-inn/", "/logg-ut/", "/passord/", "/meg/", "/meg/nokler/", "/meg/slett/", "/valg/sprak/", "/dokumenter/ny/",
        "/administrasjon/personer/ny/", "/krav/1/question/", "/dokumenter/1/steg/publish/", "/dokumenter/forslag/1/svar/accept/",
    ):  # fmt: skip
        assert client.post(address).status_code == 403, address
    assert client.patch("/api/v1/requirements/1", "{}", content_type="application/json").status_code == 403
