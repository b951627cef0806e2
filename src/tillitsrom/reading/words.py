"""Word lists and patterns, as the rules use them."""

import re
from collections.abc import Callable, Iterator


def wordlist(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


class Pattern:
    """A regular expression that is compiled when it is first used, so that importing the reader costs little.

    After the first use, each method is the compiled pattern's own: there is nothing in between.
    """

    __slots__ = ("findall", "finditer", "flags", "fullmatch", "match", "search", "source", "split", "sub")

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[str]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        """Called for a method that is not there yet: compile, and put all of them in place."""
        compiled = re.compile(self.source, self.flags)
        for method in ("findall", "finditer", "fullmatch", "match", "search", "split", "sub"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> Pattern:
    """A pattern that compiles itself when it is first used."""
    return Pattern(source, flags)
