"""What goes in and out of the register's API."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import TextChoices
from ninja import Field, Schema
from pydantic import WithJsonSchema

from tillitsrom.core.lifecycles import Lifecycle
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Actor
from tillitsrom.register.lifecycle import only_the_system
from tillitsrom.register.models import Candidate, Document, Requirement, RequirementClass


def _words(choices: type[TextChoices]) -> WithJsonSchema:
    """Say the choices where they are used: the register has three kinds of status, and names in an OpenAPI are shared."""
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


DocumentKind = Annotated[Document.Kind, _words(Document.Kind)]
DocumentStatus = Annotated[Document.Status, _words(Document.Status)]
CandidateStatus = Annotated[Candidate.Status, _words(Candidate.Status)]
RequirementStatus = Annotated[Requirement.Status, _words(Requirement.Status)]
RequirementDetail = Annotated[Requirement.Detail, _words(Requirement.Detail)]
MinutesSource = Annotated[Requirement.MinutesSource, _words(Requirement.MinutesSource)]


class BodyRef(Schema):
    """An organisation, named."""

    id: int
    name: str


class OptionOut(Schema):
    """Something that can be done from the present state, and whether the caller may."""

    action: str
    label: str = Field(description="What the action is called, in the caller's language.")
    needs: list[str] = Field(description="The fields that the action asks for.")
    allowed: bool
    reason: str = Field(description="Why the caller may, or may not.")


def options(lifecycle: Lifecycle, actor: Actor, obj: Any) -> list[dict[str, Any]]:
    """What can be done now, without the steps that only the system takes."""
    return [
        {
            "action": option.transition.action,
            "label": str(option.transition.label),
            "needs": list(option.transition.needs),
            "allowed": option.decision.allowed,
            "reason": str(option.decision.reason),
        }
        for option in lifecycle.options(actor, obj)
        if option.transition.rule is not only_the_system
    ]


class HappeningOut(Schema):
    """One event, as a sentence."""

    at: datetime
    kind: str
    sentence: str
    who: str = Field(description="Who did it; to the public only that a person did.")


class DocumentOut(Schema):
    id: int
    title: str
    kind: DocumentKind
    year: int
    imposing_body: BodyRef
    addressee: BodyRef
    status: DocumentStatus
    openness: Openness
    exempt_ground: str = Field(description="The legal basis for an exemption from openness, or empty.")
    exempt_review_on: date | None
    file_name: str
    file_size: int
    created_at: datetime
    published_on: date | None
    counts: dict[str, int] = Field(
        description="Requirements per class; before publishing, candidates that are not rejected. "
        "Authorities stand here but do not count as requirements."
    )


class NoticeOut(Schema):
    """Something to know about how the document was read."""

    code: str = Field(
        description="`read_by_ocr`, `pages_without_text`, `no_ocr`, `comments`, `tracked_changes` or `attachment`."
    )
    sentence: str


class DocumentDetailOut(DocumentOut):
    follows_id: int | None = Field(
        description="The document that this one follows, if the caller may see it."
    )
    failure_message: str
    progress_done: int = Field(description="Pages read so far, while it is being read.")
    progress_total: int
    notices: list[NoticeOut]
    options: list[OptionOut]
    history: list[HappeningOut]


class DocumentTextOut(Schema):
    """The text that offsets count in, and for those who may review it, what was found."""

    id: int
    text: str
    pages: list[list[int]] = Field(
        description="[number, start, end] for each page, in characters of the text."
    )
    candidates: list["CandidateOut"] = Field(description="Empty for those who may not see the review.")


class DocumentActionIn(Schema):
    action: str = Field(max_length=30, description="One of the document's `options`, for example `publish`.")


class CandidateOut(Schema):
    id: int
    document_id: int
    start: int
    end: int
    quote: str
    stem: str = Field(description="The words that open the list that an item stands in; else empty.")
    requirement_class: RequirementClass
    deadline: str
    date_corrected: bool = Field(
        description="True where the document names an impossible day (31.06.2026): `deadline` is then the month's last day."
    )
    addressee: str
    assignment: str
    page: int | None
    heading: str
    read_by_ocr: bool = Field(
        description="True where the page is a scanned picture that a machine has read; check it against the original."
    )
    rule: str = Field(description="What found it; `person` for one that a person made.")
    confidence: float
    status: CandidateStatus
    version: int = Field(
        description="Send this with a change; it guards against overwriting somebody else's."
    )


class VersionIn(Schema):
    version: int = Field(description="The version that you have seen.")


class CandidateEditIn(VersionIn):
    """Only the fields that are sent are changed."""

    requirement_class: RequirementClass | None = None
    deadline: str | None = Field(
        None, max_length=10, description="A date, a month or a year; empty for none."
    )
    addressee: str | None = Field(None, max_length=200)
    assignment: str | None = Field(None, max_length=60)


class SplitIn(VersionIn):
    at: list[int] = Field(
        min_length=1, max_length=50, description="Where to split, in characters of the document's text."
    )


class MergeIn(VersionIn):
    other: int = Field(description="The candidate to merge with.")
    other_version: int


class CandidateIn(Schema):
    """A sentence that the reader missed."""

    sentence: str = Field(description="The sentence as it stands in the document's text.", max_length=2000)
    requirement_class: RequirementClass = Field(description="Its class.")


class AcceptAllIn(Schema):
    confidence: float = Field(ge=0, le=1, description="The lowest confidence to accept.")


class AcceptedAllOut(Schema):
    accepted: int


class AcceptedOut(Schema):
    candidate: CandidateOut
    requirement_id: int | None


class RequirementOut(Schema):
    id: int
    document_id: int
    imposing_body: BodyRef
    addressee: BodyRef
    level: str
    year: int
    unit_id: int | None
    text: str
    quote: str = Field(description="The sentence in the document.")
    page: int | None
    heading: str
    assignment: str
    requirement_class: RequirementClass
    who_acts: str
    deadline: str = Field(description="A date, a month or a year, as the document has it; empty for none.")
    deadline_on: date | None = Field(description="The last day of the deadline.")
    status: RequirementStatus
    legal_basis: str
    statutory: bool
    detail: str
    hours_low: float | None = Field(description="Hours a year, at least.")
    hours_high: float | None = Field(description="Hours a year, at most.")
    minutes_source: str = Field(description="Whether minutes are estimated or measured; empty where unknown.")
    openness: Openness


class RangeOut(Schema):
    low: float
    high: float


class ParameterOut(Schema):
    code: str
    value: float
    valid_from: date
    source: str
    verified: bool


class CostOut(Schema):
    """The standard cost model: minutes × occasions × people ÷ 60, priced by the parameters."""

    minutes: RangeOut
    occasions: float
    people: int
    hours: RangeOut
    kroner: RangeOut
    person_years: RangeOut
    parameters: list[ParameterOut]


class RequirementDetailOut(RequirementOut):
    start: int
    end: int
    read_by_ocr: bool = Field(
        description="True where the page is a scanned picture that a machine has read; check it against the original."
    )
    purpose: str
    recipient: str
    frequency: str
    minutes_low: int | None
    minutes_high: int | None
    occasions_per_year: float | None
    affected_count: int | None
    exempt_ground: str
    exempt_review_on: date | None
    status_reason: str
    review_on: date | None
    replaces_id: int | None = Field(description="Last year's requirement, if the caller may see it.")
    merged_into_id: int | None
    version: int = Field(
        description="Send this with a change; it guards against overwriting somebody else's."
    )
    cost: CostOut | None = Field(description="Null where something the formula needs is not known.")
    options: list[OptionOut]
    history: list[HappeningOut]


class RequirementDescribeIn(VersionIn):
    """Only the fields that are sent are changed."""

    unit: int | None = None
    who_acts: str | None = Field(None, max_length=200)
    deadline: str | None = Field(None, max_length=10)
    legal_basis: str | None = Field(None, max_length=200)
    statutory: bool | None = None
    purpose: str | None = Field(None, max_length=10_000)
    recipient: str | None = Field(None, max_length=200)
    frequency: str | None = Field(None, max_length=100)
    detail: RequirementDetail | None = None
    minutes_low: int | None = Field(None, ge=0, le=1_000_000)
    minutes_high: int | None = Field(None, ge=0, le=1_000_000)
    minutes_source: MinutesSource | None = None
    occasions_per_year: float | None = Field(None, ge=0, le=100_000)
    affected_count: int | None = Field(None, ge=0, le=10_000_000)
    openness: Openness | None = None
    exempt_ground: str | None = Field(None, max_length=20)
    exempt_review_on: date | None = None


class RequirementActionIn(VersionIn):
    action: str = Field(
        max_length=30, description="One of the requirement's `options`, for example `question`."
    )
    reason: str = Field("", max_length=10_000)
    text: str = Field("", max_length=10_000, description="The new text, for `simplify`.")
    review_on: date | None = Field(None, description="When it is looked at again, for `keep` and `try_out`.")
    merged_into: int | None = Field(None, description="The requirement that takes over, for `merge`.")


class DeadlineOut(Schema):
    requirement_id: int = Field(alias="id")
    deadline: str
    deadline_on: date
    text: str
    requirement_class: RequirementClass
    status: RequirementStatus
    imposing_body: BodyRef
    addressee: BodyRef
    document_id: int


class LineOut(Schema):
    requirement_class: RequirementClass
    text: str
    page_address: str


class PieceOut(Schema):
    """A run of characters, and whether it stands in both wordings or only in the old or the new."""

    side: Literal["both", "old", "new"]
    text: str


class RewordedOut(Schema):
    old: LineOut
    new: LineOut
    pieces: list[PieceOut] = Field(description="The two wordings as one, word by word.")


class SeveralOut(Schema):
    """One requirement that was split into several, or several that were merged into one."""

    old: list[LineOut]
    new: list[LineOut]


class MovedOut(Schema):
    """The same words in another class, chapter or assignment."""

    old: LineOut
    new: LineOut
    where: str = Field(description="From where to where, in words.")


class ClassChangeOut(Schema):
    requirement_class: RequirementClass
    before: int
    after: int
    net: int


class ComparisonOut(Schema):
    """Two documents, sentence by sentence."""

    old_id: int
    new_id: int
    before: int = Field(description="Requirements in the older one.")
    after: int = Field(description="Requirements in the newer one.")
    classes: list[ClassChangeOut]
    in_words: str
    displaced: bool = Field(description="True where goals fell and activities or assignments rose.")
    kept: list[LineOut]
    reworded: list[RewordedOut]
    split: list[SeveralOut]
    merged: list[SeveralOut]
    moved: list[MovedOut]
    new: list[LineOut]
    gone: list[LineOut]
