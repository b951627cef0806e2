"""Who asks, and from which machine."""

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest

if TYPE_CHECKING:
    from tillitsrom.people.models import Actor, User


def actor_of(request: HttpRequest) -> "Actor":
    """Whoever asks: a signed-in person or the public."""
    return request.user


def person_of(request: HttpRequest) -> "User":
    """The signed-in person; only for views that LoginRequiredMiddleware guards."""
    return cast("User", request.user)


def client_address(request: HttpRequest) -> str:
    """The address of the machine that asks; behind our own proxy, the one that the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
