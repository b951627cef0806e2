"""Describing a requirement: cost, unit, exemption, and two who describe it at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import UnitFactory, person_with
from tillitsrom.register.actions import requirements as actions
from tillitsrom.register.models import Requirement

pytestmark = pytest.mark.django_db


def page(client: Client, requirement: Requirement, status: int = 200) -> str:
    response = client.get(f"/krav/{requirement.pk}/")
    assert response.status_code == status
    return response.content.decode()


def later() -> str:
    return (timezone.localdate() + timedelta(days=400)).isoformat()


def described(requirement: Requirement, **changed: object) -> dict[str, object]:
    return {
        "version": requirement.version,
        "deadline": requirement.deadline,
        "openness": "open",
        **changed,
    }


def test_describing_everything(client: Client, requirement: Requirement) -> None:
    unit = UnitFactory.create(organisation=requirement.addressee)
    client.force_login(person_with(Role.UNION_REPRESENTATIVE, requirement.addressee))
    response = client.post(
        f"/krav/{requirement.pk}/rediger/",
        described(
            requirement, unit=unit.pk, deadline="2026-06", legal_basis="loven § 1", statutory="on", purpose="Innsyn",
            recipient="Departementet", frequency="hvert tertial", detail="core", minutes_low=10, minutes_high=20,
            minutes_source="measured", occasions_per_year="2,5", affected_count=12,
        ),
    )  # fmt: skip
    assert response.status_code == 302
    requirement.refresh_from_db()
    assert (requirement.unit, requirement.statutory, requirement.hours_low) == (unit, True, 5)
    assert requirement.deadline_on is not None
    assert requirement.version == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minutes_low": 10}, "minutes_high"),
        ({"minutes_high": 10}, "minutes_low"),
        ({"minutes_low": 20, "minutes_high": 10, "minutes_source": "measured"}, "minutes_high"),
        ({"minutes_low": 1, "minutes_high": 2}, "minutes_source"),
        ({"minutes_low": -1, "minutes_high": 2, "minutes_source": "measured"}, "minutes_low"),
        ({"deadline": "snart"}, "deadline"),
        ({"deadline": "2026-13"}, "deadline"),
        ({"openness": "exempt"}, "exempt_ground"),
        ({"openness": "exempt", "exempt_ground": "OFFL-13"}, "exempt_review_on"),
        ({"openness": "exempt", "exempt_ground": "tull", "exempt_review_on": "2030-01-01"}, "exempt_ground"),
        ({"affected_count": "mange"}, "affected_count"),
        ({"unit": 999_999}, "unit"),
        ({"occasions_per_year": "1234567890"}, "occasions_per_year"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Client, requirement: Requirement, wrong: dict[str, object], field: str
) -> None:
    client.force_login(person_with(Role.MANAGER, requirement.addressee))
    response = client.post(
        f"/krav/{requirement.pk}/rediger/", described(requirement, **{"purpose": "Blir stående.", **wrong})
    )
    assert response.status_code == 422
    form = response.context["form"]
    assert field in form.errors
    text = response.content.decode()
    assert "Blir stående." in text
    assert f'href="#id_{field}"' in text
    requirement.refresh_from_db()
    assert (requirement.version, requirement.purpose) == (1, "")


def test_a_unit_of_another_organisation_is_refused(client: Client, requirement: Requirement) -> None:
    client.force_login(person_with(Role.MANAGER, requirement.addressee))
    response = client.post(
        f"/krav/{requirement.pk}/rediger/", described(requirement, unit=UnitFactory.create().pk)
    )
    assert "unit" in response.context["form"].errors


def test_an_exemption_hides_the_requirement_and_says_by_what_law(
    client: Client, requirement: Requirement
) -> None:
    manager = person_with(Role.MANAGER, requirement.addressee)
    client.force_login(manager)
    exempt = described(requirement, openness="exempt", exempt_ground="OFFL-13", exempt_review_on=later())
    assert client.post(f"/krav/{requirement.pk}/rediger/", exempt).status_code == 302
    assert "offentleglova § 13" in page(client, requirement)
    client.logout()
    page(client, requirement, status=404)


def test_two_who_describe_at_once_never_overwrite_each_other(
    client: Client, requirement: Requirement
) -> None:
    manager = person_with(Role.MANAGER, requirement.addressee)
    client.force_login(manager)
    mine = described(requirement, purpose="Mitt formål", recipient="Tilsynet")
    actions.describe(
        actor=manager,
        requirement=requirement,
        version=1,
        values={"purpose": "Den andres formål", "statutory": True},
    )
    response = client.post(f"/krav/{requirement.pk}/rediger/", mine)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Den andres formål" in text
    assert "Mitt formål" in text
    assert {d.now for d in response.context["differences"]} == {"Den andres formål", "Ja", "ingenting"}
    requirement.refresh_from_db()
    assert (requirement.purpose, requirement.version) == ("Den andres formål", 2)
    again = client.post(
        f"/krav/{requirement.pk}/rediger/", {**mine, "version": response.context["form"]["version"].value()}
    )
    assert again.status_code == 302
    requirement.refresh_from_db()
    assert (requirement.purpose, requirement.recipient) == ("Mitt formål", "Tilsynet")


def test_those_who_may_not_describe_are_told_why(client: Client, requirement: Requirement) -> None:
    client.force_login(person_with(Role.EMPLOYEE, requirement.addressee))
    for response in (
        client.get(f"/krav/{requirement.pk}/rediger/"),
        client.post(f"/krav/{requirement.pk}/rediger/"),
    ):
        assert response.status_code == 403
        assert str(response.context["reason"]) in response.content.decode()
