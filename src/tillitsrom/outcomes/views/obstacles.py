"""The register of hindrances in law: what the law stands in the way of, who has asked, and what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tillitsrom.core import export
from tillitsrom.core.decisions import Conflict, WrongState, require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.outcomes import rules, shown
from tillitsrom.outcomes.actions import obstacles as actions
from tillitsrom.outcomes.forms import ReasonForm
from tillitsrom.outcomes.lifecycle import OBSTACLE
from tillitsrom.outcomes.models import LegalObstacle

from .common import PAGE_SIZE, UNPROCESSABLE, add_errors, life_of, steps_of


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    rows = rules.obstacles_visible_to(actor_of(request)).select_related("requirement__imposing_body")
    rows = rows.annotate(asked=Count("requirement__requests")).order_by("law", "section", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = [(one, shown.tone_of(one.status)) for one in page]
    return render(request, "outcomes/obstacles.html", {"page": page, "rows": found})


@login_not_required
@require_safe
def listed_file(request: HttpRequest) -> HttpResponseBase:
    rows = rules.obstacles_visible_to(actor_of(request)).select_related("requirement__imposing_body")
    headings = (
        "id",
        "law",
        "section",
        "blocks",
        "requirement",
        "owner",
        "requests",
        "status",
        "registered_on",
        "changed_on",
    )
    lines = (
        (
            one.pk, one.law, one.section, one.blocks, one.requirement_id, one.requirement.imposing_body.name, one.asked,
            one.status, one.registered_on, one.changed_on,
        )
        for one in rows.annotate(asked=Count("requirement__requests")).order_by("pk")
    )  # fmt: skip
    return export.csv_response("lovhindre.csv", headings, lines)


def _visible(request: HttpRequest, pk: int) -> LegalObstacle:
    rows = rules.obstacles_visible_to(actor_of(request)).select_related("requirement__imposing_body")
    return get_object_or_404(rows, pk=pk)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


def _page(
    request: HttpRequest,
    row: LegalObstacle,
    *,
    bound: ReasonForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    steps, closed = steps_of(
        OBSTACLE, actor, row, lambda step: ReasonForm(transition=step, version=row.version), bound
    )
    requests = rules.requests_visible_to(actor).filter(requirement=row.requirement_id)
    known = {
        "obstacle": row, "tone": shown.tone_of(row.status), "steps": steps, "closed": closed, "notice": notice,
        "requests": requests.select_related("organisation").order_by("sent_on", "pk"), "life": life_of(actor, row),
    }  # fmt: skip
    return render(request, "outcomes/obstacle.html", known, status=status)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner notes that the law was changed."""
    row, person = _visible(request, pk), person_of(request)
    try:
        step = OBSTACLE.find(source=row.status, action="change")
        require(step.rule(person, row))
        form = ReasonForm(request.POST, transition=step, version=row.version)
        if not form.is_valid():
            return _page(request, row, bound=form, status=UNPROCESSABLE)
        actions.change(actor=person, obstacle=row, **form.cleaned_data)
    except (Conflict, WrongState) as stopped:
        return _page(request, _visible(request, pk), status=409, notice=str(stopped))
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, _visible(request, pk), bound=form, status=UNPROCESSABLE)
    messages.success(request, _("The law is noted as changed, and the requirement is dropped."))
    return HttpResponseRedirect(reverse("outcomes:obstacle", args=[pk]))
