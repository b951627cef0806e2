"""The document that is checked, with what several rules ask about it worked out once."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from tillitsrom.reading.check.config import Config
from tillitsrom.reading.check.model import Mark, Related
from tillitsrom.reading.deadlines import find_dates
from tillitsrom.reading.model import Reading, Requirement, RequirementClass
from tillitsrom.reading.report import plain
from tillitsrom.reading.words import Pattern, pattern

_HEADING = pattern(r"^#{1,6} [^\n]*$", re.MULTILINE)
_CHAPTER = pattern(r"^#{1,2} [^\n]*$", re.MULTILINE)
_DATED = pattern(r"\bdato\b[\s:*|]{1,12}([^\n]{4,30})", re.IGNORECASE)
_ANNUAL = pattern(
    r"tildelingsbrev|styringsbrev|oppdragsdokument|disponeringsbrev|iverksett\w*brev", re.IGNORECASE
)
_ADDED = pattern(r"suppler|tillegg", re.IGNORECASE)
_TITLE = pattern(r"^#{1,3} [\s*_]*([^\s*_#][^\n*]{0,200})", re.MULTILINE)
_FIRST_LINE = pattern(r"([^\s#*][^\n]{0,200})")
_HEAD = 2500
_TITLE_REACH = 200
_STRETCH = 600
_OVERLAP = 40
_CHAPTER_HEAD = 4000


class Letter:
    """A reading and what it is checked against."""

    def __init__(
        self, reading: Reading, previous: Reading | None, others: Sequence[Reading], config: Config
    ) -> None:
        self.reading = reading
        self.previous = previous
        self.others = tuple(others)
        self.config = config
        self.text = reading.document.text
        self._said: dict[tuple[str, int, int], bool] = {}

    @cached_property
    def counted(self) -> tuple[Requirement, ...]:
        """The requirements that count; room that is given is left alone."""
        return tuple(r for r in self.reading.requirements if r.requirement_class.counted)

    @cached_property
    def _plain(self) -> dict[int, str]:
        return {r.start: plain(r.quote) for r in self.counted}

    def words(self, requirement: Requirement) -> str:
        """The requirement as a person reads it, on one line."""
        return self._plain[requirement.start]

    def of(self, *classes: RequirementClass) -> Iterator[Requirement]:
        """The requirements of these classes, in the document's order."""
        return (r for r in self.counted if r.requirement_class in classes)

    @cached_property
    def _headings(self) -> list[int]:
        return [match.start() for match in _HEADING.finditer(self.text)]

    def says_near(self, requirement: Requirement, wanted: Pattern) -> bool:
        """Whether the pattern stands near the requirement, within its section.

        The text is looked through in stretches, and each stretch once only, however many requirements stand in it.
        """
        index = bisect_right(self._headings, requirement.start)
        low = self._headings[index - 1] if index else 0
        high = self._headings[index] if index < len(self._headings) else len(self.text)
        first, last = requirement.start // _STRETCH - 1, (requirement.end - 1) // _STRETCH + 1
        return any(
            self._says(wanted, max(low, number * _STRETCH), min(high, (number + 1) * _STRETCH + _OVERLAP))
            for number in range(first, last + 1)
        )

    def section_of(self, requirement: Requirement) -> int:
        """The number of the section that the requirement stands in, counted from the beginning."""
        return bisect_right(self._headings, requirement.start)

    def section_start(self, requirement: Requirement) -> int:
        """Where the section begins that the requirement's assignment is introduced in: its number stands at the head."""
        index = bisect_right(self._headings, requirement.start)
        number = requirement.assignment or ""
        for start in reversed(self._headings[max(0, index - 3) : index]):
            if number and number in self.text[start : start + _TITLE_REACH]:
                return start
        return requirement.start

    def _says(self, wanted: Pattern, start: int, end: int) -> bool:
        key = (wanted.source, start, end)
        if key not in self._said:
            self._said[key] = start < end and wanted.search(self.text[start:end]) is not None
        return self._said[key]

    @cached_property
    def _chapters(self) -> list[int]:
        return [match.start() for match in _CHAPTER.finditer(self.text)]

    def says_in_chapter(self, requirement: Requirement, wanted: Pattern) -> bool:
        """Whether the pattern stands at the beginning of the requirement's chapter, or near it."""
        index = bisect_right(self._chapters, requirement.start)
        low = self._chapters[index - 1] if index else 0
        high = self._chapters[index] if index < len(self._chapters) else len(self.text)
        return self._says(wanted, low, min(low + _CHAPTER_HEAD, high)) or self.says_near(requirement, wanted)

    def in_row(self, requirement: Requirement) -> bool:
        """Whether it stands in a row of a table."""
        line = self.text.rfind("\n", 0, requirement.start) + 1
        return self.text[line : line + 3].lstrip().startswith("|")

    @cached_property
    def dated(self) -> str | None:
        """The day that the letter says it is dated."""
        match = _DATED.search(self.text[:_HEAD])
        if match is None:
            return None
        hits = find_dates(match.group(1), self.reading.year)
        return hits[0].value if hits and hits[0].kind == "day" else None

    @cached_property
    def is_annual(self) -> bool:
        """Whether this is the year's own letter, not one that adds to it."""
        title = f"{self.title} {self.reading.document.title or ''} {self.reading.document.name}"
        return bool(_ANNUAL.search(title)) and not _ADDED.search(title)

    @cached_property
    def _title_span(self) -> tuple[int, int]:
        head = self.text[:_HEAD]
        match = _TITLE.search(head) or _FIRST_LINE.search(head)
        return match.span(1) if match else (0, 0)

    @property
    def title(self) -> str:
        """The first heading, or else the first line with words."""
        start, end = self._title_span
        return self.text[start:end]

    def whole(self, **values: object) -> Mark:
        """A mark on the document as a whole: it stands at the title."""
        return Mark(*self._title_span, values)


def mark(requirement: Requirement, related: tuple[Related, ...] = (), **values: object) -> Mark:
    """A mark on a requirement."""
    return Mark(requirement.start, requirement.end, values, related)


def relate(reading: Reading, requirement: Requirement) -> Related:
    """Point to a requirement of this document or another."""
    return Related(reading.document.name, requirement.start, requirement.end, requirement.quote)
