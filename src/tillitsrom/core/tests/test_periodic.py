"""Work that comes back: done when due, and no trouble in one stops another."""

import pytest
from django.utils import timezone

from tillitsrom.core import periodic


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(periodic, "WORK", {})
    monkeypatch.setattr(periodic, "TIDIERS", {})


def test_work_is_done_when_due_and_not_again_before(monkeypatch):
    clock, calls = [1000.0], []
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    periodic.every(60, "one")(lambda: calls.append(clock[0]))
    for now in (1000.0, 1059.0, 1060.0):
        clock[0] = now
        periodic.run_due()
    assert calls == [1000.0, 1060.0]


def test_trouble_in_one_piece_does_not_stop_the_next():
    def broken():
        raise OSError("gone")

    periodic.every(60, "broken")(broken)
    periodic.every(60, "whole")(lambda: None)
    assert periodic.run_due() == ["whole"]


def test_a_name_is_taken_once():
    periodic.every(60, "one")(lambda: None)
    with pytest.raises(ValueError, match="twice"):
        periodic.every(60, "one")(lambda: None)
    periodic.tidier("one")(lambda _now: 3)
    with pytest.raises(ValueError, match="twice"):
        periodic.tidier("one")(lambda _now: 3)
    assert periodic.tidy_all(timezone.now()) == {"one": 3}
