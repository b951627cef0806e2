"""Meetings and minutes by the API: the gates, every step, and no name of a person."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tillitsrom.cooperation.actions import bodies
from tillitsrom.cooperation.models import Meeting, Minutes
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register.tests.callers import Caller
from tillitsrom.rulesets.tests.factories import body

from .factories import classified
from .meeting_factories import meeting_in, minutes_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


def test_a_meeting_is_planned_called_and_cancelled():
    place = body()
    case = classified(place)
    caller = Caller(place.manager)
    on = timezone.localdate() + timedelta(days=40)
    made = caller.post(
        "/cooperation/meetings", organisation=place.organisation.pk, on=on.isoformat(), agenda=[case.pk]
    )
    assert made.status_code == 201
    meeting = made.json()
    assert meeting["agenda"] == [{"case_id": case.pk, "minutes_id": None}]
    path = f"/cooperation/meetings/{meeting['id']}"
    is_problem(Caller(place.representative).post(f"{path}/call", version=meeting["version"]), "not-allowed")
    called = caller.post(f"{path}/call", version=meeting["version"]).json()
    assert called["status"] == "called"
    assert caller.post(f"{path}/call", version=meeting["version"]).status_code == 409
    ended = caller.post(f"{path}/cancel", version=called["version"], reason="Sykdom.").json()
    assert (ended["status"], ended["agenda"][0]["case_id"]) == ("cancelled", case.pk)


def test_holding_and_listing():
    place = body()
    row = meeting_in(place, "called", classified(place))
    caller = Caller(place.representative)
    path = f"/cooperation/meetings/{row.pk}"
    assert caller.post(f"{path}/hold", version=row.version).json()["status"] == "held"
    query = f"?organisation={place.organisation.pk}&on_from={row.on}"
    assert [one["id"] for one in caller.get(f"/cooperation/meetings{query}").json()["items"]] == [row.pk]
    assert Meeting.objects.get().status == "held"


def test_each_party_approves_the_text_it_read():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    path = f"/cooperation/minutes/{row.pk}"
    manager, representative = Caller(place.manager), Caller(place.representative)
    seen = representative.get(path).json()
    assert set(seen["waits_for"]) == {place.employer.pk, place.union.pk}
    assert place.representative.name not in seen["text"]
    is_problem(
        representative.post(f"{path}/approve", digest=seen["digest"], party_id=place.employer.pk),
        "not-allowed",
    )
    assert representative.post(f"{path}/approve", digest="x", party_id=place.union.pk).status_code == 409
    for caller, party in ((manager, place.employer), (representative, place.union)):
        answer = caller.post(f"{path}/approve", digest=seen["digest"], party_id=party.pk).json()
    assert (answer["status"], answer["waits_for"]) == ("approved", [])


def test_an_objection_goes_back():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    path = f"/cooperation/minutes/{row.pk}"
    caller = Caller(place.representative)
    digest = caller.get(path).json()["digest"]
    given = {"digest": digest, "party_id": place.union.pk, "objection": "Datoen er feil."}
    assert caller.post(f"{path}/object", **given).json()["status"] == "drafted"
    assert Minutes.objects.get().sealed == ""


def test_nothing_comes_out_to_others():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    planned = meeting_in(place, "planned")
    bodies.set_up(actor=place.manager, organisation=place.organisation, values={"name": "AMU", "kind": "amu"})
    employee = Caller(person_with(Role.EMPLOYEE, place.organisation))
    is_problem(employee.get(f"/cooperation/meetings/{planned.pk}"), "not-found")
    is_problem(employee.get(f"/cooperation/minutes/{row.pk}"), "not-found")
    assert employee.get("/cooperation/bodies").json()["items"][0]["findings"]
    for caller in (Caller(None), Caller(person_with(Role.MANAGER, OrganisationFactory.create()))):
        for name in ("bodies", "meetings"):
            assert caller.get(f"/cooperation/{name}").json()["count"] == 0
        is_problem(caller.get(f"/cooperation/minutes/{row.pk}"), "not-found")


def test_writing_needs_a_key_that_may_write():
    place = body()
    meeting = meeting_in(place, "called", classified(place))
    row = minutes_in(place, "sent", classified(place))
    answer = {"digest": "x", "party_id": place.union.pk}
    on = timezone.localdate().isoformat()
    for path, given in (
        ("/cooperation/meetings", {"organisation": place.organisation.pk, "on": on}),
        (f"/cooperation/meetings/{meeting.pk}/call", {"version": 1}),
        (f"/cooperation/meetings/{meeting.pk}/hold", {"version": 1}),
        (f"/cooperation/meetings/{meeting.pk}/cancel", {"version": 1, "reason": "x"}),
        (f"/cooperation/minutes/{row.pk}/approve", answer),
        (f"/cooperation/minutes/{row.pk}/object", {**answer, "objection": "x"}),
    ):
        is_problem(Caller(None).post(path, **given), "not-authenticated")
        is_problem(Caller(place.manager, scope="read").post(path, **given), "not-allowed")
