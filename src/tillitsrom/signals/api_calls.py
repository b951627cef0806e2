"""Calls for input and their problem statements in the API: the same gates and actions as the pages."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from tillitsrom.core.decisions import WrongState
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.people.keys import SIGNED_IN, WRITING
from tillitsrom.people.models import Actor, Party, User

from . import rules_calls as rules
from .actions import calls, statements
from .actions.statements import HowOften, Words
from .api import CHANGE, READ, Period, SignalOptionOut, options_of, words_of
from .lifecycle_calls import CALL, STATEMENT
from .models_calls import (
    FEWEST,
    MOST,
    MOST_PROBLEM,
    MOST_REMEDY,
    MOST_STATEMENTS,
    MOST_WHO,
    MOST_WHY,
    InputCall,
    Statement,
)
from .rules import visible_to as signals_visible_to
from .rules_calls import Voice

router = Router(tags=["Calls for input"])
CallStatus = Annotated[InputCall.Status, words_of(InputCall.Status)]
StatementStatus = Annotated[Statement.Status, words_of(Statement.Status)]
SideWord = Annotated[Party.Side, words_of(Party.Side)]


class InputCallOut(Schema):
    """A call for input. Only those who speak for either of the two parties can read it."""

    id: int
    organisation_id: int
    unit_id: int | None
    side: SideWord
    party_id: int | None = Field(description="The union that asks; null where those who lead ask.")
    asked_organisation_id: int
    asked_unit_id: int | None
    asked_side: SideWord
    asked_party_id: int | None
    question: str
    why: str
    fewest: int
    most: int
    asked_on: date
    due_on: date
    answered_on: date | None
    escalated_on: date | None = Field(description="The last day that the next level was told.")
    few_reason: str
    ending: str = Field(description="What it led to, or why it ended without an answer.")
    status: CallStatus
    version: int


class StatementOut(Schema):
    id: int
    problem: str
    who: str
    remedy: str
    status: StatementStatus
    signal_id: int | None = Field(description="Null also where the caller may not see the signal.")
    case_number: str
    answer: str
    answered_on: date | None
    version: int
    options: list[SignalOptionOut]


class InputCallDetailOut(InputCallOut):
    statements: list[StatementOut] = Field(description="Drafts are only there for those who write them.")
    options: list[SignalOptionOut] = Field(description="What can be done now, and whether the caller may.")


class CallQuery(Paging):
    status: CallStatus | None = None


class VoiceIn(Schema):
    """A party: a union where `party` is given, else whoever leads the unit, or the whole organisation."""

    organisation: int = Field(le=LARGEST_KEY)
    unit: int | None = Field(None, le=LARGEST_KEY)
    party: int | None = Field(None, le=LARGEST_KEY)

    def voice(self) -> Voice:
        return Voice(self.organisation, None if self.party is not None else self.unit, self.party)


class InputCallIn(Schema):
    by: VoiceIn = Field(description="On whose behalf the caller asks.")
    of: VoiceIn = Field(description="Who is asked.")
    question: str = Field(min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=MOST_WHY)
    fewest: int = Field(FEWEST, ge=1, le=MOST_STATEMENTS)
    most: int = Field(MOST, ge=1, le=MOST_STATEMENTS)
    due_on: date


class CallStepIn(Schema):
    action: str = Field(max_length=20, description="One of the `options`.")
    version: int = Field(description="The version that you have seen.")
    text: str = Field("", max_length=MOST_WHY, description="For `few_reason` and `ending`.")
    due_on: date | None = None


class StatementIn(Schema):
    problem: str = Field(min_length=1, max_length=MOST_PROBLEM)
    who: str = Field(
        min_length=1, max_length=MOST_WHO, description="A group or a kind of work, never a name."
    )
    remedy: str = Field("", max_length=MOST_REMEDY)


class StatementChangeIn(StatementIn):
    version: int = Field(description="The version that you have seen.")


class StatementStepIn(Schema):
    action: str = Field(max_length=20, description="One of the statement's `options`, but `change`.")
    version: int = Field(description="The version that you have seen.")
    answer: str = Field("", max_length=4000)
    case_number: str = Field("", max_length=20)
    unit: int | None = Field(
        None, le=LARGEST_KEY, description="For `take_up`: the unit that the signal is about."
    )
    occasions: int = Field(1, ge=1, le=500)
    period: Period | None = None
    minutes_low: int = Field(5, ge=1, le=2400)
    minutes_high: int = Field(15, ge=1, le=2400)


def _visible(actor: Actor, pk: int) -> InputCall:
    rows = rules.visible_to(actor).select_related("unit", "asked_unit", "asked_organisation")
    return get_object_or_404(rows, pk=pk)


def _statement(actor: Actor, call: InputCall, pk: int) -> Statement:
    row = get_object_or_404(rules.statements_visible_to(actor, call).select_related("author"), pk=pk)
    row.call = call
    return row


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    call = _visible(actor, pk)
    rows = list(rules.statements_visible_to(actor, call).select_related("author"))
    seen = set(
        signals_visible_to(actor).filter(pk__in=[one.signal_id for one in rows]).values_list("pk", flat=True)
    )
    for row in rows:
        row.call = call
        if row.signal_id not in seen:
            row.signal_id = None
    shown = [{**_fields(StatementOut, row), "options": options_of(STATEMENT, actor, row)} for row in rows]
    return {**_fields(InputCallOut, call), "statements": shown, "options": options_of(CALL, actor, call)}


def _fields(shape: type[Schema], row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in shape.model_fields if name != "options"}


@router.get(
    "", auth=SIGNED_IN, response={200: Page[InputCallOut], **READ}, operation_id="list_calls_for_input",
    summary="List calls for input", description="What the caller's parties have asked others for, and what others ask of them.",
)  # fmt: skip
def list_calls(request: HttpRequest, query: Query[CallQuery]) -> object:
    rows = rules.visible_to(actor_of(request))
    if query.status is not None:
        rows = rows.filter(status=query.status)
    return page_of(request, rows.order_by("pk"), query)


@router.get(
    "/{call_id}", auth=SIGNED_IN, response={200: InputCallDetailOut, **READ}, operation_id="get_call_for_input",
    summary="Get a call for input with its problem statements",
    description="With what the caller may do with the call and with each statement now, and why not.",
)  # fmt: skip
def get_call(request: HttpRequest, call_id: int) -> dict[str, Any]:
    return _detail(actor_of(request), call_id)


@router.post(
    "", auth=WRITING, response={201: InputCallDetailOut, **CHANGE}, operation_id="ask_for_input",
    summary="Ask another party for input",
    description="A manager or a union representative asks the other side, another union, or the management of a body near by.",
)  # fmt: skip
def ask_for_input(request: HttpRequest, payload: InputCallIn) -> Status[dict[str, Any]]:
    person = person_of(request)
    asking = calls.Asking(
        payload.by.voice(), payload.of.voice(), payload.question, payload.why, payload.due_on, payload.fewest, payload.most
    )  # fmt: skip
    return Status(201, _detail(person, calls.ask(actor=person, asking=asking).pk))


@router.post(
    "/{call_id}/actions", auth=WRITING, response={200: InputCallDetailOut, **CHANGE}, operation_id="advance_call_for_input",
    summary="Answer, give more time, withdraw or close a call for input",
    description="What each step needs stands in `options`. The other party is told.",
)  # fmt: skip
def advance_call(request: HttpRequest, call_id: int, payload: CallStepIn) -> dict[str, Any]:
    person = person_of(request)
    call = _visible(person, call_id)
    calls.advance(
        actor=person, call=call, version=payload.version, action=payload.action, text=payload.text, due_on=payload.due_on
    )  # fmt: skip
    return _detail(person, call_id)


@router.post(
    "/{call_id}/statements", auth=WRITING, response={201: InputCallDetailOut, **CHANGE},
    operation_id="write_problem_statement", summary="Write a problem statement",
    description="A draft that only the writing party sees before the answer is given.",
)  # fmt: skip
def write_statement(request: HttpRequest, call_id: int, payload: StatementIn) -> Status[dict[str, Any]]:
    person = person_of(request)
    words = Words(payload.problem, payload.who, payload.remedy)
    statements.write(actor=person, call=_visible(person, call_id), words=words)
    return Status(201, _detail(person, call_id))


@router.patch(
    "/{call_id}/statements/{statement_id}", auth=WRITING, response={200: InputCallDetailOut, **CHANGE},
    operation_id="change_problem_statement", summary="Change a draft of a problem statement",
    description="As long as the answer is not given.",
)  # fmt: skip
def change_statement(
    request: HttpRequest, call_id: int, statement_id: int, payload: StatementChangeIn
) -> dict[str, Any]:
    person = person_of(request)
    row = _statement(person, _visible(person, call_id), statement_id)
    words = Words(payload.problem, payload.who, payload.remedy)
    statements.change(actor=person, statement=row, version=payload.version, words=words)
    return _detail(person, call_id)


@router.post(
    "/{call_id}/statements/{statement_id}/actions", auth=WRITING, response={200: InputCallDetailOut, **CHANGE},
    operation_id="advance_problem_statement", summary="Remove, take up, or answer a problem statement",
    description="`take_up` makes a signal of it in its author's name, and needs how often and how long; the answer to the signal answers it.",
)  # fmt: skip
def advance_statement(
    request: HttpRequest, call_id: int, statement_id: int, payload: StatementStepIn
) -> dict[str, Any]:
    person = person_of(request)
    _perform(person, _statement(person, _visible(person, call_id), statement_id), payload)
    return _detail(person, call_id)


def _perform(person: User, row: Statement, payload: StatementStepIn) -> None:
    given: dict[str, Any] = {"actor": person, "statement": row, "version": payload.version}
    if payload.action == "remove":
        statements.remove(**given)
    elif payload.action == "answer":
        statements.answer(**given, text=payload.answer)
    elif payload.action == "in_case":
        statements.in_case(**given, case_number=payload.case_number)
    elif payload.action == "take_up":
        if payload.period is None:
            raise ValidationError({"period": [_("This must be filled in.")]})
        unit = row.call.asked_organisation.units.filter(pk=payload.unit).first() if payload.unit else None
        if payload.unit and unit is None:
            raise ValidationError({"unit": [_("It does not exist, or you may not see it.")]})
        minutes = (payload.minutes_low, payload.minutes_high)
        statements.take_up(**given, how=HowOften(payload.occasions, payload.period, *minutes, unit))
    else:
        raise WrongState(_("There is no such step."))
