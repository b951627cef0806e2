"""Refusals become pages, and requests that no page of ours makes are turned away before anything reads them."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillitsrom.core.decisions import Conflict, Refused, WrongState
from tillitsrom.core.problem import problem

API = "/api/"


class BoundsMiddleware:
    """Turns away what would cost much or can mean nothing.

    Django bounds what it keeps in memory of a form, but not the files that anyone may send to any address; and no database
    keeps the character NUL.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The API has its own words for what is wrong.
        is_api = request.path_info.startswith(API)
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            if is_api:
                return problem("bad-request")
            raise BadRequest("NUL in the address")
        if _length(request) > _most(request):
            if is_api:
                return problem("too-large")
            raise RequestDataTooBig("larger than anything that this address takes")
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() and len(length) < 19 else 0


def _most(request: HttpRequest) -> int:
    """How much may be sent to the address: files only where files are taken in, and only by those who say who they are."""
    known = request.user.is_authenticated or "Authorization" in request.headers
    files: int = settings.UPLOAD_PATHS.get(request.path_info, 0) if known else 0
    return files + int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


class RefusalMiddleware:
    """Turns Refused, WrongState and Conflict from any page into a page that says why and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "403.html", {"reason": exception.decision.reason}, status=403)
        if isinstance(exception, WrongState | Conflict):
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        return None
