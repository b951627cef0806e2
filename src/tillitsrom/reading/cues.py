"""Judge one sentence: does it place a duty on the addressee, and what in it says so?

The order of the rules is the order of how plainly the words speak: a request, an assignment given, a responsibility, an
expectation, a modal verb in the main clause, a present tense that instructs, and at last room ("kan"), which is no duty.
Each rule is tried only where one of its own words occurs; that is what makes the reader fast.
"""

import re

from tillitsrom.reading.actors import MINISTRIES, begins_with_other, names_other
from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.clauses import (
    after_adverbs,
    begins_inverted,
    find_passive,
    has_finite,
    head_of,
    in_quote,
    without_meaning,
)
from tillitsrom.reading.modals import modal
from tillitsrom.reading.present import by_addressee, present, room
from tillitsrom.reading.things import happens
from tillitsrom.reading.verdicts import Setting, Verdict
from tillitsrom.reading.words import pattern, wordlist

# No sentence is read further than this; a text without full stops must not take more time than its length.
_LONGEST = 2_500
_REMEMBERED = 16
_MARKS = (".", ",", ":", "(", ")", "/", ";", "«", "»", "*", "!", "'", "[", "]", "|")
_ASKING = wordlist("bes bedes bedast ber bed be bede bedt beden imøteser frem fram")
_MODAL_WORDS = wordlist("skal må bør måtte nødvendig pålagt plikt")
_ROOM_WORDS = wordlist(
    "kan lov anledning tillatt tillate gjelder gjeld krever krev delegeres fullmakt fullmakter adgang myndighet høve"
)
_PRESENT_WORDS = wordlist(
    """ses sees sjåast se sjå sendes oversendes rapporteres meldes innrapporteres fremlegges framlegges leveres sendast leverast rapporterast involveres
    involverast inkluderer innebærer inneber benyttes brukes nyttes nyttast brukast disponeres videreføres vidareførast løses løysast
    gjennomføres utføres gjerast leverer rapporterer presenteres publiseres gjennomgås oppdateres forelegges evalueres dokumenteres varsles
    registreres arkiveres kontrolleres revideres legges blir vert skrives føres utarbeides lages koordineres ledes arrangeres presenterast
    publiserast oppdaterast evaluerast dokumenterast varslast registrerast kontrollerast reviderast leggjast skrivast førast leiast lagar
    igangsettes igangsetjast startes ferdigstilles sluttføres organiseres inngår ligger ligg omfatter omfattar omtales omtalast drøftes drøftast
    imøteses imøtesjåast ventet forelegges innhentes trekkes trekkjast trekkast følger holdes haldast leverer gjøres lyses
    gjennomfører utreder kartlegger etablerer evaluerer ferdigstiller publiserer iverksetter innfører reviderer avslutter sammenfattes oppsummeres
    samanfattast oppsummerast leverast levert sendt innrapporteres inviteres inviterast høres høyrast konsulteres prioriteres prioriterast markeres markerast merkes merkast forklares
    forklarast kommenteres kommenterast beskrives beskrivast angis oppgis tallfestes begrunnes grunngjevast spesifiseres synliggjøres
    behandles dekkes dekkast dekkjast finansieres finansierast gis gjevast følges følgjast tas takast lagres innhentes hentast avsluttes
    avsluttast forberedes meldast oversendast oversender sender utarbeider legger melder varsler orienterer informerer skriver skriv"""
)
# Read only in instructions, and in letters to units.
_STANDING_WORDS = wordlist(
    """besvares sørger syter fastsetter fastset varslar utarbeidar gjennomfører påser ser holder held legg følger følgjer vurderer kontrollerer
    dokumenterer oppdaterer innhenter hentar registrerer avgjør avgjer godkjenner tar tek avklarer beslutter evaluerer fører førebur forbereder
    leder leier lager avgis avklares utpeker peiker gjennomgår offentliggjøres fastsettes lyses attesteres godkjennes inngås oppbevares slettes
    delegeres føres førast måles målast overføres overførast innkaller kallar undertegner underteiknar gir gjev"""
)
_REMIND_PARTS = ("presiser", "understrek", "minne", "merksam", "merksom")

_DESCRIPTION = pattern(
    r"^\W*(?:(?:det|vi|departementet?|departementene|helse- og omsorgsdepartementet|\w+departementet)\s+(?:vises|viser|syner)\b"
    r"|(?:stortinget|regjeringen|regjeringa|finansdepartementet|sivilombudet|riksrevisjonen)\s+(?:ber|ba|har|vil|fattet|vedtok|skal)\b"
    r"|(?:målet?|formålet|føremålet|hensikten|visjonen|ambisjonen|regjeringens mål|det er et mål|eit mål)\b(?!.{0,60}\bbes\b))"
)
_PASSIVE_ENDS = ("es", "ast")
_GOES_ON = pattern(r"(?:,\s+og|\bog)\s+(?P<asks>ber|bed)\b|,\s+og\s+(?=\S)")
_RECEIVES = pattern(
    r"^\W*[\w -]*departement\w*\s+(?:skal|må)\s+(?:\w+\s+)?(?:få|ha|motta)\s+(?:\w+\s+){0,2}?(?:beskjed|melding|varsel|kopi)\b|^\W*[\w -]*departement\w*\s+(?:skal|må)\s+(?:ha|motta|få)\s+.{3,90}?\b(?:innen|innan|senest|seinast)\b"
    r"|^\W*(?:dersom|hvis|viss|når|ved)\s[^,]{5,140},\s+(?:skal|må)\s+\w*departementet\s+(?:\w+\s+)?(?:få|ha|motta)\s+(?:\w+\s+){0,2}?(?:beskjed|melding|varsel)\b"
)
_REMINDS = pattern(
    r"\b(?:presisere[rs]|understreke[rs]|presiserast|understrekast|minne[rs]?\s+om|gjør\w*\s+oppmerksom\s+på|gjer\s+merksam\s+på)\s+(?:\w+\s+){0,2}?at\s+(?P<rest>.+)"
)
_STORTING = pattern(r"\b(?:stortinget\s+ber|ber\s+regjering|bede\s+regjering)")
_ASKED = pattern(r"\b(?:bes|bedes|bedast|(?:vert|blir)\s+(?:bede|bedt|beden))\b")
_ASKS = pattern(
    rf"\b(?:[\w-]*departement\w*|{'|'.join(sorted(MINISTRIES))}|vi|eg|jeg|statsråd\w*|styret|ministeren)"
    r"\s+(?:\w+\s+){0,3}?(?:ber|bed)\b"
    r"|\b(?:ber|bed)\s+(?:\w+[- ]){0,6}?(?:\w*departement\w*|vi|statsråden|eg|jeg)\b|\bvil\s+(?:vi\s+|departementet\s+)?be\b|^\W*(?:ber|bed)\s+om\b"
    r"|\b(?:vi|departementet)\s+(?:imøteser|ser\s+fr[ae]m\s+til\s+å\s+motta)\b"
)
_DELIVERED = pattern(r"\s*(?:oversendt|sendt|levert|involvert)")
_IN_CLAUSE = pattern(r"\b(?:som|der|hvor|at)\s+(?:\S+\s+){0,3}$")
_TO_DO = pattern(r"^\s*(?:om\s+)?(?:at\s+)?")
_GIVEN = pattern(
    r"\b(?:gis|får|gjev|gir|(?:blir|vert)\s+gitt)\b.{0,90}?\b(?:i\s+oppdrag|i\s+oppgave|i\s+oppgåve|som\s+oppgave|oppdraget\s+med|ansvar(?:et)?\s+for\s+å)\b"
)
_NOT_GIVEN = pattern(
    r"\bvil\s+(?:\S+\s+){0,4}?(?:få|gi)\b|\b(?:ble|vart|har\s+fått|fikk|er\s+gitt|er\s+bedt)\b"
)
_RESPONSIBLE = pattern(
    r"\b(?:har|skal\s+ha|tillegges|får)\b,?(?:\s+\S+){0,5}?\s+(?:hoved|sektor|koordinerings|system|hovud)?ansvar(?:et)?\s+for\s+(?P<what>.{0,70})"
    r"|\ber\s+(?:[a-zæøå-]+s|sitt)\s+(?:ansvar|oppgave|oppgåve)\s+å\b"
    r"|\ber\s+(?:ansvarlig|ansvarleg)\s+for\s+(?=den\s|det\s|alle\s|\w+(?:en|et|a|ene|ane)\b)|\ber\s+(?:også\s+)?(?:ansvarlig|ansvarleg|pålagt)\s+(?:for\s+)?(?:å\b|at\b)"
)
_ACTION = pattern(
    r"^(?:å|at)\b|^(?:\S+\s+){0,3}?(?!\S*helse\b)\S*(?:ing|inga|ingen|else|elsen|drift|driften|drifta|arbeid|arbeidet|tilsyn|tilsynet|vedlikehold|kontroll|kontrollen)\b"
)
_UNIT = pattern(r"^\W*(?:\S+\s){0,3}\S*[A-ZÆØÅ]{3,}|\b(?:avdeling|seksjon|enhet|leder|leiar|direktør)")
_NEAR_CLAUSE = pattern(r"\b(?:som|der|at)\s+(?:\S+\s+){0,2}$")
_EXPECTS = pattern(
    r"\b(?:forutset(?:ter|tes|jes|jast)?|føreset(?:jast)?|forvente(?:r|s)|forventar|ventar|ventast|er\s+(?:forventet|forventa|forutsatt|føresett|venta)"
    r"|(?:vert|blir)\s+(?:forventet|forventa|forutsatt|føresett|venta)|(?:er|vert|blir)\s+lagt\s+til\s+grunn|(?:legge[rs]?|legg)\s+(?:\w+\s+){0,3}?til\s+grunn|er\s+(?:et|eit)\s+(?:krav|vilkår)"
    r"|er\s+(?:en|ein|ei)\s+(?:forutsetning|føresetnad)|(?:forutsetningen|føresetnaden|vilkåret|forventningen|forventninga)\s+er|er\s+(?:en|ei|ein)\s+(?:klar\s+)?(?:forventning|forventing)"
    r"|(?:stilles|stiller|vert\s+stilt)\s+(?:\w+\s+)?krav\s+(?:til|om)|plikter|pliktar|oppfordr(?:es|ast)|oppmod(?:es|ast)|(?:vert|blir)\s+oppmoda|anmodes)\b"
)
_WHAT_CLAUSE = pattern(r"\b(?:som|hva|kva)\s+(?:\S+\s+){0,2}$")
_SENDER = pattern(
    r"departement|\bvi\b|\bjeg\b|\beg\b|\bdet\s*$|statsråd|regjering|styret|kommunedirektør|rådmann|kommunalsjef"
)
_PLAIN_DUTY = pattern(r"plikt|oppfordr|oppmod|anmod")
_DONE = pattern(
    r"\s+(?:\w+\s+)?(?:brukt|benyttet|nytta|brukte|gjennomført|levert|fulgt|dekket|dekt|håndtert|ferdigstilt|oppdatert|oversendt|prioritert|ivaretatt|videreført|vidareført|avsluttet|avslutta|løst)\b"
)
_THAT = pattern(r"\bat\b(.*)", re.DOTALL)
_BECOMES = pattern(r"\b(?:blir|vert)\s+(?:\w+\s+)?\w+(?:t|d|a|de|te|ne)\b")
_THAT_NEAR = pattern(r"\W*(?:\w+\s+){0,3}?at\b")
_MUST = pattern(r"\b(?:skal|må)\b")
_CAN = pattern(r"\bkan\b")
# Others are to be heard or let in: the addressee must see to it.
_TAKES_PART = pattern(
    r"\b(?:er|blir|vert|vært|vore)\s+(?:\w+\s+)?(?:involverte?|hørt|høyrde?|trukket\s+(?:inn|med)|trekte?\s+(?:inn|med)|tatt\s+med|tekne?\s+med|rådspurt)\b"
    r"|\b(?:involveres|involverast|høres|høyrast|konsulteres|inkluderes|(?:tas|takast|trekkes|trekkast|trekkjast)\s+(?:inn|med))\b"
)
_PORTION = pattern(r"(?:minst|inntil|høyst|høgst|om\s+lag)\s+\S+")
# "Det forventes en statusrapport i mai", "Departementet forventer tett dialog om arbeidet".
_PRODUCT_NEXT = pattern(
    r"\s*(?:det\s+)?(?:(?:en|ei|et|ein|eit)\s+)?(?:\w+\s+){0,2}?(?:\w*rapport(?:ering|en)?|\w*rapportering|fr[ae]mdriftsplan|delleveranse|leveranse|redegjørelse|dialog|tilbakemelding)\b"
)
_RULES = pattern(
    r"retningslinj|standard|regelverk|bestemmelse|føresegn|prinsipp|instruks|krav|veileder|rettleiar"
)
_ABOUT_WORK = pattern(
    r"^\w{4,}(?:ing|ingen|inga|elsen|arbeidet|tilsynet|planen|rapporten|rutinene)\b.{0,60}?\ber\s+(?:\w+(?:t|dd)|på|i)\b|^\w{4,}\s+(?:\w+\s+){0,3}?skjer\s+i\s+(?:tråd|samsvar|henhold)\b"
)
_DEMANDING = pattern(r"forut|føreset|krav|vilkår")


def judge(plain: str, setting: Setting) -> Verdict | None:
    """The verdict on one sentence without markup, or None when it demands nothing of the addressee."""
    judged = setting.judged
    if plain in judged:
        return judged[plain]
    if len(judged) >= _REMEMBERED:
        judged.clear()
    verdict = judged[plain] = _judge(plain, setting)
    return verdict


def _judge(plain: str, setting: Setting) -> Verdict | None:
    if " av " in plain:
        plain = _mark_agent(plain, setting.who)
    low = plain[:_LONGEST].lower()
    if low[:1] in ('"', "«", "“", "") or low[-1] == "?":
        return None
    if _DESCRIPTION.match(low):
        return _after_reference(low, setting)
    if "torting" in low and _STORTING.search(low):
        return None
    low = without_meaning(low, setting.who) if low[:2] == "de" else low
    words = words_of(low)
    verdict = _spoken(low, plain, words, setting)
    if verdict is None and not words.isdisjoint(_MODAL_WORDS):
        verdict = modal(low, setting)
    if verdict is None and not setting.background and _may_instruct(low, words, setting):
        verdict = present(low, setting)
    if verdict is None and not setting.background and not words.isdisjoint(_ROOM_WORDS):
        verdict = room(low, setting)
    return verdict


def words_of(low: str) -> set[str]:
    """The words of a sentence. Splitting at what stands between them is twice as fast as finding each by a pattern."""
    for mark in _MARKS:
        if mark in low:
            low = low.replace(mark, " ")
    return set(low.split())


def _may_instruct(low: str, words: set[str], setting: Setting) -> bool:
    """Whether a word of the rules for the present tense stands in the sentence."""
    if not words.isdisjoint(_PRESENT_WORDS):
        return True
    own = setting.who.standing or setting.who.units
    return (own and not words.isdisjoint(_STANDING_WORDS)) or (
        " av " in low and by_addressee(low, setting) >= 0
    )


def _mark_agent(plain: str, who: Addressee) -> str:
    """The sentence with a word for "someone" before a proper name that is the agent of a passive and not the addressee's."""
    at = plain.find(" av ")
    while at >= 0:
        last = plain[max(0, at - 30) : at].split()[-2:] if plain[at + 4 : at + 5].isupper() else []
        if any(len(word) > 3 and word.endswith(_PASSIVE_ENDS) for word in last):
            if who.pattern.match(plain[at + 4 : at + 90].lower()):
                return plain
            return f"{plain[: at + 4]}aktøren {plain[at + 4 :]}"
        at = plain.find(" av ", at + 4)
    return plain


def _after_reference(low: str, setting: Setting) -> Verdict | None:
    """A sentence that begins by referring to something may go on to ask: "Departementet viser til … og ber om …"."""
    match = _GOES_ON.search(low) if " og " in low else None
    if match is None or _STORTING.search(low) or in_quote(low[: match.start()]):
        return None
    rest = low[match.end() :]
    if match.group("asks"):
        return None if _other_after(_TO_DO.sub("", rest, count=1), setting.who) else Verdict("request", 0.93)
    verdict = _request(rest, setting) or modal(rest, setting)
    return verdict if verdict and verdict.rule in ("request", "request_passive", "modal_addressee") else None


def _spoken(low: str, plain: str, words: set[str], setting: Setting) -> Verdict | None:
    """The rules for words that speak of asking, giving, answering for and expecting."""
    verdict = None
    if not words.isdisjoint(_ASKING):
        verdict = _request(low, setting)
    if verdict is None and ("etaksmøte" in low or "øretaksmøte" in low or "generalforsamling" in low):
        verdict = _resolved(low)
    if verdict is None and ("i opp" in low or "som oppg" in low or "oppdraget med" in low or "ansvar" in low):
        verdict = _assigned(low, setting)
    if verdict is None and ("ansvar" in low or "pålagt" in low):
        verdict = _responsible(low, plain, setting)
    if verdict is None and _speaks_of_expecting(low):
        verdict = _expected(low, setting)
    if verdict is None and "departement" in low[:190] and _RECEIVES.search(low):
        return Verdict("reminder", 0.7)
    if verdict is None and " at " in low and any(part in low for part in _REMIND_PARTS):
        verdict = _reminded(low, setting)
    return verdict


def _speaks_of_expecting(low: str) -> bool:
    """Whether a part of the words for expecting occurs; written out, as it is asked of every sentence."""
    return (
        "forut" in low
        or "forvent" in low
        or "venta" in low
        or "grunn" in low
        or "krav" in low
        or "plikt" in low
        or "føreset" in low
        or "vilkår" in low
        or "oppfordr" in low
        or "oppmod" in low
        or "anmod" in low
    )


_MEETING_ASKED = pattern(
    r"\b(?:foretaksmøtet|føretaksmøtet|generalforsamlingen|generalforsamlinga)\s+(?:\w+\s+){0,2}?(?:ba|bad|ber|bed|la\s+til\s+grunn|legger\s+til\s+grunn|forutsatte|føresette|forutsetter|presiserte|understreket)\b"
)


def _resolved(low: str) -> Verdict | None:
    """ "Foretaksmøtet ba … om å …": the minutes of the owner's meeting tell in the past what the enterprise shall do."""
    match = _MEETING_ASKED.search(low)
    if match is None:
        return None
    return Verdict("request" if match.group()[-3:].strip() in ("ba", "bad", "ber", "bed") else "premise", 0.9)


def _reminded(low: str, setting: Setting) -> Verdict | None:
    """ "Det presiseres at midlene skal …": the duty stands in the clause."""
    match = _REMINDS.search(low)
    verdict = modal(match.group("rest"), setting) if match else None
    if verdict and verdict.rule in ("modal_addressee", "modal_passive", "modal_impersonal", "modal_money"):
        return Verdict("reminder", 0.75)
    return None


def signals(plain: str, setting: Setting) -> bool:
    """Whether the text demands something, also when it breaks off at a colon (the stem of a list)."""
    verdict = judge(plain, setting)
    return verdict is not None and not verdict.authority


def _other_before(before: str, who: Addressee) -> bool:
    """Whether someone other than the addressee is the subject that stands before the verb."""
    return not begins_inverted(before) and names_other(head_of(before)) and not who.named_in(before)


def _other_after(after: str, who: Addressee) -> bool:
    """Whether the words after the verb begin with someone who is not the addressee."""
    rest = after_adverbs(after)[:70]
    return begins_with_other(rest) and not who.named_in(rest)


def _request(low: str, setting: Setting) -> Verdict | None:
    """ "Direktoratet bes om å …", "Departementet ber om at …"."""
    asked = _ASKED.search(low)
    if asked:
        before, after = low[: asked.start()], low[asked.end() :]
        inverted = begins_inverted(before)
        if in_quote(before) or (_IN_CLAUSE.search(before[-120:]) and not inverted):
            return None
        if _other_before(before, setting.who) and not _DELIVERED.match(after):
            return None
        return None if inverted and _other_after(after, setting.who) else Verdict("request_passive", 0.96)
    asks = _ASKS.search(low)
    if asks is None or in_quote(low[: asks.start()]):
        return None
    after = _TO_DO.sub("", low[asks.end() :], count=1)
    return None if _other_after(after, setting.who) else Verdict("request", 0.97)


def _assigned(low: str, setting: Setting) -> Verdict | None:
    """ "Direktoratet gis i oppdrag å …"."""
    match = _GIVEN.search(low)
    if match is None or _NOT_GIVEN.search(low, 0, match.end()):
        return None
    return Verdict("assigned", 0.95) if setting.who.named_in(low) else None


def _responsible(low: str, plain: str, setting: Setting) -> Verdict | None:
    """ "Direktoratet har ansvar for å …", also with a noun of action."""
    match = _RESPONSIBLE.search(low)
    if match is None or not (setting.who.standing or _ACTION.match(match.group("what") or "å")):
        return None
    before = low[: match.start()]
    subject = before if before.strip() and not begins_inverted(before) else match.group()
    if setting.who.named_in(head_of(subject)) or setting.who.named_in(match.group().split("ansvar")[0]):
        return None if _NEAR_CLAUSE.search(before[-120:]) else Verdict("responsibility", 0.85)
    # A unit of the addressee is the addressee too, unless it is one of the bodies we know to be others.
    acts = match.group("what") or match.group()[-2:] in (" å", "at")
    if acts and _UNIT.search(plain[: min(match.start(), 45)]) and not names_other(head_of(subject)):
        return Verdict("responsibility", 0.6)
    return None


def _expected(low: str, setting: Setting) -> Verdict | None:
    """ "Departementet forventer at …", "Det forutsettes at …", "Det er et krav at …"."""
    match = _EXPECTS.search(low)
    if match is None:
        return None
    before, after, word = low[: match.start()], low[match.end() :], match.group()
    if in_quote(before) or _WHAT_CLAUSE.search(before[-120:]) or _set_by_others(word, before, low, setting):
        return None
    if _PLAIN_DUTY.match(word):
        return None if _other_before(before, setting.who) else Verdict("expectation", 0.9)
    if "grunn" in word and not _THAT_NEAR.match(after):
        # "Retningslinjene legges til grunn for arbeidet."
        passive = word.startswith(("legges", "leggjast")) and " at " not in after[:90]
        return (
            Verdict("premise", 0.7)
            if passive
            and (setting.in_assignment or (_RULES.search(before) and not begins_inverted(before)))
            and not has_finite(before)
            else None
        )
    if setting.who.named_in(before) and after.lstrip().startswith("å "):
        return Verdict("expectation", 0.92)
    if _DONE.match(after) and word in ("forutsettes", "forventes", "ventast", "føresett", "forutsetjast"):
        return None if _other_before(before, setting.who) else Verdict("expectation", 0.75)
    if _PRODUCT_NEXT.match(after):
        return (
            None
            if _other_before(before, setting.who) and "departement" not in before
            else Verdict("expectation", 0.8)
        )
    clause = _THAT.search(after)
    if clause is None and word == "forutsettes" and before.strip() == "det":
        return Verdict("expectation", 0.75)
    if clause is None:
        return Verdict("expectation", 0.7) if "krav" in word and setting.who.named_in(low) else None
    return _expected_clause(clause.group(1).strip(), word, setting)


def _set_by_others(word: str, before: str, low: str, setting: Setting) -> bool:
    """ "Direktivet stiller krav til at landene …" is no demand of the sender's."""
    return word.startswith("stiller") and _SENDER.search(before) is None and not setting.who.named_in(low)


def _expected_clause(clause: str, word: str, setting: Setting) -> Verdict | None:
    if clause.startswith("det ikke"):
        return None
    named = setting.who.named_in(clause[:80])
    if _TAKES_PART.search(clause[:120]):
        return Verdict("expectation", 0.75)
    if "grunn" in word:
        passive = find_passive(clause)
        if not named and ((passive and not happens(passive)) or _BECOMES.search(clause)):
            return None if begins_with_other(clause) else Verdict("premise", 0.65)
        if setting.in_assignment and _PORTION.match(clause):
            return Verdict("premise", 0.65)
        must = setting.in_assignment and _MUST.search(clause) and not _CAN.search(clause)
        return Verdict("premise", 0.75) if named or must else None
    if named:
        return Verdict("expectation", 0.93)
    if begins_with_other(clause):
        return None
    demands = (
        _ABOUT_WORK.match(clause)
        or find_passive(clause)
        or _BECOMES.search(clause)
        or _MUST.search(clause)
        or _DEMANDING.search(word)
    )
    return Verdict("expectation", 0.85) if demands else None
