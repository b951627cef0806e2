"""A reader at arm's length: asks a process for one document at a time, and replaces it when it dies or dawdles."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tillitsrom.corpus.inventory import File, sha256_of
from tillitsrom.corpus.rows import row_of_failure
from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources import DEFAULT_LIMITS, Limits
from tillitsrom.reading.sources.limits import damaged, too_much_memory, too_slow

_COMMAND = ("-P", "-m", "tillitsrom.corpus.child")
_GRACE = 2.0
_STOP_SECONDS = 5.0

Told = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Read:
    """What a batch gave: the rows of its documents, and the rows of their requirements as JSON lines in UTF-8."""

    documents: list[dict[str, Any]]
    requirements: bytes


class Reader:
    """One process that reads. Not for several threads at once; `close` from any thread ends what it is doing."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = threading.Event()
        self._late = False

    def read(self, file: File) -> tuple[dict[str, Any], bytes] | None:
        """The document's row and its requirements; None when the reader was closed before it was done."""
        if self._closed.is_set():
            return None
        process = self._process = self._process or _started(self._limits)
        if self._closed.is_set():  # closed by another thread while it was started
            self._end()
            return None
        self._late = False
        watch = threading.Timer(self._limits.max_seconds + _GRACE, self._too_late, (process,))
        watch.daemon = True
        watch.start()
        try:
            answer = _ask(process, file)
        finally:
            watch.cancel()
        if self._closed.is_set():
            return None
        if answer is None:
            return self._failure(file, process), b""
        head, body = answer
        if head["tired"]:
            self._end()
        return head["document"], body

    def read_all(
        self, files: Sequence[File], told: Told | None = None, stop: threading.Event | None = None
    ) -> Read:
        """Read a batch; when `stop` is set, what was finished until then."""
        documents, parts = [], []
        for file in files:
            if stop is not None and stop.is_set():
                break
            found = self.read(file)
            if found is None:
                break
            documents.append(found[0])
            parts.append(found[1])
            if told is not None:
                told(found[0])
        return Read(documents, b"".join(parts))

    def close(self) -> None:
        """End the process; what is being read is given up."""
        self._closed.set()
        self._end()

    def _too_late(self, process: subprocess.Popen[bytes]) -> None:
        self._late = True
        process.kill()

    def _failure(self, file: File, process: subprocess.Popen[bytes]) -> dict[str, Any]:
        """The row of a document that the process did not live through."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_STOP_SECONDS)
        code = process.returncode
        self._end()
        error: ReadingError = damaged("Dokumentet")
        if self._late:
            error = too_slow(self._limits)
        elif code == -getattr(signal, "SIGKILL", 9):
            # Killed, and not by us: the machine was out of memory.
            error = too_much_memory()
        return row_of_failure(file.path, file.size, sha256_of(file.file), error)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_STOP_SECONDS)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    # Nothing of our own environment goes along: it may hold secrets that a document must never come near.
    environment = {
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        # The same hashes in every process: nothing that is found may depend on them, and so nothing can.
        "PYTHONHASHSEED": "0",
        "PATH": os.defpath,
    }
    if root := os.environ.get("SYSTEMROOT"):
        environment["SYSTEMROOT"] = root
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


def _send(process: subprocess.Popen[bytes], value: dict[str, Any]) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for with PIPE
    process.stdin.write(json.dumps(value).encode() + b"\n")
    process.stdin.flush()


def _ask(process: subprocess.Popen[bytes], file: File) -> tuple[dict[str, Any], bytes] | None:
    """The answer, or None when the process ended without one."""
    assert process.stdout is not None  # noqa: S101 - it was asked for with PIPE
    try:
        _send(process, {"file": file.file, "path": file.path})
        line = process.stdout.readline()
        head: dict[str, Any] = json.loads(line)
        body = process.stdout.read(head["bytes"])
    except (OSError, ValueError):
        return None
    return (head, body) if len(body) == head["bytes"] else None
