"""A PDF page read by the library: its words (`pdf_characters`), and what is drawn on it."""

import ctypes
from array import array
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tillitsrom.reading.sources.limits import Watch
from tillitsrom.reading.sources.pdf_calls import Call, address
from tillitsrom.reading.sources.pdf_characters import Turn, words_of
from tillitsrom.reading.sources.pdf_words import Box, PageContent, Rule, Word

_MANY_SHAPES = 20_000


def page_content(page: pdfium.PdfPage, number: int, watch: Watch) -> PageContent:
    """Read one page."""
    width, height = page.get_size()
    content = PageContent(number, width, height)
    turn = Turn(page)
    text_page = page.get_textpage()
    try:
        words = words_of(text_page, turn, watch)
        content.words = [w for w in words if 0 <= w.x0 + w.x1 <= 2 * width and 0 <= w.y0 + w.y1 <= 2 * height]
    finally:
        text_page.close()
    _shapes(page, turn, content)
    _dots_to_words(content)
    return content


def _shapes(page: pdfium.PdfPage, turn: Turn, content: PageContent) -> None:
    handle = address(page.raw)
    corners = array("f", bytes(4 * 4))
    left = corners.buffer_info()[0]
    bottom, right, top = left + 4, left + 8, left + 12
    area = max(content.width * content.height, 1.0)
    for index in range(min(raw.FPDFPage_CountObjects(page), _MANY_SHAPES)):
        shape = Call.shape(handle, index)
        kind = Call.shape_kind(shape)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        bounded = Call.shape_bounds(shape, left, bottom, right, top)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            content.pictures += 1
            if bounded:
                x0, y0, x1, y1 = corners
                content.covered = max(content.covered, min(abs((x1 - x0) * (y1 - y0)) / area, 1.0))
        content.drawings += kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM)
        if kind == raw.FPDF_PAGEOBJ_PATH and bounded:
            _sort(Box(*turn(*corners)), raw.FPDFPage_GetObject(page, index), turn, content)


def _sort(box: Box, shape: object, turn: Turn, content: PageContent) -> None:
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


def _segments(shape: object, count: int, turn: Turn, content: PageContent) -> None:
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
    dashes = [rule for rule in content.level if 3 <= rule.end - rule.start <= 12]
    if not dashes and not content.dots:
        return
    words = sorted(content.words, key=lambda w: w.x0)
    for dot in content.dots:
        middle = (dot.y0 + dot.y1) / 2
        right = next((w for w in words if dot.x1 - 1 <= w.x0 < dot.x1 + 40 and w.y0 < middle < w.y1), None)
        alone = not any(w.y0 < middle < w.y1 and w.x1 > dot.x0 - 30 and w.x0 < dot.x1 - 1 for w in words)
        if right is not None and alone:
            yield Word("•", dot.x0, dot.x1, right.y0, right.y1, right.base, right.size, False, right.font)
    for rule in dashes:
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
