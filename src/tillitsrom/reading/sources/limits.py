"""How much a document may cost to read, and the watch that keeps to it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from tillitsrom.reading.model import ReadingError

Progress = Callable[[int, int], None]


class OcrMode(StrEnum):
    """When pages are read by text recognition: where they have no text of their own, never, or all of them."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one reading. `max_memory` is kept by the separate process of `isolated` only.

    The seconds of text recognition are counted apart from `max_seconds`: a scanned page takes some seconds however
    small the file is.
    """

    max_bytes: int = 50_000_000
    max_pages: int = 2_000
    max_seconds: float = 120.0
    max_memory: int = 1_500_000_000
    max_unpacked: int = 200_000_000
    max_ratio: int = 200
    max_characters: int = 20_000_000
    max_ocr_pages: int = 300
    max_ocr_page_seconds: float = 30.0
    max_ocr_seconds: float = 900.0


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class Watch:
    """Counts time, pages and characters while a document is read, and stops the reading when a bound is passed."""

    limits: Limits = DEFAULT_LIMITS
    progress: Progress | None = None
    ocr: OcrMode = OcrMode.AUTO
    started: float = field(default_factory=time.monotonic)
    characters: int = 0
    on_slow: Callable[[float], None] | None = None

    def slow_step(self, seconds: float) -> None:
        """Said before a step that takes time of its own, at most so many seconds, so that whoever waits gives it time."""
        if self.on_slow is not None:
            self.on_slow(seconds)

    def took_apart(self, seconds: float) -> None:
        """Said after such a step: its time does not count as the document's."""
        self.started += seconds

    def tick(self) -> None:
        """Called between small steps: has the time run out?"""
        if time.monotonic() - self.started > self.limits.max_seconds:
            raise too_slow(self.limits)

    def took(self, characters: int) -> None:
        """Called with what a step gave."""
        self.characters += characters
        if self.characters > self.limits.max_characters:
            raise ReadingError(
                "too_large", "Dokumentet har for mye tekst. Del det i mindre deler og les én om gangen."
            )

    def page(self, done: int, total: int) -> None:
        """Called when a page is read."""
        self.tick()
        if self.progress is not None:
            self.progress(done, total)


def megabytes(count: int) -> str:
    """A size as people say it."""
    number = count / 1_000_000
    return f"{number:.0f} MB" if number >= 10 else f"{number:.1f} MB".replace(".", ",")


def too_large(limits: Limits) -> ReadingError:
    return ReadingError(
        "too_large",
        f"Filen er for stor. Grensen er {megabytes(limits.max_bytes)}. Del dokumentet, eller ta ut bildene.",
    )


def too_slow(limits: Limits) -> ReadingError:
    return ReadingError(
        "too_slow",
        f"Det tok mer enn {limits.max_seconds:g} sekunder å lese dokumentet. Del det i mindre deler og prøv igjen.",
    )


def too_many_pages(pages: int, limits: Limits) -> ReadingError:
    return ReadingError(
        "too_many_pages",
        f"Dokumentet har {pages} sider, og grensen er {limits.max_pages}. Del det i mindre deler.",
    )


def too_much_memory() -> ReadingError:
    return ReadingError(
        "too_much_memory", "Dokumentet krever for mye minne. Del det i mindre deler, eller lagre det på nytt."
    )


def damaged(what: str) -> ReadingError:
    return ReadingError(
        "damaged", f"{what} er skadet og kan ikke leses. Last den ned eller lagre den på nytt."
    )
