"""The demo's ledger: hours that were measured and confirmed by both, and hours that the parties disagree on, on days of the story."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tillitsrom.ledger import actions
from tillitsrom.ledger.actions.entries import Before
from tillitsrom.ledger.figures import Range
from tillitsrom.ledger.models import AfterMeasure, Entry, Statement
from tillitsrom.outcomes.actions import decisions
from tillitsrom.outcomes.models import Decision
from tillitsrom.people.models import Membership, Party, Role, User
from tillitsrom.signals.models import Signal

from .telling import dated, read, requirement_with

if TYPE_CHECKING:
    from .loader import Places

WEEK = timedelta(days=7)


def load(places: "Places", people: dict[str, User]) -> None:
    """Each line from its decision to what the parties say of it."""
    story = read("ledger.yaml")
    _move_to_their_days()
    asked = [people[row["email"]] for row in story["people"]]
    for row in story["entries"]:
        _entry(row, story, people, asked, timezone.localdate())


def workers(places: "Places", password: str) -> dict[str, User]:
    """People who do the work at the nursing home, by their e-mail address: they say «me too», and are asked afterwards."""
    story = read("ledger.yaml")
    return {row["email"]: _worker(row, story, places, password) for row in story["people"]}


def _worker(row: dict[str, Any], story: dict[str, Any], places: "Places", password: str) -> User:
    person = User.objects.create_user(row["email"], row["name"], password)
    Membership.objects.create(
        user=person,
        organisation=places.organisations[story["organisation"]],
        unit=places.units[story["unit"]],
        role=Role.EMPLOYEE,
        valid_from=date(2023, 1, 1),
    )
    return person


def _move_to_their_days() -> None:
    """Entries of decisions that the story has moved back in time."""
    for entry in Entry.objects.select_related("decision"):
        _move(entry, entry.decision.decided_on)


def _move(entry: Entry, day: date) -> None:
    back = entry.decided_on - day
    Entry.objects.filter(pk=entry.pk).update(decided_on=day, opened_on=day)
    for measure in entry.measures.all():
        measure.opens_on -= back
        measure.closes_on -= back
        measure.save(update_fields=["opens_on", "closes_on"])


def _entry(
    row: dict[str, Any], story: dict[str, Any], people: dict[str, User], asked: list[User], today: date
) -> None:
    day = today - timedelta(days=row["days_ago"])
    if "outcome" in row:
        entry = _decided(row, people[row["by"]], day)
    else:
        entry = Entry.objects.get(requirement=requirement_with(row["match"]))
    entry = _before(row, story, people, entry, day + WEEK)
    measure = entry.measures.get()
    measure.units.set(Membership.objects.filter(user=asked[0]).values_list("unit", flat=True))
    with dated(measure.opens_on):
        actions.follow_the_calendar(today=today)
    for person, choice in zip(asked, row["answers"], strict=True):
        actions.answer(actor=person, measure=measure, choice=choice)
    closes = measure.closes_on
    AfterMeasure.objects.filter(pk=measure.pk).update(closes_on=closes)
    with dated(closes):
        actions.follow_the_calendar(today=today)
    Entry.objects.filter(pk=entry.pk).update(after_on=closes)
    _words(row, story, people, Entry.objects.get(pk=entry.pk), today)


def _before(
    row: dict[str, Any], story: dict[str, Any], people: dict[str, User], entry: Entry, day: date
) -> Entry:
    """The employees say what it took before."""
    said = Before(row["title"], Range(*row["before"]), row["people"], row["how"].strip())
    actor = people[story["employees"]["by"]]
    with dated(day):
        return actions.state_before(actor=actor, entry=entry, version=entry.version, before=said)


def _decided(row: dict[str, Any], actor: User, day: date) -> Entry:
    requirement = requirement_with(row["match"])
    given = decisions.Given(reason=row["reason"], text=row.get("text", ""))
    with dated(day):
        made = decisions.decide(
            actor=actor,
            subject=requirement,
            version=requirement.version,
            outcome=row["outcome"],
            given=given,
        )
    decision = made[0]
    Decision.objects.filter(pk=decision.pk).update(decided_on=day)
    Signal.objects.filter(decisions=decision).update(answered_on=day)
    entry = Entry.objects.get(decision=decision)
    _move(entry, day)
    return Entry.objects.get(pk=entry.pk)


def _words(
    row: dict[str, Any], story: dict[str, Any], people: dict[str, User], entry: Entry, today: date
) -> None:
    """Both confirm, or each says its own."""
    day = today - timedelta(days=row.get("confirmed") or row["disputed"])
    for side in ("employees", "employer"):
        actor = people[story[side]["by"]]
        party = Party.objects.get(organisation=entry.organisation_id, name=story[side]["party"])
        known: dict[str, Any] = {"actor": actor, "entry": entry, "version": entry.version, "party": party}
        with dated(day):
            if "confirmed" in row:
                entry = actions.confirm(**known)
            else:
                entry = actions.dispute(**known, text=row["words"][side])
    Statement.objects.filter(entry=entry).update(on=day)
    if "confirmed" in row:
        Entry.objects.filter(pk=entry.pk).update(employer_confirmed_on=day, employees_confirmed_on=day)
