"""TR2: what measures a single employee, and trust that is asked for in a form."""

import re
from collections.abc import Iterator

from tillitsrom.reading.check.letter import Letter, mark
from tillitsrom.reading.check.model import Mark, Rule, Severity
from tillitsrom.reading.model import RequirementClass
from tillitsrom.reading.words import pattern

_ROLE = (
    r"(?:saks(?:be)?handler|sakshandsamar|medarbeider|medarbeidar|lærer|lærar|sykepleier|sjukepleiar|helsefagarbeider|rådgiver|rådgjevar|veileder|rettleiar"
    r"|kontrollør|inspektør|konsulent|kundebehandler|tjenestemann|arbeidstaker|arbeidstakar)"
)
_OUTPUT = (
    r"(?:saker|vedtak|samtaler|avgjørelser|registreringer|henvendelser|konsultasjoner|tilsyn|besøk|produksjon(?:en)?|produktivitet(?:en)?"
    r"|svartid(?:en)?|behandlingstid(?:en)?|saksbehandlingstid(?:en)?|tidsbruk(?:en)?|feil|avvik|klager|måloppnåelse(?:n)?|resultat(?:er|ene)?)"
)
_MEASURE = (
    r"(?:\bmåle[srt]?\b|\bmålt\b|\bmåling|\bregistrer|\brapporter|\bantall|\btal(?:l|let|lene)?\b|\bstatistikk|produktivitet|\bproduksjon"
    r"|\bsvartid|behandlingstid|\btidsbruk|\branger|\bsammenlign|prestasjon|\bmåltal|\bresultatkrav|\bfeilprosent|\bloggfør|\bstoppeklokke)"
)
_EACH = (
    rf"(?:(?:for|på|til|av|hos)\s+)?(?:hver(?:\s+(?:enkelt|enkelte))?|kvar(?:\s+einskild)?|den\s+enkelte|den\s+einskilde)\s+"
    rf"(?:{_ROLE}|ansatt|tilsett)e?s?\b"
)
_BROKEN_DOWN = r"(?:fordelt|brutt\s+ned|delt|spesifisert|oppgitt|vist|rangert|sortert)"
_INDIVIDUAL = pattern(
    rf"\b{_BROKEN_DOWN}\s+(?:\w+\s+){{0,2}}(?:per|pr\.?|på|etter)\s+(?:(?:hver|den)\s+)?(?:enkelt\w*\s+)?(?:{_ROLE}|ansatt|tilsett)e?\b"
    rf"|\b{_OUTPUT}\s+(?:per|pr\.?)\s+{_ROLE}\b"
    r"|\bpå\s+(?:individnivå|personnivå|ansattnivå|medarbeidernivå)\b"
    r"|\bindividuelle\s+(?:måltall|resultatmål|resultatkrav|prestasjonsmål|produksjonskrav|produksjonsmål)\b"
    rf"|\b(?:rangering|rangere)\s+(?:av\s+)?(?:de\s+)?(?:ansatte|medarbeiderne|{_ROLE}e)\b",
    re.IGNORECASE,
)
_EACH_ONE = pattern(_EACH, re.IGNORECASE)
_MEASURED = pattern(_MEASURE, re.IGNORECASE)
_PERSON_LEVEL = pattern(r"individnivå|personnivå|ansattnivå|medarbeidernivå", re.IGNORECASE)
_ABOUT_STAFF = pattern(rf"ansatt|tilsett|{_ROLE}|medarbeid", re.IGNORECASE)
_SPARED = pattern(r"\b(?:ikke|ikkje|aldri|ingen|unngå|gjennomsnitt\w*|snitt)\b", re.IGNORECASE)

_TRUST = pattern(
    r"\btillits(?:reform|plan|måling|indeks|tiltak|arbeid|barometer|rapport|skjema|puls|register)\w*|\btillitsbasert\w*\s+(?:ledelse|styring|leiing)"
    r"|\b(?:rapport\w*|status\w*|måling\w*|redegjørelse\w*)\s+(?:om|av|for)\s+tillit\b",
    re.IGNORECASE,
)
_TOLD = pattern(
    r"\b(?:rapporter|dokumenter|redegjør|redegjer|registrer|innrapporter)\w*|\brapport|\bredegjør|\bstatus|\boversikt|\bsende?\b|\bmelde\b|\blevere?\b|\bplan\b",
    re.IGNORECASE,
)


def single_employee(letter: Letter) -> Iterator[Mark]:
    """Output, time or quality tied to one person. An average or a ratio with staff below the line is not."""
    for r in letter.counted:
        words = letter.words(r)
        if _SPARED.search(words):
            continue
        direct = _INDIVIDUAL.search(words)
        if direct and _PERSON_LEVEL.search(direct.group()) and not _ABOUT_STAFF.search(words):
            # Figures about patients or pupils at the level of a person are not about those who work there.
            direct = None
        each = _EACH_ONE.search(words)
        if direct or (each and _MEASURED.search(words)):
            yield mark(r)


def trust_as_reporting(letter: Letter) -> Iterator[Mark]:
    """A duty to report about the trust reform."""
    for r in letter.of(RequirementClass.REPORTING):
        words = letter.words(r)
        if _TRUST.search(words) and (_TOLD.search(words) or letter.in_row(r)):
            yield mark(r)


RULES = (
    Rule(
        "TR201",
        "single-employee-measured",
        Severity.ERROR,
        "Måling av enkeltansatte",
        "Kravet måler enkeltansatte. Mål på gruppe, eller la være.",
        "Måling av hver enkelt svekker tillit og kan være et kontrolltiltak som krever drøfting og saklig grunn.",
        "Arbeidsmiljøloven §§ 9-1 og 9-2; prinsippet om at ingen måles enkeltvis",
        single_employee,
    ),
    Rule(
        "TR202",
        "trust-as-reporting",
        Severity.WARNING,
        "Tillitsreformen som rapportering",
        "Kravet gjør tillitsreformen til en ny rapportering. Ta den heller opp i dialogen.",
        "Krav om å rapportere om tillit er også krav. De tar tid fra det reformen skal gi tid til.",
        "Prinsippet om at reformen teller sin egen byrde; debatten om styringskrav i tillitsreformen",
        trust_as_reporting,
    ),
)
