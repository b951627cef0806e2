"""Figures and the compliance log of an organisation: duties missed per case, by type, never by person; as a page and as CSV."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tillitsrom.cooperation import compliance, queries, rules
from tillitsrom.cooperation.indicators import indicators_of
from tillitsrom.core.export import csv_response
from tillitsrom.core.http import actor_of
from tillitsrom.people.models import Organisation
from tillitsrom.web.context import current_organisation


def _organisation(request: HttpRequest) -> Organisation | None:
    """The one in the address, else the one acted for where it has cases, else the first that has cases one may see."""
    places = queries.organisations_with_cases(actor_of(request)).order_by("name")
    chosen = request.GET.get("virksomhet", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        return get_object_or_404(places, pk=int(chosen))
    own = current_organisation(request)
    return (places.filter(pk=own.pk).first() if own is not None else None) or places.first()


def _logged(request: HttpRequest, organisation: Organisation) -> list[compliance.Logged]:
    return compliance.log_of(organisation, rules.visible_to(actor_of(request)), timezone.localdate())


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Early involvement, informed only, cases without deviation, places without meetings, answers, and the log."""
    organisation = _organisation(request)
    context: dict[str, Any] = {
        "organisation": organisation,
        "places": queries.organisations_with_cases(actor_of(request)).order_by("name"),
    }
    if organisation is not None:
        logged = _logged(request, organisation)
        context |= {
            "beside": indicators_of(organisation, actor_of(request), timezone.localdate()),
            "figures": compliance.figures_of(organisation, logged, actor_of(request)),
            "logged": [one for one in logged if one.missed],
            "cases": len(logged),
        }
    return render(request, "cooperation/figures.html", context)


@login_not_required
@require_safe
def log_file(request: HttpRequest) -> StreamingHttpResponse:
    """The log as CSV, exactly what the page shows."""
    organisation = _organisation(request)
    logged = _logged(request, organisation) if organisation is not None else []
    headings = [_("number"), _("question"), _("form"), _("what was missed"), _("due"), _("days late")]
    return csv_response("avvik.csv", headings, _rows(logged))


def _rows(logged: list[compliance.Logged]) -> Iterator[list[Any]]:
    for one in logged:
        for missed in one.missed:
            case = one.case
            yield [case.number, case.question, case.get_form_display(), missed.label, missed.due, missed.days]
