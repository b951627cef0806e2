"""Small questions about the words of a sentence, an item or a title."""

from tillitsrom.reading.actors import names_other
from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.structure import clean, starts_with_infinitive
from tillitsrom.reading.words import pattern

FRAGMENT = 40
END_MARK = pattern(r"[.!?:;]\W{0,3}$")
FINITE_START = pattern(
    r"^(?:[A-ZÆØÅ«]\S*\s+)(?:\S+\s+){0,9}?(?:er|har|ble|blir|vil|kan|viser|vises|får|fikk|inngår|gir|ønsker|består|gjelder|innebærer|forutsetter|krever|betyr|pågår|står|lever|skal|må|bør|bes)\b"
)
# How a paragraph may begin: with a code and a title, with a label ("Bakgrunn: …"), with a deliverable and its date.
CODE_FIRST = pattern(r"^(?:Oppdrag\s+)?[A-ZÆØÅ]{2,4}\s?-?20\d\d\s?[-–]\s?\d{1,3}[a-z]?\s+(?=[A-ZÆØÅ«]\w+\s)")
LABEL_FIRST = pattern(
    r"^[*_]{0,3}(?P<label>[A-ZÆØÅ][^*_:.\n]{3,40})(?:[*_]{1,3}:|:[*_]{1,3}|(?<=akgrunn):|(?<=ormål):|(?<=ppdrag):|(?<=eskrivelse):)\s+(?=\S)"
)
DELIVERABLE = pattern(
    r"^(?:[Dd]el)?[Ll]everanse\s*(?:nr\.?\s*)?(?:\d{1,2}|[a-hA-H])?\s*[:–-]\s*(?P<what>\S.{8,160})$"
)
REQUIRED = pattern(
    r"^(resultatkravet|måltallet|måltalet)\b[^.:]{0,40}\s(?:er|settes\s+til|blir|vert)\s(?!(?:\w+\s+)?(?:satt|sett|justert)\s+(?:ned|opp)\b|(?:\w+\s+)?(?:redusert|økt|auka|endret|endra|nådd|basert)\b)"
)
WITHDRAWN = pattern(
    r"^\W*(?:(?:er|blir|vert)\s+)?(?:trekkes|trukket|trekkast|trekt|utgår|bortfaller|fell\s+bort|faller\s+bort|avsluttes|er\s+avsluttet|avslutta|oppheves|avlyses)\b"
)
PARAMETER = pattern(
    r"^(styringsparameter|styringsparametre?|resultatkrav|nøkkeltall?|styringsindikator)(?:\s+(?:for|i)\s+20\d\d)?\s*(?:\d{1,2}(?:\.\d{1,2})?)?\s*[:–-]\s*\S"
)
_LEAD_TITLE = pattern(r"^[^.:!?]{2,70}[.:]\s+(?=\S)")


def succeeds(previous: str, marker: str) -> bool:
    """Whether a list marker is the one after another: 2 after 1, b after a."""
    before, after = previous.strip("().").lower(), marker.strip("().").lower()
    if before.isdigit() and after.isdigit():
        return int(after) == int(before) + 1
    return (
        len(before) == len(after) == 1
        and before.isalpha()
        and after.isalpha()
        and ord(after) == ord(before) + 1
    )


_TELLS = pattern(
    r"^(?:(?!(?:som|at|om|der|hvor|kor|korleis|hvordan)\b)\w+\s+){0,8}?(?:vises|viser|har|ble|vart|fikk|er|gjelder|vil)\b"
)
_OF_SENDER = pattern(
    r"^(?:Vi|Eg|Jeg|Departementet|Regjeringen|Regjeringa|[A-ZÆØÅ][\w-]*departementet)\s+(?:kommer|kjem|vil|tar|tek|har|arbeider|arbeidar|vurderer|legger|legg|skal|planlegger|planlegg)\b(?!\s+(?:til\s+grunn|vekt)\b)"
)
_MEANS_OTHERS = pattern(
    r"^\w+\s+(?:inneb(?:ærer|er)|betyr|tyder|tilseier)\s+(?:\w+\s+)?at\s+(?:departement|regjering|staten\b|vi\b)"
)


def tells_of_sender(plain: str) -> bool:
    """Whether a sentence tells what the sender does or means to do ("Vi kommer tilbake med …")."""
    return _OF_SENDER.match(plain) is not None or _MEANS_OTHERS.match(plain.lower()) is not None


DEMANDS = pattern(r"\b(?:skal|må|bør|bes)\b")


_LEADS = pattern(
    r"(?:^|\.\s)\s*(?P<who>[a-zæøå][^.\n,]{2,60}?)\s+(?:leder|leier|koordinerer|samordner|samordnar|har\s+ansvaret\s+for)\s+(?:arbeidet|utredningen|utgreiinga|oppdraget|prosjektet)\b[^.\n]{0,140}\.\s*$"
)
_JOINT = pattern(
    r"^(?:den\s+(?:ferdige|samlede|samla)\s+)?(?:planen|rapporten|utredningen|utgreiinga|sluttrapporten|strategien|analysen|forslaget|framlegget|notatet|resultatet)\s+(?:skal|må|bør)\s"
)


def is_leaders(plain: str, before: str, who: Addressee) -> bool:
    """Whether the product is for another body to hand over: the sentence before says that it leads the work."""
    if not _JOINT.match(plain.lower()):
        return False
    led = _LEADS.search(clean(before).lower())
    return led is not None and names_other(led["who"]) and not who.named_in(led["who"])


def describes(plain: str) -> bool:
    """A sentence that refers to something or tells what has been done."""
    return plain.startswith("Det vises") or (
        _TELLS.match(plain) is not None and DEMANDS.search(plain) is None
    )


def without_title(plain: str) -> str:
    """The item without the short title it begins with ("Ernæring: Spre …")."""
    match = _LEAD_TITLE.match(plain)
    if match and len(match.group().split()) <= 9 and len(plain) > match.end() and ":" in match.group():
        return plain[match.end() :]
    return plain


def join_title(text: str, spans: list[tuple[int, int]], who: Addressee) -> list[tuple[int, int]]:
    """A bold or short title with a full stop ("**Eldreløftet.** Redusere …") belongs to the sentence after it."""
    if len(spans) < 2:
        return spans
    left, right = spans[0]
    raw = text[left:right]
    if _is_bare_title(raw, text[spans[1][0] : spans[1][1]], who):
        return spans[1:]
    if (
        len(raw) < 120
        and (raw[:1] in "*«")
        and raw.rstrip()[-1:] in "*»"
        and not FINITE_START.match(clean(raw))
    ):
        return [(spans[1][0], spans[1][1]), *spans[2:]]
    return spans


def _is_bare_title(raw: str, after: str, who: Addressee) -> bool:
    """A title that has lost its bold type: a few words without a verb, and after it what is to be done."""
    if len(raw) > 60 or raw[:1] in "*«" or len(raw.split()) > 8 or not raw.endswith("."):
        return False
    if starts_with_infinitive(raw) or FINITE_START.match(raw) or DEMANDS.search(raw):
        return False
    return starts_with_infinitive(after) or (
        who.pattern.match(after[:90].lower()) is not None and DEMANDS.search(after[:120]) is not None
    )


def last_clause(title: str, who: Addressee) -> str:
    """The demanding words at the end of a heading, from the addressee's name on."""
    names = list(who.pattern.finditer(title.lower()))
    return title[names[-1].start() :] if names else title


_LETTER_HEAD = pattern(r"^Dato:?\s+\d{1,2}\.\s?\w+\s20\d\d\s+(?=[A-ZÆØÅ])")


def without_letter_head(text: str, left: int, right: int, plain: str) -> tuple[int, str]:
    """The sentence without the date line of a letter head that a converter has run into it."""
    match = _LETTER_HEAD.match(plain) if plain[:4] == "Dato" else None
    if match is None:
        return left, plain
    rest = plain[match.end() :]
    at = text.find(rest[:15], left, right)
    return (at if at >= 0 else left), rest
