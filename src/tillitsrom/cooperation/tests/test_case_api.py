"""The cases by the API: the gate, every step, and no name of a person."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from tillitsrom.cooperation.models import Case
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register.tests.callers import Caller
from tillitsrom.rulesets.tests.factories import body

from .factories import case_in, met, minuted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


def step(caller, case, action, **more):
    return caller.post(f"/cases/{case['id']}/actions", action=action, version=case["version"], **more)


def test_the_public_reads_closed_cases_only():
    where = body()
    closed, under_way = case_in(where, "closed"), case_in(where, "held")
    public = Caller(None)
    assert [one["id"] for one in public.get("/cases").json()["items"]] == [closed.pk]
    assert public.get(f"/cases/{closed.pk}").json()["decision"] == "Vi slutter."
    is_problem(public.get(f"/cases/{under_way.pk}"), "not-found")
    Case.objects.filter(pk=closed.pk).update(
        openness="exempt", exempt_ground="OFFL-15-1", exempt_review_on=timezone.localdate()
    )
    assert public.get("/cases").json()["count"] == 0
    is_problem(public.get(f"/cases/{closed.pk}/deviations"), "not-found")
    outsider = Caller(person_with(Role.MANAGER, OrganisationFactory.create()))
    assert outsider.get("/cases").json()["count"] == 0


def test_writing_needs_a_key_that_may_write():
    where = body()
    case = case_in(where, "raised")
    is_problem(
        Caller(None).post("/cases", organisation=where.organisation.pk, question="?"), "not-authenticated"
    )
    reader = Caller(where.manager, scope="read")
    for path, given in (
        ("/cases", {"organisation": where.organisation.pk, "question": "?"}),
        (f"/cases/{case.pk}/actions", {"action": "position", "version": 1, "stance": "for", "text": "Ja"}),
    ):
        is_problem(reader.post(path, **given), "not-allowed")
        is_problem(Caller(None).post(path, **given), "not-authenticated")
    employee = Caller(person_with(Role.EMPLOYEE, where.organisation))
    is_problem(employee.post("/cases", organisation=where.organisation.pk, question="?"), "not-allowed")
    for action in ("position", "paper", "classify", "announce", "withdraw"):
        given = {
            "action": action,
            "version": case.version,
            "stance": "for",
            "text": "Ja",
            "reason": "x",
            "title": "x",
        }
        is_problem(employee.post(f"/cases/{case.pk}/actions", **given), "not-allowed")


def test_a_case_from_the_question_to_the_end():
    where = body()
    union, employer = Caller(where.representative), Caller(where.manager)
    made = union.post("/cases", organisation=where.organisation.pk, question="Skal vi slutte?")
    assert made.status_code == 201
    case = made.json()
    assert (case["status"], case["move"]["sides"]) == ("raised", ["employer", "employees"])
    is_problem(step(employer, case, "withdraw", reason="x"), "not-allowed")
    case = step(union, case, "classify").json()
    assert (case["form"], case["status"]) == ("discussion", "classified")
    case = step(employer, case, "announce", text="Vi slutter.").json()
    case = step(employer, case, "paper", title="Notat", text="Tekst").json()
    case = step(union, case, "involve", party=where.union.pk).json()
    is_problem(step(union, case, "involve"), "invalid")
    refused = step(employer, case, "decide", text="Vi slutter.", reason="x")
    assert "meet about this first" in is_problem(refused, "not-allowed")["detail"]
    met(where, Case.objects.get(pk=case["id"]))
    is_problem(step(employer, case, "decide", text="Vi slutter.", reason="x"), "conflict")
    case = employer.get(f"/cases/{case['id']}").json()
    case = step(union, case, "position", stance="for", text="Ja.").json()
    case = step(employer, case, "decide", text="Vi slutter.", reason="Det står i journalen.").json()
    assert (case["status"], case["conclusion"]) == ("decided", "joint")
    is_problem(step(employer, case, "hold"), "conflict")
    is_problem(step(employer, case, "close"), "not-allowed")
    minuted(Case.objects.get(pk=case["id"]))
    case = step(union, case, "close").json()
    assert case["status"] == "closed"
    missed = union.get(f"/cases/{case['id']}/deviations").json()
    assert [(one["code"], one["days"]) for one in missed] == [("papers_late", 7)]


def test_no_person_is_named():
    where = body()
    case = case_in(where, "closed")
    text = Caller(where.manager).get(f"/cases/{case.pk}").content.decode()
    assert where.manager.name not in text
    assert where.representative.name not in text


def test_what_is_wrong_is_said_field_by_field():
    where, other = body(), body()
    union = Caller(where.representative)
    is_problem(union.post("/cases", organisation=10**9, question="?"), "not-found")
    is_problem(union.post("/cases", organisation=where.organisation.pk, question="?", unit=10**9), "invalid")
    is_problem(
        union.post("/cases", organisation=where.organisation.pk, question="?", party=other.union.pk),
        "invalid",
    )
    is_problem(
        union.post("/cases", organisation=where.organisation.pk, question="?", party=where.second.pk),
        "not-allowed",
    )
    assert not Case.objects.exists()
    case = union.post("/cases", organisation=where.organisation.pk, question="?").json()
    is_problem(step(union, case, "position", text="Ja."), "invalid")
    is_problem(step(union, case, "position", stance="for"), "invalid")
