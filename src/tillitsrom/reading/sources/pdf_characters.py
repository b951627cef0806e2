"""The characters of a PDF page become words. Only the ends of a word are asked for, where that is enough."""

import math
import re
from array import array
from collections import deque
from collections.abc import Iterator
from itertools import repeat
from struct import iter_unpack

import pypdfium2 as pdfium

from tillitsrom.reading.sources.limits import Watch
from tillitsrom.reading.sources.pdf_calls import Call, address
from tillitsrom.reading.sources.pdf_fonts import Font, Fonts, reads_level
from tillitsrom.reading.sources.pdf_words import Word

_SPACES = frozenset((0, 9, 10, 13, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000))
# What stands between two spaces; the group is there when all of it is letters, digits and common signs, which are what
# they seem. Only other signs may stand for something else.
_TOKEN = re.compile(
    r"([0-9A-Za-zÀ-ÖØ-öø-ÿ.,:;()]++)(?![^\s\x00\u2002\u2003\u2007\u2009\u202f\u3000])"
    r"|[^\s\x00\u2002\u2003\u2007\u2009\u202f\u3000]+"
)
_HYPHENS = frozenset((2, 0xFFFE))
_FLOAT = 4
_BOX = 4 * _FLOAT

Corners = tuple[float, float, float, float]


class Turn:
    """Text and drawings are given for the unturned page; a page that is shown turned is read as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.rotation: int = page.get_rotation()
        left, bottom, right, top = page.get_bbox()
        self._left, self._bottom = left, bottom
        self._width, self._height = right - left, top - bottom

    @property
    def changes(self) -> bool:
        """Whether anything stands elsewhere than it is given."""
        return bool(self.rotation or self._left or self._bottom)

    def __call__(self, x0: float, y0: float, x1: float, y1: float) -> Corners:
        x0, x1, y0, y1 = x0 - self._left, x1 - self._left, y0 - self._bottom, y1 - self._bottom
        if self.rotation == 90:
            return y0, self._width - x1, y1, self._width - x0
        if self.rotation == 180:
            return self._width - x1, self._height - y1, self._width - x0, self._height - y0
        if self.rotation == 270:
            return self._height - y1, x0, self._height - y0, x1
        return x0, y0, x1, y1


def words_of(text_page: pdfium.PdfTextPage, turn: Turn, watch: Watch) -> list[Word]:
    """The words of a page in the order that the file has them."""
    total = text_page.count_chars()
    watch.took(total)
    reader = _CharacterReader(text_page, turn)
    text = text_page.get_text_range(errors="replace") if total else ""
    if len(text) == total:
        reader.tokens(list(_TOKEN.finditer(text)), watch)
    else:
        # The library leaves signs out of its text that it counts; then every sign is asked for by itself.
        reader.characters(0, total)
    return reader.finish()


class _CharacterReader:
    def __init__(self, text_page: pdfium.PdfTextPage, turn: Turn) -> None:
        self._page = address(text_page.raw)
        self._turn = turn
        # Angles are measured clockwise, as the turning of the page is.
        self._upright = -math.radians(turn.rotation)
        self._fonts = Fonts(self._page, self._upright)
        self._builder = _WordBuilder(self._fonts)
        self._rect = array("f", bytes(_BOX))
        self._rect_at = self._rect.buffer_info()[0]

    def finish(self) -> list[Word]:
        self._builder.close()
        return self._builder.words

    def tokens(self, tokens: list[re.Match[str]], watch: Watch) -> None:
        """What stands between two spaces: a word, unless its letters differ in height or leave the line."""
        starts = [token.start() for token in tokens]
        lasts = [token.end() - 1 if token.lastindex else self._last(*token.span()) for token in tokens]
        owners = list(map(Call.text_object, repeat(self._page), starts))
        fonts = map(self._fonts.of, owners, starts)
        ends = self._ends(starts, lasts)
        put = self._builder.words.append
        for number, (token, font, (x0, y1, _, y0, _, top, x1, bottom)) in enumerate(
            zip(tokens, fonts, ends, strict=True)
        ):
            if number % 1024 == 0:
                watch.tick()
            reads_on, size, bold, name, symbol = font
            if not reads_on:
                continue
            said = token[0]
            height = y1 - y0
            slack = height * 0.05
            level = abs(y0 - bottom) < slack and abs(top - y1) < slack
            if not (level and 0 < x1 - x0 < height * (len(said) * 0.75 + 0.5)):
                self._builder.space()
                self.characters(*token.span())
            elif token.lastindex:
                if symbol and len(said) == 1:
                    said = "•"
                size = size if size > 0.5 else height * 0.8
                put(Word(said, x0, x1, y0, y1, y0 + height * 0.2, size, bold, name))
            else:
                codes = [Call.unicode(self._page, index) for index in range(*token.span())]
                self._builder.whole(codes, font, (x0, y0, x1, y1))

    def _last(self, start: int, end: int) -> int:
        """The last sign that has a place of its own: the hyphen at a line's end has not."""
        last = end - 1
        while last > start and Call.unicode(self._page, last) in _HYPHENS:
            last -= 1
        return last

    def _ends(self, starts: list[int], lasts: list[int]) -> Iterator[tuple[float, ...]]:
        """Left, top, right and bottom of the first and of the last sign of each word."""
        room = array("f", bytes(2 * _BOX * len(starts)))
        first = room.buffer_info()[0]
        beyond = first + 2 * _BOX * len(starts)
        for indexes, place in ((starts, first), (lasts, first + _BOX)):
            deque(map(Call.loose_box, repeat(self._page), indexes, range(place, beyond, 2 * _BOX)), 0)
        pairs = iter_unpack("8f", room)
        return map(self._turned, pairs) if self._turn.changes else pairs

    def _turned(self, ends: tuple[float, ...]) -> tuple[float, ...]:
        a0, b1, a1, b0, c0, d1, c1, d0 = ends
        x0, y0, x1, y1 = self._turn(a0, b0, a1, b1)
        u0, v0, u1, v1 = self._turn(c0, d0, c1, d1)
        return x0, y1, x1, y0, u0, v1, u1, v0

    def characters(self, start: int, end: int) -> None:
        builder = self._builder
        for index in range(start, end):
            code = Call.unicode(self._page, index)
            if code in _SPACES:
                builder.space()
            elif builder.open or reads_level(Call.angle(self._page, index), self._upright):
                builder.add(code, index, self._box(index))

    def _box(self, index: int) -> Corners:
        Call.loose_box(self._page, index, self._rect_at)
        left, top, right, bottom = self._rect
        return self._turn(left, bottom, right, top)


class _WordBuilder:
    def __init__(self, fonts: Fonts) -> None:
        self.words: list[Word] = []
        self.open = False
        self._fonts = fonts
        self._codes: list[int] = []
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._last = (0.0, 0.0)
        self._font: Font
        self._spaced = True
        self._glued = False

    def space(self) -> None:
        self.close()
        self._spaced = True

    def add(self, code: int, index: int, box: Corners) -> None:
        x0, y0, x1, y1 = box
        if self.open and code in _HYPHENS:
            # The library gives the hyphen at a line's end a box of its own kind.
            self._codes.append(code)
            return
        if self.open and self._breaks(x0, y0, y1):
            self.close()
        if not self.open:
            self.open = True
            self._glued = not self._spaced and abs(x0 - self._last[0]) < (y1 - y0) * 0.25
            self._spaced = False
            self._codes, self._box = [], box
            self._font = self._fonts.at(index)
        else:
            old = self._box
            self._box = (min(old[0], x0), min(old[1], y0), max(old[2], x1), max(old[3], y1))
        self._codes.append(code)
        self._last = (x1, y0)

    def whole(self, codes: list[int], font: Font, box: Corners) -> None:
        """A word that is known to be in one piece, after a space."""
        self.close()
        self.open, self._glued, self._spaced = True, False, False
        self._codes, self._box, self._font = codes, box, font
        self._last = (box[2], box[1])
        self.close()

    def _breaks(self, x0: float, y0: float, y1: float) -> bool:
        height = max(self._box[3] - self._box[1], 1.0)
        changed = abs(y0 - self._last[1]) > height * 0.12 or abs((y1 - y0) - height) > height * 0.15
        return changed or x0 - self._last[0] > height * 0.3 or x0 < self._last[0] - height

    def close(self) -> None:
        if not self.open:
            return
        self.open = False
        font = self._font
        text = _from_codes(self._codes)
        if len(text) == 1 and font.symbol:
            text = "•"
        x0, y0, x1, y1 = self._box
        if text.strip():
            size = font.size if font.size > 0.5 else (y1 - y0) * 0.8
            base = y0 + (y1 - y0) * 0.2
            self.words.append(Word(text, x0, x1, y0, y1, base, size, font.bold, font.name, self._glued))


def _from_codes(codes: list[int]) -> str:
    """The library marks a hyphen at a line's end in its own way; private signs are bullets of symbol fonts."""
    if max(codes) < 0xD800 and _HYPHENS.isdisjoint(codes):
        return "".join(map(chr, codes))
    pieces = []
    for code in codes:
        if code in _HYPHENS:
            pieces.append("\u00ad")
        elif 0xE000 <= code <= 0xF8FF:
            pieces.append("•")
        elif 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            pieces.append("\ufffd")
        else:
            pieces.append(chr(code))
    return "".join(pieces)
