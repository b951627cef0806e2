"""What becomes of the ledger when a person is erased: what was said for a party stays the party's, and the name goes."""

from tillitsrom.core import events
from tillitsrom.ledger.models import Statement
from tillitsrom.people.models import User


@events.when_erased
def forget_person(person: User) -> None:
    Statement.objects.filter(by=person).update(by=None)
