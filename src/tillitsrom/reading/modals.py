"""The rule for modal verbs: who is the subject of "skal", "må" or "bør" in the main clause, and is it a duty? Small letters."""

from tillitsrom.reading.actors import addressee_acts, begins_with_other, names_other
from tillitsrom.reading.clauses import (
    find_passive,
    first_verb,
    head_of,
    in_quote,
    is_passive,
    is_subordinate,
    subject_of,
)
from tillitsrom.reading.things import (
    ACTION_NOUN,
    MONEY,
    can_be_done,
    cuts_down,
    happens,
    is_ground,
    is_kept_back,
    is_meeting,
    is_own_text,
    passive_of,
    portion,
    tells,
    thing,
    verb_after_subject,
)
from tillitsrom.reading.verdicts import Setting, Verdict
from tillitsrom.reading.words import pattern

_MODAL = pattern(
    r"\b(?:skal|må|bør|vil\s+måtte|vil\s+det\s+være\s+nødvendig\s+å|har\s+plikt\s+til\s+å|(?:er|vert|blir)\s+pålagt\s+å)\b"
)
_BY_LAW = pattern(
    r"^\s*(?:etter|ifølge|i\s+henhold\s+til|i\s+følge|etter\s+bestemmelsen\s+i)\s+(?:\w+)?(?:loven|lova|forskriften|bestemmelsen|direktivet|forordningen)\b"
)
_LAW_FIRST = pattern(
    r"^\W*(?:etter|ifølge|i\s+følge)\s+\S*(?:loven|lova|forskriften|forskrifta|forordningen|forordninga|direktivet)\b"
)
_NOT_OTHER = pattern(
    r"\balle\s+(?:vesentlige|vesentlege|tiltak|relevante|saker|forslag|utredninger|leveranser|oppdrag|midler|avvik)\b"
)
# Where others are to get something, or take part, the addressee is the one who must see to it.
_PROVIDED = pattern(
    r"^\s*(?:(?:også|òg|alltid|normalt|ikke|ikkje|selv|sjølve)\s+){0,2}(?:få|gis|gjevast|sikres|tilbys|tilbydast)\s+(?:\S+\s+){0,3}?(?:tilbud|tilbod|svar|veiledning|rettleiing|informasjon|melding|beskjed|opplæring"
    r"|mulighet|moglegheit|anledning|høve|uttale|delta|tilgang|kopi|bistand|oppfølging)\b"
    r"|^\s*(?:\w+\s+)?(?:(?:være|vere|vera|tas|takast)\s+med)\b"
)
_ANSWERED = pattern(
    r"\s*(?:også\s+|òg\s+|alltid\s+)?få\s+(?:\S+\s+){0,3}?(?:svar|informasjon\s+om|veiledning|rettleiing|beskjed|skriftlig\s+\w+|skriftleg\s+\w+)\b"
)
_HEARD = pattern(
    r"\s*(?:\w+\s+)?(?:være|vere)\s+(?:hørt|høyrt|høyrde|involvert|involverte|orientert|informert|varslet|varsla)\b|\s*(?:\w+\s+)?(?:være|vere)\s+med\s+(?:når\s+(?:\S+\s+){1,4}?(?:\w{3,}(?:es|ast)|vert|blir)\b|og\s+\w+e\b|i\s+(?:heile?\s+)?(?:arbeid|utform|planlegg|utvikling|vurdering|prosess|prosjekt|test)\w*)|\s*(?:\w+\s+)?(?:holdes|haldast)\s+(?:\w+\s+)?(?:orienterte?|informerte?|oppdaterte?)\b"
)
# Plans and outlooks are told, not demanded.
_FORECAST = pattern(
    r"\b(?:etter|ifølge)\s+(?:gjeldende\s+|planen|dagens\s+plan|framskriv|fremskriv|prognos)\w*"
)
_SHOWN = pattern(
    r"\s*(?:\w+\s+){0,3}?(?:dokumenteres|dokumenterast|omtales|omtalast|beskrives|rapporteres|rapporterast|gå|komme|kome|fremgå|framgå|inngå|stå|omtale)\s+(?:fr[ae]m\s+)?(?:av|i)\s+(?:\w+\s+){0,2}?\w*(?:rapport|regnskap|rekneskap|melding|søknad|referat|plan)"
)
_OWN_UNIT = pattern(
    r"^(?:\w+(?:avdelingen|avdelinga|seksjonen)\s+og\s+)?\w{3,}(?:avdelingen|avdelinga|seksjonen|enheten)$|^(?:hver|kvar)\s+(?:avdeling|seksjon|enhet|eining|leder|leiar)$"
)
_SUFFERS = pattern(
    r"\s*(?:også\s+|òg\s+|fortsatt\s+|framleis\s+|videre\s+)?(?:styrkes|styrkast|flyttes|flyttast|opprettes|opprettast|avvikles|avviklast|involveres|involverast|informeres|orienteres|orienterast|konsulteres|høres|høyrast|slås|omorganiseres|evalueres|evaluerast)\b(?!\s+og\b)"
)
_PRECEDES = pattern(
    r"\s*(?:\S+\s+){0,6}?(?:gå\s+(?:foran|føre|fr[ae]mfor|først|fyrst)|ha\s+(?:forrang|førerett|prioritet))\b"
)
_MEASURE = pattern(
    r"^\W*(?:(?:median|gjennomsnittlig|gjennomsnittleg|samlet)\s+\w+|andel(?:en)?|delen|antall(?:et)?|talet|(?:sykefrav|sjukefråv|saksbehandlings|ventetid|sakshandsamings|behandlings)\w*)\b"
)
_GROWTH = pattern(r"^\W*(?:den\s+\w+\s+)?\w*veksten\b")
_LIMIT = pattern(
    r"\s*(?:minst\s+|høyst\s+|hver\s+for\s+seg\s+|kvar\s+for\s+seg\s+|samlet\s+|samla\s+)?(?:i\s+20\d\d\s+)?(?:være|vere|utgjøre|utgjere|ikke\s+overstige|holdes|ligge|auke\s+til|øke\s+til)\s+(?:\w+\s+)?(?:under|over|minst|maks\w*|høyst|høgst|mindre|lavere|lågare|høyere|høgare|på|inntil|\d)"
)
_NO_MORE = pattern(
    r"\s*(?:ikke|ikkje)\s+(?:øke|auke|vere\s+høgare|være\s+høyere|overstige|overskride|bli|reduseres|gå\s+ned)\b"
)
_IN_PLACE = pattern(r"\s*(?:\w+\s+)?på\s+plass\b")
_DOWN = pattern(r"\s*(?:ned|opp)\b")
_INVOLVE = pattern(
    r"\b(?:intervju|besøk|spørr|kontakt|øv|veiled|rettlei|kontakt|underrett|tilby|tilbyd|involver|inkluder|konsulter|hør|høyr|inviter|informer|varsl|orienter|trekk|trekkj|kopl|kobl|rådspør|rådspørr|prioriter|ivareta|ivaretak"
    r"|følg|følgj)(?:es|ast|s)\b|\b(?:bidra|delta|inkluderes)\b"
)
_IMPERSONAL = pattern(r"^\W*(?:det|dette|disse|den|denne|de|dei)\b")
_WITH_NOUN = pattern(r"\W*(?:de|dei|disse|den|det(?=\s+\w+e\s))\s+\w")
_SHARE = pattern(r"^\W*(?:andel(?:en)?|antall(?:et)?|delen|talet)\b")
_RISES = pattern(r"\s*(?:økes?|aukast?|auke|reduseres|reduserast|ned|opp)\b")
_THERE_BE = pattern(r"\s*(?:alltid\s+|også\s+|òg\s+)?(?:være|vere|finnes|finnast)\s+(?:\w+\s+)?\w+")
_AIM_CLAUSE = pattern(r"\btil\s+at\b|\bslik\s+at\b|\bsom\b")
_IT = pattern(r"^\W*(?:den|han|ho)\s*$")
_HAPPEN = pattern(
    r"\s*(?:\w+\s+){0,3}?(?:skje|legges|gå|gjelde|ligge|bygge|dekke|finansiere|inngå|omfatte|inneholde|ta utgangspunkt)\b"
)
_CLEARLY = pattern(r"\s*(?:bli\s+)?(?:også\s+)?(?:være|vere|inngå)\s+(?:tydelig|klart|del)")
_APPEARS = pattern(r"\s*(?:\w+\s+)?(?:fr[ae]mgå|(?:gå|kom+e)\s+(?:\w+\s+)?fr[ae]m)\b")
_THE_SAME = pattern(r"^\W*(?:det|tilsvarende)\s+(?:samme|same)\s*$")


def modal(low: str, setting: Setting) -> Verdict | None:
    """The verdict on the first modal verb in a main clause."""
    for match in _MODAL.finditer(low):
        before, after, word = low[: match.start()], low[match.end() :], match.group()
        if in_quote(before):
            continue
        if is_subordinate(before):
            # "Arbeidet innebærer at tilsynet skal:" hands the list to the addressee.
            if _ENDS_STEM.match(after) and setting.who.named_in(before[-60:]) and " at " in before:
                return Verdict("modal_addressee", 0.85)
            continue
        if (
            (_BY_LAW.match(after) or (before.lstrip()[:1] in ("e", "i") and _LAW_FIRST.match(before)))
            and not setting.who.named_in(after[:60])
            and not setting.who.named_in(before)
        ):
            return None
        if "nødvendig" in word:
            return Verdict("modal_necessary", 0.7) if setting.in_assignment else None
        return _judged(before, word, after, setting)
    return None


# The modal verb is the last word of a stem, but for small words.
_ENDS_STEM = pattern(
    r"\s*(?:(?:minst|også|òg|dessuten|videre|vidare|derfor|difor|særlig|særleg|herunder|i\s+tillegg|blant\s+annet|mellom\s+anna|i\s+20\d\d)\s*){0,3}[ :]*$"
)


def _judged(before: str, word: str, after: str, setting: Setting) -> Verdict | None:
    subject, inverted = subject_of(before, after)
    head = subject if inverted else head_of(subject)
    less = 0.1 if word == "bør" else 0.0
    if len(after) < 60 and _ENDS_STEM.match(after):
        return _broken_off(before, head, inverted, setting)
    if _THE_SAME.match(before) and setting.in_assignment and not setting.background:
        return Verdict("modal_same", 0.5)
    if addressee_acts(head, inverted, setting.who):
        # "Direktoratet skal styrkes": it is done to the addressee, not by it.
        suffers = not inverted and _SUFFERS.match(after)
        return None if suffers else Verdict("modal_addressee", 0.96 - less)
    if not inverted and not _IMPERSONAL.match(head):
        # "Spørsmål om dette skal statsråden svare på": the object stands first.
        first = after.lstrip()
        if setting.who.pattern.match(first):
            return Verdict("modal_addressee", 0.85 - less)
        if begins_with_other(first[:50]) and not names_other(head):
            return None
    # What things should be like, before anything was demanded, is why the assignment is given.
    why = setting.background or (setting.opening and word == "bør")
    if why or (not inverted and _resumes(subject, before)) or _foretold(before, head, after, inverted):
        return None
    if _SHOWN.match(after):
        return Verdict("modal_thing", 0.8 - less)
    if inverted and _ITSELF.match(head) and _LEADS_WITH.match(before) and setting.who.named_in(before[:60]):
        # "Der instituttet leder arbeidet, skal det selv sørge for …"
        return Verdict("modal_addressee", 0.85 - less)
    return _of_subject(before, after, subject, inverted, setting, less)


def _foretold(before: str, head: str, after: str, inverted: bool) -> bool:
    """Plans are told, not demanded; and the instruction and the letter themselves are the ministry's to change."""
    if _FORECAST.search(after[:60]) or (inverted and _FORECAST.search(before[-60:])):
        return True
    return _SENT_TO_IT.match(head) is not None and _REVISED.match(after) is not None


_SENT_TO_IT = pattern(
    r"^\W*(?:(?:hoved|hovud|virksomhets|verksemds)?instruksen|tildelingsbrevet|oppdragsdokumentet|dette\s+brevet|(?:ambisjons?|måltal|styringsparamet|styringsindikator|resultatkrav|resultatmål|delmål|hovedmål|hovudmål)\w*)\W*$"
)
_REVISED = pattern(
    r"\s*(?:\w+\s+)?(?:vurder(?:es|ast)\s+(?:på\s+nytt|årlig|årleg)|revideres|reviderast|oppdateres|oppdaterast|justeres|endres|endrast|erstattes|erstattast)\b"
)
_LEADS_WITH = pattern(r"^\W*(?:der|når|dersom|hvis|viss)\s[^,]{3,160},\s*$")
_ITSELF = pattern(
    r"^\W*(?:det|den|han|ho)\s+(?:(?:selv|sjølv|også|òg|alltid|straks|samtidig)\s+)*(?!\w+(?:es|ast)\b)\w+e\b(?!\w)"
)
# Others whom an instruction tells the addressee to look into.
_CHECKED = pattern(
    r"(?:gjennomgås|kontrolleres|kontrollerast|vurderes|vurderast|godkjennes|godkjennast|risikovurderes|måles|målast)$"
)
_PRONOUN = pattern(r"^\W*(?:de|dei|han|ho|hun|den)\W*$")


def _resumes(subject: str, before: str) -> bool:
    """ "Kundene velger selv, og de må betale": they are the others of the clause before."""
    return len(before) > 12 and _PRONOUN.match(subject) is not None and names_other(head_of(before))


def _of_subject(
    before: str, after: str, subject: str, inverted: bool, setting: Setting, less: float
) -> Verdict | None:
    """The verdict where the addressee is not the subject: nobody, someone else, or a thing."""
    head = subject if inverted else head_of(subject)
    verb = "" if inverted else first_verb(after)
    passive = find_passive(after[:200]) if inverted else (verb if is_passive(verb) else None)
    if _IMPERSONAL.match(head) and not (
        _WITH_NOUN.match(head) and (begins_with_other(head) if inverted else names_other(head))
    ):
        return _impersonal(head, after, passive, verb, setting, less)
    if not setting.who.standing and _OWN_UNIT.match((after[:80] if inverted else subject).strip()):
        return Verdict("modal_addressee", 0.7 - less)
    if (_MEASURE.match(before) and _NO_MORE.match(after)) or (_GROWTH.match(before) and _LIMIT.match(after)):
        return Verdict("bound", 0.75 - less)
    if not inverted and verb and is_kept_back(subject, after):
        return Verdict("modal_passive", 0.75 - less)
    if (_RISES.match(after) or _DOWN.match(after)) and _far_ahead(after, setting.who.year):
        return None
    other = begins_with_other(head) if inverted else names_other(head)
    if other and not _NOT_OTHER.search(head):
        return _of_others(passive, after, not inverted and _provided(after, setting), setting, less)
    subject = after[:80] if inverted else subject
    special = _special(before, after, subject, less) or portion(subject, after, setting, less)
    if special:
        return special
    if passive:
        return _done_with(subject, passive, after, setting, less)
    if not inverted and _provided(after, setting):
        return Verdict("modal_involve", 0.75 - less)
    return thing(head, verb or verb_after_subject(after), after, setting, less)


def _provided(after: str, setting: Setting) -> bool:
    """Whether somebody is to be heard, answered or, where the addressee is near, given something."""
    near = setting.in_assignment or setting.who.standing or setting.who.units
    return (
        _HEARD.match(after) is not None
        or _ANSWERED.match(after) is not None
        or (near and _PROVIDED.match(after) is not None)
    )


def _of_others(
    passive: str | None, after: str, provided: bool, setting: Setting, less: float
) -> Verdict | None:
    """Others are the subject: a duty where they are to be let in, served or, in an instruction, looked into."""
    if passive and setting.who.standing and _CHECKED.match(passive):
        return Verdict("modal_passive", 0.7 - less)
    involved = passive and _INVOLVE.search(after) and (setting.in_assignment or _INVOLVE.search(passive))
    return Verdict("modal_involve", 0.75 - less) if involved or provided else None


def _done_with(subject: str, passive: str, after: str, setting: Setting, less: float) -> Verdict | None:
    """Something is to be done with a thing, or it is to be so that it can be done."""
    if can_be_done(after):
        own = setting.in_assignment or is_own_text(subject)
        return passive_of(subject, passive, setting, less) if own else None
    if happens(passive) and not cuts_down(subject) and _far_ahead(after, setting.who.year):
        return None
    return None if _done_by_other(passive, after) else passive_of(subject, passive, setting, less)


_BY_YEAR = pattern(r"\b(?:innen|innan|mot|i)\s+(?:utgangen\s+av\s+)?(20\d\d)\b")
_NEXT_DECADE = 2030


def _far_ahead(after: str, year: int | None) -> bool:
    """Whether a change is to have come years from now: a goal of the nation, and no task of the year's letter."""
    match = _BY_YEAR.search(after[:120])
    return match is not None and int(match[1]) >= (_NEXT_DECADE if year is None else year + 2)


def _special(before: str, after: str, subject: str, less: float) -> Verdict | None:
    """Order of precedence, a measure with its limit, and the running that "skal ned"."""
    if is_ground(subject, after):
        return Verdict("bound", 0.7 - less)
    if _IN_PLACE.match(after):
        return Verdict("modal_thing_state", 0.7 - less)
    if _PRECEDES.match(after):
        return Verdict("modal_thing", 0.7 - less)
    if (_MEASURE.match(before) and _LIMIT.match(after)) or (_SHARE.match(before) and _RISES.match(after)):
        return Verdict("measure", 0.8 - less)
    if _DOWN.match(after) and cuts_down(subject):
        return Verdict("modal_passive", 0.7 - less)
    return None


def _broken_off(before: str, head: str, inverted: bool, setting: Setting) -> Verdict | None:
    """The stem of a list that ends in the modal verb: "Rapporten skal:", "Av midlene skal:"."""
    if not inverted and (names_other(head) or _IMPERSONAL.match(head)) and not setting.who.named_in(head):
        return None
    if addressee_acts(before, False, setting.who):
        return Verdict("modal_addressee", 0.96)
    made = is_own_text(head) or MONEY.search(before) or ACTION_NOUN.search(head)
    close = setting.in_assignment or setting.reporting or setting.who.standing
    return Verdict("modal_thing", 0.75) if made or close else None


def _done_by_other(verb: str, after: str) -> bool:
    """Whether the passive says that someone else does it ("evalueres av regjeringen"); the ministry's consent is a bound."""
    rest = after[after.find(verb) + len(verb) :]
    match = _BY.match(rest)
    if match and _OUTSIDER.match(rest, match.end()):
        return True
    return (
        match is not None
        and not (rest[match.end() :].startswith(_ABOVE) and _CONSENT.match(verb))
        and begins_with_other(rest[match.end() :])
    )


_BY = pattern(
    r"(?:\s+(?!(?:når|dersom|hvis|viss|som|at)\b)\w+){0,5}?(?<!\ben)(?<!\bein)(?<!del)(?<!løpet)(?<!utgangen)(?<!noen)\s+av\s+"
)
_OUTSIDER = pattern(r"(?:et|en|ei|eit|ein)\s+(?:ekstern\w*|uavhengig\w*|nøytral\w*)\b")
_CONSENT = pattern(
    r"(?:god)?kjen(?:nes|nast)|samtykkes|avklares|avklarast|fastsettes|fastsetjast|avtales|avtalast"
)
# Those above the addressee, whose consent is a bound on it.
_ABOVE = (
    "departement",
    "helse- og omsorgsdepartementet",
    "kommunalsjef",
    "kommunedirektør",
    "rådmann",
    "direktør",
    "nærmeste leder",
    "næraste leiar",
)


def _impersonal(
    head: str, after: str, passive: str | None, verb: str, setting: Setting, less: float
) -> Verdict | None:
    """The subject is "det", "dette" or the like: a duty when something is to be done."""
    if passive is None and _WITH_NOUN.match(head):
        return thing(head, verb or verb_after_subject(after), after, setting, less)
    passive = passive or find_passive(_AIM_CLAUSE.split(after[:60], maxsplit=1)[0])
    if passive and is_meeting(passive, after[:120], setting):
        return None
    if passive and not happens(passive):
        return Verdict("modal_impersonal", 0.86 - less)
    if _HAPPEN.match(after):
        return Verdict("modal_impersonal", 0.8 - less)
    if setting.who.standing and _THERE_BE.match(after):
        return Verdict("modal_impersonal", 0.7 - less)
    if setting.in_assignment and not setting.opening and _IT.match(head) and tells(verb):
        return Verdict("modal_thing", 0.6 - less)
    near = setting.in_assignment or setting.reporting
    if (near and _CLEARLY.match(after)) or _APPEARS.match(after):
        return Verdict("modal_impersonal", 0.6 - less)
    return None
