"""What is done tells who does it: a decision is an authority's to make, an application someone else's. Small letters."""

import re

from tillitsrom.reading.clauses import after_adverbs, head_of
from tillitsrom.reading.laws.bearers import bearer_of, first_noun, named_at, subject_after
from tillitsrom.reading.laws.sentence import Demand
from tillitsrom.reading.words import pattern

PEOPLE = ("andre", "enhver")
# "Elever skal ha ein plan": those who are served are given what they shall have.
PROVIDED = pattern(
    r"^\W*(?:den\s+|dei\s+|de\s+|alle\s+|hver\s+|kvar\s+|en\s+|ein\s+|et\s+|eit\s+)?(?:\w+e\s+)?(?:deltaker|deltakar|deltager|elev|barn|pasient|bruker|brukar|innsatt|lærling|lærekandidat|beboer|bebuar)\w{0,4}\b"
)
RECEIVES = pattern(
    r"^\s*(?:(?!for\b|at\b|å\b)\S+\s+){0,4}?(?:få\s+(?!utarbeid|utført|utarbeidd|gjennomført|i\s+stand|på\s+plass|fr[ae]m\b|til\b)|motta\s+(?:\S+\s+){0,3}?(?:melding|kopi|beskjed|underretning|varsel|bekreftelse|stadfesting|vederlag|opplæring|informasjon|hjelp|tilbud|tilbod)\b"
    r"|ha\s+(?:\S+\s+){0,2}?(?:melding|kopi|beskjed|underretning|varsel|høve|innsyn|adgang|tilgang|tilgjenge|vederlag|kompensasjon|anledning)\b|(?:gis|givast|gjevast)\s+(?:\S+\s+){0,3}?(?:melding|kopi|beskjed|underretning|varsel|høve|innsyn|tilgjenge|adgang|vederlag|kompensasjon|anledning|tilbud|tilbod|minst|saker?|tilsendt|tilgang|informasjon|skriftl\w+)\b)"
)
_END = r"(?:en|et|n|ne|a|ane|ene|er|ar|inga|s|ens|ets)?$"
_BY_AUTHORITY = pattern(
    r"\b\w*(?:vedtak|avgjerd|avgjerder|avgjørelse|avgjørelser|pålegg|grunngiving|grunngjeving|begrunnelse|saksbehandling|sak|saker|høyring|høring|kunngjering|kunngjøring|saksbehandlinga|enkeltvedtak|forskrift|tillatelse|løyve|konsesjon|bevilling|bevilgning|godkjenning"
    r"|tilskudd|tilskot|stønad|erstatning|erstatnin|gebyr|tvangsmulkt|overtredelsesgebyr|lovbrotsgebyr|tvangsbot|orskurd|kjennelse|dom|rettsbok|klagesak|tilbakebetalingskrav|innstilling|tilråding|forhåndsvarsel|førehandsvarsel|tvangsmulkta|partshøring|tildeling|tilsyn|etterkontroll|etterhåndskontroll|fritak|karakter|innpassing|dispensasjon)"
    + _END
)
_BY_PEOPLE = pattern(
    r"\b\w*(?:søknad|søknadsskjema|klage|klaga|politiattest|begjæring|krav|oppmoding|anmodning|søksmål|fullmakt|egenerklæring|anke|påmelding)"
    + r"(?:en|et|n|ne|a|ane|ene|er|ar|r|inga|s|ens|ets)?$"
)
# What an undertaking or an owner keeps, makes or uses.
_BY_DOER = pattern(
    r"\b\w*(?:utstyr|anlegg|bygning|byggverk|fartøy|skip|kjøretøy|motorvogn|maskin|emballasje|etikett|merking|produkt|vare|varer|stoff|apparat|dyr|rekneskap|regnskap|årsregnskap|årsrekneskap|prosessanlegg|utslipp|avfall|lager|innretning|luftfartøy|tegning|teikning|kjemikalie|fôr|slakt|journal|driftsinstruks|internkontroll|avgift|instruks|risikovurdering|arbeidsplass)"
    + _END
)
_HE = pattern(
    r"^\W*(?:(?:han|ho|hun)\b|(?:vedkommende|vedkomande)(?:\s*$|\s+(?:\w+e|selv|sjølv|ikke|ikkje)\b))"
)
_IT = pattern(r"^\W*(?:det|dette|der)\b")
_DECIDES = pattern(
    r"^\W*(?:ved|i|før|når|under|til)\s+(?:\S+\s+){0,4}?\w*(?:avgjerd|avgjerda|avgjørelse|avgjørelsen|vurdering|vurderingen|vurderinga|behandling|behandlingen|behandlinga|handsaming|handsaminga|vedtak|vedtaket|skjønn|skjønnet|utmåling|utmålingen|saksbehandlingen|tildeling|tildelingen|fastsetting|fastsettelse|fastsettelsen)\b"
    r"|\b(?:legges|leggast|leggjast)\s+(?:\S+\s+)?vekt\b|\b(?:ikke|ikkje)\s+(?:tas|takast)\s+(?:hensyn|omsyn)\b|\b(?:ses|sjåast)\s+bort\b"
)
# What only an authority does.
_DECIDED = pattern(
    r"^(?:tildel|innvilg|avslå|utferd|utstede|oppnemn|oppnevn|ileg|inndra|tilbakekall|kalles|kunngj|avgj|treff|fatt|vedta|stadfest|stryk|berekn|beregn|utmål|innkrev|krevj?|prøv|idøm|utbetal|utnevn|utnemn)\w*(?:es|ast|as)$|^(?:avslås|vedtas|inndras)$"
)
# What is done with an application by the one who gets it.
_HANDLED = pattern(
    r"^(?:behandl|handsam|avvis|avslå|henlegg|prøv|vurder|innvilg|godkjenn|forbered|førebu|realitets|journal|oversend|videresend|forelegg|førelegg|avgj|overfør)\w*(?:es|ast|s)$"
)


def is_decided(verb: str) -> bool:
    """Whether a passive tells of handling or deciding what has come in or been made."""
    return _HANDLED.match(verb) is not None or _DECIDED.match(verb) is not None


_ENCLOSED = pattern(r"^(?:vedlegg|medbring)\w*(?:es|ast)$")
_WITH_APPLICATION = pattern(
    r"^\s*(?:\S+\s+){0,8}?(?:følge|følgje|legges|leggjast)\s+(?:(?:ved|med|vedlagt|i)\s+)*(?:\w+s\s+)?(?:\w+\s+)?(?:søknad|søknaden|klagen|klaga|begjæringen|kravet)\b"
)
_PAID = pattern(r"^(?:inn)?betal\w*(?:es|ast)$")
_DUES = pattern(
    r"\b\w*(?:avgift|gebyr|skatt|premie|kontingent|eigenbetaling|egenandel|vederlag|rente|vederlag)" + _END
)
_DONE_BY_DOER = pattern(
    r"^(?:merk|avlever|vedlikehold|prosjekter|konstruer|monter|install|betal|oppbevar|rengjør|lagr|utform|bygg|betjen|drives|drivast|transporter|pakk|desinfiser|sikr|plasser|kalibrer|slakt|fôr|emballer|loggfør|journalfør)\w*(?:es|ast)?$"
)
_SENT = pattern(
    r"\b(?:innsend|send|rett|meld|lever|innlever|rapporter|varsl|søk|fremset|framset|sett|innrapporter|oversend|legg|underrett|forelegg|førelegg|gi|gje)\w*(?:es|ast|s|vast)\b"
)
_FETCHED = pattern(r"^(?:innhent|hent|krev|innkrev|mott|samle|innsaml)\w*(?:es|ast)$")
_TO = pattern(
    r"\s(?:til|for|hos|ved|frå|fra)\s+(?:den\s+|det\s+|ein\s+|en\s+|et\s+|vedkommende\s+|nærmeste\s+)?"
)
_TO_WHOM = pattern(r"^(?:til|av|for|på|i|med|om|ved|etter|fra|frå|under|mot)\s.*", re.DOTALL)
_BEFORE_VERB = pattern(
    r"\s(?:skal|må|ikke|ikkje|også|òg|alltid|straks|\w+(?:es|ast)|være|vere|ha|bli|innehold\w+|innehald\w+)\b"
)


def nature_of(demand: Demand, subject: str, low: str) -> tuple[str, frozenset[str]]:
    """Whose kind of act it is, and who is at its other end and so does not do it.

    "authority": a body that decides; "people": who turns to it; "person": one who is told of by a pronoun; "payer": not an authority;
    "body": not the people whom it is done to; "doer": who owns, makes or uses the thing, who is seldom an authority; "" where nothing
    tells.
    """
    if (
        demand.word in _ORDERS
        and _HE.match(demand.subject if demand.inverted else subject)
        and not demand.passive
    ):
        return "person", frozenset()
    if demand.passive and (_IT.match(demand.subject) or subject.startswith(demand.passive)):
        # "Det skal føres regnskap": what is done stands after the verb.
        subject = _TO_WHOM.sub("", demand.after.partition(demand.passive)[2].strip())
    words = _BEFORE_VERB.split(head_of(subject), maxsplit=1)[0].strip(" .,;:")
    told = _told(demand)
    nature = (demand.passive and _nature_done(demand, demand.passive, words, low)) or _nature_of_thing(
        demand, words
    )
    if nature in ("", "doer") and told in PEOPLE:
        nature = "body"
    return nature, _other_end(demand, told)


# "Av planen skal det gå fram": what holds it stands first.
_HELD_IN = pattern(r"^\W*(?:av|i)\s+(?P<noun>[a-zæøå]{4,}(?:en|a|et|ene|ane))\s*$")


def thing_of(demand: Demand, subject: str) -> str:
    """The noun that the sentence is about, or ""."""
    if held := _HELD_IN.match(demand.condition):
        return held.group("noun")
    if demand.passive and (_IT.match(demand.subject) or subject.startswith(demand.passive)):
        subject = _TO_WHOM.sub("", demand.after.partition(demand.passive)[2].strip())
    return first_noun(_BEFORE_VERB.split(head_of(subject), maxsplit=1)[0])


def _told(demand: Demand) -> str | None:
    """Whom something is done to or given to, where that one is the subject."""
    provided = demand.verb == "ha" and PROVIDED.match(demand.subject) is not None
    if demand.passive or provided or RECEIVES.match(demand.after):
        return subject_after(after_adverbs(demand.subject)) if demand.inverted else bearer_of(demand.subject)
    return None


def _other_end(demand: Demand, told: str | None) -> frozenset[str]:
    sent = demand.passive is not None and _SENT.search(demand.after[:120]) is not None
    fetched = demand.passive is not None and _FETCHED.match(demand.passive) is not None
    if sent or fetched:
        return _receivers(demand)
    return frozenset(told.split("+")) if told and not demand.passive else frozenset()


def _nature_done(demand: Demand, verb: str, words: str, low: str) -> str:
    """What a verb in the passive tells."""
    if _PAID.match(verb) and _DUES.search(words):
        return "payer"
    if _BY_PEOPLE.search(words):
        return "authority" if _HANDLED.match(verb) else "people"
    if _DECIDED.match(verb) or (_DECIDES.search(low) and _IT.match(demand.subject)):
        return "authority"
    if _ENCLOSED.match(verb):
        return "people"
    return ""


def _nature_of_thing(demand: Demand, words: str) -> str:
    """What the thing tells that something is done with, or that is to be in some way."""
    if _BY_AUTHORITY.search(words):
        return "authority"
    if _WEIGHED.search(demand.after):
        return "body"
    if _PROVED.search(demand.after):
        return "people"
    if (
        _BY_PEOPLE.search(words)
        or _WITH_APPLICATION.match(demand.after)
        or (demand.word == "må" and demand.denied)
    ):
        return "people"
    if demand.passive and (demand.denied or _DONE_BY_DOER.match(demand.passive)):
        return "doer"
    return "doer" if _BY_DOER.search(words) else ""


# "Barnets beste skal være et grunnleggende hensyn": those who decide weigh it.
_WEIGHED = pattern(
    r"^\s*(?:\S+\s+){0,3}?(?:være|vere)\s+(?:\S+\s+)?(?:grunnleggende|grunnleggjande)\s+(?:hensyn|omsyn)|^\s*(?:tillegges|tilleggjast|vektlegges|vektleggjast)\b"
)
_PROVED = pattern(
    r"\b(?:dokumenter(?:es|ast)|bekreftes|stadfestast|godtgjøres|leggjast|legges)\s+(?:\S+\s+)?(?:med|ved|gjennom)\s+(?:\S+\s+)?\w*(?:attest|attesten|erklæring|vitnemål|kvittering|lønnsslipp|lønsslipp|meldinga|meldingen|søknaden|kopi)\b|^\s*(?:\S+\s+)?ettersend(?:es|ast)\b"
)
_ORDERS = ("skal", "må")


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
