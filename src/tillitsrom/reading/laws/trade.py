"""Whether a law is about undertakings: then the one who applies, pays or is told nothing more of is one. Small letters."""

from collections.abc import Mapping

from tillitsrom.reading.words import pattern

_FOR_UNDERTAKINGS = pattern(
    r"\bfor\s+(?:\w+[eå]\s+(?:og\s+\w+[eå]\s+)?)?(?:foretak|føretak|bedrifter|verksemder|virksomheter|selskaper|næringsdrivende|næringsdrivande|rederier|reiarlag)\b"
)
_SHIPS = r"\w*(?:skip|skipet|fartøy|fartøya|fartøyer)|skips\w+|rederi\w*|reiarlag\w*|passasjerområde\w*"
_OF_TRADE = pattern(
    r"\b(?:"
    + _SHIPS
    + r"|\w*akvakultur\w*|\w*oppdrett\w*|(?:aksje|allmennaksje|finansierings?|hold(?:ing|nings)|forsikrings)selskap\w*"
    r"|verdipapir(?:fond|foretak|handel)\w*|mineral(?:virksomhet|verksemd)\w*|petroleumsv\w+|handelsverksemd\w*|handelsvirksomhet\w*|kontinentalsokkelen|regnskapsførere|rekneskapsførarar|konsortium\w*)\b"
)
_APPLIES = pattern(r"^søk(?:er|jar|ar|jer)(?:en|ne|e)?$")
_RECEIVES = pattern(r"^(?:tilskudds?|tilskots|støtte)mottak(?:er|ar)(?:en|ne|e)?$")
_PEOPLE = frozenset(("andre", "enhver"))
_SOME, _MUCH_MORE = 6, 3


def for_undertakings(title: str) -> bool:
    """Whether the title says that the law is for undertakings: those who apply under it are undertakings."""
    return _FOR_UNDERTAKINGS.search(title) is not None


def of_trade(title: str) -> bool:
    """Whether the title tells of what undertakings do, own or are."""
    return _OF_TRADE.search(title) is not None or for_undertakings(title)


def mostly_undertakings(duties: Mapping[str, int]) -> bool:
    """Whether a law tells undertakings to act, and people seldom."""
    undertakings = sum(n for who, n in duties.items() if who == "virksomhet")
    people = sum(n for who, n in duties.items() if _PEOPLE.intersection(who.split("+")))
    return undertakings >= _SOME and undertakings > _MUCH_MORE * people


def is_applicant(noun: str) -> bool:
    """Whether a noun names one who applies."""
    return _APPLIES.match(noun) is not None


def receives(noun: str) -> bool:
    """Whether a noun names one who has got a grant."""
    return _RECEIVES.match(noun) is not None
