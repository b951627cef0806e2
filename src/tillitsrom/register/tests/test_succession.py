"""Publishing a letter settles the one before it; taking a step back gives that one its force again."""

import pytest

from tillitsrom.core import events
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.actions import documents, review
from tillitsrom.register.models import Document, Requirement
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

PLAN = "Etaten skal legge fram en plan for opplæring av alle nye ledere."
FIGURES = "Etaten skal rapportere tallet på tilsyn til departementet hvert kvartal."
TEXT = f"{PLAN} {FIGURES}"


@pytest.fixture
def letters():
    """Last year's published letter with two requirements, and this year's in review with two candidates."""
    ministry, agency = OrganisationFactory.create(level="ministry"), OrganisationFactory.create()
    shared = {"imposing_body": ministry, "addressee": agency}
    old = DocumentFactory.create(year=2025, status="published", text=TEXT, **shared)
    new = DocumentFactory.create(year=2026, text=TEXT, follows=old, **shared)
    for quote in (PLAN, FIGURES):
        RequirementFactory.create(document=old, quote=quote)
    start = len(PLAN) + 1
    for a, b in ((0, len(PLAN)), (start, len(TEXT))):
        new.candidates.create(
            start=a, end=b, quote=TEXT[a:b], requirement_class="assignment", rule="modal", confidence=0.9
        )
    return old, new, person_with("manager", agency)


def states(document: Document) -> dict[str, str]:
    return dict(document.requirements.values_list("quote", "status"))


def accept(person, document, quote):
    candidate = document.candidates.get(quote=quote)
    return review.accept(actor=person, candidate=candidate, version=candidate.version)


def reject(person, document, quote):
    candidate = document.candidates.get(quote=quote)
    return review.reject(actor=person, candidate=candidate, version=candidate.version)


def undo(person, document, quote):
    candidate = document.candidates.get(quote=quote)
    return review.undo(actor=person, candidate=candidate, version=candidate.version)


def step(person, document, action):
    document.refresh_from_db()
    return documents.advance(actor=person, document=document, action=action)


def test_what_stands_again_is_superseded_and_what_is_gone_lapses(letters):
    old, new, person = letters
    old.requirements.filter(quote=PLAN).update(
        minutes_low=30, minutes_high=60, minutes_source="measured", affected_count=12
    )
    accept(person, new, PLAN)
    reject(person, new, FIGURES)
    step(person, new, "publish")
    assert states(old) == {PLAN: "superseded", FIGURES: "lapsed"}
    heir = new.requirements.get()
    assert heir.replaces.quote == PLAN
    assert (heir.minutes_low, heir.affected_count) == (30, 12)
    gone = old.requirements.get(quote=FIGURES)
    assert [e.kind for e in events.history(gone)] == ["requirement.lapse"]


def test_a_supplementary_letter_ends_nothing(letters):
    old, new, person = letters
    Document.objects.filter(pk=new.pk).update(kind="supplementary_letter")
    accept(person, new, PLAN)
    reject(person, new, FIGURES)
    step(person, new, "publish")
    assert states(old) == {PLAN: "in_force", FIGURES: "in_force"}
    step(person, new, "reopen")
    step(person, new, "withdraw")
    assert states(old) == {PLAN: "in_force", FIGURES: "in_force"}


def test_what_lapsed_is_found_again_when_the_review_was_reopened(letters):
    old, new, person = letters
    accept(person, new, PLAN)
    reject(person, new, FIGURES)
    step(person, new, "publish")
    step(person, new, "reopen")
    undo(person, new, FIGURES)
    accept(person, new, FIGURES)
    step(person, new, "publish")
    assert states(old) == {PLAN: "superseded", FIGURES: "superseded"}
    assert new.requirements.get(quote=FIGURES).replaces.quote == FIGURES


def test_taking_an_acceptance_back_gives_the_predecessor_its_force_again(letters):
    old, new, person = letters
    for quote in (PLAN, FIGURES):
        accept(person, new, quote)
    step(person, new, "publish")
    step(person, new, "reopen")
    undo(person, new, PLAN)
    assert states(old) == {PLAN: "in_force", FIGURES: "superseded"}


def test_a_withdrawn_letter_ends_its_own_and_gives_last_years_its_force_back(letters):
    old, new, person = letters
    accept(person, new, PLAN)
    reject(person, new, FIGURES)
    step(person, new, "publish")
    step(person, new, "reopen")
    step(person, new, "withdraw")
    assert states(new) == {PLAN: "lapsed"}
    assert states(old) == {PLAN: "in_force", FIGURES: "in_force"}


def test_a_letter_that_was_never_published_ends_only_its_own(letters):
    old, new, person = letters
    old.requirements.filter(quote=FIGURES).update(status="lapsed")
    accept(person, new, PLAN)
    step(person, new, "withdraw")
    assert states(new) == {PLAN: "lapsed"}
    assert states(old) == {PLAN: "in_force", FIGURES: "lapsed"}
    assert Requirement.objects.filter(status="superseded").count() == 0
