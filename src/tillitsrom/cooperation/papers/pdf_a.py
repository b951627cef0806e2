"""A document as PDF/A-2b: fonts embedded, colours defined, metadata in XMP; and tagged, so that it can be read aloud.

The file claims PDF/A-2b only. It has a structure of headings and paragraphs in reading order, a language and a title, which is
what assistive technology needs, but it has not been judged by a validator of PDF/UA.
"""

import io
import unicodedata
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from .blocks import Block, Kind, Paper

MARGIN, WIDTH, HEIGHT = 62.0, 595.28, 841.89
# Font, size, line height and space above for each kind of block, in points.
LOOKS = {
    Kind.TITLE: ("VeraBd", 15, 20, 0),
    Kind.HEADING: ("VeraBd", 11.5, 16, 14),
    Kind.PARAGRAPH: ("Vera", 10, 15, 4),
}
# Sámi letters that the font lacks and that have no accent to lose.
NEAREST = {"ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T"}
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Tillitsrom</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>Tillitsrom</pdf:Producer><pdf:Keywords></pdf:Keywords>
<xmp:CreatorTool>Tillitsrom</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def _fonts() -> None:
    """The fonts that come with reportlab (Bitstream Vera, free to embed)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


@cache
def _colours() -> bytes:
    """The sRGB profile, which says what the colours of the file are."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _writable(text: str, font: str) -> str:
    """The text in characters that the font has: a letter that it lacks loses its accent, and what is left becomes «?»."""
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(font).face.charToGlyph
    found = []
    for char in unicodedata.normalize("NFC", text):
        if ord(char) in known:
            found.append(char)
        elif char.isspace():
            found.append(" ")
        elif unicodedata.category(char)[0] != "C":
            plain = [one for one in unicodedata.normalize("NFKD", char) if ord(one) in known]
            found.append("".join(plain) or NEAREST.get(char, "?"))
    return "".join(found)


def _lines(text: str, font: str, size: float) -> list[str]:
    """The text broken to the width of the page, also words that are longer than a line."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase.pdfmetrics import stringWidth

    room = WIDTH - 2 * MARGIN
    found = []
    for line in simpleSplit(text, font, size, room):
        rest = line
        while stringWidth(rest, font, size) > room:
            fits = next(n for n in range(len(rest), 0, -1) if stringWidth(rest[:n], font, size) <= room)
            found.append(rest[:fits])
            rest = rest[fits:]
        found.append(rest)
    return found


class _Writer:
    """Lays blocks on pages, and remembers for the structure where each piece of each block is."""

    def __init__(self, paper: Paper, out: io.BytesIO) -> None:
        from reportlab.lib.utils import TimeStamp
        from reportlab.pdfgen.canvas import Canvas

        _fonts()
        self.canvas: Any = Canvas(
            out, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, initialFontName="Vera",
            pdfVersion=(1, 7), lang=paper.language,
        )  # fmt: skip
        day = paper.made_on
        self.at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        stamp = TimeStamp(1)
        stamp.t, stamp.lt = self.at.timestamp(), self.at.timetuple()
        stamp.YMDhms = tuple(self.at.timetuple())[:6]
        self.canvas._doc._timeStamp = stamp
        self.y = HEIGHT - MARGIN
        self.page = 0
        self.marks = 0
        # For each block its kind and pieces: (page, mark); for each page the block of each mark, in order.
        self.pieces: list[tuple[Kind, list[tuple[int, int]]]] = []
        self.pages: list[tuple[Any, list[int]]] = []
        self.of_page: list[int] = []

    def block(self, block: Block) -> None:
        font, size, leading, above = LOOKS[block.kind]
        self.y -= above
        mine: list[tuple[int, int]] = []
        self.pieces.append((block.kind, mine))
        opened = False
        for line in _lines(_writable(block.text, font), font, size):
            if self.y - leading < MARGIN:
                if opened:
                    self.canvas._code.append("EMC")
                    opened = False
                self.end_page()
            if not opened:
                self.canvas._code.append(f"/{block.kind} <</MCID {self.marks}>> BDC")
                mine.append((self.page, self.marks))
                self.of_page.append(len(self.pieces) - 1)
                self.marks += 1
                opened = True
            self.y -= leading
            self.canvas.setFont(font, size)
            self.canvas.drawString(MARGIN, self.y, line)
        if opened:
            self.canvas._code.append("EMC")

    def end_page(self) -> None:
        self.canvas._code.append("/Artifact BMC")
        self.canvas.setFont("Vera", 8)
        self.canvas.drawRightString(WIDTH - MARGIN, MARGIN / 2, str(self.page + 1))
        self.canvas._code.append("EMC")
        self.canvas.showPage()
        self.pages.append((self._last_page(), self.of_page))
        self.page, self.marks, self.of_page, self.y = self.page + 1, 0, [], HEIGHT - MARGIN

    def _last_page(self) -> Any:
        return self.canvas._doc.Pages.pages[-1]

    def finish(self, paper: Paper) -> None:
        canvas = self.canvas
        for set_it, value in (
            (canvas.setTitle, paper.title), (canvas.setSubject, paper.title), (canvas.setAuthor, "Tillitsrom"),
            (canvas.setCreator, "Tillitsrom"), (canvas.setProducer, "Tillitsrom"), (canvas.setKeywords, ""),
        ):  # fmt: skip
            set_it(value)
        catalog = canvas._doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.__Refs__ = catalog.__NoDefault__
        self._colours(catalog)
        self._metadata(catalog, paper)
        self._structure(catalog)
        canvas.save()

    def _colours(self, catalog: Any) -> None:
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

        profile = PDFStream(PDFDictionary({"N": 3}), _colours())
        intent = PDFDictionary({
            "Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"), "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": self.canvas._doc.Reference(profile),
        })  # fmt: skip
        catalog.OutputIntents = PDFArray([intent])

    def _metadata(self, catalog: Any, paper: Paper) -> None:
        from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

        made = self.at.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        words = _XMP.format(title=escape(paper.title), language=paper.language, made=made).encode("utf-8")
        facts = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        stream = PDFStream(facts, words)
        stream.filters = []
        catalog.Metadata = stream

    def _structure(self, catalog: Any) -> None:
        """Document → headings and paragraphs, each with the pieces of the pages that it stands on."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        doc = self.canvas._doc
        root, whole = PDFDictionary({"Type": PDFName("StructTreeRoot")}), PDFDictionary({})
        root_ref, whole_ref = doc.Reference(root), doc.Reference(whole)
        elements = []
        for kind, places in self.pieces:
            kids = [
                PDFDictionary(
                    {"Type": PDFName("MCR"), "Pg": doc.Reference(self.pages[page][0]), "MCID": mark}
                )
                for page, mark in places
            ]
            facts = {
                "Type": PDFName("StructElem"),
                "S": PDFName(kind.value),
                "P": whole_ref,
                "K": PDFArray(kids),
            }
            elements.append(doc.Reference(PDFDictionary(facts)))
        facts = {
            "Type": PDFName("StructElem"),
            "S": PDFName("Document"),
            "P": root_ref,
            "K": PDFArray(elements),
        }
        whole.dict.update(facts)
        numbers: list[Any] = []
        for number, (page, owners) in enumerate(self.pages):
            numbers += [number, PDFArray([elements[owner] for owner in owners])]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs, page.Trans = number, PDFName("S"), None
        root.dict.update({
            "K": PDFArray([whole_ref]), "ParentTreeNextKey": len(self.pages),
            "ParentTree": doc.Reference(PDFDictionary({"Nums": PDFArray(numbers)})),
        })  # fmt: skip
        catalog.StructTreeRoot = root_ref
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})


def pdf(paper: Paper) -> bytes:
    """The document as a file. The same document gives the same pages."""
    out = io.BytesIO()
    writer = _Writer(paper, out)
    for block in paper.blocks:
        writer.block(block)
    writer.end_page()
    writer.finish(paper)
    return out.getvalue()
