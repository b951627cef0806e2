"""What the reader can do now with a thing, each step with its form, and what they cannot, gathered by reason."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from tillitsrom.core.decisions import Reason
from tillitsrom.core.lifecycles import Lifecycle, Transition
from tillitsrom.people.models import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """What the reader can do now, with its form. `open` where its form was sent and must be looked at again."""

    transition: Transition
    form: Any
    open: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """What the reader cannot do now, and the one reason for all of it."""

    reason: Reason
    labels: list[Reason]


def gather(
    lifecycle: Lifecycle,
    actor: Actor,
    obj: Any,
    make: Callable[[Transition], Any],
    *,
    bound: Any = None,
    besides: Collection[object] = (),
) -> tuple[list[Step], list[Closed]]:
    """The steps from the object's state. `bound` is a form that was sent; steps whose rule is among `besides` are left out."""
    steps: list[Step] = []
    closed: dict[str, Closed] = {}
    for option in lifecycle.options(actor, obj):
        transition = option.transition
        if transition.rule in besides:
            continue
        if option.decision:
            mine = bound is not None and bound.transition == transition
            steps.append(Step(transition, bound if mine else make(transition), mine))
        else:
            reason = option.decision.reason
            closed.setdefault(str(reason), Closed(reason, [])).labels.append(transition.label)
    return steps, list(closed.values())
