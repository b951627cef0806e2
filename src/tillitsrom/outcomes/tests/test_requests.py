"""Requests: together at the owner, in time or not, answered for all at once; duties and what they repeat; letters; erasure."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tillitsrom.core.decisions import Conflict, Refused
from tillitsrom.notices.models import Notice
from tillitsrom.outcomes import house, letters, overlaps, queries, shown
from tillitsrom.outcomes.actions import clockwork, duties, requests
from tillitsrom.outcomes.models import Decision, NewDuty, Request
from tillitsrom.people.actions import erase_person
from tillitsrom.people.models import Role
from tillitsrom.people.queries import data_about
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register import search
from tillitsrom.register.actions.review import searchable
from tillitsrom.register.models import Requirement
from tillitsrom.register.tests.factories import RequirementFactory
from tillitsrom.signals.letters import docx
from tillitsrom.signals.models import Signal

from .factories import TODAY, answered, asked, decided, duty, duty_values, place

pytestmark = pytest.mark.django_db


def _another(where):
    body = OrganisationFactory.create()
    signal = where.signal(where.theirs, where.work.colleague)
    Signal.objects.filter(pk=signal.pk).update(organisation=body)
    return asked(where, by=person_with(Role.MANAGER, body), body=body), signal


def test_requests_about_the_same_stand_together_and_one_answer_answers_all():
    where = place()
    mine = where.signal(where.theirs)
    first, (second, theirs) = asked(where), _another(where)
    standing = queries.together(queries.waits_for(where.director))
    assert [[row.pk for row in one.requests] for one in standing] == [[first.pk, second.pk]]
    assert standing[0].behind.organisations == 2
    made = answered(where.director, first)
    for row in (first, second):
        row.refresh_from_db()
        assert (row.status, row.answer, row.answered_by) == ("answered", "dropped", where.director)
    for signal in (mine, theirs):
        signal.refresh_from_db()
        assert (signal.status, signal.outcome) == ("answered", "removed")
    where.theirs.refresh_from_db()
    assert (where.theirs.status, made.request) == ("removed", first)
    assert not queries.waits_for(where.director).exists()
    told = set(Notice.objects.filter(kind="request.answered.dropped").values_list("recipient", flat=True))
    assert {first.sent_by_id, second.sent_by_id} <= told


@pytest.mark.parametrize(
    ("action", "answer", "status", "outcome"),
    [("drop", "dropped", "removed", "removed"), ("simplify", "simplified", "simplified", "simplified"),
     ("keep", "kept", "kept", "kept")],
)  # fmt: skip
def test_each_answer_moves_the_register(action, answer, status, outcome):
    where = place()
    request = asked(where)
    made = answered(where.director, request, action)
    request.refresh_from_db()
    where.theirs.refresh_from_db()
    assert (request.answer, where.theirs.status, made.outcome) == (answer, status, outcome)


def test_silence_is_shown_and_can_be_broken_late():
    where = place()
    request = asked(where)
    assert clockwork.show_silence(request.due_on) == 0
    late = request.due_on + timedelta(days=1)
    assert clockwork.show_silence(late) == 1
    assert clockwork.show_silence(late) == 0
    request.refresh_from_db()
    assert (request.status, request.unanswered_on) == ("unanswered", late)
    assert Notice.objects.filter(kind="request.unanswered", recipient=where.manager).count() == 1
    assert Notice.objects.filter(kind="request.you_are_late", recipient=where.director).count() == 1
    Request.objects.update(sent_on=TODAY() - timedelta(days=70), due_on=TODAY() - timedelta(days=10))
    answered(where.director, request, "keep")
    request.refresh_from_db()
    assert (request.status, request.late) == ("answered", True)


def test_more_time_is_given_once_with_a_reason_and_for_all():
    where = place()
    first, (second, _signal) = asked(where), _another(where)
    due = first.due_on
    known: dict[str, Any] = {"actor": where.director, "request": first}
    with pytest.raises(ValidationError):
        requests.ask_for_time(**known, version=1, reason=" ")
    requests.ask_for_time(**known, version=1, reason="Vi venter på tall.")
    for row in (first, second):
        row.refresh_from_db()
        assert row.due_on == due + timedelta(days=house.rules().more_time_days)
        assert row.extended_from == due
        # The new day is told to the owner's others too, and not to the one who asked for it.
        told = Notice.objects.filter(kind="request.more_time", subject_id=str(row.pk))
        assert where.second.pk in told.values_list("recipient", flat=True)
        assert where.director.pk not in told.values_list("recipient", flat=True)
    with pytest.raises(Refused, match="once already"):
        requests.ask_for_time(**known, version=first.version, reason="Mer.")


def test_the_one_who_read_an_older_page_is_told():
    where = place()
    request = asked(where)
    words = requests.Given("Vi bruker det ikke.")
    requests.answer(actor=where.director, request=request, version=1, action="drop", given=words)
    with pytest.raises(Conflict):
        requests.answer(actor=where.second, request=request, version=1, action="drop", given=words)
    assert Decision.objects.count() == 1


def test_what_is_gone_already_is_answered_as_dropped_without_moving_anything():
    where = place()
    request = asked(where)
    Requirement.objects.filter(pk=where.theirs.pk).update(status="lapsed")
    with pytest.raises(Refused, match="no longer holds"):
        answered(where.director, request, "keep")
    answered(where.director, request, "drop")
    request.refresh_from_db()
    where.theirs.refresh_from_db()
    assert (request.answer, where.theirs.status) == ("dropped", "lapsed")


def test_a_review_date_lies_ahead_and_not_too_far():
    where = place()
    request = asked(where)
    for day in (TODAY(), TODAY() + timedelta(days=house.rules().longest_review_days + 1)):
        with pytest.raises(ValidationError):
            answered(where.director, request, "keep", review_on=day)


def test_the_most_hours_stand_first():
    where = place()
    small = RequirementFactory.create(document=where.theirs.document, start=60, end=90)
    for row, minutes in ((where.theirs, 10), (small, 1)):
        Requirement.objects.filter(pk=row.pk).update(
            minutes_low=minutes, minutes_high=2 * minutes, minutes_source="estimated", occasions_per_year=52,
            affected_count=212,
        )  # fmt: skip
    requests.send(
        actor=where.manager, requirement=small, organisation=where.body, asking=requests.Asking("drop", "x")
    )
    asked(where)
    found = queries.together(queries.waits_for(where.director))
    assert [one.requirement.pk for one in found] == [where.theirs.pk, small.pk]
    text = shown.sentence(found[0].behind, 9)
    assert text == "1,837–3,675 hours a year with 212 employees in 9 organisations."


def test_few_are_never_shown_as_a_figure():
    where = place()
    where.signal(where.theirs)
    weight = queries.behind(where.theirs)
    assert (weight.people, weight.hours_high, weight.source) == (None, None, "")
    assert "too few" in shown.sentence(weight, 1)


def test_the_letter_says_what_and_how_much_and_never_who():
    where = place(statutory=True, legal_basis="loven § 1")
    request = asked(where)
    letter = letters.to_owner(request)
    text = " ".join([letter.sender, letter.to, letter.subject, *letter.paragraphs, letter.signed])
    assert where.theirs.text in text
    assert "loven § 1" in text
    for person in (where.manager, where.work.employee, where.director):
        assert person.name not in text
    assert docx(letter)[:2] == b"PK"


def test_erasing_a_person_takes_the_name_and_leaves_the_answer():
    where = place()
    administrator = person_with(Role.SYSTEM_ADMINISTRATOR, where.owner)
    request = asked(where)
    answered(where.second, request, "keep")
    assert data_about(where.second)["outcomes"]["answered"]
    erase_person(actor=administrator, person=where.second)
    request.refresh_from_db()
    made = Decision.objects.get()
    assert (request.answered_by, made.decided_by, made.decided_role) == (None, None, "requirement_owner")
    assert request.answer_reason


# --- new duties ----------------------------------------------------------------------------------------------------


def test_a_duty_takes_effect_lapses_and_is_renewed():
    where = place()
    row = duty(where)
    assert clockwork.follow_duties(TODAY()) == 0
    assert clockwork.follow_duties(row.takes_effect_on) == 1
    assert clockwork.follow_duties(row.ends_on) == 0
    assert clockwork.follow_duties(row.ends_on + timedelta(days=1)) == 1
    row.refresh_from_db()
    assert row.status == "lapsed"
    with pytest.raises(ValidationError):
        duties.advance(
            actor=where.director, duty=row, version=row.version, action="renew",
            given=duties.Given("Trengs.", row.ends_on),
        )  # fmt: skip
    later = row.ends_on + timedelta(days=365)
    row = duties.advance(
        actor=where.director,
        duty=row,
        version=row.version,
        action="renew",
        given=duties.Given("Trengs.", later),
    )
    assert (row.status, row.ends_on) == ("in_effect", later)


@pytest.mark.parametrize(
    "values",
    [{"takes_effect_on": TODAY()}, {"ends_on": TODAY()}, {"hours_high": 1.0}, {"legal_basis": ""}, {"purpose": ""},
     {"ends_on": TODAY() + timedelta(days=3000)}],
)  # fmt: skip
def test_a_duty_that_is_not_whole_is_refused(values):
    where = place()
    with pytest.raises(ValidationError):
        duties.register(actor=where.director, organisation=where.owner, values=duty_values(**values))
    assert not NewDuty.objects.exists()


def test_what_is_collected_already_is_found_with_why_and_must_be_answered():
    where = place()
    where.theirs.requirement_class = "reporting"
    where.theirs.text = "Kommunen skal rapportere ukentlige fraværstall fra skolen."
    where.theirs.save()
    search.index([(where.theirs.pk, searchable(where.theirs))])
    with pytest.raises(ValidationError) as error:
        duties.register(actor=where.director, organisation=where.owner, values=duty_values())
    assert "overlap_answer" in error.value.error_dict
    made = duties.register(
        actor=where.director, organisation=where.owner, values=duty_values(overlap_answer="Annet nivå.")
    )
    (found,) = made.overlaps
    assert found["id"] == where.theirs.pk
    assert set(found["words"]) >= {"ukentlige", "fraværstall"}
    with pytest.raises(IntegrityError), transaction.atomic():
        NewDuty.objects.filter(pk=made.pk).update(overlap_answer="")


def test_what_is_exempt_must_be_answered_and_is_not_kept_for_all_to_read():
    where = place()
    where.theirs.requirement_class = "reporting"
    where.theirs.text = "Kommunen skal rapportere ukentlige fraværstall fra skolen."
    where.theirs.is_public = False
    where.theirs.save()
    search.index([(where.theirs.pk, searchable(where.theirs))])
    with pytest.raises(ValidationError):
        duties.register(actor=where.director, organisation=where.owner, values=duty_values())
    values = duty_values(overlap_answer="Annet nivå.")
    assert duties.register(actor=where.director, organisation=where.owner, values=values).overlaps == []


def test_another_new_duty_is_found_too_and_unlike_things_are_not():
    where = place()
    first = duty(where)
    found = overlaps.search(where.director, "Ukentlig fraværstall fra skolen", "Direktoratet")
    assert [(one.kind, one.id, one.same_recipient) for one in found] == [("new_duty", first.pk, True)]
    assert overlaps.search(where.director, "Antall biler i parkeringshuset", "Kommunen") == []


def test_a_decision_never_leaves_the_case_of_another_organisation_open_to_it():
    where = place()
    with pytest.raises(Refused):
        decided(where.director, where.ours, "removed")
