"""Calls for input: those of one's parties, asking, one with its statements, and each step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.core.http import person_of
from tillitsrom.core.lifecycles import Transition
from tillitsrom.people.models import User
from tillitsrom.register.views.requirement import add_errors
from tillitsrom.signals import cases
from tillitsrom.signals import rules_calls as rules
from tillitsrom.signals.actions import calls as actions
from tillitsrom.signals.actions import statements
from tillitsrom.signals.forms_calls import (
    AskForm,
    CallStepForm,
    StatementForm,
    StatementStepForm,
    how_often,
    with_version,
)
from tillitsrom.signals.lifecycle_calls import CALL, STATEMENT
from tillitsrom.signals.models_calls import InputCall, Statement
from tillitsrom.signals.rules import visible_to as signals_visible_to
from tillitsrom.signals.shown import call_tone, statement_tone

from .steps import gather

UNPROCESSABLE, CONFLICT = 422, 409
MOST_SHOWN = 100
_PARTS = (
    "organisation",
    "unit__parent",
    "party",
    "asked_organisation",
    "asked_unit__parent",
    "asked_party",
    "owner",
    "asked_by",
)


def _visible(person: User, pk: int) -> InputCall:
    return get_object_or_404(rules.visible_to(person).select_related(*_PARTS), pk=pk)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What others ask of the person's parties, and what these have asked, the newest first."""
    person, today = person_of(request), timezone.localdate()
    rows = rules.visible_to(person).select_related(*_PARTS).order_by("-asked_on", "-pk")[:MOST_SHOWN]
    shown = [
        {
            "call": one,
            "tone": call_tone(one, today),
            "late": one.late(today),
            "asked": rules.answers(person, one),
        }
        for one in rows
    ]
    known = {
        "received": [one for one in shown if one["asked"]],
        "sent": [one for one in shown if not one["asked"]],
        "may_ask": rules.may_ask_somewhere(person),
    }
    return render(request, "signals/calls.html", known)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask another party for problem statements."""
    person = person_of(request)
    require(rules.may_ask_somewhere(person))
    form = AskForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(actor=person, asking=form.asking())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The call is sent, and somebody there has it to see to."))
            return HttpResponseRedirect(reverse("signals:call", args=[made.pk]))
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "signals/call_ask.html", {"form": form}, status=status)


def _page(
    request: HttpRequest, pk: int, *, bound: Any = None, status: int = 200, notice: str = ""
) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    call = _visible(person, pk)
    steps, closed = gather(
        CALL, person, call, lambda step: CallStepForm(transition=step, obj=call),
        bound=bound if isinstance(bound, CallStepForm) else None,
    )  # fmt: skip
    asked = rules.answers(person, call)
    found = [
        _shown(person, call, one, bound)
        for one in rules.statements_visible_to(person, call).select_related("author")
    ]
    known = {
        "call": call,
        "tone": call_tone(call, today),
        "late": call.late(today),
        "asked": asked,
        "written": call.statements.count(),
        "answered": call.statements.filter(status=Statement.Status.ANSWERED).count(),
        "may_write": rules.may_write(person, call),
        "statements": found,
        "steps": steps,
        "closed": closed,
        "notice": notice,
        "life": [
            {
                "on": timezone.localdate(one.at),
                "sentence": events.sentence(one),
                "who": events.who(one, person),
            }
            for one in events.history(call)
        ],
    }
    return render(request, "signals/call.html", known, status=status)


def _shown(person: User, call: InputCall, row: Statement, bound: Any) -> dict[str, Any]:
    """A statement with where it lies, as far as the reader may see that, and what can be done with it."""
    row.call = call
    mine = isinstance(bound, StatementStepForm) and bound.prefix == f"{bound.transition.action}-{row.pk}"
    steps, _closed = gather(
        STATEMENT, person, row, lambda step: StatementStepForm(transition=step, obj=row), bound=bound if mine else None
    )  # fmt: skip
    signal = signals_visible_to(person).filter(pk=row.signal_id).first() if row.signal_id else None
    return {
        "row": row, "steps": steps, "tone": statement_tone(row.status), "signal": signal,
        "case": cases.with_key(person, row.case_key),
    }  # fmt: skip


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One step of the call. What was typed is kept when it cannot be done."""
    person = person_of(request)
    call = _visible(person, pk)
    if action not in CALL.actions:
        raise Http404

    def perform(known: dict[str, Any]) -> None:
        text = known.get("few_reason") or known.get("ending") or ""
        actions.advance(
            actor=person, call=call, version=known["version"], action=action, text=text, due_on=known.get("due_on")
        )  # fmt: skip

    def make(step: Transition) -> CallStepForm:
        return CallStepForm(request.POST, transition=step, obj=call)

    return _take(request, pk, lambda: make(CALL.check(person, call, action)), perform)


def _take(
    request: HttpRequest,
    pk: int,
    make: Callable[[], Any],
    perform: Callable[[dict[str, Any]], None],
    end: str = "",
) -> HttpResponse:
    """Take a step by its form, made when it is known that it may be taken; the page again where it was not done."""
    try:
        form = make()
        if not form.is_valid():
            return _page(request, pk, bound=form, status=UNPROCESSABLE)
        perform(form.cleaned_data)
    except WrongState as stopped:
        return _page(request, pk, status=CONFLICT, notice=str(stopped))
    except Conflict as stopped:
        return _page(request, pk, bound=form.renewed(), status=CONFLICT, notice=str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, pk, bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Done: %(step)s.") % {"step": form.transition.label})
    return HttpResponseRedirect(reverse("signals:call", args=[pk]) + end)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int, statement_pk: int | None = None) -> HttpResponse:
    """Write a problem statement, or change a draft."""
    person = person_of(request)
    call = _visible(person, pk)
    row = _statement(person, call, statement_pk) if statement_pk is not None else None
    require(rules.may_change(person, row) if row is not None else rules.may_write(person, call))
    form = StatementForm(request.POST or None, statement=row)
    status, notice = UNPROCESSABLE if request.method == "POST" else 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            if row is None:
                statements.write(actor=person, call=call, words=form.words())
            else:
                version = form.cleaned_data["version"] or 0
                statements.change(actor=person, statement=row, version=version, words=form.words())
        except (Conflict, WrongState) as stopped:
            status, notice = CONFLICT, str(stopped)
            # What stands there now is shown beside what was typed.
            row = Statement.objects.filter(pk=row.pk).first() if row is not None else None
            form = StatementForm(with_version(form, row), statement=row)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The problem statement is saved as a draft."))
            return HttpResponseRedirect(reverse("signals:call", args=[pk]) + "#statements")
    known = {
        "form": form,
        "call": call,
        "statement": row,
        "notice": notice,
        "number": call.statements.count() + 1,
    }
    return render(request, "signals/statement.html", known, status=status)


def _statement(person: User, call: InputCall, pk: int) -> Statement:
    row = get_object_or_404(rules.statements_visible_to(person, call).select_related("author"), pk=pk)
    row.call = call
    return row


@require_POST
def treat(request: HttpRequest, pk: int, statement_pk: int, action: str) -> HttpResponse:
    """One step of a statement: removed, taken up, noted as in a case, or answered."""
    person = person_of(request)
    call = _visible(person, pk)
    row = _statement(person, call, statement_pk)
    if action not in STATEMENT.actions or action == "change":
        raise Http404

    def make() -> StatementStepForm:
        step = STATEMENT.check(person, row, action)
        return StatementStepForm(request.POST, transition=step, obj=row)

    return _take(request, pk, make, lambda known: _perform(person, row, action, known), "#statements")


def _perform(person: User, row: Statement, action: str, known: dict[str, Any]) -> None:
    given: dict[str, Any] = {"actor": person, "statement": row, "version": known["version"]}
    if action == "remove":
        statements.remove(**given)
    elif action == "take_up":
        statements.take_up(**given, how=how_often(known))
    elif action == "in_case":
        statements.in_case(**given, case_number=known["case_number"])
    else:
        statements.answer(**given, text=known["answer"])
