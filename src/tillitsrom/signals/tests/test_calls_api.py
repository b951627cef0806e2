"""Calls for input and dialogue in the API: nothing comes out to others, and every write asks the same rules as the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register.tests.callers import Caller
from tillitsrom.signals import actions as signal_actions
from tillitsrom.signals.models import DialogueRequest, InputCall, Signal, Statement

from .call_story import Story, asked, delivered, story, written
from .factories import workplace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


def outsiders(tale: Story) -> list[Caller]:
    return [
        Caller(tale.other),
        Caller(tale.place.colleague),
        Caller(person_with(Role.MANAGER, OrganisationFactory.create())),
        Caller(person_with(Role.SYSTEM_ADMINISTRATOR, tale.place.organisation)),
    ]


def writes(call: InputCall, row: Statement, due: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation that writes, with a body that is in order."""
    words = {"problem": "x", "who": "y"}
    return [
        ("post", f"/calls-for-input/{call.pk}/actions", {"action": "withdraw", "version": 1, "text": "x"}),
        ("post", f"/calls-for-input/{call.pk}/statements", words),
        ("patch", f"/calls-for-input/{call.pk}/statements/{row.pk}", {**words, "version": 1}),
        (
            "post",
            f"/calls-for-input/{call.pk}/statements/{row.pk}/actions",
            {"action": "remove", "version": 1},
        ),
    ]


def test_nothing_comes_out_to_and_nothing_is_changed_by_others():
    tale = story()
    call = asked(tale, question="Hemmelegheit?")
    row = written(tale, call, 1)[0]
    before = (InputCall.objects.values().get(), Statement.objects.values().get())
    for caller in outsiders(tale):
        listed = caller.get("/calls-for-input")
        assert listed.json()["count"] == 0
        assert "Hemmelegheit" not in listed.content.decode()
        is_problem(caller.get(f"/calls-for-input/{call.pk}"), "not-found")
        for method, path, body in writes(call, row, str(call.due_on)):
            is_problem(getattr(caller, method)(path, **body), "not-found")
    public = Caller(None)
    for path in ("/calls-for-input", f"/calls-for-input/{call.pk}", "/dialogues", "/dialogues/1"):
        is_problem(public.get(path), "not-authenticated")
    for method, path, body in [
        *writes(call, row, str(call.due_on)),
        ("post", "/calls-for-input", {}),
        ("post", "/dialogues", {}),
    ]:
        is_problem(getattr(public, method)(path, **body), "not-authenticated")
        reader = Caller(tale.owner, scope="read")
        is_problem(getattr(reader, method)(path, **body), "not-allowed")
    assert (InputCall.objects.values().get(), Statement.objects.values().get()) == before


def test_drafts_are_kept_from_those_who_asked():
    tale = story()
    call = asked(tale)
    written(tale, call)
    assert Caller(tale.asker).get(f"/calls-for-input/{call.pk}").json()["statements"] == []
    assert len(Caller(tale.mate).get(f"/calls-for-input/{call.pk}").json()["statements"]) == 2


def test_a_call_from_the_question_to_the_end():
    tale = story()
    asker, owner = Caller(tale.asker), Caller(tale.owner)
    place = tale.place.organisation.pk
    body: dict[str, Any] = {
        "by": {"organisation": place, "unit": tale.place.unit.pk}, "of": {"organisation": place, "party": tale.union.pk},
        "question": "Hva tar tid?", "why": "Vi begynner et sted.", "fewest": 2, "most": 2,
        "due_on": str(timezone.localdate() + timedelta(days=7)),
    }  # fmt: skip
    is_problem(asker.post("/calls-for-input", **{**body, "of": {"organisation": place}}), "invalid")
    is_problem(asker.post("/calls-for-input", **{**body, "most": 1}), "invalid")
    is_problem(owner.post("/calls-for-input", **body), "not-allowed")
    made = asker.post("/calls-for-input", **body)
    assert made.status_code == 201
    path = f"/calls-for-input/{made.json()['id']}"
    words = {"problem": "Dobbel føring", "who": "Lærere", "remedy": "Ett sted"}
    is_problem(owner.post(f"{path}/statements", **{**words, "who": ""}), "invalid")
    for _n in range(2):
        assert owner.post(f"{path}/statements", **words).status_code == 201
    is_problem(owner.post(f"{path}/statements", **words), "not-allowed")
    first, second = (one["id"] for one in owner.get(path).json()["statements"])
    changed = owner.patch(
        f"{path}/statements/{first}", **{**words, "problem": "Trippel føring", "version": 1}
    )
    assert changed.json()["statements"][0]["problem"] == "Trippel føring"
    is_problem(owner.patch(f"{path}/statements/{first}", **{**words, "version": 1}), "conflict")
    version = changed.json()["version"]
    is_problem(owner.post(f"{path}/actions", action="answer", version=1), "conflict")
    assert owner.post(f"{path}/actions", action="answer", version=version).json()["status"] == "answered"
    options = {one["action"]: one["allowed"] for one in asker.get(path).json()["statements"][0]["options"]}
    assert options == {"take_up": True, "in_case": True, "answer": True}
    step = f"{path}/statements/{first}/actions"
    is_problem(asker.post(step, action="answer", version=3), "invalid")
    is_problem(asker.post(step, action="odd", version=3), "conflict")
    is_problem(owner.post(step, action="answer", version=3, answer="Nei"), "not-allowed")
    assert asker.post(step, action="answer", version=3, answer="Vi slutter.").status_code == 200
    step = f"{path}/statements/{second}/actions"
    is_problem(asker.post(step, action="take_up", version=2), "invalid")
    is_problem(asker.post(step, action="take_up", version=2, period="week", unit=10**9), "invalid")
    is_problem(asker.post(step, action="in_case", version=2, case_number="1999/1"), "invalid")
    taken = asker.post(step, action="take_up", version=2, period="week", unit=tale.place.unit.pk)
    signal = Signal.objects.get()
    assert taken.json()["statements"][1]["signal_id"] == signal.pk
    signal_actions.answer(actor=tale.place.top, signal=signal, version=1, outcome="removed", reason="Borte.")
    closing = asker.get(path).json()["version"]
    closed = asker.post(f"{path}/actions", action="close", version=closing, text="Ett sted mindre å skrive.")
    assert (closed.json()["status"], closed.json()["ending"]) == ("closed", "Ett sted mindre å skrive.")


def test_a_signal_that_the_caller_may_not_see_has_no_number():
    tale = story()
    call, rows = delivered(tale)
    asker = Caller(tale.asker)
    step = f"/calls-for-input/{call.pk}/statements/{rows[0].pk}/actions"
    assert asker.post(step, action="take_up", version=rows[0].version, period="week").status_code == 200
    # Followers see open signals at the workplace; one who asks from another body does not.
    elsewhere = OrganisationFactory.create()
    InputCall.objects.filter(pk=call.pk).update(organisation=elsewhere, unit=None)
    above = Caller(person_with(Role.MANAGER, elsewhere))
    assert above.get(f"/calls-for-input/{call.pk}").json()["statements"][0]["signal_id"] is None


def test_the_list_by_status():
    tale = story()
    delivered(tale)
    for status, count in (("answered", 1), ("open", 0)):
        assert Caller(tale.asker).get("/calls-for-input", status=status).json()["count"] == count
    is_problem(Caller(tale.asker).get("/calls-for-input", status="odd"), "invalid")


def test_a_draft_is_removed_by_the_api():
    tale = story()
    call = asked(tale)
    row = written(tale, call, 1)[0]
    path = f"/calls-for-input/{call.pk}/statements/{row.pk}/actions"
    is_problem(Caller(tale.mate).post(path, action="remove", version=9), "conflict")
    assert Caller(tale.mate).post(path, action="remove", version=1).json()["statements"] == []


def test_dialogue_from_the_wish_to_what_came_of_it():
    place = workplace()
    employee, manager = Caller(place.employee), Caller(place.manager)
    body = {
        "organisation": place.organisation.pk,
        "unit": place.unit.pk,
        "purpose": "Natten",
        "preferred_times": "Tirsdag",
    }
    is_problem(employee.post("/dialogues", **{**body, "purpose": ""}), "invalid")
    is_problem(employee.post("/dialogues", **{**body, "organisation": 10**9}), "invalid")
    is_problem(employee.post("/dialogues", **{**body, "unit": workplace().unit.pk}), "invalid")
    stranger = Caller(person_with(Role.EMPLOYEE, OrganisationFactory.create()))
    is_problem(stranger.post("/dialogues", **body), "not-allowed")
    made = employee.post("/dialogues", **body)
    assert made.status_code == 201
    assert (made.json()["asked_by_me"], made.json()["direction"]) == (True, "to_management")
    path = f"/dialogues/{made.json()['id']}"
    for outsider in (Caller(place.colleague), stranger, Caller(place.top)):
        is_problem(outsider.get(path), "not-found")
        is_problem(outsider.post(f"{path}/actions", action="propose", version=1, text="x"), "not-found")
        assert outsider.get("/dialogues").json()["count"] == 0
    is_problem(employee.post(f"{path}/actions", action="propose", version=1, text="x"), "not-allowed")
    is_problem(manager.post(f"{path}/actions", action="propose", version=1), "invalid")
    is_problem(manager.post(f"{path}/actions", action="odd", version=1), "conflict")
    assert (
        manager.post(f"{path}/actions", action="propose", version=1, text="Onsdag kl. 9").json()["version"]
        == 2
    )
    is_problem(employee.post(f"{path}/actions", action="agree", version=1), "conflict")
    assert employee.post(f"{path}/actions", action="agree", version=2).json()["status"] == "agreed"
    assert manager.get("/dialogues", status="agreed").json()["items"][0]["asked_by_me"] is False
    assert manager.get("/dialogues", status="held").json()["count"] == 0


def test_management_invites_by_the_api():
    tale = story()
    body = {
        "organisation": tale.place.organisation.pk,
        "purpose": "Turnus",
        "preferred_times": "Mandag",
        "invited": tale.owner.pk,
    }
    top = Caller(tale.place.top)
    for nobody in (tale.place.employee.pk, 10**9):
        is_problem(top.post("/dialogues", **{**body, "invited": nobody}), "invalid")
    is_problem(Caller(tale.place.employee).post("/dialogues", **body), "not-allowed")
    assert top.post("/dialogues", **body).json()["direction"] == "from_management"
    assert DialogueRequest.objects.get().owner == tale.owner
