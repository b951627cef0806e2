"""The pages that belong to no slice: the statements that the law asks for, the reader's choices, and refused forms."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from .context import ORGANISATION_KEY, SCHEME_COOKIE, SCHEMES, organisations

YEAR = timedelta(days=365)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Where the reader came from; never another site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the regulation on universal design of ICT asks for."""
    return render(request, "web/accessibility.html", {"statement_url": settings.ACCESSIBILITY_STATEMENT_URL})


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about a person, why, and for how long."""
    return render(request, "web/privacy.html")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language in a cookie."""
    response: HttpResponse = django_set_language(request)
    return response


@login_not_required
@require_POST
def set_scheme(request: HttpRequest) -> HttpResponse:
    """Remember the reader's choice of light or dark in a cookie."""
    response = _back(request)
    scheme = request.POST.get("scheme", "")
    if scheme == "auto":
        response.delete_cookie(SCHEME_COOKIE, samesite="Lax")
    elif scheme in SCHEMES:
        response.set_cookie(
            SCHEME_COOKIE, scheme, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


@require_POST
def set_organisation(request: HttpRequest) -> HttpResponse:
    """Choose which of one's own organisations to act for."""
    chosen = request.POST.get("organisation", "")
    for organisation in organisations(request):
        if str(organisation.pk) == chosen:
            request.session[ORGANISATION_KEY] = organisation.pk
    return _back(request)


@login_not_required
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to tell about a security hole (RFC 9116)."""
    expires = (datetime.now(UTC) + YEAR / 2).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {request.build_absolute_uri(reverse('security_txt'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; what needs an account, and the API, is not for robots."""
    closed = ("/meg/", "/administrasjon/", "/logg-inn/", "/passord/", "/valg/", "/api/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers when the process is alive and can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came too late or from elsewhere. The technical reason is for the log, not for the reader."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be understood, or was more than may be sent at once."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Says sorry without the database, the session or the shell: any of them may be what failed."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)
