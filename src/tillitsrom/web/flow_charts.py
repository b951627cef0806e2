"""Charts of what flows and what grows: a Sankey diagram and a step line, as pure functions from numbers to a figure.

Each is drawn twice, for a wide and for a narrow screen, so that neither is scrolled; the page shows the one that fits.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.html import escape

from .charts import NARROW, WIDTH, Chart, Number, Scale, Series, ticks
from .drawing import at, letter_at, linked, stroke, words_at
from .templatetags.tillitsrom import number

_BAR, _GAP, _TOP = 20, 30, 26


@dataclass(frozen=True, slots=True)
class Node:
    """A place that things flow through: an identity, the key of its colour, its name, its letter and where it leads."""

    name: str
    key: str
    label: str
    letter: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """So many from one node to another in the next column, in the colour of `key`."""

    source: str
    target: str
    value: int
    key: str


@dataclass(slots=True)
class _Placed:
    """A node on the paper, and how far down its two sides are taken."""

    node: Node
    x: float
    y: float
    height: float
    out: float = 0.0
    come: float = 0.0


def sankey_chart(
    *,
    title: str,
    sentence: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str | Number | None]],
    columns: Sequence[Sequence[Node]],
    flows: Sequence[Flow],
) -> Chart:
    """Columns of nodes with ribbons between them, as thick as what flows. `headings` and `rows` are the table beside it."""
    chart = Chart("sankey", title, sentence, list(headings), [list(row) for row in rows], "")
    wide, narrow = (_sankey(chart, columns, flows, width) for width in (WIDTH, NARROW))
    return replace(wide, narrow=narrow)


def _sankey(chart: Chart, columns: Sequence[Sequence[Node]], flows: Sequence[Flow], width: int) -> Chart:
    sizes = _sizes(columns, flows)
    tallest = max((sum(sizes[node.name] for node in column) for column in columns), default=0) or 1
    per_one = 300 / tallest
    placed: dict[str, _Placed] = {}
    height = 0.0
    for place, column in enumerate(columns):
        x, y = (width - _BAR) * place / max(len(columns) - 1, 1), float(_TOP)
        for node in column:
            thick = max(sizes[node.name] * per_one, 2)
            placed[node.name] = _Placed(node, x, y, thick)
            y += thick + _GAP
        height = max(height, y - _GAP + 6)
    ribbons = "".join(_ribbon(flow, placed, per_one) for flow in flows if flow.value)
    nodes = "".join(
        _node(placed[node.name], sizes[node.name], place, len(columns))
        for place, column in enumerate(columns)
        for node in column
    )
    return replace(chart, body=ribbons + nodes, height=int(height), width=width)


def _sizes(columns: Sequence[Sequence[Node]], flows: Sequence[Flow]) -> Mapping[str, int]:
    """How much goes in or out of each node, whichever is more."""
    into: dict[str, int] = defaultdict(int)
    out: dict[str, int] = defaultdict(int)
    for flow in flows:
        out[flow.source] += flow.value
        into[flow.target] += flow.value
    return {node.name: max(into[node.name], out[node.name]) for column in columns for node in column}


def _ribbon(flow: Flow, placed: Mapping[str, _Placed], per_one: float) -> str:
    source, target, thick = placed[flow.source], placed[flow.target], flow.value * per_one
    x1, x2 = source.x + _BAR, target.x
    y1, y2, middle = source.y + source.out, target.y + target.come, (source.x + _BAR + target.x) / 2
    source.out += thick
    target.come += thick
    path = (
        f"M{at(x1)} {at(y1)}C{at(middle)} {at(y1)} {at(middle)} {at(y2)} {at(x2)} {at(y2)}"
        f"L{at(x2)} {at(y2 + thick)}C{at(middle)} {at(y2 + thick)} {at(middle)} {at(y1 + thick)} {at(x1)} {at(y1 + thick)}Z"
    )
    label = f"{source.node.label} → {target.node.label}: {number(flow.value)}"
    return f'<g class="k-{escape(flow.key)}"><title>{escape(label)}</title><path class="ch-flow" d="{path}"/></g>'


def _node(placed: _Placed, size: int, column: int, columns: int) -> str:
    node = placed.node
    drawing = f'<rect class="ch-bar" x="{at(placed.x)}" y="{at(placed.y)}" width="{_BAR}" height="{at(placed.height)}" rx="2"/>'
    if placed.height >= 16 and node.letter:
        drawing += letter_at(placed.x + _BAR / 2, placed.y + placed.height / 2 + 4, node.letter)
    anchor, x = "middle", placed.x + _BAR / 2
    if column == 0:
        anchor, x = "start", placed.x
    elif column == columns - 1:
        anchor, x = "end", placed.x + _BAR
    words = words_at(x, placed.y - 6, f"{number(size)} {node.label}", "ch-node", anchor)
    label = f"{node.label}: {number(size)}"
    return f'<g class="k-{escape(node.key)}">{linked(node.link, label, words + drawing)}</g>'


def step_chart(
    *,
    title: str,
    sentence: str,
    category_heading: str,
    categories: Sequence[str],
    series: Sequence[Series],
    unit: str = "",
) -> Chart:
    """Lines that stand still and then rise at once, one step for each category. Values are sums so far."""
    rows: list[list[str | Number | None]] = [
        [name, *(one.values[i] for one in series)] for i, name in enumerate(categories)
    ]
    chart = Chart("steps", title, sentence, [category_heading, *(one.label for one in series)], rows, "")
    wide, narrow = (_steps(chart, categories, series, unit, width) for width in (WIDTH, NARROW))
    return replace(wide, narrow=narrow)


def _steps(chart: Chart, categories: Sequence[str], series: Sequence[Series], unit: str, width: int) -> Chart:
    highest = max((value for one in series for value in one.values if value is not None), default=0)
    marks = ticks(highest)
    left, right = 14 + len(number(marks[-1])) * 7.0, width - 10.0
    y_of = Scale(marks[-1], 40 + 22 * len(series), 220)
    slot = (right - left) / max(len(categories), 1)
    parts = [
        stroke(left, y_of(mark), right, y_of(mark), "ch-axis" if mark == 0 else "ch-grid")
        + words_at(left - 6, y_of(mark) + 4, number(mark), "ch-soft", "end")
        for mark in marks
    ]
    for place, one in enumerate(series):
        parts.append(_key(one, left, 8 + 22 * place))
        parts.append(_stairs(one, categories, left, slot, y_of, unit))
    # Where the names would meet each other only every second, third or so is written; all stand in the table.
    every = max(1, -(-int(max((len(name) for name in categories), default=0) * 7.0) // max(int(slot), 1)))
    parts += [
        words_at(left + slot * i + 2, y_of(0) + 18, name, "ch-small")
        for i, name in enumerate(categories)
        if i % every == 0
    ]
    return replace(chart, body="".join(parts), height=int(y_of(0)) + 28, width=width)


def _key(one: Series, x: float, y: float) -> str:
    return (
        f'<g class="k-{escape(one.key)}"><rect class="ch-bar" x="{at(x)}" y="{at(y)}" width="16" height="16" rx="3"/>'
        f"{letter_at(x + 8, y + 12, one.letter)}</g>{words_at(x + 23, y + 12.5, one.label)}"
    )


def _stairs(one: Series, categories: Sequence[str], left: float, slot: float, y_of: Scale, unit: str) -> str:
    moves, dots, before = "", [], 0.0
    for i, value in enumerate(one.values):
        x, y = left + slot * i, y_of(value or 0)
        moves += f"M{at(x)} {at(y)}H{at(x + slot)}" if i == 0 else f"V{at(y)}H{at(x + slot)}"
        dot = f'<circle class="ch-dot" cx="{at(x)}" cy="{at(y)}" r="4.5"/>'
        label = f"{one.label}, {categories[i]}: {number(value)} {unit}".strip()
        dots.append(linked(one.link(i), label, dot))
        # A number for each step that is seen; what stands still is not said again.
        if i == 0 or (value or 0) != before:
            dots.append(words_at(x + 7, y - 6, number(value), "ch-small ch-strong"))
        before = value or 0
    return f'<g class="k-{escape(one.key)}"><path class="ch-line" d="{moves}"/>{"".join(dots)}</g>'
