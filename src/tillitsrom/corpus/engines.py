"""Who reads the portions: processes on this machine, or the workers of a Dask cluster. Both give the same rows."""

import contextlib
import importlib
import itertools
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from tillitsrom.corpus.bounded import Read, Reader, Told
from tillitsrom.corpus.inventory import File, reader_mark
from tillitsrom.corpus.rows import Row
from tillitsrom.reading.sources import Limits

Batch = tuple[File, ...]
Keep = Callable[[Read], None]

_LOOK_SECONDS = 0.2
_AHEAD = 3
_CONNECT_SECONDS = 15


class EngineError(Exception):
    """The engine cannot do the work. The message is one line in bokmål: what is wrong and what to do."""


class Engine(Protocol):
    """Reads portions in any order."""

    def read(self, batches: Sequence[Batch], keep: Keep, told: Told) -> None:
        """`keep` gets what each portion gave, also what was done of it when this is interrupted; `told` each file's size."""


class Processes:
    """A process for each worker, on this machine."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self._workers, self._limits = workers, limits

    def read(self, batches: Sequence[Batch], keep: Keep, told: Told) -> None:
        crew = _Crew(batches, self._limits, told, min(self._workers, len(batches)))
        try:
            for _ in batches:
                keep(crew.next())
        finally:
            for read in crew.stop():
                keep(read)


class _Crew:
    """Threads that each drive a reading process."""

    def __init__(self, batches: Sequence[Batch], limits: Limits, told: Told, size: int) -> None:
        self._waiting: queue.SimpleQueue[Batch] = queue.SimpleQueue()
        for batch in batches:
            self._waiting.put(batch)
        self._told = told
        self._done: queue.SimpleQueue[Read | BaseException] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._readers = [Reader(limits) for _ in range(size)]
        self._threads = [threading.Thread(target=self._work, args=(r,), daemon=True) for r in self._readers]
        for thread in self._threads:
            thread.start()

    def next(self) -> Read:
        """The next portion that is done. Looks up often, so that Ctrl-C is heard."""
        while True:
            with contextlib.suppress(queue.Empty):
                found = self._done.get(timeout=_LOOK_SECONDS)
                if isinstance(found, BaseException):
                    raise found
                return found

    def _work(self, reader: Reader) -> None:
        with contextlib.suppress(queue.Empty):
            while not self._stop.is_set():
                batch = self._waiting.get_nowait()
                try:
                    self._done.put(reader.read_all(batch, self._told, self._stop))
                except BaseException as error:  # noqa: BLE001 - told to the one who waits for the answer
                    self._done.put(error)
                    return

    def stop(self) -> list[Read]:
        """End all processes; gives what was done and not yet fetched."""
        self._stop.set()
        for reader in self._readers:
            reader.close()
        for thread in self._threads:
            thread.join(timeout=10)
        left = []
        with contextlib.suppress(queue.Empty):
            while True:
                found = self._done.get_nowait()
                if isinstance(found, Read):
                    left.append(found)
        return left


class Dask:
    """The workers of a Dask cluster: one that runs already at `scheduler`, or one made here for the occasion.

    The folder must lie where every worker sees it under the same name, and every worker must have the same reader.
    """

    def __init__(self, workers: int, limits: Limits, scheduler: str | None, folder: Path) -> None:
        self._workers, self._limits, self._scheduler, self._folder = workers, limits, scheduler, folder

    def read(self, batches: Sequence[Batch], keep: Keep, told: Told) -> None:
        with contextlib.ExitStack() as stack:
            client = self._client(stack)
            self._check(client)
            waiting = iter(batches)
            # Only some portions ahead: neither the scheduler nor we hold the whole corpus in memory.
            ahead = _AHEAD * max(1, sum(client.nthreads().values()))
            first = itertools.islice(waiting, ahead)
            running = _distributed().as_completed([self._submit(client, batch) for batch in first])
            for future in running:
                read = future.result()
                future.release()
                for rows in _by_file(read).values():
                    told(max(row["bytes"] or 0 for row in rows), sum(row["words"] or 0 for row in rows))
                keep(read)
                batch = next(waiting, None)
                if batch is not None:
                    running.add(self._submit(client, batch))

    def _submit(self, client: Any, batch: Batch) -> Any:
        return client.submit(read_here, batch, self._limits, pure=False)

    def _client(self, stack: contextlib.ExitStack) -> Any:
        distributed = _distributed()
        if self._scheduler is None:
            with _deaf_to_ctrl_c():
                cluster = distributed.LocalCluster(
                    n_workers=self._workers,
                    threads_per_worker=1,
                    dashboard_address=None,
                    # What goes wrong with a document comes back as its answer. The workers' own errors are about parting.
                    silence_logs="CRITICAL",
                )
            return stack.enter_context(distributed.Client(stack.enter_context(cluster)))
        try:
            return stack.enter_context(distributed.Client(self._scheduler, timeout=_CONNECT_SECONDS))
        except (OSError, ValueError):
            raise EngineError(
                f"Fikk ikke kontakt med {self._scheduler}. Sjekk at dask scheduler kjører der."
            ) from None

    def _check(self, client: Any) -> None:
        """Does every worker have our reader, and does it see the folder?"""
        said = client.run(whats_here, str(self._folder))
        if not said:
            raise EngineError("Klyngen har ingen arbeidere. Start dem med: dask worker tcp://…")
        for worker, (mark, sees) in sorted(said.items()):
            if mark != reader_mark():
                raise EngineError(
                    f"Arbeideren {worker} har en annen utgave av tillitsrom. Installer samme utgave overalt."
                )
            if not sees:
                raise EngineError(
                    f"Arbeideren {worker} ser ikke mappen {self._folder}. Legg den på et felles filområde."
                )


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that are started within do not hear Ctrl-C: it is we who stop them, and quietly."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _distributed() -> Any:
    """The library, which ships no types and is loaded only by those who use it."""
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise EngineError(
            "Dask er ikke installert. Installer det med: pip install 'tillitsrom[distributed]'"
        ) from None


_own = threading.local()


def read_here(batch: Batch, limits: Limits) -> Read:
    """What a worker of the cluster runs: it drives a reading process of its own, kept for the next portion."""
    kept = getattr(_own, "kept", None)
    if kept is None or kept[0] != limits:
        kept = _own.kept = (limits, Reader(limits))
    read: Read = kept[1].read_all(batch)
    return read


def _by_file(read: Read) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in read.documents:
        found.setdefault(row["file"], []).append(row)
    return found


def whats_here(folder: str) -> tuple[str, bool]:
    """The reader that a worker has, and whether it sees the folder."""
    return reader_mark(), os.path.isdir(folder)
