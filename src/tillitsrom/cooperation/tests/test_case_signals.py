"""No signal lies in a case that has ended: it is answered, lies in another case, or is with its owner again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tillitsrom.cooperation.actions import cases
from tillitsrom.cooperation.models import Case
from tillitsrom.core.models import Event
from tillitsrom.notices.models import Notice
from tillitsrom.people.models import Membership, User
from tillitsrom.rulesets.tests.factories import Body, body
from tillitsrom.signals import lanes
from tillitsrom.signals.actions import advance, answer, me_too
from tillitsrom.signals.models import Signal
from tillitsrom.signals.tests.factories import Workplace, sent, workplace

from .factories import met, minuted

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Workplace:
    return workplace()


@pytest.fixture
def where(at: Workplace) -> Body:
    """The parties of the workplace."""
    place = body()
    for party in place.parties:
        party.organisation = at.organisation
        party.save()
    Membership.objects.filter(user__in=(place.manager, place.representative)).update(
        organisation=at.organisation
    )
    return replace(place, organisation=at.organisation)


def case_from(where: Body, *signals: Signal, by: User | None = None) -> Case:
    fresh = [Signal.objects.get(pk=one.pk) for one in signals]
    draft = cases.Draft(
        organisation=where.organisation,
        values={"question": "Skal vi slutte med skjemaet?"},
        origin=Case.Origin.SIGNALS,
        signals=tuple((one, one.version) for one in fresh),
    )
    return cases.raise_case(actor=by or where.representative, draft=draft)


def withdraw(where: Body, case: Case) -> Case:
    case.refresh_from_db()
    return cases.withdraw(
        actor=where.representative, case=case, version=case.version, reason="Hemmelig grunn."
    )


def told(person: User) -> set[str]:
    return set(Notice.objects.filter(recipient=person, kind__startswith="signal.came_back").values_list("kind", flat=True))  # fmt: skip


def in_lane(at: Workplace, signal: Signal, lane: str = "clarify") -> Signal:
    return advance(actor=at.manager, signal=signal, version=signal.version, action="assess", lane=lane)


def test_a_withdrawn_case_gives_its_signal_back_with_a_new_promise_and_everybody_is_told(at, where):
    signal = in_lane(at, sent(at))
    me_too(actor=at.colleague, signal=signal)
    case = case_from(where, signal)
    before = timezone.localdate() - timedelta(days=40)
    Signal.objects.filter(pk=signal.pk).update(promised_on=before, escalated_on=before)
    owner, version = signal.owner, Signal.objects.get(pk=signal.pk).version
    withdraw(where, case)
    signal.refresh_from_db()
    assert (signal.status, signal.owner, signal.escalated_on) == ("in_progress", owner, None)
    assert signal.promised_on == lanes.promised("clarify", timezone.localdate())
    assert signal.version == version + 1
    assert told(at.employee) == told(at.colleague) == {"signal.came_back"}
    assert told(owner) == {"signal.came_back_to_owner"}
    noted = Event.objects.get(kind="signal.take_back", subject_id=signal.pk)
    assert case.number in noted.data["note"]
    assert "Hemmelig" not in noted.data["note"], "a case may be exempt, and the sender reads this"


def test_the_owner_can_answer_what_came_back(at, where):
    signal = sent(at)
    withdraw(where, case_from(where, signal))
    signal.refresh_from_db()
    answer(actor=signal.owner, signal=signal, version=signal.version, outcome="removed", reason="Vi slutter.")
    assert Signal.objects.get(pk=signal.pk).status == "answered"


def test_what_lies_in_another_living_case_stays_there_until_that_ends_too(at, where):
    signal = sent(at)
    first, second = case_from(where, signal), case_from(where, signal)
    withdraw(where, first)
    assert Signal.objects.get(pk=signal.pk).status == "in_case"
    withdraw(where, second)
    assert Signal.objects.get(pk=signal.pk).status == "in_progress"


def test_what_was_answered_or_lies_elsewhere_is_left_alone(at, where):
    answered, taken = sent(at), sent(at)
    case = case_from(where, answered, taken)
    one = Signal.objects.get(pk=answered.pk)
    answer(actor=one.owner, signal=one, version=one.version, outcome="kept", reason="Loven krever det.")
    other = Signal.objects.get(pk=taken.pk)
    advance(actor=other.owner, signal=other, version=other.version, action="on_trial", note="Prøves.")
    withdraw(where, case)
    assert Signal.objects.get(pk=answered.pk).status == "answered"
    assert Signal.objects.get(pk=taken.pk).status == "on_trial"
    assert not Notice.objects.filter(kind__startswith="signal.came_back").exists()


@pytest.mark.parametrize("end", ["decided", "disagreed"])
def test_a_case_that_closes_without_answering_gives_its_signal_back(at, where, end):
    signal = sent(at)
    case = case_from(where, signal)
    known: dict[str, Any] = {"actor": where.representative, "answers": {}}
    if end == "disagreed":
        known |= {"form": "negotiation", "reason": "Vi vil forhandle."}
    case = met(where, cases.classify(case=case, version=case.version, **known))
    if end == "decided":
        case = cases.decide(
            actor=where.manager, case=case, version=case.version, decision="Vi slutter.", reason="Journalen."
        )
    else:
        case = cases.disagree(actor=where.representative, case=case, version=case.version, reason="Nei.")
    minuted(case, "protokoll" if end == "disagreed" else "referat")
    case = cases.close(actor=where.manager, case=case, version=case.version)
    assert (case.status, Signal.objects.get(pk=signal.pk).status) == ("closed", "in_progress")
    assert told(at.employee) == {"signal.came_back"}
