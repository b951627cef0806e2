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


@register.filter
def meeting_tone(status: str) -> str:
    """The colour of a meeting's status."""
    return {"planned": "neutral", "called": "info", "held": "success", "cancelled": "danger"}.get(
        status, "neutral"
    )


@register.filter
def minutes_tone(status: str) -> str:
    """The colour of the status of minutes."""
    return {"drafted": "neutral", "sent": "warning", "approved": "success"}.get(status, "neutral")
