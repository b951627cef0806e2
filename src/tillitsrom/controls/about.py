"""How a case names the control measure that it is about: the cooperation asks here, and knows nothing of measures itself."""

from tillitsrom.cooperation.about import About, register
from tillitsrom.people.models import Actor

from . import rules
from .models import KIND


@register(KIND)
def find(actor: Actor, key: int) -> About | None:
    """The measure, as far as the actor may see it."""
    row = rules.visible_to(actor).filter(pk=key).first()
    return About(row.title, row.get_absolute_url(), "control") if row is not None else None
