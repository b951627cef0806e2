"""A rule answers with a Decision: yes or no, and always why."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# A sentence, or one that is translated when it is shown.
Reason: TypeAlias = "str | _StrPromise"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a rule. The reason is shown to the person, so it is a sentence in their language."""

    allowed: bool
    reason: "Reason"

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason: "Reason") -> Decision:
    return Decision(True, reason)


def deny(reason: "Reason") -> Decision:
    return Decision(False, reason)


class Refused(Exception):  # noqa: N818  # named as the thing that happened, which pages and the API repeat
    """The actor may not do this. Pages answer 403 with the reason, the API problem+json."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(str(decision.reason))


class WrongState(Exception):  # noqa: N818  # see Refused
    """The action exists, but not from the state the object is in. Answers 409."""


class Conflict(Exception):  # noqa: N818  # see Refused
    """Somebody else changed the object since the actor read it. Answers 409; nothing is overwritten."""


def require(decision: Decision) -> None:
    """Raise Refused unless the decision allows."""
    if not decision:
        raise Refused(decision)
