"""The worker: it stops cleanly, and a document whose reader was killed in the middle is read by the next one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from tillitsrom.register import jobs
from tillitsrom.register.management.commands import worker
from tillitsrom.register.tests.factories import DocumentFactory

# Runs in a process of its own with a database of its own. `slow` reads for ever, so that it can be killed meanwhile.
SCRIPT = """
import sys, time, django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from tillitsrom.reading.model import Document as Text, Reading, SourceKind
from tillitsrom.register import jobs
from tillitsrom.register.actions import documents
from tillitsrom.register.models import Document

def slow(path, limits, progress, *, name):
    progress(1, 9)
    print("reading", flush=True)
    time.sleep(60)

def quick(path, limits, progress, *, name):
    return Reading(Text("brev.md", SourceKind.MARKDOWN, "Brev", (), None), None, 2026, ())

what = sys.argv[1]
if what == "prepare":
    from tillitsrom.people.models import Organisation
    call_command("migrate", verbosity=0)
    body = Organisation.objects.create(name="Etaten", level="agency")
    document = Document.objects.create(title="Brev", year=2026, imposing_body=body, addressee=body,
        file_name="brev.md", file_digest="0" * 64, file_size=1)
    jobs.queue_reading(document.pk)
elif what == "status":
    d = Document.objects.get()
    print(d.status, d.attempts)
else:
    jobs.read_isolated = slow if what == "slow" else quick
    if what == "again":
        documents.SILENCE = timedelta(0)
    print("ready", flush=True)
    call_command("worker", *sys.argv[2:])
"""


def surroundings(folder: Path) -> dict[str, str]:
    found = {
        **os.environ,
        "TILLITSROM_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tillitsrom.settings.local",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    found.pop("TILLITSROM_DATABASE_URL", None)
    return found


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated database and one document in the queue. Making it takes longer than all that uses it."""
    folder = tmp_path_factory.mktemp("prepared")
    subprocess.run(
        [sys.executable, "-c", SCRIPT, "prepare"], env=surroundings(folder), check=True, timeout=300
    )
    return folder


@pytest.fixture
def run(tmp_path: Path, prepared: Path):
    """Starts the script with its own copy of the folder; whatever is left running is ended."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    environment = surroundings(tmp_path)
    started = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> str:
    out, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    return out


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    pytest.fail(f"the process ended before it said {word!r}")


def test_a_document_whose_reader_was_killed_is_read_by_the_next_worker(run):
    victim = run("slow")
    wait_for(victim, "reading")
    victim.send_signal(signal.SIGKILL)
    victim.wait(timeout=10)
    assert ended(run("status")).split() == ["reading", "1"]
    ended(run("again", "--once"))
    assert ended(run("status")).split() == ["in_review", "2"]


def test_a_worker_that_is_stopped_puts_its_document_back(run):
    process = run("slow")
    wait_for(process, "reading")
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _out, _error = process.communicate(timeout=20)
    assert process.returncode == 0
    assert time.monotonic() - began < 6
    assert ended(run("status")).split() == ["received", "0"]
    ended(run("quick", "--once"))
    assert ended(run("status")).split() == ["in_review", "1"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_worker_stops_at_once_and_cleanly(run, number):
    process = run("quick")
    wait_for(process, "ready")
    time.sleep(2.0)
    began = time.monotonic()
    process.send_signal(number)
    _out, error = process.communicate(timeout=20)
    assert process.returncode == 0, error
    assert "Traceback" not in error
    assert time.monotonic() - began < 6


@pytest.mark.django_db
def test_trouble_with_the_database_does_not_stop_the_worker(monkeypatch, caplog):
    def broken() -> int:
        raise RuntimeError("away for a moment")

    monkeypatch.setattr(jobs, "resume_dead", broken)
    worker.resume()
    assert "tries again later" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_once_does_what_waits_and_ends(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    document = DocumentFactory.create(status="received")
    jobs.queue_reading(document.pk)
    call_command("worker", "--once")
    document.refresh_from_db()
    assert (document.status, document.failure_code) == ("failed", "not_found")
