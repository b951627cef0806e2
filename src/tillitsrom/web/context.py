"""What the shell of every page needs: the doors that are built, the languages, the colours, the organisation acted for."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SCHEME_COOKIE = "colour_scheme"
SCHEMES: dict[str, "str | Promise"] = {"auto": _("As on my device"), "light": _("Light"), "dark": _("Dark")}
ORGANISATION_KEY = "organisation"

# The rooms in the order of the loop. A door whose room is not built is not shown.
DOORS: tuple[tuple[str, "str | Promise", str], ...] = (
    ("/dokumenter/", _("Read"), "read"),
    ("/meldinger/", _("Report"), "speak"),
    ("/saker/", _("Clarify"), "hands"),
    ("/krav/", _("Requirements"), "list"),
    ("/frister/", _("Deadlines"), "calendar"),
    ("/tid-gitt-tilbake/", _("Time back"), "clock"),
    ("/innsikt/", _("Insight"), "chart"),
    ("/apne-data/", _("Open data"), "data"),
)
# What lies in the same room under another address.
ALSO: dict[str, tuple[str, ...]] = {
    "/meldinger/": ("/meld/", "/dialog/", "/innspill/"),
    "/saker/": ("/moter/", "/organer/", "/referat/", "/samtaler/", "/avtaler/"),
}
# A phone has room for five and "More"; these stand behind it.
BEHIND_MORE = frozenset({"/frister/", "/innsikt/", "/apne-data/"})


@dataclass(frozen=True, slots=True)
class Door:
    url: str
    label: "str | Promise"
    icon: str
    current: bool

    @property
    def behind_more(self) -> bool:
        return self.url in BEHIND_MORE


@lru_cache(maxsize=64)
def _is_built(path: str, _urlconf: str | None) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def is_built(path: str) -> bool:
    """Whether some view answers at the path."""
    return _is_built(path, get_urlconf())


def doors(path: str) -> list[Door]:
    """The built doors, with the one that the path lies behind marked."""
    return [
        Door(url, label, icon, path.startswith((url, *ALSO.get(url, ()))))
        for url, label, icon in DOORS
        if is_built(url)
    ]


def colour_scheme(request: HttpRequest) -> str:
    """The reader's choice of light or dark, or the device's."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "auto")
    return chosen if chosen in SCHEMES else "auto"


def organisations(request: HttpRequest) -> list[Any]:
    """The organisations that the signed-in person may act for, by name."""
    # Imported here because the settings name this module before the models can be loaded.
    from tillitsrom.people import rules

    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    mine = rules.standing(user).organisations
    return list(rules.organisations_visible_to(user).filter(pk__in=mine)) if mine else []


def current_organisation(request: HttpRequest) -> Any | None:
    """The organisation acted for: the one chosen in the header, else the first of the person's own."""
    mine = organisations(request)
    chosen = request.session.get(ORGANISATION_KEY) if mine else None
    return next((one for one in mine if one.pk == chosen), mine[0] if mine else None)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor of base.html."""
    language = get_language() or settings.LANGUAGE_CODE
    shown = doors(request.path)
    return {
        "system_name": settings.SITE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "source_url": getattr(settings, "SOURCE_URL", ""),
        "doors": shown,
        "more_doors": [door for door in shown if door.behind_more],
        "search_built": is_built("/krav/"),
        "api_docs_built": is_built("/api/v1/docs"),
        "open_data_built": is_built("/apne-data/"),
        "method_built": is_built("/om/"),
        "language_choices": [(code, name, code == language) for code, name in settings.LANGUAGES],
        "scheme": colour_scheme(request),
        "scheme_choices": [(key, label, key == colour_scheme(request)) for key, label in SCHEMES.items()],
        "my_organisations": SimpleLazyObject(lambda: organisations(request)),
        "current_organisation": SimpleLazyObject(lambda: current_organisation(request)),
    }
