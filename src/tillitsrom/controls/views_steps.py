"""One control measure: its page, registering and correcting it, and its steps."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.cooperation.rules import visible_to as cases_visible_to
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people.rules import standing

from . import queries, rules, shown
from .actions import measures
from .actions.steps import take
from .forms import MeasureForm, StepForm
from .lifecycle import CONTROL, only_by_the_clock
from .models import KIND, ControlMeasure

UNPROCESSABLE, CONFLICT = 422, 409


def _visible(request: HttpRequest, pk: int) -> ControlMeasure:
    return get_object_or_404(queries.with_parts(rules.visible_to(actor_of(request))), pk=pk)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _steps(actor: Any, row: ControlMeasure, bound: StepForm | None) -> tuple[list[Any], list[Any]]:
    """What can be done now, each with a form, and what cannot and why."""
    steps, closed = [], []
    for option in CONTROL.options(actor, row):
        step = option.transition
        if step.rule is only_by_the_clock:
            continue
        if not option.decision:
            closed.append((step.label, option.decision.reason))
            continue
        mine = bound is not None and bound.transition.action == step.action
        form = bound if mine else StepForm(transition=step, measure=row)
        steps.append({"transition": step, "form": form, "open": mine})
    return steps, closed


def _page(
    request: HttpRequest,
    row: ControlMeasure,
    *,
    bound: StepForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    steps, closed = _steps(actor, row, bound)
    case = rules.case_about(row)
    if case is not None and not cases_visible_to(actor).filter(pk=case.pk).exists():
        case = None
    said = list(row.evaluations.all()) if row.organisation_id in standing(actor).organisations else []
    known = {
        "measure": row, "tone": shown.tone_of(row), "lacks": shown.lacks(row), "late": row.overdue(), "steps": steps,
        "closed": closed, "notice": notice, "case": case, "said": said, "may_edit": rules.may_edit(actor, row),
        "raise_url": f"{reverse('cooperation:raise')}?om={KIND}:{row.pk}&virksomhet={row.organisation_id}",
        "may_raise": standing(actor).has_any(rules.PARTIES, row.organisation_id),
        "life": [
            {"on": timezone.localdate(one.at), "sentence": events.sentence(one), "who": events.who(one, actor)}
            for one in events.history(row)
            # What one side says in an evaluation is for the workplace.
            if one.kind != "control.say" or row.organisation_id in standing(actor).organisations
        ],
    }  # fmt: skip
    return render(request, "controls/detail.html", known, status=status)


def _add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, found)


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a measure: a proposal, or one that is in use already."""
    person = person_of(request)
    require(rules.may_register_somewhere(person))
    form = MeasureForm(request.POST or None, places=standing(person).organisations_as(rules.KEEPERS))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = measures.register(
                actor=person, organisation=values.pop("organisation"), unit=values.pop("unit"), values=values
            )
        except ValidationError as error:
            _add_errors(form, error)
        else:
            messages.success(request, _("The control measure is registered, and both parties are told."))
            return HttpResponseRedirect(made.get_absolute_url())
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "controls/write.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what it says, until it is discussed."""
    row, person = _visible(request, pk), person_of(request)
    require(rules.may_edit(person, row))
    form = MeasureForm(request.POST or None, places=[row.organisation_id], measure=row)
    status, notice = 200, ""
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            values = dict(form.cleaned_data)
            version = values.pop("version") or 0
            try:
                measures.edit(
                    actor=person, measure=row, version=version, unit=values.pop("unit"), values=values
                )
            except Conflict as stopped:
                notice, status = str(stopped), CONFLICT
            except ValidationError as error:
                _add_errors(form, error)
            else:
                messages.success(request, _("The control measure is changed."))
                return HttpResponseRedirect(row.get_absolute_url())
    return render(
        request, "controls/write.html", {"form": form, "measure": row, "notice": notice}, status=status
    )


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One step: noted, evaluated or settled."""
    row, person = _visible(request, pk), person_of(request)
    if action not in CONTROL.actions or action == "fall_due":
        raise Http404
    try:
        step = CONTROL.check(person, row, action)
        form = StepForm(request.POST, transition=step, measure=row)
        if not form.is_valid():
            return _page(request, row, bound=form, status=UNPROCESSABLE)
        known = {name: value for name, value in form.cleaned_data.items() if value is not None}
        take(person, row, action, known)
    except (Conflict, WrongState) as stopped:
        return _page(request, _visible(request, pk), status=CONFLICT, notice=str(stopped))
    except ValidationError as error:
        _add_errors(form, error)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return HttpResponseRedirect(row.get_absolute_url())
