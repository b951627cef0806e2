"""What a document says about itself: title, year, language, and for a law or regulation who issued it and what it is about."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from tillitsrom.reading.laws.recognise import is_law
from tillitsrom.reading.model import Reading

_FRONT = re.compile(r"\A\ufeff?---\s*\n(.{0,8000}?)\n---\s*\n", re.DOTALL)
_LINE = re.compile(r"^([\w-]+):[ \t]*(.*)$", re.MULTILINE)
_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)
_REFERENCE = re.compile(r"(lov|forskrift)/(\d{4})-\d\d-\d\d")
_TYPES = {"lov": "law", "forskrift": "regulation"}
_NYNORSK = re.compile(
    r"\b(?:ikkje|ein|eit|frå|dei|òg|skal verte|vert|vere|blir gjeve|kommunane|noko|korleis|eigne)\b", re.I
)
_BOKMAAL = re.compile(r"\b(?:ikke|en|et|fra|de|også|blir|være|kommunene|noe|hvordan|egne)\b", re.I)
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Facts:
    """`type` is law, regulation or document; `language` is nb, nn or None where there are too few words to tell."""

    type: str
    title: str
    short_title: str | None
    reference: str | None
    issuer: str | None
    area: str | None
    year: int | None
    language: str | None


def facts_of(reading: Reading) -> Facts:
    """Read the lines above the text where there are any (`refid: "lov/…"`), else what the text shows."""
    document = reading.document
    said = front_matter(document.text)
    reference = said.get("refid")
    match = _REFERENCE.match(reference or "")
    heading = _HEADING.search(document.text[:_SAMPLE])
    return Facts(
        type=_TYPES[match[1]] if match else "law" if is_law(document) else "document",
        title=said.get("tittel")
        or document.title
        or (heading[1].strip() if heading else PurePath(document.name).stem),
        short_title=said.get("korttittel"),
        reference=reference,
        issuer=said.get("departement"),
        area=said.get("rettsomrade"),
        year=int(match[2]) if match else reading.year,
        language=language_of(document.text),
    )


def front_matter(text: str) -> dict[str, str]:
    """`key: "value"` between two lines of dashes at the top; empty values are left out."""
    front = _FRONT.match(text)
    if front is None:
        return {}
    found = ((key, value.strip().strip('"').strip()) for key, value in _LINE.findall(front[1]))
    return {key: value for key, value in found if value}


def language_of(text: str) -> str | None:
    """Bokmål or nynorsk, by words that only one of them has, in the beginning of the text."""
    sample = text[:_SAMPLE]
    nynorsk, bokmaal = len(_NYNORSK.findall(sample)), len(_BOKMAAL.findall(sample))
    if nynorsk + bokmaal < 5:
        return None
    return "nn" if nynorsk > bokmaal else "nb"
