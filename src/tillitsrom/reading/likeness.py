"""Which texts of two years say the same, one with one: for whoever has no use for what was split or merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from tillitsrom.reading.years.groups import Change, Entry, Key, group_texts
from tillitsrom.reading.years.words import stem

__all__ = ["Change", "Pair", "Simple", "pair_texts", "stem"]

Simple = tuple[Key, str, str]
"""An identity of any kind, a class, and a text."""


@dataclass(frozen=True, slots=True)
class Pair(Generic[Key]):
    """A text of the old year and its like in the new; only one of them for what is new or gone."""

    change: Change
    old: Key | None
    new: Key | None
    similarity: float


def pair_texts(old: Sequence[Simple[Key]], new: Sequence[Simple[Key]]) -> list[Pair[Key]]:
    """Pair two years of (identity, class, text). In the new year's order, and last what is gone.

    A text whose words are the same but for years, dates and assignment numbers is kept, also in another class. The rest is
    paired by likeness, most alike first, each text once.
    """
    groups = group_texts(
        [Entry(key, kind, text) for key, kind, text in old],
        [Entry(key, kind, text) for key, kind, text in new],
        several=False,
    )
    return [
        Pair(
            Change.KEPT if group.change is Change.MOVED else group.change,
            next(iter(group.old), None),
            next(iter(group.new), None),
            group.similarity,
        )
        for group in groups
    ]
