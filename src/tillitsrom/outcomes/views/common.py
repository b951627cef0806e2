"""What the pages of this slice share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Reason
from tillitsrom.core.lifecycles import Lifecycle, Transition
from tillitsrom.outcomes.lifecycle import only_by_the_answer, only_by_the_clock
from tillitsrom.people.models import Actor

UNPROCESSABLE = 422
PAGE_SIZE = 40
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BY_ITSELF = (only_by_the_clock, only_by_the_answer)


@dataclass(frozen=True, slots=True)
class Step:
    """What the reader can do now, with its form."""

    transition: Transition
    form: Any
    open: bool


@dataclass(frozen=True, slots=True)
class Happening:
    on: date
    sentence: str
    who: str


def steps_of(
    lifecycle: Lifecycle, actor: Actor, obj: Any, make: Any, bound: Any = None
) -> tuple[list[Step], list[tuple[Reason, Reason]]]:
    """What can be done now, each with a form, and what cannot and why."""
    steps, closed = [], []
    for option in lifecycle.options(actor, obj):
        transition = option.transition
        if transition.rule in _BY_ITSELF:
            continue
        if not option.decision:
            closed.append((transition.label, option.decision.reason))
            continue
        mine = bound is not None and bound.transition.action == transition.action
        steps.append(Step(transition, bound if mine else make(transition), mine))
    return steps, closed


def life_of(actor: Actor, obj: models.Model) -> list[Happening]:
    """The events as sentences; to the public it is said that a person did it, and never who."""
    return [
        Happening(timezone.localdate(event.at), events.sentence(event), events.who(event, actor))
        for event in events.history(obj)
    ]


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put the errors of an action beside the fields they are about; the rest on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, found)
