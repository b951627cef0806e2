"""The public list of organisations: who steers whom, and the way to their documents and requirements."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tillitsrom.core.http import actor_of
from tillitsrom.people import queries, rules


@login_not_required
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, by the level it belongs to."""
    words = request.GET.get("q", "").strip()
    rows = queries.organisations_by_level(rules.organisations_visible_to(actor_of(request)), words)
    return render(request, "people/organisations.html", {"groups": rows, "q": words})


@login_not_required
@require_GET
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: its place among the others, its units, and its documents and requirements."""
    found = get_object_or_404(
        rules.organisations_visible_to(actor_of(request)).select_related("superior"), pk=pk
    )
    context = {
        "organisation": found,
        "subordinates": found.subordinates.all(),
        "units": rules.outline(found),
        "may_administer": rules.may_administer(actor_of(request)),
    }
    return render(request, "people/organisation.html", context)
