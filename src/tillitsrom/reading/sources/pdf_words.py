"""The words and the drawn lines of a PDF page, with where they stand. All talk with the PDF library is here."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tillitsrom.reading.sources.limits import Watch
from tillitsrom.reading.sources.pdf_fonts import Fonts, is_symbol_font, reads_level

_MANY_SHAPES = 20_000
_SPACES = frozenset((0, 9, 10, 13, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000))
_TOKEN = re.compile(r"[^\s\x00\u2002\u2003\u2007\u2009\u202f\u3000]+")
_HYPHENS = frozenset((2, 0xFFFE))
_PLAIN = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ.,:;()]+$")


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
    """What one page holds. `covered` is how much of it the largest picture covers, from 0 to 1."""

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


def page_content(page: pdfium.PdfPage, number: int, watch: Watch) -> PageContent:
    """Read one page."""
    width, height = page.get_size()
    content = PageContent(number, width, height)
    turn = _Turn(page)
    text_page = page.get_textpage()
    try:
        words = _words(text_page, turn, watch)
        content.words = [w for w in words if 0 <= w.x0 + w.x1 <= 2 * width and 0 <= w.y0 + w.y1 <= 2 * height]
    finally:
        text_page.close()
    _shapes(page, turn, content)
    _dots_to_words(content)
    return content


class _Turn:
    """Text and drawings are given for the unturned page; a page that is shown turned is read as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._rotation: int = page.get_rotation()
        left, bottom, right, top = page.get_bbox()
        self._left, self._bottom = left, bottom
        self._width, self._height = right - left, top - bottom

    @property
    def rotation(self) -> int:
        return self._rotation

    def __call__(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        x0, x1, y0, y1 = x0 - self._left, x1 - self._left, y0 - self._bottom, y1 - self._bottom
        if self._rotation == 90:
            return y0, self._width - x1, y1, self._width - x0
        if self._rotation == 180:
            return self._width - x1, self._height - y1, self._width - x0, self._height - y0
        if self._rotation == 270:
            return self._height - y1, x0, self._height - y0, x1
        return x0, y0, x1, y1


def _words(text_page: pdfium.PdfTextPage, turn: _Turn, watch: Watch) -> list[Word]:
    total = text_page.count_chars()
    watch.took(total)
    reader = _CharacterReader(text_page, turn)
    text = text_page.get_text_range(errors="replace") if total else ""
    if len(text) == total:
        for number, token in enumerate(_TOKEN.finditer(text)):
            reader.token(token.start(), token.end(), token.group())
            if number % 1024 == 0:
                watch.tick()
    else:
        # The library leaves signs out of its text that it counts; then every sign is asked for by itself.
        reader.characters(0, total)
    return reader.finish()


class _CharacterReader:
    """Asks the library for characters: for the ends of a word only, where that is enough."""

    def __init__(self, text_page: pdfium.PdfTextPage, turn: _Turn) -> None:
        self._page = text_page
        self._turn = turn
        self._fonts = Fonts(text_page)
        self._builder = _WordBuilder(self._fonts)
        self._rect = raw.FS_RECTF()
        # Angles are measured clockwise, as the turning of the page is.
        self._upright = -math.radians(turn.rotation)

    def finish(self) -> list[Word]:
        self._builder.close()
        return self._builder.words

    def token(self, start: int, end: int, said: str) -> None:
        """What stands between two spaces: a word, unless its letters differ in height or leave the line."""
        self._builder.space()
        if not self._fonts.level(start, self._upright):
            return
        # Letters and digits are what they are; only other signs may stand for something else.
        plain = _PLAIN.match(said) is not None
        last = end - 1
        while not plain and last > start and raw.FPDFText_GetUnicode(self._page, last) in _HYPHENS:
            last -= 1
        first_box, last_box = self._box(start), self._box(last)
        if not _one_piece(first_box, last_box, end - start):
            self.characters(start, end)
            return
        box = (first_box[0], first_box[1], last_box[2], first_box[3])
        if plain:
            self._builder.put(said, self._fonts.at(start), box)
        else:
            codes = [raw.FPDFText_GetUnicode(self._page, index) for index in range(start, end)]
            self._builder.whole(codes, start, box)

    def characters(self, start: int, end: int) -> None:
        builder = self._builder
        for index in range(start, end):
            code = raw.FPDFText_GetUnicode(self._page, index)
            if code in _SPACES:
                builder.space()
            elif builder.open or reads_level(raw.FPDFText_GetCharAngle(self._page, index), self._upright):
                builder.add(code, index, self._box(index))

    def _box(self, index: int) -> tuple[float, float, float, float]:
        rect = self._rect
        raw.FPDFText_GetLooseCharBox(self._page, index, rect)
        return self._turn(rect.left, rect.bottom, rect.right, rect.top)


def _one_piece(
    first: tuple[float, float, float, float], last: tuple[float, float, float, float], count: int
) -> bool:
    height = first[3] - first[1]
    level = abs(first[1] - last[1]) < height * 0.05 and abs(last[3] - first[3]) < height * 0.05
    return level and 0 < last[2] - first[0] < height * (count * 0.75 + 0.5)


class _WordBuilder:
    def __init__(self, fonts: Fonts) -> None:
        self.words: list[Word] = []
        self.open = False
        self._fonts = fonts
        self._codes: list[int] = []
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._last = (0.0, 0.0)
        self._font = (0.0, False, "")
        self._spaced = True
        self._glued = False

    def space(self) -> None:
        self.close()
        self._spaced = True

    def add(self, code: int, index: int, box: tuple[float, float, float, float]) -> None:
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

    def whole(self, codes: list[int], index: int, box: tuple[float, float, float, float]) -> None:
        """A word that is known to be in one piece."""
        self.close()
        self.open, self._glued, self._spaced = True, False, False
        self._codes, self._box = codes, box
        self._font = self._fonts.at(index)
        self._last = (box[2], box[1])
        self.close()

    def put(self, text: str, font: tuple[float, bool, str], box: tuple[float, float, float, float]) -> None:
        """A word of letters and digits that is known to be in one piece, after a space."""
        self._spaced = self._glued = False
        self._last = (box[2], box[1])
        size, bold, name = font
        x0, y0, x1, y1 = box
        if len(text) == 1 and is_symbol_font(name):
            text = "•"
        size = size if size > 0.5 else (y1 - y0) * 0.8
        self.words.append(Word(text, x0, x1, y0, y1, y0 + (y1 - y0) * 0.2, size, bold, name, False))

    def _breaks(self, x0: float, y0: float, y1: float) -> bool:
        height = max(self._box[3] - self._box[1], 1.0)
        changed = abs(y0 - self._last[1]) > height * 0.12 or abs((y1 - y0) - height) > height * 0.15
        return changed or x0 - self._last[0] > height * 0.3 or x0 < self._last[0] - height

    def close(self) -> None:
        if not self.open:
            return
        self.open = False
        size, bold, name = self._font
        text = _from_codes(self._codes)
        if len(text) == 1 and is_symbol_font(name):
            text = "•"
        x0, y0, x1, y1 = self._box
        if text.strip():
            size = size if size > 0.5 else (y1 - y0) * 0.8
            self.words.append(Word(text, x0, x1, y0, y1, y0 + (y1 - y0) * 0.2, size, bold, name, self._glued))


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


def _shapes(page: pdfium.PdfPage, turn: _Turn, content: PageContent) -> None:
    count = raw.FPDFPage_CountObjects(page)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(count, _MANY_SHAPES)):
        shape = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            content.pictures += 1
            if raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
                area = abs((right.value - left.value) * (top.value - bottom.value))
                content.covered = max(
                    content.covered, min(area / max(content.width * content.height, 1.0), 1.0)
                )
        content.drawings += kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM)
        if kind != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            continue
        bounds = turn(left.value, bottom.value, right.value, top.value)
        _sort(Box(*bounds), shape, turn, content)


def _sort(box: Box, shape: object, turn: _Turn, content: PageContent) -> None:
    """Is it a line, a dot, a frame, or a drawing of several lines?"""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if height < 2.5 and width >= 3:
        content.level.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
    elif width < 2.5 and height >= 3:
        content.upright.append(Rule((box.x0 + box.x1) / 2, box.y0, box.y1))
    elif 1.5 <= width <= 8 and 1.5 <= height <= 8:
        content.dots.append(box)
    elif width > 15 and height > 8:
        segments = raw.FPDFPath_CountSegments(shape)
        if segments <= 6:
            content.boxes.append(box)
        elif segments <= 2000:
            _segments(shape, segments, turn, content)


def _segments(shape: object, count: int, turn: _Turn, content: PageContent) -> None:
    """A whole grid may be drawn as one shape."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, matrix)
    before: tuple[float, float] | None = None
    for x, y, kind in _points(shape, count):
        point = (matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)
        if before is not None and kind == raw.FPDF_SEGMENT_LINETO:
            x0, y0, x1, y1 = turn(
                min(before[0], point[0]),
                min(before[1], point[1]),
                max(before[0], point[0]),
                max(before[1], point[1]),
            )
            if y1 - y0 < 1 and x1 - x0 > 10:
                content.level.append(Rule((y0 + y1) / 2, x0, x1))
            elif x1 - x0 < 1 and y1 - y0 > 5:
                content.upright.append(Rule((x0 + x1) / 2, y0, y1))
        before = point


def _points(shape: object, count: int) -> Iterator[tuple[float, float, int]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value, raw.FPDFPathSegment_GetType(segment)


def _dots_to_words(content: PageContent) -> None:
    """A bullet that is drawn, and a dash that is drawn in a gap between words, become characters."""
    for word in _drawn_signs(content):
        content.words.append(word)


def _drawn_signs(content: PageContent) -> Iterator[Word]:
    words = sorted(content.words, key=lambda w: w.x0)
    for dot in content.dots:
        middle = (dot.y0 + dot.y1) / 2
        right = next((w for w in words if dot.x1 - 1 <= w.x0 < dot.x1 + 40 and w.y0 < middle < w.y1), None)
        alone = not any(w.y0 < middle < w.y1 and w.x1 > dot.x0 - 30 and w.x0 < dot.x1 - 1 for w in words)
        if right is not None and alone:
            yield Word("•", dot.x0, dot.x1, right.y0, right.y1, right.base, right.size, False, right.font)
    for rule in content.level:
        if 3 <= rule.end - rule.start <= 12:
            yield from _dash(rule, words)


def _dash(rule: Rule, words: list[Word]) -> Iterator[Word]:
    line = [w for w in words if w.y0 + w.size * 0.3 < rule.at < w.y1 - w.size * 0.4]
    before = [w for w in line if rule.start - 12 < w.x1 <= rule.start + 1]
    after = [w for w in line if rule.end - 1 <= w.x0 < rule.end + 12]
    if before and after:
        model = before[-1]
        yield Word(
            "–", rule.start, rule.end, model.y0, model.y1, model.base, model.size, model.bold, model.font
        )
