"""Read dates and deadlines out of Norwegian text: ISO 8601 dates, months and years.

A date binds only where the words around it make it a deadline ("innen", "senest", "frist", "i løpet av"); a date inside a
reference ("brev av 3. mars 2026") does not.
"""

import calendar
import re
from dataclasses import dataclass

from tillitsrom.reading.words import pattern

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan", "februar feb", "mars", "april apr", "mai", "juni jun", "juli jul", "august aug",
            "september sept sep", "oktober okt", "november nov", "desember des",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_ORDINAL = r"(?:1|2|3|4|første|fyrste|andre|annet|tredje|fjerde)\.?"
_DATE = pattern(
    rf"""
  \b(?=[0-9adfhjmnostuvå])(?:
    (?P<iy>20\d\d)-(?P<im>\d\d)-(?P<id>\d\d)\b
  | (?P<d>\d{{1,2}})\s?[.]\s?(?P<m>\d{{1,2}})\s?[.]\s?(?P<y>20\d\d|\d\d)\b(?!\.\d)
  | (?P<sd>\d{{1,2}})/(?P<sm>\d{{1,2}})(?:[-–/ ](?P<sy>20\d\d|\d\d))?\b
  | (?P<wd>\d{{1,2}})\.?\s?(?P<wm>{_MONTH})\b(?:\s+(?P<wy>20\d\d))?
  | (?:utgangen|slutten|utløpet|utlaupet)\s+av\s+(?:(?P<em>{_MONTH})\b(?:\s+(?P<ey>20\d\d))?|(?P<eyy>20\d\d)\b
      |(?P<eyear>året|kalenderåret|budsjettåret|inneværende\s+år|inneverande\s+år)(?:\s+(?P<eyn>20\d\d))?)
  | (?P<turn>årsskiftet|årets\s+slutt|årets\s+utgang)(?:\s+(?P<ty>20\d\d)(?:/(?:20)?\d\d)?)?
  | (?P<half>{_ORDINAL})\s*halv(?:år|del\s+av)(?:et)?(?!\w)(?:\s+(?P<hy>20\d\d))?
  | (?P<tert>{_ORDINAL})\s*tertial(?:et)?(?!\w)(?:\s+(?P<tey>20\d\d))?
  | (?P<quar>{_ORDINAL})\s*kvartal(?:et)?(?!\w)(?:\s+(?P<qy>20\d\d))?
  | (?<![\d.§]\s)(?<![\d.])\b(?P<nd>[0-3]?\d)\.(?P<nm>0[1-9]|1[0-2]|[1-9](?=\.(?:\s|$)))\b(?:\.?\s(?P<ny>20\d\d)\b)?(?!\.?\d|\s*(?:prosent|pst|mill|mrd|%))
  | (?P<mm>{_MONTH})\b(?:\s+(?P<my>20\d\d))?
  | (?:våren?|sommeren?|høsten?|hausten?|vinteren?)\s+(?P<ssy>20\d\d)\b
  | (?<=løpet\sav\s)(?P<season>året|kalenderåret|budsjettåret|inneværende\s+år|inneverande\s+år|våren|sommeren|høsten|hausten|vinteren)\b
  | (?P<yy>20\d\d)\b(?![-–/]\d)
  )
    """,
    re.VERBOSE,
)
_ORDINALS = {"første": 1, "fyrste": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4}
_DIGIT = pattern(r"\d")
_DATE_WORDS = (
    "utgangen", "utløpet", "utlaupet", "slutten av", "årsskiftet", "halvår", "halvdel", "tertial", "kvartal", "løpet av ", "januar", "februar", "mars", "april", "mai", "juni", "juli",
    "august", "september", "oktober", "november", "desember", )  # fmt: skip
# What stands just before a date and makes it a deadline.
_BINDING = pattern(
    r"(?:\b(?:innen|innan|ved(?=\s+(?:utgangen|slutten|utløpet)\s)|seinast|senest|frist(?:en)?(?:\s+(?:er|for\s+\w+(?:\s+\w+){0,5}\s+er|til|den|settes\s+til|blir|vert))?\s*:?"
    r"|i\s+løpet\s+av|ila\.?|før|ferdig(?:stilles)?|foreligge|på\s+plass|klare?(?:\s+til\s+\w+)?|klart|levere[st]?|oversende[st]?|oversendt|sende[st]?|departementet"
    r"|ferdigstilt|medio|ultimo|primo|til\s+og\s+med|t\.o\.m\.?|fram\s+til|frem\s+til|til)"
    r"(?:\s+(?:den|dato|utgangen\s+av|utløpet\s+av|begynnelsen\s+av|midten\s+av|slutten\s+av|og\s+med))?"
    r"(?:\s+(?:henholdsvis|hhv\.?))?(?:\s+(?:mandag|tirsdag|onsdag|torsdag|fredag))?)\s*:?\s*(?:den\s+)?$",
)
_REFERENCE = pattern(
    r"\b(?:av|per|pr\.?|etter|for|datert|dato|fra|frå|mottatt|publisert|brev|hadde\s+frist|har\s+frist|hadde\s+opprinnelig\s+frist|vedtatt|hvert\s+år\s+siden"
    r"|gitt|sendt|levert|siden|sidan)\s+(?:den\s+)?$",
)
# A report of the year that is over: its deadline stands in the year after.
_OF_YEAR = pattern(
    r"\b(?:årsrapport|årsregnskap|årsrekneskap|årlig\s+melding|årleg\s+melding)\w*(?:\s+og\s+\w+)?\s+(?:for|frå|fra)\s+(20\d\d)\b"
)
_AT_MEETING = pattern(r"\b(?:på|i|til|før)\s+(?:\w+\s+){0,2}?\w*møt(?:et|e)\s+(?:den\s+)?$")
_IN_MONTH = pattern(
    r"\b(?:(?:over)?(?:send|lever)(?:e[rs]?|ast)|rapportere[rs]?|rapporterast|orientering|orientere[rs]?|legge[s]?\s+fr[ae]m|leggjast\s+fram|frem?legges|gjennomføre[s]?|gjennomførast"
    r"|presentere[s]?|publisere[s]?|publiserast|(?:tas?|takast)\s+i\s+bruk|ta\s+i\s+bruk|gis|gjevast|foreligge|liggje\s+føre|ferdig\w*|ferdigstille[s]?|(?:være|vere)\s+ferdig\w*)\b[^.;]{0,80}\bi\s+$"
)
_IN_YEAR = pattern(r"\bi\s+(?:løpet\s+av\s+)?(20\d\d)\b(?!\s*[-–/]\s*\d)")
_FRIST = r"^\W*(?:(?:endelig|tentativ|ny|samlet|felles|foreløpig|utsatt|endeleg)\s+)?(?:svar|leverings|rapporterings)?(?:frist(?:en|er|ar|ene)?|leveringsdato)\b"
_POINTS = pattern(
    r"\b(?:frist(?:en)?(?:\s+for)?(?=\s+[a-h](?:\)|\s*(?:[:,–-]|og\b)))|punkt\w*|pkt\.?|del|deloppdrag|oppdrag|bokstav|nr\.?|leveranse)(?:\s+\(?|\s*\()(?P<first>\d{1,2}|[a-h]\b)\)?"
    r"(?P<more>(?:\s*(?:,|og|-|–|til)\s*(?:\d{1,2}|[a-h])\)?(?![\w.]*\.\d))*)(?![\w.]*\.\d)",
)
_POINT = pattern(r"\d{1,2}|\b[a-h]\b")
_RANGE = pattern(r"(\d{1,2})\)?\s*(?:-|–|til)\s*(\d{1,2})")
_FRIST_START = pattern(_FRIST)
_LINE = pattern(
    _FRIST
    + r"[^:.;\d]{0,60}?\b(?:punkt|pkt\.?|del|oppdrag|deloppdrag|bokstav|nr\.?)\s*\(?(?P<point>\d{1,2}|[a-h])\)?(?![\w.]*\.\d)[^:.;\d]{0,40}?"
    r"(?:\s*[:–-]\s*|\s+(?:er|settes\s+til|blir|vert)\s+)",
)
_LINE = pattern(
    _FRIST
    + r"[^:.;\d]{0,120}?(?:\s*[:–-]\s*|\s+(?:er|settes\s+til|blir|vert)\s+|\s+(?=\(?\d|den\b|innen|innan|senest|seinast|utgangen|i\s+løpet))",
)
# "Frist for å sende planen er 20. mai" asks for something itself, and holds for nothing else.
_ASKS_ITSELF = pattern(r"^\W*(?:ny\s+|endelig\s+|endeleg\s+)?frist(?:en)?\s+for\s+å\s+\w+e\b")
# "Oppdraget skal være ferdig 15. november" says when, and nothing more.
_DONE_BY = pattern(
    r"^\W*(?:oppdraget|deloppdraget|arbeidet|utredningen|utgreiinga|tiltaket|leveransen)\s+(?:skal|må)\s+(?:være|vere)\s+"
    r"(?:ferdig\w*|fullført|avsluttet|avslutta|gjennomført|levert)\s+(?P<rest>[^,;]{0,50})$"
)
_MODAL = pattern(r"\b(?:skal|må|bes)\b")
_LEADING_DATE = pattern(
    r"^\W*(?:frist(?:en)?\b\W*)?(?:settes|avklares|fastsettes|etter\s+avtale|løpende|ikke\s+fastsatt|senere)",
)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date in the text: where it stands and its value. `exact` is false for a month or a year alone."""

    start: int
    end: int
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """What a deadline line says. `points` names the parts of the assignment it holds for, when it names any; `specific`
    tells that it names one product among several ("Frist for oversendelse av utkastet er …")."""

    value: str | None
    points: tuple[str, ...] = ()
    specific: bool = False


class CorrectedDate(str):
    """A date that the document states impossibly ("31. juni"), as the month's last day. It is a plain ISO date to all that
    read it, and carries the mark along until the requirement is flagged."""


class LooseYear(str):
    """A year that only "i løpet av året" or a season binds: a line that closes the assignment says more."""

    __slots__ = ()


def _day(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    last = calendar.monthrange(year, month)[1]
    value = f"{year:04d}-{month:02d}-{min(day, last):02d}"
    return value if day <= last else CorrectedDate(value)


def _month_end(month: int, year: int | None) -> str | None:
    return _day(year, month, calendar.monthrange(year, month)[1]) if year else None


def _year(raw: str | None, default: int | None) -> int | None:
    if raw is None:
        return default
    number = int(raw)
    return number + 2000 if number < 100 else number


def _ordinal(raw: str) -> int:
    raw = raw.rstrip(".").lower()
    return int(raw) if raw.isdigit() else _ORDINALS[raw]


_PERIOD = pattern(r"\b(?:løpet|utgangen|utløpet|slutten|midten|begynnelsen|starten|innan|halvdel)\s+av\s+$")


def _refers(before: str) -> bool:
    """Whether the words before a date make it part of a reference ("brev av 3. mars")."""
    return _REFERENCE.search(before) is not None and _PERIOD.search(before) is None


def _value(match: "re.Match[str]", year: int | None) -> tuple[str | None, str]:
    g = match.group
    if g("iy"):
        return _day(int(g("iy")), int(g("im")), int(g("id"))), "day"
    for of_day, of_month, of_year in (("d", "m", "y"), ("sd", "sm", "sy"), ("nd", "nm", "ny")):
        if g(of_day):
            return _numeric(g(of_day), g(of_month), _year(g(of_year), year)), "day"
    if g("wd"):
        return _numeric(g("wd"), str(_MONTHS[g("wm").lower()]), _year(g("wy"), year)), "day"
    if g("em"):
        return _month_end(_MONTHS[g("em").lower()], _year(g("ey"), year)), "day"
    if g("eyy") or g("eyear") or g("turn"):
        return _numeric("31", "12", _year(g("eyy") or g("eyn") or g("ty"), year)), "day"
    for name, raw_year, months in (("half", "hy", 6), ("tert", "tey", 4), ("quar", "qy", 3)):
        if g(name):
            month = _ordinal(g(name)) * months
            return (_month_end(month, _year(g(raw_year), year)) if month <= 12 else None), "period"
    if g("mm"):
        at = _year(g("my"), year)
        return (f"{at:04d}-{_MONTHS[g('mm').lower()]:02d}" if at else None), "month"
    return (g("ssy") or g("yy") or (LooseYear(year) if year else None)), "year"


def _numeric(day: str, month: str, year: int | None) -> str | None:
    return _day(year, int(month), int(day)) if year else None


def find_dates(text: str, year: int | None) -> list[DateHit]:
    """Every date in the text. A date without a year gets the document's, or the one after a year that is reported on."""
    text = text.lower()
    told = _OF_YEAR.search(text) if "år" in text else None
    if told:
        year = int(told.group(1)) + 1
    hits = []
    for match in _DATE.finditer(text):
        value, kind = _value(match, year)
        if value is not None:
            hits.append(DateHit(match.start(), match.end(), value, kind))
    return hits


def _hints(text: str) -> bool:
    """Whether anything in the text may be part of a date. Few sentences hold a digit or the name of a month."""
    return _DIGIT.search(text) is not None or any(word in text for word in _DATE_WORDS)


def sentence_deadline(text: str, year: int | None) -> str | None:
    """The deadline that a sentence sets itself, or None."""
    text = text[:_LONGEST].lower()
    if not any(word in text for word in _BINDERS) or not _hints(text):
        return None
    condition = text.find(",") if text.startswith(_CONDITIONS) else 0
    for hit in find_dates(text, year):
        if hit.start < condition:
            continue
        before = text[max(0, hit.start - 60) : hit.start]
        starts = hit.kind in ("day", "month") and before.endswith(("fra ", "frå "))
        if starts and _STARTS.search(text[: hit.start]):
            return hit.value
        if _refers(before) or (year and int(hit.value[:4]) < year):
            continue
        if _binds(before, hit) or _bound_by_event(text, before, hit):
            return hit.value
    found = _IN_YEAR.search(text)
    return found.group(1) if found and year and found.group(1) == str(year) and _delivers(text) else None


def _bound_by_event(text: str, before: str, hit: DateHit) -> bool:
    """Whether a date without a binding word is when something is to be handed over: at a meeting, in a month."""
    if before.endswith("ved ") and text.startswith(("utgangen", "slutten"), hit.start):
        return True
    if hit.kind == "day":
        return _AT_MEETING.search(before) is not None and _PRESENTED.search(text) is not None
    if hit.kind != "month":
        return False
    low = max(0, hit.start - 160)
    told = _IN_MONTH.search(text[low : hit.start])
    if told is None or " som " in told.group():
        return False
    # "… etter malen som departementet sender ut i november": not what is asked for.
    at = low + told.start()
    return _OF_OTHERS.search(text, max(0, at - 40), at) is None


_STARTS = pattern(
    r"\b(?:start\w*|iverksett\w*|innfør\w*|etabler\w*|ta\s+i\s+bruk|ha\s+oppdaterte?|har\s+oppdaterte?|gjelde|tre\s+i\s+kraft)\b[^.;]{0,90}\bfr[aå]\s+$"
)
_PRESENTED = pattern(
    r"\b(?:legge[s]?\s+fr[ae]m|leggjast\s+fr[ae]m|frem?legges|framlegges|presenter\w*|orienter\w*|redegjør\w*|gjere\s+greie|leveres?|foreligge)\b"
)
_OF_OTHERS = pattern(r"\bsom\s+(?:\S+\s+){0,3}$")
_LONGEST = 2_500
# "Dersom det i løpet av året blir klart at …, skal …": when something may happen is no deadline.
_CONDITIONS = ("dersom ", "hvis ", "viss ")
_BINDERS = (
    "til ", "klar", "på plass", "foreligge", "innen", "fra ", "frå ", "send", "lever", "innan", "ved utgangen", "ved slutten", "senest", "seinast", "frist", "løpet", "ila", "før ", "ferdig", "medio", "ultimo", "primo",
    "departementet ", "i 20", "møte", "rapporter", "gjennomf", "presenter", "publiser", "i bruk", "gis ", "gjevast", )  # fmt: skip


def _binds(before: str, hit: DateHit) -> bool:
    match = _BINDING.search(before)
    if match is None:
        return False
    word = match.group().lower()
    if re.match(r"(?:til|før|departementet|fram|frem|send|lever|foreligge|på|klar)", word):
        return hit.kind == "day"
    if hit.kind == "year":
        # "innen 2030" is an aim far ahead as often as a deadline; only the words that bind a year count.
        return "løpet" in word or "frist" in word or "innen" in word or "utgangen" in word
    return True


_DELIVER = pattern(
    r"\b(?:skal|bes|ber|bed|må)\b.{0,120}?\b(?:forbedr|oppgrader|forenkl|skriv|publiser|arranger|greie\s+ut|byggje\s+opp|set(?:te|je)\s+i\s+verk|gjennomfør|utarbeid|utvikl|etabler|lever|kartlegg|utred|ferdigstill|lag|legg|evaluer"
    r"|revider|iverksett|innfør|start|igangsett|utform|vurder|analyser|opprett)\w*|\bskal\s+i\s+20\d\d\s+\w+",
)
_SOFT_YEAR = pattern(
    r"\b(?:viderefør|vidarefør|fortsett|halde\s+fram|prioriter|bidra|le?gg\w*\s+(?:\w+\s+){0,2}vekt|legge\s+(?:\w+\s+){0,6}til\s+grunn)\w*\b"
)


def _delivers(text: str) -> bool:
    return bool(_DELIVER.search(text)) and not _SOFT_YEAR.search(text)


def asks_itself(text: str, year: int | None) -> str | None:
    """The date of a deadline sentence that is a demand of its own ("Frist for å sende planen er 20. mai"), or None."""
    if "rist" not in text[:24]:
        return None
    low = text[:_LONGEST].lower()
    return _first_date(low, year) if _ASKS_ITSELF.match(low) else None


def deadline_lines(text: str, year: int | None) -> tuple[DeadlineLine, ...]:
    """The deadlines that the text names when it is a deadline line ("Frist: 30. juni 2026"); empty when it is none.

    A line may name several points, each with a date. `value` is None where it says that the deadline is set later.
    """
    head = text[:24].lower()
    if "frist" not in head and "leveringsdato" not in head and "skal v" not in head and "må v" not in head:
        return ()
    text = text[:_LONGEST].lower()
    done = _DONE_BY.match(text) if "skal v" in head or "må v" in head else None
    if done:
        value = _first_date(done["rest"], year)
        return (DeadlineLine(value),) if value else ()
    if "frist" not in head and "leveringsdato" not in head:
        return ()
    if _ASKS_ITSELF.match(text):
        return ()
    pointed = _pointed(text, year) if _FRIST_START.match(text) else ()
    if pointed:
        return pointed
    match = _LINE.match(text)
    if match is None or _MODAL.search(match.group()):
        return ()
    rest = text[match.end() :]
    if not rest.strip():
        return ()
    if _LEADING_DATE.match(rest):
        return (DeadlineLine(None),)
    value = _first_date(rest, year)
    if value is None and ":" not in match.group():
        return ()
    return (DeadlineLine(value, (), _is_specific(match.group())),)


def _first_date(text: str, year: int | None) -> str | None:
    for hit in find_dates(text, year):
        if not _refers(text[max(0, hit.start - 60) : hit.start]):
            return hit.value
    return None


def _pointed(text: str, year: int | None) -> tuple[DeadlineLine, ...]:
    marks = list(_POINTS.finditer(text[:400]))
    lines = []
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        value = _first_date(text[mark.end() : end], year)
        if value is None:
            continue
        points = [mark.group("first").lower(), *_POINT.findall(mark.group("more").lower())]
        spread = _RANGE.search(mark.group("first") + mark.group("more"))
        if spread:
            points = [str(n) for n in range(int(spread.group(1)), min(int(spread.group(2)), 30) + 1)]
        lines.append(DeadlineLine(value, tuple(points)))
    return tuple(lines)


def _is_specific(head: str) -> bool:
    """Whether the words between "frist" and the date name one product among several."""
    at = head.lower().find(" for ")
    if at < 0:
        return False
    words = [w for w in re.findall(r"[^\W\d_]{5,}", head[at:].lower()) if not _GENERAL.match(w)]
    return len(words) >= 2


_GENERAL = pattern(
    r"(?:leverans|levering|oppdrag|deloppdrag|svar|besvarels|endelig|endeleg|gjennomføring|innlevering|arbeid|settes|rapportering|samlet|ferdigstill)\w*$"
)
