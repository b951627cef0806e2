"""The gates of the signals' API: nothing hidden comes out, and nothing is changed without the right to."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register.tests.callers import Caller
from tillitsrom.signals import actions
from tillitsrom.signals.models import Signal

from .factories import Workplace, sent, sent_confidentially, workplace

pytestmark = pytest.mark.django_db
SECRET = "Hemmelegheit om medisinskjemaet"


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


@pytest.fixture
def place() -> Workplace:
    return workplace()


def _open(signal: Signal) -> None:
    Signal.objects.filter(pk=signal.pk).update(
        week=signal.week - timedelta(weeks=1), opens_on=signal.week, opened=True
    )


def test_nothing_comes_out_to_those_whom_it_does_not_concern(place):
    signals = [sent(place, what=SECRET), sent_confidentially(place, what=SECRET).signal]
    _open(signals[1])
    outsiders = [
        Caller(None),
        Caller(person_with(Role.MANAGER, OrganisationFactory.create())),
        Caller(person_with(Role.SYSTEM_ADMINISTRATOR, place.organisation)),
        Caller(place.colleague),
    ]
    for caller in outsiders:
        paths = ["/signals", f"/signals?organisation={place.organisation.pk}"]
        paths += [f"/signals/{one.pk}{part}" for one in signals for part in ("", "/messages")]
        for path in paths:
            answer = caller.get(path)
            assert answer.status_code in (200, 401, 404), path
            assert SECRET not in answer.content.decode(), path


def test_an_unopened_confidential_signal_comes_out_to_nobody(place):
    signal = sent_confidentially(place, what=SECRET).signal
    for person in (place.top, place.manager, place.employee):
        caller = Caller(person)
        assert caller.get("/signals").json()["count"] == 0
        is_problem(caller.get(f"/signals/{signal.pk}"), "not-found")


def test_the_unit_of_a_confidential_signal_is_kept_back(place):
    signal = sent_confidentially(place).signal
    _open(signal)
    top = Caller(place.top)
    assert top.get(f"/signals/{signal.pk}").json()["unit_id"] is None
    for _n in range(4):
        _open(sent_confidentially(place).signal)
    assert {row["unit_id"] for row in top.get("/signals").json()["items"]} == {place.unit.pk}


def test_names_are_in_no_answer(place):
    signal = sent(place)
    for path in ("/signals", f"/signals/{signal.pk}"):
        text = Caller(place.manager).get(path).content.decode()
        assert place.employee.name not in text
        assert "sender" not in text.replace("Reopened by the sender", "").replace("by_sender", "").replace(
            "the one who sent it", ""
        )


def test_a_signal_from_the_first_word_to_the_answer(place):
    employee, colleague, manager = Caller(place.employee), Caller(place.colleague), Caller(place.manager)
    body = {
        "organisation": place.organisation.pk,
        "unit": place.unit.pk,
        "what": "Skjemaet skrives to ganger",
        "occasions": 1,
        "period": "day",
        "minutes_low": 5,
        "minutes_high": 15,
        "key": "mine-1",
    }
    made = employee.post("/signals", **body)
    assert made.status_code == 201
    pk = made.json()["id"]
    assert employee.post("/signals", **body).json()["id"] == pk
    assert colleague.post(f"/signals/{pk}/me-too").json()["me_too_count"] == 1
    assert manager.post(f"/signals/{pk}/messages", text="Hvilket?").status_code == 201
    assert [one["text"] for one in employee.get(f"/signals/{pk}/messages").json()] == ["Hvilket?"]
    assert colleague.get(f"/signals/{pk}/messages").json() == []
    options = {one["action"]: one["allowed"] for one in manager.get(f"/signals/{pk}").json()["options"]}
    assert options["answer"]
    step = manager.post(f"/signals/{pk}/actions", action="assess", version=1, lane="clarify")
    assert (step.json()["status"], step.json()["version"]) == ("assessed", 2)
    is_problem(
        manager.post(f"/signals/{pk}/actions", action="answer", version=1, outcome="kept", reason="x"),
        "conflict",
    )
    is_problem(manager.post(f"/signals/{pk}/actions", action="answer", version=2, outcome="kept"), "invalid")
    is_problem(manager.post(f"/signals/{pk}/actions", action="escalate", version=2), "conflict")
    refused = colleague.post(f"/signals/{pk}/actions", action="answer", version=2, outcome="kept", reason="x")
    assert "Only the owner" in is_problem(refused, "not-allowed")["detail"]
    done = manager.post(
        f"/signals/{pk}/actions", action="answer", version=2, outcome="simplified", reason="Kortere."
    )
    assert done.json()["outcome"] == "simplified"
    again = employee.post(f"/signals/{pk}/actions", action="reopen", version=3, reason="Like langt.")
    assert again.json()["status"] == "reopened"
    gone = manager.post(
        f"/signals/{pk}/actions", action="transfer", version=4, transferred_to="Et organ", reason="De må."
    )
    assert gone.json()["outcome"] == "transferred"


def test_passing_on_by_the_api(place):
    signal = sent(place)
    manager = Caller(place.manager)
    path = f"/signals/{signal.pk}/actions"
    is_problem(manager.post(path, action="pass_on", version=1, note="x"), "invalid")
    is_problem(manager.post(path, action="pass_on", version=1, note="x", owner=10**9), "invalid")
    assert (
        manager.post(path, action="pass_on", version=1, note="Du kan.", owner=place.top.pk).json()["version"]
        == 2
    )


def test_what_is_wrong_is_said_field_by_field(place):
    employee = Caller(place.employee)
    body = {
        "organisation": place.organisation.pk,
        "what": "x",
        "occasions": 1,
        "period": "day",
        "minutes_low": 9,
        "minutes_high": 2,
    }
    is_problem(employee.post("/signals", **body), "invalid")
    is_problem(
        employee.post("/signals", **{**body, "minutes_high": 10, "unit": workplace().unit.pk}), "invalid"
    )
    is_problem(employee.post("/signals", **{**body, "minutes_high": 10, "requirement": 10**9}), "invalid")
    is_problem(employee.post("/signals", **{**body, "minutes_high": 10, "organisation": 10**9}), "not-found")
    other = OrganisationFactory.create()
    is_problem(
        employee.post("/signals", **{**body, "minutes_high": 10, "organisation": other.pk}), "not-allowed"
    )
    assert not Signal.objects.exists()
    signal = sent(place)
    actions.answer(actor=place.manager, signal=signal, version=1, outcome="kept", reason="Det trengs.")
    is_problem(Caller(place.colleague).post(f"/signals/{signal.pk}/me-too"), "not-allowed")
