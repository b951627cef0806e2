"""Is a document a law or a regulation? Its form tells: the title, the head of the file, and headings of sections."""

import re

from tillitsrom.reading.model import Document
from tillitsrom.reading.words import pattern

_HEAD = pattern(
    r"\A\s*---\s[^#]{0,4000}?^(?:refid|legacyid):\s*[\"']?(?:lov|forskrift|LOV|FOR)[/-]", re.MULTILINE
)
_TITLE = pattern(
    r"(?:LOV|FOR|NL|SF)[-/ ]\d{4}-\d\d-\d\d|(?:Midlertidig\s+|Mellombels\s+)?(?:Lov|Forskrift|Forskrifter|Lokal\s+forskrift)\s+(?:om|for|til|av|nr|\d|\([^()]{0,80}\))"
    r"|Kongeriket\s+Norges\s+Grunnlov|[\w-]{4,60}(?:loven|lova|forskriften|forskrifta)\s*(?:\(|$)"
)
_SECTION_LINE = pattern(
    r"^(?:#{1,6}[ \t]+|\**)§{1,2}[ \t\u00a0]*\d{1,3}(?:-\d{1,3}){0,3}(?:[ \t]?[a-zæøå]\b)?(?:\.|[ \t]*$|[ \t]+[(A-ZÆØÅ])",
    re.MULTILINE,
)
_TITLE_LINE = pattern(r"^#[ \t]+(.{3,300})$", re.MULTILINE)
_FIRST_LINES = 3_000
_ENOUGH = 3


def is_law(document: Document) -> bool:
    """Whether the document has the form of a law or a regulation.

    The head of Lovdata's files is enough. Else there must be headings of sections: one under a title that says so ("Lov om",
    "Forskrift om"), or three under any title. A letter that cites "§ 5" in its sentences has none.
    """
    text = document.text
    if _HEAD.match(text):
        return True
    found = 0
    for _ in _SECTION_LINE.finditer(text):
        found += 1
        if found >= _ENOUGH:
            return True
    return found > 0 and _titled(document)


def _titled(document: Document) -> bool:
    if document.title and _TITLE.match(document.title.strip()):
        return True
    start = document.text[:_FIRST_LINES]
    heading = _TITLE_LINE.search(start)
    first = heading.group(1) if heading else start.lstrip().split("\n", 1)[0]
    return _TITLE.match(first.strip()) is not None
