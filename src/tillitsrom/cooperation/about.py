"""What a case can be about beyond signals and requirements: slices above register how their things are named and found."""

from collections.abc import Callable
from dataclasses import dataclass

from tillitsrom.people.models import Actor


@dataclass(frozen=True, slots=True)
class About:
    """The thing as it is shown: its name, its page, and which origin a case about it has."""

    label: str
    url: str
    origin: str = "control"


# Answers None where the thing is not there or the actor may not see it.
Finder = Callable[[Actor, int], About | None]
FINDERS: dict[str, Finder] = {}


def register(kind: str) -> Callable[[Finder], Finder]:
    """Register a kind of thing, such as "controls.controlmeasure", by its finder. A decorator."""

    def add(finder: Finder) -> Finder:
        if kind in FINDERS:
            raise ValueError(f"cases about {kind!r} are registered twice")
        FINDERS[kind] = finder
        return finder

    return add


def find(actor: Actor, kind: str, key: int | None) -> About | None:
    """The thing, as far as the actor may see it."""
    finder = FINDERS.get(kind)
    return finder(actor, key) if finder is not None and key is not None else None
