"""Requirements: the list with the page's own filters, one with its cost and history, and its steps; and the deadlines."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router

from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import OPEN, READING, WRITING
from tillitsrom.people.models import Actor, Level
from tillitsrom.people.rules import units_visible_to
from tillitsrom.register import cost, rules
from tillitsrom.register.actions import requirements as requirement_actions
from tillitsrom.register.filters import RequirementFilters
from tillitsrom.register.lifecycle import REQUIREMENT
from tillitsrom.register.models import ALIVE, Requirement, RequirementClass

from . import schemas
from .documents import CHANGE, READ, history

router = Router(tags=["Requirements"])
deadlines = Router(tags=["Deadlines"])


class RequirementQuery(Paging):
    """The same filters, under the same names, as the addresses of the page /krav/."""

    q: str = Field("", max_length=200, description="Words of the requirement, in any form.")
    class_: list[RequirementClass] = Field([], alias="class", description="May be given several times.")
    imposing_body: int | None = Field(None, description="The organisation that demands.")
    level: Level | None = Field(None, description="The level of the organisation that demands.")
    addressee: int | None = Field(None, description="The organisation that must meet it.")
    unit: int | None = Field(None, description="The unit; those below it come too.")
    year: int | None = None
    document: int | None = None
    status: str = Field("", description="A status, or `current` for all that hold now.")
    deadline_from: date | None = None
    deadline_to: date | None = None
    statutory: str = Field("", description="`yes` or `no`.")
    detail: schemas.RequirementDetail | None = None
    costed: str = Field("", description="`yes` where hours a year are known, or `no`.")
    sort: str = Field(
        "", description="`-hours`, `hours`, `deadline`, `-deadline`, `year`, `document` or `newest`."
    )


@router.get(
    "",
    auth=READING,
    openapi_extra=OPEN,
    response={200: Page[schemas.RequirementOut], 401: Problem, 422: Problem, 429: Problem},
    operation_id="list_requirements",
    summary="List requirements",
    description="Public requirements for everyone; the rest for the organisations that they concern.",
)
def list_requirements(request: HttpRequest, query: Query[RequirementQuery]) -> object:
    filters = RequirementFilters(request.GET, actor=actor_of(request))
    if not filters.is_valid():
        raise ValidationError(filters.errors.as_data())
    rows = filters.ordered().select_related("imposing_body", "addressee")
    return page_of(request, rows, query)


def _visible(actor: Actor, requirement_id: int) -> Requirement:
    rows = rules.visible_to(actor).select_related("imposing_body", "addressee", "unit", "document")
    return get_object_or_404(rows.defer("document__text", "document__pages"), pk=requirement_id)


def _detail(actor: Actor, requirement: Requirement) -> Requirement:
    """The requirement with all that its own page shows, and no word of others that the caller may not see."""
    shown: Any = requirement
    linked = {pk for pk in (requirement.replaces_id, requirement.merged_into_id) if pk}
    seen = (
        set(rules.visible_to(actor).filter(pk__in=linked).values_list("pk", flat=True)) if linked else set()
    )
    shown.replaces_id = requirement.replaces_id if requirement.replaces_id in seen else None
    shown.merged_into_id = requirement.merged_into_id if requirement.merged_into_id in seen else None
    shown.cost = cost.of(requirement, timezone.localdate())
    shown.options = schemas.options(REQUIREMENT, actor, requirement)
    shown.history = history(actor, requirement)
    return requirement


@router.get(
    "/{requirement_id}",
    auth=READING,
    openapi_extra=OPEN,
    response={200: schemas.RequirementDetailOut, **READ},
    operation_id="get_requirement",
    summary="Get a requirement",
    description="One requirement with its cost, its history and what the caller may do with it.",
)
def get_requirement(request: HttpRequest, requirement_id: int) -> Requirement:
    return _detail(actor_of(request), _visible(actor_of(request), requirement_id))


@router.patch(
    "/{requirement_id}",
    auth=WRITING,
    response={200: schemas.RequirementDetailOut, **CHANGE},
    operation_id="describe_requirement",
    summary="Describe a requirement",
    description="Says what a requirement costs, whom it reaches, by what right, and how open it is.",
)
def describe_requirement(
    request: HttpRequest, requirement_id: int, payload: schemas.RequirementDescribeIn
) -> Requirement:
    person = person_of(request)
    requirement = _visible(person, requirement_id)
    values = _values(person, payload.dict(exclude_unset=True, exclude={"version"}))
    requirement_actions.describe(
        actor=person, requirement=requirement, version=payload.version, values=values
    )
    return _detail(person, _visible(person, requirement_id))


# Where null means that nothing is known. In every other field null is written as an empty text.
_MAY_BE_NULL = {
    "unit",
    "minutes_low",
    "minutes_high",
    "occasions_per_year",
    "affected_count",
    "exempt_review_on",
}


def _values(actor: Actor, sent: dict[str, Any]) -> dict[str, Any]:
    values = {
        field: "" if value is None and field not in _MAY_BE_NULL else value for field, value in sent.items()
    }
    if sent.get("unit") is not None:
        values["unit"] = units_visible_to(actor).filter(pk=sent["unit"]).first()
        if values["unit"] is None:
            raise ValidationError({"unit": [_("The unit belongs to another organisation.")]})
    if sent.get("occasions_per_year") is not None:
        values["occasions_per_year"] = Decimal(str(sent["occasions_per_year"])).quantize(Decimal("0.01"))
    for field in ("statutory", "openness"):
        if values.get(field) == "":
            del values[field]
    return values


@router.post(
    "/{requirement_id}/actions",
    auth=WRITING,
    response={200: schemas.RequirementDetailOut, **CHANGE},
    operation_id="advance_requirement",
    summary="Question, review or decide about a requirement",
    description="One step along the requirement's lifecycle. The possible steps, and what they need, stand in its `options`.",
)
def advance_requirement(
    request: HttpRequest, requirement_id: int, payload: schemas.RequirementActionIn
) -> Requirement:
    person = person_of(request)
    requirement = _visible(person, requirement_id)
    merged_into = None
    if payload.merged_into is not None:
        merged_into = rules.visible_to(person).filter(pk=payload.merged_into).first()
        if merged_into is None:
            raise ValidationError(
                {"merged_into": [_("That requirement no longer holds. Choose one that does.")]}
            )
    requirement_actions.advance(
        actor=person,
        requirement=requirement,
        version=payload.version,
        action=payload.action,
        outcome=requirement_actions.Outcome(
            reason=payload.reason, text=payload.text, review_on=payload.review_on, merged_into=merged_into
        ),
    )
    return _detail(person, _visible(person, requirement_id))


class DeadlineQuery(Paging):
    deadline_from: date | None = Field(None, description="The first day; today when it is not given.")
    deadline_to: date | None = Field(None, description="The last day.")
    organisation: int | None = Field(
        None, le=LARGEST_KEY, description="The organisation that demands or must meet it."
    )


@deadlines.get(
    "",
    auth=READING,
    openapi_extra=OPEN,
    response={200: Page[schemas.DeadlineOut], 401: Problem, 422: Problem, 429: Problem},
    operation_id="list_deadlines",
    summary="List deadlines",
    description="Deadlines of requirements that hold, the nearest first.",
)
def list_deadlines(request: HttpRequest, query: Query[DeadlineQuery]) -> object:
    first = query.deadline_from or timezone.localdate()
    rows = rules.visible_to(actor_of(request)).filter(status__in=ALIVE, deadline_on__gte=first)
    if query.deadline_to:
        rows = rows.filter(deadline_on__lte=query.deadline_to)
    if query.organisation:
        rows = rows.filter(Q(addressee=query.organisation) | Q(imposing_body=query.organisation))
    rows = rows.select_related("imposing_body", "addressee").order_by("deadline_on", "pk")
    return page_of(request, rows, query)
