"""«Which form shall the case have?»: one question at a time, all of it in the address, nothing stored."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tillitsrom.core.decisions import Reason
from tillitsrom.rulesets import load, queries
from tillitsrom.rulesets.classifier import TOPIC, classify, next_question, questions_for
from tillitsrom.rulesets.schema import Question, Reply, RuleSet
from tillitsrom.web.context import current_organisation


@dataclass(frozen=True, slots=True)
class Given:
    """A question that was answered, and the address where it is asked again."""

    text: str
    reply: Reason
    again: str


def _area(request: HttpRequest) -> RuleSet:
    """The area in the address, else that of the organisation the reader acts for, else the state."""
    chosen = load.rule_sets().get(request.GET.get("area", ""))
    if chosen is not None:
        return chosen
    mine = current_organisation(request)
    if mine is not None:
        return queries.in_force(mine, timezone.localdate()).rule_set
    return load.rule_sets()["state"]


def _answers(request: HttpRequest, area: RuleSet) -> dict[str, str]:
    """What the address answers: only topics, questions and replies that exist."""
    topics = {one.id for one in area.topics}
    found = {TOPIC + name: Reply.YES.value for name in request.GET.getlist("topic") if name in topics}
    replies = {name: request.GET.get(name, "") for name in area.questions}
    return {**found, **{name: value for name, value in replies.items() if value in Reply.values}}


def _address(area: RuleSet, answers: dict[str, str], keep: list[Question]) -> str:
    pairs = [
        ("area", area.code),
        *(("topic", key.removeprefix(TOPIC)) for key in answers if key.startswith(TOPIC)),
    ]
    pairs += [(one.id, answers[one.id]) for one in keep]
    return f"{reverse('agreements:which_form')}?{urlencode([*pairs, ('asked', '1')])}"


@login_not_required
@require_safe
def which_form(request: HttpRequest) -> HttpResponse:
    """First what the case is about, then the questions one by one, then the answer with its reason and source."""
    area, today = _area(request), timezone.localdate()
    answers = _answers(request, area)
    context: dict[str, Any] = {
        "area": area,
        "areas": list(load.rule_sets().values()),
        "today": today,
        "standing": area.standing_text(today),
        "answers": answers,
        "chosen": [one for one in area.topics if TOPIC + one.id in answers],
    }
    if "asked" not in request.GET:
        return render(request, "rulesets/which_form.html", context)
    asked = questions_for(area, answers)
    question = next_question(area, answers)
    answered = asked[: asked.index(question)] if question else asked
    context |= {
        "question": question,
        "replies": Reply.choices,
        "position": len(answered) + 1,
        "given": [
            Given(str(one.text), Reply(answers[one.id]).label, _address(area, answers, answered[:place]))
            for place, one in enumerate(answered)
        ],
        "kept": [(one.id, answers[one.id]) for one in answered],
    }
    if question is None:
        found = classify(area, answers, today)
        context |= {
            "found": found,
            "rule": area.rules[found.rule_id],
            "minutes": area.minutes[found.form],
            "path": area.paths[found.form],
            "unsettled": [area.questions[name].text for name in found.unsettled],
        }
    return render(request, "rulesets/which_form.html", context)
