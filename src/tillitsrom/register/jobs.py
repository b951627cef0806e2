"""The reading of a document as a background job: idempotent, bounded, with progress, in a process of its own."""

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tillitsrom.reading.isolated import read_isolated
from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources import Limits

from . import store
from .actions import documents

log = logging.getLogger(__name__)


class Interrupted(BaseException):
    """The worker was asked to stop in the middle of a document. Not an Exception: nothing on the way may swallow it."""


# True while a document is being read in its own process, which can be broken off at any point without harm.
interruptible = False

# So long the queue remembers a job that has ended.
ENDED_KEPT = timedelta(days=14)


def limits() -> Limits:
    return Limits(
        max_bytes=settings.UPLOAD_MAX_BYTES,
        max_pages=settings.UPLOAD_MAX_PAGES,
        max_seconds=settings.UPLOAD_MAX_SECONDS,
        max_memory=settings.UPLOAD_MAX_MEMORY_MB * 1024 * 1024,
    )


@task()
def read_document(document_id: int) -> None:
    """Read one received document. Runs twice without harm: the second time finds nothing to take."""
    document = documents.start_reading(document_id=document_id)
    if document is None:
        return
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > 0.5 or done == total:
            last = now
            documents.note_progress(document_id=document_id, done=done, total=total)

    suffix = "." + document.file_name.rsplit(".", 1)[-1].lower()
    global interruptible
    try:
        path = store.path_of(document.file_digest, suffix)
        interruptible = True
        reading = read_isolated(path, limits(), progress, name=document.file_name)
    except ReadingError as error:
        documents.fail(document_id=document_id, code=error.code, reason=str(error))
        return
    except Interrupted:
        if documents.put_back(document_id=document_id):
            read_document.enqueue(document_id)
        raise
    finally:
        interruptible = False
    documents.finish_reading(document_id=document_id, reading=reading)


def queue_reading(document_id: int) -> None:
    """Ask the worker to read a received document, once what made it so is saved."""
    transaction.on_commit(lambda: read_document.enqueue(document_id))


def resume_dead() -> int:
    """Enqueue documents whose reader died. Called now and then by the worker."""
    ids = documents.resume_dead_readings()
    for document_id in ids:
        read_document.enqueue(document_id)
        log.warning("document %s: its reader went silent; queued again", document_id)
    return len(ids)


def forget_ended(now: datetime) -> int:
    """Remove jobs that ended long ago from the queue. What they did stands in the event log."""
    count, _each = DBTaskResult.objects.finished().filter(finished_at__lt=now - ENDED_KEPT).delete()
    return int(count)
