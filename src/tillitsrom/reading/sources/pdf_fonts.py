"""The font and the direction of the characters of a page, asked for once for each of its text objects."""

import ctypes
import math

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_BOLD = ("bold", "black", "heavy", "semib", "demi")


class Fonts:
    """Size, weight and name of the font at a character."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self._page = text_page
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = raw.FS_MATRIX()
        # The characters of one text object share their font and direction, and many words come from one object.
        self._known: dict[int, tuple[float, bool, str]] = {}
        self._level: dict[int, bool] = {}
        self._last = (-1, 0)

    def _owner(self, index: int) -> int:
        """The text object that the character comes from; 0 for a sign that the library has put in itself."""
        if self._last[0] != index:
            found = raw.FPDFText_GetTextObject(self._page, index)
            self._last = (index, ctypes.cast(found, ctypes.c_void_p).value or 0)
        return self._last[1]

    def level(self, index: int, upright: float) -> bool:
        """Whether the text runs along the line of reading."""
        owner = self._owner(index)
        known = self._level.get(owner) if owner else None
        if known is None:
            known = reads_level(raw.FPDFText_GetCharAngle(self._page, index), upright)
            self._level[owner] = known
        return known

    def at(self, index: int) -> tuple[float, bool, str]:
        owner = self._owner(index)
        known = self._known.get(owner) if owner else None
        if known is None:
            known = self._known[owner] = self._ask(index)
        return known

    def _ask(self, index: int) -> tuple[float, bool, str]:
        size = raw.FPDFText_GetFontSize(self._page, index)
        if raw.FPDFText_GetMatrix(self._page, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        raw.FPDFText_GetFontInfo(self._page, index, self._buffer, 128, self._flags)
        name = self._buffer.value.decode("utf-8", "replace")
        weight = raw.FPDFText_GetFontWeight(self._page, index)
        bold = 600 <= weight <= 1000 or any(part in name.lower() for part in _BOLD)
        return size, bold, name


def reads_level(angle: float, upright: float) -> bool:
    """Text written up along the margin is not part of the reading."""
    difference = (angle - upright) % (2 * math.pi)
    return difference < 0.1 or difference > 2 * math.pi - 0.1 or angle < 0


def is_symbol_font(name: str) -> bool:
    return any(part in name.lower() for part in ("dingbat", "wingding", "symbol"))
