"""The two tables of a corpus: one row for each document, one for each requirement. All that is stored is decided here."""

from dataclasses import dataclass
from typing import Any

from tillitsrom.corpus.facts import Facts, facts_of
from tillitsrom.reading.model import Reading, ReadingError, Requirement

Row = dict[str, Any]

# Column → type in DuckDB, in the order of the file. A document is known by its path and the SHA-256 of its bytes.
DOCUMENTS = {
    "path": "VARCHAR",
    "sha256": "VARCHAR",
    "bytes": "BIGINT",
    "kind": "VARCHAR",
    "type": "VARCHAR",
    "title": "VARCHAR",
    "short_title": "VARCHAR",
    "reference": "VARCHAR",
    "issuer": "VARCHAR",
    "area": "VARCHAR",
    "addressee": "VARCHAR",
    "year": "INTEGER",
    "language": "VARCHAR",
    "pages": "INTEGER",
    "words": "INTEGER",
    "requirements": "INTEGER",
    "authorities": "INTEGER",
    "error": "VARCHAR",
    "reason": "VARCHAR",
}
# What a reader says about each requirement; `number` counts from 1 in the order of the document.
FOUND = {
    "path": "VARCHAR",
    "sha256": "VARCHAR",
    "number": "INTEGER",
    "class": "VARCHAR",
    "counted": "BOOLEAN",
    "section": "VARCHAR",
    "heading": "VARCHAR",
    "bearer": "VARCHAR",
    "addressee": "VARCHAR",
    "assignment": "VARCHAR",
    "deadline": "VARCHAR",
    "quote": "VARCHAR",
    "stem": "VARCHAR",
    "start": "INTEGER",
    "end": "INTEGER",
    "page": "INTEGER",
    "read_by_ocr": "BOOLEAN",
    "rule": "VARCHAR",
    "confidence": "DOUBLE",
    "words": "INTEGER",
}
# What every requirement is told about its document, so that one table answers most questions.
FROM_DOCUMENT = ("kind", "type", "title", "short_title", "reference", "issuer", "area", "year", "language")
REQUIREMENTS = (*FOUND, *FROM_DOCUMENT)

# Characters that no file of text may hold: a lone half of a pair, and the null character.
_UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


def clean(text: str | None) -> str | None:
    """The text as UTF-8 can hold it, the same length."""
    return None if text is None else text.translate(_UNSTORABLE) if not _is_plain(text) else text


def _is_plain(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from. `file` is the file's own path where `path` is that of a document inside it."""

    path: str
    size: int | None
    sha256: str | None
    file: str | None = None


def rows_of(origin: Origin, reading: Reading) -> tuple[Row, list[Row]]:
    """The document's row and the rows of its requirements."""
    found = [
        _requirement(origin, number, reading, requirement)
        for number, requirement in enumerate(reading.requirements, 1)
    ]
    counted = sum(row["counted"] for row in found)
    document = _document(origin) | {
        "kind": reading.document.kind.value,
        "addressee": clean(reading.addressee),
        "pages": len(reading.document.pages) or None,
        "words": len(reading.document.text.split()),
        "requirements": counted,
        "authorities": len(found) - counted,
    }
    return document | _shown(facts_of(reading)), found


def row_of_failure(origin: Origin, error: ReadingError) -> Row:
    """The row of a document that could not be read: a stable code, and the reason in bokmål."""
    return _document(origin) | {"error": error.code, "reason": clean(str(error))}


def _document(origin: Origin) -> Row:
    """`file` goes along for the journal, and is not part of the table."""
    empty: Row = dict.fromkeys(DOCUMENTS)
    known = {"path": clean(origin.path), "sha256": origin.sha256, "bytes": origin.size}
    return empty | known | {"file": clean(origin.file or origin.path)}


def _shown(facts: Facts) -> Row:
    return {
        "type": facts.type,
        "title": clean(facts.title),
        "short_title": clean(facts.short_title),
        "reference": clean(facts.reference),
        "issuer": clean(facts.issuer),
        "area": clean(facts.area),
        "year": facts.year,
        "language": facts.language,
    }


def _requirement(origin: Origin, number: int, reading: Reading, r: Requirement) -> Row:
    return {
        "path": clean(origin.path),
        "sha256": origin.sha256,
        "number": number,
        "class": r.requirement_class.value,
        "counted": r.requirement_class.counted,
        "section": clean(r.section),
        "heading": clean(r.heading),
        "bearer": clean(r.bearer),
        "addressee": clean(r.addressee or reading.addressee),
        "assignment": clean(r.assignment),
        "deadline": r.deadline,
        "quote": clean(r.quote),
        "stem": clean(r.stem),
        "start": r.start,
        "end": r.end,
        "page": r.page,
        "read_by_ocr": reading.document.by_ocr(r.start, r.end),
        "rule": r.rule,
        "confidence": round(r.confidence, 3),
        "words": len(r.quote.split()),
    }
