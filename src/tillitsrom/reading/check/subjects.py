"""What a requirement is about: its stems without the words that any requirement has."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tillitsrom.reading.likeness import stem
from tillitsrom.reading.words import pattern, wordlist

_MARKUP = pattern(r"<[^>]{1,80}>|[*_`#|]+")
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_TIME = pattern(
    r"\b(?:id:?\s*)?[a-zæøå]{1,5}\d{4}[-–]\d{1,3}\b"
    r"|\b20\d\d-\d\d-\d\d\b|\b\d{1,2}\.\s?\d{1,2}\.\s?(?:20)?\d\d\b"
    rf"|\b(?:\d{{1,2}}\.\s?)?(?:{_MONTH})\b(?:\s20\d\d)?|\b(?:19|20)\d\d\b"
)
_TOKEN = pattern(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_FUNCTION = wordlist(
    "og eller i på av til for fra frå med om at som en ei et ein eit den det de dei dette denne disse desse der her ved å er blir vert ble har ha hva"
    " kva hvordan korleis både samt også innen innan senest seinast etter under over mot mellom per pr hver hvert kvar kvart sin sitt sine seg slik"
    " alle all alt når dersom skal må bør bes ber om forventes forutsettes plikter videre vidare herunder blant annet mellom anna jf jamfør frist"
    " fristen år året årlig løpet utgangen da så"
)
_MAKING = wordlist(
    "utarbeide utarbeider lage laga lager utforme skrive sende sender sendes oversende oversendes levere leverer leveres gi gis legge fram frem"
    " rapportere rapporterer rapporteres melde meldes informere orientere redegjøre redegjere innrapportere gjennomføre"
    " utføre sørge syte ansvar bidra arbeide arbeidet arbeidd"
)
_SENDING = wordlist(
    "rapport rapporten rapporter rapportering rapporteringen oversikt oversikten status skriftlig samlet tall tal"
)
_INTERVAL = wordlist(
    "daglig ukentlig månedlig kvartalsvis halvårlig årlig vekentleg månadleg årleg uke uka uken måned måneden månad kvartal kvartalet tertial"
    " tertialet halvår halvåret dag"
)
_RECIPIENT = wordlist(
    "departementet departement direktoratet direktorat etaten virksomheten virksomhetene verksemda kommunedirektøren kommunalsjefen kommunalsjef"
    " rådmannen statsforvalteren riksrevisjonen økonomiavdelingen kommunen kommunene virksomhetslederen tjenesten"
)
_LONGEST_LIST = 40
_NOT = wordlist("ikke ikkje aldri ingen inga uten utan unntatt unnateke")
_HOW_MUCH = wordlist(
    "daglig dagleg ukentlig vekentleg månedlig månadleg kvartalsvis halvårlig halvårleg tertialvis ettårig flerårig"
    " to tre fire fem seks sju syv åtte ni ti elleve tolv tjue halvparten annenhver"
    " mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tysdag laurdag sundag"
)
_TURNING = frozenset(stem(w) for w in _NOT | _HOW_MUCH)
SMALLEST = 3
ALIKE = 0.8


@lru_cache(maxsize=20_000)
def content(text: str, addressee: str | None = None) -> frozenset[str]:
    """The stems that tell what is demanded. Numbers stay, times and whoever is addressed go."""
    own = wordlist((addressee or "").casefold()) | {
        "direktoratet",
        "etaten",
        "virksomheten",
        "verksemda",
        "departementet",
    }
    words = _TOKEN.findall(_TIME.sub(" ", _MARKUP.sub(" ", text.casefold())))
    return frozenset(stem(w) for w in words if w not in _FUNCTION and w not in _MAKING and w not in own)


_NOT_SUBJECT = frozenset(stem(w) for w in _SENDING | _INTERVAL | _RECIPIENT)


def subject(text: str, addressee: str | None = None) -> frozenset[str]:
    """What a report is about, whoever it goes to and however often."""
    return content(text, addressee) - _NOT_SUBJECT


def _turns(words: frozenset[str]) -> bool:
    """Whether words that only one of two has make it another demand: a "not", how often, how many, or which day."""
    return any(word in _TURNING or word[0].isdigit() for word in words)


class Index:
    """Sets of stems, found again by one that has nearly the same. A stem lists so few of them that a look-up
    weighs few however many there are."""

    def __init__(self, sets: Sequence[frozenset[str]], smallest: int = SMALLEST) -> None:
        self._sets = sets
        self._smallest = smallest
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, stems in enumerate(sets):
            if len(stems) >= smallest:
                for word in stems:
                    postings = self._postings[word]
                    if len(postings) < _LONGEST_LIST:
                        postings.append(number)

    def alike(self, stems: frozenset[str]) -> Iterator[int]:
        """The numbers of the sets where one holds the other and is not much larger, in order."""
        if len(stems) < self._smallest:
            return
        for number in sorted(self._near(stems)):
            other = self._sets[number]
            small, large = (stems, other) if len(stems) <= len(other) else (other, stems)
            if len(small) >= ALIKE * len(large) and small <= large and not _turns(large - small):
                yield number

    def _near(self, stems: frozenset[str]) -> set[int]:
        # Whichever holds the other, they share the rarest stem of the smaller: the two rarest here are enough for
        # sets that differ by one stem in five.
        rarest = sorted(stems, key=lambda w: (len(self._postings.get(w, ())), w))
        spare = max(1, len(stems) - int(ALIKE * len(stems)))
        return {number for word in rarest[: spare + 1] for number in self._postings.get(word, ())}


def pairs(sets: Sequence[frozenset[str]], smallest: int = SMALLEST) -> Iterator[tuple[int, int]]:
    """Each set with the first one before it that is alike."""
    index = Index(sets, smallest)
    for number, stems in enumerate(sets):
        for other in index.alike(stems):
            if other < number:
                yield other, number
                break
