"""Letters that name their addressees in a line "Til: …"."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind


def quotes(text: str) -> list[str]:
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    return [requirement.quote for requirement in reading.requirements]


def test_the_line_names_the_addressee_although_others_are_named_more_often() -> None:
    text = "# Tildelingsbrev 2026\n\n**Til:** Direktoratet for prøver\n\n" + "Tallene skal stemme. " * 5
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    assert reading.addressee == "Direktoratet for prøver"


@pytest.mark.parametrize("subject", ["Lia skole", "Skolen", "Sykehjemmet", "Virksomhetene"])
def test_each_body_the_line_names_is_an_addressee(subject: str) -> None:
    demand = f"{subject} skal telle stolene hver uke."
    head = "# Styringsbrev 2026\n\nTil: Virksomhetene i Bygda kommune: Lia skole og Fjellro sykehjem\n\n"
    assert quotes(f"{head}## 1 Krav\n\n{demand}\n") == [demand]
