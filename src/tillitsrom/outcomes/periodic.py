"""What the worker does for outcomes by the clock."""

from tillitsrom.core import periodic

from .actions import clockwork

HOUR = 60 * 60


@periodic.every(HOUR, "outcomes.silence")
def show_silence() -> None:
    clockwork.show_silence()


@periodic.every(HOUR, "outcomes.duties")
def follow_duties() -> None:
    clockwork.follow_duties()


@periodic.every(HOUR, "outcomes.opened")
def answer_what_has_opened() -> None:
    clockwork.answer_what_has_opened()
