"""The answers of a review: each makes what it says, leaves an event, and never overwrites another's."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.people.tests.factories import person_with
from tillitsrom.register import search
from tillitsrom.register.actions import review
from tillitsrom.register.models import Candidate, Requirement
from tillitsrom.register.tests.factories import TEXT, CandidateFactory, DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate():
    return CandidateFactory.create(deadline="2026-06", assignment="TB-1", addressee="Ledelsen")


@pytest.fixture
def manager(candidate):
    return person_with("manager", candidate.document.addressee)


def kinds(obj) -> list[str]:
    return [event.kind for event in events.history(obj)]


def test_an_accepted_candidate_is_a_requirement_in_force_that_search_finds(candidate, manager):
    requirement = review.accept(actor=manager, candidate=candidate, version=1)
    candidate.refresh_from_db()
    requirement.refresh_from_db()
    assert (candidate.status, candidate.version) == ("accepted", 2)
    assert (requirement.status, requirement.quote, requirement.year) == ("in_force", candidate.quote, 2026)
    assert str(requirement.deadline_on) == "2026-06-30"
    assert (requirement.who_acts, requirement.assignment) == ("Ledelsen", "TB-1")
    assert not requirement.is_public, "the document is not published yet"
    assert search.matching(Requirement.objects.all(), "plan").get() == requirement
    assert kinds(candidate) == ["candidate.accept"]
    assert events.history(candidate).get().actor == manager
    assert kinds(requirement) == ["requirement.accepted"]


def test_two_reviewers_never_overwrite_each_other(candidate, manager):
    other = person_with("union_representative", candidate.document.addressee)
    review.reject(actor=other, candidate=candidate, version=1)
    with pytest.raises(Conflict):
        review.accept(actor=manager, candidate=candidate, version=1)
    candidate.refresh_from_db()
    assert candidate.status == "rejected"
    assert not Requirement.objects.exists()


@pytest.mark.parametrize("action", ["accept", "reject", "edit", "split", "undo"])
def test_every_answer_minds_the_version(candidate, manager, action):
    more = {"edit": {"values": {}}, "split": {"at": [candidate.start + 13]}}.get(action, {})
    with pytest.raises(Conflict):
        getattr(review, action)(actor=manager, candidate=candidate, version=7, **more)


def test_merging_minds_both_versions(candidate, manager):
    second = CandidateFactory.create(document=candidate.document, start=52, end=99)
    for one, two in ((7, 1), (1, 7)):
        with pytest.raises(Conflict):
            review.merge(actor=manager, first=candidate, second=second, version=one, second_version=two)
    assert Candidate.objects.filter(status="pending").count() == 2


def test_accepting_all_takes_the_sure_and_leaves_the_rest(candidate, manager):
    sure = [CandidateFactory.create(document=candidate.document, confidence=c) for c in (0.9, 0.95)]
    unsure = CandidateFactory.create(document=candidate.document, confidence=0.89)
    rejected = CandidateFactory.create(document=candidate.document, status="rejected")
    elsewhere = CandidateFactory.create()
    assert review.accept_all(actor=manager, document=candidate.document, confidence=0.9) == 3
    assert set(Requirement.objects.values_list("candidate", flat=True)) == {
        candidate.pk,
        *(c.pk for c in sure),
    }
    for row, status in ((unsure, "pending"), (rejected, "rejected"), (elsewhere, "pending")):
        row.refresh_from_db()
        assert row.status == status
    assert kinds(sure[0]) == ["candidate.accept"]
    assert events.history(candidate.document).get().data == {"count": 3, "confidence": "90\xa0%"}
    assert review.accept_all(actor=manager, document=candidate.document, confidence=0.9) == 0


def test_a_stranger_accepts_nothing_in_bulk(candidate):
    stranger = person_with("manager", DocumentFactory.create().addressee)
    with pytest.raises(Refused):
        review.accept_all(actor=stranger, document=candidate.document, confidence=0.5)
    assert not Requirement.objects.exists()


def test_editing_changes_what_the_requirement_becomes(candidate, manager):
    review.edit(
        actor=manager,
        candidate=candidate,
        version=1,
        values={"requirement_class": "reporting", "deadline": "2026", "addressee": "", "assignment": "TB-1"},
    )
    candidate.refresh_from_db()
    requirement = review.accept(actor=manager, candidate=candidate, version=2)
    assert (requirement.requirement_class, str(requirement.deadline_on)) == ("reporting", "2026-12-31")
    changed = events.history(candidate)[0].data
    assert changed["requirement_class"] == ["assignment", "reporting"]
    assert "assignment" not in changed, "what did not change is not said to have changed"


def test_a_deadline_that_is_no_date_is_refused(candidate, manager):
    with pytest.raises(ValidationError, match=r"30\.6\.2026"):
        review.edit(actor=manager, candidate=candidate, version=1, values={"deadline": "30.6.2026"})
    candidate.refresh_from_db()
    assert (candidate.deadline, candidate.version) == ("2026-06", 1)


def test_splitting_gives_two_that_wait_and_merging_gives_the_one_back(candidate, manager):
    parts = review.split(actor=manager, candidate=candidate, version=1, at=[candidate.start + 13])
    assert [part.quote for part in parts] == ["Direktoratet", "skal levere en plan."]
    candidate.refresh_from_db()
    assert candidate.status == "replaced"
    assert set(candidate.replaced_by.all()) == set(parts)
    assert all(part.deadline == "2026-06" and part.rule == "person" for part in parts)
    merged = review.merge(actor=manager, first=parts[0], second=parts[1], version=1, second_version=1)
    assert (merged.start, merged.end, merged.quote) == (candidate.start, candidate.end, candidate.quote)
    assert kinds(candidate) == ["candidate.split"]
    assert kinds(merged) == ["candidate.merge"]


@pytest.mark.parametrize("at", [[], [0], [10_000], ["start"], ["end"]])
def test_a_split_needs_words_on_both_sides(candidate, manager, at):
    points = [{"start": candidate.start, "end": candidate.end}.get(point, point) for point in at]
    with pytest.raises(ValidationError):
        review.split(actor=manager, candidate=candidate, version=1, at=points)
    candidate.refresh_from_db()
    assert candidate.status == "pending"
    assert Candidate.objects.count() == 1


def test_only_two_of_the_same_document_are_merged(candidate, manager):
    other = CandidateFactory.create()
    for second in (other, candidate):
        with pytest.raises(ValidationError):
            review.merge(actor=manager, first=candidate, second=second, version=1, second_version=1)


def test_undoing_an_acceptance_takes_the_requirement_away(candidate, manager):
    requirement = review.accept(actor=manager, candidate=candidate, version=1)
    review.undo(actor=manager, candidate=candidate, version=2)
    candidate.refresh_from_db()
    assert (candidate.status, candidate.version) == ("pending", 3)
    assert not Requirement.objects.exists()
    assert not search.matching(Requirement.objects.all(), "plan").exists()
    assert kinds(candidate) == ["candidate.accept", "candidate.undo"]
    assert kinds(requirement) == ["requirement.accepted"], "what happened stays in the log"


@pytest.mark.parametrize("change", [{"version": 2}, {"status": "questioned"}])
def test_a_requirement_with_a_life_of_its_own_is_not_undone(candidate, manager, change):
    review.accept(actor=manager, candidate=candidate, version=1)
    Requirement.objects.update(**change)
    with pytest.raises(WrongState):
        review.undo(actor=manager, candidate=candidate, version=2)
    assert Requirement.objects.exists()


def test_a_requirement_that_others_were_merged_into_is_not_undone(candidate, manager):
    requirement = review.accept(actor=manager, candidate=candidate, version=1)
    RequirementFactory.create(status="merged", merged_into=requirement)
    with pytest.raises(WrongState):
        review.undo(actor=manager, candidate=candidate, version=2)


def test_nothing_is_answered_in_a_published_document(candidate, manager):
    candidate.document.status = "published"
    candidate.document.save()
    with pytest.raises(Refused):
        review.accept(actor=manager, candidate=candidate, version=1)


def test_the_sentence_in_the_factory_stands_in_the_text(candidate):
    assert TEXT[candidate.start : candidate.end] == candidate.quote == "Direktoratet skal levere en plan."


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_finds_nothing(candidate, manager):
    requirement = review.accept(actor=manager, candidate=candidate, version=1)
    call_command("flush", interactive=False, verbosity=0)
    again = RequirementFactory.create(pk=requirement.pk, text="Noe annet.")
    assert not search.matching(Requirement.objects.filter(pk=again.pk), "plan").exists()
