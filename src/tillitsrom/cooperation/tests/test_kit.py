"""The kit for the meeting: a page to print, and a file that needs no network."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tillitsrom.cooperation.actions import cases
from tillitsrom.cooperation.models import Meeting
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import person_with
from tillitsrom.rulesets.tests.factories import body

from .factories import case_in, classified, met

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_kit_has_what_one_needs_in_the_meeting():
    place = body()
    case = classified(place)
    cases.announce(
        actor=place.manager, case=case, version=case.version, announced="Vi vil slutte med skjemaet."
    )
    client = signed_in(place.representative)
    page = client.get(reverse("cooperation:kit", args=[case.pk])).content.decode()
    kit = client.get(reverse("cooperation:kit", args=[case.pk])).context["kit"]
    for words in (
        "Vi vil slutte med skjemaet.",
        place.employer.name,
        str(kit.minutes.text),
        str(kit.path.steps[0].text),
    ):
        assert words in page
    assert any(place.union.name in one for one in kit.open)


def test_the_kit_counts_days_from_the_case_s_own_meeting_and_says_none_without():
    place = body()
    case = classified(place)
    client = signed_in(place.representative)
    address = reverse("cooperation:kit", args=[case.pk])
    assert client.get(address).context["kit"].days is None
    met(place, case)
    held = Meeting.objects.get(agenda__case=case)
    assert client.get(address).context["kit"].days.call_by == held.call_by


def test_the_kit_as_a_file_needs_nothing_from_outside():
    place = body()
    case = classified(place)
    answer = signed_in(place.representative).get(reverse("cooperation:kit_file", args=[case.pk]))
    text = answer.content.decode()
    assert case.question in text
    assert not re.search(r"(?:src|href|url)\s*[=(]", text)
    assert "<script" not in text


def test_the_kit_is_for_those_who_take_part():
    place = body()
    case = classified(place)
    colleague = person_with(Role.EMPLOYEE, place.organisation)
    assert signed_in(colleague).get(reverse("cooperation:kit", args=[case.pk])).status_code == 403


def test_the_kit_of_a_decided_case_gives_the_decision_and_asks_no_more_about_it():
    place = body()
    case = case_in(place, "held")
    case = cases.announce(actor=place.manager, case=case, version=case.version, announced="Vi slutter.")
    address = reverse("cooperation:kit_file", args=[case.pk])
    client = signed_in(place.representative)
    before = client.get(address).content.decode()
    asked = f"Hva mener {place.second.name}?"
    assert "Arbeidsgiver har sagt at det er meningen å bestemme" in before
    assert asked in before
    cases.decide(
        actor=place.manager, case=case, version=case.version, decision="Vi slutter.", reason="Journalen."
    )
    after = client.get(address).content.decode()
    assert "Beslutningen</h2><p>Vi slutter.</p>" in after
    assert "Journalen." in after
    assert "meningen å bestemme" not in after
    assert asked not in after
