"""What agreements keep about a person: the signatures they have given."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .models import AgreementParty


@part_of_own_data("agreements_signed")
def agreements_signed(person: User) -> list[dict[str, Any]]:
    rows = AgreementParty.objects.filter(signed_by=person).select_related("agreement", "party")
    return [
        {"agreement": row.agreement.title, "for": row.party.name, "signed_on": row.signed_on}
        for row in rows.order_by("signed_on", "pk")
    ]
