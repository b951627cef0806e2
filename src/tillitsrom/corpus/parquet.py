"""Writes the two tables. The same rows give the same bytes, whoever read them and in whatever order they came."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tillitsrom.corpus.journal import name, put
from tillitsrom.corpus.rows import DOCUMENTS, FOUND, FROM_DOCUMENT

# One thread, one order, fixed row groups: what DuckDB writes then depends on the rows alone.
_SETTINGS = ("SET threads=1", "SET memory_limit='400MB'", "SET preserve_insertion_order=true")
_COPY = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440"


def documents_beside(corpus: Path) -> Path:
    """Where the table of documents lies: beside the corpus, named after it."""
    return corpus.with_name(f"{corpus.stem}.documents{corpus.suffix}")


def write(
    corpus: Path,
    documents: Sequence[Mapping[str, Any]],
    requirement_files: Sequence[str],
    marks: Mapping[str, str],
    room: Path,
) -> None:
    """Write both files whole, the documents first. `room` is a folder for what is made on the way."""
    import duckdb

    ordered = sorted(documents, key=lambda row: str(row["path"]))
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered).encode()
    put(room / "all.jsonl", lines)
    # Both files carry the mark of what they were made from, so that one is never read with another's documents.
    marks = {**marks, "corpus": hashlib.sha256(lines).hexdigest()[:16]}
    with duckdb.connect(config={"temp_directory": str(room / "temp")}) as database:
        for setting in _SETTINGS:
            database.execute(setting)
        _load(database, room, requirement_files)
        _copy(database, "SELECT * FROM documents ORDER BY path", documents_beside(corpus), marks)
        columns = ", ".join(f'f."{column}"' for column in FOUND)
        told = ", ".join(f'd."{column}"' for column in FROM_DOCUMENT)
        found = f"SELECT {columns}, {told} FROM found f JOIN documents d USING (path, sha256) ORDER BY f.path, f.number"  # noqa: S608 - our own names
        _copy(database, found, corpus, marks)


def _load(database: Any, room: Path, requirement_files: Sequence[str]) -> None:
    reads = "read_json(?, format='newline_delimited', columns={columns}, maximum_object_size=100000000)"
    database.execute(
        f"CREATE TABLE documents AS SELECT * FROM {reads.format(columns=_struct(DOCUMENTS))}",  # noqa: S608 - our own names
        [[str(room / "all.jsonl")]],
    )
    if not requirement_files:
        columns = ", ".join(f'"{column}" {kind}' for column, kind in FOUND.items())
        database.execute(f"CREATE TABLE found ({columns})")
        return
    listed = ", ".join(_quoted(file) for file in requirement_files)
    database.execute(
        f"CREATE VIEW found AS SELECT * FROM {reads.format(columns=_struct(FOUND)).replace('?', f'[{listed}]')}"  # noqa: S608 - quoted above
    )


def _struct(columns: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items()) + "}"


def _copy(database: Any, query: str, to: Path, marks: Mapping[str, str]) -> None:
    fresh = to.with_name(f".{to.name}.new")
    kept = ", ".join(f"{key}: {_quoted(value)}" for key, value in sorted(marks.items()))
    database.execute(f"COPY ({query}) TO {_quoted(str(fresh))} ({_COPY}, KV_METADATA {{{kept}}})")
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    name(fresh, to)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
