"""`tillitsrom check`, as the one who writes a letter meets it."""

import json
from pathlib import Path

import pytest

from tillitsrom.reading.check import RULES
from tillitsrom.reading.tests.make import pdf_of
from tillitsrom.reading.tests.test_cli import run

DRAFT = """# Tildelingsbrev 2026 til Kystdirektoratet

## Styringsparametere

- Antall gjennomførte møter med *havnene*
- Andel åpne havner

## Styring

Direktoratet skal rapportere antall vedtak for hver enkelt saksbehandler til departementet hvert kvartal.
"""
GOOD = "# Til Kystdirektoratet\n\n## Styringsparametere\n\n- Andel åpne havner\n"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "utkast.md"
    path.write_text(DRAFT, encoding="utf-8")
    (tmp_path / "godt.md").write_text(GOOD, encoding="utf-8")
    return path


def out(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_each_finding_is_one_line_with_its_place_and_sentence(
    draft: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("check", draft, "--select", "TR103,TR201") == 1
    first, second, last = out(capsys).splitlines()
    assert first.startswith(f"{draft}, linje 5: TR103 advarsel: ")
    assert "«Antall gjennomførte møter med havnene»" in first
    assert second.startswith(f"{draft}, linje 10: TR201 feil: ")
    assert last == "1 feil, 1 advarsel."


def test_nothing_found_is_said_and_is_status_0(draft: Path, capsys: pytest.CaptureFixture[str]):
    assert run("check", draft.parent / "godt.md", "--select", "TR1") == 0
    assert out(capsys) == "Ingen funn.\n"


@pytest.mark.parametrize(
    ("fail_on", "select", "status"),
    [
        ("error", "TR103", 0),
        ("warning", "TR103", 1),
        ("error", "TR201", 1),
        ("never", "TR201", 0),
        ("note", "TR1", 1),
    ],
)
def test_the_status_follows_what_shall_fail(draft: Path, fail_on: str, select: str, status: int):
    assert run("check", draft, "--select", select, "--fail-on", fail_on) == status


def test_what_cannot_be_read_is_status_2_and_the_rest_is_checked(
    draft: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("check", draft, draft.parent / "borte.md") == 2
    captured = capsys.readouterr()
    assert "TR201" in captured.out
    assert "borte.md" in captured.err
    assert run("check", draft, "--previous", "borte.md") == 2
    assert run("check", draft, "--against", "borte.md") == 2
    assert run("check") == 2


def test_the_configuration_beside_the_document_is_used(draft: Path, capsys: pytest.CaptureFixture[str]):
    settings = draft.parent / "tillitsrom.toml"
    settings.write_text('[check]\nselect = ["TR103"]\nfail_on = "error"\n', encoding="utf-8")
    assert run("check", draft) == 0
    assert "TR201" not in out(capsys)
    settings.write_text("[check]\ncap_goals = 'fem'\n", encoding="utf-8")
    assert run("check", draft) == 2
    assert "cap_goals skal være et helt tall" in capsys.readouterr().err
    assert run("check", draft, "--config", draft.parent / "ingen.toml") == 2
    assert run("check", draft, "--select", "TR9") == 2


def test_json_gives_offsets_that_cut_the_quote_out_of_the_file(
    draft: Path, capsys: pytest.CaptureFixture[str]
):
    run("check", draft, "--format", "json")
    whole = json.loads(out(capsys))
    assert whole["counts"]["error"] == 1
    for finding in whole["findings"]:
        assert DRAFT[finding["start"] : finding["end"]] == finding["quote"]


def test_sarif_has_the_shape_of_2_1_0(draft: Path, capsys: pytest.CaptureFixture[str]):
    run("check", draft, "--format", "sarif")
    log = json.loads(out(capsys))
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == [r.code for r in RULES]
    assert all(set(r) >= {"id", "name", "shortDescription", "fullDescription", "help"} for r in rules)
    assert one["columnKind"] == "unicodeCodePoints"
    assert one["results"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (place,) = result["locations"]
        physical = place["physicalLocation"]
        assert physical["artifactLocation"]["uri"].endswith("utkast.md")
        region = physical["region"]
        assert region["charLength"] > 0
        assert 1 <= region["startLine"] <= region["endLine"] <= DRAFT.count("\n") + 1
        assert region["snippet"]["text"] == DRAFT[region["charOffset"] :][: region["charLength"]]


def test_markdown_is_a_table_that_no_quote_breaks(draft: Path, capsys: pytest.CaptureFixture[str]):
    draft.write_text(DRAFT.replace("*havnene*", "havnene `a` [b](c)"), encoding="utf-8")
    target = draft.parent / "funn.md"
    assert run("check", draft, "--select", "TR103", "--format", "markdown", "--output", target) == 1
    row = target.read_text("utf-8").splitlines()[-1]
    assert row.startswith("| linje 5 | TR103 | advarsel | ")
    assert r"\`a\` \[b\](c)" in row


def test_a_pdf_gives_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "utkast.pdf"
    path.write_bytes(pdf_of(DRAFT))
    assert run("check", path, "--select", "TR201") == 1
    assert "side 1: TR201" in out(capsys)
    assert run("check", path, "--select", "TR201", "--format", "sarif") == 1
    (result,) = json.loads(out(capsys))["runs"][0]["results"]
    assert result["properties"]["page"] == 1
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_an_unused_silence_is_told_and_is_no_failure(draft: Path, capsys: pytest.CaptureFixture[str]):
    parts = [
        f'[[check.silence]]\ncode = "TR"\nquote = "{quote}"\nreason = "Avtalt."\n'
        for quote in ("havnene", "saksbehandler", "stikkprøver")
    ]
    draft.with_name("tillitsrom.toml").write_text(
        '[check]\nselect = ["TR103", "TR201"]\n' + "".join(parts), "utf-8"
    )
    assert run("check", draft.name) == 0
    told = capsys.readouterr()
    assert "Ingen funn." in told.out
    assert told.err.count("Ubrukt") == 1
    assert "«stikkprøver» (Avtalt.)" in told.err
