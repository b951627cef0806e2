"""The corpus that the settings name, opened once in each process and anew when its file is replaced."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tillitsrom.corpus.parquet import documents_beside
from tillitsrom.corpus.query import Corpus, QueryError

logger = logging.getLogger(__name__)

# Each web process keeps within this beside its own memory.
MEMORY = "256MB"
THREADS = 2

Key = tuple[str, tuple[int, ...]]


@dataclass(slots=True)
class _Kept:
    key: Key | None = None
    corpus: Corpus | None = None


_kept = _Kept()
_lock = threading.Lock()


def is_configured() -> bool:
    """Whether this installation has a corpus to show."""
    return bool(settings.CORPUS)


def the_corpus() -> Corpus | None:
    """The corpus, or None where it cannot be opened now; why stands in the log."""
    path = Path(settings.CORPUS)
    try:
        key = _key(path)
        with _lock:
            if _kept.corpus is None or _kept.key != key:
                # The old one is let go of when the last answer that uses it is given.
                _kept.corpus, _kept.key = Corpus(path, memory=MEMORY, threads=THREADS), key
            return _kept.corpus
    except (OSError, QueryError) as error:
        logger.error("The corpus %s cannot be opened: %s", path, error)
        return None


def _key(path: Path) -> Key:
    states = [file.stat() for file in (path, documents_beside(path))]
    return str(path), tuple(n for s in states for n in (s.st_ino, s.st_size, s.st_mtime_ns))
