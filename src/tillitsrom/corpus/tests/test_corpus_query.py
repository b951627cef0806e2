"""Asking a corpus: the right answers, and nothing but answers, whatever is asked."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tillitsrom import cli
from tillitsrom.corpus.parquet import documents_beside
from tillitsrom.corpus.query import Corpus, QueryError, only_a_question
from tillitsrom.corpus.questions import QUESTIONS
from tillitsrom.corpus.tests.folder import SOURCES, built, letters, mixed, run


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("korpus")
    built(mixed(folder / "inn"), folder / "k.parquet")
    return folder / "k.parquet"


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = 0
    try:
        cli.main(["corpus", *map(str, arguments)])
    except SystemExit as end:
        status = int(end.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    "sql",
    [
        "COPY documents TO '{out}'",
        "COPY (SELECT 1) TO '{corpus}' (FORMAT parquet)",
        "CREATE TABLE x AS SELECT 1",
        "DROP VIEW documents",
        "INSERT INTO documents SELECT * FROM documents",
        "ATTACH '{out}'",
        "SET enable_external_access=true",
        "RESET memory_limit",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPORT DATABASE '{out}'",
        "EXPLAIN ANALYZE COPY documents TO '{out}'",
        "SELECT 1; DROP VIEW documents",
        "SELECT 1; SELECT 2",
        "",
        ";",
        "-- ingenting",
        "PREPARE x AS SELECT 1",
        "CHECKPOINT",
        "VACUUM",
    ],
)
def test_only_one_question_is_let_through(path: Path, tmp_path: Path, sql: str) -> None:
    before = path.read_bytes()
    with pytest.raises(QueryError):
        only_a_question(sql.format(out=tmp_path / "ut", corpus=path))
    assert path.read_bytes() == before
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_blob('{folder}/hemmelig.txt')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('https://fjell.example/x.parquet')",
        "SELECT * FROM read_json('{folder}/*.txt')",
        "SELECT getenv('PATH')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('/etc/passwd')",
        "SELECT * FROM query('COPY documents TO ''{folder}/ut''')",
    ],
)
def test_a_question_reaches_no_file_but_the_corpus(path: Path, tmp_path: Path, sql: str) -> None:
    (tmp_path / "hemmelig.txt").write_text("hemmelig")
    corpus = Corpus(path)
    with pytest.raises(QueryError, match="Spørringen kan ikke kjøres"):
        corpus.rows(only_a_question(sql.format(folder=tmp_path)))
    assert os.listdir(tmp_path) == ["hemmelig.txt"]


def test_even_our_own_questions_cannot_write_or_loosen_the_bounds(path: Path, tmp_path: Path) -> None:
    corpus = Corpus(path)
    before = path.read_bytes(), documents_beside(path).read_bytes()
    for sql in (
        f"COPY documents TO '{tmp_path / 'ut.csv'}'",
        f"COPY (SELECT 1 AS a) TO '{path}' (FORMAT parquet)",
        f"ATTACH '{tmp_path / 'ut.db'}'",
        "SET enable_external_access=true",
        "SET memory_limit='100GB'",
        f"SET allowed_paths=['{tmp_path}']",
    ):
        with pytest.raises(QueryError):
            corpus.rows(sql)
    assert (path.read_bytes(), documents_beside(path).read_bytes()) == before
    assert os.listdir(tmp_path) == []


def test_time_is_bounded(path: Path) -> None:
    with pytest.raises(QueryError, match="tok mer enn"):
        list(
            Corpus(path)
            .ask("SELECT count(*) FROM range(10000000000) a WHERE sin(range) > 2", seconds=0.3)
            .rows
        )


def test_memory_is_bounded(path: Path) -> None:
    corpus = Corpus(path, memory="60MB")
    with pytest.raises(QueryError, match="for mye minne"):
        corpus.rows(
            "SELECT count(*) FROM (SELECT DISTINCT range, range || 'xxxxxxxxxxxxxxxxxxxx' FROM range(50000000))"
        )


def test_a_stopped_question_stops_only_itself(path: Path) -> None:
    corpus = Corpus(path)
    with pytest.raises(QueryError):
        list(corpus.ask("SELECT count(*) FROM range(10000000000) a WHERE sin(range) > 2", seconds=0.1).rows)
    assert corpus.rows("SELECT count(*) FROM documents") == [(9,)]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_ready_made_question_has_an_answer(
    path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    only_a_question(QUESTIONS[name].sql)
    status, out, err = said(capsys, "query", path, "--ask", name)
    assert (status, err) == (0, "")
    assert out.endswith(("rader)\n", "rad)\n"))
    answer = Corpus(path).ask(QUESTIONS[name].sql)
    assert list(answer.rows) or name == "skipped"


def test_counts_of_the_ready_made_questions_add_up(path: Path) -> None:
    corpus = Corpus(path)
    [(counted,)] = corpus.rows("SELECT count(*) FROM requirements WHERE class <> 'authority'")
    for name, column in (
        ("per-class", 1),
        ("per-year", 2),
        ("per-decade", 2),
        ("issuers", 2),
        ("documents", 3),
    ):
        assert sum(row[column] for row in corpus.rows(QUESTIONS[name].sql)) == counted, name
    assert (
        dict(corpus.rows(QUESTIONS["bearers"].sql.replace(", count(DISTINCT path) AS documents", "")))[
            "kommune"
        ]
        >= 2
    )


def test_the_three_forms_say_the_same(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT path, words, title FROM documents ORDER BY path"
    _, table, _ = said(capsys, "query", path, sql)
    _, text, _ = said(capsys, "query", path, sql, "--format", "csv")
    _, lines, _ = said(capsys, "query", path, sql, "--format", "json")
    objects = [json.loads(line) for line in lines.splitlines()]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["path"] for row in rows] == [one["path"] for one in objects]
    assert [int(row["words"]) for row in rows] == [one["words"] for one in objects]
    assert all(one["path"] in table for one in objects)
    assert table.endswith("(9 rader)\n")


def test_no_cell_is_an_order_to_a_spreadsheet_or_a_terminal(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "SELECT '=1+1' AS a, chr(27) || '[31mrødt' AS b, 'to' || chr(10) || 'linjer' AS c"
    _, text, _ = said(capsys, "query", path, sql, "--format", "csv")
    assert text.splitlines()[1].startswith("'=1+1;")
    _, table, _ = said(capsys, "query", path, sql)
    assert "\x1b" not in table
    assert len(table.splitlines()) == 4


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_line_of_a_table_is_wider_than_the_terminal(
    path: Path, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    status, table, _ = said(capsys, "query", path, "SELECT * FROM requirements")
    assert status == 0
    assert all(len(line) <= columns for line in table.splitlines()[:-1])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["SELECT nei FROM documents"], 'Referenced column "nei" not found'),
        (["SELEKT 1"], "syntax error"),
        (["DELETE FROM documents"], "kan bare leses"),
        (["--ask", "noe annet"], "per-class"),
        ([], "per-class"),
        (["SELECT 1", "--ask", "per-class"], "Oppgi enten SQL eller --ask"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(
    path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    status, out, err = said(capsys, "query", path, *arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_what_is_no_corpus_is_said(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Fant ikke borte.parquet" in said(capsys, "query", tmp_path / "borte.parquet", "SELECT 1")[2]
    half = tmp_path / "halv.parquet"
    shutil.copy(path, half)
    assert "Fant ikke halv.documents.parquet" in said(capsys, "info", half)[2]
    documents_beside(half).write_bytes(b"PAR1 tull PAR1")
    status, _, err = said(capsys, "info", half)
    assert status == 2
    assert "kan ikke" in err


def test_two_files_that_do_not_belong_together_are_noticed(path: Path, tmp_path: Path) -> None:
    built(letters(tmp_path / "andre", 2), tmp_path / "andre.parquet")
    shutil.copy(path, tmp_path / "andre.parquet")
    with pytest.raises(QueryError, match="hører ikke sammen"):
        Corpus(tmp_path / "andre.parquet")


def test_info_says_what_is_there(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "info", path)
    assert status == 0
    assert "Dokumenter   9" in out
    assert "År           1998–2026" in out
    assert "requirements: path, sha256, number, class" in out


def test_the_command_builds_tells_what_it_skipped_and_answers(tmp_path: Path) -> None:
    folder, corpus = letters(tmp_path / "inn", 3), tmp_path / "k.parquet"
    (folder / "tom\n.md").write_text("")
    status, out, err = run("build", folder, "--out", corpus, "--workers", "1")
    assert (status, out) == (1, "")
    assert "Hoppet over tom�.md: " in err
    assert f"Skrev {corpus}: 4 dokumenter" in err
    assert "1 fil kunne ikke leses" in err
    status, out, _ = run("query", corpus, "SELECT count(*) AS n FROM documents", "--format", "csv")
    assert (status, out.splitlines()) == (0, ["n", "4"])


def test_the_command_starts_without_the_reader_and_the_database() -> None:
    program = (
        "import sys\nfrom tillitsrom import cli\ntry:\n    cli.main(['corpus', '--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'duckdb', 'distributed', 'tillitsrom.reading.model'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(SOURCES), "PYTHONUTF8": "1"},
    )
    assert done.stdout.endswith("[]\n")
    for name in ("build", "query", "info"):
        assert f"\n  {name} " in done.stdout
