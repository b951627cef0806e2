"""TR5: deadlines that crowd, cannot be met, or are not there."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tillitsrom.reading.check.letter import Letter, mark, relate
from tillitsrom.reading.check.model import Mark, Phrase, Rule, Severity
from tillitsrom.reading.deadlines import find_dates
from tillitsrom.reading.model import Requirement, RequirementClass
from tillitsrom.reading.words import pattern

_WEEK = 7
_JULY = 7
_NAMES = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"
)  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_WRITTEN = pattern(
    r"(?<![\w.])(?P<day>\d{1,2})\.\s?(?:(?P<number>\d{1,2})\.\s?20\d\d(?!\d|\.\d)"
    rf"|(?P<name>{'|'.join(_MONTHS)})\b)",
    re.IGNORECASE,
)
_OPEN_ENDED = pattern(
    r"frist|\bdato|løpende|fortløpende|varig|hele året|heile året|fast oppgave|hvert? |kvart |årlig|månedlig|månadleg|kvartal|tertial"
    r"|halvår|\buke|\bveke|\binnen\b|\binnan\b|\bsenest\b|\bseinast\b|omgående|straks|snarest|i dialog|avtale[sr]?\b|årsrapport|rapporteringen",
    re.IGNORECASE,
)
_IN_YEAR = pattern(r"\bi(?:\s+løpet\s+av)?\s+(20\d\d)\b", re.IGNORECASE)
# What was done, sent or written then is a reference, not a deadline ("ble levert i november 2025").
_DONE_THEN = pattern(
    r"(?:\b(?:ble|blei|vart|var|ferdigstilt|levert|mottatt|motteke|vedtatt|vedteke|fastsatt|fastsett|publisert|oversendt|avgitt"
    r"|lagt\s+fr[ae]m)\s(?:[^.;\d]{0,40}\s)?(?:i|den|av)\s|\b(?:datert|fra|frå|av)\s)"
    rf"(?:\d{{1,2}}\.\s?)?(?:(?:{'|'.join(_NAMES)})\s)?(?:\d{{1,2}}\.\s?)?20\d\d\b",
    re.IGNORECASE,
)
_DUE = pattern(
    r"\b(?:innen|innan|senest|seinast|frist(?:en)?)\b[\s:]{1,4}(?:er\s|den\s)?(?P<day>\d{1,2})\.\s?"
    rf"(?:(?P<number>\d{{1,2}})\.\s?|(?P<name>{'|'.join(_MONTHS)})\s)(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_REACH = 600


def _deliveries(letter: Letter) -> list[tuple[date, Requirement]]:
    """Each deadline that is a day, once for each assignment, or else each sentence or row that says it.

    What only shares the deadline of its section ("Frist: 30. november") is one delivery together.
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for r in letter.counted:
        day = _day(r.deadline)
        key = (r.deadline or "", r.assignment or _delivery(letter, r))
        if day is not None and key not in seen:
            seen.add(key)
            found.append((day, r))
    return sorted(found, key=lambda pair: pair[0])


def _delivery(letter: Letter, requirement: Requirement) -> str:
    words = letter.words(requirement)
    own = letter.in_row(requirement) or find_dates(words, letter.reading.year)
    return words if own else f"section {letter.section_of(requirement)}"


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value and len(value) == len("2026-01-01") else None
    except ValueError:
        return None


def crowded(letter: Letter) -> Iterator[Mark]:
    """More deadlines than the bound within seven days; each deadline is in one crowd only."""
    deliveries = _deliveries(letter)
    first = 0
    while first < len(deliveries):
        last = first
        while last + 1 < len(deliveries) and (deliveries[last + 1][0] - deliveries[first][0]).days < _WEEK:
            last += 1
        count = last - first + 1
        if count <= letter.config.crowd:
            first += 1
            continue
        (start, head), (end, _) = deliveries[first], deliveries[last]
        span = start if start == end else Phrase("span", {"start": start, "end": end})
        rest = tuple(relate(letter.reading, r) for _, r in deliveries[first + 1 : last + 1])
        yield mark(head, rest, count=count, span=span)
        first = last + 1


def in_july(letter: Letter) -> Iterator[Mark]:
    """A deadline that is a day in July; the first of July is the end of June in other words."""
    if letter.config.july:
        for day, r in _deliveries(letter):
            if day.month == _JULY and day.day > 1:
                yield mark(r, day=day)


def impossible(letter: Letter) -> Iterator[Mark]:
    """A day that its month does not have, or a month that the year does not have."""
    for match in _WRITTEN.finditer(letter.text):
        day = int(match["day"])
        month = _MONTHS[match["name"].lower()] if match["name"] else int(match["number"])
        year = re.search(r"20\d\d", letter.text[match.start() : match.end() + 6])
        longest = 31
        if 1 <= month <= len(_MONTHS):
            # Without a year, 29 February may well be meant.
            longest = calendar.monthrange(int(year.group()) if year else 2024, month)[1]
            if day <= longest and day:
                continue
        elif day > longest:  # Neither can be right: a number, not a date.
            continue
        yield Mark(match.start(), match.end(), {"written": match.group()})


def past(letter: Letter) -> Iterator[Mark]:
    """A deadline before the day of the letter, or before its year where the letter tells no day."""
    dated, year = letter.dated, letter.reading.year
    for r in letter.counted:
        words = letter.words(r)
        deadline = r.deadline or _written_deadline(words)
        if deadline is None or _DONE_THEN.search(words):
            continue
        if dated is not None and len(deadline) == len(dated):
            gone, since = deadline < dated, Phrase("dated", {"day": date.fromisoformat(dated)})
        else:
            gone, since = year is not None and int(deadline[:4]) < year, Phrase("for_year", {"year": year})
        if gone:
            yield mark(r, deadline=_day(deadline) or deadline, since=since)


def _written_deadline(words: str) -> str | None:
    """A day that is written as a deadline, though the reader did not take it for one because it is long past."""
    match = _DUE.search(words)
    if match is None:
        return None
    month = _MONTHS[match["name"].lower()] if match["name"] else int(match["number"])
    written = f"{match['year']}-{month:02}-{int(match['day']):02}"
    return written if _day(written) else None


def missing(letter: Letter) -> Iterator[Mark]:
    """An assignment with a number where nothing says when: no deadline, no interval, no year or word of a date that comes."""
    groups: dict[str, list[Requirement]] = defaultdict(list)
    for r in letter.counted:
        if r.assignment and not letter.in_row(r):
            groups[r.assignment].append(r)
    for number, group in groups.items():
        # What introduces the assignment, under its own heading, tells of time as well as the sentences do.
        start = letter.section_start(group[0])
        whole = letter.text[start : min(group[-1].end + _REACH, group[0].start + 20 * _REACH)]
        orders = [
            r
            for r in group
            if r.requirement_class in (RequirementClass.ASSIGNMENT, RequirementClass.REPORTING)
        ]
        told = (
            any(r.deadline for r in group)
            or _OPEN_ENDED.search(whole)
            or _names_year(whole, letter.reading.year)
        )
        if orders and not told:
            yield mark(orders[0], number=number)


def _names_year(text: str, year: int | None) -> bool:
    """Whether it says that the work is done in the letter's year or a later one ("tas i bruk i 2027")."""
    return year is not None and any(int(found[1]) >= year for found in _IN_YEAR.finditer(text))


RULES = (
    Rule(
        "TR501",
        "crowded-deadlines",
        Severity.WARNING,
        "Frister tett i tett",
        "{count} frister faller innen en uke ({span}). Spre dem.",
        "Når mange frister faller sammen, går det ut over kvaliteten og over dem som skal ha tjenestene.",
        "DFØs sjekkliste for tildelingsbrev: styring tilpasset virksomhetens egenart. Grensen er vårt valg",
        crowded,
    ),
    Rule(
        "TR502",
        "deadline-in-july",
        Severity.NOTE,
        "Frist i juli",
        "Fristen {day} er i fellesferien. Flytt den, eller si hvorfor den må ligge der.",
        "I juli er få på jobb. Fristen blir i praksis før ferien, eller den bryter ferien.",
        "Ferieloven § 7: hovedferie mellom 1. juni og 30. september; vanlig fellesferie i juli",
        in_july,
    ),
    Rule(
        "TR503",
        "impossible-date",
        Severity.ERROR,
        "Dato som ikke finnes",
        "Datoen {written} finnes ikke. Rett den.",
        "Mottakeren må gjette hva som er ment.",
        "Kalenderen",
        impossible,
    ),
    Rule(
        "TR504",
        "past-deadline",
        Severity.ERROR,
        "Frist som er ute",
        "Fristen {deadline} er før {since}. Rett den, eller stryk kravet.",
        "En frist som er ute når brevet sendes, er ofte hentet fra fjorårets brev.",
        "Kalenderen",
        past,
    ),
    Rule(
        "TR505",
        "assignment-without-deadline",
        Severity.WARNING,
        "Oppdrag uten frist",
        "Oppdrag {number} sier ikke når det skal være ferdig. Sett en frist, eller skriv at den avtales.",
        "Uten frist kan ikke mottakeren planlegge, og ingen vet når oppdraget er over.",
        "DFØs sjekkliste for tildelingsbrev: dialog og planlegging på ett og flere års sikt. Regelen er vår",
        missing,
    ),
)
