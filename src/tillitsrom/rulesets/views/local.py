"""A local agreement: read it, write it, sign it, look at how it works, end it."""

import copy
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

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Decision, Reason, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Transition
from tillitsrom.core.openness import ground
from tillitsrom.people.models import Actor, Organisation, Party
from tillitsrom.people.rules import organisations_visible_to
from tillitsrom.rulesets import actions, queries, rules
from tillitsrom.rulesets.forms import AgreementForm, PointSet, ReasonForm, add_errors
from tillitsrom.rulesets.lifecycle import LOCAL_AGREEMENT, only_the_system
from tillitsrom.rulesets.models import AgreementParty, LocalAgreement
from tillitsrom.rulesets.shown import wheel_of

UNPROCESSABLE = 422
# Steps with a page of their own instead of a form on the agreement's page.
ELSEWHERE = ("edit", "sign")


@dataclass(frozen=True, slots=True)
class Signature:
    """A party and its signature, with the answer to whether the reader may sign for it."""

    row: AgreementParty
    may_sign: Decision


@dataclass(frozen=True, slots=True)
class Step:
    transition: Transition
    form: ReasonForm | None
    open: bool


def _visible(request: HttpRequest, pk: int) -> LocalAgreement:
    return get_object_or_404(rules.visible_to(actor_of(request)).select_related("organisation"), pk=pk)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(
    request: HttpRequest,
    agreement: LocalAgreement,
    *,
    bound: tuple[str, ReasonForm] | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    steps, closed = _steps(actor, agreement, bound)
    signatures = agreement.parties.select_related("party", "signed_by")
    context = {
        "agreement": agreement,
        "area": queries.rule_set(agreement.rule_set),
        "standing": queries.rule_set(agreement.rule_set).standing_text(timezone.localdate()),
        "levels": agreement.levels.select_related("unit"),
        "months": wheel_of(agreement),
        "signatures": [Signature(one, rules.may_sign(actor, one)) for one in signatures],
        "is_open": agreement.status == LocalAgreement.Status.NEGOTIATING,
        "may_edit": rules.may_keep(actor, agreement),
        "steps": steps,
        "closed": closed,
        "ground": ground(agreement.exempt_ground) if agreement.exempt_ground else None,
        "life": [(one.at, events.sentence(one), events.who(one, actor)) for one in events.history(agreement)],
        "notice": notice,
    }
    return render(request, "rulesets/local.html", context, status=status)


def _steps(
    actor: Actor, agreement: LocalAgreement, bound: tuple[str, ReasonForm] | None
) -> tuple[list[Step], list[tuple[Reason, Reason]]]:
    """What the reader can do now, and what not and why."""
    steps, closed = [], []
    for option in LOCAL_AGREEMENT.options(actor, agreement):
        transition = option.transition
        if transition.rule is only_the_system:
            continue
        if not option.decision:
            closed.append((transition.label, option.decision.reason))
        elif transition.action not in ELSEWHERE:
            steps.append(_step(transition, agreement, bound))
    return steps, closed


def _step(transition: Transition, agreement: LocalAgreement, bound: tuple[str, ReasonForm] | None) -> Step:
    if not transition.needs:
        return Step(transition, None, False)
    if bound is not None and bound[0] == transition.action:
        return Step(transition, bound[1], True)
    return Step(transition, ReasonForm(action=transition.action, version=agreement.version), False)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to negotiate an agreement."""
    organisation = get_object_or_404(organisations_visible_to(actor_of(request)), pk=pk)
    require(rules.may_keep_in(person_of(request), organisation))
    return _write(request, organisation, LocalAgreement(organisation=organisation))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the text under negotiation."""
    agreement = _visible(request, pk)
    LOCAL_AGREEMENT.check(person_of(request), agreement, "edit")
    return _write(request, agreement.organisation, agreement)


def _write(request: HttpRequest, organisation: Organisation, agreement: LocalAgreement) -> HttpResponse:
    form = AgreementForm(request.POST or None, organisation=organisation, instance=copy.copy(agreement))
    points = PointSet(request.POST or None, prefix="wheel", initial=_points(agreement))
    context: dict[str, Any] = {
        "form": form,
        "points": points,
        "organisation": organisation,
        "agreement": agreement,
    }
    if request.method != "POST":
        return render(request, "rulesets/write.html", context)
    if form.is_valid() and points.is_valid():
        try:
            saved = _save(request, organisation, agreement, form, points)
        except Conflict as stopped:
            return _again(request, organisation, agreement, str(stopped))
        except (ValidationError, WrongState) as error:
            add_errors(form, error if isinstance(error, ValidationError) else ValidationError(str(error)))
        else:
            messages.success(request, _("The agreement is saved."))
            return HttpResponseRedirect(reverse("agreements:local", args=[saved.pk]))
    return render(request, "rulesets/write.html", context, status=UNPROCESSABLE)


def _again(
    request: HttpRequest, organisation: Organisation, agreement: LocalAgreement, why: str
) -> HttpResponse:
    """409: the form as it was typed, and beside it what the other person saved; sending again replaces that."""
    fresh = _visible(request, agreement.pk)
    data = request.POST.copy()
    data["version"] = str(fresh.version)
    form = AgreementForm(data, organisation=organisation, instance=copy.copy(fresh))
    context = {
        "form": form,
        "points": PointSet(data, prefix="wheel"),
        "organisation": organisation,
        "agreement": fresh,
        "notice": why,
        "months": wheel_of(fresh),
    }
    return render(request, "rulesets/write.html", context, status=409)


def _points(agreement: LocalAgreement) -> list[dict[str, Any]]:
    if agreement._state.adding:
        return []
    return [{"month": one.month, "form": one.form, "what": one.what} for one in agreement.wheel.all()]


def _save(
    request: HttpRequest,
    organisation: Organisation,
    agreement: LocalAgreement,
    form: AgreementForm,
    points: Any,
) -> LocalAgreement:
    draft = form.draft([point for one in points if (point := one.point()) is not None])
    if agreement._state.adding:
        return actions.begin(actor=person_of(request), organisation=organisation, draft=draft)
    return actions.edit(
        actor=person_of(request), agreement=agreement, version=form.cleaned_data["version"] or 0, draft=draft
    )


@require_POST
def sign(request: HttpRequest, pk: int, party_pk: int) -> HttpResponse:
    """Sign for a party what the page showed."""
    agreement = _visible(request, pk)
    party = get_object_or_404(Party, pk=party_pk, organisation=agreement.organisation_id)
    try:
        actions.sign(actor=person_of(request), agreement=agreement, version=_version(request), party=party)
    except (Conflict, WrongState) as stopped:
        return _page(request, _visible(request, pk), status=409, notice=str(stopped))
    except ValidationError as error:
        return _page(request, agreement, status=UNPROCESSABLE, notice=" ".join(error.messages))
    messages.success(request, _("You have signed for %(party)s.") % {"party": party.name})
    return HttpResponseRedirect(reverse("agreements:local", args=[pk]))


def _version(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Evaluate, renegotiate or end the agreement. What was typed is kept when it cannot be done."""
    agreement = _visible(request, pk)
    if action not in ("evaluate", "renegotiate", "terminate"):
        raise Http404
    person, bound = person_of(request), None
    try:
        step = LOCAL_AGREEMENT.check(person, agreement, action)
        if action == "renegotiate":
            made = actions.renegotiate(actor=person, agreement=agreement, version=_version(request))
            messages.success(request, _("A new agreement is under way, with the words of the old one."))
            return HttpResponseRedirect(reverse("agreements:edit", args=[made.pk]))
        form = ReasonForm(request.POST, action=action, version=agreement.version)
        bound = (action, form)
        if not form.is_valid():
            return _page(request, agreement, bound=bound, status=UNPROCESSABLE)
        act = actions.evaluate if action == "evaluate" else actions.terminate
        act(actor=person, agreement=agreement, **form.cleaned_data)
    except (Conflict, WrongState) as stopped:
        return _after_somebody_else(request, pk, action, str(stopped))
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return HttpResponseRedirect(reverse("agreements:local", args=[pk]))


def _after_somebody_else(request: HttpRequest, pk: int, action: str, why: str) -> HttpResponse:
    """409: the page as it stands now, with what was typed in the same form where the step is still there."""
    fresh = _visible(request, pk)
    data = request.POST.copy()
    data[f"{action}-version"] = str(fresh.version)
    bound = (action, ReasonForm(data, action=action, version=fresh.version))
    return _page(request, fresh, bound=bound, status=409, notice=why)
