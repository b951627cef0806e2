"""The PDF and the DOCX say what the Markdown says, in structures of their own, and are the same each time."""

import io
import re

import pypdfium2
import pytest
from docx import Document

from tillitsrom.demo import formats

LETTER = """# Tildelingsbrev til Øvre direktorat

**Dato:** 12. januar 2025

## 1 Mål

Direktoratet skal i 2025:

- telle færre ting
- høre på **de ansatte**

1. Først
2. Deretter

| Leveranse | Frist |
| --- | --- |
| Årsrapport & regnskap | 15. mars 2025 |
| Beløp | 12 300 |

### 1.1 Slutt
"""


def pdf_pages(made: bytes) -> list[str]:
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range() for page in document]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def docx_text(made: bytes) -> str:
    document = Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def plain(line: str) -> str:
    return re.sub(r"^(#+|-|\d+\.) +", "", line).replace("**", "")


def test_the_pdf_holds_the_text_and_a_footer_with_the_number_of_pages():
    pages = pdf_pages(formats.markdown_to_pdf(LETTER))

    assert len(pages) == 1
    text = words(pages[0])
    for part in (
        "Øvre direktorat",
        "høre på de ansatte",
        "2. Deretter",
        "Årsrapport & regnskap",
        "1.1 Slutt",
    ):
        assert part in text
    assert "Side 1 av 1" in text
    assert "**" not in text
    assert "---" not in text


def test_a_long_pdf_has_numbered_pages_and_an_outline():
    made = formats.markdown_to_pdf(LETTER + "\nDirektoratet skal skrive kortere brev.\n" * 120)

    pages = pdf_pages(made)
    assert len(pages) > 2
    assert f"Side 2 av {len(pages)}" in pages[1]
    with pypdfium2.PdfDocument(made) as document:
        assert [mark.get_title() for mark in document.get_toc()][:2] == [
            "Tildelingsbrev til Øvre direktorat",
            "1 Mål",
        ]


def test_the_docx_uses_words_own_styles():
    document = Document(io.BytesIO(formats.markdown_to_docx(LETTER)))

    styled = [(p.style.name, p.text) for p in document.paragraphs if p.text and p.style]
    assert ("Heading 1", "Tildelingsbrev til Øvre direktorat") in styled
    assert ("Heading 3", "1.1 Slutt") in styled
    assert ("List Bullet", "høre på de ansatte") in styled
    assert ("List Number", "Deretter") in styled
    table = document.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["Årsrapport & regnskap", "15. mars 2025"]
    assert document.core_properties.title == "Tildelingsbrev til Øvre direktorat"


@pytest.mark.parametrize("make", [formats.markdown_to_pdf, formats.markdown_to_docx])
def test_the_same_text_gives_the_same_bytes(make):
    assert make(LETTER) == make(LETTER)
    assert make(LETTER) != make(LETTER.replace("Først", "Sist"))


@pytest.mark.parametrize("name", formats.FILES)
def test_the_committed_files_say_what_the_markdown_says(name):
    made = (formats.LETTERS / name).read_bytes()
    blocks = formats.parse((formats.LETTERS / name).with_suffix(".md").read_text(encoding="utf-8"))
    found = docx_text(made) if name.endswith(".docx") else "\n".join(pdf_pages(made))
    # The lines of a PDF break anywhere, and a page may break inside a paragraph: only short lines are looked up there.
    longest = 10_000 if name.endswith(".docx") else 60

    wanted = [plain(block.text) for block in blocks if 0 < len(block.text) < longest]
    missing = [text for text in wanted if words(text) not in words(found)]
    assert len(wanted) > 150
    assert missing == []
    assert len(made) < 300_000


def test_the_command_writes_all_the_files(tmp_path):
    assert formats.main([str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(formats.FILES)
    assert formats.main([]) == 2
