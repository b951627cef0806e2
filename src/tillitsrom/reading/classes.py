"""The class of a finding: the first that fits, told from its words, its stem and the chapter it stands in."""

from collections.abc import Callable

from tillitsrom.reading.findings import Finding, Place
from tillitsrom.reading.model import RequirementClass
from tillitsrom.reading.structure import SectionKind
from tillitsrom.reading.words import pattern

_MAKING = (
    r"utarbeide|utrede|vurdere|lage|gjennomføre|gjøre|utvikle|kartlegge|følge|etablere|bistå|samarbeide|koordinere|trekke|se|bidra|ha|ta|gi|sikre|sørge"
    r"|involvere|fortsette|styrke|videreutvikle|iverksette|identifisere|gjennomgå|revidere|oppdatere|bruke|arbeide|ivareta|inneholde|omfatte|delta|innhente"
    r"|starte|prioritere|understøtte|tilrettelegge|komme|oppsummere|beskrive|foreslå|anbefale|greie|gjere|syte|utgreie|vurdert|legge\s+til"
)
_HANDING = (
    "send", "rapport", "lever", "orienter", "redegj", "gjere greie", "varsl", "underrett", "fremlegg", "framlegg", "legge", "leggj", "meld", "status",
    "oversikt", "omtal", "presenter", "imøtes", "gis i", "opp med", "opp i", "foreleg", "tas inn", "tas med", "informer", "inngå", "fremgå", "framgå", "beskrives", "inkluderes", "i hende", "hos ", "kome fram", "komme fram", "oppsummer", "tilbakemelding", "kopi", "om å få", "oversyn", "notat", "utkast", "svar ", "innspill", "innspel", "utgreiing", "tall ", "anslag", "beskjed", "årlig", "departementet skal ", "departementet må ",
)  # fmt: skip
_HANDS_OVER = pattern(
    rf"\b(?:skal|må|bør|bes|ber|bed)\b(?:\s+(?!(?:{_MAKING})r?\b|slik\b)\S+){{0,12}}?\s+"
    r"(?:oversend\w*|sendes?|sendt|sendast|rapportere[rst]?|rapporterast|levere[rst]?|levert|leverast|orientere[rst]?|varsle[rst]?|varslast|underrette[rst]?"
    r"|fremlegge[st]?|framlegge[st]?|legge[rs]?\s+fr[ae]m|leggj(?:e|ast)\s+fram|meldes?|melder|melde[rs]?\s+tilbake|meldast|innrapporter\w*|departement\w*\s+i\s+hende|hos\s+\w*departement\w*)\b",
)
_TO_SOMEONE = r"(?:\w*departement\w*|riksrevisjonen|\w*direktoratet|\w*tilsynet|styret|toppledelsen|kommunedirektøren|rådmannen|kommunalsjef\w*|kommunestyret|formannskapet|etatsstyringsmøte\w*)"
# Each is looked for only where one of its own parts occurs.
_HANDED = (
    (
        ("es ", "ast ", "kopi ", "legges fr", "leggjast"),
        pattern(
            r"\b(?:oversendes|sendes|leveres|rapporteres|meldes|fremlegges|framlegges|sendast|leverast|rapporterast|meldast|legges\s+fr[ae]m|leggjast\s+fram)\b.{0,80}?(?:departement|riksrevisjon|postmottak|@|\binn(?:e|a)n\b|kopi|senest|seinast|\d{1,2}\.\s?(?:\d|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)|\b(?:i|til|før)\s+(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)|\bi\s+form\s+av\b|\bsom\s+(?:en|ei|et|ein|eit)\b)"
            r"|\b(?:rapporteres|rapporterast)\s+(?:\w+\s+){0,2}?(?:til|i)\b|\bkopi\s+til\b"
        ),
    ),
    (
        ("orienter", "informer"),
        pattern(
            r"\bdepartement\w*\s+(?:skal\s+|må\s+|bør\s+)?(?:holdes|haldast)\s+(?:\w+\s+)?(?:orientert|informert|oppdatert)"
            r"|\b(?:holdes|haldast)\s+(?:\w+\s+)?(?:orienterte?|informerte?)\b|\b(?:held|holder|halde|holde)\s+\S*departement\w*\s+(?:\w+\s+)?(?:orientert|informert|oppdatert)"
        ),
    ),
    (
        ("imøtes", "gis i", "opp med", "opp i", "kopi av", "foreleg", "forvent"),
        pattern(
            r"\bimøtese[rs]|\bgis\s+i\s+(?:\w+\s+)?\w*rapport|\b(?:tas|takast)\s+opp\s+(?:med|i)\s+\w*(?:departement|møte|styringsdialog)|^kopi\s+av\b.{3,60}\bsendes\b"
            r"|\bforelegges\s+\w*departement|\bforvente[rs]\s+(?:det\s+)?(?:en\s+)?(?:\w+\s+)?\w*rapport"
        ),
    ),
    (
        ("departementet skal ", "departementet må "),
        pattern(r"\bdepartementet\s+(?:skal|må)\s+(?:\w+\s+)?(?:få|ha|motta)\s"),
    ),
    (
        ("gi ", "gje "),
        pattern(
            rf"\b(?:gi|gje)\s+{_TO_SOMEONE}\s+(?:\S+\s+){{0,3}}?(?:oversikt|oversyn|tall|tal|anslag|redegjørelse|rapport|beskjed|notat|utkast|svar|innspill|innspel|utgreiing)\b"
        ),
    ),
    (
        ("presenter",),
        pattern(r"\bpresenter(?:es|ast|e)\s+(?:i|på|for)\s+(?:\w*møte\w*|\w*departement\w*)"),
    ),
    (
        ("blir ", "vert "),
        pattern(r"\b(?:blir|vert)\s+(?:oversendt?e?|sendt?e?|rapporterte?|meldte?|levert?e?)\b"),
    ),
    (
        (" om ", "det gis", "det gjev"),
        pattern(
            r"\b(?:ber|bes?|bed)\s+(?:det\s+)?om\s+(?:en\s+|ei\s+|ein\s+|eit\s+)?(?:\w+\s+){0,2}(?:rapport\w*|status\w*|tilbakemelding\w*|orientering|redegjørelse|oversikt|oversyn|utgreiing)"
            r"|\b(?:ber|bes?|bed)\s+om\s+å\s+(?:få\b|(?:bli|verte|holdes|haldast)\s+(?:\w+\s+)?(?:orientert|varslet|varsla|informert|underrettet))|^det\s+(?:gis|gjevast)\b.{0,60}?(?:oppsummering|orientering|rapport|tilbakemelding)"
        ),
    ),
    (
        (
            "rapport",
            "status",
            "orientering",
            "melding",
            "tilsendt",
            "oversendt",
            "redegjør",
            "e greie ",
            "tilbakemelding",
        ),
        pattern(
            r"\bstatus\b.{0,60}\bforeligge\b|\b(?:inkluderes|omtales|inngå|fremgå|framgå|gå\s+fram|kome?\s+fram|komme\s+fram|beskrives|omtalast|omtala|omtalt|oppsummeres)\s+(?:i|av)\s+(?:\w+\s+){0,4}?\w*rapport"
            r"|\bfå\s+(?:tilsendt|oversendt)|\b(?:skal|må|bes|ber)\b.{0,60}\bredegjør\w*\s+(?:\S+\s+){0,5}(?:departement|overfor)|\bgje?re\s+greie\s+(?:\S+\s+){0,8}?(?:\w*departement|årsrapport)"
            rf"|\b(?:gi|gje)\s+{_TO_SOMEONE}\s+(?:\S+\s+){{0,3}}?(?:orientering|status|tilbakemelding|melding)\b"
            r"|\b(?:tas|takast)\s+(?:inn|med)\s+i\s+(?:\w+\s+){0,2}\w*rapport"
            r"|^(?:årsrapporten|tertialrapporten|statusrapporten)\s+(?:skal|må|bør)|\bgi\s+(?:\w+\s+){0,3}(?:status|tilbakemelding|oversikt over status)"
        ),
    ),
)
_VERBS = (
    "send",
    "rapporter",
    "lever",
    "orienter",
    "varsl",
    "underrett",
    "legge",
    "leggj",
    "meld",
    "i hende",
    "hos ",
)
_START_HANDS_OVER = pattern(
    r"^(?:å\s+)?(?:rapportere|oversende|orientere|varsle|redegjøre\s+(?:overfor|til|for\s+\S*departement)|sende|(?:holde|halde)\s+\S*departement\w*\s+(?:\w+\s+)?orientert|melde\s+(?:inn|fr[aå]|til)|legg(?:j?)e\s+fr[ae]m\s+(?:\S+\s+){0,4}?for\s|levere\s+(?:\S+\s+){0,4}?(?:utkast|bidrag\w*|innspill|innspel|notat|\w*rapport|tal|tall|oversikt|oversyn)\s+til\s|gje?re\s+greie\s+for\s+\S+\s+(?:til|i))\b",
)
# "vise fordelingen i den årlige rapporten", "omtales i årsrapporten"
_IN_REPORT = pattern(
    r"\b(?:vise|syne|beskrive|omtale|synliggjøre|gjøre\s+rede\s+for|kommentere|gi\s+(?:en\s+)?(?:oversikt|omtale|beskrivelse|vurdering))\b.{0,160}?\bi\s+(?:den\s+årlige|årlig|årleg|den\s+årlege|årsrapport|årsmelding|tertialrapport|statusrapport|halvårsrapport)"
)
_PURPOSE = pattern(r"(?<!ansvar)(?<!ansvaret)(?<!plikt)\sfor\s+å\s")
_REPORTS = pattern(
    r"\brapporter(?:e[rs]?|ast|te?)\b|\brapportering(?:a|en)?\b|\b\w*rapport(?:ene?s?|er|a|ane)?\b|\boversend\w+|\borientere[rs]?\b|\borientert\b|\borienterast\b|\bredegjør\w*|\bgjøre rede|\bgjere greie"
    r"|\bvarsle[rs]?\b|\bvarslast\b|\bvarslar\b|\bunderrett\w*|\btilbakemelding\w*|\bmeld(?:e|es|ast|er)\b(?!\.\w)|\bmeldt\s+(?:til|inn)\b|\binnspill(?:et)?\b(?<!med\sinnspill)(?<!faglige\sinnspill)|\binnspel(?:et)?\b|\bbudsjettinnspill|\bårsregnskap\w*|\bårsrekneskap\w*"
    r"|\bsend(?:e|es|ast|er)\s+(?!på\s+høring|på\s+høyring|ut\b|(?:\S+\s+){0,2}?(?:ansatte|tilsette|medarbeid\w+|deltak\w+|leder\w*|leiarar|folk|representant\w*)\b|(?:\S+\s+){1,2}vid[ae]re\b)|\blegge[rs]?\s+(?:\S+\s+){0,4}?fr[ae]m\b|\bleggj(?:e|ast)\s+(?:\S+\s+){0,4}?fram\b|\bforelegg\w*|\bføreleggj\w*|\bi\s+hende\b|\bhos\s+\w*departement|\bforklare\s+(?:hvorfor|kvifor|avvik)|\b(?:avvik|svingning|endring|økning|auk(?:e|ing)|nedgang|variasjon|forskjell|skilnad|utslag)\w*\b.{0,60}?\bforklar(?:es|ast)\b"
    r"|\b(?:over)?lever(?:e[st]?|ast)\s+(?:\S+\s+){0,4}?\w*departement|\bforklaring\w*\s+(?:på|av)\s+resultat|\bstatusoppdatering\w*|\bavviksrapport\w*|\binformere\s+(?:\S+\s+){0,3}departement|\bdokumentere\s+overfor|\bta(?:r|s|kast)?\s+(?:\S+\s+){0,3}?opp\s+med\s+\w+"
    rf"|\b(?:gi(?:s|r|t)?|gje|gjev|gjevast)\s+(?:\w+\s+)?{_TO_SOMEONE}\s+(?:\w+\s+){{0,3}}?(?:oversikt|oversyn|innspill|innspel|tilbakemelding|vurdering|orientering|melding|status|notat|utkast|svar)|\blever(?:e|es|ast)\s+(?:\S+\s+){{0,4}}?(?:utkast|bidrag|innspill|innspel|notat)\b.{{0,30}}?\btil\s|\bløft(?:e|es|ast)\s+(?:\S+\s+){{0,3}}?til\s+\S*departement|\bgi\s+tilbakemelding|\bgi(?:s|r)?\s+(?:(?:en|ein|ei)\s+)?(?:\w+\s+){{0,2}}(?:status|statusoversikt|redegjørelse|orientering)\b"
    rf"|\bpresenter(?:es|ast|e)\s+(?:i|for|på)\s+{_TO_SOMEONE}|\bbe(?:d|r)?\s+om\s+å\s+få\b|\bi\s+(?:\w+\s+)?\w*rapporten\b|\bi\s+(?:årsregnskapet|årsrekneskapen|årsberetningen)\b"
)
_NO_REPORT = pattern(
    r"\boppfølging(?:en)?\s+av\s+rapport|\bfølg(?:e|je|es|jast)\s+opp\s+(?:\S+\s+){0,3}?\w*rapport|\bforbered|\bmeld(?:e|er)\s+(?:på|seg)\b|\b(?:skal|må|bør)\s+(?:\w+\s+)?publiser|\b(?:personopplysninger|personopplysningar)\b|\bskal\s+(?:ikke|ikkje)\s+send"
)
# What stands in a chapter of reporting without being a report: to publish, to follow up, to meet.
_BESIDE = pattern(
    r"\b(?:legges|leggjast|lagt|lagd|leggje|legge)\s+(?:\w+\s+)?ut\b|\bpubliser(?:t|es|ast|te)\b|^(?:\S+\s+){0,9}?(?:følges|følgjast|følge|følgje)\s+opp\b|^(?:å\s+)?(?:stille|møte|delta|følge|følgje)\s|\b(?:gi|gje)\s+merknad(?:er|ar)\b|^(?:\S+\s+){0,3}?(?:skal|må|bør)\s+(?:\w+\s+)?(?:behandle|handsame)\s|\bforankr\w+\s+hos\b|\b(?:samordn|koordiner)(?:es|ast|e)\s+(?:\w+\s+)?med\b"
)
# "Løyve som ikke er i samsvar med kravene, skal endres": the clause describes the subject.
_RELATIVE = pattern(r"^([^,]{3,60}?)\s(?:som|der)\s[^,]+,(?=\s(?:skal|må|bør|bes|forventes)\b)")
_LEADING = pattern(r"^\W*(?:når|dersom|hvis|viss)\s[^,]{5,120},\s*(?=(?:skal|må|bør|bes)\b)")
# What a product may be used for later is not what is asked for.
_BESIDES = pattern(r",\s+som\s+(?:\w+\s+)?kan\s")
_ALL_OF_THEM = pattern(r"^(?:alle\s+oppdrag\w*|oppdragene|oppdraga)\s+(?:i\s+\w+\s+)?(?:skal|må|bør)\s")
_SUBORDINATE = pattern(
    r"(?<=.{14})(?:,\s*)?\b(?:når|dersom|hvis|viss|slik\s+at|hvordan|korleis|(?<!langt\s)(?<!slik\s)som|gjerne|uten\s+at|utan\s+at|med\s+mindre"
    r"|før\s+(?:den|det|de|dei|han|ho|\w{4,}(?:en|et|a|ene|ane))\s+(?!\d)\w+(?:es|ast|er|r|t))\b"
)
# How a thing is to be done, or within which bounds.
_GUIDES = pattern(
    r"\b(?:(?:særlig\s+|særleg\s+)?vekt\s+på|(?:oppmerksomhet|merksemd)\b|hensyn|omsyn|(?:rettes|rettast|innrettes|innrettast)\s+(?:inn\s+)?mot"
    r"|ta\s+høyde\s+for|ta\s+høgd|forberedt\s+på|budd\b|(?:lønns|fonds|drifts|tilskudds|tilskots|prosjekt|utviklings|stimulerings)?midl(?:er|ene|ane|ar)\b"
    r"|utgift\w*|i\s+sammenheng|i\s+samanheng|samarbeid(?:e|es|et|ast|er)?\b|samordn(?:e|es|ing|inga|ast|a)\b|i\s+samråd|i\s+dialog|til\s+grunn"
    r"|i\s+tråd\s+med|i\s+samsvar|i\s+henhold|forskrift|(?:innenfor|innanfor)\s+(?:\w+\s+){0,3}?(?:ramm|ressurs)|prioritet|godkjenning|bidra\s+til\s+oppdrag"
    r"|kommunikasjon\w*|(?:av)?klar(?:es|erast|eres|ast)\b|involver|benytt|nytt(?:e|es|ast)\b|(?:skal|må|bør)\s+(?:\w+\s+)?bruke\b|klima|grunnprinsipp"
    r"|brukes\s+bare|begrens|avgrens|unngå|gå\s+(?:foran|føre)\b|samtykke\b|klart\s+språk|refusjon|føring(?:er|ene|ar|ane)\b|bygge\s+på|byggje\s+på"
    r"|ha\s+forrang|(?:uten|utan)\s+(?:påvirkning|påverknad|innblanding|instruks\w*)\b|h[oa]ld(?:es|ast)\s+(?:tilbake|attende|igjen)\b|konsulent|i\s+lys\s+av|tilpasse\s+(?:\S+\s+){1,4}?(?:til\s+)?(?:\w+\s+)?(?:ramm|budsjett|bevilgning|løyving)\w*|(?:tas|takast|trekkes|trekkast)\s+med\s+(?:i|på)|(?:anledning|høve)\s+til\s+å\s+uttale"
    r"|utadrettet\s+omtale|(?:skal|må|bør)\s+(?:\S+\s+){0,2}?(?:normalt|som\s+(?:hovedregel|hovudregel|regel)|fortrinnsvis)\s)|^post\s+\d|prioriter|vektlegg|tildeling(?!sbrev)|bevilgning|løyving|tilskudd|tilskot|merutgift|meirutgift|samhandl|regelverk"
    r"|reglement|bestemmelse|føresegn|lov(?:en|a|ene)?\b|brukermedvirkning|brukarmedverknad|tariff|lærling|etterlev|overhold|\bfellesføring|rundskriv|oppdrag\s+som\s+er\s+gitt"
    r"|retningslinj|koordiner|likestill|mangfold|mangfald|inkludering|universell|merforbruk|meirforbruk|mindreforbruk|inntektsfør"
)
# To apply or enforce the law on others is work, not a bound.
_ENFORCES = pattern(
    r"\b(?:håndheve|handheve|forvalte|føre\s+tilsyn|føre\s+kontroll|behandler?|handsam(?:e|ar)|krev(?:e|er)?\s+tilbake|veilede|rettleie|gi\s+råd)\b"
)
_ACTS = pattern(
    r"\b(?:har\s+(?:\w+\s+)?ansvar|(?:skal|må)\s+(?:sørge|syte)\s+for|^(?:sørge|syte)\s+for|skal\s+(?:i\s+20\d\d\s+)?gjennomføre|(?:skal|må)\s+(?:løse|løyse|utføre|ivareta|vareta)\s+(?:\S+\s+){0,3}?(?:oppgav|oppgåv)\w*\b(?!\s+(?:i\s+(?:tråd|samsvar|henhold)|etter|innen|innan))|skal\s+utrede|skal\s+utarbeide|skal\s+etablere|skal\s+bidra(?!\s+til\s+oppdrag))\b",
)
_MAKES = pattern(
    r"\b(?:invitere[s]?|inviterast|gjennomføre[s]?|gjennomførast|utrede[s]?|utarbeide[s]?|utarbeidast|utarbeidd|etablere[s]?|etablerast|lage[s]?|lagast|opprette[s]?|utvikle[s]?|utviklast|kartlegge[s]?|kartleggje|innføre|evaluere[s]?|evaluerast"
    r"|oppdatere[s]?|oppdaterast|arrangere[s]?|øves|øvast|utføres|utførast|byggje\s+opp|greie\s+ut|delta\s+i|ha\s+(?:en|ein|ei|et|eit)\s+(?:\w+\s+)?(?:plan|system|\w+system|oversikt))\b"
)
_BY_DATE = pattern(
    r"\b(?:innen|innan|senest|seinast|før)\s+(?:\d|utgangen|slutten|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
)
_ABOUT_MONEY = pattern(
    r"\b(?:lønns|fonds|drifts|tilskudds|tilskots|prosjekt|utviklings|stimulerings)?midl(?:er|ene|ane|ar)\b|tildeling(?!sbrev)|bevilgning|løyving|tilskudd|tilskot"
)
# With whom a thing is done does not make it a bound, where the thing itself is told ("i samarbeid med politiet avklare …").
_WITH_WHOM = pattern(r"\bi\s+samarbeid\s+med\s+(?:\S+\s+){1,6}?(?=[a-zæøå]{4,}e\s)")
# What comes last is how the first is done: "skal gjennomgå egne veiledere, og involvere brukerne".
_BESIDES_THAT = pattern(
    r"(?<=.{60}),?\s+og\s+(?:involvere|samarbeide|samordne|koordinere|konsultere)\s(?:(?!\b(?:skal|må)\b).)*$"
)
_SEES_TO = pattern(r"\b(?:se|sjå)\s+til\s+at|\bpåse\b")
# An expectation says how things are to be done, unless it is a plain duty or tells somebody to set something going.
_BINDS_ACTOR = pattern(
    r"\bplikt|\boppfordr|\boppmod|\banmod|\b(?:set(?:ter)?\s+i\s+verk|iverksetter|gjennomfører|utarbeider|utarbeidar|utvikler|utviklar|lager|lagar|etablerer|kartlegger|utreder|greier\s+ut|gir|gjev|tilbyr|gjør|gjer)\b"
)
_SUM = pattern(r"^\W*(?:minst|inntil|om\s+lag)?\s*\d[\d,. ]*\s*(?:mill|mrd|kroner|kr\b)")
_NEGATIVE = pattern(r"\b(?:skal|må|bør|kan)\s+(?:\w+\s+)?(?:ikke|ikkje|aldri|bare|berre|kun)\b")
_MANNER = pattern(
    r"(?:es|ast)\s+(?:\S+\s+){0,4}?(?:åpent|ope|atskilt|skjermet|skriftlig|skriftleg|elektronisk|forsvarlig|forsvarleg|likt|på\s+samme\s+måte|på\s+same\s+måte)\b"
)
_IN_LINE = pattern(
    r"\bi\s+tråd\s+med|\bi\s+samsvar|\bi\s+henhold|\better\s+(?:\w+\s+){0,2}?(?:lov|lova|loven|forskrift\w*|\w*regelverk\w*|\w*standard\w*|\w*retningslinje\w*|\w*prinsipp\w*)\b"
)
# To see to it that things are kept as they must be; "innen 1. mai" makes it a task.
_KEPT = pattern(
    r"\b(?:sørger?\s+for|syter?\s+for|påser?|ser?\s+til|sjå\s+til)\s+at\b.{0,90}?\b(?:er|holdes|haldast)\s+(?:\w+\s+)?(?:tilpass\w+|atskilt|skilt|forsvarlig|forsvarleg|dokumentert|forankr\w+|i\s+strid|innenfor|innanfor)\b"
)
_SO_THAT = pattern(
    r"(?:es|ast)\s+slik\s+at\b|\b(?:på\s+(?:en|ein|ei)\s+(?:\w+\s+)?(?:måte|vis)|i\s+(?:en|ei)\s+form)\s+(?:som|der|at)\b"
)
_WAY_OF_BEING = pattern(
    r"\b(?:skal|må|bør)\s+(?:være|vere)\s+(?:åpen|åpent|åpne|open|ope|opne|tydelig\w*|tydeleg\w*|etterrettelig\w*|uavhengig\w*|upartisk\w*|varsom\w*)\b"
)
_FIRST_GUIDES = pattern(
    r"\b(?:skal|må|bør)\s+(?:\S+\s+){0,5}?(?:ta\s+(?:\w+\s+)?(?:hensyn|omsyn|høyde)|prioritere|legge\s+(?:\w+\s+)?vekt|samarbeide|samordne)\b"
)
_WATCHES = pattern(
    r"\b(?:føre|ha)\s+(?:\w+\s+)?(?:kontroll|oversikt|oversyn|register)\s+(?:med|over)\b|\bha\s+(?:en|ein|ei)\s+(?:\w+\s+)?rutine\b|\b(?:utarbeide|etablere|lage)\s"
)
_LESS_FIRST = pattern(r"\bredusere\s+(?:\w+\s+)?(?:konsulent|innleie|innleige|reise)\w*")
_FINISHED = pattern(
    r"\b(?:være|vere|bli)\s+(?:\S+\s+){0,4}?(?!begrunnet|grunngjeve|tilpass)(?:\w+(?:ert|tatt|teke|ført|delt|dlet|dla|ferdig)|vedtatt|behandlet|handsama|skriftlig\w*|skriftleg\w*|tilgjengelig\w*|tilgjengeleg\w*|på\s+plass|utarbeidd?|levert)\b|\b(?:skal|må|bør)\s+(?:\w+\s+)?på\s+plass\b"
)
_ASSIGNED = pattern(r"\bi\s+oppdrag\s+å\b|\bsom\s+oppdrag\b")
_GUIDING = ("bound", "premise", "modal_money")


_CONJUNCTIONS = ("som ", "at ", "der ", "når ", "hvor ", "hvordan ", "korleis ", "dersom ", "om ")
# "Forslagene skal være drøftet med X før de legges frem": the handing over is only the point in time.
_BEFORE = pattern(
    r"(?<=.{14})\s+før\s+(?:den|det|de|dei|han|ho|\w{4,}(?:en|et|a|ene|ane))\s+(?:\w+\s+)?(?:over|frem|fram)?(?:sendes|leveres|legges|sendast|leverast|leggjast|send|lever|lagd|lagt|rapportert)\w*(?:\s+fr[ae]m)?"
)


def main_part(plain: str) -> str:
    """The sentence without the subordinate clause that ends it: what is done there is not what is asked for."""
    plain = _LEADING.sub("", plain, count=1)
    if " som " in plain[:70] or " der " in plain[:70]:
        plain = _RELATIVE.sub(r"\1", plain, count=1)
    match = _SUBORDINATE.search(plain)
    if match is None:
        return plain
    cut = plain.find(", og ", match.end())
    # ", og som …" goes on with the subordinate clause.
    goes_on = cut >= 0 and not plain.startswith(_CONJUNCTIONS, cut + 5)
    return plain[: match.start()] + (plain[cut:] if goes_on else "")


def hands_over(plain: str) -> bool:
    """Whether something is to be handed over: a report, a notice, a product. Text in small letters."""
    if not any(part in plain for part in _HANDING):
        return False
    if " før " in plain:
        plain = _BEFORE.sub("", plain, count=1)
    if _START_HANDS_OVER.match(plain):
        return True
    if ("årlig" in plain or "rapport" in plain or "årleg" in plain) and _IN_REPORT.search(plain):
        return True
    if any(verb in plain for verb in _VERBS) and _HANDS_OVER.search(plain):
        return True
    return any(any(part in plain for part in parts) and rule.search(plain) for parts, rule in _HANDED)


def classify(finding: Finding, hands: Callable[[str], bool] = hands_over) -> RequirementClass:
    """The class of a finding: the first that fits. `hands` may remember what `hands_over` has answered."""
    if finding.authority:
        return RequirementClass.AUTHORITY
    if finding.fixed:
        return RequirementClass(finding.fixed)
    plain, place = finding.plain.lower(), finding.place
    if place.scope or place.section is SectionKind.ASSIGNMENTS:
        plain = _BESIDES.split(plain, maxsplit=1)[0]
        if not place.scope and _ALL_OF_THEM.match(plain):
            return RequirementClass.GUIDELINE
        return RequirementClass.REPORTING if hands(plain) else RequirementClass.ASSIGNMENT
    if finding.rule == "measure":
        return RequirementClass.STEERING_PARAMETER
    whole, plain = plain, main_part(plain)
    if _reports(plain, place, finding.rule):
        return RequirementClass.REPORTING
    if _ASSIGNED.search(plain):
        return RequirementClass.ASSIGNMENT
    kept = _KEPT.search(plain) or _SO_THAT.search(whole)
    if kept and not _BY_DATE.search(plain):
        return RequirementClass.GUIDELINE
    return RequirementClass.GUIDELINE if _guides(finding, plain) else RequirementClass.ACTIVITY


def _reports(plain: str, place: Place, rule: str) -> bool:
    # What is asked of others to report is no report.
    plain = plain.replace("rapporteringskrav", "krav")
    if _NO_REPORT.search(plain):
        return False
    if place.section is SectionKind.REPORTING:
        if _BESIDE.search(plain):
            return False
        return "midlene" not in plain and "tildelingen" not in plain
    if place.stem and _REPORTS.search(main_part(place.stem.lower())):
        return True
    if rule != "deadline_demand":
        plain = _PURPOSE.split(plain, maxsplit=1)[0]
    return _REPORTS.search(plain) is not None


def _guides(finding: Finding, plain: str) -> bool:
    plain = _BESIDES_THAT.sub("", _WITH_WHOM.sub("", plain))
    placed = _by_place(finding, plain)
    if placed is not None:
        return placed
    if _NEGATIVE.search(plain) or _SUM.match(plain):
        return True
    if _ENFORCES.search(plain):
        return False
    stem = finding.place.stem
    if stem and _GUIDES.search(main_part(stem.lower())) and not _MAKES.search(plain):
        return True
    if _MANNER.search(plain) or (finding.rule == "modal_addressee" and _WAY_OF_BEING.search(plain)):
        return True
    guides = _GUIDES.search(plain)
    if guides is None or _ACTS.search(plain):
        return False
    # What the sentence speaks of first is what it is about: "ta hensyn til …, og ikke innføre …".
    makes = _MAKES.search(plain)
    return makes is None or (_FIRST_GUIDES.search(plain, 0, makes.start()) is not None)


def _by_place(finding: Finding, plain: str) -> bool | None:
    """What the chapter and the rule say of it already; None where they leave it to the words."""
    place, rule = finding.place, finding.rule
    if place.section in (SectionKind.BUDGET, SectionKind.AUTHORITY) and not rule.startswith("request"):
        # To keep watch over the use of them is work.
        return not (place.section is SectionKind.AUTHORITY and _WATCHES.search(plain))
    if place.section is SectionKind.GUIDELINES:
        makes = _MAKES.search(plain)
        return makes is None or _LESS_FIRST.search(plain, 0, makes.start()) is not None
    if _BY_DATE.search(plain) and not _ABOUT_MONEY.search(plain):
        # A bound has no date; what is to be done by a day is a task.
        return False
    if rule in ("modal_passive", "modal_impersonal") and _IN_LINE.search(plain):
        return True
    if rule in _GUIDING or (rule == "expectation" and not _BINDS_ACTOR.search(plain)):
        return True
    if rule == "responsibility":
        return _IN_LINE.search(plain) is not None and _SEES_TO.search(plain) is not None
    return _FINISHED.search(plain) is None if rule == "modal_thing_state" else None
