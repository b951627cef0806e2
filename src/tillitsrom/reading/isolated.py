"""Reads a document in a process of its own, so that a bad file can never take the web application down with it."""

import contextlib
import json
import logging
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from tillitsrom.reading.model import Reading, ReadingError
from tillitsrom.reading.sources import DEFAULT_LIMITS, Limits, OcrMode, Progress, check_file
from tillitsrom.reading.sources.limits import damaged, too_much_memory, too_slow
from tillitsrom.reading.wire import unpack

logger = logging.getLogger(__name__)

_COMMAND = ("-P", "-m", "tillitsrom.reading.worker")
_GRACE = 5.0
_PATIENCE = 60.0
_MOST = 0.7
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_LONGEST_LINE = 400_000_000
_OUT_OF_TIME = {getattr(signal, "SIGXCPU", None), getattr(signal, "SIGALRM", None)}


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a file that could not be read, and why."""

    name: str
    error: ReadingError


def read_isolated(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    *,
    name: str | None = None,
    ocr: OcrMode = OcrMode.AUTO,
    quiet: bool = False,
) -> Reading:
    """The same as reading here, but at arm's length; ReadingError also when the process had to be stopped.

    `progress` is called with the pages that are done and the pages in all. `name` is the file's name as its owner
    knows it, where `path` is named by something else. `quiet` keeps what a broken process said out of the log, for a
    document that nobody but its owner may know of.
    """
    job = {"name": name or path.name, "ocr": ocr, "parts": False}
    found = _asked(path, limits, progress, job, quiet=quiet)
    return unpack(found["readings"][0])


def read_parts_isolated(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    *,
    name: str | None = None,
    ocr: OcrMode = OcrMode.AUTO,
) -> tuple[list[Reading], list[Refused]]:
    """Every document that the file carries, an e-mail's attachments each for itself, and the parts that cannot be read."""
    found = _asked(path, limits, progress, {"name": name or path.name, "ocr": ocr, "parts": True})
    refused = [Refused(part, ReadingError(code, message)) for part, code, message in found["refused"]]
    return [unpack(reading) for reading in found["readings"]], refused


def _asked(
    path: Path, limits: Limits, progress: Progress | None, job: dict[str, Any], *, quiet: bool = False
) -> dict[str, Any]:
    check_file(path, limits)
    job = {"path": str(path.resolve()), "limits": asdict(limits), **job}
    with tempfile.TemporaryFile() as complaints:
        process = _started(complaints)
        try:
            return _Talk(process, limits, progress).result(job)
        except _DiedError as death:
            _log(complaints, death, path, quiet=quiet)
            raise death.as_error(limits) from None
        finally:
            _stop(process)


class _DiedError(Exception):
    """The process ended without an answer."""

    def __init__(self, code: int | None, *, timed_out: bool = False, peak: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.timed_out = timed_out
        self.peak = peak

    def as_error(self, limits: Limits) -> ReadingError:
        if self.timed_out or (self.code is not None and self.code < 0 and -self.code in _OUT_OF_TIME):
            return too_slow(limits)
        if self.code == -getattr(signal, "SIGKILL", 9) or self.peak > limits.max_memory * _MOST:
            # Killed, and not by us: the machine was out of memory. Or it broke off with its memory all but used.
            return too_much_memory()
        return damaged("Dokumentet")


def _started(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    # Nothing of our own environment goes along: it may hold secrets that a document must never come near.
    environment = {
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": _path(),
    }
    for harmless in ("SYSTEMROOT", "TESSDATA_PREFIX"):
        if value := os.environ.get(harmless):
            environment[harmless] = value
    return subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
        [sys.executable, *_COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=environment,
        start_new_session=True,
        close_fds=True,
    )


def _path() -> str:
    """Where the process finds programs: the system's own places, and where text recognition is installed."""
    tesseract = shutil.which("tesseract")
    return os.pathsep.join([os.defpath, str(Path(tesseract).parent)]) if tesseract else os.defpath


class _Talk:
    """Sends the job and listens until the answer comes, the process ends, or the time is up."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits, progress: Progress | None) -> None:
        self._process = process
        self._limits = limits
        self._progress = progress
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=100)
        self._until = time.monotonic() + limits.max_seconds + _GRACE
        self._extra = limits.max_ocr_seconds

    def result(self, job: dict[str, Any]) -> dict[str, Any]:
        self._send(job)
        listener = threading.Thread(target=self._listen, daemon=True)
        listener.start()
        while (line := self._next()) is not None:
            try:
                said = json.loads(line)
            except ValueError:
                break
            if "page" in said:
                if self._progress is not None:
                    self._progress(int(said["page"]), int(said["of"]))
            elif "more" in said:
                self._give(float(said["more"]))
            elif "error" in said:
                raise ReadingError(*said["error"])
            elif "result" in said:
                return dict(said["result"])
        raise self._death()

    def _give(self, seconds: float) -> None:
        """Time for a page that is read by recognition, as long as there is any left of it."""
        seconds = min(seconds, self._extra)
        self._extra -= seconds
        self._until += seconds

    def _send(self, job: dict[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it was asked for with PIPE
        with contextlib.suppress(BrokenPipeError), self._process.stdin as stdin:
            stdin.write(json.dumps(job).encode())

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was asked for with PIPE
        with contextlib.suppress(OSError, ValueError, queue.Full):
            while line := self._process.stdout.readline(_LONGEST_LINE):
                self._lines.put(line, timeout=_PATIENCE)
            self._lines.put(None, timeout=_PATIENCE)

    def _next(self) -> bytes | None:
        try:
            return self._lines.get(timeout=max(0.0, self._until - time.monotonic()))
        except queue.Empty:
            raise _DiedError(None, timed_out=True) from None

    def _death(self) -> "_DiedError":
        """How the process ended, and how much memory it had then."""
        if not hasattr(os, "wait4"):
            return _DiedError(self._process.wait(timeout=_GRACE))
        until = time.monotonic() + _GRACE
        while time.monotonic() < until:
            try:
                pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            except ChildProcessError:
                break
            if pid:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                return _DiedError(self._process.returncode, peak=usage.ru_maxrss * _RSS_UNIT)
            time.sleep(0.01)
        return _DiedError(None, timed_out=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Whatever happened, no process is left behind, nor any that it has started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            # It leads a group of its own, and recognition runs in that.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_GRACE)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.close()


def _log(complaints: IO[bytes], death: _DiedError, path: Path, *, quiet: bool) -> None:
    complaints.seek(0)
    last = "" if quiet else complaints.read(20_000).decode("utf-8", "replace")[-2_000:]
    logger.warning("Reading %s ended with code %s: %s", path.name, death.code, last.strip() or "no message")
