"""The page of a body's year."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tillitsrom.core.http import actor_of
from tillitsrom.people.rules import organisations_visible_to
from tillitsrom.register import change_sections, changes

from . import year as years
from . import year_charts

_FIRST, _LAST = 1900, 2200


@login_not_required
@require_GET
def latest(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """The newest year that has letters, or this year."""
    actor = actor_of(request)
    body = get_object_or_404(organisations_visible_to(actor), pk=pk)
    known = years.years_of(actor, body.pk) or [timezone.localdate().year]
    return HttpResponseRedirect(reverse("insights:year", args=[pk, known[-1]]))


@login_not_required
@require_GET
def year(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Last year's requirements beside this year's, and what each letter of the year added."""
    actor = actor_of(request)
    body = get_object_or_404(organisations_visible_to(actor), pk=pk)
    if not _FIRST <= year <= _LAST:
        raise Http404
    known = years.years_of(actor, body.pk)
    found = years.of(actor, body.pk, year)
    only = request.GET.get("vis", "")
    only = only if only in change_sections.KINDS else ""
    url = reverse("insights:year", args=[pk, year])
    context: dict[str, Any] = {
        "organisation": body,
        "year": found,
        "years": known,
        "only": only,
        "all_url": url,
        "growth": year_charts.growth(found),
        "arrivals": [
            {
                "arrival": one,
                "when": year_charts.when(one, place),
                "after": after,
                "added": one.counts.total(),
            }
            for place, (one, after) in enumerate(
                zip(found.arrivals, years.total(found.arrivals), strict=True)
            )
        ],
    }
    if found.paired.classes:
        context |= {
            "flow": year_charts.flow(found, _list_of(pk), lambda fate: f"#{fate}-heading"),
            "in_words": changes.in_words(found.paired.classes),
            "warning": changes.warning(found.paired.classes),
            "stability": changes.stability_in_words(found.paired),
            "sections": change_sections.sections(
                found.paired, url=url, only=only, page=request.GET.get("page", "")
            ),
            "has_before": found.paired.before > 0,
        }
    return render(request, "insights/year.html", context)


def _list_of(body: int) -> Any:
    """From a class and a year to the list of those requirements."""

    def link(kind: str, year: int) -> str:
        query = urlencode({"addressee": body, "class": kind, "year": year})
        return f"{reverse('requirements:list')}?{query}"

    return link
