"""Asks a corpus in SQL. What is asked may only read the two tables: no files, no network, bounded memory, threads and time."""

import contextlib
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tillitsrom.corpus.parquet import documents_beside

if TYPE_CHECKING:
    import duckdb

MEMORY = "512MB"
THREADS = 2
SECONDS = 60.0
_AT_ONCE = 1_000
_FIRST_LINES = re.compile(r"\n\s*\n|\nLINE \d+:")


class QueryError(Exception):
    """A question that cannot be answered, or a corpus that cannot be opened. The message is for the one who asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, and the rows as they come."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


class Corpus:
    """A corpus that is open for questions: the views `requirements` and `documents`.

    May be shared by threads: each question is asked by a cursor of its own.
    """

    def __init__(self, path: Path, *, memory: str = MEMORY, threads: int = THREADS) -> None:
        self.path, self.documents = path.resolve(), documents_beside(path.resolve())
        for file in (self.path, self.documents):
            if not file.is_file():
                raise QueryError(
                    f"Fant ikke {file.name}. Bygg korpuset med: tillitsrom corpus build MAPPE --out {path.name}"
                )
        self._database = _opened(self.path, self.documents, memory, threads)
        self.marks = self._marks()

    def ask(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = (), *, seconds: float = SECONDS
    ) -> Answer:
        """Answer a question of our own, or one that `only_a_question` let through; QueryError says what is wrong."""
        import duckdb

        cursor = self._database.cursor()
        watch = threading.Timer(seconds, cursor.interrupt)
        watch.daemon = True
        watch.start()
        try:
            cursor.execute(sql, parameters or None)
            columns = [column[0] for column in cursor.description or ()]
        except duckdb.Error as error:
            watch.cancel()
            raise _as_query_error(error, seconds) from None
        return Answer(columns, _rows(cursor, watch, seconds))

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of the answer at once, where there are few."""
        return list(self.ask(sql, parameters).rows)

    def close(self) -> None:
        self._database.close()

    def _marks(self) -> dict[str, str]:
        """What both files say of how they were made; QueryError where they do not belong together."""
        found: list[dict[str, str]] = []
        for file in (self.path, self.documents):
            rows = self.rows("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(file)])
            found.append({key: value for key, value in rows if key in ("corpus", "reader", "tillitsrom")})
        if found[0] != found[1] or "corpus" not in found[0]:
            raise QueryError(
                f"{self.path.name} og {self.documents.name} hører ikke sammen. Bygg korpuset på nytt."
            )
        return found[0]


def only_a_question(sql: str) -> str:
    """The same text where it is one SELECT (or DESCRIBE, SUMMARIZE, FROM …); QueryError where it is anything else."""
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise _as_query_error(error, 0) from None
    if len(statements) != 1:
        raise QueryError("Still ett spørsmål om gangen, for eksempel: SELECT count(*) FROM requirements")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise QueryError(
            "Korpuset kan bare leses. Begynn spørringen med SELECT, WITH, FROM, DESCRIBE eller SUMMARIZE."
        )
    return sql


def _opened(path: Path, documents: Path, memory: str, threads: int) -> "duckdb.DuckDBPyConnection":
    try:
        import duckdb
    except ImportError:
        raise QueryError(
            "DuckDB er ikke installert. Installer det med: pip install 'tillitsrom[corpus]'"
        ) from None
    database = duckdb.connect(config={"temp_directory": "", "autoinstall_known_extensions": False})
    files = {"requirements": path, "documents": documents}
    allowed = ", ".join(_quoted(file) for file in files.values())
    try:
        database.execute(f"SET memory_limit={_quoted(memory)}")
        database.execute(f"SET threads={int(threads)}")
        database.execute(f"SET allowed_paths=[{allowed}]")
        database.execute("SET enable_external_access=false")
        for view, file in files.items():
            database.execute(f"CREATE VIEW {view} AS SELECT * FROM read_parquet({_quoted(file)})")  # noqa: S608 - quoted
        database.execute("SET lock_configuration=true")
    except duckdb.Error as error:
        database.close()
        raise QueryError(f"{path.name} kan ikke åpnes. Bygg korpuset på nytt. ({_short(error)})") from None
    return database


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _rows(cursor: Any, watch: threading.Timer, seconds: float) -> Iterator[tuple[Any, ...]]:
    import duckdb

    try:
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows
    except duckdb.Error as error:
        raise _as_query_error(error, seconds) from None
    finally:
        watch.cancel()
        with contextlib.suppress(Exception):
            cursor.close()


def _as_query_error(error: "duckdb.Error", seconds: float) -> QueryError:
    import duckdb

    if isinstance(error, duckdb.InterruptException):
        return QueryError(
            f"Svaret tok mer enn {seconds:g} sekunder. Spør om mindre, for eksempel med WHERE eller LIMIT."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return QueryError("Svaret krever for mye minne. Spør om mindre, for eksempel med WHERE eller LIMIT.")
    return QueryError(f"Spørringen kan ikke kjøres. {_short(error)}")


def _short(error: BaseException) -> str:
    """What DuckDB says, without the copy of the question that it adds, on one line."""
    return " ".join(_FIRST_LINES.split(str(error))[0].split())
