"""How well and how fast laws and regulations are read.

    .venv/bin/python -m benchmarks.laws
    .venv/bin/python -m benchmarks.laws --part development --speed 0

Prints machine facts; agreement with the annotated sections of each part (development: studied while the rules were made;
aside, aside-2 and aside-3: kept aside until 28 November 2026, studied since), per language; words per second on one core over all the laws of the collection.
The texts are those of data/laws.tar.xz under TILLITSROM_SHARED, or of the folder that --laws names.
"""

import argparse
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.laws_score import Duty, as_duty, as_stretch, records, score
from benchmarks.reading import ROOT, machine

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind

PARTS = ("development", "aside", "aside-2", "aside-3")
TARGET = 0.90
TARGET_WORDS = 250_000
HERE = Path(__file__).resolve().parent / "laws"


def collection(named: Path | None, scratch: Path) -> Path | None:
    """The folder that holds lover/ and forskrifter/; None where there is none."""
    if named is not None:
        return named
    shared = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared"))
    archive = shared / "data" / "laws.tar.xz"
    if not archive.exists():
        return None
    with tarfile.open(archive) as packed:
        packed.extractall(scratch, filter="data")
    return next((path.parent for path in scratch.rglob("lover") if path.is_dir()), None)


def document(folder: Path, name: str) -> Document:
    """One text of the collection."""
    return Document(name, SourceKind.MARKDOWN, (folder / name).read_text(encoding="utf-8"))


def found_in(folder: Path, name: str) -> Iterator[Duty]:
    """What the reader finds in one text."""
    for r in read_document(document(folder, name)).requirements:
        yield as_duty(
            {
                "doc": name,
                "start": r.start,
                "end": r.end,
                "class": r.requirement_class.value,
                "bearer": r.bearer,
                "section": r.section,
            }
        )


def agreement(folder: Path, part: str) -> bool:
    """Print how well one part is read; whether the target is reached for both languages."""
    stretches = [as_stretch(r) for r in records(HERE / f"{part}-stretches.jsonl")]
    gold = [as_duty(r) for r in records(HERE / f"{part}.jsonl")]
    found = [duty for name in sorted({s.doc for s in stretches}) for duty in found_in(folder, name)]
    rows = score(gold, stretches, found)
    for name, counts in rows.items():
        print(counts.row(f"{part} {name}"))
    return all(
        c.f1 >= TARGET and c.bearer >= TARGET * c.hit for name, c in rows.items() if name in ("nb", "nn")
    )


def speed(folder: Path, rounds: int) -> None:
    """Words per second of processor time over the whole collection, the best of the rounds."""
    names = sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.md"))
    texts = [document(folder, name) for name in names]
    words = sum(len(d.text.split()) for d in texts)
    best, count = float("inf"), 0
    for _ in range(rounds):
        started = time.process_time()
        count = sum(len(read_document(d).requirements) for d in texts)
        best = min(best, time.process_time() - started)
    rate = words / best
    print(f"{len(texts):,} texts, {words:,} words, {count:,} requirements: {rate:,.0f} words/s on one core")
    print(f"Target of {TARGET_WORDS:,} words/s {'reached' if rate >= TARGET_WORDS else 'MISSED'}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--laws", type=Path, help="folder that holds lover/ and forskrifter/")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part")
    parser.add_argument("--speed", type=int, default=1, help="rounds of the speed test; 0 for none")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder = collection(options.laws, Path(scratch))
        if folder is None:
            print("No collection of laws. Set TILLITSROM_SHARED to the folder that holds data/laws.tar.xz.")
            return 2
        reached = [agreement(folder, part) for part in options.part or PARTS]
        if options.speed:
            speed(folder, options.speed)
    print(f"Target of {TARGET} for F1 and bearer {'reached' if all(reached) else 'MISSED'}")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
