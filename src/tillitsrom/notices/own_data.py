"""What notices keep about a person."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .kinds import sentence
from .queries import visible_to, way_of


@part_of_own_data("notices")
def notices(person: User) -> dict[str, Any]:
    return {
        "by_email": way_of(person),
        "told": [
            {"at": row.at, "what": sentence(row.kind, row.data), "read_at": row.read_at}
            for row in visible_to(person).order_by("at", "pk")
        ],
    }
