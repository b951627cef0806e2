"""Text recognition (OCR) of pages that are pictures, by the program Tesseract and its Norwegian model, a page at a time.

The words come with their places, so that the pages go the same way as those with text. Nothing is written to disk: the
picture goes in and the words come out through pipes. Pages, seconds per page and seconds in all are bounded.
"""

import contextlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from tillitsrom.reading.sources.limits import OcrMode, Watch
from tillitsrom.reading.sources.pdf_words import PageContent, Word

if TYPE_CHECKING:
    from lxml import etree

    from tillitsrom.reading.sources.ocr_ink import Picture

LANGUAGE = "nor"
_DPI = 300
_MOST_PIXELS = 12_000_000
_FEW_CHARACTERS = 20
# What an archive stamps on a scanned page: not the page's own text.
_STAMP = 250
_COVERS = 0.6
# Letters that were turned into drawings are many; lines and frames are few.
_OUTLINES = 30
_SURE = 30
_LONGEST_ANSWER = 20_000_000
# From the height of a line, as Tesseract measures it, to the size of its font.
_SIZE = 1.08
_BOX = re.compile(r"\bbbox (\d+) (\d+) (\d+) (\d+)")
_BASELINE = re.compile(r"\bbaseline (-?[\d.]+) (-?[\d.]+)")
_HEIGHT = re.compile(r"\bx_size ([\d.]+)")
_CONFIDENCE = re.compile(r"\bx_wconf (\d+)")
_TAKEN_FOR_DASHES = frozenset("—–-=_~")
_TAKEN_FOR_BULLETS = frozenset("e°*«»+¢©®¤.·•-–—=~>»o")


@lru_cache(maxsize=1)
def tesseract() -> str | None:
    """The program with the Norwegian model, or None where either is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603 - the machine's own program, with fixed words
            [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return program if LANGUAGE in (listed.stdout + listed.stderr).split() else None


def is_picture(content: PageContent) -> bool:
    """A page whose text is in its pictures: no letters of its own, or a few stamped upon a picture of the whole page."""
    letters = sum(len(w.text) for w in content.words)
    if letters < _FEW_CHARACTERS:
        return bool(content.pictures) or content.drawings > _OUTLINES
    return letters < _STAMP and content.covered > _COVERS


class Recognizer:
    """Reads the pages that need it, as long as the bounds allow. `pages` are those that were read."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._limits = watch.limits
        self._spent = 0.0
        self._tried = 0
        self.pages: list[int] = []
        self.wanted: list[int] = []

    @property
    def forbidden(self) -> bool:
        """Whether whoever asked for the reading does not want any page guessed at."""
        return self._watch.ocr is OcrMode.NEVER

    @property
    def missing(self) -> bool:
        """Whether pages wait for a program that is not installed."""
        return bool(self.wanted) and not self.forbidden and tesseract() is None

    def look_at(self, page: pdfium.PdfPage, content: PageContent) -> None:
        """Read the page by recognition where that is called for; the words of `content` are then those."""
        needed = is_picture(content)
        if self._watch.ocr is OcrMode.ALWAYS or needed:
            if needed:
                self.wanted.append(content.number)
            if self._may():
                self._read(page, content)

    def _may(self) -> bool:
        limits = self._limits
        within = self._tried < limits.max_ocr_pages and self._spent < limits.max_ocr_seconds
        return within and not self.forbidden and tesseract() is not None

    def _read(self, page: pdfium.PdfPage, content: PageContent) -> None:
        self._tried += 1
        left = min(self._limits.max_ocr_page_seconds, self._limits.max_ocr_seconds - self._spent)
        self._watch.slow_step(left)
        began = time.monotonic()
        picture = drawn(page)
        answer = _recognized(picture, left) if picture is not None else None
        spent = time.monotonic() - began
        self._spent += spent
        self._watch.took_apart(spent)
        if picture is not None and answer is None:
            return
        words = [] if answer is None or picture is None else words_of(answer, picture, content)
        letters = sum(len(w.text) for w in words)
        if letters >= _FEW_CHARACTERS:
            self._watch.took(letters)
            content.words = words
            if picture is not None:
                from tillitsrom.reading.sources.ocr_ink import rules_of

                content.level, content.upright = rules_of(picture, content.height)
                content.boxes, content.dots = [], []
            self.pages.append(content.number)
        elif content.number in self.wanted:
            # Looked at, and found to be a picture without text.
            self.wanted.remove(content.number)


def drawn(page: pdfium.PdfPage) -> "Picture | None":
    """The page as a grey picture; None for an empty one."""
    # Imported where it is needed, here and below: most documents have no page to recognise.
    from tillitsrom.reading.sources.ocr_ink import Picture

    width, height = page.get_size()
    points = max(width * height, 1.0)
    scale = min(_DPI / 72, (_MOST_PIXELS / points) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        raw = bytes(bitmap.buffer)
        stride, across, down = bitmap.stride, bitmap.width, bitmap.height
    finally:
        bitmap.close()
    rows = raw if stride == across else b"".join(raw[y * stride : y * stride + across] for y in range(down))
    return None if rows.count(rows[:1]) == len(rows) else Picture(across, down, rows, scale)


def _recognized(picture: "Picture", seconds: float) -> bytes | None:
    """What Tesseract says of a picture (hOCR), or None where it broke off or took too long."""
    program = tesseract()
    if program is None:
        return None
    dpi = str(max(70, round(picture.scale * 72)))
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", dpi, "-c", "tessedit_create_hocr=1"]
    head = b"P5\n%d %d\n255\n" % (picture.width, picture.height)
    # One thread: several pages' worth of threads only crowd each other.
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": os.environ.get("PATH", os.defpath)}
    if models := os.environ.get("TESSDATA_PREFIX"):
        environment["TESSDATA_PREFIX"] = models
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(  # noqa: S603 - the machine's own program; the picture is data to it
            command,
            input=head + picture.rows,
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
        if done.returncode == 0 and len(done.stdout) < _LONGEST_ANSWER:
            return done.stdout
    return None


def words_of(answer: bytes, picture: "Picture", content: PageContent) -> list[Word]:
    """The words of an answer, in the page's points, each line level and of one size."""
    from lxml import etree

    from tillitsrom.reading.sources.ocr_ink import mark_bold, with_bullets

    parser = etree.HTMLParser(no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(answer, parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    lines = [line for element in root.iter("span") if (line := _line(element, picture, content))]
    mark_bold(lines, picture, content.height)
    lines = with_bullets(lines, picture, content.height)
    return [word for line in lines for word in line]


def _line(element: "etree._Element", picture: "Picture", content: PageContent) -> list[Word]:
    said = element.get("title") or ""
    box, baseline, height = _BOX.search(said), _BASELINE.search(said), _HEIGHT.search(said)
    if not (element.get("class") or "").startswith("ocr_") or box is None or height is None:
        return []
    scale = picture.scale
    slope, lift = (float(baseline.group(1)), float(baseline.group(2))) if baseline else (0.0, 0.0)
    left, bottom, right = int(box.group(1)), int(box.group(4)), int(box.group(3))
    # A scan lies a little askew: the whole line stands where its middle does.
    base = content.height - (bottom + lift + slope * (right - left) / 2) / scale
    size = round(float(height.group(1)) / scale * _SIZE, 1)
    words: list[Word] = []
    for child in element.iter("span"):
        place, sure = _BOX.search(child.get("title") or ""), _CONFIDENCE.search(child.get("title") or "")
        text = "".join(map(str, child.itertext())).strip()
        if child.get("class") != "ocrx_word" or place is None:
            continue
        if not _is_word(text, sure) and (words or text not in _TAKEN_FOR_BULLETS):
            continue
        x0, x1 = int(place.group(1)) / scale, int(place.group(3)) / scale
        y0 = base - size * 0.22
        words.append(Word(text, x0, x1, y0, y0 + size * 1.1, base, size, False, ""))
    return _with_bullet(words, size)


def _with_bullet(words: list[Word], size: float) -> list[Word]:
    """A bullet, and the white space after it, are taken for all kinds of signs."""
    if len(words) < 2 or words[0].text not in _TAKEN_FOR_BULLETS or words[1].x0 - words[0].x1 < size * 0.35:
        return words
    rest = words[1:]
    while len(rest) > 1 and rest[0].text in _TAKEN_FOR_DASHES:
        rest = rest[1:]
    words[0].text = "•"
    return [words[0], *rest]


def _is_word(text: str, sure: re.Match[str] | None) -> bool:
    """Specks and logos give signs that nobody wrote."""
    confidence = int(sure.group(1)) if sure else 0
    return bool(text) and (confidence >= _SURE or sum(c.isalpha() for c in text) > 3)


def even_out(pages: Sequence[PageContent]) -> None:
    """Sizes that differ by a hair are the same size: measured from pixels, no two lines agree."""
    weights: dict[float, int] = {}
    for word in (w for page in pages for w in page.words):
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    while weights:
        middle = max(
            weights, key=lambda s: sum(n for other, n in weights.items() if abs(other / s - 1) < 0.09)
        )
        near = {size for size in weights if abs(size / middle - 1) < 0.09}
        for word in (w for page in pages for w in page.words):
            if word.size in near:
                word.size = middle
        for size in near:
            del weights[size]
