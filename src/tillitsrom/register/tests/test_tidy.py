"""Tidying removes what has served its purpose, and nothing else."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillitsrom.core.models import Event
from tillitsrom.people.models import ApiToken
from tillitsrom.people.tests.factories import UserFactory
from tillitsrom.register.management.commands import worker

pytestmark = pytest.mark.django_db


def test_expired_sessions_go_and_others_stay():
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(hours=1))
    call_command("tidy")
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_attempts_to_log_in_are_forgotten_after_a_day():
    for name, hours in (("old@fjordvik.example", 25), ("new@fjordvik.example", 23)):
        attempt = AccessAttempt.objects.create(username=name, ip_address="192.0.2.1", failures_since_start=3)
        # The column fills itself with the time of the row.
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=timezone.now() - timedelta(hours=hours)
        )
    call_command("tidy")
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["new@fjordvik.example"]


def test_keys_that_expired_long_ago_go_with_an_event_that_the_system_did_it():
    today = timezone.localdate()
    person = UserFactory.create()
    for name, days in (("old", 31), ("just expired", 30), ("holds", -1)):
        ApiToken.objects.create(
            user=person, name=name, digest=name, expires_on=today - timedelta(days=days), scope="read"
        )
    gone = ApiToken.objects.get(name="old").pk
    call_command("tidy")
    assert set(ApiToken.objects.values_list("name", flat=True)) == {"just expired", "holds"}
    event = Event.objects.get(kind="people.token_removed")
    assert (event.subject_id, event.actor, event.by_system) == (gone, None, True)


def test_jobs_that_ended_long_ago_go_and_those_that_wait_stay():
    long_ago = timezone.now() - timedelta(days=15)
    shape: dict[str, Any] = {
        "task_path": "tillitsrom.register.jobs.read_document",
        "args_kwargs": {"args": [1], "kwargs": {}},
        "backend_name": "default",
        "exception_class_path": "",
        "traceback": "",
    }
    DBTaskResult.objects.create(**shape, status="SUCCESSFUL", finished_at=long_ago)
    DBTaskResult.objects.create(**shape, status="SUCCESSFUL", finished_at=timezone.now())
    DBTaskResult.objects.create(**shape, status="READY")
    call_command("tidy")
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]


def test_it_says_how_many(capsys):
    call_command("tidy")
    assert capsys.readouterr().out == "Fjernet 0 økter, 0 innloggingsforsøk, 0 nøkler, 0 jobber og 0 annet.\n"


def test_the_worker_tidies_once_and_not_again_the_same_day(monkeypatch):
    class TwoRounds(threading.Event):
        rounds = 0

        def wait(self, timeout: float | None = None) -> bool:
            self.rounds += 1
            return self.rounds > 2

    done: list[str] = []
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "resume", lambda: done.append("resume"))
    monkeypatch.setattr(worker, "call_command", done.append)
    worker._look_now_and_then(TwoRounds())
    assert done == ["resume", "tidy", "resume"]


def test_trouble_with_tidying_does_not_stop_the_worker(monkeypatch, caplog):
    def broken(_name: str) -> None:
        raise RuntimeError("away for a moment")

    monkeypatch.setattr(worker, "call_command", broken)
    worker.tidy()
    assert "tries again tomorrow" in caplog.text
