"""A reader at arm's length: asks a process for one document at a time, and replaces it when it dies or dawdles."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from tillitsrom.corpus.inventory import File, sha256_of
from tillitsrom.corpus.rows import Origin, Row, row_of_failure
from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources import DEFAULT_LIMITS, Limits
from tillitsrom.reading.sources.limits import damaged, too_much_memory, too_slow

_COMMAND = ("-P", "-m", "tillitsrom.corpus.child")
_GRACE = 2.0
_STOP_SECONDS = 5.0

# Called with the bytes and words of each file that is done.
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Read:
    """What a batch gave: the rows of its documents, and the rows of their requirements as JSON lines in UTF-8."""

    documents: list[Row]
    requirements: bytes


class Reader:
    """One process that reads. Not for several threads at once; `close` from any thread ends what it is doing."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = threading.Event()

    def read(self, file: File) -> Read | None:
        """The documents in a file and their requirements; None when the reader was closed before it was done."""
        if self._closed.is_set():
            return None
        process = self._process = self._process or _started(self._limits)
        if self._closed.is_set():  # closed by another thread while it was started
            self._end()
            return None
        with _Watch(process, self._limits) as watch:
            answer = _ask(process, file, watch)
        if self._closed.is_set():
            return None
        if answer is None:
            return Read([self._failure(file, process, watch.late)], b"")
        head, body = answer
        if head["tired"]:
            self._end()
        return Read(head["documents"], body)

    def read_all(
        self, files: Sequence[File], told: Told | None = None, stop: threading.Event | None = None
    ) -> Read:
        """Read a batch; when `stop` is set, what was finished until then."""
        documents: list[Row] = []
        parts: list[bytes] = []
        for file in files:
            if stop is not None and stop.is_set():
                break
            found = self.read(file)
            if found is None:
                break
            documents += found.documents
            parts.append(found.requirements)
            if told is not None:
                told(file.size, sum(row["words"] or 0 for row in found.documents))
        return Read(documents, b"".join(parts))

    def close(self) -> None:
        """End the process; what is being read is given up."""
        self._closed.set()
        self._end()

    def _failure(self, file: File, process: subprocess.Popen[bytes], late: bool) -> Row:
        """The row of a document that the process did not live through."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_STOP_SECONDS)
        code = process.returncode
        self._end()
        error: ReadingError = damaged("Dokumentet")
        if late:
            error = too_slow(self._limits)
        elif code == -getattr(signal, "SIGKILL", 9):
            # Killed, and not by us: the machine was out of memory.
            error = too_much_memory()
        return row_of_failure(Origin(file.path, file.size, sha256_of(file.file)), error)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_STOP_SECONDS)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()


class _Watch:
    """Kills the process when its document has taken too long. `give` is for pages whose text must be recognised."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._process = process
        self._until = time.monotonic() + limits.max_seconds + _GRACE
        self._extra = limits.max_ocr_seconds
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._over = False
        self.late = False

    def __enter__(self) -> Self:
        with self._lock:
            self._wind()
        return self

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._over = True
            if self._timer is not None:
                self._timer.cancel()

    def give(self, seconds: float) -> None:
        """So many seconds more, as long as there is any left of what recognition may take."""
        with self._lock:
            given = max(0.0, min(seconds, self._extra))
            self._extra -= given
            self._until += given

    def _wind(self) -> None:
        self._timer = threading.Timer(max(0.0, self._until - time.monotonic()), self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._over:
                return
            if time.monotonic() < self._until:
                self._wind()
                return
            self.late = True
        _kill(self._process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process, and what it has started: it leads a group of its own."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    # Nothing of our own environment goes along: it may hold secrets that a document must never come near.
    environment = {
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        # The same hashes in every process: nothing that is found may depend on them, and so nothing can.
        "PYTHONHASHSEED": "0",
        "PATH": _path(),
    }
    for harmless in ("SYSTEMROOT", "TESSDATA_PREFIX"):
        if value := os.environ.get(harmless):
            environment[harmless] = value
    process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
        [sys.executable, *_COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        close_fds=True,
    )
    with contextlib.suppress(BrokenPipeError):
        _send(process, asdict(limits))
    return process


def _path() -> str:
    """Where the process finds programs: the system's own places, and where text recognition is installed."""
    tesseract = shutil.which("tesseract")
    return os.pathsep.join([os.defpath, str(Path(tesseract).parent)]) if tesseract else os.defpath


def _send(process: subprocess.Popen[bytes], value: dict[str, Any]) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for with PIPE
    process.stdin.write(json.dumps(value).encode() + b"\n")
    process.stdin.flush()


def _ask(process: subprocess.Popen[bytes], file: File, watch: _Watch) -> tuple[dict[str, Any], bytes] | None:
    """The answer, or None when the process ended without one."""
    assert process.stdout is not None  # noqa: S101 - it was asked for with PIPE
    try:
        _send(process, {"file": file.file, "path": file.path})
        head: dict[str, Any] = json.loads(process.stdout.readline())
        while "more" in head:
            watch.give(float(head["more"]))
            head = json.loads(process.stdout.readline())
        body = process.stdout.read(head["bytes"])
    except (OSError, ValueError):
        return None
    return (head, body) if len(body) == head["bytes"] else None
