"""Interpret headings, titles of assignments and stems of lists: what kind of text follows after them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tillitsrom.reading.words import pattern


class SectionKind(StrEnum):
    """What a chapter holds, as far as its heading says."""

    OTHER = "other"
    CONTENTS = "contents"
    GOALS = "goals"
    STEERING = "steering"
    KEY_FIGURES = "key_figures"
    ASSIGNMENTS = "assignments"
    REPORTING = "reporting"
    BUDGET = "budget"
    BACKGROUND = "background"
    GUIDELINES = "guidelines"
    AUTHORITY = "authority"
    CLOSING = "closing"
    TASKS = "tasks"


LISTS = frozenset({SectionKind.GOALS, SectionKind.STEERING, SectionKind.KEY_FIGURES})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, understood: its text without markup and number, its level, and the kind of section it opens."""

    title: str
    level: int
    number: str
    kind: SectionKind


_MARKUP = pattern(r"<[^<>]*>|[*_`]{1,3}|\\(?=[*_.\-#])")
_ENTITIES = (("&nbsp;", " "), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))


def clean(raw: str) -> str:
    """The text without markup and with single spaces: what the rules read."""
    # One look for each character is several times faster than a pattern for all of them.
    marked = "*" in raw or "<" in raw or "_" in raw or "`" in raw or "\\" in raw
    if not marked and "\n" not in raw and "  " not in raw and "&" not in raw and "\t" not in raw:
        return raw
    if "&" in raw:
        for entity, char in _ENTITIES:
            raw = raw.replace(entity, char)
    return " ".join((_MARKUP.sub("", raw) if marked else raw).split())


_NUMBER = pattern(r"^(?:(?:kapittel|kap\.?|del|vedlegg)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?:?\s+(?=\S)")
_KINDS = (
    (
        SectionKind.BACKGROUND,
        pattern(
            # "Bakgrunn og rammer" holds the bounds as well.
            r"^(?:nærmere\s+)?(?:bakgrunn\w*(?!\s+og\s+(?:\w+\s+)?(?:ramm|føring|forutset|føreset|oppgave|oppgåv|hovudtrekk|oppdrag|prioritering))|formål(?:et)?|føremål(?:et)?|om oppdraget)\b"
        ),
    ),
    (
        SectionKind.CONTENTS,
        pattern(r"^(?:innhold(?:sfortegnelse|sliste)?|innhald(?:sliste)?|inneholder)\W*$"),
    ),
    (
        SectionKind.CLOSING,
        pattern(
            r"^(?:med (?:vennlig )?hilsen|med (?:vennleg )?helsing|kopi(?:mottakere)?|vedlegg(?:sliste|ene|a)?)\W*$",
        ),
    ),
    (
        SectionKind.STEERING,
        pattern(
            r"^(?:\w+\s+){0,2}(?:styringsparamet\w+|styringsindikator\w*|resultatkrav\w*|resultatmål\w*|resultatindikator\w*)(?:\s+(?:og|for|i|til|med)\s.{0,50})?\W*$",
        ),
    ),
    (
        SectionKind.KEY_FIGURES,
        pattern(
            r"^(?:følgende\s+|følgjande\s+)?nøkkeltal\w*\s[^:]{2,45}:$|^(?:\w+\s+)?(?:nøkkeltal\w*|indikatorer|analyseindikator\w*|nøkkelindikator\w*)(?:\s+(?:og|for|i)\s.{0,40})?\W*$",
        ),
    ),
    (
        SectionKind.GOALS,
        pattern(
            r"^(?:(?:overordn\w*|nasjonale|strategiske|langsiktige|felles|faglige|viktigste)\s+)?(?:hoved|hovud|del|under|sektor|effekt|bruker|brukar|samfunns|virksomhets|verksemds|tjeneste)?(?:mål(?:a|ene|sett\w*|setning\w*)?|(?<=samfunns)effekt(?:er|ar)?|(?<=bruker)effekt(?:er|ar)?|(?<=brukar)effektar)(?:\s+(?:for|i)\s.{0,50})?\W*$",
        ),
    ),
    (
        SectionKind.ASSIGNMENTS,
        pattern(
            r"^(?!.*\b(?:trekkes|trekkast|trukket|utgår|bortfaller|avsluttes|avslutta)\b)(?!beskrivelse|skildring|nærmere|om\s|mål|frist)(?:\w+\s+){0,3}(?:oppdrag(?:a|ene|et)?|enkeltoppdrag|oppdragsliste)(?:\s+(?:i|for|til|fra|og|under|knyttet|på|gitt)\s.{0,60})?\W*$"
            r"|^(?:nye\s+oppdrag|presisering\w*\s+av\s+(?:tidligere\s+)?oppdrag|særskilte\s+oppdrag)\b",
        ),
    ),
    (SectionKind.AUTHORITY, pattern(r"fullmakt")),
    (
        SectionKind.REPORTING,
        pattern(
            r"rapporter|styringsdialog|kalender|årshjul|årsrapport|resultatoppfølging|oppfølging og dialog|styrings- og",
        ),
    ),
    (
        SectionKind.BUDGET,
        pattern(
            r"budsjett|tildeling|bevilgning|løyving|\bkap\.\s*\d|\bpost\s+\d|tilskudd|tilskot|økonomiske ram|midler|finansiering av",
        ),
    ),
    (
        SectionKind.GUIDELINES,
        pattern(
            r"^(?:[\wæøå]+\s+){0,2}(?:felles)?føring(?:er|ar|ene|ane)?\b|^(?:særlige |særlege )?(?:hoved|hovud)?prioritering|retningslinj",
        ),
    ),
)


# "Prioriterte oppgaver", "Andre forutsetninger og krav": what follows is no longer a list of goals or parameters.
_TASKS_CHAPTER = pattern(
    r"^(?:(?:prioriterte|nye|viktige|sentrale|konkrete|øvrige|særlige|særskilte|spesielle|andre|faste|løpende|øvrige)\s+)?(?:oppgaver|oppgåver|aktiviteter|aktivitetar|satsinger|satsingar|satsningsområder|satsingsområder|tiltak)"
    r"(?:\s+(?:i|for|og)\b.{0,50})?\W*$|^(?:andre|øvrige)\s+(?:forutsetninger|føresetnader|krav|forhold|forventninger)(?:\s+og\s+\w+)?\W*$"
)


def read_heading(raw: str, level: int) -> Heading:
    """Understand a heading. A numbered heading's level is the number of its parts, which converters keep better."""
    text = clean(raw)
    match = _NUMBER.match(text.lower())
    number, title = (match.group(1), text[match.end() :]) if match else ("", text)
    kind = section_kind(title)
    return Heading(title, number.count(".") + 1 if number else level, number, kind)


_YEAR_END = pattern(r"\s+(?:for\s+|i\s+)?20\d\d\W*$")
# The document's own title opens no section.
_DOCUMENT = pattern(
    r"tildelings?brev|tildelingsskriv|oppdragsdokument|oppdragsbrev|instruks\b|disponeringsskriv"
)


def section_kind(title: str) -> SectionKind:
    """The kind of section that a heading opens."""
    low = _YEAR_END.sub("", title.lower())
    if len(title) > 120 or _DOCUMENT.search(low):
        return SectionKind.OTHER
    for kind, words in _KINDS:
        if words.search(low):
            return kind
    return SectionKind.TASKS if _TASKS_CHAPTER.match(low) else SectionKind.OTHER


_ASSIGNMENT = pattern(
    r"^\W*(?:(?:[Oo]ppdrag(?:snr|snummer)?|deloppdrag|ID)\s*(?:nr\.?)?\s*:?\s*)?"
    r"(?P<id>T{0,2}TB\s?-?20\d\d\s?[-–]\s?\d{1,3}[a-z]?|[A-ZÆØÅ]{2,6}\s?-?20\d\d\s?[-–/.]\s?\d{1,3}|[A-ZÆØÅ]{2,6}[ -]\d\d\s?/\s?\d{1,3}(?![\d/])|20\d\d\s?[-–]\s?\d{1,3}(?!\d))\b"
)
_NAMED = pattern(
    r"^\W*(?:(?:del|tilleggs|sær|hoved)?oppdrag|tiltak(?=\s+[a-zæøå]*-?\d+\s*[:.–-]))\s+(?:nr\.?\s*)?"
    r"(?P<no>(?:[a-zæøå]{1,6}[- ]?)?\d{1,3}(?:\.\d{1,2})*[a-z]?|[a-h](?=\s*[:.–-]))(?!\w)\s*[:.–-]?\s*(?!skal|må|og|er)"
)


# "(O-14) Elvemusling", "O-15 Kunnskap om myr"
_CODED = pattern(
    r"^\W*(?:\((?P<id>[A-ZÆØÅ]{1,5}[- ]?\d{1,3})\)|(?P<bare>(?!EU|EØ|NS)[A-ZÆØÅ]{1,2}-\d{1,2}):?)\s+(?=[A-ZÆØÅ«])"
)


def assignment_name(plain: str) -> tuple[str, int] | None:
    """The name of the assignment that a title begins with, and where the title's own words begin."""
    match = _ASSIGNMENT.match(plain) if "20" in plain[:40] or "/" in plain[:24] else None
    if match:
        return re.sub(r"\s", "", match.group("id")).replace("–", "-"), match.end()
    head = plain[:24].lower()
    named = _NAMED.match(plain.lower()) if "oppdrag" in head or "tiltak" in head else None
    coded = _CODED.match(plain) if named is None and ("-" in head or ")" in head) else None
    if coded:
        return (coded["id"] or coded["bare"]), coded.end()
    return (f"Oppdrag {named.group('no').upper()}", named.end()) if named else None


_NAME_LAST = pattern(
    r"\((?:T{0,2}TB\s?-?20\d\d\s?[-–]\s?\d{1,3}[a-z]?|[A-ZÆØÅ]{2,6}[ -](?:20)?\d\d\s?[-–/.]\s?\d{1,3}|(?i:oppdrag)\s+\d{1,3})\)\W*$"
)


def is_named_last(plain: str) -> bool:
    """Whether a line is the title of an assignment with its name in brackets at the end, as a cover lists them."""
    return plain.rstrip(" .*").endswith(")") and _NAME_LAST.search(plain) is not None


_TITLED = pattern(r"^(?:nytt\s+|nye\s+|tilleggs|del)?oppdrag(?:et)?(?:\s+om\s+|\s*[:–-]\s+)\S")


def is_titled_assignment(title: str) -> bool:
    """Whether a title calls what follows an assignment without numbering it ("Oppdrag om …")."""
    return "oppdrag" in title[:18].lower() and len(title) < 200 and _TITLED.match(title.lower()) is not None


class StemKind(StrEnum):
    """What the sentence before a list makes of its items."""

    DEMAND = "demand"
    GOALS = "goals"
    KEY_FIGURES = "key_figures"
    STEERING = "steering"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stem:
    """The sentence before a list."""

    kind: StemKind
    text: str = ""
    background: bool = False


_GOAL_STEM = pattern(
    r"\b(?:hoved|hovud|del|sektor|effekt|bruker|brukar|samfunns|resultat|virksomhets|verksemds)?mål(?:a|ene|et|setning\w*)?\b[^:]{0,80}:\W*$",
)
_ORDER_STEM = pattern(
    r"\b(?:følgende|følgjande|desse|disse)\s+(?:\S+\s+){0,3}?(?:del)?(?:oppdrag\w*|oppgåv\w*|oppgave\w*|leveranse\w*|delleveranse\w*|føring\w*|krav|prioritering\w*)\b"
    r"|\b(?:om\s+)?å\s*:\W*$|^\W*(?:i\s+dette\s+ligger|dette\s+inneb(?:ærer|er)|oppdraget\s+(?:omfatter|innebærer|inneber|omfattar|består\s+av)|herunder\s+skal)\b",
)
_PAST = pattern(
    r"\b(?:kan|har|ble|vart|fikk|hadde|er\s+gitt|er\s+blitt|er\s+bed(?:t|d|e|en)|tildeles|meldingar?|meldinger)\b"
)


def is_goal_stem(plain: str) -> bool:
    """Whether the list that follows holds goals."""
    return _GOAL_STEM.search(plain.lower()) is not None and "måloppnå" not in plain


_FIGURES = pattern(r"\bnøkkeltal\w*\b[^:]{0,60}:\W*$")
_SHARED_OUT = pattern(
    r"\b(?:fordeles|fordelast|fordeler\s+seg|fordeler\s+vi|disponeres|disponerast|(?:blir|vert)\s+fordel(?:t|te))\s+(?:slik|som\s+følger|på\s+følgende|på\s+følgjande|på\s+denne)\b[^:]*:\W*$"
)


def is_figure_stem(plain: str) -> bool:
    """Whether the list that follows holds key figures ("… følgende nøkkeltall:")."""
    return "nøkkeltal" in plain.lower() and _FIGURES.search(plain.lower()) is not None


_STEERING = pattern(r"\b(?:styringsparamet\w*|styringsindikator\w*|resultatkrav\w*)\b[^:]{0,60}:\W*$")


def is_steering_stem(plain: str) -> bool:
    """Whether the list that follows holds steering parameters ("… vurderes ut fra disse styringsparameterne:")."""
    low = plain.lower()
    return ("styring" in low or "resultatkrav" in low) and _STEERING.search(low) is not None


def is_money_stem(plain: str) -> bool:
    """Whether the list that follows shares out money, each item saying what its sum is for."""
    return _SHARED_OUT.search(plain.lower()) is not None


_TASKS = pattern(
    r"^\W*(?:(?:nye|prioriterte|viktige|sentrale|konkrete|øvrige|særlige|andre)\s+)?(?:oppgaver|oppgåver|aktiviteter|aktivitetar|leveranser|leveransar|gjøremål)"
    r"(?:\s+(?:(?:i|for)\s+)?(?:20\d\d|året|perioden))?\s*:\W*$"
    r"|^\W*(?:i\s+20\d\d\s+er\s+)?(?:oppgavene|oppgåvene|(?:del)?leveransene|(?:del)?leveransane|deloppdragene|deloppdraga)(?:\s+(?:i\s+20\d\d\s+)?er)?(?:\s+å)?\s*:\W*$"
    r"|^\W*(?:opp(?:draget|gaven|gåva)|arbeidet)\s+(?:er\s+(?:to|tre|fire)delt|er\s+delt\s+i\s+\w+|inneholder|inneheld|har\s+\w+\s+del(?:er|ar))\s*:\W*$"
    r"|^\W*(?:opp(?:draget|gaven|gåva)|arbeidet)\s+(?:i\s+20\d\d\s+)?(?:er|består|går|omfatt[ea]r|inneb(?:ærer|er))(?:\s+(?:både|også|òg|blant\s+annet|mellom\s+anna|særlig|særleg))?"
    r"(?:\s+(?:i|av|ut\s+på))?(?:\s+(?:å|følgende|følgjande))?\s*:\W*$"
)


def is_task_stem(plain: str) -> bool:
    """Whether a line only announces tasks ("Oppgaver i 2026:", "Oppdraget består i å:")."""
    return plain.endswith(":") and _TASKS.match(plain.lower()) is not None


_GIVES_ORDERS = pattern(
    r"\b(?:får|gis|gjev|gir|tildeles|vert\s+gitt|blir\s+gitt)\b[^:]{0,80}?\b(?:følgende|følgjande|disse|desse)\s+(?:\w+\s+){0,2}(?:del|tilleggs)?oppdrag\w*[^:]{0,40}:\W*$"
)


def gives_assignments(plain: str) -> bool:
    """Whether the words hand out assignments, also where no heading says so ("Direktoratet får følgende oppdrag:")."""
    return plain.endswith(":") and "oppdrag" in plain and _GIVES_ORDERS.search(plain.lower()) is not None


def is_order_stem(plain: str) -> bool:
    """Whether the words hand out the items of the list, also without a modal verb."""
    low = plain.lower()
    return _ORDER_STEM.search(low) is not None and _PAST.search(low) is None


_GOAL_HEADING = pattern(
    r"^(?:(?:nasjonalt|overordnet|overordna|strategisk|felles)\s+)?(?:hoved|hovud|del|sektor|effekt|bruker|brukar|samfunns|resultat)?mål\s*(?:nr\.?\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[a-h])?\s*(?:[:.]|(?<=\s)[–-](?=\s)|(?<=\d)[–-](?=\s))\s*(?P<goal>\S.{8,})",
)


def goal_in_heading(title: str) -> str | None:
    """The goal that a heading such as "Mål 2: …" states."""
    match = _GOAL_HEADING.match(title.lower())
    return title[match.start("goal") :] if match else None


_NOISE = pattern(
    r"^\W*(?:(?:deres|dykkar|vår|unntatt)\s+(?:ref|offentlighet)\b|vår\s+ref|postboks|.{3,60}\bpostboks\s+\d|.{2,50}\bpb\.?\s+\d|\d{2}/\d{2,6}[-\d]*$"
    r"|dato\b.{0,40}$|side\s+\d+(?:\s+av\s+\d+)?$|\d{1,3}$|\*?statsråden\*?$|ansvarlig\s+avdeling|ansvarlig\s+fagavdeling|kontaktperson|saksbehandler"
    r"|dokumentet\s+er\s+elektronisk|\(?i\s+1\s?000\s+kr)",
)
_CLOSING = pattern(r"^\W*med\s+(?:vennlig\s+|vennleg\s+)?(?:hilsen|helsing)\b")
_SUBHEAD = pattern(
    r"^(?:bakgrunn|formål|føremål|beskrivelse|skildring|nærmere|om\s|oppdrag|frist|rapportering|leveranse|mål|omfang|organisering|gjennomføring|innretning|økonomi|fase|del|presisering"
    r"|avgrensning|avgrensing|ressurs|samarbeid|milepæl|kontakt)",
)


def is_noise(plain: str) -> bool:
    """Letter-head lines, page numbers and the like, which a page break throws into the text."""
    return len(plain) < 120 and _NOISE.match(plain.lower()) is not None


def is_closing(plain: str) -> bool:
    """The complimentary close, after which a letter says nothing more."""
    return plain[:8].lower().lstrip("*_ ").startswith("med") and _CLOSING.match(plain.lower()) is not None


def is_subheading(title: str) -> bool:
    """A heading that divides an assignment rather than ending it."""
    return _SUBHEAD.match(title.lower()) is not None or title.endswith(":")


_TITLE_END = pattern(r"[.:!?;,]$")


def is_run_in_heading(plain: str) -> bool:
    """A short line that works as a heading without being marked as one ("Bakgrunn for oppdraget", "Formål:")."""
    return (
        len(plain) <= 60 and (plain.endswith(":") or not _TITLE_END.search(plain)) and len(plain.split()) <= 7
    )


_NOT_INFINITIVE = pattern(
    r"^(?:andre|alle|denne|dette|disse|nye|store|hele|økte|felles|egne|ulike|gode|bedre|flere|fleire|færre|mange|begge|både|samme|norge|siste|første|neste"
    r"|(?!(?:over|inn|ut|videre|vidare|til)?sende$)\w+(?:ende|ande|lige|lege|iske|skne|este|erne|ene|ingene|elsene|erte)|mulige|eldre|yngre|grønne|digitale|nasjonale|regionale|lokale|sentrale"
    r"|statlige|kommune|helse|styre|ramme|tjeneste|medisinske|trygge|robuste|effektive|helhetlige)$"
)
_SHORT = pattern(
    r"^(?:gi|gje|se|sjå|gå|bli|få|ta|ha|være|vere|bistå|forstå|gjøre|gjere|sørge|syte|stå|foreslå|påse|vise|avgi|tilby|inngå|overta|delta|motta|gjennomgå"
    r"|ivareta|tilrå|unngå|utgi|foreta|iverksette|bidra|legge|leggje|sette|setje|be|forvalte|dra)$"
)


# "Sammen med Kystvernet gjennomføre …": the infinitive stands after what it is done with.
_LATE = pattern(
    r"^(?:sammen|saman|i\s+(?:samarbeid|samråd|dialog|20\d\d)|på\s+(?:bakgrunn|grunnlag)|innen|innan|gjennom|med\s+utgangspunkt)\b[^,;:]{3,70}?\s"
    r"(?:gjennomføre|utarbeide|vurdere|lage|utvikle|følge|følgje|kartlegge|kartleggje|etablere|utrede|greie|gå|bidra|sørge|evaluere|revidere|arrangere|legge|leggje|iverksette|foreslå|drøfte)\b"
)


def starts_with_infinitive(plain: str) -> bool:
    """Whether the text begins with an infinitive ("Utarbeide …", "å bidra til …")."""
    words = plain.lstrip(' *«"(').split(maxsplit=2)
    if not words:
        return False
    first = words[0].strip(",.:;()").lower()
    if first in ("å", "videre") and len(words) > 1:
        first = words[1].strip(",.:;()").lower()
    if _SHORT.match(first) or _LATE.match(plain.lower()):
        return True
    return len(first) > 3 and first[-1] == "e" and first.isalpha() and not _NOT_INFINITIVE.match(first)
