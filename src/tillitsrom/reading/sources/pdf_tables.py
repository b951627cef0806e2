"""Tables without drawn lines, and the lines of a table of contents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tillitsrom.reading.sources.pdf_lines import Line
from tillitsrom.reading.sources.pdf_words import Word

_LEADER = re.compile(r"[\s.…_·]*(?:[._]\s?){4,}[\s._]*(\d{1,4})?\s*$|…{2,}\s*(\d{1,4})?\s*$")
_NUMBER = re.compile(r"^\d{1,4}$")
_MARKER = re.compile(r"^(?:[•●○▪■□–\-▶►➢✓§·*o]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zæøå][.)])$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents."""

    text: str
    line: Line


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table that has no drawn lines."""

    cells: tuple[tuple[str, ...], ...]
    first: Line


Piece = Line | Entry | Rows


def structured(lines: Sequence[Line]) -> list[Piece]:
    """The lines of a region with its tables and contents recognised."""
    return _with_tables(_with_contents(lines))


def _with_contents(lines: Sequence[Line]) -> list[Line | Entry]:
    leaders = [_leader(line.text) for line in lines]
    pages = [_contents_page(line, leader) for line, leader in zip(lines, leaders, strict=True)]
    certain = sum(leader is not None for leader in leaders)
    numbered = sum(page is not None for page in pages)
    if not certain and (numbered < 4 or numbered < len(lines) * 0.5):
        return list(lines)
    if certain >= 3:
        pages = [
            _at_the_edge(line, lines) if page is None else page
            for line, page in zip(lines, pages, strict=True)
        ]
    found: list[Line | Entry] = []
    held: list[Line] = []
    for line, page in zip(lines, pages, strict=True):
        if page is None:
            found += held
            held = [line]
            continue
        if held and not (held[-1].base - line.base < line.size * 1.6 and _wraps(held[-1], line)):
            found += held
            held = []
        title = " ".join([*(h.text for h in held), _title(line)])
        found.append(Entry(f"{title} ..... {page}" if page else f"{title} .....", line))
        held = []
    return found + held


def _wraps(first: Line, second: Line) -> bool:
    """A title over two lines: the second has no number of its own and stands no further out."""
    return second.x0 >= first.x0 - 1 and not second.words[0].text[:1].isdigit()


def _leader(text: str) -> re.Match[str] | None:
    """The dots that lead to a page number, where there are so many."""
    if text.count(".") + text.count("_") < 4 and text.count("…") < 2:
        return None
    return _LEADER.search(text)


def _contents_page(line: Line, leader: re.Match[str] | None) -> str | None:
    """The page that a line of contents points at; an empty text where only its dots are there."""
    if leader is not None:
        return leader.group(1) or leader.group(2) or ""
    parts = line.segments
    last = line.words[-1]
    if len(parts) >= 2 and _NUMBER.match(last.text) and last.x0 >= parts[-1][0] - 0.1 and len(line.words) > 1:
        return last.text
    return None


def _at_the_edge(line: Line, lines: Sequence[Line]) -> str | None:
    """A title so long that no dots had room: its page stands where all the others stand."""
    last = line.words[-1]
    aligned = sum(abs(last.x1 - other.x1) < 4 for other in lines) > len(lines) / 2
    return last.text if aligned and _NUMBER.match(last.text) and len(line.words) > 1 else None


def _title(line: Line) -> str:
    text = _LEADER.sub("", line.text).rstrip(" .…_")
    if text != line.text.rstrip(" .…_") or not _NUMBER.match(line.words[-1].text):
        return text
    return Line(line.words[:-1]).text.rstrip(" .…_")


def _with_tables(pieces: Sequence[Line | Entry]) -> list[Piece]:
    found: list[Piece] = []
    index = 0
    while index < len(pieces):
        end, starts = _table_run(pieces, index)
        if end > index:
            run = [piece for piece in pieces[index:end] if isinstance(piece, Line)]
            found.append(Rows(_rows(run, starts), run[0]))
            index = end
        else:
            found.append(pieces[index])
            index += 1
    return found


def _split(line: Line) -> list[list[Word]]:
    """The words of each stretch; a marker at the start belongs to what follows it."""
    limit = max(line.size * 1.8, 14.0)
    if line.gap <= limit:
        return [line.words]
    parts: list[list[Word]] = [[]]
    for word in line.words:
        if parts[-1] and word.x0 - parts[-1][-1].x1 > limit:
            parts.append([])
        parts[-1].append(word)
    if len(parts) > 1 and len(parts[0]) == 1 and is_marker(parts[0][0].text, parts[1][0].text):
        parts[:2] = [parts[0] + parts[1]]
    return parts


def is_marker(first: str, second: str) -> bool:
    """A bare number is the number of a heading only when words follow it."""
    if first.isdigit():
        return len(first) <= 2 and second[:1].isalpha()
    return bool(_MARKER.match(first))


def _table_run(pieces: Sequence[Line | Entry], start: int) -> tuple[int, list[float]]:
    """How far from `start` lines stand in the same columns, and where the columns start."""
    first = pieces[start]
    if not isinstance(first, Line) or len(_split(first)) < 2:
        return start, []
    starts = [part[0].x0 for part in _split(first)]
    end, rows, shared = start, 0, 0
    while end < len(pieces):
        piece = pieces[end]
        if not isinstance(piece, Line) or (end > start and _far_below(pieces[end - 1], piece)):
            break
        parts = _split(piece)
        aligned = all(any(_aligned(part, x, starts) for x in starts) for part in parts)
        if len(parts) == 1 and not (aligned and abs(parts[0][0].x0 - starts[0]) > 5):
            break
        if len(parts) > 1:
            rows += 1
            shared += aligned
            starts = _more_starts(starts, parts)
        end += 1
    return (end, starts) if rows >= 3 and shared >= 2 and len(starts) <= 8 else (start, [])


def _far_below(above: Line | Entry, line: Line) -> bool:
    return isinstance(above, Line) and above.base - line.base > 4.5 * line.size


def _aligned(part: Sequence[Word], x: float, starts: Sequence[float]) -> bool:
    return abs(part[0].x0 - x) < 5 or (part[0].text[:1].isdigit() and part[0].x0 > starts[-1] - 40)


def _more_starts(starts: list[float], parts: Sequence[Sequence[Word]]) -> list[float]:
    new = [p[0].x0 for p in parts if all(abs(p[0].x0 - x) > 25 for x in starts)]
    return sorted(starts + new)


def _rows(lines: Sequence[Line], starts: Sequence[float]) -> tuple[tuple[str, ...], ...]:
    rows: list[list[list[str]]] = []
    for line in lines:
        parts = _split(line)
        if len(parts) > 1 or not rows:
            rows.append([[] for _ in starts])
        for part in parts:
            column = min(range(len(starts)), key=lambda c: abs(starts[c] - part[0].x0))
            rows[-1][column].append(Line(part).text)
    return tuple(tuple(" ".join(cell) for cell in row) for row in rows)
