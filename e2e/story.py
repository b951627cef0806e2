"""What the journeys start from: three bodies, their people, and three years of letters, made by the system's own actions."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from tillitsrom.cooperation.actions import cases, positions
from tillitsrom.cooperation.models import Case
from tillitsrom.core.models import Openness
from tillitsrom.people.models import Level, Membership, Organisation, Party, Role, Unit, User
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.sources import read_bytes
from tillitsrom.register.actions import documents, requirements, review
from tillitsrom.register.models import Document, Requirement
from tillitsrom.rulesets import actions as agreements
from tillitsrom.signals import actions as signals
from tillitsrom.signals.models import Signal

from . import controls, letters, meetings, outcomes, story_ledger, talks

PASSWORD = "en-lang-og-trygg-setning"  # noqa: S105  # opens nothing but the story


@dataclass
class Demo:
    """The bodies, people and documents of the story, by name."""

    ministry: Organisation
    directorate: Organisation
    municipality: Organisation
    coordinator: User
    manager: User
    employee: User
    owner: User
    administrator: User
    # One who has a role everywhere, so that one log-in sees every page.
    everyone: User
    documents: dict[str, Document] = field(default_factory=dict)
    costed: Requirement | None = None
    questioned: Requirement | None = None
    exempt: Requirement | None = None
    signals: dict[str, Signal] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)


def build() -> Demo:
    """The whole story. Takes about a second, so that each journey has one of its own."""
    with override("nb"):
        demo = _people()
        _letters(demo)
        _lives(demo)
        _agreements(demo)
        _signals(demo)
        talks.build(demo.manager, demo.everyone, demo.municipality)
        _cases(demo)
        outcomes.build(demo)
        meetings.build(demo.manager, demo.everyone, demo.municipality)
        story_ledger.build(demo)
        controls.build(demo.manager, demo.municipality)
    return demo


def _people() -> Demo:
    ministry = Organisation.objects.create(
        name="Oppvekst- og hverdagsdepartementet",
        short_name="OHD",
        number="974760673",
        level=Level.MINISTRY,
    )
    directorate = Organisation.objects.create(
        name="Oppvekstdirektoratet", short_name="Odir", level=Level.AGENCY, superior=ministry
    )
    municipality = Organisation.objects.create(
        name="Fjordvik kommune", short_name="Fjordvik", level=Level.MUNICIPALITY, superior=directorate
    )
    education = Unit.objects.create(organisation=municipality, name="Oppvekst")
    school = Unit.objects.create(organisation=municipality, name="Fjordvik skole", parent=education)
    Unit.objects.create(organisation=municipality, name="Barnevernet i Fjordvik", parent=education)
    Party.objects.create(organisation=municipality, side=Party.Side.EMPLOYER, name="Kommunedirektøren")
    union = Party.objects.create(
        organisation=municipality, side=Party.Side.EMPLOYEES, name="Fagforbundet Fjordvik"
    )

    def person(name: str, *roles: tuple[Organisation, Role]) -> User:
        email = f"{name.split()[0].lower()}@fjordvik.example"
        user = User.objects.create_user(email, name, PASSWORD)
        for organisation, role in roles:
            party = union if role == Role.UNION_REPRESENTATIVE else None
            Membership.objects.create(
                user=user,
                organisation=organisation,
                role=role,
                party=party,
                unit=school if role == Role.EMPLOYEE else None,
                valid_from=date(2023, 1, 1),
            )
        return user

    return Demo(
        ministry=ministry,
        directorate=directorate,
        municipality=municipality,
        coordinator=person("Kari Koordinator", (municipality, Role.COORDINATOR)),
        manager=person("Leif Leder", (municipality, Role.MANAGER)),
        employee=person("Anna Ansatt", (municipality, Role.EMPLOYEE)),
        owner=person("Egil Eier", (directorate, Role.REQUIREMENT_OWNER)),
        administrator=person("Siv Systemansvarlig", (municipality, Role.SYSTEM_ADMINISTRATOR)),
        everyone=person(
            "Alma Overalt",
            (municipality, Role.UNION_REPRESENTATIVE),
            (municipality, Role.EMPLOYEE),
            (directorate, Role.REQUIREMENT_OWNER),
            (ministry, Role.MANAGER),
            (municipality, Role.SYSTEM_ADMINISTRATOR),
        ),
    )


def _signals(demo: Demo) -> None:
    """One that waits, and one that was passed on to a body outside, both sent by the employee."""

    def send(what: str) -> Signal:
        report = signals.Report(
            organisation=demo.municipality, unit=Unit.objects.get(name="Fjordvik skole"), what=what, occasions=2,
            period="week", minutes_low=15, minutes_high=30, rather="Snakke med elevene",
        )  # fmt: skip
        return signals.send_open(actor=demo.employee, report=report).signal

    demo.signals["waiting"] = send("Fraværet føres både i Timeglass og i regnearket til rådhuset")
    gone = send("Heftet om beredskap trykkes opp hvert halvår og leses av ingen")
    note = "Du kjenner dem som trykker det."
    gone = signals.pass_on(actor=demo.manager, signal=gone, version=1, owner=demo.everyone, note=note)
    demo.signals["outside"] = signals.transfer(
        actor=demo.everyone,
        signal=gone,
        version=2,
        to="Beredskapsrådet",
        reason="Rådet bestemmer over heftet.",
    )


def _cases(demo: Demo) -> None:
    """One that is new, one whose form is contested, with a position and a paper, and one that is told about, decided and closed."""

    def new(question: str) -> Case:
        values = {"question": question, "background": "Alle som bruker listen, er spurt."}
        draft = cases.Draft(organisation=demo.municipality, values=values)
        return cases.raise_case(actor=demo.everyone, draft=draft)

    def raised(question: str) -> Case:
        case = new(question)
        return cases.classify(
            actor=demo.everyone, case=case, version=case.version, answers={"topic.KS-INFO": "yes"}
        )

    demo.cases["new"] = new("Skal vi ha færre møter om våren?")

    case = raised("Skal vi slutte å føre fraværet to ganger?")
    positions.add_paper(
        actor=demo.manager, case=case, title="Hvem leser listen?", text="Ingen, så langt vi vet."
    )
    positions.take_position(
        actor=demo.everyone, case=case, stance="conditions", text="Ja, hvis rektor er med."
    )
    case.refresh_from_db()
    demo.cases["contested"] = cases.contest(
        actor=demo.everyone, case=case, version=case.version, reason="Dette skal drøftes."
    )
    told = raised("Skal møtelisten bare ligge på nett?")
    positions.take_position(actor=demo.everyone, case=told, stance="for", text="Ja.")
    told.refresh_from_db()
    told = cases.decide(
        actor=demo.manager,
        case=told,
        version=told.version,
        decision="Listen ligger på nett.",
        reason="Én holder.",
    )
    demo.cases["closed"] = cases.close(actor=demo.manager, case=told, version=told.version)


def _agreements(demo: Demo) -> None:
    """A local agreement in force, and the next one under negotiation."""
    parties = tuple(Party.objects.filter(organisation=demo.municipality))
    signers = {Party.Side.EMPLOYER: demo.manager, Party.Side.EMPLOYEES: demo.everyone}
    draft = agreements.Draft(
        values={
            "rule_set": "ks", "title": "Lokal avtale om medbestemmelse", "text": "Partene møtes hver måned.",
            "valid_from": date(2026, 1, 1), "notice_days": 10, "document_days": 5, "minutes_days": 7,
            "evaluation_months": 24,
        },
        parties=parties,
        levels=(agreements.Level("virksomhet", None),),
        wheel=(agreements.Point(1, "discussion", "Bruk av deltid"), agreements.Point(9, "discussion", "Budsjett")),
    )  # fmt: skip
    row = agreements.begin(actor=demo.manager, organisation=demo.municipality, draft=draft)
    for party in parties:
        actor = signers[Party.Side(party.side)]
        row = agreements.sign(actor=actor, agreement=row, version=row.version, party=party)
    agreements.renegotiate(actor=demo.manager, agreement=row, version=row.version)


def _letters(demo: Demo) -> None:
    earlier: Document | None = None
    for year, text in letters.LETTERS.items():
        facts = documents.Facts(
            title=f"Styringsbrev til Fjordvik kommune for {year}",
            kind=Document.Kind.ALLOCATION_LETTER,
            year=year,
            imposing_body=demo.directorate,
            addressee=demo.municipality,
            follows=earlier,
        )
        earlier = take_in(demo.coordinator, text, facts, publish=True)
        demo.documents[str(year)] = earlier
    assert earlier is not None
    to_directorate = replace(
        facts,
        title="Tildelingsbrev til Oppvekstdirektoratet for 2026",
        imposing_body=demo.ministry,
        addressee=demo.directorate,
        follows=None,
    )
    demo.documents["ministry"] = take_in(demo.owner, letters.MINISTRY, to_directorate, publish=True)
    kept_back = replace(
        facts,
        title="Styringsbrev til Fjordvik kommune om beredskap i 2026",
        kind=Document.Kind.MAIN_INSTRUCTION,
        follows=None,
        openness=Openness.EXEMPT,
        exempt_ground="OFFL-14",
        exempt_review_on=timezone.localdate() + timedelta(days=30),
    )
    demo.documents["exempt"] = take_in(demo.coordinator, letters.EXEMPT, kept_back, publish=True)
    waiting = replace(facts, title="Styringsbrev til Fjordvik kommune for 2027", year=2027, follows=earlier)
    demo.documents["review"] = take_in(demo.coordinator, letters.UPLOADED, waiting, publish=False)
    demo.documents["failed"] = _failed(demo, replace(facts, title="Skannet vedlegg", follows=None))
    demo.documents["received"] = documents.receive(
        actor=demo.coordinator,
        name="i-ko.md",
        size=3,
        chunks=[b"# A"],
        facts=replace(facts, title="Et brev som venter", follows=None),
    )


def take_in(actor: User, text: str, facts: documents.Facts, *, publish: bool) -> Document:
    """Receive and read a letter; accept all of it and publish it where so asked."""
    data = text.encode()
    document = documents.receive(actor=actor, name="brev.md", size=len(data), chunks=[data], facts=facts)
    documents.start_reading(document_id=document.pk)
    documents.finish_reading(document_id=document.pk, reading=read_document(read_bytes(data, "brev.md")))
    document.refresh_from_db()
    if publish:
        review.accept_all(actor=actor, document=document, confidence=0.0)
        document = documents.advance(actor=actor, document=document, action="publish")
    return document


def _failed(demo: Demo, facts: documents.Facts) -> Document:
    document = documents.receive(
        actor=demo.coordinator, name="skannet.pdf", size=4, chunks=[b"%PDF"], facts=facts
    )
    documents.start_reading(document_id=document.pk)
    documents.fail(document_id=document.pk, code="no_text", reason="Sidene er bilder uten tekst.")
    document.refresh_from_db()
    return document


def _lives(demo: Demo) -> None:
    """One requirement is costed, another questioned, and one of the exempt document is at hand."""
    newest = Requirement.objects.filter(document=demo.documents["2026"])
    known = {
        "minutes_low": 20,
        "minutes_high": 40,
        "minutes_source": Requirement.MinutesSource.ESTIMATED,
        "occasions_per_year": Decimal(12),
        "affected_count": 14,
        "frequency": "Hver måned",
        "legal_basis": "Barnevernsloven § 15-2",
        "unit": Unit.objects.get(name="Barnevernet i Fjordvik"),
    }
    row = newest.get(text__contains="ventetiden")
    demo.costed = requirements.describe(
        actor=demo.coordinator, requirement=row, version=row.version, values=known
    )
    row = newest.get(text__contains="arbeidsgruppe")
    demo.questioned = _advance(demo.employee, row, "question", reason="Vi har en slik gruppe fra før.")
    row = newest.get(text__contains="høyt fravær")
    row = _advance(demo.employee, row, "question", reason="Tallene finnes allerede i skolens eget system.")
    row = _advance(demo.owner, row, "start_review")
    _advance(
        demo.owner,
        row,
        "keep",
        reason="Vi trenger oversikten for å vite hvilke skoler som trenger hjelp.",
        review_on=timezone.localdate() + timedelta(days=200),
    )
    demo.exempt = Requirement.objects.filter(document=demo.documents["exempt"]).earliest("start")


def _advance(actor: User, row: Requirement, action: str, **outcome: Any) -> Requirement:
    return requirements.advance(
        actor=actor,
        requirement=row,
        version=row.version,
        action=action,
        outcome=requirements.Outcome(**outcome),
    )


def session_cookie(user: User) -> str:
    """The session of a person who has just logged in."""
    client = Client()
    client.force_login(user, backend="tillitsrom.people.backends.EmailBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
