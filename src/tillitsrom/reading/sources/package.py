"""The zip package of a DOCX file, opened with its size checked before and while it is unpacked."""

import io
import posixpath
import struct
import zipfile
import zlib

from lxml import etree

from tillitsrom.reading.model import ReadingError
from tillitsrom.reading.sources.limits import Watch, damaged

_CHUNK = 1 << 16
# What a zip file that is cut, overwritten or made to do harm has been seen to raise.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_SMALL = 1_000_000
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def bomb() -> ReadingError:
    return ReadingError(
        "too_large",
        "Filen pakker ut mye mer enn den skal og kan være laget for å gjøre skade. Lagre dokumentet på nytt.",
    )


class Package:
    """Parts of the package by name; only those that are asked for are unpacked."""

    def __init__(self, data: bytes, watch: Watch) -> None:
        self._watch = watch
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._members = {info.filename: info for info in self._archive.infolist()}
        except _BROKEN:
            raise damaged("Word-dokumentet") from None
        self._check(len(data))

    def _check(self, packed: int) -> None:
        limits = self._watch.limits
        total = sum(info.file_size for info in self._members.values())
        if total > limits.max_unpacked or len(self._members) > 20_000:
            raise bomb()
        if total > max(packed * limits.max_ratio, _SMALL):
            raise bomb()
        if any(info.flag_bits & 1 for info in self._members.values()):
            raise ReadingError(
                "encrypted", "Dokumentet er beskyttet med passord. Fjern passordet, lagre, og prøv igjen."
            )

    def main_part(self) -> str:
        """The name of the document's own part, as the package's relations say it."""
        root = self.xml("_rels/.rels")
        if root is not None:
            for relation in root.iter(_RELATIONS):
                if (relation.get("Type") or "").endswith("/officeDocument"):
                    return posixpath.normpath((relation.get("Target") or "").lstrip("/"))
        return "word/document.xml"

    def read(self, name: str) -> bytes | None:
        """One part, unpacked in small bites: what the directory says of its size may be a lie."""
        info = self._members.get(name)
        if info is None:
            return None
        pieces: list[bytes] = []
        try:
            with self._archive.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    self._watch.tick()
                    self._unpacked += len(piece)
                    if self._unpacked > self._watch.limits.max_unpacked:
                        raise bomb()
                    pieces.append(piece)
        except _BROKEN:
            raise damaged("Word-dokumentet") from None
        return b"".join(pieces)

    def xml(self, name: str) -> etree._Element | None:
        """One part as XML. A document type is never needed in this format, so one that has it is refused."""
        data = self.read(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise damaged("Word-dokumentet") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise damaged("Word-dokumentet")
        return root
