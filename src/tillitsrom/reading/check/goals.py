"""TR1: goals and parameters that say what to do instead of what to reach."""

import re
from collections.abc import Iterator

from tillitsrom.reading.check.letter import Letter, mark, relate
from tillitsrom.reading.check.model import Mark, Phrase, Rule, Severity
from tillitsrom.reading.compare import STEERS_BY_ACTIVITY
from tillitsrom.reading.model import Reading, Requirement, RequirementClass
from tillitsrom.reading.words import pattern

_DOING = (
    "utarbeide|utvikle|gjennomføre|etablere|innføre|opprette|arrangere|avholde|levere|rapportere|kartlegge|utrede|publisere"
    "|oppdatere|videreføre|følge opp|ta i bruk|iverksette|implementere|støtte|understøtte|tilrettelegge"
    "|legge til rette for|delta i|delta på|veilede|samordne|koordinere|gi råd|utarbeidast|gjennomføra|følgje opp"
)
_GOAL_IS_ACTIVITY = pattern(
    r"^(?:\W|\d)*(?:å\s+)?(?:utarbeide|utvikle|gjennomføre|etablere|innføre|opprette|arrangere|avholde|levere|rapportere|kartlegge"
    r"|utrede|publisere|oppdatere|iverksette|implementere|ferdigstille)\s"
    r"|^(?:\W|\d)*(?:utarbeidelse|gjennomføring|etablering|innføring|opprettelse|kartlegging|utredning|implementering|iverksetting)\s+av\s"
    r"|^(?:[^\W\d]\S*\s+){1,3}skal\s+(?:\w+\s+)?(?:utarbeide|gjennomføre|etablere|innføre|opprette|arrangere|avholde|levere"
    r"|rapportere|kartlegge|utrede|publisere|oppdatere|iverksette|implementere|ferdigstille)\s",
    re.IGNORECASE,
)
_ORDERS = pattern(r"^(?!.*\bmål|.*mål\b).*\b(?:skal|må|bes|ber)\b", re.IGNORECASE | re.DOTALL)
_TASKS = pattern(r"^(?!.*\bmål|.*mål\b).*(?:oppgave|oppgåve|oppdrag|tiltak|aktivitet)", re.IGNORECASE)
_PARAMETER_IS_DOING = pattern(rf"^(?:[^\W\d]\S*\s+){{1,4}}skal\s+(?:{_DOING})\b", re.IGNORECASE)
_THINGS_DONE = (
    r"(?:\w*møter?|(?!konkurs)\w*kurs|\w*besøk|\w*seminar(?:er)?|\w*samlinger|\w*webinar(?:er)?|\w*kampanjer|\w*notat(?:er)?|\w*referat(?:er)?"
    r"|\w*konferanser|\w*foredrag|\w*veiledningstimer|\w*opplæringstimer|\w*stikkprøver|\w*presentasjoner|\w*nyhetsbrev|\w*innlegg"
    r"|familieråd|medarbeidersamtaler|\w*statusrapporter|\w*workshop(?:er|s)?)"
)
_COUNTS_ACTIVITY = pattern(
    r"^\W*(?:antall(?:et)?|antal|talet på|tallet på|tal på)\s+(?:(?:gjennomførte|avholdte|leverte|utførte|arrangerte|skrevne|holdte|fysiske|digitale"
    rf"|årlige)\s+)?{_THINGS_DONE}(?![^\W\d])",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,5}|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|tjue|tretti|førti|femti|hundre)"
_TARGET_OF_ACTIVITY = pattern(
    rf"\b(?:arrangere|avholde|holde|gjennomføre|besøke)\s+(?:minst\s+|minimum\s+|inntil\s+)?{_NUMBER}\s+"
    rf"(?:(?:\w+e|fysiske|digitale)\s+)?(?:{_THINGS_DONE}|kommuner|skoler|virksomheter|institusjoner)(?![^\W\d])",
    re.IGNORECASE,
)
_FEW = 10
_RISE = 0.01


def _goals(letter: Letter) -> list[Requirement]:
    """The goals, without what stands in a list of things to do though it stands in a chapter on goals."""
    goals = letter.of(RequirementClass.GOAL)
    return [r for r in goals if not (_ORDERS.search(r.stem or "") or _TASKS.search(r.heading or ""))]


def too_many(letter: Letter) -> Iterator[Mark]:
    """One finding, at the first goal above the cap."""
    goals = _goals(letter)
    cap = letter.config.cap_goals
    if len(goals) > cap:
        over = tuple(relate(letter.reading, goal) for goal in goals[cap + 1 :])
        yield mark(goals[cap], over, count=len(goals), cap=cap)


def goal_is_activity(letter: Letter) -> Iterator[Mark]:
    """A goal that begins with something to do."""
    for goal in _goals(letter):
        if _GOAL_IS_ACTIVITY.search(letter.words(goal)):
            yield mark(goal)


def parameter_is_activity(letter: Letter) -> Iterator[Mark]:
    """A parameter or key figure that counts what was done, a parameter that orders it, or a target for how many times."""
    for r in letter.counted:
        words = letter.words(r)
        if r.requirement_class is RequirementClass.STEERING_PARAMETER:
            if _PARAMETER_IS_DOING.search(words):
                yield mark(r, what=Phrase("parameter_orders"))
                continue
        elif r.requirement_class is not RequirementClass.KEY_FIGURE:
            if _TARGET_OF_ACTIVITY.search(words):
                yield mark(r, what=Phrase("target_of_activities"))
            continue
        if _COUNTS_ACTIVITY.search(words):
            yield mark(r, what=Phrase("counts_activities"))


def activity_share(letter: Letter) -> Iterator[Mark]:
    """The share that steers by activities and assignments, against last year's."""
    if letter.previous is None:
        return
    (before, first), (after, second) = _share(letter.previous), _share(letter.reading)
    if min(first, second) >= _FEW and after > before + _RISE:
        yield letter.whole(before=round(before * 100), after=round(after * 100))


def _share(reading: Reading) -> tuple[float, int]:
    counts = reading.counts()
    whole = sum(counts.values())
    return (sum(counts.get(c, 0) for c in STEERS_BY_ACTIVITY) / whole if whole else 0.0), whole


RULES = (
    Rule(
        "TR101",
        "too-many-goals",
        Severity.WARNING,
        "For mange mål",
        "Brevet har {count} mål. Grensen er {cap}. Velg de viktigste.",
        "Med mange mål er ingen av dem viktigst. Få mål gir mottakeren rom til å velge hvordan de nås.",
        "DFØs sjekkliste for tildelingsbrev: formidle overordnede mål. Grensen er vårt valg",
        too_many,
    ),
    Rule(
        "TR102",
        "goal-without-effect",
        Severity.WARNING,
        "Mål uten effekt",
        "Målet sier hva som skal gjøres, ikke hva som skal bli bedre. Skriv virkningen for brukere eller samfunn.",
        "Et mål som er en aktivitet, kan nås uten at noe blir bedre for noen.",
        "DFØs sjekkliste for tildelingsbrev: overordnede mål, og parametere for måloppnåelse. Regelen er vår",
        goal_is_activity,
    ),
    Rule(
        "TR103",
        "activity-level-parameter",
        Severity.WARNING,
        "Styring på aktivitetsnivå",
        "{what}. Styr på resultat eller virkning, og la mottakeren velge aktivitetene.",
        "Det som telles, blir gjort. Måltall for aktiviteter binder arbeidstid uten å si om det hjelper.",
        "Kjærvik og Askim (2015) om aktivitetskrav; DFØs sjekkliste for tildelingsbrev: styringsparametere skal ligge til grunn for vurdering av måloppnåelse",
        parameter_is_activity,
    ),
    Rule(
        "TR104",
        "more-activity-than-last-year",
        Severity.WARNING,
        "Mer aktivitetsstyring enn i fjor",
        "Aktiviteter og oppdrag er {after} prosent av kravene, mot {before} prosent i forrige brev.",
        "Når målene blir færre, kan detaljene flytte til aktiviteter og oppdrag. Da er styringen ikke blitt lettere.",
        "Kjærvik og Askim (2015): aktivitetskravene kan øke når målene blir færre",
        activity_share,
    ),
)
