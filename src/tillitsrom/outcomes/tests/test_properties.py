"""Whatever is decided, by whomever and in whatever order: nobody waits for nothing, and the law is never removed here."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.outcomes.actions import clockwork
from tillitsrom.outcomes.models import DECIDED, OPEN, Decision, Request
from tillitsrom.register.models import Requirement
from tillitsrom.signals.models import Signal

from .factories import answered, asked, decided, place

pytestmark = pytest.mark.django_db
WHO = ("manager", "director", "second")
STEPS = st.one_of(
    st.tuples(st.just("decide"), st.sampled_from(WHO), st.sampled_from(["signal", "ours", "theirs"]), st.sampled_from(DECIDED)),
    st.tuples(st.just("ask"), st.sampled_from(WHO), st.just(""), st.just("")),
    st.tuples(st.just("answer"), st.sampled_from(WHO), st.just(""), st.sampled_from(["drop", "simplify", "keep", "promise_law"])),
    st.tuples(st.just("clock"), st.just("manager"), st.just(""), st.just("")),
)  # fmt: skip


class AnyOrder(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=st.lists(STEPS, min_size=1, max_size=6), statutory=st.booleans())
    def test_nobody_is_left_waiting_for_nothing_and_no_law_is_removed(self, steps, statutory):
        where = place(statutory=statutory, legal_basis="loven § 1" if statutory else "")
        signal = where.signal(where.theirs)
        where.signal(where.ours, where.work.colleague)
        for step in steps:
            _try(step, where, signal)
            _holds(statutory)


def _try(step, where, signal):
    what, who, about, word = step
    actor = getattr(where, who)
    try:
        if what == "decide":
            subject = {"signal": signal, "ours": where.ours, "theirs": where.theirs}[about]
            decided(actor, subject, word)
        elif what == "ask":
            asked(where, by=actor)
        elif what == "answer":
            for request in Request.objects.filter(status__in=OPEN)[:1]:
                answered(actor, request, word)
        else:
            clockwork.show_silence()
    except (Refused, WrongState, Conflict, ValidationError):
        pass


def _holds(statutory):
    for made in Decision.objects.all():
        waiting = made.signals.exclude(status=Signal.Status.ANSWERED)
        if made.outcome == "rule_changed":
            # What is asked of the owner waits for the owner, and only as long as the request does.
            assert made.request is not None
            assert not waiting.exists() or made.request.status in OPEN
            assert not waiting.exclude(status=Signal.Status.WITH_OWNER).exists()
        else:
            assert not waiting.exists()
            if made.requirement_id:
                later = Signal.objects.filter(requirement=made.requirement_id).exclude(status="answered")
                assert not later.exists()
        assert made.reason
    if statutory:
        assert not Requirement.objects.filter(statutory=True, status="removed").exists()
    for row in Requirement.objects.filter(status="removed"):
        assert not row.requests.filter(status__in=OPEN).exists()
