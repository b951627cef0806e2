"""Whether a body is put together as the law asks: each finding with its reason and where the rule stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import Provision, Statute

from .models import Body, Meeting, Seat

Side = Seat.Side
# Which provision a kind of body rests on; the others rest on what the parties agree.
STATUTES = {Body.Kind.AMU: "AML-7-1", Body.Kind.JOINT_COMMITTEE: "KOML-5-11"}
ON_PAGE = (Side.EMPLOYER, Side.EMPLOYEES, Side.POLITICAL, Side.HEALTH_SERVICE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `fits` is None where it is only told, or nobody knows."""

    fits: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Composition:
    """The seats of today by side, the empty and the ended ones, and what the rules say about them."""

    seats: dict[str, list[Seat]]
    empty: list[Seat]
    ended: list[Seat]
    findings: list[Finding]
    statute: Statute | None

    @property
    def provision(self) -> Provision | None:
        return self.statute.provision if self.statute else None

    @property
    def fits(self) -> bool:
        return all(one.fits is not False for one in self.findings)


def composition(body: Body, on: date) -> Composition:
    """How the body is put together on the day."""
    rows = list(body.seats.select_related("party", "person"))
    ended = [one for one in rows if one.valid_to is not None and one.valid_to < on]
    today = [one for one in rows if one not in ended and one.valid_from <= on]
    seats: dict[str, list[Seat]] = {side: [one for one in today if one.side == side] for side in ON_PAGE}
    name = STATUTES.get(Body.Kind(body.kind))
    statute = agreements.statute(name) if name else None
    findings = list(_findings(body, seats, on, statute))
    return Composition(
        {side: found for side, found in seats.items() if found},
        [one for one in today if one.person_id is None],
        ended,
        findings,
        statute,
    )


def _count(seats: dict[str, list[Seat]], *sides: str) -> int:
    return sum(1 for side in sides for one in seats[side] if not one.deputy and one.votes)


def _findings(
    body: Body, seats: dict[str, list[Seat]], on: date, statute: Statute | None
) -> Iterable[Finding]:
    if body.kind == Body.Kind.AMU and statute is not None:
        yield from _of_amu(body, seats, on, statute)
    elif body.kind == Body.Kind.JOINT_COMMITTEE and statute is not None:
        yield from _of_joint_committee(seats, statute)
    elif body.kind == Body.Kind.THREE_PARTY:
        missing = [
            str(Side(s).label) for s in (Side.POLITICAL, Side.EMPLOYER, Side.EMPLOYEES) if not seats[s]
        ]
        yield Finding(
            not missing,
            _("Missing: %(sides)s.") % {"sides": ", ".join(missing)}
            if missing
            else _("Politicians, employer and employees all have seats."),
        )
    else:
        both = _count(seats, Side.EMPLOYER) > 0 and _count(seats, Side.EMPLOYEES) > 0
        yield Finding(
            both,
            _("Both sides have seats. How many each has is for the parties to agree.")
            if both
            else _("Both sides must have at least one seat."),
        )
    if body.line == Body.Line.DEVELOPMENT:
        yield Finding(
            None, _("The body recommends. What it recommends must be decided in the decision line.")
        )


def _of_amu(body: Body, seats: dict[str, list[Seat]], on: date, statute: Statute) -> Iterable[Finding]:
    yield _required(body, statute)
    employer, employees = _count(seats, Side.EMPLOYER), _count(seats, Side.EMPLOYEES)
    yield Finding(
        employer == employees > 0,
        _(
            "The employer has %(employer)s seats with a vote and the employees %(employees)s; each side must have as many."
        )
        % {"employer": employer, "employees": employees},
    )
    if seats[Side.HEALTH_SERVICE]:
        yield Finding(True, _("The occupational health service takes part without a vote."))
    else:
        yield Finding(
            None, _("If you have an occupational health service, it has a seat here without a vote.")
        )
    leaders = [one for side in ON_PAGE for one in seats[side] if one.leads]
    if len(leaders) == 1 and leaders[0].votes:
        side = leaders[0].get_side_display()
        yield Finding(
            True, _("The chair is with: %(side)s. The sides take turns at choosing it.") % {"side": side}
        )
    else:
        yield Finding(False, _("One member with a vote must lead. The sides take turns at choosing it."))
    yield from _terms(seats[Side.EMPLOYEES], statute)
    yield _meetings_this_year(body, on, statute)


def _required(body: Body, statute: Statute) -> Finding:
    least, on_demand = statute.numbers["employees"], statute.numbers["employees_on_demand"]
    if body.employees is None:
        return Finding(
            None,
            _(
                "The committee is required from %(least)s employees, and from %(some)s when a party demands it. Fill in how many work here."
            )
            % {"least": least, "some": on_demand},
        )
    if body.employees >= least:
        return Finding(True, _("Required: at least %(least)s work here.") % {"least": least})
    if body.employees >= on_demand and body.demanded:
        return Finding(
            True, _("Required: between %(some)s and %(least)s work here, and a party has demanded it.")
            % {"some": on_demand, "least": least},
        )  # fmt: skip
    return Finding(None, _("Not required here, but the parties may have it if they wish."))


def _of_joint_committee(seats: dict[str, list[Seat]], statute: Statute) -> Iterable[Finding]:
    municipal = _count(seats, Side.POLITICAL, Side.EMPLOYER)
    employees = _count(seats, Side.EMPLOYEES)
    yield Finding(
        municipal > employees > 0,
        _(
            "The municipality has %(municipal)s seats and the employees %(employees)s; the municipality must have the majority, and the employees must have seats."
        )
        % {"municipal": municipal, "employees": employees},
    )
    least = statute.numbers["members"]
    yield Finding(
        municipal + employees >= least,
        _("There are %(number)s members; there must be at least %(least)s.")
        % {"number": municipal + employees, "least": least},
    )
    leaders = [one for side in ON_PAGE for one in seats[side] if one.leads]
    yield Finding(
        bool(leaders) and all(one.side == Side.POLITICAL for one in leaders),
        _("The council chooses the chair among its own."),
    )
    yield from _terms(seats[Side.EMPLOYEES], statute)


def _terms(seats: list[Seat], statute: Statute) -> Iterable[Finding]:
    """Seats of the employees that are held for longer than the provision's term, or without an end."""
    years = statute.numbers["term_years"]
    members = [one for one in seats if one.person_id is not None]
    too_long = [
        one
        for one in members
        if one.valid_to is None or (one.valid_to - one.valid_from).days > years * 366
    ]  # fmt: skip
    if not members:
        return
    yield Finding(
        not too_long,
        _("The employees' members sit for %(years)s years at a time.") % {"years": years}
        if not too_long
        else _(
            "The employees' members are chosen for %(years)s years at a time. Give each seat its last day: %(seats)s."
        )
        % {"years": years, "seats": ", ".join(str(one) for one in too_long)},
    )


def _meetings_this_year(body: Body, on: date, statute: Statute) -> Finding:
    least = statute.numbers["meetings_a_year"]
    there = body.meetings.filter(on__year=on.year).exclude(status=Meeting.Status.CANCELLED).count()
    return Finding(
        True if there >= least else None,
        _("%(number)s meetings are planned or held this year; usually there are at least %(least)s.")
        % {"number": there, "least": least},
    )
