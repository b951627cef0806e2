"""The grammar of one sentence of law: which verb demands, who is its subject, is it denied, what is to be done. Small letters."""

from dataclasses import dataclass

from tillitsrom.reading.clauses import begins_inverted, find_passive, first_verb, head_of, is_subordinate
from tillitsrom.reading.words import pattern, wordlist

LONGEST = 2_500
DEMAND = pattern(
    r"\b(?:skal|skulle|må|bør|kan|plikter|pliktar|(?:har|skal\s+ha|har\s+også)\s+(?:\w+\s+)?plikt(?:a|en)?\s+(?:til|å)\b|(?:er|vert|blir)\s+(?:\w+\s+)?(?:pliktig|pliktige|forpliktet|forplikta|pålagt|skyldig|pliktige?\s+til)\b(?:\s+til)?(?=\s+å\b)"
    r"|(?:har|skal\s+ha)\s+(?:\w+\s+){0,2}?(?:\w+-?\s*(?:og|eller)\s+)?(?:\w*ansvar(?:et)?\s+for|ansvar\s+og)\b|er\s+(?:\w+\s+)?ansvarle?ige?\s+for\b|(?:påligger|påhviler|tilligger|kviler\s+på)\b)"
)
_VERB_FIRST = wordlist(
    """skal må har er blir vert vil kan får fikk finner finn unnlater gjelder gjeld foreligger ligg mottar treffer oppstår viser ønsker krever kommer kjem inneholder går tar tek gir gjev gjør gjer setter
    skjer anser mener overstiger faller dør flytter bor ønskjer krev inngår avslås avslår blir brukes benyttes antas vurderes treffes nektes utgjør består deler trengs trengst medfører begjæres klages
    fremsettes framsettes overdras selges etableres opphører bestemmer ytes utføres eier driver bryter velger søker"""
)
_FIRST = pattern(r"\W*([\w-]+)")
_NOT = pattern(r"^\s*(?:\S+\s+){0,2}?(?:ikke|ikkje|aldri)\b")
_NOT_INVERTED = pattern(
    r"^\s*(?:(?!å\b|som\b|at\b|dersom\b|når\b|med\s+mindre)[^\s,;]+\s+){0,6}?(?:ikke|ikkje|aldri)\b"
)
_NO_SUBJECT = pattern(r"\b(?:ingen|inga|intet|ikkje\s+nokon|ikke\s+noen|inkje)\b")
_CONTINUES = pattern(
    r"(?:,\s+(?:og|men|mens|medan|samt)|;|\b(?:og|men))\s+((?:den|det|dei|de|han|denne|dette|disse|desse)\s*|[^,;]{3,120})$"
)
_RELATIVE = pattern(r"^[^,]{2,80}?,?\s+(?:som|der|hvor)\s")
_BY = pattern(r"\bav\s+((?:\S+\s*){1,6})")
_COMMA_END = pattern(r",\s*$")


@dataclass(frozen=True, slots=True)
class Demand:
    """One demanding verb in a main clause. `subject` is the phrase that holds its subject; `inverted`: it stands after the verb."""

    word: str
    at: int
    subject: str
    inverted: bool
    denied: bool
    nobody: bool
    verb: str
    passive: str | None
    after: str


def demands(low: str) -> list[Demand]:
    """The demanding verbs of a sentence's main clauses, in order."""
    found = []
    for match in DEMAND.finditer(low):
        before, after = low[: match.start()], low[match.end() :]
        if _in_clause(before):
            continue
        found.append(_demand(match.group(), match.start(), before, after))
    return found


def _in_clause(before: str) -> bool:
    """Whether the verb belongs to a subordinate clause; a relative clause that a comma closes has ended."""
    if not is_subordinate(before):
        return False
    return _COMMA_END.search(before) is None


def _demand(word: str, at: int, before: str, after: str) -> Demand:
    lead = before.strip(" *–-")
    lead = _own_clause(lead)
    inverted = not lead or begins_inverted(lead) or _verb_first(lead)
    subject = _after(after) if inverted else head_of(lead)
    if inverted:
        passive = find_passive(after[:300])
        verb = "" if passive else first_verb(after)
        denied = _NOT_INVERTED.match(after) is not None
    else:
        verb = first_verb(after)
        passive = find_passive(verb) if verb else find_passive(after[:80])
        denied = _NOT.match(after) is not None
    nobody = _NO_SUBJECT.search(subject[:60] if inverted else lead) is not None
    return Demand(word, at, subject if inverted else lead, inverted, denied, nobody, verb, passive, after)


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


def _verb_first(lead: str) -> bool:
    """ "Har søkeren svart, skal …": a condition that begins with its verb."""
    first = _FIRST.match(lead)
    return first is not None and first.group(1) in _VERB_FIRST and lead.endswith(",")


def _after(after: str) -> str:
    return after.strip()[:120]


def agent(after: str) -> str | None:
    """Who does it, where a passive says so ("av kommunen")."""
    match = _BY.search(after[:200])
    return match.group(1) if match else None
