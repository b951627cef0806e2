"""Refusals become pages: 403 with the reason, 409 when the state moved on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillitsrom.core.decisions import Conflict, Refused, WrongState


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
