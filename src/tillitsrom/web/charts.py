"""Charts as SVG, drawn on the server: pure functions from numbers to a figure that also holds its own table.

No inline style: colours come from `assets/css/charts.css` on a page, and from `chart_files.py` in a file that is
downloaded. Every bar, segment and point may link to the list that it counts. Colour never stands alone: a series has a
letter beside its name, and the numbers are in the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import floor, log10
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .drawing import at, letter_at, linked, stroke, words_at
from .templatetags.tillitsrom import number

Number = float | int
WIDTH = 720
NARROW = 340
CHARACTER = 6.9  # the mean width of a character at 13 px, good enough for placing labels


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers with a name. `key` picks the colour: a class of requirement, or "1" to "6"."""

    key: str
    label: str
    values: Sequence[Number | None]
    letter: str = ""
    links: Sequence[str] = ()

    def link(self, index: int) -> str:
        return self.links[index] if index < len(self.links) else ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished figure: its drawing, the sentence that says what it shows, and the same numbers as a table."""

    kind: str
    title: str
    sentence: str
    headings: list[str]
    rows: list[list[str | Number | None]]
    body: str = field(repr=False)
    height: int = 0
    width: int = WIDTH
    # The same figure drawn for a narrow screen, where it has been drawn for one.
    narrow: "Chart | None" = None

    @property
    def svg(self) -> SafeString:
        """The drawing for a page. It is a group and not an image, so that its links can be reached."""
        return mark_safe(  # noqa: S308  # everything that came from outside was escaped where it was put in
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="group" aria-label="{escape(self.title)}">'
            f"<desc>{escape(self.sentence)}</desc>{self.body}</svg>"
        )


def _with_unit(value: Number, unit: str) -> str:
    return f"{number(value)} {unit}".strip()


def ticks(top: Number, wanted: int = 4) -> list[Number]:
    """Round values from nought to at least the top, in steps of 1, 2 or 5 times a power of ten."""
    if top <= 0:
        return [0, 1]
    raw = top / wanted
    power = 10 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    step = max(step, 1) if top >= wanted else step
    values: list[Number] = [0]
    while values[-1] < top:
        values.append(round(values[-1] + step, 6))
    return values


def _legend(series: Sequence[Series], left: float, top: float, width: int = WIDTH) -> tuple[str, float]:
    """Names with their colour and letter, on as many lines as they need; also gives where the legend ends."""
    parts: list[str] = []
    x, y = left, top
    for one in series:
        wide = 30 + len(one.label) * CHARACTER + 18
        if x > left and x + wide > width:
            x, y = left, y + 24
        parts.append(
            f'<g class="k-{escape(one.key)}"><rect class="ch-bar" x="{at(x)}" y="{at(y)}" width="18" height="18" rx="3"/>'
            f"{letter_at(x + 9, y + 13, one.letter)}</g>{words_at(x + 25, y + 13.5, one.label)}"
        )
        x += wide
    return "".join(parts), y + 18


def _grid(marks: Sequence[Number], left: float, right: float, y_of: "Scale") -> str:
    lines = "".join(
        stroke(left, y_of(mark), right, y_of(mark), "ch-axis" if mark == 0 else "ch-grid")
        + words_at(left - 8, y_of(mark) + 4, number(mark), "ch-soft", "end")
        for mark in marks
    )
    return f'<g aria-hidden="true">{lines}</g>'


@dataclass(frozen=True, slots=True)
class Scale:
    """From a value to a place on the paper."""

    top_value: Number
    start: float
    length: float

    def __call__(self, value: Number) -> float:
        return self.start + self.length * (1 - value / self.top_value)


def _table(categories: Sequence[str], series: Sequence[Series]) -> list[list[str | Number | None]]:
    return [[name, *(one.values[i] for one in series)] for i, name in enumerate(categories)]


def bar_chart(
    *,
    title: str,
    sentence: str,
    category_heading: str,
    categories: Sequence[str],
    series: Sequence[Series],
    unit: str = "",
    stacked: bool = False,
) -> Chart:
    """Columns for each category: beside each other, or on top of each other with the sum above."""
    chart = Chart(
        kind="stacked" if stacked else "bars",
        title=title,
        sentence=sentence,
        headings=[category_heading, *(one.label for one in series)],
        rows=_table(categories, series),
        body="",
    )
    wide, narrow = (_bars(chart, categories, series, unit, width) for width in (WIDTH, NARROW))
    return replace(wide, narrow=narrow)


def _bars(chart: Chart, categories: Sequence[str], series: Sequence[Series], unit: str, width: int) -> Chart:
    stacked = chart.kind == "stacked"
    sums = [sum(one.values[i] or 0 for one in series) for i in range(len(categories))]
    highest = max((one.values[i] or 0 for one in series for i in range(len(categories))), default=0)
    marks = ticks(max(sums, default=0) if stacked else highest)
    left = 24 + len(number(marks[-1])) * CHARACTER
    legend, legend_end = (
        _legend(series, 0 if width == NARROW else left, 4, width) if len(series) > 1 else ("", 0.0)
    )
    y_of = Scale(marks[-1], legend_end + 28, 260)
    slot = (width - left - 8) / max(len(categories), 1)
    draw = _stack if stacked else _group
    parts = [legend, _grid(marks, left, width - 8, y_of)]
    for i, name in enumerate(categories):
        middle = left + slot * (i + 0.5)
        parts.append(draw(i, name, series, middle, slot, y_of, unit))
        if stacked:
            parts.append(words_at(middle, y_of(sums[i]) - 8, number(sums[i]), "ch-strong", "middle"))
        parts += [
            words_at(middle, y_of(0) + 20 + 15 * line, words, "", "middle")
            for line, words in enumerate(wrap(name, max(6, int(slot / CHARACTER)))[:2])
        ]
    return replace(chart, body="".join(parts), height=int(y_of(0)) + 44, width=width)


def _stack(
    i: int, name: str, series: Sequence[Series], middle: float, slot: float, y_of: Scale, unit: str
) -> str:
    """One column of segments, the first series at the bottom."""
    width = min(slot * 0.62, 84)
    parts, below = [], 0.0
    for one in series:
        value = one.values[i] or 0
        if not value:
            continue
        y, height = y_of(below + value), y_of(below) - y_of(below + value)
        drawing = f'<rect class="ch-bar" x="{at(middle - width / 2)}" y="{at(y)}" width="{at(width)}" height="{at(max(height - 1, 0.5))}"/>'
        if height >= 15:
            drawing += letter_at(middle, y + height / 2 + 4, one.letter)
        label = f"{one.label}, {name}: {_with_unit(value, unit)}"
        parts.append(f'<g class="k-{escape(one.key)}">{linked(one.link(i), label, drawing)}</g>')
        below += value
    return "".join(parts)


def _group(
    i: int, name: str, series: Sequence[Series], middle: float, slot: float, y_of: Scale, unit: str
) -> str:
    """The columns of one category beside each other, each with its value above and its letter inside."""
    width = min(slot * 0.78 / len(series), 64)
    start = middle - width * len(series) / 2
    parts = []
    for n, one in enumerate(series):
        value = one.values[i]
        if value is None:
            continue
        x, y, height = start + width * n, y_of(value), y_of(0) - y_of(value)
        drawing = f'<rect class="ch-bar" x="{at(x + 1)}" y="{at(y)}" width="{at(width - 2)}" height="{at(max(height, 0.5))}" rx="2"/>'
        if height >= 18 and one.letter and width >= 16:
            drawing += letter_at(x + width / 2, y_of(0) - 6, one.letter)
        if width >= 16:
            drawing += words_at(x + width / 2, y - 6, number(value), "ch-small", "middle")
        label = f"{one.label}, {name}: {_with_unit(value, unit)}"
        parts.append(f'<g class="k-{escape(one.key)}">{linked(one.link(i), label, drawing)}</g>')
    return "".join(parts)


def line_chart(
    *,
    title: str,
    sentence: str,
    category_heading: str,
    categories: Sequence[str],
    series: Sequence[Series],
    unit: str = "",
) -> Chart:
    """One line for each series; its name stands at the line's own end. With two categories this is a slope chart."""
    chart = Chart(
        kind="slope" if len(categories) == 2 else "lines",
        title=title,
        sentence=sentence,
        headings=[category_heading, *(one.label for one in series)],
        rows=_table(categories, series),
        body="",
    )
    wide, narrow = (_lines(chart, categories, series, unit, width) for width in (WIDTH, NARROW))
    return replace(wide, narrow=narrow)


def _lines(chart: Chart, categories: Sequence[str], series: Sequence[Series], unit: str, width: int) -> Chart:
    """On narrow paper the names stand above, and only letters and numbers at the ends."""
    slope, small = chart.kind == "slope", width == NARROW
    highest = max((value for one in series for value in one.values if value is not None), default=0)
    marks = ticks(highest)
    legend, top = _legend(series, 0, 4, width) if small else ("", 0.0)
    longest = 0 if small else max((len(one.label) for one in series), default=0)
    left = (64.0 if small else 150.0) if slope else 24 + len(number(marks[-1])) * CHARACTER
    right = width - 62 - longest * CHARACTER
    top += 8 if legend else 0
    y_of = Scale(marks[-1], top + 36, max(280, 24 * len(series)))
    step = (right - left) / max(len(categories) - 1, 1)
    xs = [left + step * i for i in range(len(categories))]
    parts = [legend]
    parts += (
        [stroke(x, top + 30, x, y_of(0), "ch-grid") for x in xs]
        if slope
        else [_grid(marks, left, right, y_of)]
    )
    # Where years would stand on each other, only some are written; the table has all.
    every = max(1, -(-40 // max(int(step), 1)))
    parts += [
        words_at(x, top + 18 if slope else y_of(0) + 20, name, "ch-strong", "middle")
        for i, (x, name) in enumerate(zip(xs, categories, strict=True))
        if (len(xs) - 1 - i) % every == 0
    ]
    parts += [_path(one, categories, xs, y_of, unit) for one in series]
    parts.append(_end_labels(series, right + 12, y_of, named=not small))
    if slope:
        parts.append(_start_labels(series, left - 12, y_of))
    return replace(chart, body="".join(parts), height=int(y_of(0)) + (16 if slope else 34), width=width)


def _path(one: Series, categories: Sequence[str], xs: Sequence[float], y_of: Scale, unit: str) -> str:
    """The line of a series, broken where a value is missing, with a point for each value."""
    moves, pen_up, dots = [], True, []
    for i, value in enumerate(one.values):
        if value is None:
            pen_up = True
            continue
        moves.append(f"{'M' if pen_up else 'L'}{at(xs[i])} {at(y_of(value))}")
        pen_up = False
        dot = f'<circle class="ch-dot" cx="{at(xs[i])}" cy="{at(y_of(value))}" r="5"/>'
        dots.append(linked(one.link(i), f"{one.label}, {categories[i]}: {_with_unit(value, unit)}", dot))
    return f'<g class="k-{escape(one.key)}"><path class="ch-line" d="{" ".join(moves)}"/>{"".join(dots)}</g>'


def spread(places: Sequence[float], distance: float, lowest: float) -> list[float]:
    """The places moved apart so that labels do not cover each other, each as near its own as it can be."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + distance)
    limit = lowest
    for i in reversed(order):
        moved[i] = min(moved[i], limit)
        limit = moved[i] - distance
    return moved


def _end_labels(series: Sequence[Series], x: float, y_of: Scale, *, named: bool) -> str:
    ends = [(one, one.values[-1]) for one in series if one.values and one.values[-1] is not None]
    places = spread([y_of(value or 0) for _one, value in ends], 19, y_of(0) + 4)
    parts = []
    for (one, value), y in zip(ends, places, strict=True):
        parts.append(
            stroke(x - 6, y_of(value or 0), x + 2, y, "ch-lead")
            + f'<g class="k-{escape(one.key)}"><rect class="ch-bar" x="{at(x + 3)}" y="{at(y - 8)}" width="18" height="16" rx="3"/>'
            + f"{letter_at(x + 12, y + 4, one.letter)}</g>"
            + words_at(x + 26, y + 4.5, f"{number(value)} {one.label}" if named else number(value))
        )
    return f'<g aria-hidden="true">{"".join(parts)}</g>'


def _start_labels(series: Sequence[Series], x: float, y_of: Scale) -> str:
    starts = [(one, one.values[0]) for one in series if one.values[0] is not None]
    places = spread([y_of(value or 0) for _one, value in starts], 17, y_of(0) + 4)
    words = [
        words_at(x, y + 4.5, f"{one.letter} {number(value)}".strip(), "", "end")
        for (one, value), y in zip(starts, places, strict=True)
    ]
    return f'<g aria-hidden="true">{"".join(words)}</g>'
