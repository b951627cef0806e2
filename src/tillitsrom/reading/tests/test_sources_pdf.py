"""PDF: what stands on the page comes out in the order that a person reads it."""

import re

import pytest
from reportlab.pdfgen.canvas import Canvas

from tillitsrom.reading.model import Document, SourceKind
from tillitsrom.reading.sources import read_source
from tillitsrom.reading.tests.make import LETTER, drawn_pdf, pdf_of, read_pdf, shared, text_at

SENTENCE = "Direktoratet skal gjøre dette i år."


def words(text: str) -> list[str]:
    return re.sub(r"[#|\-]+", " ", text).split()


def test_a_letter_comes_out_as_it_was_written() -> None:
    document = read_pdf(pdf_of(LETTER))
    assert document.kind is SourceKind.PDF
    assert document.title == "Tildelingsbrev for 2026"
    assert document.text == LETTER


def test_pages_follow_one_another_and_know_their_text() -> None:
    document = read_pdf(
        pdf_of(LETTER + "\n## 6. Mer\n\n" + "\n\n".join(f"{SENTENCE} Nummer {n}." for n in range(80)))
    )
    assert len(document.pages) >= 3
    assert document.pages[0].start == 0
    assert document.pages[-1].end == len(document.text)
    for before, after in zip(document.pages, document.pages[1:], strict=False):
        assert before.end == after.start
    assert document.page_at(document.text.index("Nummer 79")) == len(document.pages)
    assert "Side 1" not in document.text
    assert document.text.count("Tildelingsbrev til Fjelldirektoratet") == 0


def test_a_sentence_over_the_page_break_is_whole() -> None:
    def first(canvas: Canvas) -> None:
        text_at(canvas, 70, 100, ["Direktoratet skal innen utgangen av året legge fram en plan som"])

    def second(canvas: Canvas) -> None:
        text_at(canvas, 70, 780, ["viser hvordan kommunene kan delta.", "", "Neste avsnitt begynner her."])

    document = read_pdf(drawn_pdf(first, second))
    sentence = "legge fram en plan som viser hvordan kommunene kan delta."
    assert sentence in document.text
    assert document.page_at(document.text.index("legge")) == 1
    assert document.page_at(document.text.index("viser")) == 2


def test_the_senders_address_at_the_foot_does_not_cut_the_text() -> None:
    def first(canvas: Canvas) -> None:
        text_at(canvas, 70, 160, ["Departementet ber direktoratet om å utarbeide en oversikt over alle"])
        for x, lines in (
            (70, ["Postadresse", "Postboks 1 Dep", "0030 Oslo"]),
            (220, ["Telefon", "22 22 22 22", "Org.nr."]),
        ):
            text_at(canvas, x, 70, lines, 7)

    def second(canvas: Canvas) -> None:
        text_at(canvas, 70, 780, ["stier som er stengt. Oversikten skal være klar til påske."])

    text = read_pdf(drawn_pdf(first, second)).text
    assert "en oversikt over alle stier som er stengt." in text
    assert "Postboks 1 Dep" in text


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Planen gjelder for folkehelse-", "arbeidet i hele landet."], "folkehelsearbeidet i hele"),
        (["Det gjelder både salgs-", "og skjenkesteder i kommunen."], "salgs- og skjenkesteder"),
        (["Alle ansatte skal ha et e-", "læringskurs hvert år."], "e-læringskurs hvert"),
        (["Oppdraget har nummer TB2026-", "17 i brevet til oss."], "TB2026-17 i brevet"),
    ],
)
def test_words_cut_by_the_line_are_mended(lines: list[str], whole: str) -> None:
    assert whole in read_pdf(drawn_pdf(lambda canvas: text_at(canvas, 70, 700, lines))).text


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Venstre spalte har linje nummer {n} og" for n in range(12)]
    right = [f"høyre spalte har sin linje nummer {n} og" for n in range(12)]

    def page(canvas: Canvas) -> None:
        text_at(canvas, 60, 700, left, 10)
        text_at(canvas, 320, 703, right, 10)

    text = read_pdf(drawn_pdf(page)).text
    assert text.index("høyre spalte har sin linje nummer 0") > text.index(
        "Venstre spalte har linje nummer 11"
    )


def test_a_box_beside_the_text_does_not_cut_it() -> None:
    body = [f"Dette er linje nummer {n} i teksten som går over hele" for n in range(20)]

    def page(canvas: Canvas) -> None:
        text_at(canvas, 220, 700, body, 10)
        canvas.rect(50, 560, 140, 80)
        text_at(canvas, 58, 625, ["Ramme ved siden av", "med egen tekst."], 9)

    text = read_pdf(drawn_pdf(page)).text
    assert "Ramme ved siden av med egen tekst." in text
    assert "nummer 6 i teksten som går over hele Dette er linje nummer 7" in text


def test_a_table_with_lines_becomes_rows_and_merged_cells_one() -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 70, 740, ["Kalenderen viser fristene."])
        for y in (700, 670, 640, 610):
            canvas.line(70, y, 470, y)
        for x in (70, 470):
            canvas.line(x, 610, x, 700)
        canvas.line(200, 610, 200, 670)
        text_at(canvas, 75, 680, ["Styringskalender"])
        text_at(canvas, 75, 650, ["1. juni"])
        text_at(canvas, 205, 650, ["Rapport for tertialet"])
        text_at(canvas, 75, 620, ["1. oktober"])
        text_at(canvas, 205, 620, ["Budsjettinnspill"])

    assert read_pdf(drawn_pdf(page)).text == (
        "Kalenderen viser fristene.\n\n| Styringskalender |  |\n|---|---|\n"
        "| 1. juni | Rapport for tertialet |\n| 1. oktober | Budsjettinnspill |\n"
    )


def test_an_assignment_number_cut_by_a_narrow_cell_is_whole() -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 660):
            canvas.line(70, y, 470, y)
        for x in (70, 130, 470):
            canvas.line(x, 660, x, 700)
        text_at(canvas, 74, 688, ["TB2026-", "23"], font="Helvetica-Bold")
        text_at(canvas, 134, 688, ["Oppfølging av planen for trygge stier"], font="Helvetica-Bold")

    assert "| TB2026-23 | Oppfølging av planen" in read_pdf(drawn_pdf(page)).text


def test_a_table_with_level_lines_only_has_its_columns_from_the_white_space() -> None:
    rows = [
        ("Kapittel", "Betegnelse", "Beløp"),
        ("701.21", "Spesielle driftsutgifter som går til stier", "2 100"),
        ("702.70", "Tilskudd", "12 345"),
    ]

    def page(canvas: Canvas) -> None:
        text_at(canvas, 70, 740, ["Tildelingen går fram av tabellen under, og gjelder for hele året."])
        for n, row in enumerate(rows):
            canvas.line(70, 696 - 22 * n, 470, 696 - 22 * n)
            for x, cell in zip((74, 150, 420), row, strict=True):
                text_at(canvas, x, 702 - 22 * n, [cell], 10)

    assert "\n".join("| " + " | ".join(row) + " |" for row in rows[1:]) in read_pdf(drawn_pdf(page)).text
    assert "| Kapittel | Betegnelse | Beløp |" in read_pdf(drawn_pdf(page)).text


def test_shaded_rows_and_those_between_are_one_table() -> None:
    rows = [
        ("Når", "Hva"),
        ("15. mars", "Årsrapport"),
        ("1. juni", "Tertialrapport"),
        ("1. juli", "Møte"),
        ("1. august", "Svar"),
    ]

    def page(canvas: Canvas) -> None:
        for n, row in enumerate(rows):
            if n % 2 == 0:
                canvas.setFillColorRGB(0.9, 0.9, 1)
                canvas.rect(70, 695 - 18 * n, 100, 18, stroke=0, fill=1)
                canvas.rect(170, 695 - 18 * n, 200, 18, stroke=0, fill=1)
                canvas.setFillColorRGB(0, 0, 0)
            for x, cell in zip((74, 174), row, strict=True):
                text_at(canvas, x, 700 - 18 * n, [cell], 10)

    assert read_pdf(drawn_pdf(page)).text == (
        "| Når | Hva |\n|---|---|\n" + "".join(f"| {a} | {b} |\n" for a, b in rows[1:])
    )


def test_a_table_without_lines_becomes_rows() -> None:
    def page(canvas: Canvas) -> None:
        for n, (when, what) in enumerate(
            [("15. mars", "Årsrapport"), ("1. juni", "Tertialrapport"), ("1. juli", "Møte")]
        ):
            text_at(canvas, 70, 700 - 16 * n, [when])
            text_at(canvas, 220, 700 - 16 * n, [what])

    assert "| 1. juni | Tertialrapport |" in read_pdf(drawn_pdf(page)).text


def test_contents_keep_their_dots() -> None:
    def page(canvas: Canvas) -> None:
        for n, title in enumerate(["1 Innledning", "2 Mål for året", "3 Oppdrag", "4 Rapportering"]):
            canvas.setFont("Helvetica", 11)
            canvas.drawString(70, 700 - 16 * n, title + " " + "." * 40)
            canvas.drawRightString(500, 700 - 16 * n, str(n + 3))

    text = read_pdf(drawn_pdf(page)).text
    assert text.startswith("1 Innledning ..... 3\n\n2 Mål for året ..... 4\n")


def test_bullets_of_symbol_fonts_and_drawn_ones_are_items() -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 70, 740, ["Direktoratet skal:"])
        text_at(canvas, 80, 720, ["l"], font="ZapfDingbats", size=8)
        text_at(canvas, 95, 720, ["utrede saken, og i den forbindelse vurdere både kostnader", "og nytte"])
        canvas.circle(82, 682, 2, fill=1)
        text_at(canvas, 95, 678, ["sende forslag til departementet"])

    assert read_pdf(drawn_pdf(page)).text == (
        "Direktoratet skal:\n\n- utrede saken, og i den forbindelse vurdere både kostnader og nytte\n"
        "- sende forslag til departementet\n"
    )


def test_notes_stand_last_and_their_marks_are_gone() -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 70, 740, ["Direktoratet skal følge instruksen"])
        text_at(
            canvas,
            70 + canvas.stringWidth("Direktoratet skal følge instruksen", "Helvetica", 11),
            744,
            ["1"],
            6,
        )
        text_at(canvas, 70, 726, ["gjennom hele året, og si fra om avvik."])
        text_at(canvas, 70, 90, ["1"], 6)
        text_at(canvas, 76, 87, ["Instruksen er fra 2024."], 8)

    document = read_pdf(drawn_pdf(page))
    assert document.text == (
        "Direktoratet skal følge instruksen gjennom hele året, og si fra om avvik.\n\n"
        "# Fotnoter\n\n- 1 Instruksen er fra 2024.\n"
    )
    assert document.page_at(document.text.index("Instruksen er fra")) == 1


def test_a_deadline_that_ends_several_pages_is_no_footer() -> None:
    def page(day: int):
        def draw(canvas: Canvas) -> None:
            text_at(canvas, 70, 110, [f"Direktoratet skal utrede sak {day}.", "", f"Frist: {day}. mai 2026."])
            text_at(canvas, 70, 30, ["Tildelingsbrev", ""], 9)

        return draw

    text = read_pdf(drawn_pdf(*(page(day) for day in range(1, 9)))).text
    assert text.count("Frist:") == 8
    assert "Tildelingsbrev" not in text


def test_figures_at_the_foot_of_the_page_are_no_page_numbers() -> None:
    def page(canvas: Canvas) -> None:
        for n, cells in enumerate([("701", "21", "68"), ("702", "70", "12"), ("703", "01", "9")]):
            for x, cell in zip((70, 200, 330), cells, strict=True):
                text_at(canvas, x, 90 - 16 * n, [cell])

    text = read_pdf(drawn_pdf(page, page, page)).text
    assert text.count("| 702 | 70 | 12 |\n| 703 | 01 | 9 |") == 3


def test_raised_numbers_without_a_note_are_kept() -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 70, 740, ["Bygget er på 400 m"])
        text_at(canvas, 70 + canvas.stringWidth("Bygget er på 400 m", "Helvetica", 11), 744, ["2"], 6)

    assert "400 m2" in read_pdf(drawn_pdf(page)).text


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        text_at(canvas, 70, -100, ["Øverste linje på en liggende side.", "Nederste linje."])

    document: Document = read_pdf(drawn_pdf(page))
    assert document.text == "Øverste linje på en liggende side. Nederste linje.\n"


def test_text_along_the_margin_and_outside_the_page_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 70, 700, [SENTENCE])
        text_at(canvas, 900, 700, ["Utenfor arket"])
        canvas.rotate(90)
        text_at(canvas, 300, -30, ["Langs margen"])

    assert read_pdf(drawn_pdf(page)).text == SENTENCE + "\n"


@pytest.mark.parametrize(
    ("name", "pages", "wanted", "unwanted"),
    [
        (
            "tonsberg-kommune-retningslinjer-2024-2028.pdf",
            9,
            [r"^#+ 1\.6\.1 Salgstider$", r"^1\.5\.3 Enkeltanledning \.{5} 5$", r"e-læringskurset i"],
            [r"^- 1-6", r"behandling av salgs- og skjenkebevillinger \d$"],
        ),
        (
            "vennesla-kommune-retningslinjer-2024-2028.pdf",
            13,
            [r"^## 2\.1 Tildeling|^# 2\.1 Tildeling", r"^- mandag – fredag kl\. 08\.00 – 20\.00", r"^\| Gruppe 3 \| Kl\. 13-03 \|"],
            [r"^\d{1,2}$"],
        ),
        (
            "helsedirektoratet-IS-2038-veileder.pdf",
            60,
            [r"^# 2 Kommunens ansvar$", r"folkehelsehensyn, og at", r"^- at de ansatte overholder alkoholloven$", r"^2 Kommunens ansvar \.{5} 10$"],
            [r"^KAPITTEL", r"\u00ad", r"trykksak@helsedir\.no.*\n.*IS-0367: Huskeliste[\s\S]*# Forord"],
        ),
    ],
)  # fmt: skip
def test_real_documents_read_properly(name: str, pages: int, wanted: list[str], unwanted: list[str]) -> None:
    document = read_source(shared("data", "pdf", name))
    assert len({page.number for page in document.pages}) == pages
    for pattern in wanted:
        assert re.search(pattern, document.text, re.M), pattern
    for pattern in unwanted:
        assert not re.search(pattern, document.text, re.M), pattern
