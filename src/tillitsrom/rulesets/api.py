"""Agreement areas, the classifier and local agreements: the same rules, gates and actions as the pages."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.paging import Page, page_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.endpoints import READ, change
from tillitsrom.people.keys import OPEN, READING
from tillitsrom.people.models import Actor, Party
from tillitsrom.people.rules import organisations_visible_to

from . import actions, load, queries, rules
from .api_schemas import (
    AgreementQuery,
    AreaDetailOut,
    AreaOut,
    ClassificationOut,
    ClassifyQuery,
    InForceOut,
    LocalAgreementDetailOut,
    LocalAgreementOut,
    ReasonIn,
    SignIn,
)
from .classifier import TOPIC, classify, next_question
from .models import HOLDING, LocalAgreement
from .schema import Provision, Reply, RuleSet

router = Router(tags=["Agreements"])


def _provision(one: Provision, on: date) -> dict[str, Any]:
    return {
        "section": one.section, "sources": list(one.sources), "verified": one.verified_on(on),
        "valid_from": one.valid_from, "valid_to": one.valid_to, "edition": one.edition,
    }  # fmt: skip


def _area(one: RuleSet, on: date) -> dict[str, Any]:
    return {
        "code": one.code, "name": str(one.name), "applies_to": str(one.applies_to), "standing": one.standing(on),
        "standing_text": one.standing_text(on), "provision": _provision(one.provision, on),
    }  # fmt: skip


def _question(one: Any) -> dict[str, str]:
    return {"id": one.id, "text": str(one.text), "help": str(one.help or "")}


def _found(code: str) -> RuleSet:
    try:
        return queries.rule_set(code)
    except KeyError:
        raise Http404 from None


@router.get(
    "/areas",
    auth=READING,
    openapi_extra=OPEN,
    response={200: list[AreaOut], 401: Problem, 429: Problem},
    operation_id="list_agreement_areas",
    summary="List agreement areas",
    description="The rule sets with their editions and how they stand today. Open to everyone.",
)
def list_areas(request: HttpRequest) -> object:
    return [_area(one, timezone.localdate()) for one in load.rule_sets().values()]


@router.get(
    "/areas/{code}",
    auth=READING,
    openapi_extra=OPEN,
    response={200: AreaDetailOut, 401: Problem, 404: Problem, 429: Problem},
    operation_id="get_agreement_area",
    summary="Get an agreement area",
    description="Every rule with its section, source and whether it is confirmed. Open to everyone.",
)
def get_area(request: HttpRequest, code: str) -> object:
    area, today = _found(code), timezone.localdate()
    rows = [
        {
            "id": one.id, "title": str(one.title), "topic": one.topic, "form": one.form,
            "steps": list(one.steps or (one.form,)), "conditions": list(one.conditions),
            "unless": list(one.unless), "otherwise": one.otherwise, "reason": str(one.reason),
            "provision": _provision(one.provision, today),
        }
        for one in area.rules.values()
    ]  # fmt: skip
    return {**_area(area, today), "rules": rows, "questions": [_question(q) for q in area.questions.values()]}


@router.get(
    "/areas/{code}/classify",
    auth=READING,
    openapi_extra=OPEN,
    response={200: ClassificationOut, **READ},
    operation_id="classify_case",
    summary="Which form shall a case have?",
    description="Answers with a form, its reason and source, and what to ask next. Stores nothing. Open to everyone.",
)
def classify_case(request: HttpRequest, code: str, query: Query[ClassifyQuery]) -> object:
    area = _found(code)
    answers = {
        **{TOPIC + name: Reply.YES.value for name in query.topic},
        **dict(one.split(":", 1) for one in query.answer),
    }
    on = query.on or timezone.localdate()
    found, question = classify(area, answers, on), next_question(area, answers)
    minutes = queries.minutes_needed(area, found.form)
    names = [name for name in ClassificationOut.model_fields if name not in ("next_question", "minutes")]
    return {
        **{name: getattr(found, name) for name in names},
        "next_question": _question(question) if question else None,
        "minutes": {
            "kind": minutes.kind, "written_by": minutes.written_by, "approved": minutes.approved,
            "signed": minutes.signed, "signers": list(minutes.signers), "text": str(minutes.text),
            "provision": _provision(minutes.provision, on),
        },
    }  # fmt: skip


@router.get(
    "/organisations/{organisation_id}",
    auth=READING,
    openapi_extra=OPEN,
    response={200: InForceOut, 401: Problem, 404: Problem, 429: Problem},
    operation_id="get_agreement_in_force",
    summary="What holds in an organisation",
    description="The agreement area and the days that are agreed locally or suggested. Open to everyone.",
)
def get_in_force(request: HttpRequest, organisation_id: int) -> object:
    actor = actor_of(request)
    organisation = get_object_or_404(organisations_visible_to(actor), pk=organisation_id)
    now = queries.in_force(organisation, timezone.localdate())
    seen = now.local is None or rules.visible_to(actor).filter(pk=now.local.pk).exists()
    return {
        "organisation_id": organisation.pk,
        "area": now.rule_set.code,
        "area_since": now.area_since,
        "standing": now.standing,
        "agreed_locally": now.agreed_locally,
        "days_note": now.days_note,
        "notice_days": now.notice_days if seen else None,
        "document_days": now.document_days if seen else None,
        "minutes_days": now.minutes_days if seen else None,
        "local_agreement_id": now.local.pk if now.local is not None and seen else None,
    }


def _local(row: LocalAgreement) -> dict[str, Any]:
    names = [name for name in LocalAgreementOut.model_fields if name not in ("area", "id")]
    return {"id": row.pk, "area": row.rule_set, **{name: getattr(row, name) for name in names}}


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    row = get_object_or_404(rules.visible_to(actor), pk=pk)
    return {
        **_local(row),
        "text": row.text,
        "evaluate_on": row.evaluate_on,
        "levels": [{"kind": one.kind, "unit_id": one.unit_id} for one in row.levels.all()],
        "wheel": [{"month": one.month, "form": one.form, "what": one.what} for one in row.wheel.all()],
        "signatures": [
            {
                "party_id": one.party_id, "party": one.party.name, "side": one.party.side,
                "signed_on": one.signed_on,
            }
            for one in row.parties.select_related("party")
        ],
    }  # fmt: skip


@router.get(
    "/local",
    auth=READING,
    openapi_extra=OPEN,
    response={200: Page[LocalAgreementOut], 401: Problem, 422: Problem, 429: Problem},
    operation_id="list_local_agreements",
    summary="List local agreements",
    description="Those that are or have been in force are open unless exempt; the rest for the organisation itself.",
)
def list_local(request: HttpRequest, query: Query[AgreementQuery]) -> object:
    rows = rules.visible_to(actor_of(request)).order_by("organisation_id", "-valid_from", "pk")
    if query.organisation is not None:
        rows = rows.filter(organisation=query.organisation)
    if query.in_force:
        rows = rows.filter(status__in=HOLDING)
    return page_of(request, rows, query, lambda found: [_local(one) for one in found])


@router.get(
    "/local/{agreement_id}",
    auth=READING,
    openapi_extra=OPEN,
    response={200: LocalAgreementDetailOut, 401: Problem, 404: Problem, 429: Problem},
    operation_id="get_local_agreement",
    summary="Get a local agreement",
    description="The days, levels, annual wheel and signatures. Who signed for a party is not told here.",
)
def get_local(request: HttpRequest, agreement_id: int) -> object:
    return _detail(actor_of(request), agreement_id)


def _row(request: HttpRequest, agreement_id: int) -> LocalAgreement:
    return get_object_or_404(rules.visible_to(actor_of(request)), pk=agreement_id)


@change(
    router,
    "/local/{agreement_id}/sign",
    LocalAgreementDetailOut,
    "sign_local_agreement",
    "Sign a local agreement",
    "Signs for a party that the caller may speak for today.",
)
def sign_local(request: HttpRequest, agreement_id: int, payload: SignIn) -> object:
    row = _row(request, agreement_id)
    party = get_object_or_404(Party, pk=payload.party_id, organisation=row.organisation_id)
    actions.sign(actor=person_of(request), agreement=row, version=payload.version, party=party)
    return _detail(actor_of(request), agreement_id)


@change(
    router,
    "/local/{agreement_id}/evaluate",
    LocalAgreementDetailOut,
    "evaluate_local_agreement",
    "Evaluate a local agreement",
    "Notes what the parties found; the next evaluation is set.",
)
def evaluate_local(request: HttpRequest, agreement_id: int, payload: ReasonIn) -> object:
    row = _row(request, agreement_id)
    actions.evaluate(actor=person_of(request), agreement=row, version=payload.version, reason=payload.reason)
    return _detail(actor_of(request), agreement_id)


@change(
    router,
    "/local/{agreement_id}/terminate",
    LocalAgreementDetailOut,
    "terminate_local_agreement",
    "End a local agreement",
    "Ends the agreement, or the negotiation, with a reason.",
)
def terminate_local(request: HttpRequest, agreement_id: int, payload: ReasonIn) -> object:
    row = _row(request, agreement_id)
    actions.terminate(actor=person_of(request), agreement=row, version=payload.version, reason=payload.reason)
    return _detail(actor_of(request), agreement_id)
