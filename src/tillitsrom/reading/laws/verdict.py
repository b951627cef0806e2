"""Judge one sentence of law: duty, prohibition, duty to report, or nothing that is demanded."""

from dataclasses import dataclass

from tillitsrom.reading.clauses import after_adverbs, head_of
from tillitsrom.reading.laws.acts import PEOPLE, PROVIDED, RECEIVES, is_decided, nature_of, thing_of
from tillitsrom.reading.laws.bearers import bearer_of, first_noun, someone_in, subject_after
from tillitsrom.reading.laws.nouns import INFINITIVES, ORDER, kind_of
from tillitsrom.reading.laws.sentence import LONGEST, Demand, agent, demands
from tillitsrom.reading.model import RequirementClass
from tillitsrom.reading.words import pattern, wordlist

_TEXT_SUBJECT = pattern(
    r"^\W*(?:(?:denne|dette|disse|desse|den|det)\s+)?(?:lov(?:en|a)?|forskrift(?:en|a|er)?|bestemmels\w+|føresegn\w*|regl\w+|kapit\w+|paragraf\w*|formål\w*|føremål\w*|§+)\b"
)
_NO_DUTY = pattern(
    r"^\s*(?:(?!som\b|at\b|kommunen\b)[^\s,]+\s+){0,5}?(?:ansees|anses|regnes|reknes|reknast|rekne|forstås|forståast|sjåast\s+som|ses\s+på\s+som|gjelde|lyde|tre\s+i\s+kraft|ha\s+rett|ha\s+krav|ha\s+adgang|være\s+til\s+hinder"
    r"|vere\s+til\s+hinder|likestilles|likestillast|ha\s+virkning|ha\s+verknad|omfattes|omfattast|gi\s+grunnlag|være\s+frivillig|vere\s+frivillig|danne\s+(?:grunnlag|utgangspunkt)|sokne|svare\s+til\s+(?:hva|kva|det)|(?:ikke\s+|ikkje\s+)?(?:medføre|medføra)\s+(?:\w+\s+){0,4}ansvar|bidra\s+til\s+å\s+nå)\b"
)
_BE_ABLE = pattern(
    r"^\s*(?:\S+\s+)?kunne\s+(?!dokumenter|vise|godtgj|gjøre\s+rede|gjere\s+greie|legge|leggje|identifiser|bekrefte|framvise|fremvise|måle|kontrolleres)"
)
_MAY = ("kan",)
_CONDITION = pattern(
    r"^\W*(?:for\s+(?:å|at|rett\s+til)|som\s+vilkår|vilkår)\b|\bfor\s+(?:å\s+(?:få|ha|kunne|bli)|at)\b|\bvære\s+oppfylt|\bvere\s+oppfyl|\bmå\s+(?:antas|antakast|reknast|regnes|anses)\b"
)
_OF_AGE = pattern(r"^\s*(?:\S+\s+){0,2}?(?:ha\s+fylt|vere\s+fylt|være\s+fylt|minst\s+være)\s+\S+\s+år\b")
_REPORTS = pattern(
    r"\b(?:meld(?:e|a|es|ast)|rapporter(?!ings)\w*|innrapporter\w*|innberett\w*|varsl(?:e|a|es|ast)|underrett(?:e|a|es|et|ast)|orienter(?:e|a|es|ast)|informer(?:e|a|es|ast|t)|opplys(?:e|a|es|ast)|dokumenter(?:e|es|ast)"
    r"|oversend(?:e|es|ast|t)|innsend(?:e|a|es|ast)|send(?:e|a|es|ast)|bli\s+sendt?|leverast?|lever(?:e|es|ast)|innlever\w+|(?:legge|legges|leggast|leggje|leggjast)\s+(?:\S+\s+){0,6}?(?:fr[ae]m|ved)\b|fr[ae]mlegg\w+|(?:gjer[ea]|gjerast)\s+(?:\S+\s+)?greie|gjøre\s+(?:rede|greie)|få\s+opplysning\w+|(?:setjast|settes)\s+fra?e?m\s+(?:\w+\s+)?overfor\b|fr[ae]msettes\s+overfor\b|forelegg(?:e|es)\b(?=[^.;]*\bfor\b)|redegjør\w*"
    r"|gi(?:s|r|tt|vast|ast)?\s+(?:\S+\s+){0,6}?(?:melding|opplysning(?:er|ar|ane|ene)?|opplysingane?|underretning|beskjed|informasjon(?:en)?|varsel|oversikt|kopi)\b(?!,?\s+(?:,\s*)?(?:råd|og\s+rettlei|og\s+veiled))"
    r"|gje(?:v|vast)?\s+(?:\S+\s+){0,6}?(?:melding|opplysning(?:er|ar|ane)?|beskjed|informasjon|varsel|rapport\w*)\b(?!,?\s+(?:råd|og\s+rettlei))|(?:ha|få)\s+(?:\S+\s+){0,3}?(?:melding|kopi|beskjed|underretning|varsel)\b|få\s+(?:\S+\s+){0,9}?(?:tilsend\w*|oversendt)"
    r"|sende\s+inn|avgi(?:s|r)?\b|avgje(?:v|vast)?\b|(?:gjøre|gjere|gjøres|gjerast)\s+(?:\S+\s+){0,3}?(?:merksam\w*|oppmerksom\w*)|formidles?\s+til|bekrefte\b|stadfeste\s+(?:\S+\s+){0,3}?skriftl|\w*(?:opplysnings|melde|varslings|rapporterings|underretnings)plikt\w*"
    r"|(?:utarbeid|skriv|lag|omtal|vedlegg|utferd|før|legge|lagast|skriv)\w*\s+(?:\S+\s+){0,6}?\w*(?:rapport(?:en)?|beretning(?:en)?|årsmelding(?:a)?)\b|tilgjengeleg\w*\s+for\s+\w*(?:direktorat|departement|tilsyn)|kunngjer\w*\s+at\b|kunngjøre\s+at\b|tilstill(?:e|es|ast)|erklær(?:e|es|ast)|(?:gjøre|gjere|gjøres|gjerast|gjera)\s+(?:[^\s,]+\s+){0,8}?(?:kjent|kjend|kjende)\s+med\b|svare\s+på\s+henvend)\b"
)
_ACCOUNT = pattern(
    r"^\W*(?:\w+\s+){0,2}?\w*(?:rapport|søknad|redegjørelse|utgreiing|utgreiinga|beretning|årsmelding|melding|varsel|varselet|kunngjering|bærekraftsrapportering|berekraftsrapportering)(?:en|a|ene|ane|er)?\b(?=(?:,\s+jf\.[^,]*,|[^,])*$)"
)
# What a plan, an agreement or a handbook tells is for those who use it; nobody is told by it.
_OWN_PAPER = pattern(
    r"^\W*(?:\w+\s+)?\w*(?:plan|avtale|kontrakt|stiftingsdokument|stiftelsesdokument|håndbok|handbok|journal|plankart|merking|etikett)(?:en|et|n|a|ene|ane|er|ar)?\s*(?:$|,|\()"
)
_CONTENTS = wordlist("inneholde innehalde omfatte angi angje oppgi oppgje beskrive")
_ACCOUNT_NEXT = pattern(
    r"^\W*(?:\w+\s+)?\w*(?:rapport|søknad|redegjørelse|utgreiing|årsmelding|melding)(?:en|a|ene|ane)?\s+(?:\w+\s+)?(?:inneholde|innehalde|angi|oppgi|beskrive)\b"
)
_ENCLOSES = pattern(r"^\W*(?:vedlagt|som\s+vedlegg\s+til)\s")
_RESPONSIBLE = ("ansvar",)
_NOT_AFTER_ROOM = pattern(r"(?:,\s+(?:og|men)|;|\.)\s")
_STATES = wordlist("være vere bli verte ha")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence demands. `bearer` is None where the sentence does not say who; `sure` is 0–1."""

    kind: RequirementClass
    rule: str
    sure: float
    bearer: str | None
    meant: str = ""
    hint: str | None = None
    barred: frozenset[str] = frozenset()
    noun: str = ""
    thing: str = ""
    verb: str = ""


def judge(plain: str) -> Verdict | None:
    """The verdict on a sentence without markup, or None when it demands nothing."""
    low = plain[:LONGEST].lower()
    room = -1
    for demand in demands(low):
        if room >= 0 and not _NOT_AFTER_ROOM.search(low, room, demand.at):
            # "Departementet kan bestemme at … skal …": what may be laid down is not demanded yet.
            continue
        verdict = _judged(low, demand)
        if verdict is not None:
            return verdict
        if demand.word in _MAY:
            room = demand.at
    return _answers(low) or _forbidden(low)


def _answers(low: str) -> Verdict | None:
    """ "Det er kommunens ansvar å …"."""
    match = _ITS_TASK.match(low)
    kind = kind_of(match.group("who")) if match else None
    return Verdict(RequirementClass.DUTY, "law_responsible", 0.85, kind) if kind else None


_ITS_TASK = pattern(r"^\W*det\s+er\s+(?P<who>\w+s)\s+(?:ansvar|plikt|oppgave|oppgåve)\s+å\s")


def _forbidden(low: str) -> Verdict | None:
    """ "Det er forbudt å …": it holds for everyone, or for the one that is said."""
    if not any(word in low for word in ("forb", "tilla", "ulov", "kje lov", "ke lov")):
        return None
    match = _FORBIDDEN.search(low)
    if match is None or _OPEN_CLAUSE.search(low, 0, match.start()):
        return None
    who = _FOR_WHOM.match(low, match.end())
    bearer = (subject_after(who.group("who")) if who else None) or "enhver"
    return Verdict(RequirementClass.PROHIBITION, "law_may_not", 0.75, bearer)


_FORBIDDEN = pattern(
    r"\b(?:er|vert|blir)\s+(?:(?:det|derfor|også|òg|likevel|videre|vidare|dessuten|dessutan)\s+)?(?:forbudt|forbode|forbydd|(?:ikke|ikkje)\s+(?:tillatt|tillate|lov|tillete)|ulovlig|ulovleg)(?=\s+(?:\w+l[ie]g\s+å|å|for|i|på|uten|utan|mellom)\b|\s*[.:]?\s*$)"
)
_OPEN_CLAUSE = pattern(
    r"\b(?:som|at|om|når|dersom|hvis|viss|der|hvor|mens|medan|fordi|kan|kunne|forskrift|anses|reknast|regnes)\b|§"
)
_FOR_WHOM = pattern(r"\s+for\s+(?P<who>.{4,60}?)\s+å\b")


def actor(plain: str) -> str | None:
    """Who a sentence that demands nothing says can act, or acts; the one a passive in the next sentence is meant for."""
    low = plain[:_NEAR].lower()
    if _RULES.search(low):
        return None
    for demand in demands(low):
        return _bearer(demand)
    who = bearer_of(_before_present(low))
    if who is None and (done := _DONE_BY.search(low)):
        # "Tilskuddet blir fastsatt av etaten."
        who = subject_after(done.group("who"))
    return None if who in PEOPLE else who


_DONE_BY = pattern(
    r"\b(?:\w+(?:es|ast)|(?:blir|vert|er)\s+\w+(?:t|d|a|e|dd|tt))\s+(?:(?!som\b|at\b)\w+\s+){0,2}?av\s+(?:(?:det|den)\s+)?(?P<who>.{3,60})"
)


def _before_present(low: str) -> str:
    """What stands before the first verb in the present, where that is one of the first words."""
    words = low.split(maxsplit=_FIRST_WORDS)[:_FIRST_WORDS]
    for number, word in enumerate(words):
        if number and _PRESENT.search(word) and word not in _NO_VERBS and kind_of(word) is None:
            return " ".join(words[:number])
    return ""


_NO_VERBS = wordlist("eller etter under over andre mer meir fleir flere deler her der")
_FIRST_WORDS = 6
_PRESENT = pattern(
    r"(?:er|ar|år|ør|yr)$|^(?:gjev|fastset|vedtek|avgjer|gjer|vel|krev|tilset|held|driv|tek|skriv|legg)$"
)
_NEAR = 300
_RULES = pattern(r"\b(?:forskrift|føresegn|bestemmelser|regler|reglar|føresegner)\b")


def _judged(low: str, demand: Demand) -> Verdict | None:
    subject = head_of(demand.subject) if not demand.inverted else after_adverbs(demand.subject)
    if demand.word == "kan":
        return None if not (demand.denied or demand.nobody) else _room_denied(demand)
    if _TEXT_SUBJECT.match(subject) or _NO_DUTY.match(demand.after) or _BE_ABLE.match(demand.after):
        return None
    if demand.word == "må" and _CONDITION.search(low):
        return None
    bearer = _bearer(demand)
    if bearer != "virksomhet" and demand.word == "må" and _OF_AGE.match(demand.after):
        # A condition for a permit; who sells or runs something must see to it.
        return None
    denied = demand.denied or demand.nobody
    kind = _kind(low[demand.at :], denied)
    if (
        kind is RequirementClass.DUTY
        and not demand.inverted
        and (demand.verb in _CONTENTS or (demand.passive and not is_decided(demand.passive)))
        and _ACCOUNT.match(subject)
    ):
        kind = RequirementClass.REPORTING
    if kind is RequirementClass.REPORTING and not demand.passive and _OWN_PAPER.match(subject):
        kind = RequirementClass.DUTY
    if kind is RequirementClass.DUTY and (
        _ENCLOSES.match(low) or (demand.inverted and _ACCOUNT_NEXT.match(demand.subject))
    ):
        kind = RequirementClass.REPORTING
    rule, sure = _rule(demand, bearer)
    nature, barred = ("", frozenset()) if bearer else nature_of(demand, subject, low)
    spoken = (agent(demand.after) or "") if demand.passive else _UNTIL_VERB.split(subject, maxsplit=1)[0]
    noun = first_noun(spoken) if spoken else ""
    thing = "" if bearer else thing_of(demand, subject)
    verb = demand.passive or demand.verb
    return Verdict(kind, rule, sure, bearer, nature, _hint(demand), barred, noun, thing, verb)


def _room_denied(demand: Demand) -> Verdict | None:
    bearer = _bearer(demand)
    if demand.passive and not _LIMITED.match(demand.after):
        return None
    return Verdict(RequirementClass.PROHIBITION, "law_may_not", 0.75, bearer)


_LIMITED = pattern(
    r"^\s*(?:ikke|ikkje)\s+(?:fast)?set(?:t|tj)?(?:es|ast)\s+(?:kortere|kortare|lengre|lenger|høyere|høgare|høgre|lavere|lågare|tidligere|tidlegare|senere|seinare)\b"
)


def reports(text: str) -> bool:
    """Whether the words tell of reporting, informing, notifying, documenting or submitting."""
    return _REPORTS.search(text.lower()) is not None


def _kind(low: str, denied: bool) -> RequirementClass:
    if denied:
        return RequirementClass.PROHIBITION
    return RequirementClass.REPORTING if _REPORTS.search(low) else RequirementClass.DUTY


def _rule(demand: Demand, bearer: str | None) -> tuple[str, float]:
    if any(part in demand.word for part in _RESPONSIBLE):
        return "law_responsible", 0.85
    if bearer and not demand.passive:
        return "law_bearer", 0.95
    if demand.passive:
        return "law_passive", 0.85
    if demand.verb in _STATES:
        return "law_state", 0.7
    return "law_thing", 0.75


def _bearer(demand: Demand) -> str | None:
    if demand.passive:
        done_by = None if _AUDITED.match(demand.passive) else agent(demand.after)
        # What is done to someone is not that one's duty.
        return subject_after(done_by) if done_by else None
    inside = _INSIDE.match(demand.word)
    if inside and (who := subject_after(inside.group("who"))):
        # "Dersom …, har kommunen plikt til å …": the subject stands inside the words that demand.
        return who
    if demand.verb == "ha" and (appoints := _HAS_APPOINTED.search(demand.after[:_NEAR])):
        # "Fondet skal ha et styre, som oppnevnes av departementet": whoever appoints it sees to it.
        return subject_after(appoints.group("who"))
    if demand.word.startswith("det er oblig"):
        return subject_after(demand.after)
    if demand.verb == "ha" and "plikt" not in demand.word and PROVIDED.match(demand.subject):
        return None
    if RECEIVES.match(demand.after) or _is_heard(demand):
        return None
    if demand.inverted:
        subject = after_adverbs(_NOT_YET.sub("", demand.subject))
        acts = _PRONOUN_ACTS.match(demand.subject)
        if acts and acts.group("verb") in INFINITIVES and (same := _same_one(demand)):
            # "Når kommunen har fått en søknad, skal den sende etaten …": the etat is no subject.
            return same
        return subject_after(subject) or _same_one(demand) or _acting(demand)
    return _before_verb(demand.subject) or _acting(demand)


# Whoever has the accounts has them audited.
_AUDITED = pattern(r"^revider(?:es|ast)$")


_HAS_APPOINTED = pattern(
    r"^\s*ha\s+(?:(?:eit|et|ein|en|sitt)\s+(?:eget\s+|eige\s+)?styre\b[^.;]{0,80}?\bopp(?:nevn|nemn)\w+|(?:godtgjøring|godtgjersle|honorar)\b[^.;]{0,40}?\bfast(?:set)\w+)\s+av\s+(?P<who>\w*departement\w*|kongen)\b"
)


def _is_heard(demand: Demand) -> bool:
    """ "Skal kommunane saka gjeld, få uttale seg": whoever decides hears them."""
    heard = demand.after.find("uttale", 0, _NEAR)
    return (
        heard > 0
        and _MAY_SPEAK.search(demand.after, 0, heard) is not None
        and not _SEES_TO.search(demand.after, 0, heard)
    )


_MAY_SPEAK = pattern(
    r"\b(?:få|gis|gjevast|givast)\s+(?:(?:høve|anledning|adgang|mulighet|rett)\s+til\s+å\s+)?$"
)
_SEES_TO = pattern(r"\b(?:som|at|slik|sørge|sørgje|syte|la)\b|[.;]")

# What only someone can do.
_WILLED = wordlist(
    """drive driva arbeide arbeida organisere gjennomføre planlegge oppnevne oppnemne delta uttale avklare underskrive underteikne sørge sørgje syte syta påse melde melda varsle varsla underrette underretta informere sende senda søke søkje betale betala samarbeide medvirke medverke levere gjøre gjere undersøke utarbeide
    opplyse opplysa utføre orientere rapportere ivareta søkja bistå rådføre legitimere innrette innhente be kontrollere unngå avgi framlegge fremlegge """
)


def _acting(demand: Demand) -> str | None:
    """An unknown subject of a verb that only someone can do ("finneren skal melde fra")."""
    phrase = after_adverbs(demand.subject) if demand.inverted else demand.subject
    if _THING_SUBJECT.match(phrase):
        return None
    phrase = _UNTIL_VERB.split(phrase, maxsplit=1)[0]
    if demand.verb in _WILLED or "plikt" in demand.word or "ansvar" in demand.word:
        return someone_in(phrase)
    named = demand.verb not in _STATES and (_ONE.match(phrase) or _DEFINITE.search(first_noun(phrase)))
    return "andre" if named else None


_DEFINITE = pattern(r"(?:eren|aren|erne|arane|øren|ørene|ørane|isten|atoren|logen|mannen|kvinnen|kvinna)$")
_ONE = pattern(r"^\W*(?:en|ein)\s+[a-zæøå]{3,}(?:er|ar|ør|ist|ator|log|mann)\s*$")


_THING_SUBJECT = pattern(r"^\W*(?:det|dette)\b")
_UNTIL_VERB = pattern(r"\s(?=\w+e\b|ikke\b|ikkje\b|også\b|straks\b)")


_NOT_YET = pattern(r"^\s*(?:ikke|ikkje)\s+(?=\w+(?:en|et|a|ne)\b)")
_PRONOUN_ACTS = pattern(r"^\W*(?:den|dei|de|han|hun|ho)\s+(?P<verb>\w+)\b")
_IT_OR_THEY = pattern(
    r"^\W*(?:det(?=\s+(?:\w+\s+)?\w+e\b)|den|dei|de|han|hun|ho|vedkommende|vedkomande|disse|desse|denne)\s+(?!som\b)"
)
_OPENED = pattern(r"^\W*(?:når|dersom|hvis|viss|om|så\s+snart|så\s+lenge|\w+)\s+(?=\S)")


_OTHER_THAN = pattern(r"\b(?:annan|annen|andre)\s+enn\b")


def _condition(demand: Demand) -> str | None:
    """Who the condition before the verb speaks of: "Når kommunen har fått en søknad, skal den …"."""
    return (
        subject_after(_OPENED.sub("", demand.condition, count=1))
        if demand.condition.endswith(",") and not _OTHER_THAN.search(demand.condition[:40])
        else None
    )


def _same_one(demand: Demand) -> str | None:
    return _condition(demand) if _IT_OR_THEY.match(demand.subject) else None


def _hint(demand: Demand) -> str | None:
    """A body that the condition speaks of is the one that shall act when it is fulfilled."""
    sender = (
        _FROM.match(demand.subject)
        if demand.passive and _SENDS.match(demand.passive) and not demand.inverted
        else None
    )
    before = None if demand.inverted or sender else _BEFORE_DECISION.search(demand.after[:_NEAR])
    if before and RECEIVES.match(demand.after):
        return subject_after(before.group("who"))
    of = None if demand.inverted else _OWNER_OF.match(demand.subject)
    if of and not sender and (kind := kind_of(of[of.lastgroup or "who"])):
        return None if kind in _PEOPLE_KINDS else kind
    if demand.passive and not sender and (owner := _PUBLIC.match(demand.subject)):
        return (
            "direktorat"
            if owner.group("who").startswith("stat")
            else owner.group("who").removesuffix("al") + "e"
        )
    who = subject_after(sender.group("who")) if sender else _condition(demand)
    return who if who and not _PEOPLE_KINDS.intersection(who.split("+")) else None


# "Meldinger fra Kartverket skal sendes …": who it comes from sends it.
_SENDS = pattern(r"(?:send|rett|meld|gis|giv|gjev|lever|set|fremset|framset|oversend)")
_FROM = pattern(r"^\W*(?:[\w-]+\s+){1,4}?(?:fra|frå)\s+(?P<who>.{3,80})$")
_OWNER_OF = pattern(
    r"^\W*(?:(?P<who>[a-zæøå]{5,}(?:ens|ets|enes|anes|as|nes))\s+[a-zæøå]|(?P<its>[a-zæøå]{5,})\s+(?:sin|si|sitt|sine)\s|(?!meld|søkn|klag|rapp|oppm|kopi|varsel|opplys)\w{4,}(?:en|a|ane|ene|et)\s+til\s+(?P<of>[a-zæøå]{5,}))"
)
# "Statlege arkiv skal avleverast": whoever owns it does it.
_PUBLIC = pattern(
    r"^\W*(?:\w+\s+til\s+)?(?:alle\s+)?(?P<who>statl[ie]g|fylkeskommunal|kommunal)e?\s+(?!og\b|eller\b|myndig|styresm)\w+"
)
_BEFORE_DECISION = pattern(
    r"\bfør\s+(?P<who>\w+)\s+(?:tek|tar|treffer|treff|fatter|gjer|gjør|vedtar|vedtek|avgjør|avgjer|fastset|fastsetter|bestemmer|legg|legger)\b"
)
_PEOPLE_KINDS = frozenset(("andre", "enhver"))
_INSIDE = pattern(r"(?:har|er|vert|blir)\s+(?P<who>\w+)\s+\S")
_COMMA = pattern(r",\s*(?:og\s+|eller\s+|samt\s+)?|\s+(?:og|eller|samt)\s+")


def _before_verb(subject: str) -> str | None:
    """The subject that stands before the verb, with those that are joined to it after a comma or a clause of its own."""
    first = bearer_of(subject) or bearer_of(head_of(subject), genitive=True)
    if first is None or first == "enhver":
        return first
    kinds = set(first.split("+"))
    for part in _COMMA.split(subject)[1:]:
        words = part.split()
        if words and len(words) <= 3 and not _is_verb(words[0]):
            kind = bearer_of(part)
            if kind and kind != "enhver":
                kinds.update(kind.split("+"))
        elif words and words[0] in ("andre", "dei", "de"):
            kinds.add("andre")
    if kinds & _BODIES and first != "andre":
        kinds.discard("" if "andre" in first.split("+") or " andre som" in subject else "andre")
    return "+".join(kind for kind in ORDER if kind in kinds)


def _is_verb(word: str) -> bool:
    return _PRESENT.search(word) is not None and kind_of(word) is None


_BODIES = frozenset(ORDER[:8])
