"""Filters for the pages of agreements: `{% load agreements %}`."""

from datetime import date

from django import template

from tillitsrom.core.decisions import Reason
from tillitsrom.rulesets import shown
from tillitsrom.rulesets.schema import CaseForm, Provision

register = template.Library()


@register.simple_tag
def mark(provision: Provision, on: date) -> shown.Mark:
    """Whether a statement is confirmed on the day."""
    return shown.mark_of(provision, on)


@register.filter
def sources(references: tuple[str, ...]) -> list[shown.Source]:
    """References as links."""
    return [shown.source_of(one) for one in references]


@register.filter
def form_label(form: str) -> str:
    """The name of a form."""
    return str(CaseForm(form).label)


@register.filter
def form_tone(form: str) -> str:
    """The colour of a form."""
    return shown.FORM_TONES[CaseForm(form)]


@register.filter
def status_tone(status: str) -> str:
    """The colour of an agreement's status."""
    return shown.STATUS_TONES.get(status, "neutral")


@register.filter
def decides(who: str) -> Reason:
    """Who has the last word."""
    return shown.DECIDES[who]


@register.filter
def writes(who: str) -> Reason:
    """Who writes the minutes."""
    return shown.WRITES[who]
