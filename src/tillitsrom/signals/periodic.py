"""What the worker does for signals by the clock."""

from tillitsrom.core import periodic

from .actions import calls, clockwork, dialogue


@periodic.every(3600, "signals.open_the_week")
def open_the_week() -> None:
    clockwork.open_the_week()


@periodic.every(3600, "signals.lift_what_is_late")
def lift_what_is_late() -> None:
    """Once a day is enough; asking more often changes nothing, and a restart loses nothing."""
    clockwork.find_new_owners()
    clockwork.lift_what_is_late()
    dialogue.lift_late_dialogues()
    calls.find_new_owners()
    calls.lift_late_calls()
