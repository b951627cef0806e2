"""Review: a person says of each candidate what it is, one call per answer."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from tillitsrom.core.http import person_of
from tillitsrom.core.problem import Problem
from tillitsrom.people.keys import WRITING
from tillitsrom.people.models import User
from tillitsrom.register import rules
from tillitsrom.register.actions import review
from tillitsrom.register.models import Candidate

from . import schemas

router = Router(tags=["Review"])

CHANGE = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


def _visible(person: User, candidate_id: int) -> Candidate:
    return get_object_or_404(rules.candidates_visible_to(person).select_related("document"), pk=candidate_id)


@router.get(
    "/{candidate_id}",
    auth=WRITING,
    response={200: schemas.CandidateOut, 401: Problem, 404: Problem, 429: Problem},
    operation_id="get_candidate",
    summary="Get a candidate",
    description="One thing that the reader found. Only for the organisations that the document concerns.",
)
def get_candidate(request: HttpRequest, candidate_id: int) -> Candidate:
    return _visible(person_of(request), candidate_id)


@router.patch(
    "/{candidate_id}",
    auth=WRITING,
    response={200: schemas.CandidateOut, **CHANGE},
    operation_id="edit_candidate",
    summary="Change a candidate",
    description="Changes the class, deadline, addressee or assignment of a candidate that waits.",
)
def edit_candidate(request: HttpRequest, candidate_id: int, payload: schemas.CandidateEditIn) -> Candidate:
    person = person_of(request)
    sent = payload.dict(exclude_unset=True, exclude={"version"})
    values = {field: "" if value is None else value for field, value in sent.items()}
    return review.edit(
        actor=person, candidate=_visible(person, candidate_id), version=payload.version, values=values
    )


@router.post(
    "/{candidate_id}/accept",
    auth=WRITING,
    response={200: schemas.AcceptedOut, **CHANGE},
    operation_id="accept_candidate",
    summary="Accept a candidate",
    description="The candidate becomes a requirement in force.",
)
def accept_candidate(request: HttpRequest, candidate_id: int, payload: schemas.VersionIn) -> object:
    person = person_of(request)
    made = review.accept(actor=person, candidate=_visible(person, candidate_id), version=payload.version)
    return {
        "candidate": _visible(person, candidate_id),
        "requirement_id": made.pk if made is not None else None,
    }


@router.post(
    "/{candidate_id}/reject",
    auth=WRITING,
    response={200: schemas.CandidateOut, **CHANGE},
    operation_id="reject_candidate",
    summary="Reject a candidate",
    description="The candidate is no requirement.",
)
def reject_candidate(request: HttpRequest, candidate_id: int, payload: schemas.VersionIn) -> Candidate:
    person = person_of(request)
    return review.reject(actor=person, candidate=_visible(person, candidate_id), version=payload.version)


@router.post(
    "/{candidate_id}/undo",
    auth=WRITING,
    response={200: schemas.CandidateOut, **CHANGE},
    operation_id="undo_candidate",
    summary="Take an answer back",
    description="The candidate waits again. A requirement that has already been worked on stays.",
)
def undo_candidate(request: HttpRequest, candidate_id: int, payload: schemas.VersionIn) -> Candidate:
    person = person_of(request)
    return review.undo(actor=person, candidate=_visible(person, candidate_id), version=payload.version)


@router.post(
    "/{candidate_id}/split",
    auth=WRITING,
    response={200: list[schemas.CandidateOut], **CHANGE},
    operation_id="split_candidate",
    summary="Split a candidate",
    description="Splits a candidate where you say; returns the parts.",
)
def split_candidate(request: HttpRequest, candidate_id: int, payload: schemas.SplitIn) -> list[Candidate]:
    person = person_of(request)
    candidate = _visible(person, candidate_id)
    return review.split(actor=person, candidate=candidate, version=payload.version, at=payload.at)


@router.post(
    "/{candidate_id}/merge",
    auth=WRITING,
    response={200: schemas.CandidateOut, **CHANGE},
    operation_id="merge_candidates",
    summary="Merge two candidates",
    description="Two candidates of the same document become one; returns it.",
)
def merge_candidates(request: HttpRequest, candidate_id: int, payload: schemas.MergeIn) -> Candidate:
    person = person_of(request)
    return review.merge(
        actor=person,
        first=_visible(person, candidate_id),
        second=_visible(person, payload.other),
        version=payload.version,
        second_version=payload.other_version,
    )
