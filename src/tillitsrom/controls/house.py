"""The house rules of control measures. Data, never constants in code."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from django.conf import settings

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class House:
    """The rules as they were read: days, and the words that measure a person."""

    evaluation_days: int
    longest_evaluation_days: int
    overdue_days: int
    never: tuple[str, ...]
    person: tuple[str, ...]
    output: tuple[str, ...]


def plain(text: str) -> str:
    """Small letters with one space between words, so that `employee_id`, «Employee-ID» and «employee id» are the same."""
    return _BETWEEN.sub(" ", re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", text).casefold()).strip()


@cache
def _read(file: str) -> House:
    packaged = resources.files("tillitsrom.controls").joinpath("data/house.yaml")
    raw = yaml.safe_load(Path(file).read_text("utf-8") if file else packaged.read_text("utf-8"))
    words = {name: tuple(plain(str(one)) for one in raw[name]) for name in ("never", "person", "output")}
    return House(
        int(raw["evaluation_days"]), int(raw["longest_evaluation_days"]), int(raw["overdue_days"]), **words
    )


def rules() -> House:
    file: str = settings.CONTROLS_FILE
    return _read(file)


def next_evaluation(today: date) -> date:
    return today + timedelta(days=rules().evaluation_days)
