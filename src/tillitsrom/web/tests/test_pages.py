"""The shell's pages answer, say what they should, and carry the headers that they promise."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tillitsrom.people.models import Level, Membership, Organisation, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell")]


def signed_in(*organisations: str) -> Client:
    user = User.objects.create_user("kari@example.org", "Kari Nordlys", "a-long-password")
    for name in organisations:
        organisation = Organisation.objects.create(name=name, level=Level.values[0])
        Membership.objects.create(user=user, organisation=organisation, role="manager")
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "path", ["/", "/tilgjengelighet/", "/personvern/", "/logg-inn/", "/passord/", "/parts/", "/form/"]
)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_pages_are_whole_in_every_language(client: Client, path: str, language: str) -> None:
    response = client.get(path, headers={"accept-language": language})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    assert "<c-" not in page, "a component was not rendered"
    assert "style=" not in page, "inline style is stopped by the policy"
    assert not re.search(r"<script(?![^>]*\bsrc=)", page), "inline script is stopped by the policy"
    assert not re.search(r"\son\w+=", page), "inline handlers are stopped by the policy"


def test_ids_are_used_once_and_labels_point_at_them(client: Client) -> None:
    page = client.get("/parts/").content.decode()
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    pointed = re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="([^"]*)"', page)
    assert {one for many in pointed for one in many.split()} <= set(ids)


def test_only_doors_that_are_built_are_shown(client: Client) -> None:
    page = client.get("/krav/").content.decode()
    doors = re.findall(r'class="tr-door" href="([^"]*)"( aria-current="page")?', page)
    assert doors == [("/krav/", ' aria-current="page"'), ("/frister/", "")]


def test_headers(client: Client) -> None:
    headers = client.get("/personvern/").headers
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" not in headers.get("Cache-Control", "")


def test_what_the_signed_in_see_is_not_cached() -> None:
    assert "no-store" in signed_in().get("/inside/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [("/not-here/", 404, "Vi finner ikke siden"), ("/refuse/", 403, "Only the owner may.")],
)
def test_error_pages_say_what_and_why(client: Client, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert words in response.content.decode()
    assert "Gå til forsiden" in response.content.decode()


def test_the_page_for_our_own_faults_needs_nothing(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/fail/")
    assert response.status_code == 500
    assert "Noe gikk galt hos oss" in response.content.decode()


def test_too_much_at_once_is_told_as_such(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/form/", "x=" + "y" * 200, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "Filen er for stor" in response.content.decode()


def test_a_form_without_its_token_says_that_it_is_too_old() -> None:
    response = Client(enforce_csrf_checks=True).post("/valg/farger/", {"scheme": "dark"})
    assert response.status_code == 403
    assert "Skjemaet hadde vært åpent for lenge" in response.content.decode()


def test_language_is_remembered(client: Client) -> None:
    response = client.post("/valg/sprak/", {"language": "nn", "next": "/personvern/"}, follow=True)
    assert response.redirect_chain == [("/personvern/", 302)]
    assert '<html lang="nn"' in response.content.decode()


def test_colours_are_remembered_and_forgotten(client: Client) -> None:
    client.post("/valg/farger/", {"scheme": "dark", "next": "/"})
    assert 'data-color-scheme="dark"' in client.get("/").content.decode()
    client.post("/valg/farger/", {"scheme": "purple", "next": "/"})
    assert 'data-color-scheme="dark"' in client.get("/").content.decode()
    client.post("/valg/farger/", {"scheme": "auto", "next": "/"})
    assert 'data-color-scheme="auto"' in client.get("/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_choice_never_leads_to_another_site(client: Client, target: str) -> None:
    assert client.post("/valg/farger/", {"scheme": "dark", "next": target}).headers["Location"] == "/"
    assert "evil" not in client.post("/valg/sprak/", {"language": "nn", "next": target}).headers["Location"]


def test_one_switches_between_ones_own_organisations_only() -> None:
    client = signed_in("Alvdal verk", "Bryggen verk")
    other = Organisation.objects.create(name="Ceres verk", level=Level.values[0])
    mine = Organisation.objects.get(name="Bryggen verk")
    shown = re.compile(r'<span class="tr-clip">([^<]*)</span>')
    assert shown.findall(client.get("/inside/").content.decode()) == ["Alvdal verk"]
    client.post("/valg/virksomhet/", {"organisation": mine.pk, "next": "/inside/"})
    assert shown.findall(client.get("/inside/").content.decode()) == ["Bryggen verk"]
    client.post("/valg/virksomhet/", {"organisation": other.pk, "next": "/inside/"})
    assert shown.findall(client.get("/inside/").content.decode()) == ["Bryggen verk"]


def test_no_switcher_with_one_organisation() -> None:
    assert "tr-organisation" not in signed_in("Alvdal verk").get("/inside/").content.decode()


def test_the_official_statement_is_linked_when_there_is_one(client: Client, settings: Settings) -> None:
    assert "uustatus.no/example" not in client.get("/tilgjengelighet/").content.decode()
    settings.ACCESSIBILITY_STATEMENT_URL = "https://uustatus.no/example"
    assert "https://uustatus.no/example" in client.get("/tilgjengelighet/").content.decode()


def test_security_txt_names_a_contact_and_has_not_expired(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:safe@example.org"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:safe@example.org\n" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00\+00:00$", text, re.MULTILINE)


@pytest.mark.parametrize("path", ["/robots.txt", "/healthz"])
def test_plain_answers(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")


def test_choices_are_made_by_post_only(client: Client) -> None:
    assert client.get("/valg/farger/").status_code == 405
    assert client.get("/valg/sprak/").status_code == 405
