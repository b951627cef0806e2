"""How fast signals are sent and shown, on a scratch database with many of them and a real server.

    .venv/bin/python -m benchmarks.signals                  100,000 signals on SQLite
    .venv/bin/python -m benchmarks.signals --rows 1000
    TILLITSROM_DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.signals     an EMPTY database that may be filled

Prints, in milliseconds for one client: p50 and p95 of sending openly and confidentially, and of each page.
"""

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any
from urllib.parse import urlencode

from benchmarks.web import machine, server

UNITS, PEOPLE, TIMES = 40, 2_000, 40
TARGET_SEND, TARGET_PAGE = 60.0, 150.0
WORDS = [
    "skjema",
    "rapport",
    "journal",
    "avvik",
    "vaktliste",
    "nettside",
    "regneark",
    "møte",
    "logg",
    "kontroll",
    "medisin",
    "fravær",
    "plan",
    "oversikt",
    "tavle",
    "signatur",
    "beboer",
    "elev",
    "faktura",
    "reise",
    "bestilling",
    "opplæring",
    "kurs",
    "nøkkel",
    "passord",
    "arkiv",
    "brev",
    "varsel",
    "prøve",
    "måling",
]


def text_of(number: int) -> str:
    """Words in ever new combinations, so that some signals are alike and most are not."""
    chosen = [WORDS[(number * step + step * step) % len(WORDS)] for step in (1, 7, 11, 13, 17)]
    return f"Sak {number}: {' '.join(chosen)} skal føres flere steder"


def fill(rows: int) -> None:
    """Fill an empty, migrated database with two organisations' signals; the larger has nine of ten."""
    import django

    django.setup()
    from datetime import timedelta

    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from tillitsrom.people.models import Membership, Organisation, Unit, User
    from tillitsrom.signals import words
    from tillitsrom.signals.models import Signal, SignalStem, random_id, week_of

    if Organisation.objects.exists():
        sys.exit("The database is not empty; the benchmark fills only an empty one.")
    bodies = [Organisation.objects.create(name=f"Kommune {n}", level="municipality") for n in range(2)]
    units = [Unit.objects.create(organisation=bodies[0], name=f"Enhet {n}") for n in range(UNITS)]
    password = make_password("maaling")
    people = User.objects.bulk_create(
        User(email=f"p{n}@kommune.example", name=f"Person {n}", password=password) for n in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(
            user=person,
            organisation=bodies[0],
            unit=units[n % UNITS] if n else None,
            role="manager" if n <= UNITS else "employee",
            valid_from="2020-01-01",
        )
        for n, person in enumerate(people)
    )
    Membership.objects.create(user=people[0], organisation=bodies[1], role="manager", valid_from="2020-01-01")
    today = timezone.localdate()
    for first in range(0, rows, 5_000):
        made = []
        for n in range(first, min(first + 5_000, rows)):
            day, secret = today - timedelta(days=n % 360), n % 5 == 0
            # This week's confidential ones wait for Monday, and are mixed anew with each that comes.
            waits = secret and week_of(day) == week_of(today)
            done = n % 4 != 0 and not waits
            unit = units[n % UNITS] if n % 10 else None
            made.append(
                Signal(
                    pk=random_id(), organisation=bodies[0 if n % 10 else 1], unit=unit, what=text_of(n), occasions=1,
                    period="week", minutes_low=5, minutes_high=15, hours_low=4, hours_high=11, confidential=secret,
                    sender=None if secret else people[n % PEOPLE], sent_at=None if secret else timezone.now(),
                    code_digest=f"{n:064x}" if secret else "", week=week_of(day), opened=not waits,
                    opens_on=week_of(day) + timedelta(days=7) if waits else day,
                    owner=people[1 + n % UNITS] if unit else people[0], promised_on=day + timedelta(days=30),
                    status="answered" if done else "received", outcome="kept" if done else "",
                    reason="Det trengs." if done else "", answered_on=day if done else None,
                )
            )  # fmt: skip
        with transaction.atomic():
            Signal.objects.bulk_create(made, batch_size=500)
            SignalStem.objects.bulk_create(
                (
                    SignalStem(signal=row, organisation_id=row.organisation_id, stem=stem)
                    for row in made
                    if row.status != "answered" and row.opened
                    for stem in words.families(row.what)
                ),
                batch_size=2_000,
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


class Browser:
    """One client that is logged in and keeps its cookies."""

    def __init__(self, port: int, email: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        page = self.get("/logg-inn/")
        self.post("/logg-inn/", {"username": email, "password": "maaling"}, page)

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Accept-Language": "nb", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server closes a connection that has been still for a while.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _is, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            sys.exit(f"{method} {path} answered {answer.status}: {text[:300]}")
        return text

    def get(self, path: str) -> str:
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, Any], page: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        return self._ask("POST", path, urlencode({**data, "csrfmiddlewaretoken": token[1] if token else ""}))


def timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def sending(browser: Browser, way: str) -> list[float]:
    """How long the sending itself takes; fetching the form is timed as a page."""
    found = []
    for number in range(TIMES):
        page = browser.get("/meld/")
        key = re.search(r'name="key" value="([^"]+)"', page)
        place = re.search(r'name="organisation" value="([^"]+)"', page)
        if key is None or place is None:
            sys.exit("the form did not come")
        data = {
            "key": key[1], "organisation": place[1], "what": text_of(number * 97), "occasions": 3, "period": "week",
            "span": 1, "way": way,
        }  # fmt: skip
        found.append(timed(lambda data=data, page=page: browser.post("/meld/", data, page)))
    return found


def told(name: str, times: list[float], target: float) -> bool:
    times = sorted(times)
    p50 = statistics.median(times)
    print(f"{name:46} p50 {p50:7.1f} ms   p95 {times[int(len(times) * 0.95)]:7.1f} ms   target {target:.0f}")
    return p50 < target


def measure(environment: dict[str, str]) -> bool:
    good = []
    with server(environment) as (port, _pid):
        employee, chief = Browser(port, "p900@kommune.example"), Browser(port, "p0@kommune.example")
        manager = Browser(port, "p5@kommune.example")
        # The first answers of a new process build what is kept afterwards.
        for browser in (employee, chief, manager):
            for _n in range(4):
                browser.get("/meld/")
                browser.get("/meldinger/")
        for way in ("open", "confidential"):
            good.append(told(f"send, {way}", sending(employee, way), TARGET_SEND))
        one = re.search(r'href="(/meldinger/\d+/)"', manager.get("/meldinger/"))
        pages = [
            ("employee", employee, "/meld/"),
            ("employee", employee, "/meldinger/"),
            ("employee", employee, "/meldinger/mine/"),
            ("manager", manager, "/meldinger/"),
            ("manager", manager, "/meldinger/?vis=venter"),
            ("manager", manager, one[1] if one else "/meldinger/"),
            ("chief", chief, "/meldinger/"),
            ("chief", chief, "/meldinger/?vis=arbeidsplassen"),
            ("chief", chief, "/"),
        ]
        for who, browser, path in pages:
            browser.get(path)
            times = [timed(lambda browser=browser, path=path: browser.get(path)) for _n in range(TIMES // 2)]
            good.append(told(f"{who}: {re.sub(r'[0-9]{5,}', 'N', path)}", times, TARGET_PAGE))
    return all(good)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tillitsrom.settings.local",
            "TILLITSROM_VAR": folder,
            "PYTHONPATH": "src",
        }
        environment.setdefault("TILLITSROM_DATABASE_URL", f"sqlite:///{folder}/signals.sqlite3")
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", f"from benchmarks.signals import fill; fill({rows})"],
            env={**environment, "PYTHONPATH": "src:."},
            check=True,
        )
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
            env=environment,
            check=True,
        )
        print(f"{rows} signals filled in {time.perf_counter() - start:.0f} s")
        return 0 if measure(environment) else 1


if __name__ == "__main__":
    sys.exit(main())
