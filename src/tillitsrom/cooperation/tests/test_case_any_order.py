"""No order of steps goes round the guards: whatever is tried, a case is never decided before it was held."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tillitsrom.cooperation import rules
from tillitsrom.cooperation.actions import cases
from tillitsrom.cooperation.models import Body, Case, Meeting
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.rulesets.tests.factories import body

from .factories import agreed_positions, classified, end, meeting

STEPS = ("classify", "light", "contest", "confirm_e", "confirm_u", "announce", "call", "hold", "again", "decide",
         "agree", "disagree", "position", "uncall", "close", "forum")  # fmt: skip


class AnyOrder(TestCase):
    """Whatever is tried in whatever order, a case of these forms is never decided before it was held."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.sampled_from(STEPS), min_size=4, max_size=25),
        st.sampled_from(["discussion", "negotiation"]),
    )
    def test_no_order_of_steps_decides_before_the_meeting(self, steps, form):
        where = body()
        case = classified(where, form)
        held_rounds = set()
        for step in steps:
            case = Case.objects.get(pk=case.pk)
            before = case.status
            try:
                with transaction.atomic():
                    _try(step, where, case)
            except (Refused, WrongState, Conflict, ValidationError, IntegrityError):
                continue
            case = Case.objects.get(pk=case.pk)
            if step == "hold" and _in_decision_line(case):
                held_rounds.add(case.rounds)
            if case.status in ("decided", "agreed", "disagreed") and before != case.status:
                confirmed_lighter = case.form not in rules.IN_MEETINGS and not case.form_open
                # Who disagrees only says so; the guards are about what is settled.
                settled = case.status in ("decided", "agreed")
                assert not settled or case.rounds in held_rounds or confirmed_lighter, steps
                assert case.contested_by is None or case.status == "disagreed"


def _in_decision_line(case):
    """Whether the last meeting was in a body that can do more than recommend."""
    meeting_ = case.agenda_items.latest("pk").meeting
    return meeting_.body is None


def _meets(step, where, case):
    if step in ("call", "forum"):
        forum = None
        if step == "forum":
            forum, _new = Body.objects.get_or_create(
                organisation=where.organisation,
                name="Forum",
                defaults={"kind": "free", "line": "development"},
            )
        cases.mark_called(actor=where.manager, case=case, meeting=meeting(where, case, body_=forum))
        return
    item = case.agenda_items.filter(live=True).first()
    if item is None:
        raise WrongState
    end(item.meeting, Meeting.Status.HELD if step == "hold" else Meeting.Status.CANCELLED)
    mark = cases.mark_held if step == "hold" else cases.mark_called_off
    mark(actor=where.manager, case=case, meeting=item.meeting)


def _try(step, where, case):
    if step in ("call", "forum", "hold", "uncall"):
        return _meets(step, where, case)
    known = {"case": case, "version": case.version}
    e, u = {"actor": where.manager, **known}, {"actor": where.representative, **known}
    return {
        "classify": lambda: cases.classify(**e, answers={}, form="discussion", reason="x"),
        "light": lambda: cases.classify(**e, answers={}, form="information", reason="x"),
        "contest": lambda: cases.contest(**u, reason="x"),
        "confirm_e": lambda: cases.confirm(**e),
        "confirm_u": lambda: cases.confirm(**u),
        "announce": lambda: cases.announce(**e, announced="Ja"),
        "again": lambda: cases.discuss_again(**u, reason="x"),
        "decide": lambda: cases.decide(**e, decision="Ja", reason="x"),
        "agree": lambda: cases.agree(**e, agreed="Ja"),
        "disagree": lambda: cases.disagree(**u, reason="x"),
        "position": lambda: agreed_positions(where, case),
        "close": lambda: cases.close(**e),
    }[step]()
