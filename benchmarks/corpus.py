"""How long it takes to build a corpus of all laws and regulations, what it needs, and how fast it answers.

    .venv/bin/python -m benchmarks.corpus
    TILLITSROM_SHARED=/path/to/shared .venv/bin/python -m benchmarks.corpus --without-dask
    .venv/bin/python -m benchmarks.corpus --folder documents/

Prints machine facts; time, words per second and the peak memory of all processes together; what a build that was killed
with `kill -9` half-way had kept, and that the next one gave the identical file; the same for two local Dask workers; the
time of each ready-made question and of the insight page. The exit status tells whether the targets are reached.
"""

import argparse
import contextlib
import os
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading import ROOT, machine

from tillitsrom.corpus.parquet import documents_beside
from tillitsrom.corpus.query import Corpus
from tillitsrom.corpus.questions import QUESTIONS

MOST_SECONDS = 60.0
MOST_MEGABYTES = 1000.0
MOST_ANSWER = 1.0
ROUNDS = 5
KILLED_AT = 0.4
PAGES = (
    "/innsikt/korpus/",
    "/innsikt/korpus/?q=rapport",
    "/innsikt/korpus/?bearer=kommune",
    "/innsikt/korpus/krav/?q=rapport&page=3",
    "/innsikt/korpus/krav/?class=reporting&bearer=kommune",
)


@dataclass(frozen=True)
class Run:
    """One run of the command to its end."""

    seconds: float
    processor: float
    megabytes: float

    def show(self, what: str, words: int) -> None:
        print(
            f"{what}: {self.seconds:.1f} s, {words / self.seconds:,.0f} words/s, {self.processor:.0f} s of processor time, "
            f"{self.megabytes:.0f} MB at the peak"
        )


class Memory:
    """The resident memory of a process and all that it has started, looked at many times a second."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.peak = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self.peak = max(self.peak, sum(map(resident, family(self._pid))) / 1e6)

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self.peak


def family(pid: int) -> Iterator[int]:
    """The process and its descendants."""
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def resident(pid: int) -> int:
    """Bytes of a process in memory; pages that several processes share count once for each."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tillitsrom.cli", "corpus", *map(str, arguments)]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )


def run(*arguments: str | Path) -> Run:
    begun, used = time.perf_counter(), processor()
    process = started(*arguments)
    memory = Memory(process.pid)
    _, said = process.communicate()
    seconds = time.perf_counter() - begun
    if process.returncode not in (0, 1):
        raise SystemExit(said)
    return Run(seconds, processor() - used, memory.stop())


def processor() -> float:
    """Seconds that ended children, and theirs, have had of the processors. Those that were killed late are not in it."""
    times = os.times()
    return times.children_user + times.children_system


def same(one: Path, other: Path) -> bool:
    return all(
        a.read_bytes() == b.read_bytes()
        for a, b in ((one, other), (documents_beside(one), documents_beside(other)))
    )


def killed_and_resumed(folder: Path, corpus: Path, whole: Path, documents: int) -> bool:
    """Kill a build half-way, go on, and compare with what a build in one go gave."""
    process = started("build", folder, "--out", corpus)
    parts = corpus.with_name(f"{corpus.name}.parts")
    while process.poll() is None and kept(parts) < KILLED_AT * documents:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    before = {file: file.stat().st_mtime_ns for file in parts.glob("*.jsonl")}
    held = kept(parts)
    again = started("build", folder, "--out", corpus, "--keep-parts")
    begun = time.perf_counter()
    _, said = again.communicate()
    match = re.search(r"Fortsetter: ([\d ]+) av", said)
    known = int(match[1].replace(" ", "")) if match else 0
    untouched = all(file.stat().st_mtime_ns == when for file, when in before.items())
    identical = same(corpus, whole)
    print(
        f"Killed with kill -9 when {held:,} of {documents:,} documents were kept; the next run took over {known:,}, read the "
        f"rest in {time.perf_counter() - begun:.1f} s, wrote no finished part again: {untouched}, identical file: {identical}"
    )
    return untouched and identical and known == held > 0


def kept(parts: Path) -> int:
    return sum(file.read_bytes().count(b"\n") for file in parts.glob("*.documents.jsonl"))


def answers(path: Path) -> float:
    """The median time of each ready-made question over all of it; gives the longest."""
    corpus = Corpus(path)
    longest = 0.0
    print("\nReady-made questions, median milliseconds:")
    for name, question in QUESTIONS.items():
        middle = timed(lambda sql=question.sql: corpus.rows(sql))  # type: ignore[misc]
        longest = max(longest, middle)
        print(f"  {name:<12}{1000 * middle:>7.0f}")
    corpus.close()
    begun = time.perf_counter()
    run("query", path, "--ask", "bearers", "--format", "csv")
    print(f"The whole command `tillitsrom corpus query`: {1000 * (time.perf_counter() - begun):.0f} ms")
    return longest


def timed(call: "object") -> float:
    """The median of some rounds in seconds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        call()  # type: ignore[operator]
        rounds.append(time.perf_counter() - begun)
    return statistics.median(rounds)


def pages(path: Path) -> float:
    """The median time of each insight page, made by the web application here; gives the longest."""
    os.environ.update(TILLITSROM_CORPUS=str(path), DJANGO_SETTINGS_MODULE="tillitsrom.settings.test")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    client, longest = Client(), 0.0
    print("\nInsight pages, median milliseconds:")
    for address in PAGES:
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not answer")
        middle = timed(lambda address=address: client.get(address))  # type: ignore[misc]
        longest = max(longest, middle)
        print(f"  {address:<56}{1000 * middle:>7.0f}")
    return longest


def unpacked(room: Path) -> Path:
    """The laws and regulations, in a folder that is thrown away."""
    archive = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data" / "laws.tar.xz"
    if not archive.exists():
        raise SystemExit(
            f"{archive} is not there. Set TILLITSROM_SHARED to the folder that holds data/laws.tar.xz."
        )
    with tarfile.open(archive) as packed:
        packed.extractall(room / "laws", filter="data")
    return room / "laws"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path, help="other documents than the laws")
    parser.add_argument("--without-dask", action="store_true", help="leave out the run on two Dask workers")
    chosen = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="corpus-") as room_name:
        room = Path(room_name)
        folder = (chosen.folder or unpacked(room)).resolve()
        whole = room / "whole.parquet"
        built = run("build", folder, "--out", whole)
        corpus = Corpus(whole)
        [(documents, words, skipped)] = corpus.rows(
            "SELECT count(*), sum(words), count(error) FROM documents"
        )
        [(requirements,)] = corpus.rows("SELECT count(*) FROM requirements WHERE counted")
        corpus.close()
        size = (whole.stat().st_size + documents_beside(whole).stat().st_size) / 1e6
        print(
            f"{documents:,} documents, {words:,} words, {skipped:,} skipped → {requirements:,} requirements, {size:.1f} MB\n"
        )
        built.show("Built in processes", words)
        reached = [built.seconds < MOST_SECONDS, built.megabytes < MOST_MEGABYTES]
        reached.append(killed_and_resumed(folder, room / "killed.parquet", whole, documents))
        if not chosen.without_dask:
            other = room / "dask.parquet"
            run("build", folder, "--out", other, "--engine", "dask", "--workers", "2").show(
                "On two Dask workers", words
            )
            print(f"Identical file: {same(other, whole)}")
            reached.append(same(other, whole))
        reached += [answers(whole) < MOST_ANSWER, pages(whole) < MOST_ANSWER]
    print(
        f"\nTargets: < {MOST_SECONDS:.0f} s, < {MOST_MEGABYTES:.0f} MB, identical files, answers < {MOST_ANSWER:g} s ",
        end="",
    )
    print("reached" if all(reached) else "MISSED")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
