"""What this slice keeps about a person: what the person registered, and what the person said for a side."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .models import ControlMeasure, Evaluation


@part_of_own_data("controls")
def controls(person: User) -> dict[str, Any]:
    said = Evaluation.objects.filter(by=person).select_related("measure").order_by("pk")
    return {
        "registered": [
            {"what": one.title, "on": one.registered_on}
            for one in ControlMeasure.objects.filter(registered_by=person).order_by("pk")
        ],
        "said": [
            {"about": one.measure.title, "result": one.result, "reason": one.reason, "on": one.on}
            for one in said
        ],
    }
