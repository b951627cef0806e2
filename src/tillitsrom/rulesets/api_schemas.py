"""What the API of agreements answers with and is asked by."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema

from tillitsrom.core.paging import Paging

from .schema import CaseForm, MinutesKind, Standing


class ProvisionOut(Schema):
    section: str
    sources: list[str]
    verified: bool = Field(description="Whether the text was read in the edition that holds today.")
    valid_from: date | None = Field(description="Null where nobody knows.")
    valid_to: date | None
    edition: str


class RuleOut(Schema):
    id: str
    title: str
    topic: bool = Field(description="Whether a case can be said to be about this.")
    form: CaseForm
    steps: list[CaseForm]
    conditions: list[str] = Field(description="Questions that must all be answered yes.")
    unless: list[str] = Field(description="Questions that must all be answered no.")
    otherwise: str = Field(description="The rule that decides where this one does not apply, or empty.")
    reason: str
    provision: ProvisionOut


class QuestionOut(Schema):
    id: str
    text: str
    help: str


class AreaOut(Schema):
    code: str
    name: str
    applies_to: str
    standing: Standing
    standing_text: str
    provision: ProvisionOut


class AreaDetailOut(AreaOut):
    rules: list[RuleOut]
    questions: list[QuestionOut]


class ClassifyQuery(Schema):
    topic: list[str] = Field([], max_length=60, description="Ids of the rules that the case is about.")
    answer: list[Annotated[str, Field(pattern=r"^[a-z_]+:(yes|no|unknown)$")]] = Field(
        [], max_length=60, description="Answers as `question:yes`, `question:no` or `question:unknown`."
    )
    on: date | None = Field(None, description="The day, today where it is left out.")


class ConsideredOut(Schema):
    rule_id: str
    title: str
    form: CaseForm
    section: str
    applies: bool
    verified: bool
    reason: str


class MinutesOut(Schema):
    kind: MinutesKind
    written_by: str
    approved: bool
    signed: bool
    signers: list[str]
    text: str
    provision: ProvisionOut


class ClassificationOut(Schema):
    form: CaseForm
    rule_id: str
    title: str
    reason: str
    section: str
    sources: list[str]
    verified: bool = Field(description="Where false the answer is a suggestion, never law.")
    caveat: str
    steps: list[CaseForm]
    also: list[ConsideredOut]
    alternatives: list[ConsideredOut]
    unsettled: list[str] = Field(description="Questions that nobody could answer yet.")
    next_question: QuestionOut | None = Field(description="What to ask next, or null.")
    minutes: MinutesOut


class LevelOut(Schema):
    kind: str
    unit_id: int | None


class PointOut(Schema):
    month: int
    form: CaseForm
    what: str


class SignatureOut(Schema):
    party_id: int
    party: str
    side: str
    signed_on: date | None


class LocalAgreementOut(Schema):
    id: int
    organisation_id: int
    area: str
    title: str
    status: str
    valid_from: date
    valid_to: date | None
    notice_days: int
    document_days: int
    minutes_days: int
    evaluation_months: int
    version: int


class LocalAgreementDetailOut(LocalAgreementOut):
    text: str
    evaluate_on: date | None
    levels: list[LevelOut]
    wheel: list[PointOut]
    signatures: list[SignatureOut]


class InForceOut(Schema):
    organisation_id: int
    area: str
    area_since: date | None
    standing: str
    agreed_locally: bool
    days_note: str
    notice_days: int | None = Field(description="Null where the local agreement is exempt from openness.")
    document_days: int | None
    minutes_days: int | None
    local_agreement_id: int | None


class VersionIn(Schema):
    version: int = Field(description="The version that was read.")


class SignIn(VersionIn):
    party_id: int


class ReasonIn(VersionIn):
    reason: str = Field(max_length=4000)


class AgreementQuery(Paging):
    organisation: int | None = None
    in_force: bool = Field(False, description="Only those that hold now.")
