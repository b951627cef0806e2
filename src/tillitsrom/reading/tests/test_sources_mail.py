"""E-mail: the body and each attachment, whatever the message is made of, and never more than the bounds."""

import time
from email.message import EmailMessage

import pytest

from tillitsrom.reading.model import ReadingError, SourceKind
from tillitsrom.reading.sources import Limits, read_bytes, read_parts
from tillitsrom.reading.sources.limits import Watch
from tillitsrom.reading.tests.make import LETTER, docx_of, pdf_of

WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def message(body: str = "Hei!\n\nDirektoratet skal rapportere.\n") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Tildelingsbrev – Fjelldirektoratet"
    mail["From"] = "dep@example.org"
    if body:
        mail.set_content(body)
    return mail


def parts(data: bytes) -> list[tuple[str, str]]:
    """The name of each part, and its text or the code of what is wrong with it."""
    found = read_parts(data, "post.eml", Watch())
    return [(p[0], p[1].code) if isinstance(p, tuple) else (p.name, p.text) for p in found]


def test_a_message_alone_is_read_with_its_subject_as_title() -> None:
    document = read_bytes(message().as_bytes(), "post.eml")
    assert document.kind is SourceKind.EMAIL
    assert document.title == "Tildelingsbrev – Fjelldirektoratet"
    assert "Direktoratet skal rapportere." in document.text


def test_the_only_attachment_that_can_be_read_is_the_document() -> None:
    mail = message()
    mail.add_attachment(
        docx_of(LETTER), maintype="application", subtype=WORD, filename="Tildelingsbrev æøå.docx"
    )
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="logo.png")
    document = read_bytes(mail.as_bytes(), "post.eml")
    assert (document.kind, document.text) == (SourceKind.DOCX, LETTER)
    assert document.name == "post.eml/Tildelingsbrev æøå.docx"
    assert [notice.code for notice in document.notices] == ["attachment"]


def test_of_several_attachments_one_must_be_chosen() -> None:
    mail = message()
    for name in ("a.pdf", "b.pdf"):
        mail.add_attachment(pdf_of(LETTER), maintype="application", subtype="pdf", filename=name)
    with pytest.raises(ReadingError, match=r"2 vedlegg .*a\.pdf, b\.pdf") as caught:
        read_bytes(mail.as_bytes(), "post.eml")
    assert caught.value.code == "which_attachment"


def test_all_parts_are_given_when_all_are_asked_for() -> None:
    mail = message()
    mail.add_attachment(LETTER.encode(), maintype="text", subtype="markdown", filename="brev.md")
    mail.add_attachment(b"%PDF-1.7 broken", maintype="application", subtype="pdf", filename="ødelagt.pdf")
    found = parts(mail.as_bytes())
    assert [name for name, _ in found] == ["post.eml", "post.eml/brev.md", "post.eml/ødelagt.pdf"]
    assert found[1][1] == LETTER
    assert found[2][1] == "damaged"


def test_a_message_that_was_sent_on_gives_its_attachments() -> None:
    inner = message()
    inner.add_attachment(LETTER.encode(), maintype="text", subtype="markdown", filename="brev.md")
    outer = message("Se under.\n")
    outer.add_attachment(inner)
    assert [name for name, _ in parts(outer.as_bytes())] == ["post.eml", "post.eml/brev.md"]
    assert parts(outer.as_bytes())[0][1] == "Se under.\n"


def test_the_richest_form_of_the_body_is_read() -> None:
    mail = message("Direktoratet skal rapportere.")
    mail.add_alternative("<h1>Krav</h1><p>Direktoratet skal rapportere.</p>", subtype="html")
    assert parts(mail.as_bytes()) == [("post.eml", "# Krav\n\nDirektoratet skal rapportere.\n")]


def test_old_character_sets_and_cut_lines_are_whole_again() -> None:
    raw = (
        b"Subject: =?iso-8859-1?Q?M=E5l?=\r\nContent-Type: text/plain; charset=iso-8859-1; format=flowed\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nDirektoratet skal \r\nl=F8se oppdraget.\r\n"
    )
    document = read_bytes(raw, "post.eml")
    assert (document.title, document.text) == ("Mål", "Direktoratet skal løse oppdraget.\n")


def test_a_name_is_a_name_and_no_path() -> None:
    mail = message()
    mail.add_attachment(LETTER.encode(), maintype="text", subtype="markdown", filename="../../etc/x\u202e.md")
    mail.add_attachment(LETTER.encode(), maintype="text", subtype="plain", filename="C:\\mappe\\brev.txt")
    names = [name for name, _ in parts(mail.as_bytes())]
    assert names == ["post.eml", "post.eml/x .md", "post.eml/brev.txt"]


def nested(depth: int) -> bytes:
    data = b"Content-Type: text/plain\r\n\r\nDirektoratet skal."
    for n in range(depth):
        edge = b"b%d" % n
        data = (
            b"Content-Type: multipart/mixed; boundary=" + edge + b"\r\n\r\n--" + edge + b"\r\n" + data
            + b"\r\n--" + edge + b"--\r\n"
        )  # fmt: skip
    return b"Subject: x\r\n" + data


def many(count: int) -> bytes:
    part = b"--x\r\nContent-Type: text/plain; name=a.txt\r\n\r\nskal\r\n"
    return b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + part * count + b"--x--\r\n"


HOSTILE = {
    "deep": (nested(500), "damaged"),
    "wide": (many(50_000), "damaged"),
    "no boundary": (b"Content-Type: multipart/mixed\r\n\r\n" + b"--x\r\n" * 100_000, "empty"),
    "boundaries without end": (b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 200_000, "empty"),
    "long headers": (b"X: " + b"=?utf-8?Q?" * 300_000 + b"\r\n\r\nskal", ""),
    "many headers": (b"X: y\r\n" * 200_000 + b"\r\nskal", ""),
    "bad coding": (b"Subject: =?x?Q?=ZZ?=\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%", "empty"),
    "bad charset": (b"Content-Type: text/plain; charset=\"\x00\xff\"\r\n\r\nDirektoratet skal.", ""),
    "two boundaries": (b"Content-Type: multipart/mixed; boundary*0=a; boundary*1*=%ff\r\n\r\n--a\r\n", "empty"),
    "name of nothing": (b"Content-Type: application/pdf; name*=utf-8''%ff%fe\r\n\r\nx", "wrong_type"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_message_made_to_do_harm_ends_soon(data: bytes, code: str) -> None:
    started = time.monotonic()
    assert _code_of(data) == code
    assert time.monotonic() - started < 5


def _code_of(data: bytes) -> str:
    try:
        read_bytes(data, "post.eml")
    except ReadingError as error:
        return error.code
    return ""


def test_the_attachments_together_stay_within_the_bound() -> None:
    mail = message()
    for n in range(5):
        mail.add_attachment(b"skal " * 10_000, maintype="text", subtype="plain", filename=f"{n}.txt")
    with pytest.raises(ReadingError) as caught:
        read_parts(mail.as_bytes(), "post.eml", Watch(Limits(max_bytes=200_000)))
    assert caught.value.code == "too_large"


def test_what_is_called_a_message_must_be_one() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b"Direktoratet skal rapportere.", "post.eml")
    assert caught.value.code == "wrong_type"
    with pytest.raises(ReadingError, match=r"\.eml"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "post.msg")
