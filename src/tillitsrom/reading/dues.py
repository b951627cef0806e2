"""Give every finding its deadline: its own, that of its item or point, or that of the line which closes its assignment."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

from tillitsrom.reading.deadlines import LooseYear, sentence_deadline
from tillitsrom.reading.findings import Due, Finding
from tillitsrom.reading.words import pattern

_MAKES = pattern(
    r"\b(?:utarbeide|kartlegge|kartleggje|videreutvikle|vidareutvikle|utvikle|lage|utrede|greie\s+ut|gjennomføre|evaluere|ferdigstille|revidere|levere|gjennomgå|prøve\s+ut|vurdere\s+(?:om|hvordan|hvilke|korleis|kva|behov\w*))\b"
)
_CLOSES = pattern(
    r"^\W*(?:oppdraget|deloppdraget|svar(?:et)?\s+på\s+oppdraget|besvarelsen?|endelig\s+(?:rapport|leveranse|svar)|leveransen)\b.{0,60}?"
    r"\b(?:lever\w*|oversend\w*|send\w*|ferdig\w*|foreligge|besvares?)\b.{0,60}?\b(?:innen|innan|senest|seinast)\b"
)
_IN_YEAR = pattern(r"\bi\s+(20\d\d)\b")
_REFERS_BACK = pattern(
    r"^(?:rapporteringen|rapporteringa|tilbakemeldingen|tilbakemeldinga|orienteringen|orienteringa|redegjørelsen)\b|\bdenne\s+(?:leveransen|rapporten|rapporteringen)\b"
)
_WORD = pattern(r"[^\W\d_]{6,}")
_SUBJECT_END = pattern(r"\b(?:bes|skal|må|sendes|oversendes)\b")
_UNDATED = frozenset(("goal", "steering_parameter", "key_figure", "reporting"))
# A figure "ved utgangen av året" tells when it is counted, not when something is due.
_DATELESS = frozenset(("goal", "key_figure", "reporting", "assignment"))
_FAR = 10**12


class _Zone:
    """The deadline lines of one assignment, or of one section outside assignments, ready to be asked."""

    def __init__(self) -> None:
        self.items: dict[int, list[Due]] = defaultdict(list)
        self.points: dict[str, Due] = {}
        self.blocks: dict[int, Due] = {}
        self.general: list[Due] = []
        self.by_point: dict[str, list[Due]] = defaultdict(list)

    def add(self, due: Due) -> None:
        for point in due.points:
            self.points.setdefault(point, due)
        if due.points:
            return
        if due.item:
            self.items[due.item].append(due)
        elif due.block:
            self.blocks.setdefault(due.block, due)
        else:
            self.general.append(due)
            self.by_point[due.near if due.near.isdigit() else ""].append(due)

    def find(self, finding: Finding) -> Due | None:
        """The line that holds for the finding."""
        place = finding.place
        for due in self.items.get(place.item, ()) if place.item else ():
            if due.at >= finding.start:
                return due
        pointed = self.points.get(place.point)
        if pointed and (place.inside or not place.item) and pointed.item in (0, place.item):
            return pointed
        if place.block in self.blocks:
            return self.blocks[place.block]
        # Where the points have deadlines of their own, a line holds for the point that it stands in.
        if self.items or len(self.by_point) - ("" in self.by_point) > 1:
            return _next(self.by_point.get("", []), finding, place.scope) or _next(
                self.by_point.get(place.point, []) if place.point.isdigit() else [], finding, place.scope
            )
        return _next(self.general, finding, place.scope)


def _next(dues: list[Due], finding: Finding, scope: int) -> Due | None:
    """The first line after the finding; inside an assignment else the last one before it."""
    at = bisect_left(dues, finding.start, key=lambda due: due.at)
    if at < len(dues):
        return dues[at]
    return dues[-1] if dues and scope else None


def attach(
    findings: Sequence[Finding],
    dues: Sequence[Due],
    year: int | None,
    hands_over: Callable[[str], bool],
) -> list[str | None]:
    """The deadline of each finding, in their order."""
    zones: dict[int, _Zone] = defaultdict(_Zone)
    for due in sorted(dues, key=lambda due: due.at):
        zones[due.zone].add(due)
    own = [
        f.deadline or (None if f.fixed in _DATELESS else sentence_deadline(f.plain, year)) for f in findings
    ]
    _closing_sentences(findings, own, zones)
    result = []
    for finding, value in zip(findings, own, strict=True):
        if (value is None or isinstance(value, LooseYear)) and not finding.authority:
            value = _inherited(finding, zones.get(finding.place.zone), year) or value
        result.append(value)
    found = _of_product(findings, own, _from_parent(findings, own, result))
    return _matched(findings, found, zones, hands_over)


def _closing_sentences(findings: Sequence[Finding], own: list[str | None], zones: dict[int, _Zone]) -> None:
    """ "Oppdraget skal leveres innen …" closes an assignment that has no deadline line."""
    asked: dict[int, str] = defaultdict(str)
    for finding, value in zip(findings, own, strict=True):
        place, low = finding.place, finding.plain.lower()
        if not place.scope or finding.authority:
            continue
        closes = (
            value
            and place.zone not in zones
            and (_CLOSES.match(low) or _hands_over_product(low, asked[place.scope]))
        )
        if value and closes:
            zones[place.zone].add(Due(_FAR, value, place.zone))
        elif value is None and len(asked[place.scope]) < 4_000:
            asked[place.scope] += f" {low}"


_PRODUCT = pattern(r"^\W*(?!oppdrag|arbeid|tiltak)(?P<noun>[a-zæøå]{3,}?)(?:en|et|a|n)\b")
_HANDS = pattern(
    r"\b(?:oversendes|sendes|leveres|overleveres|oversendast|sendast|leverast|(?:skal|må)\s+(?:\w+\s+){0,2}?(?:oversendes|sendes|leveres|foreligge|oversendast|sendast|leverast))\b"
)


def _speaks_of(noun: str, text: str, endings: tuple[str, ...]) -> bool:
    """Whether a word of the text ends in the noun, with one of the endings."""
    at = text.find(noun)
    while at >= 0:
        rest = text[at + len(noun) : at + len(noun) + 3]
        ending = rest[: next((n for n, c in enumerate(rest) if not c.isalpha()), len(rest))]
        if ending in endings:
            return True
        at = text.find(noun, at + 1)
    return False


def _hands_over_product(low: str, asked: str) -> bool:
    """ "Forslaget oversendes innen …": the product that the assignment asked for is handed over, which closes it."""
    match = _PRODUCT.match(low)
    return (
        match is not None
        and _HANDS.search(low, 0, 160) is not None
        and _speaks_of(match["noun"], asked, ("", "e", "r", "er", "ar"))
    )


def _of_product(
    findings: Sequence[Finding], own: list[str | None], deadlines: list[str | None]
) -> list[str | None]:
    """What an assignment says of a product ("Planen skal …") is due when the sentence that asked for it says so."""
    made: dict[int, list[tuple[str, str]]] = defaultdict(list)
    result = []
    for finding, mine, value in zip(findings, own, deadlines, strict=True):
        scope, low = finding.place.scope, finding.plain.lower()
        if scope and value is None and not finding.authority and made[scope]:
            match = _PRODUCT.match((finding.place.stem or low).lower())
            if match and not _HANDS.search(low, 0, 160):
                noun = match["noun"]
                value = next((due for text, due in made[scope] if _speaks_of(noun, text, ("",))), None)
        if scope and mine and _MADE.search(low) and len(made[scope]) < 6:
            made[scope].append((low[:300], mine))
        result.append(value)
    return result


_MADE = pattern(
    r"\b(?:lage|lager|utarbeide|utarbeider|utvikle|utvikler|skrive|skriver|laga|utvikla|utarbeida)\b"
)


def _inherited(finding: Finding, zone: _Zone | None, year: int | None) -> str | None:
    if finding.fixed in _UNDATED:
        return None
    due = zone.find(finding) if zone else None
    return due.value if due else _from_stem(finding, year)


def _from_stem(finding: Finding, year: int | None) -> str | None:
    """The deadline that the stem of the list sets; a year alone binds only what is to be made."""
    stem = finding.place.stem
    if not stem:
        return None
    value = sentence_deadline(stem, year)
    if value and len(value) > 4:
        return value
    match = _IN_YEAR.search(stem.lower())
    bound = match and year and match.group(1) == str(year) and finding.place.scope
    return match.group(1) if match and bound and _MAKES.search(finding.plain.lower()) else None


def _from_parent(
    findings: Sequence[Finding], own: list[str | None], deadlines: list[str | None]
) -> list[str | None]:
    """Items inside an item have its deadline where it sets one in its own words; so has a sentence about the thing
    that the sentence just before it asked for by a date ("Rapporteringen skal også …")."""
    of_item: dict[int, str | None] = {}
    result = []
    for index, (finding, value) in enumerate(zip(findings, deadlines, strict=True)):
        place = finding.place
        beside = index > 0 and place.block > 0 and place.block == findings[index - 1].place.block
        if beside and own[index] is None and own[index - 1] and _REFERS_BACK.search(finding.plain.lower()):
            value = own[index - 1]
        elif place.item and not place.subitem:
            of_item[place.item] = value if finding.rule != "list_item" else None
        elif value is None and place.item and place.stem and not finding.authority:
            value = of_item.get(place.item)
        result.append(value)
    return result


def _matched(
    findings: Sequence[Finding],
    deadlines: list[str | None],
    zones: dict[int, _Zone],
    hands_over: Callable[[str], bool],
) -> list[str | None]:
    """In an assignment whose deadlines stand in sentences of their own ("Utkast til plan sendes innen …"), each holds
    for the sentence that asks for the same thing to be made."""
    handed = [
        bool(f.place.scope) and f.place.zone not in zones and hands_over(f.plain.lower()) for f in findings
    ]
    reports: dict[int, list[tuple[set[str], str]]] = defaultdict(list)
    for finding, value, over in zip(findings, deadlines, handed, strict=True):
        words = _stems(_SUBJECT_END.split(finding.plain, maxsplit=1)[0]) if over and value else set()
        if value and len(words) >= 3 and len(reports[finding.place.scope]) < 20:
            reports[finding.place.scope].append((words, value))
    result = []
    for finding, value, over in zip(findings, deadlines, handed, strict=True):
        if value is None and not over and not finding.authority and finding.place.scope in reports:
            have = _stems(finding.plain)
            for words, due in reports[finding.place.scope]:
                if len(words & have) >= 3 and len(words & have) >= 0.7 * len(words):
                    value = due
                    break
        result.append(value)
    return result


def _stems(plain: str) -> set[str]:
    return {w[:6].lower() for w in _WORD.findall(plain)}
