"""The cases' part of the API: the same gates, guards and actions as the pages. Persons are named nowhere; parties are."""

from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import WithJsonSchema

from tillitsrom.core.decisions import WrongState
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lookups import one_named
from tillitsrom.core.paging import LARGEST_KEY, Page, Paging, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.endpoints import CHANGE, READ
from tillitsrom.people.keys import READING, WRITING
from tillitsrom.people.models import Actor, Party, User
from tillitsrom.people.rules import organisations_visible_to, units_visible_to
from tillitsrom.rulesets.schema import CaseForm

from . import compliance, queries, rules
from .actions import cases, positions
from .lifecycle import CASE, only_by_the_meeting
from .models import Case, Position

router = Router(tags=["Cases"])


def _words(choices: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


CaseStatus = Annotated[Case.Status, _words(Case.Status)]
StanceWord = Annotated[Position.Stance, _words(Position.Stance)]
FormWord = Annotated[CaseForm, _words(CaseForm)]


class MoveOut(Schema):
    sides: list[str] = Field(description="`employer`, `employees`, both or none.")
    what: str


class CaseOut(Schema):
    """A case as a list shows it."""

    id: int
    number: str
    organisation_id: int
    unit_id: int | None
    question: str
    origin: str
    raised_by_party_id: int | None = Field(description="Null where a safety delegate raised it.")
    raised_on: date
    rule_set: str
    form: str = Field(description="Empty before it is set.")
    form_open: bool = Field(
        description="The form is contested, or lighter than the rules say and not confirmed."
    )
    decision_planned_on: date | None
    decided_on: date | None
    closed_on: date | None
    status: CaseStatus
    rounds: int
    openness: str
    version: int


class PositionOut(Schema):
    party_id: int
    stance: StanceWord
    text: str
    at: datetime


class PaperOut(Schema):
    id: int
    title: str
    text: str
    reference: str
    sent_on: date


class TakesPartOut(Schema):
    party_id: int
    since: date
    how: str


class TalkOut(Schema):
    on: date
    about: str
    party_ids: list[int]


class CaseOptionOut(Schema):
    action: str
    label: str
    needs: list[str]
    allowed: bool
    reason: str


class DeviationOut(Schema):
    code: str
    due: date
    days: int


class CaseDetailOut(CaseOut):
    background: str
    work_environment: bool
    form_why: dict[str, Any] = Field(
        description="What the classifier said: rule, reason, section, sources, verified."
    )
    contested_by_id: int | None
    contest_reason: str
    announced: str
    decision: str
    decision_reason: str
    conclusion: str
    signal_ids: list[int] = Field(description="Those that the caller may see.")
    requirement_ids: list[int] = Field(description="Those that the caller may see.")
    positions: list[PositionOut] = Field(description="All, the oldest first; a party's newest stands.")
    papers: list[PaperOut]
    takes_part: list[TakesPartOut]
    talks: list[TalkOut] = Field(
        description="Informal talks, for those who take part in the cooperation in the organisation."
    )
    move: MoveOut
    options: list[CaseOptionOut] = Field(description="What can be done now, and whether the caller may.")


class CaseQuery(Paging):
    organisation: int | None = Field(None, le=LARGEST_KEY)
    status: CaseStatus | None = None
    form: FormWord | None = None


class CaseIn(Schema):
    organisation: int = Field(le=LARGEST_KEY)
    unit: int | None = Field(None, le=LARGEST_KEY)
    party: int | None = Field(
        None, le=LARGEST_KEY, description="The party that raises it, where you speak for several."
    )
    question: str = Field(min_length=1, max_length=300)
    background: str = Field("", max_length=6000)
    decision_planned_on: date | None = None
    work_environment: bool = False
    announced: str = Field("", max_length=6000)


class CaseActionIn(Schema):
    action: str = Field(max_length=30, description="One of the case's `options`.")
    version: int = Field(
        description="The version that you have seen. Positions, papers and who takes part compare none."
    )
    party: int | None = Field(None, le=LARGEST_KEY)
    stance: StanceWord | None = None
    text: str = Field(
        "", max_length=50_000, description="The position, the paper, what is announced, decided or agreed."
    )
    reason: str = Field("", max_length=6000)
    title: str = Field("", max_length=200)
    reference: str = Field("", max_length=300)
    on: date | None = None
    step: str = Field("", max_length=40, description="A step on the path for disagreement.")
    form: FormWord | None = None
    answers: dict[str, str] = Field(
        {}, description="Answers to the questions of the agreement, for `classify`."
    )


def _visible(actor: Actor, case_id: int) -> Case:
    rows = rules.with_parts(rules.visible_to(actor))
    return get_object_or_404(rows, pk=case_id if 0 < case_id <= LARGEST_KEY else 0)


def _detail(actor: Actor, case: Case) -> Case:
    from tillitsrom.register.rules import visible_to as requirements_visible_to
    from tillitsrom.signals.rules import visible_to as signals_visible_to

    move = queries.whose_move(case)
    shown: Any = case
    shown.signal_ids = list(signals_visible_to(actor).filter(cases=case).values_list("pk", flat=True))
    shown.requirement_ids = list(
        requirements_visible_to(actor).filter(cases=case).values_list("pk", flat=True)
    )
    shown.takes_part = list(case.involvements.all())
    shown.talks = [
        {"on": one.on, "about": one.about, "party_ids": [party.pk for party in one.parties.all()]}
        for one in queries.talks_about(actor, case)
    ]
    shown.move = {"sides": list(move.sides), "what": str(move.what)}
    shown.options = [
        {
            "action": option.transition.action,
            "label": str(option.transition.label),
            "needs": list(option.transition.needs),
            "allowed": option.decision.allowed,
            "reason": str(option.decision.reason),
        }
        for option in CASE.options(actor, case)
        if option.transition.rule is not only_by_the_meeting
    ]
    return case


@router.get(
    "",
    response={200: Page[CaseOut], 401: Problem, 422: Problem, 429: Problem},
    auth=READING,
    operation_id="list_cases",
    summary="List cases between the parties",
    description="Without a key: closed cases that are not exempt. With one: also those of the owner's organisation.",
)
def list_cases(request: HttpRequest, query: Query[CaseQuery]) -> object:
    rows = rules.visible_to(actor_of(request))
    for field in ("organisation", "status", "form"):
        wanted = getattr(query, field)
        if wanted is not None:
            rows = rows.filter(**{field: wanted})
    return page_of(request, rows.order_by("-raised_on", "-pk"), query)


@router.post(
    "",
    auth=WRITING,
    response={201: CaseDetailOut, **CHANGE},
    operation_id="raise_case",
    summary="Raise a case",
    description="For a party that the owner of the key speaks for. Every party that takes part is told.",
)
def raise_case(request: HttpRequest, payload: CaseIn) -> Status[Case]:
    person = person_of(request)
    organisation = get_object_or_404(organisations_visible_to(person), pk=payload.organisation)
    unit = one_named(
        units_visible_to(person), payload.unit, "unit", _("The unit belongs to another organisation.")
    )
    parties = Party.objects.filter(organisation=organisation)
    party = one_named(parties, payload.party, "party", _("The party belongs to another organisation."))
    values = payload.dict(exclude={"organisation", "unit", "party"})
    draft = cases.Draft(organisation=organisation, values=values, unit=unit, party=party)
    made = cases.raise_case(actor=person, draft=draft)
    return Status(201, _detail(person, _visible(person, made.pk)))


@router.get(
    "/{case_id}",
    auth=READING,
    response={200: CaseDetailOut, **READ},
    operation_id="get_case",
    summary="Get a case",
    description="With positions, papers, who takes part, whose move it is, and what the caller can do now.",
)
def get_case(request: HttpRequest, case_id: int) -> Case:
    return _detail(actor_of(request), _visible(actor_of(request), case_id))


@router.get(
    "/{case_id}/deviations",
    auth=READING,
    response={200: list[DeviationOut], **READ},
    operation_id="list_case_deviations",
    summary="Which duties a case has missed",
    description="Counted from its days, never from persons.",
)
def list_deviations(request: HttpRequest, case_id: int) -> list[compliance.Deviation]:
    case = _visible(actor_of(request), case_id)
    today = timezone.localdate()
    return compliance.deviations(case, compliance.notice_days(case.organisation, today), today)


@router.post(
    "/{case_id}/actions",
    auth=WRITING,
    response={200: CaseDetailOut, **CHANGE},
    operation_id="advance_case",
    summary="Take a step in a case",
    description="The possible steps, and what they need, stand in its `options`.",
)
def advance_case(request: HttpRequest, case_id: int, payload: CaseActionIn) -> Case:
    person = person_of(request)
    case = _visible(person, case_id)
    party = one_named(
        Party.objects.filter(organisation=case.organisation_id), payload.party, "party",
        _("The party belongs to another organisation."),
    )  # fmt: skip
    _perform(person, case, party, payload)
    return _detail(person, _visible(person, case_id))


def _perform(person: User, case: Case, party: Party | None, given: CaseActionIn) -> None:
    plain: dict[str, Any] = {"actor": person, "case": case}
    known = {**plain, "version": given.version}
    day = given.on or timezone.localdate()
    words, reason = given.text, given.reason
    calls: dict[str, Any] = {
        "position": lambda: positions.take_position(
            **plain, party=party, stance=given.stance or "", text=words
        ),
        "paper": lambda: positions.add_paper(
            **plain, title=given.title, text=words, reference=given.reference
        ),
        "involve": lambda: positions.involve(**plain, party=_needed(party), since=day, how=reason[:200]),
        "classify": lambda: cases.classify(
            **known, answers=given.answers, form=given.form or "", reason=reason
        ),
        "contest": lambda: cases.contest(**known, reason=reason, party=party),
        "confirm": lambda: cases.confirm(**known, party=party),
        "announce": lambda: cases.announce(**known, announced=words),
        "again": lambda: cases.discuss_again(**known, reason=reason, announced=words),
        "decide": lambda: cases.decide(**known, decision=words, reason=reason, on=given.on),
        "agree": lambda: cases.agree(**known, agreed=words),
        "disagree": lambda: cases.disagree(**known, reason=reason, party=party),
        "path": lambda: cases.note_path(**known, step=given.step, on=day),
        "close": lambda: cases.close(**known),
        "withdraw": lambda: cases.withdraw(**known, reason=reason),
    }
    if given.action not in calls:
        raise WrongState(_("There is no such step."))
    calls[given.action]()


def _needed(party: Party | None) -> Party:
    if party is None:
        raise ValidationError({"party": [_("This must be filled in.")]})
    return party
