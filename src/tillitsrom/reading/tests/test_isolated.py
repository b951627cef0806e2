"""Reading in a process of its own: the same answer, and a clear one whatever becomes of the process."""

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from tillitsrom.reading import isolated
from tillitsrom.reading.isolated import read_isolated
from tillitsrom.reading.model import (
    Document,
    Page,
    Reading,
    ReadingError,
    Requirement,
    RequirementClass,
    SourceKind,
)
from tillitsrom.reading.sources import Limits, read_source
from tillitsrom.reading.tests.make import LETTER, pdf_of
from tillitsrom.reading.wire import pack, unpack


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brev.pdf"
    path.write_bytes(
        pdf_of(LETTER + "\n## 6. Mer\n\n" + "\n\n".join(f"Direktoratet skal ta sak {n}." for n in range(60)))
    )
    return path


@pytest.fixture(autouse=True)
def _no_process_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    started: list[subprocess.Popen[bytes]] = []
    start = isolated._started

    def noted(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        started.append(start(complaints))
        return started[-1]

    monkeypatch.setattr(isolated, "_started", noted)
    yield
    assert all(process.returncode is not None for process in started)


def pretend(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let the process do something else than reading."""
    monkeypatch.setattr(isolated, "_COMMAND", ("-c", program))


def test_a_reading_survives_the_way_there_and_back() -> None:
    document = Document("brev.pdf", SourceKind.PDF, "Æ skal 😀.\n", (Page(1, 0, 5), Page(2, 5, 11)), "Brev")
    found = Requirement(
        2, 6, "skal", RequirementClass.GOAL, "regel", 0.75, "2026-06", "TB2026-1", 1, "Mål", "Etat"
    )
    reading = Reading(document, "Etat", 2026, (found, replace(found, deadline=None, page=None, heading=None)))
    assert unpack(pack(reading)) == reading


def test_the_answer_is_the_same_as_here(letter: Path) -> None:
    extract = pytest.importorskip("tillitsrom.reading.extract")
    seen: list[tuple[int, int]] = []
    reading = read_isolated(letter, progress=lambda done, total: seen.append((done, total)))
    assert reading == extract.read_document(read_source(letter))
    assert reading.requirements
    pages = len(reading.document.pages)
    assert pages >= 2
    assert seen == [(n, pages) for n in range(1, pages + 1)]


def test_the_name_its_owner_knows_is_the_one_that_counts(tmp_path: Path) -> None:
    pytest.importorskip("tillitsrom.reading.extract")
    stored = tmp_path / "0f3a"
    stored.write_text("Direktoratet skal rapportere.", encoding="utf-8")
    assert read_isolated(stored, name="brev.md").document.name == "brev.md"


def test_a_bad_file_gives_its_own_reason(tmp_path: Path) -> None:
    path = tmp_path / "brev.pdf"
    path.write_bytes(b"%PDF-1.7\nikke mer")
    with pytest.raises(ReadingError) as caught:
        read_isolated(path)
    assert caught.value.code == "damaged"


def test_what_is_not_there_never_starts_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "raise SystemExit(1)")
    with pytest.raises(ReadingError) as caught:
        read_isolated(tmp_path / "borte.pdf")
    assert caught.value.code == "not_found"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_much_memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("raise ValueError('noe gikk galt')", "damaged"),
        ("print('ikke json')", "damaged"),
        ("pass", "damaged"),
    ],
)
def test_a_process_that_dies_is_explained(
    letter: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: str
) -> None:
    pretend(monkeypatch, program)
    with pytest.raises(ReadingError) as caught:
        read_isolated(letter)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "program", ["import time; time.sleep(60)", "while True: pass", "import sys\nwhile True: print('{}')"]
)
def test_a_process_that_never_answers_is_stopped(
    letter: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    pretend(monkeypatch, program)
    monkeypatch.setattr(isolated, "_GRACE", 0.2)
    started = time.monotonic()
    with pytest.raises(ReadingError) as caught:
        read_isolated(letter, Limits(max_seconds=0.3))
    assert caught.value.code == "too_slow"
    assert time.monotonic() - started < 5


@pytest.mark.skipif(os.name != "posix", reason="the operating system keeps the memory")
def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "brev.txt"
    path.write_text("Direktoratet skal rapportere om saken. " * 1_000_000, encoding="utf-8")
    with pytest.raises(ReadingError) as caught:
        read_isolated(path, Limits(max_memory=150_000_000, max_characters=10**9))
    assert caught.value.code == "too_much_memory"


def test_nothing_of_our_own_environment_goes_along(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    report = "import os, json; print(json.dumps({'error': ['damaged', ' '.join(sorted(os.environ))]}))"
    pretend(monkeypatch, report)
    with pytest.raises(ReadingError) as caught:
        read_isolated(letter)
    assert "PYTHONPATH" in str(caught.value)
    assert "SECRET_KEY" not in str(caught.value)
