"""Split Norwegian running text (bokmål and nynorsk) into sentences, with offsets.

A full stop ends a sentence when what comes after looks like a beginning and what comes before is no abbreviation,
no ordinal number and no initial.
"""

import re
from collections.abc import Iterator

# Abbreviations that are followed by more of the same sentence, also when the next word has a capital letter.
_OPEN = frozenset(
    [
        "jf",
        "jfr",
        "jmf",
        "kap",
        "pkt",
        "nr",
        "bl.a",
        "bla",
        "f.eks",
        "feks",
        "ca",
        "iht",
        "ihht",
        "i.h.t",
        "ifm",
        "i.f.m",
        "evt",
        "ev",
        "inkl",
        "ekskl",
        "eks",
        "tlf",
        "dvs",
        "d.v.s",
        "prop",
        "meld",
        "st",
        "innst",
        "dok",
        "ot.prp",
        "prp",
        "mill",
        "mrd",
        "kr",
        "art",
        "avd",
        "kgl",
        "kongl",
        "res",
        "pga",
        "p.g.a",
        "vedr",
        "hhv",
        "h.h.v",
        "mht",
        "m.h.t",
        "fom",
        "f.o.m",
        "tom",
        "t.o.m",
        "mfl.a",
        "ref",
        "s",
        "sml",
        "tidl",
        "pr",
        "prof",
        "dr",
        "mr",
        "adm",
        "dir",
        "forts",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "okt",
        "nov",
        "des",
        "gl",
        "lov.nr",
        "vs",
        "vol",
        "fig",
        "tab",
        "punkt.nr",
        "off",
        "offl",
        "forskr",
        "mnd",
        "stk",
        "saksnr",
        "gnr",
        "bnr",
        "ekskl",
        "m.a",
        "t.d",
        "el",
        "osb.a",
        "alm",
        "alminnel",
        "tj",
        "dep",
        "underdir",
        "eksp",
        "p.t",
    ]
)
_BOUNDARY = re.compile(
    r"[.!?…]['\"»”’*_)\]]{0,6}(?:</?[a-zA-Z]{1,6}>){0,4}(\s+)"
    r"(?:</?[a-zA-Z]{1,6}>){0,4}['\"«“‘*_(\[]{0,4}(?=[A-ZÆØÅÁÉÖÄÜ0-9•–§]|[o-][ \t][A-ZÆØÅ])"
)
_HARD_BREAK = re.compile(r"[ \t]{2,}\r?\n\s*|\n[ \t]*(?=Frist\b)|[ \t]{2,}\n")
_WORD_BEFORE = re.compile(r"[\w.&/-]*$")
_MONTH = re.compile(
    r"\s*(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[•–▪●-]|o(?= [A-ZÆØÅ]))[ \t]\s*")
_REACH = 24


def split_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as spans without white space around them."""
    stop = len(text) if end is None else end
    at = start
    for cut, after in _cuts(text, start, stop):
        yield from _trimmed(text, at, cut)
        at = after
    yield from _trimmed(text, at, stop)


def _cuts(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    breaks = (
        [(m.start(), m.end()) for m in _HARD_BREAK.finditer(text, start, stop)]
        if "\n" in text[start:stop]
        else []
    )
    stops = [
        (m.start(1), m.end(1))
        for m in _BOUNDARY.finditer(text, start, stop)
        if text[m.start()] != "." or _ends_sentence(text, start, m.start(), m.end())
    ]
    at = start
    for cut, after in sorted(breaks + stops) if breaks else stops:
        if cut >= at:
            yield cut, after
            at = after


def _ends_sentence(text: str, start: int, dot: int, following: int) -> bool:
    """Whether the full stop at `dot` ends a sentence; what follows it already looks like a beginning."""
    low = max(start, dot - _REACH)
    match = _WORD_BEFORE.search(text, low, dot)
    word = match.group() if match else ""
    if not word:
        return True
    lowered = word.lower().rstrip(".")
    if lowered in _OPEN and not (len(word) == 1 and word.isupper()):
        return False
    nxt = text[following : following + 1]
    if word.isdigit():
        return _number_ends(text, start, dot - len(word), word, following)
    if nxt.isdigit() and len(word) <= 4 and "." in word:
        return False
    # A capital letter alone is an initial, but in "Innst. 3 S" it is not.
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    return not initial or text[max(low, dot - 3) : dot - 1].strip().isdigit()


def _number_ends(text: str, start: int, at: int, word: str, following: int) -> bool:
    """A number and a full stop: an ordinal, a list marker inside the text, or truly the end."""
    if len(word) >= 3:
        return True
    before = text[max(start, at - _REACH) : at].rstrip()
    if not before:
        return False
    if before[-1] in ".:;!?•-–|>":
        # "pkt. 3." ends a sentence, while a number after a full stop that ended one is a list marker.
        return before[-1] == "." and before.split()[-1].lower().strip("(.") in _OPEN
    if before.lower().endswith(("nr.", "nr", "§")) and text[following : following + 1].isdigit():
        return False
    return _MONTH.match(text, following) is None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
