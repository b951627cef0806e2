"""The calendar of deadlines: a month at a time, as a list, and as a file for one's own calendar."""

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import ExtractMonth, RowNumber
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from tillitsrom.core.http import actor_of
from tillitsrom.people.models import Actor
from tillitsrom.register import ics, rules
from tillitsrom.register.dates import in_words
from tillitsrom.register.filters import Letters
from tillitsrom.register.models import ALIVE, Requirement, RequirementClass

PER_DAY = 3
PER_PAGE = 50
# A month is called busy when it has at least half as many again as an average month of the year, and no fewer than this.
BUSY_AT_LEAST = 5
_MONTH = re.compile(r"^(19\d\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for: the month, whose deadlines, and which of the two views."""

    month: date
    organisation: str
    as_list: bool

    def query(self, **changed: str) -> str:
        pairs = {
            "month": f"{self.month:%Y-%m}",
            "organisation": self.organisation,
            "view": "list" if self.as_list else "",
        } | changed
        return f"?{urlencode({key: value for key, value in pairs.items() if value})}"


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the month."""

    day: date
    outside: bool
    today: bool
    shown: list[Requirement]
    more: int
    more_url: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the year's strip: how many deadlines, and a word where they are many."""

    name: str
    count: int
    busy: bool
    current: bool
    url: str
    words: str


def _organisations(actor: Actor) -> list[tuple[str, Any]]:
    letters = Letters(actor)
    names = sorted({*letters.imposing_bodies(), *letters.addressees()}, key=lambda pair: pair[1].casefold())
    return [("", pgettext_lazy("filter", "All")), *names]


def _choice(request: HttpRequest, organisations: list[tuple[str, Any]]) -> tuple[Choice, str]:
    """The choice, and a sentence where the address could not be understood; then this month is shown."""
    today = timezone.localdate()
    wanted, problem = request.GET.get("month", ""), ""
    found = _MONTH.match(wanted)
    month = date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)
    if wanted and not found:
        problem = _("The month could not be understood. Write it as 2026-06. This month is shown instead.")
    organisation = request.GET.get("organisation", "")
    if organisation not in dict(organisations):
        organisation, problem = (
            "",
            _("The organisation is not in the list. Deadlines of all of them are shown."),
        )
    return Choice(month, organisation, request.GET.get("view") == "list"), problem


def _deadlines(actor: Actor, organisation: str) -> QuerySet[Requirement]:
    """Deadlines of requirements that hold and that the reader may see; of one organisation: those it sets and those it has."""
    rows = rules.visible_to(actor).filter(status__in=ALIVE, deadline_on__isnull=False)
    if organisation:
        rows = rows.filter(Q(addressee=organisation) | Q(imposing_body=organisation))
    return rows.order_by("deadline_on", "pk")


def _last(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _after(month: date) -> date:
    return _last(month) + timedelta(days=1)


@login_not_required
@require_safe
def deadline_calendar(request: HttpRequest) -> HttpResponse:
    """The month, or the list of what comes from the month on."""
    actor = actor_of(request)
    organisations = _organisations(actor)
    choice, problem = _choice(request, organisations)
    rows = _deadlines(actor, choice.organisation)
    months = _year(rows, choice)
    context: dict[str, Any] = {
        "choice": choice,
        "organisations": organisations,
        "problem": problem,
        "months": months,
        "count": next(month.count for month in months if month.current),
        "previous": (_before(choice.month), choice.query(month=f"{_before(choice.month):%Y-%m}")),
        "next": (_after(choice.month), choice.query(month=f"{_after(choice.month):%Y-%m}")),
        "month_url": choice.query(view=""),
        "list_url": choice.query(view="list"),
        "ics_url": reverse("deadlines:ics") + choice.query(month="", view=""),
    }
    if choice.as_list:
        context["page"] = _listed(rows, choice.month, request.GET.get("page"))
    else:
        context["weeks"] = _weeks(rows, choice)
        context["weekdays"] = [formats.date_format(date(2024, 1, day), "l") for day in range(1, 8)]
    return render(request, "register/deadline_calendar.html", context)


def _year(rows: QuerySet[Requirement], choice: Choice) -> list[Month]:
    """How many deadlines each month of the year has."""
    year = choice.month.year
    counts = dict(
        rows.filter(deadline_on__range=(date(year, 1, 1), date(year, 12, 31)))
        .order_by()
        .annotate(month=ExtractMonth("deadline_on"))
        .values_list("month")
        .annotate(Count("pk"))
    )
    many = max(BUSY_AT_LEAST, 1.5 * sum(counts.values()) / 12)
    return [_month(date(year, number, 1), counts.get(number, 0), many, choice) for number in range(1, 13)]


def _month(first: date, count: int, many: float, choice: Choice) -> Month:
    busy = count >= many
    words = (
        ngettext("%(count)s deadline", "%(count)s deadlines", count) % {"count": count}
        if count
        else _("none")
    )
    return Month(
        name=formats.date_format(first, "F"),
        count=count,
        busy=busy,
        current=first == choice.month,
        url=choice.query(month=f"{first:%Y-%m}"),
        words=_("%(deadlines)s: many at once") % {"deadlines": words} if busy else words,
    )


def _weeks(rows: QuerySet[Requirement], choice: Choice) -> list[list[Day]]:
    """The month in weeks. Of a day with many deadlines only the first are fetched; the rest are a link."""
    within = rows.filter(deadline_on__range=(choice.month, _last(choice.month)))
    counts = dict(within.order_by().values_list("deadline_on").annotate(Count("pk")))
    numbered = within.annotate(
        place=Window(RowNumber(), partition_by=F("deadline_on"), order_by=F("pk").asc())
    ).filter(place__lte=PER_DAY)
    by_day: dict[date | None, list[Requirement]] = defaultdict(list)
    for requirement in numbered.only("text", "requirement_class", "deadline", "deadline_on"):
        by_day[requirement.deadline_on].append(requirement)
    today = timezone.localdate()
    return [
        [_day(day, choice, by_day.get(day, []), counts.get(day, 0), today) for day in week]
        for week in calendar.Calendar().monthdatescalendar(choice.month.year, choice.month.month)
    ]


def _day(day: date, choice: Choice, shown: list[Requirement], count: int, today: date) -> Day:
    return Day(
        day=day,
        outside=day.month != choice.month.month,
        today=day == today,
        shown=shown,
        more=count - len(shown) if day.month == choice.month.month else 0,
        more_url=f"{choice.query(view='list', month=f'{day:%Y-%m}')}#d{day:%Y-%m-%d}",
    )


def _listed(rows: QuerySet[Requirement], month: date, number: str | None) -> Any:
    """Deadlines from the month on, in pages, with who demands and who must meet them."""
    listed = (
        rows.filter(deadline_on__gte=month)
        .select_related("imposing_body", "addressee", "document")
        .only(
            "text", "requirement_class", "deadline", "deadline_on", "imposing_body__name", "addressee__name",
            "document__title",
        )
    )  # fmt: skip
    return Paginator(listed, PER_PAGE).get_page(number)


@login_not_required
@require_safe
def deadline_ics(request: HttpRequest) -> StreamingHttpResponse:
    """Every deadline from a year back and onwards, for one's own calendar program."""
    actor = actor_of(request)
    choice, _problem = _choice(request, _organisations(actor))
    rows = (
        _deadlines(actor, choice.organisation)
        .filter(deadline_on__gte=timezone.localdate() - timedelta(days=365))
        .select_related("imposing_body", "addressee", "document")
        .defer("document__text", "document__pages")
    )
    entries = (_entry(request, requirement) for requirement in rows.iterator(chunk_size=500))
    response = StreamingHttpResponse(
        ics.calendar(_("Deadlines in Tillitsrom"), timezone.now(), entries),
        content_type="text/calendar; charset=utf-8",
    )
    response.headers["Content-Disposition"] = 'attachment; filename="frister.ics"'
    return response


def _entry(request: HttpRequest, requirement: Requirement) -> ics.Entry:
    url = request.build_absolute_uri(reverse("requirements:detail", args=[requirement.pk]))
    facts = _("%(sender)s demands this of %(addressee)s in %(document)s. Deadline: %(deadline)s.") % {
        "sender": requirement.imposing_body.name,
        "addressee": requirement.addressee.name,
        "document": requirement.document.title,
        "deadline": in_words(requirement.deadline),
    }
    return ics.Entry(
        uid=f"krav-{requirement.pk}@{request.get_host().split(':')[0]}",
        day=requirement.deadline_on or timezone.localdate(),
        title=Truncator(requirement.text).chars(120),
        description=f"{requirement.text}\n\n{facts}\n{url}",
        url=url,
        category=str(RequirementClass(requirement.requirement_class).label),
        sequence=requirement.version,
    )
