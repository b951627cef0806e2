"""Finding what the body of a request names by its key."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

_Row = TypeVar("_Row", bound=Model)


def one_named(rows: QuerySet[_Row], pk: int | None, field: str, missing: str) -> _Row | None:
    """The row with the key among those that may be named; None where none is. ValidationError on the field where it is not there."""
    if pk is None:
        return None
    found = rows.filter(pk=pk).first()
    if found is None:
        raise ValidationError({field: [missing]})
    return found
