"""DOCX: the text as it stands when every tracked change is accepted."""

from typing import Any

import pytest

from tillitsrom.reading.model import SourceKind
from tillitsrom.reading.sources import read_bytes
from tillitsrom.reading.tests.make import LETTER, docx_of, saved

docx = pytest.importorskip("docx")
oxml = pytest.importorskip("docx.oxml")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def text_of(document: Any) -> str:
    return read_bytes(saved(document), "brev.docx").text


def with_xml(inner: str) -> str:
    document = docx.Document()
    document.add_paragraph("Før.")
    paragraph = oxml.parse_xml(f"<w:p {W}>{inner}</w:p>")
    document.element.body.insert(1, paragraph)
    return text_of(document)


def test_a_letter_comes_out_as_it_was_written() -> None:
    document = read_bytes(docx_of(LETTER), "brev.docx")
    assert document.kind is SourceKind.DOCX
    assert document.title == "Tildelingsbrev for 2026"
    assert document.text == LETTER


def test_tracked_changes_are_accepted() -> None:
    text = with_xml(
        "<w:r><w:t>Direktoratet </w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText>må</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>skal</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> rapportere.</w:t></w:r>'
    )
    assert "Direktoratet skal rapportere." in text


def test_hidden_text_fields_and_comments_are_left_out() -> None:
    text = with_xml(
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<w:commentRangeStart w:id="1"/><w:r><w:t>Synlig.</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    )
    assert text == "Før.\n\nSynlig.\n"


def test_numbered_items_have_the_number_that_word_shows() -> None:
    document = docx.Document()
    for words in ("kartlegge", "vurdere"):
        document.add_paragraph(words, style="List Number")
    assert text_of(document) == "- 1. kartlegge\n- 2. vurdere\n"


def test_a_list_typed_by_hand_is_a_list() -> None:
    document = docx.Document()
    document.add_paragraph("• utrede saken")
    document.add_paragraph("•\tsende forslag")
    assert text_of(document) == "- utrede saken\n- sende forslag\n"


def test_a_frame_of_one_cell_is_text_and_a_table_is_rows() -> None:
    document = docx.Document()
    frame = document.add_table(rows=1, cols=1).rows[0].cells[0]
    frame.text = "Direktoratet skal utrede."
    frame.add_paragraph("Frist: 1. mai 2026.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "TB2026-1"
    table.rows[0].cells[1].text = "Utrede"
    table.rows[0].cells[1].add_paragraph("og foreslå")
    assert text_of(document) == (
        "Direktoratet skal utrede.\n\nFrist: 1. mai 2026.\n\n| TB2026-1 | Utrede<br>og foreslå |\n|---|---|\n"
    )


def test_a_contents_line_has_its_leader() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("1 Innledning\t3", style="toc 1")
    assert text_of(document) == "1 Innledning ..... 3\n"


def test_text_that_looks_like_markup_is_kept_apart() -> None:
    document = docx.Document()
    document.add_paragraph("# er ikke en overskrift")
    assert text_of(document) == "\\# er ikke en overskrift\n"


def test_a_bold_line_is_a_heading_unless_it_is_a_sentence_or_a_deadline() -> None:
    document = docx.Document()
    document.add_heading("Oppdrag", level=2)
    for words in (
        "TB2026-4 Skilting",
        "Frist: 1. mai 2026",
        "Direktoratet skal:",
        "Dette er en hel setning i fet skrift.",
    ):
        document.add_paragraph().add_run(words).bold = True
    assert text_of(document) == (
        "## Oppdrag\n\n### TB2026-4 Skilting\n\nFrist: 1. mai 2026\n\nDirektoratet skal:\n\n"
        "Dette er en hel setning i fet skrift.\n"
    )


def test_lines_broken_by_hand_are_kept_apart_where_something_new_begins() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Direktoratet skal utrede saken og")
    for line in ("vurdere kostnadene.", "Frist: 1. mai 2026", "• med kommunene", "• med fylkene"):
        run.add_break()
        run.add_text(line)
    assert text_of(document) == (
        "Direktoratet skal utrede saken og vurdere kostnadene.\n\nFrist: 1. mai 2026\n\n"
        "- med kommunene\n- med fylkene\n"
    )


def test_a_cell_over_several_columns_keeps_the_others_in_place() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Samlet"
    table.cell(0, 2).text = "Sum"
    for column, text in enumerate("abc"):
        table.cell(1, column).text = text
    assert text_of(document) == "| Samlet |  | Sum |\n|---|---|---|\n| a | b | c |\n"


def test_a_bold_first_line_is_the_heading_of_the_rest() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    lead = paragraph.add_run("TB2026-4 Skilting")
    lead.bold = True
    lead.add_break()
    paragraph.add_run("Direktoratet skal telle skilt.")
    assert text_of(document) == "# TB2026-4 Skilting\n\nDirektoratet skal telle skilt.\n"


def test_letters_are_whole_characters() -> None:
    document = docx.Document()
    document.add_paragraph("Pa\u030a \ufb01re omra\u030ader skal det rapporteres.")
    assert text_of(document) == "På fire områder skal det rapporteres.\n"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    document = docx.Document()
    for inner in (
        '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Direktoratet skal </w:t></w:r>',
        "<w:r><w:t>rapportere.</w:t></w:r>",
    ):
        document.element.body.insert(
            len(document.element.body) - 1, oxml.parse_xml(f"<w:p {W}>{inner}</w:p>")
        )
    assert text_of(document) == "Direktoratet skal rapportere.\n"


def test_comments_and_changes_are_counted_and_told() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Direktoratet skal rapportere.")
    document.add_comment(run, text="Direktoratet skal vente.", author="x")
    paragraph = oxml.parse_xml(
        f'<w:p {W}><w:ins w:id="8"><w:r><w:t>Nytt.</w:t></w:r></w:ins>'
        '<w:del w:id="9"><w:r><w:delText>Gammelt.</w:delText></w:r></w:del></w:p>'
    )
    document.element.body.insert(1, paragraph)
    read = read_bytes(saved(document), "brev.docx")
    assert read.text == "Direktoratet skal rapportere.\n\nNytt.\n"
    assert [(notice.code, notice.about) for notice in read.notices] == [
        ("comments", ("1",)),
        ("tracked_changes", ("2",)),
    ]
    assert all(notice.message.endswith(".") for notice in read.notices)


def test_a_list_inside_a_list_is_deeper_also_in_a_cell() -> None:
    document = docx.Document()
    for style in ("List Bullet", "List Bullet 2"):
        document.add_paragraph(style, style=style)
    cell = document.add_table(rows=1, cols=2).rows[0].cells[0]
    cell.text = "Direktoratet skal:"
    cell.add_paragraph("utrede", style="List Bullet")
    cell.add_paragraph("kostnader", style="List Bullet 2")
    assert text_of(document) == (
        "- List Bullet\n  - List Bullet 2\n\n"
        "| <p>Direktoratet skal:</p><ul><li>utrede<ul><li>kostnader</li></ul></li></ul> |  |\n|---|---|\n"
    )


def test_a_list_that_starts_anew_counts_anew() -> None:
    document = docx.Document()
    part = document.part.numbering_part.element
    part.insert(
        0,
        oxml.parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="700"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        ),
    )
    for number, inner in (
        (701, ""),
        (702, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        part.append(
            oxml.parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="700"/>{inner}</w:num>')
        )
    for number, words in ((701, "en"), (701, "to"), (702, "ny"), (702, "neste")):
        properties = document.add_paragraph(words)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number
    assert text_of(document) == "- a) en\n- b) to\n- a) ny\n- b) neste\n"


def test_bold_words_that_open_a_paragraph_stay_marked() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("TB2026-4 Skilting").bold = True
    paragraph.add_run(" Direktoratet skal telle skilt.")
    assert text_of(document) == "**TB2026-4 Skilting** Direktoratet skal telle skilt.\n"


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>I boksen.</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    text = with_xml(
        f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Ved siden av.</w:t></w:r>"
    )
    assert text == "Før.\n\nVed siden av.\n\nI boksen.\n"
