"""Who calls the API: a key, a signed-in person, or the public; each counted against its own limit.

`READING` is for what the public may read, `WRITING` for changes, `SIGNED_IN` for what is a person's own.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, Throttled
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from tillitsrom.core import rates
from tillitsrom.core.decisions import Refused, deny
from tillitsrom.core.http import client_address

from . import actions
from .models import Actor, ApiToken, User

SAFE = ("GET", "HEAD", "OPTIONS")


def count(bucket: str) -> None:
    """Count one request against the limit; too many is answered with 429."""
    wait = rates.take(f"api:{bucket}", limit=settings.API_REQUESTS_PER_MINUTE)
    if wait:
        raise Throttled(wait)


class Key(HttpBearer):
    """A key made on My profile, sent as `Authorization: Bearer trom_…`."""

    def __call__(self, request: HttpRequest) -> User | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _space, key = header.partition(" ")
        return self.authenticate(request, key.strip() if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> User:
        """A key that does not hold is an error, never a quiet fall back to what the public sees."""
        found = actions.user_of_token(token) if token else None
        if found is None:
            count(f"address:{client_address(request)}")
            raise AuthenticationError(
                401,
                _(
                    "The key is not known, is too old, or belongs to a closed account. Make a new one on My profile."
                ),
            )
        count(f"key:{actions.digest(token)}")
        user, scope = found
        if request.method not in SAFE and scope != ApiToken.Scope.WRITE:
            raise Refused(deny(_("This key may only read. Make a key that may also change things.")))
        request.user = user
        return user


def signed_in(request: HttpRequest) -> User | None:
    """A person who is logged in on these pages. Changes need the page's own token against forged requests."""
    if not isinstance(request.user, User):
        return None
    count(f"person:{request.user.pk}")
    if request.method not in SAFE and check_csrf(request) is not None:
        raise Refused(deny(_("Changes from a browser must carry its CSRF token. Programs use a key.")))
    return request.user


def public(request: HttpRequest) -> Actor:
    """Everybody else reads what everyone may read."""
    count(f"address:{client_address(request)}")
    return request.user


SIGNED_IN: list[Any] = [Key(), signed_in]
WRITING = SIGNED_IN
READING: list[Any] = [*SIGNED_IN, public]
# What OpenAPI says of an operation that needs no key: nothing is one of the ways to be let in.
OPEN: dict[str, Any] = {"security": [{}]}
