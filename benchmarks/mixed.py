"""Mixed traffic at a steady rate against a real server: is every request answered, and how fast?

    .venv/bin/python -m benchmarks.mixed                       50 requests a second for ten minutes, on a PostgreSQL of its own
    .venv/bin/python -m benchmarks.mixed --seconds 60 --rate 50 --rows 20000

Starts a PostgreSQL cluster (from the machine's own packages), fills it with signals, serves it with two workers, and asks for a
mix of public pages, pages of people who are logged in, and sending of signals, each at its time whether or not the last has been
answered. Prints errors, the rate that was kept, and p50, p95 and p99 per kind. Ends with 1 where anything failed.
"""

import argparse
import os
import queue
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

from benchmarks.signals import Browser, text_of
from benchmarks.web import machine, server, status_of
from tools import postgres

CLIENTS = 24
# So many that nobody sends more in ten minutes than one person may in an hour.
PEOPLE = 96
MIX: dict[str, int] = {
    "/": 10, "/krav/": 8, "/krav/?q=rapportering": 4, "/tid-gitt-tilbake/": 8, "/innsikt/": 4, "/om/": 4, "/avtaler/": 4,
    "desk": 14, "signals": 16, "form": 12, "send": 12, "notices": 4,
}  # fmt: skip


class Traffic:
    """What was asked and how it went."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.lock = threading.Lock()
        self.people: queue.SimpleQueue[Person] = queue.SimpleQueue()

    def log_in(self, number: int) -> None:
        self.people.put(Person(self.port, number * 37 % 1900))

    def ask(self, kind: str, due: float) -> None:
        try:
            self.one(kind)
        except (SystemExit, OSError) as error:
            with self.lock:
                self.errors.append(f"{kind}: {error}")
            return
        with self.lock:
            self.times[kind].append((time.perf_counter() - due) * 1000)

    def one(self, kind: str) -> None:
        if kind.startswith("/"):
            if (status := status_of(self.port, kind)) != 200:
                raise OSError(f"answered {status}")
            return
        person = self.people.get()
        try:
            person.does(kind)
        finally:
            self.people.put(person)


class Person:
    """Somebody who is logged in, and the form that lies open."""

    def __init__(self, port: int, number: int) -> None:
        self.browser = Browser(port, f"p{number}@kommune.example")
        self.page = self.browser.get("/meld/")

    def does(self, kind: str) -> None:
        if kind == "form":
            self.page = self.browser.get("/meld/")
        elif kind == "send":
            self.send()
        else:
            self.browser.get({"desk": "/", "signals": "/meldinger/", "notices": "/varsler/"}[kind])

    def send(self) -> None:
        key = re.search(r'name="key" value="([^"]+)"', self.page)
        place = re.search(r'name="organisation" value="([^"]+)"', self.page)
        if key is None or place is None:
            raise OSError("the form did not come")
        number = random.randrange(10**6)  # noqa: S311 - a text, not a secret
        data = {
            "key": f"{key[1]}", "organisation": place[1], "what": text_of(number), "occasions": 3, "period": "week",
            "span": 1, "way": "open" if number % 4 else "confidential",
        }  # fmt: skip
        self.browser.post("/meld/", data, self.page)
        self.page = self.browser.get("/meld/")


def run(port: int, rate: float, seconds: float) -> bool:
    traffic, chooser = Traffic(port), random.Random(7)  # noqa: S311 - the same mix every time
    kinds, weights = list(MIX), list(MIX.values())
    # Everybody logs in first: a wave of passwords is not what is measured.
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(traffic.log_in, range(PEOPLE)))
        begun, asked = time.perf_counter(), 0
        while (due := begun + asked / rate) < begun + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            pool.submit(traffic.ask, chooser.choices(kinds, weights)[0], due)
            asked += 1
        pool.shutdown(wait=True)
    took = time.perf_counter() - begun
    print(f"{asked} requests in {took:.0f} s: {asked / took:.1f} a second; errors: {len(traffic.errors)}")
    for error in traffic.errors[:5]:
        print(f"  {error[:200]}")
    everything = sorted(t for times in traffic.times.values() for t in times)
    for kind, times in [*sorted(traffic.times.items()), ("ALL", everything)]:
        ordered = sorted(times)
        cuts = [ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in (0.95, 0.99)]
        print(
            f"  {kind:24} {len(times):>6}  p50 {statistics.median(times):7.1f}  p95 {cuts[0]:7.1f}  p99 {cuts[1]:7.1f} ms"
        )
    return not traffic.errors and asked / took > rate * 0.95


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    print(machine())
    with postgres.cluster() as url, tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tillitsrom.settings.local",
            "TILLITSROM_VAR": folder,
            "PYTHONPATH": "src:.",
            "TILLITSROM_DATABASE_URL": made(url),
        }
        for command in (
            ["-c", f"from benchmarks.signals import fill; fill({options.rows})"],
            ["manage.py", "collectstatic", "--noinput", "-v", "0"],
        ):
            subprocess.run([sys.executable, *command], env=environment, check=True)
        with server(environment) as (port, _pid):
            return 0 if run(port, options.rate, options.seconds) else 1


def made(url: str) -> str:
    """An empty database in the cluster."""
    import psycopg

    base = url.rsplit("/", 1)[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE mixed")
    return f"{base}/mixed"


if __name__ == "__main__":
    sys.exit(main())
