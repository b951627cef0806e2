"""What the worker does for the ledger by the clock."""

from django.utils import timezone

from tillitsrom.core import periodic

from . import actions

DAY = 24 * 60 * 60


@periodic.every(DAY, "ledger.calendar")
def follow_the_calendar() -> None:
    """Questions to the front line open, remind and close on their days."""
    actions.follow_the_calendar(today=timezone.localdate())
