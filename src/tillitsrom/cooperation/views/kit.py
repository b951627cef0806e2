"""The representative's kit for a case: a page to print, and a file that needs no network."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from tillitsrom.cooperation import rules as case_rules
from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.meeting_kit import kit_for
from tillitsrom.core.decisions import require
from tillitsrom.core.http import person_of


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    person = person_of(request)
    case = get_object_or_404(case_rules.with_parts(case_rules.visible_to(person)), pk=pk)
    require(rules.may_use_kit(person, case.organisation_id))
    return {"kit": kit_for(person, case, timezone.localdate()), "today": timezone.localdate()}


@require_safe
def kit(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "cooperation/kit.html", _context(request, pk))


@require_safe
def kit_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file with all in it, for a telephone without coverage; its look is inside it, and it refers to nothing."""
    context = _context(request, pk)
    text = render_to_string("cooperation/kit_file.html", context)
    response = HttpResponse(text, content_type="text/html; charset=utf-8")
    number = context["kit"].case.number.replace("/", "-")
    response.headers["Content-Disposition"] = f'attachment; filename="brekkjern-{number}.html"'
    return response
