"""What public bodies are called: in full, for short, and by their parts and their management. All in small letters."""

import re

from tillitsrom.reading.words import pattern

# What a body is called for short, by the end of its name; the indefinite form of a name gives the definite short one.
_SHORT = (
    ("direktoratet", "direktoratet"), ("direktorat", "direktoratet"), ("tilsynet", "tilsynet"), ("tilsyn", "tilsynet"),
    ("instituttet", "instituttet"), ("institutt", "instituttet"), ("universitetet", "universitetet"),
    ("universitet", "universitetet"), ("høgskolen", "høgskolen"), ("høgskulen", "høgskulen"), ("høyskolen", "høyskolen"),
    ("høgskole", "høgskolen"), ("høgskule", "høgskulen"), ("høyskole", "høyskolen"), ("akademi", "akademiet"), ("akademiet", "akademiet"),
    ("rådet", "rådet"), ("råd", "rådet"), ("verket", "verket"), ("verk", "verket"), ("etaten", "etaten"), ("etat", "etaten"),
    ("fondet", "fondet"), ("fond", "fondet"), ("ombudet", "ombudet"), ("ombud", "ombudet"), ("ombodet", "ombodet"), ("ombod", "ombodet"),
    ("senteret", "senteret"), ("senter", "senteret"), ("sentrum", "sentrumet"), ("sentralen", "sentralen"), ("sentral", "sentralen"),
    ("politiet", "politiet"), ("vesenet", "vesenet"), ("vegvesenet", "vegvesenet"), ("vegvesen", "vegvesenet"), ("vesen", "vesenet"),
    ("museet", "museet"), ("museum", "museet"), ("byrået", "byrået"), ("byrå", "byrået"), ("nemnda", "nemnda"), ("nemnd", "nemnda"),
    ("nemnden", "nemnden"), ("banken", "banken"), ("bank", "banken"), ("kassen", "kassen"), ("kasse", "kassen"), ("kassa", "kassa"), ("lånekasse", "lånekassen"),
    ("pensjonskasse", "pensjonskassen"), ("arkivet", "arkivet"), ("arkiv", "arkivet"), ("biblioteket", "biblioteket"), ("bibliotek", "biblioteket"),
    ("selskapet", "selskapet"), ("selskap", "selskapet"), ("registrene", "registrene"), ("registera", "registera"), ("registeret", "registeret"),
    ("skolen", "skolen"), ("skulen", "skulen"), ("forvaltningen", "forvaltningen"), ("forvaltninga", "forvaltninga"), ("forvaltning", "forvaltningen"),
    ("rettane", "rettane"), ("forsvaret", "forsvaret"), ("sekretariatet", "sekretariatet"), ("sekretariat", "sekretariatet"),
    ("kommisjonen", "kommisjonen"), ("kommisjon", "kommisjonen"), ("stiftelsen", "stiftelsen"), ("stiftelse", "stiftelsen"), ("stiftinga", "stiftinga"),
    ("kontoret", "kontoret"), ("kontor", "kontoret"), ("laboratoriet", "laboratoriet"), ("laboratorium", "laboratoriet"), ("agentur", "agenturet"),
    ("domstolen", "domstolen"), ("administrasjonen", "administrasjonen"), ("administrasjon", "administrasjonen"), ("tjenesten", "tjenesten"), ("tenesta", "tenesta"),
    ("sykehus", "sykehuset"), ("sykehuset", "sykehuset"), ("sjukehus", "sjukehuset"), ("sjukehuset", "sjukehuset"), ("komiteen", "komiteen"), ("utvalget", "utvalget"), ("utvalet", "utvalet"),
    ("inspektoratet", "inspektoratet"), ("inspektorat", "inspektoratet"), ("inspeksjonen", "inspeksjonen"), ("inspeksjon", "inspeksjonen"),
    ("myndigheten", "myndigheten"), ("myndighet", "myndigheten"), ("klageorganet", "klageorganet"), ("klageorgan", "klageorganet"), ("driftsorganisasjon", "driftsorganisasjonen"),
    ("komiteene", "komiteene"), ("komite", "komiteen"), ("utvalg", "utvalget"), ("kirke", "kirken"), ("anstalt", "anstalten"), ("ordning", "ordningen"),
    ("teatret", "teatret"), ("teater", "teatret"), ("styret", "styret"), ("vernet", "vernet"), ("meteorologiske", "instituttet"),
)  # fmt: skip
_BODY_END = tuple(sorted({ending for ending, _ in _SHORT if len(ending) >= 4}))
_FORM = pattern(r"\b(?:SF|HF|RHF|AS|ASA|KF|IKS|BA)$")
# Words for the addressee, its management, or a group of which it is a member.
GENERIC = (
    "virksomheten", "virksomhetene", "verksemda", "verksemdene", "etaten", "etatene", "etatane", "foretaket", "føretaket", "direktoratene",
    "direktorata", "prosjektgruppen", "prosjektgruppa", "arbeidsgruppen", "arbeidsgruppa", "gruppen", "gruppa",
    "direktøren", "virksomhetsleder", "virksomhetslederen", "verksemdsleiar", "verksemdsleiaren", "ledelsen", "leiinga", "leiinga i verksemda",
    "styret", "daglig leder", "dagleg leiar", "administrerende direktør", "administrerande direktør", "institusjonen", "institusjonene", "institusjonane", "embetet", "embetene", "embeta",
    "begge direktoratene", "partene", "dere", "de to virksomhetene", "de involverte etatene", "underliggende virksomheter", "underliggende etater",
    "statlige virksomheter", "alle virksomheter", "statlege verksemder", "underliggjande verksemder", "statlige etater", "virksomhetens leder", "virksomhetens ledelse",
    "ledere på alle nivåer", "leiarar på alle nivå", "alle ledere", "alle leiarar", "leiaren for verksemda", "leiaren av verksemda", "styrelederen", "toppleder", "direktørens stedfortreder", "mottaker av dette brevet", "adressatene", "adressaten",
)  # fmt: skip
# What a municipal unit is called for short; only for names that a "Til:" line gives, as these words are common elsewhere.
_UNIT_SHORT = (
    ("skole", "skolen"), ("skule", "skulen"), ("sykehjem", "sykehjemmet"), ("sjukeheim", "sjukeheimen"),
    ("barnehage", "barnehagen"), ("barneverntjenesten", "barneverntjenesten"), ("tjenesten", "tjenesten"),
    ("barnevernstenesta", "barnevernstenesta"), ("tenesta", "tenesta"), ("skolene", "skolene"), ("skulane", "skulane"),
    ("sykehjemmene", "sykehjemmene"), ("sjukeheimane", "sjukeheimane"), ("barnehagene", "barnehagene"), ("barnehagane", "barnehagane"),
    ("enhetene", "enhetene"), ("einingane", "einingane"), ("tjenestene", "tjenestene"), ("tenestene", "tenestene"),
)  # fmt: skip
# A municipality acts through its management and its units.
_IN_MUNICIPALITY = (
    "kommunen", "kommunedirektøren", "kommunedirektør", "rådmannen", "kommunalsjef", "kommunalsjefen", "kommunalsjefene", "kommunalsjefane", "kommunestyret",
    "enhetsleder", "enhetslederen", "enhetslederne", "enhetsledere", "enhetene", "enheten", "alle enheter", "hver enhet", "den enkelte enhet", "avdelingsleder",
    "avdelingslederen", "tjenesteleder", "tjenestelederen", "virksomhetslederne", "rektor", "rektorene", "styrer", "styreren", "kommuneoverlegen", "eininga", "einingane",
    "einingsleiar", "einingsleiaren", "einingsleiarane", "alle einingar", "kvar eining", "tenesteleiar", "tenesteleiaren", "nærmeste leder", "næraste leiar", "leder",
    "tjenesten", "tjenestene", "tenesta", "tenestene", "barneverntjenesten", "barnevernstjenesten", "barnevernstenesta", "hjemmetjenesten", "heimetenesta", "helsestasjonen",
    "skolen", "skolene", "skulen", "skulane", "barnehagen", "barnehagene", "barnehagane", "sykehjemmet", "sykehjemmene", "sjukeheimen", "leiaren for tenesta",
    "lederen", "lederne", "ledere", "leiar", "leiaren", "leiarane", "alle ledere", "alle leiarar", "systemansvarlig", "fagansvarlig",
)  # fmt: skip
_TOP = (
    "kommunen", "kommunedirektøren", "kommunedirektør", "rådmannen", "kommunalsjef", "kommunalsjefen", "kommunalsjefene", "kommunalsjefane", "kommunestyret",
    "kommuneoverlegen", "ledelsen", "leiinga", "styret", "direktøren", "systemansvarlig", "fagansvarlig",
)  # fmt: skip
_ROLE = pattern(
    r"^(?:alle\s+)?(?:enhet|eining|leder|leiar|avdeling|virksomhetsled|verksemdsleiar|skole|skule|rektor|styrer|styrar|barnehage|sykehjem|sjukeheim|tjenesteled|tenesteleiar|kommunalsjef)\w*\b"
)
_UNKNOWN = (
    "direktoratet", "kommunen", "instituttet", "tilsynet", "universitetet", "helseforetaket", "kommunene", "kommunane", "høgskolen", "senteret",
    "kommunedirektøren", "kommunedirektør", "enhetsleder", "enhetslederen",
)  # fmt: skip
_GOVERNOR = pattern(r"^(?:statsforvaltere?n?e?|statsforvaltar(?:en|ane)?|fylkesmannen|fylkesmennene)\b")
_GOVERNORS = (
    "statsforvalteren", "statsforvalterne", "statsforvaltarane", "statsforvaltaren", "statsforvalterembetene", "fylkesmannen", "fylkesmennene", "embetsledelsen",
    "alle embeter", "hvert embete", "det enkelte embete",
)  # fmt: skip
_REGIONAL = (
    "de regionale helseforetakene", "dei regionale helseføretaka", "regionale helseforetak", "de fire regionale helseforetakene", "rhf-et", "rhf-ene", "rhf-a", "rhf",
    "det regionale helseforetaket", "det regionale helseføretaket",
)  # fmt: skip
_PLACE = pattern(r"^([A-ZÆØÅ][\wæøå-]{5,}(?:en|et|a|ne))\s+(?:for|i|på|ved|av|under)\s")


def looks_like_body(text: str) -> bool:
    """Whether a name ends as the names of public bodies do."""
    lowered = text.lower()
    if "kommune" in lowered or _GOVERNOR.match(lowered) or _FORM.search(text):
        return True
    words = [w for w in re.split(r"[\s,]+", lowered) if w]
    return any(word.endswith(_BODY_END) for word in words)


def short_forms(name: str) -> set[str]:
    """What a body of this name may be called."""
    lowered = name.lower()
    words = {short for ending, short in _SHORT if lowered.endswith(ending) or f"{ending} " in lowered}
    base = _FORM.sub("", name).strip()
    if base != name:
        words |= {"foretaket", "føretaket", "helseforetaket", "helseføretaket", "selskapet"}
    if name.endswith(" HF"):
        words |= {"helseforetakene", "helseføretaka", "føretaka"}
    if lowered.endswith(" rhf") or "regionale helsef" in lowered:
        words |= set(_REGIONAL)
    if "kommune" in lowered:
        words |= set(_IN_MUNICIPALITY)
    if _GOVERNOR.match(lowered):
        words |= set(_GOVERNORS)
    parts = base.split()
    if len(base) >= 4:
        words.add(base)
    if parts and len(parts[0]) > 8 and looks_like_body(parts[0]):
        words.add(parts[0])
    elif place := _PLACE.match(base):
        # "Riksmannen på Øyane" is called "Riksmannen".
        words.add(place.group(1))
    if parts and len(parts[-1]) >= 6 and parts[-1][:1].islower():
        # "Statens sjøkartverk" is called "Sjøkartverket".
        words |= {parts[-1] + ending for ending in ("et", "en", "a")}
    return words


def names_for(name: str | None, named: tuple[str, ...]) -> set[str]:
    """All the words that may mean the addressee: the generic ones, those of its name, and those of the units named."""
    words = set(GENERIC) | {n.lower() for n in named}
    for part in (n.lower() for n in named):
        words |= {short for ending, short in _UNIT_SHORT if part.endswith(ending) or f"{ending} " in part}
    words |= set(_UNKNOWN) if name is None else short_forms(name)
    if any("kommune" in part.lower() or _ROLE.match(part.lower()) for part in named):
        words |= set(_IN_MUNICIPALITY)
    if any(_ROLE.match(part.lower()) for part in named):
        # The management writes to its units here; what it takes upon itself is not asked of them.
        words -= set(_TOP)
    return words


def names_role(part: str) -> bool:
    """Whether a part of a "Til:" line names those who lead units ("enhetslederne")."""
    return _ROLE.match(part.lower()) is not None
