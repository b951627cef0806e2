"""What is told in the passive of the present inside assignments and chapters of reporting, and holds as a duty there.

"En sluttrapport leveres 1. mars 2027", "Kommunene inviteres til to møter", "Avvik markeres med rødt". Elsewhere the same words
tell how things are. Text is in small letters.
"""

from tillitsrom.reading.actors import begins_with_other, names_other
from tillitsrom.reading.clauses import begins_inverted, head_of, is_subordinate
from tillitsrom.reading.verdicts import Setting
from tillitsrom.reading.words import pattern

_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_GIVEN = pattern(
    r"\b(?:leveres|oversendes|sendes|meldes|rapporteres|innrapporteres|overleveres|forelegges|ferdigstilles|presenteres|presenterast|publiseres|sluttføres|sammenfattes|oppsummeres|samanfattast|oppsummerast|legges\s+fr[ae]m|leggjast\s+fram|leverast|oversendast|sendast|meldast|rapporterast|(?:blir|vert)\s+(?:levert|oversendt?|sende?t?|meldte?|rapporterte?))\b"
    rf"(?=.{{0,60}}?(?:\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTH})|\b(?:i|til|før|medio|ultimo|primo)\s+{_MONTH}|\binn(?:e|a)n\b|\bi\s+løpet\b|\bved\s+(?:utgangen|første|fyrste|andre|tertial)|\bsenest\b|\bseinast\b|\bdepartement|\bi\s+form\s+av\b|\bsom\s+(?:en|ei|et|ein|eit)\b|\btil\s+\w|\bi\s+(?:\w+\s+){{0,3}}?\w*(?:rapport|notat|system)))"
)
_TAKEN_IN = pattern(
    r"\b(?:tas|takast|tek(?:e|st))\s+(?:inn|med)\s+i\s+(?:\S+\s+){0,2}?\w*(?:rapport|redegjørels|melding|plan)"
)
_LET_IN = pattern(
    r"\b(?:(?:trekkes|trekkast|trekkjast)\s+(?:inn|med)|innhentes|hentast\s+inn|inviteres|inviterast|høres|høyrast|konsulteres|involveres|involverast)\b(?!\s+(?:i\s+dag|allerede|normalt|vanligvis|vanlegvis))"
)
_RANKED = pattern(
    r"^\W*(?:del)?(?:oppdrag|prosjekt|leveranse|punkt)\w*\s(?:\S+\s){0,4}?(?:prioriteres|prioriterast)\b"
    r"|^\W*(?:i|ved)\s+(?:\w+\s+)?\w+(?:en|et|a)\s+(?:legges|leggjast)\s+det\s+(?:\w+\s+)?vekt\s+på\b"
)
_TOLD_OF = pattern(
    r"\b(?:markeres|markerast|merkes|merkast|forklares|forklarast|kommenteres|kommenterast|beskrives|beskrivast|angis|oppgis|tallfestes|talfestast|begrunnes|grunngjevast|omtales|omtalast|spesifiseres|spesifiserast|synliggjøres)\b"
)
_AWAITED = pattern(
    r"\b(?:imøteses|(?:er|blir|vert)\s+venta?(?:et)?\s+innen|ventes\s+innen)\b|^(?:\S+\s+)?\w*departement\w*\s+(?:holdes|haldast)\s+(?:\w+\s+)?(?:orientert|informert|oppdatert)"
    r"|^kopi\s+av\s.{3,60}?\b(?:sendes|sendast)\b"
)
_HOW_REPORTED = pattern(
    r"^\W*(?:rapporteringen|rapporteringa)\s+(?:\w+\s+)?(?:gjøres|gjerast|følger|følgjer|skjer|gis|gjevast|leveres|struktureres)\b|^\W*det\s+(?:rapporteres|rapporterast)\b"
)
# "kan trekkes inn", "skal sendes": an infinitive, which the rule for modal verbs has judged.
_INFINITIVE = pattern(r"\b(?:kan|vil|skal|må|bør|kunne|skulle|ville|måtte|å)\s+(?:\S+\s+){0,4}$")
_AGENT = pattern(r"(?:\s+\S+){0,2}?(?<!\ben)(?<!\bein)(?<!del)(?<!løpet)(?<!form)(?<!hjelp)\s+av\s+")


def told(low: str, setting: Setting) -> int:
    """Where a passive stands that is a duty by its place, or -1. Nobody but the addressee may be the one who acts."""
    at = _place(low, setting)
    return -1 if at > 0 and _INFINITIVE.search(low, max(0, at - 60), at) else at


def _place(low: str, setting: Setting) -> int:
    awaited = (
        "imøtes" in low or "vent" in low or "orienter" in low or "inform" in low or low.startswith("kopi")
    )
    match = _AWAITED.search(low) if awaited else None
    if match:
        return int(match.start())
    if setting.in_assignment:
        match = _RANKED.search(low) if "prioriter" in low or "vekt" in low else None
        if match is None and not setting.opening:
            match = _LET_IN.search(low)
        if match and not _by_other(low, match.end()) and not is_subordinate(low[: match.end()]):
            return int(match.start())
    elif not setting.reporting:
        return -1
    match = _GIVEN.search(low) or _TAKEN_IN.search(low)
    if match is None and setting.reporting:
        match = _TOLD_OF.search(low) or _HOW_REPORTED.match(low)
    if match is None or is_subordinate(low[: match.start()]):
        return -1
    before = low[: match.start()]
    other = not begins_inverted(before) and names_other(head_of(before)) and not setting.who.named_in(before)
    return -1 if other or _by_other(low, match.end()) else int(match.start())


def _by_other(low: str, at: int) -> bool:
    match = _AGENT.match(low, at)
    return match is not None and begins_with_other(low[match.end() :])
