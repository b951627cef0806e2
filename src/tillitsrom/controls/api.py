"""Control measures in the API, by the same gates and actions as the pages."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import WithJsonSchema

from tillitsrom.core.decisions import WrongState
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import OPEN, READING, WRITING
from tillitsrom.people.models import Actor, Level
from tillitsrom.people.rules import organisations_visible_to, units_visible_to

from . import queries, rules
from .actions import measures
from .actions.steps import take
from .lifecycle import CONTROL, only_by_the_clock
from .models import MOST_TEXT, ControlMeasure, Evaluation

router = Router(tags=["Control measures"])
CHANGE: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


def _words(*values: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(values)})


ControlStatus = Annotated[ControlMeasure.Status, _words(*ControlMeasure.Status.values)]
ControlLevel = Annotated[Level, _words(*Level.values)]
EvaluationWord = Annotated[str, _words(*Evaluation.Result.values)]


class ControlOptionOut(Schema):
    action: str
    label: str
    needs: list[str]
    allowed: bool
    reason: str


class ControlMeasureOut(Schema):
    id: int
    organisation_id: int
    unit_id: int | None
    title: str
    purpose: str
    basis: str
    legally_required: bool
    imposed_by: str
    group_covered: str
    data_collected: str
    retention: str
    minutes_a_week: int | None
    in_use: bool = Field(description="In use when it was registered, and not yet put to use by the steps.")
    starts_on: date | None
    assumed_end: date | None
    discussed_on: date | None
    case_id: int | None
    informed_on: date | None
    informed_how: str
    next_evaluation: date | None
    status: ControlStatus
    missing: list[str] = Field(description="What it lacks to be justified.")
    unjustified: bool
    ended_on: date | None
    ended_reason: str
    version: int


class ControlMeasureDetailOut(ControlMeasureOut):
    options: list[ControlOptionOut]


class ControlLoadOut(Schema):
    organisation_id: int
    unit_id: int | None
    active_controls: int
    minutes_a_week: int
    minutes_unknown: int
    required_by_law: int
    unjustified: int
    overdue_evaluations: int
    imposed_by: dict[str, int]


class ControlQuery(Paging):
    organisation: int | None = Field(None, le=LARGEST_KEY)
    status: ControlStatus | None = None
    unjustified: bool = False
    overdue: bool = False


class ControlMeasureIn(Schema):
    organisation: int = Field(le=LARGEST_KEY)
    unit: int | None = Field(None, le=LARGEST_KEY)
    title: str = Field(min_length=1, max_length=200)
    purpose: str = Field("", max_length=MOST_TEXT)
    basis: str = Field("", max_length=MOST_TEXT)
    legally_required: bool = False
    imposed_by: ControlLevel
    group_covered: str = Field(min_length=1, max_length=300)
    data_collected: str = Field(min_length=1, max_length=MOST_TEXT)
    retention: str = Field("", max_length=300)
    minutes_a_week: int | None = Field(None, ge=0, le=10_000_000)
    in_use: bool = False
    starts_on: date | None = None
    assumed_end: date | None = None
    next_evaluation: date | None = None


class ControlStepIn(Schema):
    action: str = Field(max_length=20)
    version: int
    on: date | None = None
    how: str | None = Field(None, max_length=MOST_TEXT)
    starts_on: date | None = None
    next_evaluation: date | None = None
    result: EvaluationWord | None = None
    reason: str | None = Field(None, max_length=MOST_TEXT)


def _detail(actor: Actor, pk: int) -> ControlMeasure:
    row: Any = get_object_or_404(rules.visible_to(actor), pk=pk)
    row.options = [
        {
            "action": one.transition.action, "label": str(one.transition.label), "needs": list(one.transition.needs),
            "allowed": one.decision.allowed, "reason": str(one.decision.reason),
        }
        for one in CONTROL.options(actor, row)
        if one.transition.rule is not only_by_the_clock
    ]  # fmt: skip
    found: ControlMeasure = row
    return found


@router.get(
    "", auth=READING, openapi_extra=OPEN, response={200: Page[ControlMeasureOut], 401: Problem, 422: Problem, 429: Problem},
    operation_id="list_control_measures", summary="List control measures",
    description="The public sees those that are or were in use and are not exempt; a workplace sees all its own.",
)  # fmt: skip
def list_measures(request: HttpRequest, query: Query[ControlQuery]) -> object:
    rows = rules.visible_to(actor_of(request))
    if query.organisation is not None:
        rows = rows.filter(organisation=query.organisation)
    if query.status is not None:
        rows = rows.filter(status=query.status)
    rows = queries.unjustified(rows) if query.unjustified else rows
    rows = queries.overdue(rows) if query.overdue else rows
    return page_of(request, rows.order_by("pk"), query)


@router.get(
    "/load", auth=READING, openapi_extra=OPEN, response={200: list[ControlLoadOut], 401: Problem, 429: Problem}, operation_id="control_load",
    summary="The sum of control measures for each unit (I17)",
    description="Measures in use and the minutes they take, never persons; `unit_id` is null for the whole organisation.",
)  # fmt: skip
def control_load(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "organisation_id": one.organisation.pk, "unit_id": one.unit.pk if one.unit else None,
            "active_controls": one.active, "minutes_a_week": one.minutes, "minutes_unknown": one.unknown_minutes,
            "required_by_law": one.by_law, "unjustified": one.unjustified, "overdue_evaluations": one.overdue,
            "imposed_by": one.levels,
        }
        for one in queries.load(queries.with_parts(rules.visible_to(actor_of(request))))
    ]  # fmt: skip


@router.get(
    "/{control_id}", auth=READING, openapi_extra=OPEN, response={200: ControlMeasureDetailOut, 401: Problem, 404: Problem, 422: Problem, 429: Problem},
    operation_id="get_control_measure", summary="Get a control measure, with what can be done with it",
    description="`options` are the steps from its state, allowed or not, each with its reason and what it needs.",
)  # fmt: skip
def get_measure(request: HttpRequest, control_id: int) -> ControlMeasure:
    return _detail(actor_of(request), control_id)


@router.post(
    "", auth=WRITING, response={201: ControlMeasureDetailOut, **CHANGE}, operation_id="register_control_measure",
    summary="Register a control measure",
    description="It stands as proposed until the parties have discussed it. What measures single persons is refused.",
)  # fmt: skip
def register_measure(request: HttpRequest, payload: ControlMeasureIn) -> Status[ControlMeasure]:
    person = person_of(request)
    body = organisations_visible_to(person).filter(pk=payload.organisation).first()
    unit = units_visible_to(person).filter(pk=payload.unit).first() if payload.unit is not None else None
    if body is None:
        raise ValidationError({"organisation": [_("It does not exist, or you may not see it.")]})
    if payload.unit is not None and unit is None:
        raise ValidationError({"unit": [_("It does not exist, or you may not see it.")]})
    made = measures.register(
        actor=person, organisation=body, unit=unit, values=payload.dict(exclude={"organisation", "unit"})
    )
    return Status(201, _detail(person, made.pk))


@router.post(
    "/{control_id}/actions", auth=WRITING, response={200: ControlMeasureDetailOut, **CHANGE},
    operation_id="advance_control_measure", summary="Take a step with a control measure, or evaluate it",
    description="What each step needs stands in `options`. When both sides say the same of it, that is the result.",
)  # fmt: skip
def advance_measure(request: HttpRequest, control_id: int, payload: ControlStepIn) -> ControlMeasure:
    person = person_of(request)
    row = get_object_or_404(rules.visible_to(person), pk=control_id)
    if payload.action not in CONTROL.actions or payload.action == "fall_due":
        raise WrongState(_("There is no such step."))
    step = CONTROL.check(person, row, payload.action)
    values = payload.dict()
    given = {name: values[name] for name in step.needs if values[name] is not None}
    if "reason" in step.needs:
        given.setdefault("reason", "")
    take(person, row, payload.action, {"version": payload.version, **given})
    return _detail(person, control_id)
