"""Nothing that is exempt, or not yet published, comes out anywhere: one word is looked for in every answer there is (R18)."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from tillitsrom.core.models import Openness
from tillitsrom.people.models import Organisation, Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import openness, search, store
from tillitsrom.register.actions import documents as document_actions
from tillitsrom.register.actions import requirements as requirement_actions
from tillitsrom.register.actions.review import searchable
from tillitsrom.register.models import Candidate, Document, Requirement
from tillitsrom.register.openness import Sentence, Withheld

from .factories import CandidateFactory, DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

SECRET = "Hemmelegheit"
EXEMPT = {"openness": Openness.EXEMPT, "exempt_ground": "OFFL-15-1", "exempt_review_on": date(2099, 1, 1)}
TEXT = f"""# Tildelingsbrev

## Mål for perioden

Kommunen skal levere en plan. Kommunen skal verne {SECRET} ved grensen
og holde {SECRET} unna andre. Kommunen skal rapportere om midlene.

### 4.2 Om {SECRET}

Oppdrag {SECRET}-17: Kommunen skal vokte {SECRET} døgnet rundt.

## Rapportering

Kommunen skal sende årsrapport innen 1. mars.
"""
PUBLISHED = Document.Status.PUBLISHED


def part(document: Document, sentence: str, **facts: Any) -> Requirement:
    """A requirement that stands in the document's text."""
    start = document.text.index(sentence)
    defaults = {
        "start": start,
        "end": start + len(sentence),
        "quote": sentence,
        "deadline": "2026-03-01",
        "deadline_on": date(2026, 3, 1),
        "minutes_low": 10,
        "minutes_high": 20,
        "minutes_source": "estimated",
        "occasions_per_year": 4,
        "affected_count": 900,
    }
    return RequirementFactory.create(document=document, **{**defaults, **facts})


@dataclass
class World:
    body: Organisation
    open_document: Document
    exempt: Requirement
    pks: set[int]


@pytest.fixture
def world() -> World:
    """One of each that is hidden, with the word in every field that can hold it, among what is open."""
    cache.clear()
    body = OrganisationFactory.create(name="Fjordvik kommune")
    ministry = OrganisationFactory.create(name="Et departement", level="ministry")
    both = {"addressee": body, "imposing_body": ministry}
    hidden = {"title": f"Brev om {SECRET}", "text": TEXT, "file_name": f"{SECRET}.md", **both}

    exempt_document = DocumentFactory.create(status=PUBLISHED, year=2024, **EXEMPT, **hidden)
    part(exempt_document, "Kommunen skal sende årsrapport innen 1. mars.", purpose=SECRET)
    for status in Document.Status.values:
        if status != PUBLISHED:
            document = DocumentFactory.create(status=status, year=2023, failure_message=SECRET, **hidden)
            part(document, "Kommunen skal levere en plan.", purpose=SECRET, recipient=SECRET)
            CandidateFactory.create(document=document, quote=SECRET, heading=SECRET, assignment=SECRET)

    last_year = DocumentFactory.create(title="Brev 2025", text=TEXT, year=2025, status=PUBLISHED, **both)
    now = DocumentFactory.create(
        title="Brev 2026", text=TEXT, year=2026, status=PUBLISHED, follows=last_year, **both
    )
    found: set[int] = set()
    for document in (last_year, now):
        facts = {"purpose": SECRET, "recipient": SECRET, "legal_basis": SECRET, "who_acts": SECRET}
        first = part(
            document,
            f"Kommunen skal verne {SECRET} ved grensen\nog holde {SECRET} unna andre.",
            heading="Mål for perioden",
            status_reason=SECRET,
            **facts,
            **EXEMPT,
        )
        second = part(
            document,
            f"Kommunen skal vokte {SECRET} døgnet rundt.",
            heading=f"Om {SECRET}",
            assignment=f"Oppdrag {SECRET}-17",
            **facts,
            **EXEMPT,
        )
        # Found twice by the reader: it stands in the exempt sentence, though nobody has exempted it.
        third = part(document, f"og holde {SECRET} unna andre.")
        part(document, "Kommunen skal levere en plan.", heading="Mål for perioden", merged_into=first)
        part(document, "Kommunen skal rapportere om midlene.", heading="Mål for perioden", replaces=second)
        found |= {first.pk, second.pk, third.pk}
    for document in Document.objects.all():
        document_actions.refresh_public(document)
        document.file_digest, document.file_size = store.keep([f"{document.pk} {TEXT}".encode()], ".md")
        document.save(update_fields=["file_digest", "file_size"])
    search.index((r.pk, searchable(r)) for r in Requirement.objects.all())
    return World(body, now, Requirement.objects.get(pk=first.pk), found)


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        pattern = prefix + str(one.pattern).replace("^", "")
        if isinstance(one, URLResolver):
            yield from addresses(one, pattern)
        elif isinstance(one, URLPattern):
            yield "/" + pattern


FILLED = {
    "kind": ("csv", "json", "xlsx"),
    "extension": ("svg", "png", "csv"),
    "name": ("klasser", "nivaa", "timer", "dyrest", "classes"),
    "action": ("publish", "question"),
    "uidb64": ("MQ",),
    "token": ("x",),
    "year": (2023, 2024, 2025, 2026),
}


def every_address() -> list[str]:
    """Every address of the system, with every object and every kind of file put in."""
    keys: dict[str, set[int]] = {
        "pk": {
            *Document.objects.values_list("pk", flat=True),
            *Requirement.objects.values_list("pk", flat=True),
            *Candidate.objects.values_list("pk", flat=True),
            *Organisation.objects.values_list("pk", flat=True),
        }
    }
    found: list[str] = []
    for pattern in addresses(get_resolver()):
        whole = [pattern]
        while any("<" in one or "{" in one for one in whole):
            whole = [filled for one in whole for filled in fill(one, keys["pk"])]
        found += whole
    return sorted(set(found))


def fill(pattern: str, keys: set[int]) -> Iterator[str]:
    if "<" not in pattern:
        yield pattern
        return
    before, _bracket, rest = pattern.partition("<")
    inside, _bracket, after = rest.partition(">")
    converter, _colon, name = inside.rpartition(":")
    is_key = name not in FILLED and (converter == "int" or name.endswith("_id") or name == "pk")
    # A part of something that has a key of its own: nothing here has such parts, so one key says that the door is shut.
    chosen = {min(keys)} if any(part.isdecimal() for part in before.split("/")) else keys
    values = chosen if is_key else FILLED.get(name, ("x",))
    yield from (f"{before}{value}{after}" for value in values)


QUERIES = (
    "/krav/?q={s}", "/krav/eksport.json?q={s}", "/dokumenter/?q={s}", "/dokumenter/?year=2024", "/dokumenter/?year=2023",
    "/krav/?year=2024", "/krav/?sort=-hours", "/frister/?month=2026-03", "/frister/?month=2026-03&view=list",
    "/api/v1/requirements?q={s}", "/api/v1/documents?status=in_review", "/api/v1/documents?status=withdrawn",
    "/api/v1/requirements?limit=200", "/api/v1/documents?limit=200", "/api/v1/deadlines?deadline_from=2020-01-01",
    "/krav/?status=questioned", "/dokumenter/?status=failed",
)  # fmt: skip


def comparisons() -> list[str]:
    pks = list(Document.objects.values_list("pk", flat=True))
    some = Document.objects.filter(title__startswith="Brev 20").values_list("pk", flat=True)
    pairs = [pair for a in some for b in pks if a != b for pair in ((a, b), (b, a))]
    pages = [f"/dokumenter/{a}/endringer/?med={b}" for a, b in pairs]
    return pages + [f"/api/v1/documents/{a}/comparison?other={b}" for a, b in pairs]


def said(response: Any) -> str:
    """All that an answer says: its body, whatever its format, and its headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return f"{response.headers}\n{body.decode('utf-8', 'replace')}"


def leaks(client: Client, ways: list[str]) -> list[str]:
    found = []
    for way in ways:
        response = client.get(way)
        assert response.status_code < 500, way
        # What the reader asked for is repeated in the box that it was written in.
        words = said(response).replace(f'value="{SECRET}"', "").replace(f"«{SECRET}»", "")
        words = words.replace(f"q={SECRET}", "")
        if SECRET in words:
            found.append(way)
    return found


def ways() -> list[str]:
    return [
        *(one for one in every_address() if "/valg/" not in one),
        *(query.format(s=SECRET) for query in QUERIES),
        *comparisons(),
    ]


@pytest.fixture
def _unlimited(settings):
    settings.API_REQUESTS_PER_MINUTE = 1_000_000


@pytest.mark.usefixtures("_unlimited")
@pytest.mark.parametrize("who", ["public", "unrelated", "administrator"])
def test_the_word_comes_out_nowhere(world, who):
    client = Client()
    if who == "unrelated":
        client.force_login(person_with(Role.MANAGER, OrganisationFactory.create()))
    if who == "administrator":
        client.force_login(person_with(Role.SYSTEM_ADMINISTRATOR, world.body))
    assert leaks(client, ways()) == []


@pytest.mark.usefixtures("_unlimited")
def test_those_whom_it_concerns_see_it(world):
    client = Client()
    client.force_login(person_with(Role.EMPLOYEE, world.body))
    pk, krav = world.open_document.pk, world.exempt.pk
    # The same walk finds the word where it may be found, so it could have found it above.
    found = set(leaks(client, ways()))
    assert {
        f"/dokumenter/{pk}/tekst/", f"/dokumenter/{pk}/fil/", f"/api/v1/documents/{pk}/text", f"/krav/{krav}/",
        "/krav/eksport.csv", "/krav/eksport.xlsx", "/krav/eksport.json", "/frister/frister.ics", "/dokumenter/eksport.xlsx",
        f"/dokumenter/{pk}/endringer/", f"/api/v1/requirements/{krav}", f"/krav/?q={SECRET}",
    } <= found  # fmt: skip


def test_ids_of_what_is_exempt_come_out_nowhere(world):
    client = Client()
    listed = client.get("/api/v1/requirements?limit=200").json()["items"]
    assert not world.pks & {one["id"] for one in listed}
    assert listed
    for one in listed:
        detail = client.get(f"/api/v1/requirements/{one['id']}").json()
        assert detail["merged_into_id"] not in world.pks
        assert detail["replaces_id"] not in world.pks
        page = client.get(f"/krav/{one['id']}/").content.decode()
        assert not [pk for pk in world.pks if f"/krav/{pk}/" in page]


def test_the_public_reads_the_rest_and_by_which_ground(world):
    page = Client().get(f"/dokumenter/{world.open_document.pk}/tekst/", headers={"Accept-Language": "en"})
    text = page.content.decode()
    assert "Kommunen skal levere en plan." in text
    assert "Mål for perioden" in text
    assert "§ 15" in text
    assert "2 sentences are exempt" in text
    assert "Download the original" not in text
    assert "blacked out" in text


def test_the_file_is_refused_with_the_reason(world):
    url = reverse("documents:file", args=[world.open_document.pk])
    answer = Client().get(url, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "exempt from openness" in answer.content.decode()
    Requirement.objects.update(openness=Openness.OPEN, exempt_ground="", exempt_review_on=None)
    assert TEXT in said(Client().get(url))


def test_offsets_hold_in_the_masked_text(world):
    masked = openness.text_for(AnonymousUser(), world.open_document)
    assert len(masked) == len(TEXT)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(TEXT) if c == "\n"]
    assert openness.text_for(person_with(Role.EMPLOYEE, world.body), world.open_document) == TEXT
    assert masked[world.exempt.start : world.exempt.end].strip("█ \n") == ""


@given(st.text(max_size=80), st.integers(0, 90), st.integers(0, 90), st.integers(0, 40))
def test_a_mask_keeps_length_and_lines_and_lets_nothing_through(text, start, size, first):
    hidden = Withheld((Sentence(start, start + size, "OFFL-15-1"),))
    masked = hidden.masked(text, first)
    assert len(masked) == len(text)
    assert masked.splitlines() == [] or len(masked.splitlines()) == len(text.splitlines())
    for at, (was, now) in enumerate(zip(text, masked, strict=True)):
        inside = start <= at + first < start + size
        assert now == was if not inside else now in "█ " or (was == now and not was.isprintable())


def test_exempting_closes_every_requirement_in_the_sentence_and_opening_opens_them(world):
    manager = person_with(Role.MANAGER, world.body)
    free = DocumentFactory.create(text=TEXT, status=PUBLISHED, addressee=world.body)
    whole = part(free, "Kommunen skal levere en plan.")
    half = part(free, "skal levere en plan.")
    other = part(free, "Kommunen skal rapportere om midlene.")
    document_actions.refresh_public(free)
    assert set(free.requirements.values_list("is_public", flat=True)) == {True}
    whole = requirement_actions.describe(actor=manager, requirement=whole, version=1, values=EXEMPT)
    assert [Requirement.objects.get(pk=r.pk).is_public for r in (whole, half, other)] == [False, False, True]
    values = {"openness": Openness.OPEN, "exempt_ground": "", "exempt_review_on": None}
    whole = requirement_actions.describe(actor=manager, requirement=whole, version=2, values=values)
    assert whole.is_public
    assert [Requirement.objects.get(pk=r.pk).is_public for r in (whole, half, other)] == [True, True, True]


def test_what_was_exempt_last_year_is_exempt_this_year(world):
    manager = person_with(Role.MANAGER, world.body)
    nextone = DocumentFactory.create(
        text=TEXT, year=2027, follows=world.open_document, addressee=world.body,
        imposing_body=world.open_document.imposing_body,
    )  # fmt: skip
    heir = part(nextone, world.exempt.quote, is_public=False)
    document_actions.advance(actor=manager, document=nextone, action="publish")
    heir.refresh_from_db()
    assert heir.replaces_id == world.exempt.pk
    assert (heir.openness, heir.exempt_ground, heir.is_public) == (Openness.EXEMPT, "OFFL-15-1", False)


def test_what_was_written_about_an_exempt_letter_stays_there(world):
    manager = person_with(Role.MANAGER, world.body)
    before = Document.objects.get(openness=Openness.EXEMPT)
    nextone = DocumentFactory.create(
        text=TEXT, year=2025, follows=before, addressee=world.body, imposing_body=before.imposing_body
    )
    heir = part(nextone, "Kommunen skal sende årsrapport innen 1. mars.", minutes_low=None, minutes_high=None)
    document_actions.advance(actor=manager, document=nextone, action="publish")
    heir.refresh_from_db()
    assert heir.replaces_id
    assert heir.is_public
    assert heir.purpose == ""
