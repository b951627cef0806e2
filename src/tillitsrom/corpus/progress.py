"""How far a build has come: one line that is written over on a terminal, a new line now and then in a log."""

import threading
import time
from typing import TextIO

_BAR = 24
_TERMINAL_SECONDS = 0.2
_LOG_SECONDS = 10.0


class Progress:
    """Counts documents, bytes and words. `told` may be called from any thread."""

    def __init__(self, out: TextIO, documents: int, size: int) -> None:
        self._out, self._documents, self._size = out, documents, size
        self._terminal = out.isatty()
        self._lock = threading.Lock()
        self._started = self._shown = time.monotonic()
        self.done = self.words = self._bytes = 0

    def told(self, size: int, words: int) -> None:
        """A file is done: its bytes and words."""
        with self._lock:
            self.done += 1
            self.words += words
            self._bytes += size
            now = time.monotonic()
            if now - self._shown >= (_TERMINAL_SECONDS if self._terminal else _LOG_SECONDS):
                self._shown = now
                self._say(self.line(now - self._started))

    def line(self, seconds: float) -> str:
        """The bar, how many documents, the speed, and how long is left at this speed."""
        share = min(1.0, self._bytes / self._size) if self._size else 1.0
        full = round(share * _BAR)
        left = seconds / share - seconds if share else 0.0
        return (
            f"{'█' * full}{'░' * (_BAR - full)} {share:4.0%}  {number(self.done)} av {number(self._documents)}"
            f"  {number(self.words / seconds if seconds else 0)} ord/s  {clock(left)} igjen"
        )

    def end(self) -> None:
        """Leave the terminal's line clean for what is said next."""
        if self._terminal:
            self._out.write("\r\033[K")
            self._out.flush()

    def _say(self, line: str) -> None:
        self._out.write(f"\r\033[K{line}" if self._terminal else f"{line}\n")
        self._out.flush()


def number(value: float) -> str:
    """Groups of three with a space between, as Norwegians write numbers."""
    return f"{value:,.0f}".replace(",", " ")


def clock(seconds: float) -> str:
    """Minutes and seconds, or hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
