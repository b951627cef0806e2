"""What templates ask about notices: `{% load notices %}`."""

from django import template
from django.contrib.auth.models import AnonymousUser

from tillitsrom.notices import queries
from tillitsrom.people.models import User

register = template.Library()


@register.simple_tag
def unread_notices(user: User | AnonymousUser | None) -> int:
    """How many notices the person has not read; 0 for the public."""
    return queries.unread(user) if isinstance(user, User) else 0
