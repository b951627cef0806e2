"""The little grammar that the rules need: main and subordinate clauses, subject and first verb. Text is in small letters."""

import re

from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.words import pattern, wordlist

_HEAD_CUT = pattern(
    r",|\s(?:som|i|for|av|til|om|fra|frå|med|på|knyttet|knytt|mellom|ved|etter|over|mot|under|innen|innenfor|hos|jf\.?|samt)\s"
)
_PREFELT = wordlist(
    """i på ved for etter innen innenfor innan innanfor som med av til gjennom under mot fra frå om videre vidare samtidig samstundes herunder dessuten
    derfor difor her dermed likevel deretter da då når dersom hvis viss der hvor basert utover ut foruten hvert kvart årlig årleg tilsvarende
    tilsvarande også særlig særleg spesielt blant parallelt snarest senest seinast inntil mellom overfor uten utan unntaksvis normalt så slik sammen
    saman generelt ettersom fordi siden sidan selv først fyrst før jf jamfør dernest hva kva følgelig løpende fortsatt framleis fremdeles nå
    no vedrørende angående gitt uavhengig forut ellers elles"""
)
_FIRST = pattern(r"\W*(\w+)")
_ADVERBS = wordlist(
    """også ikke ikkje derfor difor blant annet bl.a mellom anna i tillegg videre vidare fortsatt framleis likevel alltid særlig særleg minst
    normalt så langt som hovedregel bare berre heller både nå no samtidig dermed da løpende årlig årleg primært spesielt fremdeles
    derimot imidlertid aktivt tydelig alle jevnlig eventuelt ev fremover framover gjerne snarest fortløpende selv sjølv hele tiden
    helst kun aldri dessuten herunder deretter ellers elles først raskt kunne"""
)
_SHORT_INFINITIVES = wordlist(
    """gi gje se sjå gå bli få ta ha være vere bistå forstå gjøre gjere sørge syte stå si foreslå innestå forestå påse innse bestå vise avgi tilby
    inngå overta delta motta gjennomgå ivareta oppgi tilrå unngå utgi foreta fremgå framgå iverksette forutse påta anta fastslå tilstå overholde dra
    gjenoppta bidra legge leggje sette setje be inngi ettergå tilse omgå innta vedta"""
)
_OPENER = pattern(
    r"\b(?:som|at|om|hvis|viss|dersom|når|der|hvor|hvordan|korleis|fordi|mens|medan|ettersom|hva|kva|hvilke\w*|hvilken|kva\s+for|hvem|hvorvidt|korvidt|inntil|slik)\b"
)
_FINITE_WORDS = wordlist(
    """er har blir ble var gir gjev kan vil må bør får fikk gis tas gjør gjer kommer kjem finnes foreligger gjelder gjeld følger følgjer ligger ligg går står
    skjer inngår omfatter vert mottar deltar bidrar behandler angir berører trenger ønsker skal"""
)
_FINITE_ENDING = pattern(r"\b\w{2,}(?:[^en]es|tes|ast|ert)\b")
_WORD = pattern(r"\w+")
_ANY_FINITE = pattern(r"\b\w{3,}(?:er|es)\b")
# "som" that compares or names a role opens no clause; a verb right after "som" closes its clause before the modal verb.
_AS = pattern(
    r"\s+(?:et|en|ein|ei|eit|del|følge|følgje|ledd|grunnlag|nevnt|nemnt|beskrevet|hovedregel|oppfølging|tillegg|minimum|utgangspunkt|hovudregel)\b"
)
_VERB_NEXT = pattern(r"\s+(?:ikke\s+|ikkje\s+|også\s+|i\s+dag\s+)?[a-zæøå]{2,}r\b(?=\s+\S)")
_WHETHER = pattern(
    r"\b(?:opp\s+til\s+\S+|tar\s+stilling\s+til|tek\s+stilling\s+til|beslutt\w*|bestemm\w*|vurder\w*|avklar\w*|avgjør\w*|spørsmål\w*|uavhengig av|undersøk\w*|utred\w*|se på|ta stilling til|usikker\w*)\s*$"
)
_PASSIVE = pattern(
    r"\b(?!felles\b|møtes\b|møtast\b|ellers\b|elles\b|samtlige\b|dens\b|hvis\b|finnes\b|lykkes\b|synes\b|skyldes\b|\w*(?:ene|ane|tjenest|virksomhet)s\b)"
    r"(?:[a-zæøå]{3,}(?:es|ast)|øves|øvast|[a-zæøå]*(?:tas|gis|gås|fås|nås|slås|bys)|ses|(?:gå|slå|få|sjå|nå|sei)ast|sies)\b"
)
_LEAD_ADVERB = pattern(
    r"^\W*(?:(?:også|da|derfor|likevel|videre|ikke|i\s+tillegg|blant\s+annet|bl\.a\.|særlig|som\s+\w+\s+av\s+\w+)\s+)*"
)
_AND_SUBJECT = pattern(
    r".*\b(?:og|men)\s+((?:\S+\s+){0,3}(?:denne|dette|det|den|disse|direktoratet|etaten|virksomheten)\s*)$",
    re.DOTALL,
)
_CLAUSE = pattern(r"(?:,\s+(?:men|og|samt|mens|medan|so|så)|;)\s+([^,;]{3,160})$")


_MEANS = pattern(
    r"^(?:dette|det)\s+(?:innebærer|inneber|betyr|medfører)\s+(?:\w+\s+)?at\s+(?=\S+\s+(?:\S+\s+)?(?:skal|må)\b)"
)


def without_meaning(low: str, who: Addressee) -> str:
    """ "Dette innebærer at direktoratet må …" tells the addressee what to do: the sentence without its opening words."""
    match = _MEANS.match(low)
    return low[match.end() :] if match and who.pattern.match(low, match.end()) else low


def head_of(phrase: str) -> str:
    """The noun phrase at the beginning: what stands before its first preposition or comma."""
    return _HEAD_CUT.split(phrase + " ", maxsplit=1)[0]


def begins_inverted(phrase: str) -> bool:
    """Whether the clause begins with an adverbial, so that the subject stands after the verb."""
    first = _FIRST.match(phrase)
    return first is not None and first.group(1) in _PREFELT


def in_quote(before: str) -> bool:
    """Whether the words after `before` stand inside «…»."""
    return "«" in before and before.count("«") > before.count("»")


def has_finite(phrase: str) -> bool:
    """Whether the phrase holds a finite verb."""
    return not _FINITE_WORDS.isdisjoint(_WORD.findall(phrase)) or _FINITE_ENDING.search(phrase) is not None


def find_passive(phrase: str) -> str | None:
    """The first verb in the s-passive, or None."""
    match = _PASSIVE.search(phrase)
    return match.group() if match else None


def is_passive(word: str) -> bool:
    """Whether the word is a verb in the s-passive."""
    return word[-1:] in ("s", "t") and _PASSIVE.fullmatch(word) is not None


def has_opener(phrase: str) -> bool:
    """Whether the phrase holds a word that opens a subordinate clause."""
    return _OPENER.search(phrase) is not None


# "En slik øving" opens no clause.
_ARTICLES = (" en ", " et ", " ei ", " ein ", " eit ", " noen ", " nokon ")


def is_subordinate(before: str) -> bool:
    """Whether the verb after `before` belongs to a subordinate clause."""
    cut = max(before.rfind(","), before.rfind(";"), before.rfind(":"))
    segment = before[cut + 1 :]
    opener = None
    for found in _OPENER.finditer(segment):
        word = found.group()
        if word == "slik" and segment.endswith(_ARTICLES, 0, found.start()):
            continue
        if word != "som" or not _AS.match(segment, found.end()):
            opener = found
    if opener is None:
        return False
    word, between = opener.group(), segment[opener.end() :]
    if word == "at":
        return new_main_clause(between) is None
    if word == "om":
        return bool(
            _WHETHER.search(segment[: opener.start()]) or _WHETHER.search(before[: cut + 1].rstrip(", "))
        )
    initial = not before[: cut + 1 + opener.start()].strip(" *–-")
    if word == "slik" or (initial and word in ("som", "der")) or new_main_clause(between) is not None:
        return False
    return not has_finite(between) and not (word == "som" and _VERB_NEXT.match(between))


def new_main_clause(between: str) -> str | None:
    """The subject of a new main clause after "og" or "men", when there is one."""
    between = between[-400:]
    if " og " not in between and " men " not in between:
        return None
    match = _AND_SUBJECT.match(between)
    return match.group(1) if match and has_finite(between) else None


def _last_clause(before: str) -> str:
    """The clause that the verb belongs to: what follows the last ", men" or ", og", when that is a clause."""
    found = _CLAUSE.search(before[-200:]) if "," in before or ";" in before else None
    if found:
        rest = before[: -len(found.group())]
        if has_finite(rest) or _ANY_FINITE.search(rest):
            return found.group(1).strip()
    return before.strip()


_RELATIVE = pattern(
    r"^[^,]{3,60}\ssom\s[^,]+(?:,\s(?:til\s+dømes|for\s+eksempel|blant\s+annet|mellom\s+anna|inkludert|medrekna|herunder|som\s+\S+\s+og)\s[^,]+)?,$"
)


def _up_to_finite(phrase: str) -> str:
    """The words before the first finite verb that is known, or ""."""
    words = phrase.split()
    for number, word in enumerate(words[:12]):
        if word in _FINITE_WORDS:
            return " ".join(words[:number])
    return ""


def subject_of(before: str, after: str) -> tuple[str, bool]:
    """The words that hold the subject of the verb between the two, and whether it stands after the verb."""
    renewed = new_main_clause(before)
    if renewed:
        return renewed, False
    stripped = _last_clause(before)
    if stripped.endswith((" og", " men")):
        # "Etaten har fått et eget oppdrag, og skal …": the subject is that of the clause before.
        shared = _up_to_finite(stripped)
        if shared and not begins_inverted(shared):
            return shared, False
    if stripped[-1:] == "," and _RELATIVE.match(stripped) and not begins_inverted(stripped):
        # "Ansatte som har sluttet, skal …": the relative clause belongs to the subject.
        return stripped[:-1], False
    if not stripped or begins_inverted(stripped) or stripped[-1:] in ",:":
        return after_adverbs(after)[:90], True
    return stripped, False


def after_adverbs(after: str) -> str:
    """The text without the adverbs it begins with."""
    start = _LEAD_ADVERB.match(after)
    return after[start.end() if start else 0 :]


_LEAD_PHRASE = pattern(
    r"\s*(?:i\s+(?:første|fyrste|neste|størst|hovedsak|hovudsak|tillegg)(?:\s+(?:omgang|fase|rekke|mulige?\s+grad|mogleg\s+grad))?"
    r"|på\s+sikt|etter\s+behov|så\s+langt\s+(?:det\s+er\s+)?(?:mulig|mogleg|råd)|til\s+enhver\s+tid|til\s+ei?kvar\s+tid)\s"
)


def first_verb(after: str) -> str:
    """The infinitive that a modal verb governs, or "" where none is found near it."""
    lead = _LEAD_PHRASE.match(after)
    for raw in after[lead.end() if lead else 0 :].split(maxsplit=14)[:14]:
        word = raw.strip(",.;:()*")
        if word in _ADVERBS or not word:
            continue
        if word in _SHORT_INFINITIVES or word[-1] == "e" or is_passive(word):
            return word
    return ""
