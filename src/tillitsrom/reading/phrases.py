"""Small questions about the words of a sentence, an item or a title."""

from tillitsrom.reading.addressee import Addressee
from tillitsrom.reading.structure import clean
from tillitsrom.reading.words import pattern

FRAGMENT = 40
END_MARK = pattern(r"[.!?:;]\W{0,3}$")
FINITE_START = pattern(
    r"^(?:[A-ZÆØÅ«]\S*\s+)(?:\S+\s+){0,9}?(?:er|har|ble|blir|vil|kan|viser|vises|får|fikk|inngår|gir|ønsker|består|gjelder|innebærer|forutsetter|krever|betyr|pågår|står|lever|skal|må|bør|bes)\b"
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
DEMANDS = pattern(r"\b(?:skal|må|bør|bes)\b")


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


def join_title(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A bold or short title with a full stop ("**Eldreløftet.** Redusere …") belongs to the sentence after it."""
    if len(spans) < 2:
        return spans
    left, right = spans[0]
    raw = text[left:right]
    if (
        len(raw) < 120
        and (raw[:1] in "*«")
        and raw.rstrip()[-1:] in "*»"
        and not FINITE_START.match(clean(raw))
    ):
        return [(spans[1][0], spans[1][1]), *spans[2:]]
    return spans


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
