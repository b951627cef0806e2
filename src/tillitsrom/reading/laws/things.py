"""What a duty is about, followed through a law: "Kommunen skal lage en plan" tells whose task it is that "planen skal oppdateres"."""

from bisect import bisect_left
from collections.abc import Sequence

from tillitsrom.reading.laws.nouns import stem
from tillitsrom.reading.laws.walk import Found
from tillitsrom.reading.words import pattern

_Named = tuple[int, str, str]
"""Where a duty stands, its words and who has it."""

_MOST, _NEAR = 400, 40
_TELLS = pattern(
    r"^(?:innehold|innehald|omfatt|fremgå|framgå|gå$|gjere$|gjøre$|vise|beskriv|skildr|oppdater|ajour|angis|angjev|spesifiser|opplys)"
)
_MAKES = pattern(
    r"\b(?:utarbeid\w*|lag[ea]\w*|før(?:e|es|ast)|levere?|leverast|skriv\w*|ha\s+(?:ein|en|et|eit)|syte\s+for|sørgj?e\s+for|etabler\w*|opprett\w*|tilby\w*)\b"
)
_SHORTEST = 4
_PEOPLE = frozenset(("andre", "enhver"))


# Papers that are always made by the same ones.
_KNOWN = (
    (
        "kommune",
        pattern(
            r"^\W*(?:kopi\s+av\s+)?(?:et\s+|eit\s+|en\s+|ein\s+)?(?:vedtatt\s+|vedteken\s+|vedtatte\s+|vedtekne\s+)?(?:arealplan|plankart|reguleringsplan|kommuneplan|kommunedelplan)(?:en|et|ene|ane|ar|er)?\s+skal\b"
        ),
    ),
    (
        "arbeidsgiver",
        pattern(
            r"^\W*(?:i\s+)?(?:(?:en|ein|individuell)\s+)?(?:ansettelses|arbeids|tilsetjings|tilsettings)avtale(?:n|r|ne)?\s"
        ),
    ),
    (
        "andre",
        pattern(r"\bskal\s+stif(?:tings|telses)dokumentet\b|^\W*stif(?:tings|telses)dokumentet\s+skal\b"),
    ),
)
_REGISTER = pattern(r"\bi\s+\w*registeret\b|\bi\s+registret\b|\bsøke\s+(?:etter\s+)?informasjon\b")


def known_maker(one: Found) -> str | None:
    """Who makes the paper that the sentence is about, where such papers are made by the same ones always."""
    low = (one.stem or one.plain)[:200].lower()
    if not any(word in low for word in ("plan", "avtale", "dokument")):
        return None
    return next((who for who, paper in _KNOWN if paper.search(low)), None)


def tells_of_register(one: Found) -> bool:
    """Whether the duty is to let someone find what stands in a register."""
    return _REGISTER.search((one.stem or one.plain)[:300].lower()) is not None


class Things:
    """The duties of a law that say who has them, looked up by what they are about."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._named: list[_Named] = []
        self._sections: dict[str | None, list[_Named]] = {}
        for one in found:
            if one.bearer:
                named = (one.start, f"{one.stem} {one.plain}".lower(), one.bearer)
                self._named.append(named)
                self._sections.setdefault(one.section, []).append(named)
        del self._named[_MOST:]

    def maker(self, one: Found) -> str | None:
        """Who makes, keeps or delivers the thing whose contents a duty tells: first in the section, then in the law."""
        thing = stem(one.thing)
        if len(thing) < _SHORTEST or not _TELLS.match(one.verb):
            return None
        for _, low, who in self._before(one):
            if thing in low and _MAKES.search(low):
                return who
        told: dict[str, int] = {}
        for _, low, who in self._named:
            if not _PEOPLE.intersection(who.split("+")) and thing in low and _MAKES.search(low):
                told[who] = told.get(who, 0) + 1
        return min(told, key=lambda who: (-told[who], who)) if told else None

    def approver(self, one: Found) -> str | None:
        """Who approves the thing whose contents a duty tells, and so does not make it."""
        thing = stem(one.thing)
        if len(thing) < _SHORTEST or not _TELLS.match(one.verb):
            return None
        return next((who for _, low, who in self._named if "godkjen" in low and thing in low), None)

    def _before(self, one: Found) -> list[_Named]:
        """The last ones before a duty in its section, the nearest first."""
        here = self._sections.get(one.section, [])
        index = bisect_left(here, (one.start,))
        return here[max(0, index - _NEAR) : index][::-1]
