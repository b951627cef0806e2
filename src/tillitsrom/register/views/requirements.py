"""The list of requirements, and the files of exactly what it shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tillitsrom.core import export
from tillitsrom.core.decisions import Reason
from tillitsrom.core.http import actor_of
from tillitsrom.people.models import Level
from tillitsrom.register import cost
from tillitsrom.register.dates import in_words
from tillitsrom.register.filters import RequirementFilters
from tillitsrom.register.models import Requirement, RequirementClass
from tillitsrom.web.classes import CLASSES
from tillitsrom.web.templatetags.tillitsrom import range_of

PER_PAGE = 50
LONGEST_TEXT = 220
# A workbook is made whole in memory and on disk before it can be sent; a longer list goes as CSV or JSON.
XLSX_MOST_ROWS = 20_000

# How a status looks; the words say the same.
STATUS_TONES = {
    "in_force": "neutral",
    "questioned": "warning",
    "under_review": "info",
    "kept": "success",
    "simplified": "success",
    "delegated": "success",
    "on_trial": "info",
}

# Only what a row shows. The document's text can be long and is never fetched for a list.
SHOWN = (
    "text", "requirement_class", "deadline", "status", "year", "page", "hours_low", "hours_high", "minutes_source",
    "statutory", "imposing_body__name", "imposing_body__short_name", "addressee__name", "addressee__short_name",
    "document__title",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, ready to be shown: fifty lines of templates within templates would be felt."""

    requirement: Requirement
    url: str
    text: str
    kind: SafeString
    place: str
    deadline: str
    hours: str
    measured: bool
    status: SafeString


class Counted(Paginator[Requirement]):
    """A paginator that has been told how many rows there are, and finds a page's rows by their ids.

    The ids come from the index alone; only the fifty rows of the page are read and joined.
    """

    def __init__(self, rows: QuerySet[Requirement], count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self._told = count

    @cached_property
    def count(self) -> int:
        return self._told

    def page(self, number: int | str) -> Page[Requirement]:
        number = self.validate_number(number)
        first = (number - 1) * PER_PAGE
        rows: Any = self.object_list
        ids = list(rows.values_list("pk", flat=True)[first : first + PER_PAGE])
        found = {r.pk: r for r in shown_rows(ids)}
        return Page([found[pk] for pk in ids if pk in found], number, self)


def shown_rows(ids: Iterable[int]) -> QuerySet[Requirement]:
    return (
        Requirement.objects.filter(pk__in=ids)
        .select_related("imposing_body", "addressee", "document")
        .only(*SHOWN)
        .order_by()
    )


def rows_of(page: Iterable[Requirement]) -> list[Row]:
    """The lines of a page. What many lines share is made once."""
    kinds = {kind: class_tag(kind) for kind in RequirementClass.values}
    statuses = {value: status_tag(value) for value in Requirement.Status.values}
    base, with_page = reverse("requirements:list"), _("%(title)s, %(year)s, page %(page)s")
    without_page = _("%(title)s, %(year)s")
    rows = []
    for one in page:
        place = {"title": one.document.title, "year": one.year, "page": one.page}
        rows.append(
            Row(
                requirement=one,
                url=f"{base}{one.pk}/",
                text=one.text
                if len(one.text) <= LONGEST_TEXT
                else f"{one.text[: LONGEST_TEXT - 1].rstrip()}…",
                kind=kinds[one.requirement_class],
                place=(with_page if one.page else without_page) % place,
                deadline=in_words(one.deadline),
                hours=_hours(one),
                measured=one.minutes_source == Requirement.MinutesSource.MEASURED,
                status=statuses[one.status],
            )
        )
    return rows


def class_tag(kind: str) -> SafeString:
    """The same as the component c-class-tag."""
    shown = CLASSES[kind]
    return format_html(
        '<span class="tr-tag" data-class="{}"><span class="tr-letter" aria-hidden="true">{}</span>{}</span>',
        kind, shown.letter, shown.name,
    )  # fmt: skip


def status_tag(status: str) -> SafeString:
    """The same as the component c-status-tag; a requirement that no longer holds has an open ring."""
    tone = STATUS_TONES.get(status)
    return format_html(
        '<span class="tr-tag tr-status" data-color="{}"{}>{}</span>',
        tone or "neutral", "" if tone else mark_safe(' data-shape="ring"'), Requirement.Status(status).label,
    )  # fmt: skip


def _hours(requirement: Requirement) -> str:
    low, high = requirement.hours_low, requirement.hours_high
    if low is None or high is None:
        return ""
    shown = cost.Range(low, high).shown
    return range_of(shown.low, shown.high)


@login_not_required
@require_safe
def requirement_list(request: HttpRequest) -> HttpResponse:
    """Every requirement the reader may see, searched, filtered, sorted; all of it in the address."""
    tidy = _without_empty(request)
    if tidy is not None:
        return HttpResponseRedirect(tidy)
    filters = RequirementFilters(request.GET, actor=actor_of(request))
    return _page(request, filters)


def _page(
    request: HttpRequest, filters: RequirementFilters, status: int = 200, notice: Reason = ""
) -> HttpResponse:
    sums = filters.totals()
    page = Counted(filters.ordered(), sums.rows).get_page(request.GET.get("page"))
    chips = filters.chips()
    context = {
        "filters": filters,
        "chips": chips,
        "totals": sums,
        "page": page,
        "rows": rows_of(page),
        "query": filters.query(),
        "notice": notice,
        "xlsx_possible": sums.rows <= XLSX_MOST_ROWS,
    }
    return render(request, "register/requirement_list.html", context, status=status)


def _without_empty(request: HttpRequest) -> str | None:
    """The address without the empty values that a form sends, or None where there are none."""
    if all(value for many in dict(request.GET.lists()).values() for value in many):
        return None
    query = request.GET.copy()
    for key, values in dict(request.GET.lists()).items():
        query.setlist(key, [value for value in values if value])
    encoded = query.urlencode()
    return f"{request.path}?{encoded}" if encoded else request.path


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the files: its code, its heading, the field it comes from, and the words of its choices."""

    code: str
    heading: Reason
    field: str
    words: Any = None


COLUMNS = (
    Column("id", gettext_lazy("Number"), "pk"),
    Column("class", gettext_lazy("Class"), "requirement_class", RequirementClass),
    Column("text", gettext_lazy("Requirement"), "text"),
    Column("quote", gettext_lazy("Sentence in the document"), "quote"),
    Column("year", gettext_lazy("Year"), "year"),
    Column("document", gettext_lazy("Document"), "document__title"),
    Column("page", gettext_lazy("Page"), "page"),
    Column("heading", gettext_lazy("Heading"), "heading"),
    Column("assignment", gettext_lazy("Assignment number"), "assignment"),
    Column("imposing_body", gettext_lazy("Who demands"), "imposing_body__name"),
    Column("level", gettext_lazy("Level that demands"), "level", Level),
    Column("addressee", gettext_lazy("Who must meet it"), "addressee__name"),
    Column("unit", gettext_lazy("Unit"), "unit__name"),
    Column("who_acts", gettext_lazy("Who must act"), "who_acts"),
    Column("deadline", gettext_lazy("Deadline"), "deadline"),
    Column("deadline_on", gettext_lazy("Last day"), "deadline_on"),
    Column("status", gettext_lazy("Status"), "status", Requirement.Status),
    Column("review_on", gettext_lazy("To be looked at again"), "review_on"),
    Column("statutory", gettext_lazy("Required by law"), "statutory"),
    Column("legal_basis", gettext_lazy("Legal basis"), "legal_basis"),
    Column("purpose", gettext_lazy("Purpose"), "purpose"),
    Column("recipient", gettext_lazy("Recipient"), "recipient"),
    Column("frequency", gettext_lazy("Frequency"), "frequency"),
    Column("detail", gettext_lazy("Core or detail"), "detail", Requirement.Detail),
    Column("minutes_low", gettext_lazy("Minutes each time, at least"), "minutes_low"),
    Column("minutes_high", gettext_lazy("Minutes each time, at most"), "minutes_high"),
    Column("minutes_source", gettext_lazy("How we know the minutes"), "minutes_source", Requirement.MinutesSource),
    Column("occasions_per_year", gettext_lazy("Times a year"), "occasions_per_year"),
    Column("affected_count", gettext_lazy("People affected"), "affected_count"),
    Column("hours_low", gettext_lazy("Hours a year, at least"), "hours_low"),
    Column("hours_high", gettext_lazy("Hours a year, at most"), "hours_high"),
)  # fmt: skip


def _values(filters: RequirementFilters) -> Iterator[tuple[Any, ...]]:
    return filters.ordered().values_list(*(column.field for column in COLUMNS)).iterator(chunk_size=1000)


def _in_words(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """Rows for people: choices by their names, yes and no in words."""
    names = [
        {str(v): str(label) for v, label in column.words.choices} if column.words else None
        for column in COLUMNS
    ]
    answers = {True: _("Yes"), False: _("No")}
    for row in rows:
        yield [
            answers[value] if isinstance(value, bool) else known.get(value, value) if known else value
            for value, known in zip(row, names, strict=True)
        ]


@login_not_required
@require_safe
def requirement_export(
    request: HttpRequest, kind: str
) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The whole list, every page of it, with the same filters and order. CSV and JSON carry codes, XLSX words."""
    filters = RequirementFilters(request.GET, actor=actor_of(request))
    if not filters.is_valid():
        return _page(
            request,
            filters,
            400,
            _("No file was made, because a filter could not be understood. Mend it and try again."),
        )
    name = f"krav-{timezone.localdate():%Y-%m-%d}.{kind}"
    if kind == "csv":
        return export.csv_response(name, [c.code for c in COLUMNS], _values(filters))
    if kind == "json":
        return export.json_response(name, _about(request, filters), "requirements", _objects(filters))
    if filters.rows().count() > XLSX_MOST_ROWS:
        return _page(
            request,
            filters,
            400,
            _("The list is too long for Excel. Narrow it with the filters, or download it as CSV or JSON."),
        )
    return export.xlsx_response(
        name, _("Requirements"), [str(c.heading) for c in COLUMNS], _in_words(_values(filters))
    )


def _about(request: HttpRequest, filters: RequirementFilters) -> dict[str, Any]:
    sums = filters.totals()
    return {
        "source": request.build_absolute_uri(reverse("requirements:list") + filters.query()),
        "made_at": timezone.now(),
        "count": sums.requirements,
        "authorities": sums.authorities,
        "hours_low": sums.hours_low,
        "hours_high": sums.hours_high,
    }


def _objects(filters: RequirementFilters) -> Iterator[dict[str, Any]]:
    codes = [column.code for column in COLUMNS]
    for row in _values(filters):
        yield dict(zip(codes, row, strict=True))
