"""How a problem statement finds the case that it lies in: the slice that keeps cases says here how one is found."""

from collections.abc import Callable
from dataclasses import dataclass

from tillitsrom.people.models import Actor


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case as far as the actor may see it."""

    key: int
    number: str
    title: str
    url: str


# Finds by its number in one organisation, or by its key; None where it is not there or may not be seen.
ByNumber = Callable[[Actor, int, str], FoundCase | None]
ByKey = Callable[[Actor, int], FoundCase | None]
_FINDERS: list[tuple[ByNumber, ByKey]] = []


def keeps_cases(by_number: ByNumber, by_key: ByKey) -> None:
    """Say how cases are found. There is one keeper of cases; a second is a mistake."""
    if _FINDERS:
        raise ValueError("somebody keeps cases already")
    _FINDERS.append((by_number, by_key))


def with_number(actor: Actor, organisation_ids: list[int], number: str) -> FoundCase | None:
    """The case with the number in the first of the organisations that has one."""
    for by_number, _by_key in _FINDERS:
        for place in organisation_ids:
            found = by_number(actor, place, number)
            if found is not None:
                return found
    return None


def with_key(actor: Actor, key: int | None) -> FoundCase | None:
    """The case with the key, for showing where a statement lies."""
    return next((by_key(actor, key) for _by_number, by_key in _FINDERS if key is not None), None)
