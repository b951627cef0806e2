"""Setting a case's form: what it is about, the questions one by one in the address, and the answer with its reason and source."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillitsrom.cooperation.actions import cases
from tillitsrom.cooperation.forms import OtherForm
from tillitsrom.cooperation.lifecycle import CASE
from tillitsrom.cooperation.models import Case
from tillitsrom.core.decisions import Conflict, WrongState
from tillitsrom.core.http import person_of
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.classifier import TOPIC
from tillitsrom.rulesets.forms import add_errors
from tillitsrom.rulesets.schema import Reply, RuleSet

from .case import CONFLICT, UNPROCESSABLE, visible


def _answers(given: Any, area: RuleSet) -> dict[str, str]:
    """What the address or the form answers: only topics, questions and replies that exist."""
    topics = {one.id for one in area.topics}
    found = {TOPIC + name: Reply.YES.value for name in given.getlist("topic") if name in topics}
    replies = {name: given.get(name, "") for name in area.questions}
    return {**found, **{name: value for name, value in replies.items() if value in Reply.values}}


@require_http_methods(["GET", "POST"])
def classify(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is stored before the answer is accepted at the end."""
    case = visible(request, pk)
    CASE.check(person_of(request), case, "classify")
    area = agreements.rule_set(case.rule_set)
    answers = _answers(request.POST if request.method == "POST" else request.GET, area)
    context: dict[str, Any] = {
        "case": case,
        "area": area,
        "today": timezone.localdate(),
        "standing": area.standing_text(timezone.localdate()),
        "chosen": [one for one in area.topics if TOPIC + one.id in answers],
    }
    if request.method != "POST" and "asked" not in request.GET:
        ticked = _answers(request.GET, area) or case.answers
        context["chosen"] = [one for one in area.topics if TOPIC + one.id in ticked]
        return render(request, "cooperation/classify.html", context)
    return _question_or_answer(request, case, area, answers, context)


def _question_or_answer(
    request: HttpRequest, case: Case, area: RuleSet, answers: dict[str, str], context: dict[str, Any]
) -> HttpResponse:
    asked = agreements.questions_for(area, answers)
    question = agreements.next_question(area, answers)
    answered = asked[: asked.index(question)] if question else asked
    context |= {
        "question": question,
        "replies": Reply.choices,
        "position": len(answered) + 1,
        "kept": [(one.id, answers[one.id]) for one in answered],
        "given": [(one.text, Reply(answers[one.id]).label) for one in answered],
        "from_start": f"?{urlencode([('topic', one.id) for one in context['chosen']])}",
    }
    if question is not None:
        return render(request, "cooperation/classify.html", context)
    found = agreements.classify(area, answers, timezone.localdate())
    form = OtherForm(request.POST if request.method == "POST" else None, case=case, suggested=found.form)
    context |= {
        "found": found,
        "rule": area.rules[found.rule_id],
        "unsettled": [area.questions[name].text for name in found.unsettled],
        "form": form,
    }
    if request.method != "POST":
        return render(request, "cooperation/classify.html", context)
    return _save(request, case, answers, form, context)


def _save(
    request: HttpRequest, case: Case, answers: dict[str, str], form: OtherForm, context: dict[str, Any]
) -> HttpResponse:
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            cases.classify(
                actor=person_of(request),
                case=case,
                version=form.cleaned_data["version"],
                answers=answers,
                form=form.cleaned_data["form"],
                reason=form.cleaned_data["reason"],
            )
        except (Conflict, WrongState) as stopped:
            fresh = visible(request, case.pk)
            data = request.POST.copy()
            data["version"] = str(fresh.version)
            form = OtherForm(data, case=fresh, suggested=context["found"].form)
            context |= {"notice": str(stopped), "form": form, "case": fresh}
            status = CONFLICT
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The form is set."))
            return HttpResponseRedirect(reverse("cooperation:case", args=[case.pk]))
    return render(request, "cooperation/classify.html", context, status=status)
