"""What the ledger keeps about a person: what they confirmed or disputed for a party. Answers to the question are not among it: nobody knows whose they are."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .models import Statement


@part_of_own_data("ledger_statements")
def statements(person: User) -> list[dict[str, Any]]:
    rows = Statement.objects.filter(by=person).select_related("entry", "party").order_by("on", "pk")
    return [
        {
            "entry": row.entry.title,
            "for": row.party.name,
            "stance": row.stance,
            "words": row.words,
            "on": row.on,
        }
        for row in rows
    ]
