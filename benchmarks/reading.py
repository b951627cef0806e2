"""How well and how fast the reader reads, on letters that people have annotated.

    .venv/bin/python -m benchmarks.reading
    TILLITSROM_SHARED=/path/to/shared .venv/bin/python -m benchmarks.reading --rounds 9

Prints machine facts; agreement with the annotations per document, scored by the annotators' own `score.py`; the same
for a plain search for modal verbs, so that the figures can be compared; words per second on one core; peak memory.
"""

import argparse
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind

ROOT = Path(__file__).resolve().parents[1]
TARGET_WORDS = 250_000
TARGET_F1 = 0.85
_MODAL = re.compile(r"\b(?:skal|må|bør|bes|ber om|plikter|forventes|forutsettes)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n|]+[.!?]?")


def machine() -> str:
    """What the figures were measured on."""
    cpu = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        cpu = names[0] if names else cpu
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, load before {load}"


def documents(folder: Path) -> list[Document]:
    """The annotated letters."""
    paths = sorted(p for p in folder.iterdir() if p.suffix == ".md")
    return [Document(p.name, SourceKind.MARKDOWN, p.read_text(encoding="utf-8")) for p in paths]


def by_reader(document: Document) -> Iterator[dict[str, object]]:
    """What the reader finds, as the scorer wants it."""
    for found in read_document(document).requirements:
        kind = found.requirement_class.value
        yield {"start": found.start, "end": found.end, "class": kind, "deadline": found.deadline}


def by_modal_verb(document: Document) -> Iterator[dict[str, object]]:
    """The baseline: every sentence with a modal verb or a request is a requirement, of the most common class."""
    for match in _SENTENCE.finditer(document.text):
        if _MODAL.search(match.group()):
            yield {"start": match.start(), "end": match.end(), "class": "assignment", "deadline": None}


def score(data: Path, found: Iterable[tuple[str, dict[str, object]]]) -> str:
    """Run the annotators' scorer in a process of its own and give what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        lines = (json.dumps({"doc": name, **item}) for name, item in found)
        predicted.write_text("\n".join(lines) + "\n", encoding="utf-8")
        paths = (data / "score.py", data / "annotations.jsonl", predicted, data / "letters")
        command = [sys.executable, *map(str, paths)]
        return str(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def speed(letters: list[Document], rounds: int) -> tuple[float, float]:
    """Words per second of processor time, the best and the median of several rounds."""
    words = sum(len(d.text.split()) for d in letters)
    rates = []
    for _ in range(rounds):
        started = time.process_time()
        for document in letters:
            read_document(document)
        rates.append(words / (time.process_time() - started))
    return max(rates), statistics.median(rates)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="rounds of the speed test")
    rounds = parser.parse_args().rounds
    data = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data"
    if not (data / "annotations.jsonl").exists():
        print(
            f"No annotated letters in {data}. Set TILLITSROM_SHARED to the folder that holds data/annotations.jsonl."
        )
        return 2
    print(machine())
    letters = documents(data / "letters")
    print("\nThe reader:")
    scored = score(data, ((d.name, item) for d in letters for item in by_reader(d)))
    print(scored.strip())
    print("\nPlain search for modal verbs:")
    print(
        score(data, ((d.name, item) for d in letters for item in by_modal_verb(d))).strip().splitlines()[-1]
    )
    best, median = speed(letters, rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nSpeed: {best:,.0f} words/s at best, {median:,.0f} in the median of {rounds} rounds (one core, text in memory)"
    )
    print(f"Peak memory of the whole process: {peak:.0f} MB")
    total = re.search(r"ALL: .*?F1 (\d\.\d+)", scored)
    reached = total is not None and float(total.group(1)) >= TARGET_F1
    print(
        f"Targets: F1 ≥ {TARGET_F1} {'reached' if reached else 'MISSED'}, {TARGET_WORDS:,} words/s ", end=""
    )
    print("reached" if best >= TARGET_WORDS else "MISSED")
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())
