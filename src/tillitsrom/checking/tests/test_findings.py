"""Findings in documents of the register: for those whom they concern, against what they may see, worked out once."""

import pytest
from django.core.cache import cache

from tillitsrom.checking import documents
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.reading.check import check
from tillitsrom.register.models import Candidate, Document, Requirement
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

MEETINGS = "Antall gjennomførte møter med havnene"
MARKS = "Direktoratet skal merke alle farlige skjær langs leia."


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def body():
    return OrganisationFactory.create()


@pytest.fixture
def person(body):
    return person_with(Role.MANAGER, body)


def letter(body, *sentences, kind="assignment", **facts) -> Document:
    text = "# Tildelingsbrev\n\n" + "\n\n".join(sentences) + "\n"
    document = DocumentFactory.create(addressee=body, text=text, **facts)
    for sentence in sentences:
        start = text.index(sentence)
        place = {"start": start, "end": start + len(sentence), "quote": sentence, "requirement_class": kind}
        if document.status == Document.Status.PUBLISHED:
            RequirementFactory.create(document=document, **place)
        else:
            CandidateFactory.create(document=document, **place)
    return document


def codes(person, document) -> list[str]:
    return [f.code for f in documents.findings(person, document, documents.compared_with(person, document))]


def test_the_review_shows_the_findings_beside_the_candidates(client, person, body):
    document = letter(body, MEETINGS, kind="steering_parameter")
    client.force_login(person)
    page = client.get(f"/dokumenter/{document.pk}/gjennomgang/").content.decode()
    assert "/sjekk/regler/TR103/" in page
    assert "Advarsel" in page
    assert "Tallet teller aktiviteter" in page
    assert f"/sjekk/dokument/{document.pk}/" in client.get(f"/dokumenter/{document.pk}/").content.decode()
    assert MEETINGS in client.get(f"/sjekk/dokument/{document.pk}/").content.decode()


def test_what_the_review_rejects_is_no_longer_asked_about(person, body):
    document = letter(body, MEETINGS, kind="steering_parameter")
    assert "TR103" in codes(person, document)
    Candidate.objects.update(status="rejected", version=2)
    assert "TR103" not in codes(person, document)


def test_it_is_worked_out_once_until_something_changes(person, body, monkeypatch):
    document = letter(body, MEETINGS, kind="steering_parameter")
    asked = []

    def counted(*args, **more):
        asked.append(1)
        return check(*args, **more)

    monkeypatch.setattr("tillitsrom.checking.documents.check", counted)
    codes(person, document)
    codes(person, document)
    assert len(asked) == 1
    CandidateFactory.create(document=document, start=1, end=5)
    codes(person, document)
    assert len(asked) == 2


def test_last_year_and_other_documents_in_force_are_looked_at(person, body):
    last = letter(body, MARKS, status="published", year=2025, title="Brevet for 2025")
    instruction = letter(
        body, "Direktoratet skal holde alle fyr i drift hele døgnet.", status="published", year=2020, kind="duty",
        title="Instruksen",
    )  # fmt: skip
    Document.objects.filter(pk=instruction.pk).update(kind="main_instruction")
    document = letter(body, MARKS, "Direktoratet skal holde alle fyr i drift hele døgnet.", follows=last)
    assert {"TR402", "TR403"} <= set(codes(person, document))
    Requirement.objects.filter(document=instruction).update(
        status="removed", status_reason="Dobbelt.", version=2
    )
    assert "TR403" not in codes(person, document)


def test_only_what_the_reader_may_see_is_held_against(body):
    secret = letter(
        body, MARKS, status="published", openness="exempt", exempt_ground="offl-15", exempt_review_on="2030-01-01",
        title="Unntatt brev",
    )  # fmt: skip
    Requirement.objects.update(is_public=False)
    ministry = OrganisationFactory.create()
    document = letter(body, MARKS, imposing_body=ministry)
    assert "TR403" in codes(person_with(Role.MANAGER, body), document)
    sender = person_with(Role.MANAGER, ministry)
    assert secret not in documents.compared_with(sender, document).others
    assert "TR403" not in codes(sender, document)


def test_a_supplementary_letter_is_held_against_the_letter_that_it_adds_to(person, body):
    yearly = letter(body, MARKS, status="published", title="Brevet for 2026")
    extra = letter(body, MARKS, follows=yearly)
    Document.objects.filter(pk=extra.pk).update(kind="supplementary_letter")
    extra.refresh_from_db()
    found = codes(person, extra)
    assert "TR403" in found
    assert "TR402" not in found


def test_those_whom_it_does_not_concern_see_no_findings(client, body):
    document = letter(body, MEETINGS, kind="steering_parameter", status="published")
    client.force_login(person_with(Role.MANAGER, OrganisationFactory.create()))
    assert client.get(f"/sjekk/dokument/{document.pk}/").status_code == 403
    assert "TR103" not in client.get(f"/dokumenter/{document.pk}/").content.decode()
    hidden = letter(body, MEETINGS, kind="steering_parameter")
    assert client.get(f"/sjekk/dokument/{hidden.pk}/").status_code == 404
    unread = letter(body, status="received")
    client.force_login(person_with(Role.MANAGER, body))
    assert client.get(f"/sjekk/dokument/{unread.pk}/").status_code == 404
