"""The list of control measures, and the figures for each unit (I17), with their files."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillitsrom.core import export
from tillitsrom.core.http import actor_of

from . import queries, rules, shown
from .models import ControlMeasure

PAGE_SIZE = 40
HEADINGS = (
    "id", "organisation", "unit", "title", "purpose", "basis", "legally_required", "imposed_by", "group_covered",
    "data_collected", "retention", "minutes_a_week", "status", "starts_on", "assumed_end", "discussed_on", "informed_on",
    "next_evaluation", "unjustified", "overdue",
)  # fmt: skip
FIGURES = (
    "organisation", "unit", "active_controls", "minutes_a_week", "minutes_unknown", "required_by_law", "unjustified",
    "overdue_evaluations", "imposed_by",
)  # fmt: skip


def _rows(request: HttpRequest) -> QuerySet[ControlMeasure]:
    return queries.with_parts(rules.visible_to(actor_of(request)))


def _chosen(rows: QuerySet[ControlMeasure], show: str) -> QuerySet[ControlMeasure]:
    if show == "ubegrunnet":
        return queries.unjustified(rows)
    if show == "forfalt":
        return queries.overdue(rows)
    if show == "avsluttet":
        return rows.filter(status=ControlMeasure.Status.ENDED)
    return queries.alive(rows)


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    rows, show = _rows(request), request.GET.get("vis", "")
    page = Paginator(_chosen(rows, show).order_by("organisation__name", "title", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    known = {
        "page": page,
        "rows": [(one, shown.tone_of(one), shown.lacks(one) if one.runs else []) for one in page],
        "show": show,
        "running": rows.filter(queries.RUNS).count(),
        "unjustified": queries.unjustified(rows).count(),
        "overdue": queries.overdue(rows).count(),
        "may_register": rules.may_register_somewhere(actor_of(request)),
    }
    return render(request, "controls/list.html", known)


@login_not_required
@require_safe
def listed_file(request: HttpRequest) -> HttpResponseBase:
    rows = _chosen(_rows(request), request.GET.get("vis", "")).order_by("pk")
    lines = (
        (
            one.pk, one.organisation.name, one.unit.name if one.unit else "", one.title, one.purpose, one.basis,
            one.legally_required, one.imposed_by, one.group_covered, one.data_collected, one.retention, one.minutes_a_week,
            one.status, one.starts_on, one.assumed_end, one.discussed_on, one.informed_on, one.next_evaluation,
            one.unjustified, one.overdue(),
        )
        for one in rows.iterator(500)
    )  # fmt: skip
    return export.csv_response("kontrolltiltak.csv", HEADINGS, lines)


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    rows = queries.load(_rows(request))
    known = {
        "rows": rows,
        "active": sum(one.active for one in rows),
        "minutes": sum(one.minutes for one in rows),
        "overdue": sum(one.overdue for one in rows),
    }
    return render(request, "controls/figures.html", known)


@login_not_required
@require_safe
def figures_file(request: HttpRequest) -> HttpResponseBase:
    lines = (
        (
            one.organisation.name, one.unit.name if one.unit else "", one.active, one.minutes, one.unknown_minutes,
            one.by_law, one.unjustified, one.overdue, " ".join(f"{level}:{n}" for level, n in sorted(one.levels.items())),
        )
        for one in queries.load(_rows(request))
    )  # fmt: skip
    return export.csv_response("kontrolltiltak-tall.csv", FIGURES, lines)
