"""The rules for things as subjects of a modal verb: what is to be done with them, what they are to hold, how they are to be.

Text is in small letters. A thing is the addressee's matter when it is text, money or work of its own.
"""

from tillitsrom.reading.verdicts import Setting, Verdict
from tillitsrom.reading.words import pattern, wordlist

# Changes in the world that are aims rather than tasks.
_OUTCOME = wordlist(
    """reduserast aukast reduseres økes aukast styrkes styrkast bedres forbedres nås oppnås oppfylles utjevnes overføres innføres erstattes flyttes digitaliseres fases overførast innførast erstattast flyttast digitaliserast betrast utjamnast oppfyllast nåast
    reduserast forbetrast halveres halverast dobles doblast fordobles tredobles tredoblast kuttes kuttast minskes minkast snus snuast"""
)
_OWN_OPERATION = pattern(
    r"konsulent|\bovertid|innleie|innleige|vikarbruk|saksbehandling|sakshandsaming|sykefravær|sjukefråvær|restanse|reiseaktivitet|tjenestereise|tenestereise|energibruk|administrativ|administrasjons|egen\s+drift|eiga\s+drift|internhusleie"
)
ACTION_NOUN = pattern(
    r"^\W*tilsyn\b|\b\w{4,}(?:ingen|inga|ingene|ingane|elsen|elsene|asjonen|ering|sjonen|analysen|arbeidet|tilsyn|tilsynet|tilsyna|tilsynene|kurset|opplegget|innsatsen)\b"
)
_CHANGE = wordlist(
    "overføres innføres erstattes flyttes digitaliseres overførast innførast erstattast flyttast digitaliserast"
)
_QUANTITY = pattern(
    r"^\W*(?:(?:minst|inntil|om\s+lag|minimum)\s+)?(?:\d+|én|ett|to|tre|fire|fem|seks|ein|eitt)\s"
)
# Something that the assignment has spoken of: "aksjonen", "tilbudet"; no law and no reform.
_THE_THING = pattern(
    r"^\W*(?!\w*(?:lov(?:en|a)|reform(?:en|a)|forskrift(?:en|a)|ordning(?:en|a)|meldingen|meldinga|tjenesten|tenesta)\b)\w{4,}(?:en|et|a|ene|ane)\W*$"
)
_AIMS = wordlist(
    "gi gje bidra sikre føre styrke gjøre gjere hjelpe fremme fremje medføre skape øke auke redusere understøtte støtte bedre forbedre legge leggje gi medvirke medverke være vere bli"
)
_TEXTUAL = pattern(
    r"(?:resultat|hoved|hovud|analyse|risiko|tekst|regnskaps|rekneskaps)delen|\bdel\s+[ivx]+\b|\bkapit(?:tel|let|la)|innsigelse|motsegn|uttalelse|fråsegn|omtale|rutine|prognose|kalender|protokoll|instruks|avtale|rapport|vurdering|plan|besvarels|svar|leverans|utredning|kunnskapsgrunnlag|informasjon|produkt|forslag|notat|skisse|analyse|kartlegging"
    r"|gjennomgang|oversikt|evaluering|redegjørels|status|dokument|søknad|budsjett|regnskap|rekneskap|beskrivels|innspill|anbefaling|undersøkels"
    r"|oppdrag|arbeid|prosjekt|veileder|rettleiar|retningslinje|strategi|materiale|mandat|melding|skildring|skjema|\blogg|registrering|\btall|\btal(?:a|et)\b|indeks|\bliste|\bmal(?:en|ane|ene)?\b|måling|oversyn|brev|register|verktøy|metode|rutine|referat|sammendrag|samandrag|statistikk|dokumentasjon|opplæring|veikart|utgreiing"
)
MONEY = pattern(
    r"avsetning|avsetjing|merutgift|meirutgift|utgift|overskudd|overskot|innsparing|tildeling|bevilgning|løyving|tilskudd|tilskot|\b(?:midl(?:er|ene|ar|ane)|løyvd|beløp|ramm[ea]|ressurs|overføring|innsparing|gevinst|inntekt)"
)
_OTHER_DELIVERABLE = pattern(
    r"\b(?:krav|tiltak|modell|løsning|løysing|dialog|samarbeid|kommunikasjon|aktivitet|system|virkemid|verkemid|kompetanse|dette|den|innretning"
    r"|anskaffelse|utlysning|kriteri|vilkår|søknad|kommunikasjon|representasjon)"
)
_CONTENT_VERB = wordlist(
    """besvare forklare redegjere utgreie tallfeste talfeste inneholde innehalde omfatte inkludere ta bygge byggje baseres dekke dekkje gå foreligge ligge liggje se sjå beskrive redegjøre vise skje følge
    følgje bestå ha synliggjøre fremgå framgå gjelde overstige overskride vurdere belyse drøfte peke innarbeide oppsummere svare skille skilje vektlegge angi finansiere
    legge leggje munne dokumentere bygge oppfylle oppfylle skille skilje omtale kartlegge presentere syne involvere inngå utrede sees ses oppgi avgrense identifisere tydeliggjøre tallfeste"""
)
_IN_WORK = pattern(
    r"\bi\s+(?:\w+\s+)?(?:vurderingen|utredningen|arbeidet|rapporten|besvarelsen|planen|oppdraget|kartleggingen|forslaget|analysen|vurderinga|utgreiinga"
    r"|beskrivelsen|oversikten|evalueringen|gjennomgangen|redegjørelsen|notatet|svaret|leveransen|oppsummeringen|veilederen|strategien|gjennomgåinga|kartlegginga|skildringa|evalueringa)\b"
)
_MEETING = pattern(r"møte(?:r|t|ne)?\b")
_BE = frozenset(("være", "vere", "bli", "verte", "holde", "haldast"))
_STATE = pattern(
    r"^(?:\s*(?:derfor|også|alltid|nok|så|særlig|mest|ikke|ikkje|godt|blant annet|minst)\b)*\s*"
    r"(?!et\b|en\b|ein\b|ei\b|eit\b|\d|med\s+på|til\s+hjelp|nødvendig|grunnlag|mulig|mogleg)\w"
)
_READY = pattern(
    r"^\s*(?:(?:til\s+enhver\s+tid|til\s+ei?kvar\s+tid)\s+)?(?:\w+\s+){0,2}?(?:vedtatt|vedteke|oppdaterte?|ferdigstilt|utarbeidd?|dokumentert|etablert|gjennomført|ferdig\w*|avsluttet|iverksatt|implementert|levert|oversendt|beskrevet|forankret|oppdatert"
    r"|klarerte?|avklarte?|godkjente?|godkjende?|forelagt|drøfta|drøftet|kjent\s+for|på\s+plass|i\s+drift|i\s+bruk|i\s+tråd|i\s+samsvar|i\s+henhold|tilgjengelig\w*\s+(?:for|på|innen)|dokumentert|gjennomførte?|avslutta|oppdaterte?)\b"
)
_NOT = pattern(r"\s*(?:\w+\s+)?(?:ikke|ikkje|aldri)\b")
_TO_GROUND = pattern(r"\s*(?:\w+\s+)?(?:ligge|liggje)\s+(?:\w+\s+)?til\s+grunn\b")
_RULE_NOUN = pattern(r"prinsipp|retningslinj|standard|veileder|rettleiar|\bregl|verdi(?:en|ane|ene)\b")
_ABOUT_PERSONS = pattern(
    r"opplysning\w*|personnummer|fødselsnummer|\badress\w*|\b(?:navn|namn)\w*|persondata|identitet\w*|oppholdssted|opphaldsstad|familieforhold|familietilhøve|vaktlist\w*"
)


def is_ground(head: str, after: str) -> bool:
    """Whether a principle or a standard is to be the ground of the work."""
    return _TO_GROUND.match(after) is not None and _RULE_NOUN.search(head) is not None


def is_kept_back(head: str, after: str) -> bool:
    """Whether what would tell who somebody is must not be let out ("Søkernes adresse skal ikke stå i listene")."""
    return _NOT.match(after) is not None and _ABOUT_PERSONS.search(head) is not None


_PEOPLE = pattern(
    r"\b(?:folk|menneske\w*|reisende|reisande|passasjer\w*|beboer\w*|bebuar\w*|eldre|kunde[rn]\w*|kundar|kundane|gjester|gjestar)\b"
)
# "Hovedregelen", "utgangspunktet": what is to be the rule binds.
_THE_RULE = pattern(
    r"\s*(?:\w+\s+)?(?:hovedregelen|hovudregelen|hovedregel|hovudregel|regelen|utgangspunktet|normalen)\b"
)
_BY_THEN = pattern(
    r"\s*(?:\w+\s+)?(?:\w{3,}(?:t|dd|de|te)|departement\w*\s+i\s+hende|hos\s+\w*departement\w*)\b[^.;]{0,90}?\b(?:innen|innan|senest|seinast)\b|\s*(?:\w+\s+)?(?:\w*departement\w*|riksrevisjonen)\s+i\s+hende\b"
)
_PART_OF = pattern(
    r"\s*(?:en|ein)\s+(?:(?:integrert|naturlig|naturleg|sentral|fast|viktig)\s+del\s+av\b|del\s+av\s+(?:alle|arbeidet|oppdraget|planen|rapporten|vurderingen)\b)"
)
_HOLD = pattern(r"(?:av)?holdes|haldast|gjennomføres|berammes")
_OPEN_TERMS = pattern(r"\b(?:frist(?:er|en)?|innretning|oppdragstekst)\b")
_SETTLED_LATER = pattern(r"avklares|fastsettes|diskuteres|avtales")
_DATED = pattern(
    r"\b(?:innen|innan|senest|seinast)\s+(?:\d|utgangen|slutten|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
)
_WITHIN = pattern(r"\s*(?:\w+\s+)?(?:ligge|liggje|holde\s+seg|halde\s+seg)\s+(?:innenfor|innanfor|under)\b")
_LEADS = frozenset(("medføre", "føre", "innebære", "innebere"))


# What an assignment makes: "løsningen", "portalen". A service, a reform or a law is no product.
_PRODUCT = pattern(
    r"^\W*(?:(?:den|det|de|dei)\s+\w+\s+)?\w*(?:løsning|løysing|portal|plattform|katalog|database|app|verktøy|system|modul|nettside|nettsted|nettstad|kurs|guide|skjema|tilbud|tilbod|modell|pakke"
    r"|film|grensesnitt|kanal|bibliotek|kart|nettverk|pilot|prøveprosjekt|forsøk|standard|kalkulator|varsel|varsl)(?:en|et|a|ene|ane|n)?\W*$"
)
_TECHNICAL = pattern(
    r"løsning|løysing|portal|plattform|database|app(?:en|a)?\W*$|verktøy|system|modul|nettside|grensesnitt"
)
_PORTION = pattern(
    r"^\W*(?:minst|inntil|høyst|høgst|minimum|om\s+lag)\s+(?:halvparten|halvdelen|\w+\s+(?:av|prosent|pst\.?|mill\.?|mrd\.?|kroner|firedel\w*)\b|(?:en|ein|to)\s+\w*del\w*|\d)"
)
_GOES_TO = pattern(
    r"\s*(?:\w+\s+)?(?:gå|brukes|nyttes|nyttast|brukast|fordeles|fordelast|tildeles|settes\s+av|setjast\s+av)\b"
)
_EFFORT = pattern(r"^\W*(?:\w+\s+)?\w*(?:innsatsen|kampen|bekjempelsen|satsingen|satsinga|satsningen)\b")
_SUM = pattern(r"^\W*(?:\w+\s+)?\d[\d,. ]*\s*(?:mill|mrd|kroner|kr\b)")
_GOES_LATER = pattern(
    r"\b(?:gå\s+til|brukes\s+til|nyttes\s+til|nyttast\s+til|brukast\s+til|fordeles|settes\s+av)\b"
)
_LASTING = pattern(r"utvikling|økning|auke|vekst|nedgang|endring|trend")
_POST = pattern(r"^\W*(?:kap(?:ittel|\.)?\s*\d+,?\s*)?post\s+\d")
_CAN = pattern(r"\s*(?:\w+\s+){0,2}?kunne\s")
_GIVES_EASE = pattern(
    r"\bgi\s+(?:\S+\s+){0,3}?(?:trygghet|tryggleik|hjelp|støtte|bedre|betre|økt|auka|mer|meir|større|likere|like)\b"
)


def can_be_done(after: str) -> bool:
    """Whether it is demanded that a thing can be done ("skal kunne tas hjemmefra"), which is how a product is to be."""
    return _CAN.match(after) is not None


def portion(head: str, after: str, setting: Setting, less: float) -> Verdict | None:
    """ "Minst halvparten skal gå til …" of money, and "minst tre av stedene skal …" in an assignment."""
    if _PORTION.match(head) is None and _SUM.match(head) is None:
        return None
    if _GOES_TO.match(after) or (_SUM.match(head) and _GOES_LATER.search(after[:90])):
        return Verdict("modal_money", 0.75 - less)
    if not setting.in_assignment or setting.opening or _SUM.match(head):
        return None
    return Verdict("modal_thing", 0.7 - less)


def passive_of(head: str, verb: str, setting: Setting, less: float) -> Verdict | None:
    """Something is to be done with a thing, and nobody is named: the addressee is plainly meant."""
    if verb in _OUTCOME and (setting.common or _OWN_OPERATION.search(head) or _QUANTITY.match(head)):
        return Verdict("modal_passive", 0.75 - less)
    if verb in _CHANGE and setting.who.standing:
        return Verdict("modal_passive", 0.65 - less)
    if verb in _OUTCOME or (_SETTLED_LATER.match(verb) and _OPEN_TERMS.search(head)):
        return None
    if is_meeting(verb, head, setting):
        return None
    return Verdict("modal_passive", (0.85 if setting.in_assignment else 0.8) - less)


def thing(head: str, verb: str, after: str, setting: Setting, less: float) -> Verdict | None:
    """A thing is the subject: a demand when the thing is the addressee's to make or to spend."""
    # What the addressee owns ("tilsynets kommunikasjon") is its own as text is.
    textual = _TEXTUAL.search(head) is not None or setting.who.named_in(head)
    money = MONEY.search(head) is not None
    if verb in _BE:
        return _state(head, after[after.find(verb) + len(verb) :], textual, money, setting, less)
    if verb in _CONTENT_VERB and not (setting.in_assignment and not setting.opening and _NOT.match(after)):
        return _content(head, after, textual or money, setting, less)
    work = textual or ACTION_NOUN.search(head) is not None
    if verb in ("fortsette", "halde") and (work or _EFFORT.search(head)) and not _LASTING.search(head):
        return Verdict("modal_thing", 0.7 - less)
    if work and verb not in ("", "gi", "gje") and after.rstrip().endswith(":"):
        return Verdict("modal_thing", 0.75 - less)
    if (textual and _acts_in_assignment(verb, setting)) or _works_as_product(head, verb, setting):
        return Verdict("modal_thing", 0.65 - less)
    if verb in _LEADS and work and _NOT.match(after):
        return Verdict("modal_thing", 0.7 - less)
    if verb in ("gi", "gje") and textual and not _GIVES_EASE.search(after[:60]):
        return Verdict("modal_thing", 0.65 - less)
    # What must not happen to a thing is a demand, also where nobody is named ("skal ikke følge med over").
    near = setting.in_assignment and not setting.opening and not _PEOPLE.search(head)
    keeps_out = near and verb not in _AIMS and verb not in _LEADS
    if (setting.who.standing or keeps_out) and verb and _NOT.match(after):
        return Verdict("modal_thing", 0.65 - less)
    if money and verb in ("bidra", "stimulere", "sikre"):
        return Verdict("modal_money", 0.75 - less)
    return None


def _acts_in_assignment(verb: str, setting: Setting) -> bool:
    """Whether the verb says what a product does, and is no aim, in an assignment that has demanded something already."""
    return bool(verb) and verb not in _AIMS and setting.in_assignment and not setting.opening


def _works_as_product(head: str, verb: str, setting: Setting) -> bool:
    """Whether a sentence says what a product that is being made must do ("Portalen skal hente …")."""
    if not verb or not setting.in_assignment or setting.opening or not _PRODUCT.match(head):
        return False
    return verb not in _AIMS or (verb in ("støtte", "understøtte") and _TECHNICAL.search(head) is not None)


# "Fagområder med lang ventetid skal ha en egen plan": somebody must make it.
_HAS_TEXT = pattern(
    r"\s*(?:\w+\s+)?ha\s+(?:(?:en|ein|ei|et|eit)\s+)?(?:\w+\s+){0,2}?\w*(?:plan|planer|planar|rutine|rutiner|avtale|avtaler|oversikt|strategi|retningslinjer|beredskapsplan\w*)\b"
)


def _content(head: str, after: str, own: bool, setting: Setting, less: float) -> Verdict | None:
    """ "X skal inneholde …": a demand on what a thing of the addressee's is to hold."""
    if (
        " ha " in f" {after[:40]}"
        and _HAS_TEXT.match(after)
        and setting.in_assignment
        and not setting.opening
    ):
        return Verdict("modal_thing", 0.7 - less)
    if own or _OTHER_DELIVERABLE.search(head) or _POST.match(head):
        return Verdict("modal_thing", 0.82 - less)
    if (
        setting.reporting
        or setting.common
        or setting.who.standing
        or (setting.in_assignment and _IN_WORK.search(after[:120]))
    ):
        return Verdict("modal_thing", 0.75 - less)
    if _DATED.search(after) or _WITHIN.match(after):
        return Verdict("modal_thing", 0.65 - less)
    spoken_of = not setting.opening and _THE_THING.match(head)
    if setting.in_assignment and (spoken_of or ACTION_NOUN.search(head)):
        return Verdict("modal_thing", 0.65 - less)
    return None


def _state(head: str, rest: str, textual: bool, money: bool, setting: Setting, less: float) -> Verdict | None:
    """ "X skal være …": a demand on how a product is to be, not what a thing is for."""
    if money and rest.lstrip()[:1] in "0123456789(":
        return None
    if _THE_RULE.match(rest):
        return Verdict("bound", 0.7 - less)
    if _BY_THEN.match(rest):
        return Verdict("modal_thing_state", 0.75 - less)
    if _PART_OF.match(rest):
        return Verdict("modal_thing_state", 0.7 - less)
    close = (
        textual
        or ACTION_NOUN.search(head)
        or setting.in_assignment
        or setting.reporting
        or setting.who.standing
    )
    if _READY.match(rest) or (close and _STATE.match(rest)):
        return Verdict("modal_thing_state", 0.72 - less)
    return None


def verb_after_subject(after: str) -> str:
    """The infinitive after a subject that follows the modal verb, where it is one that the rules know."""
    for raw in after.split(maxsplit=12)[:12]:
        word = raw.strip(",.;:()*")
        if word in _CONTENT_VERB or word in _BE:
            return word
    return ""


def is_own_text(head: str) -> bool:
    """Whether the thing is text of the addressee's own: a report, a plan, an analysis."""
    return _TEXTUAL.search(head) is not None


def cuts_down(head: str) -> bool:
    """Whether the thing is the addressee's own running that may be cut down: consultants, travels, time in the queue."""
    return _OWN_OPERATION.search(head) is not None


def happens(verb: str) -> bool:
    """Whether the passive tells of a change in the world rather than of a task."""
    return verb in _OUTCOME


def is_meeting(verb: str, text: str, setting: Setting) -> bool:
    """Whether the words tell that a meeting is held between the two; in an instruction the meetings are the addressee's own."""
    return not setting.who.standing and _HOLD.match(verb) is not None and _MEETING.search(text) is not None


def tells(verb: str) -> bool:
    """Whether the verb says what a product is to tell, and no aim."""
    return verb in _CONTENT_VERB or verb in ("si", "seie", "nevne", "nemne")
