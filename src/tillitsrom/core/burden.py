"""The tool counts its own burden (R20): each slice declares what its forms cost the one who fills them in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillitsrom.core.decisions import Reason

FORMS: dict[str, "Form"] = {}


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the system and the minutes it takes, estimated by those who made it until somebody has measured."""

    code: str
    name: "Reason"
    who: "Reason"
    minutes: int


def declare(*forms: Form) -> None:
    """Make forms known. The same code twice is a mistake."""
    for form in forms:
        if form.code in FORMS:
            raise ValueError(f"form {form.code!r} is declared twice")
        FORMS[form.code] = form


def minutes_of(code: str) -> int:
    """The minutes of one form; an undeclared form is an error."""
    return FORMS[code].minutes
