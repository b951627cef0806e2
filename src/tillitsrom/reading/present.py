"""The rules for the present tense: what instructs ("sendes i kopi til …"), what binds ("kan ikke"), and what gives room ("kan").

Text is in small letters.
"""

from tillitsrom.reading.actors import addressee_acts, begins_with_other, names_other
from tillitsrom.reading.clauses import (
    begins_inverted,
    find_passive,
    has_opener,
    head_of,
    is_subordinate,
    subject_of,
)
from tillitsrom.reading.told import told
from tillitsrom.reading.verdicts import Setting, Verdict
from tillitsrom.reading.words import pattern

_SEEN_WITH = pattern(
    r"\b(?:ses|sees|sjåast|(?:er|blir|vert)\s+å\s+(?:se|sjå))\b.{0,50}?\bi\s+(?:sammenheng|samanheng)\b"
)
_HANDED = pattern(
    r"\b(?:(?:gis|gjevast)\s+i\s+\w*(?:rapport|møte)|(?:tas|takast)\s+opp\s+(?:i|med|på)\s+\w*(?:styringsdialog|møte|departement)|(?:omtales|omtalast"
    r"|(?:blir|vert)\s+(?:\w+\s+)?omtal(?:a|te|t))\s+i\s+\w*rapport|(?:rapporteres|rapporterast)\s+(?:\w+\s+){0,2}?til\s|(?:sendes|oversendes|rapporteres"
    r"|meldes|innrapporteres|fremlegges|framlegges|leveres|sendast|leverast|rapporterast|oversendast|meldast|legges\s+fr[ae]m"
    r"|leggjast\s+fram)\b.{0,80}?(?:departement|riksrevisjon|postmottak|\binn(?:e|a)n\b|senest|seinast|kopi|\bi\s+(?:\w+\s+)?\w*rapport)|(?:involveres"
    r"|involverast)\b.{0,30}?\barbeidet\b)|^det\s+(?:gis|gjevast|sendes|leveres)\s.{0,60}?(?:oppsummering|orientering|rapport|tilbakemelding|redegjørelse)\b"
    r"|^dette\s+(?:inkluderer|innebærer|inneber)\s+å\b"
)
_SPENT = pattern(
    r"\b(?:dekkes|dekkast|dekkjast|finansieres|finansierast)\s+(?:\w+\s+)?(?:innenfor|innanfor|over|av)\b|\b(?:benyttes|brukes|nyttes|nyttast|brukast|disponeres)\s+(?:til|i\s+tråd|i\s+henhold)\b"
)
_MONEY = pattern(
    r"tildeling|bevilgning|løyving|tilskudd|tilskot|utgift|kostnad|\b(?:midl(?:er|ene|ar|ane)|løyvd|beløp|ramme)"
)
_WEIGHED = pattern(
    r"\b(?:legges|leggjast)\s+det\s+(?:\w+\s+)?vekt\s+på\b|\b(?:lyses|lysast)\s+ut\b.{0,40}?\b(?:innen|innan|senest|seinast)\b"
)
_DONE_WITH = pattern(
    r"^\W*(?:oppdraget|deloppdraget|arbeidet|utredningen|utredninga|tiltaket|vurderingen|kartleggingen)\s+(?:igangsettes|igangsetjast|startes|ferdigstilles|sluttføres|organiseres|forankres|løses|løysast|gjennomføres|utføres|besvares|gjerast)\b"
)
_INCLUDES = pattern(
    r"^\W*(?:oppdraget|arbeidet|leveransen)\s+(?:omfatter|inkluderer|omfattar)\s+(?:også|òg|å)\b|^\W*i\s+(?:oppdraget|dette|arbeidet)\s+(?:inngår|ligger|ligg)\s+(?:det\s+)?(?:også\s+|òg\s+)?(?:å|at|en|et|ei|ein|eit)\b"
)
_STOPPED = pattern(
    r"^\W*arbeid(?:et)?\s+som\s+(?:\w+\s+)?er\s+[^,]{2,40},?\s+(?:avsluttes|avsluttast|stanses|stansast)\b"
)
_CONTINUED = pattern(r"\b(?:videreføres|vidareførast)\b")
_BY_DATE = pattern(
    r"\b(?:lager|lagar|leverer|rapporterer|oversender|sender|utarbeider|legger\s+(?:fram|frem)|melder|gjennomfører|utreder|kartlegger|etablerer|evaluerer|ferdigstiller|publiserer|iverksetter|innfører|reviderer|oppdaterer|avslutter)\b.{0,80}?\b(?:innen|innan|senest|seinast)\b"
)
_BY_HABIT = pattern(
    r"\b(?:skriver|skriv|rapporterer|oversender|utarbeider|leverer|varsler|orienterer|informerer|sender)\b"
)
# In the passive of the present, also with "blir" and "vert".
_BECOMES = pattern(
    r"\b(?:blir|vert)\s+(?:\w+\s+){0,2}?(?:oversendt?e?|send[te]*|rapporter\w*|lever\w*|meld[te]*|lag[td]e?\s+fr[ae]m|teke?n?e?\s+opp|tatt\s+opp)\b.{0,80}?(?:styringsdialog|møte|med\s+det\s+same|straks|departement|riksrevisjon|\binn(?:e|a)n\b|senest|seinast)"
)
_PASSIVE_BEFORE = pattern(r"(?:\w{3,}(?:es|ast)|\b(?:blir|vert)\s+\w+(?:t|dd|ne))$")
_ROUTINE = pattern(
    r"\b(?:presenteres|publiseres|gjennomgås|oppdateres|rapporteres|forelegges|evalueres|dokumenteres|meldes|oversendes|sendes|varsles|registreres|arkiveres|loggføres"
    r"|loggførast|kontrolleres|revideres|gjennomføres|følges\s+opp|følgjast\s+opp|gjennomførast|tas\s+inn|takast\s+inn|lagres|innhentes|hentast\s+inn|journalføres|legges\s+fr[ae]m|presenterast|publiserast|gjennomgåast|oppdaterast|rapporterast|evaluerast|dokumenterast|meldast|sendast|varslast"
    r"|registrerast|kontrollerast|reviderast|leggjast\s+fram|drøftes|drøftast|behandles|(?:blir|vert)\s+(?:\w+\s+)?(?:drøfta|drøftet|handsama|behandlet|journalført?e?|arkiverte?|presenterte?|publiserte?|gjennomgåtte?|oppdaterte?|rapporterte?|evaluerte?|dokumenterte?|meldte?|sende?|varsla|registrerte?))\b"
)
_SETTLED = pattern(
    r"\b(?:lyses\s+ut|lysast\s+ut|offentliggjøres|offentleggjerast|fastsettes|fastsetjast|attesteres|attesterast|godkjennes|godkjennast|inngås|oppbevares|oppbevarast|slettes|slettast|delegeres\s+skriftlig|avgis|besvares|svarast|avklares|avklarast|føres\s+etter|førast\s+etter|måles|målast|overføres\s+til|overførast\s+til)\b"
)
_AGENT = pattern(r"(?:\s+\w+){0,3}?(?<!\ben)(?<!\bein)(?<!del)(?<!løpet)(?<!utgangen)\s+av\s+")
_OFTEN = pattern(
    r"\b(?:innen|innan|senest|seinast|minst|årlig|årleg|månedlig|månadleg|kvartalsvis|ukentlig|straks|umiddelbart|fortløpende|fortløpande|løpende|samtidig|samstundes|hvert|kvart|hver|kvar|annethvert"
    r"|uten\s+ugrunnet|utan\s+ugrunna|så\s+snart|omgående|etter\s+fastsatte\s+frister|etter\s+fastsette\s+fristar)\b"
)
_DOES = pattern(
    r"\b(?:førebur|forbereder|leder\s+arbeidet|leier\s+arbeidet|utpeker|peiker\s+ut|gjennomgår|går\s+gjennom|ansetter|tilset|sørger\s+for|syter\s+for|fastsetter|fastset|oversender|sender|rapporterer|varsler|varslar|melder|utarbeider|utarbeidar|gjennomfører|gjennomfører|påser|ser\s+til"
    r"|holder\s+\S+\s+(?:\w+\s+)?orientert|held\s+\S+\s+(?:\w+\s+)?orientert|legger\s+fr[ae]m|legg\s+fram|følger\s+opp|følgjer\s+opp|vurderer|kontrollerer|dokumenterer|oppdaterer|innhenter"
    r"|hentar\s+inn|registrerer|avgjør|avgjer|godkjenner|godkjenner|tar\s+kontakt|tek\s+kontakt|tar|tek|avklarer|avklarar|beslutter|informerer|orienterer|evaluerer|innkaller|kallar\s+inn|undertegner|underteiknar|gir\s+merknader|gjev\s+merknader|fører\s+(?:regnskap|rekneskap)\w*|fører\s+(?:oversikt|register|logg|referat))\b"
)
# "kan ikke", "kan bare", "krever samtykke": a bound, not room.
_BOUND = pattern(
    r"\b(?:kan\s+(?:(?:dermed|derfor|likevel|således)\s+)?(?:ikke|ikkje|bare|kun|berre|ikkje)\b|(?:ingen\s+\w+\s+har|har\s+(?:ikke|ikkje)|er\s+(?:ikke"
    r"|ikkje)|(?:ikke|ikkje)\s+er)\s+(?:anledning|adgang|lov|høve|tillatt|tillate)\s+(?:til|å)\b|krever?\s+(?:\S+\s+){0,4}?(?:samtykke|søknad|godkjenning"
    r"|forhåndsgodkjenning|førehandsgodkjenning|tillatelse)\b)"
)
_ROOM = pattern(
    r"\b(?:gis|gjev|har|får|gir)\b.{0,60}?\b(?:fullmakt|adgang|myndighet|høve)\b.{0,20}?\b(?:til|å)\b|\b(?:delegeres|kan)\b"
)


def present(low: str, setting: Setting) -> Verdict | None:
    """A present tense that instructs: "sendes i kopi til …", "ses i sammenheng med …"."""
    at = _instructs(low, setting)
    if at >= 0:
        return None if is_subordinate(low[:at]) else Verdict("instructing_present", 0.75)
    if told(low, setting) >= 0:
        return Verdict("instructing_present", 0.65)
    if _SPENT.search(low) and _MONEY.search(low[:80]):
        return Verdict("instructing_present", 0.75)
    if _WEIGHED.search(low) and _MONEY.search(low[:80]):
        return Verdict("instructing_present", 0.65)
    if setting.in_assignment and _CONTINUED.search(low) and not low.startswith("oppdraget"):
        return Verdict("instructing_present", 0.6)
    if (setting.in_assignment and (_INCLUDES.match(low) or _DONE_WITH.match(low))) or (
        low.startswith("arbeid") and _STOPPED.match(low)
    ):
        return Verdict("instructing_present", 0.65)
    if (setting.who.standing or setting.who.units) and _does(low, setting):
        return Verdict("instructing_present", 0.65)
    if (setting.reporting or (setting.in_assignment and not setting.opening)) and _reports_by_habit(
        low, setting
    ):
        return Verdict("instructing_present", 0.6)
    return Verdict("instructing_present", 0.7) if _BY_DATE.search(low) and setting.who.named_in(low) else None


def _instructs(low: str, setting: Setting) -> int:
    """Where a verb stands that instructs by itself, in the passive of the present; -1 where there is none."""
    for rule in (_SEEN_WITH, _HANDED, _BECOMES):
        match = rule.search(low)
        if match and not low.endswith("kan ", 0, match.start()):
            return int(match.start())
    at = by_addressee(low, setting)
    if at >= 0:
        return at
    match = _ROUTINE.search(low) or (_SETTLED.search(low) if setting.who.standing else None)
    if match is None or low.startswith("det ") or _done_by_other(low[match.end() :]):
        return -1
    if not (setting.who.standing or setting.reporting or _OFTEN.search(low)):
        return -1
    before = low[: match.start()]
    other = names_other(head_of(before)) and not setting.who.named_in(before)
    return -1 if other else int(match.start())


def by_addressee(low: str, setting: Setting) -> int:
    """Where the passive stands that the addressee is the agent of ("skrives av direktoratet"), or -1."""
    at = low.find(" av ")
    while at >= 0:
        if setting.who.pattern.match(low, at + 4):
            match = _PASSIVE_BEFORE.search(low, max(0, at - 40), at)
            if match:
                return int(match.start())
        at = low.find(" av ", at + 4)
    return -1


def _reports_by_habit(low: str, setting: Setting) -> bool:
    match = _BY_HABIT.search(low)
    before = low[: match.start()] if match else ""
    name = setting.who.pattern.match(before)
    return name is not None and len(before) - name.end() < 14 and not has_opener(before)


def _bounded(low: str, setting: Setting) -> bool:
    """ "kan ikke", "kan bare", "krever samtykke", "har ikke lov til å", of the addressee or of a thing."""
    match = _BOUND.search(low)
    if match is None or is_subordinate(low[: match.start()]):
        return False
    rest = low[match.end() :]
    if _done_by_other(rest) and " av departement" not in rest:
        return False
    subject, inverted = subject_of(low[: match.start()], rest)
    other = begins_with_other(subject) if inverted else names_other(head_of(subject))
    if addressee_acts(subject if inverted else head_of(subject), inverted, setting.who):
        return True
    return not other or setting.who.named_in(head_of(subject))


def _does(low: str, setting: Setting) -> bool:
    """In an instruction: the addressee with a verb of acting in the present tense ("Lederen sørger for at …")."""
    match = _DOES.search(low)
    if match is None or is_subordinate(low[: match.start()]):
        return False
    before, after = low[: match.start()], low[match.end() :]
    name = setting.who.pattern.match(before)
    if name and len(before) - name.end() < 14:
        return True
    return begins_inverted(before) and setting.who.pattern.match(after.lstrip()) is not None


def _done_by_other(rest: str) -> bool:
    match = _AGENT.match(rest)
    return match is not None and begins_with_other(rest[match.end() :])


def room(low: str, setting: Setting) -> Verdict | None:
    """Room for the addressee: "kan", "gis fullmakt til"."""
    if _bounded(low, setting):
        return Verdict("bound", 0.7)
    match = _ROOM.search(low)
    if match is None or is_subordinate(low[: match.start()]):
        return None
    before, after = low[: match.start()], low[match.end() :]
    if match.group() != "kan":
        return Verdict("authority", 0.8, authority=True) if setting.who.named_in(low) else None
    subject, inverted = subject_of(before, after)
    if addressee_acts(subject if inverted else head_of(subject), inverted, setting.who):
        return Verdict("authority", 0.75, authority=True)
    first = after.split(maxsplit=1)[:1]
    if setting.in_assignment and first and find_passive(first[0]):
        return Verdict("authority", 0.55, authority=True)
    return None
