"""«Mitt bord»: each slice says what waits for a person, and the desk shows it, the oldest promise first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillitsrom.core.decisions import Reason
    from tillitsrom.people.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on the desk. `due` is the promised date, `tag` the short word in front, `tone` its colour.

    Tones: info, warning, danger, success, neutral.
    """

    url: str
    title: "Reason"
    tag: "Reason" = ""
    tone: str = "info"
    note: "Reason" = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with rows. `waits` says that these wait for the person; the others are only followed."""

    key: str
    heading: "Reason"
    rows: tuple[Row, ...]
    waits: bool = True
    more_url: str = ""
    more_label: "Reason" = ""


Provider = Callable[["User", date], Iterable[Section]]
_PROVIDERS: list[tuple[int, Provider]] = []


def provides(order: int) -> Callable[[Provider], Provider]:
    """Register a slice's part of the desk: called with the person and today. Lower orders come first. A decorator."""

    def add(provider: Provider) -> Provider:
        _PROVIDERS.append((order, provider))
        _PROVIDERS.sort(key=lambda pair: pair[0])
        return provider

    return add


def sections(person: "User", today: date) -> list[Section]:
    """Every section that has something in it."""
    found = [section for _order, provider in _PROVIDERS for section in provider(person, today)]
    return [section for section in found if section.rows]
