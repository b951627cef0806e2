"""The font and the direction of the characters of a page, asked for once for each of its text objects."""

import ctypes
import math
from typing import NamedTuple

import pypdfium2.raw as raw

from tillitsrom.reading.sources.pdf_calls import Call

_BOLD = ("bold", "black", "heavy", "semib", "demi")
_LONGEST_NAME = 1024


class Font(NamedTuple):
    """How characters look. `level` says that they run along the line of reading; `symbol` that they are signs."""

    level: bool
    size: float
    bold: bool
    name: str
    symbol: bool


class Fonts:
    """The looks of the characters of one page, whose handle is `page`; `upright` is the angle of what is read."""

    def __init__(self, page: int, upright: float) -> None:
        self._page = page
        self._upright = upright
        self._buffer = ctypes.create_string_buffer(_LONGEST_NAME)
        self._buffer_at = ctypes.addressof(self._buffer)
        self._matrix = raw.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
        # The characters of one text object look alike, and many words come from one object.
        self._known: dict[int, Font] = {}
        self._faces: dict[int, tuple[bool, str, bool]] = {}

    def at(self, index: int) -> Font:
        """The looks of the character with that number."""
        return self.of(Call.text_object(self._page, index), index)

    def of(self, owner: int | None, index: int) -> Font:
        """The same where its text object is known; None for a sign that the library has put in itself."""
        if owner is None:
            return self._ask(index, self._face(index))
        known = self._known.get(owner)
        if known is None:
            font = Call.font(owner)
            face = self._faces.get(font) if font else None
            if face is None:
                face = self._faces[font] = self._face(index)
            known = self._known[owner] = self._ask(index, face)
        return known

    def _ask(self, index: int, face: tuple[bool, str, bool]) -> Font:
        size = Call.font_size(self._page, index)
        if Call.matrix(self._page, index, self._matrix_at):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        return Font(reads_level(Call.angle(self._page, index), self._upright), size, *face)

    def _face(self, index: int) -> tuple[bool, str, bool]:
        """Whether the font is bold, its name, and whether it is one of symbols."""
        self._buffer[0] = b"\0"
        Call.font_info(self._page, index, self._buffer_at, _LONGEST_NAME, None)
        name = self._buffer.value.decode("utf-8", "replace")
        weight = Call.font_weight(self._page, index)
        said = name.lower()
        bold = 600 <= weight <= 1000 or any(part in said for part in _BOLD)
        return bold, name, any(part in said for part in ("dingbat", "wingding", "symbol"))


def reads_level(angle: float, upright: float) -> bool:
    """Text written up along the margin is not part of the reading."""
    difference = (angle - upright) % (2 * math.pi)
    return difference < 0.1 or difference > 2 * math.pi - 0.1 or angle < 0
