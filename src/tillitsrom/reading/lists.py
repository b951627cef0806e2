"""Read list items: what the stem above makes of them, their titles, their sentences, and the items inside them."""

from dataclasses import replace

from tillitsrom.reading.actors import names_other
from tillitsrom.reading.blocks import Block, BlockKind
from tillitsrom.reading.clauses import head_of
from tillitsrom.reading.context import Open
from tillitsrom.reading.cues import judge, signals
from tillitsrom.reading.deadlines import deadline_lines
from tillitsrom.reading.findings import Finding
from tillitsrom.reading.phrases import (
    DEMANDS,
    FINITE_START,
    describes,
    join_title,
    succeeds,
    tells_of_sender,
    without_title,
)
from tillitsrom.reading.running import TextReader
from tillitsrom.reading.sentences import split_sentences
from tillitsrom.reading.structure import (
    LISTS,
    SectionKind,
    Stem,
    StemKind,
    assignment_name,
    clean,
    is_closing,
    is_named_last,
    is_task_stem,
    starts_with_infinitive,
)
from tillitsrom.reading.tables import calendar_line
from tillitsrom.reading.verdicts import Verdict
from tillitsrom.reading.words import pattern

_FIXED = {
    SectionKind.GOALS: "goal",
    SectionKind.STEERING: "steering_parameter",
    SectionKind.KEY_FIGURES: "key_figure",
}
_OF_STEM = {StemKind.KEY_FIGURES: "key_figure", StemKind.STEERING: "steering_parameter"}
_SUB_CONJUNCTION = pattern(
    r"^(?:om|at|hvordan|hvilke\w*|hva|hvor|hvorvidt|når|korleis|kva|kvar|(?:i|på|for|av|med|til|fra|frå|hos)\s+(?:hvilk\w+|kva|hvor|kor|hvem|kven))\b",
)
_TELLING_STEM = pattern(r"^\W*(?:formål|føremål|bakgrunn|målet|hensikt)|\b(?:kan|har|ble|er|følger\s+av)\b")
_VERB_OF_STEM = pattern(r"\s(?:skal|vil|må|bør|er|har|tar|tek|leder|leier|arbeider|arbeidar)\b")
_THAT_STEM = pattern(r"\bat\s+[^:]{2,60}:\W*$")
_TOLD_TO = pattern(r"\b(?:skal|må|bes|ber|bør)\b[^,;:]{0,60}:\W*$")
_GOES_ON = pattern(r"^(?:og\s+)?(?:videre|vidare|også|deretter|herunder)\s+\w+e\b")


_TELLS_WHY = pattern(
    r"^[A-ZÆØÅ]\S*\s+(?:[a-zæøå]\S*\s+){0,3}?(?!eller|heller|under|over|etter|flere|andre|saker|oppgaver)[a-zæøå]{2,}(?:(?<!l)er\s+|(?<![eg])ar\s+(?!(?:og|for|på|som|til|i|av|med|frå|om)\s))[a-zæøå]|^[A-ZÆØÅ]\S*\s+(?:tar|får|har|er|blir|ble|må\s+ofte)\s"
)
_ASKING = ("request", "request_passive", "modal_addressee")


class ItemReader(TextReader):
    """The part of the walk that reads lists."""

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
        opened = Open(block.depth, s.item, None)
        s.items.append(opened)
        named = assignment_name(plain) or (not s.scope and is_named_last(plain))
        if named and not signals(plain, self._setting()):
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
        if not s.list_open:
            if s.stem is None and s.held and succeeds(s.held[2], block.marker):
                s.stem, s.stem_list, _ = s.held
            elif s.stem is None and s.numbered and succeeds(s.numbered[1], block.marker):
                s.stem = s.numbered[0]
            s.held = None
            s.list_open = True
        s.last_marker = block.marker
        if s.stem is not None and s.stem.kind is StemKind.DEMAND and block.marker[:1].isdigit():
            s.numbered = (s.stem, block.marker)

    def _item_text(
        self, block: Block, plain: str, stem: Stem | None, parent: Open | None, following: Block | None
    ) -> None:
        s = self.s
        kind = self._kind()
        if stem and stem.kind in _OF_STEM:
            if parent is None:
                rule = Verdict(f"list_{stem.kind.value}", 0.85)
                self._add(block.start, block.end, plain, rule, self._place(), fixed=_OF_STEM[stem.kind])
            return
        if kind in LISTS and not s.scope and not self._are_tasks(plain, stem, kind):
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
        if kind is SectionKind.REPORTING and parent is None and self._calendar_item(block, plain):
            return
        demanded = (stem is not None and stem.kind is StemKind.DEMAND) or (
            stem is None and parent is None and self._of_tasks() and starts_with_infinitive(plain)
        )
        if self._transparent(block, plain, stem, following):
            return
        self._item_sentences(block, demanded, stem, parent, following)

    def _are_tasks(self, plain: str, stem: Stem | None, kind: SectionKind) -> bool:
        """Whether the items of a list in a chapter of goals are tasks: the line above says so, or tells someone to act."""
        if stem is None:
            return self._of_tasks() and starts_with_infinitive(plain)
        if is_task_stem(stem.text):
            return True
        return (
            kind is SectionKind.GOALS
            and stem.kind is StemKind.DEMAND
            and starts_with_infinitive(plain)
            and _TOLD_TO.search(stem.text.lower()) is not None
        )

    def _of_tasks(self) -> bool:
        """Whether the heading above announces tasks ("Andre oppgaver 2026")."""
        return is_task_stem(self._section().title.rstrip(": ") + ":")

    def _calendar_item(self, block: Block, plain: str) -> bool:
        """An item of a calendar ("15. mars: Årsrapport for 2025"): something to deliver counts, a meeting does not."""
        found = calendar_line(plain, self.year)
        if found is None:
            return False
        value, matter = found
        if matter:
            place = self._place()
            verdict = Verdict("calendar_row", 0.8)
            self.findings.append(
                Finding(
                    block.start,
                    block.end,
                    matter,
                    verdict.rule,
                    verdict.confidence,
                    place,
                    False,
                    "reporting",
                    value,
                )
            )
        return True

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
        self, block: Block, demanded: bool, stem: Stem | None, parent: Open | None, following: Block | None
    ) -> None:
        s = self.s
        stem_text = stem.text if demanded and stem else ""
        spans = list(split_sentences(self.text, block.start, block.end))
        spans = join_title(self.text, spans, self.who)
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
            body = without_title(plain)
            if number and opens and plain.endswith(":"):
                self._is_stem(left, right, plain, following, subitem)
                continue
            if number == 0 and last and len(plain.split()) <= 30 and self._restated(body, spans[1]):
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
        self._note_tail(spans, False)

    def _restated(self, first: str, span: tuple[int, int]) -> bool:
        """Whether the sentence after an item's first gives the assignment in full: then the first was its title."""
        verdict = judge(clean(self.text[span[0] : span[1]]), self._setting())
        if verdict is None:
            return False
        # Or it only told why, as a full sentence, what the next one asks for.
        told = _TELLS_WHY.match(first) is not None and judge(first, self._setting()) is None
        return verdict.rule == "assigned" or (told and verdict.rule in _ASKING)

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
        if body.endswith("?"):
            return False
        setting = self._setting()
        infinitive = starts_with_infinitive(body) or _SUB_CONJUNCTION.match(body.lower()) is not None
        if demanded and (infinitive or not (FINITE_START.match(body) or DEMANDS.search(body))):
            verdict = judge(body, setting)
            if verdict and verdict.authority:
                verdict = None
            if not infinitive and verdict is None and describes(body) and not _THAT_STEM.search(stem):
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
                stem_before.background
                or _TELLING_STEM.search(stem_before.text.lower()) is not None
                or self._of_others(stem_before.text.lower())
            )
            if not blocked:
                self._add(left, right, body, Verdict("item_infinitive", 0.6), self._place(stem, subitem))
                return True
        return False

    def _of_others(self, stem: str) -> bool:
        """Whether a stem says what somebody else is to do ("Kystverket skal:")."""
        subject = head_of(_VERB_OF_STEM.split(stem, maxsplit=1)[0])
        return _VERB_OF_STEM.search(stem) is not None and names_other(subject) and not self.who.named_in(stem)

    def _whole_item(self, spans: list[tuple[int, int]], stem: str, subitem: int) -> None:
        left, right = spans[0]
        plain = clean(self.text[left:right])
        if clean(self.text[spans[-1][0] : spans[-1][1]]).endswith(":") and len(spans) > 1:
            return
        if tells_of_sender(plain):
            return
        if not describes(plain) and len(spans) <= 3 and not deadline_lines(plain, self.year):
            self._add(left, spans[-1][1], plain, Verdict("list_item_whole", 0.6), self._place(stem, subitem))
