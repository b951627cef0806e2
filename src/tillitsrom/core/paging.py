"""Paging of the API's lists: limit and offset, how many there are in all, and the addresses of the next and last page."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

MOST = 200
# The largest number that a key can have in either database.
LARGEST_KEY = 2**63 - 1


class Paging(Schema):
    """Which part of the list is wanted."""

    limit: int = Field(50, ge=1, le=MOST, description=f"How many to return, at most {MOST}.")
    offset: int = Field(0, ge=0, le=10_000_000, description="How many to leap over.")


class Page(Schema, Generic[Item]):
    """One page of a list."""

    count: int = Field(description="How many there are in all.")
    next: str | None = Field(description="The address of the next page, or null on the last one.")
    previous: str | None = Field(description="The address of the page before, or null on the first one.")
    items: list[Item]


def page_of(
    request: HttpRequest,
    rows: QuerySet[Row],
    paging: Paging,
    shape: Callable[[list[Row]], list[Any]] | None = None,
) -> dict[str, Any]:
    """The wanted page of the rows. `shape` turns the page's rows into what is shown, all at once."""
    count = rows.count()
    found = list(rows[paging.offset : paging.offset + paging.limit])
    after, before = paging.offset + paging.limit, max(0, paging.offset - paging.limit)
    return {
        "count": count,
        "next": _address(request, paging, after) if after < count else None,
        "previous": _address(request, paging, before) if paging.offset else None,
        "items": shape(found) if shape else found,
    }


def _address(request: HttpRequest, paging: Paging, offset: int) -> str:
    query = request.GET.copy()
    query["limit"], query["offset"] = str(paging.limit), str(offset)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
