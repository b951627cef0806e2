"""Plain text and Markdown: the file's own text, character for character."""

import codecs
import re

from tillitsrom.reading.model import Document, ReadingError, SourceKind
from tillitsrom.reading.sources.limits import Watch

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f]")
_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.M)


def read_text(data: bytes, name: str, kind: SourceKind, watch: Watch) -> Document:
    """Offsets are those of `Path.read_text(encoding="utf-8")`: newlines become `\\n`, a byte order mark stays."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    watch.took(len(text))
    if not text.strip("\ufeff \n\t"):
        raise ReadingError("empty", "Filen er tom. Last den ned eller lagre den på nytt.")
    watch.page(1, 1)
    return Document(name, kind, text, title=_title(text) if kind is SourceKind.MARKDOWN else None)


def decode(data: bytes) -> str:
    """UTF-8 first, UTF-16 when it says so, else the old Windows character set."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return _checked(data.decode("utf-16"))
        except UnicodeDecodeError:
            raise not_text() from None
    if b"\x00" in data:
        raise not_text()
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(data.decode("cp1252", errors="replace").replace("\ufffd", "\x81"), guessed=True)


def _checked(text: str, *, guessed: bool = False) -> str:
    """Bytes that happen to decode are not yet text."""
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > max(3, len(sample) / 200):
        raise not_text()
    if (
        guessed
        and sum(c.isascii() or c.isalpha() or c in "«»–—§’‘”“…°·•" for c in sample) < len(sample) * 0.97
    ):
        raise not_text()
    return text


def not_text() -> ReadingError:
    return ReadingError(
        "not_text",
        "Filen er ikke tekst, selv om den heter det. Velg et dokument i PDF, DOCX, HTML eller ren tekst.",
    )


def _title(text: str) -> str | None:
    match = _TITLE.search(text[:20_000])
    return re.sub(r"[*_`]", "", match.group(1)).strip() or None if match else None
