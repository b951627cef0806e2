"""The charts of the insight page: figures in, drawings with a sentence, a table and links to the counted lists out."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillitsrom.people.models import Level
from tillitsrom.register.changes import class_changes, in_words
from tillitsrom.register.models import Requirement
from tillitsrom.web.charts import Chart, Series, bar_chart, line_chart
from tillitsrom.web.classes import CLASSES
from tillitsrom.web.pareto_charts import Row, pareto_chart
from tillitsrom.web.templatetags.tillitsrom import number, range_of

from .queries import Figures, Scope

COLOURS = 6


def list_address(scope: Scope, more: Mapping[str, str | int]) -> str:
    """The requirement list that a bar counts."""
    return f"{reverse('requirements:list')}?{urlencode(scope.query() | {k: str(v) for k, v in more.items()})}"


def classes(found: Figures, scope: Scope) -> Chart:
    """I6: all classes, side by side through the years (R21)."""
    return bar_chart(
        title=_("Requirements per class and year"),
        sentence=_count_sentence(found),
        category_heading=_("Year"),
        categories=[str(year) for year in found.years],
        series=_class_series(found, scope),
        unit="",
        stacked=True,
    )


def trend(found: Figures, scope: Scope) -> Chart:
    """The same numbers as lines, where a fall in one class and a rise in another cross."""
    return line_chart(
        title=_("How each class has moved"),
        sentence=_trend_sentence(found),
        category_heading=_("Year"),
        categories=[str(year) for year in found.years],
        series=_class_series(found, scope),
    )


def _class_series(found: Figures, scope: Scope) -> list[Series]:
    return [
        Series(
            key=kind,
            label=str(CLASSES[kind].plural),
            letter=str(CLASSES[kind].letter),
            values=[found.per_class[year][kind] for year in found.years],
            links=[list_address(scope, {"class": kind, "year": year}) for year in found.years],
        )
        for kind in found.classes
    ]


def _count_sentence(found: Figures) -> str:
    """How many now and before. What moved stands above the chart, and in the sentence of the next one."""
    last = found.years[-1]
    counts = found.per_class[last]
    most = max(found.classes, key=lambda kind: counts[kind])
    words = {
        "year": last,
        "count": number(sum(counts.values())),
        "kind": str(CLASSES[most].plural).lower(),
        "most": number(counts[most]),
        "before": ", ".join(
            f"{year}: {number(sum(found.per_class[year].values()))}" for year in found.years[:-1]
        ),
    }
    if not words["before"]:
        return _("%(count)s requirements in %(year)s. The largest class is %(kind)s, with %(most)s.") % words
    return (
        _(
            "%(count)s requirements in %(year)s. The largest class is %(kind)s, with %(most)s. Before that: %(before)s."
        )
        % words
    )


def _trend_sentence(found: Figures) -> str:
    if len(found.years) < 2:
        return _("There is only one year to look at yet.")
    first, last = found.years[0], found.years[-1]
    words = in_words(class_changes(found.per_class[first], found.per_class[last]))
    return _("From %(first)s to %(last)s. %(change)s") % {"first": first, "last": last, "change": words}


def levels(found: Figures, scope: Scope) -> Chart:
    """Who imposes: requirements per year by administrative level."""
    names = dict(Level.choices)
    last = found.years[-1]
    counts = found.per_level[last]
    most = max(counts, key=lambda level: counts[level], default="")
    sentence = ngettext(
        "In %(year)s one requirement came from: %(level)s.",
        "In %(year)s the level that imposed most was %(level)s, with %(most)s of %(count)s requirements.",
        sum(counts.values()),
    ) % {
        "year": last,
        "level": str(names.get(most, most)).lower(),
        "most": number(counts[most] if most else 0),
        "count": number(sum(counts.values())),
    }
    series = [
        Series(
            key=str((index - 1) % COLOURS + 1),
            label=str(names.get(level, level)),
            letter=str(index),
            values=[found.per_level[year][level] for year in found.years],
            links=[list_address(scope, {"level": level, "year": year}) for year in found.years],
        )
        for index, level in enumerate(found.levels, start=1)
    ]
    return bar_chart(
        title=_("Requirements by the level that imposes them"),
        sentence=sentence,
        category_heading=_("Year"),
        categories=[str(year) for year in found.years],
        series=series,
        stacked=True,
    )


def pareto(found: Figures, heaviest: Sequence[Requirement]) -> Chart:
    """Which requirements cost most of what holds now."""
    rows = [
        Row(
            label=requirement.text,
            value=round(_middle(requirement)),
            low=round(requirement.hours_low or 0),
            high=round(requirement.hours_high or 0),
            link=reverse("requirements:detail", args=[requirement.pk]),
        )
        for requirement in heaviest
    ]
    whole = (found.hours.low + found.hours.high) / 2
    share = round(100 * sum(row.value for row in rows) / whole) if whole else 0
    sentence = ngettext(
        "One requirement stands for %(share)s %% of the hours that are known: %(hours)s hours a year in all.",
        "These %(rows)s requirements stand for %(share)s %% of the hours that are known: %(hours)s hours a year in all.",
        len(rows),
    ) % {"rows": number(len(rows)), "share": share, "hours": range_of(found.hours.low, found.hours.high)}
    return pareto_chart(
        title=_("The requirements that cost most"),
        sentence=sentence,
        headings=[_("Requirement"), _("Hours a year"), _("At least"), _("At most"), _("Share so far")],
        rows=rows,
        unit=_("hours"),
        total=whole,
    )


def _middle(requirement: Requirement) -> float:
    return ((requirement.hours_low or 0) + (requirement.hours_high or 0)) / 2


# The charts that are made from the cube alone; the Pareto chart needs the heaviest rows too.
FROM_CUBE: dict[str, Callable[[Figures, Scope], Chart]] = {
    "klasser": classes,
    "utvikling": trend,
    "nivaer": levels,
}
