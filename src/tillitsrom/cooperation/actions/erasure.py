"""What becomes of cases when a person is erased: what was said for a party stays the party's, and the name goes."""

from tillitsrom.cooperation.models import Approval, Attendance, Case, CaseDocument, Contact, Position, Seat
from tillitsrom.core import events
from tillitsrom.people.models import User


@events.when_erased
def forget_person(person: User) -> None:
    """Take the person off everything that names them, also the lists of who came where the person worked."""
    for model, field in (
        (Case, "raised_by"),
        (Case, "decided_by"),
        (Position, "by"),
        (CaseDocument, "added_by"),
        (Contact, "logged_by"),
        (Approval, "by"),
        (Seat, "person"),
    ):
        model._base_manager.filter(**{field: person}).update(**{field: None})
    places = person.memberships.values("organisation")
    Attendance.objects.filter(name=person.name, meeting__organisation__in=places).update(name="–")
