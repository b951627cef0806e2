"""What the check finds in letters that people have judged, and how often it is right.

    .venv/bin/python -m benchmarks.check
    TILLITSROM_SHARED=/path/to/shared .venv/bin/python -m benchmarks.check --list

Prints the findings per rule and letter, and the precision per rule from `check_judgements.jsonl`: for each finding that a
person has looked at, the letter's name, the rule, the offsets and whether it was right. The file holds no text of any letter.
`--list` prints each finding with its judgement, for those who judge. A finding that nobody has judged is counted as such.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.reading import ROOT, documents

from tillitsrom.reading.check import RULES, Finding, check
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Reading

JUDGEMENTS = Path(__file__).with_name("check_judgements.jsonl")
# The letters that add to the year's letter are held against it, as a ministry would do.
YEARLY = "2026-hod-helsedirektoratet-tildelingsbrev-del1.md"
SUPPLEMENTS = ("2026-hod-helsedirektoratet-supplerende-1.md", "2026-hod-helsedirektoratet-supplerende-2.md")


class Key(NamedTuple):
    """One finding's place."""

    doc: str
    code: str
    start: int
    end: int


def judgements() -> dict[Key, bool]:
    """What people have said of findings."""
    rows = [json.loads(line) for line in JUDGEMENTS.read_text("utf-8").splitlines() if line]
    return {Key(row["doc"], row["rule"], row["start"], row["end"]): row["right"] for row in rows}


def findings(letters: dict[str, Reading]) -> Iterator[tuple[Key, Finding]]:
    """The findings in each letter."""
    for name, reading in letters.items():
        others = [letters[YEARLY]] if name in SUPPLEMENTS and YEARLY in letters else []
        for found in check(reading, others=others):
            yield Key(name, found.code, found.start, found.end), found


def table(found: list[tuple[Key, Finding]], judged: dict[Key, bool], names: list[str]) -> Iterator[str]:
    """One line for each rule: how many in each letter, how many were judged, and the share that was right."""
    for number, name in enumerate(names, 1):
        yield f"{number}: {name}"
    yield "rule   " + " ".join(f"{n:>4}" for n in range(1, len(names) + 1)) + "   judged  right  precision"
    for rule in RULES:
        keys = [key for key, _finding in found if key.code == rule.code]
        per = Counter(key.doc for key in keys)
        said = [judged[key] for key in keys if key in judged]
        share = f"{sum(said) / len(said):9.0%}" if said else "        –"
        yield (
            f"{rule.code}  "
            + " ".join(f"{per[name]:>4}" for name in names)
            + f"{len(said):>9}{sum(said):>7}  {share}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--list", action="store_true", help="each finding with its judgement")
    listed = parser.parse_args().list
    folder = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data" / "letters"
    if not folder.is_dir():
        print(f"No letters in {folder}. Set TILLITSROM_SHARED to the folder that holds data/letters.")
        return 2
    letters = {document.name: read_document(document) for document in documents(folder)}
    judged = judgements()
    found = list(findings(letters))
    if listed:
        words = {True: "right", False: "wrong", None: "not judged"}
        for key, finding in found:
            print(f"{words[judged.get(key)]}: {key.doc} {key.start}–{key.end} {key.code} {finding.message}")
    print("\n".join(table(found, judged, list(letters))))
    said = [judged[key] for key, _finding in found if key in judged]
    missing = len(found) - len(said)
    print(f"{len(found)} findings, {len(said)} judged, {sum(said)} right; {missing} not judged")
    gone = [key for key in judged if key not in {key for key, _finding in found}]
    print(f"Judged wrong before and no longer found: {sum(not judged[key] for key in gone)}")
    lost = sum(judged[key] for key in gone)
    print(f"Judged right before and no longer found: {lost}")
    return 1 if missing or lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
