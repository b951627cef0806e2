"""Documents taken in, read by a job that can die, published and taken back; each with its events."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.core.models import Event
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document as ReadDocument
from tillitsrom.reading.model import Page, Reading, ReadingError, Requirement, RequirementClass, SourceKind
from tillitsrom.register import jobs, store
from tillitsrom.register.actions import documents
from tillitsrom.register.actions.documents import Facts
from tillitsrom.register.models import Candidate, Document
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

TEXT = "# Brev til etaten\n\nEtaten skal lage en plan innen 1. juni 2026."
CONTENT = TEXT.encode()


@pytest.fixture
def ministry():
    return OrganisationFactory.create(level="ministry")


@pytest.fixture
def agency():
    return OrganisationFactory.create(level="agency")


@pytest.fixture
def manager(agency):
    return person_with("manager", agency)


def facts(ministry, agency, **changed) -> Facts:
    values = {
        "title": "",
        "kind": "allocation_letter",
        "year": 2026,
        "imposing_body": ministry,
        "addressee": agency,
    }
    return Facts(**{**values, **changed})


def receive(manager, ministry, agency, name="brev-til_etaten.md", content=CONTENT, **changed) -> Document:
    return documents.receive(
        actor=manager,
        name=name,
        size=len(content),
        chunks=[content],
        facts=facts(ministry, agency, **changed),
    )


def reading(text: str = TEXT, title: str | None = "Brev til etaten") -> Reading:
    start = text.index("Etaten skal")
    found = Requirement(
        start, len(text), text[start:], RequirementClass.ASSIGNMENT, "modal", 0.95, "2026-06-01", page=1
    )
    source = ReadDocument("brev.md", SourceKind.MARKDOWN, text, (Page(1, 0, len(text)),), title)
    return Reading(source, None, 2026, (found,))


def last_event(document: Document) -> Event:
    event = events.history(document).last()
    assert event is not None
    return event


def kinds(obj) -> list[str]:
    return [event.kind for event in events.history(obj)]


def test_a_received_file_is_stored_under_its_content_and_can_be_read_back(manager, ministry, agency):
    document = receive(manager, ministry, agency)
    assert document.status == "received"
    assert document.title == "Brev til etaten"
    assert store.path_of(document.file_digest, ".md").read_bytes() == CONTENT
    assert kinds(document) == ["document.received"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("brev.exe", b"MZ", "brev.exe"), ("brev.pdf", b"", "brev.pdf"), ("brev", b"x", "brev")],
)
def test_a_bad_file_gets_a_sentence_and_leaves_nothing(
    manager, ministry, agency, settings, name, content, says
):
    with pytest.raises(ValidationError, match=says):
        receive(manager, ministry, agency, name=name, content=content)
    assert not Document.objects.exists()
    assert not settings.DOCUMENTS_DIR.exists()


def test_a_file_that_is_too_large_is_refused(manager, ministry, agency, settings):
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(ValidationError, match="brev"):
        receive(manager, ministry, agency)


def test_the_same_file_twice_is_refused_until_the_first_is_withdrawn(manager, ministry, agency):
    first = receive(manager, ministry, agency)
    with pytest.raises(ValidationError, match=r"brev-til_etaten\.md"):
        receive(manager, ministry, agency)
    documents.advance(actor=manager, document=first, action="withdraw")
    assert receive(manager, ministry, agency).pk != first.pk


def test_nobody_registers_for_bodies_that_are_not_theirs(ministry, agency):
    stranger = person_with("manager", OrganisationFactory.create())
    with pytest.raises(Refused):
        receive(stranger, ministry, agency)


def test_an_exemption_without_a_basis_is_refused_before_the_file_is_kept(manager, ministry, agency, settings):
    with pytest.raises(ValidationError):
        receive(manager, ministry, agency, openness="exempt")
    assert not settings.DOCUMENTS_DIR.exists()


def test_a_reading_gives_candidates_and_the_title_of_the_document(manager, ministry, agency):
    document = receive(manager, ministry, agency, name="dok123.md")
    documents.start_reading(document_id=document.pk)
    documents.finish_reading(document_id=document.pk, reading=reading())
    document.refresh_from_db()
    candidate = document.candidates.get()
    assert (document.status, document.title, document.source_kind) == ("in_review", "Brev til etaten", "md")
    assert document.pages == [[1, 0, len(TEXT)]]
    assert document.text[candidate.start : candidate.end] == candidate.quote
    assert candidate.deadline == "2026-06-01"
    assert kinds(document)[1:] == ["document.start_reading", "document.finish_reading"]


def test_a_title_that_a_person_wrote_stays(manager, ministry, agency):
    document = receive(manager, ministry, agency, title="Mitt navn på brevet")
    documents.start_reading(document_id=document.pk)
    documents.finish_reading(document_id=document.pk, reading=reading())
    document.refresh_from_db()
    assert document.title == "Mitt navn på brevet"


def test_nul_characters_do_not_move_the_offsets(manager, ministry, agency):
    document = receive(manager, ministry, agency)
    documents.start_reading(document_id=document.pk)
    documents.finish_reading(
        document_id=document.pk, reading=reading("# Brev\x00\n\nEtaten skal lage\x00en plan.")
    )
    document.refresh_from_db()
    assert "\x00" not in document.text
    assert document.candidates.get().quote == "Etaten skal lage en plan."


def test_only_one_reader_gets_a_document():
    document = DocumentFactory.create(status="received")
    assert documents.start_reading(document_id=document.pk) is not None
    assert documents.start_reading(document_id=document.pk) is None


def test_a_late_reader_cannot_overwrite_a_document_that_is_in_review():
    candidate = CandidateFactory.create()
    assert documents.finish_reading(document_id=candidate.document_id, reading=reading()) is None
    assert Candidate.objects.get() == candidate


def test_the_job_reads_and_reports_progress(manager, ministry, agency, monkeypatch):
    document = receive(manager, ministry, agency)
    seen = []

    def fake(path, limits, progress, *, name):
        assert path.read_bytes() == CONTENT
        assert name == "brev-til_etaten.md"
        progress(1, 4)
        row = Document.objects.get()
        seen.append((row.progress_done, row.progress_total, row.status))
        return reading()

    monkeypatch.setattr(jobs, "read_isolated", fake)
    jobs.read_document.call(document.pk)
    jobs.read_document.call(document.pk)
    document.refresh_from_db()
    assert document.status == "in_review"
    assert seen == [(1, 4, "reading")]


def test_a_document_that_cannot_be_read_stays_with_its_reason_and_can_be_tried_again(
    manager, ministry, agency, monkeypatch
):
    document = receive(manager, ministry, agency)

    def broken(*_args, **_named):
        raise ReadingError("encrypted", "Filen er låst.")

    monkeypatch.setattr(jobs, "read_isolated", broken)
    jobs.read_document.call(document.pk)
    document.refresh_from_db()
    assert (document.status, document.failure_code) == ("failed", "encrypted")
    assert last_event(document).data == {"reason": "Filen er låst.", "code": "encrypted"}
    documents.advance(actor=manager, document=document, action="retry")
    document.refresh_from_db()
    assert (document.status, document.attempts) == ("received", 0)


def test_a_file_that_is_gone_from_the_store_is_a_reason_and_not_a_crash():
    document = DocumentFactory.create(status="received")
    jobs.read_document.call(document.pk)
    document.refresh_from_db()
    assert (document.status, document.failure_code) == ("failed", "not_found")


def silent(**values) -> Document:
    long_ago = timezone.now() - documents.SILENCE - timedelta(seconds=1)
    return DocumentFactory.create(heartbeat_at=long_ago, **values)


def test_a_reading_that_went_silent_is_queued_again_and_given_up_after_three_attempts():
    again = silent(status="reading", attempts=1)
    last = silent(status="reading", attempts=documents.MAX_ATTEMPTS)
    alive = DocumentFactory.create(status="reading", attempts=1, heartbeat_at=timezone.now())
    assert documents.resume_dead_readings() == [again.pk]
    for document in (again, last, alive):
        document.refresh_from_db()
    assert (again.status, last.status, alive.status) == ("received", "failed", "reading")
    assert last.failure_code == "too_slow"
    assert documents.resume_dead_readings() == []


def test_a_document_whose_place_in_the_queue_was_lost_is_queued_again_and_not_at_every_look():
    lost = DocumentFactory.create(status="received")
    assert documents.resume_dead_readings() == []
    Document.objects.update(created_at=timezone.now() - documents.SILENCE - timedelta(seconds=1))
    assert documents.resume_dead_readings() == [lost.pk]
    assert documents.resume_dead_readings() == []


def test_publishing_opens_the_requirements_and_reopening_closes_them(manager, ministry, agency):
    document = DocumentFactory.create(addressee=agency, imposing_body=ministry)
    RequirementFactory.create(document=document, is_public=False)
    RequirementFactory.create(document=document, requirement_class="authority", is_public=False)
    documents.advance(actor=manager, document=document, action="publish")
    assert document.requirements.filter(is_public=True).count() == 2
    assert last_event(document).data == {"count": 1}, "authorities are not counted"
    documents.advance(actor=manager, document=document, action="reopen")
    assert document.requirements.filter(is_public=True).count() == 0
    with pytest.raises(WrongState):
        documents.advance(actor=manager, document=document, action="reopen")


def test_an_exempt_document_is_published_without_being_opened(manager, ministry, agency):
    document = DocumentFactory.create(
        addressee=agency,
        imposing_body=ministry,
        openness="exempt",
        exempt_ground="offl-13",
        exempt_review_on="2030-01-01",
    )
    requirement = RequirementFactory.create(document=document, is_public=False)
    documents.advance(actor=manager, document=document, action="publish")
    requirement.refresh_from_db()
    assert not requirement.is_public


def test_describing_moves_the_requirements_along(manager, ministry, agency):
    document = DocumentFactory.create(addressee=agency, imposing_body=ministry, status="published")
    requirement = RequirementFactory.create(document=document)
    other = OrganisationFactory.create(level="municipality")
    documents.describe(
        actor=manager, document=document, facts=facts(other, agency, title="Nytt navn", year=2025)
    )
    requirement.refresh_from_db()
    assert (requirement.year, requirement.imposing_body, requirement.level) == (2025, other, "municipality")
    assert kinds(document) == ["document.describe"]


def test_describing_cannot_give_a_document_away(manager, ministry, agency):
    document = DocumentFactory.create(addressee=agency, imposing_body=ministry)
    with pytest.raises(Refused):
        documents.describe(
            actor=manager, document=document, facts=facts(ministry, OrganisationFactory.create(), title="x")
        )
    document.refresh_from_db()
    assert document.addressee == agency


def test_a_law_says_who_has_the_duty_and_is_the_legal_basis(manager, ministry, agency):
    text = "# Lov om hager\n\n### § 3-1. Hagen\n\nKommunen og statsforvalteren skal ha en hage. Ingen må plukke blomster."
    document = receive(manager, ministry, agency, title="Lov om hager")
    documents.start_reading(document_id=document.pk)
    found = read_document(ReadDocument("lov.md", SourceKind.MARKDOWN, text))
    documents.finish_reading(document_id=document.pk, reading=found)
    document.refresh_from_db()
    duty, prohibition = document.candidates.order_by("start")
    assert (duty.requirement_class, duty.section, duty.addressee) == (
        "duty",
        "§ 3-1",
        "Kommune og statsforvalter",
    )
    assert (prohibition.requirement_class, prohibition.addressee) == ("prohibition", "Enhver")
    requirement = documents.new_requirement(duty, document)
    assert requirement.who_acts == "Kommune og statsforvalter"
    assert requirement.legal_basis == "Lov om hager § 3-1"
    assert requirement.statutory
