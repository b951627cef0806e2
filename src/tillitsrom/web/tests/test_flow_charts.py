"""What flows and what grows: the drawing holds the numbers, both sizes say the same, and nothing from outside becomes markup."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillitsrom.web.charts import Chart, Series
from tillitsrom.web.flow_charts import Flow, Node, sankey_chart, step_chart

HOSTILE = '"><script>alert(1)</script>&'


def sankey(values: list[int], label: str = "Mål") -> Chart:
    left = [Node(f"a{n}", "goal", label, "M", "/krav/") for n in range(len(values))]
    flows = [Flow(f"a{n}", "b", value, "goal") for n, value in enumerate(values)]
    return sankey_chart(
        title=label,
        sentence=label,
        headings=["Klasse", "Antall"],
        rows=[["Mål", value] for value in values],
        columns=[left, [Node("b", "1", label)]],
        flows=flows,
    )


def both(chart: Chart) -> list[ET.Element]:
    assert chart.narrow is not None
    return [ET.fromstring(str(one.svg)) for one in (chart, chart.narrow)]  # noqa: S314 - our own drawing


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=9))
@settings(max_examples=60, deadline=None)
def test_ribbons_are_as_thick_as_what_flows_and_stay_on_the_paper(values: list[int]) -> None:
    chart = sankey(values)
    for size, svg in zip((chart, chart.narrow), both(chart), strict=True):
        assert size is not None
        ribbons = [one for one in svg.iter() if one.get("class") == "ch-flow"]
        assert len(ribbons) == sum(value > 0 for value in values)
        numbers = [
            float(n) for ribbon in ribbons for n in re.findall(r"-?\d+(?:\.\d+)?", ribbon.get("d", ""))
        ]
        assert all(-0.2 <= n <= max(size.width, size.height) for n in numbers)
        assert f"{sum(values)}" in re.sub(r"\D", "", "".join(svg.itertext())) or sum(values) == 0


@pytest.mark.parametrize("chart", [sankey([3, 4], HOSTILE)])
def test_nothing_from_outside_becomes_markup(chart: Chart) -> None:
    for svg in both(chart):
        assert not [one for one in svg.iter() if one.tag.endswith("script")]
        assert HOSTILE in "".join(svg.itertext())


def test_a_step_stands_still_and_then_rises() -> None:
    chart = step_chart(
        title="T",
        sentence="S",
        category_heading="Etter brevet",
        categories=["12. jan", "15. mai", "3. juli"],
        series=[Series("assignment", "Oppdrag", [60, 60, 98], "O")],
    )
    assert chart.rows == [["12. jan", 60], ["15. mai", 60], ["3. juli", 98]]
    for svg in both(chart):
        texts = [one.text for one in svg.iter() if one.tag.endswith("text")]
        assert texts.count("60") - texts.count("98") == 0
        (path,) = [one.get("d", "") for one in svg.iter() if one.get("class") == "ch-line"]
        assert re.fullmatch(r"M[\d. ]+H[\d.]+(V[\d.]+H[\d.]+){2}", path)
