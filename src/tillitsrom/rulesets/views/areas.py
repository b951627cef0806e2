"""The agreement areas with their rules, and which of them holds in an organisation. Rules are public knowledge: no log-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillitsrom.core.decisions import require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people.models import Organisation
from tillitsrom.people.rules import organisations_visible_to
from tillitsrom.rulesets import actions, load, queries, rules
from tillitsrom.rulesets.forms import AreaForm, add_errors
from tillitsrom.rulesets.models import HOLDING, UNDER_WAY
from tillitsrom.rulesets.shown import area_shown, wheel_of
from tillitsrom.web.context import organisations

UNPROCESSABLE = 422
LISTED = 30


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What holds in the reader's own organisations, the areas, and the local agreements that are open to all."""
    today = timezone.localdate()
    agreements = rules.visible_to(actor_of(request)).filter(status__in=HOLDING).select_related("organisation")
    context = {
        "mine": [queries.in_force(one, today) for one in organisations(request)],
        "areas": [(one, one.standing_text(today)) for one in load.rule_sets().values()],
        "agreements": agreements.order_by("organisation__name")[:LISTED],
        "more": max(0, agreements.count() - LISTED),
    }
    return render(request, "rulesets/overview.html", context)


@login_not_required
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Every rule of one area with its source and whether it is confirmed."""
    found = load.rule_sets().get(code)
    if found is None:
        raise Http404
    return render(request, "rulesets/area.html", area_shown(found, timezone.localdate()))


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(organisations_visible_to(actor_of(request)), pk=pk)


@login_not_required
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Which area the organisation is in and since when, its days, and its local agreements."""
    found, actor, today = _organisation(request, pk), actor_of(request), timezone.localdate()
    visible = list(rules.visible_to(actor).filter(organisation=found))
    holds = next((one for one in visible if one.status in HOLDING), None)
    context = {
        "organisation": found,
        "now": queries.in_force(found, today),
        "local": holds,
        "months": wheel_of(holds) if holds else [],
        "under_way": next((one for one in visible if one.status in UNDER_WAY), None),
        "earlier": [one for one in visible if one.status not in (*HOLDING, *UNDER_WAY)],
        "may_keep": rules.may_keep_in(actor, found),
    }
    return render(request, "rulesets/organisation.html", context)


@require_http_methods(["GET", "POST"])
def choose_area(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which area the organisation is in."""
    found, person = _organisation(request, pk), person_of(request)
    require(rules.may_keep_in(person, found))
    known = queries.area_of(found, timezone.localdate())
    form = AreaForm(request.POST or None, initial={"code": known.rule_set.code, "since": known.since})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_area(actor=person, organisation=found, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The agreement area is saved."))
            return HttpResponseRedirect(reverse("agreements:organisation", args=[pk]))
    if request.method == "POST":
        status = UNPROCESSABLE
    context = {"organisation": found, "form": form, "known": known}
    return render(request, "rulesets/choose_area.html", context, status=status)
