"""Find out whom a document is addressed to, and which words in it mean that body."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from tillitsrom.reading.bodies import looks_like_body, names_for, names_role
from tillitsrom.reading.words import pattern

_NAME_WORD = r"[A-ZÆØÅ][\wÆØÅæøå&@.-]*"
_NAME = rf"{_NAME_WORD}(?:[ ,](?:{_NAME_WORD}|og|for|i|av|og\s)){{0,9}}"
_KINDS = (
    r"(?:supplerende\s+|revidert\s+|justert\s+|felles\s+)?(?:tildelings?brev|tildelingsskriv|oppdragsdokument|oppdragsbrev"
    r"|hovedinstruks|hovudinstruks|virksomhetsinstruks|verksemdsinstruks|økonomiinstruks|instruks|mandat|foretaksprotokoll"
    r"|løpende\s+oppdrag|statsoppdrag|bestillingsbrev|iverksettingsbrev|disponerings(?:skriv|brev)|styringsdokument|bestillerdokument|embetsoppdrag|budsjettbrev|rammebrev|virksomhetsbrev|eierbrev|eigarbrev)"
)
_TITLE = pattern(_KINDS, re.IGNORECASE)
_LETTER_HEAD = pattern(rf"\b({_NAME})\s*(?:\n\s*)?(?:,\s*)?(?:Postboks|P\.?\s?b\.?\s?\d|Pb\s\d)", re.UNICODE)
_ACTS = pattern(r" (?:skal|må|bes|har ansvar|tildeles|gis) ")
_LAST_NAME = pattern(rf"(?:^|[.!?:*|>\n]\s*)({_NAME_WORD}(?: [\wÆØÅæøå-]+){{0,4}})$")
_MUNICIPAL = pattern(r"\b([A-ZÆØÅ][a-zæøå]+(?:-[A-ZÆØÅ][a-zæøå]+)?\s(?:fylkes)?kommune)\b")
# "Til: Virksomhetene i Fjordvik kommune: Fjordvik skole og Solgløtt sykehjem". A line that names several names them all.
_TO_LINE = pattern(
    r"^(?:(?:til|mottaker|mottakar|adressat)\s*:\s*(?P<names>\S.{2,300})|til\s+(?P<roles>(?:alle\s+)?(?:enhets|einings|rektor|styrer|leder|leiar|virksomhets|verksemds|avdelings|kommunalsjef)\w*.{0,200}))$",
    re.IGNORECASE,
)
_TO_PART = pattern(
    r"\s*[:;,]\s*|\s+og\s+(?=[A-ZÆØÅ]|(?:enhets|einings|rektor|styr[ea]r|leder|leiar|avdelings))"
)
_MARKUP = pattern(r"[*_#`]+|<[^<>]{0,200}>")
_SPACES = pattern(r"\s+")
_NOT_A_NAME = pattern(
    r"^(?:det|dette|den|de|vi|alle|departement\w*|regjering\w*|helse- og omsorgsdepartement\w*|\w+departementet|stortinget|direktoratet(?!\s+for\s)"
    r"|etaten|virksomheten|foretaket|arbeidet|oppdraget|rapporten|planen|videre|tildeling\w*|midlene|riksrevisjonen|deres|vår|dato"
    r"|innhold|tildelingsbrev\w*|oppdragsdokument\w*|supplerende|kopi|endringer|nye|\w+råden|statsråd\w*|styringsdialog\w*|hovedprioritering\w*|prioritering\w*|mål|hovedmål|overordne\w*|bakgrunn|økonomisk\w*|disponible|statsbudsjettet|budsjett\w*|innledning|veileder\w*|retningslinje\w*|rundskriv\w*|handlingsplan\w*|bevilling\w*|vedlegg\w*)\b",
    re.IGNORECASE,
)
# "…, heretter kalt SHV": what the document says that it will call the body.
_HENCEFORTH = pattern(
    r"\bheretter\s*:?\s*(?:kalt|kalla|omtalt\s+som|omtala\s+som|nevnt|nemnt|benevnt|forkortet|kun)?\s*[«\"]?(?P<short>[A-ZÆØÅ][\wÆØÅæøå-]{1,40})"
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """The body a document is addressed to. `pattern` finds it, and what it is called for short, in small letters.

    `units` tells that it is units of a body that their own management writes to, for which the present tense instructs too.
    `standing` tells that the document is an instruction or a guideline that holds until it is changed, not a letter for a year.
    """

    name: str | None
    year: int | None
    pattern: "re.Pattern[str]"
    standing: bool = False
    units: bool = False

    def named_in(self, text: str) -> bool:
        """Whether the text, in small letters, names the addressee, in full or for short."""
        return self.pattern.search(text) is not None


def find_addressee(text: str, title: str | None = None) -> Addressee:
    """Look for the addressee in the title, then the letter head, then in who is told to do things."""
    head = text[:4000]
    plain_head = _plain_lines(head)
    named = _from_to_line(plain_head)
    standing = is_standing(plain_head, title)
    name = (
        (named[0] if named else None)
        or _from_title(plain_head, title)
        or (_municipality(plain_head, title) if standing else None)
        or _from_letter_head(head)
        or _above_address(plain_head)
        or _around_title(plain_head)
        or _from_lines(plain_head)
        or _from_subjects(text[:100_000])
    )
    acronym = _acronym(text[:100_000], name) if name else None
    aliases = _aliases(text[:100_000], name) if name else ()
    return Addressee(
        name,
        find_year(plain_head, title),
        _pattern(name, acronym, aliases, named),
        standing,
        any(map(names_role, named)),
    )


_STANDING = pattern(
    r"^\W*(?:\w+\s+){0,3}?(?:[\w-]+\s+og\s+)?\w*(?:instruks|retningslinje\w*|rutin(?:e|a)\w*|retningslin(?:j|e)\w*|reglement|prosedyre\w*|vedtekt\w*|delegeringsreglement)\b",
    re.IGNORECASE,
)


def is_standing(lines: list[str], title: str | None) -> bool:
    """Whether the first heading-like lines call the document an instruction, guidelines, routines or rules."""
    for line in ([title] if title else []) + [x for x in lines[:12] if len(x) < 120]:
        if re.search(r"tildelingsbrev|oppdragsdokument|oppdragsbrev", line.lower()):
            return False
        if _STANDING.match(line):
            return True
    return False


def _abbreviates(letters: str, name: str) -> bool:
    """Whether the letters stand in the name in this order, the first of them first ("FHI" for Folkehelseinstituttet)."""
    at = 0
    for letter in letters:
        at = name.find(letter, at) + 1
        if at == 0:
            return False
    return name[:1] == letters[:1]


def _subjects(text: str) -> Counter[str]:
    """The capitalised phrases that begin a sentence and are told to do something, and how often."""
    counts: Counter[str] = Counter()
    for match in _ACTS.finditer(text):
        found = _LAST_NAME.search(text[max(0, match.start() - 70) : match.start()])
        if found:
            counts[found.group(1)] += 1
    return Counter({name: times for name, times in counts.items() if not _NOT_A_NAME.match(name)})


def _aliases(text: str, name: str) -> tuple[str, ...]:
    """What the text itself calls the addressee when it says what the body shall do."""
    found = []
    for phrase, times in _subjects(text).most_common(12):
        capitals = re.fullmatch(r"[A-ZÆØÅ](?=\w*[A-ZÆØÅ])[A-Za-zÆØÅæøå]{1,5}", phrase)
        short = capitals and _abbreviates(phrase.lower(), name.lower())
        shares = any(part[:6].lower() in name.lower() for part in phrase.split() if len(part) >= 6)
        if short or (shares and times >= 2 and phrase not in name and len(phrase.split()) <= 3):
            found.append(phrase)
    return (
        *found[:3],
        *_henceforth(text[:8000], name),
        *(() if looks_like_body(name) else _ends_of(text[:60_000].lower(), name.lower())),
    )


_TOLD = ("skal", "må", "bør", "bes", "har ansvar", "plikter", "pliktar", "blir bede", "vert bede")


def _ends_of(low: str, name: str) -> tuple[str, ...]:
    """The ends of a compound name that the text uses as words of their own ("overvåkingen" for Havneovervåkingen)."""
    found = []
    for word in (w for w in _SPACES.split(name) if len(w) >= 9):
        for at in range(3, len(word) - 5):
            for ending in ("",) if word.endswith(("et", "en", "a")) else ("et", "en", "a"):
                short = word[at:] + ending
                if low.count(f" {short} ") >= 2 or any(f"{short} {verb} " in low for verb in _TOLD):
                    found.append(short)
    return tuple(found[:2])


def _henceforth(text: str, name: str) -> tuple[str, ...]:
    """What the document says it will call the addressee from here on; a name given to something else is left out."""
    found = []
    for match in _HENCEFORTH.finditer(text):
        before = text[max(0, match.start() - 160) : match.start()].lower()
        before = before[before.rfind("heretter") + 1 :]
        short = match["short"]
        if (
            name.split()[0].lower() in before[-90:]
            or name.lower() in before
            or _abbreviates(short.lower(), name.lower())
        ):
            found.append(short)
    return tuple(found[:2])


def _plain_lines(head: str) -> list[str]:
    lines = (_SPACES.sub(" ", _MARKUP.sub("", line)).strip(" |") for line in head.splitlines())
    return [line for line in lines if line]


def _titled(line: str) -> "re.Match[str] | None":
    """Where a line names the kind of document. Most lines hold no part of such a name and are not searched."""
    low = line.lower()
    if "brev" in low or "instruks" in low or "dokument" in low or "oppdrag" in low or "skriv" in low:
        return _TITLE.search(line)
    return _TITLE.search(line) if "mandat" in low or "protokoll" in low else None


_SESSION = pattern(r"\(20\d\d\s?[-–]\s?(20\d\d)\)")


def find_year(lines: list[str], title: str | None) -> int | None:
    """The year a document holds for: the one in its title, else the first date of its head."""
    for line in ([title] if title else []) + [x for x in lines[:60] if len(x) < 140 and _titled(x)][:2]:
        # "Prop. 1 S (2025–2026)" is the budget of 2026.
        years = re.findall(r"\b20\d\d\b", _SESSION.sub(r"(\1)", line))
        if years:
            return int(years[0])
    for source in (r"\bDato:?\s.{0,20}?(20\d\d)\b", r"\bfor\s+(20\d\d)\b", r"\b(20\d\d)\b"):
        for line in lines:
            if found := re.search(source, line):
                return int(found.group(1))
    return None


def _from_to_line(lines: list[str]) -> tuple[str, ...]:
    """The bodies that a line "Til: …" in the letter head names, the first of them being the addressee's name."""
    for line in lines[:25]:
        if found := _TO_LINE.match(line):
            parts = (part.strip(" .") for part in _TO_PART.split(found["names"] or found["roles"]))
            return tuple(part for part in parts if part[:1].isupper() or names_role(part))
    return ()


def _title_lines(lines: list[str]) -> list[tuple[int, str, "re.Match[str]"]]:
    """The lines near the top that say what kind of document this is, with their numbers."""
    found = ((n, x, _titled(x)) for n, x in enumerate(lines[:40]) if len(x) < 160 and x[:1] not in "-•")
    return [(number, line, match) for number, line, match in found if match]


def _from_title(lines: list[str], title: str | None) -> str | None:
    """The name that follows the kind of document in the title ("Tildelingsbrev til …")."""
    candidates = [title] if title else []
    candidates += [line[match.end() :] for _, line, match in _title_lines(lines)]
    return next((name for name in map(_clean_name, candidates) if name), None)


def _around_title(lines: list[str]) -> str | None:
    """The name below the title, or before the kind of document in it."""
    for number, line, match in _title_lines(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        # A numbered heading below the title is the first chapter, not a name.
        for candidate in (
            "" if _NUMBERED.match(following) else following,
            line[: match.start()].strip(" -–:,"),
        ):
            if name := _clean_name(candidate):
                return name
    return None


def _clean_name(raw: str) -> str | None:
    """The name of a body in what follows the title, without "for", "til" and the year; None when it is no name."""
    text = _TITLE.sub(" ", raw) if _TITLE.search(raw) else raw
    sent = _FROM_TO.match(text)
    text = sent["to"] if sent else text
    about = _ABOUT.match(text)
    text = about["name"] if about else text
    previous = None
    while previous != text:
        previous = text
        text = re.sub(
            r"^(?:\s|[-–—:,.()]|20\d\d|nr\.?\s*\d+|\d{1,2}\b|for\b|til\b|fra\b|budsjettåret\b|året\b|statsbudsjettet\b)+",
            "",
            text,
        )
        text = re.sub(
            r"(?:\s|[-–—:,.(]|\bfor\b|\b20\d\d\)?(?:[-–]20\d\d)?|\bbudsjettåret\b|\bog\s*$)+$", "", text
        )
    text = re.split(r"\s+v/|\s+ved\s+direktør|\s+att\.", text, maxsplit=1)[0].strip(" ,.")
    if text.endswith("-") or _HALF.match(text):
        return None
    if not text[:1].isupper() or len(text) < 3 or len(text.split()) > 9 or _NOT_A_NAME.match(text):
        return None
    # A line with a verb is a sentence or a heading, not the name of a body.
    return None if _VERB.search(text) else re.sub(r"\s+\(.*$", "", text)


# What is left of "Virksomhets- og økonomiinstruks" when the kind of document is taken away.
_HALF = pattern(r"^(?:virksomhets|verksemds|økonomi|hoved|hovud|styrings|budsjett)$", re.IGNORECASE)
_NUMBERED = pattern(r"^(?:\d{1,2}|[IVX]{1,4})\.?\s")
_ABOUT = pattern(r"^\W*(?:om|for)\s+[a-zæøå].*?\s(?:for|til|i|ved)\s+(?P<name>[A-ZÆØÅ].*)$")
_FROM_TO = pattern(r"^\W*(?:fr[aå])\s.{3,80}?\s+til\s+(?P<to>[A-ZÆØÅ].*)$", re.IGNORECASE)
_VERB = pattern(
    r"\b(?:skal|er|har|må|bes|kan|viser|vises|får|gis|tildeler|tildeles|mål|innledning|postboks)\b|[:;|\d]",
    re.IGNORECASE,
)


def _from_letter_head(head: str) -> str | None:
    for match in _LETTER_HEAD.finditer(head):
        name = match.group(1).strip(" ,.\n")
        if not _NOT_A_NAME.match(name) and "departement" not in name.lower():
            return name
    return None


def _above_address(lines: list[str]) -> str | None:
    """The line of the letter head just above the addressee's post box."""
    for line, below in itertools.pairwise(lines[:30]):
        if _ADDRESS.match(below) and "departement" not in line.lower():
            return _clean_name(line)
    return None


_ADDRESS = pattern(r"^(?:postboks|p\.?\s?b\.?)\s?\d", re.IGNORECASE)


def _municipality(lines: list[str], title: str | None) -> str | None:
    """The municipality whose guidelines or routines these are: the one in the title, else in the lines around it."""
    for line in ([title] if title else []) + lines[:8]:
        found = _MUNICIPAL.search(line) if len(line) < 140 else None
        if found:
            return found.group(1)
    return None


def _from_lines(lines: list[str]) -> str | None:
    """A line of the letter head that is nothing but the name of a body, other than the sender's."""
    for line in lines[:25]:
        if len(line) <= 90 and "departement" not in line.lower() and looks_like_body(line):
            name = _clean_name(line)
            if name and name == line.strip(" ,.") and len(name.split()) <= 7:
                return name
    return None


def _from_subjects(text: str) -> str | None:
    names = _subjects(text)
    body = [(n, c) for n, c in names.most_common(12) if looks_like_body(n) and c >= 2]
    if body:
        return body[0][0]
    towns = Counter(_MUNICIPAL.findall(text)).most_common(1)
    if towns and (towns[0][1] >= 2 or _MUNICIPAL.search(text[:1500])):
        return towns[0][0]
    # Short forms in capitals ("NVE skal …") are bodies too.
    short = [n for n, c in names.most_common(5) if c >= 3 and re.fullmatch(r"[A-ZÆØÅ]{2,6}", n)]
    once = [n for n, _ in names.most_common(3) if looks_like_body(n) and len(n.split()) <= 4]
    return next(iter(short or once), None)


def _acronym(text: str, name: str) -> str | None:
    at = text.find(name + " (")
    if at < 0:
        return None
    match = re.match(r"\(([A-ZÆØÅ][\wÆØÅæøå]{1,9})\)", text[at + len(name) + 1 : at + len(name) + 14])
    return match.group(1) if match else None


# "Virksomhetene som føres tilsyn med" are others than those the letter is sent to.
_COMMON_NOUNS = frozenset(
    (
        "virksomheten",
        "virksomhetene",
        "verksemda",
        "verksemdene",
        "foretaket",
        "føretaket",
        "etatene",
        "etatane",
    )
)
_NOT_TOLD_APART = r"(?!,?\s+(?:som|der|vi|tilsynet)\s)"


@lru_cache(maxsize=64)
def _pattern(
    name: str | None, acronym: str | None, aliases: tuple[str, ...], named: tuple[str, ...] = ()
) -> "re.Pattern[str]":
    words = names_for(name, named)
    parts = [
        re.escape(w.lower()) + (_NOT_TOLD_APART if w in _COMMON_NOUNS else "")
        for w in sorted(words, key=lambda w: (-len(w), w))
    ]
    parts += [re.escape(extra.lower()) for extra in (*aliases, acronym) if extra]
    if name:
        full = name.lower()
        # The full name comes first; a writer now and then forgets the ending of "direktoratet".
        parts.insert(0, re.escape(full[:-2]) + "(?:et)?" if full.endswith("toratet") else re.escape(full))
    # Matched against text in small letters, which is much faster than ignoring case.
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?:s|')?(?![\w-])")
