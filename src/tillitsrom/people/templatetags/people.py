"""What templates ask about people: `{% load people %}`."""

from django import template
from django.contrib.auth.models import AnonymousUser

from tillitsrom.people import rules
from tillitsrom.people.models import User

register = template.Library()


@register.filter
def keeps_people(user: User | AnonymousUser | None) -> bool:
    """Whether this is a system administrator, for whom the menu has a door more."""
    return user is not None and rules.is_administrator(user)
