"""Readings for the tests."""

from tillitsrom.reading.check import Config, Finding, check
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Reading, SourceKind

HEAD = "# Tildelingsbrev 2026 til Kystdirektoratet\n\nDato: 12. januar 2026\n\n"


def read(text: str, name: str = "brev.md") -> Reading:
    return read_document(Document(name, SourceKind.MARKDOWN, text))


def found(
    code: str, text: str, *, config: Config | None = None, **more: Reading | list[Reading]
) -> list[Finding]:
    """The findings of one rule in a letter with this text under its head."""
    findings = check(read(HEAD + text), config=config or Config(), **more)  # type: ignore[arg-type]  # passed on as given
    return [f for f in findings if f.code == code]


def quotes(code: str, text: str, **more: object) -> list[str]:
    return [f.quote for f in found(code, text, **more)]  # type: ignore[arg-type]  # passed on as given
