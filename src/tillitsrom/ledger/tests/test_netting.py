"""Nothing is counted twice, and the sum never exceeds what it took before."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tillitsrom.ledger import actions, netting, queries
from tillitsrom.ledger.models import ALIVE, Entry, S
from tillitsrom.register.tests.factories import RequirementFactory
from tillitsrom.signals.models import SignalGroup
from tillitsrom.signals.tests.factories import sent, workplace

from .factories import decision, entry, house, version

pytestmark = pytest.mark.django_db


def counted():
    return {one.pk for one in Entry.objects.filter(status__in=netting.COUNTING, counted_in__isnull=True)}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 2), st.sampled_from([S.VERIFIED, S.MEASURED, S.DISPUTED, S.WITHDRAWN]),
            st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 5000),
        ),
        min_size=1, max_size=6,
    ),
    marks=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4),
)  # fmt: skip
def test_any_ledger_counts_each_time_once(rows, marks):
    Entry.objects.all().delete()
    where = house(0)
    requirements = [RequirementFactory.create(addressee=where.body.organisation) for _n in range(3)]
    made = []
    for about, status, low, wide, after, minutes in rows:
        one = decision(where, requirement=requirements[about] if about < 2 else None)
        made.append(
            Entry.objects.create(
                decision=one, organisation=where.body.organisation, requirement=one.requirement, title="Noe",
                decided_on=one.decided_on, status=status, before_low=low, before_high=low + wide,
                before_source="stated", after_low=after, after_high=after + wide, after_source="measured",
                after_on=one.decided_on, own_minutes=minutes, withdrawn_why="Feil", employer_confirmed_on=one.decided_on,
                employees_confirmed_on=one.decided_on,
            )
        )  # fmt: skip
    for first, second in marks:
        if first < len(made) and second < len(made) and first != second:
            made[first].overlaps.add(made[second])
    netting.settle(*made)
    near = {one.pk: netting.same_time([one.pk]) for one in made if one.status in ALIVE}
    keys = counted()
    for pk in keys:
        assert near[pk] & keys == {pk}
    for pk, others in near.items():
        able = Entry.objects.filter(pk__in=others, status__in=netting.COUNTING)
        if able.exists():
            assert len(others & keys) == 1
            if able.filter(status=S.VERIFIED).exists():
                assert Entry.objects.get(pk__in=others & keys).status == S.VERIFIED
        assert pk in near[pk]
    found = queries.summary(Entry.objects.filter(organisation=where.body.organisation))
    assert found.verified.high <= found.before_high
    assert found.verified.low <= found.before_low
    assert found.verified.entries + found.unverified.entries == len(keys)


def test_the_same_requirement_twice_is_counted_once_and_the_page_says_which():
    where = house()
    first = entry(where, S.VERIFIED)
    second = entry(where, S.MEASURED, requirement=first.requirement, low=4000, high=9000)
    second.refresh_from_db()
    assert second.counted_in_id == first.pk
    actions.withdraw(actor=where.body.manager, **version(first), reason="Feil.")
    second.refresh_from_db()
    assert second.counted_in_id is None


def test_marking_and_unmarking_an_overlap_reckons_both():
    where = house()
    small, large = entry(where, S.MEASURED), entry(where, S.MEASURED, low=4000, high=9000)
    assert counted() == {small.pk, large.pk}
    actions.mark_overlaps(actor=where.body.manager, **version(small), overlaps=[large])
    assert counted() == {large.pk}
    actions.mark_overlaps(actor=where.body.manager, **version(small), overlaps=[])
    assert counted() == {small.pk, large.pk}


def test_decisions_that_answered_signals_of_one_group_overlap():
    place = workplace()
    where = house()
    signals = [sent(place), sent(place, what="Noe helt annet om noe helt annet")]
    group = SignalGroup.objects.create(organisation=place.organisation)
    made = []
    for signal in signals:
        signal.group = group
        signal.save(update_fields=["group"])
        one = decision(where, requirement=None)
        one.signals.set([signal])
        made += actions.open_entries(one)
    assert {one.organisation_id for one in made} == {place.organisation.pk}
    assert netting.same_time([made[0].pk]) == {one.pk for one in made}


def test_hours_in_two_organisations_are_different_hours():
    first, second = house(), house()
    requirement = RequirementFactory.create(addressee=first.body.organisation)
    one = entry(first, S.MEASURED, requirement=requirement)
    Entry.objects.filter(pk=one.pk).update(organisation=second.body.organisation)
    other = entry(first, S.MEASURED, requirement=requirement)
    assert netting.same_time([other.pk]) == {other.pk}
    assert counted() == {one.pk, other.pk}
