"""A page that nobody thought of is closed, not open."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Every address that answers without a log-in. Whoever opens one more says so here.
PUBLIC = {
    # The shell, and the statements that the law asks for.
    "accessibility", "privacy", "set_language", "set_scheme", "security_txt", "robots", "healthz",
    # The way in.
    "login", "password_reset", "password_reset_done", "password_reset_confirm", "password_reset_complete",
    # What is public: each of these asks the gate what the public may see.
    "home", "open_data", "catalogue", "exempted", "about", "people_organisations", "people_organisation",
    "documents:list", "documents:list_file", "documents:detail", "documents:progress", "documents:text", "documents:file",
    "documents:changes", "requirements:list", "requirements:csv", "requirements:xlsx", "requirements:json",
    "requirements:detail", "deadlines:calendar", "deadlines:ics", "insights:overview", "insights:organisation",
    "insights:latest_year", "insights:year",
    "insights:chart", "insights:corpus", "insights:corpus_requirements", "insights:corpus_requirements_csv",
    "insights:corpus_documents_csv", "insights:corpus_chart", "checking:rules", "checking:rule",
    # Rules are public knowledge, and so is what the parties have agreed on.
    "agreements:overview", "agreements:which_form", "agreements:area", "agreements:organisation", "agreements:local",
    # Closed cases that are not exempt are public, and so are the figures about them.
    "cooperation:list", "cooperation:case", "cooperation:paper", "cooperation:politicians", "cooperation:figures",
    "cooperation:log_file", "cooperation:minutes", "cooperation:minutes_pdf", "cooperation:minutes_docx",
    "cooperation:minutes_text",
    # The ledger is for everybody: each line asks the gate what the public may see.
    "ledger:overview", "ledger:csv", "ledger:xlsx", "ledger:json", "ledger:entry",
    # Control measures in use are public unless exempt, and so is their sum.
    "controls:list", "controls:list_file", "controls:figures", "controls:figures_file", "controls:detail",
    # A confidential signal asks nobody who they are: the form, and one's own signal by its code.
    "signals:report", "signals:alike", "signals:requirements", "signals:reply", "signals:desk",
    # What was decided and asked, the answers and the silence; who decides signs in.
    "outcomes:decisions", "outcomes:decisions_file", "outcomes:decision", "outcomes:requests", "outcomes:requests_file",
    "outcomes:request", "outcomes:letter", "outcomes:letter_file", "outcomes:obstacles", "outcomes:obstacles_file",
    "outcomes:obstacle", "outcomes:duties", "outcomes:duties_file", "outcomes:duty",
}  # fmt: skip
# The API answers for itself: 401 and problem+json instead of a log-in page. Its own tests try each operation.
API = "/api/v1/"
EXAMPLES = {"uidb64": "MQ", "token": "x", "year": "2026", "month": "1", "extension": "csv", "name": "classes",
            "code": "TR101"}  # fmt: skip


def patterns(resolver: URLResolver, prefix: str = "", names: str = "") -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{names}{one.namespace}:" if one.namespace else names
            yield from patterns(one, prefix + str(one.pattern), inner)
        elif isinstance(one, URLPattern):
            yield f"{names}{one.name}", "/" + filled(prefix + str(one.pattern))


def filled(pattern: str) -> str:
    def value(match: re.Match[str]) -> str:
        converter, _colon, name = match[1].rpartition(":")
        return "1" if converter == "int" else EXAMPLES.get(name, "x")

    return re.sub(r"<([^>]+)>", value, pattern.replace("^", ""))


URLS = [(name, url) for name, url in patterns(get_resolver()) if not url.startswith(API)]


def is_closed(response: object) -> bool:
    status = getattr(response, "status_code", 0)
    return status == 405 or (status == 302 and getattr(response, "url", "").startswith("/logg-inn/"))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "url"), URLS)
def test_nobody_gets_in_without_a_log_in(name, url):
    """GET and POST both lead to the log-in, or the address does not know the method."""
    answers = asked(url)
    assert all(answer.status_code < 500 for answer in answers)
    if name not in PUBLIC:
        assert all(is_closed(answer) for answer in answers)
        assert any(answer.status_code == 302 for answer in answers)


def asked(url: str) -> list[Any]:
    """What the public gets for reading and for writing."""
    answers = [Client().get(url), Client().post(url)]
    for answer in answers:
        answer.close()
    return answers


def test_what_is_listed_as_public_is_there():
    assert {name for name, _url in URLS} >= PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_what_is_listed_as_public_is_open(name):
    url = dict(URLS)[name]
    assert not all(is_closed(answer) for answer in asked(url))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "nothing", "documents/1/nothing", "documents/x"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_any_other_address_of_the_api_answers_in_its_own_words(path, method):
    response = getattr(Client(), method)(API + path)
    assert response.status_code in (404, 405, 422)
    assert response.headers["Content-Type"] == "application/problem+json"
