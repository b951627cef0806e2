"""Next year's letter, made from this year's by known changes, so that it is known what became of each requirement.

The words that are put in come from tables of their own, not from those that the comparison knows; a table that both
shared would measure itself.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tillitsrom.reading.years.groups import Change, Entry

Old = Entry[int]
Link = tuple[int, int]

SHARES = {
    "kept": 0.34,
    "light": 0.10,
    "medium": 0.09,
    "strong": 0.06,
    "nynorsk": 0.06,
    "split": 0.07,
    "merged": 0.08,
    "moved": 0.08,
    "gone": 0.12,
}
ADDED = 0.14

_SYNONYMS = {
    "utarbeide": "lage", "gjennomføre": "foreta", "rapportere": "gi tilbakemelding", "sørge for": "påse", "bidra til": "medvirke til",
    "følge opp": "ivareta", "vurdere": "ta stilling til", "sikre": "legge til rette for", "styrke": "forbedre",
    "innen": "senest", "departementet": "oss", "særlig": "spesielt", "herunder": "blant annet", "samarbeid": "samråd",
    "redegjøre for": "beskrive", "omtale": "beskrive", "legge vekt på": "prioritere", "oversikt": "status",
    "prioritere": "legge vekt på", "videreføre": "fortsette", "skal": "må", "bes om å": "skal", "utvikle": "bygge ut",
    "tiltak": "grep", "årlig": "hvert år", "relevante": "aktuelle", "kartlegge": "skaffe oversikt over", "god": "tilfredsstillende",
    "redusere": "få ned", "øke": "heve", "samordne": "koordinere", "benytte": "bruke", "behov": "etterspørsel",
}  # fmt: skip
_NYNORSK = {
    "ikke": "ikkje", "en": "ein", "et": "eit", "fra": "frå", "være": "vere", "de": "dei", "hvordan": "korleis", "hva": "kva",
    "hver": "kvar", "noe": "noko", "noen": "nokre", "disse": "desse", "bare": "berre", "gjøre": "gjere", "mer": "meir",
    "flere": "fleire", "øke": "auke", "virksomheten": "verksemda", "virksomheter": "verksemder", "tjenester": "tenester",
    "veiledning": "rettleiing", "følge": "følgje", "sikkerhet": "tryggleik", "nødvendig": "naudsynt", "innen": "innan",
    "senest": "seinast", "bevilgning": "løyving", "tilskudd": "tilskot", "regnskap": "rekneskap", "også": "òg",
    "sammen": "saman", "mulig": "mogleg", "ledere": "leiarar", "ansatte": "tilsette", "opplysninger": "opplysningar",
    "vurderinger": "vurderingar", "hele": "heile", "uke": "veke", "måned": "månad", "redegjøre": "gjere greie", "oppfølging": "oppfølging",
    "departementet": "departementet", "arbeidet": "arbeidet", "brukere": "brukarar", "legge": "leggje", "kommuner": "kommunar",
    "måle": "måle", "utrede": "greie ut", "utredning": "utgreiing", "framover": "framover", "antall": "talet på", "andel": "del",
    "kommer": "kjem", "er": "er", "skolene": "skulane", "gi": "gi", "forbedre": "betre", "hvilke": "kva for",
}  # fmt: skip
_NYNORSK_ENDINGS = (
    (r"(?<=\w{3})ene\b", "ane"),
    (r"(?<=\w{3})lig(e?)\b", r"leg\1"),
    (r"(?<=\w{4})het\b", "heit"),
)
_PUT_IN = (
    "i samarbeid med andre aktuelle etater", "i tråd med gjeldende regelverk", "så langt det er mulig", "med vekt på digitale løsninger",
    "og holde oss orientert underveis", "på en kostnadseffektiv måte", "i dialog med brukerorganisasjonene", "gjennom hele perioden",
)  # fmt: skip
_CHAPTERS = (
    "Øvrige krav og forventninger",
    "Fellesføringer og særskilte omtaler",
    "Styring og kontroll i etaten",
)
_YEAR = re.compile(r"\b20\d\d\b")
_MODAL = re.compile(r"^(.{3,80}?\b(?:skal|må|bør|bes)\b)\s+(.+)$", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"\s+og\s+")
_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,3}(?= (?:prosent|pst|%))")


@dataclass(slots=True)
class Made:
    """Two years, and what became of what."""

    old: list[Old]
    new: list[Old]
    truth: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)

    @property
    def links(self) -> set[Link]:
        return {(i, j) for _, olds, news in self.truth for i in olds for j in news}


CHANGES = {
    "kept": Change.KEPT,
    "light": Change.REWORDED,
    "medium": Change.REWORDED,
    "strong": Change.REWORDED,
    "nynorsk": Change.REWORDED,
    "split": Change.SPLIT,
    "merged": Change.MERGED,
    "moved": Change.MOVED,
    "gone": Change.GONE,
    "new": Change.NEW,
}


def make(letter: Sequence[Old], others: Sequence[Old], luck: random.Random) -> Made:
    """A year after the letter. `others` are requirements of other letters, to be put in as new."""
    made = Made(list(letter), [])
    waiting = list(range(len(letter)))
    numbers = iter(range(10_000_000))
    while waiting:
        place = waiting.pop(0)
        kind = luck.choices(list(SHARES), list(SHARES.values()))[0]
        olds, texts = [letter[place]], None
        if kind == "merged" and waiting:
            olds.append(letter[waiting[0]])
            texts = _merged(olds[0].text, olds[1].text)
        elif kind == "split":
            texts = _split(letter[place].text)
        if kind in ("split", "merged") and texts is None:
            kind, olds = "kept", olds[:1]
        if kind == "merged":
            waiting.pop(0)
        texts = texts if texts is not None else _texts(kind, letter[place].text, luck)
        news = [_next(letter[place], text, kind, next(numbers), luck) for text in texts]
        if kind in ("light", "medium", "strong", "nynorsk") and news[0].text == _later(letter[place].text):
            kind = "kept"
        made.new += news
        made.truth.append((kind, tuple(one.key for one in olds), tuple(one.key for one in news)))
    for other in luck.sample(list(others), min(len(others), max(1, round(ADDED * len(letter))))):
        added = replace(other, key=next(numbers))
        made.new.insert(luck.randrange(len(made.new) + 1), added)
        made.truth.append(("new", (), (added.key,)))
    return made


def _next(old: Old, text: str, kind: str, key: int, luck: random.Random) -> Old:
    new = replace(old, key=key, text=_later(text))
    if kind != "moved":
        return new
    if luck.random() < 0.5:
        return replace(new, chapter=luck.choice([c for c in _CHAPTERS if c != old.chapter]))
    return replace(new, kind="guideline" if old.kind == "activity" else "activity")


def _texts(kind: str, text: str, luck: random.Random) -> list[str]:
    if kind == "gone":
        return []
    rewrite: dict[str, Callable[[str, random.Random], str]] = {
        "light": _light, "medium": _medium, "strong": _strong, "nynorsk": _nynorsk,
    }  # fmt: skip
    return [rewrite[kind](text, luck)] if kind in rewrite else [text]


def _later(text: str) -> str:
    """What changes by itself: every year becomes the next."""
    return _YEAR.sub(lambda year: str(int(year.group()) + 1), text)


def _swap(text: str, most: int, luck: random.Random) -> str:
    """Put in other words for some."""
    found = [word for word in _SYNONYMS if re.search(rf"\b{word}\b", text)]
    for word in luck.sample(found, min(most, len(found))):
        text = re.sub(rf"\b{word}\b", _SYNONYMS[word], text, count=1)
    return text


def _put_in(text: str, luck: random.Random) -> str:
    """A phrase before the closing stop."""
    bare = text.rstrip()
    stop = bare[-1] if bare.endswith((".", ";", ":")) else ""
    return f"{bare.removesuffix(stop)} {luck.choice(_PUT_IN)}{stop}"


def _drop(text: str, share: float, luck: random.Random) -> str:
    """Leave out some words, never all."""
    words = text.split()
    return " ".join(w for w in words if luck.random() >= share) or text


def _light(text: str, luck: random.Random) -> str:
    swapped = _NUMBER.sub(lambda n: str(int(n.group()) + 5), _swap(text, 1, luck))
    return swapped if swapped != text else _put_in(text, luck)


def _medium(text: str, luck: random.Random) -> str:
    return _put_in(_drop(_swap(text, 3, luck), 0.08, luck), luck)


def _strong(text: str, luck: random.Random) -> str:
    """Half-sentences change places, a fifth of the words go, others are swapped and a phrase comes in."""
    parts = re.split(r",\s+", _swap(text.rstrip(". "), 6, luck))
    if len(parts) > 1:
        parts = [*parts[1:], parts[0]]
    else:
        words = parts[0].split()
        middle = len(words) // 2
        parts = [" ".join([*words[middle:], *words[:middle]])]
    return _put_in(_drop(", ".join(parts), 0.2, luck), luck) + "."


def _nynorsk(text: str, _luck: random.Random) -> str:
    for word, twin in _NYNORSK.items():
        text = re.sub(rf"\b{word}\b", twin, text)
    for ending, twin in _NYNORSK_ENDINGS:
        text = re.sub(ending, twin, text)
    return text


def _split(text: str) -> list[str] | None:
    """Two sentences with the same opening, cut at an "og" with something to do on each side; None where there is none."""
    found = _MODAL.match(text.strip().rstrip("."))
    if not found:
        return None
    opening, rest = found.groups()
    for conjunction in _AND.finditer(rest):
        first, second = rest[: conjunction.start()], rest[conjunction.end() :]
        if len(first.split()) >= 4 and len(second.split()) >= 4:
            return [f"{opening} {first.rstrip(',')}.", f"{opening} {second}."]
    return None


def _merged(first: str, second: str) -> list[str] | None:
    """One sentence of two; the second loses its opening where it is the first one's too."""
    if min(len(first.split()), len(second.split())) < 4:
        return None
    one, two = _MODAL.match(first.strip()), _MODAL.match(second.strip())
    if one and two and one.group(1).split()[-1].lower() == two.group(1).split()[-1].lower():
        second = two.group(2)
    return [f"{first.strip().rstrip('.;,')}, og {second.strip()}"]
