"""Minutes: written together, sealed, approved or signed by each party, and two who write at once."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tillitsrom.cooperation import rules as case_rules
from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import meetings, minutes
from tillitsrom.cooperation.models import Approval, Minutes
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Membership
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import MinutesKind
from tillitsrom.rulesets.tests.factories import body

from .factories import classified
from .meeting_factories import called, held, minutes_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["discussion", "negotiation", "committee", "information"])
def test_the_kind_follows_from_the_form(form):
    place = body()
    case = classified(place, form)
    row = minutes.start(actor=place.manager, meeting=called(place, case), case=case)
    needed = agreements.minutes_needed(agreements.rule_set(case.rule_set), form).kind
    assert row.kind == ("referat" if needed == MinutesKind.NONE else needed.value)


def test_the_days_for_the_minutes_are_the_agreed_ones():
    place = body()
    case = classified(place)
    meeting = called(place, case)
    row = minutes.start(actor=place.manager, meeting=meeting, case=case)
    days = agreements.in_force(place.organisation, meeting.on).minutes_days
    assert row.due_on == meeting.on + timedelta(days=days)
    assert minutes.start(actor=place.representative, meeting=meeting, case=case) == row


def test_two_who_write_at_once_both_keep_their_text():
    place = body()
    row = minutes_in(place, "drafted", classified(place))
    seen = row.version
    minutes.write(actor=place.manager, minutes=row, version=seen, text="Sjefens ord.")
    with pytest.raises(minutes.WrittenAtOnce) as stopped:
        minutes.write(actor=place.representative, minutes=row, version=seen, text="Mine ord.")
    assert stopped.value.theirs == "Sjefens ord."
    row.refresh_from_db()
    assert row.text == "Sjefens ord."
    merged = minutes.write(
        actor=place.representative, minutes=row, version=stopped.value.version, text="Sjefens ord.\nMine ord."
    )
    assert merged.text == "Sjefens ord.\nMine ord."


def test_saving_by_itself_all_the_time_is_one_event():
    place = body()
    row = minutes_in(place, "drafted", classified(place))
    for number in range(4):
        row = minutes.write(actor=place.manager, minutes=row, version=row.version, text=f"Ord {number}")
    assert Event.objects.filter(kind="minutes.write").count() == 1


def test_only_the_party_writes_its_own_view():
    place = body()
    row = minutes_in(place, "drafted", classified(place))
    made = minutes.write_view(
        actor=place.representative, minutes=row, party=place.union, version=0, text="Vi er for."
    )
    for person in (place.manager, place.other):
        with pytest.raises(Refused):
            minutes.write_view(
                actor=person, minutes=row, party=place.union, version=made.version, text="De er mot."
            )
    with pytest.raises(minutes.WrittenAtOnce):
        minutes.write_view(
            actor=place.representative, minutes=row, party=place.union, version=0, text="Noe annet."
        )
    made.refresh_from_db()
    assert made.text == "Vi er for."


def test_approval_by_all_makes_the_case_ready_to_close():
    place = body()
    case = classified(place)
    row = minutes_in(place, "sent", case)
    assert set(row.asked.all()) == {place.employer, place.union}
    assert Notice.objects.filter(kind="minutes.sent", recipient=place.representative).exists()
    digest = rules.digest(row)
    assert digest == hashlib.sha256(row.sealed.encode()).hexdigest()
    minutes.approve(actor=place.manager, minutes=row, digest=digest)
    case.refresh_from_db()
    assert not case_rules.minutes_are_ready(case)
    made = minutes.approve(actor=place.representative, minutes=row, digest=digest)
    assert (made.party, made.by, made.digest) == (place.union, place.representative, digest)
    row.refresh_from_db()
    assert row.status == Minutes.Status.APPROVED
    assert case_rules.minutes_are_ready(case)


def test_the_sealed_text_has_both_views_and_no_names_of_persons():
    place = body()
    row = minutes_in(place, "drafted", classified(place))
    minutes.write_view(
        actor=place.representative, minutes=row, party=place.union, version=0, text="Vi er for."
    )
    row = minutes.send(actor=place.manager, minutes=row, version=row.version)
    assert "Vi er for." in row.sealed
    assert "Vi ble enige om å slutte." in row.sealed
    assert not any(person.name in row.sealed for person in (place.manager, place.representative))


def test_an_objection_sends_it_back_and_all_answer_anew():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    first = rules.digest(row)
    minutes.approve(actor=place.manager, minutes=row, digest=first)
    with pytest.raises(ValidationError):
        minutes.object_to(actor=place.representative, minutes=row, digest=first, objection=" ")
    minutes.object_to(actor=place.representative, minutes=row, digest=first, objection="Datoen er feil.")
    row.refresh_from_db()
    assert (row.status, row.sealed) == (Minutes.Status.DRAFTED, "")
    # The same text sent once more is still another sending: who had approved is asked again.
    row = minutes.send(actor=place.manager, minutes=row, version=row.version)
    assert rules.digest(row) != first
    assert len(rules.parties_that_wait(row)) == 2
    with pytest.raises(Conflict):
        minutes.approve(actor=place.manager, minutes=row, digest=first)


def test_nobody_approves_twice_or_for_others():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    digest = rules.digest(row)
    minutes.approve(actor=place.representative, minutes=row, digest=digest)
    with pytest.raises(Refused):
        minutes.approve(actor=place.representative, minutes=row, digest=digest)
    with pytest.raises(Refused):
        minutes.approve(actor=place.manager, minutes=row, digest=digest, party=place.union)
    with pytest.raises(Refused):
        minutes.approve(actor=place.other, minutes=row, digest=digest)
    assert Approval.objects.count() == 1


def test_who_may_sign_is_asked_on_the_day_of_signing():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=place.representative, party=place.union).update(valid_to=yesterday)
    assert rules.parties_to_sign_for(place.representative, row) == []
    assert rules.parties_to_sign_for(place.representative, row, on=yesterday) == [place.union]
    with pytest.raises(Refused):
        minutes.approve(actor=place.representative, minutes=row, digest=rules.digest(row))


def test_minutes_are_not_sent_before_the_meeting_was_held_or_empty():
    place = body()
    case = classified(place)
    meeting = called(place, case)
    row = minutes.start(actor=place.manager, meeting=meeting, case=case)
    with pytest.raises(Refused):
        minutes.send(actor=place.manager, minutes=row, version=row.version)
    place = body()
    case = classified(place)
    row = minutes.start(actor=place.manager, meeting=held(place, case), case=case)
    with pytest.raises(ValidationError):
        minutes.send(actor=place.manager, minutes=row, version=row.version)


def test_who_came_stands_still_when_the_minutes_are_sent():
    place = body()
    row = minutes_in(place, "sent", classified(place))
    meeting = row.meeting
    meeting.refresh_from_db()
    with pytest.raises(WrongState):
        meetings.attend(actor=place.manager, meeting=meeting, version=meeting.version, people=[])


def test_a_negotiation_is_signed_by_the_sides_that_sign():
    place = body()
    row = minutes_in(place, "sent", classified(place, "negotiation"))
    assert row.signed
    assert {one.side for one in row.asked.all()} == {"employer", "employees"}
    minutes.approve(actor=place.manager, minutes=row, digest=rules.digest(row))
    assert Event.objects.filter(kind="minutes.sign").exists()
