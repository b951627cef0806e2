"""The API of agreements: open rules, the same gate as the pages, and no change without the right to it."""

import pytest
from django.core.cache import cache

from tillitsrom.core.models import Openness
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register.tests.callers import Caller
from tillitsrom.rulesets.models import LocalAgreement

from .factories import TODAY, agreement, body

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


def test_areas_and_rules_are_open():
    public = Caller(None)
    assert [one["code"] for one in public.get("/agreements/areas").json()] == [
        "state", "ks", "oslo", "spekter", "law",
    ]  # fmt: skip
    found = public.get("/agreements/areas/state").json()
    rule = next(one for one in found["rules"] if one["id"] == "STAT-19-2A")
    assert rule["conditions"] == ["chart", "six_months", "redeployment"]
    assert rule["provision"]["section"] == "§ 19 nr. 2 a"
    assert is_problem(public.get("/agreements/areas/moon"), "not-found")


def test_classifying():
    public, path = Caller(None), "/agreements/areas/state/classify"
    asked = {"topic": "STAT-19-2A", "on": "2026-06-01"}
    first = public.get(path, **asked, answer=["chart:yes", "six_months:yes"]).json()
    assert (first["form"], first["next_question"]["id"]) == ("discussion", "redeployment")
    found = public.get(path, **asked, answer=["chart:yes", "six_months:yes", "redeployment:yes"]).json()
    assert (found["form"], found["verified"], found["next_question"]) == ("negotiation", True, None)
    assert found["reason"].startswith("All three conditions")
    assert found["minutes"]["kind"] == "protokoll"
    assert is_problem(public.get(path, answer="chart:perhaps"), "invalid")


def test_what_holds_in_an_organisation():
    where = body()
    path = f"/agreements/organisations/{where.organisation.pk}"
    before = Caller(None).get(path).json()
    assert (before["area"], before["agreed_locally"], before["notice_days"]) == ("ks", False, 14)
    row = agreement(where, "in_force")
    after = Caller(None).get(path).json()
    assert (after["agreed_locally"], after["notice_days"], after["local_agreement_id"]) == (True, 10, row.pk)


def _exempt(row):
    exempt = {"openness": Openness.EXEMPT, "exempt_ground": "OFFL-23-1", "exempt_review_on": TODAY()}
    LocalAgreement.objects.filter(pk=row.pk).update(**exempt)


def test_the_gate():
    where = body()
    row = agreement(where, "in_force")
    _exempt(row)
    outsider = Caller(person_with(Role.MANAGER, OrganisationFactory.create()))
    for caller in (Caller(None), outsider):
        assert caller.get("/agreements/local").json()["count"] == 0
        assert is_problem(caller.get(f"/agreements/local/{row.pk}"), "not-found")
        now = caller.get(f"/agreements/organisations/{where.organisation.pk}").json()
        assert (now["notice_days"], now["local_agreement_id"]) == (None, None)
    own = Caller(where.representative)
    assert own.get("/agreements/local", in_force=True).json()["count"] == 1
    assert own.get(f"/agreements/local/{row.pk}").json()["notice_days"] == 10


# Each address that writes, with the status that gives the right something to refuse, and what is sent.
WRITES = [
    ("sign", "negotiating", lambda where: {"party_id": where.union.pk}),
    ("evaluate", "in_force", lambda where: {"reason": "Det virker."}),
    ("terminate", "in_force", lambda where: {"reason": "Slutt."}),
]


@pytest.mark.parametrize(("step", "status", "more"), WRITES)
def test_writing_needs_the_right_a_key_that_writes_and_the_version_that_was_read(step, status, more):
    where = body()
    row = agreement(where, status)
    path, sent = f"/agreements/local/{row.pk}/{step}", {"version": row.version, **more(where)}
    assert is_problem(Caller(None).post(path, **sent), "not-authenticated")
    assert is_problem(Caller(where.representative, "read").post(path, **sent), "not-allowed")
    employee = Caller(person_with(Role.EMPLOYEE, where.organisation))
    assert is_problem(employee.post(path, **sent), "not-allowed")
    assert is_problem(Caller(where.representative).post(path, **{**sent, "version": 99}), "conflict")
    if status == "negotiating":
        outsider = Caller(person_with(Role.MANAGER, OrganisationFactory.create()))
        assert is_problem(outsider.post(path, **sent), "not-found")
    done = Caller(where.representative).post(path, **sent)
    assert done.status_code == 200
    assert is_problem(
        Caller(where.representative).post(path, **sent), "not-allowed" if step == "sign" else "conflict"
    )
