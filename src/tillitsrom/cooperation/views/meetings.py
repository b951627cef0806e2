"""Meetings: what comes and what has been, planning by the days that are agreed, the agenda, who came, and each step."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.cooperation import meeting_days
from tillitsrom.cooperation import rules as case_rules
from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import meetings as actions
from tillitsrom.cooperation.forms_meetings import AgendaForm, MeetingForm, MeetingStepForm, PeopleSet
from tillitsrom.cooperation.lifecycle_meetings import MEETING
from tillitsrom.cooperation.models import AgendaItem, Case, CaseDocument, Meeting, Minutes
from tillitsrom.core import events
from tillitsrom.core.decisions import Conflict, Reason, Refused, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.lifecycles import Transition
from tillitsrom.people.models import Actor, Organisation
from tillitsrom.register import ics
from tillitsrom.rulesets.forms import add_errors

from .bodies import own_organisations

UNPROCESSABLE, FORBIDDEN, CONFLICT = 422, 403, 409
STEPS = ("call", "move", "hold", "cancel")


@dataclass(frozen=True, slots=True)
class Item:
    """A case on the agenda as the reader sees it, with its papers, which of them came late, and its minutes.

    `case` is None where the reader may not see it.
    """

    case: Case | None
    papers: list[tuple[CaseDocument, bool]]
    minutes: Minutes | None


@dataclass(frozen=True, slots=True)
class Step:
    transition: Transition
    form: MeetingStepForm
    open: bool


def _visible(request: HttpRequest, pk: int) -> Meeting:
    rows = rules.meetings_visible_to(actor_of(request))
    return get_object_or_404(rows.select_related("organisation", "body__unit", "unit").distinct(), pk=pk)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """What comes, what has been, and what the annual wheel has next."""
    actor, today = actor_of(request), timezone.localdate()
    rows = rules.meetings_visible_to(actor).select_related("organisation", "body").distinct()
    places = [one for one in own_organisations(request) if rules.may_plan_in(actor, one)]
    coming = rows.filter(status__in=(Meeting.Status.PLANNED, Meeting.Status.CALLED))
    context = {
        "coming": coming.order_by("on", "pk"),
        "past": rows.filter(status__in=(Meeting.Status.HELD, Meeting.Status.CANCELLED))[:30],
        "places": [(one, meeting_days.proposals(one, today)) for one in places],
        "today": today,
    }
    return render(request, "cooperation/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _items(actor: Actor, row: Meeting) -> list[Item]:
    seen = set(case_rules.visible_to(actor).filter(agenda_items__meeting=row).values_list("pk", flat=True))
    readable = {one.case_id: one for one in rules.minutes_visible_to(actor).filter(meeting=row)}
    found = []
    for item in row.agenda.select_related("case").prefetch_related("case__papers"):
        if item.case_id not in seen:
            found.append(Item(None, [], None))
            continue
        papers = [(one, row.documents_by < one.sent_on <= row.on) for one in item.case.papers.all()]
        found.append(Item(item.case, papers, readable.get(item.case_id)))
    return found


def _page(
    request: HttpRequest,
    row: Meeting,
    *,
    bound: MeetingStepForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    steps, closed = _steps(actor, row, bound)
    sources = {t.action for t in MEETING.transitions if t.source == row.status}
    keeps = bool(rules.may_plan(actor, row))
    context = {
        "meeting": row,
        "today": today,
        "items": _items(actor, row),
        "days": meeting_days.days_for(row.organisation, row.on),
        "attendance": row.attendance.select_related("party"),
        "names_shown": keeps or actor.is_authenticated,
        "may_edit": keeps and "edit" in sources,
        "may_attend": keeps and "attend" in sources and not rules.attendance_stands(row),
        "may_minute": bool(rules.may_start_minutes(actor, row)),
        "steps": steps,
        "closed": closed,
        "notice": notice,
        "life": [(one.at, events.sentence(one), events.who(one, actor)) for one in events.history(row)],
    }
    return render(request, "cooperation/meeting.html", context, status=status)


def _steps(
    actor: Actor, row: Meeting, bound: MeetingStepForm | None
) -> tuple[list[Step], list[tuple[Reason, Reason]]]:
    steps, closed = [], []
    for option in MEETING.options(actor, row):
        action = option.transition.action
        if action not in STEPS:
            continue
        if not option.decision:
            closed.append((option.transition.label, option.decision.reason))
            continue
        mine = bound is not None and bound.prefix == action
        form = bound if mine and bound else MeetingStepForm(
            action=action, needs=option.transition.needs, meeting=row)  # fmt: skip
        steps.append(Step(option.transition, form, mine))
    return steps, closed


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Call, move, hold or cancel. What was typed is kept when it cannot be done."""
    row, person = _visible(request, pk), person_of(request)
    if action not in STEPS:
        raise Http404
    try:
        step = MEETING.find(source=row.status, action=action)
        require(step.rule(person, row))
    except WrongState as stopped:
        return _page(request, row, status=CONFLICT, notice=str(stopped))
    form = MeetingStepForm(request.POST, action=action, needs=step.needs, meeting=row)
    if not form.is_valid():
        return _page(request, row, bound=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    known: dict[str, Any] = {"actor": person, "meeting": row, "version": data["version"]}
    try:
        if action == "call":
            actions.call(**known, late_reason=data.get("late_reason", ""))
        elif action == "move":
            actions.move(**known, values=data, reason=data["reason"])
        elif action == "hold":
            actions.hold(**known)
        else:
            actions.cancel(**known, reason=data["reason"])
    except (Conflict, WrongState) as stopped:
        return _page(request, _visible(request, pk), status=CONFLICT, notice=str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE,
                     notice=" ".join(error.messages))  # fmt: skip
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return HttpResponseRedirect(reverse("cooperation:meeting", args=[pk]))


# --- planning ------------------------------------------------------------------------------------------------------


def _wanted(request: HttpRequest) -> tuple[Organisation, Case | None]:
    """The organisation to plan in, from a case or as chosen, and the case."""
    actor = actor_of(request)
    key = request.GET.get("sak", "")
    if key.isascii() and key.isdigit():
        case = get_object_or_404(case_rules.visible_to(actor), pk=int(key))
        return case.organisation, case
    places = own_organisations(request)
    chosen = request.GET.get("virksomhet", "")
    for one in places:
        if str(one.pk) == chosen:
            return one, None
    mine = [one for one in places if rules.may_plan_in(actor, one)]
    if not (mine or places):
        raise Http404
    return (mine or places)[0], None


def _first_day(organisation: Organisation) -> date:
    """The first working day on which a meeting that is called today keeps the notice."""
    today = timezone.localdate()
    day = today + (today - meeting_days.days_for(organisation, today).call_by)
    while day.weekday() > 4:
        day = date.fromordinal(day.toordinal() + 1)
    return day


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting: from nothing, from a case, or from a point of the annual wheel."""
    organisation, case = _wanted(request)
    person = person_of(request)
    require(rules.may_plan_in(person, organisation, case.unit if case else None))
    initial = {
        "on": _first_day(organisation),
        "form": case.form if case and case.form else request.GET.get("form", "discussion"),
        "about": request.GET.get("om", "")[:200],
        "unit": case.unit if case else None,
    }
    form = MeetingForm(request.POST or None, organisation=organisation, initial=initial)
    living = case_rules.visible_to(person).filter(organisation=organisation)
    agenda_form = AgendaForm(request.POST or None, cases=living, chosen=[case.pk] if case else ())
    if request.method == "POST" and form.is_valid() and agenda_form.is_valid():
        try:
            made = actions.plan(
                actor=person,
                organisation=organisation,
                values=form.values(),
                agenda=agenda_form.cleaned_data["agenda"],
            )
        except ValidationError as error:
            add_errors(form, error)
        except WrongState as stopped:
            form.add_error(None, str(stopped))
        else:
            messages.success(request, _("The meeting is planned. Call the parties when the agenda is ready."))
            return HttpResponseRedirect(reverse("cooperation:meeting", args=[made.pk]))
    context = {
        "form": form, "agenda_form": agenda_form, "organisation": organisation,
        "days": meeting_days.days_for(organisation, timezone.localdate()), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "cooperation/meeting_write.html", context,
                  status=UNPROCESSABLE if form.is_bound else 200)  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting that is not called yet."""
    row, person = _visible(request, pk), person_of(request)
    MEETING.check(person, row, "edit")
    initial = {name: getattr(row, name) for name in (*actions.FIELDS, "version")}
    form = MeetingForm(request.POST or None, organisation=row.organisation, initial=initial)
    context: dict[str, Any] = {"form": form, "organisation": row.organisation, "meeting": row}
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(actor=person, meeting=row, version=form.cleaned_data["version"] or 0,
                           values=form.values())  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        except Conflict as stopped:
            fresh, data = _visible(request, pk), request.POST.copy()
            data["version"] = str(fresh.version)
            context |= {"form": MeetingForm(data, organisation=row.organisation), "meeting": fresh,
                        "notice": str(stopped)}  # fmt: skip
            status = CONFLICT
        else:
            messages.success(request, _("The meeting is saved."))
            return HttpResponseRedirect(reverse("cooperation:meeting", args=[pk]))
    return render(request, "cooperation/meeting_write.html", context, status=status)


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the cases of a meeting that is not called yet."""
    row, person = _visible(request, pk), person_of(request)
    MEETING.check(person, row, "agenda")
    living = case_rules.visible_to(person).filter(organisation=row.organisation_id)
    form = AgendaForm(request.POST or None, cases=living, meeting=row)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.set_agenda(actor=person, meeting=row, version=data["version"] or 0, agenda=data["agenda"])
        except (Conflict, WrongState) as stopped:
            form.add_error(None, str(stopped))
            status = CONFLICT
        else:
            messages.success(request, _("The agenda is saved."))
            return HttpResponseRedirect(reverse("cooperation:meeting", args=[pk]))
    return render(request, "cooperation/agenda.html", {"form": form, "meeting": row}, status=status)


@require_http_methods(["GET", "POST"])
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who came."""
    row, person = _visible(request, pk), person_of(request)
    MEETING.check(person, row, "attend")
    held = [
        {"name": one.name, "side": one.side, "party": one.party_id, "present": one.present}
        for one in row.attendance.all()
    ]
    people = PeopleSet(request.POST or None, initial=held, form_kwargs={"organisation": row.organisation})
    status, notice = 200, ""
    if request.method == "POST":
        status = UNPROCESSABLE
        if people.is_valid():
            sent = request.POST.get("version", "")
            version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
            found = [one for line in people if (one := line.person()) is not None]
            try:
                actions.attend(actor=person, meeting=row, version=version, people=found)
            except (Conflict, WrongState, Refused) as stopped:
                status, notice, row = CONFLICT, str(stopped), _visible(request, pk)
            except ValidationError as error:
                notice = " ".join(error.messages)
            else:
                messages.success(request, _("It is noted who came."))
                return HttpResponseRedirect(reverse("cooperation:meeting", args=[pk]))
    context = {"people": people, "meeting": row, "notice": notice}
    return render(request, "cooperation/attend.html", context, status=status)


@require_safe
def calendar_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for one's own calendar program."""
    row, actor = _visible(request, pk), actor_of(request)
    url = request.build_absolute_uri(reverse("cooperation:meeting", args=[row.pk]))
    clock = f"{row.starts_at:%H:%M}" if row.starts_at else ""
    seen = case_rules.visible_to(actor).values("pk")
    shown = AgendaItem.objects.filter(meeting=row, case__in=seen).select_related("case")
    lines = [row.about, *(str(one.case) for one in shown), row.place, url]
    entry = ics.Entry(
        uid=f"mote-{row.pk}@{request.get_host().split(':')[0]}",
        day=row.on,
        title=" ".join(part for part in (clock, row.body.name if row.body else str(_("Meeting"))) if part),
        description="\n".join(line for line in lines if line),
        url=url,
        category=str(row.get_form_display()),
        sequence=row.version,
    )
    text = "".join(ics.calendar(str(row), timezone.now(), [entry]))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="mote-{row.pk}.ics"'
    return response
