"""The whole of `./start`: set up, migrate, load the demo, serve, and stop cleanly."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tillitsrom.serving import Servers
from tools import bootstrap
from tools.bootstrap import ROOT, SetupError, python, run, say, step

HOST = "127.0.0.1"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./start",
        description="Setter opp og starter Tillitsrom med SQLite og demodata på denne maskinen.",
        epilog="Data ligger i mappen var/. Stopp med Ctrl-C.",
    )
    parser.add_argument("--port", type=int, default=8000, help="porten å svare på (8000)")
    parser.add_argument("--no-demo", action="store_true", help="ikke last inn demodata")
    parser.add_argument(
        "--reset", action="store_true", help="slett databasen og dokumentene i var/ og begynn på nytt"
    )
    parser.add_argument("--yes", action="store_true", help="ikke spør før sletting")
    parser.add_argument("--setup-only", action="store_true", help="sett opp alt, men start ikke serveren")
    return parser.parse_args()


def var_dir() -> Path:
    return Path(os.environ.get("TILLITSROM_VAR", ROOT / "var"))


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "tillitsrom.settings.local"),
        "TILLITSROM_VAR": str(var_dir()),
    }


def check_port(port: int) -> None:
    """A clear word before the long work, when somebody else has the port."""
    if not 1 <= port <= 65535:
        raise SetupError(
            f"{port} er ikke en port. Velg et tall mellom 1024 og 65535, for eksempel --port 8001."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise SetupError(
                f"Du har ikke lov til å bruke port {port}. Velg en over 1024: ./start --port 8001"
            ) from None
        except OSError:
            raise SetupError(
                f"Port {port} er opptatt av et annet program. Stopp det, eller velg en annen port: ./start --port {port + 1}"
            ) from None


def reset(sure: bool) -> None:
    """Delete the local database and documents, after a yes."""
    var = var_dir()
    if not var.exists():
        return
    if not sure and input(f"Slette alt i {var}? Skriv ja: ").strip().lower() not in {"ja", "j"}:
        raise SetupError("Ingenting ble slettet.")
    shutil.rmtree(var)
    for name in ("database", "static"):
        (bootstrap.STAMPS / name).unlink(missing_ok=True)


def manage(*command: str) -> list[str]:
    return [str(python()), "-m", "django", *command]


def prepare_database(demo: bool) -> None:
    env = environment()
    source = ROOT / "src/tillitsrom"
    migrations = sorted(source.glob("*/migrations"))
    database = var_dir() / "tillitsrom.sqlite3"
    remote = "TILLITSROM_DATABASE_URL" in os.environ
    with step(
        "database",
        "Gjør databasen klar",
        [ROOT / "requirements/server.txt", *migrations],
        done=database.exists() and not remote,
    ) as todo:
        if todo:
            run(manage("migrate", "--no-input", "-v0"), env=env)
    assets = [bootstrap.BUILD, source / "web/static", source / "register/static"]
    static = var_dir() / "static" / "staticfiles.json"
    with step("static", "Samler nettsidens filer", assets, done=static.exists()) as todo:
        if todo:
            run(manage("collectstatic", "--no-input", "--clear", "-v0"), env=env)
    if demo:
        with step(
            "demo",
            "Laster inn demodata (tre år med brev; tar litt tid)",
            [],
            done=database.exists() and not remote,
        ) as todo:
            if todo:
                run(manage("demo", "--if-empty"), env=env)


def serve(port: int) -> int:
    servers = Servers(python(), HOST, port, env=environment())
    signal.signal(signal.SIGINT, servers.stop)
    signal.signal(signal.SIGTERM, servers.stop)
    servers.start()
    if servers.wait_until_up():
        say(f"\n  Tillitsrom svarer på  http://{HOST}:{port}\n")
        subprocess.run(manage("demo", "--log-ins"), cwd=ROOT, env=environment(), check=False)
        say("  Stopp med Ctrl-C.")
    elif not servers.stopping:
        say("Serveren startet ikke. Meldingene over sier hvorfor.")
    code = servers.join()
    say("\nTillitsrom er stoppet.")
    return code


def main() -> int:
    chosen = arguments()
    os.chdir(ROOT)
    try:
        if not chosen.setup_only:
            check_port(chosen.port)
        if chosen.reset:
            reset(chosen.yes)
        bootstrap.make_environment("server.txt")
        bootstrap.build_front_end()
        bootstrap.compile_messages()
        prepare_database(not chosen.no_demo)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAvbrutt. Kjør ./start igjen for å fortsette.", file=sys.stderr)
        return 130
    return 0 if chosen.setup_only else serve(chosen.port)
