"""The house rules of the lanes: promised days, and how often a thing is done in a year. Data, never constants in code."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Lanes:
    """The rules as they were read. `promised` is days per lane, with "" for what is not yet assessed."""

    promised: dict[str, int]
    days_to_next_level: int
    times_a_year: dict[str, int]


@cache
def _read(file: str) -> Lanes:
    packaged = resources.files("tillitsrom.signals").joinpath("data/lanes.yaml")
    raw = yaml.safe_load(Path(file).read_text("utf-8") if file else packaged.read_text("utf-8"))
    days = {str(lane): int(number) for lane, number in raw["promised_days"].items()}
    return Lanes(
        {"": days.pop("unassessed"), **days},
        int(raw["days_to_next_level"]),
        {str(period): int(number) for period, number in raw["times_a_year"].items()},
    )


def rules() -> Lanes:
    file: str = settings.SIGNALS_FILE
    return _read(file)


def promised(lane: str, day: date) -> date:
    """The day an answer is promised when the counting begins on a day."""
    return day + timedelta(days=rules().promised[lane])


def hours(minutes: int, occasions: int, period: str) -> float:
    """Hours a year for one who does it so often."""
    return minutes * occasions * rules().times_a_year[period] / 60
