"""TR4: the same duty twice, as last year, or in another document."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tillitsrom.reading.check.letter import Letter, mark, relate
from tillitsrom.reading.check.model import Mark, Phrase, Rule, Severity
from tillitsrom.reading.check.subjects import Index, content, pairs
from tillitsrom.reading.model import Reading, Requirement, RequirementClass

_DONE_ONCE = (RequirementClass.ASSIGNMENT, RequirementClass.ACTIVITY, RequirementClass.GUIDELINE)
_MEASURES = (RequirementClass.STEERING_PARAMETER, RequirementClass.KEY_FIGURE, RequirementClass.GOAL)


def _contents(requirements: Sequence[Requirement], addressee: str | None) -> list[frozenset[str]]:
    return [content(r.quote, addressee) for r in requirements]


def _different(one: Requirement, other: Requirement) -> bool:
    """Two deliveries of the same thing at two times are two duties; a measure and a duty about it are two as well."""
    if one.deadline and other.deadline and one.deadline != other.deadline:
        return True
    return (one.requirement_class in _MEASURES) != (other.requirement_class in _MEASURES)


def within(letter: Letter) -> Iterator[Mark]:
    """A duty that stands earlier in the document. A row of a calendar may repeat what a sentence says."""
    requirements = [r for r in letter.counted if not letter.in_row(r)]
    for first, second in pairs(_contents(requirements, letter.reading.addressee)):
        one, other = requirements[first], requirements[second]
        if not _different(one, other):
            yield mark(other, (relate(letter.reading, one),))


def _in(
    letter: Letter, other: Reading, wanted: Sequence[Requirement]
) -> Iterator[tuple[Requirement, Requirement]]:
    theirs = [r for r in other.requirements if r.requirement_class.counted]
    index = Index(_contents(theirs, other.addressee))
    for r, stems in zip(wanted, _contents(wanted, letter.reading.addressee), strict=True):
        like = next((theirs[n] for n in index.alike(stems) if not _different_kind(r, theirs[n])), None)
        if like is not None:
            yield r, like


def _different_kind(one: Requirement, other: Requirement) -> bool:
    return (one.requirement_class in _MEASURES) != (other.requirement_class in _MEASURES)


def as_last_year(letter: Letter) -> Iterator[Mark]:
    """Assignments, activities and guidelines that stood in last year's letter too. Goals and parameters should stay.

    One finding for each assignment that comes again, and one for all the rest.
    """
    if letter.previous is None:
        return
    wanted = list(letter.of(*_DONE_ONCE))
    again: dict[str | None, list[tuple[Requirement, Requirement]]] = defaultdict(list)
    for r, like in _in(letter, letter.previous, wanted):
        again[r.assignment].append((r, like))
    sizes = Counter(r.assignment for r in wanted)
    for number, repeated in again.items():
        (first, like), rest = repeated[0], repeated[1:]
        if number is None:
            more = tuple(relate(letter.reading, r) for r, _ in rest)
            what = Phrase("requirements", {"count": len(repeated)}) if more else Phrase("requirement")
            yield mark(first, (relate(letter.previous, like), *more), what=what)
        elif 2 * len(repeated) >= sizes[number]:
            yield mark(first, (relate(letter.previous, like),), what=Phrase("assignment", {"number": number}))


def in_others(letter: Letter) -> Iterator[Mark]:
    """A duty that another document in force already sets."""
    for other in letter.others:
        for r, like in _in(letter, other, letter.counted):
            yield mark(r, (relate(other, like),), name=other.document.name)


RULES = (
    Rule(
        "TR401",
        "duplicate-duty",
        Severity.WARNING,
        "Samme krav to ganger",
        "Kravet står alt i dette dokumentet. La det stå ett sted.",
        "To like krav blir fort til to rapporter, og ved neste endring rettes bare det ene.",
        "Difis arbeid mot tidstyver: dobbeltarbeid. Regelen er vår",
        within,
    ),
    Rule(
        "TR402",
        "same-duty-as-last-year",
        Severity.NOTE,
        "Samme krav som i fjor",
        "{what} sto også i forrige brev. Flytt faste oppgaver til instruksen, eller si hvorfor de gjentas.",
        "Tildelingsbrevet skal si det som er særskilt for året. Det faste hører hjemme i hovedinstruksen.",
        "DFØ om hovedinstruks: myndighet og ansvar over flere år. Regelen er vår",
        as_last_year,
    ),
    Rule(
        "TR403",
        "duty-in-another-document",
        Severity.WARNING,
        "Kravet står i et annet dokument",
        "Kravet står alt i {name}. Vis til det, eller stryk kravet her.",
        "Når samme krav står i flere dokumenter, vet ikke mottakeren hvilket som gjelder.",
        "Difis arbeid mot tidstyver: dobbeltarbeid. Regelen er vår",
        in_others,
    ),
)
