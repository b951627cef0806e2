"""The web server and the worker as two child processes, started together and stopped together. Standard library only."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

STOP_SECONDS = 15


class Servers:
    """A web server and a worker. `python` is the interpreter of the environment they are installed in."""

    def __init__(
        self, python: Path, host: str, port: int, *, workers: int = 2, env: dict[str, str] | None = None
    ) -> None:
        self.python, self.host, self.port, self.workers = python, host, port, workers
        self.env = env if env is not None else dict(os.environ)
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self) -> None:
        web = [str(self.python.with_name("granian")), "--interface", "wsgi", "--host", self.host]
        web += [
            "--port",
            str(self.port),
            "--workers",
            str(self.workers),
            "--blocking-threads",
            "4",
            "--no-ws",
        ]
        web += ["--log-level", "warning", "tillitsrom.wsgi:application"]
        for command in (web, [str(self.python), "-m", "django", "worker"]):
            self.children.append(self._spawn(command))

    def _spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # A session of its own, so that Ctrl-C in the terminal reaches only us and we stop the children in order.
        return subprocess.Popen(command, env=self.env, start_new_session=True)  # noqa: S603  # our own programs

    def wait_until_up(self, seconds: float = 30) -> bool:
        """True when the web server answers; False when a child died or the time is out."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.stopping:
            if any(child.poll() is not None for child in self.children):
                return False
            try:
                with urllib.request.urlopen(f"http://{self.host}:{self.port}/healthz", timeout=2) as answer:
                    return bool(answer.status == 200)
            except urllib.error.HTTPError as error:
                # It answers, but to its public name only.
                return error.code == 400
            except OSError:
                time.sleep(0.1)
        return False

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ask the children to stop; also a signal handler."""
        self.stopping = True
        for child in self.children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)

    def join(self) -> int:
        """Wait until one ends or a stop is asked for, then end all. A stop that was asked for gives 0."""
        while not self.stopping and all(child.poll() is None for child in self.children):
            time.sleep(0.2)
        crashed = not self.stopping
        self.stop()
        for child in self.children:
            try:
                child.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        return 1 if crashed else 0
