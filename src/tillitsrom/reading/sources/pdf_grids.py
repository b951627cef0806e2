"""Tables and frames of a PDF page, found from the lines that are drawn on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tillitsrom.reading.sources.pdf_lines import lines_of
from tillitsrom.reading.sources.pdf_words import Box, PageContent, Rule, Word

_NEAR = 3.0
_ROW = 8.0
_BETWEEN = 70.0
_OVER = 6.0
_MANY_RULES = 3_000


@dataclass(slots=True)
class Grid:
    """A ruled table, or a frame when it has one column. `cells` holds the words of each cell, row by row.

    `single` holds the rows that are one cell from side to side. `loose` is a table where only some rows are drawn.
    """

    box: Box
    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], list[Word]] = field(default_factory=dict)
    single: set[int] = field(default_factory=set)
    loose: bool = False

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1


def take_grids(content: PageContent) -> list[Grid]:
    """The grids of the page with their words, which are taken out of `content.words`."""
    level, upright = all_rules(content)
    if len(level) + len(upright) > _MANY_RULES:
        return []
    grids = [grid for group in _connected(level, upright) if (grid := _grid(*group)) is not None]
    grids = _alike_joined([g for g in grids if not _is_page(g, content)], content)
    grids.sort(key=lambda g: (g.box.x1 - g.box.x0) * (g.box.y1 - g.box.y0))
    found: list[Grid] = []
    for grid in grids:
        if _fill(grid, content, level, upright):
            found.append(grid)
    return found


def _is_page(grid: Grid, content: PageContent) -> bool:
    """A frame around nearly everything is the page's own decoration."""
    return grid.columns == 1 and grid.box.y1 - grid.box.y0 > content.height * 0.75


def all_rules(content: PageContent) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines of the page, those of its boxes with them."""
    level = [r for r in content.level if r.end - r.start > 12]
    upright = [r for r in content.upright if r.end - r.start > 5]
    for box in content.boxes:
        if box.x1 - box.x0 > content.width * 0.97:
            continue
        level += [Rule(box.y0, box.x0, box.x1), Rule(box.y1, box.x0, box.x1)]
        upright += [Rule(box.x0, box.y0, box.y1), Rule(box.x1, box.y0, box.y1)]
    return _merged(level), _merged(upright)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line become that line: borders are often drawn cell by cell."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if lines and rule.at - lines[-1][-1].at < 1.5:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    merged: list[Rule] = []
    for line in lines:
        at = sum(r.at for r in line) / len(line)
        line.sort(key=lambda r: r.start)
        start, end = line[0].start, line[0].end
        for rule in line[1:]:
            if rule.start - end > _NEAR:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return merged


def _connected(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch one another belong to the same grid."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, flat in enumerate(level):
        for j, tall in enumerate(upright):
            crosses = flat.start - _NEAR <= tall.at <= flat.end + _NEAR
            if crosses and tall.start - _NEAR <= flat.at <= tall.end + _NEAR:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, flat in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(flat)
    for j, tall in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(tall)
    return list(groups.values())


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    xs, ys = _places(upright), _places(level)
    if len(xs) < 2 or not ys:
        return None
    # A row that is cut by the page's end has no line there; its upright lines show how far it goes.
    low, high = min(r.start for r in upright), max(r.end for r in upright)
    ys = [*([low] if ys[0] - low > _ROW else []), *ys, *([high] if high - ys[-1] > _ROW else [])]
    if len(xs) < 2 or len(ys) < 2:
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    if box.x1 - box.x0 < 30 or box.y1 - box.y0 < 10:
        return None
    return Grid(box, xs, ys[::-1])


def _places(rules: Iterable[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(r.at for r in rules):
        if not places or at - places[-1] > 4:
            places.append(at)
    return places


def _fill(grid: Grid, content: PageContent, level: Sequence[Rule], upright: Sequence[Rule]) -> bool:
    """Move the grid's words from the page into its cells; cells without a line between them are one."""
    inside = inside_of(content.words, grid.box)
    if not inside:
        return False
    owner = {} if grid.loose else _owners(grid, level, upright)
    for word in inside:
        place = place_of(word, grid)
        grid.cells.setdefault(owner.get(place, place), []).append(word)
    if owner:
        rows = range(grid.rows)
        grid.single = {n for n in rows if len({owner[n, column] for column in range(grid.columns)}) == 1}
    taken = {id(w) for w in inside}
    content.words = [w for w in content.words if id(w) not in taken]
    return True


def inside_of(words: Sequence[Word], box: Box) -> list[Word]:
    """The words whose middle lies in the box."""
    left, right, low, high = box.x0 - 1, box.x1 + 1, box.y0 - 1, box.y1 + 1
    return [w for w in words if low <= (w.y0 + w.y1) / 2 <= high and left <= (w.x0 + w.x1) / 2 <= right]


def place_of(word: Word, grid: Grid) -> tuple[int, int]:
    """The row and the column that the word stands in."""
    x, y = (word.x0 + word.x1) / 2 if grid.loose else word.x0 + 1.5, (word.y0 + word.y1) / 2
    column = max(0, min(sum([x >= edge for edge in grid.xs]) - 1, grid.columns - 1))
    line = max(0, min(sum([y <= edge for edge in grid.ys]) - 1, grid.rows - 1))
    return line, column


def _alike_joined(grids: list[Grid], content: PageContent) -> list[Grid]:
    """Shaded rows of the same columns are one table, with the rows between them that have no shade."""
    found: list[Grid] = []
    for grid in sorted(grids, key=lambda g: -g.box.y1):
        above = next((g for g in found if _goes_below(g, grid)), None) if grid.rows == 1 else None
        if above is None:
            found.append(grid)
            continue
        above.loose = True
        above.ys = sorted({*above.ys, *grid.ys}, reverse=True)
        above.box = Box(above.box.x0, grid.box.y0, above.box.x1, above.box.y1)
    for grid in found:
        if grid.loose and (words := row_beside(content, grid.box.y0, grid.xs, above=False)):
            grid.ys.append(min(w.y0 for w in words) - 1)
            grid.box = Box(grid.box.x0, grid.ys[-1], grid.box.x1, grid.box.y1)
    return found


def _goes_below(first: Grid, second: Grid) -> bool:
    """Two single rows, or a table of such and one more, with the same columns and little between them."""
    if first.columns < 2 or len(first.xs) != len(second.xs) or not (first.rows == 1 or first.loose):
        return False
    same = all(abs(a - b) < 3 for a, b in zip(first.xs, second.xs, strict=True))
    return same and 0 <= first.box.y0 - second.box.y1 < _BETWEEN


def row_beside(content: PageContent, edge: float, xs: Sequence[float], *, above: bool) -> list[Word]:
    """The words of a row just above or below a table that no line or shade belongs to: they keep to its columns."""
    words = [w for w in content.words if (w.base > edge) == above and xs[0] - 2 < w.x0]
    found: list[Word] = []
    lines = lines_of(words)
    for line in reversed(lines) if above else lines:
        crosses = any(w.x0 < x - _OVER and w.x1 > x + _OVER for w in line.words for x in xs[1:-1])
        far = abs(line.base - edge) > line.size * (1.4 if above else 1.7)
        if crosses or far or line.x1 > xs[-1] + 4:
            break
        found += line.words
        edge = line.base
    filled = {sum((w.x0 + w.x1) / 2 >= x for x in xs) for w in found}
    return found if len(filled) > 1 else []


def _owners(
    grid: Grid, level: Sequence[Rule], upright: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the upper left cell of the merged cell that it is part of."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for line in range(grid.rows):
        for column in range(grid.columns):
            x = (grid.xs[column] + grid.xs[column + 1]) / 2
            y = (grid.ys[line] + grid.ys[line + 1]) / 2
            here = (line, column)
            owner[here] = here
            if column and not _drawn(upright, grid.xs[column], y):
                owner[here] = owner[line, column - 1]
            elif line and not _drawn(level, grid.ys[line], x):
                owner[here] = owner[line - 1, column]
    return owner


def _drawn(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= 4 and r.start - 1 <= along <= r.end + 1 for r in rules)
