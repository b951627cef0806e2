"""What the worker does for agreements by the clock."""

from django.utils import timezone

from tillitsrom.core import periodic

from . import actions

DAY = 24 * 60 * 60


@periodic.every(DAY, "rulesets.calendar")
def follow_the_calendar() -> None:
    """Agreements begin and end on their days, and the parties are reminded."""
    actions.follow_the_calendar(today=timezone.localdate())
