"""A municipality with signals about a requirement that a directorate imposes, and about one of its own, for tests."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tillitsrom.outcomes.actions import decisions, duties, requests
from tillitsrom.outcomes.models import Decision, NewDuty, Request
from tillitsrom.people.models import Level, Organisation, Role, User
from tillitsrom.people.tests.factories import OrganisationFactory, person_with
from tillitsrom.register.models import Requirement
from tillitsrom.register.tests.factories import DocumentFactory, RequirementFactory
from tillitsrom.signals.models import Signal
from tillitsrom.signals.tests.factories import Workplace, sent, workplace

TODAY = timezone.localdate
LATER = timedelta(days=200)
WHY = "Skjemaet tar ti minutter på hver vakt, og ingen leser det."


@dataclass
class Place:
    """Who is where: the workplace, the directorate, and a requirement of each."""

    work: Workplace
    owner: Organisation
    director: User
    second: User
    theirs: Requirement
    ours: Requirement

    @property
    def body(self) -> Organisation:
        return self.work.organisation

    @property
    def manager(self) -> User:
        return self.work.top

    def signal(
        self, requirement: Requirement | None = None, sender: User | None = None, **values: Any
    ) -> Signal:
        return sent(self.work, sender, requirement=requirement, **values)


def place(**facts: Any) -> Place:
    """`facts` are of the directorate's requirement, such as `statutory`."""
    work = workplace()
    owner = OrganisationFactory.create(name=f"Direktoratet {work.organisation.pk}", level=Level.AGENCY)
    letter = DocumentFactory.create(status="published", imposing_body=owner, addressee=work.organisation)
    circular = DocumentFactory.create(
        status="published", imposing_body=work.organisation, addressee=work.organisation
    )
    theirs = RequirementFactory.create(
        document=letter, quote="Kommunen skal fylle ut skjema på fem sider.", **facts
    )
    ours = RequirementFactory.create(
        document=circular, quote="Vaktene skal føre temperatur tre ganger i døgnet."
    )
    return Place(
        work,
        owner,
        person_with(Role.MANAGER, owner),
        person_with(Role.REQUIREMENT_OWNER, owner),
        theirs,
        ours,
    )


def given(outcome: str, **values: Any) -> decisions.Given:
    """What a decision with the outcome needs to say."""
    known: dict[str, Any] = {"reason": "Ingen bruker det."}
    if outcome == "simplified":
        known["text"] = "To sider er nok."
    if outcome == "kept":
        known["review_on"] = TODAY() + LATER
    if outcome == "delegated":
        known |= {"limits": "Maten skal være trygg.", "heard": "De tillitsvalgte"}
    if outcome == "tried_out":
        known |= {
            "hypothesis": "Det går bra uten.", "trial_from": TODAY(), "trial_to": TODAY() + LATER,
            "consented": "Begge parter",
        }  # fmt: skip
    return decisions.Given(**{**known, **values})


def decided(actor: User, subject: Any, outcome: str = "removed", **values: Any) -> Decision:
    subject.refresh_from_db()
    return decisions.decide(
        actor=actor, subject=subject, version=subject.version, outcome=outcome, given=given(outcome, **values)
    )[0]


def asked(
    where: Place, *, by: User | None = None, body: Organisation | None = None, **values: Any
) -> Request:
    asking = requests.Asking(**{"asks": "drop", "why": WHY, **values})
    return requests.send(
        actor=by or where.manager, requirement=where.theirs, organisation=body or where.body, asking=asking
    )


def answered(actor: User, request: Request, action: str = "drop", **values: Any) -> Decision:
    known: dict[str, Any] = {"reason": "Vi bruker det ikke."}
    if action == "simplify":
        known["text"] = "To sider er nok."
    if action in ("keep", "promise_law"):
        known["review_on"] = TODAY() + LATER
    request.refresh_from_db()
    return requests.answer(
        actor=actor, request=request, version=request.version, action=action,
        given=requests.Given(**{**known, **values}),
    )  # fmt: skip


def duty_values(**values: Any) -> dict[str, Any]:
    return {
        "title": "Ukentlig fraværstall", "purpose": "Følge med på fravær i skolen", "recipient": "Direktoratet",
        "reporters": "Kommunene", "reporters_count": 357, "hours_low": 100.0, "hours_high": 400.0,
        "legal_basis": "opplæringslova § 25-1", "takes_effect_on": TODAY() + timedelta(days=30),
        "ends_on": TODAY() + timedelta(days=395), **values,
    }  # fmt: skip


def duty(where: Place, status: str = "registered", **values: Any) -> NewDuty:
    made = duties.register(actor=where.director, organisation=where.owner, values=duty_values(**values))
    NewDuty.objects.filter(pk=made.pk).update(
        status=status, status_reason="" if status == "registered" else "Fordi."
    )
    made.refresh_from_db()
    return made
