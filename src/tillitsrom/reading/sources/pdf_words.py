"""What is known of a PDF page: its words and its drawn lines, with where they stand."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillitsrom.reading.sources.pdf_lines import Line


@dataclass(slots=True)
class Word:
    """A run of characters without space. Coordinates are points, y grows upwards; `base` is the line it stands on.

    `glued` says that no space parts it from the word before: only its size or height changes.
    """

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    size: float
    bold: bool
    font: str
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line. For an upright one `at` is x and `start`–`end` are y; for a level one the other way round."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class PageContent:
    """What one page holds. `covered` is how much of it the largest picture covers, from 0 to 1.

    `known_lines` is what `pdf_lines.lines_on` keeps.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    pictures: int = 0
    drawings: int = 0
    covered: float = 0.0
    known_lines: "tuple[list[Word], int, list[Line]] | None" = field(default=None, repr=False, compare=False)
