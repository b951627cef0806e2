"""Who meets at all, and whether those who raise a case get an answer: counted right, and never of too few."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tillitsrom.cooperation.indicators import HIDDEN, indicators_of
from tillitsrom.cooperation.models import Attendance, Body, Case, Meeting
from tillitsrom.people.models import Membership, Party, Role, Unit, User
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, UserFactory, person_with
from tillitsrom.rulesets.tests.factories import Body as Parties
from tillitsrom.rulesets.tests.factories import body

from .factories import case_in, raised

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def represented(place: Parties, party: Party, unit: Unit | None) -> User:
    person = UserFactory.create()
    Membership.objects.create(
        user=person, organisation=place.organisation, unit=unit, party=party, role=Role.UNION_REPRESENTATIVE
    )
    return person


def came(place: Parties, party: Party, *, unit: Unit | None = None, **values: object) -> Attendance:
    """The party was at a meeting of the unit that was held ten days ago."""
    on = TODAY() - timedelta(days=10)
    known = {"on": on, "status": "held", "called_on": on, "body": None, **values}
    present = bool(known.pop("present", True))
    made = Meeting.objects.create(
        organisation=place.organisation, unit=unit, form="discussion", call_by=on, documents_by=on, **known
    )
    return Attendance.objects.create(
        meeting=made, side="employees", party=party, name="Tillitsvalgt", present=present
    )


def gap(place: Parties, reader: User | None = None):
    return indicators_of(place.organisation, reader or place.manager, TODAY()).without_meetings


@pytest.fixture
def place() -> Parties:
    """The two unions speak for the whole organisation; three units have a representative of the first one too."""
    made = body()
    for unit in UnitFactory.create_batch(3, organisation=made.organisation):
        represented(made, made.union, unit)
    return made


def units_of(place: Parties) -> list[Unit]:
    return list(place.organisation.units.order_by("pk"))


def test_a_place_counts_as_met_where_its_own_union_came_at_its_own_level(place):
    first, second, third = units_of(place)
    came(place, place.union)
    assert (gap(place).value, gap(place).n) == (80, 5)
    came(place, place.second, unit=first)
    assert gap(place).value == 80, "the other union came, and has no representative there"
    came(place, place.union, unit=first)
    assert gap(place).value == 60
    came(place, place.union, body=Body.objects.create(organisation=place.organisation, unit=second, name="MBU", kind="free"))  # fmt: skip
    assert gap(place).value == 40, "the level of a meeting is that of its body"
    came(place, place.union, unit=third)
    came(place, place.second)
    assert gap(place).value == 0


@pytest.mark.parametrize(
    "values",
    [
        {"present": False},
        {"status": "called"},
        {"status": "cancelled"},
        {"on": TODAY() - timedelta(days=366)},
        {"on": TODAY() + timedelta(days=1)},
    ],
)
def test_only_those_who_came_to_a_meeting_that_was_held_in_the_period_met(place, values):
    came(place, place.union)
    came(place, place.union, unit=units_of(place)[0], **values)
    assert gap(place).value == 80


def test_two_who_represent_the_same_union_at_the_same_place_are_one_place(place):
    came(place, place.union)
    represented(place, place.union, units_of(place)[0])
    assert (gap(place).value, gap(place).n) == (80, 5)


def test_too_few_places_are_shown_to_nobody_and_a_missing_log_says_nothing(place):
    assert gap(place) == HIDDEN, "no meeting is logged"
    came(place, place.union)
    Membership.objects.filter(role=Role.UNION_REPRESENTATIVE, unit=units_of(place)[0]).delete()
    assert gap(place) == HIDDEN


def replies(place: Parties, reader: User):
    found = indicators_of(place.organisation, reader, TODAY())
    return found.answered, found.reply_days


def test_the_answers_are_those_to_the_employees_side_and_their_days():
    place = body()
    days = (2, 6, 30)
    for number, wait in enumerate(days):
        case = case_in(place, ("decided", "agreed", "closed")[number])
        Case.objects.filter(pk=case.pk).update(raised_on=TODAY() - timedelta(days=wait))
    raised(place)
    case_in(place, "withdrawn")
    raised(place, by=place.manager)
    answered, wait = replies(place, place.manager)
    assert (answered.value, answered.n) == (75, 4)
    assert (wait.value, wait.n) == (6, 3)


def test_few_cases_are_hidden_from_outside_also_how_few():
    place = body()
    for _n in range(4):
        case_in(place, "decided")
    outsider = person_with(Role.MANAGER, OrganisationFactory.create())
    assert replies(place, outsider) == (HIDDEN, HIDDEN)
    assert replies(place, place.manager)[0].n == 4
    raised(place)
    answered, wait = replies(place, outsider)
    assert (answered.value, answered.n, wait) == (80, 5, HIDDEN)
    case_in(place, "decided")
    assert replies(place, outsider)[1].n == 5


def test_the_page_shows_them_and_hides_what_is_hidden(place):
    case_in(place, "closed")
    came(place, place.union)
    client = Client(headers={"Accept-Language": "nb"})
    client.force_login(place.manager)
    text = client.get(reverse("cooperation:figures")).content.decode()
    assert "Av 5 steder med tillitsvalgt" in text
    assert "Av 1 sak som arbeidstakersiden reiste" in text
    public = Client(headers={"Accept-Language": "nb"}).get(reverse("cooperation:figures")).content.decode()
    assert "Av 1 sak som arbeidstakersiden reiste" not in public
    assert "Ingenting å vise, eller for få" in public
