"""The calendar of deadlines: the month, the list, and the file that goes into one's own calendar."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import ics
from tillitsrom.register.models import ALIVE, Requirement

from .factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db


def due(day: str, text: str = "Etaten skal levere en plan.", **facts: object) -> Requirement:
    return RequirementFactory.create(text=text, deadline=day, deadline_on=date.fromisoformat(day), **facts)


def squares(client: Client, query: str) -> dict[date, list[int]]:
    weeks = client.get(f"/frister/{query}").context["weeks"]
    return {d.day: [r.pk for r in d.shown] for week in weeks for d in week if d.shown}


def file_of(client: Client, query: str = "") -> str:
    response = client.get(f"/frister/frister.ics{query}")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.getvalue().decode()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_month_shows_its_deadlines_on_their_days(client: Client) -> None:
    first, last = due("2026-06-01"), due("2026-06-30")
    due("2026-05-31")
    due("2026-07-01")
    assert squares(client, "?month=2026-06") == {date(2026, 6, 1): [first.pk], date(2026, 6, 30): [last.pk]}


def test_weeks_run_from_monday_to_sunday(client: Client) -> None:
    response = client.get("/frister/?month=2026-06")
    assert all(week[0].day.weekday() == 0 and len(week) == 7 for week in response.context["weeks"])
    assert response.context["weekdays"][0] == "mandag"


@pytest.mark.parametrize(
    ("month", "previous", "following"),
    [("2026-01", "2025-12", "2026-02"), ("2026-12", "2026-11", "2027-01"), ("2024-02", "2024-01", "2024-03")],
)
def test_the_way_to_the_months_beside(client: Client, month: str, previous: str, following: str) -> None:
    context = client.get(f"/frister/?month={month}").context
    assert context["previous"][1] == f"?month={previous}"
    assert context["next"][1] == f"?month={following}"


@pytest.mark.parametrize("month", ["2026-13", "juni", "0000-01", "99999-01", "2026-1"])
def test_a_month_that_is_not_understood_is_said(client: Client, month: str) -> None:
    response = client.get(f"/frister/?month={month}")
    assert response.status_code == 200
    assert response.context["problem"] in response.content.decode()
    assert response.context["choice"].month == timezone.localdate().replace(day=1)


@pytest.mark.parametrize("month", ["1900-01", "2199-12"])
def test_the_ends_of_time_do_not_break(client: Client, month: str) -> None:
    assert client.get(f"/frister/?month={month}").status_code == 200


def test_only_requirements_that_hold_have_deadlines(client: Client) -> None:
    facts = {"status_reason": "x", "review_on": date(2030, 1, 1)}
    for status in Requirement.Status.values:
        due("2026-06-10", status, status=status, **facts)
    listed = client.get("/frister/?month=2026-06&view=list").context["page"].object_list
    assert {r.text for r in listed} == {str(status) for status in ALIVE}
    assert file_of(client).count("BEGIN:VEVENT") == len(ALIVE)


def test_a_day_with_many_shows_three_and_the_way_to_the_rest(client: Client) -> None:
    for _ in range(8):
        due("2026-06-10")
    response = client.get("/frister/?month=2026-06")
    (day,) = [d for week in response.context["weeks"] for d in week if d.shown]
    assert (len(day.shown), day.more) == (3, 5)
    assert "og 5 til" in response.content.decode()
    listed = client.get(f"/frister/{day.more_url}").content.decode()
    assert 'id="d2026-06-10"' in listed


def test_months_with_many_are_said_in_words(client: Client) -> None:
    for _ in range(6):
        due("2026-06-10")
    due("2026-03-10")
    response = client.get("/frister/?month=2026-03")
    assert [m.count for m in response.context["months"]] == [0, 0, 1, 0, 0, 6, 0, 0, 0, 0, 0, 0]
    assert [m.busy for m in response.context["months"]].index(True) == 5
    assert "6 frister – mange på én gang" in response.content.decode()


def test_one_organisation_sees_what_it_sets_and_what_it_has(client: Client) -> None:
    agency = OrganisationFactory.create()
    sets = due("2026-06-01", document=DocumentFactory.create(status="published", imposing_body=agency))
    has = due("2026-06-02", document=DocumentFactory.create(status="published", addressee=agency))
    due("2026-06-03")
    query = f"?month=2026-06&organisation={agency.pk}"
    assert squares(client, query) == {date(2026, 6, 1): [sets.pk], date(2026, 6, 2): [has.pk]}
    assert file_of(client, f"?organisation={agency.pk}").count("BEGIN:VEVENT") == 2
    assert client.get("/frister/?organisation=x").context["problem"]


def test_the_list_goes_on_from_the_month_in_pages(client: Client) -> None:
    document = DocumentFactory.create(status="published")
    for _ in range(52):
        due("2026-06-10", document=document)
    due("2027-01-01", document=document)
    due("2026-05-31", document=document)
    first = client.get("/frister/?month=2026-06&view=list").context["page"]
    second = client.get("/frister/?month=2026-06&view=list&page=2").context["page"]
    assert (len(first.object_list), len(second.object_list)) == (50, 3)
    assert list(second.object_list)[-1].deadline_on == date(2027, 1, 1)


def test_the_file_is_a_calendar_of_whole_days(client: Client) -> None:
    requirement = due(timezone.localdate().isoformat(), "Lever plan, budsjett; og \\ mer.\nSnarest.")
    text = file_of(client)
    lines = unfolded(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert f"UID:krav-{requirement.pk}@testserver" in lines
    assert f"DTSTART;VALUE=DATE:{timezone.localdate():%Y%m%d}" in lines
    assert "SUMMARY:Lever plan\\, budsjett\\; og \\\\ mer.\\nSnarest." in lines
    assert f"URL:http://testserver/krav/{requirement.pk}/" in lines
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_the_same_deadline_has_the_same_address_next_time(client: Client) -> None:
    requirement = due(timezone.localdate().isoformat())

    def found() -> tuple[str, str]:
        lines = unfolded(file_of(client))
        return (
            next(line for line in lines if line.startswith("UID:")),
            next(line for line in lines if line.startswith("SEQUENCE:")),
        )

    uid, sequence = found()
    Requirement.objects.filter(pk=requirement.pk).update(version=2)
    assert found() == (uid, "SEQUENCE:2")
    assert sequence == "SEQUENCE:1"


def test_own_deadlines_that_are_not_public_are_in_ones_own_file_only(client: Client) -> None:
    requirement = due(timezone.localdate().isoformat(), "Skjult frist.", is_public=False)
    assert "Skjult" not in file_of(client)
    client.force_login(person_with(Role.EMPLOYEE, requirement.addressee))
    assert "Skjult frist." in file_of(client)


@pytest.mark.parametrize("length", [1, 74, 75, 76, 150, 500])
def test_folding_never_cuts_a_character(length: int) -> None:
    line = "æ" * length
    folded = ics.folded(line)
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
