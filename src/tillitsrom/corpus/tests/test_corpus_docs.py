"""What the page about the corpus says is so: the notebook's code runs, and every column and question stands there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tillitsrom.corpus.questions import QUESTIONS
from tillitsrom.corpus.rows import DOCUMENTS, REQUIREMENTS
from tillitsrom.corpus.tests.folder import SOURCES, built, mixed

PAGE = SOURCES.parent / "docs" / "corpus.md"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the documentation is not here")


def test_the_code_for_a_notebook_runs_and_answers(tmp_path: Path) -> None:
    built(mixed(tmp_path / "inn"), tmp_path / "corpus.parquet")
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONUTF8": "1", "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "kommune" in done.stdout
    assert len(re.findall(r"^.+, characters \d+ to \d+: ", done.stdout, re.MULTILINE)) == 3


@pytest.mark.parametrize(("view", "columns"), [("requirements", REQUIREMENTS), ("documents", DOCUMENTS)])
def test_every_column_is_explained(view: str, columns: tuple[str, ...]) -> None:
    table = PAGE.read_text("utf-8").split(f"| column of `{view}` |")[1].split("\n\n")[0]
    named = {
        name
        for row in table.splitlines()
        for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }
    assert named == set(columns)


def test_every_ready_made_question_is_explained() -> None:
    table = PAGE.read_text("utf-8").split("| `--ask` |")[1].split("\n\n")[0]
    assert {
        name for row in table.splitlines()[2:] for name in re.findall(r"`([\w-]+)`", row.split("|")[1])
    } == set(QUESTIONS)
