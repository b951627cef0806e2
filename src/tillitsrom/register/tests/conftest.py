"""Two bodies, a manager of the second who is logged in, the reader's queue as a list, and a requirement in its text."""

import pytest

from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import jobs
from tillitsrom.register.models import Requirement

from .factories import SENTENCE, TEXT, RequirementFactory


@pytest.fixture
def queued(monkeypatch):
    """The documents that were put in the reader's queue."""
    ids: list[int] = []
    monkeypatch.setattr(jobs, "queue_reading", ids.append)
    return ids


@pytest.fixture
def bodies():
    return OrganisationFactory.create(name="Fagdepartementet", level="ministry"), OrganisationFactory.create(
        name="Fagetaten"
    )


@pytest.fixture
def manager(bodies):
    return person_with("manager", bodies[1])


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def requirement() -> Requirement:
    start = TEXT.index(SENTENCE)
    made = RequirementFactory.create(quote=SENTENCE, text=SENTENCE, start=start, end=start + len(SENTENCE))
    made.refresh_from_db()
    return made
