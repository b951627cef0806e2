"""The check before you send, and the pages of the rules."""

import base64
import html
import json
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from tillitsrom.checking.rule_pages import examples_of
from tillitsrom.checking.tests.drafts import DRAFT, SENTENCES, docx_of
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import key_of
from tillitsrom.reading.check import RULES
from tillitsrom.reading.check.texts import text_of
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def person():
    return person_with(Role.EMPLOYEE, OrganisationFactory.create())


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_each_rule_has_a_page_in_each_language(client, rule, language):
    page = client.get(f"/sjekk/regler/{rule.code}/", headers={"Accept-Language": language})
    assert page.status_code == 200
    said = text_of(rule, language)
    shown = html.unescape(page.content.decode())
    for words in (said.title, said.why):
        assert words in shown
    examples = examples_of(rule)
    assert examples.bad
    assert examples.good
    assert "[[check.silence]]" in examples.silence


def test_the_list_of_rules_leads_to_each(client):
    page = client.get("/sjekk/regler/").content.decode()
    assert re.findall(r"/sjekk/regler/(TR\d+)/", page) == [rule.code for rule in RULES]
    assert client.get("/sjekk/regler/TR999/").status_code == 404


def test_the_draft_is_for_people_who_are_logged_in(client):
    assert client.get("/sjekk/").status_code == 302
    assert client.post("/sjekk/", {"text": DRAFT}).status_code == 302


def test_a_forged_request_is_refused(person):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post("/sjekk/", {"text": DRAFT}).status_code == 403


def test_the_answer_has_the_gravest_first_with_sentence_and_rule(signed_in):
    page = signed_in.post("/sjekk/", {"text": DRAFT})
    groups = page.context["groups"]
    assert [group.severity for group in groups] == ["error", "warning", "note"]
    assert {f.code for f in groups[0].findings} >= {"TR201", "TR503"}
    shown = page.content.decode()
    assert SENTENCES[0] in shown
    assert "/sjekk/regler/TR201/" in shown


@pytest.mark.parametrize(
    ("language", "words"), [("nn", "Kravet måler enkelttilsette."), ("en", "measures single employees")]
)
def test_the_findings_speak_the_readers_language(signed_in, language, words):
    page = signed_in.post("/sjekk/", {"text": DRAFT}, headers={"Accept-Language": language})
    assert words in page.content.decode()


def test_the_downloads_stand_in_the_page_itself(signed_in):
    page = signed_in.post("/sjekk/", {"draft": SimpleUploadedFile("utkast.docx", docx_of(DRAFT))})
    files = {d.label: base64.b64decode(d.address.split(",")[1]).decode() for d in page.context["downloads"]}
    assert json.loads(files["SARIF"])["version"] == "2.1.0"
    assert json.loads(files["JSON"])["counts"]["error"] >= 2
    assert SENTENCES[0] in files["Markdown"]


def test_the_counts_stand_beside_those_of_last_year(signed_in):
    last = DocumentFactory.create(status="published", year=2026)
    for start in (1, 2, 3):
        RequirementFactory.create(document=last, requirement_class="reporting", start=start)
    page = signed_in.post("/sjekk/", {"text": DRAFT, "previous": last.pk})
    lines = {line.kind: (line.count, line.before) for line in page.context["classes"]}
    assert lines["steering_parameter"] == (1, 0)
    assert lines["reporting"][1] == 3
    assert last.title in page.content.decode()


def test_a_letter_that_one_may_not_see_cannot_be_chosen(signed_in, person):
    hidden = DocumentFactory.create(status="in_review", title="Hemmelig brev")
    assert "Hemmelig brev" not in signed_in.get("/sjekk/").content.decode()
    page = signed_in.post("/sjekk/", {"text": DRAFT, "previous": hidden.pk})
    assert page.status_code == 422
    answer = signed_in.post(
        "/api/v1/check", {"text": DRAFT, "previous": hidden.pk}, headers=key_of(person, "write")
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "text"),
        ({"text": "x", "draft": SimpleUploadedFile("a.md", b"x")}, "__all__"),
        ({"draft": SimpleUploadedFile("a.exe", b"x")}, "draft"),
        ({"draft": SimpleUploadedFile("a.pdf", b"not a pdf")}, "draft"),
        ({"draft": SimpleUploadedFile("a.md", b"")}, "draft"),
    ],
)
def test_what_cannot_be_checked_is_told_at_its_field(signed_in, sent, field):
    page = signed_in.post("/sjekk/", sent)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_a_large_file_is_turned_away(signed_in, settings):
    settings.CHECK_MAX_BYTES = 1000
    page = signed_in.post("/sjekk/", {"draft": SimpleUploadedFile("a.md", b"x" * 2000)})
    assert page.status_code == 422
    settings.UPLOAD_PATHS = {"/sjekk/": 1000}
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert signed_in.post("/sjekk/", {"draft": SimpleUploadedFile("a.md", b"x" * 9000)}).status_code == 413


def test_too_many_checks_have_to_wait(signed_in, settings, person):
    settings.CHECKS_PER_MINUTE = 1
    assert signed_in.post("/sjekk/", {"text": DRAFT}).status_code == 200
    again = signed_in.post("/sjekk/", {"text": DRAFT})
    assert again.status_code == 429
    # What was pasted is still in the form.
    assert SENTENCES[0] in again.content.decode()
    answer = signed_in.post("/api/v1/check", {"text": DRAFT}, headers=key_of(person, "write"))
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]


def test_a_text_without_requirements_is_answered(signed_in):
    page = signed_in.post("/sjekk/", {"text": "Takk for i fjor."})
    assert page.status_code == 200
    assert "Ingen funn" in page.content.decode()


def test_the_list_leads_everybody_to_the_check_and_the_desk_those_who_keep_letters(signed_in, client):
    assert 'href="/sjekk/"' in signed_in.get("/dokumenter/").content.decode()
    client.force_login(person_with(Role.EMPLOYEE, OrganisationFactory.create()))
    assert 'href="/sjekk/"' not in client.get("/").content.decode()
    client.force_login(person_with(Role.REQUIREMENT_OWNER, OrganisationFactory.create()))
    assert 'href="/sjekk/"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("form", "media"),
    [("json", "application/json"), ("sarif", "application/sarif+json"), ("markdown", "text/markdown")],
)
def test_the_api_answers_in_each_format(client, person, form, media):
    answer = client.post(
        "/api/v1/check",
        {"file": SimpleUploadedFile("utkast.docx", docx_of(DRAFT)), "format": form},
        headers=key_of(person, "write"),
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(media)
    assert "TR201" in answer.content.decode()


def test_the_api_says_what_is_wrong(client, person):
    answer = client.post("/api/v1/check", {}, headers=key_of(person, "write"))
    assert answer.status_code == 422
    answer = client.post(
        "/api/v1/check", {"file": SimpleUploadedFile("a.pdf", b"no")}, headers=key_of(person, "write")
    )
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
