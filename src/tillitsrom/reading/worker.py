"""The process that reads one document for `isolated`: says how far it is, and last what it found, as JSON lines.

    python -m tillitsrom.reading.worker < job.json

It bounds its own memory, processor time and file writing before it opens the document.
"""

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from tillitsrom.reading.model import Document, ReadingError
from tillitsrom.reading.sources import Limits, OcrMode, file_bytes, read_parts, read_within
from tillitsrom.reading.sources.limits import Watch, damaged, too_much_memory

_STDERR_BYTES = 1_000_000
_MANY_THINGS = 200_000


def main() -> int:
    """Read the job from standard input and do it."""
    # One document makes many small things, hardly any of them in circles; looking for those took a tenth of the time.
    gc.set_threshold(_MANY_THINGS)
    job = json.load(sys.stdin)
    said = _only_for_answers()
    limits = Limits(**job["limits"])
    # Time at the clock is kept from outside; here it is only that no process computes for ever.
    recognising = 0.0 if job["ocr"] == OcrMode.NEVER else limits.max_ocr_seconds
    _bound(limits, int(limits.max_seconds + recognising) + 2)
    try:
        _say(said, {"result": _read(job, limits, said)})
    except ReadingError as error:
        _say(said, {"error": [error.code, str(error)]})
    except MemoryError:
        refused = too_much_memory()
        _say(said, {"error": [refused.code, str(refused)]})
    return 0


def _read(job: dict[str, Any], limits: Limits, said: TextIO) -> dict[str, Any]:
    """The readings of the file, and the parts of it that could not be read."""

    def progress(done: int, total: int) -> None:
        _say(said, {"page": done, "of": total})

    def slow(seconds: float) -> None:
        _say(said, {"more": seconds})

    watch = Watch(limits, progress, OcrMode(job["ocr"]), on_slow=slow)
    data = file_bytes(Path(job["path"]), limits)
    name = job["name"]
    parts = read_parts(data, name, watch) if job["parts"] else [read_within(data, name, watch)]
    readings = [_extracted(part) for part in parts if isinstance(part, Document)]
    refused = [[name, e.code, str(e)] for name, e in (p for p in parts if not isinstance(p, Document))]
    return {"readings": readings, "refused": refused}


def _extracted(document: Document) -> dict[str, Any]:
    # The extractor is loaded after the bounds are set, and only where it is needed.
    from tillitsrom.reading.extract import read_document
    from tillitsrom.reading.wire import pack

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


def _bound(limits: Limits, seconds: int) -> None:
    """The bounds that the operating system keeps. On Windows there are none; time is kept from outside."""
    try:
        import resource
    except ImportError:
        return
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
