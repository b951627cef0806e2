"""Who acts in a clause: the addressee, someone else, or nobody that is named. All text here is in small letters."""

from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.words import pattern, wordlist

# Others than the addressee, by how their names begin, how they end, and whole.
_BEGINNINGS = (
    "regjering", "storting", "departement", "fylkeskommun", "statsforvalt", "rhf", "helseforetak", "politi", "arbeidsgiver",
    "arbeidsgjevar", "pasient", "bruker", "brukar", "barn", "innbygger", "innbyggjar", "befolkning", "helsepersonell", "medlemm",
    "spesialisthelsetjeneste", "enkeltperson", "elev", "student", "aktør", "leverandør", "riksrevisjon", "arbeidstaker", "næringsliv",
    "organisasjon", "eier", "søker", "søkjar", "barnehage", "mottaker", "mottakar", "sykepleier", "europa",
)  # fmt: skip
_ENDINGS = (
    "departementet", "departementa", "direktoratet", "direktoratene", "tilsynet", "instituttet", "lege", "leger", "legen", "legene",
    "omsorgstjeneste", "omsorgstjenesten", "omsorgstjenestene", "legar",
)  # fmt: skip
_WHOLE = wordlist(
    """nav ks kommuner kommunene kommunar kommunane unge tjenesten tjenestene tenestene tenesta sektoren vi foreldre foresatte pårørende ansatte bedrift bedrifter norge noreg eu
    personer personar direktoratet direktoratene tilsynet instituttet kommunen fylkeskommunen staten skolene skoler skulane tilsette sykehus sykehusene sjukehusa"""
)
_ALONE = frozenset(("man", "en", "ein", "alle", "ingen", "noen", "nokon", "hver", "enhver", "kvar"))
_WORD = pattern(r"[^\W\d_][\w-]*")
_STATES = pattern(r"^statens\s+\w+")


# "Pasientinformasjonen" and "tilsynsrapporten" are things, though they begin like people and bodies.
_THING = pattern(
    r"(?:rapport|informasjon|plan|skjema|oversikt|undersøkelse|register|data|statistikk|avtale|melding|forløp|erfaring|sikkerhet|tilfredshet|mål|oppdrag"
    r"|opplæring|veileder|forskning|reise|medvirkning|økonomi|perspektiv|rettighet|tilbud)\w{0,5}$"
)


def _is_other(word: str) -> bool:
    if _THING.search(word):
        return False
    return word in _WHOLE or word.startswith(_BEGINNINGS) or (word.endswith(_ENDINGS) and len(word) > 5)


def names_other(head: str) -> bool:
    """Whether the phrase names someone who is not the addressee."""
    words = _WORD.findall(head)
    if len(words) == 1 and words[0] in _ALONE:
        return True
    return any(_is_other(w) for w in words) or _STATES.match(head.lstrip()) is not None


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


_POSSESSIVE_GAP = pattern(r"(?:\bog|,|\bsamt)\s*$")


def addressee_acts(head: str, inverted: bool, who: Addressee) -> bool:
    """Whether the addressee is the subject in the phrase that holds it."""
    match = who.pattern.search(head)
    if match is None:
        return False
    if inverted:
        gap = head[: match.start()].strip()
        return not gap or (len(gap) < 60 and _POSSESSIVE_GAP.search(gap) is not None)
    # "direktoratets vurdering": the vurdering is the subject, not the direktorat.
    owns = match.group()[-1] in "s'" and head[match.end() : match.end() + 2].strip()[:1].isalpha()
    return not owns
