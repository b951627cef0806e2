"""The demo's cases: raised, given a form, met about and settled by the actions, then moved back to the days of the story."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from tillitsrom.cooperation.actions import cases, meetings, positions
from tillitsrom.cooperation.models import Case, CaseDocument, Involvement, Meeting, Position
from tillitsrom.core.days import in_figures
from tillitsrom.core.models import Event
from tillitsrom.people.models import User
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.classifier import TOPIC
from tillitsrom.signals.models import Signal

from .telling import dated, noon, read

if TYPE_CHECKING:
    from .loader import Places


def load(places: "Places", people: dict[str, User]) -> None:
    """Make the cases of the story, each step by the person whose move it is."""
    story = read("cooperation.yaml")
    today = timezone.localdate()
    for row in story["cases"]:
        case = _raise(row, places, people, today)
        for step in row["then"]:
            case = Case.objects.get(pk=case.pk)
            day = today - timedelta(days=step["days_ago"])
            # A meeting is called before it is held.
            with dated(today - timedelta(days=step.get("called", step["days_ago"]))):
                STEPS[step["do"]](people[step["by"]], case, step, day)


def _raise(row: dict[str, Any], places: "Places", people: dict[str, User], today: date) -> Case:
    day = today - timedelta(days=row["days_ago"])
    found = Signal.objects.filter(what__contains=row["signal"]).first() if row.get("signal") else None
    if row.get("signal") and found is None:
        raise LookupError(f"no signal has the words {row['signal']!r}")
    with dated(day):
        draft = cases.Draft(
            organisation=places.organisations[row["organisation"]],
            values={
                "question": row["question"],
                "background": row["background"],
                "decision_planned_on": today - timedelta(days=row["planned"]),
                "announced": row.get("announced", ""),
            },
            unit=places.units[row["unit"]] if row["unit"] else None,
            origin="signals" if found else row.get("origin", "raised"),
            signals=((found, found.version),) if found else (),
            requirements=(found.requirement,) if found and found.requirement else (),
            parties=_parties(row, places),
        )
        case = cases.raise_case(actor=people[row["by"]], draft=draft)
    Case.objects.filter(pk=case.pk).update(raised_on=day, first_involvement_on=day)
    Involvement.objects.filter(case=case).update(since=day)
    return case


def _parties(row: dict[str, Any], places: "Places") -> tuple[Any, ...]:
    """The parties whose members the case concerns: FO organises nobody at the nursing home or in the common meetings."""
    every = places.organisations[row["organisation"]].parties.exclude(name="FO")
    if row["unit"] is not None:
        every = every.exclude(name="Utdanningsforbundet")
    return tuple(every)


def _classify(actor: User, case: Case, step: dict[str, Any], day: date) -> None:
    area = agreements.rule_set(case.rule_set)
    topic = next((one for one in area.topics if one.form == step.get("topic")), None)
    answers = {TOPIC + topic.id: "yes"} if topic else step.get("answers", {})
    cases.classify(
        actor=actor, case=case, version=case.version, answers=answers,
        form=step.get("form", ""), reason=step.get("reason", ""),
    )  # fmt: skip


def _position(actor: User, case: Case, step: dict[str, Any], day: date) -> None:
    made = positions.take_position(actor=actor, case=case, stance=step["stance"], text=step["text"])
    Position.objects.filter(pk=made.pk).update(at=noon(day))
    Involvement.objects.filter(case=case, since__gt=day).update(since=day)


def _paper(actor: User, case: Case, step: dict[str, Any], day: date) -> None:
    made = positions.add_paper(
        actor=actor, case=case, title=step["title"], text=step.get("text", ""), reference=step.get("reference", "")
    )  # fmt: skip
    CaseDocument.objects.filter(pk=made.pk).update(sent_on=day)


def _meet(actor: User, case: Case, step: dict[str, Any], day: date) -> None:
    """Plan and call the meeting far enough ahead, then give it its day."""
    ahead = timezone.localdate() + timedelta(days=60)
    made = meetings.plan(
        actor=actor, organisation=case.organisation, values={"form": case.form, "on": ahead}, agenda=[case]
    )
    made = meetings.call(actor=actor, meeting=made, version=made.version)
    back = ahead - day
    Meeting.objects.filter(pk=made.pk).update(
        on=day,
        call_by=made.call_by - back,
        documents_by=made.documents_by - back,
        called_on=timezone.localdate() - timedelta(days=step["called"]),
    )
    # The events say the day of the story.
    said = Q(kind="case.call", subject_id=case.pk) | Q(kind="meeting.plan", subject_id=made.pk)
    Event._meta.base_manager.filter(said).update(data={"day": in_figures(day)})


def _hold(actor: User, case: Case, step: dict[str, Any], day: date) -> None:
    made = Meeting.objects.get(agenda__case=case, agenda__live=True)
    meetings.hold(actor=actor, meeting=made, version=made.version)


def _decide(actor: User, case: Case, step: dict[str, Any], day: date) -> None:
    cases.decide(
        actor=actor, case=case, version=case.version, decision=step["decision"], reason=step["reason"], on=day
    )


def _close(actor: User, case: Case, step: dict[str, Any], day: date) -> None:
    cases.close(actor=actor, case=case, version=case.version)
    Case.objects.filter(pk=case.pk).update(closed_on=day)


STEPS: dict[str, Callable[[User, Case, dict[str, Any], date], object]] = {
    "classify": _classify,
    "confirm": lambda actor, case, step, day: cases.confirm(actor=actor, case=case, version=case.version),
    "contest": lambda actor, case, step, day: cases.contest(
        actor=actor, case=case, version=case.version, reason=step["reason"]
    ),
    "announce": lambda actor, case, step, day: cases.announce(
        actor=actor, case=case, version=case.version, announced=step["text"]
    ),
    "position": _position,
    "paper": _paper,
    "meet": _meet,
    "hold": _hold,
    "decide": _decide,
    "disagree": lambda actor, case, step, day: cases.disagree(
        actor=actor, case=case, version=case.version, reason=step["reason"]
    ),
    "path": lambda actor, case, step, day: cases.note_path(
        actor=actor, case=case, version=case.version, step=step["step"], on=day
    ),
    "close": _close,
}
