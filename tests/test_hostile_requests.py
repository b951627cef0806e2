"""Whatever stands in an address or in a form, nobody gets an error of ours: no answer is 5xx, for anyone."""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tillitsrom.people.actions import make_token
from tillitsrom.people.models import Organisation, Role
from tillitsrom.people.tests.factories import MembershipFactory, UnitFactory, UserFactory
from tillitsrom.register import search
from tillitsrom.register.actions.review import searchable
from tillitsrom.register.models import Requirement
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

# More than a database column holds, more than Python turns into a number, numbers that are no digits of ours.
NUMBERS = ("-1", "9223372036854775808", "9" * 5000, "²", "٣", "1e400")
WORDS = (
    "a\x00b", "NEAR(a b) OR 'c*", "a:b & !c | <-> 'd'", "%_\\{}[]^$?+", "<script>alert(1)</script>", "ord " * 2_500,
    "é\u0301\u202e\U0001f4a9\r\nSet-Cookie: a=b", "../../../../etc/passwd", "2026-02-30", "0000-00",
)  # fmt: skip
LARGE = ("9223372036854775808", "9" * 5000, "²")
VALUES = (*NUMBERS, *WORDS)
# Addresses with the parameters that each of them reads; every parameter gets every value.
READ: dict[str, str] = {
    "/dokumenter/": "q page year kind body status",
    "/dokumenter/eksport.csv": "q year body",
    "/dokumenter/1000/endringer/": "med",
    "/dokumenter/1000/fakta/": "follows",
    "/dokumenter/1000/gjennomgang/": "vis klasse forslag sist side",
    "/dokumenter/forslag/1000/": "tilbake",
    "/krav/": "q page imposing_body level addressee unit year document status class deadline_from deadline_to sort costed",
    "/krav/eksport.csv": "q unit addressee deadline_to",
    "/frister/": "month organisation view page",
    "/frister/frister.ics": "month organisation",
    "/innsikt/": "addressee imposing_body level",
    "/innsikt/figur/klasser.csv": "addressee imposing_body level",
    "/virksomheter/": "q",
    "/logg-inn/": "next",
    "/administrasjon/": "q",
    "/administrasjon/personer/": "q page",
    "/administrasjon/personer/1000/roller/ny/": "organisation",
    "/api/v1/documents": "q year kind status body limit offset",
    "/api/v1/documents/1000/comparison": "other",
    "/api/v1/documents/1000/candidates": "status limit",
    "/api/v1/requirements": "q class imposing_body addressee unit year document status deadline_from sort limit offset",
    "/api/v1/deadlines": "deadline_from deadline_to organisation offset",
    "/api/v1/organisations": "q level offset",
}


PARAMETERS = sorted({name for names in READ.values() for name in names.split()})
WORDY = {
    "q",
    "deadline_from",
    "deadline_to",
    "month",
    "sort",
    "status",
    "class",
    "next",
    "vis",
    "tilbake",
    "level",
}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        pattern = prefix + str(one.pattern).replace("^", "")
        if isinstance(one, URLResolver):
            yield from patterns(one, pattern)
        elif isinstance(one, URLPattern):
            yield "/" + pattern


PATTERNS = sorted(set(patterns(get_resolver())))
# What ends the walk.
LEFT_OUT = {"/logg-ut/", "/meg/slett/"}


@pytest.fixture(autouse=True)
def _world(settings):
    """Object number 1000 of each kind, all of one body, so that every address has something to find."""
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 10_000_000
    body = Organisation.objects.create(pk=1000, name="Fjordvik kommune", level="municipality")
    UnitFactory.create(pk=1000, organisation=body)
    document = DocumentFactory.create(pk=1000, addressee=body, status="published")
    CandidateFactory.create(pk=1000, document=document)
    requirement = RequirementFactory.create(
        pk=1000, document=document, deadline="2026-03-01", deadline_on="2026-03-01"
    )
    search.index([(requirement.pk, searchable(Requirement.objects.get(pk=1000)))])
    person = UserFactory.create(pk=1000)
    for role in (Role.MANAGER, Role.SYSTEM_ADMINISTRATOR):
        MembershipFactory.create(user=person, organisation=body, role=role)


def client_of(who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who == "member":
        client.force_login(UserFactory._meta.model.objects.get(pk=1000))
    return client


def key() -> dict[str, str]:
    _token, secret = make_token(actor=UserFactory._meta.model.objects.get(pk=1000), name="x", scope="write")
    return {"Authorization": f"Bearer {secret}"}


def status_of(response: Any) -> int:
    # The test client closes what it has read, and only once: a second time would close the database too.
    if response.streaming:
        b"".join(response.streaming_content)
    return int(response.status_code)


def asked(client: Client, method: str, *args: Any, **kwargs: Any) -> int:
    """The status of an answer; whatever the request changed is undone."""
    with transaction.atomic():
        status = status_of(getattr(client, method)(*args, **kwargs))
        transaction.set_rollback(True)
    return status


def shown(value: str) -> str:
    return value if len(value) < 60 else f"{value[:20]}… ({len(value)})"


@pytest.mark.parametrize("who", ["public", "member"])
def test_no_path_breaks_it(who):
    client, bad = client_of(who), []
    for pattern in PATTERNS:
        holes = re.findall(r"<[^>]+>|\{[^}]+\}", pattern)
        for value in VALUES if holes else VALUES[:1]:
            path = re.sub(r"<[^>]+>|\{[^}]+\}", lambda _m, v=value: quote(v, safe=""), pattern)  # type: ignore[misc]
            # The address itself, or where it holds nothing to fill in, every parameter that there is at once.
            query = {} if holes else dict.fromkeys(PARAMETERS, value)
            if asked(client, "get", path, query) >= 500:
                bad.append((pattern, shown(value)))
    assert bad == []


@pytest.mark.parametrize("who", ["public", "member"])
def test_no_parameter_breaks_it(who):
    client, bad = client_of(who), []
    for path, names in READ.items():
        for name, value in itertools.product(names.split(), VALUES):
            # A word for what takes words, a number for what takes one; the walk over paths gives all of them everything.
            if value not in (WORDS if name in WORDY else LARGE):
                continue
            if asked(client, "get", path, {name: value}) >= 500:
                bad.append((path, name, shown(value)))
        broken = quote(names.split()[0]) + "=%ff%fe%ed%a0%80"
        if asked(client, "get", f"{path}?{broken}") >= 500:
            bad.append((path, "not UTF-8", ""))
    assert bad == []


FIELDS = (  # noqa: SIM905  # fifty words are read more easily so
    "username password email name language title kind year imposing_body addressee follows openness exempt_ground "
    "exempt_review_on version at tilbake next organisation scheme confidence requirement_class deadline assignment "
    "question-reason question-version keep-review_on unit who_acts minutes_low minutes_high occasions_per_year affected_count "
    "level number superior parent side role valid_from token-name token-scope old_password new_password1 new_password2 sure"
).split()


FORM_VALUES = ("a\x00b", "9" * 5000, "9223372036854775808", "é\u202e\U0001f4a9\r\nSet-Cookie: a=b")


@pytest.mark.parametrize("who", ["public", "member"])
def test_no_form_breaks_it(who):
    client, bad = client_of(who), []
    for pattern in PATTERNS:
        if pattern in LEFT_OUT:
            continue
        path = re.sub(r"<[^>]+>|\{[^}]+\}", "1000", pattern).replace("/steg/1000/", "/steg/publish/")
        for value in FORM_VALUES:
            if asked(client, "post", path, dict.fromkeys(FIELDS, value)) >= 500:
                bad.append((pattern, shown(value)))
    assert bad == []


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """The API's changes, each with a body that is right, whose every value is then made wrong."""
    return [
        ("patch", "/requirements/1000", {
            "version": 1, "purpose": "x", "deadline": "2026", "unit": 1000, "legal_basis": "x", "minutes_low": 1,
            "minutes_high": 2, "minutes_source": "estimated", "occasions_per_year": 1, "affected_count": 1,
            "exempt_review_on": "2027-01-01", "exempt_ground": "OFFL-15-1", "openness": "open",
        }),
        ("post", "/requirements/1000/actions", {"version": 1, "action": "question", "reason": "x", "merged_into": 1000}),
        ("patch", "/candidates/1000", {"version": 1, "deadline": "2026", "addressee": "x", "assignment": "x"}),
        ("post", "/candidates/1000/split", {"version": 1, "at": [20]}),
        ("post", "/candidates/1000/merge", {"version": 1, "other": 1000, "other_version": 1}),
        ("post", "/candidates/1000/accept", {"version": 1}),
        ("post", "/documents/1000/actions", {"action": "reopen"}),
        ("post", "/documents/1000/candidates/accept-all", {"confidence": 1}),
    ]  # fmt: skip


@pytest.mark.parametrize("reviewing", [False, True])
def test_no_body_breaks_the_api(reviewing):
    if reviewing:
        DocumentFactory._meta.model.objects.update(status="in_review")
    client, headers, bad = Client(raise_request_exception=False), key(), []
    numbers: tuple[Any, ...] = (0, -1, 2**31, 2**63 - 1, 2**63, 10**30, 1e300, True, None, [], {}, [10**30])
    for method, path, right in operations():
        for name, value in itertools.product(right, (*WORDS[:3], *LARGE, *numbers, "\ud800")):
            body = json.dumps({**right, name: value})
            sent = {"data": body, "content_type": "application/json", "headers": headers}
            if asked(client, method, f"/api/v1{path}", **sent) >= 500:
                bad.append((path, name, shown(repr(value))))
        for body in ("", "{", "[]", "null", "1", '{"version": 1e999}', "[" * 10_000, "\x00"):
            sent = {"data": body, "content_type": "application/json", "headers": headers}
            if asked(client, method, f"/api/v1{path}", **sent) >= 500:
                bad.append((path, "body", shown(body)))
    assert bad == []
