"""`tillitsrom corpus build | query | info`: what the commands do, once click has read the options."""

import os
import shutil
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from tillitsrom.corpus.build import BuildError, Built, build, parts_beside
from tillitsrom.corpus.engines import Dask, Engine, EngineError, Processes
from tillitsrom.corpus.progress import clock, number
from tillitsrom.corpus.query import Corpus, QueryError, only_a_question
from tillitsrom.reading.sources import DEFAULT_LIMITS

SKIPPED = 1
FAILED = 2
STOPPED = 130
_LISTED = 20
_PIPED_WIDTH = 120


def run_build(
    folder: str,
    corpus: str,
    engine: str,
    scheduler: str | None,
    workers: int | None,
    seconds: int | None,
    *,
    keep: bool,
) -> None:
    """Build, and end with a status that says how it went: 0, 1 when files were skipped, 2 or 130."""
    _need_duckdb()
    limits = DEFAULT_LIMITS if seconds is None else replace(DEFAULT_LIMITS, max_seconds=float(seconds))
    crew = workers or _cores()
    source, out = Path(folder).resolve(), Path(corpus).absolute()
    reads: Engine = Processes(crew, limits)
    if engine == "dask" or scheduler is not None:
        reads = Dask(crew, limits, scheduler, source)
    signal.signal(signal.SIGTERM, _stop)
    started = time.monotonic()
    try:
        built = build(source, out, reads, out=sys.stderr, keep=keep)
    except (BuildError, EngineError) as error:
        _complain(str(error))
        raise SystemExit(FAILED) from None
    except KeyboardInterrupt:
        done = (
            "Det som er lest, er tatt vare på i "
            if parts_beside(out).is_dir()
            else "Ingenting er skrevet til "
        )
        _complain(
            f"Stoppet. {done}{parts_beside(out).name}. Kjør den samme kommandoen igjen for å fortsette."
        )
        raise SystemExit(STOPPED) from None
    _sum_up(built, corpus, time.monotonic() - started)
    if built.skipped:
        raise SystemExit(SKIPPED)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _cores() -> int:
    """The processors that we may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sum_up(built: Built, corpus: str, seconds: float) -> None:
    for row in built.skipped[:_LISTED]:
        _complain(f"Hoppet over {_printable(str(row['path']))}: {row['reason']}")
    if len(built.skipped) > _LISTED:
        more = number(len(built.skipped) - _LISTED)
        _complain(f"… og {more} til. Se alle: tillitsrom corpus query {corpus} --ask skipped")
    lost = len(built.skipped)
    skipped = f" {_several(lost, 'fil', 'filer')} kunne ikke leses." if lost else ""
    click.echo(
        f"Skrev {corpus}: {_several(built.documents, 'dokument', 'dokumenter')}, {number(built.words)} ord, "
        f"{number(built.requirements)} krav, på {clock(seconds)}.{skipped}",
        err=True,
    )


def _several(count: int, one: str, more: str) -> str:
    return f"{number(count)} {one if count == 1 else more}"


def run_query(corpus: str, sql: str | None, ask: str | None, form: str, seconds: int) -> None:
    """Answer one question; what is wrong is said in one line, and the status is 2."""
    from tillitsrom.corpus.answers import FORMATS
    from tillitsrom.corpus.questions import QUESTIONS

    if (sql is None) == (ask is None) or ask not in (None, *QUESTIONS):
        _complain("Oppgi enten SQL eller --ask med ett av disse:")
        for name, question in QUESTIONS.items():
            click.echo(f"  {name:<12}{question.tells}", err=True)
        raise SystemExit(FAILED)
    _need_duckdb()
    try:
        text = QUESTIONS[ask].sql if ask is not None else only_a_question(str(sql))
        answer = _open(corpus).ask(text, seconds=seconds)
        for line in FORMATS[form](answer, _width()):
            click.echo(line)
    except QueryError as error:
        _complain(str(error))
        raise SystemExit(FAILED) from None


def run_info(corpus: str) -> None:
    """What is in the corpus, what made it, and the columns that may be asked for."""
    _need_duckdb()
    try:
        opened = _open(corpus)
        for line in info_lines(opened):
            click.echo(line)
    except QueryError as error:
        _complain(str(error))
        raise SystemExit(FAILED) from None


def info_lines(corpus: Corpus) -> list[str]:
    """The facts, one a line."""
    [(documents, words, skipped, first, last)] = corpus.rows(
        "SELECT count(*), sum(words), count(error), min(year), max(year) FROM documents"
    )
    [(requirements, authorities)] = corpus.rows(
        "SELECT count(*) FILTER (counted), count(*) FILTER (NOT counted) FROM requirements"
    )
    size = corpus.path.stat().st_size + corpus.documents.stat().st_size
    lines = [
        f"Dokumenter   {number(documents)}",
        f"Hoppet over  {number(skipped)}",
        f"Ord          {number(words or 0)}",
        f"Krav         {number(requirements)}",
        f"Fullmakter   {number(authorities)} (telles ikke)",
        f"År           {first}–{last}" if first else "År           ukjent",
        f"Størrelse    {size / 1_000_000:.1f} MB",
        f"Laget med    tillitsrom {corpus.marks.get('tillitsrom')}, leser {corpus.marks.get('reader')}",
    ]
    for view in ("requirements", "documents"):
        columns = ", ".join(row[0] for row in corpus.rows(f"DESCRIBE {view}"))
        lines.append(f"{view}: {columns}")
    return lines


def _open(corpus: str) -> Corpus:
    return Corpus(Path(corpus))


def _need_duckdb() -> None:
    from importlib.util import find_spec

    if find_spec("duckdb") is None:
        _complain("Korpus trenger DuckDB. Installer det med: pip install 'tillitsrom[corpus]'")
        raise SystemExit(FAILED)


def _width() -> int:
    return shutil.get_terminal_size((80 if sys.stdout.isatty() else _PIPED_WIDTH, 24)).columns


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)


def _complain(message: str) -> None:
    click.echo(f"tillitsrom: {message}", err=True)
