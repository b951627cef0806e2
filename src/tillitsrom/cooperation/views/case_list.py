"""Lists of cases: all that one may see, where it is one's own side's move, and what waits for elected politicians."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tillitsrom.cooperation import queries, rules
from tillitsrom.cooperation.forms import FilterForm
from tillitsrom.cooperation.models import Case
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people.models import User
from tillitsrom.people.rules import standing

PER_PAGE = 50


@login_not_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The list, the newest first. `?trekk=mitt` shows those where it is one's own side's move."""
    actor, today = actor_of(request), timezone.localdate()
    mine = isinstance(actor, User) and request.GET.get("trekk") == "mitt"
    filters = FilterForm(request.GET, organisations=queries.organisations_with_cases(actor))
    context: dict[str, Any] = {
        "filters": filters,
        "mine": mine,
        "today": today,
        "may_raise": rules.may_raise_somewhere(actor),
    }
    if mine:
        filters.is_valid()
        context |= {"rows": queries.waits_for(person_of(request)), "page": None}
        return render(request, "cooperation/list.html", context)
    inside = bool(standing(actor).organisations)
    rows = filters.narrowed(rules.visible_to(actor), closed_only=not inside)
    page = Paginator(rules.with_parts(rows), PER_PAGE).get_page(request.GET.get("page"))
    context |= {"rows": _with_moves(page.object_list), "page": page}
    return render(request, "cooperation/list.html", context)


def _with_moves(rows: Any) -> list[tuple[Case, queries.Move]]:
    return [(case, queries.whose_move(case)) for case in rows]


@login_not_required
@require_safe
def politicians(request: HttpRequest) -> HttpResponse:
    """What waits for elected politicians: cases before a body where they sit, and those undecided past their plan."""
    actor, today = actor_of(request), timezone.localdate()
    before_them, past_plan = queries.waits_on_politicians(rules.visible_to(actor), today)
    context = {
        "before_them": _with_moves(rules.with_parts(before_them)[:PER_PAGE]),
        "past_plan": _with_moves(rules.with_parts(past_plan)[:PER_PAGE]),
        "today": today,
    }
    return render(request, "cooperation/politicians.html", context)
