"""A case: its question, form, days and whose move it is; positions side by side, papers, minutes, decision, life, and what can be
done now and why not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.cooperation import about, queries, rules, rules_meetings
from tillitsrom.cooperation.actions import cases, positions
from tillitsrom.cooperation.forms import EditForm, StepForm
from tillitsrom.cooperation.lifecycle import CASE, only_by_the_meeting
from tillitsrom.cooperation.models import Case
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Reason, Refused, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Transition
from tillitsrom.core.openness import ground
from tillitsrom.people.models import Actor, User
from tillitsrom.register.rules import visible_to as requirements_visible_to
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.forms import add_errors
from tillitsrom.signals.rules import visible_to as signals_visible_to

UNPROCESSABLE, FORBIDDEN, CONFLICT = 422, 403, 409
# Steps with a page of their own.
ELSEWHERE = ("edit", "classify")
TALKS_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Step:
    """What the reader can do now, with its form."""

    transition: Transition
    form: StepForm
    open: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """What the reader cannot do now, and the one reason for all of it."""

    reason: Reason
    labels: list[Reason]


def visible(request: HttpRequest, pk: int) -> Case:
    """The case, as far as the reader may see it."""
    return get_object_or_404(rules.with_parts(rules.visible_to(actor_of(request))), pk=pk)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible(request, pk))


def _page(
    request: HttpRequest, case: Case, *, bound: StepForm | None = None, status: int = 200, notice: str = ""
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    steps, closed = _steps(actor, case, bound)
    life = queries.life_of(case)
    area = agreements.rule_set(case.rule_set)
    context = {
        "case": case,
        "area": area,
        "rule": area.rules.get(str(case.form_why.get("rule_id", ""))),
        "today": today,
        "move": queries.whose_move(case),
        "days": queries.days_of(case, today),
        "columns": queries.columns_of(case),
        "meetings": {one.pk for one in rules_meetings.meetings_visible_to(actor).filter(agenda__case=case)},
        "minutes": rules_meetings.minutes_visible_to(actor).filter(case=case),
        "may_use_kit": rules_meetings.may_use_kit(actor, case.organisation_id),
        "minutes_needed": rules.minutes_of(case),
        "path": rules.path_of(case),
        "walked": queries.path_walked(case, life),
        "signals": signals_visible_to(actor).filter(cases=case),
        "requirements": requirements_visible_to(actor).filter(cases=case).select_related("document"),
        "about": about.find(actor, case.about_type, case.about_id),
        "talks": queries.talks_about(actor, case)[:TALKS_AT_MOST],
        "ground": ground(case.exempt_ground) if case.exempt_ground else None,
        "steps": steps,
        "closed": closed,
        "may_edit": case.status in {t.source for t in CASE.transitions if t.action == "edit"}
        and rules.may_edit(actor, case),
        "may_classify": case.status in {t.source for t in CASE.transitions if t.action == "classify"}
        and rules.may_classify(actor, case),
        "life": [(one.at, events.sentence(one), events.who(one, actor)) for one in life],
        "notice": notice,
    }
    return render(request, "cooperation/case.html", context, status=status)


def _steps(actor: Actor, case: Case, bound: StepForm | None) -> tuple[list[Step], list[Closed]]:
    """What can be done, each with a form, and what cannot, gathered by reason."""
    steps: list[Step] = []
    closed: dict[str, Closed] = {}
    for option in CASE.options(actor, case):
        transition = option.transition
        if transition.rule is only_by_the_meeting or (transition.action == "confirm" and not case.form_open):
            continue
        if not option.decision:
            reason = option.decision.reason
            closed.setdefault(str(reason), Closed(reason, [])).labels.append(transition.label)
        elif transition.action not in ELSEWHERE:
            mine = bound is not None and bound.transition.action == transition.action
            form = bound if mine and bound else StepForm(transition=transition, case=case, actor=actor)
            steps.append(Step(transition, form, mine))
    return steps, list(closed.values())


def _perform(person: User, case: Case, action: str, data: dict[str, Any]) -> None:
    """Call the action that the step is."""
    party, version = data.get("party"), data["version"]
    plain: dict[str, Any] = {"actor": person, "case": case}
    known = {**plain, "version": version}
    calls: dict[str, Callable[[], object]] = {
        "position": lambda: positions.take_position(
            **plain, party=party, stance=data["stance"], text=data["text"]
        ),
        "paper": lambda: positions.add_paper(
            **plain, title=data["title"], text=data["paper"], reference=data["reference"]
        ),
        "involve": lambda: positions.involve(
            **plain, party=data["other_party"], since=data["since"], how=data["how"]
        ),
        "contest": lambda: cases.contest(**known, reason=data["reason"], party=party),
        "confirm": lambda: cases.confirm(**known, party=party),
        "announce": lambda: cases.announce(**known, announced=data["announced"]),
        "again": lambda: cases.discuss_again(
            **known, reason=data["reason"], announced=data.get("new_announced", "")
        ),
        "decide": lambda: cases.decide(**known, decision=data["decision"], reason=data["reason"]),
        "agree": lambda: cases.agree(**known, agreed=data["agreed"]),
        "disagree": lambda: cases.disagree(**known, reason=data["reason"], party=party),
        "path": lambda: cases.note_path(**known, step=data["path_step"], on=data["since"]),
        "close": lambda: cases.close(**known),
        "withdraw": lambda: cases.withdraw(**known, reason=data["reason"]),
    }
    calls[action]()


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take one step. What was typed is kept when it cannot be done."""
    case, person = visible(request, pk), person_of(request)
    known = {t.action for t in CASE.transitions if t.rule is not only_by_the_meeting} - set(ELSEWHERE)
    if action not in known:
        raise Http404
    transition = CASE.find(source=case.status, action=action)
    require(transition.rule(person, case))
    form = StepForm(request.POST, transition=transition, case=case, actor=person)
    if not form.is_valid():
        return _page(request, case, bound=form, status=UNPROCESSABLE)
    try:
        _perform(person, case, action, form.cleaned_data)
    except (Conflict, WrongState) as stopped:
        return _again(request, pk, form, str(stopped), CONFLICT)
    except Refused as refused:
        return _again(request, pk, form, str(refused.decision.reason), FORBIDDEN)
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, visible(request, pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Done: %(step)s.") % {"step": transition.label})
    return HttpResponseRedirect(reverse("cooperation:case", args=[pk]))


def _again(request: HttpRequest, pk: int, form: StepForm, why: str, status: int) -> HttpResponse:
    """The page as it stands now, with what was typed still in its form where the step is still there."""
    fresh = visible(request, pk)
    data = request.POST.copy()
    data[form.add_prefix("version")] = str(fresh.version)
    bound = StepForm(data, transition=form.transition, case=fresh, actor=person_of(request))
    return _page(request, fresh, bound=bound, status=status, notice=why)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the question, the plan or the openness."""
    case, person = visible(request, pk), person_of(request)
    CASE.check(person, case, "edit")
    initial = {name: getattr(case, name) for name in (*cases.EDITED, "version")}
    form = EditForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "case": case}
    if request.method != "POST":
        return render(request, "cooperation/edit.html", context)
    if not form.is_valid():
        return render(request, "cooperation/edit.html", context, status=UNPROCESSABLE)
    try:
        cases.edit(actor=person, case=case, version=form.cleaned_data["version"], values=form.values())
    except Conflict as stopped:
        fresh = visible(request, pk)
        data = request.POST.copy()
        data["version"] = str(fresh.version)
        context = {"form": EditForm(data), "case": fresh, "notice": str(stopped)}
        return render(request, "cooperation/edit.html", context, status=CONFLICT)
    except ValidationError as error:
        add_errors(form, error)
        return render(request, "cooperation/edit.html", context, status=UNPROCESSABLE)
    messages.success(request, _("The case is saved."))
    return HttpResponseRedirect(reverse("cooperation:case", args=[pk]))


@login_not_required
@require_safe
def paper(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    """A paper's whole text."""
    case = visible(request, pk)
    row = get_object_or_404(case.papers, pk=paper_pk)
    return render(request, "cooperation/paper.html", {"case": case, "paper": row})
