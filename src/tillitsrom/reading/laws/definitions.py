"""What a law itself says that its words stand for: "Statsforvalteren er tilsynsmyndighet", "med utleier menes en virksomhet som …"."""

from tillitsrom.reading.laws.bearers import bearer_of, subject_after
from tillitsrom.reading.laws.boards import Boards
from tillitsrom.reading.laws.nouns import kind_of
from tillitsrom.reading.words import pattern

_IS = pattern(
    r"\s(?:er|skal\s+(?:være|vere))\s+(?:også\s+|òg\s+|nasjonal\s+|ansvarlig\s+|rette\s+|lokal\s+)?(?P<what>[a-zæøå]*(?:myndighet|myndigheit|styresmakt|styremakt|organ|forvalter|forvaltar))\b"
)
_AUTHORITY_WORDS = ("myndig", "styresmakt", "styremakt", "organ", "forvalt", "instans")
# "Tilsynsorgan etter forskriften skal være Kommunikasjonsmyndigheten."
_IS_WHOM = pattern(
    r"^\W*(?:\(\d\)\s+)?(?P<what>[a-zæøå]+(?:myndighet|myndigheit|styresmakt|styremakt|organ|forvalter|forvaltar|instans)(?:en|a|et)?)\s+(?:etter\s+(?:denne\s+)?\w+\s+(?:her\s+)?)?(?:er|skal\s+(?:være|vere))\s+(?P<who>[^.:;]{4,70})"
)
_SUPERVISES = pattern(r"\s(?:skal\s+)?(?:føre|fører|utøve|utøver|utøvar)\s+tilsyn(?:et)?\b")
_BEGINS = pattern(r"(?:^|[.:;)]\s+|\n)(?P<who>[^.:;)\n]{3,80})$")
_TERM = pattern(
    r"^\W*(?:[a-z0-9]{1,2}[.)]\s+)?(?:med\s+)?(?P<term>[a-zæøå][a-zæøå-]{3,40})\W{0,4}(?::|\bmenes\b|\bmeiner\s+(?:ein|vi)\b|\bmeinast\b|\bmeines\b)\s*(?:i\s+(?:denne|lova|loven|forskrifta)\s+(?:\w+\s+)?)?(?P<what>[^\n]{4,90})"
)
_UNDERTAKING = pattern(
    r"^\W*(?:(?:en|et|ein|eit|ei|ethvert|enhver|eitkvart|den|det|alle|norsk|privat|offentlig|offentleg)\s+){0,3}(?:(?:fysiske?|naturlege?)\s+(?:og|eller)\s+)?(?:\w*foretak|\w*føretak|\w*virksomhet|\w*verksemd|\w*selskap|\w*institusjon|juridiske?)\w{0,3}\b"
)
_PERSON = pattern(r"^\W*(?:(?:en|ein|den|enhver|fysisk|alle)\s+){0,2}person(?:en|er|ar)?\b")


class Definitions:
    """The kinds of the nouns that one law defines. All text is in small letters."""

    def __init__(self) -> None:
        self._kinds: dict[str, str | None] = {}
        self.boards = Boards()

    def note(self, low: str, *, defines: bool) -> None:
        """Learn from a paragraph or an item; `defines`: it stands in a section of definitions."""
        self.boards.note(low)
        if any(word in low for word in _AUTHORITY_WORDS):
            self._note_authority(low)
        for match in _SUPERVISES.finditer(low):
            begins = _BEGINS.search(low, max(0, match.start() - 90), match.start())
            who = subject_after(begins.group("who")) if begins else None
            if who in _SUPERVISORS:
                for noun in _SUPERVISOR_NOUNS:
                    self._learn(noun, who)
        if defines and (term := _TERM.match(low)):
            self._learn(term.group("term"), _kind_meant(term.group("what")))

    def _note_authority(self, low: str) -> None:
        """Learn which body an authority is."""
        for match in _IS.finditer(low):
            begins = _BEGINS.search(low, max(0, match.start() - 90), match.start())
            who = subject_after(begins.group("who")) if begins and " som" not in begins.group("who") else None
            if who and "+" not in who:
                self._learn(match.group("what"), who)
        if (told := _IS_WHOM.match(low)) is not None:
            who = bearer_of(told.group("who"))
            if who and "+" not in who:
                self._learn(told.group("what"), who)

    def _learn(self, noun: str, kind: str | None) -> None:
        known = kind_of(noun)
        if known == "organ" and kind == "virksomhet":
            # "Organ: verksemd som er omfatta av lova": a public body stays one.
            return
        if kind and known in (None, "organ", "andre", "direktorat"):
            # Said twice in two ways, it tells nothing.
            self._kinds[noun] = kind if self._kinds.get(noun, kind) == kind else None

    def kind(self, noun: str) -> str | None:
        """What the law says that a noun stands for, in any form of the noun."""
        for cut in range(len(noun), max(3, len(noun) - _LONGEST_ENDING) - 1, -1):
            kind = self._kinds.get(noun[:cut])
            if kind:
                return kind
        return None

    def __bool__(self) -> bool:
        return bool(self._kinds) or bool(self.boards)


_SUPERVISOR_NOUNS = ("tilsynet", "tilsynsmyndighet", "tilsynsmyndigheit", "tilsynsorgan")
_SUPERVISORS = ("kommune", "fylkeskommune", "statsforvalter", "direktorat")
_LONGEST_ENDING = 4


def _kind_meant(words: str) -> str | None:
    if _PERSON.match(words):
        return "andre"
    return "virksomhet" if _UNDERTAKING.match(words) else None
