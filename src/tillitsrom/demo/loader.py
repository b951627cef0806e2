"""Loads the demo: the same actions as a person would take, in the order of the story, with the dates of the story."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from django.db import transaction

from tillitsrom.people.models import Language, Level, Membership, Organisation, Party, Role, Unit, User
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.sources import read_bytes
from tillitsrom.register.actions import documents, requirements, review
from tillitsrom.register.models import Document, Requirement

from . import controls, cooperation, ledger, meetings, outcomes, rulesets, signals, talks
from .telling import dated, read, without_mail

Say = Callable[[str], None]

PASSWORD = "tillit-og-tid-2026"  # noqa: S105  # the demo's log-ins are public; the demo refuses a database with real data


class NotEmpty(Exception):  # noqa: N818  # says why the demo is not loaded
    """The database has data already, and the demo never touches real data."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One demo document: its file, its facts, and what happens to it."""

    file: str
    title: str
    kind: str
    year: int
    imposing: str
    addressee: str
    registrar: str
    published: date | None
    follows: str | None
    questioner: str
    decider: str


# What the workplace says when it questions a requirement; the answer of its owner stands in the story.
QUESTION = "Dette tar tid som vi heller ville brukt på dem vi er her for. Trengs det?"


@cache
def setting() -> dict[str, Any]:
    """The bodies, their units and the documents."""
    return read("setting.yaml")


@cache
def story() -> dict[str, Any]:
    """The people, and what some requirements cost and came to."""
    return read("story.yaml")


def is_empty() -> bool:
    return not (User.objects.exists() or Organisation.objects.exists() or Document.objects.exists())


@transaction.atomic
@without_mail()
def load(say: Say) -> None:
    """Load everything or nothing. Raises NotEmpty where the database already has people, bodies or documents."""
    if not is_empty():
        raise NotEmpty
    places = Places()
    people = make_people(places) | ledger.workers(places, PASSWORD)
    letters = {row["file"]: Letter(**row) for row in setting()["documents"]}
    made: dict[str, Document] = {}
    for letter in letters.values():
        say(f"{letter.title} …")
        made[letter.file] = make_document(letter, places, people, made)
    say("Kostnader og utfall …")
    for entry in story()["costings"]:
        letter = letters[entry["document"]]
        row = cost(entry, made[letter.file], places, people[letter.registrar])
        if entry.get("outcome"):
            settle(row, entry["outcome"], people[letter.questioner], people[letter.decider])
    say("Meldinger …")
    signals.load(places, people)
    say("Dialog og innspill …")
    talks.load(places, people)
    say("Avtaler …")
    rulesets.load(places, people, PASSWORD)
    say("Saker …")
    cooperation.load(places, people)
    say("Møter …")
    meetings.load(places, people)
    say("Avgjørelser …")
    outcomes.load(places, people)
    signals.lift_what_is_late()
    say("Tid gitt tilbake …")
    ledger.load(places, people)
    say("Kontrolltiltak …")
    controls.load(places, people)


class Places:
    """The demo's organisations and units, by the keys of the story."""

    def __init__(self) -> None:
        self.organisations: dict[str, Organisation] = {}
        for row in setting()["organisations"]:
            superior = self.organisations.get(row.get("superior", ""))
            self.organisations[row["name"]] = Organisation.objects.create(
                name=row["name"],
                short_name=row["short_name"],
                number=row["number"],
                level=Level(row["level"]),
                language=Language(row["language"]),
                superior=superior,
            )
        self.units: dict[str, Unit] = {}
        for row in setting()["units"]:
            organisation = self.organisations[row["organisation"]]
            self.units[row["name"]] = Unit.objects.create(
                organisation=organisation, name=row["name"], parent=self.units.get(row.get("parent", ""))
            )

    def party(self, organisation: Organisation, name: str) -> Party:
        return Party.objects.get_or_create(
            organisation=organisation, name=name, defaults={"side": Party.Side.EMPLOYEES}
        )[0]


def make_people(places: Places) -> dict[str, User]:
    """The demo's persons by e-mail address, each with the roles of the story."""
    people = {}
    for row in story()["people"]:
        person = User.objects.create_user(
            row["email"], row["name"], PASSWORD, language=Language(row.get("language", "nb"))
        )
        organisation = places.organisations[row["organisation"]]
        Membership.objects.create(
            user=person,
            organisation=organisation,
            unit=places.units[row["unit"]] if row.get("unit") else None,
            role=Role(row["role"]),
            party=places.party(organisation, row["union"]) if row.get("union") else None,
            valid_from=date(2023, 1, 1),
        )
        people[row["email"]] = person
    return people


def make_document(
    letter: Letter, places: Places, people: dict[str, User], earlier: dict[str, Document]
) -> Document:
    """Receive, read, accept and publish one letter; the one without a date stays in review, for the reader to try."""
    data = resources.files("tillitsrom.demo").joinpath("letters", letter.file).read_bytes()
    actor = people[letter.registrar]
    facts = documents.Facts(
        title=letter.title,
        kind=letter.kind,
        year=letter.year,
        imposing_body=places.organisations[letter.imposing],
        addressee=places.organisations[letter.addressee],
        follows=earlier.get(letter.follows or ""),
    )
    with dated(letter.published):
        document = documents.receive(
            actor=actor, name=letter.file, size=len(data), chunks=[data], facts=facts
        )
        documents.start_reading(document_id=document.pk)
        reading = read_document(read_bytes(data, letter.file))
        documents.finish_reading(document_id=document.pk, reading=reading)
        document.refresh_from_db()
        if letter.published is None:
            return document
        review.accept_all(actor=actor, document=document, confidence=0.0)
        documents.advance(actor=actor, document=document, action="publish")
        Document.objects.filter(pk=document.pk).update(published_on=letter.published)
    document.refresh_from_db()
    return document


def cost(entry: dict[str, Any], document: Document, places: Places, registrar: User) -> Requirement:
    """Describe what one requirement costs."""
    found = Requirement.objects.filter(document=document, quote__contains=entry["match"]).first()
    if found is None:
        raise LookupError(f"{entry['document']}: no requirement has the words {entry['match']!r}")
    described = {
        "unit": places.units[entry["unit"]] if entry.get("unit") else None,
        "minutes_low": entry["minutes_low"],
        "minutes_high": entry["minutes_high"],
        "minutes_source": entry["minutes_source"],
        "occasions_per_year": Decimal(str(entry["occasions_per_year"])),
        "affected_count": entry["affected_count"],
        "statutory": entry.get("statutory", False),
        "legal_basis": entry.get("legal_basis") or "",
        "detail": entry.get("detail") or "",
        "frequency": entry.get("frequency") or "",
    }
    with dated(date(2026, 3, 10)):
        return requirements.describe(
            actor=registrar, requirement=found, version=found.version, values=described
        )


# The steps that lead from in force to each outcome; the last one carries the reason.
STEPS = {
    "questioned": ("question",),
    "under_review": ("question", "start_review"),
    "kept": ("question", "start_review", "keep"),
    "simplified": ("question", "start_review", "simplify"),
    "removed": ("question", "start_review", "remove"),
}


def settle(row: Requirement, outcome: dict[str, Any], questioner: User, decider: User) -> None:
    """Question, review and decide, each by the person whose move it is."""
    for number, action in enumerate(STEPS[outcome["status"]]):
        asks = action == "question"
        reason = QUESTION if asks and outcome["status"] != "questioned" else outcome["reason"]
        given = requirements.Outcome(
            reason=reason, text=outcome.get("text", ""), review_on=outcome.get("review_on")
        )
        with dated(date(2026, 4 + 2 * number, 15)):
            row = requirements.advance(
                actor=questioner if asks else decider,
                requirement=row,
                version=row.version,
                action=action,
                outcome=given,
            )
