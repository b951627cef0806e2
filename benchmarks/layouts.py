"""Whether the same letter gives the same requirements when its marks are others, or are lost.

    .venv/bin/python -m benchmarks.layouts                  # our own state letters, and the real ones where they are
    .venv/bin/python -m benchmarks.layouts --only bold      # tell what differs

Converters from PDF disagree about what a heading is, how a list is marked and where a paragraph ends. Each letter is changed in one such
way, read, and held against its own reading before the change. Letters set aside unopened are left out.
"""

import argparse
import os
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.formats import Score, compared, counted
from benchmarks.reading import ROOT, machine

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Requirement, SourceKind

SEED = 20_261_128
FOLDERS = ("development", "aside", "aside-2")
_HEADING = re.compile(r"^#{1,6} \**(.+?)\**[ \t]*$", re.M)
_KEPT = ("|", "#", "-")


def torn(text: str) -> str:
    """Four long paragraphs in ten cut in two by a page, between two words of a sentence."""
    chance = random.Random(SEED)  # noqa: S311 - which paragraphs, not a secret
    lines = []
    for line in text.split("\n"):
        at = line.find(" ", len(line) // 2)
        chosen = len(line) > 200 and not line.startswith(_KEPT) and chance.random() < 0.4
        if chosen and at > 0 and line[at + 1 : at + 2].islower():
            line = f"{line[:at]}\n\nSide 4 av 12\n\n{line[at + 1 :]}"
        lines.append(line)
    return "\n".join(lines)


def half(text: str) -> str:
    """Half of the headings in bold type instead of marked."""
    chance = random.Random(SEED)  # noqa: S311 - which headings, not a secret
    return _HEADING.sub(lambda m: m.group() if chance.random() < 0.5 else f"**{m.group(1)}**", text)


CHANGES: dict[str, tuple[str, Callable[[str], str]]] = {
    "bold": ("all headings in bold type instead of marked", lambda t: _HEADING.sub(r"**\1**", t)),
    "bare": ("headings not marked at all", lambda t: _HEADING.sub(r"\1", t)),
    "half": ("half of the headings in bold type", half),
    "level": ("all headings of one level", lambda t: re.sub(r"^#{1,6} ", "###### ", t, flags=re.M)),
    "nobold": ("no bold type", lambda t: t.replace("**", "")),
    "escaped": ("numbers of lists escaped", lambda t: re.sub(r"^(\d+)\. ", r"\1\\. ", t, flags=re.M)),
    "dashes": ("items with a long dash", lambda t: re.sub(r"^(\s*)- ", r"\1– ", t, flags=re.M)),
    "flat": ("lists without indentation", lambda t: re.sub(r"^ +(?=[-\d])", "", t, flags=re.M)),
    "loose": ("a blank line between items", lambda t: re.sub(r"\n(?=\s*- )", "\n\n", t)),
    "torn": ("paragraphs torn by a page", torn),
    "pictures": ("a picture before each heading", lambda t: re.sub(r"\n\n(?=#)", "\n\n![](1.jpeg)\n\n", t)),
}


def read(text: str) -> list[Requirement]:
    return counted(read_document(Document("brev.md", SourceKind.MARKDOWN, text)))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", choices=list(CHANGES), help="one change, telling what differs")
    chosen = parser.parse_args().only
    shared = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data/letters"
    own = [path for name in FOLDERS for path in (ROOT / "benchmarks/letters" / name).glob("state*.md")]
    texts = [path.read_text(encoding="utf-8") for path in sorted([*shared.glob("*.md"), *own])]
    print(f"{machine()}\n{len(texts)} letters\n")
    for name, (told, change) in CHANGES.items():
        if chosen and name != chosen:
            continue
        total = Score()
        for text in texts:
            score, words = compared(read(text), read(change(text)))
            total.add(score)
            if chosen and words:
                print("\n".join(words))
        print(f"  {told:<46}{total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
