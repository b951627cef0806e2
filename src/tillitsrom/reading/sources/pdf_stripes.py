"""Tables with level lines or shaded rows only: the white space between the words says where the columns are."""

from collections.abc import Sequence
from itertools import pairwise

from tillitsrom.reading.sources.pdf_grids import Grid, inside_of, place_of, row_beside
from tillitsrom.reading.sources.pdf_lines import Line, lines_of, middle
from tillitsrom.reading.sources.pdf_tables import is_marker
from tillitsrom.reading.sources.pdf_words import Box, PageContent, Rule, Word

_GAP = 3.0
_APART = 140.0
_WIDE = 80.0


def take_stripes(content: PageContent, level: Sequence[Rule]) -> list[Grid]:
    """The tables with their words, which are taken out of `content.words`."""
    found: list[Grid] = []
    for ys, start, end in _stacks(level, content.words):
        grid = _grid(content, ys, start, end)
        if grid is not None:
            found.append(grid)
    return found


def _stacks(level: Sequence[Rule], words: Sequence[Word]) -> list[tuple[list[float], float, float]]:
    """Three or more lines of the same length, one under the other, with no heading between them."""
    level = [rule for rule in level if rule.end - rule.start >= _WIDE]
    if len(level) < 3:
        return []
    usual = middle([w.size for w in words]) if words else 10.0
    headings = [w.base for w in words if w.size > usual * 1.2]
    stacks: list[list[Rule]] = []
    for rule in sorted(level, key=lambda r: -r.at):
        for stack in stacks:
            above = stack[-1]
            alike = abs(above.start - rule.start) < 4 and abs(above.end - rule.end) < 4
            near = above.at - rule.at < _APART and not any(rule.at < base < above.at for base in headings)
            if alike and near:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [([r.at for r in stack], stack[0].start, stack[0].end) for stack in stacks if len(stack) >= 3]


def _grid(content: PageContent, ys: list[float], start: float, end: float) -> Grid | None:
    words = inside_of(content.words, Box(start - 2, ys[-1], end + 2, ys[0]))
    xs = [start, *_separators(words), end]
    if len(xs) < 3:
        return None
    if len(ys) == 3 or (len(ys) == 4 and len(lines_of(words)) > 8):
        ys = _by_first_column(words, ys, xs[1])
    for rows in (row_beside(content, ys[0], xs, above=True), row_beside(content, ys[-1], xs, above=False)):
        if rows:
            words += rows
            ys = sorted([*ys, max(w.y1 for w in rows) + 1, min(w.y0 for w in rows) - 1], reverse=True)
    grid = Grid(Box(start - 2, ys[-1], end + 2, ys[0]), xs, ys, loose=True)
    for word in words:
        grid.cells.setdefault(place_of(word, grid), []).append(word)
    if not _is_table(grid):
        return None
    taken = {id(w) for w in words}
    content.words = [w for w in content.words if id(w) not in taken]
    return grid


def _separators(words: Sequence[Word]) -> list[float]:
    """Where columns part: no word is there, and most lines with words on both sides have much white space there."""
    covered: list[list[float]] = []
    for word in sorted(words, key=lambda w: w.x0):
        if covered and word.x0 - covered[-1][1] < _GAP:
            covered[-1][1] = max(covered[-1][1], word.x1)
        else:
            covered.append([word.x0, word.x1])
    lines = lines_of(words)
    places = [(left[1] + right[0]) / 2 for left, right in pairwise(covered)]
    return [place for place in places if _parts_columns(place, lines)]


def _parts_columns(place: float, lines: Sequence[Line]) -> bool:
    """A gap no wider than a space lies within a cell."""
    wide = 0
    for line in lines:
        left = [w.x1 for w in line.words if w.x1 <= place]
        right = [w.x0 for w in line.words if w.x0 >= place]
        if left and right:
            gap = min(right) - max(left)
            if gap < line.size * 0.42:
                return False
            wide += gap > line.size * 0.9
    return wide > 0


def _by_first_column(words: Sequence[Word], ys: Sequence[float], edge: float) -> list[float]:
    """Where only the head and the foot have lines, a row begins at each line that has something in the first column."""
    found = list(ys)
    for line in lines_of([w for w in words if w.x1 <= edge]):
        top = max(w.y1 for w in line.words) + 1
        if all(abs(top - y) > line.size for y in found):
            found.append(top)
    return sorted(found, reverse=True)


def _is_table(grid: Grid) -> bool:
    """Most rows fill two cells or more, and the first column is not the bullets of a list."""
    rows: dict[int, int] = {}
    for line, _ in grid.cells:
        rows[line] = rows.get(line, 0) + 1
    if sum(count > 1 for count in rows.values()) < max(2, len(rows) * 0.6):
        return False
    first = [words for (_, column), words in grid.cells.items() if column == 0]
    return not first or not all(len(words) == 1 and is_marker(words[0].text, "a") for words in first)
