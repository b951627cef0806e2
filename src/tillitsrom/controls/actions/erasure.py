"""What becomes of control measures when a person is erased: what was said for a side stays the side's, and the name goes."""

from tillitsrom.controls.models import ControlMeasure, Evaluation
from tillitsrom.core import events
from tillitsrom.people.models import User


@events.when_erased
def forget_person(person: User) -> None:
    ControlMeasure.objects.filter(registered_by=person).update(registered_by=None)
    Evaluation.objects.filter(by=person).update(by=None)
