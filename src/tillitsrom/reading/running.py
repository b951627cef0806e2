"""Read running text: paragraphs, their sentences, the stems of lists, and sentences that a page break cut."""

from dataclasses import replace

from tillitsrom.reading.blocks import Block, BlockKind
from tillitsrom.reading.context import LEVEL_NONE
from tillitsrom.reading.cues import judge, signals
from tillitsrom.reading.deadlines import asks_itself, deadline_lines, sentence_deadline
from tillitsrom.reading.findings import Finding
from tillitsrom.reading.headings import HeadingReader
from tillitsrom.reading.phrases import (
    CODE_FIRST,
    DELIVERABLE,
    END_MARK,
    FRAGMENT,
    LABEL_FIRST,
    PARAMETER,
    REQUIRED,
    WITHDRAWN,
    without_letter_head,
    without_title,
)
from tillitsrom.reading.sentences import split_sentences
from tillitsrom.reading.structure import (
    LISTS,
    Heading,
    SectionKind,
    Stem,
    StemKind,
    assignment_name,
    clean,
    gives_assignments,
    goal_in_heading,
    is_closing,
    is_figure_stem,
    is_goal_stem,
    is_money_stem,
    is_noise,
    is_order_stem,
    is_run_in_heading,
    is_steering_stem,
    is_subheading,
    is_task_stem,
    is_titled_assignment,
    section_kind,
    starts_with_infinitive,
)
from tillitsrom.reading.verdicts import Setting, Verdict
from tillitsrom.reading.words import pattern

RUN_IN_LEVEL = 8
# So much of page numbers and the like may stand between the halves of a sentence that a page break tore.
_TORN = 120
_LETTERED = pattern(r"^(?:[A-H]|\d{1,2})[.):]\s")
_FIXED = {
    SectionKind.STEERING: "steering_parameter",
    SectionKind.KEY_FIGURES: "key_figure",
    SectionKind.GOALS: "goal",
}
_NUMBERED = pattern(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?:[a-h]\)\s+)?(?=[A-ZÆØÅ])")
_ENDS_ASSIGNMENT = (SectionKind.BUDGET, SectionKind.AUTHORITY, SectionKind.GUIDELINES)
_ANNOUNCES = pattern(
    r"fastsatt|fastsett|følgende|følgjande|alle\s+stat|gjelder|gjeld\b|omtalt|omtala|regjering"
)


class TextReader(HeadingReader):
    """The part of the walk that reads sentences."""

    def _paragraph(self, block: Block, following: Block | None) -> None:
        raw = self.text[block.start : block.end]
        if is_noise(clean(raw[:130])) and len(raw) < 130:
            return
        start, plain = block.start, ""
        if len(raw) >= 400 and raw[:2] != "**":
            start = self._after_plain_title(block, raw)
        else:
            plain = clean(raw)
            if self._unmarked_heading(block, raw, plain, following):
                return
            if (
                self._goal_line(block, raw, plain)
                or self._paragraph_heading(block, raw, plain, following)
                or self._parameter(block, plain)
            ):
                return
            start = self._after_bold_title(block, raw)
        label = LABEL_FIRST.match(raw) if raw[:1] in "*_BF" else None
        if label:
            # "**Bakgrunn:** …" and then "**Oppdrag:** …", each in a paragraph of its own.
            self.s.background = section_kind(label["label"]) is SectionKind.BACKGROUND
        self._end_list()
        self._text(start, block.end, following, subitem=0)

    def _unmarked_heading(self, block: Block, raw: str, plain: str, following: Block | None) -> bool:
        """A numbered line in bold, or with two numbers or more, is a heading that lost its mark."""
        match = _NUMBERED.match(plain)
        if match is None or len(plain.split()) > 16 or END_MARK.search(plain):
            return False
        dots = match.group(1).count(".")
        bold = raw[:2] == "**" and raw.rstrip()[-2:] == "**"
        if not bold and not dots:
            return False
        self._heading(Block(BlockKind.HEADING, block.start, block.end, dots + 1), following)
        return True

    def _goal_line(self, block: Block, raw: str, plain: str) -> bool:
        """A line of its own that states a goal by its name ("Hovedmål 1: …")."""
        goal = goal_in_heading(plain) if not self.s.scope and "mål" in plain[:16].lower() else None
        if goal is None or len(plain.split()) > 30:
            return False
        self._end_list()
        at = self.text.find(goal[:20], block.start, block.end)
        self._add(
            max(at, block.start), block.end, goal, Verdict("goal_heading", 0.8), self._place(), fixed="goal"
        )
        return True

    def _paragraph_heading(self, block: Block, raw: str, plain: str, following: Block | None) -> bool:
        """A paragraph that is a heading in disguise, a deadline line alone, or the close of the letter."""
        s = self.s
        if is_closing(plain):
            s.closed = True
            return True
        named = assignment_name(plain)
        if (
            named
            and len(plain) < 260
            and not END_MARK.search(plain)
            and not signals(plain[named[1] :].strip() or ".", self._setting())
        ):
            self._open_scope(named[0], max(2, s.scope_level if s.scope_level != LEVEL_NONE else 2))
            return True
        if raw[:1] in "*_<" and is_titled_assignment(plain) and not END_MARK.search(plain):
            self._open_scope(None, max(2, self._section().level))
            return True
        if is_run_in_heading(plain) and not ("rist" in plain[:24] and deadline_lines(plain, self.year)):
            kind = section_kind(plain)
            # A line of a word or two that is known to divide an assignment is a heading also without emphasis.
            known = "rist" not in plain and self.s.scope and len(plain.split()) <= 3 and is_subheading(plain)
            opens = kind in LISTS and following is not None and following.kind is BlockKind.ITEM
            emphasised = raw[:1] in "*_<" or plain.endswith(":") or known or opens
            if kind is SectionKind.BACKGROUND or (emphasised and not signals(plain, self._setting())):
                if s.scope and raw[:2] in ("**", "__", "<b") and kind in _ENDS_ASSIGNMENT:
                    self._close_scope()
                if not s.scope:
                    self._run_in_section(plain, kind)
                s.background = kind is SectionKind.BACKGROUND
                if s.background or not plain.endswith(":"):
                    self._end_list()
                    return True
        return False

    def _run_in_section(self, plain: str, kind: SectionKind) -> None:
        """A heading that is not marked as one opens a section below all marked ones."""
        s = self.s
        if kind is SectionKind.OTHER and plain.endswith(":"):
            s.sections = [h for h in s.sections if h.level < RUN_IN_LEVEL or h.kind not in LISTS]
            return
        s.sections = [h for h in s.sections if h.level < RUN_IN_LEVEL]
        if kind not in (SectionKind.OTHER, SectionKind.BACKGROUND, SectionKind.CLOSING, SectionKind.CONTENTS):
            s.sections.append(Heading(plain, RUN_IN_LEVEL, "", kind))

    def _parameter(self, block: Block, plain: str) -> bool:
        """A paragraph that states a parameter or a figure, either named as one or in a section of such."""
        named = PARAMETER.match(plain.lower())
        kind = self._section().kind
        if named:
            fixed = "key_figure" if named.group(1).startswith("nøkkel") else "steering_parameter"
        elif (
            (
                kind in (SectionKind.STEERING, SectionKind.KEY_FIGURES)
                or (kind is SectionKind.GOALS and _LETTERED.match(plain))
            )
            and not END_MARK.search(plain)
            and 3 <= len(plain.split()) <= 30
        ):
            fixed = _FIXED[kind]
        else:
            return False
        if self.s.scope:
            return False
        self._add(
            block.start,
            block.end,
            plain,
            Verdict("list_goals" if fixed == "goal" else "parameter", 0.75),
            self._place(),
            fixed=fixed,
        )
        return True

    def _after_bold_title(self, block: Block, raw: str) -> int:
        """Open the assignment that a paragraph's bold beginning names, and tell where its text goes on."""
        if raw[:2] != "**":
            return self._after_plain_title(block, raw)
        close = raw.find("**", 2)
        named = assignment_name(clean(raw[:close])) if 0 < close < 300 else None
        if named is None or WITHDRAWN.match(raw[close + 2 :].lower()):
            return block.start
        self._open_scope(named[0], max(2, self._section().level))
        return block.start + close + 2

    def _after_plain_title(self, block: Block, raw: str) -> int:
        """The same where the title has lost its bold type: a code and a capital letter, and the text in one paragraph."""
        match = CODE_FIRST.match(raw)
        named = assignment_name(clean(match.group())) if match else None
        if match is None or named is None:
            return block.start
        self._open_scope(named[0], max(2, self._section().level))
        return block.start + match.end()

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
            left, plain = without_letter_head(self.text, left, right, plain)
            if number == 0 and s.tail and plain[0].islower():
                self._continuation(left, right, plain, subitem)
                continue
            if self._asked_by_date(left, right, plain) or self._labelled(left, right, plain):
                continue
            if s.scope and "everanse" in plain[:12] and self._deliverable(left, right, plain):
                continue
            if self._due_line(left, plain, s.item if s.items else 0):
                in_due = True
                self._due_sentence(left, right, plain, subitem)
                continue
            if "ellesføring" in plain and _ANNOUNCES.search(plain.lower()):
                s.common = s.headings
            if number == last and self._is_stem(left, right, plain, following, subitem):
                s.tail = ""
                return
            self._sentence(left, right, plain, subitem)
            s.block_quiet = False
        self._note_tail(spans, in_due)

    def _note_tail(self, spans: list[tuple[int, int]], in_due: bool) -> None:
        s = self.s
        s.tail = ""
        if spans and not in_due and self.text[spans[-1][1] - 1] not in ".:;!?":
            left, right = spans[-1]
            plain = clean(self.text[left:right])
            if len(plain) >= FRAGMENT and not END_MARK.search(plain):
                s.tail, s.tail_at = plain, left
                s.tail_counted = bool(self.findings) and self.findings[-1].start == left

    def _continuation(self, left: int, right: int, plain: str, subitem: int) -> None:
        """The rest of a sentence that a page break cut: judged together with its beginning."""
        s = self.s
        whole = f"{s.tail} {plain}"
        if s.tail_counted:
            if self.findings and self.findings[-1].start == s.tail_at:
                # The class and the deadline are those of the whole sentence.
                self.findings[-1] = replace(self.findings[-1], plain=whole)
            return
        verdict = judge(whole, self._setting())
        if verdict:
            torn = left - s.tail_at <= len(s.tail) + _TORN
            less = replace(verdict, confidence=verdict.confidence - 0.1)
            self._add(s.tail_at if torn else left, right, whole, less, self._place(subitem=subitem))

    def _labelled(self, left: int, right: int, plain: str) -> bool:
        """ "Resultatkrav for 2026: …" inside a paragraph states a parameter, and "Nøkkeltall: …" a figure."""
        low = plain.lower() if plain[:3].lower() in ("sty", "res", "nøk") else ""
        named = (PARAMETER.match(low) or REQUIRED.match(low)) if low else None
        if named is None or self.s.scope:
            return False
        fixed = "key_figure" if named.group(1).startswith("nøkkel") else "steering_parameter"
        self._add(left, right, plain, Verdict("parameter", 0.75), self._place(), fixed=fixed)
        return True

    def _deliverable(self, left: int, right: int, plain: str) -> bool:
        """ "Leveranse 2: sluttrapport, innen 1. mars" in an assignment: what is to be handed over, and when."""
        named = DELIVERABLE.match(plain)
        value = sentence_deadline(plain, self.year) if named else None
        if named is None or value is None or judge(named["what"], self._setting()):
            return False
        self.findings.append(
            Finding(left, right, plain, "deliverable", 0.65, self._place(), False, "reporting", value)
        )
        return True

    def _asked_by_date(self, left: int, right: int, plain: str) -> bool:
        """ "Frist for å sende planen er 20. mai": the demand and its deadline in one."""
        value = asks_itself(plain, self.year)
        if value is None:
            return False
        self.findings.append(
            Finding(left, right, plain, "deadline_demand", 0.7, self._place(), False, None, value)
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
        if verdict is None and ":" in plain[:60] and (body := without_title(plain)) != plain:
            # "Fellesføring for 2026: Tilsynet skal …"
            verdict = judge(body, self._setting())
        if verdict is None or self._for_leader(verdict, left, plain):
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
        self._hands_out(plain)
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
        elif is_figure_stem(plain):
            kind = StemKind.KEY_FIGURES
        elif is_steering_stem(plain) and not self.s.scope and not signals(plain, setting):
            kind = StemKind.STEERING
        elif is_money_stem(plain) or (
            signals(plain, setting)
            or (setting.in_assignment and is_order_stem(plain))
            or is_task_stem(plain)
            or self.who.pattern.fullmatch(plain.rstrip(": ").lower())
        ):
            kind = StemKind.DEMAND
        self._hold(left, right, plain, kind, subitem)
        return True

    def _hands_out(self, plain: str) -> None:
        """ "Direktoratet får følgende oppdrag:" opens an assignment where no heading did."""
        if not self.s.scope and gives_assignments(plain) and self.who.named_in(plain.lower()):
            self._open_scope(None, self._section().level + 1)

    def _silent_stem(self, left: int, right: int, plain: str, following: Block, setting: Setting) -> bool:
        """A sentence without a colon before a list: a stem when it breaks off, or when the items are infinitives."""
        if self.s.items or not signals(plain, setting):
            return False
        first = clean(self.text[following.start : following.end][:120])
        broken = not END_MARK.search(plain)
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
