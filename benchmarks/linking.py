"""Tries to link confidential signals to their senders, with everything that a machine that was taken would hold.

    .venv/bin/python -m benchmarks.linking                       SQLite, in a file of its own
    TILLITSROM_DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.linking     an EMPTY database that may be filled

400 people at 40 units send 1,000 open signals and 200 confidential ones in one week, handlers answer, and confidential senders
come back with their code. The attacker has every table in the order that the database keeps it, sequences, sessions, events, notices
and jobs, the files, and a web log of every request with time, user, path, status and size. Each attack gives one guess per signal. The
best attack counts, so it is compared with the best of as many blind guesses among those in the log who could have sent each signal, by
unit and week alone. What one blind guess reaches is printed too.

The last line is `linked X % chance Y %`.
"""

import os
import random
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
UNITS, PEOPLE, OPEN, CONFIDENTIAL, WEEKS = 40, 400, 1_000, 200, 1
BLIND_ROUNDS = 500


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
]


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
        data = {
            "answer-version": row.version,
            "answer-outcome": "simplified",
            "answer-reason": "Kortere fra nå.",
        }
        _post(client, person, f"/meldinger/{row.pk}/steg/answer/", data, log)


# --- the attacks ---------------------------------------------------------------------------------------------------


def table(name: str) -> list[dict[str, Any]]:
    """A table as the database keeps it, with what it knows of place and transaction."""
    from django.db import connection

    hidden = (
        "ctid::text AS place, xmin::text::bigint AS made, "
        if connection.vendor == "postgresql"
        else "rowid AS place, 0 AS made, "
    )
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {hidden}* FROM {name} ORDER BY {order}")  # noqa: S608  # our own names
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def candidates(world: World) -> dict[int, list[Line]]:
    """For each confidential signal those lines of the log that could be its sending, by unit and week, and which no open row explains.

    The open rows name their senders and times, so what is left of the posts to the form are the confidential ones: this much the
    attacker knows for certain, and it is what chance means here.
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


def attacks(world: World) -> dict[str, tuple[float, float]]:
    """Share linked by each attack, with the share that a guess among the same candidates reaches."""
    from tillitsrom.core.models import Event

    rows = [row for row in table("signals_signal") if row["confidential"]]
    possible = candidates(world)
    # Who sent several in a week is as often guessed right.
    chance = sum(
        sum(line.user == world.truth.get(signal) for line in lines) / len(lines)
        for signal, lines in possible.items()
        if lines
    ) / max(1, len(rows))
    stored = {int(row["id"]): number for number, row in enumerate(rows)}
    made = {int(row["id"]): (row["made"], stored[int(row["id"])]) for row in rows}
    opened = {
        subject: number
        for number, subject in enumerate(
            Event.objects.filter(kind="signal.opened").order_by("pk").values_list("subject_id", flat=True)
        )
    }
    by_id = {int(row["id"]): int(row["id"]) for row in rows}
    by_code = {int(row["id"]): row["code_digest"] for row in rows}
    length = {int(row["id"]): len(row["what"]) for row in rows}
    group_key = {int(row["id"]): (str(row["week"]), row["unit_id"]) for row in rows}
    orders = {
        "the order of the rows": stored,
        "the transaction of the rows": made,
        "the order of the keys": by_id,
        "the order of the codes": by_code,
        "the order of the events": opened,
    }
    results = {}
    for name, order in orders.items():
        results[name] = (_linked(world, _by_order(order, group_key, possible, lambda line: line.at)), chance)
        results[f"{name}, backwards"] = (
            _linked(world, _by_order(order, group_key, possible, lambda line: -line.at.timestamp())), chance,
        )  # fmt: skip
    results["the size of the answers"] = (
        _linked(world, _by_order(length, group_key, possible, lambda line: line.size)), chance,
    )  # fmt: skip
    results["sessions, events, notices and jobs"] = (_linked(world, _by_traces(world, possible)), chance)
    return results


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


def blind(world: World, guesses: int, seed: int = 5) -> tuple[float, float]:
    """What one blind guess reaches on average, and what the best of so many does."""
    luck = random.Random(seed)  # noqa: S311  # the same rounds each time
    possible = candidates(world)
    cells: dict[tuple[Line, ...], list[int]] = defaultdict(list)
    for signal, lines in possible.items():
        cells[tuple(lines)].append(signal)
    singles, bests = [], []
    for _round in range(BLIND_ROUNDS):
        shares = []
        for _guess in range(guesses):
            right = 0
            for lines, signals in cells.items():
                drawn = luck.sample(lines, k=len(lines))
                right += sum(world.truth.get(s) == line.user for s, line in zip(signals, drawn, strict=False))
            shares.append(right / max(1, len(world.truth)))
        singles.append(shares[0])
        bests.append(max(shares))
    return sum(singles) / len(singles), sum(bests) / len(bests)


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
    results = attacks(world)
    for name, (share, chance) in results.items():
        print(f"{name:45} {share:6.1%}   chance {chance:6.1%}")
    best = max(share for share, _chance in results.values())
    average = sum(share for share, _chance in results.values()) / len(results)
    one, best_blind = blind(world, len(results))
    print(f"average of {len(results)} attacks {average:.1%}, of one blind guess {one:.1%}")
    print(f"linked {best:.1%} chance {best_blind:.1%}".replace("%", " %"))
    folder.cleanup()
    return 0


if __name__ == "__main__":
    sys.exit(main())
