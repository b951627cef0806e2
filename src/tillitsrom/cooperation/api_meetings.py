"""Bodies, meetings and minutes by the API: the same gates and actions as the pages. Persons are named nowhere; parties are."""

from datetime import date, time
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import Page, Paging, page_of
from tillitsrom.people.endpoints import CHANGE, READ, change
from tillitsrom.people.keys import READING, WRITING
from tillitsrom.people.models import Actor, Party, User
from tillitsrom.people.rules import organisations_visible_to
from tillitsrom.rulesets.schema import CaseForm

from . import rules as case_rules
from . import rules_meetings as rules
from .actions import meetings, minutes
from .composition import composition
from .models import Body, Meeting, Minutes

router = Router(tags=["Meetings"])


class FindingOut(Schema):
    fits: bool | None = Field(description="Null where it is only told, or nobody knows.")
    text: str


class BodyOut(Schema):
    id: int
    organisation_id: int
    unit_id: int | None
    name: str
    kind: str
    line: str = Field(description="`decision`, or `development`, which only recommends.")
    seats: dict[str, int] = Field(description="Seats of today by side.")
    empty_seats: int
    findings: list[FindingOut]
    section: str = Field(description="The provision that the findings rest on, or empty.")


class AgendaOut(Schema):
    case_id: int
    minutes_id: int | None


class MeetingOut(Schema):
    id: int
    organisation_id: int
    body_id: int | None
    unit_id: int | None
    form: str
    about: str
    on: date
    starts_at: time | None
    place: str
    call_by: date
    documents_by: date
    called_on: date | None
    called_late: bool
    late_reason: str
    status: str
    version: int


class MeetingDetailOut(MeetingOut):
    agenda: list[AgendaOut] = Field(description="Only the cases that the caller may see.")


class MinutesOut(Schema):
    id: int
    meeting_id: int
    case_id: int
    kind: str
    status: str
    due_on: date
    sent_on: date | None
    approved_on: date | None
    version: int
    text: str = Field(description="What was sent, letter by letter; the common text while it is a draft.")
    digest: str = Field(description="SHA-256 of the text that was sent, or empty.")
    waits_for: list[int] = Field(description="Parties that are asked and have not approved.")


class MeetingIn(Schema):
    organisation: int
    on: date
    form: CaseForm = CaseForm.DISCUSSION
    body: int | None = None
    starts_at: time | None = None
    place: str = Field("", max_length=200)
    about: str = Field("", max_length=200)
    agenda: list[int] = Field([], max_length=60, description="Ids of cases.")


class VersionIn(Schema):
    version: int = Field(description="The version that was read.")


class CallIn(VersionIn):
    late_reason: str = Field("", max_length=300, description="Needed after the last day to call.")


class CancelIn(VersionIn):
    reason: str = Field(max_length=300)


class ApproveIn(Schema):
    digest: str = Field(max_length=64, description="Of the text that was read.")
    party_id: int


class ObjectIn(ApproveIn):
    objection: str = Field(max_length=4000)


class MeetingQuery(Paging):
    organisation: int | None = None
    on_from: date | None = None


def _body(row: Body) -> dict[str, Any]:
    made = composition(row, timezone.localdate())
    return {
        **{name: getattr(row, name) for name in ("organisation_id", "unit_id", "name", "kind", "line")},
        "id": row.pk,
        "seats": {str(side): len(seats) for side, seats in made.seats.items()},
        "empty_seats": len(made.empty),
        "findings": made.findings,
        "section": made.provision.section if made.provision else "",
    }


@router.get(
    "/bodies",
    auth=READING,
    response={200: Page[BodyOut], **READ},
    operation_id="list_bodies",
    summary="List bodies",
    description="The bodies of the caller's organisations, and whether they are put together as the law asks.",
)
def list_bodies(request: HttpRequest, query: Query[Paging]) -> object:
    rows = rules.bodies_visible_to(actor_of(request)).order_by("organisation_id", "name", "pk")
    return page_of(request, rows, query, lambda found: [_body(one) for one in found])


@router.get(
    "/meetings",
    auth=READING,
    response={200: Page[MeetingOut], **READ},
    operation_id="list_meetings",
    summary="List meetings",
    description="The newest first. The parties see all in their organisation, colleagues those that were called.",
)
def list_meetings(request: HttpRequest, query: Query[MeetingQuery]) -> object:
    rows = rules.meetings_visible_to(actor_of(request)).order_by("-on", "-pk").distinct()
    if query.organisation is not None:
        rows = rows.filter(organisation=query.organisation)
    if query.on_from is not None:
        rows = rows.filter(on__gte=query.on_from)
    return page_of(request, rows, query)


def _meeting(actor: Actor, pk: int) -> Meeting:
    return get_object_or_404(rules.meetings_visible_to(actor).distinct(), pk=pk)


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    row = _meeting(actor, pk)
    seen = case_rules.visible_to(actor).values("pk")
    readable = {one.case_id: one.pk for one in rules.minutes_visible_to(actor).filter(meeting=row)}
    names = [name for name in MeetingOut.model_fields if name != "id"]
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        "agenda": [
            {"case_id": one.case_id, "minutes_id": readable.get(one.case_id)}
            for one in row.agenda.filter(case__in=seen)
        ],
    }


@router.post(
    "/meetings",
    auth=WRITING,
    response={201: MeetingDetailOut, **CHANGE},
    operation_id="plan_meeting",
    summary="Plan a meeting",
    description="The last days for the call and the papers follow from the local agreement.",
)
def plan_meeting(request: HttpRequest, payload: MeetingIn) -> Status[dict[str, Any]]:
    person = person_of(request)
    organisation = get_object_or_404(organisations_visible_to(person), pk=payload.organisation)
    body = None
    if payload.body is not None:
        body = get_object_or_404(rules.bodies_visible_to(person), pk=payload.body)
    found = case_rules.visible_to(person)
    agenda = [get_object_or_404(found, pk=pk) for pk in payload.agenda]
    values = {**payload.dict(exclude={"organisation", "agenda"}), "body": body}
    made = meetings.plan(actor=person, organisation=organisation, values=values, agenda=agenda)
    return Status(201, _detail(person, made.pk))


@router.get(
    "/meetings/{meeting_id}",
    auth=READING,
    response={200: MeetingDetailOut, **READ},
    operation_id="get_meeting",
    summary="Get a meeting",
    description="With the cases on its agenda that the caller may see.",
)
def get_meeting(request: HttpRequest, meeting_id: int) -> object:
    return _detail(actor_of(request), meeting_id)


@change(
    router,
    "/meetings/{meeting_id}/call",
    MeetingDetailOut,
    "call_meeting",
    "Call the parties",
    "Tells all who are to come. After the last day a reason is needed.",
)
def call_meeting(request: HttpRequest, meeting_id: int, payload: CallIn) -> object:
    person = person_of(request)
    row = _meeting(person, meeting_id)
    meetings.call(actor=person, meeting=row, version=payload.version, late_reason=payload.late_reason)
    return _detail(person, meeting_id)


@change(
    router,
    "/meetings/{meeting_id}/hold",
    MeetingDetailOut,
    "hold_meeting",
    "Note that a meeting was held",
    "On its day or later; its cases go on.",
)
def hold_meeting(request: HttpRequest, meeting_id: int, payload: VersionIn) -> object:
    person = person_of(request)
    meetings.hold(actor=person, meeting=_meeting(person, meeting_id), version=payload.version)
    return _detail(person, meeting_id)


@change(
    router,
    "/meetings/{meeting_id}/cancel",
    MeetingDetailOut,
    "cancel_meeting",
    "Cancel a meeting",
    "With a reason; its cases wait for another meeting.",
)
def cancel_meeting(request: HttpRequest, meeting_id: int, payload: CancelIn) -> object:
    person = person_of(request)
    row = _meeting(person, meeting_id)
    meetings.cancel(actor=person, meeting=row, version=payload.version, reason=payload.reason)
    return _detail(person, meeting_id)


def _minutes(actor: Actor, pk: int) -> Minutes:
    rows = rules.minutes_visible_to(actor).select_related("case__organisation", "case__unit", "meeting__body")
    return get_object_or_404(rows.prefetch_related("approvals"), pk=pk)


def _asked(person: User, pk: int, payload: ApproveIn) -> dict[str, Any]:
    """Who answers for which party about which text."""
    row = _minutes(person, pk)
    party = get_object_or_404(Party, pk=payload.party_id, organisation=row.case.organisation_id)
    return {"actor": person, "minutes": row, "digest": payload.digest, "party": party}


def _shown(actor: Actor, pk: int) -> dict[str, Any]:
    row = _minutes(actor, pk)
    names = ("meeting_id", "case_id", "kind", "status", "due_on", "sent_on", "approved_on", "version")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        "text": row.sealed or row.text,
        "digest": rules.digest(row) if row.sealed else "",
        "waits_for": [one.pk for one in rules.parties_that_wait(row)] if row.sealed else [],
    }


@router.get(
    "/minutes/{minutes_id}",
    auth=READING,
    response={200: MinutesOut, **READ},
    operation_id="get_minutes",
    summary="Get minutes",
    description="The parties read all in their organisation; others what is approved of cases that they may see.",
)
def get_minutes(request: HttpRequest, minutes_id: int) -> object:
    return _shown(actor_of(request), minutes_id)


@change(
    router,
    "/minutes/{minutes_id}/approve",
    MinutesOut,
    "approve_minutes",
    "Approve or sign minutes",
    "For a party that the caller may speak for today, and exactly the text with the given digest.",
)
def approve_minutes(request: HttpRequest, minutes_id: int, payload: ApproveIn) -> object:
    minutes.approve(**_asked(person_of(request), minutes_id, payload))
    return _shown(actor_of(request), minutes_id)


@change(
    router,
    "/minutes/{minutes_id}/object",
    MinutesOut,
    "object_to_minutes",
    "Ask for a change in minutes",
    "In words: the minutes go back to be written, and all parties are asked anew.",
)
def object_to_minutes(request: HttpRequest, minutes_id: int, payload: ObjectIn) -> object:
    minutes.object_to(**_asked(person_of(request), minutes_id, payload), objection=payload.objection)
    return _shown(actor_of(request), minutes_id)
