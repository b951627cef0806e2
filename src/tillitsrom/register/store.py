"""The document store: uploaded files under the hash of their content, outside the web root, never executed."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def path_of(digest: str, suffix: str = "") -> Path:
    """Where the file with this SHA-256 lies. The suffix is kept, so that the reader can compare it with the content."""
    folder: Path = settings.DOCUMENTS_DIR / digest[:2]
    return folder / f"{digest}{suffix}"


def keep(chunks: Iterable[bytes], suffix: str) -> tuple[str, int]:
    """Store a file; the same content is stored once. Returns its SHA-256 in hex and its size in bytes."""
    settings.DOCUMENTS_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=settings.DOCUMENTS_DIR, delete=False) as out:
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        except BaseException:
            os.unlink(out.name)
            raise
    target = path_of(digest.hexdigest(), suffix)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    os.replace(out.name, target)
    return digest.hexdigest(), size
