"""How fast a case with 200 contributions is shown, on a scratch database and a real server, to a person who is logged in.

    .venv/bin/python -m benchmarks.cooperation                SQLite, in a file of its own
    TILLITSROM_DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.cooperation     an EMPTY database that may be filled

100 positions, 60 papers and 40 informal talks, made by the actions with their events, and 300 other cases in the list. Prints p50 and
p95 for the case and the list, and whether the case is under the target.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.web import ROOT, machine, server

POSITIONS, PAPERS, CONTACTS, OTHERS = 100, 60, 40, 300
TARGET = 100.0
TEXT = (
    "Vi mener at dette kan gjøres enklere, og at de som gjør arbeidet, skal være med på å finne ut hvordan. "
    * 4
)


def fill(cookie_file: Path) -> None:
    """An organisation with both sides, the case, and a session for the manager."""
    import django

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.db import transaction

    from tillitsrom.cooperation.actions import cases, meetings, positions
    from tillitsrom.cooperation.models import Case
    from tillitsrom.people.models import Level, Membership, Organisation, Party, Role, User

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        organisation = Organisation.objects.create(name="Prøve kommune", level=Level.MUNICIPALITY)
        parties: list[Party] = []
        speakers: list[User] = []
        for side, name, role in (
            (Party.Side.EMPLOYER, "Arbeidsgiver", Role.MANAGER),
            (Party.Side.EMPLOYEES, "Forbund A", Role.UNION_REPRESENTATIVE),
            (Party.Side.EMPLOYEES, "Forbund B", Role.UNION_REPRESENTATIVE),
        ):
            party = Party.objects.create(organisation=organisation, side=side, name=name)
            person = User.objects.create_user(f"{len(parties)}@prove.example", f"Person {len(parties)}")
            Membership.objects.create(user=person, organisation=organisation, role=role, party=party)
            parties.append(party)
            speakers.append(person)

        def raised(question: str) -> Case:
            draft = cases.Draft(organisation=organisation, values={"question": question, "background": TEXT})
            return cases.raise_case(actor=speakers[1], draft=draft)

        for n in range(OTHERS):
            raised(f"Skal vi forenkle ordning nummer {n}?")
        case = raised("Skal vi forenkle den største ordningen?")
        case = cases.classify(actor=speakers[1], case=case, version=case.version, answers={})
        for n in range(POSITIONS):
            positions.take_position(actor=speakers[n % 3], case=case, stance="conditions", text=TEXT)
        for n in range(PAPERS):
            positions.add_paper(actor=speakers[n % 3], case=case, title=f"Papir {n}", text=TEXT * 5)
        for n in range(CONTACTS):
            meetings.log_contact(
                actor=speakers[n % 3],
                organisation=organisation,
                about=f"Samtale {n}",
                parties=parties,
                case=case,
            )
        session = SessionStore()
        session["_auth_user_id"] = str(speakers[0].pk)
        session["_auth_user_backend"] = "tillitsrom.people.backends.EmailBackend"
        session["_auth_user_hash"] = speakers[0].get_session_auth_hash()
        session.create()
    cookie_file.write_text(f"{session.session_key} {case.pk}")


def times_of(port: int, path: str, cookie: str, seconds: float) -> list[float]:
    """Milliseconds per answer with one client that asks again as soon as it is answered."""
    found: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(found) < 20:
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Accept-Language": "nb", "Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            sys.exit(f"{path} answered {answer.status}")
        found.append((time.perf_counter() - begun) * 1000)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=6.0, help="how long to measure each page")
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill is not None:
        fill(options.fill)
        return
    print(machine())
    with tempfile.TemporaryDirectory(prefix="tillitsrom-benchmark-") as folder:
        environment = {
            **os.environ,
            "TILLITSROM_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "tillitsrom.settings.local",
            "PYTHONPATH": str(ROOT / "src"),
        }
        cookie_file = Path(folder) / "session"
        for command in (
            ["-m", "benchmarks.cooperation", "--fill", str(cookie_file)],
            ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ):
            subprocess.run([sys.executable, *command], env=environment, cwd=ROOT, check=True)
        key, case = cookie_file.read_text().split()
        met = True
        with server(environment) as (port, _pid):
            for label, path in (
                ("case with 200 contributions", f"/saker/{case}/"),
                ("list of cases", "/saker/"),
            ):
                cookie = f"sessionid={key}"
                times_of(port, path, cookie, 1.0)
                times = times_of(port, path, cookie, options.seconds)
                p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
                print(f"  {label:<30} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms")
                met &= p50 < TARGET
    print("All targets met." if met else "NOT all targets met.")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
