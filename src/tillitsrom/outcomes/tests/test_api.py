"""The API of outcomes: the same gates and the same actions as the pages."""

import pytest
from django.core.cache import cache

from tillitsrom.outcomes.models import Decision, LegalObstacle, NewDuty, Request
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register.models import Requirement
from tillitsrom.register.tests.callers import Caller

from .factories import TODAY, asked, duty_values, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


def test_from_a_signal_to_the_owners_answer():
    where = place()
    signal = where.signal(where.theirs)
    made = Caller(where.manager).post(
        "/outcomes/decisions",
        signal=signal.pk,
        version=signal.version,
        outcome="removed",
        reason="Ingen leser det.",
    )
    assert made.status_code == 201
    (decision,) = made.json()
    assert decision["outcome"] == "rule_changed"
    path = f"/outcomes/requests/{decision['request_id']}"
    seen = Caller(None).get(path).json()
    assert seen["status"] == "sent"
    assert not any(option["allowed"] for option in seen["options"])
    owner = Caller(where.director)
    refused = owner.post(f"{path}/actions", action="keep", version=seen["version"], reason="Trengs.")
    assert refused.status_code == 422
    assert is_problem(refused, "invalid")
    done = owner.post(f"{path}/actions", action="drop", version=seen["version"], reason="Vi bruker det ikke.")
    assert done.json()["answer"] == "dropped"
    assert is_problem(owner.post(f"{path}/actions", action="drop", version=1, reason="x"), "conflict")
    signal.refresh_from_db()
    assert signal.outcome == "removed"
    outcomes = [row["outcome"] for row in Caller(None).get("/outcomes/decisions").json()["items"]]
    assert outcomes == ["removed", "rule_changed"]


def test_asking_more_time_laws_and_what_is_refused():
    where = place(statutory=True, legal_basis="loven § 1")
    asker, owner = Caller(where.manager), Caller(where.director)
    known = {"requirement": where.theirs.pk, "organisation": where.body.pk, "asks": "drop", "why": "Fordi."}
    assert is_problem(owner.post("/outcomes/requests", **known), "not-allowed")
    made = asker.post("/outcomes/requests", **known)
    assert made.status_code == 201
    path = f"/outcomes/requests/{made.json()['id']}/actions"
    assert is_problem(asker.post(path, action="more_time", version=1, reason="x"), "not-allowed")
    assert owner.post(path, action="more_time", version=1, reason="Vi venter.").json()["extended_from"]
    assert is_problem(owner.post(path, action="drop", version=2, reason="x"), "not-allowed")
    assert is_problem(owner.post(path, action="nonsense", version=2, reason="x"), "conflict")
    (obstacle,) = Caller(None).get("/outcomes/legal-obstacles").json()["items"]
    changed = f"/outcomes/legal-obstacles/{obstacle['id']}/changed"
    assert is_problem(asker.post(changed, version=1, reason="x"), "not-allowed")
    assert owner.post(changed, version=1, reason="Endret.").json()["status"] == "changed"
    where.theirs.refresh_from_db()
    assert where.theirs.status == "removed"


def test_new_duties_and_what_is_collected_already():
    where = place()
    owner = Caller(where.director)
    values = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in duty_values().items()
    }
    assert is_problem(
        Caller(where.work.employee).post("/outcomes/new-duties", organisation=where.owner.pk, **values),
        "not-allowed",
    )
    made = owner.post("/outcomes/new-duties", organisation=where.owner.pk, **values)
    assert made.status_code == 201
    found = owner.get(
        "/outcomes/new-duties/overlaps", text="Ukentlig fraværstall fra skolen", recipient="x"
    ).json()
    assert [one["id"] for one in found] == [made.json()["id"]]
    path = f"/outcomes/new-duties/{made.json()['id']}/actions"
    assert is_problem(
        owner.post(path, action="renew", version=1, reason="x", ends_on="2040-01-01"), "conflict"
    )
    assert (
        owner.post(path, action="withdraw", version=1, reason="Trengs ikke.").json()["status"] == "withdrawn"
    )
    late = {**values, "takes_effect_on": TODAY().isoformat()}
    assert is_problem(owner.post("/outcomes/new-duties", organisation=where.owner.pk, **late), "invalid")
    assert Caller(None).get("/outcomes/new-duties").json()["count"] == NewDuty.objects.count() == 1


def test_nothing_hidden_comes_out():
    where = place(statutory=True, legal_basis="loven § 1")
    request = asked(where)
    Requirement.objects.update(is_public=False)
    for caller in (Caller(None), Caller(place().manager)):
        for path in ("decisions", "requests", "legal-obstacles"):
            assert caller.get(f"/outcomes/{path}").json()["items"] == []
        assert is_problem(caller.get(f"/outcomes/requests/{request.pk}"), "not-found")
    assert Caller(where.manager).get("/outcomes/requests").json()["count"] == 1
    assert (Decision.objects.count(), LegalObstacle.objects.count(), Request.objects.count()) == (0, 1, 1)


@pytest.mark.parametrize("about", [{}, {"signal": 1, "requirement": 1}])
def test_one_thing_is_decided_at_a_time(about):
    where = place()
    answer = Caller(where.manager).post(
        "/outcomes/decisions", version=1, outcome="removed", reason="x", **about
    )
    assert is_problem(answer, "invalid")
