"""The filters of the requirement list: read from the address, shown as chips, the same for page and export."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, ExpressionWrapper, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tillitsrom.core.decisions import Reason
from tillitsrom.people.models import Actor, Level, Unit
from tillitsrom.people.rules import standing, units_visible_to
from tillitsrom.web.forms import DateInput

from . import rules, search
from .models import ALIVE, Requirement, RequirementClass

CURRENT = "current"
NOT_A_DATE = gettext_lazy("This is not a date. Write it as 2026-06-30.")
# More documents than this in one menu help nobody; the rest are reached from their own pages.
DOCUMENTS_IN_MENU = 100
LONGEST_ID = 18

# What a list may be ordered by. The last key makes the order total, so that no row is seen twice or never.
_NEWEST_YEAR = ("-year", "document_id", "start", "id")
ORDERS: dict[str, tuple[Any, ...]] = {
    "": _NEWEST_YEAR,
    "-year": _NEWEST_YEAR,
    "year": ("year", "document_id", "start", "id"),
    "-hours": ("-hours_rank", "id"),
    "hours": (F("hours_high").asc(nulls_last=True), "id"),
    "deadline": (F("deadline_on").asc(nulls_last=True), "id"),
    "-deadline": (F("deadline_on").desc(nulls_last=True), "id"),
    "document": ("document_id", "start", "id"),
    "newest": ("-id",),
}
SORTS = (
    ("", gettext_lazy("Newest year first")),
    ("-hours", gettext_lazy("Most hours first")),
    ("deadline", gettext_lazy("Earliest deadline first")),
    ("document", gettext_lazy("As in the documents")),
    ("newest", gettext_lazy("Last registered first")),
)
YES_NO = (("", pgettext_lazy("filter", "All")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


def hours_of(minutes: str) -> "ExpressionWrapper[Any]":
    """The same formula as the columns hours_low and hours_high, from columns that the list's index holds.

    Reckoned in floating point: PostgreSQL's exact decimals take nearly twice the time over a hundred thousand rows, and an
    estimate in hours has no use for them.
    """
    occasions, people = Cast("occasions_per_year", FloatField()), Cast("affected_count", FloatField())
    return ExpressionWrapper(
        Cast(minutes, FloatField()) * occasions * people / 60.0, output_field=FloatField()
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list counts: requirements, authorities (which are never counted as requirements), and hours as a range."""

    rows: int
    authorities: int
    costed: int
    hours_low: float | None
    hours_high: float | None

    @property
    def requirements(self) -> int:
        return self.rows - self.authorities

    @property
    def low(self) -> int | None:
        """In whole hours: decimals would promise a precision that estimates do not have."""
        return None if self.hours_low is None else round(self.hours_low)

    @property
    def high(self) -> int | None:
        return None if self.hours_high is None else round(self.hours_high)


def totals(rows: QuerySet[Requirement], *, at_once: bool = False) -> Totals:
    """Count and sum without a join.

    Counting alone is answered from a narrow index and only rows with minutes are summed, so two questions are faster than
    one, except where finding the rows is the work: `at_once` is for searches.
    """
    counts = {
        "rows": Count("pk"),
        "authorities": Count("pk", filter=Q(requirement_class=RequirementClass.AUTHORITY)),
    }
    sums = {
        "costed": Count(hours_of("minutes_high")),
        "hours_low": Sum(hours_of("minutes_low")),
        "hours_high": Sum(hours_of("minutes_high")),
    }
    plain = rows.order_by()
    if at_once:
        return Totals(**plain.aggregate(**counts, **sums))
    return Totals(**plain.aggregate(**counts), **plain.filter(minutes_high__isnull=False).aggregate(**sums))


def in_index_order(rows: QuerySet[Requirement], actor: Actor) -> QuerySet[Requirement]:
    """The same rows, for queries that order or group as an index that begins with is_public.

    For the public it says what the gate says already, but so that SQLite sees a fixed value and reads the index in its
    order: a page stops after fifty rows, and groups need no sorting.
    """
    return rows if standing(actor).organisations else rows.filter(is_public__in=[True])


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, and the address of the list without it."""

    label: Reason
    value: str
    without: str


class Letters:
    """What the visible documents say there is to choose from, asked for once: a small table beside the requirements."""

    def __init__(self, actor: Actor) -> None:
        self.rows = list(
            rules.documents_visible_to(actor)
            .order_by("-year", "title", "pk")
            .values_list(
                "pk",
                "title",
                "year",
                "imposing_body_id",
                "imposing_body__name",
                "addressee_id",
                "addressee__name",
            )
        )

    def imposing_bodies(self) -> list[tuple[str, str]]:
        return _by_name({(str(row[3]), row[4]) for row in self.rows})

    def addressees(self) -> list[tuple[str, str]]:
        return _by_name({(str(row[5]), row[6]) for row in self.rows})

    def years(self) -> list[tuple[str, str]]:
        return [(str(year), str(year)) for year in sorted({row[2] for row in self.rows}, reverse=True)]

    def documents(self, data: QueryDict) -> list[tuple[str, str]]:
        """The documents of the chosen bodies and year; the chosen one always."""
        wanted = (("year", 2), ("imposing_body", 3), ("addressee", 5))
        chosen = data.get("document", "")
        near = [
            row for row in self.rows if all(data.get(key, "") in ("", str(row[at])) for key, at in wanted)
        ]
        shown = near[:DOCUMENTS_IN_MENU] + [r for r in self.rows if str(r[0]) == chosen]
        return list(dict.fromkeys((str(row[0]), f"{row[1]} ({row[2]})") for row in shown))


def _by_name(pairs: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _number(text: str) -> int | None:
    """An id as the databases can hold it."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_ID else None


def _units(actor: Actor, addressee: str, chosen: str) -> list[tuple[str, str]]:
    """The units of the chosen addressee, or of the actor's own organisations; the chosen one always."""
    organisation, unit = _number(addressee), _number(chosen)
    where = set(standing(actor).organisations) if organisation is None else {organisation}
    if not where and unit is None:
        return []
    wanted = Q(organisation__in=where) | Q(pk=unit)
    rows = units_visible_to(actor).filter(wanted).order_by("name", "pk").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


class PlainSelect(forms.Select):
    """A menu drawn in one go: Django renders a template for every option, which is felt where a page has a hundred."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", label)
                for key, label in self.choices
            ),
        )
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", attributes, options)


class Choice(forms.ChoiceField):
    widget = PlainSelect


class RequirementFilters(forms.Form):
    """One field per filter. What cannot be understood is said beside its field and filters nothing."""

    q = forms.CharField(
        label=gettext_lazy("Search in the requirements"), required=False, max_length=200, strip=True,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    imposing_body = Choice(label=gettext_lazy("Who demands"), required=False)
    level = Choice(
        label=gettext_lazy("Level that demands"), required=False, choices=[("", pgettext_lazy("filter", "All")), *Level.choices]
    )  # fmt: skip
    addressee = Choice(label=gettext_lazy("Who must meet it"), required=False)
    unit = Choice(
        label=gettext_lazy("Unit"), required=False, help_text=gettext_lazy("With the units below it.")
    )
    year = Choice(label=gettext_lazy("Year"), required=False)
    document = Choice(label=gettext_lazy("Document"), required=False)
    status = Choice(
        label=gettext_lazy("Status"),
        required=False,
        choices=[
            ("", pgettext_lazy("filter", "All")),
            (CURRENT, gettext_lazy("Holds now")),
            *Requirement.Status.choices,
        ],
    )
    deadline_from = forms.DateField(
        label=gettext_lazy("Deadline from"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": NOT_A_DATE},
    )
    deadline_to = forms.DateField(
        label=gettext_lazy("Deadline to"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": NOT_A_DATE},
    )
    statutory = Choice(label=gettext_lazy("Required by law"), required=False, choices=YES_NO)
    detail = Choice(
        label=gettext_lazy("Core or detail"),
        required=False,
        choices=[("", pgettext_lazy("filter", "All")), *Requirement.Detail.choices],
    )
    costed = Choice(label=gettext_lazy("Hours are calculated"), required=False, choices=YES_NO)
    sort = Choice(
        label=gettext_lazy("Order"),
        required=False,
        choices=[*SORTS, *((k, k) for k in ORDERS if k not in dict(SORTS))],
    )

    def __init__(self, data: QueryDict, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        letters = Letters(actor)
        everything = [("", pgettext_lazy("filter", "All"))]
        # `class` is a word of Python's own, so this field is added by name.
        self.fields["class"] = forms.MultipleChoiceField(
            label=gettext_lazy("Class"),
            required=False,
            choices=RequirementClass.choices,
            widget=forms.CheckboxSelectMultiple,
        )
        self._choose("imposing_body", [*everything, *letters.imposing_bodies()])
        self._choose("addressee", [*everything, *letters.addressees()])
        self._choose("year", [*everything, *letters.years()])
        self._choose("document", [*everything, *letters.documents(data)])
        self._choose("unit", [*everything, *_units(actor, data.get("addressee", ""), data.get("unit", ""))])
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _(
                    "%(value)s is not one of the choices. Choose from the list."
                )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # narrows the type
        field.choices = choices

    def chosen(self) -> dict[str, Any]:
        """The filters that were understood and are not empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}

    def rows(self) -> QuerySet[Requirement]:
        """The requirements the actor may see that meet every filter, in no order yet."""
        rows = rules.visible_to(self.actor).order_by()
        for name, value in self.chosen().items():
            if name != "sort":
                rows = _NARROW[name](rows, value)
        return rows

    def totals(self) -> Totals:
        return totals(self.rows(), at_once="q" in self.chosen())

    def ordered(self) -> QuerySet[Requirement]:
        rows, sort = self.rows(), self.chosen().get("sort", "")
        if ORDERS[sort] is ORDERS[""]:
            rows = in_index_order(rows, self.actor)
        return rows.order_by(*ORDERS[sort])

    def chips(self) -> list[Chip]:
        """The active filters in words, each with the address of the list without it."""
        chips: list[Chip] = []
        for name, value in self.chosen().items():
            if name == "sort":
                continue
            for one in value if isinstance(value, list) else [value]:
                chips.append(
                    Chip(self.fields[name].label or name, self._in_words(name, one), self._without(name, one))
                )
        return chips

    def _in_words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # flat choices
        return formats.date_format(value, "DATE_FORMAT") if hasattr(value, "year") else f"«{value}»"

    def _without(self, name: str, value: Any) -> str:
        pairs = [
            (key, one)
            for key, many in self.data.lists()  # type: ignore[attr-defined]  # data is the request's QueryDict
            for one in many
            if key != "page" and not (key == name and (name != "class" or one == value))
        ]
        return f"?{urlencode(pairs)}"

    def query(self) -> str:
        """The filters as an address, for links to the files of exactly this list."""
        pairs = [
            (key, one) for key, many in self.data.lists() for one in many if key != "page" and one != ""  # type: ignore[attr-defined]  # as above
        ]  # fmt: skip
        return f"?{urlencode(pairs)}" if pairs else ""


def _of_status(rows: QuerySet[Requirement], value: str) -> QuerySet[Requirement]:
    return rows.filter(status__in=ALIVE if value == CURRENT else [value])


def _of_unit(rows: QuerySet[Requirement], value: str) -> QuerySet[Requirement]:
    """A unit and those below it. An organisation's units are few, so its tree is walked here."""
    parents = dict(Unit.objects.filter(organisation__units=int(value)).values_list("pk", "parent"))
    wanted, before = {int(value)}, 0
    while len(wanted) > before:
        before = len(wanted)
        wanted |= {pk for pk, parent in parents.items() if parent in wanted}
    return rows.filter(unit__in=wanted)


def _costed(rows: QuerySet[Requirement], value: str) -> QuerySet[Requirement]:
    return rows.filter(hours_high__isnull=value == "no")


# How each filter narrows the list.
_NARROW: dict[str, Any] = {
    "q": search.matching,
    "class": lambda rows, value: rows.filter(requirement_class__in=value),
    "imposing_body": lambda rows, value: rows.filter(imposing_body=value),
    "level": lambda rows, value: rows.filter(level=value),
    "addressee": lambda rows, value: rows.filter(addressee=value),
    "unit": _of_unit,
    "year": lambda rows, value: rows.filter(year=value),
    "document": lambda rows, value: rows.filter(document=value),
    "status": _of_status,
    "deadline_from": lambda rows, value: rows.filter(deadline_on__gte=value),
    "deadline_to": lambda rows, value: rows.filter(deadline_on__lte=value),
    "statutory": lambda rows, value: rows.filter(statutory=value == "yes"),
    "detail": lambda rows, value: rows.filter(detail=value),
    "costed": _costed,
}
