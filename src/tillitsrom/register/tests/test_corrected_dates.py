"""A day that the month does not have ("31.06.2026") is marked until a person has looked at it."""

import pytest
from django.utils.translation import override

from tillitsrom.people.tests.factories import person_with
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document as ReadDocument
from tillitsrom.reading.model import SourceKind
from tillitsrom.register.actions import documents, review
from tillitsrom.register.models import Candidate, Document
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory

pytestmark = pytest.mark.django_db

LETTER = "# Tildelingsbrev til Fjordtilsynet 2026\n\nTilsynet skal lage en plan innen 31.06.2026. Tilsynet skal øve innen 1.5.2026.\n"
MARK = "Umulig dato, rettet: kontroller mot originalen"


@pytest.fixture
def document() -> Document:
    made = DocumentFactory.create(status="reading", text="")
    reading = read_document(ReadDocument("brev.md", SourceKind.MARKDOWN, LETTER))
    finished = documents.finish_reading(document_id=made.pk, reading=reading)
    assert finished is not None
    return finished


def told(document: Document) -> list[tuple[str, bool]]:
    return list(document.candidates.filter(status="pending").values_list("deadline", "date_corrected"))


def test_the_candidate_is_marked_and_the_review_says_so_once(document, client):
    assert told(document) == [("2026-06-30", True), ("2026-05-01", False)]
    client.force_login(person_with("manager", document.addressee))
    with override("nb"):
        html = client.get(f"/dokumenter/{document.pk}/gjennomgang/").content.decode()
    assert html.count(MARK) == 1


@pytest.mark.parametrize(
    ("values", "marked"),
    [({"deadline": "2026-07-01"}, False), ({"deadline": "2026-06-30"}, True), ({"assignment": "TB-2"}, True)],
)
def test_the_mark_goes_when_a_person_sets_another_date(document, values, marked):
    one = document.candidates.first()
    assert one is not None
    review.edit(actor=person_with("manager", document.addressee), candidate=one, version=1, values=values)
    one.refresh_from_db()
    assert one.date_corrected is marked


def test_parts_keep_the_mark_and_the_merged_one_has_that_of_its_date(document):
    actor = person_with("manager", document.addressee)
    one, other = document.candidates.all()
    parts = review.split(actor=actor, candidate=one, version=1, at=[one.start + 14])
    assert [part.date_corrected for part in parts] == [True, True]
    undated = CandidateFactory.create(document=document, start=1, end=9, deadline="", date_corrected=False)
    marked = Candidate.objects.get(pk=parts[0].pk)
    merged = review.merge(actor=actor, first=undated, second=marked, version=1, second_version=1)
    assert (merged.deadline, merged.date_corrected) == ("2026-06-30", True)
    assert other.date_corrected is False


def test_the_api_says_it(document, client):
    client.force_login(person_with("manager", document.addressee))
    rows = client.get(f"/api/v1/documents/{document.pk}/candidates").json()
    found = rows.get("items", rows.get("results"))
    assert [row["date_corrected"] for row in found] == [True, False]
