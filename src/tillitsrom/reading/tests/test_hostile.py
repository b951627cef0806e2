"""Bad files: each gets its code and one clear line, in little time, and nothing else happens."""

import os
import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources import Limits, OcrMode, read_bytes, read_source
from tillitsrom.reading.tests.make import LETTER, docx_of, drawn_pdf, pdf_of, text_at

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOISE = random.Random(7).randbytes(20_000)  # noqa: S311 - noise, not a secret


def encrypted_pdf() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("hemmelig", ownerPassword="enda mer"))
    canvas.drawString(100, 700, "Direktoratet skal")
    canvas.save()
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = BytesIO()
    Image.new("RGB", (60, 80), "grey").save(picture, "PNG")

    def page(canvas: Canvas) -> None:
        picture.seek(0)
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)

    return drawn_pdf(page, page, page)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, before: str = "") -> bytes:
    return zipped(
        {
            "word/document.xml": f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()
        }
    )


def bomb() -> bytes:
    return zipped({"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})


def lying_bomb() -> bytes:
    """A zip file whose directory says that the part is small."""
    data = bytearray(bomb())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark)
        data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def locked_office() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 600
    )


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    return word("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>')


def reaching_out() -> bytes:
    return word(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    )


CASES: list[tuple[str, Callable[[], bytes], str]] = [
    ("tom.pdf", lambda: b"", "empty"),
    ("tom.docx", lambda: b"   \n", "empty"),
    ("kuttet.pdf", lambda: pdf_of(LETTER)[:300], "damaged"),
    ("støy.pdf", lambda: b"%PDF-1.7\n" + NOISE, "damaged"),
    ("låst.pdf", encrypted_pdf, "encrypted"),
    ("skannet.pdf", scanned_pdf, "no_text"),
    ("blank.pdf", lambda: drawn_pdf(lambda canvas: None), "no_text"),
    ("kuttet.docx", lambda: docx_of(LETTER)[:3000], "damaged"),
    ("støy.docx", lambda: b"PK\x03\x04" + NOISE, "damaged"),
    ("uten-innhold.docx", lambda: zipped({"word/styles.xml": b"<x/>"}), "damaged"),
    ("ødelagt.docx", lambda: zipped({"word/document.xml": b"<w:document"}), "damaged"),
    ("låst.docx", locked_office, "encrypted"),
    ("tomt-dokument.docx", lambda: word("<w:p/>"), "no_text"),
    ("bombe.docx", bomb, "too_large"),
    ("løgn.docx", lying_bomb, "damaged"),
    ("latter.docx", laughs, "damaged"),
    ("utenfor.docx", reaching_out, "damaged"),
    ("egentlig-pdf.docx", lambda: pdf_of(LETTER), "wrong_type"),
    ("egentlig-pdf.txt", lambda: pdf_of(LETTER), "wrong_type"),
    ("egentlig-docx.pdf", lambda: docx_of(LETTER), "wrong_type"),
    ("egentlig-html.md", lambda: b"<!DOCTYPE html><html><p>skal</p></html>", "wrong_type"),
    ("egentlig-tekst.pdf", lambda: b"Direktoratet skal rapportere.", "wrong_type"),
    ("bilde.docx", lambda: b"\x89PNG\r\n\x1a\n" + NOISE, "wrong_type"),
    ("bilde.txt", lambda: b"\x89PNG\r\n\x1a\n" + NOISE, "not_text"),
    ("støy.txt", lambda: NOISE, "not_text"),
    ("nuller.md", lambda: b"Direktoratet\x00\x00 skal", "not_text"),
    ("bilde.png", lambda: b"\x89PNG\r\n\x1a\n" + NOISE, "unsupported"),
    ("regneark.xlsx", lambda: zipped({"xl/workbook.xml": b"<x/>"}), "unsupported"),
    ("gammelt.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "unsupported"),
    ("tabell.csv", lambda: b"a;b", "unsupported"),
    ("uten-endelse", lambda: b"Direktoratet skal", "unsupported"),
]


@pytest.mark.parametrize(("name", "make", "code"), CASES, ids=[name for name, _, _ in CASES])
def test_a_bad_file_is_refused_with_its_reason(name: str, make: Callable[[], bytes], code: str) -> None:
    data = make()
    started = time.monotonic()
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, name, ocr=OcrMode.NEVER)
    assert caught.value.code == code
    assert time.monotonic() - started < 3
    message = str(caught.value)
    assert "\n" not in message
    assert 15 < len(message) < 200
    assert message.endswith(".")


def test_a_wrong_name_is_told_the_right_one() -> None:
    with pytest.raises(ReadingError, match=r"egentlig et PDF-dokument.*\.pdf"):
        read_bytes(pdf_of(LETTER), "brev.docx")


def test_the_pages_without_text_are_named() -> None:
    with pytest.raises(ReadingError, match=r"side 1–3 og er trolig skannet"):
        read_bytes(scanned_pdf(), "brev.pdf")


def test_too_many_bytes_pages_and_characters() -> None:
    letter = pdf_of(
        LETTER + "\n## Mer\n\n" + "\n\n".join(f"Direktoratet skal gjøre sak {n}." for n in range(80))
    )
    for limits, code in (
        (Limits(max_bytes=100), "too_large"),
        (Limits(max_pages=1), "too_many_pages"),
        (Limits(max_characters=500), "too_large"),
        (Limits(max_seconds=-1), "too_slow"),
    ):
        with pytest.raises(ReadingError) as caught:
            read_bytes(letter, "brev.pdf", limits)
        assert caught.value.code == code


@pytest.mark.parametrize("name", ["brev.md", "brev.docx", "brev.html"])
def test_time_is_kept_for_every_format(name: str) -> None:
    data = {"brev.md": b"skal", "brev.docx": docx_of(LETTER), "brev.html": b"<html><p>skal</p></html>"}[name]
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, name, Limits(max_seconds=-1))
    assert caught.value.code == "too_slow"


def test_control_characters_in_a_page_are_no_trouble() -> None:
    page = (
        b"<html><body><p>Direktoratet <script>x</script>&#1;\x02 skal &#xFFFE; rapportere.</p></body></html>"
    )
    assert read_bytes(page, "a.html").text == "Direktoratet skal rapportere.\n"


def test_a_deep_page_is_no_trouble() -> None:
    page = b"<html><body>" + b"<div>" * 50_000 + b"skal" + b"<ul><li>" * 50_000
    try:
        read_bytes(page, "dyp.html")
    except ReadingError as error:
        assert error.code in ("empty", "damaged")  # noqa: PT017 - either answer will do


def test_deep_nesting_in_word_is_no_trouble() -> None:
    table = "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000
    with pytest.raises(ReadingError) as caught:
        read_bytes(word(table), "dyp.docx")
    assert caught.value.code == "damaged"


def test_a_page_with_very_many_shapes_is_read() -> None:
    def page(canvas: Canvas) -> None:
        text_at(canvas, 70, 700, ["Direktoratet skal rapportere om kartet."])
        for n in range(4000):
            canvas.line(50 + n % 500, 100, 50 + n % 500, 400)
            canvas.line(50, 100 + n % 300, 550, 100 + n % 300)

    started = time.monotonic()
    assert "Direktoratet skal rapportere om kartet." in read_bytes(drawn_pdf(page), "kart.pdf").text
    assert time.monotonic() - started < 5


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, "unsupported"),
        (tmp_path / "borte.pdf", "not_found"),
        (Path("a\0b.pdf"), "not_found"),
    ):
        with pytest.raises(ReadingError) as caught:
            read_source(path)
        assert caught.value.code == code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_never_ends_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "rør.txt"
    os.mkfifo(pipe)
    with pytest.raises(ReadingError) as caught:
        read_source(pipe)
    assert caught.value.code == "unsupported"


def test_half_a_file_never_gives_anything_but_an_answer_or_a_reason() -> None:
    for name, data in (("a.pdf", pdf_of(LETTER)), ("a.docx", docx_of(LETTER))):
        for cut in range(0, len(data), max(1, len(data) // 25)):
            broken = data[:cut] + bytes(reversed(data[cut : cut + 40])) + data[cut + 40 :]
            try:
                read_bytes(broken, name)
            except ReadingError as error:
                assert str(error)  # noqa: PT017 - a reason is as good as an answer
