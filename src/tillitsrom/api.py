"""The one OpenAPI: a router per slice, errors of one shape, its documentation served from here.

A slice that has an API adds its router below; everything else about it stands in the slice's own `api.py`.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tillitsrom.checking.api import router as check
from tillitsrom.controls.api import router as controls
from tillitsrom.cooperation.api import router as cases
from tillitsrom.cooperation.api_meetings import router as cooperation
from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.core.problem import MEDIA_TYPE, django_errors, problem, schema_errors, wait
from tillitsrom.core.reference import ReferencePage
from tillitsrom.insights.api import router as figures
from tillitsrom.ledger.api import router as ledger
from tillitsrom.outcomes.api import router as outcomes
from tillitsrom.people.api import me
from tillitsrom.people.api import router as organisations
from tillitsrom.register.api import candidates, deadlines, documents, requirements
from tillitsrom.rulesets.api import router as agreements
from tillitsrom.signals.api import router as signals
from tillitsrom.signals.api_calls import router as calls_for_input
from tillitsrom.signals.api_dialogue import router as dialogues

log = logging.getLogger(__name__)


class API(NinjaAPI):
    """Says in its OpenAPI what its errors are: problem+json, not plain JSON."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
        return schema


api = API(
    title="Tillitsrom",
    version="1",
    urls_namespace="api",
    docs=ReferencePage(),
    description=(
        "Steering documents, their requirements, deadlines and figures. What is public can be read without a key. "
        "A key, made on My profile and sent as `Authorization: Bearer …`, reads and changes what its owner may read and "
        "change. Every error is `application/problem+json` in the language of `Accept-Language` (nb, nn, en)."
    ),
)
api.add_router("/organisations", organisations)
api.add_router("/me", me)
api.add_router("/documents", documents)
api.add_router("/candidates", candidates)
api.add_router("/requirements", requirements)
api.add_router("/deadlines", deadlines)
api.add_router("/figures", figures)
api.add_router("/signals", signals)
api.add_router("/dialogues", dialogues)
api.add_router("/calls-for-input", calls_for_input)
api.add_router("/cases", cases)
api.add_router("/cooperation", cooperation)
api.add_router("/check", check)
api.add_router("/agreements", agreements)
api.add_router("/outcomes", outcomes)
api.add_router("/controls", controls)
api.add_router("/ledger", ledger)


@api.exception_handler(AuthenticationError)
def not_authenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = "" if error.message == "Unauthorized" else error.message
    return problem("not-authenticated", detail=detail, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem("not-allowed", detail=error.decision.reason)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem("not-found")


@api.exception_handler(WrongState)
@api.exception_handler(Conflict)
def conflict(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem("conflict", detail=error)


@api.exception_handler(DjangoValidationError)
def invalid(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    found = django_errors(error)
    return problem("invalid", detail=" ".join(text for _field, text in found), errors=found)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem("invalid", errors=schema_errors(error.errors))


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    seconds = error.wait or 60
    return problem("too-many-requests", detail=wait(seconds), headers={"Retry-After": str(seconds)})


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem("bad-request")


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem("too-large")


@api.exception_handler(SuspiciousOperation)
def suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return problem("bad-request")


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("the API failed at %s", request.path, exc_info=error)
    return problem("server-error")


def _answer(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The API answers for itself: no log-in page, no plain-text errors, and no cache that mixes up callers."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = problem("bad-request") if _has_nul(request) else view(request, *args, **kwargs)
        except Http404 as error:
            response = not_found(request, error)
        if response.status_code == 405:
            response = problem("method-not-allowed", headers={"Allow": response.headers.get("Allow", "")})
        patch_vary_headers(response, ("Authorization", "Cookie", "Accept-Language"))
        return response

    return login_not_required(answer)


def _has_nul(request: HttpRequest) -> bool:
    """JSON can spell the one character that no database keeps. A file is not looked into here."""
    return request.content_type == "application/json" and b"\\u0000" in request.body


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Any other address under the API."""
    return problem("not-found")


def _patterns() -> list[URLPattern]:
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        pattern.callback = _answer(pattern.callback)
    return [*patterns, re_path("^", nothing_here, name="nothing")]


urls = (_patterns(), "api")
