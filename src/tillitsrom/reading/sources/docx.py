"""DOCX: the text as it stands when every tracked change is accepted; comments, fields and hidden text are left out.

Comments and changes are counted, so that whoever reads knows that they were there.
"""

from collections.abc import Iterator

from lxml import etree

from tillitsrom.reading.model import Document, Notice, ReadingError, SourceKind
from tillitsrom.reading.sources import markdown
from tillitsrom.reading.sources.docx_styles import Numbering, Styles, attribute, tag
from tillitsrom.reading.sources.limits import Watch, damaged
from tillitsrom.reading.sources.markdown import Block, BlockKind
from tillitsrom.reading.sources.package import Package

_SKIPPED_NAMES = """
    del moveFrom delText instrText pPr rPr commentReference annotationRef footnoteRef endnoteRef
    sectPr sdtPr sdtEndPr tblPr tblGrid fldData proofErr bookmarkStart bookmarkEnd
"""
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset([*map(tag, _SKIPPED_NAMES.split()), f"{_COMPATIBILITY}Fallback"])
_BREAKS = {tag("tab"): "\t", tag("br"): "\n", tag("cr"): "\n", tag("noBreakHyphen"): "-", tag("ptab"): "\t"}


def read_docx(data: bytes, name: str, watch: Watch) -> Document:
    """The document of a DOCX file."""
    package = Package(data, watch)
    main = package.main_part()
    root = package.xml(main)
    body = None if root is None else root.find(tag("body"))
    if body is None:
        raise damaged("Word-dokumentet")
    folder = main.rpartition("/")[0]
    reader = _Reader(
        Styles(package.xml(f"{folder}/styles.xml")), Numbering(package.xml(f"{folder}/numbering.xml")), watch
    )
    blocks = list(reader.blocks(body))
    blocks += reader.notes(package.xml(f"{folder}/footnotes.xml"), package.xml(f"{folder}/endnotes.xml"))
    text, _ = markdown.write(blocks)
    if not text.strip():
        raise ReadingError(
            "no_text", "Dokumentet har ingen tekst, bare bilder eller tomme sider. Lagre det med tekst."
        )
    watch.page(1, 1)
    notices = _notices(body, package.xml(f"{folder}/comments.xml"))
    return Document(name, SourceKind.DOCX, text, title=_title(blocks), notices=notices)


def _notices(body: etree._Element, comments: etree._Element | None) -> tuple[Notice, ...]:
    """What is in the file and not in the text."""
    found = []
    remarks = 0 if comments is None else sum(_has_text(c) for c in comments.iter(tag("comment")))
    if remarks:
        words = "1 kommentar" if remarks == 1 else f"{remarks} kommentarer"
        found.append(
            Notice("comments", (str(remarks),), f"Dokumentet har {words} i margen, som ikke er lest.")
        )
    changes = sum(_has_text(change) for change in body.iter(tag("ins"), tag("del"), tag("moveTo")))
    if changes:
        words = "1 sporet endring" if changes == 1 else f"{changes} sporede endringer"
        message = f"Dokumentet har {words}. Det er lest som om alle var godtatt."
        found.append(Notice("tracked_changes", (str(changes),), message))
    return tuple(found)


def _has_text(element: etree._Element) -> bool:
    return any((t.text or "").strip() for t in element.iter(tag("t"), tag("delText")))


def _title(blocks: list[Block]) -> str | None:
    return next((b.text for b in blocks if b.kind is BlockKind.HEADING), None)


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering, watch: Watch) -> None:
        self._styles = styles
        self._numbering = numbering
        self._watch = watch
        self._notes: list[tuple[str, str]] = []
        self._level = 0
        self._carried = ""

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The blocks of a body, a cell or a content control, in order."""
        for element in container.iterchildren():
            self._watch.tick()
            if element.tag == tag("p"):
                yield from self._paragraph(element)
            elif element.tag == tag("tbl"):
                yield from self._table(element)
            elif element.tag in (tag("sdt"), tag("sdtContent"), tag("ins"), tag("moveTo"), tag("customXml")):
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        raw = self._carried + "".join(_texts(element, self._notes))
        self._carried = ""
        if _end_is_deleted(element):
            # With the change accepted, what comes next stands in the same paragraph.
            self._carried = raw
            raw = ""
        if text := markdown.tidy(raw):
            self._watch.took(len(text))
            block = self._block(text, element)
            if block is not None:
                yield block
            elif "\n" in raw:
                yield from self._by_hand(raw, element)
            else:
                lead = _bold_lead(element)
                yield from (markdown.with_bold(one, lead) for one in markdown.blocks_by_hand(raw))
        for box in [box for box in element.iter(tag("txbxContent")) if not _in_fallback(box)]:
            yield from self.blocks(box)

    def _by_hand(self, raw: str, element: etree._Element) -> list[Block]:
        """Text as its writer broke it; a first line in bold is the heading of the rest."""
        first, broken, rest = raw.partition("\n")
        if (
            broken
            and _first_line_is_bold(element)
            and markdown.reads_as_heading(markdown.tidy(first), larger=False)
        ):
            return [markdown.heading(first, self._level + 1), *markdown.blocks_by_hand(rest)]
        return markdown.blocks_by_hand(raw)

    def _block(self, text: str, element: etree._Element) -> Block | None:
        """What the paragraph's style makes of it; None for a paragraph of text."""
        properties = element.find(tag("pPr"))
        style = self._styles.of(properties)
        level = self._styles.heading_level(properties, style)
        numbered = self._numbering.of(properties, self._styles.numbering(style))
        if level:
            self._level = level
            number = numbered.marker if numbered and not numbered.bullet else ""
            return markdown.heading(f"{number} {text}" if number else text, level)
        if self._styles.is_contents(style):
            return markdown.paragraph(_leaders(element) or text)
        if numbered:
            level = numbered.level or self._styles.list_level(style)
            found = markdown.item(text, level, "" if numbered.bullet else numbered.marker)
            return markdown.with_bold(found, _bold_lead(element))
        if self._styles.is_list(style):
            found = markdown.item(text, self._styles.list_level(style))
            return markdown.with_bold(found, _bold_lead(element))
        if _is_bold(element) and markdown.reads_as_heading(text, larger=False):
            return markdown.heading(text, self._level + 1)
        return None

    def _table(self, table: etree._Element) -> Iterator[Block]:
        lines = [list(_cells(line)) for line in _rows(table)]
        width = max((sum(map(_span, cells)) for cells in lines), default=0)
        for cells in lines:
            found = [list(self.blocks(cell)) for cell in cells]
            if len(found) == 1 and found[0] and (width == 1 or markdown.is_prose(found[0])):
                yield from found[0]
            elif any(found):
                texts: list[str] = []
                for cell, blocks in zip(cells, found, strict=True):
                    texts += [markdown.cell_text(blocks), *[""] * (_span(cell) - 1)]
                yield markdown.row([*texts, *[""] * (width - len(texts))])

    def notes(self, *parts: etree._Element | None) -> list[Block]:
        """The footnotes that the text refers to, last, under their own heading."""
        texts: dict[tuple[str, str], str] = {}
        for part in parts:
            if part is None:
                continue
            kind = "footnote" if part.tag == tag("footnotes") else "endnote"
            for note in part.iterchildren(tag(kind)):
                words = " ".join("".join(_texts(p, [])) for p in note.iter(tag("p")))
                texts[kind, attribute(note, "id")] = markdown.tidy(words)
        found = [text for key in self._notes if (text := texts.get(key))]
        if not found:
            return []
        return [
            markdown.heading("Fotnoter", 1),
            *(markdown.item(t, 0, f"{n}.") for n, t in enumerate(found, 1)),
        ]


def _texts(element: etree._Element, notes: list[tuple[str, str]]) -> Iterator[str]:
    """The pieces of visible text under an element; the notes met on the way are put in `notes`."""
    for child in element.iterchildren():
        name = child.tag
        if not isinstance(name, str) or name in _SKIPPED or name == tag("txbxContent"):
            continue
        if name == tag("t"):
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name in (tag("footnoteReference"), tag("endnoteReference")):
            notes.append(("footnote" if "foot" in name else "endnote", attribute(child, "id")))
        elif name == tag("r") and _is_hidden(child):
            continue
        else:
            yield from _texts(child, notes)


def _end_is_deleted(element: etree._Element) -> bool:
    properties = element.find(tag("pPr"))
    mark = None if properties is None else properties.find(tag("rPr"))
    return mark is not None and mark.find(tag("del")) is not None


def _is_hidden(run: etree._Element) -> bool:
    return _has(run, "vanish")


def _has(run: etree._Element, quality: str) -> bool:
    properties = run.find(tag("rPr"))
    found = None if properties is None else properties.find(tag(quality))
    return found is not None and attribute(found, "val") not in ("0", "false")


def _is_bold(element: etree._Element) -> bool:
    """Every word of the paragraph is bold: a heading that was made by hand."""
    runs = [run for run in element.iter(tag("r")) if any((t.text or "").strip() for t in run.iter(tag("t")))]
    return bool(runs) and all(_has(run, "b") for run in runs)


def _bold_lead(element: etree._Element) -> str:
    """The first words of the paragraph, as long as they are bold."""
    pieces: list[str] = []
    for run in element.iter(tag("r")):
        text = "".join(_texts(run, []))
        if text.strip() and not _has(run, "b"):
            break
        pieces.append(text)
    return markdown.tidy("".join(pieces))


def _first_line_is_bold(element: etree._Element) -> bool:
    bold = False
    for run in element.iter(tag("r")):
        for child in run.iterchildren(tag("t"), tag("br"), tag("cr")):
            if child.tag != tag("t"):
                return bold
            if (child.text or "").strip():
                if not _has(run, "b"):
                    return False
                bold = True
    return False


def _in_fallback(element: etree._Element) -> bool:
    return any(a.tag in _SKIPPED for a in element.iterancestors())


def _leaders(element: etree._Element) -> str:
    """A line of a table of contents, with dots where Word draws them: heading ..... 5."""
    pieces = "".join(_texts(element, [])).rsplit("\t", 1)
    if len(pieces) != 2 or not pieces[1].strip():
        return ""
    return f"{markdown.tidy(pieces[0])} ..... {markdown.tidy(pieces[1])}"


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren():
        if child.tag == tag("tr"):
            properties = child.find(tag("trPr"))
            if properties is None or properties.find(tag("del")) is None:
                yield child
        elif child.tag in (tag("sdt"), tag("sdtContent"), tag("ins"), tag("customXml")):
            yield from _rows(child)


def _span(cell: etree._Element) -> int:
    """How many columns the cell covers; a number that cannot be true counts as one."""
    properties = cell.find(tag("tcPr"))
    span = None if properties is None else properties.find(tag("gridSpan"))
    value = "" if span is None else attribute(span, "val")
    return int(value) if value.isdigit() and 1 <= int(value) <= 60 else 1


def _cells(line: etree._Element) -> Iterator[etree._Element]:
    for child in line.iterchildren():
        if child.tag == tag("tc"):
            yield child
        elif child.tag in (tag("sdt"), tag("sdtContent"), tag("customXml")):
            yield from _cells(child)
