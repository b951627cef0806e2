"""The charts of a body's year: where last year's requirements went, and what each letter of the year added."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillitsrom.reading.years.groups import Change
from tillitsrom.register.change_sections import headings
from tillitsrom.register.models import COUNTED, RequirementClass
from tillitsrom.web.charts import Chart, Number, Series
from tillitsrom.web.classes import CLASSES
from tillitsrom.web.flow_charts import Flow, Node, sankey_chart, step_chart
from tillitsrom.web.templatetags.tillitsrom import number

from .year import Arrival, Year, total


@dataclass(frozen=True, slots=True)
class Fates:
    """How many requirements met each fate. A split counts its one old requirement, a merger its several."""

    before: Counter[str]
    after: Counter[str]


# The colours are those of a series: they repeat nothing of the classes' meaning, and each fate has its name beside it.
_FATE_KEYS = {
    Change.KEPT: "1",
    Change.REWORDED: "3",
    Change.SPLIT: "5",
    Change.MERGED: "5",
    Change.MOVED: "6",
    Change.GONE: "authority",
    Change.NEW: "2",
}


def counted_flows(year: Year) -> Counter[tuple[str, str, str]]:
    """The flows of classes that count: room to act is no requirement, on either side."""
    found: Counter[tuple[str, str, str]] = Counter()
    for (old, fate, new), many in year.paired.flows.items():
        kept_old, kept_new = old if old in COUNTED else "", new if new in COUNTED else ""
        if kept_old or kept_new:
            found[kept_old, fate, kept_new] += many
    return found


def fates(year: Year) -> Fates:
    result = Fates(Counter(), Counter())
    for (old, fate, new), many in counted_flows(year).items():
        if old:
            result.before[fate] += many
        if new:
            result.after[fate] += many
    return result


def flow(year: Year, link: Callable[[str, int], str], section: Callable[[str], str]) -> Chart:
    """Last year's classes to the left, what became of them in the middle, this year's classes to the right.

    `link` gives the list of a class in a year, and `section` the place on the page where a fate's requirements stand.
    """
    flows = counted_flows(year)
    into: Counter[tuple[str, str]] = Counter()
    out: Counter[tuple[str, str]] = Counter()
    for (old, fate, new), many in flows.items():
        if old:
            into[old, fate] += many
        if new:
            out[fate, new] += many
    names = {fate: headings()[fate] for fate in _FATE_KEYS}
    left = [kind for kind in COUNTED if any(old == kind for old, _fate in into)]
    middle = [fate for fate in names if any(fate in pair for pair in (*into, *out))]
    right = [kind for kind in COUNTED if any(new == kind for _fate, new in out)]
    ribbons = [Flow(f"a-{kind}", fate, into[kind, fate], kind) for kind in left for fate in middle]
    ribbons += [Flow(fate, f"b-{kind}", out[fate, kind], kind) for fate in middle for kind in right]
    rows: list[list[str | Number | None]] = [
        [str(CLASSES[kind].plural), *(into[kind, fate] for fate in middle)] for kind in left
    ]
    for kind in right:
        name = _("%(name)s in %(year)s") % {"name": CLASSES[kind].plural, "year": year.number}
        rows.append([name, *(out[fate, kind] for fate in middle)])
    return sankey_chart(
        title=_("From %(before)s to %(after)s") % {"before": year.number - 1, "after": year.number},
        sentence=sentence(year),
        headings=[_("Class in %(year)s") % {"year": year.number - 1}, *(names[fate] for fate in middle)],
        rows=rows,
        columns=[
            [_class_node("a", kind, link(kind, year.number - 1)) for kind in left],
            [Node(fate, _FATE_KEYS[Change(fate)], names[fate], "", section(fate)) for fate in middle],
            [_class_node("b", kind, link(kind, year.number)) for kind in right],
        ],
        flows=ribbons,
    )


def _class_node(side: str, kind: str, link: str) -> Node:
    shown = CLASSES[kind]
    return Node(f"{side}-{kind}", kind, str(shown.plural), str(shown.letter), link)


def sentence(year: Year) -> str:
    """What became of last year's requirements, and how many are new."""
    met = fates(year)
    before = met.before.total()
    if not before:
        return _(
            "There are no letters for %(before)s to compare with: all %(count)s requirements are new here."
        ) % {
            "before": year.number - 1,
            "count": number(met.after.total()),
        }
    still = before - met.before[Change.GONE]
    words = {
        "before": year.number - 1,
        "after": year.number,
        "count": number(before),
        "still": number(still),
        "kept": number(met.before[Change.KEPT] + met.before[Change.MOVED]),
        "gone": number(met.before[Change.GONE]),
        "new": number(met.after[Change.NEW]),
    }
    return (
        _(
            "Of %(count)s requirements in %(before)s, %(still)s still stand in %(after)s, %(kept)s of them in the same words. "
            "%(gone)s are gone, and %(new)s are new."
        )
        % words
    )


def growth(year: Year) -> Chart | None:
    """How many requirements there were after each letter of the year; None where only one letter came."""
    if len(year.arrivals) < 2:
        return None
    assignments = total(year.arrivals, RequirementClass.ASSIGNMENT)
    series = [Series("1", _("All requirements"), total(year.arrivals), "1")]
    if assignments[-1]:
        kind = CLASSES[RequirementClass.ASSIGNMENT]
        series.append(Series(RequirementClass.ASSIGNMENT, str(kind.plural), assignments, str(kind.letter)))
    return step_chart(
        title=_("Letter by letter through %(year)s") % {"year": year.number},
        sentence=growth_sentence(year.arrivals),
        category_heading=_("After the letter"),
        categories=[when(one, place) for place, one in enumerate(year.arrivals)],
        series=series,
        unit="",
    )


def when(arrival: Arrival, place: int) -> str:
    """The day of the letter, or its number where the day is not known."""
    if arrival.day is None:
        return _("letter %(number)s") % {"number": place + 1}
    return date_format(arrival.day, "j. M").lower()


def growth_sentence(arrivals: Sequence[Arrival]) -> str:
    """“60 assignments 12 January, 98 after the letter of 3 July”, for all requirements where no letter has assignments."""
    assignments = total(arrivals, RequirementClass.ASSIGNMENT)
    sums = assignments if assignments[-1] else total(arrivals)
    words = {
        "first": number(sums[0]),
        "last": number(sums[-1]),
        "letters": number(len(arrivals) - 1),
    }
    first, last = arrivals[0].day, arrivals[-1].day
    if first and last and first != last:
        days = {"first_day": date_format(first, "j. F"), "last_day": date_format(last, "j. F")}
        if assignments[-1]:
            return _("%(first)s assignments on %(first_day)s, %(last)s on %(last_day)s.") % (words | days)
        return _("%(first)s requirements on %(first_day)s, %(last)s on %(last_day)s.") % (words | days)
    if assignments[-1]:
        return (
            ngettext(
                "%(first)s assignments after the first letter, %(last)s after one more.",
                "%(first)s assignments after the first letter, %(last)s after %(letters)s more.",
                len(arrivals) - 1,
            )
            % words
        )
    return (
        ngettext(
            "%(first)s requirements after the first letter, %(last)s after one more.",
            "%(first)s requirements after the first letter, %(last)s after %(letters)s more.",
            len(arrivals) - 1,
        )
        % words
    )
