"""Text and Markdown keep every character, so that offsets are those of the file."""

from pathlib import Path

import pytest

from tillitsrom.reading.model import ReadingError, SourceKind
from tillitsrom.reading.sources import read_bytes, read_source
from tillitsrom.reading.tests.make import shared


@pytest.mark.parametrize(
    "content",
    [
        "# Brev\n\nDirektoratet skal «følge» kravet.\n",
        "Linje én\r\nLinje to\r\n\r\nSkal på æøå\r\n",
        "gammel mac\rskal\r",
        "\ufeff# Med merke foran\n",
        "Emoji 😀 og så skal det telles riktig\n",
    ],
)
@pytest.mark.parametrize("name", ["brev.md", "brev.txt"])
def test_offsets_are_those_of_the_file(tmp_path: Path, content: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8"))
    assert read_source(path).text == path.read_text(encoding="utf-8")


def test_kind_follows_the_name() -> None:
    assert read_bytes(b"# Skal", "a.md").kind is SourceKind.MARKDOWN
    assert read_bytes(b"Skal", "a.TXT").kind is SourceKind.TEXT


def test_markdown_has_its_first_heading_as_title() -> None:
    assert read_bytes(b"*x*\n\n# **Brev for 2026**\n", "a.md").title == "Brev for 2026"
    assert read_bytes(b"skal", "a.md").title is None


def test_the_old_windows_character_set_is_read() -> None:
    assert read_bytes("Årsrapport – på nytt".encode("cp1252"), "a.txt").text == "Årsrapport – på nytt"


def test_utf_16_is_read_when_it_says_so() -> None:
    assert read_bytes("Skal på".encode("utf-16"), "a.txt").text == "Skal på"


def test_markdown_that_has_html_in_it_is_still_markdown() -> None:
    assert read_bytes(b"<p>Skal</p>\n", "a.md").kind is SourceKind.MARKDOWN


def test_a_letter_that_begins_as_a_program_does_is_text() -> None:
    assert read_bytes(b"MZ er ikke et program her, men direktoratet skal.", "a.txt").text.startswith("MZ")


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_blank_text_is_empty(name: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b" \n\t\n", name)
    assert caught.value.code == "empty"


def test_real_letters_are_untouched() -> None:
    for path in sorted(shared("data", "letters").glob("*.md")):
        assert read_source(path).text == path.read_text(encoding="utf-8")
