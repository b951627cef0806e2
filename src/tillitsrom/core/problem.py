"""Errors of the API in one shape: problem+json (RFC 9457), in the language that the caller asks for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema
from pydantic import Field

MEDIA_TYPE = "application/problem+json"

# What each kind of problem is called, and the status it has. The type is an address in the documentation.
KINDS = {
    "bad-request": (400, gettext_lazy("The request could not be understood")),
    "not-authenticated": (401, gettext_lazy("You must say who you are")),
    "not-allowed": (403, gettext_lazy("You may not do this")),
    "not-found": (404, gettext_lazy("There is nothing here")),
    "method-not-allowed": (405, gettext_lazy("This cannot be done at this address")),
    "conflict": (409, gettext_lazy("This is not possible now")),
    "too-large": (413, gettext_lazy("Too much was sent")),
    "invalid": (422, gettext_lazy("Something in the request must be mended")),
    "too-many-requests": (429, gettext_lazy("Too many requests")),
    "server-error": (500, gettext_lazy("Something went wrong here")),
}
# What is said where nothing more exact is known.
DETAILS = {
    "bad-request": gettext_lazy("The body is not what this address expects; see the documentation."),
    "not-authenticated": gettext_lazy("Send a key in the header Authorization. You make one on My profile."),
    "not-found": gettext_lazy("It does not exist, or you may not see it."),
    "method-not-allowed": gettext_lazy("The header Allow says what can be done at this address."),
    "too-large": gettext_lazy("Send less at a time."),
    "invalid": gettext_lazy("See what is said of each field."),
    "server-error": gettext_lazy("The mistake is ours and has been noted. Nothing of yours was saved."),
}


def wait(seconds: int) -> str:
    """What to do when there were too many requests."""
    return _("Wait %(seconds)s seconds and try again.") % {"seconds": seconds}


class FieldProblem(Schema):
    field: str = Field(description="The field, as a path with dots; empty for the request as a whole.")
    detail: str = Field(description="What is wrong, and where possible how to mend it.")


class Problem(Schema):
    """An error (RFC 9457, application/problem+json)."""

    type: str = Field(description="Which kind of problem, as an address in this documentation.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened this time: for a refusal, the reason.")
    errors: list[FieldProblem] = Field([], description="What is wrong with single fields.")


def problem(
    kind: str,
    *,
    detail: object = "",
    errors: Iterable[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer that says what is wrong."""
    status, title = KINDS[kind]
    body = {
        "type": f"/api/v1/docs#problem-{kind}",
        "title": str(title),
        "status": status,
        "detail": str(detail) or str(DETAILS.get(kind, title)),
        "errors": [{"field": field, "detail": text} for field, text in errors],
    }
    return JsonResponse(
        body,
        status=status,
        content_type=MEDIA_TYPE,
        headers=dict(headers or {}),
        json_dumps_params={"ensure_ascii": False},
    )


def django_errors(error: DjangoValidationError) -> list[tuple[str, str]]:
    """The messages of Django's validation with the field each is about."""
    if hasattr(error, "error_dict"):
        return [
            ("" if field == NON_FIELD_ERRORS else field, text)
            for field, texts in error.message_dict.items()
            for text in texts
        ]
    return [("", text) for text in error.messages]


_WORDS = {
    "missing": gettext_lazy("This must be filled in."),
    "greater_than_equal": gettext_lazy("The lowest value is %(ge)s."),
    "less_than_equal": gettext_lazy("The highest value is %(le)s."),
    "string_too_long": gettext_lazy("This is too long. The limit is %(max_length)s characters."),
    "string_too_short": gettext_lazy("This must be filled in."),
    "enum": gettext_lazy("Choose one of these: %(expected)s."),
    "literal_error": gettext_lazy("Choose one of these: %(expected)s."),
    "extra_forbidden": gettext_lazy("There is no such field."),
}
_TYPES = {
    "int": gettext_lazy("Write a whole number."),
    "float": gettext_lazy("Write a number."),
    "decimal": gettext_lazy("Write a number."),
    "finite": gettext_lazy("Write a number."),
    "bool": gettext_lazy("Write true or false."),
    "date": gettext_lazy("This is not a date. Write it as 2026-06-30."),
    "string": gettext_lazy("Write a text."),
    "list": gettext_lazy("Write a list."),
}


def schema_errors(errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The messages of the request's schema, in the caller's language."""
    return [(_path(one["loc"]), _words(one)) for one in errors]


def _path(location: Iterable[object]) -> str:
    """Where in the request, without the part of it and our own name for its body."""
    _part, *path = (str(one) for one in location)
    return ".".join(path[1:] if path[:1] == ["payload"] and len(path) > 1 else path)


def _words(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    found = _WORDS.get(kind) or _TYPES.get(kind.split("_")[0])
    if found is None:
        return _("This value cannot be used here.")
    return str(found) % error["ctx"] if error.get("ctx") and "%(" in str(found) else str(found)
