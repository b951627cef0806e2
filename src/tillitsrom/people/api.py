"""Organisations, their units, and the caller: the same reads as the pages."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import Page, Paging, page_of
from tillitsrom.core.problem import Problem

from . import rules
from .keys import OPEN, READING, SIGNED_IN
from .models import Language, Level, Membership, Organisation, Role, Unit, User

router = Router(tags=["Organisations"])
me = Router(tags=["The caller"])


class BodyRef(Schema):
    """An organisation, named."""

    id: int
    name: str


class OrganisationOut(Schema):
    id: int
    name: str
    short_name: str
    number: str = Field(description="The organisation number, or empty.")
    level: Level
    language: Language = Field(description="The organisation's written language.")
    superior: BodyRef | None = Field(description="The body that steers this one.")


class UnitOut(Schema):
    id: int
    name: str
    parent_id: int | None = Field(description="The unit that this one is part of.")


class OrganisationQuery(Paging):
    q: str = Field("", max_length=200, description="A part of the name, or the organisation number.")
    level: Level | None = Field(None, description="Only organisations of this level.")


@router.get(
    "",
    auth=READING,
    openapi_extra=OPEN,
    response={200: Page[OrganisationOut], 401: Problem, 422: Problem, 429: Problem},
    operation_id="list_organisations",
    summary="List organisations",
    description="All organisations in the system, by name. Open to everyone.",
)
def list_organisations(request: HttpRequest, query: Query[OrganisationQuery]) -> object:
    rows = rules.organisations_visible_to(actor_of(request)).select_related("superior").order_by("name", "pk")
    if query.q:
        rows = rows.filter(
            Q(name__icontains=query.q) | Q(short_name__icontains=query.q) | Q(number=query.q.replace(" ", ""))
        )
    if query.level:
        rows = rows.filter(level=query.level)
    return page_of(request, rows, query)


@router.get(
    "/{organisation_id}",
    auth=READING,
    openapi_extra=OPEN,
    response={200: OrganisationOut, 401: Problem, 404: Problem, 429: Problem},
    operation_id="get_organisation",
    summary="Get an organisation",
    description="One organisation. Open to everyone.",
)
def get_organisation(request: HttpRequest, organisation_id: int) -> Organisation:
    rows = rules.organisations_visible_to(actor_of(request)).select_related("superior")
    return get_object_or_404(rows, pk=organisation_id)


@router.get(
    "/{organisation_id}/units",
    auth=READING,
    openapi_extra=OPEN,
    response={200: list[UnitOut], 401: Problem, 404: Problem, 429: Problem},
    operation_id="list_units",
    summary="List the units of an organisation",
    description="The units of an organisation; `parent_id` makes them a tree. Open to everyone.",
)
def list_units(request: HttpRequest, organisation_id: int) -> QuerySet[Unit]:
    organisation = get_object_or_404(rules.organisations_visible_to(actor_of(request)), pk=organisation_id)
    return rules.units_visible_to(actor_of(request)).filter(organisation=organisation).order_by("name", "pk")


class RoleOut(Schema):
    role: Role
    organisation: BodyRef
    unit: str | None
    party: str | None
    valid_from: date
    valid_to: date | None = Field(description="The last day, or null where the role has no end.")

    @staticmethod
    def resolve_unit(membership: Membership) -> str | None:
        return membership.unit.name if membership.unit else None

    @staticmethod
    def resolve_party(membership: Membership) -> str | None:
        return membership.party.name if membership.party else None


class MeOut(Schema):
    name: str
    email: str
    language: Language
    roles: list[RoleOut] = Field(description="The roles that hold today.")

    @staticmethod
    def resolve_roles(person: User) -> list[Membership]:
        rows = person.memberships.valid_on(timezone.localdate())
        return list(rows.select_related("organisation", "unit", "party"))


@me.get(
    "",
    auth=SIGNED_IN,
    response={200: MeOut, 401: Problem, 429: Problem},
    operation_id="get_me",
    summary="Get the caller",
    description="Who the key belongs to, and the roles that decide what it may do.",
)
def get_me(request: HttpRequest) -> User:
    return person_of(request)
