"""E-mail (.eml): the message's own text and each attachment that can be read, as documents of their own.

The message is cut by hand in linear time, with bounds on depth, parts and bytes: a message made to do harm can nest
and repeat without end. Headers are data; nothing in the message is followed or fetched.
"""

import base64
import binascii
import email.errors
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import PurePosixPath

from tillitsrom.reading.model import Document, Notice, ReadingError, SourceKind
from tillitsrom.reading.sources import markdown
from tillitsrom.reading.sources.detect import BY_NAME
from tillitsrom.reading.sources.limits import Watch, damaged, too_large

_DEEPEST = 10
_MOST_PARTS = 200
_LONGEST_HEADERS = 100_000
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")

Reader = Callable[[bytes, str, Watch], Document]
Part = Document | tuple[str, ReadingError]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a message, with its name and its bytes as they were before they were sent."""

    name: str
    data: bytes

    @property
    def readable(self) -> bool:
        """Whether its name is that of a document; pictures and calendars are not tried."""
        suffix = PurePosixPath(self.name).suffix.lower()
        return suffix in BY_NAME and suffix != ".eml"


@dataclass(slots=True)
class Mail:
    """What a message holds: its subject, its own text (a file in itself), and its attachments."""

    subject: str = ""
    body: Attachment | None = None
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def readable(self) -> list[Attachment]:
        return [one for one in self.attachments or [] if one.readable]


def read_mail(data: bytes, name: str, watch: Watch, read: Reader) -> Document:
    """The one document that a message carries: its only readable attachment, or its own text where it has none."""
    mail = opened(data, watch)
    found = mail.readable
    if len(found) > 1:
        names = ", ".join(one.name for one in found[:5]) + (" og flere" if len(found) > 5 else "")
        raise ReadingError(
            "which_attachment",
            f"E-posten har {len(found)} vedlegg som kan leses ({names[:120]}). Lagre det du vil ha lest, og last det opp.",
        )
    if not found:
        return _body(mail, name, watch, read)
    only = found[0]
    document = read(only.data, only.name, watch)
    notice = Notice("attachment", (only.name,), f"Lest fra vedlegget {only.name} i e-posten.")
    return replace(document, name=f"{name}/{only.name}", notices=(notice, *document.notices))


def read_all(data: bytes, name: str, watch: Watch, read: Reader) -> list[Part]:
    """Each attachment that can be read, and the message's own text first; what cannot be read with its reason."""
    mail = opened(data, watch)
    found: list[Part] = []
    if mail.body is not None or not mail.readable:
        try:
            found.append(_body(mail, name, watch, read))
        except ReadingError as error:
            if not mail.readable:
                raise
            if error.code != "empty":
                found.append((name, error))
    for one in mail.readable:
        inner = f"{name}/{one.name}"
        try:
            found.append(replace(read(one.data, one.name, watch), name=inner))
        except ReadingError as error:
            found.append((inner, error))
    return found


def _body(mail: Mail, name: str, watch: Watch, read: Reader) -> Document:
    if mail.body is None or not mail.body.data.strip():
        other = ", ".join(one.name for one in mail.attachments[:3])
        holds = f" Vedleggene ({other[:80]}) kan heller ikke leses." if other else ""
        raise ReadingError("empty", f"E-posten har ingen tekst.{holds} Lagre vedlegget som PDF eller DOCX.")
    document = read(mail.body.data, mail.body.name, watch)
    title = mail.subject or document.title
    return replace(document, name=name, kind=SourceKind.EMAIL, title=title)


def opened(data: bytes, watch: Watch) -> Mail:
    """The message taken apart; ReadingError where it is too deep, too large or no message at all."""
    opener = _Opener(watch)
    mail = Mail()
    headers, body = _split(data)
    if not headers.keys():
        raise damaged("E-posten")
    mail.subject = _words(headers.get("Subject"))[:300]
    opener.take(headers, body, mail, 0)
    return mail


class _Opener:
    """Walks through the parts of a message and counts what it costs."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._parts = 0
        self._bytes = 0

    def take(self, headers: Message, body: bytes, mail: Mail, depth: int) -> None:
        self._watch.tick()
        self._parts += 1
        if depth > _DEEPEST or self._parts > _MOST_PARTS:
            raise ReadingError(
                "damaged",
                "E-posten er satt sammen på en måte som ikke kan leses. Lagre vedlegget for seg, og les det.",
            )
        kind = headers.get_content_type()
        if kind.startswith("multipart/"):
            self._take_all(headers, body, mail, depth)
        elif kind == "message/rfc822":
            inner, rest = _split(self._decoded(headers, body))
            # A message that was sent on: its attachments are ours, and its text is not the sender's.
            forwarded = Mail(attachments=mail.attachments)
            self.take(inner, rest, forwarded, depth + 1)
            mail.body = mail.body or forwarded.body
        else:
            self._take_leaf(headers, body, kind, mail)

    def _take_all(self, headers: Message, body: bytes, mail: Mail, depth: int) -> None:
        alternative = headers.get_content_type() == "multipart/alternative"
        bodies: list[Attachment] = []
        for piece in _pieces(body, _boundary(headers)):
            inner = Mail(attachments=mail.attachments)
            self.take(*_split(piece), inner, depth + 1)
            if inner.body is not None:
                bodies.append(inner.body)
        # The last alternative is the richest; of parts that follow one another, the first is the message.
        if bodies:
            mail.body = bodies[-1 if alternative else 0]

    def _take_leaf(self, headers: Message, body: bytes, kind: str, mail: Mail) -> None:
        named = _words(_file_name(headers))
        attached = str(headers.get("Content-Disposition") or "").lower().startswith("attachment") or named
        if not attached and kind not in ("text/plain", "text/html"):
            return
        data = self._decoded(headers, body)
        if attached:
            mail.attachments.append(Attachment(_safe(named, kind, len(mail.attachments) + 1), data))
        elif mail.body is None:
            mail.body = Attachment("melding" + _ENDINGS[kind], _as_utf8(headers, data, kind))

    def _decoded(self, headers: Message, body: bytes) -> bytes:
        how = str(headers.get("Content-Transfer-Encoding") or "").strip().lower()
        try:
            if how == "base64":
                clean = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
                # What was cut off goes as far as it goes.
                data = base64.b64decode(clean[: len(clean) - len(clean) % 4] + _rest(clean))
            elif how == "quoted-printable":
                data = quopri.decodestring(body)
            else:
                data = body
        except (binascii.Error, ValueError):
            data = b""
        self._bytes += len(data)
        if self._bytes > self._watch.limits.max_bytes:
            raise too_large(self._watch.limits)
        return data


def _rest(clean: bytes) -> bytes:
    """The last two or three signs of base64, with the padding that was taken away."""
    left = len(clean) % 4
    return clean[-left:] + b"=" * (4 - left) if left > 1 else b""


def _split(data: bytes) -> tuple[Message, bytes]:
    """The headers and what follows the first empty line."""
    data = data.lstrip(b"\r\n")
    gap = _BLANK.search(data)
    end, start = (gap.start(), gap.end()) if gap else (len(data), len(data))
    try:
        headers = BytesHeaderParser().parsebytes(data[: min(end, _LONGEST_HEADERS)] + b"\n\n")
    except (email.errors.MessageError, ValueError, LookupError):
        raise damaged("E-posten") from None
    return headers, data[start:]


def _boundary(headers: Message) -> bytes:
    try:
        found = headers.get_boundary()
    except (email.errors.MessageError, ValueError, LookupError, UnicodeError):
        found = None
    return (found or "").encode("ascii", "replace")


def _pieces(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the lines of the boundary, without what comes before the first and after the last."""
    if not boundary:
        return []
    pieces = re.split(
        rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(?=--|[ \t]*\r?\n|[ \t]*\Z)",
        body,
        maxsplit=_MOST_PARTS + 1,
    )
    return [piece for piece in pieces[1:] if not piece.startswith(b"--") and piece.strip()]


def _file_name(headers: Message) -> str:
    try:
        return headers.get_filename() or ""
    except (email.errors.MessageError, ValueError, LookupError, UnicodeError, TypeError):
        return ""


def _words(value: object) -> str:
    """A header in plain words, whatever character set it was sent in."""
    raw = str(value or "")[:2000]
    try:
        pieces = decode_header(raw)
    except (email.errors.HeaderParseError, ValueError):
        return markdown.tidy(raw)
    text = ""
    for piece, charset in pieces:
        text += piece if isinstance(piece, str) else _from(piece, charset)
    return markdown.tidy(text)


def _from(data: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("latin-1")


def _safe(name: str, kind: str, number: int) -> str:
    """A file's name and nothing else: no folders, nothing invisible, and an ending that tells what it is."""
    clean = _UNSAFE.sub(" ", name.replace("\\", "/").rpartition("/")[2]).strip(" .")[-120:]
    if not clean:
        clean = f"vedlegg-{number}"
    if not PurePosixPath(clean).suffix and kind in _ENDINGS:
        clean += _ENDINGS[kind]
    return clean


def _as_utf8(headers: Message, data: bytes, kind: str) -> bytes:
    """The message's own text in UTF-8; lines that were cut to be sent are whole again."""
    charset = headers.get_param("charset")
    text = _from(data, charset if isinstance(charset, str) else None)
    if kind == "text/plain" and str(headers.get_param("format") or "").lower() == "flowed":
        text = re.sub(r"(?<=\S) \r?\n(?!>)", " ", text)
    if kind == "text/html":
        text = (
            re.sub(r"(<meta[^>]+charset\s*=\s*[\"']?)[\w-]+", r"\1utf-8", text[:4096], flags=re.I)
            + text[4096:]
        )
    return text.encode("utf-8", "replace")
