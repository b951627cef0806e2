"""A cluster of two workers gives the very file that one machine gives."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tillitsrom.corpus.build import parts_beside
from tillitsrom.corpus.tests.folder import SOURCES, both_files, built, letters, mixed, run, started

pytest.importorskip("distributed")
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(SOURCES),
    "PYTHONUTF8": "1",
    "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = mixed(tmp_path_factory.mktemp("delt") / "inn")
    (folder / "skadet.pdf").write_bytes(b"%PDF-1.7\nikke mer")
    return folder


def test_two_local_workers_give_the_identical_file(folder: Path, tmp_path: Path) -> None:
    built(folder, tmp_path / "her.parquet")
    status, _, err = run(
        "build", folder, "--out", tmp_path / "der.parquet", "--engine", "dask", "--workers", "2"
    )
    assert status == 1, err
    assert "1 fil kunne ikke leses" in err
    assert both_files(tmp_path / "der.parquet") == both_files(tmp_path / "her.parquet")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A scheduler and two workers that run already, as on machines of their own."""

    def dask(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env=ENVIRONMENT,
            start_new_session=True,
        )

    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
    assert scheduler.stderr is not None
    address = next(m[0] for line in scheduler.stderr if (m := re.search(r"tcp://127\.0\.0\.1:\d+", line)))
    workers = [dask("worker", address, "--nthreads", "1", "--no-dashboard") for _ in range(2)]
    for worker in workers:
        assert worker.stderr is not None
        assert any("Registered to" in line for line in worker.stderr)
    yield address
    for process in (*workers, scheduler):
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_a_running_cluster_gives_the_identical_file(folder: Path, tmp_path: Path, cluster: str) -> None:
    built(folder, tmp_path / "her.parquet")
    status, _, err = run("build", folder, "--out", tmp_path / "der.parquet", "--scheduler", cluster)
    assert status == 1, err
    assert both_files(tmp_path / "der.parquet") == both_files(tmp_path / "her.parquet")


def test_a_cluster_that_does_not_answer_is_said_in_a_line(folder: Path, tmp_path: Path) -> None:
    status, _, err = run("build", folder, "--out", tmp_path / "k.parquet", "--scheduler", "ikke en adresse")
    assert status == 2
    assert "Fikk ikke kontakt med ikke en adresse" in err
    assert "Traceback" not in err


def test_ctrl_c_stops_the_cluster_quietly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder, corpus = letters(tmp_path / "inn", 120, times=20), tmp_path / "k.parquet"
    process = started(
        "build", folder, "--out", corpus, "--engine", "dask", "--workers", "2", new_session=True
    )
    until = time.monotonic() + 90
    while not list(parts_beside(corpus).glob("*.documents.jsonl")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    # As a terminal does: to everyone in the group.
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    made = built(folder, corpus)
    assert 0 < made.known < made.documents == 120
