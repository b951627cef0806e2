"""The register's API goes through the same gates, filters and actions as the pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.people import actions as people_actions
from tillitsrom.people.models import Organisation, Role
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, UserFactory, person_with
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register import search
from tillitsrom.register.actions.review import searchable
from tillitsrom.register.models import Document
from tillitsrom.register.tests.callers import Caller
from tillitsrom.register.tests.factories import (
    TEXT,
    CandidateFactory,
    DocumentFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


@pytest.fixture
def body() -> Organisation:
    return OrganisationFactory.create(name="Fjordvik kommune")


@pytest.fixture
def manager(body) -> Caller:
    return Caller(person_with(Role.MANAGER, body))


@pytest.fixture
def public() -> Caller:
    return Caller(None)


@pytest.fixture
def outsider() -> Caller:
    return Caller(person_with(Role.MANAGER, OrganisationFactory.create()))


@pytest.fixture
def administrator(body) -> Caller:
    return Caller(person_with(Role.SYSTEM_ADMINISTRATOR, body))


# Review.


def test_a_review_from_candidate_to_published(manager, body, public):
    document = DocumentFactory.create(addressee=body)
    first = CandidateFactory.create(document=document)
    second = CandidateFactory.create(document=document, start=52, end=95, confidence=0.5)
    listed = manager.get(f"/documents/{document.pk}/candidates", status="pending").json()
    assert [one["id"] for one in listed["items"]] == [first.pk, second.pk]
    assert manager.post(f"/documents/{document.pk}/candidates/accept-all", confidence=0.9).json() == {
        "accepted": 1
    }
    waiting = manager.post(f"/documents/{document.pk}/actions", action="publish")
    assert "have not been reviewed" in is_problem(waiting, "not-allowed")["detail"]
    edited = manager.patch(
        f"/candidates/{second.pk}", version=1, requirement_class="reporting", deadline="2026-06"
    )
    assert (edited.json()["requirement_class"], edited.json()["deadline"]) == ("reporting", "2026-06")
    accepted = manager.post(f"/candidates/{second.pk}/accept", version=2).json()
    assert accepted["candidate"]["status"] == "accepted"
    undone = manager.post(f"/candidates/{second.pk}/undo", version=3).json()
    assert undone["status"] == "pending"
    manager.post(f"/candidates/{second.pk}/reject", version=4)
    published = manager.post(f"/documents/{document.pk}/actions", action="publish").json()
    assert published["status"] == "published"
    assert published["counts"] == {"assignment": 1}
    seen = public.get(f"/documents/{document.pk}").json()
    assert seen["counts"] == {"assignment": 1}
    assert {one["who"] for one in seen["history"]} == {"a person"}
    assert public.get(f"/documents/{document.pk}/text").json()["candidates"] == []
    assert public.get("/requirements", document=document.pk).json()["count"] == 1


def test_two_reviewers_never_overwrite_each_other(manager, body):
    candidate = CandidateFactory.create(document=DocumentFactory.create(addressee=body))
    manager.patch(f"/candidates/{candidate.pk}", version=1, deadline="2026")
    answer = manager.patch(f"/candidates/{candidate.pk}", version=1, deadline="2027")
    assert "Somebody else has changed" in is_problem(answer, "conflict")["detail"]
    candidate.refresh_from_db()
    assert candidate.deadline == "2026"


def test_a_missed_sentence_is_added(manager, outsider, body):
    document = DocumentFactory.create(addressee=body)
    path = f"/documents/{document.pk}/candidates"
    sentence = "Direktoratet skal rapportere om bruken av midlene."
    added = manager.post(path, sentence=sentence, requirement_class="reporting")
    assert added.status_code == 201
    assert (added.json()["quote"], added.json()["status"]) == (sentence, "pending")
    missing = manager.post(path, sentence="Står ikke her.", requirement_class="reporting")
    assert "sentence" in str(is_problem(missing, "invalid")["errors"])
    assert outsider.post(path, sentence=sentence, requirement_class="reporting").status_code == 404
    assert document.candidates.count() == 1


def test_a_wrong_deadline_is_refused_and_nothing_is_saved(manager, body):
    candidate = CandidateFactory.create(document=DocumentFactory.create(addressee=body))
    answer = manager.patch(f"/candidates/{candidate.pk}", version=1, deadline="30. juni")
    assert "2026-06-30" in is_problem(answer, "invalid")["detail"]
    candidate.refresh_from_db()
    assert (candidate.deadline, candidate.version) == ("", 1)


def test_split_and_merge(manager, body):
    document = DocumentFactory.create(addressee=body)
    candidate = CandidateFactory.create(document=document)
    outside = manager.post(f"/candidates/{candidate.pk}/split", version=1, at=[candidate.end + 5])
    is_problem(outside, "invalid")
    parts = manager.post(f"/candidates/{candidate.pk}/split", version=1, at=[candidate.start + 13]).json()
    assert len(parts) == 2
    merged = manager.post(
        f"/candidates/{parts[0]['id']}/merge",
        version=parts[0]["version"],
        other=parts[1]["id"],
        other_version=parts[1]["version"],
    ).json()
    assert merged["quote"] == candidate.quote


# Upload.

FACTS = {"title": "Tildelingsbrev 2026", "year": 2026, "kind": "allocation_letter"}


def test_a_document_is_uploaded_and_read(manager, body, django_capture_on_commit_callbacks):
    ministry = OrganisationFactory.create(level="ministry")
    with django_capture_on_commit_callbacks(execute=False) as queued:
        answer = manager.upload(
            **FACTS,
            imposing_body=ministry.pk,
            addressee=body.pk,
            file=SimpleUploadedFile("brev.md", TEXT.encode()),
        )
    assert answer.status_code == 201
    made = answer.json()
    assert (made["title"], made["status"], made["imposing_body"]["id"]) == (
        FACTS["title"],
        "received",
        ministry.pk,
    )
    assert len(queued) == 1
    document = Document.objects.get(pk=made["id"])
    assert [e.kind for e in events.history(document)] == ["document.received"]
    again = manager.upload(
        **FACTS,
        imposing_body=ministry.pk,
        addressee=body.pk,
        file=SimpleUploadedFile("brev.md", TEXT.encode()),
    )
    assert "already in the register" in is_problem(again, "invalid")["detail"]


@pytest.mark.parametrize(
    ("name", "content", "word"), [("brev.exe", b"x", "not a kind of file"), ("tomt.md", b"", "empty")]
)
def test_a_file_that_cannot_be_read_is_refused(manager, body, name, content, word):
    answer = manager.upload(
        **FACTS,
        imposing_body=OrganisationFactory.create().pk,
        addressee=body.pk,
        file=SimpleUploadedFile(name, content),
    )
    assert word in is_problem(answer, "invalid")["detail"]
    assert not Document.objects.exists()


def test_an_upload_for_others_is_refused(outsider, body):
    answer = outsider.upload(
        **FACTS,
        imposing_body=OrganisationFactory.create().pk,
        addressee=body.pk,
        file=SimpleUploadedFile("brev.md", b"x"),
    )
    assert answer.status_code in (403, 422)
    assert not Document.objects.exists()


def test_what_is_missing_in_an_upload_is_said(manager):
    body = is_problem(manager.upload(title="Brev"), "invalid")
    assert {error["field"] for error in body["errors"]} >= {"year", "imposing_body", "addressee", "file"}


# Requirements.


def test_filters_are_those_of_the_page(public):
    letter = DocumentFactory.create(status=Document.Status.PUBLISHED, year=2026)
    goal = RequirementFactory.create(document=letter, requirement_class="goal", quote="Færre rapporter.")
    search.index([(goal.pk, searchable(goal))])
    other = RequirementFactory.create(requirement_class="activity")
    costly = RequirementFactory.create(
        document=letter, minutes_low=10, minutes_high=20, minutes_source="estimated", occasions_per_year=12,
        affected_count=60,
    )  # fmt: skip

    def found(**query: Any) -> list[int]:
        return [one["id"] for one in public.get("/requirements", **query).json()["items"]]

    assert found(q="rapportering") == [goal.pk]
    assert found(**{"class": "goal"}) == [goal.pk]
    assert set(found(**{"class": ["goal", "activity"]})) == {goal.pk, other.pk}
    assert found(costed="yes") == [costly.pk]
    assert found(sort="-hours")[0] == costly.pk
    assert set(found(document=letter.pk)) == {goal.pk, costly.pk}
    body = is_problem(public.get("/requirements", status="ukjent"), "invalid")
    assert body["errors"][0]["field"] == "status"
    (shown,) = public.get("/requirements", costed="yes").json()["items"]
    assert (shown["hours_low"], shown["hours_high"]) == (120.0, 240.0)


def test_one_requirement_with_its_cost_and_life(manager, body, public):
    unit = UnitFactory.create(organisation=body)
    requirement = RequirementFactory.create(
        document=DocumentFactory.create(addressee=body, status="published")
    )
    described = manager.patch(
        f"/requirements/{requirement.pk}",
        version=1, unit=unit.pk, minutes_low=10, minutes_high=20, minutes_source="measured",
        occasions_per_year=12.5, affected_count=60, deadline="2026-06",
    )  # fmt: skip
    assert described.status_code == 200, described.content
    one = described.json()
    assert (one["version"], one["unit_id"], one["deadline_on"]) == (2, unit.pk, "2026-06-30")
    assert (one["hours_low"], one["hours_high"]) == (125.0, 250.0)
    assert one["cost"]["hours"] == {"low": 125.0, "high": 250.0}
    assert one["cost"]["parameters"]
    is_problem(manager.patch(f"/requirements/{requirement.pk}", version=1, purpose="x"), "conflict")
    is_problem(manager.patch(f"/requirements/{requirement.pk}", version=2, minutes_high=5), "invalid")
    foreign = manager.patch(f"/requirements/{requirement.pk}", version=2, unit=UnitFactory.create().pk)
    assert is_problem(foreign, "invalid")["errors"][0]["field"] == "unit"
    cleared = manager.patch(
        f"/requirements/{requirement.pk}",
        version=2, minutes_low=None, minutes_high=None, minutes_source=None, unit=None, deadline=None,
    )  # fmt: skip
    assert cleared.status_code == 200, cleared.content
    assert cleared.json()["cost"] is None
    assert public.get(f"/requirements/{requirement.pk}").json()["options"][0]["allowed"] is False


def test_a_requirement_is_questioned_and_decided(body):
    ministry = OrganisationFactory.create(level="ministry")
    document = DocumentFactory.create(addressee=body, imposing_body=ministry, status="published")
    requirement = RequirementFactory.create(document=document)
    employee = Caller(person_with(Role.EMPLOYEE, body))
    owner = Caller(person_with(Role.REQUIREMENT_OWNER, ministry))
    path = f"/requirements/{requirement.pk}/actions"
    missing = is_problem(employee.post(path, version=1, action="question"), "invalid")
    assert missing["errors"][0]["field"] == "reason"
    asked = employee.post(path, version=1, action="question", reason="Ingen leser den.").json()
    assert asked["status"] == "questioned"
    is_problem(employee.post(path, version=2, action="start_review"), "not-allowed")
    is_problem(owner.post(path, version=2, action="keep", reason="x", review_on="2027-01-01"), "conflict")
    owner.post(path, version=2, action="start_review")
    later = (timezone.localdate() + timedelta(days=200)).isoformat()
    kept = owner.post(path, version=3, action="keep", reason="Loven krever det.", review_on=later).json()
    assert (kept["status"], kept["review_on"]) == ("kept", later)
    assert [one["kind"] for one in kept["history"]][-1] == "requirement.keep"
    is_problem(owner.post(path, version=4, action="lapse"), "not-allowed")
    is_problem(owner.post(path, version=4, action="nonsense"), "conflict")


def test_deadlines_the_nearest_first(public, body):
    document = DocumentFactory.create(addressee=body, status="published")
    for day in (date(2999, 6, 30), date(2999, 3, 1)):
        RequirementFactory.create(document=document, deadline=day.isoformat(), deadline_on=day)
    RequirementFactory.create(deadline="2000", deadline_on=date(2000, 12, 31))
    page = public.get("/deadlines", organisation=body.pk).json()
    assert [one["deadline_on"] for one in page["items"]] == ["2999-03-01", "2999-06-30"]
    assert public.get("/deadlines", deadline_from="1999-01-01").json()["count"] == 3
    assert public.get("/deadlines", deadline_to="2999-03-31").json()["count"] == 1


def test_a_document_is_compared_with_the_one_before(public, body):
    old = DocumentFactory.create(addressee=body, status="published", year=2025)
    new = DocumentFactory.create(addressee=body, status="published", year=2026, follows=old)
    for document in (old, new):
        RequirementFactory.create(
            document=document, quote="Kommunen skal levere en plan for arbeidet med skolene."
        )
    RequirementFactory.create(document=new, start=60, end=90, quote="Kommunen skal telle hver eneste blyant.")
    found = public.get(f"/documents/{new.pk}/comparison").json()
    assert (found["before"], found["after"]) == (1, 2)
    assert [one["text"] for one in found["new"]] == ["Kommunen skal telle hver eneste blyant."]
    assert len(found["kept"]) == 1
    is_problem(public.get(f"/documents/{old.pk}/comparison"), "not-found")


@pytest.mark.parametrize("path", ["/requirements", "/documents", "/deadlines?deadline_from=1999-01-01"])
def test_lists_ask_no_more_as_they_grow(path, manager, body, django_assert_max_num_queries):
    def fill(count: int) -> None:
        for _ in range(count):
            document = DocumentFactory.create(addressee=body, status="published")
            RequirementFactory.create(document=document, deadline="2999", deadline_on=date(2999, 12, 31))

    fill(1)
    manager.get(path)
    with django_assert_max_num_queries(16) as few:
        assert manager.get(path).status_code == 200
    fill(15)
    with django_assert_max_num_queries(len(few)):
        assert len(manager.get(path).json()["items"]) == 16


def test_what_an_erased_person_did_has_no_name(manager, body):
    employee = person_with(Role.EMPLOYEE, body)
    requirement = RequirementFactory.create(
        document=DocumentFactory.create(addressee=body, status="published")
    )
    asking = Caller(employee)
    asking.post(
        f"/requirements/{requirement.pk}/actions", version=1, action="question", reason="Ingen leser den."
    )
    colleague = Caller(UserFactory.create())
    before = colleague.get(f"/requirements/{requirement.pk}").json()["history"][-1]
    assert before["who"] == employee.name
    people_actions.erase_person(actor=employee, person=employee)
    after = colleague.get(f"/requirements/{requirement.pk}").json()["history"][-1]
    assert after["who"] == "a person who has been erased"
    assert employee.name not in str(after)
