"""Who has a duty: the noun phrase that is told to act, brought to one of ten kinds. All text here is in small letters."""

from tillitsrom.reading.laws.nouns import COURT, INFINITIVES, ORDER, kind_of, someone
from tillitsrom.reading.words import pattern, wordlist

_SKIP = wordlist(
    "i på ved for etter til av med om fra frå mot under hos innen innenfor innanfor mellom over jf"
)
_JOINS = wordlist("og eller samt el")
_EVERY_HEAD = pattern(
    r"^\W*(?:også\s+|òg\s+)?(?:den|dei|de|alle|enhver|kvar|einkvar|hver|hvem|kven|ingen|noen|nokon)\s+(?:(?:og\s+)?(?:ein|enhver)\s+)?som\b"
)
_BODY = r"\s+(?:\w+\s+)?\w*(?:myndighet|myndigheit|styresmakt|organ|etat|instans|verksemd|virksomhet|tjeneste|teneste)\w{0,5}\s*$"
_OWNED = (
    (
        "direktorat",
        pattern(
            r"^\W*statens\s+[a-zæøå]+\s*$|^\W*(?:(?:sentrale?|regionale?)\s+)?(?:statlige?|statlege?)" + _BODY
        ),
    ),
    (
        "direktorat",
        pattern(
            r"^\W*(?:nav\s+\w|(?:norges|noregs)\s+(?:bank|geologiske|vassdrags|forskingsråd|forskningsråd)|norsk\s+(?:pasientskade|helsenett|kulturråd|filminst|polarinst|akkred)|statens\s+[a-zæøå]{4,}"
            r"|[a-zæøå-]*(?:direktoratet|tilsynet)\s+for\b|brønnøysundregist|direktøren\s+for)"
        ),
    ),
    ("direktorat", pattern(r"^\W*nasjonal\s+(?:kommunikasjons|sikkerhets)(?:myndighet|myndigheit)")),
    ("direktorat", pattern(r"^\W*(?:den\s+)?(?:nasjonale?|statlige?|statlege?)\s+(?:og\s+\w+\s+)?\w*nemnd")),
    (
        "arbeidsgiver",
        pattern(
            r"^\W*ansettelsesmyndighet|^\W*tilsetjingsmyndigheit|^\W*tilsettingsmyndighet|^\W*ansettende\s+myndighet"
        ),
    ),
    ("fylkeskommune", pattern(r"^\W*(?:den\s+|dei\s+|de\s+)?fylkeskommunale?" + _BODY)),
    ("kommune", pattern(r"^\W*(?:den\s+|dei\s+|de\s+)?kommunale?" + _BODY)),
)
_DRIVES = pattern(
    r"^\W*(?:også\s+|òg\s+)?(?:den|dei|de|alle|enhver|kvar|hver)\s+som\s+(?:\w+\s+){0,4}?(?:driver|drive|driv|eier\s+eller\s+driver|produserer|produsere|importerer|importere|omsetter|omsette|omset|tilbyr|tilby|tilbyd|markedsfører|markedsføre|leverer|selger|selge|sel|utvinner|utvinne|framstiller"
    r"|fremstiller|fremstille|tilvirker|tilverkar|produserar|importerar|framstillar|innfører|transporterer|formidler|formidlar|er\s+ansvarl[ie]g\w*\s+for\s+(?:\w+\s+)?(?:virksomhet|verksemd|drift|anlegg|institusjon|behandlingen\s+av)\w*|er\s+registrert\s+i\s+(?:foretaks|føretaks|merverdi|meirverdi)\w+)\b(?!\s+(?:bil|motorvogn|kjøretøy|hund|jakt|fangst|fiske|innsamling))"
)
# Who holds a permit runs an undertaking; so does who owns or uses what is run.
_HOLDS = pattern(
    r"^\W*(?:den\s+)?(?:innehaver|innehavar)(?:en|ar|e)?\s+av\s+(?:\w+\s+){0,2}?\w*(?:løyve|løyvet|tillatelse|tillatelsen|konsesjon|konsesjonen|bevilling|bevillingen|bevilgning|lisens|godkjenning)\b"
    r"|^\W*(?:den\s+)?(?:eier|eigar|bruker|brukar)(?:en|ar|e|ne)?\s+(?:(?:og|eller)\s+\w+\s+)?av\s+(?:\S+\s+){0,3}?(?!(?:kjøretøy|luftfartøy)\b)\w*(?:fartøy|anlegg|anlegget|anleggene|anlegga|verksemd|verksemda|virksomhet|virksomheten|nett|nettet|bedrift|bedriften|skip|skipet|innretning|innretningen)\b"
    r"|^\W*(?:den|dei|de)\s+som\s+(?:\w+\s+){0,2}?(?:har|får|innehar|tildelt|tildeles)\s+(?:(?!ikke|ikkje)\w+\s+){0,2}?(?:løyve|konsesjon|bevilling|driftsløyve|driftstillatelse)\b"
)
# One with a part in a case is "andre", not whoever it may be.
_HAS_PART = pattern(
    r"^\W*(?:den|dei|de)\s+som\s+(?:(?:har|skal|er|blir|vert|vil)\s+)?(?:utpekes|utpeikast|utpekt|søker|søkjer|søkar|søke|søkje|søkt|klager|klagar|deltek|deltar|deltok|oppnemnast|oppnevnes|oppnevnt|oppnemnd|oppnemnde|tilsett|ansatt|ansettes|valgt|vald|siktet|sikta|dømt)\b"
)
_EVERY = pattern(
    r"^\W*(?:også\s+|òg\s+)?(?:enhver|einkvar|kvar\s+og\s+ein|alle\s+og\s+enhver|alle|ingen|noen|nokon|andre)\b(?:\s*$|\s+(?:må|kan|skal)\b)"
)


def bearer_of(phrase: str, *, genitive: bool = False) -> str | None:
    """All who are named in a noun phrase, in the fixed order, joined by "+"; None where nobody is.

    `genitive`: "kommunens" names the kommune too, as it does where a thing of its is to be in some way.
    """
    if whole := _known_whole(phrase):
        return whole
    kinds, phrase, alone = _owned(phrase)
    if alone:
        return alone
    if _EVERY_HEAD.match(phrase) or _EVERY.match(phrase):
        return "enhver"
    kinds |= _several(phrase)
    for noun, told in _heads(phrase):
        kind = kind_of(noun)
        if kind == "organ" and told.startswith(_OWNERS):
            kind = "direktorat" if told[0] == "s" else told.partition("al")[0] + "e"
        if noun.startswith(("tjeneste", "teneste")) and told.startswith("pedagogisk"):
            kind = "kommune"
        if kind and (genitive or not _possesses(noun)):
            kinds.add(kind)
    if kinds == _UNDERTAKING_AND_PEOPLE and (_OWNER.match(phrase) or _WHOSE.search(phrase)):
        return "virksomhet"
    if not kinds and _PERSON.match(phrase):
        return "andre"
    return "+".join(kind for kind in ORDER if kind in kinds) or None


def _known_whole(phrase: str) -> str | None:
    """Someone whom the whole beginning of the phrase tells, not its nouns."""
    if _DRIVES.match(phrase) or _HOLDS.match(phrase):
        return "virksomhet"
    if "person" in phrase[:40]:
        if _PEOPLE_AND_UNDERTAKINGS.match(phrase):
            return "virksomhet+enhver"
        if _NATURAL_OR_LEGAL.match(phrase):
            return "enhver"
    if _HAS_PART.match(phrase):
        return "andre"
    return "arbeidsgiver" if _NEAREST.match(phrase) else None


_NEAREST = pattern(r"^\W*(?:den\s+)?(?:nærmeste|næraste)\s+(?:leder|leiar|overordnede|overordna)\w*\b")


def _owned(phrase: str) -> tuple[set[str], str, str | None]:
    """Bodies that are known by their whole names or owners: those found, what is left of the phrase, and the one that is all of it."""
    kinds: set[str] = set()
    for body, owner in _OWNED:
        match = owner.search(phrase[:60])
        if match and _ALONE.match(phrase, match.end()):
            return kinds, phrase, body
        if match:
            phrase = phrase[match.end() :]
            kinds.add(body)
    return kinds, phrase, None


_NATURAL_OR_LEGAL = pattern(
    r"^\W*(?:den\s+|en\s+|alle\s+|dei\s+|de\s+)?fysiske?\s+(?:og|eller)\s+juridiske?\s+person(?:er|ar|en)?\b"
)
_PEOPLE_AND_UNDERTAKINGS = pattern(
    r"^\W*(?:alle\s+)?(?:personer|personar)\s+(?:og|eller)\s+(?:virksomheter|verksemder|foretak|føretak|selskaper|selskap)\s+som\b"
)
_ALONE = pattern(r"(?:(?!\s(?:og|eller|samt)\s)[^,])*$")
_UNDERTAKING_AND_PEOPLE = {"virksomhet", "andre"}
_WHOSE = pattern(r"\s(?:dennes|dens|deres|sin|hans)\s+(?:\w+e\s+)?(?:representant|fullmektig)")
_OWNER = pattern(r"^\W*(?:eier|eigar|innehaver|innehavar|bruker|brukar)\w*\s+(?:og|eller)\s")
# "den ettersøkte": someone who is named by what has been done to him or by what he does.
_PERSON = pattern(
    r"^\W*(?:den|dei|de)\s+[a-zæøå-]{3,}(?:te|de|ende|ande)(?=\s*$|\s+(?:i|på|ved|etter|som|til|av|med|og|eller)\b|,)"
)
_SEVERAL = pattern(
    r"^\W*(?:alle\s+)?((?:(?:statlige?|statlege?|fylkeskommunale?|kommunale?)(?:\s+og\s+|\s+eller\s+|,\s+|\s+)){2,})\w*(?:myndighet|myndigheit|styresmakt|organ|etat)"
)


def _several(phrase: str) -> set[str]:
    """ "Statlige og kommunale myndigheter": the owners are told by adjectives."""
    match = _SEVERAL.match(phrase)
    if match is None:
        return set()
    words = match.group(1)
    kinds = {"direktorat"} if "statl" in words else set()
    if "fylkeskommunal" in words:
        kinds.add("fylkeskommune")
    if words.replace("fylkeskommunal", "").find("kommunal") >= 0:
        kinds.add("kommune")
    return kinds


_BUSINESS = wordlist("virksomhet virksomheten virksomheter verksemd verksemda")
_OF_ITS = wordlist("sin si sitt sine")


def _possesses(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith(
        ("ss", "rus", "hus", "los", "politis", "nav", "landbrukets")
    )


_OWNERS = ("statleg", "statlig", "kommunal", "fylkeskommunal")


def _heads(phrase: str) -> list[tuple[str, str]]:
    """The last word of each noun phrase that is joined in the phrase, and the word before it, up to its first preposition."""
    heads: list[tuple[str, str]] = []
    last = told = ""
    for word in _TOKEN.findall(phrase[:160].partition(" (")[0]):
        if word in _SKIP or word == "som":
            break
        if word in _JOINS or word == ",":
            if last:
                heads.append((last, told))
            last = told = ""
        elif last and word in _BUSINESS and _possesses(last) and kind_of(last):
            # "Nemndas virksomhet": what the body does is the body's.
            last = last.rstrip("s")
            continue
        elif word in _OF_ITS:
            last = told = ""
        elif last and kind_of(last) and not _possesses(last):
            # "Helseinstitusjon omfattet av loven", "det organ direktoratet bestemmer": what is said of the noun comes after it.
            break
        else:
            last, told = word, last
    if last:
        heads.append((last, told))
    return heads


def first_noun(phrase: str) -> str:
    """The noun that the phrase is about, or ""."""
    heads = _heads(phrase)
    return heads[0][0] if heads else ""


def someone_in(phrase: str) -> str | None:
    """Who is named in a phrase, where the words after it are done by someone only."""
    heads = _heads(phrase)
    return someone(heads[0][0]) if heads else None


def named_in(title: str) -> str | None:
    """Who a heading names, also as the owner of something ("Kommunens ansvar"), up to its first preposition."""
    kinds: set[str] = set()
    for word in _TOKEN.findall(title[:160]):
        if word in _SKIP or word == "som":
            break
        kind = kind_of(word)
        if kind:
            kinds.add(kind)
    return "+".join(kind for kind in ORDER if kind in kinds) or None


def subject_after(after: str) -> str | None:
    """Who is the subject that stands right after the verb: "skal kommunen og fylkeskommunen i samarbeid …"."""
    if whole := _known_whole(after):
        return whole
    if _EVERY_HEAD.match(after):
        return "enhver"
    if every := _EVERY_FIRST.match(after):
        # "Alle kommuner" are municipalities.
        return "+".join(kind for kind in ORDER if kind in _joined_kinds(after[every.end() :])) or "enhver"
    for body, owner in _OWNED_FIRST:
        if owner.match(after):
            return body
    return "+".join(kind for kind in ORDER if kind in _joined_kinds(after)) or None


def addressed(whom: str) -> str | None:
    """Which bodies a law says that it holds for; None for people, and for an activity ("virksomhet knyttet til …")."""
    if _ACTIVITY.match(whom):
        return None
    owners = _OWNERS_OF.match(whom)
    who = named_in(owners.group()) if owners else subject_after(whom)
    return None if who is None or _NOT_ADDRESSED.intersection(who.split("+")) else who


_FOR = pattern(r"\bfor\s+(?P<whom>.{4,80})")


_AMONG = pattern(r"\b(?:i|frå|fra|hos)\s+(?P<whom>(?:fylkes)?kommun(?:ar|er|ane|ene)\b.{0,60})")


def title_for(title: str) -> str | None:
    """Whom a title says that the law or chapter is for: "Forskrift om årsregnskap for kommuner og fylkeskommuner"."""
    told = _FOR.search(title) or _AMONG.search(title)
    return subject_after(told.group("whom")) if told else None


_NOT_ADDRESSED = frozenset(("andre", "enhver", COURT))
_ACTIVITY = pattern(r"^\W*(?:(?!og\b)[\w-]+\s+){0,2}?\w*(?:virksomhet|verksemd)(?:en|a)?\b(?!\s+som\b)")
_OWNERS_OF = pattern(r"^\W*(?:\w+s(?:\s+(?:og|eller)\s+|,\s*)){0,3}\w+s(?=\s+\w)")


def named_at(text: str, at: int) -> set[str]:
    """The kinds of those that are named right there."""
    return _joined_kinds(text[at : at + 120])


_OWNED_FIRST = (_OWNED[1], _OWNED[2], _OWNED[3])
_FAR, _NEAR = 4, 2


def _joined_kinds(after: str) -> set[str]:
    """The kinds of the nouns at the beginning that are joined by "og", "eller" or commas."""
    kinds: set[str] = set()
    joined, gap, word = True, 0, ""
    for match in _TOKEN.finditer(after[:200]):
        before, word = word, match.group()
        if word in _JOINS or word == ",":
            if word == "," and not kinds and not before.endswith("-"):
                break
            joined, gap = True, (0 if kinds else gap)
            continue
        kind = None if _possesses(word) else kind_of(word)
        if not joined or word in _SKIP or word in _ENDS or (not kinds and word in _VERBS):
            break
        if kind:
            kinds.add(kind)
            joined, gap = False, 0
            continue
        gap += 1
        if gap > (_NEAR if kinds else _FAR):
            break
    return kinds


_ENDS = frozenset(("som", "å"))
_TOKEN = pattern(r"[a-zæøåéö][\w-]*|,")
_EVERY_FIRST = pattern(r"^\W*(?:ingen|enhver|einkvar|alle)\s+(?!\w+(?:e|er|ar)\b\s+(?:skal|må|som))")
# After one of these no subject comes any more.
_VERBS = INFINITIVES | wordlist("ikke ikkje han ho hun bare berre gis gjevast givast")
