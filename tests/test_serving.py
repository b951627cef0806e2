"""The system as a server runs it: what is missing is said in a line, and the question whether it is up has an answer."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tillitsrom.serving import Servers

ASK = """
import django
django.setup()
from django.test import Client
print(Client(HTTP_HOST="tillitsrom.example").get("/healthz").status_code)
print(Client(HTTP_HOST="tillitsrom.example").get("/").headers["Location"])
"""


def production(*command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TILLITSROM_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tillitsrom.settings.production",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        **changes,
    }
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )


def test_a_server_makes_its_folder_asks_for_https_and_says_that_it_is_up(tmp_path: Path):
    var = tmp_path / "deep" / "var"
    answer = production(
        "-c",
        ASK,
        TILLITSROM_VAR=str(var),
        TILLITSROM_SECRET_KEY="x" * 50,
        TILLITSROM_HOSTS="tillitsrom.example",
    )
    assert answer.stdout.split() == ["200", "https://tillitsrom.example/"], answer.stderr
    assert var.is_dir()
    assert var.stat().st_mode & 0o007 == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "TILLITSROM_SECRET_KEY"),
        ({"TILLITSROM_SECRET_KEY": "x" * 50}, "TILLITSROM_HOSTS"),
        ({"TILLITSROM_VAR": "/dev/null/var"}, "TILLITSROM_VAR"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named_in_one_line(
    tmp_path: Path, changes: dict[str, str], said
):
    changes = {"TILLITSROM_VAR": str(tmp_path), **changes}
    answer = production("-m", "tillitsrom.cli", "manage", "check", **changes)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


@pytest.fixture
def answering() -> Iterator[tuple[type[BaseHTTPRequestHandler], int]]:
    class Handler(BaseHTTPRequestHandler):
        status = 200

        def do_GET(self) -> None:
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Handler, server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


# A server that knows only its public name answers 400 to its address: it is up all the same.
@pytest.mark.parametrize(("status", "up"), [(200, True), (400, True), (500, False)])
def test_up_is_what_answers(answering, status: int, up: bool):
    handler, port = answering
    handler.status = status
    assert Servers(Path(sys.executable), "127.0.0.1", port).wait_until_up(seconds=2) is up


def test_nobody_answering_is_not_up():
    assert not Servers(Path(sys.executable), "127.0.0.1", 9).wait_until_up(seconds=0.3)
