"""How a text is cut into headings, paragraphs, items and rows."""

from tillitsrom.reading.blocks import BlockKind, explode_cell, parse_blocks


def cut(text: str) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.marker, text[b.start : b.end]) for b in parse_blocks(text)]


def test_headings_paragraphs_and_items() -> None:
    text = "# Mål\n\nFørste linje\nandre linje.\n\n- en\n  - to\n1. tre\n"
    assert cut(text) == [
        ("heading", "", "Mål"),
        ("paragraph", "", "Første linje\nandre linje."),
        ("item", "-", "en"),
        ("item", "-", "to"),
        ("item", "1.", "tre"),
    ]
    assert [b.depth for b in parse_blocks(text)] == [1, 0, 0, 2, 0]


def test_a_date_is_no_list_marker() -> None:
    assert cut("15. mars 2026 ble planen vedtatt.") == [
        ("paragraph", "", "15. mars 2026 ble planen vedtatt.")
    ]


def test_two_markers_in_a_row_are_one() -> None:
    assert cut("- a. Kartlegge behovet") == [("item", "a.", "Kartlegge behovet")]


def test_rows_keep_their_columns() -> None:
    text = "| Frist | Sak | |\n|---|---|---|\n| 1. mai | | Rapport |\n"
    rows = [b for b in parse_blocks(text) if b.kind is BlockKind.ROW]
    assert [[text[a:b] for a, b in row.cells] for row in rows] == [
        ["Frist", "Sak", ""],
        ["1. mai", "", "Rapport"],
    ]
    assert {row.table for row in rows} == {1}


def test_a_table_that_was_squeezed_into_a_heading() -> None:
    text = "#### | | |---|---| | <b>AB2026-1</b> | <b>Tittel</b> |"
    (row,) = parse_blocks(text)
    assert row.kind is BlockKind.ROW
    assert [text[a:b] for a, b in row.cells if a < b] == ["<b>AB2026-1</b>", "<b>Tittel</b>"]


def test_tables_of_contents_anchors_and_rules_are_left_out() -> None:
    assert cut('1. Innledning ........ 4\n\n<a id="side-4"></a>\n\n---\n\nTekst.') == [
        ("paragraph", "", "Tekst.")
    ]


def test_the_inside_of_a_cell() -> None:
    text = "<p>Etaten skal:</p> <ul> <li>• kartlegge<br/>Frist 1. mai</li> <li>lære</li> </ul><p>Slutt.</p>"
    found = [(b.kind.value, b.depth, text[b.start : b.end]) for b in explode_cell(text, 0, len(text))]
    assert found == [
        ("paragraph", 0, "Etaten skal:"),
        ("item", 2, "kartlegge"),
        ("item", 3, "Frist 1. mai"),
        ("item", 2, "lære"),
        ("paragraph", 0, "Slutt."),
    ]
