"""The gates of the register's API: nothing hidden comes out, and nothing is changed without the right to."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from tillitsrom.core.models import Openness
from tillitsrom.people.models import Organisation, Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register import search
from tillitsrom.register.actions.review import searchable
from tillitsrom.register.models import Candidate, Document, Requirement
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


# The gate: nothing that is not public comes out of any address, for anyone whom it does not concern.

SECRET = "Hemmelegheit"
EXEMPT = {"openness": Openness.EXEMPT, "exempt_ground": "OFFL-15-1", "exempt_review_on": date(2027, 1, 1)}


@pytest.fixture
def hidden(body) -> list[tuple[str, int]]:
    """Documents and requirements that the public must not see, each with the word in every text."""
    text = TEXT + SECRET
    found: list[tuple[str, int]] = []
    for number, status in enumerate(Document.Status.values):
        if status != Document.Status.PUBLISHED:
            document = DocumentFactory.create(
                addressee=body, status=status, title=f"{SECRET} {number}", text=text, file_name=f"{SECRET}.md",
                failure_message=SECRET, year=1999,
            )  # fmt: skip
            candidate = CandidateFactory.create(document=document, quote=SECRET, assignment=SECRET)
            requirement = RequirementFactory.create(document=document, quote=SECRET, is_public=False)
            found += [
                ("documents", document.pk),
                ("candidates", candidate.pk),
                ("requirements", requirement.pk),
            ]
    exempt = DocumentFactory.create(
        addressee=body, status=Document.Status.PUBLISHED, title=SECRET, text=text, year=1999, **EXEMPT
    )
    requirement = RequirementFactory.create(document=exempt, quote=SECRET, is_public=False)
    found += [("documents", exempt.pk), ("requirements", requirement.pk)]
    # An exempt requirement in an open document.
    open_one = DocumentFactory.create(
        addressee=body, status=Document.Status.PUBLISHED, title="Open", year=2026
    )
    alone = RequirementFactory.create(
        document=open_one,
        quote=SECRET,
        is_public=False,
        deadline="2999",
        deadline_on=date(2999, 12, 31),
        **EXEMPT,
    )
    later = DocumentFactory.create(
        addressee=body, status=Document.Status.PUBLISHED, title="Later", year=2026, follows=exempt
    )
    RequirementFactory.create(
        document=later, replaces=alone, merged_into=alone, quote="Kommunen skal noe.", pk=777
    )
    found += [("requirements", alone.pk)]
    rows = Requirement.objects.all()
    search.index([(row.pk, searchable(row)) for row in rows])
    return found


def every_read(hidden: list[tuple[str, int]]) -> list[tuple[str, dict[str, Any]]]:
    paths: list[tuple[str, dict[str, Any]]] = [
        ("/documents", {"limit": 200}),
        *(("/documents", {"status": status}) for status in Document.Status.values),
        ("/requirements", {"limit": 200}),
        ("/requirements", {"q": SECRET}),
        ("/requirements", {"year": 1999}),
        ("/deadlines", {"deadline_from": "1999-01-01"}),
        ("/requirements/777", {}),
    ]
    for kind, pk in hidden:
        paths.append((f"/{kind}/{pk}", {}))
        if kind == "documents":
            paths += [(f"/documents/{pk}/{part}", {}) for part in ("text", "candidates", "comparison")]
    for document in Document.objects.filter(title__in=["Open", "Later"]):
        paths += [
            (f"/documents/{document.pk}/{part}", {}) for part in ("", "text", "candidates", "comparison")
        ]
        paths += [
            (f"/documents/{document.pk}/comparison", {"other": pk})
            for kind, pk in hidden
            if kind == "documents"
        ]
    return [(path.rstrip("/"), query) for path, query in paths]


@pytest.mark.parametrize("caller", ["public", "outsider", "administrator"])
def test_nothing_hidden_comes_out_anywhere(caller, hidden, request):
    caller = request.getfixturevalue(caller)
    ids = {
        kind: {pk for k, pk in hidden if k == kind} for kind in ("documents", "requirements", "candidates")
    }
    for path, query in every_read(hidden):
        response = caller.get(path, **query)
        assert response.status_code in (200, 401, 404, 422), path
        assert SECRET not in response.content.decode(), path
        if response.status_code == 200 and "items" in response.json():
            kind = path.split("/")[1]
            shown = {one.get("id", one.get("requirement_id")) for one in response.json()["items"]}
            assert not shown & ids.get(kind, ids["requirements"]), path
    for kind, pk in hidden:
        assert caller.get(f"/{kind}/{pk}").status_code in (401, 404)
    one = caller.get("/requirements/777").json()
    assert (one["replaces_id"], one["merged_into_id"]) == (None, None)


def test_those_whom_it_concerns_see_it(manager, hidden):
    for kind, pk in hidden:
        assert manager.get(f"/{kind}/{pk}").status_code == 200
    assert manager.get("/requirements/777").json()["replaces_id"]
    assert SECRET in manager.get("/documents", status="in_review").content.decode()


def test_a_change_to_what_one_may_not_see_is_not_found(outsider, hidden):
    for kind, pk in hidden:
        if kind == "documents":
            is_problem(outsider.post(f"/documents/{pk}/actions", action="publish"), "not-found")
            is_problem(outsider.post(f"/documents/{pk}/candidates/accept-all", confidence=0), "not-found")
        elif kind == "candidates":
            is_problem(outsider.post(f"/candidates/{pk}/accept", version=1), "not-found")
        else:
            is_problem(outsider.patch(f"/requirements/{pk}", version=1, purpose="x"), "not-found")
            is_problem(
                outsider.post(f"/requirements/{pk}/actions", version=1, action="question"), "not-found"
            )


CHANGES = [
    ("post", "/documents/1/candidates", {"sentence": "Direktoratet skal", "requirement_class": "activity"}),
    ("post", "/documents/1/actions", {"action": "publish"}),
    ("post", "/documents/1/candidates/accept-all", {"confidence": 0.9}),
    ("patch", "/candidates/1", {"version": 1}),
    ("post", "/candidates/1/accept", {"version": 1}),
    ("post", "/candidates/1/reject", {"version": 1}),
    ("post", "/candidates/1/undo", {"version": 1}),
    ("post", "/candidates/1/split", {"version": 1, "at": [3]}),
    ("post", "/candidates/1/merge", {"version": 1, "other": 2, "other_version": 1}),
    ("patch", "/requirements/1", {"version": 1, "purpose": "x"}),
    ("post", "/requirements/1/actions", {"version": 1, "action": "question", "reason": "x"}),
    ("post", "/documents", {}),
    ("post", "/check", {"text": "Direktoratet skal levere en plan."}),
    (
        "post",
        "/signals",
        {
            "organisation": 1,
            "what": "x",
            "occasions": 1,
            "period": "day",
            "minutes_low": 1,
            "minutes_high": 2,
        },
    ),
    ("post", "/signals/1/actions", {"action": "start", "version": 1}),
    ("post", "/signals/1/me-too", {}),
    ("post", "/signals/1/messages", {"text": "x"}),
    ("post", "/outcomes/decisions", {"requirement": 1, "version": 1, "outcome": "removed", "reason": "x"}),
    ("post", "/outcomes/requests", {"requirement": 1, "organisation": 1, "asks": "drop", "why": "x"}),
    ("post", "/outcomes/requests/1/actions", {"action": "drop", "version": 1, "reason": "x"}),
    ("post", "/outcomes/legal-obstacles/1/changed", {"version": 1, "reason": "x"}),
    (
        "post",
        "/outcomes/new-duties",
        {
            "organisation": 1,
            "title": "x",
            "purpose": "x",
            "recipient": "x",
            "reporters": "x",
            "reporters_count": 1,
            "hours_low": 1,
            "hours_high": 2,
            "legal_basis": "x",
            "takes_effect_on": "2040-01-01",
            "ends_on": "2041-01-01",
        },
    ),
    ("post", "/outcomes/new-duties/1/actions", {"action": "end", "version": 1, "reason": "x"}),
    (
        "post",
        "/controls",
        {
            "organisation": 1,
            "title": "x",
            "imposed_by": "agency",
            "group_covered": "x",
            "data_collected": "x",
        },
    ),
    ("post", "/controls/1/actions", {"action": "discuss", "version": 1, "on": "2026-01-01"}),
    ("post", "/cases", {}),
    ("post", "/cases/1/actions", {}),
    ("post", "/cooperation/meetings", {}),
    ("post", "/cooperation/meetings/1/call", {}),
    ("post", "/cooperation/meetings/1/hold", {}),
    ("post", "/cooperation/meetings/1/cancel", {}),
    ("post", "/cooperation/minutes/1/approve", {}),
    ("post", "/cooperation/minutes/1/object", {}),
    ("post", "/agreements/local/1/sign", {}),
    ("post", "/agreements/local/1/evaluate", {}),
    ("post", "/agreements/local/1/terminate", {}),
    ("post", "/ledger/1/word", {}),
    ("post", "/calls-for-input", {}),
    ("post", "/calls-for-input/1/actions", {}),
    ("post", "/calls-for-input/1/statements", {}),
    ("patch", "/calls-for-input/1/statements/1", {}),
    ("post", "/calls-for-input/1/statements/1/actions", {}),
    ("post", "/dialogues", {}),
    ("post", "/dialogues/1/actions", {}),
]


def test_the_list_of_changes_is_whole(public):
    declared = {
        (method, operation["operationId"])
        for methods in public.get("/openapi.json").json()["paths"].values()
        for method, operation in methods.items()
        if method != "get"
    }
    assert len(declared) == len(CHANGES)


@pytest.mark.parametrize(("method", "path", "payload"), CHANGES)
def test_a_change_needs_a_key_that_may_write(method, path, payload, body, public):
    RequirementFactory.create(pk=1, document=DocumentFactory.create(pk=1, addressee=body))
    CandidateFactory.create(pk=1, document_id=1)
    reader = Caller(person_with(Role.MANAGER, body), scope="read")
    is_problem(getattr(public, method)(path, **payload), "not-authenticated")
    answer = getattr(reader, method)(path, **payload)
    assert "may only read" in is_problem(answer, "not-allowed")["detail"]
    assert Candidate.objects.get().status == "pending"
    assert Requirement.objects.get().version == 1


def test_a_refusal_says_why(body):
    employee = Caller(person_with(Role.EMPLOYEE, body))
    document = DocumentFactory.create(addressee=body)
    candidate = CandidateFactory.create(document=document)
    answer = employee.post(f"/candidates/{candidate.pk}/accept", version=1)
    assert "Only managers, union representatives" in is_problem(answer, "not-allowed")["detail"]
    options = employee.get(f"/documents/{document.pk}").json()["options"]
    assert {o["action"]: o["allowed"] for o in options} == {"publish": False, "withdraw": False}
    assert all(o["reason"] and o["label"] for o in options)
