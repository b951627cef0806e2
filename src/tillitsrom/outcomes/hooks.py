"""What slices above do when something is decided: called in the decision's own transaction, in the order they were added.

The ledger adds the function that opens an entry. A hook that raises stops the decision, so that nothing is half done.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillitsrom.outcomes.models import Decision

decided: list[Callable[["Decision"], object]] = []


def tell(decision: "Decision") -> None:
    for hook in decided:
        hook(decision)
