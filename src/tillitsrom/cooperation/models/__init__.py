"""Tables of the cooperation between the parties."""

from .bodies import Body, Seat
from .cases import Case, CaseDocument, Involvement, Position
from .meetings import AgendaItem, Approval, Attendance, Contact, Meeting, Minutes, MinutesView

__all__ = [
    "AgendaItem", "Approval", "Attendance", "Body", "Case", "CaseDocument", "Contact", "Involvement", "Meeting", "Minutes",
    "MinutesView", "Position", "Seat",
]  # fmt: skip
