"""The grammar of one sentence of law: which verb demands, who is its subject, is it denied, what is to be done. Small letters."""

from dataclasses import dataclass
from itertools import islice

from tillitsrom.reading.clauses import (
    begins_inverted,
    find_passive,
    first_verb,
    head_of,
    is_passive,
    is_subordinate,
)
from tillitsrom.reading.laws.bearers import subject_after
from tillitsrom.reading.laws.nouns import INFINITIVES, kind_of, someone
from tillitsrom.reading.words import pattern, wordlist

LONGEST = 2_500
_MOST = 40
DEMAND = pattern(
    r"\b(?:(?:skal|skulle|må|bør|kan)\b|(?:plikter|pliktar)\b(?=\s+(?:\S+\s+){0,5}?å\b)|(?:har|skal\s+ha)\s+(?:også\s+|òg\s+)?(?:rett\s+og\s+|\w+\s+)?\w{0,24}(?:plikt(?:a|en)?|skyldnad(?:en)?)\b"
    r"|(?:er|vert|blir)\s+(?:\w+\s+)?(?:pliktig|pliktige|forpliktet|forplikta|pålagt|skyldig|skuldig)\b(?=\s+(?:til\s+)?å\b)|det\s+er\s+obligatorisk\s+for\b"
    r"|(?:har|skal\s+ha)\s+(?:\S+\s+){0,3}?\w*ansvar(?:et)?\s+(?:for|og)\b|er\s+(?:\w+\s+)?ansvarl(?:ig|ige|eg|ege)\s+for\b)"
)
_VERB_FIRST = wordlist(
    """skal må har er blir vert vil kan får fikk finner finn unnlater gjelder gjeld foreligger ligg mottar treffer oppstår viser ønsker krever kommer kjem inneholder går tar tek gir gjev gjør gjer setter
    skjer anser mener overstiger faller dør flytter bor ønskjer krev inngår avslås avslår blir brukes benyttes antas vurderes treffes nektes utgjør består deler trengs trengst medfører begjæres klages
    fremsettes framsettes overdras selges etableres opphører bestemmer ytes utføres eier driver bryter velger søker veit ligg held driv skriv let treng finst dreg fell legg søkjer gjev set spør vel skil"""
)
_NOT = pattern(r"^\s*(?:\S+\s+){0,2}?(?:ikke|ikkje|aldri)\b")
_NOT_INVERTED = pattern(
    r"^\s*(?:(?!å\b|som\b|at\b|dersom\b|når\b|med\s+mindre)[^\s,;]+\s+){0,6}?(?:ikke|ikkje|aldri)\b"
)
_NO_SUBJECT = pattern(r"\b(?:ingen|inga|intet|ikkje\s+nokon|ikke\s+noen|inkje)\b")
_CONTINUES = pattern(
    r"(?:,\s+(?:og|men|mens|medan|samt)|;|\b(?:og|men))\s+((?:den|det|dei|de|han|denne|dette|disse|desse)\s*|[^,;]{3,120})$"
)
_RELATIVE = pattern(r"^[^,]{2,80}?,?\s+(?:som|der|hvor)\s")
_BY = pattern(
    r"\b(?:\w+(?:es|ast)|(?:bli|blir|verte)\s+\w+|\w+[gt]is|tas)\s+(?:(?:(?!saman\b|sammen\b|som\b|at\b|om\b|når\b|dersom\b)[\w-]+\s+){1,5}?(?<!grunnlag\s)(?<!hjelp\s)(?<!bruk\s)(?<!del\s)(?<!form\s)(?<!løpet\s)(?<!medhold\s)(?<!medhald\s)(?<!hensyn\s)(?<!omsyn\s)(?<!ut\s)(?<!t\s)(?<!dd\s))?av\s+(?:det\s+|den\s+|dei\s+|de\s+)?((?:\S+\s*){1,6})"
)
_COMMA_END = pattern(r",\s*$")


# "Skal kommunen gi hjelp, må den …": the first verb opens a condition.
_IF_VERB = pattern(r",\s+(?:så\s+)?(?:skal|må|kan|bør|plikter|har|er|vert|blir)\b")


@dataclass(frozen=True, slots=True)
class Demand:
    """One demanding verb in a main clause. `subject` is the phrase that holds its subject; `inverted`: it stands after the verb,
    and `condition` is what stands before it."""

    word: str
    at: int
    subject: str
    inverted: bool
    denied: bool
    nobody: bool
    verb: str
    passive: str | None
    after: str
    condition: str


def demands(low: str) -> list[Demand]:
    """The demanding verbs of a sentence's main clauses, in order."""
    found: list[Demand] = []
    for match in islice(DEMAND.finditer(low), _MOST):
        before, after = low[: match.start()], low[match.end() :]
        if match.group() == "kan" and _IF_FIRST.match(before) and _THEN.search(after):
            continue
        if _in_clause(before, after) or (not before.strip() and _IF_VERB.search(after)):
            continue
        found.append(_demand(match.group(), match.start(), before, after))
    return found


_SOM_DONE = pattern(
    r"\bsom\b.*?\b(?:\w+(?:er|es|as|ast|år|ar|yr|ør|st)|\w*(?:eig|har|gjev|tek|ligg|kjem|gjeld|skriv|driv|krev|held|finn|bur|går|står|set|ser|skal|må|kan|vil|er|blir|vert|får|gir|tar|trer|fer|gir))\b\s+\S"
)
_IF = pattern(
    r"^\W*(?:om|når|dersom|hvis|viss|der|så\s+lenge|så\s+snart|idet|ettersom|fordi|medan|mens|før|etter\s+at|inntil)\b[^,]*$"
)
_SOM = pattern(r"\bsom\b")
_THAT = pattern(r"\b(?:at|om|hvordan|korleis|hvorvidt|korvidt|hva|kva|hvem|kven)\b")
_MEANS = pattern(r"\b(?:innebærer|inneber|medfører|fører\s+med\s+seg)\b[^,]{0,40}\bat\b")


_PRONOUN = pattern(r"^\s*(?:det|dei|de|den|han|ho|hun|denne|dette|disse|desse)\b")
_IF_FIRST = pattern(
    r"^\W*(?:om|når|dersom|hvis|viss|der|så\s+lenge|så\s+snart|idet|ettersom|fordi|medan|mens|før|etter\s+at|inntil)\b"
)
_THEN = pattern(r",\s+(?:så\s+)?(?:skal|må|bør|plikter|pliktar|har|er)\b")
_PRONOUNS = wordlist("det dei de den han ho hun dette")
_ASKING = pattern(
    r",\s+(?:og\s+|eller\s+)?(?:om|kva|korleis|hvordan|hva|hvem|kven|hvilke[nt]?|hvorvidt)\s+[^,]*$"
)


def _settles(before: str) -> bool:
    return "avgj" in before or "fastset" in before or "bestem" in before


# "Retten fastset korleis beløpet skal reknast": it is left to someone to settle.
_SETTLES_HOW = pattern(
    r"\b(?:fastset|fastsetter|avgjer|avgjør|bestemmer|bestemer)\s+(?:[\w-]+\s+){0,4}?(?:om|korleis|hvordan|hvilke[nt]?|hvor|kva|kor|hva)\s[^.;,]*$"
)
_WHETHER = pattern(r"\bom\s+((?:\w+\s+){1,2})$")


def _in_clause(before: str, after: str) -> bool:
    """Whether the verb belongs to a subordinate clause; a clause that a comma closes has ended."""
    if _IF.match(before):
        # "når det er fare skal kommunen …": the comma is missing, but the subject after the verb tells.
        follows = subject_after(after) is not None or _PRONOUN.match(after) is not None
        return not follows or len(before.split()) < 4
    whether = _WHETHER.search(before)
    if whether and any(kind_of(word) or word in _PRONOUNS for word in whether.group(1).split()):
        return True
    if _ASKING.search(before) or (_settles(before) and _SETTLES_HOW.search(before)):
        return True
    if not is_subordinate(before) or _MEANS.search(before):
        return False
    if _COMMA_END.search(before):
        return False
    clause = before[max(before.rfind(","), before.rfind(";")) + 1 :]
    som = list(_SOM.finditer(clause))
    # "den som driver … skal": the relative clause has its own verb already.
    return not (som and not _THAT.search(clause, som[-1].end()) and _SOM_DONE.search(clause, som[-1].start()))


def _demand(word: str, at: int, before: str, after: str) -> Demand:
    lead = before.strip(" *–-")
    if lead.endswith((", og", ", men")) and (first := DEMAND.search(lead)):
        # "Departementet kan gi løyve, og skal melde fra": the subject is that of the first verb.
        lead = lead[: first.start()].strip()
    lead = _ALSO.sub("", _own_clause(lead))
    after = _AS_A_RULE.sub(" ", after)
    inverted = (
        not lead
        or begins_inverted(lead)
        or lead.startswith(("frem til ", "fram til ", "ut frå ", "ut fra "))
        or _verb_first(lead)
        or _subject_next(after)
    )
    condition = lead if inverted else ""
    subject = _after(after) if inverted else head_of(lead)
    if inverted:
        passive = _first_passive(after[:300])
        verb = "" if passive else first_verb(after)
        denied = _NOT_INVERTED.match(after) is not None
    else:
        verb = _active(after[:200]) or _after_time(after[:200])
        passive = None if verb else _first_passive(after[:200])
        verb = verb or passive or first_verb(after[:200])
        denied = _NOT.match(after) is not None
    nobody = _NO_SUBJECT.search(subject[:60] if inverted else lead) is not None
    return Demand(
        word, at, subject if inverted else lead, inverted, denied, nobody, verb, passive, after, condition
    )


_AS_A_RULE = pattern(r"^\s*(?:som\s+(?:hovedregel|hovudregel|regel)|normalt|til\s+vanleg)\s")
_ALSO = pattern(r"^(?:også|òg|heller\s+ikke|heller\s+ikkje|bare|berre|kun)\s+(?=\w)")
_LATER = pattern(
    r"\b(?:snarast|seinast|snarest|senest|oftast|oftest|minst|raskast|raskest|fortløpende|fortløpande|alltid|straks|særskilt|omgående|umiddelbart|innan|innen|samstundes|ellers|elles|medrekna)\b"
)


def _passive(phrase: str) -> str | None:
    """The s-passive, or "bli sendt"."""
    spoken = _LATER.sub(" ", phrase)
    short = _SHORT_PASSIVE.search(spoken)
    return (
        find_passive(spoken)
        or (short.group() if short else None)
        or ("bli" if _BECOMES.search(phrase[:160]) else None)
    )


_AS_SOON = pattern(r"\b(?:så|snarest)\s+(?:\w+\s+)?(?:som\s+)?(?:mulig|mogleg|råd(?:\s+er)?)\b")
_DEEPER = pattern(
    r"\b(?:at|som|(?<!et\s)(?<!en\s)(?<!er\s)(?<!ne\s)(?<!ar\s)(?<!ad\s)(?<!ng\s)(?<!ak\s)(?<!ga\s)om|når|før|dersom|hvis|viss|der|for\s+å|med\s+mindre)\b"
)


_SHORT = pattern(
    r"\w*(?:gi|gje|gå|stå|ta|sjå|si|slå|få|nå|by|bero|ha|bli|dra|tre|gjøre|gjere)$|(?:på|inn|an|over|for|ut|til|av)?se$"
)
_LEADING = wordlist(
    "minst ikke ikkje også òg alltid straks snarest snarast senest seinast likevel bare berre derfor dessuten særlig særleg heller først samtidig da dermed normalt aldri"
)


def _active(after: str) -> str:
    """The active infinitive that follows the modal verb at once, or ""."""
    for raw in after.split(maxsplit=5)[:5]:
        word = raw.strip(",.;:()")
        if word in _LEADING or word == "mulig":
            continue
        if is_passive(word) or (word in ("bli", "verte") and _BECOMES.match(after)):
            return ""
        active = word in INFINITIVES or word.endswith("e") or _SHORT.match(word) is not None
        return word if active or (word.endswith("a") and kind_of(word) is None) else ""
    return ""


def _first_passive(after: str) -> str | None:
    """The passive that the modal verb governs, where the subject stands between; None where an active verb comes first."""
    phrase = _DEEPER.split(_AS_SOON.sub(" ", after), maxsplit=1)[0]
    passive = _passive(phrase)
    if passive is None or passive == "bli":
        return passive
    before = phrase[: phrase.find(passive)]
    return None if any(word in INFINITIVES for word in before.split()) else passive


# "skal før arbeidet settes i gang sørge for at": what comes between is a clause of its own.
_TIME = pattern(
    r"^\s*(?:straks\s+|senest\s+|seinast\s+)?(?:før|når|dersom|hvis|viss|så\s+lenge|inntil|etter\s+at)\s+\w+\s+\w+"
)


def _after_time(after: str) -> str:
    if not _TIME.match(after):
        return ""
    return next((word for word in after.split() if word in INFINITIVES), "")


_SHORT_PASSIVE = pattern(r"\b(?:ytes|eies|sies|ytast|eigast|seiast|svares|svarast)\b")
_BECOMES = pattern(r"^\s*(?:\S+\s+){0,7}?(?:bli|verte)\s+\w+(?:t|d|a|e|dd|tt)\b")


def _own_clause(lead: str) -> str:
    """The clause that the verb stands in, where the sentence holds more than one main clause."""
    cut = max(lead.rfind("; "), lead.rfind(", og "), lead.rfind(", men "))
    if cut > 0:
        own = lead[cut + 2 :].strip()
        for word in ("og ", "men "):
            own = own.removeprefix(word)
        if own and not own.endswith(",") and len(own.split()) <= 12:
            return own
    return lead


_NEXT = pattern(
    r"^\s*(?:(?:den|det|dei|de|ein|en|et|eit|ei|vedkommende|vedkomande|kvar|hver|alle|enkelte|aktuelle|ansvarlig|ansvarleg)\s+){0,3}([a-zæøå][\w-]+)"
)


def _subject_next(after: str) -> bool:
    """ "To ganger i året skal kommunen …": the noun right after the verb tells that the subject stands there."""
    if _HE_NEXT.match(after):
        return True
    match = _NEXT.match(after)
    if match is None or match.group(1) in INFINITIVES:
        return False
    if (described := _DESCRIBED.match(after)) and kind_of(described.group(1)) is not None:
        return True
    noun = match.group(1)
    return kind_of(noun) is not None or (
        noun.endswith(("eren", "aren", "erne", "arane")) and someone(noun) is not None
    )


_DESCRIBED = pattern(r"^\s*(?:den|det|dei|de|ein|en|et|eit)\s+[a-zæøå]+(?:e|t|g)\s+([a-zæøå][\w-]+)")
_HE_NEXT = pattern(r"^\s*(?:han|ho|hun|dei|de|man|ein)\s+(?:\w+\s+)?\w*[eaåi]\b")


def _verb_first(lead: str) -> bool:
    """ "Har søkeren svart, skal …": a condition that begins with its verb."""
    if not lead.endswith(","):
        return False
    first = _FIRST_TWO.match(lead)
    if first is None or first.group(2) in _AFTER_NOUN:
        return False
    if first.group(1) in _VERB_FIRST:
        return True
    return (
        _PRESENT.search(first.group(1)) is not None
        and kind_of(first.group(1)) is None
        and (first.group(2) in _DETERMINERS or kind_of(first.group(2)) is not None)
    )


_FIRST_TWO = pattern(r"\W*([\w-]+)\s+([\w-]+)")
_AFTER_NOUN = wordlist("som av og eller til i for etter med")
_PRESENT = pattern(r"(?:er|ar|år|ør|es|ast)$")
_DETERMINERS = wordlist(
    "det den dei de han ho hun ein en eit et ei nokon noen ikkje ikke same samme nye ny anna annen andre"
)


def _after(after: str) -> str:
    return after.strip()[:120]


def agent(after: str) -> str | None:
    """Who does it, where a passive says so ("av kommunen")."""
    match = _BY.search(after[:200])
    return match.group(1) if match else None
