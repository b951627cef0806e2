"""The text of minutes as it is sealed: what each party approves or signs, letter by letter.

Names of persons are not in it: the parties meet, and a person can be erased without breaking what was signed.
"""

import hashlib

from tillitsrom.core.days import in_figures

from .models import Attendance, Minutes


def digest_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def present(minutes: Minutes) -> list[str]:
    """The parties and other sides that were there, each once, in the order of the attendance."""
    rows = Attendance.objects.filter(meeting=minutes.meeting_id, present=True).select_related("party")
    return list(dict.fromkeys(one.party.name if one.party else one.get_side_display() for one in rows))


def compose(minutes: Minutes) -> str:
    """The whole text, always in Norwegian, with line breaks as they were written."""
    case, meeting = minutes.case, minutes.meeting
    kinds = {"referat": "Referat", "protokoll": "Protokoll", "minutes_book": "Møtebok"}
    head = [
        kinds[minutes.kind],
        f"Sak: {case.number} {case.question}",
        f"Virksomhet: {case.organisation.name}",
        f"Møte: {meeting.body or case.organisation.name}, {in_figures(meeting.on)}",
        # Each sending is a text of its own, so that an approval never stands for another one.
        f"Utkast nummer: {minutes.approvals.filter(approved=False).count() + 1}",
        f"Til stede: {', '.join(present(minutes)) or '–'}",
        "",
        "Hva ble sagt og avtalt",
        minutes.text.strip(),
    ]
    views = [one for one in minutes.views.select_related("party") if one.text.strip()]
    if views:
        head += ["", "Partenes syn"]
        for one in sorted(views, key=lambda row: (row.party.side != "employer", row.party.name)):
            head += [f"{one.party.name}:", one.text.strip(), ""]
    return "\n".join(head).replace("\r\n", "\n").strip() + "\n"
