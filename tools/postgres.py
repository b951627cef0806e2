"""A PostgreSQL cluster of our own for the length of a test run: in a temporary folder, on loopback only."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def bin_dir() -> Path | None:
    """Where initdb lives: on the path, or where Debian puts the newest version."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return homes[-1].parent if homes else None


def _as_owner(owner: str | None, command: list[str]) -> None:
    """PostgreSQL refuses to run as root; then the user that Debian made for it runs it."""
    prefix = ["runuser", "-u", owner, "--"] if owner else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(*, skip: bool = False) -> Iterator[str]:
    """Start a cluster, give its URL, stop it. Durability is off: the data lives as long as the tests."""
    programs = bin_dir()
    if skip or programs is None:
        yield ""
        return
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="trom-pg-"))
    try:
        if owner:
            account = pwd.getpwnam(owner)
            os.chown(folder, account.pw_uid, account.pw_gid)
        data, port = folder / "data", _free_port()
        _as_owner(
            owner,
            [
                str(programs / "initdb"),
                "-D",
                str(data),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C.UTF-8",
            ],
        )
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='{folder}' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        _as_owner(
            owner,
            [
                str(programs / "pg_ctl"),
                "-D",
                str(data),
                "-o",
                options,
                "-l",
                str(folder / "log"),
                "-w",
                "start",
            ],
        )
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/tillitsrom"
        finally:
            _as_owner(owner, [str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
