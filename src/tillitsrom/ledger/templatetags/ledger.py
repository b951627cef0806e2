"""Filters for the pages of the ledger: `{% load ledger %}`."""

from django import template

from tillitsrom.ledger import shown
from tillitsrom.ledger.models import Entry, S

register = template.Library()


@register.filter
def entry_tone(status: str) -> str:
    """The colour of an entry's state."""
    return shown.TONES[S(status)]


@register.filter
def counts(entry: Entry) -> bool:
    """Whether the entry is in one of the sums."""
    return shown.is_counted(entry)


@register.filter
def whole(hours: float | None) -> int | None:
    """Hours without decimals: they would promise a precision that nobody has."""
    return None if hours is None else round(hours)


@register.filter
def percent(share: float) -> int:
    return round(100 * share)
