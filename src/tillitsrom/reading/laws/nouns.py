"""The nouns that name someone who can have a duty, by kind, and the infinitives that show where a subject has ended. Small letters.

A Norwegian compound is what its last part says, so a word is known by its end: "politiattest" is a paper, "statsorgan" a body.
"""

from functools import lru_cache

from tillitsrom.reading.words import pattern, wordlist

# A court decides as an authority does; whoever reads the answer is told "andre".
COURT = "domstol"
ORDER = (
    "kommune",
    "fylkeskommune",
    "departement",
    "direktorat",
    "statsforvalter",
    "virksomhet",
    "organ",
    "arbeidsgiver",
    "enhver",
    "andre",
    COURT,
)
_ENDING = r"(?:en|et|a|ene|ane|er|ar|e|n|ne|r|i|ingen|s|ers|ars|ens|ets|enes|anes|as)?$"
# By kind, the nouns a word may end in; the first that fits counts.
_NOUNS = (
    (
        "fylkeskommune",
        r"fylkeskommun|(?:heim|heime|hjem|bosteds|bustad)fylk|fylkesting|fylkesråd|fylkesutval|fylkesutvalg|fylkesordfører|fylkesdirektør",
    ),
    ("statsforvalter", r"statsforvalt(?:er|ar)|statsforvalt|fylkesmann|fylkesmenn|fylkesmennen"),
    (
        "kommune",
        r"kommun|lokalstyr|kommunestyr|formannskap|byråd|bystyr|ordfører|ordførar|kommunedirektør|kommuneleg|kommuneoverleg|barnevernt[ej]*enest|barnevernstenest|barnevernstjenest|barnevernstenest|barnevernsleder|barnehagemyndighet"
        r"|barnehagestyresmakt|barnehagemyndigheit|planmyndighet|skolehelsetjenest|skolehelsetenest|helsestasjon|rådmann|feiervesen|brann- og redningsvesen|planstyresmakt|bygningsmyndighet|bygningsmyndigheit|krisesenter|krisesentertilbod|brannvesen|brannsjef|kommunedelsutval|kommunedelsutvalg|barnevern|omsorgstjenest|omsorgstenest|sosialtjenest|sosialteneste",
    ),
    ("departement", r"departement|konge|regjering|regjeringa|statsråd|statssekretær|minister|stortinget"),
    (
        "direktorat",
        r"direktorat|\w{3}tilsynet|^tilsynet$|tilsynsråd|jernbanetilsyn|nasjonalarkiv|statsarkiv|kartverk|(?:folkehelse|polar|film|havforsknings|veterinær|meteorologisk\s)institutt|nokut|nkom|bufdir|helsetilsyn|husbank|innkrevingssentral|innkrevjingssentral|hjelpemiddelsentral|strålevern|vegvesen|jernbaneverk|luftfartsverk|etat|^nav$|staten|stat|statsorgan|statsstyresmakt|politi|politidistrikt|politimester|politimeister|tollmyndighet|tollmyndigheit|skattemyndighet|skattemyndigheit"
        r"|skattekontor|patentstyr|riksarkiv|arkivverk|nasjonalbibliotek|lånekass|utlendingsnemnd|havarikommisjon|garantikass|påtalemyndighet|påtalemakt|lensmann|namsmann|namsmyndighet|sysselmester|sysselmeister|riksantikvar"
        r"|registerfører|registerførar|foretaksregister|føretaksregister|folkeregister|^forsvaret$|domstoladministrasjon|(?<!verne)ombud|språkråd|kulturråd|forskningsråd|språknemnd"
        r"|regionkontor|statlig myndighet|stadnamntenest|kriminalomsorg|riksrevisjon|skattefut|sentralbank|norges bank|utdanningsdirektorat|kystverk|etterretningstjenest|etterretningsteneste|matrikkelstyresmakt|namsmakt|tilskotsfut|(?<!by)fogd|trygdekontor|rikstrygdeverk|trygdeetat|innkrevingsmyndighet|innkrevjingsmyndigheit|(?<=\w{3})regist(?:er|r)|pasientskadeerstatning|(?:tilsyns|kontroll)personell|inspektør|inspektorat|tolldistrikt|grensemyndighet|utlendingsmyndighet|utlendingsmyndigheit|politimyndighet|forsvarsmyndighet|vassdragsmyndighet|sjøfartsmyndighet|luftfartsmyndighet|fiskerimyndighet|arkivstyresmakt|havnevesen",
    ),
    ("arbeidsgiver", r"arbeidsgiver|arbeidsgivar|arbeidsgjevar|arbeidsgivern|arbeidsgjevaren"),
    (
        "virksomhet",
        r"virksomhet|verksemd|foretak|føretak|selskap|bank|rederi|^reder$|^rederen$|partsreder|produsent|importør|leverandør|tilbyder|tilbydar|operatør|konsesjonær|(?:konsesjons|bevillings|løyve|tillatelses|lisens|sertifikat|bevilgnings|godkjennings)ha(?:ver|var)|spesialisthelsetjenest|spesialisthelseteneste|(?:verks|bruks|drifts|nett|tunnel|barnehage|skole|skule|anleggs|rederi|apotek|bedrifts|fartøy)e(?:ier|igar)"
        r"|(?<!oppdrags)ansvarlige|(?<!oppdrags)ansvarlege|konsorti(?:um)?|(?:garanti|sikrings|finans|trygd)fond|(?:^|\w(?<!bo)(?<!valg)(?<!val)(?<!reindrifts)(?<!distrikts)(?<!fjell)(?<!stemme))(?:styret|styre|styrets|styra)(?=$)|leder for virksomheten|institusjon|forhandler|forhandlar|verksted|verkstad|forlag|kringkaster|kringkastar|universitet|høgskole|høyskole|høgskul|høgskule|høyskule|fagskole|fagskule|sykehus|sjukehus|apotek"
        r"|oppdretter|oppdrettar|forsikringsselskap|pensjonskasse|pensjonsinnretning|utsteder|utferdar|oppdragsgiver|oppdragsgjevar|byggherre|byggherr|tiltakshaver|tiltakshavar|tillatelseshaver|driftsansvarlig|driftsansvarlige"
        r"|borettslag|burettslag|behandlingsansvarlig|behandlingsansvarlige|behandlingsansvarleg|databehandler|databehandlar|nettselskap|transportør|fraktfører|stiftelse|stifting|forening|samvirkeforetak|bedrift|hovedbedrift|eksportør|skol|skul"
        r"|skoleleder|lufthavnoperatør|revisjonsforetak|rapporteringspliktige|rapporteringspliktig|næringsdrivende|næringsdrivande|barnehage|barnehagen|gruve|netteier|avsender|rettssubjekt|konsern|fakultet|installatør|distributør|grossist|tilvirk(?:er|ar)|(?:tjeneste|teneste|kreditt|låne|helsehjelps)(?:yter|ytar)|ledelse|ledels|årsmøt|medlemsmøt|landsmøt|^jernbanen$|generalforsamling|foretaksmøt|representantskap|arrangør|arrangøre|tollagerholder|(?<!tilskudds)(?<!tilskots)(?:forvalteren|forvaltaren|forvaltere)|infrastrukturforvalter|asylmottak|(?<=\w{4})(?<!skatte)(?<!tjeneste)(?<!verne)pliktig(?:e)?|løyvehavar|løyvehaver|løyvehavaren|reiarlag|sfo|skolefritidsordning|institutt|dataansvarlig|registeransvarlig|dataansvarlege|verdipapirsentral|nødmeldesentral|alarmsentral|drosjesentral|hotell|spillarrangør|prosjekterende|entreprenør|lisenshaver|sertifikathaver|forretningsfører|klubb|idrettslag|^laget$|utsalgssted|utsalsstad|serveringssted|serveringsstad|butikk|forretning|kiosk|konkursbo|inkassator|(?:sal|salg|trygd|avløys|beite|eier|eigar|hogd|idrett|sal|skytter|skyttar)(?:s|e|ar|er)?lag|samvirkelag|^statskog|låneinstitusjon|revisjonsselskap",
    ),
    (
        "organ",
        r"støttegiv(?:er|ar)|tilskuddsgiv(?:er|ar)|tilskotsgiv(?:er|ar)|tilskuddsforvalter|tilskotsforvaltar|fjellstyr|reindriftsstyr|sameting|organ|forvaltningsorgan|vedtaksorgan|myndighet|myndigheit|myndigheter|styresmakt|styresmakter|nemnd|nemnda|utvalg|utval|(?<!for)(?<!foreldre)(?<!elev)(?<!student)råd|klageinstans|instans|komit[eé]|komiteen|sekretariat|kommisjon|kontrollinstans|vegstyremakt|styremakt",
    ),
    (
        COURT,
        r"^retten$|jordskifterett|jordskifteoverrett|skifterett|namsrett|trygderett|arbeidsrett|voldgiftsrett|konkursrett|herredsrett|byrett|domstol|tingrett|lagmannsrett|høyesterett|høgsterett"
        r"|^dommer|^dommar|meddommer|meddommar|fagdommer|fagdommar|forliksråd|byfogd|byfogdembet|sorenskriver|sorenskrivar|jordskiftedommer|skjønnsrett|skjønsrett",
    ),
    (
        "andre",
        r"(?:^|over|under|fast|bedrifts|tann|distrikts|turnus|vikar|skips|helse|spesial|vakt|allmenn|sykehus)leg|sykepleier|sjukepleiar|jordmor|personell|advokat|foreldre|forelder|foresatte|føresette|elev|student|søker|søkjar|søkar|søkjer|(?<!halv)(?<!gjen)part|pasient|bruker|brukar|(?<!erk)lærer|lærar|rektor"
        r"|arbeidstaker|arbeidstakar|ansatte|^tilsette$|tjenesteman\w*|tenesteman\w*|embetsman\w*|(?:^|skips|regnskaps|rekneskaps|vogn|kjøretøy|bil|tog|fly|båt|traktor|kran|luftfartøys)(?:fører|førar)|sjåfør|skipper|person|medlem|medlemmer|medlemene|leder|leiar|leier|leiger|leigar|kandidat|deltaker|deltakar|deltager|skattyter|skattytar|skattepliktig|skattepliktige"
        r"|innsatt|innsatte|utlending|dyreholder|dyrehaldar|jeger|jegar|fester|festar|forpakt(?:er|ar)|innsender|innsendar|leietaker|leigetakar|kjøper|kjøpar|selger|seljar|skyldner|skyldnar|kreditor|bostyrer|bobestyrer|(?:^|hjelpe)verge|ektefelle|ektemake|arving|barn|vitne|vitner|vitnet|sakkyndig|sakkyndige|sakkunnig|revisor"
        r"|^mor$|^moren$|^mora$|^far$|(?:^|[a-zæøå](?<!v)(?<!dr)(?<!pl)(?<!r)(?<!l))eier|eigar|innehaver|innehavar|eigedomshavar|grunneier|grunneigar|nabo|mannskap|^los$|^losen$|veterinær|apoteker|forsker|forskar|verneombud|hovedverneombud|medlemm|varamedlemm|representant|tillitsvalgt|tillitsvalde|tillitsvald|personale|personal|låntak(?:er|ar)|mottak(?:er|ar)|mottag(?:er|ar)|mindreårig|ledsag(?:er|ar)|kunstn(?:er|ar)|utøv(?:er|ar)|umyndig|skadelidt|skadevold(?:er|ar)|politiker|politikar|^kvinne|^mann$|^mannen$|brudfolk|kontohaver|stifter|oppdragsansvarlig|oppdragsansvarleg|utgjevar|(?<!vare)(?<!forsikrings)berettig(?:et|ede)|søkjand|søkand|husstand|besitter|besittar|arrestant|asylsøk(?:er|ar)|domfelt|beskikket|borger|borgar|innbygg(?:er|ar)|fisker|fiskar|kjørende|mekler|meklar|domfelt|domfelte|opponent|skadelidt|skadelidte|ansvarshavende|(?<!se)kunde|trossamfunn|livssynssamfunn|privatist|flyger|flygar|trafikant|passasjer|domfelt|^siktet$|^siktede$|mistenkt|forbruker|forbrukar|utleier|utleigar|huseier|hjemmehørende|veileder|vegleder|rettleiar|varsler|varslar|klager|klagar|verneombud|koordinator|barnekoordinator|organisasjon|organisasjonar"
        r"|tilsynsperson|foreldreråd|elevråd|studentråd|foreldr|saksøkt|saksøkte|fullmektig|velger|veljar|fysioterapeut|pårørende|pårørande|^tilsatte$|reisende|reisande|^registrerte$|tjenestepliktig|tjenestepliktige|skattepliktig|skattepliktige|stedfortreder|bobestyrer|meklar|utøver|utøvar|^tolk$|^tolken$|avtalepart|partane|hjemmelshaver|rettighetshaver|rettshavar|rettighetshavar|fordringshaver|kravshavar|heimelshavar|rekvirent|bruksrettshavar|bruksrettshaver|reineier|reineigar|siidaandel|distriktsstyre|kommandør|sjef|oppsynsmann|kontaktperson|oppdragstak(?:er|ar)|medhjelper|medhjelpar|hjelper|sykmelder|sensor",
    ),
)
_KINDS = tuple((kind, pattern(rf"(?:{nouns}){_ENDING}")) for kind, nouns in _NOUNS)
# Words that end like someone who acts, but are things.
_THINGS = pattern(
    r"(?:område|områd|utstyr|^fare$|klag|klage|navn|namn|underledd|rekkverk|kontrollutvalg|kontrollutval|bestemmelse|kommunestyreval|mulighet|moglegheit|nyttelag|grunnlag|underlag|forlagsrett|forslag|anslag|tillag|utslag|tilslag|avslag|vedlag|beslag|oppslag|behandling|mål|(?:føre|tiltaks|utleie|rese|retts|grunn|erstatnings|fangst)rett|virksomhetsplan"
    r"|klagerett|bruksrett|forkjøpsrett|beiterett|samtykkerett|eiendomsrett|eigedomsrett|åndsrett|vetorett|rådgiv|(?:regel|hand|nett|lov|drive|ramme|bygg|mur|tre|jern|gjennombruddsverk|ferdig|lappe|over|felles|kvern)verk(?:et)?|resultat|kommunedelplan|kringverk|notat|apparat"
    r"|mandat|format|attestat|sertifikat|søknad|råd(?=\s)|fylkesplan|ombudsplan|forhold|takstnemnd|plan|lov|part(?:er)?i|fart|kart|start|transport|rapport|import|eksport|sport|pass)(?:en|et|a|ene|ane|er|ar)?$"
)
# Words that look like a body or a person, and are something else.
_NOBODY = wordlist(
    "utstyrets fosfor acetat acetate innkomne råder undersøker nemnd nemnde råd råde tråd tråden trådt overtrådt opptrådt tiltrådt inntrådt forråd more seier"
)


@lru_cache(maxsize=20_000)
def kind_of(word: str) -> str | None:
    """The kind that one noun names, or None where it names nobody who can have a duty."""
    if len(word) < 3 or word in _NOBODY:
        return None
    for kind, names in _KINDS:
        if names.search(word):
            return None if _THINGS.search(word) and word != "retten" else kind
    return None


# After one of these no subject comes any more.
INFINITIVES = wordlist(
    """være vere bli verte ha få gi gje ta sjå se gå stå la inneholde innehalde sikre sørge sørgje syte skje gjelde omfatte oppfylle føre underrette utarbeide følge følgje legge leggje betale gjøre gjere gjennomføre
    vurdere utføre påse fastsette fastsetje foreligge treffe bruke informere dekke dekkje vise behandle tilfredsstille opplyse oppbevare dokumentere rapportere utgjøre melde levere holde halde ligge liggje varsle
    samarbeide komme kome bygge byggje kontrollere utstede etablere svare sette setje offentliggjøre stille benytte nytte fremme utpeke bekrefte opphøre søke søkje kreve krevje hindre fungere påføre medføre
    framlegge fremlegge beskrive opprette arbeide inkludere velge velje innhente identifisere utøve drive medvirke medverke iverksette avgjøre avgjere overholde kunngjøre fylle redegjøre yte overskride undersøke
    fortsette starte overvåke avvise lede leie sende oversende avgi bistå tilby orientere registrere kartlegge forelegge begrunne ivareta vareta motta gjennomgå underskrive underteikne undertegne ansette oppnevne
    kunne drøfte bidra finne foreta treffe planlegge organisere tilrettelegge oppdatere veilede rettleie gjere oppmode oppfordre vie ta innstille bestemme fatte føreslå foreslå utforme revidere rette samordne
    høre høyre anmode legitimere skrive lage hente meddele gjenoppta avslå innvilge ilegge oppheve endre trekke tilsette peke nemne tildele fordele utrede avklare prøve ettergi inndra slette sperre åpne lukke stanse"""
)


_SOMEONE = pattern(
    r"(?:(?<!\w{2}sk)(?:er|ar)|eren|aren|ere|erne|arar|arane|ør|øren|ator|atoren|ist|isten|ister|istar|ant|anten|anter|mann|mannen|menn|mennene|kvinne|den\s\w+e)$"
)
_GROUP = pattern(
    r"\w{3}(?<!grunn)(?<!under)(?<!for)(?<!av)(?<!an)(?:lag|forbund|samband|sameige|sameie)(?:et|en|a|ene|ane|r|ne)?$"
)


def someone(noun: str) -> str | None:
    """The kind of a noun that does what only someone can do ("finneren skal melde fra"), where the noun is no known one."""
    if noun in _PRONOUNS:
        return None
    if _GROUP.search(noun):
        return "virksomhet"
    return "andre" if _SOMEONE.search(noun) else None


_PRONOUNS = wordlist("den det dei de han ho hun ein en man denne dette disse desse")


@lru_cache(maxsize=8_192)
def stem(noun: str) -> str:
    """A noun without its ending: "planen" and "planar" are one."""
    cut = _NOUN_END.sub("", noun)
    return cut if len(cut) > _SHORT_STEM else noun


_NOUN_END = pattern(r"(?:ene|ane|en|et|er|ar|a|e)$")
_SHORT_STEM = 3
