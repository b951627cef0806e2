"""Who may do what with bodies, meetings and minutes: every cell of role × place × state × step, written down here."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import bodies, meetings, minutes
from tillitsrom.cooperation.lifecycle_meetings import MEETING, MINUTES
from tillitsrom.cooperation.models import Body, Meeting, Minutes, Seat
from tillitsrom.core.decisions import Refused, WrongState
from tillitsrom.people.models import Actor, Role
from tillitsrom.people.tests.factories import OrganisationFactory, UnitFactory, person_with
from tillitsrom.rulesets.tests.factories import Body as Place
from tillitsrom.rulesets.tests.factories import body

from .factories import classified, person_of_unit
from .meeting_factories import meeting_in, minutes_in, planned

pytestmark = pytest.mark.django_db

# "asked" is the representative of a union that was there; "unit_manager" leads a unit that nothing here concerns.
CELLS = [
    ("anonymous", "nowhere"),
    *((role, place) for role in Role.values for place in ("own", "unrelated")),
    ("asked", "own"),
    ("unit_manager", "own"),
]
PLANS = {"edit", "agenda", "attend", "hold", "cancel planned"}
CALLS = {"call", "move", "cancel called"}
OF_MEETINGS = {
    ("manager", "own"): PLANS | CALLS,
    ("coordinator", "own"): PLANS | CALLS,
    ("union_representative", "own"): PLANS,
    ("asked", "own"): PLANS,
}
# In the area of KS the employer writes the minutes of a discussion, and each party that was there approves.
OF_MINUTES = {
    ("manager", "own"): {"write", "view", "send", "approve", "object"},
    ("coordinator", "own"): {"write", "send"},
    ("union_representative", "own"): {"write", "view"},
    ("asked", "own"): {"write", "view", "approve", "object"},
}
KEEPS_BODIES = {("manager", "own"), ("coordinator", "own"), ("union_representative", "own"), ("asked", "own")}
FOLLOW = {"manager", "union_representative", "safety_delegate", "coordinator", "asked", "unit_manager"}


def actor_for(role: str, where: str, place: Place) -> Actor:
    if role == "anonymous":
        return AnonymousUser()
    if role == "asked":
        return place.representative
    if role == "unit_manager":
        return person_of_unit(place, UnitFactory.create(organisation=place.organisation))
    return person_with(role, place.organisation if where == "own" else OrganisationFactory.create())


def try_meeting(actor, row, action):
    known = {"actor": actor, "meeting": row, "version": row.version}
    calls = {
        "edit": lambda: meetings.change(**known, values={"place": "Rom 1"}),
        "agenda": lambda: meetings.set_agenda(**known, agenda=[]),
        "call": lambda: meetings.call(**known, late_reason="Det haster."),
        "move": lambda: meetings.move(**known, values={"on": row.on}, reason="Romskifte."),
        "attend": lambda: meetings.attend(**known, people=[]),
        "hold": lambda: meetings.hold(**known),
        "cancel": lambda: meetings.cancel(**known, reason="Utgår."),
    }
    return calls[action]()


@pytest.mark.parametrize("status", Meeting.Status.values)
@pytest.mark.parametrize(("role", "where"), CELLS)
def test_every_step_of_a_meeting_from_every_state(role, where, status):
    place = body()
    row = meeting_in(place, status, classified(place))
    actor = actor_for(role, where, place)
    may = OF_MEETINGS.get((role, where), set())
    sources = {(t.source, t.action) for t in MEETING.transitions}
    for action in MEETING.actions:
        name = f"cancel {status}" if action == "cancel" else action
        if (status, action) in sources:
            decision = MEETING.find(source=status, action=action).rule(actor, row)
            assert bool(decision) == (name in may), name
            assert decision.reason
            if not decision and not isinstance(actor, AnonymousUser):
                with pytest.raises(Refused):
                    try_meeting(actor, row, action)
        elif not isinstance(actor, AnonymousUser):
            with pytest.raises(WrongState):
                try_meeting(actor, row, action)


@pytest.mark.parametrize("status", Minutes.Status.values)
@pytest.mark.parametrize(("role", "where"), CELLS)
def test_every_step_of_minutes_from_every_state(role, where, status):
    place = body()
    row = minutes_in(place, status, classified(place))
    actor = actor_for(role, where, place)
    may = OF_MINUTES.get((role, where), set())
    sources = {(t.source, t.action) for t in MINUTES.transitions}
    for action in MINUTES.actions:
        if (status, action) in sources:
            decision = MINUTES.find(source=status, action=action).rule(actor, row)
            assert bool(decision) == (action in may), action
            assert decision.reason
            if not decision and not isinstance(actor, AnonymousUser):
                with pytest.raises(Refused):
                    try_minutes(actor, row, action, place)
        elif not isinstance(actor, AnonymousUser):
            with pytest.raises(WrongState):
                try_minutes(actor, row, action, place)


def try_minutes(actor, row, action, place):
    known = {"actor": actor, "minutes": row}
    digest = rules.digest(row)
    calls = {
        "write": lambda: minutes.write(**known, version=row.version, text="Noe annet."),
        "view": lambda: minutes.write_view(**known, party=place.union, version=0, text="Vårt syn."),
        "send": lambda: minutes.send(**known, version=row.version),
        "approve": lambda: minutes.approve(**known, digest=digest),
        "object": lambda: minutes.object_to(**known, digest=digest, objection="Feil."),
    }
    return calls[action]()


@pytest.mark.parametrize(("role", "where"), CELLS)
def test_planning_and_keeping_bodies(role, where):
    place = body()
    actor = actor_for(role, where, place)
    row = bodies.set_up(
        actor=place.manager, organisation=place.organisation, values={"name": "IDF-møtet", "kind": "idf"}
    )
    seat = bodies.seat(actor=place.manager, body=row, draft=bodies.SeatDraft("employer"))
    allowed = (role, where) in KEEPS_BODIES
    assert bool(rules.may_keep_bodies(actor, place.organisation)) == allowed
    assert bool(rules.may_keep_body(actor, row)) == allowed
    assert bool(rules.may_plan_in(actor, place.organisation)) == allowed
    if allowed or isinstance(actor, AnonymousUser):
        return
    row.refresh_from_db()
    values = {"name": "AMU", "kind": "amu"}
    attempts = (
        lambda: bodies.set_up(actor=actor, organisation=place.organisation, values=values),
        lambda: bodies.change(actor=actor, body=row, version=row.version, values=values),
        lambda: bodies.seat(actor=actor, body=row, draft=bodies.SeatDraft("employees")),
        lambda: bodies.end_seat(actor=actor, body=row, which=seat),
        lambda: meetings.plan(
            actor=actor,
            organisation=place.organisation,
            values={"on": planned(place).on, "form": "discussion"},
        ),
    )
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()


@pytest.mark.parametrize(("role", "where"), CELLS)
def test_beginning_minutes_and_logging_talks(role, where):
    place = body()
    actor = actor_for(role, where, place)
    case = classified(place)
    meeting = meeting_in(place, "called", case)
    may_log = role in FOLLOW and where == "own"
    assert bool(rules.may_start_minutes(actor, meeting)) == ((role, where) in KEEPS_BODIES)
    assert bool(rules.may_log(actor, place.organisation)) == may_log
    assert bool(rules.may_use_kit(actor, place.organisation.pk)) == may_log
    if isinstance(actor, AnonymousUser):
        return
    if (role, where) not in KEEPS_BODIES:
        with pytest.raises(Refused):
            minutes.start(actor=actor, meeting=meeting, case=case)
    if not may_log:
        with pytest.raises(Refused):
            meetings.log_contact(actor=actor, organisation=place.organisation, about="Prat", parties=[])


@pytest.mark.parametrize("status", Meeting.Status.values)
@pytest.mark.parametrize(("role", "where"), CELLS)
def test_the_gate_of_meetings(role, where, status):
    place = body()
    row = meeting_in(place, status, classified(place))
    actor = actor_for(role, where, place)
    colleague = where == "own" and role != "system_administrator"
    seen = colleague and (role in FOLLOW or status != "planned")
    assert rules.meetings_visible_to(actor).filter(pk=row.pk).exists() == seen


@pytest.mark.parametrize("openness", ["open", "exempt"])
@pytest.mark.parametrize("status", Minutes.Status.values)
@pytest.mark.parametrize(("role", "where"), CELLS)
def test_the_gate_of_minutes(role, where, status, openness):
    place = body()
    case = classified(place)
    row = minutes_in(place, status, case)
    exempt = {"openness": openness, "exempt_ground": "OFFL-15-1", "exempt_review_on": row.due_on}
    type(case).objects.filter(pk=case.pk).update(**exempt)
    actor = actor_for(role, where, place)
    colleague = where == "own" and role != "system_administrator"
    follows = colleague and role in FOLLOW
    seen = follows or (colleague and status == "approved" and openness == "open")
    assert rules.minutes_visible_to(actor).filter(pk=row.pk).exists() == seen


@pytest.mark.parametrize(("role", "where"), CELLS)
def test_the_gates_of_bodies_and_talks(role, where):
    place = body()
    actor = actor_for(role, where, place)
    made = meetings.log_contact(
        actor=place.manager, organisation=place.organisation, about="Prat", parties=[place.union]
    )
    row = Body.objects.create(organisation=place.organisation, name="AMU", kind="amu")
    colleague = where == "own" and role != "system_administrator"
    assert rules.bodies_visible_to(actor).filter(pk=row.pk).exists() == colleague
    assert rules.contacts_visible_to(actor).filter(pk=made.pk).exists() == (colleague and role in FOLLOW)


def test_who_has_a_seat_from_outside_sees_the_meetings_of_the_body():
    place = body()
    outsider = person_with(Role.MANAGER, OrganisationFactory.create())
    row = Body.objects.create(organisation=place.organisation, name="Trepart", kind="three_party")
    Seat.objects.create(body=row, side="political", person=outsider)
    meeting = planned(place, body=row)
    assert meeting in rules.meetings_visible_to(outsider)
    assert row in rules.bodies_visible_to(outsider)


def test_a_unit_manager_keeps_the_body_of_the_unit_and_calls_its_meetings():
    place = body()
    unit = UnitFactory.create(organisation=place.organisation)
    leader = person_of_unit(place, unit)
    row = Body.objects.create(organisation=place.organisation, name="MBU", kind="mbu", unit=unit)
    assert rules.may_keep_body(leader, row)
    assert rules.may_call(leader, planned(place, body=row))
    assert not rules.may_call(leader, planned(place))
