"""Informal talks between the parties, logged lightly: one line each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillitsrom.cooperation import rules as case_rules
from tillitsrom.cooperation import rules_meetings as rules
from tillitsrom.cooperation.actions import meetings as actions
from tillitsrom.cooperation.forms_meetings import ContactForm
from tillitsrom.core.decisions import require
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people.rules import organisations_visible_to
from tillitsrom.rulesets.forms import add_errors

from .bodies import own_organisations

UNPROCESSABLE = 422


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = rules.contacts_visible_to(actor).select_related("organisation", "case").prefetch_related("parties")
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "places": [one for one in own_organisations(request) if rules.may_log(actor, one)],
        "seen": set(case_rules.visible_to(actor).filter(contacts__in=rows).values_list("pk", flat=True)),
    }
    return render(request, "cooperation/contacts.html", context)


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, organisation_pk: int) -> HttpResponse:
    """Log a talk, on a case or on none."""
    person = person_of(request)
    organisation = get_object_or_404(organisations_visible_to(person), pk=organisation_pk)
    require(rules.may_log(person, organisation))
    cases = case_rules.visible_to(person)
    key = request.GET.get("sak", "")
    case = cases.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None
    form = ContactForm(request.POST or None, organisation=organisation, cases=cases, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.log_contact(actor=person, organisation=organisation, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The talk is logged."))
            back = ("cooperation:case", [made.case_id]) if made.case_id else ("cooperation:contacts", [])
            return HttpResponseRedirect(reverse(back[0], args=back[1]))
    context = {"form": form, "organisation": organisation, "case": case}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "cooperation/contact.html", context, status=status)
