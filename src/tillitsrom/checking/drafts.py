"""A draft is read in a process of its own, checked, and forgotten: nothing of it is written to the database, cache or log.

The reader takes a file, so the draft lies in a folder of its own while it is read, in memory where the machine has such a
place, and is gone before the answer is sent.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from tillitsrom.reading.isolated import read_isolated
from tillitsrom.reading.model import Reading, ReadingError
from tillitsrom.reading.sources import Limits

LONGEST_TEXT = 1_000_000
IN_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own with a random name is made in it
PASTED = ("utkast.md", "utkast.txt")
_MARKDOWN = ("# ", "## ", "### ", "- ", "| ")


def limits() -> Limits:
    """What one draft may cost: it is read while a person waits, so pages that are pictures are not recognised for long."""
    return Limits(
        max_bytes=settings.CHECK_MAX_BYTES,
        max_pages=settings.UPLOAD_MAX_PAGES,
        max_seconds=settings.CHECK_MAX_SECONDS,
        max_memory=settings.UPLOAD_MAX_MEMORY_MB * 1024 * 1024,
        max_characters=3 * LONGEST_TEXT,
        max_ocr_seconds=settings.CHECK_MAX_SECONDS,
    )


def read_text(text: str) -> Reading:
    """Read what was pasted. Raises ReadingError."""
    text = text.replace("\r\n", "\n")
    is_markdown = any(line.startswith(_MARKDOWN) for line in text.splitlines())
    name = PASTED[0 if is_markdown else 1]
    return _read(name, Path(name).suffix, [text.encode()])


def read_file(name: str, chunks: Iterable[bytes]) -> Reading:
    """Read what was uploaded. The ending of the name must fit the content. Raises ReadingError."""
    suffix = Path(name).suffix.lower()
    return _read(name, suffix if suffix.isascii() and suffix[1:].isalnum() else "", chunks)


def _read(name: str, suffix: str, chunks: Iterable[bytes]) -> Reading:
    bounds = limits()
    with tempfile.TemporaryDirectory(dir=_place()) as folder:
        path = Path(folder) / f"utkast{suffix}"
        size = 0
        with path.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > bounds.max_bytes:
                    raise ReadingError("too_large", "Filen er for stor.")
                out.write(chunk)
        return read_isolated(path, bounds, name=name, quiet=True)


def _place() -> Path | None:
    return IN_MEMORY if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) else None
