"""The rule for modal verbs: who is the subject of "skal", "må" or "bør" in the main clause, and is it a duty? Small letters."""

from tillitsrom.reading.actors import addressee_acts, begins_with_other, names_other
from tillitsrom.reading.clauses import (
    find_passive,
    first_verb,
    head_of,
    in_quote,
    is_passive,
    is_subordinate,
    subject_of,
)
from tillitsrom.reading.verdicts import Setting, Verdict
from tillitsrom.reading.words import pattern, wordlist

_MODAL = pattern(
    r"\b(?:skal|må|bør|vil\s+måtte|vil\s+det\s+være\s+nødvendig\s+å|har\s+plikt\s+til\s+å|(?:er|vert|blir)\s+pålagt\s+å)\b"
)
_BY_LAW = pattern(
    r"^\s*(?:etter|ifølge|i\s+henhold\s+til|i\s+følge|etter\s+bestemmelsen\s+i)\s+(?:\w+)?(?:loven|lova|forskriften|bestemmelsen|direktivet|forordningen)\b"
)
_NOT_OTHER = pattern(
    r"\balle\s+(?:vesentlige|vesentlege|tiltak|relevante|saker|forslag|utredninger|leveranser|oppdrag|midler|avvik)\b"
)
# Changes in the world that are aims rather than tasks.
_OUTCOME = wordlist(
    """reduseres økes aukast styrkes styrkast bedres forbedres nås oppnås oppfylles utjevnes overføres innføres erstattes flyttes digitaliseres fases
    reduserast forbetrast"""
)
_INVOLVE = pattern(
    r"\b(?:involveres|inkluderes|konsulteres|høres|høyrast|inviteres|informeres|varsles|orienteres|trekkes|koples|kobles|rådspørres|involverast"
    r"|inkluderast|bidra|delta|prioriteres|ivaretas|følges)\b"
)
_TEXTUAL = pattern(
    r"rapport|vurdering|plan|besvarels|svar|leverans|utredning|kunnskapsgrunnlag|informasjon|produkt|forslag|notat|skisse|analyse|kartlegging"
    r"|gjennomgang|oversikt|evaluering|redegjørels|status|dokument|søknad|budsjett|regnskap|rekneskap|beskrivels|innspill|anbefaling|undersøkels"
    r"|oppdrag|arbeid|prosjekt|veileder|rettleiar|retningslinje|strategi|materiale|mandat|melding|skildring|skjema|\blogg|registrering|\btall|\btal(?:a|et)\b|indeks|\bliste|\bmal(?:en|ane|ene)?\b|måling|oversyn|brev|register|verktøy|metode|rutine|referat|statistikk|dokumentasjon|opplæring|veikart|utgreiing"
)
_MONEY = pattern(
    r"tildeling|bevilgning|løyving|tilskudd|tilskot|\b(?:midl(?:er|ene|ar|ane)|løyvd|beløp|ramme|ressurs|overføring|innsparing|gevinst|inntekt)"
)
_OTHER_DELIVERABLE = pattern(
    r"\b(?:krav|tiltak|modell|løsning|løysing|dialog|samarbeid|kommunikasjon|aktivitet|system|virkemid|verkemid|kompetanse|dette|den|innretning"
    r"|anskaffelse|utlysning|kriteri|vilkår)"
)
_CONTENT_VERB = wordlist(
    """inneholde innehalde omfatte inkludere ta bygge byggje baseres dekke dekkje gå foreligge ligge liggje se sjå beskrive redegjøre vise skje følge
    følgje bestå ha synliggjøre fremgå framgå gjelde overstige overskride vurdere belyse drøfte peke innarbeide oppsummere svare skille skilje vektlegge angi finansiere
    omtale kartlegge presentere involvere inngå utrede sees ses oppgi avgrense identifisere tydeliggjøre tallfeste"""
)
_IN_WORK = pattern(
    r"\bi\s+(?:\w+\s+)?(?:vurderingen|utredningen|arbeidet|rapporten|besvarelsen|planen|oppdraget|kartleggingen|forslaget|analysen|vurderinga|utgreiinga)\b"
)
_MEETING = pattern(r"møte(?:r|t|ne)?\b")
_BE = frozenset(("være", "vere", "bli", "verte", "holde", "haldast"))
_STATE = pattern(
    r"^(?:\s*(?:derfor|også|alltid|nok|så|særlig|mest|ikke|ikkje|godt|blant annet|minst)\b)*\s*"
    r"(?!et\b|en\b|ein\b|ei\b|eit\b|\d|med\s+på|til\s+hjelp|nødvendig|grunnlag|mulig|mogleg)\w"
)
_READY = pattern(
    r"^\s*(?:\w+\s+){0,2}?(?:dokumentert|etablert|gjennomført|ferdig\w*|avsluttet|iverksatt|implementert|levert|oversendt|beskrevet|forankret|oppdatert"
    r"|kjent\s+for|på\s+plass|i\s+tråd|i\s+samsvar|i\s+henhold|tilgjengelig\w*\s+(?:for|på|innen)|dokumentert|gjennomførte?|avslutta|oppdaterte?)\b"
)
_NOT = pattern(r"\s*(?:\w+\s+)?(?:ikke|ikkje)\b")
_PART_OF = pattern(r"\s*(?:en|ein)\s+(?:integrert|naturlig|naturleg|sentral|fast)\s+del\s+av\b")
_IMPERSONAL = pattern(r"^\W*(?:det|dette|disse|den|denne|de|dei)\b")
_WITH_NOUN = pattern(r"\W*(?:de|dei|disse|den)\s+\w")
_HOLD = pattern(r"(?:av)?holdes|haldast|gjennomføres|berammes")
_HAPPEN = pattern(
    r"\s*(?:\w+\s+){0,3}?(?:skje|legges|gå|gjelde|ligge|bygge|dekke|finansiere|inngå|omfatte|inneholde|ta utgangspunkt)\b"
)
_CLEARLY = pattern(r"\s*(?:bli\s+)?(?:også\s+)?(?:være|vere|inngå)\s+(?:tydelig|klart|del)")
_OPEN_TERMS = pattern(r"\b(?:frist(?:er|en)?|innretning|oppdragstekst)\b")
_SETTLED_LATER = pattern(r"avklares|fastsettes|diskuteres|avtales")
_THE_SAME = pattern(r"^\W*(?:det|tilsvarende)\s+(?:samme|same)\s*$")


def modal(low: str, setting: Setting) -> Verdict | None:
    """The verdict on the first modal verb in a main clause."""
    for match in _MODAL.finditer(low):
        before, after, word = low[: match.start()], low[match.end() :], match.group()
        if in_quote(before) or is_subordinate(before):
            continue
        if _BY_LAW.match(after) and not setting.who.named_in(before):
            return None
        if "nødvendig" in word:
            return Verdict("modal_necessary", 0.7) if setting.in_assignment else None
        return _judged(before, word, after, setting)
    return None


def _judged(before: str, word: str, after: str, setting: Setting) -> Verdict | None:
    subject, inverted = subject_of(before, after)
    head = subject if inverted else head_of(subject)
    less = 0.1 if word == "bør" else 0.0
    if setting.in_assignment and not setting.background and _THE_SAME.match(before):
        return Verdict("modal_same", 0.5)
    if addressee_acts(head, inverted, setting.who):
        return Verdict("modal_addressee", 0.96 - less)
    if setting.background or (setting.opening and word == "bør"):
        # What things should be like, before anything was demanded, is why the assignment is given.
        return None
    if inverted:
        verb, passive = "", find_passive(after[:200])
    else:
        verb = first_verb(after)
        passive = verb if is_passive(verb) else None
    if _IMPERSONAL.match(head):
        return _impersonal(head, after, passive, verb, setting, less)
    other = begins_with_other(head) if inverted else names_other(head)
    if other and not _NOT_OTHER.search(head):
        involved = passive and _INVOLVE.search(after) and (setting.in_assignment or _INVOLVE.search(passive))
        return Verdict("modal_involve", 0.75 - less) if involved else None
    if passive:
        return None if _done_by_other(passive, after) else _passive(head, passive, setting, less)
    return _thing(head, verb, after, setting, less)


def _done_by_other(verb: str, after: str) -> bool:
    """Whether the passive says that someone else does it ("evalueres av regjeringen"); the ministry's consent is a bound."""
    rest = after[after.find(verb) + len(verb) :]
    match = _BY.match(rest)
    return (
        match is not None
        and not rest[match.end() :].startswith(_MINISTRY)
        and begins_with_other(rest[match.end() :])
    )


_BY = pattern(r"(?:\s+\w+){0,5}?\s+av\s+")
_MINISTRY = ("departement", "helse- og omsorgsdepartementet")


def _impersonal(
    head: str, after: str, passive: str | None, verb: str, setting: Setting, less: float
) -> Verdict | None:
    """The subject is "det", "dette" or the like: a duty when something is to be done."""
    if passive is None and _WITH_NOUN.match(head):
        return _thing(head, verb, after, setting, less)
    passive = passive or find_passive(after[:60])
    if passive and _HOLD.match(passive) and _MEETING.search(after[:120]):
        return None
    if passive and passive not in _OUTCOME:
        return Verdict("modal_impersonal", 0.86 - less)
    if _HAPPEN.match(after):
        return Verdict("modal_impersonal", 0.8 - less)
    if setting.in_assignment and _CLEARLY.match(after):
        return Verdict("modal_impersonal", 0.6 - less)
    return None


def _passive(head: str, verb: str, setting: Setting, less: float) -> Verdict | None:
    """Something is to be done with a thing, and nobody is named: the addressee is plainly meant."""
    if verb in _OUTCOME or (_SETTLED_LATER.match(verb) and _OPEN_TERMS.search(head)):
        return None
    if _HOLD.match(verb) and _MEETING.search(head):
        return None
    return Verdict("modal_passive", (0.85 if setting.in_assignment else 0.8) - less)


def _thing(head: str, verb: str, after: str, setting: Setting, less: float) -> Verdict | None:
    """A thing is the subject: a demand when the thing is the addressee's to make or to spend."""
    textual, money = _TEXTUAL.search(head) is not None, _MONEY.search(head) is not None
    if verb in _BE:
        return _state(after[after.find(verb) + len(verb) :], textual, money, setting, less)
    if verb in _CONTENT_VERB:
        if textual or money or _OTHER_DELIVERABLE.search(head):
            return Verdict("modal_thing", 0.82 - less)
        if setting.reporting or (setting.in_assignment and _IN_WORK.search(after[:120])):
            return Verdict("modal_thing", 0.75 - less)
        return None
    if verb in ("medføre", "føre", "innebære") and textual and _NOT.match(after):
        return Verdict("modal_thing", 0.7 - less)
    if verb == "gi" and textual:
        return Verdict("modal_thing", 0.65 - less)
    if money and verb in ("bidra", "stimulere", "sikre"):
        return Verdict("modal_money", 0.75 - less)
    return None


def _state(rest: str, textual: bool, money: bool, setting: Setting, less: float) -> Verdict | None:
    """ "X skal være …": a demand on how a product is to be, not what a thing is for."""
    if money and rest.lstrip()[:1] in "0123456789(":
        return None
    if _PART_OF.match(rest):
        return Verdict("modal_thing_state", 0.7 - less)
    if _READY.match(rest) or ((textual or setting.in_assignment or setting.reporting) and _STATE.match(rest)):
        return Verdict("modal_thing_state", 0.72 - less)
    return None
