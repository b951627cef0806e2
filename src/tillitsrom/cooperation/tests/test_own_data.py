"""A person sees what the cooperation keeps about them, and nothing about anybody else."""

import pytest

from tillitsrom.cooperation.models import Approval, Attendance, Body, Meeting, Seat
from tillitsrom.people.actions import erase_person
from tillitsrom.people.models import Role
from tillitsrom.people.queries import data_about
from tillitsrom.people.tests.factories import person_with
from tillitsrom.rulesets.tests.factories import body

from .factories import classified
from .meeting_factories import minutes_in

pytestmark = pytest.mark.django_db


def test_seats_attendance_and_approvals_stand_in_a_persons_own_data():
    place = body()
    minutes_in(place, "approved", classified(place))
    forum = Body.objects.create(organisation=place.organisation, name="Samarbeidsmøtet", kind="free")
    Seat.objects.create(
        body=forum, side="employees", party=place.union, person=place.representative, leads=True
    )
    Seat.objects.create(body=forum, side="employer", person=place.manager)
    data = data_about(place.representative)
    (seat,) = data["meetings"]["seats"]
    assert (seat["body"], seat["for"], seat["leads"], seat["to"]) == (
        "Samarbeidsmøtet",
        place.union.name,
        True,
        None,
    )
    (came,) = data["meetings"]["attendance"]
    assert (came["meeting"], came["present"]) == (str(Meeting.objects.get()), True)
    (approved,) = data["cases"]["minutes_approved"]
    assert (approved["for"], approved["approved"], approved["objection"]) == (place.union.name, True, "")


def test_a_namesake_in_another_organisation_is_not_shown_as_oneself():
    here, there = body(), body()
    minutes_in(here, "sent", classified(here))
    minutes_in(there, "sent", classified(there))
    Attendance.objects.filter(meeting__organisation=there.organisation).update(name=here.manager.name)
    assert len(data_about(here.manager)["meetings"]["attendance"]) == 1


def test_nothing_is_left_of_a_person_who_is_erased():
    place = body()
    minutes_in(place, "approved", classified(place))
    forum = Body.objects.create(organisation=place.organisation, name="Samarbeidsmøtet", kind="free")
    seat = Seat.objects.create(body=forum, side="employees", person=place.representative)
    name = place.representative.name
    assert Attendance.objects.filter(name=name).exists()
    administrator = person_with(Role.SYSTEM_ADMINISTRATOR, place.organisation)
    erase_person(actor=administrator, person=place.representative)
    seat.refresh_from_db()
    assert seat.person is None
    assert not Attendance.objects.filter(name=name).exists()
    assert Approval.objects.filter(party=place.union, by=None).count() == 1
