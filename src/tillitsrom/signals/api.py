"""The signals' part of the API: the same gates and actions as the pages.

A key says whose it is, so confidential signals are sent on the page `/meld/` and not here.
"""

from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import WithJsonSchema

from tillitsrom.core.decisions import WrongState
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Lifecycle
from tillitsrom.core.lookups import one_named
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import READING, WRITING
from tillitsrom.people.models import Actor, User
from tillitsrom.people.rules import organisations_visible_to, units_visible_to
from tillitsrom.register.rules import visible_to as requirements_visible_to

from . import actions, rules
from .lifecycle import SIGNAL, only_by_the_clock
from .models import LARGEST_ID, MOST_ASIDE, MOST_TEXT, Message, Outcome, Signal

router = Router(tags=["Signals"])
READ = {401: Problem, 404: Problem, 422: Problem, 429: Problem}
CHANGE = {**READ, 403: Problem, 409: Problem}


def words_of(choices: Any) -> WithJsonSchema:
    """The choices of a field as the API names them."""
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


SignalStatus = Annotated[Signal.Status, words_of(Signal.Status)]
SignalKind = Annotated[Signal.Kind, words_of(Signal.Kind)]
Period = Annotated[Signal.Period, words_of(Signal.Period)]
Cause = Annotated[Signal.Cause, words_of(Signal.Cause)]
LaneWord = Annotated[Signal.Lane, words_of(Signal.Lane)]
OutcomeWord = Annotated[Outcome, words_of(Outcome)]


class SignalOut(Schema):
    """A signal without names: neither the sender's nor the owner's stands in a list."""

    id: int
    organisation_id: int
    unit_id: int | None = Field(
        description="Null for a confidential signal before enough have come from its unit."
    )
    requirement_id: int | None
    kind: SignalKind
    causes: list[str]
    what: str
    occasions: int
    period: Period
    minutes_low: int
    minutes_high: int
    hours_low: float = Field(description="Hours a year for one who does it.")
    hours_high: float
    rather: str
    proposal: str
    displaces_core: bool
    confidential: bool
    week: date = Field(description="The Monday of the week that it was sent in.")
    status: SignalStatus
    lane: str = Field(description="`remove_here`, `clarify`, `redesign`, or empty before it is assessed.")
    promised_on: date
    escalated_on: date | None
    me_too_count: int
    group_id: int | None
    outcome: str = Field(description="Empty before it is answered.")
    reason: str
    answered_on: date | None
    version: int


class SignalOptionOut(Schema):
    action: str
    label: str
    needs: list[str]
    allowed: bool
    reason: str


class SignalDetailOut(SignalOut):
    options: list[SignalOptionOut] = Field(description="What can be done now, and whether the caller may.")


class MessageOut(Schema):
    by_sender: bool
    text: str
    week: date
    sent_at: datetime | None = Field(description="Null for what was sent by code.")


class SignalQuery(Paging):
    organisation: int | None = Field(None, le=LARGEST_KEY)
    requirement: int | None = Field(None, le=LARGEST_KEY)
    status: SignalStatus | None = None


class SignalIn(Schema):
    organisation: int = Field(le=LARGEST_KEY)
    unit: int | None = Field(None, le=LARGEST_KEY)
    requirement: int | None = Field(None, le=LARGEST_KEY)
    kind: SignalKind | None = None
    causes: list[Cause] = []
    what: str = Field(min_length=1, max_length=MOST_TEXT)
    occasions: int = Field(ge=1, le=500)
    period: Period
    minutes_low: int = Field(ge=1, le=2400)
    minutes_high: int = Field(ge=1, le=2400)
    rather: str = Field("", max_length=MOST_ASIDE)
    proposal: str = Field("", max_length=MOST_ASIDE)
    displaces_core: bool = False
    key: str = Field(
        "", max_length=120, description="Any text of yours: the same key and text twice is one signal."
    )


class SignalActionIn(Schema):
    action: str = Field(max_length=30, description="One of the signal's `options`.")
    version: int = Field(description="The version that you have seen.")
    lane: LaneWord | None = None
    note: str = Field("", max_length=1000)
    outcome: OutcomeWord | None = None
    reason: str = Field("", max_length=4000)
    transferred_to: str = Field("", max_length=200)
    owner: int | None = Field(None, le=LARGEST_KEY, description="The person who takes over, for `pass_on`.")


class TextIn(Schema):
    text: str = Field(min_length=1, max_length=2 * MOST_TEXT)


def _masked(rows: list[Signal]) -> list[Signal]:
    """Rows with the unit taken away where it may not be shown."""
    known: dict[tuple[int, int | None], bool] = {}
    for row in rows:
        place = (row.organisation_id, row.unit_id)
        if row.confidential and place not in known:
            known[place] = rules.unit_may_be_shown(row)
        if row.confidential and not known[place]:
            row.unit_id = None
    return rows


def _visible(actor: Actor, signal_id: int) -> Signal:
    rows = rules.visible_to(actor).select_related("organisation", "unit", "owner", "requirement")
    return get_object_or_404(rows, pk=signal_id if 0 < signal_id <= LARGEST_ID else 0)


def options_of(lifecycle: Lifecycle, actor: Actor, row: Any) -> list[dict[str, Any]]:
    """Every step from where the row is, allowed or not, each with its reason and what it needs; the clock's own left out."""
    return [
        {
            "action": option.transition.action,
            "label": str(option.transition.label),
            "needs": list(option.transition.needs),
            "allowed": option.decision.allowed,
            "reason": str(option.decision.reason),
        }
        for option in lifecycle.options(actor, row)
        if option.transition.rule is not only_by_the_clock
    ]


def _detail(actor: Actor, signal: Signal) -> Signal:
    shown: Any = signal
    shown.options = options_of(SIGNAL, actor, signal)
    return _masked([signal])[0]


@router.get(
    "",
    auth=READING,
    response={200: Page[SignalOut], 401: Problem, 422: Problem, 429: Problem},
    operation_id="list_signals",
    summary="List signals",
    description="Those that the owner of the key has sent, owns, said me too to or follows up. Names are in no list.",
)
def list_signals(request: HttpRequest, query: Query[SignalQuery]) -> object:
    rows = rules.visible_to(actor_of(request))
    for field in ("organisation", "requirement", "status"):
        wanted = getattr(query, field)
        if wanted is not None:
            rows = rows.filter(**{field: wanted})
    return page_of(request, rows.order_by("promised_on", "pk"), query, _masked)


@router.post(
    "",
    auth=WRITING,
    response={201: SignalDetailOut, **CHANGE},
    operation_id="send_signal",
    summary="Send a signal openly",
    description="With the name of the key's owner. Confidential signals are sent on the page, where nobody is asked who they are.",
)
def send_signal(request: HttpRequest, payload: SignalIn) -> Status[Signal]:
    person = person_of(request)
    organisation = get_object_or_404(organisations_visible_to(person), pk=payload.organisation)
    known = payload.dict(exclude={"organisation", "unit", "requirement", "kind", "key"})
    report = actions.Report(
        organisation=organisation,
        unit=one_named(
            units_visible_to(person), payload.unit, "unit", _("The unit belongs to another organisation.")
        ),
        requirement=one_named(
            requirements_visible_to(person),
            payload.requirement,
            "requirement",
            _("There is no such requirement."),
        ),
        kind=payload.kind or "",
        **known,
    )
    sent = actions.send_open(actor=person, report=report, key=payload.key)
    return Status(201, _detail(person, _visible(person, sent.signal.pk)))


@router.get(
    "/{signal_id}",
    auth=READING,
    response={200: SignalDetailOut, **READ},
    operation_id="get_signal",
    summary="Get a signal",
    description="One signal with what the caller may do with it now, and why not.",
)
def get_signal(request: HttpRequest, signal_id: int) -> Signal:
    return _detail(actor_of(request), _visible(actor_of(request), signal_id))


@router.post(
    "/{signal_id}/actions",
    auth=WRITING,
    response={200: SignalDetailOut, **CHANGE},
    operation_id="advance_signal",
    summary="Assess, hand over, answer or reopen a signal",
    description="One step of its life. The possible steps, and what they need, stand in its `options`.",
)
def advance_signal(request: HttpRequest, signal_id: int, payload: SignalActionIn) -> Signal:
    person = person_of(request)
    signal = _visible(person, signal_id)
    _perform(person, signal, payload)
    return _detail(person, _visible(person, signal_id))


def _perform(person: User, signal: Signal, payload: SignalActionIn) -> None:
    given: dict[str, Any] = {"actor": person, "signal": signal, "version": payload.version}
    if payload.action == "answer":
        actions.answer(**given, outcome=payload.outcome or "", reason=payload.reason)
    elif payload.action == "transfer":
        actions.transfer(**given, to=payload.transferred_to, reason=payload.reason)
    elif payload.action == "reopen":
        actions.reopen(**given, reason=payload.reason)
    elif payload.action == "pass_on":
        owner = one_named(
            User.objects.filter(is_active=True), payload.owner, "owner", _("There is no such person.")
        )
        if owner is None:
            raise ValidationError({"owner": [_("This must be filled in.")]})
        actions.pass_on(**given, owner=owner, note=payload.note)
    elif payload.action in SIGNAL.actions and payload.action != "escalate":
        actions.advance(**given, action=payload.action, lane=payload.lane or "", note=payload.note)
    else:
        raise WrongState(_("There is no such step."))


@router.post(
    "/{signal_id}/me-too",
    auth=WRITING,
    response={200: SignalOut, **CHANGE},
    operation_id="say_me_too",
    summary="Say that a signal concerns you too",
    description="Counted once, shown only as a count. Open to colleagues in the same organisation.",
)
def say_me_too(request: HttpRequest, signal_id: int) -> Signal:
    person = person_of(request)
    rows = rules.alike_visible_to(person) | rules.visible_to(person)
    signal = get_object_or_404(rows, pk=signal_id if 0 < signal_id <= LARGEST_ID else 0)
    actions.me_too(actor=person, signal=signal)
    return _masked([_visible(person, signal_id)])[0]


@router.get(
    "/{signal_id}/messages",
    auth=READING,
    response={200: list[MessageOut], **READ},
    operation_id="list_signal_messages",
    summary="Read the talk about a signal",
    description="For the sender and those who handle it; empty for others who may see the signal.",
)
def list_messages(request: HttpRequest, signal_id: int) -> list[Message]:
    actor = actor_of(request)
    return list(rules.messages_visible_to(actor, _visible(actor, signal_id)))


@router.post(
    "/{signal_id}/messages",
    auth=WRITING,
    response={201: MessageOut, **CHANGE},
    operation_id="write_signal_message",
    summary="Write in the talk about a signal",
    description="As its sender, or as one who handles it. The other side is told.",
)
def write_message(request: HttpRequest, signal_id: int, payload: TextIn) -> Status[Message]:
    person = person_of(request)
    return Status(201, actions.say(actor=person, signal=_visible(person, signal_id), text=payload.text))
