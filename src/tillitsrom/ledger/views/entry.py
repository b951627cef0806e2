"""One entry: the hours and where they come from, what each side says, and what can be done now."""

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
from django.views.decorators.http import require_POST, require_safe

from tillitsrom.cooperation.rules import visible_to as cases_visible_to
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Reason, WrongState
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Transition
from tillitsrom.ledger import actions, rules, shown
from tillitsrom.ledger.actions.entries import Before
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.forms import FORMS, StepForm
from tillitsrom.ledger.lifecycle import ENTRY, only_the_system
from tillitsrom.ledger.models import AfterMeasure, Entry
from tillitsrom.outcomes.rules import decisions_visible_to
from tillitsrom.people.models import Actor, Party, User

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Step:
    transition: Transition
    form: StepForm
    open: bool


def _visible(request: HttpRequest, pk: int) -> Entry:
    rows = rules.visible_to(actor_of(request)).select_related(
        "organisation", "decision", "decision__case", "decision__request", "requirement"
    )
    return get_object_or_404(rows, pk=pk)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(
    request: HttpRequest, entry: Entry, *, bound: StepForm | None = None, status: int = 200, notice: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    steps, closed = _steps(actor, entry, bound)
    decision = entry.decision
    case = decision.case
    context = {
        "entry": entry,
        "decision": decision,
        "shows_reason": decisions_visible_to(actor).filter(pk=decision.pk).exists(),
        "case": case if case is not None and cases_visible_to(actor).filter(pk=case.pk).exists() else None,
        "counted": shown.is_counted(entry),
        "statements": entry.statements.filter(round=entry.round).select_related("party"),
        "earlier": entry.statements.exclude(round=entry.round).select_related("party"),
        "measure": _newest(entry),
        "counted_in": _counted_in(actor, entry),
        "overlaps": [
            one for one in entry.overlaps.all() if rules.visible_to(actor).filter(pk=one.pk).exists()
        ],
        "steps": steps,
        "closed": closed,
        "life": [(one.at, events.sentence(one), events.who(one, actor)) for one in events.history(entry)],
        "notice": notice,
        "today": timezone.localdate(),
    }
    return render(request, "ledger/entry.html", context, status=status)


def _counted_in(actor: Actor, entry: Entry) -> Entry | None:
    """The entry that is counted instead, where the reader may see it: it can be about what is exempt."""
    return rules.visible_to(actor).filter(pk=entry.counted_in_id).first() if entry.counted_in_id else None


def _newest(entry: Entry) -> AfterMeasure | None:
    """The last question, with its number of answers only where the result is shown."""
    return entry.measures.order_by("-opens_on", "-pk").first()


def _parties(actor: Actor, entry: Entry, action: str) -> list[Party]:
    if action == "confirm":
        return rules.confirmable(actor, entry)
    return rules.parties_spoken_for(actor, entry) if action == "dispute" else []


def _steps(
    actor: Actor, entry: Entry, bound: StepForm | None
) -> tuple[list[Step], list[tuple[Reason, Reason]]]:
    """What the reader can do now, and what not and why."""
    steps: list[Step] = []
    closed: list[tuple[Reason, Reason]] = []
    for option in ENTRY.options(actor, entry):
        one = option.transition
        if one.rule is only_the_system:
            continue
        if not option.decision:
            closed.append((one.label, option.decision.reason))
        elif bound is not None and bound.prefix == one.action:
            steps.append(Step(one, bound, True))
        else:
            steps.append(Step(one, _form(actor, entry, one.action), False))
    return steps, closed


def _form(actor: Actor, entry: Entry, action: str, data: Any = None) -> StepForm:
    return FORMS[action](data, action=action, entry=entry, parties=_parties(actor, entry, action))


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take one step. What was typed is kept when it cannot be done."""
    if action not in FORMS:
        raise Http404
    entry, person = _visible(request, pk), person_of(request)
    form = None
    try:
        step = ENTRY.check(person, entry, action)
        form = _form(person, entry, action, request.POST)
        if not form.is_valid():
            return _page(request, entry, bound=form, status=UNPROCESSABLE)
        _do(person, entry, action, dict(form.cleaned_data))
    except ValidationError as error:
        for name, found in error.error_dict.items() if hasattr(error, "error_dict") else [(None, error)]:
            if form is not None:
                form.add_error(name if name in form.fields else None, found)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE)
    except (Conflict, WrongState) as stopped:
        return _after_somebody_else(request, pk, action, str(stopped))
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return HttpResponseRedirect(reverse("ledger:entry", args=[pk]))


def _do(person: User, entry: Entry, action: str, values: dict[str, Any]) -> None:
    known = {"actor": person, "entry": entry, "version": values["version"]}
    if action in ("state_after", "settle"):
        act = actions.state_after if action == "state_after" else actions.settle_dispute
        act(**known, hours=Range(values["low"], values["high"]), how=values["how"])
    elif action == "state_before":
        hours = Range(values["low"], values["high"])
        actions.state_before(**known, before=Before(values["title"], hours, values["people"], values["how"]))
    elif action in ("confirm", "dispute"):
        party = get_object_or_404(Party, pk=values["party"], organisation=entry.organisation_id)
        if action == "confirm":
            actions.confirm(**known, party=party)
        else:
            actions.dispute(**known, party=party, text=values["words"])
    elif action == "overlap":
        actions.mark_overlaps(**known, overlaps=values["overlaps"])
    else:
        rest: dict[str, Callable[..., Entry]] = {
            "ask_again": actions.ask_again,
            "set_use": actions.set_use,
            "withdraw": actions.withdraw,
        }
        rest[action](**{**values, **known})


def _after_somebody_else(request: HttpRequest, pk: int, action: str, why: str) -> HttpResponse:
    """409: the page as it stands now, with what was typed in the same form where the step is still there."""
    fresh = _visible(request, pk)
    data = request.POST.copy()
    data[f"{action}-version"] = str(fresh.version)
    bound = _form(actor_of(request), fresh, action, data)
    return _page(request, fresh, bound=bound, status=409, notice=why)
