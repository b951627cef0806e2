"""Walk through the blocks in reading order and collect what demands something, with the context that decides its class.

The readers build on one another: `context` keeps the state, `headings` steers it, `running` reads sentences, `lists` reads
items, and this module goes through the blocks and the rows of tables.
"""

from collections import Counter
from collections.abc import Sequence

from tillitsrom.reading.blocks import Block, BlockKind, explode_cell, holds_blocks
from tillitsrom.reading.cues import signals
from tillitsrom.reading.findings import Finding
from tillitsrom.reading.lists import ItemReader
from tillitsrom.reading.phrases import DEMANDS, FRAGMENT
from tillitsrom.reading.structure import (
    SectionKind,
    assignment_name,
    clean,
    is_noise,
    is_subheading,
    section_kind,
)

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
