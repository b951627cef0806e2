"""Who has a duty: the noun phrase that is told to act, brought to one of ten kinds. All text here is in small letters."""

from tillitsrom.reading.words import pattern, wordlist

ORDER = (
    "kommune",
    "fylkeskommune",
    "departement",
    "direktorat",
    "statsforvalter",
    "virksomhet",
    "organ",
    "arbeidsgiver",
    "enhver",
    "andre",
)

# By kind, how a noun begins or what it is made of; the first that fits counts.
_KINDS = (
    ("fylkeskommune", pattern(r"fylkeskommun|fylkesting|fylkesråd|fylkesutval|fylkesordfør|fylkesdirektør")),
    ("statsforvalter", pattern(r"statsforvalt|fylkesmann|fylkesmenn|fylkeslege|statsforvaltar")),
    (
        "kommune",
        pattern(
            r"kommune(?!nes?\s+sentral)|kommunal|kommunestyre|formannskap|byråd|bystyre|ordfører|ordførar|barnevern(?:s?tjeneste|s?teneste|tenest)|barnehagemyndig"
            r"|barnehagestyresmakt|planmyndig|planstyresmakt|bygningsmyndig|byggesaksm|forureiningsstyr|lokal\w*\s+matrikkel|skuleeigar|skoleeier|kontrollutval"
            r"|krisesenter|helsestasjon|brannvesen|brannsjef|havnemyn"
        ),
    ),
    ("departement", pattern(r"departement|kongen|regjering|statsråd|ministeren|utanriks|finansminister")),
    (
        "direktorat",
        pattern(
            r"direktorat|\w+tilsynet|tilsynet\b|instituttet\b|\w+verket\b|\w+etaten\b|^nav\b|arbeids-\s*og\s*velferds|staten\b|^stat\b|statlig|statleg|politi|tollmyn|skattemyn"
            r"|skattekontor|skattestyres|patentstyret|kartverk|riksarkiv|nasjonalbibliotek|lånekassen|lånekassa|utlendingsnemn|havari|garantikassen|påtalemyn|lensmann"
            r"|namsmann|sysselmester|sysselmeister|riksantikvar|brønnøysund|registerfører|registerførar|foretaksregist|føretaksregist|folkeregister|tolletaten|tinglys|norad\b|enova|forsvaret|domstoladm"
            r"|ombud|statistisk|tilsynsmyn|tilsynsorgan|statens\b|rådmannen"
        ),
    ),
    ("arbeidsgiver", pattern(r"arbeidsgiv|arbeidsgjev")),
    (
        "virksomhet",
        pattern(
            r"virksomhet|verksemd|foretak|føretak|selskap|\bbank|næringsdriv|rederi|reder\b|produsent|importør|leverandør|tilbyder|tilbydar|operatør|konsesjon|barnehageei"
            r"|eier\b|eigar|eieren|den\s+ansvarlige|den\s+ansvarlege|styret\b|styre\b|daglig\s+leder|dagleg\s+leiar|institusjon|produsenten|forhandler|verksted|anlegg"
            r"|forlag|kringkast|universitet|høgskol|høyskol|høgskul|høyskul|fagskol|fagskul|sykehus|sjukehus|apotek|oppdrettar|oppdretter|forsikring|pensjonsinnret|pensjonskasse|utsteder"
            r"|meglerforet|oppdragsgiver|oppdragsgjev|byggherre|tiltakshaver|tiltakshavar|leter|rettighetshaver|driftsansv|huseier|utleier|utleigar|borettslag|burettslag|boligbygg|behandlingsansvarlig"
            r"|databehandl|nettselskap|transportør|fraktfører|organisator|stiftels|forening|samvirke|fabrikant|bedrift|omsetter|markedsfør|tilsynspliktig|rapporteringspliktig|eksportør|skole(?:n|ne|r)?\b|skule"
            r"|kontrollorgan|flyplass|lufthavn|revisjonsforet|innehaver|innehavar|registreringspliktig"
        ),
    ),
    (
        "organ",
        pattern(
            r"organ(?:et|a|er|ene|ane|s)?\b|forvaltningsorg|myndighet|styresmakt|nemnd|utvalg|utval\b|domstol|råd(?:et)?\b|klageinstans|klagenemnd|kommisjon|tingrett|lagmannsrett|^retten\b|høyesterett|offentlig\w*\s+(?:organ|instans)"
        ),
    ),
)
_EVERYONE = wordlist("enhver einkvar kvar alle ingen man ein en noen nokon hver ingen andre")
_WHO = pattern(
    r"^\W*(?:den|dei|de|alle|enhver|kvar|einkvar|hver|hvem|kven|ingen|noen|nokon)\s+(?:\w+\s+)?som\b"
)
_EVERY = pattern(
    r"^\W*(?:enhver|einkvar|kvar\s+og\s+ein|alle|ingen|alle\s+og\s+enhver|man|ein|en|noen|nokon)\s*$"
)
_PERSON = pattern(
    r"(?:lege|leg[ea]r|tannlege|sykepleier|sjukepleiar|jordmor|helsepersonell|personell|advokat|foreldre|foresatte|føresette|elev|student|søker|søkjar|søkar|part(?:en|ar|er|ene|ane)?\b|pasient|bruker|brukar|lærer|lærar|rektor"
    r"|arbeidstaker|arbeidstakar|ansatt|tilsett|tjenesteman|embetsman|fører|førar|sjåfør|skipsfører|skipper|person|medlem|leder(?:en)?\b|leiar|innehaver|kandidat|deltaker|deltakar|skattyter|skattepliktig"
    r"|innsatt|utlending|dyreholder|dyrehaldar|jeger|jegar|festar|fester|leietak|leigetak|kjøper|kjøpar|selger|seljar|skyldner|kreditor|bostyrer|verge|ektefelle|arving|barn|vitne|sakkyndig|revisor|dommer|medmor|mor\b|far\b"
    r"|forelder|fosterforeldr|fagmann|ordførar|mottak|komm?isjonær|råkjøpar|reindrift|grunneier|grunneigar|nabo|mannskap|los\b|losen\b|apoteker|veterinær|dyrehelse|forsker|forskar|ettersøk|eier|eigar|varslar|varsler|klager|klagar|begrens)"
)
_PARTS = pattern(r"\s*(?:,|/|\bog\b|\beller\b|\bsamt\b|\bel\b)\s*")


def kind_of(phrase: str) -> str | None:
    """The kind of one noun phrase, or None where it names nobody who can have a duty."""
    if _WHO.match(phrase) or _EVERY.match(phrase):
        return "enhver"
    for kind, names in _KINDS:
        if names.search(phrase):
            return kind
    if _PERSON.search(phrase):
        return "andre"
    return None


def bearer_of(phrase: str) -> str | None:
    """All who are named in a noun phrase, in the fixed order, joined by "+"; None where nobody is."""
    if _WHO.match(phrase):
        return "enhver"
    kinds = {kind for part in _PARTS.split(phrase) if part.strip() and (kind := kind_of(part.strip()))}
    return "+".join(kind for kind in ORDER if kind in kinds) or None
