"""My notices and how I want them; for system administrators, the e-mails that could not be sent."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillitsrom.core.decisions import require
from tillitsrom.core.http import person_of
from tillitsrom.people.rules import may_administer

from . import actions, queries
from .models import Preference, Way

PER_PAGE = 30


class WayForm(forms.ModelForm[Preference]):
    """How I want notices by e-mail."""

    class Meta:
        model = Preference
        fields = ["way"]
        widgets = {"way": forms.RadioSelect}


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My notices, newest first. Posting chooses how they come by e-mail."""
    person = person_of(request)
    form = WayForm(
        request.POST if request.method == "POST" else None, initial={"way": queries.way_of(person)}
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_way(actor=person, way=form.cleaned_data["way"])
        messages.success(request, _("Your choice is saved."))
        return redirect("notices:mine")
    page = Paginator(queries.visible_to(person), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "notices": queries.told(list(page.object_list)),
        "unread": queries.unread(person),
        "ways": Way,
    }
    return render(request, "notices/mine.html", context, status=400 if form.errors else 200)


@require_GET
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what the notice is about; it is then read."""
    person = person_of(request)
    notice = get_object_or_404(queries.visible_to(person), pk=pk)
    actions.mark_read(actor=person, notices=[notice])
    return redirect(notice.url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_read(actor=person_of(request))
    return redirect("notices:mine")


@require_GET
def failed(request: HttpRequest) -> HttpResponse:
    """E-mails that were tried six times and given up, with what went wrong and two ways on."""
    person = person_of(request)
    require(may_administer(person))
    page = Paginator(queries.failed_visible_to(person), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/failed.html", {"page": page})


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    require(may_administer(person))
    actions.try_again(actor=person, notice=get_object_or_404(queries.failed_visible_to(person), pk=pk))
    messages.success(request, _("The e-mail is in the queue again."))
    return redirect("notices:failed")


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    require(may_administer(person))
    actions.give_up(actor=person, notice=get_object_or_404(queries.failed_visible_to(person), pk=pk))
    messages.success(
        request, _("The e-mail will not be sent. The notice still stands under the person's notices.")
    )
    return redirect("notices:failed")
