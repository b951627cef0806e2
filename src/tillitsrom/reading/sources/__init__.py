"""Files become text: PDF, DOCX, HTML, Markdown, plain text and e-mail, all within bounds, nothing run and nothing fetched.

Reading order: `detect` (what is it?) → one of `pdf`, `docx`, `html`, `text`, `mail` → `markdown` (the common form).
"""

import stat
from collections.abc import Sequence
from pathlib import Path

from tillitsrom.reading.model import Document, ReadingError, SourceKind
from tillitsrom.reading.sources.detect import kind_of
from tillitsrom.reading.sources.limits import DEFAULT_LIMITS, Limits, OcrMode, Progress, Watch, too_large

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "OcrMode",
    "Progress",
    "check_file",
    "file_bytes",
    "read_bytes",
    "read_parts",
    "read_source",
    "read_within",
]


def read_source(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    name: str | None = None,
    ocr: OcrMode = OcrMode.AUTO,
) -> Document:
    """The file as a document; ReadingError with one clear line where it cannot be read.

    `name` is the file's own name where it is stored under another one.
    """
    return read_bytes(file_bytes(path, limits), name or path.name, limits, progress, ocr)


def read_bytes(
    data: bytes,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    ocr: OcrMode = OcrMode.AUTO,
) -> Document:
    """The same for bytes that are already in memory; `name` is the file's name with its ending."""
    if len(data) > limits.max_bytes:
        raise too_large(limits)
    return read_within(data, name, Watch(limits, progress, ocr))


def read_within(data: bytes, name: str, watch: Watch) -> Document:
    """The same under a watch that may have seen other documents. Of an e-mail it is the one document that it carries."""
    kind = kind_of(data, name)
    try:
        return _read(data, name, kind, watch)
    except RecursionError:
        raise _tangled() from None


def read_parts(data: bytes, name: str, watch: Watch) -> Sequence[Document | tuple[str, ReadingError]]:
    """Every document that a file carries: the body and the attachments of an e-mail, else the file itself.

    A part that cannot be read is given as its name and what is wrong with it.
    """
    if kind_of(data, name) is not SourceKind.EMAIL:
        return [read_within(data, name, watch)]
    from tillitsrom.reading.sources.mail import read_all

    try:
        return read_all(data, name, watch, read_within)
    except RecursionError:
        raise _tangled() from None


def _tangled() -> ReadingError:
    return ReadingError(
        "damaged", "Dokumentet er satt sammen på en måte som ikke kan leses. Lagre det på nytt."
    )


def _read(data: bytes, name: str, kind: SourceKind, watch: Watch) -> Document:
    # Imported here so that reading plain text never waits for the PDF library.
    if kind is SourceKind.PDF:
        from tillitsrom.reading.sources.pdf import read_pdf

        return read_pdf(data, name, watch)
    if kind is SourceKind.DOCX:
        from tillitsrom.reading.sources.docx import read_docx

        return read_docx(data, name, watch)
    if kind is SourceKind.HTML:
        from tillitsrom.reading.sources.html import read_html

        return read_html(data, name, watch)
    if kind is SourceKind.EMAIL:
        from tillitsrom.reading.sources.mail import read_mail

        return read_mail(data, name, watch, read_within)
    from tillitsrom.reading.sources.text import read_text

    return read_text(data, name, kind, watch)


def file_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a file, never more of them than the limit."""
    check_file(path, limits)
    try:
        with path.open("rb") as file:
            return file.read(limits.max_bytes + 1)
    except PermissionError:
        raise ReadingError("not_found", "Du har ikke tilgang til filen. Sjekk rettighetene.") from None
    except OSError:
        raise ReadingError("not_found", "Filen kunne ikke åpnes. Sjekk navnet og mappen.") from None


def check_file(path: Path, limits: Limits) -> None:
    """Is it there, is it a file, and is it small enough to be opened?"""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise ReadingError("not_found", "Fant ikke filen. Sjekk navnet og mappen.") from None
    except (OSError, ValueError):
        raise ReadingError("not_found", "Filen kunne ikke åpnes. Sjekk navnet og mappen.") from None
    if stat.S_ISDIR(status.st_mode):
        raise ReadingError("unsupported", "Dette er en mappe. Oppgi filene i den, for eksempel mappe/*.pdf.")
    if not stat.S_ISREG(status.st_mode):
        raise ReadingError("unsupported", "Dette er ikke en vanlig fil. Oppgi et dokument.")
    if status.st_size > limits.max_bytes:
        raise too_large(limits)
