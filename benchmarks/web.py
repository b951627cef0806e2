"""How fast the pages answer, on a scratch database with many requirements and a real server.

    .venv/bin/python -m benchmarks.web                  1,000 and 100,000 requirements on SQLite
    .venv/bin/python -m benchmarks.web --rows 1000
    TILLITSROM_DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.web     an EMPTY database that may be filled

Prints machine facts, then per page: p50, p95 and the workers' processor time per answer with one client, requests per
second with eight clients, and memory per worker.
"""

import argparse
import http.client
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("/krav/", "/krav/?q=rapportering", "/innsikt/")
WORKERS = 2
CLIENTS = 8
# Targets: (rows, page, milliseconds for p50 with one client).
TARGETS = {1_000: 100.0, 100_000: 150.0}
TARGET_RATE = 30.0
TARGET_MEMORY_MB = 200.0


def machine() -> str:
    """What the figures were measured on."""
    cpu = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        cpu = names[0] if names else cpu
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, load before {load}"


# --- filling -------------------------------------------------------------------------------------------------------

VERBS = (
    "rapportere om",
    "legge fram en plan for",
    "følge opp",
    "vurdere",
    "dokumentere",
    "måle",
    "videreutvikle",
)
THINGS = (
    "bruken av midlene", "ventetiden", "sykefraværet", "bemanningen i førstelinjen", "kvaliteten i tjenesten",
    "samarbeidet med kommunene", "arbeidet med digitalisering", "opplæringen", "tilsynet", "beredskapen",
)  # fmt: skip
WAYS = (
    "hvert tertial",
    "i årsrapporten",
    "innen 1. juni",
    "sammen med de ansatte",
    "for alle enheter",
    "månedlig",
)
CLASSES = (
    "reporting", "assignment", "activity", "goal", "steering_parameter", "key_figure", "guideline", "authority",
)  # fmt: skip
PER_DOCUMENT = 250


def sentence(number: int) -> str:
    verb, thing, way = VERBS[number % 7], THINGS[number // 7 % 10], WAYS[number // 70 % 6]
    return f"Virksomheten skal {verb} {thing} {way}, jf. oppdrag {number // 420 % 97 + 1} i brevet, og holde departementet orientert."


def fill(rows: int) -> None:
    """Fill an empty, migrated database; runs in a process of its own with Django set up."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from tillitsrom.people.models import Organisation
    from tillitsrom.register.models import Requirement

    if Requirement.objects.exists() or Organisation.objects.exists():
        sys.exit("The database is not empty; the benchmark fills only an empty one.")
    senders = [Organisation(name=f"Departement {i}", level="ministry") for i in range(12)]
    receivers = [Organisation(name=f"Etat {i}", level="agency") for i in range(25)]
    Organisation.objects.bulk_create([*senders, *receivers])
    _fill_requirements(rows, _documents(rows, senders, receivers))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
        else:
            cursor.execute("VACUUM ANALYZE")


def _documents(rows: int, senders: list, receivers: list) -> list:  # type: ignore[type-arg]  # models load late
    from tillitsrom.register.models import Document

    text = " ".join(sentence(n) for n in range(PER_DOCUMENT))
    documents = [
        Document(
            title=f"Tildelingsbrev til etat {i % 25}", year=2018 + i % 9, imposing_body=senders[i % 12],
            addressee=receivers[i % 25], status="published", file_name="brev.md", file_digest=f"{i:064x}",
            file_size=len(text), text=text,
        )
        for i in range(-(-rows // PER_DOCUMENT))
    ]  # fmt: skip
    return Document.objects.bulk_create(documents, batch_size=50)


def _fill_requirements(rows: int, documents: list) -> None:  # type: ignore[type-arg]  # models load late
    from datetime import date, timedelta

    from django.db import transaction

    from tillitsrom.register import search
    from tillitsrom.register.models import Requirement

    for first in range(0, rows, 5_000):
        made = []
        for n in range(first, min(first + 5_000, rows)):
            document = documents[n // PER_DOCUMENT]
            text = sentence(n)
            due = date(document.year, 1, 1) + timedelta(days=n * 7 % 365) if n % 3 == 0 else None
            costed = n % 4 == 0
            made.append(
                Requirement(
                    document=document, imposing_body_id=document.imposing_body_id,
                    addressee_id=document.addressee_id, level="ministry", year=document.year,
                    start=n % PER_DOCUMENT * 120, end=n % PER_DOCUMENT * 120 + 100, quote=text, text=text,
                    heading=f"{n % 9 + 1} Mål og prioriteringer", requirement_class=CLASSES[n * 5 % 8],
                    deadline=due.isoformat() if due else "", deadline_on=due,
                    status="in_force" if document.year == 2026 else "superseded", is_public=n % 200 != 0,
                    minutes_low=10 + n % 50 if costed else None, minutes_high=60 + n % 50 if costed else None,
                    minutes_source="estimated" if costed else "", occasions_per_year=n % 12 + 1 if costed else None,
                    affected_count=n % 900 + 1 if costed else None,
                )
            )  # fmt: skip
        with transaction.atomic():
            Requirement.objects.bulk_create(made, batch_size=1_000)
            search.index((r.pk, f"{r.text} {r.heading}") for r in made)


# --- measuring -----------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The real server with two workers; gives its port and process id."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "4",
        "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning", "tillitsrom.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        for _ in range(150):
            try:
                status_of(port, "/healthz")
                break
            except OSError:
                time.sleep(0.2)
        else:
            sys.exit("The server did not start.")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Language": "nb"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def one_client(port: int, path: str, seconds: float) -> list[float]:
    """Milliseconds per answer with one client that asks again as soon as it is answered."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 20:
        begun = time.perf_counter()
        status_of(port, path)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def many_clients(port: int, path: str, seconds: float) -> float:
    """Requests per second with eight clients."""
    end = time.perf_counter() + seconds

    def client(_number: int) -> int:
        done = 0
        while time.perf_counter() < end:
            status_of(port, path)
            done += 1
        return done

    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        total = sum(pool.map(client, range(CLIENTS)))
    return total / (time.perf_counter() - begun)


def workers(parent: int) -> list[Path]:
    """The worker processes in /proc, or nothing on a machine without it."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    found = [Path(f"/proc/{child}") for child in (children.read_text().split() if children.exists() else [])]
    return [process for process in found if "resource_tracker" not in (process / "cmdline").read_text()]


def worker_memory(parent: int) -> list[float]:
    """Resident memory in MB of each worker process."""
    lines = [line for process in workers(parent) for line in (process / "status").read_text().splitlines()]
    return [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]


def worker_milliseconds(parent: int) -> float:
    """Processor time that the workers have used so far; says what a page costs however busy the machine is."""
    fields = [(process / "stat").read_text().rsplit(")", 1)[1].split() for process in workers(parent)]
    ticks = sum(int(field[11]) + int(field[12]) for field in fields)
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def measure(rows: int, seconds: float) -> bool:
    """Fill, serve, measure and print one size; whether the targets are met."""
    met = True
    with tempfile.TemporaryDirectory(prefix="tillitsrom-benchmark-") as folder:
        environment = {
            **os.environ,
            "TILLITSROM_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "tillitsrom.settings.local",
            "PYTHONPATH": str(ROOT / "src"),
        }
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "benchmarks.web", "--fill", str(rows)],
            env=environment,
            cwd=ROOT,
            check=True,
        )
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
            env=environment, cwd=ROOT, check=True,
        )  # fmt: skip
        kind = (
            "PostgreSQL" if os.environ.get("TILLITSROM_DATABASE_URL", "").startswith("postgres") else "SQLite"
        )
        print(f"\n{rows:,} requirements on {kind} (filled in {time.perf_counter() - begun:.0f} s)")
        print(f"  {'page':<26}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'req/s, 8 clients':>19}")
        with server(environment) as (port, pid):
            for page in PAGES:
                if status_of(port, page) == 404:
                    print(f"  {page:<26}  not built")
                    continue
                for _ in range(WORKERS * 4):
                    status_of(port, page)
                before = worker_milliseconds(pid)
                times = one_client(port, page, seconds)
                cpu = (worker_milliseconds(pid) - before) / len(times)
                p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
                rate = many_clients(port, page, seconds)
                met &= p50 < TARGETS.get(rows, 150.0) and (rows > 1_000 or rate > TARGET_RATE)
                print(f"  {page:<26}{p50:>9.1f}{p95:>9.1f}{cpu:>9.1f}{rate:>19.1f}")
            memory = worker_memory(pid)
            met &= all(m < TARGET_MEMORY_MB for m in memory)
            print(f"  memory per worker: {', '.join(f'{m:.0f} MB' for m in memory) or 'not known here'}")
    return met


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, action="append", help="how many requirements (1000 and 100000)")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long to measure each page, each way")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill is not None:
        fill(options.fill)
        return
    if os.environ.get("TILLITSROM_DATABASE_URL") and len(options.rows or [1, 2]) > 1:
        sys.exit("Give one --rows when the database is given: it is filled once.")
    print(machine())
    results = [measure(rows, options.seconds) for rows in options.rows or [1_000, 100_000]]
    print(f"\n{'All targets met.' if all(results) else 'NOT all targets met.'}")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
