"""What other slices' templates show of signals: `{% load signals %}`."""

from typing import Any

from django import template

from tillitsrom.register.models import Requirement
from tillitsrom.signals import queries

register = template.Library()


@register.inclusion_tag("signals/_weight.html")
def signals_about(requirement: Requirement) -> dict[str, Any]:
    """How much stands behind a requirement, and the way to report more. Guarded against small groups."""
    return {"requirement": requirement, "weight": queries.weight(requirement)}
