"""The house rules of the question to the front line. Data, never constants in code."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True)
class House:
    """The rules as they were read, in days."""

    ask_after_days: int
    ask_for_days: int
    remind_before_days: int


@cache
def _read(file: str) -> House:
    packaged = resources.files("tillitsrom.ledger").joinpath("data/house.yaml")
    raw = yaml.safe_load(Path(file).read_text("utf-8") if file else packaged.read_text("utf-8"))
    return House(*(int(raw[name]) for name in House.__slots__))


def rules() -> House:
    file: str = settings.LEDGER_FILE
    return _read(file)
