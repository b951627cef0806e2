"""TR6: words that do not steer."""

import re
from collections.abc import Iterator

from tillitsrom.reading.check.letter import Letter, mark
from tillitsrom.reading.check.model import Mark, Rule, Severity
from tillitsrom.reading.model import RequirementClass
from tillitsrom.reading.words import pattern

_VAGUE = pattern(
    r"\b(?P<phrase>(?:ha|sette|holde|rette|legge)\s+(?:(?:et|eit|ein|en)\s+)?(?:\w+\s+){0,2}(?:fokus|søkelys|oppmerksomhet|oppmerksomheit|merksemd)(?:en|et|a)?"
    r"\s+(?:rettet\s+)?(?:på|mot)|fokusere\s+på"
    r"|tilstrebe|etterstrebe|tilstreve|sette\s+\w+(?:\s+\w+){0,4}\s+på\s+dagsorden(?:en)?)\b",
    re.IGNORECASE,
)
_CONCRETE = pattern(
    r"\d|\bved å\b|\bgjennom\b|\bblant annet\b|\bfor å\b|\bslik at\b|\bherunder\b|\bog (?:å )?(?:\w+ere|opprette|utarbeide|lage|sette|gi|ta|sørge|bidra|gjøre|bruke|styrke|utvikle)\b",
    re.IGNORECASE,
)
_LAW = (
    r"(?:\w*loven|\w*lova|\w*forskrift(?:en|a)?|lov\s+om\s+\w+|lov\s+og\s+(?:forskrift(?:er)?|avtaleverk)|lover\s+og\s+(?:regler|forskrifter)"
    r"|gjeldende\s+(?:lovverk|regelverk|rett)|gjeldande\s+(?:lovverk|regelverk|rett)|lovverket|økonomiregelverket|økonomireglementet|økonomibestemmelsene"
    r"|reglement(?:et)?\s+for\s+økonomistyring(?:\s+i\s+staten)?|bestemmelser?(?:ne)?\s+om\s+økonomistyring(?:\s+i\s+staten)?"
    r"|hovedavtalen|hovudavtalen|statens\s+personalhåndbok)"
)
_LAWS = rf"(?:(?:den|det|alle|kravene?\s+i|krav\s+i|reglene\s+i|bestemmelsene\s+i)\s+)*{_LAW}(?:(?:\s*,\s*|\s+(?:og|samt)\s+){_LAW})*(?:\s+§+\s*[\w\-\s]{{1,12}})?"
_WHO = r"(?:[^\W\d][\w\-]*\s+){1,4}"
_ONLY_LAW = pattern(
    rf"^\W*{_WHO}(?:skal|må|plikter\s+å|forutsettes\s+å|forventes\s+å|bes\s+om\s+å)\s+(?:\w+\s+)?"
    rf"(?:(?:følge|overholde|etterleve|oppfylle|følgje|halde|etterleve)\s+{_LAWS}"
    rf"|legge\s+{_LAWS}\s+til\s+grunn"
    rf"|(?:rette\s+seg|innrette\s+seg|handle|drive)\s+(?:etter|i\s+samsvar\s+med|i\s+tråd\s+med|i\s+henhold\s+til)\s+{_LAWS})"
    rf"(?:\s+i\s+(?:alt\s+)?(?:sitt\s+)?(?:arbeid(?:et)?|virksomhet(?:en)?))?\W*$",
    re.IGNORECASE,
)
_KINDS = (RequirementClass.GUIDELINE, RequirementClass.ACTIVITY, RequirementClass.ASSIGNMENT)

_THING = (
    r"(?:krav(?:ene|et)?|rapport\w*|oppdrag(?:ene|et)?|mål(?:ene|et)?|styringsparamet\w+|parametere?\w*|føring(?:er|ene|ar)?|aktivitet(?:er|ene)?"
    r"|nøkkeltall(?:ene)?)"
)
_REMOVED = (
    r"(?:fjernet|fjernes|fjerna|tatt\s+ut|teke\s+ut|tas\s+ut|avviklet|avvikles|utgår|utgått|bortfaller|bortfalt|falt\s+bort|faller\s+bort|strøket|strykes|sløyfet|slått\s+sammen"
    r"|opphevet|oppheves|avsluttet|avsluttes|avslutta|redusert|reduseres|forenklet|ikke\s+videreført|ikke\s+lenger|ikkje\s+lenger|opphører)"
)
_NOTHING_REMOVED = r"ingen\s+(?:krav|rapporter\w*|oppdrag)\s+(?:er|blir)\s+\w+"
_TOLD = pattern(
    rf"\b{_THING}\b[^.\n]{{0,90}}\b{_REMOVED}\b|\b{_REMOVED}\b[^.\n]{{0,60}}\b{_THING}\b|{_NOTHING_REMOVED}"
    rf"|\b(?:færre|redusert\s+(?:antall|tallet\s+på))\s+(?:\w+\s+)?{_THING}\b",
    re.IGNORECASE,
)
_ENOUGH = 10


def vague(letter: Letter) -> Iterator[Mark]:
    """A duty of attention with nothing that could be seen done."""
    for r in letter.of(*_KINDS):
        words = letter.words(r)
        match = _VAGUE.search(words)
        if match and r.deadline is None and not _CONCRETE.search(words):
            yield mark(r, phrase=match["phrase"].lower())


def repeats_law(letter: Letter) -> Iterator[Mark]:
    """A guideline that says nothing but that the law is to be followed."""
    for r in letter.of(*_KINDS):
        if _ONLY_LAW.search(letter.words(r)):
            yield mark(r)


def nothing_removed(letter: Letter) -> Iterator[Mark]:
    """A year's letter that does not tell what went since the last one."""
    if letter.is_annual and len(letter.counted) >= _ENOUGH and not _TOLD.search(letter.text):
        yield letter.whole()


RULES = (
    Rule(
        "TR601",
        "vague-duty",
        Severity.NOTE,
        "Uklart krav",
        "Ingen kan se når «{phrase}» er gjort. Skriv hva som skal bli annerledes, eller stryk kravet.",
        "Krav som ikke kan oppfylles, blir heller aldri borte. De gir usikkerhet og egne rapporter.",
        "Språkloven § 9 om klart språk. Regelen er vår",
        vague,
    ),
    Rule(
        "TR602",
        "only-repeats-law",
        Severity.NOTE,
        "Gjentar bare regelverket",
        "Dette gjelder allerede etter lov eller regelverk. Stryk kravet, eller si hva som kommer i tillegg.",
        "Føringer som gjentar regelverket, gjør brevet lengre og skjuler det som er nytt.",
        "Reglement og bestemmelser om økonomistyring i staten gjelder uten å bli gjentatt. Regelen er vår",
        repeats_law,
    ),
    Rule(
        "TR603",
        "nothing-said-of-removed",
        Severity.NOTE,
        "Sier ikke hva som er tatt bort",
        "Brevet sier ikke hvilke krav som er tatt bort siden sist. Skriv det, også når svaret er ingen.",
        "Nye krav kommer av seg selv. Når brevet må si hva som gikk ut, blir det lettere å rydde.",
        "Tillitsreformen: færre krav i tildelingsbrev og styringsdialog",
        nothing_removed,
    ),
)
