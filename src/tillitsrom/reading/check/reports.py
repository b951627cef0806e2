"""TR3: a report without a recipient, a date or a purpose, and one that another report already covers."""

import re
from collections.abc import Iterator

from tillitsrom.reading.check.letter import Letter, mark, relate
from tillitsrom.reading.check.model import Mark, Rule, Severity
from tillitsrom.reading.check.subjects import content, pairs, subject
from tillitsrom.reading.model import Requirement, RequirementClass
from tillitsrom.reading.words import pattern

_SENDS = pattern(
    r"\b(?:rapportere[rs]?|innrapportere[rs]?|rapporterast|redegjøre[rs]?|redegjere|sende[rs]?|oversende[rs]?|oversendt|levere[rs]?|melde|meldes|informere[rs]?"
    r"|orientere[rs]?|legge\s+(?:fram|frem))\b(?!\s+(?:inn\s+)?(?:til\s+)?rette)",
    re.IGNORECASE,
)
_SOMEBODY = (
    r"departement|riksrevisjon|storting|regjering|statsforvalt|kommunedirektør|kommunalsjef|kommunesjef|rådmann|økonomiavdeling|kommunestyre|formannskap"
    r"|fylkesting|fylkesdirektør|koordinator|rådgiver|\bstyret\b|oppdragsgiver|årsrapport|årsmelding|tertialrapport|kvartalsrapport|månedsrapport|halvårsrapport"
    r"|virksomhetsrapport|dialogmøte|styringsmøte|etatsstyringsmøte|styringsdialog|kommunetavla|portal|\baltinn\b|\bkostra\b|\bssb\b|tilsyn|offentlig|publiser"
)
_RECIPIENT = pattern(_SOMEBODY, re.IGNORECASE)
_TO_SOMEBODY = pattern(
    r"\b(?:til|hos|overfor)\s+(?!å\b|sammen\b|rette\b|stede\b|grunn\b|enhver\b|dels\b|nå\b|no\b)[^\W\d]"
    r"|\b(?:bes|ber|oss|bedt|skolene|kommunene|brukerne|innbyggerne|partene|tillitsvalgte|ansatte|deltakerne)\b|direktoratet\s+for|\w+direktoratet\b"
    r"|\bsende[rs]?\s+\w+(?:e|t|n|a)\s+(?:en|et|ei|eit|ein)\b|\bmelde\b|\binformer|\borienter",
    re.IGNORECASE,
)
_WHEN = pattern(
    r"\bfrist|\binnen\b|\binnan\b|senest|seinast|kalender|\bdato|årlig|årleg|hvert? |kvart? |månedlig|månadleg|månedsrapport|kvartal|tertial|halvår|ukentlig"
    r"|vekentleg|\bukes?\b|løpende|fortløpende|omgående|umiddelbart|straks|snarest|uten ugrunnet|utan ugrunna|så snart|på forhånd|på førehand|\bdersom\b"
    r"|\bhvis\b|\bviss\b|\bnår\b|\bved\b|\bi god tid\b|årsrapport|årsmelding|budsjett|dialog|møte|etter avtale|\bvidere\b|\bunderveis\b|20\d\d|\bdaglig\b"
    r"|\better\b|\bfør\b",
    re.IGNORECASE,
)
_REGULARLY = pattern(
    r"\bukentlig|\bvekentleg|\bhver(?:t)?\s+(?:uke|måned|kvartal|tertial|halvår|dag)|\bkvar(?:t)?\s+(?:veke|månad|kvartal|tertial|halvår|dag)"
    r"|\bmånedlig|\bmånadleg|\bkvartalsvis|\bdaglig|\bdagleg|\bhalvårlig|\btertialvis",
    re.IGNORECASE,
)
_PURPOSE = pattern(
    r"\bfor å\b|\bfor at\b|\bslik at\b|\bformål|\bføremål|\bhensikt|\bfordi\b|\bgrunnlag|\bbrukes?\s+(?:til|i)\b|\bbrukast\b|\bledd i\b|\bi forbindelse med\b"
    r"|\btrenger\b|\bskal (?:gi|vise|hjelpe|bidra)\b|§|\bloven\b|\bforskrift|\bvedtak\b|\bavhengig av\b|\bderfor\b|\bmålet (?:er|med)\b|\bkunnskap om\b",
    re.IGNORECASE,
)
_TWO_WORDS = 2
_PART = pattern(
    r"\butkast|\bforeløpig|\bførebels|\bendelig|\bendeleg|\bdelrapport|\bsluttrapport|\bfase\b|\bførste|\bandre|\btredje|\bdel\s+\d",
    re.IGNORECASE,
)
_ABOUT_REPORTS = pattern(r"rapporter|dialog|kalender", re.IGNORECASE)
_TELLS_MORE = pattern(
    r"^\W*(?:rapport(?:en|ene|eringen|eringa)|oversikten|redegjørelsen|statusen|dette|denne|den|det)\b",
    re.IGNORECASE,
)
_NOT_NEW = pattern(
    r"\bi\s+rapportering(?:en|a)?\b|\bi\s+kopi\b|^\W*(?:det|dette)\s+skal\s+(?:også\s+)?(?:inngå|inkluderes|fremgå|framgå|legges\s+vekt)",
    re.IGNORECASE,
)


def _duties(letter: Letter) -> Iterator[tuple[Requirement, str]]:
    """The sentences that order a report to be sent; neither rows of a calendar nor what the report is to hold."""
    for r in letter.of(RequirementClass.REPORTING):
        words = letter.words(r)
        if _SENDS.search(words) and not letter.in_row(r) and not _NOT_NEW.search(words):
            yield r, words


def no_recipient(letter: Letter) -> Iterator[Mark]:
    """Neither the sentence nor what stands around it says who shall have the report."""
    for r, words in _duties(letter):
        if _TO_SOMEBODY.search(words) or _tells_more(words):
            continue
        # A chapter on reporting says once who shall have what it asks for.
        says = letter.says_in_chapter if _ABOUT_REPORTS.search(r.heading or "") else letter.says_near
        if not says(r, _RECIPIENT):
            yield mark(r)


def no_date(letter: Letter) -> Iterator[Mark]:
    """Neither a deadline, nor an interval, nor an event that sets it off, here or around."""
    for r, words in _duties(letter):
        if r.deadline is None and not _tells_more(words) and not letter.says_near(r, _WHEN):
            yield mark(r)


def no_purpose(letter: Letter) -> Iterator[Mark]:
    """A report that comes more often than once a year, and no word around of what it is for."""
    for r, words in _duties(letter):
        if _REGULARLY.search(words) and not letter.says_near(r, _PURPOSE):
            yield mark(r)


def _tells_more(words: str) -> bool:
    """Whether the sentence goes on about a report that was ordered before ("Rapporten skal …")."""
    match = _TELLS_MORE.search(words)
    return match is not None and not re.match(r"\W*det\s+skal\s+rapporter", words, re.IGNORECASE)


def covered(letter: Letter) -> Iterator[Mark]:
    """Two reports on the same subject to the same recipient, in other words or at other intervals."""
    duties = [
        (r, words, who) for r, words in _duties(letter) if (who := _to(words)) and not _PART.search(words)
    ]
    addressee = letter.reading.addressee
    for recipient in dict.fromkeys(who for _, _, who in duties):
        own = [(r, words) for r, words, who in duties if who == recipient]
        for first, second in pairs([subject(words, addressee) for _, words in own], _TWO_WORDS):
            (one, told), (other, words) = own[first], own[second]
            if one.deadline == other.deadline and content(told, addressee) == content(words, addressee):
                # The same words: that is for the rule on repeats.
                continue
            if one.assignment is None or one.assignment != other.assignment:
                yield mark(other, (relate(letter.reading, one),))


def _to(words: str) -> str | None:
    match = _RECIPIENT.search(words)
    return match.group().casefold() if match else None


RULES = (
    Rule(
        "TR301",
        "report-without-recipient",
        Severity.WARNING,
        "Rapportering uten mottaker",
        "Kravet sier ikke hvem som skal ha rapporten. Skriv hvem, eller stryk kravet.",
        "En rapport som ingen er satt til å lese, er arbeid uten nytte.",
        "Prinsippet om at hver måling har en grunn; DFØs sjekkliste for tildelingsbrev: styring tilpasset risiko og vesentlighet. Regelen er vår",
        no_recipient,
    ),
    Rule(
        "TR302",
        "report-without-date",
        Severity.WARNING,
        "Rapportering uten tidspunkt",
        "Kravet sier ikke når rapporten skal komme. Sett en frist eller et intervall.",
        "Uten tidspunkt kan ikke arbeidet planlegges, og kravet har ingen slutt.",
        "DFØs sjekkliste for tildelingsbrev: dialog og planlegging på ett og flere års sikt. Regelen er vår",
        no_date,
    ),
    Rule(
        "TR303",
        "report-without-purpose",
        Severity.NOTE,
        "Jevnlig rapportering uten formål",
        "Kravet sier ikke hva den jevnlige rapporten skal brukes til. Skriv formålet, eller stryk kravet.",
        "Jevnlige rapporter tar tid hele året. Den som skal skrive dem, må vite hva de brukes til.",
        "Prinsippet om at hver måling har formål og grunnlag; tillitsreformen",
        no_purpose,
    ),
    Rule(
        "TR304",
        "report-already-covered",
        Severity.WARNING,
        "Dekkes av en annen rapport",
        "En annen rapport til samme mottaker handler om det samme. Slå dem sammen.",
        "Å rapportere det samme flere ganger er noe ansatte ofte har meldt som tidstyv.",
        "Difis arbeid mot tidstyver: dobbeltarbeid og tung rapportering. Regelen er vår",
        covered,
    ),
)
