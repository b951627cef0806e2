"""Which files a folder holds, in what portions they are read, and which reader it is that reads them."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tillitsrom

# Small portions: what a kill can cost is the portions that were in work.
BATCH_BYTES = 400_000
BATCH_FILES = 25


@dataclass(frozen=True, slots=True)
class File:
    """A file to read. `path` is its place in the folder with `/`, as the corpus names it; `file` is where it lies."""

    path: str
    file: str
    size: int
    linked: bool = False


def files_in(folder: Path, leave_out: Iterable[Path] = ()) -> list[File]:
    """All files in the folder and those below it, by path; hidden ones and `leave_out` are not part of it.

    Links to folders are not followed. A link to a file is listed as one, and is not read: it may lead out of the folder.
    """
    out = {os.path.realpath(path) for path in leave_out}
    return sorted(_walk(folder, out), key=lambda file: file.path)


def _walk(folder: Path, out: set[str]) -> Iterator[File]:
    for where, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(f"{where}/{name}") not in out
        ]
        for name in names:
            file = os.path.join(where, name)
            if name.startswith(".") or (os.path.realpath(file) in out and not os.path.islink(file)):
                continue
            status = os.lstat(file)
            place = os.path.relpath(file, folder).replace(os.sep, "/")
            yield File(_as_text(place), file, status.st_size, stat.S_ISLNK(status.st_mode))


def _as_text(place: str) -> str:
    """A name in another character set than UTF-8 is written with its bytes as `\\xe5`."""
    return os.fsencode(place).decode("utf-8", "backslashreplace")


def batches(files: Iterable[File]) -> list[tuple[File, ...]]:
    """Portions of some files each, large files first, so that the last ones to be read are short."""
    found: list[tuple[File, ...]] = []
    batch: list[File] = []
    size = 0
    for file in sorted(files, key=lambda file: (-file.size, file.path)):
        if batch and (size + file.size > BATCH_BYTES or len(batch) >= BATCH_FILES):
            found.append(tuple(batch))
            batch, size = [], 0
        batch.append(file)
        size += file.size
    return [*found, tuple(batch)] if batch else found


def sha256_of(file: str) -> str | None:
    """The hash of a file's bytes; None where it cannot be opened."""
    try:
        with open(file, "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


@cache
def reader_mark() -> str:
    """Which reader this is: the same for the same rules, another when any line of the reader is changed."""
    package = Path(tillitsrom.__file__).parent
    digest = hashlib.sha256(tillitsrom.__version__.encode())
    sources = [p for p in (package / "reading").rglob("*") if _is_source(p)]
    sources += [package / "corpus" / name for name in ("rows.py", "facts.py", "child.py")]
    for path in sorted(sources):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _is_source(path: Path) -> bool:
    return "tests" not in path.parts and "__pycache__" not in path.parts and path.is_file()
