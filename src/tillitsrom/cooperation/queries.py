"""Reads for the pages: whose move it is, the days on a line, positions beside each other, the path for disagreement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tillitsrom.core import events
from tillitsrom.core.decisions import Reason
from tillitsrom.core.models import Event
from tillitsrom.people.models import Actor, Organisation, Party, Role, User
from tillitsrom.people.rules import standing
from tillitsrom.rulesets.schema import CaseForm, PathStep

from . import rules
from .models import Case, Contact, Meeting, Minutes, Position, Seat
from .rules_meetings import contacts_visible_to

S = Case.Status
EMPLOYER, EMPLOYEES = str(Party.Side.EMPLOYER), str(Party.Side.EMPLOYEES)
BOTH = (EMPLOYER, EMPLOYEES)


@dataclass(frozen=True, slots=True)
class Move:
    """Whose move it is: the sides, and what is to be done. No side where nothing waits."""

    sides: tuple[str, ...]
    what: Reason

    @property
    def who(self) -> Reason:
        """The sides in words."""
        if len(self.sides) == len(BOTH):
            return _("both parties")
        if not self.sides:
            return _("nobody")
        return _("the employer") if self.sides == (EMPLOYER,) else _("the employees' side")


def other_side(side: str) -> str:
    return EMPLOYEES if side == EMPLOYER else EMPLOYER


def whose_move(case: Case) -> Move:
    """Who is to do something with the case now, and what."""
    if case.status in (S.CLOSED, S.WITHDRAWN):
        return Move((), _("The case has ended."))
    if case.form_open and case.status in (S.CLASSIFIED, S.CALLED, S.HELD):
        return _move_about_form(case)
    if case.status == S.RAISED:
        return Move(BOTH, _("Set the form"))
    if case.status == S.CLASSIFIED:
        return _move_when_classified(case)
    if case.status == S.CALLED:
        return _move_when_called(case)
    if case.status == S.HELD:
        return _move_when_held(case)
    if case.status == S.DISAGREED:
        return _move_when_disagreed(case)
    return Move(BOTH, _("Close the case")) if rules.may_be_closed(case) else _move_about_minutes(case)


def _move_about_form(case: Case) -> Move:
    if case.contested_by is not None:
        return Move((other_side(case.contested_by.side),), _("Settle the form, which is contested"))
    confirmed = {one.party.side for one in case.involvements.all() if one.party_id in case.form_confirmed}
    waiting = tuple(side for side in BOTH if side not in confirmed)
    return Move(waiting or BOTH, _("Confirm the lighter form, or contest it"))


def _move_when_classified(case: Case) -> Move:
    if case.form in rules.IN_MEETINGS:
        return Move((EMPLOYER,), _("Call a meeting"))
    if rules.may_be_decided(case):
        return Move((EMPLOYER,), _("Decide"))
    return Move((EMPLOYEES,), _("Read what you are told, and answer"))


def _move_when_called(case: Case) -> Move:
    answered = {one.party_id for one in case.positions.all()}
    waiting = {one.party.side for one in case.involvements.all() if one.party_id not in answered}
    if waiting:
        return Move(tuple(side for side in BOTH if side in waiting), _("Give a position before the meeting"))
    return Move(BOTH, _("Meet about the case"))


def _move_when_held(case: Case) -> Move:
    if case.form == CaseForm.NEGOTIATION:
        return Move(BOTH, _("Say whether you agree"))
    return Move((EMPLOYER,), _("Decide"))


def _move_when_disagreed(case: Case) -> Move:
    path = rules.path_of(case)
    if path is not None and path.decides == "employer":
        return Move((EMPLOYER,), _("Decide"))
    return Move(BOTH, _("Go on along the path for disagreement"))


def _move_about_minutes(case: Case) -> Move:
    if any(one.status == Minutes.Status.SENT for one in rules.minutes_of_round(case)):
        return Move(BOTH, _("Approve the minutes"))
    return Move((EMPLOYER,), _("Write and send the minutes"))


# --- the case's page -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """One day on the case's line. `tone`: success for what is done, danger for what is late, info for what lies ahead."""

    on: date
    label: Reason
    tone: str
    note: Reason = ""


def _deadline(on: date, label: Reason, done_on: date | None, today: date) -> Point:
    if done_on is not None:
        late = done_on > on
        said = gettext("done on %(day)s") % {"day": f"{done_on.day}.{done_on.month}.{done_on.year}"}
        return Point(on, label, "danger" if late else "success", said)
    if on < today:
        return Point(on, label, "danger", _("not done"))
    return Point(on, label, "info")


def days_of(case: Case, today: date) -> list[Point]:
    """The case's days in order: what has been, what was due, and what lies ahead."""
    found = [Point(case.raised_on, _("Raised"), "success")]
    if case.first_involvement_on:
        found.append(Point(case.first_involvement_on, _("The employees' side takes part"), "success"))
    for item in case.agenda_items.all():
        meeting = item.meeting
        if meeting.status == Meeting.Status.CANCELLED:
            continue
        found.append(_deadline(meeting.call_by, _("Last day to call the meeting"), meeting.called_on, today))
        found.append(
            Point(meeting.documents_by, _("Last day to send papers"), _past(meeting.documents_by, today))
        )
        held = meeting.on if meeting.status == Meeting.Status.HELD else None
        found.append(_deadline(meeting.on, _("Meeting"), held, today))
    for one in case.minutes.all():
        found.append(_deadline(one.due_on, _("Minutes ready"), one.sent_on, today))
        if one.approved_on:
            found.append(Point(one.approved_on, _("Minutes approved by all"), "success"))
    if case.decision_planned_on:
        found.append(_planned(case, today))
    if case.decided_on:
        found.append(Point(case.decided_on, case.get_status_display(), "success"))
    if case.closed_on and case.status != S.DECIDED:
        found.append(Point(case.closed_on, _("The case ended"), "success"))
    return sorted(found, key=lambda point: point.on)


def _past(on: date, today: date) -> str:
    return "success" if on <= today else "info"


def _planned(case: Case, today: date) -> Point:
    day = case.decision_planned_on
    done = case.decided_on or case.closed_on
    label = _("The decision is planned")
    if day is None or (done is None and day >= today):
        return Point(day or today, label, "info")
    late = done is None or done > day
    return Point(day, label, "danger" if late else "success", _("not done") if done is None else "")


@dataclass(frozen=True, slots=True)
class Column:
    """One party's place: since when it takes part, the position that stands, and those before it."""

    party: Party
    since: date | None
    how: str
    newest: Position | None
    earlier: tuple[Position, ...]


def columns_of(case: Case) -> list[Column]:
    """Every party that takes part, the employer first: each gets the same width."""
    said: dict[int, list[Position]] = {}
    for one in case.positions.all():
        said.setdefault(one.party_id, []).append(one)
    found = []
    for row in case.involvements.all():
        mine = said.get(row.party_id, [])
        found.append(
            Column(row.party, row.since, row.how, mine[-1] if mine else None, tuple(reversed(mine[:-1])))
        )
    return sorted(found, key=lambda column: (column.party.side != EMPLOYER, column.party.name))


@dataclass(frozen=True, slots=True)
class Walked:
    """A step on the path for disagreement, and the day it was taken in this round, if it was."""

    step: PathStep
    on: date | None


def path_walked(case: Case, life: Iterable[Event]) -> list[Walked]:
    """The path that the agreement gives, step by step, with what was done when."""
    path = rules.path_of(case)
    if path is None:
        return []
    noted = {
        str(one.data.get("step")): date.fromisoformat(one.data["on"])
        for one in life
        if one.kind == "case.path" and one.data.get("round") == case.rounds
    }
    held = [one.meeting.on for one in rules.items_of_round(case) if one.meeting.status == Meeting.Status.HELD]
    if held:
        noted |= {code: max(held) for code in ("discuss", "negotiate")}
    if case.decided_on:
        noted |= dict.fromkeys(("employer_decides", "decide", "vote"), case.decided_on)
    again = [one.at.date() for one in life if one.kind == "case.again"]
    if again:
        noted["discuss_again"] = again[-1]
    return [Walked(step, noted.get(step.code)) for step in path.steps]


def talks_about(actor: Actor, case: Case) -> QuerySet[Contact]:
    """The informal talks about the case that the person may read, the newest first."""
    return contacts_visible_to(actor).filter(case=case).prefetch_related("parties")


def life_of(case: Case) -> list[Event]:
    return list(events.history(case))


# --- lists ---------------------------------------------------------------------------------------------------------


def living(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.exclude(status__in=(S.CLOSED, S.WITHDRAWN))


def waits_for(person: User, at_most: int = 200) -> list[tuple[Case, Move]]:
    """The cases where it is the person's side's move, the earliest planned decision first."""
    roles = (Role.MANAGER, Role.UNION_REPRESENTATIVE)
    places = standing(person).organisations_as(roles)
    if not places:
        return []
    rows = living(rules.visible_to(person)).filter(organisation__in=places)
    found = []
    for case in rules.with_parts(rows.order_by("decision_planned_on", "raised_on", "pk"))[:at_most]:
        move = whose_move(case)
        if set(move.sides) & rules.sides_of(person, case):
            found.append((case, move))
    return found


def follows(person: Actor) -> QuerySet[Case]:
    """Living cases in the organisations where the person follows them."""
    places = standing(person).organisations_as(rules.FOLLOWERS)
    return living(Case.objects.filter(organisation__in=places))


def waits_on_politicians(rows: QuerySet[Case], today: date) -> tuple[QuerySet[Case], QuerySet[Case]]:
    """What elected politicians can move: cases on the agenda of a body where they sit, and those undecided past their plan."""
    seats = Seat.objects.filter(side=Seat.Side.POLITICAL).exclude(valid_to__lt=today)
    meetings = Meeting.objects.filter(
        body__in=seats.values("body"), status__in=(Meeting.Status.PLANNED, Meeting.Status.CALLED)
    )
    unsettled = living(rows).exclude(status__in=(S.DECIDED, S.AGREED))
    before_them = unsettled.filter(agenda_items__meeting__in=meetings).distinct()
    past_plan = unsettled.filter(decision_planned_on__lt=today).order_by("decision_planned_on", "pk")
    return before_them, past_plan


def organisations_with_cases(actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=rules.visible_to(actor).values("organisation"))
