"""Insight pages: open to all, over what `visible_to` gives each."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import tillitsrom
from tillitsrom.core.http import actor_of
from tillitsrom.people.models import Actor, Level, Organisation
from tillitsrom.people.rules import organisations_visible_to
from tillitsrom.register.changes import class_changes, in_words, net_in_words, warning
from tillitsrom.register.filters import Letters
from tillitsrom.web.chart_files import chart_file
from tillitsrom.web.charts import Chart

from . import charts, queries
from .queries import Figures, Scope


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart on the page with the addresses of its files."""

    chart: Chart
    name: str
    query: str

    def _file(self, extension: str) -> str:
        return f"{reverse('insights:chart', args=[self.name, extension])}{self.query}"

    @property
    def svg(self) -> str:
        return self._file("svg")

    @property
    def png(self) -> str:
        return self._file("png")

    @property
    def csv(self) -> str:
        return self._file("csv")


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 18 else None


def scope_of(request: HttpRequest) -> Scope:
    """The scope in the address, by the same names as the requirement list's filters. What is not understood filters nothing."""
    level = request.GET.get("level", "")
    return Scope(
        _number(request, "addressee"),
        _number(request, "imposing_body"),
        level if level in Level.values else "",
    )


def make_chart(name: str, actor: Actor, scope: Scope, found: Figures) -> Chart | None:
    """A chart by its name in the address; None where there is nothing to draw or no such chart."""
    if name == "dyrest":
        heaviest = queries.heaviest(actor, scope)
        return charts.pareto(found, heaviest) if heaviest else None
    maker = charts.FROM_CUBE.get(name)
    return maker(found, scope) if maker and found.total else None


def _context(actor: Actor, scope: Scope) -> dict[str, Any]:
    found = queries.figures(actor, scope)
    query = f"?{urlencode(scope.query())}" if scope.query() else ""
    shown = {
        name: Shown(chart, name, query)
        for name in (*charts.FROM_CUBE, "dyrest")
        if (chart := make_chart(name, actor, scope, found))
    }
    return {
        "figures": found,
        "charts": shown,
        "change": _change(found, scope),
        "stability": queries.stability(actor, scope, found) if found.total else [],
        "hours_per_level": [
            (str(dict(Level.choices).get(level, level)), level, hours)
            for level, hours in found.hours_per_level.items()
        ],
        "query": query,
        "list_query": urlencode(scope.query() | {"status": "current"}),
        "today": timezone.localdate(),
        "version": tillitsrom.__version__,
    }


def _change(found: Figures, scope: Scope) -> dict[str, Any] | None:
    """The last year beside the one before, class by class and in words (I7, I8)."""
    if len(found.years) < 2:
        return None
    before, after = found.years[-2:]
    rows = class_changes(found.per_class[before], found.per_class[after])
    return {
        "before": before,
        "after": after,
        "words": in_words(rows),
        "warning": warning(rows),
        "net": net_in_words(sum(found.per_class[before].values()), sum(found.per_class[after].values())),
        "rows": [
            {
                "kind": row.kind,
                "before": row.before,
                "after": row.after,
                "net": row.net,
                "address": charts.list_address(scope, {"class": row.kind, "year": after}),
            }
            for row in rows
        ],
    }


@login_not_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """All figures of a scope that the reader chooses; without a choice, of everything the reader may see."""
    actor, scope = actor_of(request), scope_of(request)
    letters = Letters(actor)
    everyone = [("", _("All"))]
    context = _context(actor, scope) | {
        "scope": scope,
        "addressees": [*everyone, *letters.addressees()],
        "imposing_bodies": [*everyone, *letters.imposing_bodies()],
        "has_corpus": bool(settings.CORPUS),
        "levels": [*everyone, *((value, str(label)) for value, label in Level.choices)],
        "chosen": {
            key: str(value or "")
            for key, value in (
                ("addressee", scope.addressee),
                ("imposing_body", scope.imposing_body),
                ("level", scope.level),
            )
        },
    }
    found: Figures = context["figures"]
    if found.years and not scope.query():
        context["spread"] = queries.spread(actor, found.years[-1])
    return render(request, "insights/overview.html", context)


@login_not_required
@require_GET
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: what is demanded of it, and what it demands of others."""
    actor = actor_of(request)
    body = get_object_or_404(organisations_visible_to(actor), pk=pk)
    imposed = queries.figures(actor, Scope(imposing_body=body.pk))
    context = _context(actor, Scope(addressee=body.pk)) | {"organisation": body, "imposed": imposed}
    return render(request, "insights/organisation.html", context)


@login_not_required
@require_GET
def chart_download(request: HttpRequest, name: str, extension: str) -> HttpResponse:
    """A chart as SVG or PNG, or its numbers as CSV: exactly what the page with the same query shows."""
    actor, scope = actor_of(request), scope_of(request)
    chart = make_chart(name, actor, scope, queries.figures(actor, scope))
    if chart is None:
        raise Http404
    return chart_file(chart, extension, source=_source(scope))


def _source(scope: Scope) -> str:
    """The line under a downloaded figure: where it is from, when, and by which version."""
    body = Organisation.objects.filter(pk=scope.addressee or scope.imposing_body or 0).first()
    return _("Tillitsrom %(version)s, %(day)s. %(scope)s") % {
        "version": tillitsrom.__version__,
        "day": timezone.localdate().isoformat(),
        "scope": body.name if body else _("All bodies."),
    }
