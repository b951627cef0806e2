"""Go through the blocks of a law and collect what each section demands, with the context that tells who has the duty."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tillitsrom.reading.blocks import Block, BlockKind
from tillitsrom.reading.laws.bearers import addressed
from tillitsrom.reading.laws.definitions import Definitions
from tillitsrom.reading.laws.sections import amended_section, is_note, read_heading
from tillitsrom.reading.laws.verdict import Verdict, actor, judge, reports
from tillitsrom.reading.model import RequirementClass
from tillitsrom.reading.sentences import split_sentences
from tillitsrom.reading.structure import clean
from tillitsrom.reading.words import pattern

SIGNAL = pattern(
    r"plikt|skyldnad|obligatorisk|\b(?:[Ss]kal|[Mm]å|[Bb]ør|[Pp]likt|pliktig|[Kk]an|[Ii]ngen|forbudt|forbode|ulovl|tillat[et]|ansvar|ansvarleg|forplikt|pålagt|påligg|påhvil)"
)
_LEDD = pattern(r"\(\d{1,2}[a-z]?\)$")
_LEDD_START = pattern(r"^\(\d{1,2}[a-z]?\)\s+")
# A converter that drops the list has run the words after it into its stem.
_AFTER_LIST = pattern(
    r"(?<=[a-zæøå])(?P<gap>:?\s+)(?=(?:Det|Dette|Departementet|Kommunen|Tilsvarende|Første|Plikten|Bestemmelse\w+|Føresegn\w+|Dersom|Når|Arbeidsgiver\w*|Den|De|Dei|Fylkeskommunen|Kravet|Kongen|Med|Ved|Unntak)\s+[a-zæøå])"
)
_CONDITIONAL_ITEM = pattern(r"^\W*(?:når|dersom|hvis|viss|at\s+det|der)\b")
_HOLDS_FOR = pattern(
    r"\b(?:gjelder|gjeld|retter\s+seg\s+mot|rettar\s+seg\s+mot)\s+(?:også\s+|òg\s+)?(?:for\s+)?(?P<whom>[^.:;]{4,160})"
)
_TEXT_HOLDS = r"^\W*(?:\d\)\W+)?(?:denne\s+)?(?:lov|forskrift|reglement|instruks)\w*(?:\s+her)?\s+(?:gjelder|gjeld)\s+(?:også\s+|òg\s+)?(?:for\s+)?"
_LAW_HOLDS_FOR = pattern(_TEXT_HOLDS + r"(?P<whom>[^.:;]{4,160})")
_HOLDS_FOR_LIST = pattern(_TEXT_HOLDS.removesuffix(r"\s+)?") + r"\s*)?:?\s*$")
_FIRST_SECTIONS = 3
_REPEALED = pattern(r"^\W*(?:opphevet|oppheva)\W*$", re.IGNORECASE)
_CAN_APPLY = pattern(r"\bkan\s+(?:også\s+|òg\s+)?(?:søke|søkje|søka)\b")
_CONDITION = pattern(r"^\W*(?:når|dersom|hvis|viss)\b", re.IGNORECASE)
_THEN = pattern(r",\s+(?:så\s+)?(?:skal|må|bør|plikter|pliktar)\b")
_IF_LIST = pattern(
    r"(?:\bnår|\bdersom|\bhvis|,\s+om|\b(?:bare|berre|herunder|vurder\w*|avklar\w*|til|på|av)\s+om|\btilfeller?|\btilfelle|\bvilkår\b.{0,40}|\bunntak.{0,40}|\bmed\s+mindre|\bav\s+at|\bder|\bså\s+fremt|\bsåfremt)\s*:\s*$|,\s+(?:når|dersom|hvis)\s*$|\b(?:for|ved|overfor|av)\s+(?:følgende|følgjande|fylgjande)\s+(?:grupper|saker|saksforhold|tilfeller|tilfelle)\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence or item that demands something, before it is settled who has the duty."""

    start: int
    end: int
    plain: str
    kind: RequirementClass
    rule: str
    sure: float
    bearer: str | None
    section: str | None
    heading: str
    chapter: str
    stem: str = ""
    meant: str = ""
    hint: str | None = None
    barred: frozenset[str] = frozenset()
    noun: str = ""
    thing: str = ""
    verb: str = ""


@dataclass(slots=True)
class _Stem:
    text: str
    verdict: Verdict | None
    depth: int


class LawWalk:
    """One pass over a law."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Found] = []
        self.section: str | None = None
        self.heading = ""
        self.chapter = ""
        self.quiet_level = 0
        self.quiet = self.purpose = False
        self.stems: list[_Stem] = []
        self.scope: str | None = None
        self.defined = Definitions()
        self.actors: list[tuple[int, str | None, str | None]] = []
        # Who can apply for what the law gives.
        self.applicants: set[str] = set()
        self._scope_list = False
        self._sections = 0
        self._stem_at = -1
        # The head of the file and what stands before the first section.
        self.before = False

    def run(self, blocks: Sequence[Block]) -> None:
        """Read every block; afterwards `found` holds what was found, in order."""
        last = len(blocks) - 1
        self.before = any(self._opens_section(block) for block in blocks)
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index < last else None
            if block.kind is BlockKind.HEADING:
                self._heading(block)
            elif not self.quiet_level and not self.before:
                self._body(block, following)

    def _opens_section(self, block: Block) -> bool:
        return block.kind is BlockKind.HEADING and self.text.startswith("§", block.start)

    def _heading(self, block: Block) -> None:
        raw = self.text[block.start : block.end]
        heading = read_heading(raw)
        self.stems = []
        if self.quiet_level and block.depth > self.quiet_level:
            return
        self.quiet_level = 0
        self.heading = clean(raw)
        if heading.section is None:
            self.quiet = False
            if heading.quiet or heading.informs:
                self.quiet_level = block.depth
            if not heading.title.startswith("§"):
                self.chapter = heading.title
        else:
            self.section = heading.section
            self._sections += 1
            self.before = False
            self.quiet, self.purpose = heading.quiet, heading.purpose

    def _body(self, block: Block, following: Block | None) -> None:
        raw = self.text[block.start : block.end]
        opens = (
            following is not None and following.kind is BlockKind.ITEM and not _LEDD.match(following.marker)
        )
        item = block.kind is BlockKind.ITEM and not _LEDD.match(block.marker)
        if not item:
            self.stems = []
            if is_note(raw):
                return
            amended = amended_section(raw)
            if amended:
                self.section = amended
                return
        low = raw.lower()
        self.defined.note(low, defines=self.quiet)
        if self.scope is None and (self.purpose or self._sections <= _FIRST_SECTIONS):
            self._note_scope(low, item=item)
        if not item and not opens and not SIGNAL.search(raw):
            self._note_actor(block.start, raw)
            return
        if block.kind is BlockKind.ROW:
            return
        if item:
            self._item(block, raw, following)
        else:
            self._paragraph(block.start, block.end, following if opens else None)

    def _note_scope(self, low: str, *, item: bool) -> None:
        """Whom the law says that it holds for, in a section about that or in one of the first."""
        early = _LAW_HOLDS_FOR.match(low) if self._sections <= _FIRST_SECTIONS else None
        if item and self._scope_list:
            self.scope = addressed(low)
        elif holds := (_HOLDS_FOR.search(low) if self.purpose else None) or early:
            self.scope = addressed(holds.group("whom"))
        self._scope_list = (item and self._scope_list) or (
            not item and _HOLDS_FOR_LIST.match(low) is not None
        )

    def _paragraph(self, start: int, end: int, following: Block | None) -> None:
        spans = list(split_sentences(self.text, start, end))
        if following is not None:
            spans = self._without_list(spans)
        for number, (left, right) in enumerate(spans):
            plain = clean(self.text[left:right])
            if number == 0:
                plain = _LEDD_START.sub("", plain)
            opens = following is not None and number == self._stem_at
            if opens and following is not None:
                self._stem(left, right, plain, following)
            else:
                self._sentence(left, right, plain)

    def _without_list(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The sentences, with the stem of the list that follows as one of its own; `_stem_at` tells which."""
        self._stem_at = len(spans) - 1
        if not spans or self.text[spans[-1][1] - 1] == ":":
            return spans
        for number, (left, right) in enumerate(spans):
            cut = _AFTER_LIST.search(self.text, left, right)
            if cut:
                self._stem_at = number
                return [
                    *spans[:number],
                    (left, cut.start("gap")),
                    (cut.end("gap"), right),
                    *spans[number + 1 :],
                ]
        if self.text[spans[-1][1] - 1] in ".?!":
            self._stem_at = -1
        return spans

    def _stem(self, left: int, right: int, plain: str, following: Block) -> None:
        verdict = judge(plain) if SIGNAL.search(plain) else None
        first = self.text[following.start : following.start + 60].lower()
        conditional = _IF_LIST.search(plain) is not None or _CONDITIONAL_ITEM.match(first) is not None
        self.stems.append(_Stem(plain, None if conditional else verdict, -1))
        if verdict and conditional:
            self._add(left, right, plain, verdict)

    def _sentence(self, left: int, right: int, plain: str) -> None:
        verdict = judge(plain) if SIGNAL.search(plain) else None
        self._judged(left, right, plain, verdict)

    def _judged(self, left: int, right: int, plain: str, verdict: Verdict | None) -> None:
        if verdict:
            self._add(left, right, plain, verdict)
        else:
            self._note_actor(left, plain)

    def _note_actor(self, at: int, plain: str) -> None:
        """Keep who a sentence without demands lets act: a passive after it is meant for the same one."""
        if not self.quiet and (who := actor(plain)):
            self.actors.append((at, self.section, who))
            if _CAN_APPLY.search(plain):
                self.applicants.add(who)

    def _item(self, block: Block, raw: str, following: Block | None) -> None:
        while self.stems and self.stems[-1].depth >= block.depth:
            self.stems.pop()
        stem = self.stems[-1] if self.stems else None
        inside = following is not None and following.kind is BlockKind.ITEM and following.depth > block.depth
        spans = list(split_sentences(self.text, block.start, block.end))
        demanded = stem.verdict if stem else None
        for number, (left, right) in enumerate(spans):
            plain = clean(self.text[left:right])
            if inside and number == len(spans) - 1 and plain.endswith(":"):
                verdict = judge(plain) or demanded
                self.stems.append(_Stem(plain, verdict, block.depth))
                continue
            if number == 0 and demanded and stem:
                own = judge(plain) if SIGNAL.search(plain) else None
                kind = demanded.kind
                if own and own.kind is RequirementClass.PROHIBITION:
                    kind = own.kind
                elif kind is RequirementClass.DUTY and (
                    own.kind is RequirementClass.REPORTING if own else reports(plain)
                ):
                    kind = RequirementClass.REPORTING
                if own and own.bearer and demanded.bearer is None:
                    # "Følgende tiltak skal gjennomføres: – De ansatte skal …": the item tells who.
                    demanded = own
                found = replace(demanded, kind=kind, rule="law_item", sure=min(demanded.sure, 0.9))
                self._add(left, right, plain, found, stem.text)
                continue
            if number == 0 and stem:
                if _CONDITION.match(stem.text) and _THEN.search(plain):
                    self._judged(left, right, plain, judge(f"{stem.text} {plain}"))
                continue
            self._sentence(left, right, plain)

    def _add(self, left: int, right: int, plain: str, verdict: Verdict, stem: str = "") -> None:
        if (self.quiet and not (self.purpose and verdict.rule == "law_bearer")) or _REPEALED.match(plain):
            return
        self.found.append(
            Found(
                left,
                right,
                plain,
                verdict.kind,
                verdict.rule,
                verdict.sure,
                verdict.bearer,
                self.section,
                self.heading,
                self.chapter,
                stem,
                verdict.meant,
                verdict.hint,
                verdict.barred,
                verdict.noun,
                verdict.thing,
                verdict.verb,
            )
        )
