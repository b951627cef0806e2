"""The representative's kit (brekkjern): what one brings to a meeting about a case, on one sheet (S14)."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tillitsrom.people.models import Actor
from tillitsrom.register.models import Requirement
from tillitsrom.register.rules import visible_to as requirements_visible_to
from tillitsrom.rulesets import queries as agreements
from tillitsrom.rulesets.schema import Minutes as MinutesNeeded
from tillitsrom.rulesets.schema import Path, Rule, RuleSet
from tillitsrom.signals import queries as signals
from tillitsrom.signals.rules import visible_to as signals_visible_to

from . import meeting_days, queries, rules
from .models import Case, Contact, Meeting, Minutes, Position

TALKS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, when, and whether the day has passed without it."""

    on: date | None
    text: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A requirement of the case: hours a year as it is costed, and what signals say. None where nobody knows or few have said."""

    requirement: Requirement
    hours_low: int | None
    hours_high: int | None
    weight: signals.Weight


@dataclass(frozen=True, slots=True)
class Kit:
    """The whole sheet."""

    case: Case
    area: RuleSet
    rule: Rule | None
    days: meeting_days.Days | None
    minutes: MinutesNeeded | None
    path: Path | None
    promises: list[Promise]
    figures: list[Figure]
    positions: list[Position]
    talks: list[Contact]
    open: list[str]
    next_meeting: Meeting | None


def kit_for(actor: Actor, case: Case, today: date) -> Kit:
    """Everything for the sheet, only of what the reader may see."""
    area = agreements.rule_set(case.rule_set)
    coming = _next_meeting(case)
    meeting = coming or _last_meeting(case)
    return Kit(
        case,
        area,
        area.rules.get(str(case.form_why.get("rule_id", ""))),
        _days_of(meeting) if meeting else None,
        rules.minutes_of(case),
        rules.path_of(case),
        sorted(_promises(actor, case, today), key=lambda one: one.on or date.max),
        _figures(actor, case),
        list(rules.newest_positions(case).values()),
        list(queries.talks_about(actor, case)[:TALKS_AT_MOST]),
        _open(case),
        coming,
    )


def _next_meeting(case: Case) -> Meeting | None:
    ahead = (Meeting.Status.PLANNED, Meeting.Status.CALLED)
    rows = Meeting.objects.filter(agenda__case=case, status__in=ahead).select_related("body", "organisation")
    return rows.order_by("on").first()


def _last_meeting(case: Case) -> Meeting | None:
    return Meeting.objects.filter(agenda__case=case, status=Meeting.Status.HELD).order_by("-on").first()


def _days_of(meeting: Meeting) -> meeting_days.Days:
    """The days as they were set when the meeting was planned."""
    agreed = meeting_days.days_for(meeting.organisation, meeting.on)
    return replace(agreed, call_by=meeting.call_by, documents_by=meeting.documents_by)


def _promises(actor: Actor, case: Case, today: date) -> list[Promise]:
    found = []
    if case.announced and case.decided_on is None:
        found.append(
            Promise(
                None, _("The employer has said that it means to decide: %(text)s") % {"text": case.announced}
            )
        )
    if case.decision_planned_on:
        late = case.decided_on is None and case.decision_planned_on < today
        found.append(Promise(case.decision_planned_on, _("The decision is planned."), late))
    for signal in signals_visible_to(actor).filter(cases=case).order_by("promised_on"):
        if signal.promised_on is not None:
            waits = signal.status != "answered"
            words = _("An answer is promised on the signal «%(title)s».") % {"title": signal.title}
            found.append(Promise(signal.promised_on, words, waits and signal.promised_on < today))
    for item in case.agenda_items.select_related("meeting"):
        meeting = item.meeting
        if meeting.status == Meeting.Status.CANCELLED:
            continue
        if meeting.called_on is None or meeting.called_late:
            found.append(
                Promise(
                    meeting.call_by,
                    _("The meeting must be called by this day."),
                    True if meeting.called_late else meeting.call_by < today,
                )
            )
        last = max((one.sent_on for one in case.papers.all()), default=None)
        found.append(
            Promise(
                meeting.documents_by,
                _("Papers must be sent by this day."),
                last is not None and last > meeting.documents_by,
            )
        )
    for row in case.minutes.all():
        if row.sent_on is None:
            found.append(Promise(row.due_on, _("The minutes must be ready by this day."), row.due_on < today))
    return found


def _figures(actor: Actor, case: Case) -> list[Figure]:
    rows = requirements_visible_to(actor).filter(cases=case).select_related("document").order_by("pk")
    return [Figure(one, _whole(one.hours_low), _whole(one.hours_high), signals.weight(one)) for one in rows]


def _whole(hours: float | None) -> int | None:
    return None if hours is None else round(hours)


def _open(case: Case) -> list[str]:
    """What is not settled, as questions that one can ask in the meeting."""
    found = _about_form(case)
    answered = rules.newest_positions(case)
    settled = case.decided_on is not None
    for row in case.involvements.all():
        if row.party_id not in answered and not settled:
            found.append(_("What does %(party)s mean?") % {"party": row.party.name})
    wanted = (
        (not case.announced and not settled, _("What does the employer mean to decide?")),
        (
            case.decision_planned_on is None and not settled,
            pgettext("open question", "When is it to be decided?"),
        ),
        (not case.papers.all() and not settled, _("Which papers do we need before us?")),
        (
            any(one.status != Minutes.Status.APPROVED for one in case.minutes.all()),
            _("When are the minutes of the last meeting approved?"),
        ),
        (
            any(one.hours_low is None for one in case.requirements.all()),
            _("How many hours does it take in a year? Nobody has estimated it yet."),
        ),
    )
    return [*found, *(words for is_open, words in wanted if is_open)]


def _about_form(case: Case) -> list[str]:
    if not case.form:
        return [_("Which form does the case have: information, discussion or negotiation?")]
    if case.contested_by is not None:
        return [_("%(party)s contests the form. How do we settle that?") % {"party": case.contested_by.name}]
    return [_("The form was made lighter. Do both sides confirm it?")] if case.form_open else []
