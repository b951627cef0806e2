"""What the cooperation keeps about a person: what the person raised, wrote and signed for a party, where they sat and came."""

from typing import Any

from tillitsrom.people.models import User
from tillitsrom.people.queries import part_of_own_data

from .models import Approval, Attendance, Case, CaseDocument, Contact, Position, Seat


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
            {
                "case": str(one.minutes.case),
                "for": one.party.name,
                "at": one.at,
                "approved": one.approved,
                "objection": one.objection,
            }
            for one in approvals.order_by("at", "pk")
        ],
    }


@part_of_own_data("meetings")
def meetings(person: User) -> dict[str, Any]:
    """Seats are tied to the person. Attendance is by name, as minutes are: those of the name where the person works or worked."""
    seats = Seat.objects.filter(person=person).select_related("body__organisation", "party")
    places = person.memberships.values("organisation")
    came = Attendance.objects.filter(name=person.name, meeting__organisation__in=places)
    came = came.select_related("meeting__body", "meeting__organisation", "party")
    return {
        "seats": [
            {
                "body": one.body.name,
                "in": one.body.organisation.name,
                "side": one.side,
                "for": one.party.name if one.party else "",
                "as": one.title,
                "deputy": one.deputy,
                "leads": one.leads,
                "from": one.valid_from,
                "to": one.valid_to,
            }
            for one in seats.order_by("valid_from", "pk")
        ],
        "attendance": [
            {
                "meeting": str(one.meeting),
                "side": one.side,
                "for": one.party.name if one.party else "",
                "name": one.name,
                "present": one.present,
            }
            for one in came.order_by("meeting__on", "pk")
        ],
    }
