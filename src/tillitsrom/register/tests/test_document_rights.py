"""Who may do what with documents and candidates: every role, place, state and action, cell by cell."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.people.models import Actor, Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import rules
from tillitsrom.register.lifecycle import CANDIDATE, DOCUMENT
from tillitsrom.register.models import Candidate, Document
from tillitsrom.register.tests.factories import CandidateFactory, DocumentFactory

pytestmark = pytest.mark.django_db

PLACES = ("addressee", "imposing", "unrelated")
KEEPERS = {"manager", "requirement_owner", "union_representative", "coordinator"}
ACTORS = [("anonymous", "nowhere"), *product(Role.values, PLACES)]

# Written by hand and not read from the lifecycle: the table under test must not be its own answer.
DOCUMENT_STEPS = {
    ("received", "withdraw"): "withdrawn",
    ("failed", "retry"): "received",
    ("failed", "withdraw"): "withdrawn",
    ("in_review", "publish"): "published",
    ("in_review", "withdraw"): "withdrawn",
    ("published", "reopen"): "in_review",
}
SYSTEM_STEPS = {("received", "start_reading"), ("reading", "finish_reading"), ("reading", "fail")}
DOCUMENT_ACTIONS = ("start_reading", "finish_reading", "fail", "retry", "publish", "reopen", "withdraw")

CANDIDATE_STEPS = {
    ("pending", "accept"): "accepted",
    ("pending", "reject"): "rejected",
    ("pending", "edit"): "pending",
    ("pending", "split"): "replaced",
    ("pending", "merge"): "replaced",
    ("accepted", "undo"): "pending",
    ("rejected", "undo"): "pending",
}
CANDIDATE_ACTIONS = ("accept", "reject", "edit", "split", "merge", "undo")


def somebody(role: str, place: str, document: Document) -> Actor:
    """A person who holds the role in the organisation that the place names."""
    if role == "anonymous":
        return AnonymousUser()
    organisations = {"addressee": document.addressee, "imposing": document.imposing_body}
    return person_with(role, organisations.get(place) or OrganisationFactory.create())


def keeps_register(role: str, place: str) -> bool:
    return role in KEEPERS and place != "unrelated"


def outcome(lifecycle, actor: Actor, obj: object, action: str) -> str:
    try:
        return str(lifecycle.check(actor, obj, action).target)
    except Refused as refused:
        return "refused" if str(refused.decision.reason) else "refused without a reason"
    except WrongState:
        return "wrong state"


def expected(steps, allowed: bool, state: str, action: str) -> str:
    if (state, action) in SYSTEM_STEPS and steps is DOCUMENT_STEPS:
        return "refused"
    if (state, action) not in steps:
        return "wrong state"
    return steps[state, action] if allowed else "refused"


def test_the_tables_have_no_action_that_the_matrix_forgets():
    assert set(DOCUMENT.actions) == set(DOCUMENT_ACTIONS)
    assert set(CANDIDATE.actions) == set(CANDIDATE_ACTIONS)


@pytest.mark.parametrize(("role", "place"), ACTORS)
def test_documents(role, place):
    document = DocumentFactory.create()
    actor = somebody(role, place, document)
    found, wanted = {}, {}
    for state, action in product(Document.Status.values, DOCUMENT_ACTIONS):
        document.status = state
        found[state, action] = outcome(DOCUMENT, actor, document, action)
        wanted[state, action] = expected(DOCUMENT_STEPS, keeps_register(role, place), state, action)
    assert found == wanted


@pytest.mark.parametrize(("role", "place"), ACTORS)
def test_candidates(role, place):
    candidate = CandidateFactory.create()
    actor = somebody(role, place, candidate.document)
    found, wanted = {}, {}
    for document_state, state, action in product(
        Document.Status.values, Candidate.Status.values, CANDIDATE_ACTIONS
    ):
        candidate.status, candidate.document.status = state, document_state
        found[document_state, state, action] = outcome(CANDIDATE, actor, candidate, action)
        allowed = keeps_register(role, place) and document_state == "in_review"
        wanted[document_state, state, action] = expected(CANDIDATE_STEPS, allowed, state, action)
    assert found == wanted


@pytest.mark.parametrize(("role", "place"), ACTORS)
def test_publishing_waits_for_the_last_candidate(role, place):
    candidate = CandidateFactory.create()
    actor = somebody(role, place, candidate.document)
    assert not rules.may_publish(actor, candidate.document)


@pytest.mark.parametrize(("role", "place"), ACTORS)
def test_uploading(role, place):
    document = DocumentFactory.create()
    actor = somebody(role, place, document)
    assert bool(rules.may_upload(actor)) == (role in KEEPERS)
    assert bool(rules.may_register(actor, document)) == keeps_register(role, place)


@pytest.mark.parametrize(("role", "place"), ACTORS)
def test_seeing(role, place):
    """Open and published to all; the rest to the two organisations, and not to who only administers accounts."""
    document = DocumentFactory.create()
    CandidateFactory.create(document=document)
    actor = somebody(role, place, document)
    inside = place in ("addressee", "imposing") and role != "system_administrator"
    for state, openness in product(Document.Status.values, ("open", "exempt")):
        Document.objects.filter(pk=document.pk).update(
            status=state, openness=openness, exempt_ground="x", exempt_review_on="2030-01-01"
        )
        seen = rules.documents_visible_to(actor).filter(pk=document.pk).exists()
        assert seen == (inside or (state == "published" and openness == "open")), (state, openness)
        assert rules.candidates_visible_to(actor).exists() == inside


def test_a_membership_that_has_ended_gives_nothing():
    document = DocumentFactory.create()
    person = person_with("manager", document.addressee)
    person.memberships.update(valid_from="2020-01-01", valid_to="2020-12-31")
    assert not rules.may_register(person, document)
    assert not rules.documents_visible_to(person).exists()
