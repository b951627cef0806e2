"""The front page and my desk: what the public sees, what waits for whom, and in which order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tillitsrom.core.burden import FORMS
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Organisation, Role
from tillitsrom.people.tests.factories import person_with
from tillitsrom.portal import queries
from tillitsrom.register.actions.requirements import Outcome, advance
from tillitsrom.register.models import Document
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db
EXEMPT = {"openness": Openness.EXEMPT, "exempt_ground": "OFFL-13"}


@pytest.fixture
def today():
    return timezone.localdate()


def exempt(today, days: int = 30, **more: object) -> Document:
    return DocumentFactory.create(
        title="Hemmelig beredskapsbrev",
        status="published",
        published_on=today,
        exempt_review_on=today + timedelta(days=days),
        **EXEMPT,
        **more,
    )


def test_the_front_page_counts_only_what_is_public(client: Client, today):
    hidden = exempt(today)
    RequirementFactory.create(document=hidden, is_public=False, text="Hemmelig krav")
    RequirementFactory.create(text="Åpent krav")
    response = client.get("/")
    page = response.content.decode()
    assert response.context["headline"].totals.requirements == 1
    assert response.context["headline"].documents == 1
    assert "Hemmelig" not in page


def test_outcomes_come_latest_first_and_only_public_ones(client: Client):
    decided = []
    for n, public in enumerate([True, True, False]):
        requirement = RequirementFactory.create(
            text=f"Avgjort krav {n}", is_public=public, status="under_review"
        )
        owner = person_with(Role.REQUIREMENT_OWNER, requirement.imposing_body)
        advance(
            actor=owner,
            requirement=requirement,
            version=requirement.version,
            action="simplify",
            outcome=Outcome(reason="Enklere.", text=f"Kortere krav {n}"),
        )
        decided.append(requirement)
    shown = client.get("/").context["outcomes"]
    assert [one.pk for one in shown] == [decided[1].pk, decided[0].pk]


def test_exemptions_are_counted_by_body_and_ground_without_titles(client: Client, today):
    hidden = exempt(today, days=-1)
    RequirementFactory.create(
        addressee=hidden.addressee, is_public=False, text="Hemmelig krav", exempt_review_on=today, **EXEMPT
    )
    page = client.get("/unntatt/").content.decode()
    assert "Hemmelig" not in page
    assert str(hidden.addressee) in page
    assert "§ 13" in page
    row = queries.exemptions()[0]
    assert (row.documents, row.requirements, row.next_review) == (1, 1, today - timedelta(days=1))


def waiting(client: Client, role: str, body: Organisation) -> list[str]:
    client.force_login(person_with(role, body))
    return [one.why for one in client.get("/").context["desk"].waiting]


def test_each_role_meets_what_it_can_do_something_with(client: Client, today):
    document = DocumentFactory.create(status="in_review")
    sender, body = document.imposing_body, document.addressee
    for status in ("questioned", "under_review"):
        RequirementFactory.create(document=document, status=status)
    RequirementFactory.create(
        document=document, status="kept", status_reason="Trengs.", review_on=today - timedelta(days=2)
    )
    exempt(today, days=-3, imposing_body=sender, addressee=body)
    decisions = {"questioned", "under_review", "review_date"}
    assert set(waiting(client, Role.REQUIREMENT_OWNER, sender)) == decisions | {"review", "exemption"}
    assert set(waiting(client, Role.MANAGER, body)) == {"review", "exemption"}
    assert set(waiting(client, Role.UNION_REPRESENTATIVE, body)) == {"review", "exemption"}
    assert set(waiting(client, Role.COORDINATOR, sender)) == {"review", "exemption"}
    for role in (Role.EMPLOYEE, Role.SAFETY_DELEGATE, Role.ELECTED, Role.SYSTEM_ADMINISTRATOR):
        assert waiting(client, role, body) == []
    assert waiting(client, Role.MANAGER, DocumentFactory.create().imposing_body) == ["review"]


def test_what_waits_stands_oldest_first_by_when_it_began_to_wait(client: Client):
    document = DocumentFactory.create(status="published")
    owner = person_with(Role.REQUIREMENT_OWNER, document.imposing_body)
    employee = person_with(Role.EMPLOYEE, document.addressee)
    rows = RequirementFactory.create_batch(3, document=document)
    # Questioned in another order than they were registered in.
    for requirement in (rows[1], rows[2], rows[0]):
        advance(
            actor=employee,
            requirement=requirement,
            version=requirement.version,
            action="question",
            outcome=Outcome(reason="Tar tid."),
        )
    client.force_login(owner)
    desk = client.get("/").context["desk"]
    assert [one.what.pk for one in desk.waiting] == [rows[1].pk, rows[2].pk, rows[0].pk]


def test_the_desk_says_how_many_wait_when_it_does_not_show_all(client: Client):
    document = DocumentFactory.create(status="published")
    RequirementFactory.create_batch(queries.SHOWN + 5, document=document, status="questioned")
    client.force_login(person_with(Role.MANAGER, document.imposing_body))
    response = client.get("/")
    assert response.context["desk"].count == queries.SHOWN + 5
    assert f"{queries.SHOWN + 5} ting venter på deg" in response.content.decode()
    assert len(response.context["desk"].waiting) == queries.SHOWN


def test_deadlines_on_the_desk_are_of_my_own_workplace(client: Client, today):
    mine = RequirementFactory.create(deadline_on=today + timedelta(days=3))
    RequirementFactory.create(deadline_on=today + timedelta(days=2))
    RequirementFactory.create(document=mine.document, deadline_on=today + timedelta(days=90))
    RequirementFactory.create(document=mine.document, deadline_on=today, status="lapsed")
    client.force_login(person_with(Role.EMPLOYEE, mine.addressee))
    assert [one.pk for one in client.get("/").context["desk"].deadlines] == [mine.pk]


@pytest.mark.parametrize("signed_in", [False, True])
def test_more_rows_ask_no_more_queries(client: Client, today, signed_in: bool):
    document = DocumentFactory.create(status="published", published_on=today)
    if signed_in:
        client.force_login(person_with(Role.MANAGER, document.imposing_body))

    def fill(times: int) -> None:
        for status in ("questioned", "under_review", "simplified", "in_force"):
            RequirementFactory.create_batch(times, document=document, status=status, deadline_on=today)
        DocumentFactory.create_batch(
            times, status="in_review", imposing_body=document.imposing_body, addressee=document.addressee
        )

    fill(1)
    client.get("/")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        counts.append(len(captured))
        fill(6)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", ["/", "/om/", "/apne-data/", "/unntatt/"])
def test_open_pages_answer_in_each_language(client: Client, address: str, language: str):
    RequirementFactory.create()
    assert client.get(address, headers={"Accept-Language": language}).status_code == 200


def test_the_system_declares_its_own_burden(client: Client):
    page = client.get("/om/").content.decode()
    assert all(form.minutes > 0 and str(form.name) for form in FORMS.values())
    assert f"{sum(form.minutes for form in FORMS.values())} minutter" in page
