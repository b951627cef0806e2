"""Outcomes in the API: decisions, requests to owners, hindrances in law and new duties, by the same gates and actions as the pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from tillitsrom.cooperation.rules import visible_to as cases_visible_to
from tillitsrom.core.decisions import WrongState
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Lifecycle
from tillitsrom.core.lookups import one_named
from tillitsrom.core.paging import Page, Paging, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import OPEN, READING, WRITING
from tillitsrom.people.models import Actor, User
from tillitsrom.people.rules import organisations_visible_to, units_visible_to
from tillitsrom.register.rules import visible_to as requirements_visible_to
from tillitsrom.signals.rules import visible_to as signals_visible_to

from . import overlaps, queries, rules
from .actions import decisions, duties, obstacles, requests
from .api_schemas import (
    AnswerIn,
    AskIn,
    ChangedLawIn,
    DecideIn,
    DecisionQuery,
    LegalObstacleOut,
    NewDutyIn,
    NewDutyOut,
    NewDutyStepIn,
    OutcomeDecisionOut,
    OverlapOut,
    OverlapQuery,
    OwnerRequestDetailOut,
    OwnerRequestOut,
    RequestQuery,
)
from .lifecycle import NEW_DUTY, REQUEST, only_by_the_answer, only_by_the_clock
from .models import Decision, LegalObstacle, NewDuty, Request

router = Router(tags=["Outcomes"])
READ: dict[int, Any] = {401: Problem, 404: Problem, 422: Problem, 429: Problem}
CHANGE: dict[int, Any] = {**READ, 403: Problem, 409: Problem}


def _options(lifecycle: Lifecycle, actor: Actor, obj: Any) -> list[dict[str, Any]]:
    return [
        {
            "action": one.transition.action, "label": str(one.transition.label), "needs": list(one.transition.needs),
            "allowed": one.decision.allowed, "reason": str(one.decision.reason),
        }
        for one in lifecycle.options(actor, obj)
        if one.transition.rule not in (only_by_the_clock, only_by_the_answer)
    ]  # fmt: skip


def _filtered(rows: Any, query: Any, **fields: str) -> Any:
    for name, field in fields.items():
        wanted = getattr(query, name)
        if wanted is not None:
            rows = rows.filter(**{field: wanted})
    return rows


def _one(rows: Any, pk: int | None, field: str) -> Any:
    return one_named(rows, pk, field, _("It does not exist, or you may not see it."))


@router.get(
    "/decisions", auth=READING, response={200: Page[OutcomeDecisionOut], 401: Problem, 422: Problem, 429: Problem},
    openapi_extra=OPEN, operation_id="list_decisions", summary="List decisions",
)  # fmt: skip
def list_decisions(request: HttpRequest, query: Query[DecisionQuery]) -> object:
    """Decisions that you may see, newest first, each with its reason and what it is about."""
    rows = rules.decisions_visible_to(actor_of(request))
    rows = _filtered(rows, query, requirement="requirement", organisation="organisation", outcome="outcome")
    return page_of(request, rows.order_by("-decided_on", "-pk"), query)


@router.get(
    "/decisions/{decision_id}", auth=READING, response={200: OutcomeDecisionOut, **READ},
    openapi_extra=OPEN, operation_id="get_decision", summary="Get a decision",
)  # fmt: skip
def get_decision(request: HttpRequest, decision_id: int) -> Decision:
    """One decision, with its reason, its review date and what it is about."""
    return get_object_or_404(rules.decisions_visible_to(actor_of(request)), pk=decision_id)


@router.post(
    "/decisions", auth=WRITING, response={201: list[OutcomeDecisionOut], **CHANGE}, operation_id="decide",
    summary="Decide about a signal, a case or a requirement",
    description=(
        "The register is changed, every signal is answered and the case is closed in one go. What another body imposes is asked "
        "of it instead; the decision then has a `request_id`."
    ),
)  # fmt: skip
def decide(request: HttpRequest, payload: DecideIn) -> Status[list[Decision]]:
    person = person_of(request)
    values = payload.dict(exclude={"signal", "case", "requirement", "version", "outcome"})
    requirements = requirements_visible_to(person)
    values["merged_into"] = _one(requirements, payload.merged_into, "merged_into")
    values["trial_unit"] = _one(units_visible_to(person), payload.trial_unit, "trial_unit")
    made = decisions.decide(
        actor=person, subject=_subject(person, payload), version=payload.version, outcome=payload.outcome,
        given=decisions.Given(**values),
    )  # fmt: skip
    return Status(201, made)


def _subject(person: User, payload: DecideIn) -> Any:
    given = {"signal": payload.signal, "case": payload.case, "requirement": payload.requirement}
    chosen = {name: pk for name, pk in given.items() if pk is not None}
    if len(chosen) != 1:
        raise ValidationError({"requirement": [_("Say one of signal, case and requirement.")]})
    name, pk = next(iter(chosen.items()))
    gates = {"signal": signals_visible_to, "case": cases_visible_to, "requirement": requirements_visible_to}
    gate: Any = gates[name]
    return get_object_or_404(gate(person), pk=pk)


@router.get(
    "/requests", auth=READING, response={200: Page[OwnerRequestOut], 401: Problem, 422: Problem, 429: Problem},
    openapi_extra=OPEN, operation_id="list_requests", summary="List requests to owners and their answers",
)  # fmt: skip
def list_requests(request: HttpRequest, query: Query[RequestQuery]) -> object:
    """Requests to the owners of requirements: what is asked, by when, and the answer. No answer after the date is shown as no answer."""
    rows = rules.requests_visible_to(actor_of(request))
    rows = _filtered(
        rows, query, requirement="requirement", organisation="organisation", owner="owner", status="status"
    )
    return page_of(request, rows.order_by("due_on", "pk"), query)


@router.post(
    "/requests", auth=WRITING, response={201: OwnerRequestDetailOut, **CHANGE}, operation_id="ask_owner",
    summary="Ask the owner of a requirement to drop it, make it simpler or say why",
)  # fmt: skip
def ask_owner(request: HttpRequest, payload: AskIn) -> Status[Request]:
    """Ask the body that imposes a requirement to drop, simplify or justify it. People and hours behind are counted by the system."""
    person = person_of(request)
    requirement = get_object_or_404(requirements_visible_to(person), pk=payload.requirement)
    body = _one(organisations_visible_to(person), payload.organisation, "organisation")
    made = requests.send(
        actor=person, requirement=requirement, organisation=body,
        asking=requests.Asking(payload.asks, payload.why, payload.section),
    )  # fmt: skip
    return Status(201, _detail(person, made.pk))


def _detail(actor: Actor, pk: int) -> Request:
    row: Any = get_object_or_404(queries.with_parts(rules.requests_visible_to(actor)), pk=pk)
    row.options = _options(REQUEST, actor, row)
    weight = queries.behind(row.requirement)
    row.hours_low_now, row.hours_high_now, row.people_now = weight.hours_low, weight.hours_high, weight.people
    found: Request = row
    return found


@router.get(
    "/requests/{request_id}", auth=READING, response={200: OwnerRequestDetailOut, **READ},
    openapi_extra=OPEN, operation_id="get_request", summary="Get a request, with what stands behind it now",
)  # fmt: skip
def get_request(request: HttpRequest, request_id: int) -> Request:
    """One request, with what you may do with it now and why."""
    return _detail(actor_of(request), request_id)


@router.post(
    "/requests/{request_id}/actions", auth=WRITING, response={200: OwnerRequestDetailOut, **CHANGE},
    operation_id="answer_request", summary="Answer a request, or ask for more time",
    description="One answer answers all that wait about the same requirement, and every signal behind it.",
)  # fmt: skip
def answer_request(request: HttpRequest, request_id: int, payload: AnswerIn) -> Request:
    person = person_of(request)
    row = get_object_or_404(rules.requests_visible_to(person), pk=request_id)
    known: dict[str, Any] = {"actor": person, "request": row, "version": payload.version}
    if payload.action == "more_time":
        requests.ask_for_time(**known, reason=payload.reason)
    else:
        given = requests.Given(payload.reason, payload.text, payload.review_on)
        requests.answer(**known, action=payload.action, given=given)
    return _detail(person, request_id)


@router.get(
    "/legal-obstacles", auth=READING, response={200: Page[LegalObstacleOut], 401: Problem, 422: Problem, 429: Problem},
    openapi_extra=OPEN, operation_id="list_legal_obstacles", summary="List hindrances in law",
)  # fmt: skip
def list_obstacles(request: HttpRequest, query: Query[Paging]) -> object:
    """Sections of law that have stopped something from being removed, with the requests that met them."""
    return page_of(
        request, rules.obstacles_visible_to(actor_of(request)).order_by("-registered_on", "-pk"), query
    )


@router.post(
    "/legal-obstacles/{obstacle_id}/changed", auth=WRITING, response={200: LegalObstacleOut, **CHANGE},
    operation_id="note_changed_law", summary="Note that the law was changed, and drop the requirement",
)  # fmt: skip
def note_changed_law(request: HttpRequest, obstacle_id: int, payload: ChangedLawIn) -> LegalObstacle:
    """The owner of the law says that it has been changed; the requirement is then dropped."""
    person = person_of(request)
    row = get_object_or_404(rules.obstacles_visible_to(person), pk=obstacle_id)
    return obstacles.change(actor=person, obstacle=row, version=payload.version, reason=payload.reason)


@router.get(
    "/new-duties", auth=READING, response={200: Page[NewDutyOut], 401: Problem, 422: Problem, 429: Problem},
    openapi_extra=OPEN, operation_id="list_new_duties", summary="List new reporting duties",
)  # fmt: skip
def list_duties(request: HttpRequest, query: Query[Paging]) -> object:
    """Reporting duties that were registered before they take effect, with hours, purpose, recipient and end date."""
    return page_of(
        request, rules.duties_visible_to(actor_of(request)).order_by("-takes_effect_on", "-pk"), query
    )


@router.get(
    "/new-duties/overlaps", auth=READING, response={200: list[OverlapOut], **READ},
    operation_id="find_overlaps", summary="Find what is collected already",
)  # fmt: skip
def find_overlaps(request: HttpRequest, query: Query[OverlapQuery]) -> list[dict[str, Any]]:
    """What is already collected that looks like the new duty, each with the reason why it is found."""
    return [one.kept() for one in overlaps.search(actor_of(request), query.text, query.recipient)]


@router.post(
    "/new-duties", auth=WRITING, response={201: NewDutyOut, **CHANGE}, operation_id="register_new_duty",
    summary="Register a reporting duty before it takes effect",
)  # fmt: skip
def register_duty(request: HttpRequest, payload: NewDutyIn) -> Status[NewDuty]:
    """Register a new reporting duty before it takes effect."""
    person = person_of(request)
    body = _one(organisations_visible_to(person), payload.organisation, "organisation")
    values = payload.dict(exclude={"organisation"})
    return Status(201, duties.register(actor=person, organisation=body, values=values))


@router.post(
    "/new-duties/{duty_id}/actions", auth=WRITING, response={200: NewDutyOut, **CHANGE},
    operation_id="advance_new_duty", summary="Renew, end or withdraw a reporting duty",
)  # fmt: skip
def advance_duty(request: HttpRequest, duty_id: int, payload: NewDutyStepIn) -> NewDuty:
    """Take a step with a registered duty: let it take effect, renew it with a reason, or end it."""
    person = person_of(request)
    row = get_object_or_404(rules.duties_visible_to(person), pk=duty_id)
    if payload.action not in NEW_DUTY.actions:
        raise WrongState(_("There is no such step."))
    given = duties.Given(payload.reason, payload.ends_on)
    return duties.advance(actor=person, duty=row, version=payload.version, action=payload.action, given=given)
