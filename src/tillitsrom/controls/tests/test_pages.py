"""The pages and the API of control measures, through the same gates."""

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from tillitsrom.controls.models import ControlMeasure
from tillitsrom.people.tests.test_api import is_problem
from tillitsrom.register.tests.callers import Caller

from .factories import AHEAD, TODAY, in_state, place, registered, values

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


def test_a_manager_registers_and_the_parties_lead_it_to_use(client):
    where = place()
    client.force_login(where.manager)
    assert client.get(reverse("controls:new")).status_code == 200
    posted: dict[str, Any] = {
        **values(),
        "organisation": where.body.pk,
        "unit": where.unit.pk,
        "openness": "open",
    }
    wrong = client.post(reverse("controls:new"), {**posted, "data_collected": "Antall saker per ansatt"})
    assert wrong.status_code == 422
    assert "aldri" in wrong.content.decode()
    assert client.post(reverse("controls:new"), {**posted, "title": ""}).status_code == 422
    assert client.post(reverse("controls:new"), {**posted, "openness": "exempt"}).status_code == 422
    answer = client.post(reverse("controls:new"), posted)
    row = ControlMeasure.objects.get()
    assert answer.url == row.get_absolute_url()
    steps: list[tuple[str, dict[str, Any]]] = [("discuss", {"on": TODAY()}), ("inform", {"on": TODAY(), "how": "Møte"}),
             ("activate", {"starts_on": TODAY(), "next_evaluation": TODAY() + AHEAD})]  # fmt: skip
    for action, given in steps:
        row.refresh_from_db()
        data = {f"{action}-{name}": value for name, value in {"version": row.version, **given}.items()}
        url = reverse("controls:advance", args=[row.pk, action])
        assert client.post(url, {**data, f"{action}-version": 77}).status_code == 409
        assert client.post(url, {f"{action}-version": row.version}).status_code == 422
        assert client.post(url, data).status_code == 302
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"?om=controls.controlmeasure:{row.pk}" in page.replace("&amp;", "&")
    assert row.title in client.get(reverse("controls:list")).content.decode()


def test_correcting_it_until_it_is_discussed(client):
    where = place()
    row = registered(where)
    client.force_login(where.delegate)
    url = reverse("controls:edit", args=[row.pk])
    assert client.get(url).status_code == 200
    posted = {**values(title="Et annet navn"), "version": row.version, "unit": "", "openness": "open"}
    assert client.post(url, {**posted, "version": 9}).status_code == 409
    assert client.post(url, posted).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.unit) == ("Et annet navn", None)
    client.force_login(where.employee)
    assert client.get(url).status_code == 403


def test_the_public_sees_what_is_in_use_and_no_more(client):
    where = place()
    shown = in_state(where, "active", title="Synlig tiltak")
    hidden = registered(where, title="Forslag som drøftes")
    for name in ("list", "list_file", "figures", "figures_file"):
        answer = client.get(reverse(f"controls:{name}"))
        assert answer.status_code == 200
        assert hidden.title not in b"".join(answer).decode()
    assert shown.title in client.get(reverse("controls:list")).content.decode()
    assert client.get(hidden.get_absolute_url()).status_code == 404
    page = client.get(shown.get_absolute_url()).content.decode()
    assert where.manager.name not in page


def test_the_list_is_found_from_the_cases_by_everybody(client):
    address = f'href="{reverse("controls:list")}"'
    assert address in client.get(reverse("cooperation:list")).content.decode()


@pytest.mark.parametrize("show", ["", "ubegrunnet", "forfalt", "avsluttet"])
def test_the_lists(client, show):
    where = place()
    in_state(where, "active", title="I orden")
    registered(where, title="Aldri drøftet", in_use=True, purpose="")
    in_state(where, "ended", title="Ferdig")
    page = client.get(reverse("controls:list"), {"vis": show}).content.decode()
    found = {one for one in ("I orden", "Aldri drøftet", "Ferdig") if f">{one}</a>" in page}
    expected = {
        "": {"I orden", "Aldri drøftet"},
        "ubegrunnet": {"Aldri drøftet"},
        "forfalt": set(),
        "avsluttet": {"Ferdig"},
    }
    assert found == expected[show]


def test_the_desk_says_what_waits(client):
    where = place()
    registered(where, title="Aldri drøftet", in_use=True, purpose="")
    client.force_login(where.representative)
    assert "Aldri drøftet" in client.get("/").content.decode()
    client.force_login(where.employee)
    assert "Aldri drøftet" not in client.get("/").content.decode()


def test_the_api_registers_steps_and_sums():
    where = place()
    manager, public = Caller(where.manager), Caller(None)
    body = {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values().items()
    }
    made = manager.post("/controls", organisation=where.body.pk, unit=where.unit.pk, **body)
    assert made.status_code == 201, made.content
    row = made.json()
    assert {one["action"]: one["allowed"] for one in row["options"]} == {"discuss": True, "drop": True}
    is_problem(public.get(f"/controls/{row['id']}"), "not-found")
    is_problem(
        manager.post("/controls", organisation=where.body.pk, **{**body, "data_collected": "keystrokes"}),
        "invalid",
    )
    is_problem(manager.post("/controls", organisation=where.body.pk, unit=10**9, **body), "invalid")
    path = f"/controls/{row['id']}/actions"
    is_problem(manager.post(path, action="fall_due", version=1), "conflict")
    is_problem(manager.post(path, action="discuss", version=1), "invalid")
    is_problem(manager.post(path, action="discuss", version=7, on=TODAY().isoformat()), "conflict")
    assert (
        manager.post(path, action="discuss", version=1, on=TODAY().isoformat()).json()["status"]
        == "discussed"
    )
    is_problem(Caller(where.representative).post(path, action="inform", version=2), "not-allowed")
    is_problem(Caller(where.manager, "read").post(path, action="inform", version=2), "not-allowed")
    is_problem(public.post(path, action="inform", version=2), "not-authenticated")
    is_problem(public.post("/controls"), "not-authenticated")
    in_state(where, "active")
    late = in_state(where, "due", next_evaluation=TODAY() - AHEAD)
    assert [one["id"] for one in public.get("/controls", overdue=True).json()["items"]] == [late.pk]
    assert public.get("/controls", unjustified=True).json()["items"] == []
    assert public.get("/controls", status="active", organisation=where.body.pk).json()["count"] == 1
    (load,) = public.get("/controls/load").json()
    assert (load["active_controls"], load["minutes_a_week"], load["overdue_evaluations"]) == (2, 140, 1)
