"""Scanned pages: read by recognition where it is installed, marked, bounded; named where it is not."""

import dataclasses
import io
import json
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tillitsrom import cli
from tillitsrom.reading.isolated import read_isolated
from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources import Limits, OcrMode, ocr, read_bytes
from tillitsrom.reading.sources.limits import Watch
from tillitsrom.reading.sources.ocr_ink import Picture
from tillitsrom.reading.sources.pdf_words import PageContent, Word
from tillitsrom.reading.tests.make import drawn_pdf, pdf_of, text_at

needs_tesseract = pytest.mark.skipif(
    ocr.tesseract() is None, reason="tesseract with its Norwegian model (tesseract-ocr-nor) is not installed"
)

SHORT = """# Tildelingsbrev for 2026

## 1. Oppdrag

Fjelldirektoratet skal utrede et felles varslingssystem for stengte stier. Frist: 1. oktober 2026.

I arbeidet skal direktoratet:

- kartlegge hvilke systemer kommunene har i dag
- vurdere kostnadene ved en felles løsning

| Når | Hva |
|---|---|
| 1. juni 2026 | Direktoratet sender rapport for første tertial |
"""
TYPED = [
    "Tildelingsbrev til Fjelldirektoratet for 2026",
    "",
    "Regjeringen har lagt fram en plan for trygg ferdsel i fjellet.",
    "",
    "Fjelldirektoratet skal levere en plan for ferdsel i fjellet innen 1. mai 2026.",
]


def picture_of(pdf: bytes, number: int = 0) -> ImageReader:
    document = pdfium.PdfDocument(pdf)
    picture = document[number].render(scale=200 / 72, grayscale=True).to_pil()
    document.close()
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return ImageReader(file)


def scanned(pdf: bytes, *, stamp: str = "") -> bytes:
    """The first page of a PDF as a picture of it, between a typed page and nothing."""
    picture = picture_of(pdf)

    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 595, 842)
        if stamp:
            text_at(canvas, 300, 830, [stamp], size=8)

    return drawn_pdf(lambda canvas: text_at(canvas, 70, 700, TYPED), page)


@needs_tesseract
def test_a_scanned_page_is_read_as_if_it_had_text_and_is_named() -> None:
    document = read_bytes(scanned(pdf_of(SHORT)), "brev.pdf")
    assert document.ocr_pages == (2,)
    assert [(notice.code, notice.about) for notice in document.notices] == [("read_by_ocr", ("2",))]
    for line in SHORT.splitlines():
        if line and not line.startswith("|"):
            assert line in document.text
    at = document.text.index("utrede et felles")
    assert document.by_ocr(at, at + 10)
    assert not document.by_ocr(0, 10)


@needs_tesseract
def test_what_an_archive_stamps_upon_a_scan_is_not_its_text() -> None:
    document = read_bytes(
        scanned(pdf_of(SHORT), stamp="Saksnr. 2026/1234-5 Journalført 1.1.2026"), "brev.pdf"
    )
    assert document.ocr_pages == (2,)
    assert "kartlegge hvilke systemer" in document.text


@needs_tesseract
def test_every_page_is_read_so_when_that_is_asked_for_and_none_when_not() -> None:
    data = scanned(pdf_of(SHORT))
    assert read_bytes(data, "brev.pdf", ocr=OcrMode.ALWAYS).ocr_pages == (1, 2)
    document = read_bytes(data, "brev.pdf", ocr=OcrMode.NEVER)
    assert document.ocr_pages == ()
    assert "varslingssystem" not in document.text
    assert [(notice.code, notice.about) for notice in document.notices] == [("pages_without_text", ("2",))]


def test_where_recognition_is_missing_the_rest_is_read_and_the_pages_are_named(monkeypatch) -> None:
    monkeypatch.setattr(ocr, "tesseract", lambda: None)
    monkeypatch.setattr("tillitsrom.reading.sources.pdf.Recognizer", ocr.Recognizer)
    document = read_bytes(scanned(pdf_of(SHORT)), "brev.pdf")
    assert "levere en plan" in document.text
    assert [(notice.code, notice.about) for notice in document.notices] == [("no_ocr", ("2",))]
    assert "tesseract" in document.notices[0].message
    picture = picture_of(pdf_of(SHORT))
    whole = drawn_pdf(*[lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842)] * 3)
    with pytest.raises(ReadingError, match=r"side 1–3 .*tesseract") as caught:
        read_bytes(whole, "brev.pdf")
    assert caught.value.code == "no_ocr"


@needs_tesseract
@pytest.mark.parametrize(
    "bound", [{"max_ocr_pages": 0}, {"max_ocr_page_seconds": 0.01}, {"max_ocr_seconds": 0.0}]
)
def test_pages_past_the_bounds_are_named_and_not_read(bound) -> None:
    started = time.monotonic()
    document = read_bytes(scanned(pdf_of(SHORT)), "brev.pdf", dataclasses.replace(Limits(), **bound))
    assert document.ocr_pages == ()
    assert [notice.code for notice in document.notices] == ["pages_without_text"]
    assert time.monotonic() - started < 5


@needs_tesseract
def test_a_page_of_the_largest_size_does_not_become_a_picture_without_end() -> None:
    picture = picture_of(pdf_of(SHORT))

    def page(canvas: Canvas) -> None:
        canvas.setPageSize((14_000, 14_000))
        canvas.drawImage(picture, 0, 0, 14_000, 14_000)

    pdf = pdfium.PdfDocument(drawn_pdf(page))
    drawn = ocr.drawn(pdf[0])
    pdf.close()
    assert drawn is not None
    assert drawn.width * drawn.height <= 12_100_000


def test_an_empty_page_and_a_page_with_a_frame_are_no_pictures() -> None:
    assert not ocr.is_picture(PageContent(1, 595, 842))
    assert not ocr.is_picture(PageContent(1, 595, 842, drawings=4))
    assert ocr.is_picture(PageContent(1, 595, 842, drawings=400))
    words = [Word("Direktoratet", 0, 1, 0, 1, 0, 10, False, "")] * 30
    assert not ocr.is_picture(PageContent(1, 595, 842, words=words, pictures=1, covered=1.0))


@pytest.mark.parametrize(
    "answer", [b"", b"<", b"\x00\xff", b"<html><span class='ocr_line' title='bbox x'></html>"]
)
def test_an_answer_that_makes_no_sense_gives_no_words(answer: bytes) -> None:
    picture = Picture(10, 10, b"\xff" * 100, 1.0)
    assert ocr.words_of(answer, picture, PageContent(1, 10, 10)) == []


def test_sizes_that_differ_by_a_hair_become_one() -> None:
    sizes = [10.0, 10.3, 9.8, 14.0, 14.2]
    page = PageContent(1, 595, 842, [Word("ord", 0, 1, 0, 1, 0, size, False, "") for size in sizes])
    ocr.even_out([page])
    assert len({word.size for word in page.words}) == 2


@needs_tesseract
def test_the_process_of_its_own_reads_scans_with_its_memory_and_files_bounded(tmp_path: Path) -> None:
    path = tmp_path / "brev.pdf"
    path.write_bytes(scanned(pdf_of(SHORT)))
    seen: list[tuple[int, int]] = []
    reading = read_isolated(path, progress=lambda done, total: seen.append((done, total)))
    assert reading.document.ocr_pages == (2,)
    assert [notice.code for notice in reading.document.notices] == ["read_by_ocr"]
    assert seen == [(1, 2), (2, 2)]
    marked = [reading.document.by_ocr(r.start, r.end) for r in reading.requirements]
    assert marked == [r.page == 2 for r in reading.requirements]
    assert any(marked)
    assert not all(marked)


def test_time_for_recognition_is_given_beside_the_time_of_the_document() -> None:
    given: list[float] = []
    watch = Watch(dataclasses.replace(Limits(), max_seconds=60), on_slow=given.append)
    watch.started -= 100
    with pytest.raises(ReadingError) as caught:
        watch.tick()
    assert caught.value.code == "too_slow"
    watch.slow_step(30.0)
    watch.took_apart(90.0)
    watch.tick()
    assert given == [30.0]


@needs_tesseract
def test_the_command_marks_what_it_read_so(tmp_path: Path) -> None:
    path = tmp_path / "brev.pdf"
    path.write_bytes(scanned(pdf_of(SHORT)))
    done = CliRunner().invoke(cli.cli, ["read", str(path), "--format", "jsonl"])
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["read_by_ocr"] for row in rows if row["page"] == 2} == {True}
    assert {row["read_by_ocr"] for row in rows if row["page"] == 1} == {False}
    assert "Merk: Side 2 er lest med tekstgjenkjenning" in done.stderr
    table = CliRunner().invoke(cli.cli, ["read", str(path)]).stdout
    assert "2*" in table
    assert "* Siden er lest med tekstgjenkjenning" in table
    never = CliRunner().invoke(cli.cli, ["read", str(path), "--ocr", "never"])
    assert "Side 2 har ingen tekst og er ikke lest" in never.stderr


def test_the_command_reads_every_attachment_and_tells_what_it_could_not(tmp_path: Path) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"] = "Brev"
    mail.set_content("Hei!\n\nSe vedlegget.\n")
    mail.add_attachment(SHORT.encode(), maintype="text", subtype="markdown", filename="brev.md")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="feil.pdf")
    path = tmp_path / "post.eml"
    path.write_bytes(mail.as_bytes())
    done = CliRunner().invoke(cli.cli, ["read", str(path), "--format", "jsonl"])
    assert done.exit_code == 2
    assert {json.loads(line)["doc"] for line in done.stdout.splitlines()} == {"post.eml/brev.md"}
    assert "post.eml/feil.pdf: PDF-en er skadet" in done.stderr
