"""The command, as an analyst meets it."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tillitsrom import cli
from tillitsrom.reading import report
from tillitsrom.reading.model import Document, Reading, Requirement, RequirementClass, SourceKind
from tillitsrom.reading.tests.make import LETTER, pdf_of

pytest.importorskip("tillitsrom.reading.extract")


def run(*arguments: str | Path) -> int:
    try:
        cli.main([str(a) for a in arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brev.md"
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "skadet.pdf"
    path.write_bytes(b"%PDF-1.7\nikke mer")
    return path


def test_a_letter_becomes_a_table_with_totals(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", letter) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("brev.md")
    assert "Klasse" in out
    assert "2026-10-01" in out
    assert "Sum krav" in out
    assert "felles varslingssystem" in " ".join(out.split())


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    letter: Path, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run("read", letter) == 0
    assert run("compare", letter, letter) == 0
    out = capsys.readouterr().out
    assert max(len(line) for line in out.splitlines()) <= columns


def test_json_lines_carry_everything_and_the_offsets_are_true(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", letter, "--format", "jsonl") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(records) > 8
    for record in records:
        assert tuple(record) == report.FIELDS
        assert record["doc"] == "brev.md"
        assert LETTER[record["start"] : record["end"]] == record["quote"]
        assert RequirementClass(record["class"])


def test_a_pdf_has_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "brev.pdf"
    path.write_bytes(pdf_of(LETTER))
    assert run("read", path, "--format", "jsonl") == 0
    assert {json.loads(line)["page"] for line in capsys.readouterr().out.splitlines()} <= {1, 2}


def test_one_bad_file_does_not_stop_the_others(
    letter: Path, broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", broken, letter, tmp_path, tmp_path / "borte.docx", "--format", "jsonl") == 2
    out, err = capsys.readouterr()
    assert out.count("\n") > 8
    lines = err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(f"tillitsrom: {broken}: PDF-en er skadet")
    assert "Traceback" not in err


@pytest.mark.parametrize("program", ["raise ValueError('feil')", "import os; os.abort()"])
def test_a_process_that_breaks_is_one_line(
    program: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brev.pdf"
    path.write_bytes(pdf_of(LETTER))
    monkeypatch.setattr("tillitsrom.reading.isolated._COMMAND", ("-c", program))
    assert run("read", path) == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_a_fault_of_our_own_is_one_line(
    letter: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tillitsrom.reading.extract.read_document", lambda document: 1 / 0)
    assert run("read", letter) == 2
    err = capsys.readouterr().err
    assert "ZeroDivisionError" in err
    assert err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
@pytest.mark.parametrize("ending", [b"md", b"pdf"])
def test_a_name_in_another_character_set_is_no_trouble(
    ending: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/br\xe9v." + ending))
    path.write_bytes(pdf_of(LETTER) if ending == b"pdf" else LETTER.encode())
    assert run("read", path, "--format", "jsonl") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["doc"].startswith("br\ufffdv.")
    assert run("read", path.with_suffix(".docx")) == 2


def test_several_documents_have_a_total_of_all(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", letter, letter) == 0
    assert "i 2 dokumenter" in capsys.readouterr().out


def test_csv_opens_in_a_spreadsheet(letter: Path, tmp_path: Path) -> None:
    target = tmp_path / "krav.csv"
    assert run("read", letter, "--format", "csv", "--output", target) == 0
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) > 8
    assert tuple(rows[0]) == report.FIELDS


def test_xlsx_has_a_sheet_of_requirements_and_one_of_totals(letter: Path, tmp_path: Path) -> None:
    target = tmp_path / "krav.xlsx"
    assert run("read", letter, "--format", "xlsx", "-o", target) == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Krav", "Antall"]
    rows = list(book["Krav"].values)
    assert rows[0][:3] == ("Dokument", "Klasse", "Frist")
    assert len(rows) - 1 == book["Antall"]["I2"].value + sum(row[1] == "Fullmakt" for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+47 22", "-5 prosent", "@sum(a1)", " =cmd", "\t=1"])
def test_nothing_in_a_document_becomes_a_formula(text: str) -> None:
    reading = reading_of(text)
    row = next(csv.DictReader(io.StringIO(report.csv_of([reading])), delimiter=";"))
    assert row["quote"] == "'" + text
    book = openpyxl.load_workbook(io.BytesIO(report.workbook([reading])))
    column = [heading.value for heading in book["Krav"][1]].index("Setning")
    cell = book["Krav"][2][column]
    assert cell.data_type == "s"
    assert str(cell.value).strip() == text.strip()


def test_plain_text_is_left_alone_in_csv() -> None:
    row = next(csv.DictReader(io.StringIO(report.csv_of([reading_of('Skal; «si» "fra"')])), delimiter=";"))
    assert row["quote"] == 'Skal; «si» "fra"'


def test_a_document_cannot_give_the_terminal_orders() -> None:
    lines = "\n".join(report.table(reading_of("Direktoratet \x1b[31mskal\x07 \u202erapportere"), 80))
    assert "\x1b" not in lines
    assert "\x07" not in lines
    assert "\u202e" not in lines
    assert "skal rapportere" in lines


def reading_of(text: str) -> Reading:
    found = Requirement(0, len(text), text, RequirementClass.ACTIVITY, "test", 0.5)
    return Reading(Document("brev.md", SourceKind.MARKDOWN, text), None, None, (found,))


def test_a_file_that_cannot_be_written_is_one_line(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", letter, "-o", letter.parent / "finnes-ikke" / "ut.txt") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_two_years_are_compared(letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newer = tmp_path / "nytt.md"
    newer.write_text(
        LETTER.replace("2026", "2027").replace("- Flere barn lærer å ferdes trygt i fjellet\n", ""),
        encoding="utf-8",
    )
    assert run("compare", letter, newer) == 0
    out = capsys.readouterr().out
    assert "brev.md  →  nytt.md" in out
    assert "1 færre krav enn før" in out
    assert "Borte (1)" in out
    assert run("compare", letter, newer, "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["net"], said["counts"]["gone"], said["counts"]["new"]) == (-1, 1, 0)
    assert run("compare", letter, newer, "--format", "csv") == 0
    assert capsys.readouterr().out.startswith("group;change;similarity;moved;old_class;")


def test_a_shift_from_goals_to_tasks_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "a.md", tmp_path / "b.md"
    old.write_text(
        "# Tildelingsbrev til Fjelldirektoratet for 2026\n\n## Mål\n\n- Færre skader i fjellet\n- Flere barn på tur\n",
        encoding="utf-8",
    )
    new.write_text(
        "# Tildelingsbrev til Fjelldirektoratet for 2026\n\n## Mål\n\n- Færre skader i fjellet\n\n## Oppdrag\n\n### Oppdrag 2026-01 Merking\n\nFjelldirektoratet skal merke stiene. "
        "Direktoratet skal kjøpe nye skilt. Direktoratet skal lage et kart over broene.\n",
        encoding="utf-8",
    )
    assert run("compare", old, new) == 0
    assert "Advarsel: Målene ble færre" in capsys.readouterr().out


def test_comparing_with_a_bad_file_ends_with_two(
    letter: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", letter, broken) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read"], "Oppgi minst én fil"),
        (["read", "--format", "pdf", "x"], "Velg blant: table, jsonl, csv, xlsx"),
        (["read", "--finnes-ikke", "x"], "--finnes-ikke finnes ikke"),
        (["les"], "Velg blant: read, compare, check, corpus, serve, demo, manage"),
        (["compare", "en.md"], "mangler"),
    ],
)
def test_a_slip_on_the_command_line_is_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_help_is_in_norwegian(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["read", "--help"], ["compare", "--help"], []):
        assert run(*arguments) == 0
        out = capsys.readouterr().out
        assert out.startswith("Bruk: tillitsrom")
        for word in ("Usage", "Options", "Commands", "Show this"):
            assert word not in out


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("tillitsrom 0.")


@pytest.mark.parametrize("command", ["serve", "demo", "manage"])
def test_without_the_server_it_is_said_how_to_get_it(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert run(command) == 2
    assert "pip install 'tillitsrom[server]'" in capsys.readouterr().err


def test_the_servers_commands_get_their_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", seen.append)
    for arguments in (
        ["serve", "--port", "9000"],
        ["demo", "--help"],
        ["manage", "migrate", "--plan"],
        ["manage"],
    ):
        assert run(*arguments) == 0
    assert seen == [
        ["tillitsrom", "serve", "--port", "9000"],
        ["tillitsrom", "demo", "--help"],
        ["tillitsrom", "migrate", "--plan"],
        ["tillitsrom", "help"],
    ]


def test_starting_loads_nothing_heavy() -> None:
    heavy = "{'django', 'lxml', 'pypdfium2', 'openpyxl', 'tillitsrom.reading.extract'}"
    program = f"import sys, tillitsrom.cli; print(sorted({heavy} & set(sys.modules)))"
    source = Path(cli.__file__).parents[1]
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(source)},
    )
    assert ended.stdout.strip() == "[]"


def test_a_reader_that_has_seen_enough_is_no_error(letter: Path) -> None:
    source = Path(cli.__file__).parents[1]
    program = f"{sys.executable} -m tillitsrom.cli read {' '.join([str(letter)] * 60)} | head -1"
    ended = subprocess.run(
        ["/bin/sh", "-c", program], capture_output=True, text=True, env={"PYTHONPATH": str(source)}
    )
    assert ended.stdout.startswith("brev.md")
    assert ended.stderr == ""
