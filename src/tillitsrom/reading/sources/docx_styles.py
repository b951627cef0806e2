"""What the styles and the numbering of a DOCX file say: which paragraph is a heading, an item, and its number."""

import re
from dataclasses import dataclass

from lxml import etree

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|overskrift|nummerert overskrift)\s*(\d)", re.I)
_CONTENTS = re.compile(r"^(?:toc|inh|innholdsfortegnelse)\s*\d", re.I)
_LIST = re.compile(
    r"^(?:list bullet|list number|punktliste|nummerert liste|punktmerket liste|kulepunkt)", re.I
)
_BULLETS = frozenset(("bullet", "none"))


def tag(name: str) -> str:
    return _NAMESPACE + name


def attribute(element: etree._Element, name: str) -> str:
    return element.get(tag(name)) or ""


def _child_value(element: etree._Element | None, name: str) -> str:
    found = None if element is None else element.find(tag(name))
    return "" if found is None else attribute(found, "val")


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else None


class Styles:
    """The paragraph styles by id, each knowing the one that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        for style in root.iter(tag("style")) if root is not None else ():
            if attribute(style, "type") == "paragraph":
                self._styles[attribute(style, "styleId")] = style
                if attribute(style, "default") in ("1", "true"):
                    self._default = attribute(style, "styleId")

    def of(self, properties: etree._Element | None) -> str:
        return _child_value(properties, "pStyle") or self._default

    def _line(self, style: str) -> list[etree._Element]:
        """The style and those that it is based on, nearest first; a circle ends the line."""
        line: list[etree._Element] = []
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            line.append(self._styles[style])
            style = _child_value(self._styles[style], "basedOn")
        return line

    def heading_level(self, properties: etree._Element | None, style: str) -> int:
        """From 1; 0 for what is no heading."""
        outline = _number(_child_value(properties, "outlineLvl"))
        if outline is not None:
            return outline + 1 if outline < 9 else 0
        for element in self._line(style):
            name = _child_value(element, "name")
            if name.lower() in ("title", "tittel"):
                return 1
            if found := _HEADING.match(name) or _HEADING.match(attribute(element, "styleId")):
                return int(found.group(1))
            outline = _number(_child_value(element.find(tag("pPr")), "outlineLvl"))
            if outline is not None:
                return outline + 1 if outline < 9 else 0
        return 0

    def is_contents(self, style: str) -> bool:
        return any(_CONTENTS.match(_child_value(s, "name")) for s in self._line(style))

    def is_list(self, style: str) -> bool:
        return any(_LIST.match(_child_value(s, "name")) for s in self._line(style))

    def list_level(self, style: str) -> int:
        """How deep the style of a list stands, from 0: "List Bullet 2" is inside "List Bullet"."""
        for element in self._line(style):
            name = _child_value(element, "name")
            if _LIST.match(name):
                depth = _number(name.rpartition(" ")[2])
                return min(max(depth - 1, 0), 8) if depth else 0
        return 0

    def numbering(self, style: str) -> etree._Element | None:
        for element in self._line(style):
            properties = element.find(tag("pPr"))
            found = None if properties is None else properties.find(tag("numPr"))
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item of a list: how deep it stands, and the number that Word shows before it."""

    level: int
    bullet: bool
    marker: str


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


class Numbering:
    """Counts the items of each list as Word does, so that "3.2" or "b)" stands where the reader saw it."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iter(tag("abstractNum")):
            levels = {_number(attribute(e, "ilvl")) or 0: _level(e) for e in abstract.iter(tag("lvl"))}
            self._abstract[attribute(abstract, "abstractNumId")] = levels
        for entry in root.iter(tag("num")):
            self._lists[attribute(entry, "numId")] = _child_value(entry, "abstractNumId")
            for override in entry.iter(tag("lvlOverride")):
                start = _number(_child_value(override, "startOverride"))
                if start is not None:
                    starts = self._restarts.setdefault(attribute(entry, "numId"), {})
                    starts[_number(attribute(override, "ilvl")) or 0] = start

    def of(self, properties: etree._Element | None, inherited: etree._Element | None) -> Numbered | None:
        own = None if properties is None else properties.find(tag("numPr"))
        source = inherited if own is None else own
        if source is None:
            return None
        number = _child_value(source, "numId") or _child_value(inherited, "numId")
        level = _number(_child_value(source, "ilvl")) or 0
        levels = self._abstract.get(self._lists.get(number, ""))
        if number in ("", "0") or levels is None:
            return None
        spec = levels.get(level, _Level("bullet", "", 1))
        if spec.form in _BULLETS:
            return Numbered(level, True, "")
        # A list that starts anew does so at its first item; after that it goes on.
        restart = self._restarts.get(number, {}).pop(level, None)
        if restart is not None:
            self._counters.setdefault(self._lists[number], {})[level] = restart - 1
        return Numbered(level, False, self._next(self._lists[number], levels, level))

    def _next(self, key: str, levels: dict[int, _Level], level: int) -> str:
        counters = self._counters.setdefault(key, {})
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [d for d in counters if d > level]:
            del counters[deeper]

        def shown(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            spec = levels.get(depth, _Level("decimal", "", 1))
            return _in_form(counters.get(depth, spec.start), spec.form)

        return re.sub(r"%([1-9])", shown, levels[level].pattern).strip()


def _level(element: etree._Element) -> _Level:
    start = _number(_child_value(element, "start"))
    return _Level(
        _child_value(element, "numFmt") or "decimal",
        _child_value(element, "lvlText"),
        1 if start is None else start,
    )


def _in_form(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1 if number < 1000 else 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    return str(number)


def _roman(number: int) -> str:
    values = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
    )
    text = ""
    for value, sign in (*values, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // value)
        number %= value
    return text
