"""What must hold for every text whatever: no crash, honest offsets, reading order, no time wasted."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillitsrom.reading.blocks import parse_blocks
from tillitsrom.reading.deadlines import deadline_lines, find_dates, sentence_deadline
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind
from tillitsrom.reading.sentences import split_sentences

PIECES = [
    "Direktoratet skal", " bes om å", ":", "\n\n- ", "\n  - ", "\n1. ", "Frist: 31.06.2026", "\n\n# ", "## Oppdrag 1: ", "| ", " |\n", "|---|",
    "<p>", "</p>", "<ul><li>", "<br/>", "TB2026-1", "**", "*", " utarbeide en plan", ". ", "kap. 4", " som ", " at ", "kommunene må", "\n",
    "Bakgrunn", "Mål", "Styringsparametere", "«", "»", "innen utgangen av året", "\f", "\u0000", "İ", "kan", "Med hilsen", "Det skal rapporteres",
]  # fmt: skip
noise = st.text(max_size=300)
patchwork = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(noise, patchwork))
def test_a_reading_is_honest_about_any_text(text: str) -> None:
    reading = read_document(Document("x.txt", SourceKind.TEXT, text))
    last_end = 0
    for found in reading.requirements:
        assert 0 <= found.start < found.end <= len(text)
        assert found.quote == text[found.start : found.end]
        assert found.start >= last_end
        assert 0.0 < found.confidence < 1.0
        last_end = found.end


@settings(max_examples=100, deadline=None)
@given(patchwork)
def test_blocks_are_in_order_and_inside_the_text(text: str) -> None:
    at = 0
    for block in parse_blocks(text):
        assert at <= block.start < block.end <= len(text)
        assert all(block.start <= a <= b <= block.end for a, b in block.cells)
        at = block.end


@settings(max_examples=100, deadline=None)
@given(st.one_of(noise, patchwork))
def test_sentences_cover_the_words_in_order(text: str) -> None:
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="0123456789./- abcdefilmnorstujå", max_size=80),
    st.one_of(st.none(), st.integers(2000, 2099)),
)
def test_dates_never_crash(text: str, year: int | None) -> None:
    for hit in find_dates(text, year):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.value[:2] == "20"
    sentence_deadline(f"innen {text}", year)
    deadline_lines(f"Frist: {text}", year)


@pytest.mark.parametrize(
    "text",
    ["|" * 300_000, "#" * 300_000, "a" * 300_000, "<" * 300_000, "skal " * 60_000, "som skal " * 33_000, "A. " * 100_000,
     "- bes om å:\n" * 25_000, "|<li>x" * 50_000, "Frist: 1.1.2026\n\n" * 17_000, "«" * 300_000, "og det " * 42_000, "1." * 150_000],
    ids=lambda text: text[:8].strip(),
)  # fmt: skip
def test_hostile_text_takes_time_in_step_with_its_length(text: str) -> None:
    started = time.process_time()
    read_document(Document("x.txt", SourceKind.TEXT, text))
    assert time.process_time() - started < 5.0
