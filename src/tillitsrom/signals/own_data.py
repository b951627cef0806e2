"""What signals keep about a person. A confidential signal is not here: nobody knows whose it is."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .models import DialogueRequest, InputCall, Message, MeToo, Signal, Statement


@part_of_own_data("signals")
def signals(person: User) -> dict[str, Any]:
    return {
        "sent_openly": [
            {
                "sent_at": row.sent_at,
                "what": row.what,
                "rather": row.rather,
                "proposal": row.proposal,
                "status": row.status,
            }
            for row in Signal.objects.filter(sender=person).order_by("sent_at", "pk")
        ],
        "said_me_too_to": [
            row.signal.what
            for row in MeToo.objects.filter(person=person).select_related("signal").order_by("pk")
        ],
        "messages": [
            {"sent_at": row.sent_at, "text": row.text}
            for row in Message.objects.filter(author=person).order_by("sent_at", "pk")
        ],
        "asked_for_dialogue": [
            {"on": row.asked_on, "purpose": row.purpose, "times": row.preferred_times, "status": row.status}
            for row in DialogueRequest.objects.filter(asked_by=person).order_by("pk")
        ],
        "asked_for_input": [
            {"on": row.asked_on, "question": row.question, "why": row.why, "status": row.status}
            for row in InputCall.objects.filter(asked_by=person).order_by("pk")
        ],
        "problem_statements": [
            {
                "call": row.call.question,
                "problem": row.problem,
                "who": row.who,
                "remedy": row.remedy,
                "status": row.status,
            }
            for row in Statement.objects.filter(author=person).select_related("call").order_by("pk")
        ],
    }
