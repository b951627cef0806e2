"""Judge one sentence: does it place a duty on the addressee, and what in it says so?

The order of the tests is the order of how plainly the words speak: a request, an assignment given, a responsibility, an
expectation, a modal verb in the main clause, a present tense that instructs, and at last room ("kan"), which is no duty.
"""

import re
from dataclasses import dataclass

from tillitsrom.reading.addressee import Addressee


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence was found to be: the name of the rule, how sure it is, and whether it only gives room."""

    rule: str
    confidence: float
    authority: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands, as far as it matters for judging it."""

    who: Addressee
    in_assignment: bool = False
    background: bool = False
    reporting: bool = False


_I = re.IGNORECASE
_GATE = re.compile(
    r"\b(?:skal|må|bør|kan|bes|bedes|ber|bed|be|bede|gis|får|gjev|krav|plikt\w*|ansvar\w*|forvente\w*|forutset\w*|føreset\w*"
    r"|ventar|oppfordr\w+|grunn|oppdrag|ses|sees|sjåast|\w{2,}(?:es|ast)|leverer|rapporterer|inkluderer|innebærer|fullmakt\w*|nødvendig)\b",
    _I,
)
_DESCRIPTION = re.compile(
    r"^\W*(?:(?:det|vi|departementet?|departementene|helse- og omsorgsdepartementet|\w+departementet)\s+(?:vises|viser|syner|minner)\b"
    r"|(?:stortinget|regjeringen|regjeringa|finansdepartementet|sivilombudet|riksrevisjonen)\s+(?:ber|ba|har|vil|fattet|vedtok|skal)\b"
    r"|(?:målet?|formålet|føremålet|hensikten|visjonen|ambisjonen|regjeringens mål|det er et mål|eit mål)\b(?!.{0,60}\bbes\b))",
    _I,
)
_STORTING = re.compile(r"\b(?:stortinget\s+ber|ber\s+regjering|bede\s+regjering)", _I)

# --- who acts ------------------------------------------------------------------------------------------------------

_THIRD = re.compile(
    r"\b(?:regjering\w*|storting\w*|departement\w*|\w*departementet|kommunene|kommunane|kommuner|fylkeskommun\w+|statsforvalter\w*"
    r"|statsforvaltar\w*|rhf\w*|helseforetak\w*|\w+direktorat\w*|\w+tilsyn\w*|\w+institutt\w*|nav|politi\w*|statens\s+\w+|ks|arbeidsgiver\w*"
    r"|arbeidsgjevar\w*|\w*leger?|\w*legene|\w*lege|pasient\w*|bruker\w*|brukar\w*|barn\w*|unge|innbygger\w*|innbyggjar\w*|befolkning\w*"
    r"|helsepersonell\w*|medlemm\w*|tjenesten|tjenestene|tenestene|spesialisthelsetjeneste\w*|\w*omsorgstjeneste\w*|sektoren|enkeltperson\w*"
    r"|elev\w*|student\w*|aktør\w*|leverandør\w*|(?:man|en|ein|alle|ingen|noen|nokon)(?=\s*$)|vi|riksrevisjon\w*|foreldre|foresatte|pårørende|ansatte|arbeidstaker\w*"
    r"|bedrifter?|næringsliv\w*|organisasjon\w*|eier\w*|søker\w*|søkjar\w*|skolene|skoler|skulane|barnehage\w*|norge|noreg|eu"
    r"|europa\w*|mottaker\w*|mottakar\w*|hver|enhver|sykepleier\w*|personer|personar|staten)\b",
    _I,
)
_NOT_THIRD = re.compile(
    r"\b(?:alle\s+(?:vesentlige|vesentlege|tiltak|relevante|saker|forslag|utredninger|leveranser|oppdrag|midler|avvik))\b",
    _I,
)
_HEAD_CUT = re.compile(
    r",|\s(?:som|i|for|av|til|om|fra|frå|med|på|knyttet|knytt|mellom|ved|etter|over|mot|under|innen|innenfor|hos|jf\.?|samt)\s",
    _I,
)
_PREFELT = re.compile(
    r"^\W*(?:i|på|ved|for|etter|innen|innenfor|innan|innanfor|som|med|av|til|gjennom|under|mot|fra|frå|om|videre|vidare|samtidig|samstundes"
    r"|herunder|dessuten|derfor|difor|her|dermed|likevel|deretter|da|då|når|dersom|hvis|viss|der|hvor|basert|utover|ut|foruten|hvert|kvart"
    r"|årlig|årleg|tilsvarende|tilsvarande|også|særlig|særleg|spesielt|blant|parallelt|snarest|senest|seinast|inntil|mellom|overfor|uten|utan"
    r"|unntaksvis|normalt|så|slik|sammen|saman|generelt|ettersom|fordi|siden|sidan|selv|først|fyrst|før|jf|jamfør|dernest|endelig"
    r"|som\s+hovedregel|hva|kva|følgelig|løpende|fortsatt|framleis|fremdeles|nå|no|vedrørende|angående|gitt|uavhengig|forut|ellers|elles)\b",
    _I,
)
_ADVERBS = frozenset(
    """også ikke ikkje derfor difor blant annet bl.a. mellom anna i tillegg videre vidare fortsatt framleis likevel alltid særlig særleg minst
    normalt så langt som hovedregel bare berre heller både nå no samtidig dermed da da, løpende årlig årleg primært spesielt fremdeles
    derimot imidlertid aktivt tydelig alle jevnlig eventuelt ev. fremover framover gjerne snarest fortløpende selv sjølv hele tiden
    helst kun aldri dessuten herunder dermed deretter ellers elles snarest først raskt""".split()
)
_SHORT_INFINITIVES = frozenset(
    """gi gje se sjå gå bli få ta ha være vere bistå forstå gjøre gjere sørge syte stå si foreslå innestå forestå påse innse se bestå vise avgi ta tilby
    inngå overta delta motta gjennomgå ivareta oppgi tilrå unngå utgi foreta fremgå framgå iverksette forutse påta anta fastslå tilstå overholde dra
    gjenoppta bidra legge leggje sette setje be inngi ettergå bistå tilse omgå innta vedta""".split()
)

# --- the rules -----------------------------------------------------------------------------------------------------

_ASKED = re.compile(r"\b(?:bes|bedes|bedast|(?:vert|blir)\s+(?:bede|bedt|beden))\b", _I)
_ASKS = re.compile(
    r"\b(?:\w*departement\w*|vi|statsråd\w*|styret|ministeren)\s+(?:\w+\s+){0,3}?(?:ber|bed)\b"
    r"|\b(?:ber|bed)\s+(?:\w+[- ]){0,6}?(?:\w*departement\w*|vi|statsråden)\b|\bvil\s+(?:vi\s+|departementet\s+)?be\b|^\W*(?:ber|bed)\s+om\b",
    _I,
)
_GIVEN = re.compile(
    r"\b(?:gis|får|gjev|gir|blir\s+gitt|vert\s+gitt|får\s+gjennom\s+dette)\b.{0,90}?\b(?:i\s+oppdrag|i\s+oppgave|i\s+oppgåve|som\s+oppgave|oppdraget\s+med|ansvar(?:et)?\s+for\s+å)\b",
    _I,
)
_NOT_GIVEN = re.compile(
    r"\bvil\s+(?:\S+\s+){0,4}?(?:få|gi)\b|\b(?:ble|vart|har\s+fått|fikk|er\s+gitt|er\s+bedt)\b", _I
)
_RESPONSIBLE = re.compile(
    r"\b(?:har|skal\s+ha|tillegges|får)\b(?:\s+\S+){0,5}?\s+(?:hoved|sektor|koordinerings|system|hovud)?ansvar(?:et)?\s+for\s+(?P<what>.{0,70})"
    r"|\ber\s+(?:også\s+)?(?:ansvarlig|ansvarleg|pålagt)\s+(?:for\s+)?(?P<do>å\b|at\b)",
    _I,
)
_ACTION = re.compile(
    r"^(?:å|at)\b|^(?:\S+\s+){0,3}?(?!\S*helse\b)\S*(?:ing|inga|ingen|else|elsen|drift|arbeid|arbeidet|tilsyn|vedlikehold|kontroll)\b",
    _I,
)
_EXPECTS = re.compile(
    r"\b(?:forutset(?:ter|tes|jes|jast)?|føreset(?:jast)?|forvente(?:r|s)|forventar|ventar|ventast|er\s+(?:forventet|forutsatt|føresett|venta)|(?:er|vert|blir)\s+lagt\s+til\s+grunn|(?:legge[rs]?|legg)\s+(?:\w+\s+){0,3}?til\s+grunn"
    r"|er\s+(?:et|eit)\s+krav|(?:stilles|stiller|vert\s+stilt)\s+(?:\w+\s+)?krav\s+(?:til|om)|plikter|pliktar|oppfordres|vert\s+oppmoda|anmodes|er\s+viktig\s+for\s+departementet)\b",
    _I,
)
_MODAL = re.compile(
    r"\b(?:skal|må|bør|vil\s+måtte|vil\s+det\s+være\s+nødvendig\s+å|har\s+plikt\s+til\s+å|(?:er|vert|blir)\s+pålagt\s+å)\b",
    _I,
)
_OPENER = re.compile(
    r"\b(?:som|at|om|hvis|viss|dersom|når|der|hvor|hvordan|korleis|fordi|mens|medan|ettersom|hva|kva|hvilke\w*|hvilken|kva\s+for|hvem|hvorvidt|korvidt|inntil|slik)\b",
    _I,
)
_FINITE = re.compile(
    r"\b(?:er|har|blir|ble|var|kan|vil|må|bør|får|fikk|gis|tas|gjør|gjer|kommer|kjem|finnes|foreligger|gjelder|gjeld|følger|følgjer|ligger|ligg|går|står"
    r"|skjer|inngår|omfatter|vert|mottar|deltar|bidrar|behandler|angir|berører|trenger|ønsker|\w{3,}(?:[^en]es|tes|ast|ert))\b",
    _I,
)
# "som" that compares or names a role opens no clause; a verb right after "som" closes its clause before the modal verb.
_AS = re.compile(
    r"\s+(?:et|en|ein|ei|eit|del|ein del|følge|følgje|ledd|grunnlag|nevnt|nemnt|beskrevet|hovedregel|oppfølging|tillegg|minimum|utgangspunkt|hovudregel)\b",
    _I,
)
_FINITE_ANY = re.compile(
    r"\b(?:er|har|blir|kan|vil|skal|må|bør|får|gis|omfatter|gjelder|inngår|\w{4,}(?:er|es))\b", _I
)
_VERB_NEXT = re.compile(r"\s+(?:ikke\s+|ikkje\s+|også\s+|i\s+dag\s+)?[a-zæøå]{2,}(?:r|rer)\b(?=\s+\S)")
_WHETHER = re.compile(
    r"\b(?:vurder\w*|avklar\w*|avgjør\w*|spørsmål\w*|uavhengig av|undersøk\w*|utred\w*|se på|ta stilling til|usikker\w*)\s*$",
    _I,
)
_PASSIVE = re.compile(
    r"\b(?!felles\b|ellers\b|elles\b|samtlige\b|dens\b|hvis\b|finnes\b|lykkes\b|synes\b|skyldes\b|\w*(?:ene|ane|tjenest|virksomhet)s\b)"
    r"(?:[a-zæøå]{3,}(?:es|ast)|gis|tas|gås|fås|ses|nås|gås|skas)\b"
)
_OUTCOME = re.compile(
    r"^(?:reduseres|økes|aukast|styrkes|styrkast|bedres|forbedres|nås|oppnås|oppfylles|utjevnes|overføres|innføres|erstattes|flyttes|digitaliseres|fases|kunne)$",
    _I,
)
_INVOLVE = re.compile(
    r"\b(?:involveres|inkluderes|konsulteres|høres|høyrast|inviteres|informeres|varsles|orienteres|trekkes|koples|kobles|rådspørres|involverast|inkluderast|bidra|delta|prioriteres|ivaretas|følges)\b",
    _I,
)
_TEXTUAL = re.compile(
    r"(?:rapport|vurdering|plan|besvarels|svar|leverans|utredning|kunnskapsgrunnlag|informasjon|produkt|forslag|notat|skisse|analyse|kartlegging"
    r"|gjennomgang|oversikt|evaluering|redegjørels|status|dokument|søknad|budsjett|regnskap|rekneskap|beskrivels|innspill|anbefaling|undersøkels"
    r"|oppdrag|arbeid|prosjekt|veileder|rettleiar|retningslinje|strategi|materiale|mandat|melding|opplæring|leveranse|veikart)\w*",
    _I,
)
_MONEY = re.compile(
    r"\b(?:tildeling|midl|bevilgning|løyving|løyvd|beløp|tilskudd|tilskot|ramme|ressurs|overføring|innsparing|gevinst|inntekt)\w*",
    _I,
)
_OTHER_DELIVERABLE = re.compile(
    r"\b(?:krav|kravene|krava|tiltak|modell|løsning|løysing|dialog|samarbeid|kommunikasjon|aktivitet|system|virkemid|verkemid|kompetanse|dette|den|innretning|anskaffelse|utlysning|kriteri|vilkår)\w*",
    _I,
)
_CONTENT_VERB = frozenset(
    """inneholde innehalde omfatte inkludere ta bygge byggje baseres dekke dekkje gå foreligge ligge liggje se sjå beskrive redegjøre vise skje følge
    følgje bestå ha synliggjøre fremgå framgå gjelde vurdere belyse drøfte peke innarbeide oppsummere svare skille skilje vektlegge angi finansiere
    omtale kartlegge presentere involvere inngå utrede sees ses oppgi avgrense identifisere tydeliggjøre tallfeste""".split()
)
_IN_WORK = re.compile(
    r"\bi\s+(?:\w+\s+)?(?:vurderingen|utredningen|arbeidet|rapporten|besvarelsen|planen|oppdraget|kartleggingen|forslaget|analysen|vurderinga|utgreiinga)\b",
    _I,
)
_BY_LAW = re.compile(
    r"^\s*(?:etter|ifølge|i\s+henhold\s+til|i\s+følge|etter\s+bestemmelsen\s+i)\s+(?:\w+)?(?:loven|lova|forskriften|bestemmelsen|direktivet|forordningen)\b",
    _I,
)
_MEETING = re.compile(r"\b\w*møte(?:r|t|ne)?\b", _I)
_BE = frozenset(("være", "vere", "bli", "verte", "holde", "haldast"))
_BE_STATE = re.compile(
    r"^(?:\s*(?:derfor|også|alltid|nok|så|særlig|mest|ikke|ikkje|godt|blant annet|minst))*\s*(?!et\b|en\b|ein\b|ei\b|eit\b|\d|med\s+på|til\s+hjelp|nødvendig|grunnlag|mulig|mogleg)\w",
    _I,
)
_PRESENT = re.compile(
    r"\b(?:ses|sees|sjåast)\b.{0,50}?\bi\s+(?:sammenheng|samanheng)\b"
    r"|\b(?:sendes|oversendes|rapporteres|meldes|innrapporteres|fremlegges|framlegges|leveres|sendast|leverast|rapporterast)\b"
    r".{0,80}?(?:departement|riksrevisjon|\binn(?:e|a)n\b|senest|seinast|kopi)"
    r"|\b(?:involveres|involverast)\b.{0,30}?\barbeidet\b|^Dette\s+(?:inkluderer|innebærer|inneber)\s+å\b",
    _I,
)
_SPENT = re.compile(
    r"\b(?:benyttes|brukes|nyttes|nyttast|brukast|disponeres)\s+(?:til|i\s+tråd|i\s+henhold)\b", _I
)
_CONTINUED = re.compile(r"\b(?:videreføres|vidareførast)\b", _I)
_ACTS_BY_DATE = re.compile(
    r"\b(?:leverer|rapporterer|oversender|sender|utarbeider|legger\s+(?:fram|frem)|melder)\b.{0,80}?\b(?:innen|innan|senest|seinast)\b",
    _I,
)
_ACTS_BY_HABIT = re.compile(
    r"\b(?:rapporterer|oversender|utarbeider|leverer|varsler|orienterer|informerer|sender)\b", _I
)
_ROOM = re.compile(
    r"\b(?:gis|gjev|har|får|gir)\b.{0,60}?\b(?:fullmakt|adgang|myndighet|høve)\b.{0,20}?\b(?:til|å)\b|\b(?:delegeres|kan)\b",
    _I,
)
_IMPERSONAL = re.compile(r"^\W*(?:det|dette|disse|den|denne|de|dei)\b", _I)
_LEAD_ADVERB = re.compile(
    r"^\W*(?:(?:også|da|derfor|likevel|videre|ikke|i\s+tillegg|blant\s+annet|bl\.a\.|særlig|som\s+\w+\s+av\s+\w+)\s+)*",
    _I,
)


def judge(plain: str, setting: Setting) -> Verdict | None:
    """The verdict on one sentence without markup, or None when it demands nothing of the addressee."""
    if not _GATE.search(plain) or _DESCRIPTION.match(plain) or plain[0] in '«"“':
        return None
    if "tortinget" in plain and _STORTING.search(plain):
        return None
    for rule in (_request, _assigned, _responsible, _expected, _modal, _present, _room):
        verdict = rule(plain, setting)
        if verdict is not None:
            return verdict
    return None


def signals(plain: str, setting: Setting) -> bool:
    """Whether the text demands something, also when it breaks off at a colon (the stem of a list)."""
    verdict = judge(plain, setting)
    return verdict is not None and not verdict.authority


def _third_before(before: str, who: Addressee) -> bool:
    """Whether someone other than the addressee is the subject that stands before the verb."""
    if _PREFELT.match(before):
        return False
    head = _HEAD_CUT.split(before, maxsplit=1)[0]
    return bool(_THIRD.search(head)) and not who.named_in(before)


def _in_quote(before: str) -> bool:
    return before.count("«") > before.count("»")


def _request(plain: str, setting: Setting) -> Verdict | None:
    asked = _ASKED.search(plain)
    if asked:
        before, after = plain[: asked.start()], plain[asked.end() :]
        if _third_before(before, setting.who) and not re.match(
            r"\s*(?:oversendt|sendt|levert|involvert)", after
        ):
            return None
        if (
            _in_quote(before)
            or re.search(r"\b(?:som|der|hvor|at)\s+(?:\S+\s+){0,3}$", before)
            and not _PREFELT.match(before)
        ):
            return None
        if _PREFELT.match(before) and _other_actor(after, setting.who):
            return None
        return Verdict("request_passive", 0.96)
    asks = _ASKS.search(plain)
    if asks is None or _in_quote(plain[: asks.start()]):
        return None
    after = plain[asks.end() :]
    if _other_actor(re.sub(r"^\s*(?:om\s+)?(?:at\s+)?", "", after), setting.who):
        return None
    return Verdict("request", 0.97)


def _other_actor(after: str, who: Addressee) -> bool:
    """Whether the words after the verb begin with someone who is not the addressee."""
    start = _LEAD_ADVERB.match(after)
    rest = after[start.end() if start else 0 :][:70]
    if who.named_in(rest):
        return False
    third = _THIRD.match(rest)
    return third is not None


def _assigned(plain: str, setting: Setting) -> Verdict | None:
    match = _GIVEN.search(plain)
    if match is None or _NOT_GIVEN.search(plain[: match.end()]):
        return None
    return Verdict("assigned", 0.95) if setting.who.named_in(plain) else None


def _responsible(plain: str, setting: Setting) -> Verdict | None:
    match = _RESPONSIBLE.search(plain) if "ansvar" in plain or "pålagt" in plain else None
    if match is None:
        return None
    before = plain[: match.start()]
    subject = before if before.strip() and not _PREFELT.match(before) else plain[match.start() : match.end()]
    if not setting.who.named_in(_HEAD_CUT.split(subject + " ", maxsplit=1)[0]) and not setting.who.named_in(
        match.group()
    ):
        # A unit of the addressee is the addressee too, unless it is one of the bodies we know to be others.
        if _THIRD.search(subject) or not re.search(
            r"[A-ZÆØÅ]{3,}|\b(?:avdeling|seksjon|enhet|leder|direktør)", subject
        ):
            return None
        if not _ACTION.match(match.group("what") or "å"):
            return None
        return Verdict("responsibility", 0.6)
    if re.search(r"\b(?:som|der|at)\s+(?:\S+\s+){0,2}$", before):
        return None
    return Verdict("responsibility", 0.85) if _ACTION.match(match.group("what") or "å") else None


def _expected(plain: str, setting: Setting) -> Verdict | None:
    match = _EXPECTS.search(plain)
    if match is None:
        return None
    before, after, word = plain[: match.start()], plain[match.end() :], match.group().lower()
    if re.search(r"\b(?:som|hva|kva)\s+(?:\S+\s+){0,2}$", before) or _in_quote(before):
        return None
    if re.match(r"plikt|oppfordr|vert\s+oppm|anmod", word):
        return Verdict("expectation", 0.9) if not _third_before(before, setting.who) else None
    if "grunn" in word and not re.match(r"\W*(?:\w+\s+){0,3}?at\b", after):
        # "ber om at følgende forutsetninger legges til grunn" is a request and was found before.
        passive = ("legges" in word or "leggjast" in word) and not re.search(r"\bat\b", after[:90])
        return (
            Verdict("premise", 0.7)
            if passive and setting.in_assignment and not _FINITE.search(before)
            else None
        )
    if setting.who.named_in(before) and re.match(r"\s*å\b", after):
        return Verdict("expectation", 0.92)
    clause = re.search(r"\bat\b(.*)", after, re.DOTALL)
    if clause is None:
        return Verdict("expectation", 0.7) if "krav" in word and setting.who.named_in(plain) else None
    return _expected_clause(clause.group(1), word, setting)


def _expected_clause(clause: str, word: str, setting: Setting) -> Verdict | None:
    if re.match(r"\s*det\s+ikke\b", clause):
        return None
    named = setting.who.named_in(clause[:80])
    if "grunn" in word:
        if named or (
            setting.in_assignment
            and re.search(r"\b(?:skal|må)\b", clause)
            and not re.search(r"\bkan\b", clause)
        ):
            return Verdict("premise", 0.75)
        return None
    if named:
        return Verdict("expectation", 0.93)
    if _THIRD.match(clause.strip()):
        return None
    return (
        Verdict("expectation", 0.85)
        if _PASSIVE.search(clause) or _MODAL.search(clause) or "forut" in word or "føreset" in word
        else None
    )


def _modal(plain: str, setting: Setting) -> Verdict | None:
    for match in _MODAL.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :]
        if _in_quote(before) or _subordinate(before):
            continue
        if _BY_LAW.match(after) and not setting.who.named_in(before):
            return None
        if "nødvendig" in match.group():
            return Verdict("modal_necessary", 0.7) if setting.in_assignment else None
        return _modal_verdict(before, match.group().lower(), after, setting)
    return None


def _subordinate(before: str) -> bool:
    """Whether the modal verb after `before` belongs to a subordinate clause."""
    cut = max(before.rfind(","), before.rfind(";"), before.rfind(":"))
    segment = before[cut + 1 :]
    opener = None
    for found in _OPENER.finditer(segment):
        if found.group().lower() != "som" or not _AS.match(segment, found.end()):
            opener = found
    if opener is None:
        return False
    word, between = opener.group().lower(), segment[opener.end() :]
    initial = not before[: cut + 1 + opener.start()].strip(" *–-")
    if word == "at":
        return _new_main_clause(between) is None
    if word == "slik":
        return False
    if word == "om":
        return bool(
            _WHETHER.search(segment[: opener.start()]) or _WHETHER.search(before[: cut + 1].rstrip(", "))
        )
    if word == "som" and initial:
        return False
    if word == "der" and initial:
        return False
    if _new_main_clause(between) is not None:
        return False
    return _FINITE.search(between) is None and not (word == "som" and _VERB_NEXT.match(between))


_AND_SUBJECT = re.compile(
    r".*\b(?:og|men)\s+((?:\S+\s+){0,3}(?:denne|dette|det|den|disse|direktoratet|etaten|virksomheten)\s*|)$",
    re.DOTALL | _I,
)


def _new_main_clause(between: str) -> str | None:
    """The subject of a new main clause after "og" or "men", when there is one."""
    if len(between) > 400:
        between = between[-400:]
    match = _AND_SUBJECT.match(between)
    return match.group(1) if match and match.group(1) and _FINITE.search(between) else None


def _first_verb(after: str) -> str:
    for raw in after.split()[:14]:
        word = raw.strip(",.;:()*").lower()
        if (
            word
            and word not in _ADVERBS
            and (word in _SHORT_INFINITIVES or word[-1:] == "e" or _PASSIVE.fullmatch(word))
        ):
            return word
        if word and word not in _ADVERBS and raw[-1:] not in ",." and len(word) > 2 and word[-1:] not in "er":
            continue
    return ""


_CLAUSE = re.compile(r"(?:,\s+(?:men|og|samt|mens|medan|so|så)|;)\s+([^,;]{3,160})$", _I)


def _last_clause(before: str) -> str:
    """The clause that the verb belongs to: what follows the last ", men" or ", og", when that is a clause."""
    found = _CLAUSE.search(before[-200:]) if "," in before or ";" in before else None
    return (
        found.group(1) if found and _FINITE_ANY.search(before[: -len(found.group(0))]) else before
    ).strip()


def _subject(before: str, after: str) -> tuple[str, bool]:
    """The words that hold the subject, and whether it stands after the verb."""
    renewed = _new_main_clause(before)
    if renewed:
        return renewed, False
    stripped = _last_clause(before)
    if not stripped or _PREFELT.match(stripped) or stripped[-1:] in ",:":
        start = _LEAD_ADVERB.match(after)
        return after[start.end() if start else 0 :][:90], True
    return stripped, False


_THE_SAME = re.compile(r"^\W*(?:det|tilsvarende)\s+(?:samme|same)\s*$", _I)


def _modal_verdict(before: str, modal: str, after: str, setting: Setting) -> Verdict | None:
    subject, inverted = _subject(before, after)
    head = subject if inverted else _HEAD_CUT.split(subject + " ", maxsplit=1)[0]
    strength = -0.1 if modal == "bør" else 0.0
    if setting.in_assignment and not setting.background and _THE_SAME.match(before):
        return Verdict("modal_same", 0.5)
    if _addressee_acts(head, inverted, setting):
        return Verdict("modal_addressee", 0.96 + strength)
    if setting.background:
        return None
    verb = "" if inverted else _first_verb(after)
    passive = _PASSIVE.search(after[:200]) if inverted else (_PASSIVE.fullmatch(verb) if verb else None)
    if _IMPERSONAL.match(head):
        return _impersonal(head, after, passive, verb, setting, strength)
    third = _THIRD.match(head.lstrip()) if inverted else _THIRD.search(head)
    if third and not _NOT_THIRD.search(head):
        if passive and _INVOLVE.search(after) and (setting.in_assignment or _INVOLVE.search(passive.group())):
            return Verdict("modal_involve", 0.75 + strength)
        return None
    if passive:
        return _passive_verdict(head, passive.group(), setting, strength)
    return _thing_acts(head, verb, after, setting, strength)


def _addressee_acts(head: str, inverted: bool, setting: Setting) -> bool:
    match = setting.who.pattern.search(head)
    if match is None:
        return False
    if (
        match.group()[-1:] in "s'"
        and head[match.end() : match.end() + 2].strip()[:1].isalpha()
        and not inverted
    ):
        # "Direktoratets vurdering": the vurdering is the subject, not the direktorat.
        return (
            not re.search(r"s$", match.group())
            or match.group().lower().endswith(("helsenett sfs", "partenes")) is None
        )
    if inverted:
        gap = head[: match.start()]
        return not gap.strip() or (len(gap) < 60 and bool(re.search(r"(?:\bog|,|\bsamt)\s*$", gap)))
    return True


def _impersonal(
    head: str, after: str, passive: "re.Match[str] | None", verb: str, setting: Setting, strength: float
) -> Verdict | None:
    if re.match(r"\W*(?:de|dei|disse|den)\s+\w", head, _I) and not passive:
        return _thing_acts(head, verb, after, setting, strength)
    if passive is None:
        passive = _PASSIVE.search(after[:60])
    if (
        passive
        and _MEETING.search(after[:120])
        and re.match(r"(?:av)?holdes|haldast|gjennomføres|berammes", passive.group())
    ):
        return None
    if passive and not _OUTCOME.match(passive.group()):
        return Verdict("modal_impersonal", 0.86 + strength)
    if re.match(
        r"\s*(?:\w+\s+){0,3}?(?:skje|legges|gå|gjelde|ligge|bygge|dekke|finansiere|inngå|omfatte|inneholde|ta utgangspunkt)\b",
        after,
    ):
        return Verdict("modal_impersonal", 0.8 + strength)
    if setting.in_assignment and re.match(
        r"\s*(?:bli\s+)?(?:også\s+)?(?:være|vere|inngå)\s+(?:tydelig|klart|del)", after
    ):
        return Verdict("modal_impersonal", 0.6 + strength)
    return None


_OPEN_TERMS = re.compile(r"\b(?:frist(?:er|en)?|innretning|oppdragstekst)\b", _I)


def _passive_verdict(head: str, verb: str, setting: Setting, strength: float) -> Verdict | None:
    if _OUTCOME.match(verb) or (
        re.match(r"avklares|fastsettes|diskuteres|avtales", verb) and _OPEN_TERMS.search(head)
    ):
        return None
    return Verdict("modal_passive", (0.85 if setting.in_assignment else 0.8) + strength)


def _thing_acts(head: str, verb: str, after: str, setting: Setting, strength: float) -> Verdict | None:
    """A thing is the subject: a demand when the thing is the addressee's to make or to spend."""
    textual = _TEXTUAL.search(head)
    money = _MONEY.search(head)
    if verb in _BE:
        rest = after[after.find(verb) + len(verb) :] if verb in after else ""
        if money and re.match(r"\s*[\d(]", rest):
            return None
        if re.match(r"\s*(?:en|ein)\s+(?:integrert|naturlig|naturleg|sentral|fast)\s+del\s+av\b", rest):
            return Verdict("modal_thing_state", 0.7 + strength)
        if (textual or setting.in_assignment or setting.reporting) and _BE_STATE.match(rest):
            return Verdict("modal_thing_state", 0.72 + strength)
        return None
    if setting.in_assignment and verb in _CONTENT_VERB and _IN_WORK.search(after[:120]):
        return Verdict("modal_thing", 0.75 + strength)
    if verb in _CONTENT_VERB and (textual or money or _OTHER_DELIVERABLE.search(head)):
        return Verdict("modal_thing", 0.82 + strength)
    if verb == "gi" and textual and not setting.background:
        return Verdict("modal_thing", 0.65 + strength)
    if setting.reporting and verb in _CONTENT_VERB:
        return Verdict("modal_thing", 0.75 + strength)
    if money and verb in ("dekke", "gå", "bidra", "stimulere", "sikre", "brukes", "finansiere"):
        return Verdict("modal_money", 0.8 + strength)
    return None


def _present(plain: str, setting: Setting) -> Verdict | None:
    if setting.background:
        return None
    match = _PRESENT.search(plain)
    if match:
        return Verdict("instructing_present", 0.75) if not _subordinate(plain[: match.start()]) else None
    if _SPENT.search(plain) and _MONEY.search(plain[:80]):
        return Verdict("instructing_present", 0.75)
    if setting.in_assignment and _CONTINUED.search(plain) and not re.match(r"\W*oppdraget\b", plain, _I):
        return Verdict("instructing_present", 0.6)
    if setting.reporting and _ACTS_BY_HABIT.search(plain):
        before = plain[: _ACTS_BY_HABIT.search(plain).start()]  # type: ignore[union-attr]
        if setting.who.named_in(before) and len(before) < 60 and not _OPENER.search(before):
            return Verdict("instructing_present", 0.6)
    if _ACTS_BY_DATE.search(plain) and setting.who.named_in(plain):
        return Verdict("instructing_present", 0.7)
    return None


def _room(plain: str, setting: Setting) -> Verdict | None:
    match = _ROOM.search(plain)
    if match is None or setting.background or _subordinate(plain[: match.start()]):
        return None
    before, after = plain[: match.start()], plain[match.end() :]
    if match.group().lower() != "kan":
        return Verdict("authority", 0.8, authority=True) if setting.who.named_in(plain) else None
    subject, inverted = _subject(before, after)
    head = subject if inverted else _HEAD_CUT.split(subject + " ", maxsplit=1)[0]
    if _addressee_acts(head, inverted, setting):
        return Verdict("authority", 0.75, authority=True)
    if setting.in_assignment and _PASSIVE.match(after.strip()):
        return Verdict("authority", 0.55, authority=True)
    return None
