"""What a person wrote goes with the person; what a body decided stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.people import actions as people
from tillitsrom.people.models import Role, User
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.actions import requirements as actions
from tillitsrom.register.models import Requirement

from .factories import DocumentFactory, RequirementFactory

pytestmark = pytest.mark.django_db

WORDS = "Jeg bruker fredagene mine på dette."


@pytest.fixture
def employee() -> User:
    return person_with(Role.EMPLOYEE, OrganisationFactory.create())


@pytest.fixture
def questioned(employee) -> Requirement:
    body = employee.memberships.get().organisation
    requirement = RequirementFactory.create(
        document=DocumentFactory.create(addressee=body, status="published")
    )
    return step(employee, requirement, "question", reason=WORDS)


def step(actor: User, requirement: Requirement, action: str, **outcome: Any) -> Requirement:
    return actions.advance(
        actor=actor, requirement=requirement, version=requirement.version, action=action,
        outcome=actions.Outcome(**outcome),
    )  # fmt: skip


def owner(requirement: Requirement) -> User:
    return person_with(Role.REQUIREMENT_OWNER, requirement.imposing_body)


def erase(person: User) -> None:
    person_with(Role.SYSTEM_ADMINISTRATOR, OrganisationFactory.create())
    people.erase_person(actor=person, person=person)


@pytest.mark.parametrize("steps", [(), ("start_review",)])
def test_the_words_go_from_the_requirement_and_from_its_page(employee, questioned, steps):
    for action in steps:
        questioned = step(owner(questioned), questioned, action)
    assert WORDS in Client().get(f"/krav/{questioned.pk}/").content.decode()
    version = questioned.version
    erase(employee)
    questioned.refresh_from_db()
    assert questioned.status_reason
    assert WORDS not in questioned.status_reason
    assert questioned.version == version + 1
    page = Client().get(f"/krav/{questioned.pk}/").content.decode()
    assert WORDS not in page
    assert WORDS not in Client().get(f"/api/v1/requirements/{questioned.pk}").content.decode()
    assert all(WORDS not in str(event.data) for event in events.history(questioned))


def test_what_the_owner_decided_stays(employee, questioned):
    decider = owner(questioned)
    questioned = step(decider, questioned, "start_review")
    day = timezone.localdate() + timedelta(days=90)
    questioned = step(decider, questioned, "keep", reason="Loven krever det.", review_on=day)
    erase(employee)
    erase(decider)
    questioned.refresh_from_db()
    assert questioned.status_reason == "Loven krever det."


def test_others_words_stay(employee, questioned):
    other = person_with(Role.EMPLOYEE, questioned.addressee)
    erase(other)
    questioned.refresh_from_db()
    assert questioned.status_reason == WORDS
    assert events.who(events.history(questioned)[0], AnonymousUser())
