"""Filters and tags that every page may use: `{% load tillitsrom %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils import formats

from tillitsrom.web.classes import CLASSES

register = template.Library()


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """A number as it is written in the reader's language: 1 840 and 12,5. Whole numbers get no decimals."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int | float) and not hasattr(value, "as_tuple"):
        return str(value)
    places = decimals if decimals is not None else (0 if value == int(value) else 1)
    shown = formats.number_format(abs(value), decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"−{shown}" if round(value, places) < 0 else shown


@register.filter
def signed(value: Any) -> str:
    """A change with its sign: +27, −2, 0."""
    return f"+{number(value)}" if value and value > 0 else number(value)


@register.simple_tag
def range_of(low: Any, high: Any) -> str:
    """A range with a dash, or one number where the ends are the same: 1 200–2 400."""
    if low is None or high is None:
        return number(low if high is None else high)
    first, last = number(low), number(high)
    return first if first == last else f"{first}–{last}"


@register.filter
def class_name(kind: str) -> str:
    """The name of a class of requirement."""
    return str(CLASSES[kind].name) if kind in CLASSES else str(kind)


@register.filter
def class_plural(kind: str) -> str:
    """The name of a class of requirement, of many."""
    return str(CLASSES[kind].plural) if kind in CLASSES else str(kind)


@register.filter
def class_letter(kind: str) -> str:
    """The letter that stands beside the colour of a class."""
    return str(CLASSES[kind].letter) if kind in CLASSES else "?"


@register.filter
def item(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """What a mapping holds for a key, or nothing."""
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def query_with(context: Context, *pairs: Any) -> str:
    """The current address's query with some values replaced; an empty value takes the key away.

    `{% query_with 'page' 2 %}` gives `?q=rapport&page=2`.
    """
    query = context["request"].GET.copy()
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        if value in ("", None):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The page numbers to show: first, last and those around the current; None stands for a gap."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    result: list[int | None] = []
    for one in shown:
        if result and one - (result[-1] or 0) > 1:
            result.append(None)
        result.append(one)
    return result
