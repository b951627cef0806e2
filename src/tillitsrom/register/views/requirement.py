"""One requirement: its sentence and place, what it costs, its life so far, and what can be done with it now."""

import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Reason, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Transition
from tillitsrom.core.models import Openness
from tillitsrom.core.openness import ground
from tillitsrom.people.models import Actor, Level
from tillitsrom.register import cost, openness, rules, years
from tillitsrom.register.actions import requirements as requirement_actions
from tillitsrom.register.dates import in_words
from tillitsrom.register.lifecycle import REQUIREMENT, only_the_system
from tillitsrom.register.marked_text import Mark, marked
from tillitsrom.register.models import ALIVE, Document, Requirement
from tillitsrom.register.requirement_forms import DescribeForm, StepForm

from .requirements import STATUS_TONES

CONTEXT_CHARACTERS = 700
# A requirement that stands for longer than this has its oldest years cut from the page.
LONGEST_CHAIN = 15
MERGE_CHOICES = 200
MOST_MERGED = 50
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the requirement's life, as a sentence."""

    at: Any
    sentence: str
    who: str


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


def _visible(request: HttpRequest, pk: int) -> Requirement:
    rows = (
        rules.visible_to(actor_of(request))
        .select_related("imposing_body", "addressee", "unit", "document")
        .defer("document__text", "document__pages")
    )
    return get_object_or_404(rows, pk=pk)


@login_not_required
@require_safe
def requirement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(
    request: HttpRequest,
    requirement: Requirement,
    *,
    bound: StepForm | None = None,
    status: int = 200,
    notice: str = "",
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    steps, closed = _steps(actor, requirement, bound)
    today = timezone.localdate()
    context = {
        "requirement": requirement,
        "tone": STATUS_TONES.get(requirement.status, ""),
        "deadline": in_words(requirement.deadline),
        "level": Level(requirement.level).label,
        "quote": " ".join(requirement.quote.split()),
        "simplified": requirement.text != " ".join(requirement.quote.split()),
        "ground": ground(requirement.exempt_ground) if requirement.openness == Openness.EXEMPT else None,
        "surroundings": _surroundings(actor, requirement),
        "document_url": document_url(requirement),
        "cost": cost.of(requirement, today),
        "life": _life(actor, requirement),
        "through": years.through(_chain(actor, requirement)),
        "same_demand": years.same_demand(actor, requirement) if requirement.status in ALIVE else [],
        "merged_into": _visible_one(actor, requirement.merged_into_id),
        "merged_from": list(_pointing(actor, merged_into=requirement.pk).only("text")[:MOST_MERGED]),
        "steps": steps,
        "closed": closed,
        "merge_choices": _merge_choices(actor, requirement, steps),
        "may_describe": rules.may_describe(actor, requirement),
        "notice": notice,
        "typed": typed or {},
    }
    return render(request, "register/requirement_detail.html", context, status=status)


def document_url(requirement: Requirement) -> str:
    """The sentence where it is marked in the document's text."""
    return f"/dokumenter/{requirement.document_id}/tekst/#mark-{requirement.pk}"


def _surroundings(actor: Actor, requirement: Requirement) -> SafeString:
    """The sentence marked in the text around it. Only these characters are fetched, never the whole document."""
    first = max(0, requirement.start - CONTEXT_CHARACTERS)
    last = requirement.end + CONTEXT_CHARACTERS
    (piece,) = (
        Document.objects.filter(pk=requirement.document_id)
        .annotate(piece=Substr("text", first + 1, last - first))
        .values_list("piece", flat=True)
    )
    piece = openness.withheld(actor, requirement.document).masked(piece, first)
    start, end = requirement.start - first, requirement.end - first
    begin = _first_whole(piece[:start]) if first else 0
    stop = end + _last_whole(piece[end:]) if len(piece) == last - first else len(piece)
    around = piece[begin:stop]
    if not around[: start - begin].strip() and not around[end - begin :].strip():
        return SafeString()
    mark = Mark(
        requirement.pk,
        start - begin,
        end - begin,
        requirement.requirement_class,
        "pending",
        document_url(requirement),
    )
    return marked(around, [mark])


def _first_whole(before: str) -> int:
    """Where the first whole line begins in text that was cut at its start; the first whole word if there is no line."""
    cut = before.find("\n") + 1 or before.find(" ") + 1
    return cut or len(before)


def _last_whole(after: str) -> int:
    """Where the last whole line ends in text that was cut at its end; the last whole word if there is no line."""
    return max(after.rfind("\n"), 0) or max(after.rfind(" "), 0)


def _life(actor: Actor, requirement: Requirement) -> list[Happening]:
    return [Happening(e.at, events.sentence(e), events.who(e, actor)) for e in events.history(requirement)]


def _visible_one(actor: Actor, pk: int | None) -> Requirement | None:
    return rules.visible_to(actor).filter(pk=pk).only("text", "year", "status").first() if pk else None


def _pointing(actor: Actor, **target: int) -> QuerySet[Requirement]:
    """The visible requirements that point at another. Few do, so they are found first and the gate asked of them only."""
    return rules.visible_to(actor).filter(pk__in=Requirement.objects.filter(**target).values("pk"))


def _chain(actor: Actor, requirement: Requirement) -> list[Requirement]:
    """The requirement through the years, oldest first, itself included; only what the reader may see."""
    shown = ("text", "year", "status", "replaces")
    chain = [requirement]
    while chain[0].replaces_id and len(chain) < LONGEST_CHAIN:
        older = rules.visible_to(actor).filter(pk=chain[0].replaces_id).only(*shown).first()
        if older is None or older in chain:
            break
        chain.insert(0, older)
    while len(chain) < 2 * LONGEST_CHAIN:
        newer = _pointing(actor, replaces=chain[-1].pk).only(*shown).order_by("-year", "pk").first()
        if newer is None or newer in chain:
            break
        chain.append(newer)
    return chain if len(chain) > 1 else []


def _steps(actor: Actor, requirement: Requirement, bound: StepForm | None) -> tuple[list[Step], list[Closed]]:
    """What can be done, each with a form, and what cannot, gathered by reason."""
    steps: list[Step] = []
    closed: dict[str, Closed] = {}
    for option in REQUIREMENT.options(actor, requirement):
        transition = option.transition
        if transition.rule is only_the_system:
            continue
        if option.decision:
            mine = bound is not None and bound.transition.action == transition.action
            form = (
                bound
                if mine and bound
                else StepForm(transition=transition, requirement=requirement, actor=actor)
            )
            steps.append(Step(transition, form, mine))
        else:
            reason = option.decision.reason
            closed.setdefault(str(reason), Closed(reason, [])).labels.append(transition.label)
    return steps, list(closed.values())


def _merge_choices(actor: Actor, requirement: Requirement, steps: list[Step]) -> list[Requirement]:
    """Requirements of the same bodies that hold, to choose among where the reader may merge."""
    if not any("merged_into" in step.transition.needs for step in steps):
        return []
    return list(
        rules.visible_to(actor)
        .filter(
            imposing_body=requirement.imposing_body_id,
            addressee=requirement.addressee_id,
            status__in=ALIVE,
        )
        .exclude(pk=requirement.pk)
        .only("text", "year")
        .order_by("-year", "document_id", "start")[:MERGE_CHOICES]
    )


@require_POST
def requirement_advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Take one step of the lifecycle. What was typed is kept when it cannot be done."""
    requirement = _visible(request, pk)
    transition = next((t for t in REQUIREMENT.transitions if t.action == action), None)
    if transition is None:
        raise Http404
    person = person_of(request)
    form = StepForm(request.POST, transition=transition, requirement=requirement, actor=person)
    # Who may not do it is told so at once, whatever was typed.
    if any(t.action == action and t.source == requirement.status for t in REQUIREMENT.transitions):
        REQUIREMENT.check(person, requirement, action)
    if not form.is_valid():
        return _page(request, requirement, bound=form, status=UNPROCESSABLE)
    try:
        requirement_actions.advance(
            actor=person,
            requirement=requirement,
            version=form.cleaned_data["version"],
            action=action,
            outcome=form.outcome(),
        )
    except (Conflict, WrongState) as stopped:
        return _after_somebody_else(request, pk, form, str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Done: %(step)s.") % {"step": transition.label})
    return HttpResponseRedirect(reverse("requirements:detail", args=[pk]))


def _after_somebody_else(request: HttpRequest, pk: int, form: StepForm, why: str) -> HttpResponse:
    """409: the page as it stands now, with what was typed in the same form, or beside it where the step is gone."""
    fresh = _visible(request, pk)
    again = next(
        (
            t
            for t in REQUIREMENT.transitions
            if t.action == form.transition.action and t.source == fresh.status
        ),
        None,
    )
    typed = {str(form[name].label): str(form[name].value() or "") for name in form.transition.needs}
    if again is None:
        return _page(request, fresh, status=409, notice=why, typed=typed)
    data = request.POST.copy()
    data[form.add_prefix("version")] = str(fresh.version)
    bound = StepForm(data, transition=again, requirement=fresh, actor=person_of(request))
    return _page(request, fresh, bound=bound, status=409, notice=why)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put the errors of an action beside the fields they are about; the rest on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, found in error.error_dict.items():
        form.add_error(field if field in form.fields and field != NON_FIELD_ERRORS else None, found)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed while this person was typing."""

    label: str
    now: Any


@require_http_methods(["GET", "POST"])
def requirement_describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is known about a requirement: right, time, group, openness."""
    requirement = _visible(request, pk)
    person = person_of(request)
    require(rules.may_describe(person, requirement))
    form = DescribeForm(request.POST or None, instance=copy.copy(requirement), actor=person)
    if request.method != "POST":
        return _describe_page(request, requirement, form)
    if not form.is_valid():
        return _describe_page(request, requirement, form, status=UNPROCESSABLE)
    try:
        requirement_actions.describe(
            actor=person, requirement=requirement, version=form.cleaned_data["version"], values=form.values()
        )
    except Conflict as stopped:
        return _describe_again(request, pk, form, str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _describe_page(request, requirement, form, status=UNPROCESSABLE)
    messages.success(request, _("The facts about the requirement are saved."))
    return HttpResponseRedirect(reverse("requirements:detail", args=[pk]))


def _describe_again(request: HttpRequest, pk: int, form: DescribeForm, why: str) -> HttpResponse:
    """409: the form with what was typed, and beside it what the other person saved; sending again replaces that."""
    fresh = _visible(request, pk)
    typed = form.values()
    differences = [
        Difference(str(form.fields[name].label), _shown(fresh, name))
        for name in typed
        if getattr(fresh, name) != typed[name]
    ]
    data = request.POST.copy()
    data["version"] = str(fresh.version)
    again = DescribeForm(data, instance=copy.copy(fresh), actor=person_of(request))
    return _describe_page(request, fresh, again, status=409, notice=why, differences=differences)


def _shown(requirement: Requirement, name: str) -> Any:
    display = getattr(requirement, f"get_{name}_display", None)
    value = display() if display else getattr(requirement, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _("nothing") if value in (None, "") else value


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("about", ("unit", "who_acts", "deadline", "purpose", "recipient", "detail")),
    ("right", ("statutory", "legal_basis")),
    (
        "time",
        (
            "frequency",
            "minutes_low",
            "minutes_high",
            "minutes_source",
            "occasions_per_year",
            "affected_count",
        ),
    ),
    ("openness", ("openness", "exempt_ground", "exempt_review_on")),
)


def _describe_page(
    request: HttpRequest,
    requirement: Requirement,
    form: DescribeForm,
    *,
    status: int = 200,
    notice: str = "",
    differences: list[Difference] | None = None,
) -> HttpResponse:
    context = {
        "requirement": requirement,
        "form": form,
        "groups": {name: [form[field] for field in fields] for name, fields in GROUPS},
        "notice": notice,
        "differences": differences or [],
    }
    return render(request, "register/requirement_describe.html", context, status=status)
