"""Meetings by the days that are agreed, one meeting for a case at a time, and bodies as the law asks."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tillitsrom.cooperation import meeting_days
from tillitsrom.cooperation.actions import bodies, meetings
from tillitsrom.cooperation.composition import composition
from tillitsrom.cooperation.models import AgendaItem, Body, Case, Meeting
from tillitsrom.core.decisions import Conflict, WrongState
from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.tests.factories import agreement, body

from .factories import classified
from .meeting_factories import called, held, planned

pytestmark = pytest.mark.django_db


def test_the_last_days_are_counted_from_the_local_agreement():
    place = body()
    agreement(place, "in_force", notice_days=10, document_days=5, minutes_days=7)
    on = timezone.localdate() + timedelta(days=40)
    row = planned(place, on=on)
    assert (on - row.call_by).days == 10
    assert (on - row.documents_by).days == 5
    days = meeting_days.days_for(place.organisation, on)
    assert days.agreed_locally
    assert (days.minutes_by - on).days == 7


def test_without_a_local_agreement_the_days_are_a_suggestion_and_say_so():
    place = body()
    days = meeting_days.days_for(place.organisation, timezone.localdate())
    assert not days.agreed_locally
    assert days.note == str(agreements.in_force(place.organisation, timezone.localdate()).days_note)
    assert days.note


def test_calling_tells_both_sides_and_moves_the_case():
    place = body()
    case = classified(place)
    row = planned(place, case)
    meetings.call(actor=place.manager, meeting=row, version=row.version)
    case.refresh_from_db()
    assert case.status == Case.Status.CALLED
    told = set(Notice.objects.filter(kind="meeting.called").values_list("recipient", flat=True))
    assert told == {place.representative.pk, place.other.pk}


def test_a_late_call_needs_a_reason_and_says_it():
    place = body()
    row = planned(place, classified(place), on=timezone.localdate() + timedelta(days=3))
    with pytest.raises(ValidationError) as refused:
        meetings.call(actor=place.manager, meeting=row, version=row.version)
    assert "late_reason" in refused.value.message_dict
    row = meetings.call(actor=place.manager, meeting=row, version=row.version, late_reason="Det haster.")
    assert row.called_late
    assert Event.objects.get(kind="meeting.late").data["reason"] == "Det haster."


def test_a_meeting_about_nothing_is_not_called():
    place = body()
    row = planned(place)
    with pytest.raises(ValidationError):
        meetings.call(actor=place.manager, meeting=row, version=row.version)


def test_holding_moves_the_cases_on_and_frees_them():
    place = body()
    case = classified(place)
    row = held(place, case)
    case.refresh_from_db()
    assert (row.status, case.status) == (Meeting.Status.HELD, Case.Status.HELD)
    assert not AgendaItem.objects.filter(case=case, live=True).exists()


def test_cancelling_sets_the_case_free_for_another_meeting():
    place = body()
    case = classified(place)
    row = called(place, case)
    meetings.cancel(actor=place.manager, meeting=row, version=row.version, reason="Sykdom.")
    case.refresh_from_db()
    assert case.status == Case.Status.CLASSIFIED
    assert planned(place, case).agenda.get().case == case
    assert Notice.objects.filter(kind="meeting.cancelled").count() == 2


def test_a_case_lies_before_one_meeting_at_a_time():
    place = body()
    case = classified(place)
    first = planned(place, case)
    with pytest.raises(WrongState, match=case.number):
        planned(place, case)
    other = planned(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(meeting=other, case=case)
    assert first.agenda.count() == 1


def test_a_case_without_a_form_is_not_put_on_an_agenda():
    place = body()
    case = classified(place)
    Case.objects.filter(pk=case.pk).update(status="raised", form="")
    with pytest.raises(WrongState):
        planned(place, case)


def test_moving_counts_the_days_anew_and_tells():
    place = body()
    row = called(place, classified(place))
    on = row.on + timedelta(days=10)
    moved = meetings.move(
        actor=place.manager, meeting=row, version=row.version, values={"on": on}, reason="Romskifte."
    )
    assert (moved.on, moved.call_by) == (on, meeting_days.days_for(place.organisation, on).call_by)
    assert Notice.objects.filter(kind="meeting.moved").count() == 2


def test_an_old_page_changes_nothing():
    place = body()
    row = planned(place)
    meetings.change(actor=place.manager, meeting=row, version=row.version, values={"place": "Rom 1"})
    with pytest.raises(Conflict):
        meetings.change(
            actor=place.representative, meeting=row, version=row.version, values={"place": "Rom 2"}
        )
    row.refresh_from_db()
    assert row.place == "Rom 1"


def test_the_annual_wheel_proposes_until_a_meeting_has_taken_it():
    place = body()
    agreement(place, "in_force")
    today = date(timezone.localdate().year, 12, 15)
    found = meeting_days.proposals(place.organisation, today)
    assert [(one.about, one.month) for one in found] == [("Deltid", date(today.year + 1, 1, 1))]
    Meeting.objects.create(
        organisation=place.organisation, form="discussion", about="Deltid", on=date(today.year + 1, 1, 20),
        call_by=today, documents_by=today,
    )  # fmt: skip
    assert meeting_days.proposals(place.organisation, today) == []


def test_an_informal_talk_is_one_line_and_tells_nobody():
    place = body()
    case = classified(place)
    Notice.objects.all().delete()
    made = meetings.log_contact(
        actor=place.representative, organisation=place.organisation, about="Ringte om datoen",
        parties=[place.employer, place.union], case=case,
    )  # fmt: skip
    assert set(made.parties.all()) == {place.employer, place.union}
    assert not Notice.objects.exists()
    with pytest.raises(ValidationError):
        meetings.log_contact(
            actor=place.representative, organisation=place.organisation, about="I morgen", parties=[],
            on=timezone.localdate() + timedelta(days=1),
        )  # fmt: skip


# --- bodies --------------------------------------------------------------------------------------------------------


def _body(place, kind, **more):
    values = {"name": f"Organ {kind}", "kind": kind, **more}
    return bodies.set_up(actor=place.manager, organisation=place.organisation, values=values)


def _seat(place, row, side, **more):
    return bodies.seat(actor=place.manager, body=row, draft=bodies.SeatDraft(side, **more))


def _fits(row):
    row.refresh_from_db()
    return composition(row, timezone.localdate())


def test_a_working_environment_committee_has_as_many_from_each_side():
    place = body()
    row = _body(place, "amu", employees=40)
    until = timezone.localdate() + timedelta(days=700)
    _seat(place, row, "employer", person=place.manager, leads=True)
    assert not _fits(row).fits
    _seat(place, row, "employees", person=place.representative, valid_to=until)
    _seat(place, row, "health_service", title="Bedriftshelsetjenesten")
    made = _fits(row)
    assert made.fits, [one.text for one in made.findings if one.fits is False]
    assert [one.title for one in made.empty] == ["Bedriftshelsetjenesten"]
    assert made.statute is not None
    assert made.statute.provision.section
    _seat(place, row, "employees", person=place.other, valid_to=until)
    assert not _fits(row).fits


@pytest.mark.parametrize(
    ("above", "demanded", "required"),
    [(0, False, True), (-1, False, None), (-1, True, True), (-25, True, None)],
)
def test_when_the_committee_is_required_follows_the_numbers_of_the_law(above, demanded, required):
    place = body()
    least = agreements.statute("AML-7-1").numbers["employees"]
    row = _body(place, "amu", employees=least + above, demanded=demanded)
    assert _fits(row).findings[0].fits is required


def test_a_member_without_a_last_day_sits_too_long():
    place = body()
    row = _body(place, "amu", employees=40)
    _seat(place, row, "employer", person=place.manager, leads=True)
    _seat(place, row, "employees", person=place.representative)
    assert [one for one in _fits(row).findings if one.fits is False]


def test_the_municipality_has_the_majority_in_the_joint_committee():
    place = body()
    row = _body(place, "joint_committee")
    until = timezone.localdate() + timedelta(days=700)
    _seat(place, row, "political", title="Leder", leads=True)
    _seat(place, row, "employees", person=place.representative, valid_to=until)
    assert not _fits(row).fits
    _seat(place, row, "political", title="Medlem")
    assert _fits(row).fits
    _seat(place, row, "employees", person=place.other, valid_to=until)
    assert not _fits(row).fits


def test_a_three_party_body_says_who_is_missing():
    place = body()
    row = _body(place, "three_party", line="development")
    _seat(place, row, "employer")
    _seat(place, row, "employees")
    assert not _fits(row).fits
    _seat(place, row, "political")
    assert _fits(row).fits


def test_one_leads_at_a_time_and_nobody_without_a_vote():
    place = body()
    row = _body(place, "idf")
    first = _seat(place, row, "employer", leads=True)
    _seat(place, row, "employees", leads=True)
    first.refresh_from_db()
    assert not first.leads
    with pytest.raises(ValidationError):
        _seat(place, row, "health_service", leads=True)
    with pytest.raises(ValidationError):
        _seat(place, row, "employer", party=place.union)


def test_a_seat_that_has_ended_is_kept_apart():
    place = body()
    row = _body(place, "mbu")
    made = _seat(
        place, row, "employer", person=place.manager, valid_from=timezone.localdate() - timedelta(days=9)
    )
    bodies.end_seat(actor=place.manager, body=row, which=made, on=timezone.localdate() - timedelta(days=1))
    found = _fits(row)
    assert (found.ended, found.seats) == ([made], {})


def test_who_sits_in_the_body_is_called_and_stands_on_the_list():
    place = body()
    row = _body(place, "idf")
    _seat(place, row, "employer", person=place.manager, party=place.employer)
    _seat(place, row, "employees", person=place.representative, party=place.union)
    meeting = planned(place, classified(place), body=row)
    meeting = meetings.call(actor=place.manager, meeting=meeting, version=meeting.version)
    assert set(meeting.attendance.values_list("name", flat=True)) == {
        place.manager.name,
        place.representative.name,
    }


def test_a_body_of_another_organisation_is_not_used():
    place, elsewhere = body(), body()
    row = _body(elsewhere, "idf")
    with pytest.raises(ValidationError):
        planned(place, body=row)
    assert Body.objects.count() == 1
