"""What the check finds in letters, and how often it is right by the judgement of a person.

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
# What each letter is held against, as a ministry would do: last year's letter, and what else is in force.
YEARLY = "2026-hod-helsedirektoratet-tildelingsbrev-del1.md"
AGAINST = {
    "2026-hod-helsedirektoratet-supplerende-1.md": YEARLY,
    "2026-hod-helsedirektoratet-supplerende-2.md": YEARLY,
    "2026-supplerende-tildelingsbrev-oppvekstdirektoratet.md": "2026-tildelingsbrev-oppvekstdirektoratet.md",
    "2026-retningsliner-dokumentasjon-fjordvik.md": "2026-styringsbrev-fjordvik.md",
}
PREVIOUS = {
    f"{year}-{name}": f"{year - 1}-{name}"
    for year in (2025, 2026)
    for name in ("tildelingsbrev-oppvekstdirektoratet.md", "styringsbrev-fjordvik.md")
}
INVENTED = (ROOT / "benchmarks/letters/aside", ROOT / "benchmarks/letters/development")
DEMO = ROOT / "src/tillitsrom/demo/letters"


class Key(NamedTuple):
    """One finding's place."""

    doc: str
    code: str
    start: int
    end: int


Found = tuple[Key, Finding]


def judgements() -> dict[Key, bool]:
    """What people have said of findings."""
    rows = [json.loads(line) for line in JUDGEMENTS.read_text("utf-8").splitlines() if line]
    return {Key(row["doc"], row["rule"], row["start"], row["end"]): row["right"] for row in rows}


def findings(letters: dict[str, Reading]) -> list[Found]:
    """The findings in each letter."""
    found = []
    for name, reading in letters.items():
        others = [letters[AGAINST[name]]] if AGAINST.get(name) in letters else []
        for one in check(reading, previous=letters.get(PREVIOUS.get(name, "")), others=others):
            found.append((Key(name, one.code, one.start, one.end), one))
    return found


def table(found: list[Found], judged: dict[Key, bool]) -> Iterator[str]:
    """One line for each rule that found something: findings per letter, how many were judged, and the share that was right."""
    names = sorted({key.doc for key, _finding in found})
    yield from (f"{number}: {name}" for number, name in enumerate(names, 1))
    yield "rule " + " ".join(f"{n:>3}" for n in range(1, len(names) + 1)) + "   found judged right precision"
    for rule in RULES:
        keys = [key for key, _finding in found if key.code == rule.code]
        if not keys:
            continue
        per = Counter(key.doc for key in keys)
        said = [judged[key] for key in keys if key in judged]
        share = f"{sum(said) / len(said):9.0%}" if said else "        –"
        counts = " ".join(f"{per[name] or '.':>3}" for name in names)
        yield f"{rule.code}{counts} {len(keys):>7} {len(said):>6} {sum(said):>5} {share}"
    silent = [rule.code for rule in RULES if rule.code not in {key.code for key, _finding in found}]
    yield f"Found nothing: {', '.join(silent) or 'none'}"


def show(title: str, found: list[Found], judged: dict[Key, bool], *, listed: bool) -> int:
    """Print one set of letters; how many of its findings nobody has judged."""
    print(f"\n{title}")
    if listed:
        words = {True: "right", False: "wrong", None: "not judged"}
        for key, finding in found:
            print(f"{words[judged.get(key)]}: {key.doc} {key.start}–{key.end} {key.code} {finding.message}")
    print("\n".join(table(found, judged)))
    said = [judged[key] for key, _finding in found if key in judged]
    print(
        f"{len(found)} findings, {len(said)} judged, {sum(said)} right, {len(found) - len(said)} not judged"
    )
    return len(found) - len(said)


def sets(real: Path) -> Iterator[tuple[str, dict[str, Reading]]]:
    """The letters by where they come from: a rule that is right on letters written for it says little of the world."""
    places = {
        "Real letters": (real,),
        "Letters written to measure the reader, by others than those who wrote the rules": INVENTED,
        "Letters of the demo, written to be heavy": (DEMO,),
    }
    for title, folders in places.items():
        found = {d.name: read_document(d) for folder in folders if folder.is_dir() for d in documents(folder)}
        found.pop("README.md", None)
        if found:
            yield title, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--list", action="store_true", help="each finding with its judgement")
    listed = parser.parse_args().list
    real = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data" / "letters"
    if not real.is_dir():
        print(f"No real letters in {real}. Set TILLITSROM_SHARED to the folder that holds data/letters.")
    judged, seen, missing = judgements(), set(), 0
    names: set[str] = set()
    for title, letters in sets(real):
        found = findings(letters)
        seen |= {key for key, _finding in found}
        names |= set(letters)
        missing += show(title, found, judged, listed=listed)
    gone = [right for key, right in judged.items() if key.doc in names and key not in seen]
    print(f"\nJudged wrong before and no longer found: {gone.count(False)}")
    print(f"Judged right before and no longer found: {gone.count(True)}")
    return 1 if missing or gone.count(True) else 0


if __name__ == "__main__":
    raise SystemExit(main())
