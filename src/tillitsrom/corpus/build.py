"""Builds a corpus: what is there, what is done already, read the rest, write the tables."""

import concurrent.futures
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import tillitsrom
from tillitsrom.corpus import parquet
from tillitsrom.corpus.bounded import Read
from tillitsrom.corpus.engines import Engine
from tillitsrom.corpus.inventory import File, batches, files_in, reader_mark, sha256_of
from tillitsrom.corpus.journal import BusyError, Journal
from tillitsrom.corpus.progress import Progress, number
from tillitsrom.corpus.rows import Origin, Row, row_of_failure
from tillitsrom.reading.model import ReadingError

_HASHERS = 4


class BuildError(Exception):
    """The corpus cannot be built. The message is one line in bokmål: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave. `skipped` are the documents that could not be read; `known` were done before this run."""

    documents: int
    known: int
    words: int
    requirements: int
    skipped: tuple[Mapping[str, Any], ...]


def parts_beside(corpus: Path) -> Path:
    """Where the journal lies while the corpus is built."""
    return corpus.with_name(f"{corpus.name}.parts")


def build(folder: Path, corpus: Path, engine: Engine, *, out: TextIO, keep: bool = False) -> Built:
    """Read everything in the folder into `corpus` and the table of documents beside it.

    What an earlier, interrupted build has read of unchanged files is taken from its journal. `keep` leaves the journal
    for the next build, which then reads only what is new. KeyboardInterrupt goes through when what is done is safe.
    """
    _check(folder, corpus)
    parts = parts_beside(corpus)
    leave_out = (corpus, parquet.documents_beside(corpus), parts)
    try:
        with Journal(parts, reader_mark()) as journal:
            files = files_in(folder, leave_out)
            if not files:
                raise BuildError(f"Fant ingen filer i {folder}. Sjekk navnet på mappen.")
            done, rest = _done(files, journal)
            if done:
                out.write(
                    f"Fortsetter: {number(len(done))} av {number(len(files))} dokumenter er lest fra før.\n"
                )
            rows = [*done, *_read(rest, journal, engine, out)]
            _all_there(files, rows)
            marks = {"tillitsrom": tillitsrom.__version__, "reader": reader_mark()}
            parquet.write(corpus, rows, journal.requirement_files(), marks, parts)
            if not keep:
                journal.remove()
    except BusyError:
        raise BuildError(f"En annen bygging skriver til {corpus.name} nå. Vent til den er ferdig.") from None
    except OSError as error:
        raise BuildError(
            f"Kan ikke skrive {corpus} ({error.strerror}). Sjekk plass og rettigheter."
        ) from None
    return Built(
        documents=len(rows),
        known=len(done),
        words=sum(row["words"] or 0 for row in rows),
        requirements=sum(row["requirements"] or 0 for row in rows),
        skipped=tuple(sorted((row for row in rows if row["error"]), key=lambda row: str(row["path"]))),
    )


def _check(folder: Path, corpus: Path) -> None:
    if not folder.is_dir():
        raise BuildError(f"{folder} er ikke en mappe. Oppgi mappen med dokumentene.")
    if corpus.suffix != ".parquet":
        raise BuildError("Korpuset må hete noe på .parquet, for eksempel: --out korpus.parquet")
    if not corpus.parent.is_dir():
        raise BuildError(f"Mappen {corpus.parent} finnes ikke. Lag den først.")


def _done(files: Sequence[File], journal: Journal) -> tuple[list[Row], list[File]]:
    """The rows of files that are read and unchanged since, by their hash; and the files that are left to read."""
    finished = journal.finished()
    paths = {path for path, _ in finished}
    maybe = [file for file in files if file.path in paths and not file.linked]
    with concurrent.futures.ThreadPoolExecutor(_HASHERS) as pool:
        hashes = dict(zip((f.path for f in maybe), pool.map(lambda f: sha256_of(f.file), maybe), strict=True))
    done: list[Row] = []
    rest: list[File] = []
    for file in files:
        rows = finished.get((file.path, hashes.get(file.path) or ""))
        if rows is None:
            rest.append(file)
        else:
            done += rows
    return done, rest


def _read(files: Sequence[File], journal: Journal, engine: Engine, out: TextIO) -> list[Row]:
    """The rows of what is read now; each portion is in the journal before the next is waited for."""
    rows = [_link(file) for file in files if file.linked]
    plain = [file for file in files if not file.linked]
    if not plain:
        return rows
    progress = Progress(out, len(plain), sum(file.size for file in plain))

    def keep(read: Read) -> None:
        journal.add(read)
        rows.extend(read.documents)

    with _closing(progress.end):
        engine.read(batches(plain), keep, progress.told)
    return rows


def _all_there(files: Sequence[File], rows: Sequence[Mapping[str, Any]]) -> None:
    """Every file has its rows, and each document one, whatever the engine did."""
    if {row["file"] for row in rows} != {file.path for file in files} or len(
        {row["path"] for row in rows}
    ) != len(rows):
        raise BuildError(
            "Ikke alle dokumentene kom tilbake fra arbeiderne. Kjør kommandoen på nytt for å fortsette."
        )


def _link(file: File) -> Row:
    reason = "Dette er en lenke til en fil. Legg selve filen i mappen."
    return row_of_failure(Origin(file.path, None, None), ReadingError("link", reason))


@contextlib.contextmanager
def _closing(end: Callable[[], None]) -> Any:
    try:
        yield
    finally:
        end()
