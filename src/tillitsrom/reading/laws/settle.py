"""Settle who has each duty, where the sentence does not say: what the section, the chapter and the whole law tell."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace

from tillitsrom.reading.laws.bearers import named_in, title_for
from tillitsrom.reading.laws.boards import Boards, is_board
from tillitsrom.reading.laws.definitions import Definitions
from tillitsrom.reading.laws.nouns import COURT, ORDER
from tillitsrom.reading.laws.things import Things, known_maker, tells_of_register
from tillitsrom.reading.laws.trade import (
    for_undertakings,
    is_applicant,
    mostly_undertakings,
    of_trade,
    receives,
)
from tillitsrom.reading.laws.walk import Found
from tillitsrom.reading.model import RequirementClass
from tillitsrom.reading.words import pattern

Named = tuple[int, str, bool]
"""Where someone is named, who it is, and whether that one is told to do something there (else: only said to act)."""

_PEOPLE = frozenset(("andre", "enhver"))
_STATE = frozenset(("departement", "direktorat", "statsforvalter", "organ", COURT))
_AUTHORITIES = _STATE | {"kommune", "fylkeskommune"}
_FAR = 20
_TITLE = pattern(r"^\W*[\d\s.-]*(?:[a-z]\b)?\W*")


@dataclass(slots=True)
class _Part:
    """Those who are named in a chapter or in the whole law, and how often."""

    duties: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    schools: bool = False
    # The law is about undertakings.
    trade: bool = False
    # The title tells so.
    titled: bool = False
    # The law is about a register that the state keeps.
    register: bool = False
    # The municipality or county that the title says that the law is for.
    held: str | None = None

    def usual(self, fits: Callable[[str], bool]) -> str | None:
        """Who is told to do something most often; people only where they are told far more than any body is."""
        told = [(n, who) for who, n in self._single() if fits(who)]
        bodies = [(n, who) for n, who in told if who not in _PEOPLE]
        if bodies and told[0][0] <= _MUCH_MORE * bodies[0][0]:
            return bodies[0][1]
        return told[0][1] if told else None

    def _single(self) -> list[tuple[str, int]]:
        """Those who are told, the most often told first: a body that shares a duty with people counts as the body."""
        told: Counter[str] = Counter()
        for who, n in self.duties.items():
            bodies = [kind for kind in who.split("+") if kind not in _PEOPLE]
            told["+".join(bodies) or "andre"] += n
        return told.most_common()

    @property
    def bodies(self) -> int:
        """How many times a body is told to do something."""
        return sum(n for who, n in self.duties.items() if _body(who))

    @property
    def owners(self) -> bool:
        """Whether a municipality or a county is told to do something."""
        return any(who in ("kommune", "fylkeskommune", "kommune+fylkeskommune") for who in self.duties)

    @property
    def employs(self) -> bool:
        """Whether an employer is told to do something."""
        return any("arbeidsgiver" in who for who in self.duties)

    @property
    def told(self) -> bool:
        """Whether any body is told to do something."""
        return self.bodies > 0

    @property
    def decides(self) -> bool:
        """Whether any authority is told to do something or said to act."""
        return any(_AUTHORITIES.intersection(who.split("+")) for who in (*self.duties, *self.acts))

    def deciding(self, fits: Callable[[str], bool]) -> str | None:
        """Who is told to do something, or said to act, most often."""
        return next((who for who, _ in (self.duties + self.acts).most_common() if fits(who)), None)


_MUCH_MORE = 2
_SURE = 1
_BEGINNING = 60


def bearers(
    found: Sequence[Found],
    actors: Sequence[tuple[int, str | None, str | None]],
    scope: str | None,
    defined: Definitions,
    held: str | None,
    title: str,
    *,
    schools: bool,
    applicants: Set[str] = frozenset(),
) -> list[str]:
    """Who has each duty, in the order of the duties: the one that its sentence names, else the one that fits best.

    `scope` is whom the law says that it holds for, `held` the municipality or county that its title says that it is for; `schools`:
    it is the rules of a school or about schools. `title` is in small letters, `applicants` are those who the law
    says can apply.
    """
    if defined:
        found = [_as_defined(one, defined) for one in found]
    applies = for_undertakings(title)
    if applies or applicants == {"virksomhet"}:
        found = [
            replace(one, bearer="virksomhet")
            if one.bearer == "andre" and (receives(one.noun) or (applies and is_applicant(one.noun)))
            else one
            for one in found
        ]
    found = _boards(found, defined.boards, schools=schools)
    law = _Part(schools=schools, held=_owner_board(held))
    chapters: dict[str, _Part] = {}
    for one in found:
        part = chapters.get(one.chapter)
        if part is None:
            part = chapters[one.chapter] = _Part(held=_owner_board(title_for(one.chapter.lower())))
        if one.bearer and not _for_all(one):
            part.duties[one.bearer] += 1
            law.duties[one.bearer] += 1
    law.register = "register" in title.replace("planregister", "")
    law.titled = not schools and of_trade(title)
    law.trade = law.titled or (not schools and mostly_undertakings(law.duties))
    for _, _, who in actors:
        if who:
            law.acts[who] += 1
    sections: dict[str | None, list[Named]] = {}
    named = [(f.start, f.section, f.bearer, True) for f in found if f.bearer and not _for_all(f)]
    for at, section, who, has_duty in sorted(named + [(a, s, w, False) for a, s, w in actors if w]):
        sections.setdefault(section, []).append((at, who, has_duty))
    things = Things(found)
    return [
        _told(
            one.bearer
            or _settled(one, sections.get(one.section, []), chapters[one.chapter], law, scope, things)
        )
        for one in found
    ]


def _boards(found: Sequence[Found], boards: Boards, *, schools: bool) -> Sequence[Found]:
    """The duties with boards as the bodies that they belong to."""
    told = Counter(who for one in found if (who := one.bearer) and who != "organ" and who not in _PEOPLE)
    first = next((who for who, _ in told.most_common(1)), None)
    owner = "virksomhet" if schools else first if first in _OWN_BOARDS else None
    result = []
    for one in found:
        if one.bearer in (None, "organ", "andre") and (
            composer := boards.composer(one.noun or one.thing, f"{one.stem} {one.plain}".lower())
        ):
            one = replace(one, bearer=composer)
        elif one.bearer == "organ" and is_board(one.noun):
            # A board that the state appoints is a state agency.
            one = replace(one, bearer="direktorat" if boards.appointer(one.noun) else owner or "organ")
        result.append(one)
    return result


_OWN_BOARDS = ("kommune", "fylkeskommune", "kommune+fylkeskommune")


def _owner_board(held: str | None) -> str | None:
    return held if held in _OWN_BOARDS else None


def _for_all(one: Found) -> bool:
    """Whether it is forbidden to everyone: that tells nothing of who else has duties."""
    return one.bearer == "enhver" and one.kind is RequirementClass.PROHIBITION


def _as_defined(one: Found, defined: Definitions) -> Found:
    """The duty with the bearer that the law itself says that its noun stands for."""
    kind = defined.kind(one.noun) if one.noun else None
    if kind is None:
        return one
    if one.bearer in _DEFINABLE:
        return replace(one, bearer=kind)
    named = set(one.bearer.split("+")) if one.bearer else set()
    if "organ" not in named:
        return one
    return replace(one, bearer="+".join(k for k in ORDER if k in named - {"organ"} | {kind}))


_DEFINABLE = (None, "organ", "andre", "direktorat")


def _told(kinds: str) -> str:
    """A court is told of as "andre"."""
    if COURT not in kinds:
        return kinds
    named = set(kinds.split("+")) - {COURT} | {"andre"}
    return "+".join(kind for kind in ORDER if kind in named)


def _settled(
    one: Found, section: Sequence[Named], chapter: _Part, law: _Part, scope: str | None, things: Things
) -> str:
    index = bisect_left(section, (one.start,))
    before = section[max(0, index - _FAR) : index][::-1]
    after = section[index : index + _FAR]
    heading = _headed(one, law)
    fits = _FITS.get(one.meant, _anyone)
    if law.schools and one.meant in ("authority", "people") and law.usual(_anyone) == "virksomhet":
        # A school decides on its own pupils.
        fits = _body if one.meant == "authority" else _person

    wanted = fits
    maker, barred = _paper(one, things)

    def right(who: str) -> bool:
        return wanted(who) and (not barred or not barred.issuperset(who.split("+")))

    near: list[str | None]
    doer = _by_act(one, law)
    if one.meant == "authority":
        near = [doer, one.hint, *(w for _, w, _ in before), heading, *(w for _, w, _ in after)]
        far = [chapter.usual(right), law.deciding(right)]
    else:
        # What a ministry may decide says little of who has the duties.
        near = [
            doer,
            maker,
            one.hint,
            *(
                w
                for _, w, duty in before
                if duty or ("departement" not in w and (one.meant != "doer" or _not_state(w)))
            ),
            heading,
        ]
        near += [w for _, w, duty in after if duty]
        distant = _no_people if law.trade else _not_state if one.meant == "doer" else _anyone
        far = [
            part.usual(lambda who: right(who) and distant(who))
            for part in ((chapter, law) if one.meant != "people" else ())
        ]
        held = chapter.held or law.held
        if held and right(held):
            far.insert(0, held)
        elif scope and distant(scope) and chapter.bodies < _SURE:
            far.insert(0, scope)
        if one.meant in ("", "body") and not law.told:
            far.insert(
                0, law.deciding(lambda who: right(who) and _body(who) and who not in ("departement", COURT))
            )
    default = _default(one, law)
    if law.schools and "virksomhet" in one.barred and one.meant in ("", "body"):
        # What is sent to the school comes from its students.
        wanted, default, far = _person, "andre", []
    elif law.schools and one.meant in ("", "authority", "body") and not law.owners:
        # What is to be in some way at a school is the school's to see to.
        wanted, default, far = _body, "virksomhet", []
    if law.register and one.meant in ("", "body") and tells_of_register(one):
        # The keeper of a register lets others search it, also other agencies.
        return "direktorat"
    told = _first((*near, *far, scope), right) or (
        "andre" if default == "organ" and not law.decides else default
    )
    return "enhver" if told == "andre" and _for_nobody(one) else told


def _headed(one: Found, law: _Part) -> str | None:
    """Who the heading names; in "Passasjerenes bagasje" of a law about trade those who are served."""
    heading = named_in(_TITLE.sub("", one.heading.lower()))
    return None if heading and law.trade and not _body(heading) else heading


def _by_act(one: Found, law: _Part) -> str | None:
    """Who does such things always: an employer employs."""
    return "arbeidsgiver" if _EMPLOYS.match(one.verb) and law.employs else known_maker(one)


def _default(one: Found, law: _Part) -> str:
    """Who is meant where nothing at all tells."""
    default = _DEFAULT.get(one.meant, "andre")
    if default == "andre" and law.trade and one.meant != "person":
        # Customers complain too; only undertakings apply, where the title does not tell more.
        turned = one.meant == "people" and not law.titled and "søk" not in one.plain[:_BEGINNING].lower()
        return default if turned else "virksomhet"
    return default


def _for_nobody(one: Found) -> bool:
    return one.kind is RequirementClass.PROHIBITION and _NOBODY.search(one.plain[:200]) is not None


# "Uten tillatelse må det ikke utføres målinger": nobody may.
_NOBODY = pattern(r"\bmå\s+det\s+(?:ikke|ikkje)\s+\w+(?:es|ast)\b")
_EMPLOYS = pattern(r"^(?:ansett|tilsett|tilset|utlys|lysast|lyses|innstill)\w*(?:es|ast)?$")


def _paper(one: Found, things: Things) -> tuple[str | None, frozenset[str]]:
    """Who makes the paper whose contents are told, and who does not have the duty; the authority that approves it does not make it."""
    maker, approver = things.maker(one), things.approver(one)
    if approver and not _authority(approver):
        approver = None
    return (
        maker if maker != approver else None,
        one.barred | {approver} if approver else one.barred,
    )


def _first(guesses: Iterable[str | None], right: Callable[[str], bool]) -> str | None:
    return next((who for who in guesses if who and right(who)), None)


def _anyone(_who: str) -> bool:
    return True


def _authority(who: str) -> bool:
    return _AUTHORITIES.issuperset(who.split("+"))


def _no_authority(who: str) -> bool:
    return not _AUTHORITIES.intersection(who.split("+"))


def _body(who: str) -> bool:
    return not _PEOPLE.intersection(who.split("+"))


def _person(who: str) -> bool:
    return _PEOPLE.issuperset(who.split("+"))


def _no_people(who: str) -> bool:
    return _body(who) and _not_state(who)


def _not_state(who: str) -> bool:
    return not _STATE.intersection(who.split("+"))


_FITS: dict[str, Callable[[str], bool]] = {
    "authority": _authority,
    "people": _no_authority,
    "body": _body,
    "person": _person,
    "payer": _no_authority,
}
_DEFAULT = {"authority": "organ", "people": "andre", "body": "organ", "doer": "virksomhet", "person": "andre"}
