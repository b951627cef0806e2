"""Requests for dialogue in the API: the same gates and actions as the pages."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.people.keys import SIGNED_IN, WRITING
from tillitsrom.people.models import Actor, User
from tillitsrom.people.rules import organisations_visible_to, units_visible_to

from . import rules_dialogue as rules
from .actions import dialogue as actions
from .api import CHANGE, READ, SignalOptionOut, options_of, words_of
from .lifecycle_dialogue import DIALOGUE
from .models_dialogue import MOST_TEXT, DialogueRequest

router = Router(tags=["Dialogue"])
DialogueStatus = Annotated[DialogueRequest.Status, words_of(DialogueRequest.Status)]
DialogueDirection = Annotated[DialogueRequest.Direction, words_of(DialogueRequest.Direction)]


class DialogueOut(Schema):
    """A wish to meet. Only the two whom it concerns can read it."""

    id: int
    organisation_id: int
    unit_id: int | None
    direction: DialogueDirection
    purpose: str
    preferred_times: str
    proposed_time: str
    outcome: str
    decline_reason: str
    asked_on: date
    promised_on: date
    escalated_on: date | None = Field(description="The day it went to the next level.")
    status: DialogueStatus
    asked_by_me: bool
    version: int


class DialogueDetailOut(DialogueOut):
    options: list[SignalOptionOut] = Field(description="What can be done now, and whether the caller may.")


class DialogueQuery(Paging):
    status: DialogueStatus | None = None


class DialogueIn(Schema):
    organisation: int = Field(le=LARGEST_KEY)
    unit: int | None = Field(None, le=LARGEST_KEY)
    purpose: str = Field(min_length=1, max_length=MOST_TEXT)
    preferred_times: str = Field(min_length=1, max_length=300)
    invited: int | None = Field(
        None, le=LARGEST_KEY, description="The representative whom management invites. Without it one invites oneself to management."
    )  # fmt: skip


class DialogueStepIn(Schema):
    action: str = Field(max_length=20, description="One of the `options`.")
    version: int = Field(description="The version that you have seen.")
    text: str = Field(
        "", max_length=MOST_TEXT, description="What the step needs: a time, an outcome or a reason."
    )


def _shown(actor: Actor, rows: list[DialogueRequest]) -> list[Any]:
    shown: list[Any] = list(rows)
    for row in shown:
        row.asked_by_me = isinstance(actor, User) and row.asked_by_id == actor.pk
    return shown


def _detail(actor: Actor, pk: int) -> Any:
    row: Any = get_object_or_404(rules.visible_to(actor), pk=pk)
    row.options = options_of(DIALOGUE, actor, row)
    return _shown(actor, [row])[0]


@router.get(
    "", auth=SIGNED_IN, response={200: Page[DialogueOut], **READ}, operation_id="list_dialogues",
    summary="List requests for dialogue", description="What the caller has asked for, and what others ask of the caller.",
)  # fmt: skip
def list_dialogues(request: HttpRequest, query: Query[DialogueQuery]) -> object:
    actor = actor_of(request)
    rows = rules.visible_to(actor)
    if query.status is not None:
        rows = rows.filter(status=query.status)
    return page_of(request, rows.order_by("pk"), query, lambda found: _shown(actor, found))


@router.get(
    "/{dialogue_id}", auth=SIGNED_IN, response={200: DialogueDetailOut, **READ}, operation_id="get_dialogue",
    summary="Get a request for dialogue", description="With what the caller may do with it now, and why not.",
)  # fmt: skip
def get_dialogue(request: HttpRequest, dialogue_id: int) -> Any:
    return _detail(actor_of(request), dialogue_id)


@router.post(
    "", auth=WRITING, response={201: DialogueDetailOut, **CHANGE}, operation_id="ask_for_dialogue",
    summary="Ask for dialogue",
    description="The nearest manager is asked, or the representative who is invited. It has a promised day at once.",
)  # fmt: skip
def ask_for_dialogue(request: HttpRequest, payload: DialogueIn) -> Status[Any]:
    person = person_of(request)
    body = organisations_visible_to(person).filter(pk=payload.organisation).first()
    units = units_visible_to(person).filter(organisation=payload.organisation)
    unit = units.filter(pk=payload.unit).first() if payload.unit is not None else None
    if body is None:
        raise ValidationError({"organisation": [_("It does not exist, or you may not see it.")]})
    if payload.unit is not None and unit is None:
        raise ValidationError({"unit": [_("It does not exist, or you may not see it.")]})
    direction, invited = DialogueRequest.Direction.TO_MANAGEMENT, None
    if payload.invited is not None:
        # Whether this person can be invited is for the action to say, in the same words for everybody who cannot.
        direction = DialogueRequest.Direction.FROM_MANAGEMENT
        invited = User.objects.filter(pk=payload.invited).first()
    asking = actions.Asking(body, unit, direction, payload.purpose, payload.preferred_times, invited)
    return Status(201, _detail(person, actions.ask(actor=person, asking=asking).pk))


@router.post(
    "/{dialogue_id}/actions", auth=WRITING, response={200: DialogueDetailOut, **CHANGE}, operation_id="advance_dialogue",
    summary="Propose a time, agree, note what came of it, or say no",
    description="What each step needs stands in `options`. The other of the two is told.",
)  # fmt: skip
def advance_dialogue(request: HttpRequest, dialogue_id: int, payload: DialogueStepIn) -> Any:
    person = person_of(request)
    row = get_object_or_404(rules.visible_to(person), pk=dialogue_id)
    actions.advance(
        actor=person, dialogue=row, version=payload.version, action=payload.action, text=payload.text
    )
    return _detail(person, dialogue_id)
