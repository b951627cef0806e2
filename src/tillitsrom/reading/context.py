"""What a reader keeps in mind while going through a document: chapter, assignment, open list, the sentence that broke off."""

from dataclasses import dataclass, field

from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.deadlines import deadline_lines
from tillitsrom.reading.findings import Due, Finding, Place
from tillitsrom.reading.phrases import is_leaders
from tillitsrom.reading.structure import Heading, SectionKind, Stem
from tillitsrom.reading.tables import TableReader
from tillitsrom.reading.verdicts import Setting, Verdict

LEVEL_NONE = 99
# In an instruction a chapter of budget or of authority holds duties of all classes.
_OF_LETTERS = (SectionKind.BUDGET, SectionKind.AUTHORITY, SectionKind.GUIDELINES)


@dataclass(slots=True)
class Open:
    """An item that is open: its depth and number, and what its own words make of items inside it."""

    depth: int
    number: int
    stem: Stem | None


@dataclass(slots=True)
class State:
    sections: list[Heading] = field(default_factory=list)
    scope: int = 0
    scopes: int = 0
    assignment: str | None = None
    scope_level: int = LEVEL_NONE
    background: bool = False
    stem: Stem | None = None
    stem_list: int = 0
    list_open: bool = False
    last_marker: str = ""
    held: tuple[Stem, int, str] | None = None
    numbered: tuple[Stem, str] | None = None
    items: list[Open] = field(default_factory=list)
    item: int = 0
    point: str = ""
    lists: int = 0
    tail: str = ""
    tail_at: int = 0
    tail_counted: bool = False
    goal_level: int = 0
    closed: bool = False
    headings: int = 1
    common: int = 0
    block: int = 0
    block_quiet: bool = True


class Context:
    """The state of one pass over a document, and what has been found so far."""

    def __init__(self, text: str, who: Addressee) -> None:
        self.text = text
        self.who = who
        # What an instruction sets a date for comes back every year.
        self.year = None if who.standing else who.year
        self.s = State()
        self.findings: list[Finding] = []
        self.dues: list[Due] = []
        self.table = TableReader(text, self.year)
        # There are few settings and many sentences, so each is made once.
        self._settings: dict[tuple[bool, bool, bool, bool, bool], Setting] = {}

    def _section(self) -> Heading:
        return self.s.sections[-1] if self.s.sections else Heading("", 0, "", SectionKind.OTHER)

    def _kind(self) -> SectionKind:
        """The kind of the innermost section that has one."""
        for heading in reversed(self.s.sections):
            if heading.kind is not SectionKind.OTHER and not (
                self.who.standing and heading.kind in _OF_LETTERS
            ):
                return heading.kind
        return SectionKind.GUIDELINES if self._common() else SectionKind.OTHER

    def _common(self) -> bool:
        """Whether the text stands among the rules that hold for all agencies (fellesføringer)."""
        s = self.s
        if s.common == s.headings:
            return True
        title = s.sections[-1].title if s.sections else ""
        at = title.find("ellesføring", 0, 34)
        return at >= 0 and "," not in title[:at]

    def _setting(self, *, background: bool = False) -> Setting:
        kind, s = self._kind(), self.s
        opening = bool(s.scope) and not (self.findings and self.findings[-1].place.scope == s.scope)
        in_assignment = bool(s.scope) or kind is SectionKind.ASSIGNMENTS
        behind = background or s.background or kind is SectionKind.BACKGROUND
        reporting = kind is SectionKind.REPORTING
        # Outside all known chapters `_kind` has asked already.
        common = kind is SectionKind.GUIDELINES or (kind is not SectionKind.OTHER and self._common())
        key = (in_assignment, behind, reporting, opening, common)
        setting = self._settings.get(key)
        if setting is None:
            setting = self._settings[key] = Setting(self.who, *key)
        return setting

    def _for_leader(self, verdict: Verdict, left: int, plain: str) -> bool:
        """Whether another body, which leads the work, is to hand over what the sentence speaks of."""
        before = self.text[max(0, left - 260) : left].rsplit("\n", maxsplit=1)[-1]
        return verdict.rule == "modal_passive" and is_leaders(plain, before, self.who)

    def _zone(self) -> int:
        """The assignment, or the section where there is none: how far a deadline line reaches."""
        return self.s.scope or -self.s.headings

    def _place(self, stem: str = "", subitem: int = 0) -> Place:
        s = self.s
        heading = self._section().title or None
        return Place(
            self._kind(),
            heading,
            s.scope,
            s.assignment,
            s.item,
            subitem,
            s.point,
            stem,
            s.block,
            bool(s.items),
            self._zone(),
        )

    def _add(
        self, start: int, end: int, plain: str, verdict: Verdict, place: Place, *, fixed: str | None = None
    ) -> None:
        self.findings.append(
            Finding(start, end, plain, verdict.rule, verdict.confidence, place, verdict.authority, fixed)
        )

    def _open_scope(self, name: str | None, level: int) -> None:
        s = self.s
        s.scopes += 1
        s.scope, s.assignment, s.scope_level = s.scopes, name, level
        self._end_list(forget=True)
        s.background = False
        s.item, s.point, s.tail = 0, "", ""

    def _close_scope(self) -> None:
        s = self.s
        s.scope, s.assignment, s.scope_level, s.background = 0, None, LEVEL_NONE, False
        self._end_list(forget=True)
        s.item, s.point, s.tail = 0, "", ""

    def _end_list(self, *, forget: bool = False) -> None:
        """The list is over, but a later item with the next number takes it up again."""
        s = self.s
        if forget:
            s.held = s.numbered = None
        elif s.list_open and s.stem is not None:
            s.held = (s.stem, s.stem_list, s.last_marker)
        s.list_open, s.stem, s.items = False, None, []
        s.stem_list = 0

    def _due_line(self, at: int, plain: str, item: int) -> bool:
        lines = deadline_lines(plain, self.year)
        if not lines:
            return False
        s = self.s
        for line in lines:
            only = s.block if line.specific else 0
            if only and s.block_quiet:
                # The line stands alone: it closes the paragraph before it.
                only -= 1
            self.dues.append(Due(at, line.value, self._zone(), item, line.points, s.point, only))
        return True
