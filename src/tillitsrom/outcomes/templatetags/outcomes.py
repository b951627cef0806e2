"""What other slices' templates show of outcomes: `{% load outcomes %}`."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from tillitsrom.core.http import actor_of
from tillitsrom.outcomes import queries, rules, shown
from tillitsrom.outcomes.models import Decision

register = template.Library()


@register.filter
def outcome_tone(status: str) -> str:
    """The colour of a state of this slice."""
    return shown.tone_of(status)


@register.simple_tag
def stands_behind(requirement: Any) -> str:
    """«1 840 timer i året hos 212 ansatte i 9 kommuner.»"""
    weight = queries.behind(requirement)
    return shown.sentence(weight, weight.organisations)


@register.inclusion_tag("outcomes/_decide_link.html", takes_context=True)
def decide_link(context: Context, kind: str, subject: Any) -> dict[str, Any]:
    """The way to decide about a signal, a case or a requirement, or why the reader cannot; and what was decided before.

    `kind` is the word of the address: signal, sak or krav.
    """
    actor = actor_of(context["request"])
    may = rules.may_decide_something(actor, subject) if actor.is_authenticated else None
    found: dict[str, Any] = {
        "may": may,
        "url": reverse("outcomes:decide", args=[kind, subject.pk]),
        "decisions": _decisions(actor, kind, subject),
        "requests": [],
        "ask_url": "",
    }
    if kind == "krav":
        rows = rules.requests_visible_to(actor).filter(requirement=subject)
        found["requests"] = list(rows.select_related("organisation").order_by("-sent_on", "-pk")[:5])
        if actor.is_authenticated and rules.places_to_ask_from(actor, subject):
            found["ask_url"] = reverse("outcomes:ask", args=[subject.pk])
    elif kind == "signal":
        rows = rules.requests_visible_to(actor).filter(signals=subject)
        found["requests"] = list(rows.select_related("organisation").order_by("-sent_on", "-pk")[:5])
    return found


def _decisions(actor: Any, kind: str, subject: Any) -> list[Decision]:
    field = {"signal": "signals", "sak": "case", "krav": "requirement"}[kind]
    return list(
        rules.decisions_visible_to(actor).filter(**{field: subject}).order_by("-decided_on", "-pk")[:5]
    )
