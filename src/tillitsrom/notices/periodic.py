"""What the worker does for notices by the clock."""

from datetime import datetime

from tillitsrom.core import periodic

from . import actions
from .delivery import deliver


@periodic.every(60, "notices.deliver")
def deliver_due() -> None:
    """Digests, and what could not be sent earlier."""
    deliver.func()


@periodic.tidier("notices")
def tidy(now: datetime) -> int:
    return actions.tidy(now)
