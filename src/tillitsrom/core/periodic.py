"""Work that comes back by the clock: slices say what and how often, the worker does it, and a daily tidying removes what is spent."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Periodic:
    """One piece of work: idempotent, short, and safe to do once too often."""

    name: str
    seconds: float
    work: Callable[[], object]
    next_at: float = field(default=0.0)


WORK: dict[str, Periodic] = {}
TIDIERS: dict[str, Callable[[datetime], int]] = {}


def every(seconds: float, name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Have the worker call a function about this often. The same name twice is a mistake. A decorator."""

    def add(work: Callable[[], object]) -> Callable[[], object]:
        if name in WORK:
            raise ValueError(f"periodic work {name!r} is registered twice")
        WORK[name] = Periodic(name, seconds, work)
        return work

    return add


def tidier(name: str) -> Callable[[Callable[[datetime], int]], Callable[[datetime], int]]:
    """Have the daily tidying call a function with the time now; it answers how many rows it removed. A decorator."""

    def add(tidy: Callable[[datetime], int]) -> Callable[[datetime], int]:
        if name in TIDIERS:
            raise ValueError(f"tidying {name!r} is registered twice")
        TIDIERS[name] = tidy
        return tidy

    return add


def run_due() -> list[str]:
    """Do what is due and answer its names. Trouble with one piece never stops the others; it is tried again next time."""
    done = []
    for one in list(WORK.values()):
        if one.next_at > time.monotonic():
            continue
        one.next_at = time.monotonic() + one.seconds
        try:
            one.work()
        except Exception:
            log.exception("the periodic work %s did not succeed; it is tried again", one.name)
        else:
            done.append(one.name)
    return done


def tidy_all(now: datetime | None = None) -> dict[str, int]:
    """How many rows each slice removed because they had served their purpose."""
    now = now or timezone.now()
    return {name: tidy(now) for name, tidy in TIDIERS.items()}
