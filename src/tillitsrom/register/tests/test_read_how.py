"""What people are told about how a document was read: scanned pages, unread pages, comments, attachments."""

import pytest
from django.utils.translation import override

from tillitsrom.people.tests.factories import person_with
from tillitsrom.reading.model import Document as ReadDocument
from tillitsrom.reading.model import Notice, Page, Reading, Requirement, RequirementClass, SourceKind
from tillitsrom.register import failures
from tillitsrom.register.actions import documents, review
from tillitsrom.register.models import Document
from tillitsrom.register.read_how import ranges, told
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

SCANNED = [["read_by_ocr", ["2", "3"]]]
TEXT = "Etaten skal lage en plan.\nEtaten skal lage en rapport."


def read_in() -> Document:
    """A document of two pages, the second a picture, read as the job reads it."""
    document = DocumentFactory.create(status="reading", text="")
    found = tuple(
        Requirement(start, end, TEXT[start:end], RequirementClass.ACTIVITY, "modal", 0.9, page=page)
        for start, end, page in ((0, 25, 1), (26, len(TEXT), 2))
    )
    source = ReadDocument(
        "brev.pdf",
        SourceKind.PDF,
        TEXT,
        (Page(1, 0, 26), Page(2, 26, len(TEXT))),
        None,
        (2,),
        (Notice("read_by_ocr", ("2",), "Side 2 er lest med tekstgjenkjenning."),),
    )
    finished = documents.finish_reading(document_id=document.pk, reading=Reading(source, None, 2026, found))
    assert finished is not None
    return finished


def test_what_stands_on_a_scanned_page_is_marked_and_stays_marked_when_it_is_accepted():
    document = read_in()
    typed, scanned = document.candidates.all()
    assert (typed.read_by_ocr, scanned.read_by_ocr) == (False, True)
    actor = person_with("manager", document.addressee)
    made = [review.accept(actor=actor, candidate=one, version=1) for one in (typed, scanned)]
    assert [one.read_by_ocr for one in made if one is not None] == [False, True]


def test_a_second_reading_takes_the_old_words_away():
    document = read_in()
    Document.objects.filter(pk=document.pk).update(status="reading")
    source = ReadDocument("brev.md", SourceKind.MARKDOWN, TEXT)
    documents.finish_reading(document_id=document.pk, reading=Reading(source, None, 2026, ()))
    document.refresh_from_db()
    assert document.notices == []


def test_the_review_says_it_at_the_top_and_at_each_requirement_there(client):
    document = DocumentFactory.create(notices=SCANNED)
    CandidateFactory.create(document=document, page=1)
    CandidateFactory.create(document=document, page=2, start=52, end=99)
    client.force_login(person_with("manager", document.addressee))
    with override("nb"):
        html = client.get(f"/dokumenter/{document.pk}/gjennomgang/").content.decode()
    assert "Side 2–3 er skannede bilder" in html
    assert html.count("Skannet side: kontroller mot originalen") == 1


def test_the_requirement_says_it_to_everyone(client):
    document = DocumentFactory.create(status="published", notices=SCANNED)
    scanned = RequirementFactory.create(document=document, page=3)
    typed = RequirementFactory.create(document=document, page=1, start=52, end=99)
    assert "skannet bilde" in client.get(f"/krav/{scanned.pk}/").content.decode()
    assert "skannet bilde" not in client.get(f"/krav/{typed.pk}/").content.decode()


def test_the_api_says_it(client):
    document = DocumentFactory.create(status="published", notices=SCANNED)
    scanned = RequirementFactory.create(document=document, page=2)
    assert client.get(f"/api/v1/requirements/{scanned.pk}").json()["read_by_ocr"] is True
    told_of = client.get(f"/api/v1/documents/{document.pk}").json()["notices"]
    assert [one["code"] for one in told_of] == ["read_by_ocr"]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_code_has_a_sentence_in_every_language(language):
    codes = {
        "read_by_ocr": ["1"],
        "pages_without_text": ["1", "2"],
        "no_ocr": ["4"],
        "comments": ["1"],
        "tracked_changes": ["12"],
        "attachment": ["<b>brev</b>.pdf"],
    }
    document = DocumentFactory.build(notices=[[code, about] for code, about in codes.items()])
    with override("en"):
        english = [one.sentence for one in told(document)]
    with override(language):
        here = [one.sentence for one in told(document)]
    assert len(here) == len(codes)
    assert not set(here) & set(english)


def test_the_name_of_an_attachment_is_text_and_nothing_else(client):
    document = DocumentFactory.create(
        status="published", notices=[["attachment", ["<script>x</script>.pdf"]], ["unknown", ["1"]]]
    )
    html = client.get(f"/dokumenter/{document.pk}/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;.pdf" in html
    assert "<script>x" not in html


def test_pages_are_named_in_ranges():
    assert ranges([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"


@pytest.mark.parametrize("code", ["no_ocr", "no_text", "which_attachment"])
def test_a_document_that_was_not_read_says_what_to_do(code):
    with override("nb"):
        assert failures.sentence(code) != failures.sentence("never heard of")
