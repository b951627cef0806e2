"""How well the reader's confidence holds: of what it calls 95 % sure, how much is right?

    .venv/bin/python -m benchmarks.calibration            reliability tables
    .venv/bin/python -m benchmarks.calibration --write    make the table of the package anew, then the same

The table is made from documents that nobody looked at when the rules were written (the letters and laws set aside), since a rule
is more often right where it was made than where it is used. It is tried by leaving one document out at a time. What it would
promise of the studied documents is printed beside it. Right means: people call the same words a requirement, of the same class.
"""

import argparse
import itertools
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.laws import collection
from benchmarks.laws import document as law_text
from benchmarks.laws_score import Duty, as_duty, as_stretch, home, match, records
from benchmarks.reading import machine

from tillitsrom.reading.calibration import Table, uncalibrated
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "benchmarks"
TABLE = ROOT / "src/tillitsrom/reading/calibration_table.py"
BINS = (0.0, 0.6, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Find:
    """One thing the reader found: by which rule, how sure the rule was, and whether people agree."""

    doc: str
    rule: str
    kind: str
    said: float
    right: bool


def finds(
    documents: Iterable[Document], gold: Sequence[Duty], stretches: Path | None = None
) -> Iterator[Find]:
    """What the reader finds in annotated documents, held against the answers. Authorities are not asked about."""
    marked = [as_stretch(record) for record in records(stretches)] if stretches else []
    wanted: dict[str, list[Duty]] = defaultdict(list)
    for duty in gold:
        wanted[duty.doc].append(duty)
    for document in documents:
        found = []
        with uncalibrated():
            for one in read_document(document).requirements:
                place = Duty(document.name, one.start, one.end, one.requirement_class.value, "", "")
                if one.requirement_class.counted and (not marked or home(place, marked)):
                    found.append((place, one.rule, one.confidence))
        agreed = {
            (hit.start, hit.end): hit.kind == wish.kind
            for wish, hit in match(wanted[document.name], [place for place, _rule, _said in found])
        }
        for place, rule, said in found:
            yield Find(document.name, rule, place.kind, said, agreed.get((place.start, place.end), False))


def letters(folder: Path, *answers: Path) -> list[Find]:
    """The finds in a folder of Markdown letters."""
    gold = [as_duty(record) for path in answers for record in records(path) if record["class"] != "authority"]
    known = {duty.doc for duty in gold}
    paths = [path for path in sorted(folder.glob("*.md")) if path.name in known]
    return list(finds((Document(p.name, SourceKind.MARKDOWN, p.read_text("utf-8")) for p in paths), gold))


def laws(part: str, folder: Path) -> list[Find]:
    """The finds in the annotated stretches of laws; `folder` holds lover/ and forskrifter/."""
    gold = [as_duty(record) for record in records(HERE / f"laws/{part}.jsonl")]
    marked = HERE / f"laws/{part}-stretches.jsonl"
    names = sorted({str(record["doc"]) for record in records(marked)})
    return list(finds((law_text(folder, name) for name in names), gold, marked))


def fit(found: Sequence[Find]) -> Table:
    """The rising curve (pool adjacent violators, each pool drawn a little towards what was said), and each rule's and class's record."""
    by_said: dict[float, list[bool]] = defaultdict(list)
    for one in found:
        by_said[one.said].append(one.right)
    pools: list[list[float]] = []
    for said in sorted(by_said):
        answers = by_said[said]
        pools.append([said * len(answers), sum(answers) + 4 * said, len(answers) + 4.0, len(answers)])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    curve = tuple((round(p[0] / p[3], 3), round(p[1] / p[2], 3)) for p in pools)
    rules = records_of((one.rule, one.right, one.said) for one in found)
    alone = Table(curve, rules, {})
    return Table(
        curve, rules, records_of((one.kind, one.right, alone.by_rule(one.rule, one.said)) for one in found)
    )


def records_of(rows: Iterable[tuple[str, bool, float]]) -> dict[str, tuple[int, int, float]]:
    """How many, how many right, and the mean figure, by name."""
    by_name: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    for name, right, figure in rows:
        by_name[name].append((right, figure))
    return {
        name: (
            len(some),
            sum(right for right, _ in some),
            round(sum(figure for _, figure in some) / len(some), 3),
        )
        for name, some in sorted(by_name.items())
    }


def promised(known: Table, found: Iterable[Find]) -> Iterator[tuple[float, bool]]:
    """Each find with what the table promises of it, and whether it is right."""
    return ((known.estimate(one.rule, one.kind, one.said), one.right) for one in found)


def left_out(found: Sequence[Find]) -> Iterator[tuple[float, bool]]:
    """Each find with the promise of a table that was made without its document."""
    for doc in sorted({one.doc for one in found}):
        known = fit([one for one in found if one.doc != doc])
        yield from promised(known, (one for one in found if one.doc == doc))


def table(title: str, pairs: Iterable[tuple[float, bool]]) -> None:
    """Print what was promised and what was kept, and what accepting all above a level would have let in."""
    rows = list(pairs)
    print(f"\n{title} ({len(rows)} found)")
    print("  said             found   mean said   right")
    for low, high in itertools.pairwise(BINS):
        inside = [(p, r) for p, r in rows if low <= p < high]
        if inside:
            mean, right = (sum(x) / len(inside) for x in zip(*inside, strict=True))
            print(f"  {low:.2f}–{min(high, 1):.2f} {len(inside):>13} {mean:>11.3f} {right:>7.3f}")
    error = sum(abs(m - r) * n for m, r, n in _bins(rows)) / max(1, len(rows))
    sure = [r for p, r in rows if p >= 0.95]
    kept = sum(sure) / len(sure) if sure else 0.0
    print(
        f"  expected calibration error {error:.3f}; accept all from 0.95: {len(sure)} of {len(rows)}, right {kept:.3f}"
    )


def _bins(rows: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, int]]:
    for low, high in itertools.pairwise(BINS):
        inside = [(p, r) for p, r in rows if low <= p < high]
        if inside:
            yield (
                sum(p for p, _ in inside) / len(inside),
                sum(r for _, r in inside) / len(inside),
                len(inside),
            )


def written(known: Table, of_laws: Table) -> str:
    """The module of the package."""
    head = '"""Made by `python -m benchmarks.calibration --write`: what was found in annotated documents, and how much was right."""'
    parts = [
        head,
        "",
        "# (what the rules say, what was right), rising; for letters, and for laws and regulations.",
    ]
    for name, curve in (("CURVE", known.curve), ("LAW_CURVE", of_laws.curve)):
        parts += [f"{name}: tuple[tuple[float, float], ...] = (", *(f"    {point}," for point in curve), ")"]
    parts += ["", "# rule: (found, right, what it says on average)"]
    parts += _mapping("RULES", {**of_laws.rules, **known.rules})
    parts += ["", "# class: (found, right, what its rules alone would promise on average)"]
    parts += _mapping("CLASSES", {**of_laws.classes, **known.classes})
    return "\n".join(parts) + "\n"


def _mapping(name: str, numbers: Mapping[str, tuple[int, int, float]]) -> list[str]:
    rows = (f"    {json.dumps(key)}: {value}," for key, value in sorted(numbers.items()))
    return [f"{name}: dict[str, tuple[int, int, float]] = {{", *rows, "}"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="make the table of the package anew")
    parser.add_argument("--laws", type=Path, help="folder that holds lover/ and forskrifter/")
    options = parser.parse_args()
    shared = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data"
    if not (shared / "annotations.jsonl").exists():
        print(f"No annotated letters in {shared}. Set TILLITSROM_SHARED to the folder that holds data/.")
        return 2
    print(machine())
    folder = HERE / "letters"
    studied = letters(shared / "letters", shared / "annotations.jsonl")
    studied += letters(
        folder / "development", folder / "development.jsonl", folder / "development-varied.jsonl"
    )
    aside = letters(folder / "aside", folder / "aside.jsonl", folder / "aside-varied.jsonl")
    with tempfile.TemporaryDirectory() as scratch:
        texts = collection(options.laws, Path(scratch))
        if texts is None:
            print("No collection of laws.")
            return 2
        studied_laws, aside_laws = laws("development", texts), laws("aside", texts)
    known, of_laws = fit(aside), fit(aside_laws)
    if options.write:
        TABLE.write_text(written(known, of_laws), encoding="utf-8")
        print(f"Written: {TABLE.relative_to(ROOT)}")
    table("Letters set aside, each with a table made without it", left_out(aside))
    table("Laws set aside, each with a table made without it", left_out(aside_laws))
    table("What the rules say of the letters set aside, uncalibrated", ((o.said, o.right) for o in aside))
    table("Studied letters", promised(known, studied))
    table("Studied laws", promised(of_laws, studied_laws))
    return 0


if __name__ == "__main__":
    sys.exit(main())
