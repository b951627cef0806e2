"""New reporting duties: the public list, one duty, and registering one with what is collected already beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillitsrom.core import export
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.outcomes import overlaps, rules, shown
from tillitsrom.outcomes.actions import duties as actions
from tillitsrom.outcomes.forms import DutyForm, ReasonForm
from tillitsrom.outcomes.lifecycle import NEW_DUTY
from tillitsrom.outcomes.models import NewDuty
from tillitsrom.people.rules import standing

from .common import PAGE_SIZE, UNPROCESSABLE, add_errors, life_of, steps_of

HEADINGS = (
    "id", "title", "collected_by", "recipient", "purpose", "legal_basis", "reporters", "reporters_count", "hours_low",
    "hours_high", "registered_on", "takes_effect_on", "ends_on", "status", "trust_reform", "overlaps",
)  # fmt: skip


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = rules.duties_visible_to(actor).select_related("organisation")
    page = Paginator(rows.order_by("-takes_effect_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    found = [(one, shown.tone_of(one.status), shown.hours(one.hours_low, one.hours_high)) for one in page]
    known = {"page": page, "rows": found, "may_register": rules.may_register_somewhere(actor)}
    return render(request, "outcomes/duties.html", known)


@login_not_required
@require_safe
def listed_file(request: HttpRequest) -> HttpResponseBase:
    rows = rules.duties_visible_to(actor_of(request)).select_related("organisation").order_by("pk")
    lines = (
        (
            one.pk, one.title, one.organisation.name, one.recipient, one.purpose, one.legal_basis, one.reporters,
            one.reporters_count, one.hours_low, one.hours_high, one.registered_on, one.takes_effect_on, one.ends_on,
            one.status, one.trust_reform, len(one.overlaps),
        )
        for one in rows.iterator(500)
    )  # fmt: skip
    return export.csv_response("nye-rapporteringskrav.csv", HEADINGS, lines)


def _visible(request: HttpRequest, pk: int) -> NewDuty:
    return get_object_or_404(rules.duties_visible_to(actor_of(request)).select_related("organisation"), pk=pk)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(
    request: HttpRequest,
    row: NewDuty,
    *,
    bound: ReasonForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    steps, closed = steps_of(
        NEW_DUTY, actor, row, lambda step: ReasonForm(transition=step, version=row.version), bound
    )
    known = {
        "duty": row, "tone": shown.tone_of(row.status), "hours": shown.hours(row.hours_low, row.hours_high),
        "steps": steps, "closed": closed, "notice": notice, "life": life_of(actor, row),
    }  # fmt: skip
    return render(request, "outcomes/duty.html", known, status=status)


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a duty. What is collected already is looked for as soon as something is written, and shown with why."""
    person = person_of(request)
    require(rules.may_register_somewhere(person))
    form = DutyForm(request.POST or None, bodies=standing(person).organisations_as(rules.DUTY_KEEPERS))
    found, status = [], 200
    if request.method == "POST":
        status = UNPROCESSABLE
        about = f"{request.POST.get('title', '')} {request.POST.get('purpose', '')}"
        found = overlaps.search(person, about, request.POST.get("recipient", ""))
        if form.is_valid():
            values = dict(form.cleaned_data)
            try:
                made = actions.register(actor=person, organisation=values.pop("organisation"), values=values)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("The reporting duty is registered."))
                return HttpResponseRedirect(reverse("outcomes:duty", args=[made.pk]))
    return render(request, "outcomes/duty_form.html", {"form": form, "found": found}, status=status)


@require_POST
def advance(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Renew, end or withdraw."""
    row, person = _visible(request, pk), person_of(request)
    if action not in {"renew", "end", "withdraw"}:
        raise Http404
    try:
        step = NEW_DUTY.find(source=row.status, action=action)
        require(step.rule(person, row))
        form = ReasonForm(request.POST, transition=step, version=row.version)
        if not form.is_valid():
            return _page(request, row, bound=form, status=UNPROCESSABLE)
        known = dict(form.cleaned_data)
        version = known.pop("version")
        actions.advance(actor=person, duty=row, version=version, action=action, given=actions.Given(**known))
    except (Conflict, WrongState) as stopped:
        return _page(request, _visible(request, pk), status=409, notice=str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return HttpResponseRedirect(reverse("outcomes:duty", args=[pk]))
