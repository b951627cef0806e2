"""What the rules hand on: a rule as data, a mark where it was broken, and the finding that is shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillitsrom.reading.check.letter import Letter


class Severity(StrEnum):
    """How much a finding matters. An error breaks a principle or a fact, a warning makes steering heavy, a note is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        return list(Severity)[::-1].index(self)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding is about, in this document or another."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words inside a message that the reader's language chooses; `key` names them among the texts."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a rule was broken, and what its message says about it."""

    start: int
    end: int
    values: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `quote` is the document's text from `start` to `end`; `message` is one line in bokmål.

    `values` is what the message says about this place, so that it can be said in another language too.
    """

    code: str
    severity: Severity
    start: int
    end: int
    page: int | None
    quote: str
    message: str
    related: tuple[Related, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. The code is stable; title, message, rationale and source are bokmål, for those who write letters."""

    code: str
    name: str
    severity: Severity
    title: str
    message: str
    rationale: str
    source: str
    find: Callable[["Letter"], Iterator[Mark]]
