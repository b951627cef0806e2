"""Read the rows of tables that hold requirements themselves: reporting calendars, lists of parameters and of assignments."""

import re
from dataclasses import dataclass, field

from tillitsrom.reading.actors import MINISTRIES, names_other
from tillitsrom.reading.blocks import Block
from tillitsrom.reading.classes import hands_over
from tillitsrom.reading.cues import signals
from tillitsrom.reading.deadlines import find_dates
from tillitsrom.reading.structure import SectionKind
from tillitsrom.reading.verdicts import Setting
from tillitsrom.reading.words import Pattern, pattern

Row = tuple[int, int, str, str, float, str | None, str | None]
_Cell = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class RowsFound:
    """What a row gave. `handled` says that its cells need not be read as text."""

    handled: bool
    found: list[Row] = field(default_factory=list)


_WHEN = pattern(
    r"^\W*(?:frist\w*|dato|tidspunkt|tid|når|måned|månad|tidsfrist|leveringsfrist|forfall|uke|veke)\b"
)
_WHAT = pattern(
    r"^\W*(?:beskrivelse|sak|aktivitet|rapport\w*|leveranse\w*|hva|kva|innhold|dokument|tema|type|hendelse|produkt|møte\w*|kommentar|merknad|ansvar\w*)\b",
)
_WHO = pattern(r"^\W*(?:ansvar\w*|hvem|kven|utføres\s+av)\b")
_MATTER = pattern(r"^\W*(?:hva|kva|sak|rapport\w*|leveranse\w*|dokument|produkt|aktivitet)\b")
_ORDER = pattern(r"^\W*(?:oppdrag\w*|tiltak\w*|krav\w*|oppgave\w*|oppgåve\w*|deloppdrag)\b")
_STEER = pattern(
    r"^\W*(?:styringsparamet\w*|resultatkrav|styringsindikator\w*|resultatmål|krav\s+til\s+resultat|ambisjonsnivå)\b",
)
_MONTH_DAY = pattern(
    r"(?i)\b(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\s*\(?(?:den\s+)?(\d{1,2})\.?\)"
)
_TARGET = pattern(r"^\W*(?:måltal\w*|resultatkrav|krav|ambisjon\w*|mål\s+(?:for\s+)?20\d\d|målverdi\w*)\b")
_TEXT = pattern(r"^\W*(?:oppdrags)?(?:beskrivelse\w*|tekst\w*|innhold|skildring|omtale|nærmere\s+om\b)")
_GOAL = pattern(r"^\W*(?:hoved|hovud|del|bruker|brukar|samfunns|effekt)?mål\W*$")
_CHAPTER = pattern(r"^\W*(?:kap(?:ittel|\.)?(?:\s*/\s*post)?|kap\./post|beløp|bevilgning|løyving|post)\W*$")
_HANDS = pattern(
    r"\b(?:sender?|leverer?|gir|gi|gjev|oversender?|rapporterer?|melder?|legger?\s+fr[ae]m|legg\s+fram)\b|rapport|rekneskap|regnskap|innspill|innspel"
)
# A product that only reports: making it is handing it over.
_REPORT = pattern(
    r"^\W*(?:(?:en|ein|kort|skriftlig|skriftleg|samlet|samla)\s+)*(?:(?:slutt|status|del|års|halvårs|tertial|underveis|undervegs|fr[ae]mdrifts)?rapport(?:ering)?|status|redegjørelse|orientering|tilbakemelding)\b"
)
_FIGURE = pattern(r"^\W*(?:nøkkeltal\w*|indikator\w*)\b")
_DELIVER = pattern(
    r"rapport|framlegg|fremlegg|plan(?:en|er|ar)?\b|analyse|evaluering|utkast|søknad|meld(?:e|er)\b|vedta(?:r|k)\b|oppsummering|kartlegging|utgreiing|utredning|innspill|innspel|regnskap|rekneskap|oversikt|budsjett|forslag|\bplan\w*|status|svar\b|statistikk|søknad|prognose|redegjør|vurdering"
    r"|legge\s+fr[ae]m|lever|oversend|\bsend|innsend|bidrag|avvik|materiale|oppdater|notat|melding|satsing|årsavslut|bestilling|referat|dokumentasjon|frist\s+for",
)
_MEETING = pattern(
    r"møte(?:t|r)?\b|styringsdialog\b|seminar|konferanse|samling\b|foretaksmøte|tildelingsbrev(?:et)?\b|workshop|besøk",
)
_MEETING_ABOUT = pattern(r"(?<=møte)\s+om\s.*$|(?<=møtet)\s+om\s.*$")
_DAY = pattern(r"(?:0?[1-9]|[12]\d|3[01])\.?")
_DEPARTMENT = pattern(
    r"^(?:(?:departementet|kdd|hod|kd|jd|sd|kld|nfd|fin|dfd|aid|bfd|kud|lmd|fd|ud|ed)\s+\w+er\b|sender\s+tildelingsbrev|regjeringens?\s|stortinget\s|prop\.\s|statsbudsjettet\s|saldert\s|tilbakemelding\s+fr[aå]|departementet\s+(?:sender|gir|ber)|(?:foreløpig\s+|utkast\s+til\s+)?tildelingsbrev|statsbudsjettet\s+legges)",
)


class TableReader:
    """Keeps the header of the table at hand; a table goes on over pages with the same header."""

    def __init__(self, text: str, year: int | None) -> None:
        self.text = text
        self.year = year
        self.table = 0
        self.header: list[str] = []
        self.stem = False

    def forget(self) -> None:
        """A new chapter begins: its first table is not the last one going on over a page."""
        self.header = []

    def read(
        self, block: Block, cells: list[_Cell], section: SectionKind, scope: int, setting: Setting
    ) -> RowsFound:
        """Read one row with two or more filled cells."""
        if block.table != self.table:
            self.table, self.stem = block.table, False
            if _is_header([c[2] for c in cells]):
                self.header = [c[2] for c in cells]
                return RowsFound(True)
            if len(cells) != len(self.header):
                self.header = []
        for reader in (
            self._broken,
            self._money,
            self._parameters,
            self._by_actor,
            self._calendar,
            self._orders,
        ):
            found = reader(block, cells, section, setting)
            if found is not None:
                return found
        return RowsFound(False)

    def _column(self, pattern: Pattern) -> int:
        for index, title in enumerate(self.header):
            if pattern.match(title.lower()):
                return index
        return -1

    def _broken(
        self, block: Block, cells: list[_Cell], section: SectionKind, setting: Setting
    ) -> RowsFound | None:
        """Text that a converter took for a table: a demanding stem in one row makes the next rows its items."""
        joined = " ".join(c[2] for c in cells if c[2])
        if joined.endswith(":") and signals(joined, setting):
            self.stem = True
            return RowsFound(True)
        if not self.stem:
            return None
        left = next(c[0] for c in cells if c[2])
        right = max(c[1] for c in cells if c[2])
        return RowsFound(True, [(left, right, joined, "table_item", 0.5, None, None)])

    def _money(
        self, block: Block, cells: list[_Cell], section: SectionKind, setting: Setting
    ) -> RowsFound | None:
        """Rows of chapters, items and amounts demand nothing."""
        return RowsFound(True) if self._column(_CHAPTER) >= 0 else None

    def _parameters(
        self, block: Block, cells: list[_Cell], section: SectionKind, setting: Setting
    ) -> RowsFound | None:
        """A row of a table of steering parameters or key figures."""
        steer, figure = self._column(_STEER), self._column(_FIGURE)
        fixed = None
        if steer >= 0 or (section is SectionKind.STEERING and figure < 0):
            fixed, column = "steering_parameter", max(steer, 0)
        elif section is SectionKind.KEY_FIGURES or figure >= 0:
            measured = self.header and self._column(_TARGET) >= 0
            fixed, column = "steering_parameter" if measured else "key_figure", max(figure, 0)
        if fixed is None:
            return None
        wordy = [c for c in cells if len(c[2].split()) >= 3]
        cell = (
            cells[column]
            if column < len(cells) and len(cells[column][2].split()) >= 2
            else (wordy[0] if wordy else None)
        )
        found: list[Row] = []
        goal = self._column(_GOAL)
        if steer >= 0 and 0 <= goal < len(cells) and len(cells[goal][2].split()) >= 2:
            left, right, plain = cells[goal]
            found.append((left, right, plain, "table_parameter", 0.75, "goal", None))
        if cell is not None and (not found or cell[0] != found[0][0]):
            found.append((cell[0], cell[1], cell[2], "table_parameter", 0.85, fixed, None))
        return RowsFound(True, found)

    def _by_actor(
        self, block: Block, cells: list[_Cell], section: SectionKind, setting: Setting
    ) -> RowsFound | None:
        """A row of a calendar with a column for each actor: what stands in the addressee's own column is to be done."""
        when = self._column(_WHEN)
        mine = [
            i for i, title in enumerate(self.header) if i and setting.who.pattern.fullmatch(title.lower())
        ]
        if when != 0 or len(mine) != 1 or mine[0] >= len(cells):
            return None
        cell = cells[mine[0]]
        low = cell[2].lower()
        if not low or (_MEETING.search(low) and not _HANDS.search(low)):
            return RowsFound(True)
        fixed = "reporting" if _HANDS.search(low) else "activity"
        value = self._value(cell[2]) or self._value(cells[0][2])
        return RowsFound(True, [(cell[0], cell[1], cell[2], "calendar_row", 0.85, fixed, value)])

    def _calendar(
        self, block: Block, cells: list[_Cell], section: SectionKind, setting: Setting
    ) -> RowsFound | None:
        """A row of a reporting calendar: something to deliver, and when."""
        when = self._column(_WHEN)
        if self._column(_ORDER) >= 0 or (when < 0 and section is not SectionKind.REPORTING):
            return None
        date = cells[when] if 0 <= when < len(cells) and cells[when][2] else self._date_cell(cells)
        date = self._exact_date(cells) or date
        if date is None:
            return RowsFound(True) if when >= 0 else None
        value = self._with_day(self._value(date[2]), cells)
        if self._by_others(cells, setting):
            return RowsFound(True)
        # Where the calendar has a column for the matter, all that stands in it is asked for.
        what, who = self._column(_MATTER), self._column(_WHO)
        named = (
            cells[what][0]
            if when >= 0 and section is SectionKind.REPORTING and 0 <= what < len(cells)
            else -1
        )
        others = {cells[i][0] for i in (who,) if 0 <= i < len(cells)}
        dates = {
            cell[0]
            for title, cell in zip(self.header, cells, strict=False)
            if _WHEN.match(title.lower()) and self._value(cell[2])
        }
        found: list[Row] = []
        for cell in cells:
            low = cell[2].lower()
            if cell is date or not cell[2] or cell[0] in dates or _DEPARTMENT.match(low) or cell[0] in others:
                continue
            if not _DELIVER.search(low) and cell[0] != named:
                continue
            # "Styringsmøte om årsrapporten" is a meeting.
            meeting = _MEETING_ABOUT.sub("", low)
            if _MEETING.search(low) and not re.search(
                r"rapport|innspill|lever|oversend|\bsend", _MEETING.sub("", meeting)
            ):
                continue
            inner = self._value(cell[2])
            if value and inner and len(value) == 7 and inner.startswith(value):
                value = inner
            found.append((cell[0], cell[1], cell[2], "calendar_row", 0.85, "reporting", value))
            break
        return RowsFound(True, found)

    def _with_day(self, value: str | None, cells: list[_Cell]) -> str | None:
        """The month of one column with the day of another ("Mars | 15.")."""
        if value is None or len(value) != 7:
            return value
        days = [c[2] for c in cells if _DAY.fullmatch(c[2])]
        hits = find_dates(f"{value}-{int(days[0].rstrip('.')):02d}", self.year) if len(days) == 1 else []
        return hits[0].value if hits else value

    def _by_others(self, cells: list[_Cell], setting: Setting) -> bool:
        """Whether the column of who is responsible names the ministry, or another body, alone."""
        who = self._column(_WHO)
        if not 0 <= who < len(cells):
            return False
        low = cells[who][2].lower().strip()
        if setting.who.named_in(low):
            return False
        return low in MINISTRIES or (names_other(low) and "/" not in low and " og " not in low)

    def order(self, cells: list[_Cell]) -> tuple[str, _Cell, str | None] | None:
        """The title, the text and the deadline of a row in a table of assignments that has a column for the text."""
        what, text, when = self._column(_ORDER), self._column(_TEXT), self._column(_WHEN)
        if what < 0 or when < 0 or not what != text >= 0 or text >= len(cells):
            return None
        title = cells[what][2] if what < len(cells) else ""
        return title, cells[text], (self._value(cells[when][2]) if when < len(cells) else None)

    def due(self, cells: list[_Cell]) -> str | None:
        """The date in the column for deadlines, else that of a cell which holds nothing but a date."""
        when = self._column(_WHEN)
        if 0 <= when < len(cells):
            return self._value(cells[when][2])
        cell = self._date_cell([c for c in cells[1:] if c[2][:1].isdigit() and len(c[2]) <= 20])
        return self._value(cell[2]) if cell else None

    def _date_cell(self, cells: list[_Cell]) -> _Cell | None:
        for cell in cells:
            if len(cell[2]) <= 40 and self._value(cell[2]):
                return cell
        return None

    def _exact_date(self, cells: list[_Cell]) -> _Cell | None:
        """The cell of a second column of dates that tells the day, where the first tells the month ("Mars | 16.3.")."""
        columns = [i for i, title in enumerate(self.header[: len(cells)]) if _WHEN.match(title.lower())]
        exact = [cells[i] for i in columns if len(self._value(cells[i][2]) or "") == 10]
        return exact[0] if len(columns) > 1 and len(exact) == 1 else None

    def _value(self, plain: str) -> str | None:
        plain = _MONTH_DAY.sub(r"\2. \1", plain)
        hits = find_dates(plain, self.year)
        return hits[0].value if hits else None

    def _orders(
        self, block: Block, cells: list[_Cell], section: SectionKind, setting: Setting
    ) -> RowsFound | None:
        """A row of a table of assignments with a column for the deadline."""
        what, when = self._column(_ORDER), self._column(_WHEN)
        if what < 0 or when < 0:
            return None
        if what >= len(cells) or len(cells[what][2].split()) < 3:
            return RowsFound(True)
        cell = cells[what]
        value = self._value(cells[when][2]) if when < len(cells) else None
        low = cell[2].lower()
        fixed = "reporting" if _REPORT.match(low) or hands_over(low) else "assignment"
        return RowsFound(True, [(cell[0], cell[1], cell[2], "table_assignment", 0.8, fixed, value)])


_DATE_FIRST = pattern(r"^(?P<date>[^:–-]{3,28}?)\s*(?::|\s[–-]\s)\s*(?P<matter>\S.{3,})$")
_DATE_LAST = pattern(
    r"^(?P<matter>\S[^:]{3,90}?)\s*(?::|\s[–-]\s|,\s*(?:frist|innen|innan|senest|seinast))\s*(?P<date>(?:frist\s+|innen\s+|senest\s+)?\d[^:]{1,24})$"
)


def calendar_line(plain: str, year: int | None) -> tuple[str, str] | None:
    """The date and the matter of a line that holds nothing else ("15. mars: Årsrapport"); the matter is "" for a meeting."""
    for rule in (_DATE_FIRST, _DATE_LAST):
        match = rule.match(plain)
        hits = find_dates(match["date"], year) if match else []
        if match is None or not hits or len(match["date"]) - (hits[0].end - hits[0].start) > 10:
            continue
        low = match["matter"].lower()
        meets = _MEETING.search(low) and not _HANDS.search(_MEETING.sub("", low))
        if meets or _DEPARTMENT.match(low):
            return hits[0].value, ""
        return (hits[0].value, match["matter"]) if _DELIVER.search(low) else None
    return None


def _is_header(cells: list[str]) -> bool:
    filled = [c for c in cells if c]
    return (
        len(filled) >= 2
        and all(len(c) <= 45 for c in filled)
        and any(p.match(c.lower()) for c in filled for p in (_WHEN, _WHAT, _ORDER, _STEER, _FIGURE, _CHAPTER))
    )
