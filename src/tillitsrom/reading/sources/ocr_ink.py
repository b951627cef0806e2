"""How thick the strokes of recognised lines are: a heading in bold is known by its ink, for recognition says nothing of it."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from tillitsrom.reading.sources.pdf_words import Word

if TYPE_CHECKING:
    from tillitsrom.reading.sources.ocr import Picture

# Every dark pixel becomes a sign, every light one a space, so that the runs of ink are the words of a row.
_INK = bytes(0x78 if value < 140 else 0x20 for value in range(256))
_THICKER = 1.3
_FEW_LINES = 4


def bold_lines(lines: Sequence[Sequence[Word]], picture: "Picture", height: float) -> Iterator[bool]:
    """Of each line whether its strokes are much thicker, for its size, than those of most lines."""
    strokes = [_stroke(line, picture, height) for line in lines]
    known = [stroke for stroke in strokes if stroke]
    usual = median(known) if len(known) >= _FEW_LINES else 0.0
    for stroke in strokes:
        yield bool(usual) and stroke > usual * _THICKER


def _stroke(line: Sequence[Word], picture: "Picture", height: float) -> float:
    """The mean run of ink along the rows between the base line and the top of small letters, as a part of the size."""
    dark = runs = 0
    for word in line:
        left, right = int(word.x0 * picture.scale), int(word.x1 * picture.scale) + 1
        bottom = int((height - word.base) * picture.scale)
        top = int(bottom - word.size * picture.scale * 0.45)
        for y in range(max(top, 0), min(bottom, picture.height)):
            row = picture.rows[y * picture.width + left : y * picture.width + right].translate(_INK).split()
            runs += len(row)
            dark += sum(map(len, row))
    return dark / runs / line[0].size if runs > 20 and line else 0.0
