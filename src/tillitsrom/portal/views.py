"""The front door, my desk, open data, what is exempted, and what this is."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from tillitsrom.core.burden import FORMS
from tillitsrom.core.decisions import Reason
from tillitsrom.core.events import sentence, who
from tillitsrom.core.http import actor_of, person_of
from tillitsrom.core.openness import ground
from tillitsrom.ledger import queries as ledger
from tillitsrom.register.rules import may_upload
from tillitsrom.web.desk import sections as desk_sections

from . import dcat, queries

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My desk for those who are logged in; for everyone else, what this is and what it holds."""
    if request.user.is_authenticated:
        return my_desk(request)
    actor = actor_of(request)
    context = {
        "headline": queries.headline(actor),
        "documents": queries.newest_documents(actor),
        "outcomes": queries.outcomes(actor),
        "given_back": ledger.summary(ledger.entries(actor, ledger.Chosen())),
        "today": timezone.localdate(),
    }
    return render(request, "portal/home.html", context)


def my_desk(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    desk = queries.desk(person, today)
    sections = desk_sections(person, today)
    recent = [
        {"at": event.at, "sentence": sentence(event), "who": who(event, person), "requirement": requirement}
        for event, requirement in desk.recent
    ]
    context = {
        "desk": desk,
        "recent": recent,
        "may_upload": may_upload(person),
        "today": today,
        "waiting": [one for one in sections if one.waits],
        "followed": [one for one in sections if not one.waits],
        "count": desk.count + sum(len(one.rows) for one in sections if one.waits),
    }
    return render(request, "portal/desk.html", context)


@login_not_required
@require_GET
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/open_data.html", {"headline": queries.headline(actor_of(request))})


def _datasets() -> list[dcat.Dataset]:
    def in_all(text: "Reason") -> dict[str, str]:
        said = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                said[language] = str(text)
        return said

    return [
        dcat.Dataset(
            "krav",
            in_all(_("Requirements in steering documents")),
            in_all(
                _(
                    "Every public requirement with class, deadline, the sentence it stands in, and hours where they are known."
                )
            ),
            tuple((reverse(f"requirements:{kind}"), MEDIA_TYPES[kind]) for kind in ("csv", "json", "xlsx")),
        ),
        dcat.Dataset(
            "dokumenter",
            in_all(_("Steering documents")),
            in_all(_("Every public steering document with sender, addressee, year and counts per class.")),
            tuple((reverse("documents:list_file", args=[k]), MEDIA_TYPES[k]) for k in ("csv", "json")),
        ),
    ]


@login_not_required
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of the open data for data.norge.no."""
    root = request.build_absolute_uri("/").rstrip("/")
    title = dict.fromkeys(("nb", "nn"), f"{settings.SITE_NAME}: krav") | {
        "en": f"{settings.SITE_NAME}: requirements"
    }
    body = dcat.turtle(root, settings.SITE_NAME, settings.CONTACT_EMAIL, title, _datasets())
    return HttpResponse(body, content_type="text/turtle; charset=utf-8")


@login_not_required
@require_GET
def exempted(request: HttpRequest) -> HttpResponse:
    """What is exempted from openness: by whom, by which ground, how much, and when it is looked at again (R18)."""
    rows = [{"row": row, "ground": ground(row.ground)} for row in queries.exemptions()]
    return render(request, "portal/exempted.html", {"rows": rows, "today": timezone.localdate()})


@login_not_required
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/about.html",
        {"forms": FORMS.values(), "minutes": sum(form.minutes for form in FORMS.values())},
    )
