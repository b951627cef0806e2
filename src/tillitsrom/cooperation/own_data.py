"""What cases keep about a person: what the person raised, wrote and signed for a party."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .models import Approval, Case, CaseDocument, Contact, Position


@part_of_own_data("cases")
def cases(person: User) -> dict[str, Any]:
    positions = Position.objects.filter(by=person).select_related("case", "party").order_by("at", "pk")
    papers = CaseDocument.objects.filter(added_by=person).select_related("case").order_by("sent_on", "pk")
    contacts = Contact.objects.filter(logged_by=person).order_by("on", "pk")
    approvals = Approval.objects.filter(by=person).select_related("minutes__case", "party")
    return {
        "raised": [str(one) for one in Case.objects.filter(raised_by=person).order_by("pk")],
        "decided": [str(one) for one in Case.objects.filter(decided_by=person).order_by("pk")],
        "positions": [
            {"case": str(one.case), "for": one.party.name, "at": one.at, "text": one.text}
            for one in positions
        ],
        "papers": [{"case": str(one.case), "title": one.title, "sent_on": one.sent_on} for one in papers],
        "contacts_logged": [{"on": one.on, "about": one.about} for one in contacts],
        "minutes_approved": [
            {"case": str(one.minutes.case), "for": one.party.name, "at": one.at, "approved": one.approved}
            for one in approvals.order_by("at", "pk")
        ],
    }
