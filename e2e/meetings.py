"""The meetings of the story: a body with an empty seat, one meeting that comes, and one that was held, with its minutes."""

from datetime import timedelta

from django.utils import timezone

from tillitsrom.cooperation.actions import bodies, cases, meetings, minutes
from tillitsrom.cooperation.models import Case, Minutes
from tillitsrom.people.models import Organisation, Party, User


def build(manager: User, representative: User, place: Organisation) -> None:
    today = timezone.localdate()
    body = bodies.set_up(
        actor=manager, organisation=place, values={"name": "IDF-møtet", "kind": "idf", "mandate": "Alt."}
    )
    bodies.seat(
        actor=manager,
        body=body,
        draft=bodies.SeatDraft("employer", person=manager, title="Leder", leads=True),
    )
    bodies.seat(actor=manager, body=body, draft=bodies.SeatDraft("employees", title="Tillitsvalgt"))
    first, second = (
        _case(representative, place, words)
        for words in ("Skal vi ha færre skjema i garderoben?", "Skal vi slå sammen to lister?")
    )
    meetings.plan(
        actor=manager,
        organisation=place,
        values={"body": body, "form": "discussion", "on": today + timedelta(days=3), "about": "Budsjett"},
    )
    held = meetings.plan(
        actor=manager,
        organisation=place,
        values={"body": body, "form": "discussion", "on": today, "place": "Rom 1"},
        agenda=[first, second],
    )
    held = meetings.call(actor=manager, meeting=held, version=held.version, late_reason="Det haster.")
    parties = Party.objects.filter(organisation=place)
    people = [
        meetings.Person("employer", manager.name, parties.get(side=Party.Side.EMPLOYER)),
        meetings.Person("employees", representative.name, parties.get(side=Party.Side.EMPLOYEES)),
    ]
    held = meetings.attend(actor=manager, meeting=held, version=held.version, people=people)
    held = meetings.hold(actor=manager, meeting=held, version=held.version)
    _minutes(manager, held, first)
    sent = _minutes(manager, held, second)
    minutes.send(actor=manager, minutes=sent, version=sent.version)
    meetings.log_contact(
        actor=representative, organisation=place, about="Ringte om garderoben", parties=parties, case=first
    )


def _case(representative: User, place: Organisation, question: str) -> Case:
    draft = cases.Draft(organisation=place, values={"question": question})
    case = cases.raise_case(actor=representative, draft=draft)
    return cases.classify(actor=representative, case=case, version=case.version, answers={})


def _minutes(manager: User, held: "meetings.Meeting", case: Case) -> Minutes:
    case.refresh_from_db()
    row = minutes.start(actor=manager, meeting=held, case=case)
    return minutes.write(
        actor=manager, minutes=row, version=row.version, text="Vi snakket om det og ble enige."
    )
