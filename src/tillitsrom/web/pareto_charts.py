"""The longest bars first, with the share of all so far, drawn for a wide and for a narrow screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from .charts import NARROW, WIDTH, Chart, Number
from .drawing import at, linked, stroke, words_at
from .templatetags.tillitsrom import number, range_of

# How tall a bar is, where the first stands, and what one of its row's lines of text takes.
_BAR, _TOP, _TEXT = 22.0, 34.0, 16.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a Pareto chart: what, how much, perhaps between what and what, and where it leads."""

    label: str
    value: Number
    low: Number | None = None
    high: Number | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where bars begin, what one unit takes, what a row takes, and whether names stand above their bars or beside them."""

    width: int
    left: float
    per_unit: float
    row: float
    above: bool


def pareto_chart(
    *,
    title: str,
    sentence: str,
    headings: Sequence[str],
    rows: Sequence[Row],
    unit: str = "",
    total: Number | None = None,
) -> Chart:
    """Horizontal bars, the longest first, with a range where one is known and the share of all so far.

    `headings` name the table's five columns: what, value, low, high, share so far. `total` is the sum of everything, also
    of what is not shown.
    """
    ordered = sorted(rows, key=lambda row: -row.value)
    whole = total or sum(row.value for row in ordered)
    longest = max((max(row.value, row.high or 0) for row in ordered), default=0) or 1
    # The longest bar ends where its own number and the share still have room.
    room = 66 + 7.6 * max((len(_shown(row)) for row in ordered), default=0)
    shares, so_far = [], 0.0
    for row in ordered:
        so_far += row.value
        shares.append(round(100 * so_far / whole) if whole else 0)
    table = [
        [row.label, row.value, row.low, row.high, share] for row, share in zip(ordered, shares, strict=True)
    ]
    chart = Chart(kind="pareto", title=title, sentence=sentence, headings=list(headings), rows=table, body="")
    wide, narrow = (
        _drawn(
            chart, ordered, shares, _Paper(width, left, (width - left - room) / longest, height, above), unit
        )
        for width, left, height, above in ((WIDTH, 286.0, 50.0, False), (NARROW, 1.0, 74.0, True))
    )
    return replace(wide, narrow=narrow)


def _drawn(chart: Chart, rows: Sequence[Row], shares: Sequence[int], paper: _Paper, unit: str) -> Chart:
    right, bottom = paper.width - 8.0, _TOP + len(rows) * paper.row
    parts = [words_at(right, 16, chart.headings[-1], "ch-small ch-soft", "end")]
    parts.append(words_at(paper.left, 16, chart.headings[1], "ch-small ch-soft"))
    for n, (row, share) in enumerate(zip(rows, shares, strict=True)):
        names = _lines(row.label)
        top = _TOP + n * paper.row
        y = top + 2 * _TEXT + 4 if paper.above else top
        first = (
            top + 12 + _TEXT * (2 - len(names)) if paper.above else y + _BAR / 2 + 4.5 - 8 * (len(names) - 1)
        )
        x, anchor = (paper.left, "start") if paper.above else (paper.left - 12, "end")
        words = "".join(words_at(x, first + _TEXT * i, name, "", anchor) for i, name in enumerate(names))
        label = f"{row.label}: {_shown(row)} {unit}".strip()
        parts.append(linked(row.link, label, words + _bar(row, y, paper)))
        parts.append(words_at(right, y + _BAR / 2 + 4.5, f"{number(share)} %", "ch-soft", "end"))
    if not paper.above:
        parts.append(stroke(paper.left, 28, paper.left, bottom - 14, "ch-axis"))
    return replace(chart, body="".join(parts), height=int(bottom), width=paper.width)


def _lines(label: str) -> list[str]:
    """The name on two lines at most."""
    lines = wrap(label, 40)
    return lines if len(lines) <= 2 else [lines[0], lines[1][:38].rstrip() + "…"]


def _shown(row: Row) -> str:
    """The number beside a bar: a range where one is known."""
    ranged = row.low is not None and row.high is not None and row.low != row.high
    return range_of(row.low, row.high) if ranged else number(row.value)


def _bar(row: Row, y: float, paper: _Paper) -> str:
    """The bar, the range across it where there is one, and the number after it."""
    long, middle = row.value * paper.per_unit, y + _BAR / 2
    end = paper.left + long
    drawing = f'<rect class="ch-bar" x="{at(paper.left)}" y="{at(y)}" width="{at(max(long, 1))}" height="{at(_BAR)}" rx="2"/>'
    if row.low is not None and row.high is not None and row.low != row.high:
        low, high = (paper.left + value * paper.per_unit for value in (row.low, row.high))
        drawing += stroke(low - 1, middle, high + 1, middle, "ch-halo") + stroke(
            low, middle, high, middle, "ch-range"
        )
        drawing += "".join(stroke(x, middle - 5, x, middle + 5, "ch-range") for x in (low, high))
        end = max(end, high)
    return drawing + words_at(end + 8, middle + 4.5, _shown(row), "ch-strong")
