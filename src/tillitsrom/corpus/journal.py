"""What is finished, kept on disk beside the corpus until the corpus is whole, so that a killed build goes on where it was.

Each part is two files of JSON lines: `00007.requirements.jsonl`, and `00007.documents.jsonl`, which is put there last and
says that the part is whole. Both are written under another name, brought safely to the disk, and then named.
"""

import contextlib
import json
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tillitsrom.corpus.bounded import Read
from tillitsrom.corpus.rows import Row

FORM = 1
_HEAD = "journal.json"
_DOCUMENTS = ".documents.jsonl"
_REQUIREMENTS = ".requirements.jsonl"
# What may go better another time is read again; so is what could not be opened, which has no hash.
AGAIN = {"too_slow", "too_much_memory", "fault"}


class BusyError(Exception):
    """Another build is writing the same corpus."""


class Journal:
    """The parts of one build, in a folder that only one build at a time may use."""

    def __init__(self, folder: Path, reader: str) -> None:
        self.folder = folder
        self._reader = reader
        self._lock: int | None = None
        self._next = 1

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.folder / "lock")
        head = {"form": FORM, "reader": self._reader}
        if _read_json(self.folder / _HEAD) != head:
            # Other rules found what is here, or nothing is: it cannot be mixed with what these rules find.
            self._clear()
            put(self.folder / _HEAD, json.dumps(head).encode())
        self._sweep()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)

    def finished(self) -> dict[tuple[str, str], list[Row]]:
        """The rows of the files that are done, by path and hash."""
        found: dict[tuple[str, str], list[Row]] = {}
        for part in sorted(self.folder.glob(f"*{_DOCUMENTS}")):
            with part.open(encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    found.setdefault((row["file"], row["sha256"]), []).append(row)
        return {
            key: rows for key, rows in found.items() if key[1] and not all(r["error"] in AGAIN for r in rows)
        }

    def add(self, read: Read) -> None:
        """Put a part where the next build will find it; when this returns it survives a power cut."""
        if not read.documents:
            return
        name = f"{self._next:06}"
        self._next += 1
        rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in read.documents)
        put(self.folder / f"{name}{_REQUIREMENTS}", read.requirements)
        put(self.folder / f"{name}{_DOCUMENTS}", rows.encode())

    def requirement_files(self) -> list[str]:
        """The files with the requirements of all parts, those with none left out."""
        return sorted(str(p) for p in self.folder.glob(f"*{_REQUIREMENTS}") if p.stat().st_size)

    def remove(self) -> None:
        """The corpus is whole: the journal has done its work."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _clear(self) -> None:
        for path in self.folder.iterdir():
            if path.name != "lock" and path.is_file():
                path.unlink()

    def _sweep(self) -> None:
        """Take away what a kill left half done, and find the next free number."""
        whole = {p.name.removesuffix(_DOCUMENTS) for p in self.folder.glob(f"*{_DOCUMENTS}")}
        for path in self.folder.iterdir():
            half = path.name.endswith(_REQUIREMENTS) and path.name.removesuffix(_REQUIREMENTS) not in whole
            if half or path.name.endswith(".new"):
                path.unlink()
        self._next = max((int(name) for name in whole), default=0) + 1


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, safely on the disk."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    name(fresh, path)


def name(fresh: Path, path: Path) -> None:
    """Give a finished file its name, and bring that to the disk too."""
    os.replace(fresh, path)
    # Not every system lets a folder be opened; those name files safely in their own way.
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _locked(path: Path) -> int:
    """Hold the folder for ourselves; the system lets go of it when we end, in whatever way."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return lock
    except OSError:
        os.close(lock)
        raise BusyError from None
    return lock
