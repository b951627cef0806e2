"""Walk through the blocks in reading order and collect what demands something, with the context that decides its class.

The readers build on one another: `context` keeps the state, `headings` steers it, `running` reads sentences, `lists` reads
items, and this module goes through the blocks and the rows of tables.
"""

from collections import Counter
from collections.abc import Sequence

from tillitsrom.reading.blocks import Block, BlockKind, explode_cell, holds_blocks
from tillitsrom.reading.cues import signals
from tillitsrom.reading.findings import Due, Finding
from tillitsrom.reading.lists import ItemReader
from tillitsrom.reading.phrases import DEMANDS, FRAGMENT
from tillitsrom.reading.sentences import split_sentences
from tillitsrom.reading.structure import (
    SectionKind,
    assignment_name,
    clean,
    is_noise,
    is_subheading,
    section_kind,
)
from tillitsrom.reading.verdicts import Verdict

_SHORT = 90
_OFTEN = 3


def without_running_heads(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the short lines that stand on page after page: they must not break a list in two."""
    lines = Counter(
        text[b.start : b.end] for b in blocks if b.kind is BlockKind.PARAGRAPH and b.end - b.start <= _SHORT
    )
    often = {line for line, times in lines.items() if times >= _OFTEN and _means_nothing(line)}
    return [b for b in blocks if b.kind is not BlockKind.PARAGRAPH or text[b.start : b.end] not in often]


def _means_nothing(line: str) -> bool:
    """Whether a repeated line is a running head, and no stem, deadline or heading that an author repeats."""
    if not line[-1].isalnum() or "rist" in line or DEMANDS.search(line):
        return False
    return section_kind(line) is SectionKind.OTHER and not is_subheading(line)


class Walk(ItemReader):
    """One pass over the blocks of a document."""

    def run(self, blocks: Sequence[Block]) -> None:
        """Read every block; afterwards `findings` and `dues` hold what was found."""
        blocks = without_running_heads(self.text, blocks)
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
        elif "<" in self.text[block.start : block.end] and holds_blocks(self.text, block.start, block.end):
            self._cell(block.start, block.end, following)
        elif block.kind is BlockKind.ITEM:
            self._item(block, following)
        else:
            self._paragraph(block, following)

    def _row(self, block: Block, following: Block | None) -> None:
        s = self.s
        cells = [(left, right, clean(self.text[left:right])) for left, right in block.cells]
        filled = [c for c in cells if c[2]]
        if not filled:
            return
        if self._assignment_row(filled, following):
            return
        if block.table == self.table.table and len(filled) > 1 and self._order_row(cells):
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
            if len(plain) >= FRAGMENT or "<" in self.text[left:right]:
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
        self._due_in_row(filled[-1][1], self.table.due(filled if len(filled) > 1 else []))
        return True

    def _due_in_row(self, at: int, value: str | None) -> None:
        """The deadline that stands in a column of its own closes the assignment of the row."""
        if value:
            self.dues.append(Due(at, value, self._zone()))

    def _order_row(self, cells: list[tuple[int, int, str]]) -> bool:
        """A row of a table with a title, a text and a deadline: an assignment, whose text is read as text."""
        order = self.table.order(cells)
        if order is None:
            return False
        title, (left, right, _plain), value = order
        name = assignment_name(title)
        self._open_scope(name[0] if name else None, self._section().level + 1)
        for number, (start, end) in enumerate(split_sentences(self.text, left, right)):
            plain = clean(self.text[start:end])
            if not self._sentence(start, end, plain, 0) and number == 0 and len(plain.split()) >= 3:
                self._add(start, end, plain, Verdict("table_assignment", 0.8), self._place())
        self._due_in_row(right, value)
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
