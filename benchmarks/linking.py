"""Tries to link confidential signals to their senders, with everything that a machine that was taken would hold.

    .venv/bin/python -m benchmarks.linking                       SQLite, in a file of its own
    TILLITSROM_DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.linking     an EMPTY database that may be filled

400 people at 40 units send 1,000 open signals and 200 confidential ones in one week, handlers answer, and confidential senders
come back with their code. The attacker has every table in the order that the database keeps it, sequences, sessions, events, notices
and jobs, the files, and a web log of every request with time, user, path, status and size. Each attack gives one guess per signal.

Chance is what is reached by what the pages are meant to show, the unit and the week, and the log alone: the open signals name their
senders, so the sendings they do not explain are the confidential ones, and of those from the unit in the week the person with most
of them is guessed every time. No better guess is possible without more knowledge, and no lot is drawn, so the figure is exact. That
guess is one of the attacks too. Linked is the best attack: it equals chance where nothing more leaks, and is above it where something
does.

A leak too weak to beat that guess is looked for as well. Every other attack lays the signals of a unit and week beside its sendings,
one to one. Where it knows nothing it is as good as laying them so at random, which is done 20,000 times. How often that reaches what
the luckiest attack reached, times the number of attacks (Bonferroni), is printed as p. Below 0.01 the exit code is 1.

The last line is `linked X % chance Y %`.
"""

import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
UNITS, PEOPLE, OPEN, CONFIDENTIAL, WEEKS = 40, 400, 1_000, 200, 1
ROUNDS, TOO_LUCKY = 20_000, 0.01
# The attack that needs no leak.
BLIND = "unit, week and log alone"


@dataclass(frozen=True)
class Line:
    """One line of the web log. `user` is worse than any log that the system itself writes."""

    at: datetime
    user: int
    path: str
    status: int
    size: int


@dataclass
class World:
    """What happened, and what only the benchmark knows: who sent which confidential signal."""

    log: list[Line]
    truth: dict[int, int]
    unit_of: dict[int, int]


def _client(person: Any) -> Any:
    """A browser with a session in the database. Nothing is written to the session by what follows."""
    from django.test import Client

    client = Client()
    client.force_login(person, backend="tillitsrom.people.backends.EmailBackend")
    return client


def _post(client: Any, person: Any, path: str, data: dict[str, Any], log: list[Line]) -> Any:
    from django.utils import timezone

    response = client.post(path, data)
    log.append(Line(timezone.now(), person.pk, path, response.status_code, len(response.content)))
    return response


def live(*, units: int, people: int, opened: int, confidential: int, weeks: int, seed: int = 11) -> World:
    """Let the workplace work for some weeks. Time is moved by the clock of the process, never by writing to the tables."""
    from datetime import timedelta
    from unittest import mock

    from django.utils import timezone

    from tillitsrom.people.models import Membership, Organisation, Unit, User
    from tillitsrom.signals.actions import clockwork
    from tillitsrom.signals.models import week_of

    luck = random.Random(seed)  # noqa: S311  # the same story each time
    organisation = Organisation.objects.create(name="Fjordvik kommune", level="municipality")
    places = [Unit.objects.create(organisation=organisation, name=f"Enhet {n}") for n in range(units)]
    chief = _person(User, Membership, organisation, None, "manager", 0)
    for number, unit in enumerate(places):
        _person(User, Membership, organisation, unit, "manager", number + 1)
    staff = [
        _person(User, Membership, organisation, places[n % units], "employee", 1_000 + n)
        for n in range(people)
    ]
    unit_of = {person.pk: places[n % units].pk for n, person in enumerate(staff)}
    monday = datetime.combine(week_of(timezone.localdate()), datetime.min.time()).astimezone()
    senders = luck.choices(staff, k=confidential)
    plan: list[tuple[float, str, Any]] = [
        *((luck.random() * weeks, "open", luck.choice(staff)) for _n in range(opened)),
        *((luck.random() * weeks, "confidential", person) for person in senders),
        *((week + 0.001, "monday", chief) for week in range(weeks + 1)),
        *((1.01 + luck.random() * weeks, "answer", chief) for _n in range(opened // 10)),
    ]
    log: list[Line] = []
    truth: dict[int, int] = {}
    clients: dict[int, Any] = {}
    codes: list[tuple[Any, str]] = []
    for when, what, person in sorted(plan, key=lambda step: step[0]):
        moment = monday + timedelta(weeks=when)
        with mock.patch("django.utils.timezone.now", lambda moment=moment: moment):
            if what == "monday":
                clockwork.open_the_week()
                continue
            client = clients.setdefault(person.pk, _client(person))
            if what == "answer":
                _handle(client, person, log, luck)
                continue
            if codes and luck.random() < 0.2:
                back, code = luck.choice(codes)
                _post(clients[back.pk], back, "/meld/svar/", {"code": code}, log)
            code = _send(client, person, what, unit_of[person.pk], log, luck)
            if code:
                codes.append((person, code))
                truth[_by_code(code)] = person.pk
    return World(log, truth, unit_of)


def _person(user: Any, membership: Any, organisation: Any, unit: Any, role: str, number: int) -> Any:
    person = user.objects.create(email=f"p{number}@fjordvik.example", name=f"Person {number}", password="!")  # noqa: S106  # nobody logs in with it
    membership.objects.create(
        user=person, organisation=organisation, unit=unit, role=role, valid_from="2020-01-01"
    )
    return person


def _by_code(code: str) -> int:
    from tillitsrom.signals.queries import by_code

    signal = by_code(code)
    return int(signal.pk) if signal is not None else 0


WORDS = [
    "skjema", "rapport", "journal", "avvik", "vaktliste", "nettside", "regneark", "møte", "logg", "kontroll", "medisin",
    "fravær", "plan", "oversikt", "tavle", "signatur",
]  # fmt: skip


def _send(client: Any, person: Any, way: str, unit: int, log: list[Line], luck: random.Random) -> str:
    """Fill in the form as a browser does; the code, for a confidential one."""
    import re

    from django.utils import timezone

    page = client.get("/meld/")
    log.append(Line(timezone.now(), person.pk, "/meld/", page.status_code, len(page.content)))
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    place = re.search(r'name="organisation" value="([^"]+)"', page.content.decode())
    if key is None or place is None:
        raise RuntimeError(f"the form did not come: {page.status_code}")
    what = " ".join(luck.choices(WORDS, k=luck.randint(4, 40)))
    sent = {
        "key": key[1], "organisation": place[1], "what": what, "occasions": luck.randint(1, 9), "period": "week",
        "span": luck.randint(0, 4), "unit": unit, "way": way, "rather": " ".join(luck.choices(WORDS, k=3)),
    }  # fmt: skip
    response = _post(client, person, "/meld/", sent, log)
    if response.status_code != 200:
        raise RuntimeError(f"sending answered {response.status_code}")
    code = re.search(r"<code>([^<]+)</code>", response.content.decode())
    return code[1] if code else ""


def _handle(client: Any, person: Any, log: list[Line], luck: random.Random) -> None:
    """The chief works: reads, assesses and answers what is visible, confidential ones among it."""
    from tillitsrom.signals import rules
    from tillitsrom.signals.models import OPEN_STATES

    rows = list(rules.visible_to(person).filter(status__in=OPEN_STATES).order_by("?")[:3])
    for row in rows:
        _post(client, person, f"/meldinger/{row.pk}/ord/", {"text": "Takk, vi ser på det."}, log)
        said = {"answer-version": row.version, "answer-outcome": "simplified", "answer-reason": "Kortere."}
        _post(client, person, f"/meldinger/{row.pk}/steg/answer/", said, log)


# --- the attacks ---------------------------------------------------------------------------------------------------


def table(name: str) -> list[dict[str, Any]]:
    """A table as the database keeps it, with what it knows of place and transaction."""
    from django.db import connection

    order, made = ("ctid", "xmin::text::bigint") if connection.vendor == "postgresql" else ("rowid", "0")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {made} AS made, * FROM {name} ORDER BY {order}")  # noqa: S608  # our own names
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def candidates(world: World) -> dict[int, list[Line]]:
    """For each confidential signal those lines of the log that could be its sending, by unit and week, and which no open row explains.

    The open rows name their senders and times, so what is left of the posts to the form are the confidential ones: this much the
    attacker knows for certain.
    """
    from django.utils.dateparse import parse_date

    rows = table("signals_signal")
    explained = _open_lines(world, rows)
    posts = [line for line in _sendings(world) if line not in explained]
    found: dict[int, list[Line]] = {}
    for row in rows:
        if not row["confidential"]:
            continue
        week = row["week"] if not isinstance(row["week"], str) else parse_date(row["week"])
        unit = int(row["unit_id"])
        found[int(row["id"])] = [
            line for line in posts if world.unit_of.get(line.user) == unit and _week(line.at) == week
        ]
    return found


def _sendings(world: World) -> list[Line]:
    """The second of two requests to the form by one person is the sending; the first one fetched it."""
    seen: dict[int, int] = defaultdict(int)
    found = []
    for line in world.log:
        if line.path == "/meld/":
            seen[line.user] += 1
            if seen[line.user] % 2 == 0:
                found.append(line)
    return found


def _open_lines(world: World, rows: list[dict[str, Any]]) -> set[Line]:
    taken: set[Line] = set()
    by_user: dict[int, list[Line]] = defaultdict(list)
    for line in _sendings(world):
        by_user[line.user].append(line)
    for row in rows:
        if row["sender_id"]:
            at = row["sent_at"]
            if not isinstance(at, datetime):
                at = datetime.fromisoformat(at)
            if at.tzinfo is None:
                at = at.replace(tzinfo=UTC)
            near = min(by_user[int(row["sender_id"])], key=lambda line: abs((line.at - at).total_seconds()))
            taken.add(near)
    return taken


def _week(moment: datetime) -> Any:
    from django.utils import timezone

    from tillitsrom.signals.models import week_of

    return week_of(timezone.localdate(moment))


def attacks(world: World, possible: dict[int, list[Line]]) -> dict[str, float]:
    """Share linked by each attack. The one called BLIND is what chance means."""
    from tillitsrom.core.models import Event

    rows = [row for row in table("signals_signal") if row["confidential"]]
    stored = {int(row["id"]): number for number, row in enumerate(rows)}
    made = {int(row["id"]): (row["made"], stored[int(row["id"])]) for row in rows}
    events = Event.objects.filter(kind="signal.opened").order_by("pk")
    opened = {subject: n for n, subject in enumerate(events.values_list("subject_id", flat=True))}
    length = {int(row["id"]): len(row["what"]) for row in rows}
    group_key = {int(row["id"]): (str(row["week"]), row["unit_id"]) for row in rows}
    orders: dict[str, dict[int, Any]] = {
        "the order of the rows": stored,
        "the transaction of the rows": made,
        "the order of the keys": {int(row["id"]): int(row["id"]) for row in rows},
        "the order of the codes": {int(row["id"]): row["code_digest"] for row in rows},
        "the order of the events": opened,
    }
    results = {BLIND: _linked(world, _who_sent_most(possible))}
    for name, order in orders.items():
        forwards = _by_order(order, group_key, possible, lambda line: line.at)
        backwards = _by_order(order, group_key, possible, lambda line: -line.at.timestamp())
        results[name] = _linked(world, forwards)
        results[f"{name}, backwards"] = _linked(world, backwards)
    by_size = _by_order(length, group_key, possible, lambda line: line.size)
    results["the size of the answers"] = _linked(world, by_size)
    results["sessions, events, notices and jobs"] = _linked(world, _by_traces(world, possible))
    return results


def _who_sent_most(possible: dict[int, list[Line]]) -> dict[int, int]:
    """The person with most sendings that could be the signal's; the first of them where several have as many."""
    return {
        signal: Counter(line.user for line in lines).most_common(1)[0][0]
        for signal, lines in possible.items()
        if lines
    }


def _by_order(
    order: dict[int, Any], group_key: dict[int, Any], possible: dict[int, list[Line]], key: Any
) -> dict[int, int]:
    """Lay the signals of a unit and week, by what may be an order, beside the log's lines in their order."""
    groups: dict[Any, list[int]] = defaultdict(list)
    for signal in possible:
        groups[group_key[signal]].append(signal)
    guesses = {}
    for signals in groups.values():
        lines = sorted(possible[signals[0]], key=key)
        for signal, line in zip(sorted(signals, key=lambda one: order.get(one, 0)), lines, strict=False):
            guesses[signal] = line.user
    return guesses


def _by_traces(world: World, possible: dict[int, list[Line]]) -> dict[int, int]:
    """Any row elsewhere that names both a person and a confidential signal, or was written in the second of a sending."""
    from django.contrib.sessions.models import Session

    from tillitsrom.core.models import Event
    from tillitsrom.notices.models import Notice

    guesses: dict[int, int] = {}
    people = set(world.unit_of)
    for event in Event.objects.filter(subject_type="signals.signal", subject_id__in=possible):
        if event.actor_id in people:
            guesses[event.subject_id] = int(event.actor_id or 0)
    for notice in Notice.objects.filter(subject_id__in=[str(pk) for pk in possible], recipient__in=people):
        guesses[int(notice.subject_id)] = notice.recipient_id
    texts = [str(session.get_decoded()) for session in Session.objects.all()]
    for signal, lines in possible.items():
        if signal not in guesses and any(str(signal) in text for text in texts) and lines:
            guesses[signal] = lines[0].user
    return guesses


def luck_of(world: World, possible: dict[int, list[Line]], results: dict[str, float]) -> tuple[float, float]:
    """What signals and sendings laid side by side at random link on average, and how likely the luckiest attack is then (p)."""
    luck = random.Random(5)  # noqa: S311  # the same rounds each time
    cells: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for signal, lines in possible.items():
        cells[tuple(line.user for line in lines)].append(world.truth.get(signal, 0))
    tried = [share for name, share in results.items() if name != BLIND]
    as_lucky = total = 0.0
    for _round in range(ROUNDS):
        right = sum(
            sum(map(int.__eq__, senders, luck.sample(users, k=len(users))))
            for users, senders in cells.items()
        )
        share = right / max(1, len(world.truth))
        total += share
        as_lucky += share >= max(tried)
    # None in so many rounds is still not never.
    return total / ROUNDS, min(1.0, len(tried) * (as_lucky + 1) / (ROUNDS + 1))


def _linked(world: World, guesses: dict[int, int]) -> float:
    right = sum(world.truth[signal] == user for signal, user in guesses.items() if signal in world.truth)
    return right / max(1, len(world.truth))


def main() -> int:
    sys.path.insert(0, str(ROOT / "src"))
    folder = tempfile.TemporaryDirectory()
    os.environ.setdefault("TILLITSROM_DATABASE_URL", f"sqlite:///{folder.name}/linking.sqlite3")
    os.environ["TILLITSROM_TEST_DATABASE_URL"] = os.environ["TILLITSROM_DATABASE_URL"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tillitsrom.settings.test"
    os.environ["TILLITSROM_VAR"] = folder.name
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    # The limit per machine would stop one machine that plays four hundred people.
    from tillitsrom.signals.views import reply, report

    report.PER_HOUR_LOGGED_IN = reply.TRIES_A_MINUTE = 10**6
    settings.SESSION_COOKIE_AGE = 90 * 24 * 3600
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    world = live(units=UNITS, people=PEOPLE, opened=OPEN, confidential=CONFIDENTIAL, weeks=WEEKS)
    possible = candidates(world)
    results = attacks(world, possible)
    for name, share in results.items():
        print(f"{name:45} {share:6.1%}")
    average, p = luck_of(world, possible, results)
    luckiest = max(share for name, share in results.items() if name != BLIND)
    print(
        f"laid side by side at random {average:.1%}, the luckiest of {len(results) - 1} attacks {luckiest:.1%}, p = {p:.3f}"
    )
    print(f"linked {max(results.values()):.1%} chance {results[BLIND]:.1%}".replace("%", " %"))
    folder.cleanup()
    return 1 if p < TOO_LUCKY else 0


if __name__ == "__main__":
    sys.exit(main())
