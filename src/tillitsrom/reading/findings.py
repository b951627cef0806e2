"""What the walk through a document collects before it becomes requirements: findings and deadlines with their context."""

from dataclasses import dataclass

from tillitsrom.reading.structure import SectionKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands. `scope` numbers the assignment (0: none); `item` and `point` tell the top list item.

    `zone` is the assignment, or the section outside assignments, within which a deadline line holds."""

    section: SectionKind = SectionKind.OTHER
    heading: str | None = None
    scope: int = 0
    assignment: str | None = None
    item: int = 0
    subitem: int = 0
    point: str = ""
    stem: str = ""
    block: int = 0
    inside: bool = False
    zone: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, list item or table row that was found to demand something. `stem_of` names the list a stem opened."""

    start: int
    end: int
    plain: str
    rule: str
    confidence: float
    place: Place
    authority: bool = False
    fixed: str | None = None
    deadline: str | None = None
    stem_of: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline line. It holds for one item, for one point of the assignment, or for all that stands before it.

    `near` is the numbered point that it stands in or after; `block` is set when it holds for one paragraph only.
    """

    at: int
    value: str | None
    zone: int
    item: int = 0
    points: tuple[str, ...] = ()
    near: str = ""
    block: int = 0
