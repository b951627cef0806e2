"""The handler's desk: what waits for me, what lies with others, what is at the workplace; and what I have sent."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tillitsrom.core.decisions import Reason
from tillitsrom.core.http import person_of
from tillitsrom.signals import queries, rules
from tillitsrom.signals.models import Signal

FIRST = 20
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Pile:
    """One heading of the desk with its first rows; `more` where there are others behind them."""

    key: str
    heading: Reason
    empty: Reason
    rows: list[Signal]
    more: bool


def _piles(request: HttpRequest) -> dict[str, tuple[str, str, QuerySet[Signal]]]:
    person = person_of(request)
    return {
        "venter": (_("Waits for your answer"), _("Nothing waits for you."), queries.waits_for(person)),
        "andre": (
            _("Yours, but it lies with others now"),
            _("Nothing lies with others."),
            queries.lies_with_others(person),
        ),
        "arbeidsplassen": (
            _("At the workplace, with another owner"),
            _("Nothing else is waiting at the workplace."),
            queries.at_the_workplace(person),
        ),
        "mine": (
            _("What you have reported"),
            _("You have not reported anything yet."),
            queries.sent_by(person),
        ),
    }


@login_not_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything on one screen, the oldest promise first. `?vis=` shows one heading in full. Who has not logged in may report."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("signals:report"))
    piles = _piles(request)
    chosen = request.GET.get("vis", "")
    if chosen in piles:
        return _whole(request, *piles[chosen])
    person = person_of(request)
    handles = rules.followed_by(person).exists() or Signal.objects.filter(owner=person).exists()
    shown = []
    for key, (heading, empty, rows) in piles.items():
        found = list(rows[: FIRST + 1])
        # Who handles nothing sees only what they have reported themself.
        if found or key == "mine" or (key == "venter" and handles):
            shown.append(Pile(key, heading, empty, found[:FIRST], len(found) > FIRST))
    context = {"piles": shown, "handles": handles, "today": timezone.localdate()}
    return render(request, "signals/desk.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All that I have reported or said me too to."""
    return _whole(request, *_piles(request)["mine"])


def _whole(request: HttpRequest, heading: str, empty: str, rows: QuerySet[Signal]) -> HttpResponse:
    page: Page[Signal] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"heading": heading, "empty": empty, "page": page, "today": timezone.localdate()}
    return render(request, "signals/list.html", context)
