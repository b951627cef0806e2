"""A person adds what the reader missed."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tillitsrom.core.decisions import Refused
from tillitsrom.core.models import Event
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import person_with
from tillitsrom.register.actions import review
from tillitsrom.register.models import Candidate
from tillitsrom.register.tests.factories import DocumentFactory

TEXT = "# Brev\n\n## 2 Drift\n\nDet er fint vær. Skolen **skal** telle\nstolene hver uke. Takk.\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return DocumentFactory.create(text=TEXT, pages=[[1, 0, 10], [2, 10, len(TEXT)]])


@pytest.fixture
def manager(document):
    return person_with(Role.MANAGER, document.addressee)


def test_the_sentence_is_found_across_lines_and_emphasis(document, manager):
    added = review.add(
        actor=manager,
        document=document,
        sentence="Skolen skal telle stolene hver uke.",
        requirement_class="activity",
    )
    assert added.quote == "Skolen **skal** telle\nstolene hver uke."
    assert TEXT[added.start : added.end] == added.quote
    assert (added.page, added.heading, added.status) == (2, "2 Drift", Candidate.Status.PENDING)
    assert Event.objects.filter(kind="candidate.add", actor=manager).count() == 1


def test_a_sentence_that_is_not_there_or_there_already_is_refused(document, manager):
    with pytest.raises(ValidationError):
        review.add(actor=manager, document=document, sentence="Noe helt annet.", requirement_class="activity")
    review.add(actor=manager, document=document, sentence="Takk.", requirement_class="activity")
    with pytest.raises(ValidationError):
        review.add(actor=manager, document=document, sentence="Takk.", requirement_class="activity")
    assert document.candidates.count() == 1


def test_an_employee_may_not_add(document):
    employee = person_with(Role.EMPLOYEE, document.addressee)
    with pytest.raises(Refused):
        review.add(actor=employee, document=document, sentence="Takk.", requirement_class="activity")


def test_the_page_keeps_what_was_typed_and_leads_to_the_candidate(document, manager):
    client = Client()
    client.force_login(manager)
    address = reverse("documents:candidate_add", args=[document.pk])
    refused = client.post(address, {"sentence": "Finnes ikke.", "requirement_class": "activity"})
    assert refused.status_code == 422
    assert "Finnes ikke." in refused.content.decode()
    added = client.post(address, {"sentence": "Takk.", "requirement_class": "activity"})
    assert added.status_code == 302
    assert f"forslag={document.candidates.get().pk}" in added["Location"]


def test_a_stranger_does_not_find_the_page(document):
    client = Client()
    client.force_login(person_with(Role.MANAGER, DocumentFactory.create().addressee))
    assert client.get(reverse("documents:candidate_add", args=[document.pk])).status_code == 404


def test_a_hostile_sentence_takes_no_time():
    """A row of underscores is both a word and what lies between words; tried in every way it would take for ever."""
    assert review.find_sentence(f"navn {'_' * 400} x", "_ " * 300 + "y") is None
    assert review.find_sentence("Kommunen **skal** levere a_b.", "Kommunen skal levere a_b.") == (0, 29)
