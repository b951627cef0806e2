"""A text's words as they are compared: without what changes by itself every year, and the same in bokmål and nynorsk."""

import re
from functools import lru_cache

_MARKUP = re.compile(r"<[^>]{1,80}>|[*_`#|]+")
_ASSIGNMENT = re.compile(r"\b(?:id:?\s*)?[a-zæøå]{0,5}\d{4}[-–]\d{1,3}\b|\bid:\s*\S+")
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_DATE = re.compile(rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?:{_MONTH}))\s?(?:20\d\d)?|\b20\d\d-\d\d-\d\d\b")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?\b")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0.](?=\d{3}\b)")
_TOKEN = re.compile(r"<\w+>|\d+(?:[.,]\d+)?|[^\W\d_]+")
_ENDINGS = (
    "ingene", "ingane", "ingen", "inga", "enes", "anes", "ene", "ane", "ens", "ets", "ers", "ing", "er", "ar", "en",
    "et", "es", "as", "te", "de", "e", "a", "s", "t",
)  # fmt: skip


def _table(pairs: str) -> dict[str, str]:
    """Words and what each is compared as, written word=other."""
    return dict(pair.split("=") for pair in pairs.split())


# A letter that goes from one written standard to the other says the same: these are one word.
_TWINS = _table(
    """
    ikkje=ikke ein=en ei=en eit=et frå=fra vere=være dei=de korleis=hvordan kva=hva kven=hvem kvar=hver
    kvart=hvert noko=noe nokon=noen nokre=noen desse=disse berre=bare gjere=gjøre gjer=gjør gjerast=gjøres
    vidare=videre meir=mer fleire=flere auke=øke aukar=øker auka=økt verksemd=virksomhet
    verksemda=virksomheten verksemder=virksomheter verksemdene=virksomhetene teneste=tjeneste
    tenester=tjenester tenesta=tjenesten tenestene=tjenestene rettleiing=veiledning rettleiinga=veiledningen
    rettleie=veilede rettleiar=veileder følgje=følge følgjer=følger fylgje=følge leggje=legge legg=legger
    setje=sette sørgje=sørge syte=sørge saman=sammen tryggleik=sikkerhet tryggleiken=sikkerheten
    naudsynt=nødvendig naudsynte=nødvendige målsetjing=målsetting innan=innen seinast=senest
    løyving=bevilgning løyvinga=bevilgningen løyvingar=bevilgninger tilskot=tilskudd tilskota=tilskuddene
    tilskotet=tilskuddet tilsegn=tilsagn rekneskap=regnskap rekneskapen=regnskapet offentleg=offentlig
    offentlege=offentlige årleg=årlig årlege=årlige medan=mens òg=også åtgjerd=tiltak styresmakt=myndighet
    styresmakter=myndigheter styresmaktene=myndighetene kome=komme framleis=fortsatt tilhøve=forhold
    tilhøva=forholdene moglegheit=mulighet moglegheiter=muligheter moglege=mulige mogleg=mulig
    endeleg=endelig endelege=endelige vesentleg=vesentlig vesentlege=vesentlige særleg=særlig
    særlege=særlige jamleg=jevnlig jamlege=jevnlige skule=skole skular=skoler skulen=skolen skulane=skolene
    leiar=leder leiarar=ledere leiing=ledelse leiinga=ledelsen tilsette=ansatte tilsett=ansatt
    arbeidstakarar=arbeidstakere brukarar=brukere brukarane=brukerne innbyggjarar=innbyggere
    innbyggjarane=innbyggerne sjukehus=sykehus helsetenester=helsetjenester opplysningar=opplysninger
    vurderingar=vurderinger endringar=endringer utgreiing=utredning utgreiinga=utredningen
    samanheng=sammenheng samandrag=sammendrag samanlikna=sammenlignet heile=hele einskild=enkelt
    einskilde=enkelte eigen=egen eige=eget eigne=egne eigar=eier tidlegare=tidligere seinare=senere
    gong=gang gonger=ganger veke=uke veker=uker månad=måned månader=måneder månaden=måneden bidreg=bidrar
    medverke=medvirke byggje=bygge tryggje=sikre tryggja=sikre styrkje=styrke sikrar=sikrer søkje=søke
    søkjer=søker kjem=kommer
    """
)
# Words that steering letters use for each other, where the choice between them changes nothing that is demanded.
_ALIKE = _table(
    """
    må=skal bes=skal plikter=skal forventes=skal senest=innen utarbeide=lage utarbeider=lager utforme=lage
    utformer=lager melde=rapportere medvirke=bidra medvirker=bidrar påse=sørge sikre=sørge sikrer=sørger
    ivareta=sørge foreta=gjennomføre foretar=gjennomfører utføre=gjennomføre utfører=gjennomfører
    kartlegge=undersøke kartlegger=undersøker redegjøre=rapportere redegjør=rapporterer orientere=rapportere
    informere=rapportere oversende=sende oversender=sender øke=styrke øker=styrker redusere=minske
    reduserer=minsker minimere=minske fremme=styrke fremmer=styrker
    """
)
_ENDING_TWINS = (
    (re.compile(r"(?<=\w{3})leg(e|ast|are)?$"), r"lig\1"),
    (re.compile(r"(?<=\w{3})heit(er|a|en)?$"), r"het\1"),
    (re.compile(r"(?<=\w{3})leik(en|ar)?$"), r"het\1"),
)


def words(text: str) -> tuple[str, ...]:
    """The words in order, as two years' texts are compared. Years, dates and assignment numbers are not told apart."""
    text = _MARKUP.sub(" ", text.casefold())
    text = _ASSIGNMENT.sub(" ", text)
    text = _DATE.sub(" <dato> ", text)
    text = _YEARS.sub(" <aar> ", text)
    text = _THOUSANDS.sub("", text)
    return tuple(map(_twin, _TOKEN.findall(text)))


@lru_cache(maxsize=50_000)
def _twin(word: str) -> str:
    word = _TWINS.get(word, word)
    for ending, other in _ENDING_TWINS:
        word = ending.sub(other, word)
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its commonest endings; crude, the same for both years."""
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=50_000)
def meaning(word: str) -> str:
    """What a word is weighed as: the stem of the word that stands for it and its equals."""
    return stem(_ALIKE.get(word, word))


def chapter_words(heading: str) -> tuple[str, ...]:
    """A heading as it is compared: its numbers and years are left out."""
    return tuple(stem(word) for word in words(heading) if not word[0].isdigit() and not word.startswith("<"))
