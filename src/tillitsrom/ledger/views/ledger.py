"""The public ledger: the sum and what stands beside it, the lines, the files, and what waits on us."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tillitsrom.core import export
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.ledger import forms, queries, rules, shown
from tillitsrom.people.models import Role
from tillitsrom.people.rules import standing

PER_PAGE = 25


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The sum with its range, how it was found, what is beside it, and every line."""
    actor, today = actor_of(request), timezone.localdate()
    chosen = queries.chosen_from(request.GET)
    rows = queries.entries(actor, chosen)
    context = {
        "chosen": chosen,
        "sum": queries.summary(rows),
        "beside": queries.beside(chosen, today),
        "page": Paginator(shown.with_parts(rows), PER_PAGE).get_page(request.GET.get("page")),
        "places": forms.places(list(queries.organisations(actor))),
        "years": forms.years(queries.years(actor)),
        "lanes": forms.lanes(),
        "today": today,
        "follows": bool(standing(actor).organisations_as(rules.FOLLOWERS)),
    }
    return render(request, "ledger/overview.html", context)


@login_not_required
@require_safe
def csv_file(request: HttpRequest) -> StreamingHttpResponse:
    rows = queries.entries(actor_of(request), queries.chosen_from(request.GET))
    return export.csv_response("tid-gitt-tilbake.csv", shown.headings(), shown.cells(rows))


@login_not_required
@require_safe
def xlsx_file(request: HttpRequest) -> FileResponse:
    rows = queries.entries(actor_of(request), queries.chosen_from(request.GET))
    title = _("Time given back")
    return export.xlsx_response("tid-gitt-tilbake.xlsx", title, shown.headings(), shown.cells(rows))


@login_not_required
@require_safe
def json_file(request: HttpRequest) -> StreamingHttpResponse:
    chosen = queries.chosen_from(request.GET)
    rows = queries.entries(actor_of(request), chosen)
    about: dict[str, Any] = {
        "counted_on": timezone.localdate(),
        "organisation": chosen.organisation,
        "year": chosen.year,
        "lane": chosen.lane,
        "sum": shown.sum_of(queries.summary(rows)),
    }
    return export.json_response("tid-gitt-tilbake.json", about, "entries", shown.records(rows))


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits on the elected body and its administration, for those who follow the organisation."""
    person, today = person_of(request), timezone.localdate()
    places = standing(person).organisations_as(rules.FOLLOWERS)
    context = {
        "waits": queries.waits_on_us(person, places, today),
        "elected": bool(standing(person).organisations_as([Role.ELECTED])),
        "belongs": bool(places),
        "today": today,
    }
    return render(request, "ledger/waiting.html", context)
