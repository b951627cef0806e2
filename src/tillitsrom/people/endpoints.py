"""How the API declares what most of its endpoints have in common."""

from collections.abc import Callable
from typing import Any, TypeVar

from ninja import Router, Schema

from tillitsrom.core.problem import Problem

from .keys import WRITING

View = TypeVar("View", bound=Callable[..., object])
READ: dict[int, Any] = {401: Problem, 404: Problem, 422: Problem, 429: Problem}
CHANGE: dict[int, Any] = {**READ, 403: Problem, 409: Problem}


def change(
    router: Router, path: str, answer: type[Schema], operation: str, summary: str, description: str
) -> Callable[[View], View]:
    """A step that somebody with a key that may write takes; it answers with what came of it. A decorator."""
    declared: Callable[[View], View] = router.post(
        path,
        auth=WRITING,
        response={200: answer, **CHANGE},
        operation_id=operation,
        summary=summary,
        description=description,
    )
    return declared
