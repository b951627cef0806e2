"""Walk through the blocks in reading order and collect what demands something, with the context that decides its class.

The state is what a reader keeps in mind: the chapter, the assignment, the sentence that opened the list, the item one
is inside, and whether the last paragraph broke off at the foot of a page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.blocks import Block, BlockKind, explode_cell
from tillitsrom.reading.cues import judge, signals
from tillitsrom.reading.deadlines import deadline_lines
from tillitsrom.reading.findings import Due, Finding, Place
from tillitsrom.reading.sentences import split_sentences
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
    is_goal_stem,
    is_noise,
    is_order_stem,
    is_run_in_heading,
    is_subheading,
    read_heading,
    section_kind,
    starts_with_infinitive,
)
from tillitsrom.reading.tables import TableReader
from tillitsrom.reading.verdicts import Setting, Verdict
from tillitsrom.reading.words import pattern

_FIXED = {
    SectionKind.GOALS: "goal",
    SectionKind.STEERING: "steering_parameter",
    SectionKind.KEY_FIGURES: "key_figure",
}
_LEAD_TITLE = pattern(r"^[^.:!?]{2,70}[.:]\s+(?=\S)")
_END_MARK = pattern(r"[.!?:;]\W{0,3}$")
_FINITE_START = pattern(
    r"^(?:[A-ZÆØÅ«]\S*\s+)(?:\S+\s+){0,9}?(?:er|har|ble|blir|vil|kan|viser|vises|får|fikk|inngår|gir|ønsker|består|gjelder|innebærer|pågår|står|lever|skal|må|bør|bes)\b"
)
_SUB_CONJUNCTION = pattern(
    r"^(?:om|at|hvordan|hvilke\w*|hva|hvor|hvorvidt|når|korleis|kva|kvar|i hvilken grad|i kva grad)\b",
)
_TELLING_STEM = pattern(r"^\W*(?:formål|føremål|bakgrunn|målet|hensikt)|\b(?:kan|har|ble|er|følger\s+av)\b")
_GOES_ON = pattern(r"^(?:og\s+)?(?:videre|vidare|også|deretter|herunder)\s+\w+e\b")
_LEVEL_NONE = 99
_FRAGMENT = 40


@dataclass(slots=True)
class _Open:
    """An item that is open: its depth and number, and what its own words make of items inside it."""

    depth: int
    number: int
    stem: Stem | None


@dataclass(slots=True)
class _State:
    sections: list[Heading] = field(default_factory=list)
    scope: int = 0
    scopes: int = 0
    assignment: str | None = None
    scope_level: int = _LEVEL_NONE
    background: bool = False
    stem: Stem | None = None
    stem_list: int = 0
    list_open: bool = False
    last_marker: str = ""
    held: tuple[Stem, int, str] | None = None
    items: list[_Open] = field(default_factory=list)
    item: int = 0
    point: str = ""
    lists: int = 0
    tail: str = ""
    tail_counted: bool = False
    goal_level: int = 0
    closed: bool = False
    headings: int = 1
    block: int = 0
    block_quiet: bool = True


class Walk:
    """One pass over the blocks of a document."""

    def __init__(self, text: str, who: Addressee) -> None:
        self.text = text
        self.who = who
        self.year = who.year
        self.s = _State()
        self.findings: list[Finding] = []
        self.dues: list[Due] = []
        self.table = TableReader(text, who.year)

    def run(self, blocks: Sequence[Block]) -> None:
        """Read every block; afterwards `findings` and `dues` hold what was found."""
        for index, block in enumerate(blocks):
            if self.s.closed and block.kind is not BlockKind.HEADING:
                continue
            self._block(block, self._next(blocks, index))

    def _next(self, blocks: Sequence[Block], index: int) -> Block | None:
        """The next block that is not noise."""
        for other in blocks[index + 1 : index + 6]:
            if other.kind is not BlockKind.PARAGRAPH or not is_noise(
                clean(self.text[other.start : other.end][:130])
            ):
                return other
        return None

    def _block(self, block: Block, following: Block | None) -> None:
        if block.kind is BlockKind.HEADING:
            self._heading(block, following)
        elif self._section().kind is SectionKind.CONTENTS:
            return
        elif block.kind is BlockKind.ROW:
            self._row(block, following)
        elif block.kind is BlockKind.ITEM:
            self._item(block, following)
        else:
            self._paragraph(block, following)

    # --- context ---------------------------------------------------------------------------------------------------

    def _section(self) -> Heading:
        return self.s.sections[-1] if self.s.sections else Heading("", 0, "", SectionKind.OTHER)

    def _kind(self) -> SectionKind:
        """The kind of the innermost section that has one."""
        for heading in reversed(self.s.sections):
            if heading.kind is not SectionKind.OTHER:
                return heading.kind
        return SectionKind.OTHER

    def _setting(self, *, background: bool = False) -> Setting:
        kind = self._kind()
        return Setting(
            self.who,
            in_assignment=bool(self.s.scope) or kind is SectionKind.ASSIGNMENTS,
            background=background or self.s.background or kind is SectionKind.BACKGROUND,
            reporting=kind is SectionKind.REPORTING,
        )

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
        s.scope, s.assignment, s.scope_level, s.background = 0, None, _LEVEL_NONE, False
        self._end_list(forget=True)
        s.item, s.point, s.tail = 0, "", ""

    def _end_list(self, *, forget: bool = False) -> None:
        """The list is over, but a later item with the next number takes it up again."""
        s = self.s
        if forget:
            s.held = None
        elif s.list_open and s.stem is not None:
            s.held = (s.stem, s.stem_list, s.last_marker)
        s.list_open, s.stem, s.items = False, None, []
        s.stem_list = 0

    # --- headings --------------------------------------------------------------------------------------------------

    def _heading(self, block: Block, following: Block | None) -> None:
        raw = self.text[block.start : block.end]
        heading = read_heading(raw, block.depth)
        s = self.s
        s.tail = ""
        s.headings += 1
        if is_closing(heading.title):
            s.closed = True
            return
        named = assignment_name(clean(raw))
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
        if title.rstrip().endswith(":") and signals(_last_clause(title, self.who), self._setting()):
            self.s.stem = Stem(StemKind.DEMAND, title)

    def _point_heading(self, block: Block, heading: Heading, following: Block | None) -> None:
        """A numbered heading inside an assignment is one of its points; with no text below it, it says all there is."""
        s = self.s
        if not heading.number.isdigit():
            return
        s.point = heading.number
        held = s.held
        if held and s.stem is None:
            s.stem = held[0]
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
        s.sections = [h for h in s.sections if h.level < heading.level]
        parent = self._kind()
        s.sections.append(heading)
        if parent is SectionKind.ASSIGNMENTS and heading.kind is SectionKind.OTHER and not heading.number:
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
        if goal or (numbered and heading.kind is SectionKind.OTHER and len(heading.title.split()) >= 4):
            place = self._place()
            self._add(
                block.start,
                block.end,
                goal or heading.title,
                Verdict("goal_heading", 0.8),
                place,
                fixed="goal",
            )
        elif (
            re.match(r"(?:hoved|hovud)?mål\b.*\b(?:styring|oppdrag|resultat|nøkkel)", heading.title.lower())
            and heading.number
        ):
            s.goal_level = heading.level

    # --- paragraphs ------------------------------------------------------------------------------------------------

    def _paragraph(self, block: Block, following: Block | None) -> None:
        raw = self.text[block.start : block.end]
        if is_noise(clean(raw[:130])) and len(raw) < 130:
            return
        start, plain = block.start, ""
        if len(raw) < 400 or raw[:2] == "**":
            plain = clean(raw)
            if self._paragraph_heading(block, raw, plain):
                return
            start = self._after_bold_title(block, raw)
        self._end_list()
        self._text(start, block.end, following, subitem=0)

    def _paragraph_heading(self, block: Block, raw: str, plain: str) -> bool:
        """A paragraph that is a heading in disguise, a deadline line alone, or the close of the letter."""
        s = self.s
        if is_closing(plain):
            s.closed = True
            return True
        named = assignment_name(plain)
        if (
            named
            and len(plain) < 260
            and not _END_MARK.search(plain)
            and not signals(plain[named[1] :].strip() or ".", self._setting())
        ):
            self._open_scope(named[0], max(2, s.scope_level if s.scope_level != _LEVEL_NONE else 2))
            return True
        if is_run_in_heading(plain):
            kind = section_kind(plain)
            emphasised = raw[:1] in "*_<" or plain.endswith(":")
            if kind is SectionKind.BACKGROUND or (emphasised and not signals(plain, self._setting())):
                if kind in LISTS and not s.scope:
                    s.sections = [*(h for h in s.sections if h.level < 8), Heading(plain, 8, "", kind)]
                s.background = kind is SectionKind.BACKGROUND
                if s.background or not plain.endswith(":"):
                    self._end_list()
                    return True
        return False

    def _after_bold_title(self, block: Block, raw: str) -> int:
        """Open the assignment that a paragraph's bold beginning names, and tell where its text goes on."""
        if raw[:2] != "**":
            return block.start
        close = raw.find("**", 2)
        named = assignment_name(clean(raw[:close])) if 0 < close < 300 else None
        if named is None:
            return block.start
        self._open_scope(named[0], max(2, self._section().level))
        return block.start + close + 2

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

    def _text(self, start: int, end: int, following: Block | None, subitem: int) -> None:
        """The sentences of running text: each is judged; the last may be the stem of a list."""
        s = self.s
        s.block += 1
        s.block_quiet = True
        spans = list(split_sentences(self.text, start, end))
        in_due = False
        last = len(spans) - 1
        for number, (left, right) in enumerate(spans):
            plain = clean(self.text[left:right])
            if not plain:
                continue
            left, plain = _without_letter_head(self.text, left, right, plain)
            if number == 0 and s.tail and plain[0].islower():
                if self._continuation(left, right, plain, subitem):
                    continue
            if self._due_line(left, plain, s.item if s.items else 0):
                in_due = True
                self._due_sentence(left, right, plain, subitem)
                continue
            if number == last and self._is_stem(left, right, plain, following, subitem):
                s.tail = ""
                return
            self._sentence(left, right, plain, subitem)
            s.block_quiet = False
        self._note_tail(spans, in_due)

    def _note_tail(self, spans: list[tuple[int, int]], in_due: bool) -> None:
        s = self.s
        s.tail = ""
        if spans and not in_due:
            left, right = spans[-1]
            plain = clean(self.text[left:right])
            if len(plain) >= _FRAGMENT and not _END_MARK.search(plain):
                s.tail = plain
                s.tail_counted = bool(self.findings) and self.findings[-1].start == left

    def _continuation(self, left: int, right: int, plain: str, subitem: int) -> bool:
        """The rest of a sentence that a page break cut: judged together with its beginning."""
        s = self.s
        if s.tail_counted:
            return True
        verdict = judge(f"{s.tail} {plain}", self._setting())
        if verdict:
            self._add(
                left,
                right,
                f"{s.tail} {plain}",
                replace(verdict, confidence=verdict.confidence - 0.1),
                self._place(subitem=subitem),
            )
        return True

    def _due_sentence(self, left: int, right: int, plain: str, subitem: int) -> None:
        """A deadline line that asks for something in a sentence of its own is a requirement as well."""
        cut = plain.find(":")
        if cut < 0:
            return
        rest = plain[cut + 1 :].strip()
        verdict = judge(rest, self._setting()) if rest else None
        if verdict and verdict.rule.startswith("request"):
            inner = self.text.find(rest[:12], left, right)
            self._add(inner if inner >= 0 else left, right, rest, verdict, self._place(subitem=subitem))

    def _sentence(self, left: int, right: int, plain: str, subitem: int, stem: str = "") -> bool:
        verdict = judge(plain, self._setting())
        if verdict is None:
            return False
        self._add(left, right, plain, verdict, self._place(stem, subitem))
        return not verdict.authority

    def _is_stem(self, left: int, right: int, plain: str, following: Block | None, subitem: int) -> bool:
        """Whether the sentence opens a list; it is then held back and counts only when the list brings nothing."""
        if following is None:
            return False
        opens_list = following.kind is BlockKind.ITEM
        colon = plain.rstrip(" *").endswith(":")
        if not colon and not opens_list:
            return False
        setting = self._setting()
        if not colon:
            return self._silent_stem(left, right, plain, following, setting)
        if not opens_list and following.kind is not BlockKind.ROW and is_order_stem(plain):
            # What it announces stands in the paragraphs or under the headings that follow.
            return True
        if following.kind is BlockKind.HEADING:
            return signals(plain, setting)
        kind = StemKind.NONE
        if is_goal_stem(plain) and not self.s.scope:
            kind = StemKind.GOALS
        elif signals(plain, setting) or (setting.in_assignment and is_order_stem(plain)):
            kind = StemKind.DEMAND
        self._hold(left, right, plain, kind, subitem)
        return True

    def _silent_stem(self, left: int, right: int, plain: str, following: Block, setting: Setting) -> bool:
        """A sentence without a colon before a list: a stem when it breaks off, or when the items are infinitives."""
        if self.s.items or not signals(plain, setting):
            return False
        first = clean(self.text[following.start : following.end][:120])
        broken = not _END_MARK.search(plain)
        if not (broken or (starts_with_infinitive(first) and setting.in_assignment)):
            return False
        self._hold(left, right, plain, StemKind.DEMAND, 0)
        return True

    def _hold(self, left: int, right: int, plain: str, kind: StemKind, subitem: int) -> None:
        s = self.s
        s.lists += 1
        stem = Stem(kind, plain, s.background)
        if s.items:
            s.items[-1].stem = stem
        else:
            s.stem, s.stem_list = stem, s.lists
        if kind is StemKind.DEMAND:
            verdict = judge(plain, self._setting())
            if verdict and not verdict.authority:
                place = self._place(subitem=subitem)
                self.findings.append(
                    Finding(
                        left,
                        right,
                        plain,
                        verdict.rule,
                        verdict.confidence - 0.2,
                        place,
                        False,
                        None,
                        None,
                        s.lists,
                    )
                )

    # --- list items ------------------------------------------------------------------------------------------------

    def _item(self, block: Block, following: Block | None) -> None:
        s = self.s
        plain = clean(self.text[block.start : block.end])
        if not plain or is_closing(plain):
            return
        while s.items and s.items[-1].depth >= block.depth:
            s.items.pop()
        if self._item_due(block, plain):
            return
        if not block.marker:
            self._text(block.start, block.end, following, subitem=0)
            return
        if not s.items:
            self._open_list(block)
            s.item += 1
            marker = block.marker.strip("().")
            if marker.isdigit() or not s.point.isdigit():
                s.point = marker
        parent = s.items[-1] if s.items else None
        stem = parent.stem if parent else s.stem
        opened = _Open(block.depth, s.item, None)
        s.items.append(opened)
        if assignment_name(plain) and not signals(plain, self._setting()):
            self._cover_list()
            return
        s.tail = ""
        self._item_text(block, plain, stem, parent, following)

    def _cover_list(self) -> None:
        """A heading over a list of names of assignments opens no assignments: it is the letter's cover."""
        s = self.s
        if not s.scope and s.sections and s.sections[-1].kind is SectionKind.ASSIGNMENTS:
            s.sections[-1] = replace(s.sections[-1], kind=SectionKind.OTHER)

    def _item_due(self, block: Block, plain: str) -> bool:
        """A deadline line that stands as an item of its own, or as a line inside an item."""
        s = self.s
        if "rist" not in plain[:30] or not deadline_lines(plain, self.year):
            return False
        spans = list(split_sentences(self.text, block.start, block.end))
        self._due_line(block.start, clean(self.text[spans[0][0] : spans[0][1]]) if spans else plain, s.item)
        for left, right in spans[1:]:
            self._sentence(left, right, clean(self.text[left:right]), 0)
        return True

    def _open_list(self, block: Block) -> None:
        """The first item after other text: a new list, or the old one going on with the next number."""
        s = self.s
        if s.list_open:
            s.last_marker = block.marker
            return
        if s.held and s.stem is None and _succeeds(s.held[2], block.marker):
            s.stem, s.stem_list, _ = s.held
        s.held = None
        s.list_open = True
        s.last_marker = block.marker

    def _item_text(
        self, block: Block, plain: str, stem: Stem | None, parent: _Open | None, following: Block | None
    ) -> None:
        s = self.s
        kind = self._kind()
        if kind in LISTS and not s.scope:
            if parent is None:
                self._add(
                    block.start,
                    block.end,
                    plain,
                    Verdict(f"list_{kind.value}", 0.93),
                    self._place(),
                    fixed=_FIXED[kind],
                )
            return
        if stem and stem.kind is StemKind.GOALS:
            if parent is None:
                self._add(
                    block.start, block.end, plain, Verdict("list_goals", 0.9), self._place(), fixed="goal"
                )
            return
        demanded = stem is not None and stem.kind is StemKind.DEMAND
        if self._transparent(block, plain, stem, following):
            return
        self._item_sentences(block, demanded, stem, parent, following)

    def _transparent(self, block: Block, plain: str, stem: Stem | None, following: Block | None) -> bool:
        """A short title that only gathers the items below it hands on the stem above it."""
        s = self.s
        inside = following is not None and following.kind is BlockKind.ITEM and following.depth > block.depth
        if (
            inside
            and plain.endswith(":")
            and len(plain.split()) <= 6
            and not starts_with_infinitive(plain)
            and stem
        ):
            s.items[-1].stem = stem
            return True
        return False

    def _item_sentences(
        self, block: Block, demanded: bool, stem: Stem | None, parent: _Open | None, following: Block | None
    ) -> None:
        s = self.s
        stem_text = stem.text if demanded and stem else ""
        spans = list(split_sentences(self.text, block.start, block.end))
        spans = _join_title(self.text, spans)
        subitem = block.start if parent else 0
        counted = 0
        last = len(spans) - 1
        for number, (left, right) in enumerate(spans):
            plain = clean(self.text[left:right])
            if not plain or self._due_line(left, plain, s.item):
                continue
            opens = (
                number == last
                and following is not None
                and following.kind is BlockKind.ITEM
                and following.depth > block.depth
            )
            body = _without_title(plain)
            if number and opens and plain.endswith(":"):
                self._is_stem(left, right, plain, following, subitem)
                continue
            if number == 0 and last and self._restated(spans[1]) and len(plain.split()) <= 30:
                continue
            if number == 0 and self._item_head(left, right, body, demanded, stem_text, subitem):
                counted += 1
                if opens and plain.endswith(":") and signals(body, self._setting()):
                    self._sub_stem(left, plain)
                continue
            if opens and plain.endswith(":") and self._is_stem(left, right, plain, following, subitem):
                continue
            if parent is not None and not demanded and not self._complete(plain):
                continue
            counted += self._more(left, right, body, subitem, stem_text)
        if demanded and not counted and spans:
            self._whole_item(spans, stem_text, subitem)

    def _restated(self, span: tuple[int, int]) -> bool:
        """Whether the sentence after an item's first gives the assignment in full: then the first was its title."""
        verdict = judge(clean(self.text[span[0] : span[1]]), self._setting())
        return verdict is not None and verdict.rule == "assigned"

    def _sub_stem(self, left: int, plain: str) -> None:
        """An item that ends in a demanding stem of its own gives way to the items below it."""
        s = self.s
        s.lists += 1
        s.items[-1].stem = Stem(StemKind.DEMAND, plain)
        if self.findings and self.findings[-1].start == left:
            self.findings[-1] = replace(self.findings[-1], stem_of=s.lists)

    def _more(self, left: int, right: int, body: str, subitem: int, stem: str) -> bool:
        """A later sentence of an item: demanding by itself, or the item's infinitives going on."""
        if self._sentence(left, right, body, subitem, stem):
            return True
        if not _GOES_ON.match(body.lower()) or not starts_with_infinitive(
            body[3:] if body[:3] == "Og " else body
        ):
            return False
        self._add(left, right, body, Verdict("item_infinitive", 0.6), self._place(stem, subitem))
        return True

    def _complete(self, plain: str) -> bool:
        return self.who.named_in(plain.lower())

    def _item_head(self, left: int, right: int, body: str, demanded: bool, stem: str, subitem: int) -> bool:
        """Whether an item's first sentence is a requirement by its place in the list."""
        setting = self._setting()
        infinitive = starts_with_infinitive(body) or _SUB_CONJUNCTION.match(body.lower()) is not None
        if demanded and (infinitive or not _FINITE_START.match(body)):
            verdict = judge(body, setting)
            if verdict and verdict.authority:
                verdict = None
            if not infinitive and verdict is None and _describes(body):
                return False
            found = Verdict("list_item", 0.95 if infinitive else 0.85)
            self._add(left, right, body, found, self._place(stem, subitem))
            return True
        if (
            setting.in_assignment
            and starts_with_infinitive(body)
            and not demanded
            and not setting.background
            and not subitem
        ):
            stem_before = self.s.stem
            blocked = stem_before is not None and (
                stem_before.background or _TELLING_STEM.search(stem_before.text.lower()) is not None
            )
            if not blocked:
                self._add(left, right, body, Verdict("item_infinitive", 0.6), self._place(stem, subitem))
                return True
        return False

    def _whole_item(self, spans: list[tuple[int, int]], stem: str, subitem: int) -> None:
        left, right = spans[0]
        plain = clean(self.text[left:right])
        if not _describes(plain) and len(spans) <= 3 and not deadline_lines(plain, self.year):
            self._add(left, spans[-1][1], plain, Verdict("list_item_whole", 0.6), self._place(stem, subitem))

    # --- tables ----------------------------------------------------------------------------------------------------

    def _row(self, block: Block, following: Block | None) -> None:
        s = self.s
        cells = [(left, right, clean(self.text[left:right])) for left, right in block.cells]
        filled = [c for c in cells if c[2]]
        if not filled:
            return
        if self._assignment_row(filled, following):
            return
        if len(filled) == 1:
            self._cell(filled[0][0], filled[0][1], following)
            return
        rows = self.table.read(block, cells, self._kind(), self.s.scope, self._setting())
        if rows.handled:
            for start, end, plain, rule, confidence, fixed, deadline in rows.found:
                place = self._place()
                self.findings.append(
                    Finding(start, end, plain, rule, confidence, place, False, fixed, deadline)
                )
            return
        joined = " ".join(c[2] for c in filled)
        if self._due_line(block.start, joined, 0):
            return
        s.tail = ""
        for left, right, plain in filled:
            if len(plain) >= _FRAGMENT or "<" in self.text[left:right]:
                self._cell(left, right, following)

    def _assignment_row(self, filled: list[tuple[int, int, str]], following: Block | None) -> bool:
        """A row that names an assignment opens it; long text in another cell belongs to it."""
        named = assignment_name(filled[0][2])
        if named is None:
            return False
        if len(filled) == 1 and len(filled[0][2]) > 250:
            return False
        self._open_scope(named[0], self._section().level + 1)
        for left, right, plain in filled[1:]:
            if len(plain) > 150 or signals(plain, self._setting()):
                self._cell(left, right, following)
        return True

    def _cell(self, start: int, end: int, following: Block | None) -> None:
        """The text of a cell, read as the paragraphs and items it holds."""
        inner = list(explode_cell(self.text, start, end))
        for index, block in enumerate(inner):
            after = inner[index + 1] if index + 1 < len(inner) else following
            if block.kind is BlockKind.ITEM:
                self._item(block, after)
            else:
                self._paragraph(block, after)


def _succeeds(previous: str, marker: str) -> bool:
    """Whether a list marker is the one after another: 2 after 1, b after a."""
    before, after = previous.strip("().").lower(), marker.strip("().").lower()
    if before.isdigit() and after.isdigit():
        return int(after) == int(before) + 1
    return (
        len(before) == len(after) == 1
        and before.isalpha()
        and after.isalpha()
        and ord(after) == ord(before) + 1
    )


_TELLS = pattern(r"^(?:\w+\s+){0,8}?(?:vises|viser|har|ble|vart|fikk|er|gjelder|vil)\b")
_DEMANDS = pattern(r"\b(?:skal|må|bør|bes)\b")


def _describes(plain: str) -> bool:
    """A sentence that refers to something or tells what has been done."""
    return plain.startswith("Det vises") or (
        _TELLS.match(plain) is not None and _DEMANDS.search(plain) is None
    )


def _without_title(plain: str) -> str:
    """The item without the short title it begins with ("Ernæring: Spre …")."""
    match = _LEAD_TITLE.match(plain)
    if match and len(match.group().split()) <= 9 and len(plain) > match.end() and ":" in match.group():
        return plain[match.end() :]
    return plain


def _join_title(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A bold or short title with a full stop ("**Eldreløftet.** Redusere …") belongs to the sentence after it."""
    if len(spans) < 2:
        return spans
    left, right = spans[0]
    raw = text[left:right]
    if (
        len(raw) < 120
        and (raw[:1] in "*«")
        and raw.rstrip()[-1:] in "*»"
        and not _FINITE_START.match(clean(raw))
    ):
        return [(spans[1][0], spans[1][1]), *spans[2:]]
    return spans


def _last_clause(title: str, who: Addressee) -> str:
    """The demanding words at the end of a heading, from the addressee's name on."""
    last = None
    for last in who.pattern.finditer(title.lower()):
        pass
    return title[last.start() :] if last else title


_LETTER_HEAD = pattern(r"^Dato:?\s+\d{1,2}\.\s?\w+\s20\d\d\s+(?=[A-ZÆØÅ])")


def _without_letter_head(text: str, left: int, right: int, plain: str) -> tuple[int, str]:
    """The sentence without the date line of a letter head that a converter has run into it."""
    match = _LETTER_HEAD.match(plain) if plain[:4] == "Dato" else None
    if match is None:
        return left, plain
    rest = plain[match.end() :]
    at = text.find(rest[:15], left, right)
    return (at if at >= 0 else left), rest
