"""The process that reads one document for `isolated`: says how far it is, and last what it found, as JSON lines.

    python -m tillitsrom.reading.worker < job.json

It bounds its own memory, processor time and file writing before it opens the document.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources import Limits, read_source
from tillitsrom.reading.sources.limits import damaged, too_much_memory

_STDERR_BYTES = 1_000_000


def main() -> int:
    """Read the job from standard input and do it."""
    job = json.load(sys.stdin)
    said = _only_for_answers()
    limits = Limits(**job["limits"])
    _bound(limits)
    try:
        _say(said, {"result": _read(Path(job["path"]), job["name"], limits, said)})
    except ReadingError as error:
        _say(said, {"error": [error.code, str(error)]})
    except MemoryError:
        refused = too_much_memory()
        _say(said, {"error": [refused.code, str(refused)]})
    return 0


def _read(path: Path, name: str, limits: Limits, said: TextIO) -> dict[str, Any]:
    # The extractor is loaded after the bounds are set, and only where it is needed.
    from tillitsrom.reading.extract import read_document
    from tillitsrom.reading.wire import pack

    def progress(done: int, total: int) -> None:
        _say(said, {"page": done, "of": total})

    document = read_source(path, limits, progress, name)
    try:
        return pack(read_document(document))
    except RecursionError:
        raise damaged("Dokumentet") from None


def _only_for_answers() -> TextIO:
    """Keep standard output for the answers: whatever a library prints goes to standard error instead."""
    copy = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(copy, "w", encoding="utf-8")


def _say(said: TextIO, value: dict[str, Any]) -> None:
    said.write(json.dumps(value, ensure_ascii=False) + "\n")
    said.flush()


def _bound(limits: Limits) -> None:
    """The bounds that the operating system keeps. On Windows there are none; time is kept from outside."""
    try:
        import resource
    except ImportError:
        return
    seconds = int(limits.max_seconds) + 2
    bounds = {
        resource.RLIMIT_AS: (limits.max_memory, limits.max_memory),
        resource.RLIMIT_CPU: (seconds, seconds + 2),
        resource.RLIMIT_FSIZE: (_STDERR_BYTES, _STDERR_BYTES),
        resource.RLIMIT_CORE: (0, 0),
    }
    for what, (soft, hard) in bounds.items():
        _, most = resource.getrlimit(what)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(what, (soft, hard))


if __name__ == "__main__":
    sys.exit(main())
