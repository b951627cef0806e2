"""The list: filters in the address, what is counted, who sees what, files of exactly the same rows, and how many queries."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, person_with
from tillitsrom.register import search
from tillitsrom.register.models import Document, Requirement
from tillitsrom.register.views import requirements as views

from .factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

COSTED: dict[str, Any] = {
    "minutes_low": 30,
    "minutes_high": 60,
    "minutes_source": "estimated",
    "occasions_per_year": Decimal(2),
    "affected_count": 10,
}


def made(text: str = "Etaten skal levere en plan.", **facts: Any) -> Requirement:
    requirement = RequirementFactory.create(quote=text, text=text, **facts)
    search.index([(requirement.pk, text)])
    return requirement


def shown(client: Client, query: str = "") -> list[int]:
    response = client.get(f"/krav/{query}")
    assert response.status_code == 200
    return [row.requirement.pk for row in response.context["rows"]]


def exported(client: Client, query: str = "") -> list[int]:
    answer = json.loads(client.get(f"/krav/eksport.json{query}").getvalue())
    return [row["id"] for row in answer["requirements"]]


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_search_finds_other_forms_of_the_word(client: Client) -> None:
    wanted = made("Etaten skal sende inn rapporter.")
    made("Etaten skal levere en plan.")
    assert shown(client, "?q=rapportering") == [wanted.pk]


def _filterable() -> tuple[Requirement, Requirement, dict[str, str]]:
    """Two requirements that differ in everything, and for each filter the value that finds the first."""
    first_document = DocumentFactory.create(status="published", year=2024, title="Først")
    first = made(
        document=first_document,
        requirement_class="goal",
        status="kept",
        status_reason="x",
        review_on=date(2030, 1, 1),
        deadline="2026-03-01",
        deadline_on=date(2026, 3, 1),
        statutory=True,
        detail="core",
        unit=UnitFactory.create(organisation=first_document.addressee),
        **COSTED,
    )
    county = OrganisationFactory.create(level="county")
    second = made(
        document=DocumentFactory.create(status="published", imposing_body=county),
        deadline="2026-09-01",
        deadline_on=date(2026, 9, 1),
        detail="detail",
    )
    return (
        first,
        second,
        {
            "class": "goal",
            "imposing_body": str(first.imposing_body_id),
            "addressee": str(first.addressee_id),
            "level": "ministry",
            "unit": str(first.unit_id),
            "status": "kept",
            "year": "2024",
            "document": str(first.document_id),
            "statutory": "yes",
            "detail": "core",
            "costed": "yes",
            "deadline_to": "2026-03-01",
        },
    )


def test_every_filter_narrows_and_can_be_taken_away(client: Client) -> None:
    first, second, values = _filterable()
    for name, value in values.items():
        response = client.get(f"/krav/?{name}={value}")
        assert [row.requirement.pk for row in response.context["rows"]] == [first.pk], name
        chip = next(
            c for c in response.context["chips"] if c.label == response.context["filters"].fields[name].label
        )
        assert name not in chip.without
        assert "ds-chip" in response.content.decode()
    assert shown(client, "?deadline_from=2026-03-02") == [second.pk]
    assert shown(client, "?statutory=no") == [second.pk]
    assert shown(client, "?costed=no") == [second.pk]
    assert shown(client) == [second.pk, first.pk]


def test_several_classes_at_once_each_with_its_chip(client: Client) -> None:
    goal = made(requirement_class="goal")
    activity = made(requirement_class="activity")
    made(requirement_class="assignment")
    response = client.get("/krav/?class=goal&class=activity")
    assert {row.requirement.pk for row in response.context["rows"]} == {goal.pk, activity.pk}
    assert [chip.without for chip in response.context["chips"]] == ["?class=activity", "?class=goal"]


def test_a_unit_is_found_with_the_units_below_it(client: Client) -> None:
    document = DocumentFactory.create(status="published")
    school = UnitFactory.create(organisation=document.addressee)
    grade = UnitFactory.create(organisation=document.addressee, parent=school)
    below = made(document=document, unit=grade)
    made(document=document)
    assert shown(client, f"?addressee={document.addressee_id}&unit={school.pk}") == [below.pk]


def test_what_holds_now_is_one_choice(client: Client) -> None:
    alive = made()
    made(status="lapsed")
    assert shown(client, "?status=current") == [alive.pk]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-hours", ["long", "short", "unknown"]),
        ("hours", ["short", "long", "unknown"]),
        ("deadline", ["short", "unknown", "long"]),
        ("-deadline", ["unknown", "short", "long"]),
        ("newest", ["unknown", "long", "short"]),
    ],
)
def test_sorting_puts_what_is_not_known_last(client: Client, sort: str, order: list[str]) -> None:
    short = made(**{**COSTED, "affected_count": 1}, deadline="2026-01-01", deadline_on=date(2026, 1, 1))
    long = made(**COSTED)
    unknown = made(deadline="2026-02-01", deadline_on=date(2026, 2, 1))
    names = {short.pk: "short", long.pk: "long", unknown.pk: "unknown"}
    assert [names[pk] for pk in shown(client, f"?sort={sort}")] == order
    assert exported(client, f"?sort={sort}") == shown(client, f"?sort={sort}")


def test_the_sentence_counts_authorities_apart_and_hours_as_a_range(client: Client) -> None:
    made(**COSTED)
    made(**COSTED)
    made(requirement_class="authority")
    sums = client.get("/krav/").context["totals"]
    assert (sums.requirements, sums.authorities, sums.costed) == (2, 1, 2)
    assert (sums.low, sums.high) == (20, 40)
    page = text_of(client, "/krav/")
    assert "2 krav" in page
    assert "20–40 timer" in page


@pytest.mark.parametrize(
    "query", ["?year=1850", "?deadline_from=i+dag", "?class=ting", "?unit=7", "?imposing_body=x", "?sort=x"]
)
def test_what_is_not_understood_is_said_beside_the_field_and_stops_the_files(
    client: Client, query: str
) -> None:
    made()
    response = client.get(f"/krav/{query}")
    assert response.status_code == 200
    assert "ds-validation-message" in response.content.decode() or "sort" in query
    assert response.context["filters"].errors
    assert len(response.context["rows"]) == 1
    for kind in ("csv", "xlsx", "json"):
        refused = client.get(f"/krav/eksport.{kind}{query}")
        assert refused.status_code == 400
        assert refused.context["notice"]


HUGE = "9" * 40


@pytest.mark.parametrize(
    "address",
    [
        f"/krav/?addressee={HUGE}",
        f"/krav/?unit={HUGE}&document={HUGE}&imposing_body={HUGE}&year={HUGE}&page={HUGE}",
        "/krav/?q=%ff%fe",
        f"/krav/?q={'ord+' * 49}",
        "/krav/?addressee=%D9%A3",
        f"/frister/?organisation={HUGE}&page={HUGE}&view=list",
    ],
)
def test_strange_addresses_are_answered(client: Client, address: str) -> None:
    made()
    assert client.get(address).status_code == 200
    assert client.get(f"/krav/{HUGE}/").status_code == 404


def test_a_head_request_is_answered_as_a_get(client: Client) -> None:
    assert client.head("/krav/").status_code == 200


def test_empty_values_are_tidied_out_of_the_address(client: Client) -> None:
    assert client.get("/krav/?q=&class=goal&year=").headers["Location"] == "/krav/?class=goal"
    assert client.get("/krav/?q=").headers["Location"] == "/krav/"


def test_pages_hold_fifty_and_never_lose_a_row(client: Client) -> None:
    document = DocumentFactory.create(status="published")
    everything = {made(document=document, start=7).pk for _ in range(53)}
    first, second = shown(client), shown(client, "?page=2")
    assert (len(first), len(second)) == (50, 3)
    assert {*first, *second} == everything
    assert shown(client, "?page=99") == second
    assert shown(client, "?page=x") == first


def _hidden() -> list[Requirement]:
    exempt = {"exempt_ground": "OFFL-13", "exempt_review_on": date(2030, 1, 1)}
    return [
        made("Skjult krav om rapportering.", is_public=False, openness="exempt", **exempt),
        made(
            "Skjult krav om rapportering.",
            is_public=False,
            document=DocumentFactory.create(status=Document.Status.IN_REVIEW),
        ),
    ]


@pytest.mark.parametrize("position", range(2))
def test_what_is_not_public_is_nowhere_for_others(client: Client, position: int) -> None:
    hidden = _hidden()[position]
    Requirement.objects.filter(pk=hidden.pk).update(deadline="2026-12-01", deadline_on=date(2026, 12, 1))
    for person in (None, person_with(Role.MANAGER, OrganisationFactory.create())):
        if person is not None:
            client.force_login(person)
        for address in (
            "/krav/",
            "/krav/?q=rapportering",
            f"/krav/?document={hidden.document_id}",
            "/krav/eksport.csv",
            "/krav/eksport.json",
            "/frister/?month=2026-12",
            "/frister/?month=2026-12&view=list",
            "/frister/frister.ics",
        ):
            response = client.get(address)
            body = response.getvalue() if response.streaming else response.content
            assert b"Skjult" not in body, address
        assert client.get(f"/krav/{hidden.pk}/").status_code == 404
        sheet = load_workbook(io.BytesIO(client.get("/krav/eksport.xlsx").getvalue())).active
        assert sheet is not None
        assert sheet.max_row == 1


@pytest.mark.parametrize("position", range(2))
@pytest.mark.parametrize("side", ["addressee", "imposing_body"])
def test_the_two_bodies_see_their_own(client: Client, position: int, side: str) -> None:
    hidden = _hidden()[position]
    client.force_login(person_with(Role.EMPLOYEE, getattr(hidden, side)))
    assert shown(client, "?q=rapportering") == [hidden.pk]
    assert exported(client) == [hidden.pk]
    assert client.get(f"/krav/{hidden.pk}/").status_code == 200


def test_administering_accounts_opens_nothing(client: Client) -> None:
    hidden = _hidden()[0]
    client.force_login(person_with(Role.SYSTEM_ADMINISTRATOR, hidden.addressee))
    assert shown(client) == []


@pytest.mark.parametrize("query", ["", "?q=plan", "?class=assignment&sort=-hours", "?status=current"])
def test_the_files_hold_exactly_the_list(client: Client, query: str) -> None:
    for number in range(60):
        made(f"Etaten skal levere plan {number}.", **(COSTED if number % 2 else {}))
    made("Noe annet.", requirement_class="goal", status="lapsed")
    pages = shown(client, query) + shown(client, f"{query or '?'}&page=2".replace("?&", "?"))
    assert exported(client, query) == pages
    lines = client.get(f"/krav/eksport.csv{query}").getvalue().decode("utf-8-sig")
    assert [int(row["id"]) for row in csv.DictReader(io.StringIO(lines), delimiter=";")] == pages
    sheet = load_workbook(io.BytesIO(client.get(f"/krav/eksport.xlsx{query}").getvalue())).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == pages


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_is_never_run_as_a_formula(client: Client, start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    made(text)
    lines = client.get("/krav/eksport.csv").getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(lines), delimiter=";")
    assert row["text"] == f"'{text}"
    sheet = load_workbook(io.BytesIO(client.get("/krav/eksport.xlsx").getvalue())).active
    assert sheet is not None
    cell = sheet["C2"]
    assert (cell.value, cell.data_type) == (f"'{text}", "s")


def test_signs_that_a_workbook_cannot_hold_are_left_out(client: Client) -> None:
    made("Etaten\x0bskal levere.")
    sheet = load_workbook(io.BytesIO(client.get("/krav/eksport.xlsx").getvalue())).active
    assert sheet is not None
    assert sheet["C2"].value == "Etatenskal levere."


def test_a_list_too_long_for_a_workbook_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "XLSX_MOST_ROWS", 1)
    made()
    made()
    response = client.get("/krav/eksport.xlsx")
    assert response.status_code == 400
    assert "Excel" in response.context["notice"]
    assert "eksport.xlsx" not in text_of(client, "/krav/")


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = client.get(address)
        if response.streaming:
            response.getvalue()
    return len(caught)


@pytest.mark.parametrize(
    "address",
    [
        "/krav/",
        "/krav/?q=plan",
        "/krav/?sort=-hours&class=assignment",
        "/krav/eksport.json",
        "/frister/?month=2026-06",
        "/frister/?month=2026-06&view=list",
        "/frister/frister.ics",
    ],
)
def test_queries_do_not_grow_with_the_rows(client: Client, address: str) -> None:
    facts: dict[str, Any] = {"deadline": "2026-06-05", "deadline_on": date(2026, 6, 5), **COSTED}
    made(**facts)
    client.get(address)
    before = _queries(client, address)
    for _ in range(12):
        made(**facts)
    assert _queries(client, address) == before
    assert before <= 6


def test_the_documents_text_is_never_fetched_for_a_list(client: Client) -> None:
    made()
    with CaptureQueriesContext(connection) as caught:
        client.get("/krav/")
    assert not any('"register_document"."text"' in query["sql"] for query in caught)
