"""The process that reads documents for `bounded`, one after the other, within bounds that the operating system keeps.

    python -m tillitsrom.corpus.child

Standard input gives the limits and then one file a line, as JSON. Each is answered with one line that holds the
rows of the documents in the file (an e-mail holds several) and how many bytes of JSON lines follow: the rows of their
requirements. A line with `more` before it asks for time to recognise the text of a scanned page.
"""

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tillitsrom.corpus.rows import Origin, Row, row_of_failure, rows_of
from tillitsrom.reading.model import Document, ReadingError
from tillitsrom.reading.sources import Limits, file_bytes, read_parts
from tillitsrom.reading.sources.limits import Watch, damaged, too_much_memory

_WRITTEN_BYTES = 1_000_000
# A process that has used this much is replaced, so that one large document is not paid for until the end.
_TIRED_BYTES = 300_000_000


def main() -> int:
    """Answer until nobody asks any more."""
    said = _only_for_answers()
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    _bound(limits)
    from tillitsrom.reading.extract import read_document  # noqa: F401 - loaded before the first document's time runs

    def slow(seconds: float) -> None:
        said.write(json.dumps({"more": seconds}).encode() + b"\n")
        said.flush()

    for line in sys.stdin.buffer:
        job = json.loads(line)
        watch = Watch(limits, on_slow=slow)
        documents, found = answer(Path(job["file"]), job["path"], watch)
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()
        head = {"documents": documents, "bytes": len(body), "tired": _peak() > _TIRED_BYTES}
        said.write(json.dumps(head, ensure_ascii=False).encode() + b"\n" + body)
        said.flush()
    return 0


def answer(file: Path, path: str, watch: Watch) -> tuple[list[Row], list[Row]]:
    """The rows of one file; what cannot be read has a row with the reason, and no requirements."""
    origin = Origin(path, None, None)
    try:
        data = file_bytes(file, watch.limits)
        origin = Origin(path, len(data), hashlib.sha256(data).hexdigest())
        name = file.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return _parts(read_parts(data, name, watch), name, origin)
    except ReadingError as error:
        return [row_of_failure(origin, error)], []
    except MemoryError:
        return [row_of_failure(origin, too_much_memory())], []
    except RecursionError:
        return [row_of_failure(origin, damaged("Dokumentet"))], []
    except Exception as error:  # noqa: BLE001 - one document must never stop the others
        reason = f"Det er en feil i programmet ({type(error).__name__}). Meld fra om dokumentet."
        return [row_of_failure(origin, ReadingError("fault", reason))], []


def _parts(
    parts: Sequence[Document | tuple[str, ReadingError]], name: str, origin: Origin
) -> tuple[list[Row], list[Row]]:
    """Each document that the file carries under a path of its own: `brev.eml/vedlegg.pdf`."""
    from tillitsrom.reading.extract import read_document

    documents: list[Row] = []
    requirements: list[Row] = []
    taken: set[str] = set()
    for part in parts:
        inner = part.name if isinstance(part, Document) else part[0]
        place = replace(origin, path=_free(origin.path + inner.removeprefix(name), taken), file=origin.path)
        if isinstance(part, Document):
            document, found = rows_of(place, read_document(part))
            documents.append(document)
            requirements += found
        else:
            documents.append(row_of_failure(place, part[1]))
    return documents, requirements


def _free(path: str, taken: set[str]) -> str:
    """The path, with a number where another attachment has the same name."""
    number, free = 1, path
    while free in taken:
        number += 1
        free = f"{path} ({number})"
    taken.add(free)
    return free


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
    """The most memory of this process in bytes. What getrusage says may be the parent's, from before this program began."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    sys.exit(main())
