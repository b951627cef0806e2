"""Filters for the pages of cases: `{% load cooperation %}`."""

from django import template

from tillitsrom.cooperation import shown

register = template.Library()


@register.filter
def case_tone(status: str) -> str:
    """The colour of a case's status."""
    return shown.tone_of(status)


@register.filter
def stance_tone(stance: str) -> str:
    """The colour of a stance."""
    return shown.STANCE_TONES.get(stance, "neutral")  # type: ignore[call-overload,no-any-return]
