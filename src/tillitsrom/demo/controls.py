"""The demo's control measures: one that is kept, one due, one never discussed and one required by law, each step on its day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tillitsrom.controls.actions import clockwork, measures
from tillitsrom.controls.actions.steps import take
from tillitsrom.controls.lifecycle import CONTROL
from tillitsrom.controls.models import ControlMeasure, Evaluation
from tillitsrom.people.models import User

from .telling import dated, read

if TYPE_CHECKING:
    from .loader import Places

_DAYS = ("starts_on", "assumed_end", "next_evaluation", "on")


def load(places: "Places", people: dict[str, User]) -> None:
    """Register and lead the measures as the story says. Days in the story are counted from today, backwards."""
    story = read("controls.yaml")
    today = timezone.localdate()
    for row in story["measures"]:
        day = today - timedelta(days=row["days_ago"])
        with dated(day):
            made = measures.register(
                actor=people[row["by"]],
                organisation=places.organisations[row["organisation"]],
                unit=places.units[row["unit"]] if row["unit"] else None,
                values=_days(row["values"], today),
            )
        ControlMeasure.objects.filter(pk=made.pk).update(registered_on=day)
        for step in row.get("then", []):
            _step(step, made.pk, people, today)
    clockwork.fall_due(today)


def _days(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {
        name: today - timedelta(days=value) if name in _DAYS and value is not None else value
        for name, value in values.items()
    }


def _step(step: dict[str, Any], pk: int, people: dict[str, User], today: date) -> None:
    measure = ControlMeasure.objects.get(pk=pk)
    day = today - timedelta(days=step["days_ago"])
    needs = CONTROL.find(source=measure.status, action=step["do"]).needs
    given = {name: value for name, value in _days(step, today).items() if name in needs}
    if "on" in needs:
        given["on"] = day
    # A day of evaluation that has passed in the story lay ahead when it was set.
    wanted = given.get("next_evaluation")
    if wanted is not None and wanted <= today:
        given["next_evaluation"] = today + timedelta(days=1)
    with dated(day):
        take(people[step["by"]], measure, step["do"], {"version": measure.version, **given})
    if wanted is not None:
        ControlMeasure.objects.filter(pk=pk).update(next_evaluation=wanted)
    Evaluation.objects.filter(measure=pk, on=today).update(on=day)
