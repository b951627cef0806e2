"""Makes Word, HTML, text and e-mail files of a letter in Markdown, as people's programs write them; PDF is in `letter_pdf`."""

import html
import io
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"(\s*)([-*•–]|\d{1,3}[.)]|[a-zæøå][.)])\s+(.*)")
_RULE = re.compile(r"\|?(\s*:?-{2,}:?\s*\|?)+\s*")
_TAGS = re.compile(r"</?(?:span|a|div|sup|sub|u|img)\b[^>]*>|!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_BOLD = re.compile(r"(\*\*.+?\*\*)")
_PIECES = re.compile(r"<br\s*/?>|</?(?:ul|ol|p)\b[^>]*>|</li>", re.I)


@dataclass(slots=True)
class Block:
    """A heading (level 1–6), a paragraph, an item (level from 0, with its marker) or a whole table."""

    kind: str
    text: str = ""
    level: int = 0
    marker: str = ""
    rows: list[list[str]] = field(default_factory=list)


def parse(markdown: str) -> list[Block]:
    """The blocks of a letter; lines that go on are joined, HTML tags without words are left out."""
    blocks: list[Block] = []
    open_block: Block | None = None
    for raw in _TAGS.sub("", markdown).splitlines():
        line = raw.rstrip()
        if line.lstrip().startswith("|"):
            open_block = None
            _row(blocks, line.strip())
        elif not line.strip() or re.fullmatch(r"[-=_*\s]{3,}", line):
            open_block = None
        elif found := _HEADING.match(line):
            open_block = None
            blocks.append(Block("heading", found[2].strip(), len(found[1])))
        elif found := _ITEM.match(line):
            open_block = Block("item", found[3], min(len(found[1].expandtabs(4)) // 2, 4), found[2])
            blocks.append(open_block)
        elif open_block is not None:
            open_block.text += " " + line.strip()
        else:
            open_block = Block("paragraph", line.strip())
            blocks.append(open_block)
    return blocks


def _row(blocks: list[Block], line: str) -> None:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if _RULE.fullmatch(line):
        return
    if not blocks or blocks[-1].kind != "table" or len(blocks[-1].rows[0]) != len(cells):
        blocks.append(Block("table"))
    blocks[-1].rows.append(cells)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of a text and whether each is bold; links and italics are their words."""
    text = _LINK.sub(r"\1", text).replace("\\|", "|")
    for part in _BOLD.split(text):
        bold = part.startswith("**") and part.endswith("**") and len(part) > 4
        clean = re.sub(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", "", part[2:-2] if bold else part)
        if clean:
            yield html.unescape(clean), bold


def bare_words(text: str) -> str:
    return "".join(part for part, _ in runs(text)).strip()


def pieces(cell: str) -> list[tuple[str, str]]:
    """The paragraphs and items of a cell, as (marker, text)."""
    found = []
    for piece in _PIECES.split(cell):
        text = piece.strip()
        is_item = text.lower().startswith("<li")
        text = re.sub(r"<[^<>]*>", " ", text).strip()
        # "1. april" is a date: a number opens an item in running text only.
        if (match := _ITEM.match(text)) and not match[2][0].isdigit():
            found.append((match[2], match[3]))
        elif text:
            found.append(("-" if is_item else "", text))
    return found


def is_across(row: Sequence[str]) -> bool:
    """Whether a row of a table is one text that goes over all columns."""
    return len(row) > 1 and bool(row[0]) and not any(row[1:])


def docx_of(blocks: Sequence[Block]) -> bytes:
    """A Word file with Word's own headings, lists that number themselves, and tables."""
    import docx

    document = docx.Document()
    numbers = _Numbers(document)
    before: Block | None = None
    for block in blocks:
        if block.kind == "heading":
            _runs_to(document.add_heading(level=min(block.level, 9)), block.text)
        elif block.kind == "item":
            _docx_item(document, block.marker, block.text, block.level, numbers, before)
        elif block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
            for row in block.rows:
                cells = table.add_row().cells
                if is_across(row):
                    _docx_cell(cells[0].merge(cells[-1]), row[0])
                    continue
                for cell, text in zip(cells, row, strict=True):
                    _docx_cell(cell, text)
        else:
            _runs_to(document.add_paragraph(), block.text)
        before = block
    return _saved(document)


class _Numbers:
    """Lists that number themselves: one definition for each list, as Word makes them."""

    def __init__(self, document: Any) -> None:
        self._part = document.part.numbering_part.element
        self._next = 500
        self._open = 0

    def of(self, marker: str, level: int, *, new: bool) -> tuple[int, int]:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        if new:
            self._next += 1
            form = "decimal" if marker[0].isdigit() else "lowerLetter"
            start = int(marker[:-1]) if marker[0].isdigit() else ord(marker[0]) - ord("a") + 1
            levels = "".join(
                f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="%{n + 1}{marker[-1]}"/></w:lvl>'
                for n in range(5)
            )
            abstract = (
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._next}">{levels}</w:abstractNum>'
            )
            number = f'<w:num {nsdecls("w")} w:numId="{self._next}"><w:abstractNumId w:val="{self._next}"/></w:num>'
            self._part.insert(0, parse_xml(abstract))
            self._part.append(parse_xml(number))
            self._open = self._next
        return self._open, level


def _docx_item(
    container: Any, marker: str, text: str, level: int, numbers: _Numbers, before: Block | None
) -> None:
    if not marker[0].isalnum():
        _runs_to(
            container.add_paragraph(style=f"List Bullet{f' {level + 1}' if 0 < level < 3 else ''}"), text
        )
        return
    paragraph = container.add_paragraph()
    goes_on = before is not None and before.kind == "item" and before.marker[:1].isalnum()
    new = not goes_on or marker[:-1] in ("1", "a")
    number, depth = numbers.of(marker, level, new=new)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = number
    _runs_to(paragraph, text)


def _docx_cell(cell: Any, text: str) -> None:
    for number, (marker, piece) in enumerate(pieces(text)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if marker and not marker[0].isalnum():
            paragraph.style = "List Bullet"
        _runs_to(paragraph, f"{marker} {piece}" if marker[:1].isalnum() else piece)


def _runs_to(paragraph: Any, text: str) -> None:
    for part, bold in runs(text):
        paragraph.add_run(part).bold = bold or None


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_PAGE = """<!DOCTYPE html><html lang="no"><head><meta charset="utf-8"><title>Brev - departementet.no</title>
<script>var skal = "Direktoratet skal spore deg";</script></head><body>
<div class="cookie-consent"><p>Du må godta informasjonskapsler. Du skal velge før 1. mai 2026.</p></div>
<header><nav><ul><li><a href="/">Forsiden</a></li><li>Du skal logge inn</li></ul></nav></header>
<main id="mainContent"><div class="article-body">%s</div></main>
<footer><p>Virksomheten skal svare innen tre uker.</p></footer></body></html>"""


def html_of(blocks: Sequence[Block]) -> bytes:
    """A page with a menu, a consent banner and a footer around the letter."""
    out: list[str] = []
    stack: list[str] = []
    for block in blocks:
        if block.kind != "item":
            while stack:
                out.append(f"</li></{stack.pop()}>")
        if block.kind == "heading":
            out.append(f"<h{block.level}>{_inline(block.text)}</h{block.level}>")
        elif block.kind == "item":
            _html_item(out, stack, block)
        elif block.kind == "table":
            rows = "".join(f"<tr>{_html_row(row)}</tr>" for row in block.rows)
            out.append(f"<table><tbody>{rows}</tbody></table>")
        else:
            out.append(f"<p>{_inline(block.text)}</p>")
    while stack:
        out.append(f"</li></{stack.pop()}>")
    return (_PAGE % "\n".join(out)).encode()


def _html_item(out: list[str], stack: list[str], block: Block) -> None:
    numbered = block.marker[0].isalnum()
    while len(stack) > block.level + 1 or (len(stack) == block.level + 1 and (stack[-1] == "ol") != numbered):
        out.append(f"</li></{stack.pop()}>")
    if len(stack) == block.level + 1:
        out.append("</li>")
    while len(stack) < block.level + 1:
        stack.append("ol" if numbered else "ul")
        kind = ""
        if numbered:
            digit = block.marker[0].isdigit()
            start = int(block.marker[:-1]) if digit else ord(block.marker[0]) - 96
            kind = f' start="{start}"' + ("" if digit else ' type="a"')
        # A list that is only deeper has an item of nothing around it, as editors write it.
        out.append(f"<{stack[-1]}{kind}>" + ("<li>" if len(stack) < block.level + 1 else ""))
    out.append(f"<li>{_inline(block.text)}")


def _html_row(row: Sequence[str]) -> str:
    if is_across(row):
        return f'<td colspan="{len(row)}">{_html_cell(row[0])}</td>'
    return "".join(f"<td>{_html_cell(cell)}</td>" for cell in row)


def _html_cell(cell: str) -> str:
    found = pieces(cell)
    if not any(marker for marker, _ in found):
        return "<br>".join(_inline(text) for _, text in found)
    return "".join(
        f"<ul><li>{_inline(text)}</li></ul>" if marker else f"<p>{_inline(text)}</p>"
        for marker, text in found
    )


def _inline(text: str) -> str:
    return "".join(
        f"<strong>{html.escape(part)}</strong>" if bold else html.escape(part) for part, bold in runs(text)
    )


def text_of(blocks: Sequence[Block]) -> bytes:
    """Plain text with lines of at most 78 characters; a heading is a line of its own, cells are parted by tabs."""
    out = []
    before = ""
    for block in blocks:
        if before and not (before == block.kind == "item"):
            out.append("")
        before = block.kind
        if block.kind == "table":
            out += ["\t".join(" ".join(t for _, t in pieces(cell)) for cell in row) for row in block.rows]
        elif block.kind == "item":
            indent = "  " * block.level
            out.append(
                textwrap.fill(
                    bare_words(block.text),
                    78,
                    initial_indent=f"{indent}{block.marker} ",
                    subsequent_indent=indent + "  ",
                )
            )
        else:
            out.append(
                textwrap.fill(bare_words(block.text), 78)
                if block.kind == "paragraph"
                else bare_words(block.text)
            )
    return ("\n".join(out) + "\n").encode()


def mail_of(attachment: bytes, subtype: str, name: str) -> bytes:
    """A message in plain text and HTML with the letter attached, and a picture that is no letter."""
    message = EmailMessage()
    message["From"] = "post@dep.example"
    message["To"] = "post@dir.example"
    message["Subject"] = "Tildelingsbrev – på vegne av departementet"
    message.set_content("Hei!\n\nBrevet ligger ved.\n\nHilsen departementet\n")
    message.add_alternative("<p>Hei!</p><p>Brevet ligger ved.</p><p>Hilsen departementet</p>", subtype="html")
    message.add_attachment(attachment, maintype="application", subtype=subtype, filename=name)
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    return message.as_bytes()
