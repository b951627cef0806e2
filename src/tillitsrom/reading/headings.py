"""Read headings: chapters, assignments, goals, points of an assignment, and stems that a converter made into headings."""

from tillitsrom.reading.blocks import Block, BlockKind
from tillitsrom.reading.context import Context
from tillitsrom.reading.cues import signals
from tillitsrom.reading.phrases import last_clause, succeeds
from tillitsrom.reading.structure import (
    LISTS,
    Heading,
    SectionKind,
    Stem,
    StemKind,
    assignment_name,
    clean,
    goal_in_heading,
    is_closing,
    is_subheading,
    is_titled_assignment,
    read_heading,
)
from tillitsrom.reading.verdicts import Verdict
from tillitsrom.reading.words import pattern

_GOAL_CHAPTER = pattern(r"(?:hoved|hovud)?mål\b.*\b(?:styring|oppdrag|resultat|nøkkel)")

_NO_GOAL = pattern(
    r"departement|direktorat|styring|rapporter|oppfølging|budsjett|organisering|samarbeid|prioriter"
)


class HeadingReader(Context):
    """The part of the walk that headings steer."""

    def _heading(self, block: Block, following: Block | None) -> None:
        raw = self.text[block.start : block.end]
        heading = read_heading(raw, block.depth)
        s = self.s
        s.tail = ""
        s.headings += 1
        if is_closing(heading.title):
            s.closed = True
            return
        named: tuple[str | None, int] | None = assignment_name(clean(raw))
        if not named and is_titled_assignment(heading.title):
            named = (None, 0)
        if named:
            s.closed = False
            self._open_scope(named[0], block.depth)
            self._stem_in_heading(clean(raw)[named[1] :])
            return
        if s.closed and heading.kind is SectionKind.CLOSING:
            return
        s.closed = False
        if self._due_line(block.start, heading.title, 0):
            return
        if heading.title.endswith(":") and signals(heading.title, self._setting()):
            self._end_list()
            s.stem, s.stem_list = Stem(StemKind.DEMAND, heading.title), 0
            return
        if s.scope and self._inside_assignment(heading, block.depth, raw):
            s.background = heading.kind is SectionKind.BACKGROUND
            self._point_heading(block, heading, following)
            return
        self._section_heading(block, heading)

    def _stem_in_heading(self, title: str) -> None:
        if title.rstrip().endswith(":") and signals(last_clause(title, self.who), self._setting()):
            self.s.stem = Stem(StemKind.DEMAND, title)

    def _point_heading(self, block: Block, heading: Heading, following: Block | None) -> None:
        """A numbered heading inside an assignment is one of its points; with no text below it, it says all there is."""
        s = self.s
        if not heading.number.isdigit():
            return
        s.point = heading.number
        if s.stem is None and s.numbered and succeeds(s.numbered[1], heading.number):
            # The list of points goes on as headings.
            s.stem, s.numbered = s.numbered[0], (s.numbered[0], heading.number)
        empty = following is None or following.kind in (BlockKind.HEADING, BlockKind.ROW)
        if empty and s.stem and s.stem.kind is StemKind.DEMAND and not heading.title.endswith(":"):
            s.item += 1
            place = self._place(s.stem.text)
            self._add(block.start, block.end, heading.title, Verdict("list_item", 0.7), place)

    def _inside_assignment(self, heading: Heading, depth: int, raw: str) -> bool:
        owner = self._section().level if self.s.sections else 0
        if heading.kind in LISTS or heading.kind is SectionKind.ASSIGNMENTS:
            return False
        if heading.number:
            return depth > max(owner, 1) and heading.number.isdigit() and depth > 2
        if heading.kind in (
            SectionKind.BUDGET,
            SectionKind.CLOSING,
            SectionKind.AUTHORITY,
            SectionKind.GUIDELINES,
        ):
            return False
        if heading.kind is SectionKind.REPORTING and depth <= self.s.scope_level:
            return is_subheading(heading.title)
        # Between a demanding stem and its list, and in italics, a heading only groups the items.
        grouping = self.s.stem is not None or (raw[0] in "*_" and raw[1:2] not in "*_")
        return grouping or depth > self.s.scope_level or is_subheading(heading.title)

    def _section_heading(self, block: Block, heading: Heading) -> None:
        s = self.s
        self.table.forget()
        s.sections = [h for h in s.sections if h.level < heading.level]
        parent = self._kind()
        s.sections.append(heading)
        if parent is SectionKind.ASSIGNMENTS and heading.kind is SectionKind.OTHER:
            self._open_scope(None, block.depth)
        else:
            self._close_scope()
        if heading.kind is SectionKind.BACKGROUND:
            s.background = True
        self._goal_heading(block, heading)

    def _goal_heading(self, block: Block, heading: Heading) -> None:
        """A numbered heading below a chapter of goals states a goal; so does "Mål 1: …"."""
        s = self.s
        if s.goal_level and heading.level <= s.goal_level:
            s.goal_level = 0
        goal = goal_in_heading(heading.title)
        numbered = s.goal_level and heading.level == s.goal_level + 1 and heading.number
        stated = numbered and heading.kind is SectionKind.OTHER and len(heading.title.split()) >= 4
        if goal or (stated and not _NO_GOAL.search(heading.title.lower())):
            place = self._place()
            self._add(
                block.start,
                block.end,
                goal or heading.title,
                Verdict("goal_heading", 0.8),
                place,
                fixed="goal",
            )
        elif _GOAL_CHAPTER.match(heading.title.lower()) and heading.number:
            s.goal_level = heading.level
