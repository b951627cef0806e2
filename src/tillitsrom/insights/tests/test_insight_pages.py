"""The insight pages: the same numbers in every form, links to exactly what is counted, and no more queries for more rows."""

import csv
import io
import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tillitsrom.insights import charts, queries
from tillitsrom.insights.queries import Scope
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import person_with
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory

from .made import register

pytestmark = pytest.mark.django_db
NAMES = ("klasser", "utvikling", "nivaer", "dyrest")


def numbers(text: str) -> list[str]:
    """Numbers without the space or minus that their place may give them."""
    return re.findall(r"\d+", re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", text))


@pytest.mark.parametrize("name", NAMES)
def test_page_csv_and_image_show_the_same_numbers(client: Client, name: str):
    register(4)
    page = client.get("/innsikt/").content.decode()
    table = page.split(f'id="{name}-table"')[1].split("</table>")[0]
    on_page = numbers(unescape(re.sub(r"<[^>]+>", "|", table.split("<tbody>")[1])))
    text = client.get(f"/innsikt/figur/{name}.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    in_file = numbers("|".join("|".join(row) for row in rows[1:]))
    assert on_page == in_file
    svg = client.get(f"/innsikt/figur/{name}.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    drawn = unescape(svg.content.decode())
    for row in rows[1:]:
        assert row[0][:20] in drawn
    png = client.get(f"/innsikt/figur/{name}.png")
    assert png.content.startswith(b"\x89PNG")


def test_text_from_documents_is_escaped_in_page_and_image(client: Client):
    register(4)
    for address in ("/innsikt/", "/innsikt/figur/dyrest.svg"):
        assert "<tillit>" not in client.get(address).content.decode()


def test_every_bar_opens_a_list_with_exactly_the_counted_number(client: Client):
    bodies = register(5, rows=40)
    for scope in (Scope(), Scope(addressee=bodies[2].pk)):
        found = queries.figures(AnonymousUser(), scope)
        for year in found.years:
            for kind in found.classes:
                address = charts.list_address(scope, {"class": kind, "year": year})
                listed = client.get(address.replace("/krav/?", "/api/v1/requirements?")).json()
                assert listed["count"] == found.per_class[year][kind], address


def test_the_list_behind_a_level_counts_authorities_apart(client: Client):
    register(5, rows=40)
    found = queries.figures(AnonymousUser(), Scope())
    for level in found.levels:
        totals = client.get(charts.list_address(Scope(), {"level": level, "year": 2026})).context["totals"]
        assert totals.requirements == found.per_level[2026][level]


def test_the_pareto_chart_gives_shares_of_the_hours_that_are_known():
    document = DocumentFactory.create(status="published")
    known = {"minutes_source": "estimated", "occasions_per_year": 1, "affected_count": 60}
    for low, high in [(10, 50), (20, 20)]:
        RequirementFactory.create(document=document, minutes_low=low, minutes_high=high, **known)
    RequirementFactory.create(document=document)
    RequirementFactory.create(document=document, status="lapsed", minutes_low=900, minutes_high=900, **known)
    found = queries.figures(AnonymousUser(), Scope())
    with translation.override("en"):
        chart = charts.pareto(found, queries.heaviest(AnonymousUser(), Scope()))
    assert [row[1:4] for row in chart.rows] == [[30, 10, 50], [20, 20, 20]]
    assert [str(row[4]).rstrip(" %\u00a0") for row in chart.rows] == ["60", "100"]
    assert "100 %" in chart.sentence
    assert "30–70" in chart.sentence


def test_goals_fall_and_assignments_rise_and_the_page_says_so(client: Client):
    bodies: dict[str, object] = {}
    for year, goals, assignments in [(2025, 5, 2), (2026, 3, 9)]:
        document = DocumentFactory.create(status="published", year=year, **bodies)
        bodies = {"addressee": document.addressee, "imposing_body": document.imposing_body}
        RequirementFactory.create_batch(goals, document=document, requirement_class="goal")
        RequirementFactory.create_batch(assignments, document=document, requirement_class="assignment")
    page = client.get("/innsikt/").content.decode()
    assert "presset har flyttet seg fra mål til aktivitet" in page
    figures = client.get("/api/v1/figures", headers={"Accept-Language": "nn"}).json()
    assert figures["change"]["displaced"] is True
    assert figures["change"]["net"] == 5


@pytest.mark.parametrize("years", [[], [2026], [2025, 2026]])
def test_pages_with_nothing_one_year_and_two(client: Client, years: list[int]):
    for year in years:
        RequirementFactory.create(document=DocumentFactory.create(status="published", year=year))
    response = client.get("/innsikt/")
    assert response.status_code == 200
    assert ("Ingen krav å telle" in response.content.decode()) is (not years)
    assert (response.context["change"] is None) is (len(years) < 2)
    assert client.get("/innsikt/figur/klasser.csv").status_code == (200 if years else 404)


@pytest.mark.parametrize(
    "address",
    ["/innsikt/figur/ukjent.svg", "/innsikt/figur/klasser.pdf", "/innsikt/virksomheter/999999/"],
)
def test_what_is_not_there(client: Client, address: str):
    RequirementFactory.create()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 30, "", "1e3", "٣"])
def test_a_scope_that_is_not_understood_filters_nothing(client: Client, value: str):
    RequirementFactory.create()
    response = client.get("/innsikt/", {"level": value, "addressee": value if not value.isdecimal() else ""})
    assert response.status_code == 200
    assert response.context["figures"].total == 1


def test_what_is_exempt_is_in_no_figure_for_the_public(client: Client):
    hidden = RequirementFactory.create(
        is_public=False, text="Hemmelig krav om vaktplan", minutes_low=9, minutes_high=9,
        minutes_source="estimated", occasions_per_year=1, affected_count=60,
    )  # fmt: skip
    RequirementFactory.create(document=hidden.document)
    for address in ("/innsikt/", f"/innsikt/virksomheter/{hidden.addressee_id}/", "/api/v1/figures"):
        response = client.get(address)
        assert "vaktplan" not in response.content.decode()
    assert client.get("/api/v1/figures").json()["total"] == 1
    assert client.get("/innsikt/figur/dyrest.csv").status_code == 404
    client.force_login(person_with(Role.EMPLOYEE, hidden.addressee))
    assert client.get("/api/v1/figures").json()["total"] == 2
    assert "vaktplan" in client.get("/innsikt/").content.decode()


@pytest.mark.parametrize("signed_in", [False, True])
def test_more_rows_ask_no_more_queries(client: Client, signed_in: bool):
    bodies = register(6, rows=20)
    if signed_in:
        client.force_login(person_with(Role.MANAGER, bodies[2]))
    address = f"/innsikt/virksomheter/{bodies[2].pk}/"
    for page in ("/innsikt/", address):
        client.get(page)
    counts: dict[str, list[int]] = {}
    for round_ in range(2):
        for page in ("/innsikt/", address):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            counts.setdefault(page, []).append(len(captured))
        if not round_:
            register(7, rows=80)
    assert counts["/innsikt/"][0] == counts["/innsikt/"][1]
    assert counts[address][0] == counts[address][1]


def test_the_api_says_the_same_as_the_page(client: Client):
    bodies = register(8)
    for query in ("", f"?addressee={bodies[3].pk}", "?level=ministry"):
        found = client.get(f"/innsikt/{query}").context["figures"]
        said = client.get(f"/api/v1/figures{query}").json()
        assert said["total"] == found.total
        assert said["hours"]["hours_high"] == found.hours.high
        assert {y["year"]: y["total"] for y in said["years"]} == {
            year: sum(found.per_class[year].values()) for year in found.years
        }
    assert client.get("/api/v1/figures?level=galaxy").status_code == 422
    assert client.get("/api/v1/figures?addressee=0").status_code == 422
    assert client.get("/api/v1/figures?addressee=999999").json()["total"] == 0
