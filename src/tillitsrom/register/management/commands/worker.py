"""`tillitsrom manage worker`: reads documents, sends notices and does what comes by the clock; tidies once a day."""

import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from tillitsrom.core import periodic
from tillitsrom.register import jobs

log = logging.getLogger(__name__)

# So often the worker looks for documents whose reader went silent.
LOOK_EVERY = 60.0
TIDY_EVERY = 24 * 60 * 60.0


class Command(BaseCommand):
    help = "Les dokumenter i bakgrunnen. Stopp med Ctrl-C eller SIGTERM; et dokument som er under lesing, går tilbake i køen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="gjør det som venter i køen, og stopp")
        parser.add_argument(
            "--interval", type=float, default=1.0, help="sekunder mellom hver gang køen blir sett etter (1)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        once: bool = options["once"]
        worker = Worker(
            queue_names=["*"],
            interval=options["interval"],
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        resume()
        if once:
            periodic.run_due()
            worker.run()
            return
        stopped = threading.Event()
        watch = threading.Thread(target=_look_now_and_then, args=(stopped,), name="resume", daemon=True)
        watch.start()
        _stop_on_signals(worker, stopped)
        log.info("The worker is ready.")
        try:
            worker.run()
        finally:
            stopped.set()
            watch.join(timeout=5)
            log.info("The worker has stopped.")


def resume() -> None:
    """Queue again what a dead reader left. A database that is away for a moment does not stop the worker."""
    try:
        jobs.resume_dead()
    except Exception:
        log.exception("Looking for readings that were lost did not work; the worker tries again later.")


def tidy() -> None:
    """Remove what has served its purpose. Trouble with it never stops the reading."""
    try:
        call_command("tidy")
    except Exception:
        log.exception("Tidying did not work; the worker tries again tomorrow.")


def _look_now_and_then(stopped: threading.Event) -> None:
    next_tidying = time.monotonic()
    while not stopped.wait(LOOK_EVERY):
        close_old_connections()
        resume()
        periodic.run_due()
        if time.monotonic() >= next_tidying:
            next_tidying = time.monotonic() + TIDY_EVERY
            tidy()
        close_old_connections()


def _stop_on_signals(worker: Worker, stopped: threading.Event) -> None:
    """A signal ends the loop. A document that is being read goes back to the queue for the next worker."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()
        worker.running = False
        if jobs.interruptible:
            raise jobs.Interrupted
        if not worker.running_task:
            raise SystemExit(0)

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
