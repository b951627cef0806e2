"""The process that reads documents for `bounded`, one after the other, within bounds that the operating system keeps.

    python -m tillitsrom.corpus.child

Standard input gives the limits and then one file a line, as JSON. Each is answered with one line that holds the
document's row and how many bytes of JSON lines follow: the rows of its requirements.
"""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from tillitsrom.corpus.rows import row_of_failure, rows_of
from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources import Limits, read_bytes
from tillitsrom.reading.sources.limits import damaged, too_much_memory

_WRITTEN_BYTES = 1_000_000
# A process that has used this much is replaced, so that one large document is not paid for until the end.
_TIRED_BYTES = 300_000_000


def main() -> int:
    """Answer until nobody asks any more."""
    said = _only_for_answers()
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    _bound(limits)
    from tillitsrom.reading.extract import read_document  # noqa: F401 - loaded before the first document's time runs

    for line in sys.stdin.buffer:
        job = json.loads(line)
        document, found = answer(Path(job["file"]), job["path"], limits)
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()
        head = {"document": document, "bytes": len(body), "tired": _peak() > _TIRED_BYTES}
        said.write(json.dumps(head, ensure_ascii=False).encode() + b"\n" + body)
        said.flush()
    return 0


def answer(file: Path, path: str, limits: Limits) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The rows of one file; what cannot be read has a row with the reason, and no requirements."""
    from tillitsrom.reading.extract import read_document
    from tillitsrom.reading.sources import file_bytes

    size, sha256 = None, None
    try:
        data = file_bytes(file, limits)
        size, sha256 = len(data), hashlib.sha256(data).hexdigest()
        name = file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        document = read_bytes(data, name, limits)
        del data
        return rows_of(path, size, sha256, read_document(document))
    except ReadingError as error:
        return row_of_failure(path, size, sha256, error), []
    except MemoryError:
        return row_of_failure(path, size, sha256, too_much_memory()), []
    except RecursionError:
        return row_of_failure(path, size, sha256, damaged("Dokumentet")), []
    except Exception as error:  # noqa: BLE001 - one document must never stop the others
        reason = f"Det er en feil i programmet ({type(error).__name__}). Meld fra om dokumentet."
        return row_of_failure(path, size, sha256, ReadingError("fault", reason)), []


def _only_for_answers() -> BinaryIO:
    """Keep standard output for the answers: whatever a library prints goes to standard error instead."""
    copy = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(copy, "wb")


def _bound(limits: Limits) -> None:
    try:
        import resource
    except ImportError:
        return
    for what, wanted in (
        (resource.RLIMIT_AS, limits.max_memory),
        (resource.RLIMIT_FSIZE, _WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(what)
        bound = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (bound, bound))


def _peak() -> int:
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    sys.exit(main())
