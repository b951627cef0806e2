"""What becomes of the demo's signals: decisions, requests to owners with an answer and a silence, and new duties to report."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tillitsrom.cooperation.models import Case
from tillitsrom.core.days import in_figures
from tillitsrom.core.models import Event
from tillitsrom.outcomes import house
from tillitsrom.outcomes.actions import clockwork, decisions, duties, requests
from tillitsrom.outcomes.models import Decision, LegalObstacle, NewDuty, Request
from tillitsrom.people.models import User
from tillitsrom.register.models import Requirement
from tillitsrom.signals.models import Signal

from .telling import dated, read, requirement_with

if TYPE_CHECKING:
    from .loader import Places


def load(places: "Places", people: dict[str, User]) -> None:
    """Decide, ask and answer as the story says, each on its day. What nobody answered is shown as unanswered by the clock."""
    story = read("outcomes.yaml")
    today = timezone.localdate()
    for row in story["decisions"]:
        _decide(row, people, today)
    for row in story["requests"]:
        _ask(row, places, people, today)
    for row in story["duties"]:
        _register(row, places, people, today)
    _show_silence(today)
    clockwork.follow_duties(today)
    clockwork.follow_duties(today)


def _show_silence(today: date) -> None:
    """Each request that nobody answered becomes unanswered on the day after its date."""
    late = Request.objects.filter(status=Request.Status.SENT, due_on__lt=today)
    for day in sorted(set(late.values_list("due_on", flat=True))):
        with dated(day + timedelta(days=1)):
            clockwork.show_silence(day + timedelta(days=1))


def _decide(row: dict[str, Any], people: dict[str, User], today: date) -> None:
    """From the case when the parties have met about it, else from the requirement."""
    day = today - timedelta(days=row["days_ago"])
    case = Case.objects.get(question__contains=row["case"]) if row.get("case") else None
    subject: Case | Requirement = case or requirement_with(row["match"])
    given = decisions.Given(
        reason=row["reason"],
        text=case.announced if case else "",
        review_on=today + timedelta(days=row["review"]) if row.get("review") else None,
    )
    with dated(day):
        made = decisions.decide(
            actor=people[row["by"]],
            subject=subject,
            version=subject.version,
            outcome=row["outcome"],
            given=given,
        )
    for one in made:
        Decision.objects.filter(pk=one.pk).update(decided_on=day)
        Signal.objects.filter(decisions=one, status=Signal.Status.ANSWERED).update(answered_on=day)
    if case is not None:
        Case.objects.filter(pk=case.pk).update(decided_on=day)
        Case.objects.filter(pk=case.pk, status=Case.Status.CLOSED).update(closed_on=day)


def _ask(row: dict[str, Any], places: "Places", people: dict[str, User], today: date) -> None:
    day = today - timedelta(days=row["days_ago"])
    with dated(day):
        made = requests.send(
            actor=people[row["by"]],
            requirement=requirement_with(row["match"]),
            organisation=places.organisations[row["organisation"]],
            asking=requests.Asking(row["asks"], row["why"], row.get("section", "")),
        )
    Request.objects.filter(pk=made.pk).update(sent_on=day, due_on=house.due(day))
    sent = Event._meta.base_manager.filter(kind="request.sent", subject_id=made.pk)
    sent.update(data={"date": in_figures(house.due(day))})
    LegalObstacle.objects.filter(requirement=made.requirement, registered_on=today).update(registered_on=day)
    if "answer" in row:
        _answer(Request.objects.get(pk=made.pk), row["answer"], people, today)


def _answer(request: Request, row: dict[str, Any], people: dict[str, User], today: date) -> None:
    day = today - timedelta(days=row["days_ago"])
    given = requests.Given(reason=row["reason"], review_on=today + timedelta(days=row["review"]))
    with dated(day):
        made = requests.answer(
            actor=people[row["by"]],
            request=request,
            version=request.version,
            action=row["action"],
            given=given,
        )
    Request.objects.filter(pk=request.pk).update(answered_on=day)
    Decision.objects.filter(pk=made.pk).update(decided_on=day)


def _register(row: dict[str, Any], places: "Places", people: dict[str, User], today: date) -> None:
    """Registered as for a later day, and then moved to the days of the story."""
    day = today - timedelta(days=row["days_ago"])
    effect, ends = (today - timedelta(days=row[name]) for name in ("effect", "ends"))
    values = {
        "title": row["title"], "purpose": row["purpose"], "recipient": row["recipient"], "reporters": row["reporters"],
        "reporters_count": row["count"], "hours_low": row["hours"][0], "hours_high": row["hours"][1],
        "legal_basis": row["basis"], "trust_reform": row["trust_reform"], "overlap_answer": row["answer"],
        "takes_effect_on": today + timedelta(days=1), "ends_on": today + timedelta(days=2),
    }  # fmt: skip
    with dated(day):
        made = duties.register(
            actor=people[row["by"]], organisation=places.organisations[row["organisation"]], values=values
        )
    NewDuty.objects.filter(pk=made.pk).update(registered_on=day, takes_effect_on=effect, ends_on=ends)
