"""«Avgjør»: first which outcome, with why some are closed; then only the fields that the outcome needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillitsrom.cooperation import rules as cases
from tillitsrom.cooperation.models import Case
from tillitsrom.core import export
from tillitsrom.core.decisions import Conflict, Reason, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.outcomes import queries, rules, shown
from tillitsrom.outcomes.actions import decisions
from tillitsrom.outcomes.forms import DecideForm
from tillitsrom.outcomes.models import DECIDED, Decision
from tillitsrom.people.models import Organisation, User
from tillitsrom.register import rules as register
from tillitsrom.register.models import Requirement
from tillitsrom.signals import rules as signals
from tillitsrom.signals.models import Outcome, Signal

from .common import PAGE_SIZE, UNPROCESSABLE, add_errors, life_of

_ROWS: dict[str, Callable[[User], Any]] = {
    "signal": lambda person: signals.visible_to(person).select_related("organisation", "requirement__imposing_body"),
    "sak": lambda person: cases.visible_to(person).select_related("organisation", "unit"),
    "krav": lambda person: register.visible_to(person).select_related("imposing_body", "addressee"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome: whether it can be chosen and why (not), and whether it is asked of the owner instead of decided."""

    code: str
    label: Reason
    explained: Reason
    reason: Reason
    asks: bool


def explained(outcome: str) -> str:
    texts = {
        Outcome.REMOVED: _("Nobody needs to do it any more."),
        Outcome.SIMPLIFIED: _("Less of it, or in an easier way."),
        Outcome.MERGED: _("Done once, together with something else."),
        Outcome.DELEGATED: _("Those who do the work decide themselves, within limits."),
        Outcome.RULE_CHANGED: _("A request goes to the body that imposes it, with a date for the answer."),
        Outcome.TRIED_OUT: _("You let it be for a while, and see what happens."),
        Outcome.KEPT: _("It is still needed. You say why, and when it is looked at again."),
    }
    return texts[Outcome(outcome)]


def _label(outcome: str) -> str:
    texts = {
        Outcome.REMOVED: _("Remove it"),
        Outcome.SIMPLIFIED: _("Make it simpler"),
        Outcome.MERGED: _("Merge it with something else"),
        Outcome.DELEGATED: _("Let those who do it decide"),
        Outcome.RULE_CHANGED: _("Ask the owner to change it"),
        Outcome.TRIED_OUT: _("Try without it"),
        Outcome.KEPT: _("Keep it, with a reason"),
    }
    return texts[Outcome(outcome)]


def _requirements(subject: Any) -> list[Requirement]:
    if isinstance(subject, Requirement):
        return [subject]
    if isinstance(subject, Case):
        return list(subject.requirements.select_related("imposing_body"))
    return [subject.requirement] if subject.requirement is not None else []


def _organisation(subject: Any) -> Organisation:
    found: Organisation = subject.imposing_body if isinstance(subject, Requirement) else subject.organisation
    return found


def _asked(person: User, subject: Any, outcome: str) -> list[Requirement]:
    """The requirements that the outcome asks their owners about, because they cannot be changed here."""
    return [one for one in _requirements(subject) if not rules.may_change(person, one, outcome)]


def _choices(person: User, subject: Any) -> tuple[list[Choice], list[Choice]]:
    open_ones: list[Choice] = []
    closed: list[Choice] = []
    for outcome in DECIDED:
        answer = rules.may_decide(person, subject, outcome)
        asks = bool(answer) and bool(_asked(person, subject, outcome))
        choice = Choice(outcome, _label(outcome), explained(outcome), answer.reason, asks)
        (open_ones if answer else closed).append(choice)
    return open_ones, closed


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Choose an outcome, and then decide."""
    if kind not in _ROWS:
        raise Http404
    person = person_of(request)
    subject = get_object_or_404(_ROWS[kind](person), pk=pk)
    require(rules.may_decide_something(person, subject))
    outcome = request.GET.get("utfall", "")
    if outcome not in DECIDED:
        open_ones, closed = _choices(person, subject)
        known = {"open_ones": open_ones, "closed": closed, **_about(kind, subject)}
        return render(request, "outcomes/choose.html", known)
    require(rules.may_decide(person, subject, outcome))
    form = _form(request, person, subject, outcome)
    status, notice = 200, ""
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                made = _decide(person, subject, outcome, form.cleaned_data)
            except (Conflict, WrongState) as stopped:
                notice, status = str(stopped), 409
                fresh = get_object_or_404(_ROWS[kind](person), pk=pk)
                require(rules.may_decide(person, fresh, outcome))
                form = _with_version(request, person, fresh, outcome)
            except ValidationError as error:
                add_errors(form, error)
            else:
                return _done(request, made)
    asked = _asked(person, subject, outcome)
    known = {
        "form": form, "outcome": _label(outcome), "explained": explained(outcome), "notice": notice,
        "asked": asked, "owners": sorted({one.imposing_body.name for one in asked}), **_about(kind, subject),
    }  # fmt: skip
    return render(request, "outcomes/decide.html", known, status=status)


def _about(kind: str, subject: Any) -> dict[str, Any]:
    names = {"signal": "signals:detail", "sak": "cooperation:case", "krav": "requirements:detail"}
    title = (
        subject.question
        if isinstance(subject, Case)
        else subject.title
        if isinstance(subject, Signal)
        else subject.text
    )
    return {
        "subject": subject, "kind": kind, "title": title, "back": reverse(names[kind], args=[subject.pk]),
        "weights": [(one, queries.behind(one)) for one in _requirements(subject)],
    }  # fmt: skip


def _needs(subject: Any, outcome: str, asked: list[Requirement]) -> tuple[str, ...]:
    """The fields of the form, in the order they are read."""
    here = len(asked) < len(_requirements(subject)) or not asked
    if outcome == Outcome.MERGED and here:
        return ("merged_into", "reason") if _requirements(subject) else ("text", "reason")
    if asked and not here:
        return tuple(name for name in decisions.NEEDS[Outcome(outcome)] if name in ("text", "reason"))
    needs = decisions.NEEDS[Outcome(outcome)]
    return (needs[0], "trial_unit", *needs[1:]) if outcome == Outcome.TRIED_OUT else needs


def _form(request: HttpRequest, person: User, subject: Any, outcome: str, data: Any = None) -> DecideForm:
    asked = _asked(person, subject, outcome)
    basis = next((one.legal_basis for one in asked if one.legal_basis), "")
    section = (basis, any(one.statutory for one in asked)) if asked else None
    return DecideForm(
        data or request.POST or None,
        needs=_needs(subject, outcome, asked),
        actor=person,
        organisation=_organisation(subject),
        version=subject.version,
        section=section,
        text=subject.text if isinstance(subject, Requirement) else "",
    )


def _with_version(request: HttpRequest, person: User, subject: Any, outcome: str) -> DecideForm:
    """The form with what was typed, and the version that stands now: whoever sends it again has seen the notice."""
    data = request.POST.copy()
    data["version"] = str(subject.version)
    return _form(request, person, subject, outcome, data)


def _decide(person: User, subject: Any, outcome: str, known: dict[str, Any]) -> list[Decision]:
    version = known.pop("version")
    values = {name: value for name, value in known.items() if value not in (None, "")}
    given = decisions.Given(**{"reason": "", **values})
    return decisions.decide(actor=person, subject=subject, version=version, outcome=outcome, given=given)


def _done(request: HttpRequest, made: list[Decision]) -> HttpResponse:
    asked = next(
        (one.request for one in made if one.request_id and one.outcome == Outcome.RULE_CHANGED), None
    )
    if asked is not None:
        messages.success(request, _("The request is sent. The owner has a date to answer by."))
        return HttpResponseRedirect(reverse("outcomes:request", args=[asked.pk]))
    messages.success(request, _("It is decided, and everybody who reported it has been told."))
    return HttpResponseRedirect(reverse("outcomes:decision", args=[made[0].pk]))


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Decisions, the newest first: what was removed, made simpler, and kept with a reason."""
    rows = rules.decisions_visible_to(actor_of(request)).select_related("requirement", "case", "organisation")
    outcome = request.GET.get("utfall", "")
    if outcome in DECIDED:
        rows = rows.filter(outcome=outcome)
    page = Paginator(rows.order_by("-decided_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    choices = [(code, Outcome(code).label) for code in DECIDED]
    return render(request, "outcomes/decisions.html", {"page": page, "choices": choices, "chosen": outcome})


@login_not_required
@require_safe
def listed_file(request: HttpRequest) -> HttpResponseBase:
    rows = rules.decisions_visible_to(actor_of(request)).select_related("requirement", "organisation")
    headings = ("id", "outcome", "decided_by", "decided_on", "requirement", "reason", "review_on")
    lines = (
        (one.pk, one.outcome, one.organisation.name, one.decided_on, one.requirement_id, one.reason, one.review_on)
        for one in rows.order_by("pk").iterator(500)
    )  # fmt: skip
    return export.csv_response("avgjorelser.csv", headings, lines)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision with its reason, and what it did."""
    actor = actor_of(request)
    rows = rules.decisions_visible_to(actor).select_related(
        "requirement", "case", "organisation", "request__organisation", "trial_unit"
    )
    made = get_object_or_404(rows, pk=pk)
    seen = signals.visible_to(actor).filter(decisions=made).order_by("pk")[:50]
    weight = queries.behind(made.requirement) if made.requirement else None
    known = {
        "decision": made, "signals": list(seen), "life": life_of(actor, made),
        "case_seen": made.case is not None and cases.visible_to(actor).filter(pk=made.case.pk).exists(),
        "behind": shown.sentence(weight, weight.organisations) if weight else "",
        # The one it was merged into may be exempt where this one is not.
        "merged_into": register.visible_to(actor).filter(pk=made.merged_into_id).first() if made.merged_into_id else None,
    }  # fmt: skip
    return render(request, "outcomes/decision.html", known)
