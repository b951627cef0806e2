"""What becomes of decisions and requests when a person is erased: they are the body's, and the name goes."""

from tillitsrom.core import events
from tillitsrom.outcomes.models import Decision, NewDuty, Request
from tillitsrom.people.models import User


@events.when_erased
def forget_person(person: User) -> None:
    """Take the person off everything that names them; the role that a decision was made in stays."""
    Request.objects.filter(sent_by=person).update(sent_by=None)
    Request.objects.filter(answered_by=person).update(answered_by=None)
    Decision.objects.filter(decided_by=person).update(decided_by=None)
    NewDuty.objects.filter(registered_by=person).update(registered_by=None)
