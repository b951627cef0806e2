"""The command compare: several documents, many years, and each form it can be given in."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tillitsrom.reading.tests.test_cli import run

HEAD = "# Tildelingsbrev til Fjelldirektoratet for {year}\n\n## Oppgaver\n\n"
WHOLE = "Fjelldirektoratet skal utrede nye satser for bostøtte og lage en veileder om sykkelparkering for kommunene."
PARTS = (
    "Fjelldirektoratet skal utrede nye satser for bostøtte.\n\n"
    "Fjelldirektoratet skal lage en veileder om sykkelparkering for kommunene."
)
OTHER = "Fjelldirektoratet skal føre tilsyn med alle heiser i fjellet."


@pytest.fixture
def years(tmp_path: Path) -> list[Path]:
    """Three years: one requirement is split in the second, and one is reworded in the third."""
    bodies = {
        2024: f"{WHOLE}\n\n{OTHER}\n",
        2025: f"{PARTS}\n\n{OTHER}\n",
        2026: f"{PARTS}\n\n{OTHER.replace('alle heiser', 'alle nye heiser')}\n",
    }
    found = []
    for year, body in bodies.items():
        path = tmp_path / f"{year}.md"
        path.write_text(HEAD.format(year=year) + body, encoding="utf-8")
        found.append(path)
    return found


def test_a_split_is_told_in_every_form(
    years: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", *years[:2]) == 0
    assert "Delt i flere (1)" in capsys.readouterr().out
    assert run("compare", *years[:2], "--format", "markdown") == 0
    said = capsys.readouterr().out
    assert "## Delt i flere (1)" in said
    assert "  - Nå: " in said
    assert run("compare", *years[:2], "--format", "json") == 0
    split = [row for row in json.loads(capsys.readouterr().out)["pairs"] if row["change"] == "split"]
    assert len(split) == 2
    assert len({row["group"] for row in split}) == 1
    target = tmp_path / "endringer.xlsx"
    assert run("compare", *years[:2], "--format", "xlsx", "-o", target) == 0
    sheet = load_workbook(io.BytesIO(target.read_bytes()))["Endringer"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)].count("Delt i flere") == 2


def test_what_was_reworded_is_marked_word_by_word(
    years: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", *years[1:]) == 0
    assert "{+nye +}heiser" in capsys.readouterr().out
    assert run("compare", *years[1:], "--format", "json") == 0
    (row,) = [row for row in json.loads(capsys.readouterr().out)["pairs"] if row["change"] == "reworded"]
    assert ["new", "nye "] in row["difference"]


def test_more_than_two_years_are_followed(years: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", *years) == 0
    assert capsys.readouterr().out.count("siden 2024, omformulert én gang") == 3
    assert run("compare", *years, "--format", "json") == 0
    assert {one["since"] for one in json.loads(capsys.readouterr().out)} == {2024}
    for form, start in (("csv", "class;since;reworded"), ("markdown", "| Klasse | Siden |")):
        assert run("compare", *years, "--format", form) == 0
        assert capsys.readouterr().out.startswith(start)


def test_several_documents_of_one_year_need_another(
    years: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    for copy in copies:
        copy.write_text(years[0].read_text(encoding="utf-8"), encoding="utf-8")
    assert run("compare", *copies) == 2
    assert "samme år" in capsys.readouterr().err
    assert run("compare", years[0], years[1], copies[0]) == 0
