"""Files for the command line: read at arm's length, with progress on a terminal and a word about what is worth knowing."""

import logging
import sys
import time
from pathlib import Path

import click

from tillitsrom.reading.isolated import Refused, read_isolated, read_parts_isolated
from tillitsrom.reading.model import Reading
from tillitsrom.reading.sources import OcrMode, read_source

_SHORT = 1_000_000
_LONG = 20
_SOON = 1.0
_BAR = 20


def _own_name(path: Path) -> str:
    """A name in another character set than the terminal's can be opened, but not written."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_file(path: Path, ocr: str = "auto") -> Reading:
    """Short text is read here; what is long or needs a parser is read in a process of its own."""
    name = _own_name(path)
    if path.suffix.lower() in (".md", ".markdown", ".txt", ".text") and _is_short(path):
        from tillitsrom.reading.extract import read_document

        return read_document(read_source(path, name=name))
    _quiet()
    with _Progress(name) as progress:
        reading = read_isolated(path, progress=progress.show, name=name, ocr=OcrMode(ocr))
    _tell(reading)
    return reading


def read_mail(path: Path, ocr: str) -> tuple[list[Reading], list[Refused]]:
    """The attachments of an e-mail, and its own text when that has requirements or is all there is."""
    _quiet()
    name = _own_name(path)
    with _Progress(name) as progress:
        readings, refused = read_parts_isolated(path, progress=progress.show, name=name, ocr=OcrMode(ocr))
    if len(readings) > 1 and readings[0].document.name == name and not readings[0].requirements:
        readings = readings[1:]
    for reading in readings:
        _tell(reading)
    return readings, refused


def _quiet() -> None:
    """What a broken process said is for the log of a server; here the reason is one line."""
    logging.getLogger("tillitsrom").addHandler(logging.NullHandler())


def _tell(reading: Reading) -> None:
    """What the reader thinks a person should know about the document."""
    for notice in reading.document.notices:
        click.echo(f"tillitsrom: {reading.document.name}: Merk: {notice.message}", err=True)


class _Progress:
    """A line on a terminal's standard error that says which page is being read, for long or slow documents only."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = time.monotonic()
        self._shown = False

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)

    def show(self, done: int, total: int) -> None:
        slow = total > 1 and time.monotonic() - self._began > _SOON
        if sys.stderr.isatty() and (total >= _LONG or slow):
            self._shown = True
            filled = done * _BAR // max(total, 1)
            bar = "█" * filled + "░" * (_BAR - filled)
            click.echo(f"\r\033[K{bar} Side {done} av {total} er lest", nl=False, err=True)


def _is_short(path: Path) -> bool:
    return path.is_file() and path.stat().st_size < _SHORT
