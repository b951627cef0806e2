"""Deadlines as an iCalendar file (RFC 5545): whole days, addresses that stay the same, lines folded and escaped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_LINE = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline in the calendar. `uid` is the same every time the file is made, so a calendar updates and never doubles."""

    uid: str
    day: date
    title: str
    description: str
    url: str
    category: str
    sequence: int


def escaped(text: str) -> str:
    """Text as a value may hold it."""
    plain = "".join(c for c in text if c in "\n\t" or ord(c) >= 32)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += width
    return "\r\n".join([*pieces, piece])


def calendar(name: str, made_at: datetime, entries: Iterable[Entry]) -> Iterator[str]:
    """The file, in parts that can be sent as they are made."""
    stamp = f"{made_at:%Y%m%dT%H%M%SZ}"
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tillitsrom//Frister//NO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
    )
    for entry in entries:
        yield _lines(
            "BEGIN:VEVENT",
            f"UID:{entry.uid}",
            f"DTSTAMP:{stamp}",
            f"SEQUENCE:{entry.sequence}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(entry.title)}",
            f"DESCRIPTION:{escaped(entry.description)}",
            f"URL:{entry.url}",
            f"CATEGORIES:{escaped(entry.category)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        )
    yield _lines("END:VCALENDAR")


def _lines(*lines: str) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)
