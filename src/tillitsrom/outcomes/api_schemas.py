"""The shapes of outcomes in the API."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema
from pydantic import WithJsonSchema

from tillitsrom.core.paging import LARGEST_KEY, Paging
from tillitsrom.signals.models import LARGEST_ID

from .models import DECIDED, Request

LONG = 4000


def _words(*values: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(values)})


OutcomeWord = Annotated[str, _words(*DECIDED)]
RequestStatus = Annotated[Request.Status, _words(*Request.Status.values)]


class OutcomeOptionOut(Schema):
    action: str
    label: str
    needs: list[str]
    allowed: bool
    reason: str


class OutcomeDecisionOut(Schema):
    id: int
    outcome: str
    subject: str = Field(description="What it was decided from: `signal`, `case` or `requirement`.")
    organisation_id: int
    requirement_id: int | None
    case_id: int | None
    request_id: int | None
    text: str = Field(description="What holds from now on.")
    reason: str
    review_on: date | None
    limits: str
    heard: str
    merged_into_id: int | None
    hypothesis: str
    trial_unit_id: int | None
    trial_from: date | None
    trial_to: date | None
    consented: str
    decided_on: date


class OwnerRequestOut(Schema):
    id: int
    requirement_id: int
    organisation_id: int = Field(description="The body that asks.")
    owner_id: int = Field(description="The body that imposes the requirement.")
    asks: str
    why: str
    section: str
    people: int | None = Field(
        description="When it was sent; null where too few stand behind to show a number."
    )
    organisations: int
    hours_low: float | None
    hours_high: float | None
    sent_on: date
    due_on: date
    extended_from: date | None
    status: RequestStatus
    unanswered_on: date | None
    answer: str
    answer_reason: str
    answered_on: date | None
    late: bool = Field(description="Answered after the date.")
    version: int


class OwnerRequestDetailOut(OwnerRequestOut):
    options: list[OutcomeOptionOut]
    hours_low_now: float | None
    hours_high_now: float | None
    people_now: int | None


class LegalObstacleOut(Schema):
    id: int
    law: str
    section: str
    blocks: str
    requirement_id: int
    status: str
    registered_on: date
    changed_on: date | None
    version: int


class OverlapOut(Schema):
    kind: str = Field(description="`requirement` or `new_duty`.")
    id: int
    title: str
    words: list[str] = Field(description="The words that both have.")
    same_recipient: bool
    recipient: str


class NewDutyOut(Schema):
    id: int
    organisation_id: int
    title: str
    purpose: str
    recipient: str
    reporters: str
    reporters_count: int
    hours_low: float
    hours_high: float
    legal_basis: str
    registered_on: date
    takes_effect_on: date
    ends_on: date
    trust_reform: bool
    overlaps: list[OverlapOut]
    overlap_answer: str
    status: str
    status_reason: str
    version: int


class DecisionQuery(Paging):
    requirement: int | None = Field(None, le=LARGEST_KEY)
    organisation: int | None = Field(None, le=LARGEST_KEY)
    outcome: OutcomeWord | None = None


class RequestQuery(Paging):
    requirement: int | None = Field(None, le=LARGEST_KEY)
    organisation: int | None = Field(None, le=LARGEST_KEY)
    owner: int | None = Field(None, le=LARGEST_KEY)
    status: RequestStatus | None = None


class DecideIn(Schema):
    signal: int | None = Field(None, le=LARGEST_ID, description="One of signal, case and requirement.")
    case: int | None = Field(None, le=LARGEST_KEY)
    requirement: int | None = Field(None, le=LARGEST_KEY)
    version: int
    outcome: OutcomeWord
    reason: str = Field(max_length=LONG)
    text: str = Field("", max_length=LONG)
    review_on: date | None = None
    merged_into: int | None = Field(None, le=LARGEST_KEY)
    limits: str = Field("", max_length=LONG)
    heard: str = Field("", max_length=300)
    hypothesis: str = Field("", max_length=LONG)
    trial_unit: int | None = Field(None, le=LARGEST_KEY)
    trial_from: date | None = None
    trial_to: date | None = None
    consented: str = Field("", max_length=300)
    section: str = Field("", max_length=200)


class AskIn(Schema):
    requirement: int = Field(le=LARGEST_KEY)
    organisation: int = Field(le=LARGEST_KEY)
    asks: Annotated[Request.Asks, _words(*Request.Asks.values)]
    why: str = Field(max_length=LONG)
    section: str = Field("", max_length=200)


class AnswerIn(Schema):
    action: str = Field(max_length=30, description="One of the request's `options`.")
    version: int
    reason: str = Field("", max_length=LONG)
    text: str = Field("", max_length=LONG)
    review_on: date | None = None


class ChangedLawIn(Schema):
    version: int
    reason: str = Field(max_length=LONG)


class NewDutyIn(Schema):
    organisation: int = Field(le=LARGEST_KEY)
    title: str = Field(max_length=300)
    purpose: str = Field(max_length=LONG)
    recipient: str = Field(max_length=200)
    reporters: str = Field(max_length=200)
    reporters_count: int = Field(ge=0, le=10_000_000)
    hours_low: float = Field(ge=0, le=1e9)
    hours_high: float = Field(ge=0, le=1e9)
    legal_basis: str = Field(max_length=200)
    takes_effect_on: date
    ends_on: date
    trust_reform: bool = False
    overlap_answer: str = Field("", max_length=LONG)


class NewDutyStepIn(Schema):
    action: str = Field(max_length=30)
    version: int
    reason: str = Field("", max_length=LONG)
    ends_on: date | None = None


class OverlapQuery(Schema):
    text: str = Field(min_length=1, max_length=LONG)
    recipient: str = Field("", max_length=200)
