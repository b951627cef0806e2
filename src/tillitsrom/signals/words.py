"""Which words two signals share, and what a text seems to be about. Pure text: the reasons can be shown to anybody."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from tillitsrom.register.search import stems

from .models import Signal

LONGEST_STEM = 60
MOST_STEMS = 40
SHORTEST = 3
# So many shared word families, and such a share of the shorter text's, make two signals alike.
FEWEST_SHARED = 2
SHARE = 0.34

_WORD = re.compile(r"\w+", re.UNICODE)
_REPORTING = re.compile(r"rapport|innrapport|tertial|statistikk|nøkkeltal", re.IGNORECASE)
_DOCUMENTATION = re.compile(r"skjema|dokumenter|journal|registrer|sjekkliste|logg|avvik", re.IGNORECASE)


@cache
def _common() -> frozenset[str]:
    """Word families that say nothing about what a text is about."""
    text = resources.files("tillitsrom.signals").joinpath("data/common_words.txt").read_text("utf-8")
    return frozenset(_stems(" ".join(line for line in text.splitlines() if not line.startswith("#"))))


def _stems(text: str) -> list[str]:
    """Stems in which «skjema» and «skjemaet» are one: the stemmer leaves the last vowel on one of them."""
    return [stem.rstrip("ae") if len(stem) > SHORTEST + 1 else stem for stem in stems(text)]


def families(text: str) -> list[str]:
    """The telling word families of a text, each once, in its order."""
    found = dict.fromkeys(
        stem
        for stem in _stems(text)
        if len(stem) >= SHORTEST
        and not stem.isdecimal()
        and stem not in _common()
        and len(stem) <= LONGEST_STEM
    )
    return list(found)[:MOST_STEMS]


def are_alike(shared: int, one: int, other: int) -> bool:
    """Whether texts with so many families say the same, by how many they share."""
    return shared >= FEWEST_SHARED and shared / max(1, min(one, other)) >= SHARE


def shared_words(text: str, shared: Iterable[str]) -> list[str]:
    """The shared families as the words that stand in a text, so that a reader recognises them."""
    wanted = set(shared)
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        for stem in _stems(word)[:1]:
            if stem in wanted:
                found.setdefault(stem, word.lower())
    return list(found.values())


def guessed_kind(text: str) -> Signal.Kind:
    """The likeliest of the three kinds where the sender has not chosen."""
    if _REPORTING.search(text):
        return Signal.Kind.REPORTING
    if _DOCUMENTATION.search(text):
        return Signal.Kind.DOCUMENTATION
    return Signal.Kind.ROUTINE
