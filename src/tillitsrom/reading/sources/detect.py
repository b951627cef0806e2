"""What a file really is: its content decides, and its name must agree."""

import io
import re
import struct
import zipfile
from pathlib import PurePath

from tillitsrom.reading.model import ReadingError, SourceKind

BY_NAME = {
    ".pdf": SourceKind.PDF,
    ".docx": SourceKind.DOCX,
    ".docm": SourceKind.DOCX,
    ".htm": SourceKind.HTML,
    ".html": SourceKind.HTML,
    ".xhtml": SourceKind.HTML,
    ".md": SourceKind.MARKDOWN,
    ".markdown": SourceKind.MARKDOWN,
    ".txt": SourceKind.TEXT,
    ".text": SourceKind.TEXT,
    ".eml": SourceKind.EMAIL,
}
READABLE = "PDF, DOCX, HTML, Markdown eller ren tekst"
_IN_WORDS = {
    SourceKind.PDF: "et PDF-dokument",
    SourceKind.DOCX: "et Word-dokument (DOCX)",
    SourceKind.HTML: "en HTML-side",
    SourceKind.MARKDOWN: "en Markdown-fil",
    SourceKind.TEXT: "en tekstfil",
    SourceKind.EMAIL: "en e-post",
}
_ENDING = {
    SourceKind.PDF: ".pdf",
    SourceKind.DOCX: ".docx",
    SourceKind.HTML: ".html",
    SourceKind.TEXT: ".txt",
}
_SIGNATURES = (
    (b"\x89PNG", "et bilde (PNG)"),
    (b"\xff\xd8\xff", "et bilde (JPEG)"),
    (b"GIF8", "et bilde (GIF)"),
    (b"II*\x00", "et bilde (TIFF)"),
    (b"MM\x00*", "et bilde (TIFF)"),
    (b"{\\rtf", "et RTF-dokument"),
    (b"\x7fELF", "et program"),
    (b"MZ", "et program"),
    (b"\x1f\x8b", "et pakket arkiv (gzip)"),
    (b"7z\xbc\xaf", "et pakket arkiv (7z)"),
    (b"Rar!", "et pakket arkiv (RAR)"),
    (b"SQLite format 3", "en database"),
)
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.I | re.S,
)
_HEADER = re.compile(rb"\A\s*(?:From [^\n]*\n)?[!-9;-~]{1,80}:[ \t\r\n]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(data: bytes, name: str) -> SourceKind:
    """The format of these bytes; ReadingError where they cannot be read or the name says something else."""
    if not data.strip():
        raise ReadingError("empty", "Filen er tom. Last den ned eller lagre den på nytt.")
    suffix = PurePath(name).suffix.lower()
    named = BY_NAME.get(suffix)
    if named is SourceKind.EMAIL and _HEADER.match(data[:2000]):
        return named
    found = _by_content(data, name)
    if found is not None:
        if named is not None and named is not found:
            raise ReadingError(
                "wrong_type",
                f"Filen heter {suffix}, men er egentlig {_IN_WORDS[found]}. "
                f"Gi den endelsen {_ENDING[found]} og prøv igjen.",
            )
        return found
    if named in (SourceKind.MARKDOWN, SourceKind.TEXT):
        return named
    if (
        named is SourceKind.HTML
        and b"\x00" not in data[:4096]
        and re.search(rb"<[a-zA-Z][^>]*>", data[:65536])
    ):
        return named
    raise _unreadable(data, suffix, named)


def _unreadable(data: bytes, suffix: str, named: SourceKind | None) -> ReadingError:
    if named is None:
        known = f"Filer som ender på {suffix}" if suffix else "Filer uten endelse"
        return ReadingError("unsupported", f"{known} kan ikke leses. Lagre dokumentet som {READABLE}.")
    what = "en tekstfil" if b"\x00" not in data[:4096] else "noe annet"
    return ReadingError(
        "wrong_type",
        f"Filen heter {suffix}, men innholdet er {what}. Rett endelsen, eller lagre dokumentet på nytt.",
    )


def _by_content(data: bytes, name: str) -> SourceKind | None:
    if b"%PDF-" in data[:1024]:
        return SourceKind.PDF
    if data.startswith(_OLE):
        raise _ole(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, name)
    for signature, words in _SIGNATURES:
        if data.startswith(signature) and not _is_prose(data):
            raise _foreign(name, words)
    if _HTML.match(data[:65536]):
        return SourceKind.HTML
    return None


def _is_prose(data: bytes) -> bool:
    """Text may begin with the letters of a signature ("MZ …")."""
    return data[:2] == b"MZ" and b"\x00" not in data[:1024]


def _foreign(name: str, words: str) -> ReadingError:
    suffix = PurePath(name).suffix.lower()
    named = BY_NAME.get(suffix)
    if named in (SourceKind.MARKDOWN, SourceKind.TEXT):
        return ReadingError(
            "not_text", f"Filen heter {suffix}, men er egentlig {words}. Lagre dokumentet som {READABLE}."
        )
    if named is not None:
        return ReadingError(
            "wrong_type", f"Filen heter {suffix}, men er egentlig {words}. Lagre dokumentet som {READABLE}."
        )
    return ReadingError(
        "unsupported", f"Filen er {words} og kan ikke leses. Lagre dokumentet som {READABLE}."
    )


def _ole(data: bytes, name: str) -> ReadingError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadingError(
            "encrypted", "Dokumentet er beskyttet med passord. Fjern passordet i Word, lagre, og prøv igjen."
        )
    if PurePath(name).suffix.lower() == ".msg":
        raise ReadingError(
            "unsupported", "E-post som er lagret av Outlook (.msg), kan ikke leses. Lagre den som .eml."
        )
    if PurePath(name).suffix.lower() in (".doc", ".xls", ".ppt"):
        return ReadingError(
            "unsupported", "Gamle Office-formater kan ikke leses. Åpne filen og lagre den som DOCX."
        )
    return _foreign(name, "et dokument i et gammelt Office-format")


def _zip(data: bytes, name: str) -> SourceKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:5000])
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, OverflowError, RuntimeError):
        # Cut in two or overwritten: its name tells what it was meant to be.
        if PurePath(name).suffix.lower() in (".docx", ".docm"):
            return SourceKind.DOCX
        raise _foreign(name, "et skadet pakket arkiv (zip)") from None
    if "word/document.xml" in names or any(n.startswith("word/") for n in names):
        return SourceKind.DOCX
    for member, words in (
        ("xl/workbook.xml", "et regneark (Excel)"),
        ("ppt/presentation.xml", "en presentasjon (PowerPoint)"),
        ("META-INF/manifest.xml", "et OpenDocument-dokument (ODF)"),
    ):
        if member in names:
            raise _foreign(name, words)
    if PurePath(name).suffix.lower() in (".docx", ".docm"):
        return SourceKind.DOCX
    raise _foreign(name, "et pakket arkiv (zip)")
