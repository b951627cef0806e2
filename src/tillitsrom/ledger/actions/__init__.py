"""The only modules that write the ledger. Each action is one transaction: lock, check the right, change, reckon, note the event."""

from .asking import answer, ask_again, follow_the_calendar
from .confirming import confirm, dispute, settle_dispute
from .entries import mark_overlaps, open_entries, set_use, state_after, state_before, withdraw

__all__ = [
    "answer",
    "ask_again",
    "confirm",
    "dispute",
    "follow_the_calendar",
    "mark_overlaps",
    "open_entries",
    "set_use",
    "settle_dispute",
    "state_after",
    "state_before",
    "withdraw",
]
