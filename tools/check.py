"""The whole of `./test`: what a change must pass, step by step, with a table of what passed at the end."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tools import bootstrap, postgres
from tools.bootstrap import ROOT, VENV, SetupError, say

# The Debian package that brings each program. Text recognition needs its Norwegian model, which is no program of its own.
DEBIAN = {
    "chromium": "chromium",
    "msgfmt": "gettext",
    "initdb": "postgresql",
    "tesseract": "tesseract-ocr",
    "tesseract nor": "tesseract-ocr-nor",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./test", description="Kjører alle kontroller og tester.")
    parser.add_argument("--fast", action="store_true", help="uten nettleser og PostgreSQL")
    parser.add_argument("--only", metavar="STEG", help="bare steg med dette i navnet, for eksempel mypy")
    return parser.parse_args()


def install_programs(wanted: list[str]) -> None:
    """Debian packages that are missing: installed when we may, otherwise named."""
    missing = [DEBIAN[name] for name in wanted if not found(name)]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise SetupError(
            f"Testene trenger programmer som mangler. Installer dem: sudo apt-get install {' '.join(missing)}"
        )
    say(f"· Installerer {', '.join(missing)} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    bootstrap.run(["apt-get", "update", "-qq"], env=env)
    bootstrap.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=env)


def found(name: str) -> bool:
    if name == "initdb":
        return bool(postgres.bin_dir())
    program, _, model = name.partition(" ")
    if shutil.which(program) is None:
        return False
    if not model:
        return True
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True)
    return model in (listed.stdout + listed.stderr).split()


@dataclass
class Checks:
    """Runs steps, remembers how each ended, goes on after a failure so that one run shows them all."""

    only: str | None
    results: list[tuple[str, bool, float]] = field(default_factory=list)

    def command(self, name: str, *command: str, env: dict[str, str] | None = None) -> None:
        def call() -> bool:
            merged = {**os.environ, **(env or {})}
            return subprocess.run(command, cwd=ROOT, env=merged, stdin=subprocess.DEVNULL).returncode == 0

        self.step(name, call)

    def step(self, name: str, call: Callable[[], bool]) -> None:
        if self.only and self.only not in name:
            return
        say(f"\n== {name}")
        began = time.monotonic()
        good = call()
        self.results.append((name, good, time.monotonic() - began))

    def report(self) -> int:
        say("\n== Sammendrag")
        for name, good, seconds in self.results:
            say(f"{'ok  ' if good else 'FEIL'} {seconds:6.1f} s  {name}")
        failed = sum(not good for _, good, _ in self.results)
        say(f"{len(self.results) - failed} passed, {failed} failed")
        return 1 if failed or not self.results else 0


def tool(name: str) -> str:
    return str(VENV / "bin" / name)


def static_checks(checks: Checks) -> None:
    sources = ["src", "tests", "e2e", "tools", "benchmarks", "hatch_build.py", "manage.py"]
    checks.command("format (ruff)", tool("ruff"), "format", "--check", "-q", *sources)
    checks.command("lint (ruff)", tool("ruff"), "check", "-q", *sources)
    checks.command("types (mypy strict)", tool("mypy"))
    checks.command("import directions (import-linter)", tool("lint-imports"))
    checks.command("translations", tool("python"), "tools/messages.py", "--check")
    checks.command("rights table", tool("python"), "tools/rights.py", "--check")


def main() -> int:
    chosen = arguments()
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillitsrom.settings.test")
    os.environ.setdefault("TILLITSROM_SHARED", str((ROOT / "../shared").resolve()))
    try:
        install_programs(["msgfmt"] if chosen.fast else list(DEBIAN))
        bootstrap.make_environment("dev.txt")
        bootstrap.build_front_end()
        bootstrap.compile_messages()
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    checks = Checks(chosen.only)
    static_checks(checks)
    workers = ["-n", str(os.cpu_count() or 1), "--dist", "worksteal"]
    pytest = [tool("python"), "-m", "pytest"]
    checks.command("tests on SQLite", *pytest, "-m", "not e2e", *workers)
    # A browser waits for its server half of the time; more than four at once only crowd each other.
    browsers = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "load"]
    if not chosen.fast:
        with postgres.cluster(skip=bool(chosen.only and chosen.only not in "tests on PostgreSQL")) as url:
            env = {"TILLITSROM_TEST_DATABASE_URL": url}
            # The reader knows no database, so its tests have nothing to say about one.
            checks.command(
                "tests on PostgreSQL",
                *pytest,
                "-m",
                "not e2e",
                *workers,
                "--ignore=src/tillitsrom/reading",
                env=env,
            )
        checks.command(
            "browser journeys and accessibility",
            *pytest,
            "e2e",
            "-m",
            "e2e",
            *browsers,
            env={"DJANGO_ALLOW_ASYNC_UNSAFE": "1"},
        )
    return checks.report()
