"""How long `tillitsrom read` takes on one long letter, from the command to the table, in every format.

    .venv/bin/python -m benchmarks.command                  # some half a minute
    .venv/bin/python -m benchmarks.command --only pdf --rounds 9

The letters of this repository, and real ones where `TILLITSROM_SHARED` names a folder of them, are put one after the
other until the PDF has 90 pages. Time at the clock says what a person waits, and needs a machine that does nothing else;
processor time is that of the command and of the process that it starts to read. Needs reportlab and python-docx.
"""

import argparse
import compileall
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from benchmarks.formats import MAKERS, letters
from benchmarks.letter_formats import Block, parse
from benchmarks.letter_pdf import pdf_of
from benchmarks.reading import ROOT, machine

PAGES = 90
TARGET = 1.0
TARGET_IMPORTS = 0.25
_KINDS = ("pdf", "pdf, two columns", "docx", "html", "text", "e-mail")
_COMMAND = "tillitsrom.cli, tillitsrom.cli_files, tillitsrom.reading.report"
_WORKER = (
    "tillitsrom.reading.worker, tillitsrom.reading.sources.pdf, tillitsrom.reading.extract, "
    "tillitsrom.reading.wire"
)


def long_letter(paths: Sequence[Path]) -> tuple[str, list[Block], int]:
    """Letters, one after the other and again from the first, until they fill so many pages of PDF."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    text, count, number = "", 0, 0
    while count < PAGES:
        text += texts[number % len(texts)] + "\n\n"
        number += 1
        pdf = pdfium.PdfDocument(pdf_of(parse(text)))
        count = len(pdf)
        pdf.close()
    return text, parse(text), count


def timed(command: Sequence[str], rounds: int) -> tuple[float, float]:
    """Seconds at the clock and of processor time, each the best of so many rounds."""
    walls, processors = [], []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)
        walls.append(time.monotonic() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(walls), min(processors)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each is done; the best counts")
    parser.add_argument("--only", metavar="FORMAT", action="append", choices=["markdown", *_KINDS])
    chosen = parser.parse_args()
    shared = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data"
    paths = letters([shared / "letters", ROOT / "benchmarks/letters/development"])
    text, blocks, count = long_letter(paths)
    kinds = chosen.only or ["markdown", *_KINDS]
    # As it is when it is installed; without this the first run would pay for all the others.
    compileall.compile_dir(ROOT / "src/tillitsrom", quiet=2)
    print(
        f"{machine()}\nA letter of {count} pages of PDF, {len(text.split()):,} words; best of {chosen.rounds}\n"
    )
    imports = [timed(["-c", f"import {modules}"], chosen.rounds) for modules in (_COMMAND, _WORKER)]
    for what, (wall, processor) in zip(("imports, command", "imports, reader"), imports, strict=True):
        print(f"  {what:18}{wall:7.3f} s   processor {processor:.3f} s")
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            name, data = "brev.md", text.encode()
            if kind != "markdown":
                name, make = MAKERS[kind]
                data = make(blocks)
            path = Path(folder) / name
            path.write_bytes(data)
            wall, processor = timed(["-m", "tillitsrom.cli", "read", str(path)], chosen.rounds)
            print(f"  {kind:18}{wall:7.3f} s   processor {processor:.3f} s")
            missed += [kind] * (wall >= TARGET)
    if sum(processor for _, processor in imports) >= TARGET_IMPORTS:
        missed.append("imports")
    print(
        f"\nTarget: under {TARGET:g} s, {TARGET_IMPORTS:g} s of it imports: "
        f"{'MISSED in ' + ', '.join(missed) if missed else 'reached'}"
    )
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
