"""HTML: the main content of a page as Markdown; scripts, menus and forms are left out, nothing is fetched."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from tillitsrom.reading.model import Document, ReadingError, SourceKind
from tillitsrom.reading.sources import markdown
from tillitsrom.reading.sources.limits import Watch, damaged
from tillitsrom.reading.sources.markdown import Block
from tillitsrom.reading.sources.text import decode, not_text

_DROPPED_NAMES = """
    script style template noscript svg math iframe object embed nav form button select input textarea head
    audio video canvas dialog aside menu
"""
_BLOCK_NAMES = """
    address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2 h3
    h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADING = re.compile(r"h([1-6])$")
_MAIN = ("//main", "//*[@role='main']", "//article", "//*[@id='content' or @id='main' or @id='dokument']")
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|navbar|navigation|nav|menu|share|sharing|social|related|skip-?links?|"
    r"visually-hidden|sr-only|pagination|pager|toc|table-of-contents|feedback|newsletter|subscribe|footer|"
    r"footnotereference|changesToParent)(?:[\s_-]|$)",
    re.I,
)
_NOISE_ROLES = ("navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alertdialog")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read_html(data: bytes, name: str, watch: Watch) -> Document:
    """The document of an HTML file."""
    root = _parse(_decoded(data))
    if root is None:
        raise damaged("HTML-filen")
    _drop_noise(root)
    walker = _Walker(watch)
    walker.walk(_main(root))
    text, _ = markdown.write(walker.finish())
    if not text.strip():
        raise ReadingError("empty", "Siden har ingen tekst. Lagre den på nytt fra nettleseren.")
    watch.page(1, 1)
    return Document(name, SourceKind.HTML, text, title=_title(root, walker.blocks))


def _decoded(data: bytes) -> str:
    declared = _DECLARED.search(data[:4096])
    if declared and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    text = decode(data)
    if "<" not in text:
        raise not_text()
    return text


def _parse(text: str) -> lxml_html.HtmlElement | None:
    # An encoding declaration in a text that is already decoded is refused by the parser.
    text = re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _main(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The element that holds the document itself: the first candidate with most of the words."""
    body = root.find("body")
    body = root if body is None else body
    everything = len(body.text_content())
    for path in _MAIN:
        candidates = body.xpath(path)
        if candidates:
            best = max(candidates, key=lambda e: len(e.text_content()))
            if len(best.text_content()) > everything / 4:
                return best
    return body


def _drop_noise(root: lxml_html.HtmlElement) -> None:
    whole = len(root.text_content())
    for element in [e for e in root.iter() if isinstance(e.tag, str) and _is_noise(e)]:
        # A page whose text is inside something that is called a menu is read all the same.
        if element.tag in _DROPPED or len(element.text_content()) <= whole / 2:
            # Emptied, not taken out: what follows it in the text is not touched.
            element.clear(keep_tail=True)


def _is_noise(element: lxml_html.HtmlElement) -> bool:
    if element.tag in ("html", "body", "main", "head"):
        return False
    if element.tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    parent = element.getparent()
    if element.tag in ("header", "footer") and parent is not None:
        return bool(parent.tag == "body")
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _NOISE.search(named) or _NOISE.search(_CAMEL.sub("-", named)):
        return True
    return element.get("role") in _NOISE_ROLES


def _title(root: lxml_html.HtmlElement, blocks: list[Block]) -> str | None:
    for block in blocks:
        if block.kind is markdown.BlockKind.HEADING and block.level == 1:
            return block.text
    title = root.findtext(".//title")
    return markdown.tidy(title) or None if title else None


class _Walker:
    """Goes through the tree once and gives its text in blocks."""

    def __init__(self, watch: Watch) -> None:
        self.blocks: list[Block] = []
        self._watch = watch
        self._buffer: list[str] = []
        self._lists: list[lxml_html.HtmlElement] = []
        self._marker: str | None = None
        self._level = 0

    def finish(self) -> list[Block]:
        self._flush()
        return self.blocks

    def walk(self, element: lxml_html.HtmlElement) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        self._watch.tick()
        if heading := _HEADING.match(tag):
            self._flush()
            self._level = int(heading.group(1))
            self._add(markdown.heading(_inline(element), self._level))
        elif tag == "table":
            self._flush()
            self._table(element)
        elif tag in ("ul", "ol"):
            self._list(element)
        elif tag == "br":
            self._buffer.append("\n")
        elif tag == "p" and self._marker is None and (title := _bold_title(element)):
            self._flush()
            self._add(markdown.heading(title, self._level + 1))
        elif tag in _BLOCKS:
            self._flush()
            if self._marker is None and tag in ("p", "div"):
                self._bold_lead(element)
            self._children(element)
            self._flush()
        elif tag in ("b", "strong") and self._leads(element):
            lead = markdown.tidy(_inline(element))
            self._buffer.append(markdown.with_lead(f"{lead} x", lead).removesuffix(" x"))
            self._buffer.append(" " if _inline(element).endswith((" ", "\n", "\u00a0")) else "")
        else:
            self._children(element)

    def _leads(self, element: lxml_html.HtmlElement) -> bool:
        """Bold words that open a text which goes on after them."""
        after = element.getnext()
        goes_on = bool((element.tail or "").strip()) or (
            after is not None and after.tag not in _BLOCKS and after.tag not in ("br", "b", "strong")
        )
        return goes_on and len(element) < 5 and not any("".join(self._buffer).split())

    def _children(self, element: lxml_html.HtmlElement) -> None:
        self._buffer.append((element.text or "").replace("\n", " "))
        for child in element:
            self.walk(child)
            self._buffer.append((child.tail or "").replace("\n", " "))

    def _bold_lead(self, element: lxml_html.HtmlElement) -> None:
        """A first line in bold, ended by hand, is the heading of the rest."""
        lead = element[0] if len(element) else None
        if (
            lead is None
            or lead.tag not in ("b", "strong")
            or (element.text or "").strip()
            or (lead.tail or "").strip()
        ):
            return
        after = lead.getnext()
        title = markdown.tidy(_inline(lead))
        if after is not None and after.tag == "br" and markdown.reads_as_heading(title, larger=False):
            self._add(markdown.heading(title, self._level + 1))
            lead.clear(keep_tail=True)

    def _list(self, element: lxml_html.HtmlElement) -> None:
        self._flush()
        self._lists.append(element)
        for number, entry in enumerate(element.iterchildren("li"), start=1):
            self._marker = _marker(element, entry, number)
            self._children(entry)
            self._flush()
            self._marker = None
        self._lists.pop()

    def _flush(self) -> None:
        raw, self._buffer = "".join(self._buffer), []
        text = markdown.tidy(raw)
        if not text:
            return
        if self._marker is not None:
            self._add(markdown.item(text, len(self._lists) - 1, self._marker))
            self._marker = None
        else:
            for block in markdown.blocks_by_hand(raw):
                self._add(block)

    def _add(self, block: Block) -> None:
        self._watch.took(len(block.text))
        self.blocks.append(block)

    def _table(self, table: lxml_html.HtmlElement) -> None:
        lines = [list(line.iterchildren("td", "th")) for line in _rows(table)]
        width = max((sum(map(_span, cells)) for cells in lines), default=0)
        for cells in lines:
            found = [self._cell(cell) for cell in cells]
            if len(found) == 1 and found[0] and (width == 1 or markdown.is_prose(found[0])):
                self.blocks += found[0]
            elif any(found):
                texts: list[str] = []
                for cell, blocks in zip(cells, found, strict=True):
                    texts += [markdown.cell_text(blocks), *[""] * (_span(cell) - 1)]
                self._add(markdown.row([*texts, *[""] * (width - len(texts))]))

    def _cell(self, cell: lxml_html.HtmlElement) -> list[Block]:
        inner = _Walker(self._watch)
        inner._children(cell)
        return inner.finish()


def _span(cell: lxml_html.HtmlElement) -> int:
    """How many columns the cell covers; a number that cannot be true counts as one."""
    value = str(cell.get("colspan") or "")
    return int(value) if value.isdigit() and 1 <= int(value) <= 60 else 1


def _rows(table: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _inline(element: lxml_html.HtmlElement) -> str:
    """The text of an element with a space between its blocks."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces.append(" " if node.tag in _BLOCKS or node.tag == "br" else "")
            pieces.append(node.text or "")
        else:
            pieces.append(" " if node.tag in _BLOCKS else "")
            if node is not element:
                pieces.append(node.tail or "")
    return "".join(pieces)


def _bold_title(element: lxml_html.HtmlElement) -> str:
    """A paragraph in bold from end to end is a heading that was made by hand."""
    bold = [child for child in element if child.tag in ("b", "strong")]
    text = markdown.tidy(_inline(element))
    if len(bold) != 1 or not text or markdown.tidy(_inline(bold[0])) != text:
        return ""
    return text if markdown.reads_as_heading(text, larger=False) else ""


def _marker(parent: lxml_html.HtmlElement, entry: lxml_html.HtmlElement, number: int) -> str:
    name = str(entry.get("data-name") or "").strip()
    if name:
        return name if any(c.isalnum() for c in name) else ""
    if parent.tag == "ul":
        return ""
    start = str(parent.get("start") or "")
    number += int(start) - 1 if start.isdigit() and len(start) < 5 else 0
    if parent.get("type") in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord('a') + number - 1)}."
    return f"{number}."
