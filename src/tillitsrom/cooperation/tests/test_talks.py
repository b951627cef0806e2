"""Informal talks have one gate: wherever a case is shown, they are for those who take part in the cooperation."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tillitsrom.cooperation.actions import meetings
from tillitsrom.cooperation.models import Case
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.tests.callers import Caller
from tillitsrom.rulesets.tests.factories import Body, body

from .factories import case_in, classified
from .meeting_factories import minutes_in, planned

pytestmark = pytest.mark.django_db
SAID = "Ringte om datoen"


@pytest.fixture(autouse=True)
def _counters_start_at_nought():
    cache.clear()


def talked_about(place: Body, status: str) -> Case:
    case = case_in(place, status)
    meetings.log_contact(
        actor=place.manager, organisation=place.organisation, about=SAID, parties=[place.union], case=case
    )
    return case


def page_of(client: Client, name: str, case: Case) -> str:
    return client.get(reverse(f"cooperation:{name}", args=[case.pk])).content.decode()


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("status", ["held", "closed"])
@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.MANAGER, True),
        (Role.UNION_REPRESENTATIVE, True),
        (Role.SAFETY_DELEGATE, True),
        (Role.COORDINATOR, True),
        (Role.EMPLOYEE, False),
        (Role.ELECTED, False),
        (Role.REQUIREMENT_OWNER, False),
    ],
)
def test_only_those_who_take_part_read_the_talks_of_a_case_they_see(status, role, reads):
    place = body()
    case = talked_about(place, status)
    person = person_with(role, place.organisation)
    client = signed_in(person)
    text = page_of(client, "case", case)
    assert case.question in text
    assert (SAID in text) is reads
    found = Caller(person).get(f"/cases/{case.pk}").json()["talks"]
    assert [one["about"] for one in found] == ([SAID] if reads else [])
    kit = client.get(reverse("cooperation:kit", args=[case.pk]))
    assert kit.status_code == (200 if reads else 403)
    assert (SAID in kit.content.decode()) is reads
    assert (reverse("cooperation:kit", args=[case.pk]) in text) is reads


def test_a_closed_case_tells_the_public_and_other_organisations_of_no_talk():
    place = body()
    case = talked_about(place, "closed")
    outsider = person_with(Role.MANAGER, OrganisationFactory.create())
    for client in (Client(), signed_in(outsider)):
        text = page_of(client, "case", case)
        assert case.question in text
        assert SAID not in text
    for caller in (Caller(None), Caller(outsider)):
        assert caller.get(f"/cases/{case.pk}").json()["talks"] == []


def test_the_file_for_the_phone_has_the_talks_of_the_case_and_no_others():
    place = body()
    case = talked_about(place, "held")
    meetings.log_contact(
        actor=place.manager, organisation=place.organisation, about="Om noe annet", parties=[place.union]
    )
    text = page_of(signed_in(place.representative), "kit_file", case)
    assert SAID in text
    assert place.union.name in text
    assert "Om noe annet" not in text


def test_a_colleague_gets_links_only_to_meetings_and_minutes_that_open():
    place = body()
    case = classified(place)
    colleague = signed_in(person_with(Role.EMPLOYEE, place.organisation))
    coming = planned(place, case)
    link = reverse("cooperation:meeting", args=[coming.pk])
    assert link in page_of(signed_in(place.manager), "case", case)
    assert link not in page_of(colleague, "case", case)
    other = classified(place)
    draft = minutes_in(place, "drafted", other)
    link = reverse("cooperation:minutes", args=[draft.pk])
    assert link in page_of(signed_in(place.manager), "case", other)
    assert link not in page_of(colleague, "case", other)
    assert reverse("cooperation:meeting", args=[draft.meeting_id]) in page_of(colleague, "case", other)
