"""What is done tells who does it: a decision is an authority's to make, an application someone else's. Small letters."""

import re

from tillitsrom.reading.clauses import after_adverbs, head_of
from tillitsrom.reading.laws.bearers import bearer_of, named_at, subject_after
from tillitsrom.reading.laws.sentence import Demand
from tillitsrom.reading.words import pattern

PEOPLE = ("andre", "enhver")
RECEIVES = pattern(
    r"^\s*(?:(?!for\b|at\b|å\b)\S+\s+){0,4}?(?:få\s+(?!utarbeid|utført|utarbeidd|gjennomført|i\s+stand|på\s+plass|fr[ae]m\b|til\b)|motta\s+(?:\S+\s+){0,3}?(?:melding|kopi|beskjed|underretning|varsel|bekreftelse|stadfesting|vederlag|opplæring|informasjon|hjelp|tilbud|tilbod)\b"
    r"|(?:ha|gis|givast|gjevast)\s+(?:\S+\s+){0,3}?(?:melding|kopi|beskjed|underretning|varsel|høve|innsyn|tilgjenge|adgang|vederlag|kompensasjon|anledning|tilbud|tilbod|minst|saker?|tilsendt|tilgang|informasjon|skriftl\w+)\b)"
)
_END = r"(?:en|et|a|ane|ene|er|ar|inga|s|ens|ets)?$"
_BY_AUTHORITY = pattern(
    r"\b\w*(?:vedtak|avgjerd|avgjerder|avgjørelse|avgjørelser|pålegg|grunngiving|grunngjeving|begrunnelse|saksbehandling|sak|saker|høyring|høring|kunngjering|kunngjøring|saksbehandlinga|enkeltvedtak|forskrift|tillatelse|løyve|konsesjon|bevilling|bevilgning|godkjenning"
    r"|tilskudd|tilskot|stønad|erstatning|erstatnin|gebyr|tvangsmulkt|overtredelsesgebyr|lovbrotsgebyr|tvangsbot|orskurd|kjennelse|dom|rettsbok|klagesak|tilbakebetalingskrav|innstilling|tilråding|forhåndsvarsel|førehandsvarsel|tvangsmulkta|partshøring|tildeling|tilsyn|etterkontroll|etterhåndskontroll|fritak|karakter|innpassing|dispensasjon)"
    + _END
)
_BY_PEOPLE = pattern(
    r"\b\w*(?:søknad|søknadsskjema|klage|klaga|politiattest|begjæring|krav|oppmoding|anmodning|søksmål|fullmakt|egenerklæring|anke|påmelding)" + _END
)
# What an undertaking or an owner keeps, makes or uses.
_BY_DOER = pattern(
    r"\b\w*(?:utstyr|anlegg|bygning|byggverk|fartøy|skip|kjøretøy|motorvogn|maskin|emballasje|etikett|merking|produkt|vare|varer|stoff|apparat|dyr|rekneskap|regnskap|årsregnskap|årsrekneskap|prosessanlegg|utslipp|avfall|lager|innretning|luftfartøy|tegning|teikning|kjemikalie|fôr|slakt|journal|driftsinstruks|internkontroll|avgift|instruks|risikovurdering|arbeidsplass)"
    + _END
)
_HE = pattern(r"^\W*(?:(?:han|ho|hun)\b|(?:vedkommende|vedkomande)(?:\s*$|\s+(?:\w+e|selv|sjølv|ikke|ikkje)\b))")
_IT = pattern(r"^\W*(?:det|dette|der)\b")
_DECIDES = pattern(
    r"^\W*(?:ved|i|før|når|under|til)\s+(?:\S+\s+){0,4}?\w*(?:avgjerd|avgjerda|avgjørelse|avgjørelsen|vurdering|vurderingen|vurderinga|behandling|behandlingen|behandlinga|handsaming|handsaminga|vedtak|vedtaket|skjønn|skjønnet|utmåling|utmålingen|saksbehandlingen|tildeling|tildelingen|fastsetting|fastsettelse|fastsettelsen)\b"
    r"|\b(?:legges|leggast|leggjast)\s+(?:\S+\s+)?vekt\b"
)
# What only an authority does.
_DECIDED = pattern(
    r"^(?:tildel|innvilg|avslå|utferd|utstede|oppnemn|oppnevn|ileg|inndra|tilbakekall|kalles|kunngj|avgj|treff|fatt|vedta|stadfest|stryk|prøv|idøm|utbetal|utnevn|utnemn)\w*(?:es|ast|as)$|^(?:avslås|vedtas|inndras)$"
)
# What is done with an application by the one who gets it.
_HANDLED = pattern(
    r"^(?:behandl|handsam|avvis|henlegg|prøv|vurder|innvilg|godkjenn|forbered|førebu|realitets|journal|oversend|videresend|forelegg|førelegg)\w*(?:es|ast|s)$"
)
_ENCLOSED = pattern(r"^(?:vedlegg|medbring)\w*(?:es|ast)$")
_WITH_APPLICATION = pattern(r"^\s*(?:\S+\s+){0,8}?(?:følge|følgje|legges|leggjast)\s+(?:(?:ved|med|vedlagt|i)\s+)*(?:\w+s\s+)?(?:\w+\s+)?(?:søknad|søknaden|klagen|klaga|begjæringen|kravet)\b")
_PAID = pattern(r"^(?:inn)?betal\w*(?:es|ast)$")
_DUES = pattern(r"\b\w*(?:avgift|gebyr|skatt|premie|kontingent|eigenbetaling|egenandel)" + _END)
_DONE_BY_DOER = pattern(
    r"^(?:merk|avlever|vedlikehold|prosjekter|konstruer|monter|install|brukes|brukast|nytt|betal|oppbevar|rengjør|lagr|utform|bygg|betjen|drives|drivast|transporter|pakk|desinfiser|sikr|plasser|kalibrer|slakt|fôr|emballer|loggfør|journalfør)\w*(?:es|ast)?$|^(?:brukes|brukast)$"
)
_SENT = pattern(
    r"\b(?:innsend|send|rett|meld|lever|innlever|rapporter|varsl|søk|fremset|framset|sett|innrapporter|oversend|legg|underrett|forelegg|førelegg|gi|gje)\w*(?:es|ast|s|vast)\b"
)
_FETCHED = pattern(r"^(?:innhent|hent|krev|innkrev|mott|samle|innsaml)\w*(?:es|ast)$")
_TO = pattern(r"\s(?:til|for|hos|ved|frå|fra)\s+(?:den\s+|det\s+|ein\s+|en\s+|et\s+|vedkommende\s+|nærmeste\s+)?")
_TO_WHOM = pattern(r"^(?:til|av|for|på|i|med|om|ved|etter|fra|frå|under|mot)\s.*", re.DOTALL)
_BEFORE_VERB = pattern(
    r"\s(?:skal|må|ikke|ikkje|også|òg|alltid|straks|\w+(?:es|ast)|være|vere|ha|bli|innehold\w+|innehald\w+)\b"
)


def nature_of(demand: Demand, subject: str, low: str) -> tuple[str, frozenset[str]]:
    """Whose kind of act it is, and who is at its other end and so does not do it.

    "authority": a body that decides; "people": who turns to it; "body": not the people whom it is done to; "doer": who owns, makes
    or uses the thing, who is seldom an authority; "" where nothing tells.
    """
    if demand.passive and (_IT.match(demand.subject) or subject.startswith(demand.passive)):
        # "Det skal føres regnskap": what is done stands after the verb.
        subject = _TO_WHOM.sub("", demand.after.partition(demand.passive)[2].strip())
    if demand.word in ("skal", "må") and _HE.match(demand.subject if demand.inverted else subject) and not demand.passive:
        return "person", frozenset()
    words = _BEFORE_VERB.split(head_of(subject), maxsplit=1)[0].strip()
    sent = demand.passive is not None and _SENT.search(demand.after[:120]) is not None
    fetched = demand.passive is not None and _FETCHED.match(demand.passive) is not None
    barred = _receivers(demand) if sent or fetched else frozenset()
    if demand.passive and _PAID.match(demand.passive) and _DUES.search(words):
        return "payer", barred
    if demand.passive and _BY_PEOPLE.search(words):
        return "authority" if _HANDLED.match(demand.passive) else "people", barred
    if _BY_AUTHORITY.search(words) or (demand.passive and _DECIDED.match(demand.passive)):
        return "authority", barred
    if demand.passive and _DECIDES.search(low) and _IT.match(demand.subject):
        return "authority", barred
    if (demand.word == "må" and demand.denied) or (demand.passive and _ENCLOSED.match(demand.passive)):
        return "people", barred
    if demand.passive or RECEIVES.match(demand.after):
        told = subject_after(after_adverbs(demand.subject)) if demand.inverted else bearer_of(demand.subject)
        if told in PEOPLE:
            return "body", barred
    if _BY_PEOPLE.search(words) or _WITH_APPLICATION.match(demand.after):
        return "people", barred
    if demand.denied and demand.passive:
        return "doer", barred
    if _BY_DOER.search(words) or (demand.passive and _DONE_BY_DOER.match(demand.passive)):
        return "doer", barred
    return "", barred


def _receivers(demand: Demand) -> frozenset[str]:
    """Whom something is sent to."""
    after = demand.after[:200]
    kinds: set[str] = set()
    for match in _TO.finditer(after):
        kinds.update(named_at(after, match.end()))
    direct = _SENT.search(after)
    if direct:
        kinds.update(named_at(after, direct.end()))
    return frozenset(kinds)
