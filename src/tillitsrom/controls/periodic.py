"""What the worker does for control measures by the clock."""

from tillitsrom.core import periodic

from .actions import clockwork

HOUR = 60 * 60


@periodic.every(HOUR, "controls.evaluations")
def follow_evaluations() -> None:
    clockwork.fall_due()
    clockwork.tell_overdue()
