"""The shell, the log-in that it links to, two doors and a form: these tests need no other pages."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from tillitsrom.web.charts import Series, bar_chart
from tillitsrom.web.forms import DateInput


class EveryKind(forms.Form):
    """One field of each kind that pages use."""

    name = forms.CharField(label="Name", help_text="As on the front page.")
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), ("goal", "Goal")])
    often = forms.ChoiceField(
        label="How often", choices=[("y", "Yearly"), ("m", "Monthly")], widget=forms.RadioSelect
    )
    deadline = forms.DateField(label="Deadline", required=False, widget=DateInput)
    sure = forms.BooleanField(label="I am sure")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@login_not_required
def parts(request: HttpRequest) -> HttpResponse:
    messages.success(request, "It went well")
    chart = bar_chart(
        title="By year",
        sentence="More this year.",
        category_heading="Year",
        categories=["2025", "2026"],
        series=[Series("goal", "Goal", [1, 2], "M", ["/krav/?year=2025", "/krav/?year=2026"])],
    )
    context = {
        "chart": chart,
        "page": Paginator(range(100), 10).get_page(request.GET.get("page")),
        "actions": "leaked",
    }
    return render(request, "web_tests/parts.html", context)


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    bound = EveryKind(request.POST) if request.method == "POST" else EveryKind(initial={"kind": "goal"})
    return render(request, "web_tests/form.html", {"form": bound})


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only the owner may.")


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def inside(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html")


urlpatterns = [
    path("", login_not_required(inside), name="home"),
    path("parts/", parts),
    path("form/", form),
    path("refuse/", refuse),
    path("fail/", fail),
    path("inside/", inside),
    path("krav/", parts),
    path("frister/", parts),
    path("", include("tillitsrom.people.urls")),
    path("", include("tillitsrom.web.urls")),
]
handler400 = "tillitsrom.web.views.bad_request"
handler403 = "tillitsrom.web.views.permission_denied"
handler404 = "tillitsrom.web.views.page_not_found"
handler500 = "tillitsrom.web.views.server_error"
