"""What no page of ours sends is turned away before anything reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.crypto import get_random_string

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with

pytestmark = pytest.mark.django_db


def big(size: int = 3000) -> SimpleUploadedFile:
    return SimpleUploadedFile("brev.txt", get_random_string(size).encode())


@pytest.fixture(autouse=True)
def _small_limits(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.UPLOAD_PATHS = {"/dokumenter/ny/": 4000, "/api/v1/documents": 4000}


@pytest.mark.parametrize(
    "path", ["/logg-inn/", "/passord/", "/dokumenter/ny/", "/valg/sprak/", "/ingenting/"]
)
def test_files_are_not_taken_from_just_anyone(client, path):
    assert client.post(path, {"file": big()}).status_code == 413


def test_the_api_says_so_in_its_own_words(client):
    answer = client.post("/api/v1/documents", {"file": big()})
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_files_are_taken_where_they_belong(client):
    client.force_login(person_with(Role.MANAGER, OrganisationFactory.create()))
    # Not refused as too large: what it lacks is said by the form.
    assert client.post("/dokumenter/ny/", {"documents": big()}).status_code == 422
    assert client.post("/dokumenter/ny/", {"documents": big(6000)}).status_code == 413
    assert client.post("/meg/", {"documents": big()}).status_code == 413


@pytest.mark.parametrize("path", ["/krav/?q=a%00b", "/virksomheter/?q=%00", "/dokumenter/%00/"])
def test_no_database_keeps_nul(path):
    answer = Client().get(path)
    assert answer.status_code in (400, 404)
    assert answer.headers["Content-Security-Policy"]


def test_the_api_refuses_nul_in_every_spelling(client):
    assert client.get("/api/v1/documents?q=%00").status_code == 400
    client.force_login(person_with(Role.MANAGER, OrganisationFactory.create()))
    body = '{"version": 1, "purpose": "a\\u0000b"}'
    answer = client.patch("/api/v1/requirements/1", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
