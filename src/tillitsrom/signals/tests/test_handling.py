"""Working with signals: nothing closes without a reason, everybody hears, two at once lose nothing, and the clock lifts what is late."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.people.actions import erase_person
from tillitsrom.people.models import Role
from tillitsrom.people.queries import data_about
from tillitsrom.people.tests.factories import MembershipFactory, person_with
from tillitsrom.register.tests.factories import RequirementFactory
from tillitsrom.signals import actions, queries, rules
from tillitsrom.signals.actions import clockwork
from tillitsrom.signals.models import Message, MeToo, Signal, SignalGroup, SignalStem

from .factories import sent, sent_confidentially, workplace

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[Any]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def opened(signal: Signal) -> Signal:
    """As if the Monday had come."""
    Signal.objects.filter(pk=signal.pk).update(week=signal.week - timedelta(weeks=1), opens_on=signal.week)
    clockwork.open_the_week()
    signal.refresh_from_db()
    return signal


@pytest.mark.parametrize(("lane", "days"), [("remove_here", 14), ("clarify", 30), ("redesign", 60)])
def test_the_lane_decides_the_date(lane, days):
    place = workplace()
    signal = sent(place)
    row = actions.advance(actor=place.manager, signal=signal, version=1, action="assess", lane=lane)
    assert (row.status, row.lane) == ("assessed", lane)
    assert row.promised_on == timezone.localdate() + timedelta(days=days)
    assert told("signal.assess") == {place.employee.pk}


def test_the_answer_reaches_the_sender_and_every_me_too():
    place = workplace()
    signal = sent(place)
    actions.me_too(actor=place.colleague, signal=signal)
    row = actions.answer(
        actor=place.manager, signal=signal, version=1, outcome="removed", reason="Ingen brukte det."
    )
    assert (row.status, row.outcome, row.answered_on) == ("answered", "removed", timezone.localdate())
    assert told("signal.answered.removed") == {place.employee.pk, place.colleague.pk}
    with pytest.raises(WrongState):
        actions.answer(actor=place.manager, signal=signal, version=2, outcome="kept", reason="Nei.")


@pytest.mark.parametrize(
    ("outcome", "reason"), [("", "Fordi."), ("removed", ""), ("removed", "  "), ("x", "Fordi.")]
)
def test_nothing_closes_without_an_outcome_and_a_reason(outcome, reason):
    place = workplace()
    signal = sent(place)
    with pytest.raises(ValidationError):
        actions.answer(actor=place.manager, signal=signal, version=1, outcome=outcome, reason=reason)
    signal.refresh_from_db()
    assert (signal.status, signal.version) == ("received", 1)


def test_an_old_page_overwrites_nothing():
    place = workplace()
    signal = sent(place)
    actions.advance(actor=place.manager, signal=signal, version=1, action="assess", lane="clarify")
    with pytest.raises(Conflict, match="changed this signal"):
        actions.answer(actor=place.top, signal=signal, version=1, outcome="kept", reason="Det trengs.")
    signal.refresh_from_db()
    assert (signal.status, signal.outcome) == ("assessed", "")


def test_the_group_is_answered_together_and_can_be_taken_apart():
    place = workplace()
    first, second, third = sent(place), sent(place, place.colleague), sent(place, place.top)
    actions.join(actor=place.manager, signal=second, version=1, other=first)
    actions.join(actor=place.manager, signal=third, version=1, other=second)
    third.refresh_from_db()
    assert "skjemaet" in third.grouped_why
    actions.leave(actor=place.manager, signal=third, version=third.version)
    first.refresh_from_db()
    actions.answer(
        actor=place.manager, signal=first, version=first.version, outcome="simplified", reason="Kortere."
    )
    third.refresh_from_db()
    second.refresh_from_db()
    assert (second.status, second.reason, third.status) == ("answered", "Kortere.", "received")
    assert told("signal.answered.simplified") == {place.employee.pk, place.colleague.pk}


def test_a_group_of_one_is_no_group():
    place = workplace()
    first, second = sent(place), sent(place, place.colleague)
    actions.join(actor=place.colleague, signal=second, version=1, other=first)
    second.refresh_from_db()
    assert second.grouped_by == "sender"
    actions.leave(actor=place.colleague, signal=second, version=second.version)
    first.refresh_from_db()
    assert first.group is None
    assert not SignalGroup.objects.exists()


def test_only_the_sender_and_the_handlers_put_together():
    place = workplace()
    first, second = sent(place), sent(place, place.colleague)
    with pytest.raises(Refused):
        actions.join(actor=place.employee, signal=second, version=1, other=first)
    with pytest.raises(ValidationError, match="different organisations"):
        actions.join(actor=place.manager, signal=second, version=1, other=sent(workplace()))
    with pytest.raises(ValidationError):
        actions.join(actor=place.manager, signal=second, version=1, other=second)


def test_what_is_put_together_follows_the_one_that_was_assessed():
    place = workplace()
    first, second = sent(place), sent(place, place.colleague)
    actions.advance(actor=place.manager, signal=first, version=1, action="assess", lane="redesign")
    row = actions.join(actor=place.manager, signal=second, version=1, other=first)
    assert (row.status, row.lane) == ("assessed", "redesign")
    first.refresh_from_db()
    actions.hand_over(
        actor=place.manager, signal=first, version=first.version, target="on_trial", note="Vi prøver."
    )
    second.refresh_from_db()
    assert second.status == "on_trial"


def test_alike_is_explained_and_only_what_may_be_read_is_shown():
    place = workplace()
    first = sent(place)
    sent(place, what="Møterommet er alltid opptatt av andre")
    found = queries.alike_at_work(
        place.colleague, "Skjemaet: papir og fagsystem", organisation_id=place.organisation.pk
    )
    assert [(one.signal, one.words) for one in found] == [(first, ["skjemaet", "papir", "fagsystemet"])]
    stranger = workplace().employee
    assert queries.alike_at_work(stranger, first.what, organisation_id=place.organisation.pk) == []
    secret = opened(sent_confidentially(place).signal)
    assert SignalStem.objects.filter(signal=secret).exists()
    assert [
        one.signal
        for one in queries.alike_at_work(place.colleague, first.what, organisation_id=place.organisation.pk)
    ] == [first]


def test_the_owner_of_the_requirement_answers_what_lies_there():
    place = workplace()
    requirement = RequirementFactory.create(addressee=place.organisation)
    signal = sent(place, requirement=requirement)
    owner = person_with(Role.REQUIREMENT_OWNER, requirement.imposing_body)
    with pytest.raises(Refused):
        actions.answer(actor=owner, signal=signal, version=1, outcome="rule_changed", reason="Vi endrer den.")
    row = actions.hand_over(
        actor=place.manager, signal=signal, version=1, target="with_owner", note="Deres regel."
    )
    done = actions.answer(actor=owner, signal=row, version=2, outcome="rule_changed", reason="Vi endrer den.")
    assert done.status == "answered"


def test_handing_over_elsewhere_is_a_mistake_in_the_code():
    place = workplace()
    with pytest.raises(ValueError, match="cannot be handed over"):
        actions.hand_over(actor=place.manager, signal=sent(place), version=1, target="answered", note="x")


def test_passing_on_needs_somebody_new_and_says_so_to_them():
    place = workplace()
    signal = sent(place)
    row = actions.pass_on(
        actor=place.manager, signal=signal, version=1, owner=place.top, note="Du bestemmer."
    )
    assert row.owner == place.top
    assert told("signal.given") == {place.top.pk}
    with pytest.raises(ValidationError):
        actions.pass_on(actor=place.top, signal=row, version=2, owner=place.top, note="x")


def test_the_sender_may_open_it_again_once():
    place = workplace()
    signal = sent(place)
    row = actions.answer(actor=place.manager, signal=signal, version=1, outcome="kept", reason="Det trengs.")
    row = actions.reopen(actor=place.employee, signal=row, version=2, reason="Hva trengs det til?")
    assert (row.status, row.outcome) == ("reopened", "")
    assert told("signal.reopened") == {place.manager.pk}
    row = actions.answer(actor=place.manager, signal=row, version=3, outcome="kept", reason="Til tilsynet.")
    with pytest.raises(Refused, match="once already"):
        actions.reopen(actor=place.employee, signal=row, version=4, reason="Nei.")


def test_what_is_late_goes_up_once_and_again_after_a_week():
    place = workplace()
    signal = sent(place)
    late = signal.promised_on + timedelta(days=1)
    assert clockwork.lift_what_is_late(signal.promised_on) == 0
    assert clockwork.lift_what_is_late(late) == 1
    assert clockwork.lift_what_is_late(late) == 0
    signal.refresh_from_db()
    assert (signal.owner, signal.escalated_on) == (place.middle, late)
    assert told("signal.late") == {place.manager.pk, place.employee.pk}
    assert clockwork.lift_what_is_late(late + timedelta(days=7)) == 1
    assert clockwork.lift_what_is_late(late + timedelta(days=14)) == 0
    signal.refresh_from_db()
    assert signal.owner == place.top
    assert events.history(signal).filter(kind="signal.escalate").count() == 2


def test_one_who_has_left_owns_nothing():
    place = workplace()
    signal = sent(place)
    place.manager.memberships.update(valid_from="2020-01-01", valid_to="2020-02-01")
    assert clockwork.find_new_owners() == 1
    assert clockwork.find_new_owners() == 0
    signal.refresh_from_db()
    assert signal.owner == place.middle


def test_the_week_opens_together_with_one_notice_and_no_words():
    place = workplace()
    rows = [sent_confidentially(place, what=f"Hemmelig sak nummer {n} om skjema").signal for n in range(3)]
    assert clockwork.open_the_week() == 0
    monday = rows[0].opens_on
    assert clockwork.open_the_week(monday) == 3
    assert clockwork.open_the_week(monday) == 0
    notice = Notice.objects.get()
    assert (notice.recipient, notice.data) == (place.top, {"count": 3})
    assert {e.actor for e in Event.objects.filter(kind="signal.opened")} == {None}


def test_nobody_handles_a_confidential_signal_before_it_opens():
    place = workplace()
    signal = sent_confidentially(place).signal
    assert not rules.visible_to(place.top).exists()
    with pytest.raises(Refused, match="open together"):
        actions.answer(actor=place.top, signal=signal, version=1, outcome="kept", reason="Nei.")


def test_the_talk_by_code_goes_both_ways_and_stores_no_hour():
    place = workplace()
    signal = opened(sent_confidentially(place).signal)
    actions.say(actor=place.top, signal=signal, text="Hvilket skjema mener du?")
    message = actions.say_by_code(signal=signal, text="Det gule.")
    assert (message.author, message.sent_at, message.by_sender) == (None, None, True)
    assert [one.text for one in rules.messages_visible_to(place.top, signal)] == ["Hvilket skjema mener du?"]
    Message.objects.filter(pk=message.pk).update(opens_on=timezone.localdate())
    assert clockwork.open_the_week() == 1
    assert {one.text for one in rules.messages_visible_to(place.top, signal)} == {
        "Hvilket skjema mener du?",
        "Det gule.",
    }


def test_a_confidential_sender_may_open_it_again_once_by_the_code():
    place = workplace()
    signal = opened(sent_confidentially(place).signal)
    signal = actions.answer(actor=place.top, signal=signal, version=1, outcome="kept", reason="Det trengs.")
    message = actions.say_by_code(signal=signal, text="Det er ikke noe svar.", reopens=True)
    with pytest.raises(Refused, match="once already"):
        actions.say_by_code(signal=signal, text="En gang til.", reopens=True)
    signal.refresh_from_db()
    assert signal.status == "answered"
    clockwork.open_the_week(message.opens_on)
    signal.refresh_from_db()
    assert (signal.status, signal.reopened_once) == ("reopened", True)


def test_the_unit_is_shown_only_from_five():
    place = workplace()
    rows = [opened(sent_confidentially(place).signal) for _n in range(4)]
    assert not rules.unit_may_be_shown(rows[0])
    opened(sent_confidentially(place).signal)
    assert rules.unit_may_be_shown(rows[0])


def test_the_weight_says_few_for_few_and_counts_each_person_once():
    place = workplace()
    requirement = RequirementFactory.create(addressee=place.organisation)
    signal = sent(place, requirement=requirement)
    sent(place, requirement=requirement)
    few = queries.weight(requirement)
    assert (few.people, few.signals, few.hours_low, few.is_small) == (None, 2, None, True)
    for _n in range(4):
        colleague = MembershipFactory.create(role=Role.EMPLOYEE, organisation=place.organisation).user
        actions.me_too(actor=colleague, signal=signal)
    found = queries.weight(requirement)
    assert (found.people, found.signals, found.organisations) == (5, 2, 1)
    # 330 hours at the least, 990 at the most: rounded outwards to two figures.
    assert 6 * 5 * 3 * 220 / 60 == 330
    assert (found.hours_low, found.hours_high) == (330, 990)


def test_erasing_a_person_takes_the_name_and_gives_what_they_owned_to_another():
    place = workplace()
    signal = sent(place)
    actions.me_too(actor=place.colleague, signal=signal)
    actions.say(actor=place.employee, signal=signal, text="Det haster.")
    assert data_about(place.employee)["signals"]["sent_openly"][0]["what"] == signal.what
    administrator = person_with(Role.SYSTEM_ADMINISTRATOR, place.organisation)
    for person in (place.employee, place.colleague, place.manager):
        erase_person(actor=administrator, person=person)
    signal.refresh_from_db()
    assert (signal.sender, signal.owner, signal.me_too_count) == (None, place.middle, 0)
    assert not MeToo.objects.exists()
    assert Message.objects.get().author is None


def test_erasing_the_last_who_can_own_is_refused():
    place = workplace()
    sent(place)
    for person in (place.manager, place.middle):
        person.memberships.all().delete()
    administrator = person_with(Role.SYSTEM_ADMINISTRATOR, workplace().organisation)
    place.top.memberships.all().delete()
    Signal.objects.update(owner=place.top)
    with pytest.raises(Refused, match="nobody else can take them"):
        erase_person(actor=administrator, person=place.top)
