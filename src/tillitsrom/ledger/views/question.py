"""The question to the front line: one page, three taps. Nothing is written to the session, the log or the events."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tillitsrom.core.decisions import Refused
from tillitsrom.core.http import person_of
from tillitsrom.ledger import actions, rules
from tillitsrom.ledger.forms import AnswerForm
from tillitsrom.ledger.models import AfterMeasure

UNPROCESSABLE = 422


def _visible(request: HttpRequest, pk: int) -> AfterMeasure:
    rows = rules.measures_visible_to(person_of(request))
    return get_object_or_404(rows.select_related("entry__organisation"), pk=pk)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """How long does it take you now?"""
    measure, person = _visible(request, pk), person_of(request)
    may = rules.may_answer(person, measure)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(actor=person, measure=measure, choice=form.cleaned_data["choice"])
        except Refused as refused:
            return _page(request, measure, form, refused.decision, 403)
        return HttpResponseRedirect(reverse("ledger:thanks", args=[pk]))
    return _page(request, measure, form, may, UNPROCESSABLE if form.is_bound and may else 200)


def _page(
    request: HttpRequest, measure: AfterMeasure, form: AnswerForm, may: object, status: int
) -> HttpResponse:
    context = {
        "measure": measure,
        "entry": measure.entry,
        "form": form,
        "may": may,
        "today": timezone.localdate(),
    }
    return render(request, "ledger/question.html", context, status=status)


@require_safe
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """After the answer. The page is the same whatever was answered."""
    measure = _visible(request, pk)
    return render(request, "ledger/thanks.html", {"measure": measure, "entry": measure.entry})
