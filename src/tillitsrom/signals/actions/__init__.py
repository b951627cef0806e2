"""The only writers of signals. Other slices call these names: `hand_over` and `answer` and the like are the doors from above."""

from .deciding import answer_by_decision, come_back
from .grouping import join, leave
from .handling import advance, answer, hand_over, pass_on, reopen, transfer
from .sending import Report, Sent, me_too, not_me_too, send_confidentially, send_open
from .talking import say, say_by_code

__all__ = [
    "Report", "Sent", "advance", "answer", "answer_by_decision", "come_back", "hand_over", "join", "leave", "me_too",
    "not_me_too", "pass_on", "reopen", "say",
    "say_by_code", "send_confidentially", "send_open", "transfer",
]  # fmt: skip
