"""Charts: whole SVG, escaped, linked, with the same numbers in the table; and as files that stand on their own."""

import csv
import io
from functools import partial
from itertools import pairwise

import pytest
from django.http import Http404
from lxml import etree

from tillitsrom.web.chart_files import FONT_DIR, chart_file, png, standalone_svg, table_csv
from tillitsrom.web.charts import Chart, Series, bar_chart, line_chart, spread, ticks
from tillitsrom.web.pareto_charts import Row, pareto_chart

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ["2024", "2025", "2026"]


def series() -> list[Series]:
    return [
        Series("goal", "Mål", [9, 7, 5], "M", ["/krav/?a=1&b=2", "", "/krav/?y=2026"]),
        Series("assignment", "Oppdrag <b>", [14, None, 31], "O"),
    ]


def stacked() -> Chart:
    return bar_chart(
        title="Krav & år",
        sentence="Flere.",
        category_heading="År",
        categories=YEARS,
        series=series(),
        unit="krav",
        stacked=True,
    )


def every_chart() -> list[Chart]:
    bars = partial(bar_chart, title="T", sentence="S", category_heading="År", unit="krav")
    lines = partial(line_chart, title="T", sentence="S", category_heading="År", unit="krav")
    pareto = partial(
        pareto_chart, title="T", sentence="S", headings=["Krav", "Timer", "Minst", "Mest", "Andel"]
    )
    sloping = [Series("1", "A", [1, 2]), Series("2", "B", [None, 2])]
    return [
        stacked(),
        bars(categories=YEARS, series=series()),
        bars(categories=[], series=[]),
        lines(categories=YEARS, series=series()),
        lines(categories=YEARS[:2], series=sloping),
        pareto(rows=[Row("Et krav", 3)]),
        pareto(rows=[]),
    ]


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.kind)
def test_every_chart_is_well_formed_and_obeys_the_policy(chart: Chart) -> None:
    root = etree.fromstring(chart.svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("aria-label") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.sentence
    assert not root.xpath("//@style")
    assert not root.xpath("//*[local-name()='style' or local-name()='script']")
    width, height = (float(part) for part in root.get("viewBox", "").split()[2:])
    for text in root.iter(f"{SVG}text"):
        assert -1 <= float(text.get("x", "0")) <= width
        assert 0 <= float(text.get("y", "0")) <= height


def test_words_from_outside_are_escaped() -> None:
    assert "<b>" not in stacked().svg
    assert "Oppdrag &lt;b&gt;" in stacked().svg


def test_each_bar_says_its_number_and_leads_to_its_list() -> None:
    root = etree.fromstring(stacked().svg)
    links = {link.get("href"): link.get("aria-label") for link in root.iter(f"{SVG}a")}
    assert links == {"/krav/?a=1&b=2": "Mål, 2024: 9 krav", "/krav/?y=2026": "Mål, 2026: 5 krav"}


def test_a_stack_is_as_tall_as_its_sum() -> None:
    root = etree.fromstring(stacked().svg)
    bars = [bar for bar in root.iter(f"{SVG}rect") if float(bar.get("width", "0")) > 30]
    assert len(bars) == 5, "a missing value draws no bar"
    by_column: dict[str, float] = {}
    for bar in bars:
        column = bar.get("x", "")
        by_column[column] = by_column.get(column, 0) + float(bar.get("height", "0")) + 1
    first, second, third = by_column.values()
    assert first / second == pytest.approx(23 / 7, rel=0.02)
    assert third / second == pytest.approx(36 / 7, rel=0.02)


def test_the_table_has_the_same_numbers() -> None:
    chart = stacked()
    assert chart.headings == ["År", "Mål", "Oppdrag <b>"]
    assert chart.rows == [["2024", 9, 14], ["2025", 7, None], ["2026", 5, 31]]


def test_a_line_breaks_where_a_number_is_missing() -> None:
    chart = line_chart(title="T", sentence="S", category_heading="År", categories=YEARS, series=series())
    paths = [path.get("d", "") for path in etree.fromstring(chart.svg).iter(f"{SVG}path")]
    assert [path.count("M") for path in paths] == [1, 2]


def test_pareto_sorts_and_counts_the_share_of_the_whole() -> None:
    chart = pareto_chart(
        title="T",
        sentence="S",
        headings=["Krav", "Timer", "Minst", "Mest", "Andel"],
        rows=[Row("liten", 10), Row("stor", 60, 40, 90, "/krav/1/")],
        total=100,
    )
    assert chart.rows == [["stor", 60, 40, 90, 60], ["liten", 10, None, None, 70]]
    assert 'aria-label="stor: 40–90"' in chart.svg


@pytest.mark.parametrize("top", [0, 0.4, 1, 3, 4, 7, 23, 94, 100, 1840, 99_999])
def test_ticks_cover_the_top_in_round_and_equal_steps(top: float) -> None:
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top
    assert 2 <= len(marks) <= 6
    steps = {round(after - before, 6) for before, after in pairwise(marks)}
    assert len(steps) == 1


def test_labels_are_moved_apart_but_keep_their_order() -> None:
    moved = spread([10, 11, 12, 90], 15, 100)
    assert sorted(moved) == moved
    assert all(after - before >= 15 - 1e-9 for before, after in pairwise(moved))
    assert max(moved) <= 100


def test_the_file_stands_alone() -> None:
    root = etree.fromstring(standalone_svg(stacked(), source="Tillitsrom"))
    texts = "".join(str(text) for text in root.itertext())
    assert "Krav & år" in texts
    assert "Tillitsrom" in texts
    assert "var(" not in texts, "a reader of SVG outside the page knows no variables"


def test_png_is_an_image_with_the_text_drawn() -> None:
    image = png(stacked())
    assert image.startswith(b"\x89PNG\r\n")
    if FONT_DIR.exists():
        without = stacked()
        bare = Chart(without.kind, "", "", without.headings, without.rows, "", without.height)
        assert len(image) > len(png(bare)) + 2000


def test_csv_is_the_table_and_never_a_formula() -> None:
    chart = bar_chart(
        title="T",
        sentence="S",
        category_heading="År",
        categories=["=1+1"],
        series=[Series("1", "Krav", [-3])],
    )
    assert list(csv.reader(io.StringIO(table_csv(chart)), delimiter=";")) == [["År", "Krav"], ["'=1+1", "-3"]]


@pytest.mark.parametrize(
    ("extension", "kind"),
    [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv; charset=utf-8")],
)
def test_files_are_downloads(extension: str, kind: str) -> None:
    response = chart_file(stacked(), extension)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"] == f'attachment; filename="krav-ar.{extension}"'


def test_an_unknown_kind_of_file_is_not_found() -> None:
    with pytest.raises(Http404):
        chart_file(stacked(), "exe")
