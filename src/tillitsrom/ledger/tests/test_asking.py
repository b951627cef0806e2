"""The question to the front line: who is asked, that each answers once, and that nobody can tell what anyone answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillitsrom.core.decisions import Refused
from tillitsrom.core.models import Event
from tillitsrom.ledger import actions, front_line
from tillitsrom.ledger.models import AfterMeasure, Entry, S
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Membership, Role
from tillitsrom.people.tests.factories import MembershipFactory, UnitFactory, person_with
from tillitsrom.signals.tests.factories import sent, sent_confidentially, workplace

from .factories import asked, before_known, closed, decision, house, version

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_the_question_opens_eight_weeks_after_and_closes_four_weeks_later():
    where = house()
    row = before_known(where, decided_on=TODAY())
    measure = row.measures.get()
    assert (measure.opens_on - TODAY(), measure.closes_on - TODAY()) == (timedelta(56), timedelta(84))
    assert actions.follow_the_calendar(today=TODAY() + timedelta(55)) == {
        "opened": 0,
        "reminded": 0,
        "closed": 0,
    }
    assert actions.follow_the_calendar(today=TODAY() + timedelta(56))["opened"] == 1
    assert actions.follow_the_calendar(today=TODAY() + timedelta(56))["opened"] == 0
    assert actions.follow_the_calendar(today=TODAY() + timedelta(77))["reminded"] == 1
    assert actions.follow_the_calendar(today=TODAY() + timedelta(78))["reminded"] == 0
    assert actions.follow_the_calendar(today=TODAY() + timedelta(84))["closed"] == 1
    kinds = Notice.objects.filter(recipient=where.workers[0]).values_list("kind", flat=True)
    assert sorted(kinds) == ["ledger.asked", "ledger.reminder"]


def test_answers_become_a_range_of_hours_and_both_parties_are_told():
    where = house()
    row = closed(where, [0, 0, 1, 1, 2, 2], people=12)
    assert (row.status, row.after_source) == (S.MEASURED, "measured")
    # The lower quarter says none, the upper 5 to 15 minutes a week: 12 people in 44 weeks.
    assert (row.after_low, row.after_high) == (0, 15 * 12 * 44 / 60)
    told = set(Notice.objects.filter(kind="ledger.to_confirm").values_list("recipient", flat=True))
    assert told == {where.body.manager.pk, where.body.representative.pk, where.body.other.pk}


def test_each_answers_once_and_outsiders_not_at_all():
    where = house()
    _row, measure = asked(where)
    actions.answer(actor=where.workers[0], measure=measure, choice=1)
    for person in (
        where.workers[0],
        where.body.manager,
        person_with(Role.EMPLOYEE, house().body.organisation),
    ):
        with pytest.raises(Refused):
            actions.answer(actor=person, measure=measure, choice=1)
    measure.refresh_from_db()
    assert (measure.answers, measure.tally) == (1, {"1": 1})


def test_an_answer_leaves_nothing_that_ties_it_to_a_person(django_assert_num_queries):
    where = house()
    _row, measure = asked(where)
    before = (Event.objects.count(), Notice.objects.count(), Entry.objects.get(pk=_row.pk).version)
    for number, person in enumerate(where.workers):
        actions.answer(actor=person, measure=measure, choice=number % 3)
    assert (Event.objects.count(), Notice.objects.count(), Entry.objects.get(pk=_row.pk).version) == before
    measure.refresh_from_db()
    # One row, however many answered: sorted codes and a count of each choice.
    assert AfterMeasure.objects.count() == 1
    assert measure.spent == sorted(measure.spent)
    assert sum(measure.tally.values()) == len(measure.spent) == len(where.workers)
    names = {field.name for field in AfterMeasure._meta.get_fields()}
    assert names == {"id", "entry", "opens_on", "closes_on", "status", "units", "asked", "tally", "answers", "spent",
                     "reminded"}  # fmt: skip
    actions.follow_the_calendar(today=TODAY() + timedelta(60))
    measure.refresh_from_db()
    assert measure.spent == []


def test_too_few_answers_are_thrown_away_and_the_workplace_goes_on():
    where = house()
    row = closed(where, [0, 1, 2, 3])
    measure = row.measures.get()
    assert (row.status, measure.status, measure.tally, measure.answers) == (S.WAITING, "too_few", {}, 0)
    assert row.after_low is None
    row = actions.ask_again(actor=where.body.manager, **version(row))
    assert row.measures.filter(status="open").count() == 1
    fresh = row.measures.get(status="open")
    for person in where.workers:
        actions.answer(actor=person, measure=fresh, choice=0)
    actions.follow_the_calendar(today=TODAY() + timedelta(60))
    row.refresh_from_db()
    assert row.status == S.MEASURED


def test_a_result_that_would_tell_on_a_few_is_held_back():
    where = house(12)
    first = closed(where, [0] * 6, people=12)
    row, measure = asked(where, requirement=first.requirement, people=12)
    part = UnitFactory.create(organisation=where.body.organisation, parent=where.unit)
    Membership.objects.filter(user__in=where.workers[:8]).update(unit=part)
    measure.units.set([part])
    for person in where.workers[:5]:
        actions.answer(actor=person, measure=measure, choice=1)
    actions.follow_the_calendar(today=TODAY() + timedelta(60))
    measure.refresh_from_db()
    row.refresh_from_db()
    assert (measure.status, measure.tally, row.status) == ("held_back", {}, S.WAITING)


def test_the_same_workplace_is_asked_and_lifted_until_it_is_large_enough():
    place = workplace()
    where = house()
    one = decision(where, requirement=None)
    one.signals.set([sent(place)])
    row = actions.open_entries(one)[0]
    # Two work in the unit and two in all, so everybody is asked.
    assert list(row.measures.get().units.all()) == []
    for _n in range(4):
        MembershipFactory.create(role=Role.EMPLOYEE, organisation=place.organisation, unit=place.above)
    assert front_line.units_to_ask(row) == [place.above]
    for _n in range(4):
        MembershipFactory.create(role=Role.EMPLOYEE, organisation=place.organisation, unit=place.unit)
    assert front_line.units_to_ask(row) == [place.unit]


def test_a_workplace_that_only_a_confidential_signal_names_is_not_given_away():
    place = workplace()
    for _n in range(6):
        MembershipFactory.create(role=Role.EMPLOYEE, organisation=place.organisation, unit=place.unit)
    where = house()
    one = decision(where, requirement=None)
    one.signals.set([sent_confidentially(place).signal])
    assert list(actions.open_entries(one)[0].measures.get().units.all()) == []


def test_hours_before_come_from_reports_only_where_enough_have_reported(settings):
    place = workplace()
    where = house()
    people = [
        MembershipFactory.create(role=Role.EMPLOYEE, organisation=place.organisation, unit=place.unit).user
        for _n in range(5)
    ]
    signals = [sent(place, person, what=f"Skjema nummer {n} tar lang tid") for n, person in enumerate(people)]
    few = decision(where, requirement=None)
    few.signals.set(signals[:4])
    assert actions.open_entries(few)[0].status == S.OPENED
    enough = decision(where, requirement=None)
    enough.signals.set(signals)
    row = actions.open_entries(enough)[0]
    assert (row.status, row.before_source, row.people) == (S.BEFORE_KNOWN, "signals", 5)
    assert row.before_low is not None
    assert row.before_low <= sum(one.hours_low for one in signals)
    # One more person's hours cannot be found by taking one sum from another.
    more = decision(where, requirement=None)
    extra = sent(place, place.colleague, what="Enda et skjema")
    more.signals.set([*signals, extra])
    assert actions.open_entries(more)[0].status == S.OPENED


def test_opening_twice_gives_one_entry():
    where = house()
    one = decision(where)
    assert actions.open_entries(one) == actions.open_entries(one)
    assert actions.open_entries(decision(where, outcome="kept", review_on=TODAY())) == []
