"""Justify or lapse: the owner's desk, the public list with its silence, one request, and the letter of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.core import export
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.outcomes import house, letters, queries, rules, shown
from tillitsrom.outcomes.actions import requests as actions
from tillitsrom.outcomes.forms import AnswerForm, AskForm
from tillitsrom.outcomes.lifecycle import ANSWERS, REQUEST
from tillitsrom.outcomes.models import OPEN, Request
from tillitsrom.register.rules import visible_to as requirements_visible_to
from tillitsrom.signals.letters import docx

from .common import DOCX, PAGE_SIZE, UNPROCESSABLE, add_errors, life_of, steps_of

STATES = {
    "venter": Request.Status.SENT,
    "ubesvart": Request.Status.UNANSWERED,
    "besvart": Request.Status.ANSWERED,
}
AT_MOST = 20
HEADINGS = (
    "id", "requirement", "requirement_text", "asked_by", "owner", "asks", "why", "section", "people", "organisations",
    "hours_low", "hours_high", "sent_on", "due_on", "status", "unanswered_on", "answer", "answer_reason", "answered_on",
    "answered_late",
)  # fmt: skip


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The owner's desk: requests by requirement, the most hours first; below, what was answered."""
    person = person_of(request)
    bodies = list(rules.decides_for(person))
    waiting = queries.together(queries.waits_for(person))
    rows = [(one, shown.sentence(one.behind, one.behind.organisations)) for one in waiting]
    known = {"rows": rows, "owns": bool(bodies), "answered": list(queries.answered_for(person)[:AT_MOST])}
    return render(request, "outcomes/desk.html", known)


def _rows(request: HttpRequest) -> QuerySet[Request]:
    rows = queries.with_parts(rules.requests_visible_to(actor_of(request)))
    state = STATES.get(request.GET.get("status", ""))
    return rows.filter(status=state) if state else rows


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All requests and answers, silence too, for everybody to read. Organisations and hours, never persons."""
    every = rules.requests_visible_to(actor_of(request))
    counts = {name: every.filter(status=state).count() for name, state in STATES.items()}
    page = Paginator(_rows(request).order_by("-sent_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    known = {"page": page, "counts": counts, "chosen": request.GET.get("status", ""), "rows": _shown(page)}
    return render(request, "outcomes/requests.html", known)


def _shown(rows: Any) -> list[tuple[Request, str, str]]:
    return [(one, shown.tone_of(one.status), shown.hours(one.hours_low, one.hours_high)) for one in rows]


@login_not_required
@require_safe
def listed_file(request: HttpRequest) -> HttpResponseBase:
    """The same list as CSV."""
    rows = _rows(request).order_by("pk")
    lines = (
        (
            one.pk, one.requirement_id, one.requirement.text, one.organisation.name, one.owner.name, one.asks, one.why,
            one.section, one.people, one.organisations, one.hours_low, one.hours_high, one.sent_on, one.due_on, one.status,
            one.unanswered_on, one.answer, one.answer_reason, one.answered_on, one.late,
        )
        for one in rows.iterator(500)
    )  # fmt: skip
    return export.csv_response("krav-til-eier.csv", HEADINGS, lines)


def _visible(request: HttpRequest, pk: int) -> Request:
    return get_object_or_404(queries.with_parts(rules.requests_visible_to(actor_of(request))), pk=pk)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(
    request: HttpRequest,
    row: Request,
    *,
    bound: AnswerForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    steps, closed = steps_of(
        REQUEST, actor, row,
        lambda step: AnswerForm(transition=step, version=row.version, text=row.requirement.text), bound,
    )  # fmt: skip
    others = rules.requests_visible_to(actor).filter(requirement=row.requirement_id).exclude(pk=row.pk)
    weight = queries.behind(row.requirement)
    known = {
        "request_row": row, "tone": shown.tone_of(row.status), "steps": steps, "closed": closed, "notice": notice,
        "others": others.select_related("organisation").order_by("sent_on", "pk"),
        "behind": shown.sentence(weight, weight.organisations), "source": weight.source,
        "then": shown.hours(row.hours_low, row.hours_high), "open": row.status in OPEN,
        "overdue_days": (timezone.localdate() - row.due_on).days, "life": life_of(actor, row),
        "decisions": rules.decisions_visible_to(actor).filter(request=row).order_by("pk"),
    }  # fmt: skip
    return render(request, "outcomes/request.html", known, status=status)


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """The owner answers, or asks for more time. What was typed is kept when it cannot be done."""
    row, person = _visible(request, pk), person_of(request)
    if action not in {*ANSWERS, "more_time"}:
        raise Http404
    try:
        step = REQUEST.find(source=row.status, action=action)
    except WrongState as stopped:
        return _page(request, row, status=409, notice=str(stopped))
    require(step.rule(person, row))
    form = AnswerForm(request.POST, transition=step, version=row.version)
    if not form.is_valid():
        return _page(request, row, bound=form, status=UNPROCESSABLE)
    known = dict(form.cleaned_data)
    try:
        _perform(person, row, action, known.pop("version"), known)
    except (Conflict, WrongState) as stopped:
        data = request.POST.copy()
        fresh = _visible(request, pk)
        data[form.add_prefix("version")] = str(fresh.version)
        again = AnswerForm(data, transition=step, version=fresh.version)
        return _page(request, fresh, bound=again, status=409, notice=str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Your answer is sent to everybody who asked and everybody who reported it."))
    return HttpResponseRedirect(reverse("outcomes:request", args=[pk]))


def _perform(person: Any, row: Request, action: str, version: int, known: dict[str, Any]) -> None:
    if action == "more_time":
        actions.ask_for_time(actor=person, request=row, version=version, reason=known["reason"])
        return
    actions.answer(actor=person, request=row, version=version, action=action, given=actions.Given(**known))


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the owner of a requirement."""
    person = person_of(request)
    rows = requirements_visible_to(person).select_related("imposing_body", "addressee")
    requirement = get_object_or_404(rows, pk=pk)
    places = rules.places_to_ask_from(person, requirement)
    if not places:
        require(rules.may_ask(person, requirement, requirement.addressee_id))
    form = AskForm(
        request.POST or None, places=places, basis=requirement.legal_basis, statutory=requirement.statutory
    )
    weight = queries.behind(requirement)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            known = dict(form.cleaned_data)
            body = known.pop("organisation")
            try:
                made = actions.send(
                    actor=person, requirement=requirement, organisation=body, asking=actions.Asking(**known)
                )
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("The request is sent. The owner has a date to answer by."))
                return HttpResponseRedirect(reverse("outcomes:request", args=[made.pk]))
    known_page = {
        "form": form, "requirement": requirement, "behind": shown.sentence(weight, weight.organisations),
        "due_on": house.due(timezone.localdate()),
    }  # fmt: skip
    return render(request, "outcomes/ask.html", known_page, status=status)


@login_not_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The request as a letter, for printing."""
    row = _visible(request, pk)
    return render(request, "outcomes/letter.html", {"request_row": row, "letter": letters.to_owner(row)})


@login_not_required
@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same letter as a Word file."""
    row = _visible(request, pk)
    response = HttpResponse(docx(letters.to_owner(row)), content_type=DOCX)
    name = slugify(f"brev {row.owner.short}")[:60] or "brev"
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response
