"""Adding a requirement that the reader missed: the person pastes the sentence, the system finds where it stands."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tillitsrom.core.decisions import require
from tillitsrom.core.http import person_of
from tillitsrom.register import rules
from tillitsrom.register.actions import review
from tillitsrom.register.forms_documents import MissedForm
from tillitsrom.register.models import Candidate

from .review import document_of


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the sentence and its class; what cannot be found is said beside the field, and nothing typed is lost."""
    person = person_of(request)
    document = document_of(person, pk)
    require(rules.may_review(person, Candidate(document=document)))
    form = MissedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            candidate = review.add(actor=person, document=document, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            address = reverse("documents:review", args=[pk])
            return HttpResponseRedirect(f"{address}?forslag={candidate.pk}#forslag-{candidate.pk}")
    status = 422 if request.method == "POST" else 200
    return render(request, "register/candidate_add.html", {"document": document, "form": form}, status=status)
