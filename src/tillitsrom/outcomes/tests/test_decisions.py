"""Decisions: what they do to the register, the signals and the case, and what they refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from tillitsrom.cooperation.tests.factories import body, case_in, minuted
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.outcomes import hooks
from tillitsrom.outcomes.actions import clockwork, decisions, obstacles, requests
from tillitsrom.outcomes.models import Decision, LegalObstacle, Request
from tillitsrom.people.models import Role
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, person_with
from tillitsrom.register.models import Requirement
from tillitsrom.register.tests.factories import RequirementFactory
from tillitsrom.signals.actions import me_too
from tillitsrom.signals.models import Signal
from tillitsrom.signals.tests.factories import sent, sent_confidentially

from .factories import TODAY, answered, asked, decided, given, place

pytestmark = pytest.mark.django_db

REACHES = {
    "removed": "removed", "simplified": "simplified", "delegated": "delegated", "tried_out": "on_trial", "kept": "kept",
}  # fmt: skip


@pytest.mark.parametrize("outcome", REACHES)
def test_the_owner_decides_the_register_moves_and_every_sender_is_told(outcome):
    where = place()
    first, other = where.signal(where.ours), where.signal(where.ours, where.work.colleague)
    me_too(actor=where.work.middle, signal=first)
    made = decided(where.manager, first, outcome)
    where.ours.refresh_from_db()
    assert where.ours.status == REACHES[outcome]
    for signal in (first, other):
        signal.refresh_from_db()
        assert (signal.status, signal.outcome) == ("answered", outcome)
        assert signal.reason.startswith("Ingen bruker det.")
    told = set(Notice.objects.filter(kind=f"signal.answered.{outcome}").values_list("recipient", flat=True))
    assert {where.work.employee.pk, where.work.colleague.pk, where.work.middle.pk} <= told
    assert set(made.signals.all()) == {first, other}
    assert Event.objects.filter(kind="decision.made", subject_id=made.pk).count() == 1


def test_a_routine_without_a_requirement_is_decided_by_the_one_who_handles_the_signal():
    where = place()
    signal = where.signal()
    made = decided(where.work.manager, signal, "simplified")
    signal.refresh_from_db()
    assert (signal.status, made.requirement, made.text) == ("answered", None, "To sider er nok.")
    assert "To sider er nok." in signal.reason


@pytest.mark.parametrize(
    "status", ["in_force", "questioned", "under_review", "kept", "simplified", "delegated", "on_trial"]
)
def test_whatever_state_it_was_in_it_is_taken_up_for_review_first(status):
    where = place()
    Requirement.objects.filter(pk=where.ours.pk).update(status=status, status_reason="x", review_on=TODAY())
    decided(where.manager, where.ours, "removed")
    where.ours.refresh_from_db()
    assert where.ours.status == "removed"


def test_what_another_body_imposes_is_asked_of_it_and_not_decided():
    where = place()
    signal = where.signal(where.theirs)
    made = decided(where.manager, signal, "removed")
    assert made.outcome == "rule_changed"
    assert made.request is not None
    assert (made.request.owner, made.request.asks, made.request.status) == (where.owner, "drop", "sent")
    signal.refresh_from_db()
    where.theirs.refresh_from_db()
    assert signal.status == "with_owner"
    assert where.theirs.status == "questioned"
    assert set(made.request.signals.all()) == {signal}
    told = Notice.objects.filter(kind="request.received").values_list("recipient", flat=True)
    assert set(told) == {where.director.pk, where.second.pk}


def test_it_is_tried_out_in_a_unit_of_the_body_that_decides():
    where = place()
    with pytest.raises(ValidationError) as error:
        decided(where.manager, where.ours, "tried_out", trial_unit=UnitFactory.create())
    assert list(error.value.error_dict) == ["trial_unit"]
    unit = UnitFactory.create(organisation=where.body)
    assert decided(where.manager, where.ours, "tried_out", trial_unit=unit).trial_unit == unit


@pytest.mark.parametrize("outcome", ["kept", "delegated", "tried_out"])
def test_nobody_keeps_or_delegates_what_another_body_imposes(outcome):
    where = place()
    with pytest.raises(Refused, match="Only the body that imposes"):
        decided(where.manager, where.signal(where.theirs), outcome)
    assert not Decision.objects.exists()


def test_the_law_is_asked_about_with_its_section_and_lands_among_the_hindrances():
    where = place(statutory=True, legal_basis="helsepersonelloven § 40")
    made = decided(where.manager, where.signal(where.theirs), "removed")
    obstacle = LegalObstacle.objects.get()
    assert made.request is not None
    assert (obstacle.law, obstacle.section) == ("helsepersonelloven", "§ 40")
    assert made.request.section == "helsepersonelloven § 40"
    other = OrganisationFactory.create()
    Signal.objects.filter(pk=made.signals.get().pk).update(organisation=other)
    requests.send(
        actor=person_with(Role.MANAGER, other), requirement=where.theirs, organisation=other,
        asking=requests.Asking("drop", "Vi også."),
    )  # fmt: skip
    assert LegalObstacle.objects.count() == 1


def test_a_law_without_its_section_is_not_asked_about():
    where = place(statutory=True)
    with pytest.raises(ValidationError) as error:
        decided(where.manager, where.signal(where.theirs), "removed")
    assert "section" in error.value.error_dict
    assert not Request.objects.exists()


def test_the_owner_cannot_remove_what_the_law_demands():
    where = place(statutory=True, legal_basis="loven § 1")
    with pytest.raises(Refused, match="required by law"):
        decided(where.director, where.theirs, "removed")
    where.theirs.refresh_from_db()
    assert where.theirs.status == "in_force"


def test_when_the_law_is_changed_the_requirement_can_go():
    where = place(statutory=True, legal_basis="loven § 1")
    request = asked(where)
    answered(where.director, request, "promise_law")
    obstacle = LegalObstacle.objects.get()
    assert obstacle.status == "promised"
    obstacles.change(
        actor=where.second, obstacle=obstacle, version=obstacle.version, reason="Loven er endret."
    )
    where.theirs.refresh_from_db()
    obstacle.refresh_from_db()
    assert (where.theirs.status, where.theirs.statutory, obstacle.status) == ("removed", False, "changed")


def test_the_owners_decision_answers_the_requests_that_waited():
    where = place()
    signal = where.signal(where.theirs)
    request = asked(where)
    made = decided(where.director, where.theirs, "simplified")
    for row in (request, signal, where.theirs):
        row.refresh_from_db()
    assert (request.status, request.answer, made.request) == ("answered", "simplified", request)
    assert (signal.status, signal.outcome, where.theirs.text) == (
        "answered",
        "simplified",
        "To sider er nok.",
    )


def test_merging_needs_another_requirement_that_holds():
    where = place()
    with pytest.raises(ValidationError) as error:
        decided(where.manager, where.ours, "merged")
    assert "merged_into" in error.value.error_dict
    other = RequirementFactory.create(document=where.ours.document, start=60, end=90)
    made = decided(where.manager, where.ours, "merged", merged_into=other)
    where.ours.refresh_from_db()
    assert (where.ours.status, where.ours.merged_into, made.merged_into) == ("merged", other, other)


@pytest.mark.parametrize(
    ("outcome", "left_out"),
    [("removed", "reason"), ("simplified", "text"), ("kept", "review_on"), ("delegated", "limits"), ("delegated", "heard"),
     ("tried_out", "hypothesis"), ("tried_out", "trial_to"), ("tried_out", "consented")],
)  # fmt: skip
def test_what_is_missing_stops_everything(outcome, left_out):
    where = place()
    signal = where.signal(where.ours)
    with pytest.raises(ValidationError) as error:
        decided(
            where.manager, signal, outcome, **{left_out: None if left_out.endswith(("on", "to")) else " "}
        )
    assert left_out in error.value.error_dict
    signal.refresh_from_db()
    where.ours.refresh_from_db()
    assert (signal.status, where.ours.status) == ("received", "in_force")


def test_deciding_twice_is_told_and_does_nothing():
    where = place()
    signal = where.signal(where.ours)
    version = signal.version
    decided(where.manager, signal, "removed")
    with pytest.raises(Conflict):
        decisions.decide(
            actor=where.manager, subject=signal, version=version, outcome="kept", given=given("kept")
        )
    signal.refresh_from_db()
    with pytest.raises(Refused, match="answered already"):
        decisions.decide(
            actor=where.manager, subject=signal, version=signal.version, outcome="kept", given=given("kept")
        )
    where.ours.refresh_from_db()
    with pytest.raises((Refused, WrongState)):
        decided(where.manager, where.ours, "kept")
    assert Decision.objects.count() == 1


def test_a_confidential_signal_that_opens_later_gets_the_answer_too():
    where = place()
    code = sent_confidentially(where.work, requirement=where.ours)
    decided(where.manager, where.ours, "removed")
    code.signal.refresh_from_db()
    assert code.signal.status == "received"
    opens = code.signal.opens_on
    assert clockwork.answer_what_has_opened(opens) == 0
    Signal.objects.filter(pk=code.signal.pk).update(opened=True, opens_on=TODAY())
    Decision.objects.update(decided_on=code.signal.week)
    if TODAY() == code.signal.week:
        Signal.objects.filter(pk=code.signal.pk).update(week=code.signal.week)
        Decision.objects.update(decided_on=TODAY() - (opens - TODAY()))
        Signal.objects.filter(pk=code.signal.pk).update(week=code.signal.week - (opens - code.signal.week))
    assert clockwork.answer_what_has_opened(TODAY()) == 1
    code.signal.refresh_from_db()
    assert (code.signal.status, code.signal.outcome) == ("answered", "removed")
    assert clockwork.answer_what_has_opened(TODAY()) == 0


def test_the_ledger_is_told_in_the_same_transaction(monkeypatch):
    seen: list[Decision] = []
    monkeypatch.setattr(hooks, "decided", [seen.append])
    where = place()
    made = decided(where.manager, where.ours, "removed")
    assert seen == [made]

    def fails(_decision):
        raise RuntimeError("no room")

    monkeypatch.setattr(hooks, "decided", [fails])
    signal = where.signal()
    with pytest.raises(RuntimeError):
        decided(where.manager, signal, "removed")
    signal.refresh_from_db()
    assert signal.status == "received"


# --- cases ---------------------------------------------------------------------------------------------------------


def _case(status, **values):
    where = body()
    requirement = RequirementFactory.create(
        document__imposing_body=where.organisation, document__addressee=where.organisation
    )
    case = case_in(where, status, requirements=(requirement,), **values)
    return where, case, requirement


@pytest.mark.parametrize("status", ["raised", "classified", "called"])
def test_a_case_is_never_decided_before_the_parties_have_met(status):
    where, case, requirement = _case(status)
    with pytest.raises(Refused):
        decided(where.manager, case, "removed")
    requirement.refresh_from_db()
    assert requirement.status == "in_force"


@pytest.mark.parametrize("minutes", [True, False])
def test_a_case_that_was_held_is_decided_and_closed_when_its_minutes_are_approved(minutes):
    where, case, requirement = _case("held")
    if minutes:
        minuted(case)
    made = decided(where.manager, case, "removed")
    case.refresh_from_db()
    requirement.refresh_from_db()
    assert case.status == ("closed" if minutes else "decided")
    assert (requirement.status, made.case, made.requirement) == ("removed", case, requirement)
    with pytest.raises(Refused):
        decided(where.manager, case, "kept")


def test_a_case_about_what_another_body_imposes_sends_its_signals_to_the_owner():
    where = body()
    requirement = RequirementFactory.create(document__addressee=where.organisation)
    member = person_with(Role.EMPLOYEE, where.organisation)
    work = type("Work", (), {"organisation": where.organisation, "unit": None, "employee": member})()
    signal = sent(work, member)
    case = case_in(where, "held", requirements=(requirement,), signals=((signal, signal.version),))
    made = decided(where.manager, case, "removed")
    signal.refresh_from_db()
    assert (made.outcome, signal.status) == ("rule_changed", "with_owner")
    assert made.request is not None
    assert set(made.request.signals.all()) == {signal}
    assert made.request.case == case
    owner = person_with(Role.MANAGER, requirement.imposing_body)
    answered(owner, made.request, "simplify")
    signal.refresh_from_db()
    assert (signal.status, signal.outcome) == ("answered", "simplified")


@pytest.mark.parametrize("person", ["representative", "other"])
def test_only_the_employer_decides_a_case(person):
    where, case, _requirement = _case("held")
    with pytest.raises(Refused, match="speak for the employer"):
        decided(getattr(where, person), case, "removed")


@override_settings(SMALLEST_GROUP=3)
def test_what_stands_behind_is_kept_with_the_request_and_guarded_for_few():
    where = place()
    where.signal(where.theirs)
    assert asked(where).people is None
    Request.objects.all().delete()
    for person in (where.work.colleague, where.work.middle):
        where.signal(where.theirs, person)
    again = asked(where)
    assert again.people == 3
    assert again.hours_high
    assert again.hours_low
    assert again.hours_high > again.hours_low
