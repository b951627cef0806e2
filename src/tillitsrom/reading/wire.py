"""A reading as plain JSON values and back: what the reading process says to the one that asked."""

from typing import Any

from tillitsrom.reading.model import (
    Document,
    Notice,
    Page,
    Reading,
    Requirement,
    RequirementClass,
    SourceKind,
)


def pack(reading: Reading) -> dict[str, Any]:
    """Everything but the quotes, which the text has already."""
    document = reading.document
    return {
        "document": {
            "name": document.name,
            "kind": document.kind.value,
            "text": document.text,
            "pages": [[p.number, p.start, p.end] for p in document.pages],
            "title": document.title,
            "ocr_pages": list(document.ocr_pages),
            "notices": [[n.code, list(n.about), n.message] for n in document.notices],
        },
        "addressee": reading.addressee,
        "year": reading.year,
        "requirements": [_pack_requirement(r) for r in reading.requirements],
    }


def _pack_requirement(r: Requirement) -> list[Any]:
    return [
        r.start,
        r.end,
        r.requirement_class.value,
        r.rule,
        r.confidence,
        r.deadline,
        r.assignment,
        r.page,
        r.heading,
        r.addressee,
        r.stem,
        r.bearer,
        r.section,
        r.date_corrected,
    ]


def unpack(value: dict[str, Any]) -> Reading:
    """The reading again, the same in every field."""
    said = value["document"]
    document = Document(
        said["name"],
        SourceKind(said["kind"]),
        said["text"],
        tuple(Page(*page) for page in said["pages"]),
        said["title"],
        tuple(said["ocr_pages"]),
        tuple(Notice(code, tuple(about), message) for code, about, message in said["notices"]),
    )
    found = tuple(_unpack_requirement(document.text, r) for r in value["requirements"])
    return Reading(document, value["addressee"], value["year"], found)


def _unpack_requirement(text: str, r: list[Any]) -> Requirement:
    start, end, requirement_class, *rest = r
    return Requirement(start, end, text[start:end], RequirementClass(requirement_class), *rest)
