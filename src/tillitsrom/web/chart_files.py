"""A chart as a file that stands on its own: SVG, PNG or CSV."""

import csv
import io
from pathlib import Path
from textwrap import wrap
from xml.sax.saxutils import escape

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from tillitsrom.core.export import neutral

from .charts import CHARACTER, Chart

FONT_DIR = Path(__file__).parent / "static" / "build" / "fonts"
MARGIN = 24

# The light colours of assets/css/tokens.css, written out: neither readers of SVG nor the drawer of PNG know variables.
COLOURS = {
    "goal": "#0f5562",
    "steering_parameter": "#3a6db5",
    "key_figure": "#7a68b8",
    "reporting": "#b8507c",
    "assignment": "#b25a22",
    "guideline": "#8d6f14",
    "activity": "#527c26",
    "duty": "#1f6b5a",
    "prohibition": "#a8262b",
    "authority": "#7b8789",
    "1": "#0f5562",
    "2": "#b25a22",
    "3": "#7a68b8",
    "4": "#527c26",
    "5": "#b8507c",
    "6": "#8d6f14",
}
STYLE = (
    "text{font-family:Inter,system-ui,sans-serif;font-size:13px;fill:#1d2729}"
    ".ch-soft{fill:#4f5b5c}.ch-small{font-size:11px}"
    ".ch-strong,.ch-title,.ch-letter{font-family:'Inter SemiBold',Inter,system-ui,sans-serif;font-weight:600}"
    ".ch-title{font-size:19px;fill:#0a333b}.ch-sentence{font-size:14px}"
    ".ch-grid,.ch-lead{stroke:#dbe3e2;stroke-width:1}.ch-axis{stroke:#6f7b7c;stroke-width:1}"
    ".ch-halo{stroke:#ffffff;stroke-width:5;stroke-opacity:.85}"
    ".ch-range{stroke:#1d2729;stroke-width:1.5;fill:none}"
    ".ch-bar,.ch-dot{fill:#0f5562}.ch-line{stroke:#0f5562;stroke-width:2.5;fill:none}"
    ".ch-letter{font-size:11px;fill:#ffffff}"
) + "".join(
    f".k-{key} .ch-bar,.k-{key} .ch-dot{{fill:{colour}}}.k-{key} .ch-line{{stroke:{colour}}}"
    for key, colour in COLOURS.items()
)


def _lines(words: str, size: float, width: int) -> list[str]:
    return wrap(words, int(width / (CHARACTER * size / 13)))


def standalone_svg(chart: Chart, source: str = "") -> str:
    """The chart with its title and sentence above, where it comes from below, and its own colours."""
    y, heading = float(MARGIN + 16), []
    for line in _lines(chart.title, 19, chart.width):
        heading.append(f'<text class="ch-title" x="{MARGIN}" y="{y:g}">{escape(line)}</text>')
        y += 25
    for line in _lines(chart.sentence, 14, chart.width):
        heading.append(f'<text class="ch-sentence" x="{MARGIN}" y="{y:g}">{escape(line)}</text>')
        y += 20
    body_top, bottom = y + 6, y + 6 + chart.height
    if source:
        bottom += 30
        heading.append(
            f'<text class="ch-soft ch-small" x="{MARGIN}" y="{bottom - 4:g}">{escape(source)}</text>'
        )
    width, height = chart.width + 2 * MARGIN, bottom + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}">'
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.sentence)}</desc><style>{STYLE}</style>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(heading)}'
        f'<g transform="translate({MARGIN} {body_top:g})">{chart.body}</g></svg>'
    )


def png(chart: Chart, source: str = "") -> bytes:
    """The chart as an image at twice its size, in our own typeface where the front end is built."""
    import resvg_py  # drawn only when somebody asks: the library weighs more than the rest of this module

    fonts = [str(path) for path in sorted(FONT_DIR.glob("*.ttf"))]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=standalone_svg(chart, source),
            font_files=fonts,
            skip_system_fonts=bool(fonts),
            font_family="Inter",
            sans_serif_family="Inter",
            zoom=2,
        )
    )


def table_csv(chart: Chart) -> str:
    """The numbers behind the chart, with a heading line, in the same form as every other list."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(str(heading)) for heading in chart.headings])
    writer.writerows([neutral(cell) for cell in row] for row in chart.rows)
    return out.getvalue()


def chart_file(chart: Chart, extension: str, source: str = "") -> HttpResponse:
    """The answer to a request for the chart as `svg`, `png` or `csv`; always a download, never a page."""
    content: str | bytes
    if extension == "svg":
        content, kind = standalone_svg(chart, source), "image/svg+xml"
    elif extension == "png":
        content, kind = png(chart, source), "image/png"
    elif extension == "csv":
        content, kind = "\ufeff" + table_csv(chart), "text/csv; charset=utf-8"
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    name = slugify(chart.title.translate(str.maketrans("æøåÆØÅ", "aoaAOA"))) or "figur"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
