"""What this slice keeps about a person: what the person sent, answered, decided and registered for a body."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .models import Decision, NewDuty, Request


@part_of_own_data("outcomes")
def outcomes(person: User) -> dict[str, Any]:
    decisions = (
        Decision.objects.filter(decided_by=person).select_related("requirement", "case").order_by("pk")
    )
    sent = Request.objects.filter(sent_by=person).select_related("requirement").order_by("pk")
    answered = Request.objects.filter(answered_by=person).select_related("requirement").order_by("pk")
    return {
        "decided": [{"about": str(one), "on": one.decided_on, "reason": one.reason} for one in decisions],
        "asked": [{"about": str(one), "on": one.sent_on, "why": one.why} for one in sent],
        "answered": [
            {"about": str(one), "on": one.answered_on, "reason": one.answer_reason} for one in answered
        ],
        "new_duties": [one.title for one in NewDuty.objects.filter(registered_by=person).order_by("pk")],
    }
