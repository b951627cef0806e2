"""The first page of a long list is read from the beginning of an index: nothing is sorted, however many wait."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import MembershipFactory, OrganisationFactory, person_with
from tillitsrom.signals import queries
from tillitsrom.signals.models import Signal

pytestmark = pytest.mark.django_db


def _plan(rows: QuerySet[Signal]) -> str:
    """How the first page would be read. PostgreSQL reads a table as small as this whole, so it is asked not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return rows[:20].explain()


def _sorts(plan: str) -> bool:
    return "Sort " in plan or "TEMP B-TREE" in plan


def test_what_waits_for_a_person_is_read_in_order():
    manager = person_with(Role.MANAGER, OrganisationFactory.create())
    for rows in (queries.waits_for(manager), queries.lies_with_others(manager)):
        plan = _plan(rows)
        # In a table of PostgreSQL's with no rows the two indexes cost the same, and either may be chosen.
        wanted = "signal_unanswered" if connection.vendor == "postgresql" else "signal_unanswered_of"
        assert wanted in plan, plan
        assert not _sorts(plan), plan


def test_the_workplace_of_one_who_follows_several_organisations_is_read_in_order():
    chief = person_with(Role.MANAGER, OrganisationFactory.create())
    MembershipFactory.create(user=chief, organisation=OrganisationFactory.create(), role=Role.MANAGER)
    plan = _plan(queries.at_the_workplace(chief))
    assert "signal_unanswered" in plan, plan


def test_what_is_sorted_is_seen_by_this_test():
    assert _sorts(_plan(Signal.objects.order_by("what")))
