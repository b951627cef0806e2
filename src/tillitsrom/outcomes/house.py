"""The house rules of requests, reviews and new duties. Data, never constants in code."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True)
class House:
    """The rules as they were read, in days and years."""

    answer_days: int
    more_time_days: int
    review_days: int
    longest_review_days: int
    longest_duty_years: int


@cache
def _read(file: str) -> House:
    packaged = resources.files("tillitsrom.outcomes").joinpath("data/house.yaml")
    raw = yaml.safe_load(Path(file).read_text("utf-8") if file else packaged.read_text("utf-8"))
    return House(*(int(raw[name]) for name in House.__slots__))


def rules() -> House:
    file: str = settings.OUTCOMES_FILE
    return _read(file)


def due(sent: date) -> date:
    """The day an answer is due to a request that was sent on a day."""
    return sent + timedelta(days=rules().answer_days)


def later(due_on: date, today: date) -> date:
    """The new day when more time is asked for: counted from the date that stood, or today when that is later."""
    return max(due_on, today) + timedelta(days=rules().more_time_days)


def next_review(today: date) -> date:
    return today + timedelta(days=rules().review_days)
