"""The lines of a PDF page: found once, found anew where its words change, and the library asked as its own bindings do."""

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tillitsrom.reading.sources.limits import Watch
from tillitsrom.reading.sources.pdf_lines import lines_of, lines_on
from tillitsrom.reading.sources.pdf_page import page_content
from tillitsrom.reading.sources.pdf_words import PageContent, Word
from tillitsrom.reading.tests.make import LETTER, pdf_of


def word(text: str, x0: float, base: float, size: float = 10.0) -> Word:
    return Word(text, x0, x0 + 5 * len(text), base - 2, base + 8, base, size, False, "Helvetica")


def texts(content: PageContent) -> list[str]:
    return [line.text for line in lines_on(content)]


def test_lines_are_found_anew_where_words_come_or_go() -> None:
    page = PageContent(1, 595, 842, [word("skal", 80, 700), word("Etaten", 40, 700), word("svare", 40, 680)])
    assert texts(page) == ["Etaten skal", "svare"]
    assert lines_on(page) is lines_on(page)
    page.words += [word("snart", 80, 680)]
    assert texts(page) == ["Etaten skal", "svare snart"]
    page.words = page.words[2:]
    assert texts(page) == ["svare snart"]


def test_a_raised_number_belongs_to_the_line_of_the_largest_word() -> None:
    raised = word("1", 70, 704, 6.0)
    lines = lines_of([word("krav", 40, 700), raised, word("neste", 40, 688)])
    assert [line.text for line in lines] == ["krav 1", "neste"]
    assert lines[0].size == 10.0
    assert lines[0].looks == [(10.0, "Helvetica", 4), (6.0, "Helvetica", 1)]


def test_words_stand_where_the_librarys_own_bindings_say() -> None:
    pdf = pdfium.PdfDocument(pdf_of(LETTER))
    try:
        page = pdf[0]
        found = {w.text: w for w in page_content(page, 1, Watch()).words}
        text_page = page.get_textpage()
        said = text_page.get_text_range()
        checked = 0
        for text, place in found.items():
            if not text.isalpha() or said.count(text) != 1:
                continue
            start, rect = said.index(text), raw.FS_RECTF()
            raw.FPDFText_GetLooseCharBox(text_page, start, rect)
            assert (place.x0, place.y0, place.y1) == (rect.left, rect.bottom, rect.top)
            raw.FPDFText_GetLooseCharBox(text_page, start + len(text) - 1, rect)
            assert place.x1 == rect.right
            assert place.size == pytest.approx(raw.FPDFText_GetFontSize(text_page, start), rel=0.01)
            checked += 1
        assert checked > 20
    finally:
        pdf.close()
