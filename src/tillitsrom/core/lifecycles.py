"""Lifecycles as data, so that code, buttons, tests and documentation read one table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tillitsrom.core.decisions import Decision, WrongState, require

if TYPE_CHECKING:
    from tillitsrom.core.decisions import Reason


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a lifecycle: an action takes an object from a state to a state when the rule allows.

    `label` is the word on the button; a step without one is the system's own. `needs` names the fields that it asks for.
    """

    action: str
    source: str
    target: str
    rule: Callable[[Any, Any], Decision]
    label: "Reason" = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A transition that starts from the object's state, with the answer for this actor."""

    transition: Transition
    decision: Decision


class Lifecycle:
    """A table of transitions for objects with a `status`."""

    def __init__(self, transitions: Iterable[Transition]) -> None:
        self.transitions = tuple(transitions)
        self._by_key = {(t.source, t.action): t for t in self.transitions}

    @property
    def actions(self) -> list[str]:
        return sorted({t.action for t in self.transitions})

    def find(self, *, source: str, action: str) -> Transition:
        """The transition, or WrongState where the action is not possible from this state."""
        try:
            return self._by_key[(source, action)]
        except KeyError:
            raise WrongState(
                _("This is no longer possible. Somebody may have changed it: load the page again.")
            ) from None

    def check(self, actor: Any, obj: Any, action: str) -> Transition:
        """The transition that this actor may make now; raises WrongState or Refused."""
        transition = self.find(source=obj.status, action=action)
        require(transition.rule(actor, obj))
        return transition

    def options(self, actor: Any, obj: Any) -> list[Option]:
        """Every transition from the object's state, allowed or not, with the reason: what you cannot do is also shown."""
        return [Option(t, t.rule(actor, obj)) for t in self.transitions if t.source == obj.status]
