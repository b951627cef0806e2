"""Who acts in a clause: the addressee, someone else, or nobody that is named. All text here is in small letters."""

from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.words import pattern, wordlist

# Others than the addressee, by how their names begin, how they end, and whole.
_BEGINNINGS = (
    "regjering", "storting", "departement", "fylkeskommun", "statsforvalt", "rhf", "helseforetak", "politi", "arbeidsgiver",
    "arbeidsgjevar", "pasient", "bruker", "brukar", "barn", "innbygger", "innbyggjar", "befolkning", "helsepersonell", "medlemm",
    "spesialisthelsetjeneste", "enkeltperson", "elev", "student", "aktør", "leverandør", "riksrevisjon", "arbeidstaker", "næringsliv",
    "organisasjon", "eier", "søker", "søkjar", "barnehage", "mottaker", "mottakar", "sykepleier", "europa", "forbruker", "forbrukar", "revisor", "formannskap",
    "kommunestyre", "fylkesting", "kontrollutval", "forlag", "nettplattform", "næringsdrivende", "næringsdrivande",
)  # fmt: skip
_ENDINGS = (
    "departementet", "departementa", "direktoratet", "direktoratene", "tilsynet", "instituttet", "fastlege", "fastleger", "fastlegen", "fastlegene", "tannlege", "tannleger", "tannlegene", "overlegen",
    "overleger", "allmennleger", "allmennlegene", "fastlegar", "fastlegane", "rådgiver", "rådgiveren", "rådgjevar", "koordinator", "koordinatoren", "ombudet", "ombodet", "byggherren", "sykepleier", "sjukepleiar", "avdelingen", "avdelinga", "seksjonen", "statsråden", "ministeren",
    "universitetene", "høyskolene", "høgskulane", "sykehusene", "helsetjenesten", "brannvesenet", "politiet", "tollvesenet", "organisasjonene", "organisasjonane", "organisasjoner", "organisasjonar",
    "omsorgstjeneste", "omsorgstjenesten", "omsorgstjenestene",
)  # fmt: skip
_WHOLE = wordlist(
    """kommunedirektøren rådmannen kommunalsjef kommunalsjefen kommunalsjefene kommunalsjefane kommuneoverlegen lege leger legen legene legar legane nav ks kommuner kommunene kommunar kommunane unge tjenesten tjenestene tenestene tenesta sektoren vi foreldre foresatte pårørende ansatte bedrift bedrifter norge noreg eu
    personer personar direktoratet direktoratene tilsynet instituttet kommunen fylkeskommunen staten skolene skoler skulane tilsette sykehus sykehusene sjukehusa"""
)
# What the ministries call themselves for short, now and in the years behind us.
MINISTRIES = wordlist(
    "hod kd jd sd kld nfd fin dfd aid bfd kud lmd fd ud ed kdd asd kmd oed nhd md fkd smk bld kkd lmd bkd"
)
_ALONE = frozenset(("man", "en", "ein", "alle", "ingen", "noen", "nokon", "hver", "enhver", "kvar"))
_WORD = pattern(r"[^\W\d_][\w-]*")
_SEVERAL_BODIES = pattern(
    r"^\W*(?:de|dei|begge)\s+(?:to|tre)\s+(?:etat|direktorat|tilsyn|virksomhet|verksemd|institusjon)"
)
_STATES = pattern(r"^statens\s+\w+")


# "Pasientinformasjonen" and "tilsynsrapporten" are things, though they begin like people and bodies.
_THING = pattern(
    r"(?:rapport|informasjon|plan|skjema|oversikt|undersøkelse|register|data|statistikk|avtale|melding|forløp|erfaring|sikkerhet|tilfredshet|mål|oppdrag"
    r"|opplæring|veileder|forskning|reise|medvirkning|økonomi|perspektiv|rettighet|tilbud)\w{0,5}$"
)


# "Studentbetaling" and "brukertilfredshet" are no people.
_COMPOUND = pattern(
    r"(?:sammensetning|behandling|oppfølging|transport|logistikk|strøm|volum|tid|kontakt|deltakelse|innflytelse|involvering|betaling|ordning|vern|kostnad|sak|regnskap|system|rett|behov|tjenesteloven|lov|pris|bidrag|prosess|utvikling|kontroll|dialog|gruppesamling)(?:en|a|et|er|ar|ene|ane|s|e|ne)?$"
)
# "Klagenemnda" and "Brukerrådet" are bodies; "fagområdet" and "regelverket" are not.
_BODY_ENDS = ("rådet", "nemnda", "nemnden", "verket", "ombudet", "etaten", "vesenet")
_BODY = pattern(
    r"^(?!\w*(?:området|nettverket|regelverket|rammeverket|lovverket|avtaleverket)$)\w{3,}(?:rådet|nemnda|nemnden|verket|ombudet|etaten|vesenet)$"
)


def _is_other(word: str) -> bool:
    if _THING.search(word):
        return False
    if word in MINISTRIES:
        return True
    if word.endswith(_BODY_ENDS) and _BODY.match(word):
        return True
    if word.startswith(_BEGINNINGS) and not _COMPOUND.search(word):
        return True
    return word in _WHOLE or (word.endswith(_ENDINGS) and len(word) > 5)


def names_other(head: str) -> bool:
    """Whether the phrase names someone who is not the addressee."""
    words = _WORD.findall(head)
    if len(words) == 1 and words[0] in _ALONE:
        return True
    return (
        any(map(_is_other, words))
        or _SEVERAL_BODIES.match(head) is not None
        or _STATES.match(head.lstrip()) is not None
    )


def begins_with_other(phrase: str) -> bool:
    """Whether the words after a verb begin with someone who is not the addressee."""
    words = _WORD.findall(phrase[:60])[:3]
    if not words:
        return False
    if words[0] in _ALONE:
        return len(words) == 1 or (words[0] in ("man", "alle") and not words[1].endswith(("e", "er")))
    if _is_other(words[0]) or _STATES.match(phrase.lstrip()):
        return True
    # "de regionale helseforetakene": the words before the noun are an article and an adjective.
    for word in words[1:]:
        if _is_other(word) and words[0] in (
            "de",
            "dei",
            "den",
            "alle",
            "regionale",
            "andre",
            "øvrige",
            "berørte",
            "aktuelle",
            "norske",
        ):
            return True
    return False


# Those who work for the addressee act for it, unless the words say where else they work.
_STAFF = wordlist(
    "ansatte tilsette tilsatte nytilsatte medarbeidere medarbeidarar nyansatte nytilsette ledere leiarar"
)
_MANAGEMENT = pattern(
    r"\s+(?:\w+\s+)?(?:ledelse|leder|leiing|leiar|direktør|styre|ansatte|tilsette|tilsatte|medarbeidere|medarbeidarar|avdelinger|avdelingar|enheter|einingar|ledergruppe|leiargruppe)\b"
)
# "De to etatene" are the addressee and another, or two others.
_SEVERAL = pattern(r"^\W*(?:de|dei|begge)\s+(?:to|tre)\s")
_POSSESSIVE_GAP = pattern(r"(?:\bog|,|\bsamt)\s*$")


def addressee_acts(head: str, inverted: bool, who: Addressee) -> bool:
    """Whether the addressee is the subject in the phrase that holds it."""
    match = who.pattern.search(head)
    if match and _SEVERAL.match(head):
        return False
    if match is None:
        return not inverted and head.strip(" *–-,.").removeprefix("alle ") in _STAFF
    if inverted:
        gap = head[: match.start()].strip()
        return not gap or (len(gap) < 60 and _POSSESSIVE_GAP.search(gap) is not None)
    if match.group() in ("leder", "leiar") and head[: match.start()].strip():
        # The verb, not the noun: "kommunalsjefen leder sektoren".
        return False
    # "direktoratets vurdering": the vurdering is the subject, not the direktorat.
    owns = match.group()[-1] in "s'" and head[match.end() : match.end() + 2].strip()[:1].isalpha()
    return not owns or _MANAGEMENT.match(head, match.end()) is not None
