"""The demo's bodies, a meeting that comes, minutes that are signed and minutes that wait, and an informal talk."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import bodies, meetings, minutes
from tillitsrom.cooperation.models import Approval, Body, Case, Meeting, Minutes, Seat
from tillitsrom.people.models import Organisation, Party, User

from .telling import dated, noon, read

if TYPE_CHECKING:
    from .loader import Places


def load(places: "Places", people: dict[str, User]) -> None:
    """After the cases: each step by the person whose move it is, on the day of the story."""
    story = read("meetings.yaml")
    today = timezone.localdate()
    with dated(today - timedelta(days=200)):
        for row in story["bodies"]:
            _body(row, places.organisations[row["organisation"]], people, today)
    for row in story["minutes"]:
        _minutes(row, people, today)
    for row in story["meetings"]:
        _meeting(row, people, today)
    for row in story["contacts"]:
        organisation = places.organisations[row["organisation"]]
        meetings.log_contact(
            actor=people[row["by"]], organisation=organisation, about=row["about"], case=_case(row["case"]),
            parties=[_party(organisation, name) for name in row["parties"]],
            on=today - timedelta(days=row["days_ago"]),
        )  # fmt: skip


def _party(organisation: Organisation, name: str) -> Party:
    return Party.objects.get(organisation=organisation, name=name)


def _case(words: str) -> Case:
    return Case.objects.get(question__contains=words)


def _body(row: dict[str, Any], organisation: Organisation, people: dict[str, User], today: date) -> Body:
    start = date(today.year, 1, 1)
    names = ("name", "kind", "line", "mandate", "employees")
    values = {name: row[name] for name in names if name in row}
    actor = people[row["by"]]
    made = bodies.set_up(actor=actor, organisation=organisation, values={**values, "valid_from": start})
    for one in row["seats"]:
        years = one.get("term")
        draft = bodies.SeatDraft(
            side=one["side"],
            party=_party(organisation, one["party"]) if "party" in one else None,
            person=people[one["person"]] if "person" in one else None,
            title=one["title"],
            leads=one.get("leads", False),
            valid_from=start,
            valid_to=date(start.year + years - 1, 12, 31) if years else None,
        )
        bodies.seat(actor=actor, body=made, draft=draft)
    return made


def _minutes(row: dict[str, Any], people: dict[str, User], today: date) -> Minutes:
    """Write, send and approve the minutes of the meeting that the case had."""
    case, actor, day = _case(row["case"]), people[row["by"]], today - timedelta(days=row["days_ago"])
    meeting = Meeting.objects.get(agenda__case=case, status=Meeting.Status.HELD)
    Meeting.objects.filter(pk=meeting.pk).update(
        body=Body.objects.get(organisation=case.organisation, name=row["body"])
    )
    with dated(day):
        came = []
        for one in row["came"]:
            party = _party(case.organisation, one["party"])
            came.append(meetings.Person(Seat.Side(party.side), one["name"], party))
        meeting = meetings.attend(actor=actor, meeting=meeting, version=meeting.version, people=came)
        made = minutes.start(actor=actor, meeting=meeting, case=case)
        made = minutes.write(actor=actor, minutes=made, version=made.version, text=row["text"])
        for one in row["views"]:
            person = people[one["by"]]
            party = case_party(person, made)
            minutes.write_view(actor=person, minutes=made, party=party, version=0, text=one["text"])
        made = minutes.send(actor=actor, minutes=made, version=made.version)
        for address in row["approved"]:
            minutes.approve(actor=people[address], minutes=made, digest=rules.digest(made))
    Minutes.objects.filter(pk=made.pk).update(sent_on=day)
    Minutes.objects.filter(pk=made.pk, status=Minutes.Status.APPROVED).update(approved_on=day)
    Approval.objects.filter(minutes=made).update(at=noon(day))
    return made


def case_party(person: User, made: Minutes) -> Party:
    """The party that the person speaks for in the case."""
    from tillitsrom.cooperation.rules import parties_of

    return parties_of(person, made.case)[0]


def _meeting(row: dict[str, Any], people: dict[str, User], today: date) -> Meeting:
    """A meeting that comes, called in time."""
    body = Body.objects.get(name=row["body"])
    hour, minute = row["starts_at"].split(":")
    values = {
        "body": body, "form": row["form"], "about": row["about"], "place": row["place"],
        "on": today + timedelta(days=row["ahead"]), "starts_at": time(int(hour), int(minute)),
    }  # fmt: skip
    actor = people[row["by"]]
    agenda = [_case(row["case"])] if "case" in row else []
    made = meetings.plan(actor=actor, organisation=body.organisation, values=values, agenda=agenda)
    return meetings.call(actor=actor, meeting=made, version=made.version)
