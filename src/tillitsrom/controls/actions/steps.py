"""Every step of a person by its name, for pages and programs: the action that belongs to it, with the values that it knows."""

from collections.abc import Mapping
from typing import Any

from tillitsrom.controls.models import ControlMeasure
from tillitsrom.people.models import User

from . import evaluations, measures


def take(person: User, row: ControlMeasure, action: str, values: Mapping[str, Any]) -> ControlMeasure:
    """Take the step; `values` are the version and what the table says that the step needs. Raises what the action raises."""
    given = dict(values)
    known: dict[str, Any] = {"actor": person, "measure": row, "version": given.pop("version")}
    if action == "say":
        return evaluations.say(**known, given=evaluations.Given(**given))
    if action.startswith("settle_"):
        return evaluations.settle(**known, action=action, given=evaluations.Given(**given))
    return measures.advance(**known, action=action, given=measures.Given(**given))
