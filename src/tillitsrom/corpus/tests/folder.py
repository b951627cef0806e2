"""Folders of documents made for the tests, all in our own words."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TextIO

from tillitsrom.corpus.build import Built, build
from tillitsrom.corpus.engines import Processes
from tillitsrom.corpus.parquet import documents_beside
from tillitsrom.reading.sources import DEFAULT_LIMITS
from tillitsrom.reading.tests.make import LETTER

LAW = """---
tittel: "Lov om trygg ferdsel i fjellet (fjellferdselslova)"
korttittel: "Fjellferdselslova"
refid: "lov/1998-04-03-12"
departement: "Fjelldepartementet"
rettsomrade: "Friluftsliv>Ferdsel"
---

# Lov om trygg ferdsel i fjellet (fjellferdselslova)

## Kapittel 1. Alminnelige bestemmelser

### § 1. Kommunens plikter

Kommunen skal merke stier som er åpne for allmennheten.

Kommunen skal hvert år rapportere til statsforvalteren om skader på merkede stier innen 1. mars.

### § 2. Forbud

Kommunen må ikke fjerne merker fra en åpen sti.
"""
SOURCES = Path(__file__).resolve().parents[3]


def letters(folder: Path, count: int, times: int = 1) -> Path:
    """A folder with so many letters, each as long as so many ordinary ones, none like another."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        (folder / f"brev-{n:04}.md").write_text(LETTER * times + f"\nBrev nummer {n}.\n", "utf-8")
    return folder


def mixed(folder: Path) -> Path:
    """Letters in two folders, and a law."""
    letters(folder / "brev", 5)
    letters(folder / "eldre brev", 3)
    (folder / "lover").mkdir()
    (folder / "lover" / "fjell.md").write_text(LAW, "utf-8")
    return folder


def built(
    folder: Path, corpus: Path, workers: int = 2, out: TextIO | None = None, *, keep: bool = False
) -> Built:
    """The corpus of a folder, built here."""
    return build(folder, corpus, Processes(workers, DEFAULT_LIMITS), out=out or sys.stderr, keep=keep)


def both_files(corpus: Path) -> tuple[bytes, bytes]:
    """The bytes of the two files of a corpus."""
    return corpus.read_bytes(), documents_beside(corpus).read_bytes()


def started(*arguments: str | Path, new_session: bool = False) -> subprocess.Popen[str]:
    """The command as a process of its own, with its complaints in a pipe."""
    return subprocess.Popen(
        [sys.executable, "-m", "tillitsrom.cli", "corpus", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=new_session,
        env={**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONUTF8": "1"},
    )


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """The same to its end: status, what it said, what it complained about."""
    process = started(*arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err
