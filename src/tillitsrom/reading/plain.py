"""Plain text has no marks: tell by a line's look and its neighbours which lines are headings and which are rows of a table.

A heading is a short line of its own, without a full stop, that demands nothing. A number ("3.2 Oppdrag") tells its level;
without one it stands below the last number, and a heading that is known stands above one that is not.
"""

from collections.abc import Iterator

from tillitsrom.reading.phrases import DEMANDS
from tillitsrom.reading.structure import (
    SectionKind,
    assignment_name,
    goal_in_heading,
    is_closing,
    is_noise,
    is_subheading,
    is_titled_assignment,
    read_heading,
    section_kind,
)
from tillitsrom.reading.words import pattern

_LONGEST, _MOST_WORDS = 100, 14
_SEVERAL = 3
_TEXT = 60
_NUMBERED = pattern(
    r"^(?:(?:[Kk]apittel|[Kk]ap\.?|[Dd]el|[Vv]edlegg)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})(\.?)\s+(?=[A-ZÆØÅ«])"
)
_MARKED = pattern(r"^(?:[-*+•–—▪●◦·o]|\(?[a-zæøå][.)]|\(?\d{1,3}[.)])\s")
_STOPS = (".", ",", ";", ":", "!", "?", "…")
_BOLD = pattern(r"(?m)^\*\*[^*\n]{3,150}\*\*[ \t]*$")
# "4 Hva enheten skal gjøre"
_ASKS = pattern(r"^\d[\d.]*\s+(?:Hva|Kva|Hvordan|Korleis|Hvem|Kven|Når|Hvor|Kor|Slik)\s")
_DATE = pattern(r"^\d{1,2}\.\s?(?:\d{1,2}\.|\w+\s)")


def headings(text: str) -> dict[int, int]:
    """Where the headings of a text without marks begin, each with its level."""
    lines = list(_lines(text))
    found: dict[int, int] = {}
    numbered, listed = 0, -1
    for index, (at, line) in enumerate(lines):
        bold = text.startswith("**", at)
        if not line or not _looks_like_one(line) or not (bold or _alone(lines, index, found)):
            continue
        after = _next(lines, index)
        match = _NUMBERED.match(line)
        if match:
            dots = match.group(1).count(".")
            number = int(match.group(1)) if not dots and match.group(2) and not bold else 0
            if number and (_goes_on(match.group(1), after) or number == listed + 1):
                # A list whose items stand apart.
                listed = number
                continue
            numbered = found[at] = dots + 1
        elif _known(line):
            found[at] = max(2, numbered + 1) if found else 1
        elif bold or _opens_text(after):
            found[at] = max(3, numbered + 2) if found else 1
    return found


def lacks_headings(text: str) -> bool:
    """Whether headings have lost their marks: none has one; or only the title has, and several lines are all bold."""
    marked = text.count("\n#") + text.startswith("#")
    return not marked or (marked == 1 and len(_BOLD.findall(text[:200_000])) >= _SEVERAL)


def cells(line: str) -> list[tuple[int, int]]:
    """The columns of a line that tabs divide, as spans without white space; empty where there are fewer than two."""
    if "\t" not in line.strip():
        return []
    spans, at = [], 0
    for part in line.rstrip("\r\n").split("\t"):
        left = at + len(part) - len(part.lstrip())
        spans.append((left, max(left, at + len(part.rstrip()))))
        at += len(part) + 1
    return spans if sum(left < right for left, right in spans) > 1 else []


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line with where it begins, without white space and bold type; one with columns ends in a tab."""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        start = at + (line.index(body[0]) if body else 0)
        if body[:1] == "*":
            body = body.strip("* ") if _BOLD.match(body) else body
        yield start, body if "\t" not in body else body + "\t"
        at += len(line)


def _alone(lines: list[tuple[int, str]], index: int, found: dict[int, int]) -> bool:
    """Whether nothing stands just above and just below the line, but for a heading above it."""
    above = index == 0 or not lines[index - 1][1] or lines[index - 1][0] in found
    return above and (index + 1 == len(lines) or not lines[index + 1][1])


def _looks_like_one(line: str) -> bool:
    if len(line) > _LONGEST or line.endswith(_STOPS) or "\t" in line or len(line.split()) > _MOST_WORDS:
        return False
    if not (line[0].isupper() or line[0].isdigit() or line[0] == "«"):
        return line.lower().startswith("kap")
    if "rist" in line[:24] or is_noise(line) or is_closing(line):
        return False
    asks = _ASKS.match(line) is not None
    return (asks or DEMANDS.search(line) is None) and not (_DATE.match(line) and not _NUMBERED.match(line))


def _known(line: str) -> bool:
    """Whether the words are those of a chapter, of an assignment, of a goal or of a part of an assignment."""
    return (
        read_heading(line, 1).kind is not SectionKind.OTHER
        or section_kind(line) is not SectionKind.OTHER
        or assignment_name(line) is not None
        or is_titled_assignment(line)
        or goal_in_heading(line) is not None
        or is_subheading(line)
    )


def _next(lines: list[tuple[int, str]], index: int) -> str:
    """The next line that is not empty."""
    return next((line for _at, line in lines[index + 1 : index + 6] if line), "")


def _goes_on(number: str, after: str) -> bool:
    """Whether the next line takes the next number of a list."""
    return after.startswith((f"{int(number) + 1}.", f"{int(number) + 1})"))


def _opens_text(after: str) -> bool:
    """Whether what follows is text, a list, a table or a numbered heading, and not one more short line."""
    if len(after) >= _TEXT or after.endswith((".", ":", "\t")):
        return True
    return _MARKED.match(after) is not None or _NUMBERED.match(after) is not None
