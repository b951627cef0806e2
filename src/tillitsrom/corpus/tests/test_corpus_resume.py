"""A build that is stopped or killed goes on where it was: nothing is lost, and nothing that was finished is done again."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tillitsrom.corpus import journal as journals
from tillitsrom.corpus.build import parts_beside
from tillitsrom.corpus.query import Corpus
from tillitsrom.corpus.tests.folder import both_files, built, letters, run, started

COUNT = 160


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return letters(tmp_path_factory.mktemp("stor"), COUNT, times=20)


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    corpus = tmp_path_factory.mktemp("hel") / "k.parquet"
    built(folder, corpus)
    return both_files(corpus)


def finished(corpus: Path) -> dict[str, tuple[int, int, bytes]]:
    """The parts that are whole: inode, time and bytes, so that a part that was written again would show."""
    found = {}
    for part in parts_beside(corpus).glob("*.documents.jsonl"):
        for file in (part, part.with_name(part.name.replace("documents", "requirements"))):
            status = file.stat()
            found[file.name] = (status.st_ino, status.st_mtime_ns, file.read_bytes())
    return found


def wait_for_parts(corpus: Path, process: subprocess.Popen[str], count: int) -> None:
    until = time.monotonic() + 60
    while len(list(parts_beside(corpus).glob("*.documents.jsonl"))) < count:
        assert process.poll() is None, "it was finished before it could be stopped"
        assert time.monotonic() < until
        time.sleep(0.005)


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    return [int(c) for task in tasks.iterdir() for c in (task / "children").read_text().split()]


def kept_and_known(corpus: Path, folder: Path) -> tuple[int, int]:
    """How many documents the parts hold, and how many the next build takes from them."""
    parts = finished(corpus)
    held = sum(data.count(b"\n") for name, (_, _, data) in parts.items() if "documents" in name)
    made = built(folder, corpus, keep=True)
    after = finished(corpus)
    assert {name: after[name] for name in parts} == parts
    return held, made.known


def test_after_kill_9_the_next_run_goes_on_and_the_file_is_the_same(
    folder: Path, whole: tuple[bytes, bytes], tmp_path: Path
) -> None:
    corpus = tmp_path / "k.parquet"
    process = started("build", folder, "--out", corpus, "--workers", "2")
    wait_for_parts(corpus, process, 2)
    readers = children_of(process.pid)
    process.kill()
    process.communicate()
    assert len(readers) == 2
    # A reader whose build is gone ends by itself.
    until = time.monotonic() + 20
    while any(
        Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in readers
    ):
        assert time.monotonic() < until
        time.sleep(0.02)
    assert not corpus.exists()
    held, known = kept_and_known(corpus, folder)
    assert 0 < held == known < COUNT
    assert both_files(corpus) == whole


def test_killed_again_and_again_it_comes_to_its_end(
    folder: Path, whole: tuple[bytes, bytes], tmp_path: Path
) -> None:
    corpus = tmp_path / "k.parquet"
    for parts in (1, 3, 5):
        process = started("build", folder, "--out", corpus, "--workers", "1")
        wait_for_parts(corpus, process, parts)
        process.kill()
        process.communicate()
    status, _, err = run("build", folder, "--out", corpus)
    assert status == 0
    assert "Fortsetter:" in err
    assert both_files(corpus) == whole
    assert not parts_beside(corpus).exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_keeps_what_is_read_and_says_how_to_go_on(
    folder: Path, whole: tuple[bytes, bytes], tmp_path: Path, number: signal.Signals
) -> None:
    corpus = tmp_path / "k.parquet"
    process = started("build", folder, "--out", corpus, "--workers", "2")
    wait_for_parts(corpus, process, 1)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Kjør den samme kommandoen igjen for å fortsette." in err
    assert "Traceback" not in err
    held, known = kept_and_known(corpus, folder)
    assert 0 < held == known < COUNT
    assert both_files(corpus) == whole


def test_a_file_that_was_changed_since_is_read_again_and_nothing_else_is(tmp_path: Path) -> None:
    folder, corpus = letters(tmp_path / "inn", 6), tmp_path / "k.parquet"
    built(folder, corpus, keep=True)
    changed = folder / "brev-0002.md"
    status = changed.stat()
    text = changed.read_text("utf-8").replace("Fjelldirektoratet", "Fjelltilsynet0000")
    changed.write_text(text, "utf-8")
    # Neither size nor time tells: the content does.
    os.utime(changed, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert changed.stat().st_size == status.st_size
    (folder / "brev-0003.md").unlink()
    (folder / "nytt.md").write_text("Direktoratet skal rydde stien.\n" * 5, "utf-8")
    made = built(folder, corpus, keep=True)
    assert (made.documents, made.known) == (6, 4)
    built(folder, tmp_path / "frisk.parquet")
    assert both_files(corpus) == both_files(tmp_path / "frisk.parquet")
    # And back again: what was read of it first is still known.
    changed.write_text(text.replace("Fjelltilsynet0000", "Fjelldirektoratet"), "utf-8")
    assert built(folder, corpus, keep=True).known == 6


def test_what_other_rules_found_is_not_mixed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, corpus = letters(tmp_path / "inn", 3), tmp_path / "k.parquet"
    built(folder, corpus, keep=True)
    monkeypatch.setattr("tillitsrom.corpus.build.reader_mark", lambda: "andre regler")
    assert built(folder, corpus, keep=True).known == 0


def test_half_a_part_is_no_part(tmp_path: Path) -> None:
    folder, corpus = letters(tmp_path / "inn", 3), tmp_path / "k.parquet"
    built(folder, corpus, keep=True)
    first = both_files(corpus)
    parts = parts_beside(corpus)
    [whole] = parts.glob("*.documents.jsonl")
    whole.rename(parts / f"{whole.name}.new")
    (parts / "000009.requirements.jsonl").write_text('{"path": "brev-0000')
    assert built(folder, corpus, keep=True).known == 0
    assert both_files(corpus) == first


def test_what_may_go_better_another_time_is_tried_again(tmp_path: Path) -> None:
    folder, corpus = letters(tmp_path / "inn", 2), tmp_path / "k.parquet"
    status, _, err = run("build", folder, "--out", corpus, "--keep-parts")
    assert status == 0, err
    [part] = parts_beside(corpus).glob("*.documents.jsonl")
    assert "too_slow" in journals.AGAIN
    # As if both had been too slow the last time.
    part.write_text(part.read_text("utf-8").replace('"error": null', '"error": "too_slow"'), "utf-8")
    for file in parts_beside(corpus).glob("*.requirements.jsonl"):
        file.write_bytes(b"")
    made = built(folder, corpus)
    assert (made.known, made.skipped) == (0, ())
    assert Corpus(corpus).rows("SELECT count(*) > 0 FROM requirements") == [(True,)]
