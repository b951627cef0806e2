"""The strokes that every chart is made of: text, lines and links as SVG, with what comes from outside escaped."""

from django.utils.html import escape


def at(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def words_at(x: float, y: float, words: str, classes: str = "", anchor: str = "start") -> str:
    kind = f"ch-text {classes}".strip()
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{kind}" x="{at(x)}" y="{at(y)}"{where}>{escape(words)}</text>'


def stroke(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{at(x1)}" y1="{at(y1)}" x2="{at(x2)}" y2="{at(y2)}"/>'


def letter_at(x: float, y: float, letter: str) -> str:
    return f'<text class="ch-letter" x="{at(x)}" y="{at(y)}" text-anchor="middle">{escape(letter)}</text>'


def linked(link: str, label: str, drawing: str) -> str:
    """The drawing with its label, as a link where there is somewhere to go."""
    titled = f"<title>{escape(label)}</title>{drawing}"
    if link:
        return f'<a href="{escape(link)}" aria-label="{escape(label)}">{titled}</a>'
    return f"<g>{titled}</g>"
