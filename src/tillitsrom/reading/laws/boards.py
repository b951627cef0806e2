"""Boards: who a "nemnd" or an "utvalg" belongs to is told by who appoints it, and by whom its law is about. Small letters."""

from tillitsrom.reading.laws.nouns import stem
from tillitsrom.reading.words import pattern

_NAME = r"\w*(?:nemnd|utval|utvalg|komité|komite|kommisjon)(?:a|en|et|er|ene|ar|ane)?"
_LONGEST = 4_000
_WORDS = ("nemnd", "utval", "komit", "kommisjon")
_APPOINTED = pattern(
    rf"\b(?P<name>{_NAME})\b[^.]{{0,140}}?\bopp(?:nevn|nemn|nemd)\w*\s+(?:\w+\s+){{0,3}}?av\s+(?:\w+\s+){{0,2}}?(?P<who>\w*departement\w*|kongen|\w+direktorat\w*)"
)
_APPOINTS = pattern(
    rf"\b(?P<who>\w*departement\w*|kongen|\w+direktorat\w*)\s+(?:\w+\s+){{0,3}}?(?:opp(?:nevn|nemn)\w*|nemne?r?\s+opp|opprett\w*|utpeik\w*|utpek\w*)\s+[^.]{{0,90}}?\b(?P<name>{_NAME})\b"
)
_SEATED = pattern(
    r"\b(?P<who>\w*departement\w*|kongen)\s+(?:skal\s+)?opp(?:nevn|nemn)\w*\s+(?:\w+\s+){0,4}?(?:medlem|leder|leiar)\w*"
)
_IS_BOARD = pattern(rf"^{_NAME}$")
_SEATS = pattern(r"\b(?:medlem|leiar|leder|nestleder|nestleiar|juristar|jurister|kompetanse|innsikt)")
_MADE_OF = pattern(
    r"\b(?:skal|må|bør)\s+(?:(?:det|ein|en|éin|ett|to|minst|òg|også)\s+){0,3}?(?:ha|bestå|vere|være|sitje|sitte|oppn[ev]mnast|oppnevnes|oppfyllast|oppfylles|ledes|leiast|leies)\b"
)
_OF_BOARD = pattern(rf"\b{_NAME}\b")


class Boards:
    """What one law tells of its boards: by name, who appoints each."""

    def __init__(self) -> None:
        self._who: dict[str, str] = {}

    def note(self, low: str) -> None:
        """Learn from a paragraph who appoints a board."""
        low = low[:_LONGEST]
        if not any(word in low for word in _WORDS) or ("opp" not in low and "utp" not in low):
            return
        for appointed in (_APPOINTED, _APPOINTS):
            if match := appointed.search(low):
                self._learn(match.group("name"), match.group("who"))
        if (match := _SEATED.search(low)) and (name := _OF_BOARD.search(low)):
            self._learn(name.group(), match.group("who"))

    def _learn(self, name: str, who: str) -> None:
        self._who.setdefault(stem(name), "direktorat" if "direktorat" in who else "departement")

    def appointer(self, noun: str) -> str | None:
        """Who appoints a board; "nemnda" is the one board that the law tells of, where it tells of one."""
        name = stem(noun)
        for known, who in self._who.items():
            if known == name or (known.endswith(name) and len(self._who) == 1):
                return who
        return None

    def composer(self, noun: str, low: str) -> str | None:
        """Who sees to it that a board is made up as the sentence says: the one that appoints it."""
        if not self._who:
            return None
        said = _OF_BOARD.search(low[:60])
        name = noun if is_board(noun) else said.group() if said else ""
        seat = noun.startswith(("medlem", "leder", "leiar", "nestle"))
        if (name or seat) and _MADE_OF.search(low) and _SEATS.search(low):
            return self.appointer(name) if name else self._only()
        return None

    def _only(self) -> str | None:
        """Who appoints the boards of the law, where it is one and the same."""
        who = set(self._who.values())
        return who.pop() if len(who) == 1 else None

    def __bool__(self) -> bool:
        return bool(self._who)


def is_board(noun: str) -> bool:
    """Whether a noun names a board."""
    return _IS_BOARD.match(noun) is not None
