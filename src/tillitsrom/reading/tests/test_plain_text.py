"""Plain text: what is a heading and what is a table, though nothing is marked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillitsrom.reading.blocks import BlockKind, parse_blocks
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Requirement, SourceKind
from tillitsrom.reading.plain import cells, headings

LETTER = """Tildelingsbrev til Fjordtilsynet for 2026

1. Innledning

Dette brevet gjelder for 2026. Fjordtilsynet skal melde fra til departementet
dersom rammen ikke holder.

2 Mål og styringsparametere

2.1 Styringsparametere

- Andel båter med godkjent lykt
- Andel havner med oppdatert kart

3 Oppdrag

TB2026-1 Nye kart over skjær og grunner langs hele kysten

Fjordtilsynet skal lage nye kart.

Frist: 1. oktober 2026

TB2026-2 Nye regler for lykter

Tilsynet bes om å:

1. kartlegge hvilke lykter som er i bruk
2. foreslå nye regler

4 Rapportering

Frist\tSak
15. mars\tÅrsrapport for 2025
20. mai\tStyringsmøte
1. oktober\tAvviksrapport

Med hilsen

Kari Nes
"""


def read(text: str) -> list[Requirement]:
    reading = read_document(Document("brev.txt", SourceKind.TEXT, text))
    for found in reading.requirements:
        assert text[found.start : found.end] == found.quote
    return [r for r in reading.requirements if r.requirement_class.counted]


def test_a_letter_in_plain_text() -> None:
    found = [(r.requirement_class.value, r.deadline, r.assignment) for r in read(LETTER)]
    assert found == [
        ("reporting", None, None),
        ("steering_parameter", None, None),
        ("steering_parameter", None, None),
        ("assignment", "2026-10-01", "TB2026-1"),
        ("assignment", None, "TB2026-2"),
        ("assignment", None, "TB2026-2"),
        ("reporting", "2026-03-15", None),
        ("reporting", "2026-10-01", None),
    ]


def test_headings_and_their_levels() -> None:
    found = headings(LETTER)
    lines = {LETTER[at:].split("\n", 1)[0]: level for at, level in found.items()}
    assert lines == {
        "Tildelingsbrev til Fjordtilsynet for 2026": 1,
        "1. Innledning": 1,
        "2 Mål og styringsparametere": 1,
        "2.1 Styringsparametere": 2,
        "3 Oppdrag": 1,
        "TB2026-1 Nye kart over skjær og grunner langs hele kysten": 2,
        "TB2026-2 Nye regler for lykter": 2,
        "4 Rapportering": 1,
    }


@pytest.mark.parametrize(
    "line",
    [
        "Direktoratet skal lage en plan",
        "Frist 1. mai",
        "Dette er en hel setning.",
        "1. Kartlegge behovet\n\n2. Foreslå tiltak",
        "15. mars 2026",
        "Vår ref 25/1234",
        "Oppdrag\nnoe som står rett under",
        "med liten forbokstav",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    text = f"Brev til Fjordtilsynet\n\n{line}\n\nHer følger en lang linje med tekst som fyller en hel linje og vel så det.\n"
    assert [at for at in headings(text) if at > 0] == []


def test_columns_that_tabs_divide() -> None:
    line = "\tMars \t 16.3.\tÅrsrapport\n"
    assert [line[a:b] for a, b in cells(line)] == ["", "Mars", "16.3.", "Årsrapport"]
    assert cells("\tinnrykket tekst") == []
    rows = [b for b in parse_blocks("a\tb\nc\td\n\ne\tf\n", {}, cells) if b.kind is BlockKind.ROW]
    assert [(len(row.cells), row.table) for row in rows] == [(2, 1), (2, 1), (2, 2)]


def test_a_title_that_lost_its_bold_type() -> None:
    text = (
        "Supplerende tildelingsbrev til Fjordtilsynet for 2026\n\nNye oppdrag\n\n"
        "TB2026-67 Utfasing av gamle lykter Departementet har sett på bruken av gamle lykter i "
        + "mange år, og det er gjort rede for den i meldingen til Stortinget om trygg ferdsel. " * 4
        + "Tilsynet skal fase ut lyktene. Frist: 1.3.2027\n"
    )
    assert [(r.assignment, r.deadline) for r in read(text)] == [("TB2026-67", "2027-03-01")]


def test_items_whose_titles_have_lost_their_bold_type() -> None:
    text = (
        "Tildelingsbrev til Fjordtilsynet for 2026\n\n2 Prioriteringer\n\nFjordtilsynet skal i 2026:\n\n"
        "1. Trygge havner. Bidra til at havnene har god plass.\n2. Åpenhet. Tilsynet skal vise tallene sine.\n"
        "3. En plan for brann. Planen skal være kort.\n"
    )
    assert [r.quote for r in read(text)] == [
        "Bidra til at havnene har god plass.",
        "Tilsynet skal vise tallene sine.",
        "En plan for brann.",
        "Planen skal være kort.",
    ]


@given(st.text(alphabet="aA1. \t\nØ-:TB2026|#", max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    found = headings(text)
    blocks = parse_blocks(text, found, cells)
    assert {b.start for b in blocks if b.kind is BlockKind.HEADING} >= {
        at for at in found if text[at] not in "|#"
    } - {b.start for b in blocks if b.kind is not BlockKind.HEADING}
    for one, other in itertools.pairwise(blocks):
        assert one.start < one.end <= other.start
    for block in blocks:
        for left, right in block.cells:
            assert block.start <= left <= right or left == right


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(lambda line: f"**{line}**", id="all in bold type"),
        pytest.param(lambda line: line, id="not marked at all"),
    ],
)
def test_a_markdown_letter_whose_headings_lost_their_marks(marked):
    lines = LETTER.split("\n")
    at = headings(LETTER)
    tops = {LETTER[start:].split("\n", 1)[0] for start in at}
    text = "\n".join(marked(line) if line in tops else line for line in lines)
    text = text.replace("Frist\tSak\n", "| Frist | Sak |\n|---|---|\n")
    text = "\n".join(
        f"| {' | '.join(row.split(chr(9)))} |" if "\t" in row else row for row in text.split("\n")
    )
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    found = [(r.requirement_class.value, r.deadline, r.assignment) for r in reading.requirements]
    assert found == [(r.requirement_class.value, r.deadline, r.assignment) for r in read(LETTER)]
