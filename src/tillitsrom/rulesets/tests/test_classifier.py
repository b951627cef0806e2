"""No combination of answers is left without a reasoned result, and negotiation comes only by the listed grounds."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tillitsrom.rulesets import load
from tillitsrom.rulesets.classifier import TOPIC, classify, next_question, questions_for
from tillitsrom.rulesets.schema import CaseForm, Reply

ON = date(2026, 11, 28)
STATE = load.rule_sets()["state"]
ALL_THREE = {"chart": "yes", "six_months": "yes", "redeployment": "yes"}
# What Hovedavtalen i staten § 19 nr. 2 lists, with the answers that each ground needs; written down here, not read.
GROUNDS = {
    "STAT-19-2A": {"chart", "six_months", "redeployment"},
    "STAT-19-2B": {"new_post", "post_open"},
    "STAT-19-2C": {"welfare_funds"},
    "STAT-19-2D": {"regulation_changed"},
    "STAT-19-2E": {"premises_use"},
    "STAT-19-2F": {"letter_f"},
}


def about(*rules: str, **replies: str) -> dict[str, str]:
    return {**{TOPIC + rule: "yes" for rule in rules}, **replies}


@st.composite
def answers_in(draw, code):
    rules = load.rule_sets()[code]
    topics = draw(st.sets(st.sampled_from([rule.id for rule in rules.topics])))
    reply = st.sampled_from([*Reply.values, ""])
    replies = {name: draw(reply) for name in rules.questions}
    return about(*topics, **{name: value for name, value in replies.items() if value})


@pytest.mark.parametrize("code", load.AREAS)
def test_every_combination_of_answers_has_a_reasoned_result(code):
    rules = load.rule_sets()[code]

    @given(answers=answers_in(code), on=st.dates(date(2020, 1, 1), date(2035, 1, 1)))
    def holds(answers, on):
        found = classify(rules, answers, on)
        assert found.reason
        assert found.section
        assert found.sources
        assert found.form in rules.minutes
        assert found.form in rules.paths
        assert found.verified == rules.rules[found.rule_id].provision.verified_on(on)
        assert set(found.unsettled) <= {q.id for q in questions_for(rules, answers)}

    holds()


@given(answers=answers_in("state"))
def test_negotiation_comes_only_by_a_listed_ground_with_every_condition_answered_yes(answers):
    found = classify(STATE, answers, ON)
    met = {
        ground
        for ground, needs in GROUNDS.items()
        if answers.get(TOPIC + ground) == "yes" and all(answers.get(name) == "yes" for name in needs)
    }
    if answers.get("only_layout") != "no":
        met.discard("STAT-19-2E")
    assert (found.form == CaseForm.NEGOTIATION) == bool(met)
    assert found.form != CaseForm.NEGOTIATION or found.rule_id in met


@pytest.mark.parametrize("code", load.AREAS)
def test_asking_ends(code):
    rules = load.rule_sets()[code]

    @given(answers=answers_in(code), reply=st.sampled_from(Reply.values))
    def ends(answers, reply):
        given_to = {key: value for key, value in answers.items() if key.startswith(TOPIC)}
        for _turn in range(len(rules.questions) + 1):
            question = next_question(rules, given_to)
            if question is None:
                return
            assert question.id not in given_to
            given_to[question.id] = reply
        raise AssertionError("the questions never end")

    ends()


def test_the_three_conditions_of_a_reorganisation():
    """Hovedavtalen i staten § 19 nr. 2 a."""
    found = classify(STATE, about("STAT-19-2A", **ALL_THREE), ON)
    assert (found.form, found.rule_id, found.section) == ("negotiation", "STAT-19-2A", "§ 19 nr. 2 a")
    assert found.verified
    assert not found.provisional


@pytest.mark.parametrize("missing", ["chart", "six_months", "redeployment"])
@pytest.mark.parametrize("reply", ["no", "unknown", ""])
def test_one_condition_less_is_discussion(missing, reply):
    found = classify(STATE, about("STAT-19-2A", **{**ALL_THREE, missing: reply}), ON)
    assert found.form == CaseForm.DISCUSSION
    assert not found.verified
    assert found.provisional == (reply != "no")
    [other] = found.alternatives
    assert (other.rule_id, other.applies) == ("STAT-19-2A", False)
    assert str(STATE.questions[missing].text) in other.reason


def test_not_knowing_asks_on_and_says_what_is_to_be_found_out():
    answers = about("STAT-19-2A", chart="unknown", six_months="yes")
    question = next_question(STATE, answers)
    assert question is not None
    assert question.id == "redeployment"
    found = classify(STATE, {**answers, "redeployment": "yes"}, ON)
    assert found.unsettled == ("chart",)


def test_a_no_ends_the_questions():
    assert next_question(STATE, about("STAT-19-2A", chart="no")) is None


def test_placing_and_layout_is_discussion_also_where_premises_are_the_topic():
    found = classify(STATE, about("STAT-19-2E", premises_use="yes", only_layout="yes"), ON)
    assert (found.form, found.rule_id, found.verified) == ("discussion", "STAT-DISC-OFFICE", True)


def test_the_heaviest_form_leads_and_the_others_are_told():
    found = classify(STATE, about("STAT-DISC-BUDGET", "STAT-19-2C", welfare_funds="yes"), ON)
    assert found.form == CaseForm.NEGOTIATION
    assert [one.rule_id for one in found.also] == ["STAT-DISC-BUDGET"]


def test_digitalisation_in_a_municipality_is_informed_asked_and_discussed():
    found = classify(load.rule_sets()["ks"], about("KS-B-DIGITAL"), ON)
    assert [str(step) for step in found.steps] == ["information", "consultation", "discussion"]
    # The edition that was read has ended: what it says is shown as not confirmed, with the reason.
    assert not found.verified
    assert found.caveat


@pytest.mark.parametrize(
    ("fifty", "form"), [("yes", "discussion"), ("no", "information"), ("unknown", "information")]
)
def test_the_law_alone_asks_for_fifty_employees(fifty, form):
    """aml. §§ 8-1 and 8-2."""
    found = classify(load.rule_sets()["law"], about("LAW-8-2C", fifty=fifty, substantial="yes"), ON)
    assert found.form == form


@pytest.mark.parametrize("code", load.AREAS)
def test_a_control_measure_is_discussed_everywhere(code):
    """aml. § 9-2."""
    found = classify(load.rule_sets()[code], about("AML-9-2", control_measure="yes"), ON)
    assert (found.form, found.section, found.verified) == ("discussion", "aml. § 9-2", True)
    assert found.caveat == ""


def test_the_reason_is_in_the_readers_language():
    said = set()
    for language in ("nb", "nn", "en"):
        with override(language):
            said.add(classify(STATE, about("STAT-19-2A", **ALL_THREE), ON).reason)
    assert len(said) == 3
