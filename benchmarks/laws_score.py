"""How well predicted duties agree with the annotated stretches of laws and regulations.

    .venv/bin/python -m benchmarks.laws_score GOLD.jsonl STRETCHES.jsonl PREDICTED.jsonl

All three hold JSON lines. A duty has doc, start and end (characters of the file read as UTF-8), class, bearer ("+"
between several) and section; a stretch has doc, start, end and language ("nb" or "nn"). Only what is predicted inside
an annotated stretch counts, for only there is every duty known. Prints a row per language and one for all.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Stretch:
    """A piece of a document in which every duty has been annotated; `start` and `end` are character offsets."""

    doc: str
    start: int
    end: int
    language: str


@dataclass(frozen=True)
class Duty:
    """One duty: where it stands, what kind it is, who has it and in which section."""

    doc: str
    start: int
    end: int
    kind: str
    bearers: frozenset[str]
    section: str


@dataclass
class Tally:
    """Counts of what was asked, what was found and how much of it agrees."""

    gold: int = 0
    predicted: int = 0
    hit: int = 0
    kind: int = 0
    bearer: int = 0
    section: int = 0

    def add(self, other: "Tally") -> None:
        """Take another tally into this one."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self, name: str) -> str:
        """One printed line; accuracies are over the matched pairs."""
        hit = self.hit or 1
        return (
            f"{name}: gold {self.gold} predicted {self.predicted} precision {self.precision:.3f} "
            f"recall {self.recall:.3f} F1 {self.f1:.3f} class {self.kind / hit:.3f} "
            f"bearer {self.bearer / hit:.3f} section {self.section / hit:.3f}"
        )


def records(path: Path) -> Iterator[Mapping[str, object]]:
    """The JSON objects of a file, one a line; empty lines are passed over."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def as_duty(record: Mapping[str, object]) -> Duty:
    """A duty from its record; a prediction may leave class, bearer or section out. KeyError without a place."""
    return Duty(
        str(record["doc"]),
        int(str(record["start"])),
        int(str(record["end"])),
        str(record.get("class") or ""),
        frozenset(filter(None, str(record.get("bearer") or "").split("+"))),
        " ".join(str(record.get("section") or "").split()),
    )


def as_stretch(record: Mapping[str, object]) -> Stretch:
    """A stretch from its record; KeyError when something is missing."""
    return Stretch(
        str(record["doc"]), int(str(record["start"])), int(str(record["end"])), str(record["language"])
    )


def overlap(one: Stretch | Duty, other: Stretch | Duty) -> int:
    """How many characters two pieces of the same document share; never below 0."""
    if one.doc != other.doc:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def home(duty: Duty, stretches: Iterable[Stretch]) -> Stretch | None:
    """The stretch that holds more than half of a duty, if there is one."""
    length = duty.end - duty.start
    return next((s for s in stretches if length > 0 and overlap(duty, s) > length / 2), None)


def match(gold: Sequence[Duty], predicted: Sequence[Duty]) -> list[tuple[Duty, Duty]]:
    """Pairs that share at least half of the shorter span, one to one, the best overlap first."""
    pairs = []
    for g, wanted in enumerate(gold):
        for p, found in enumerate(predicted):
            shared = overlap(wanted, found)
            lengths = (wanted.end - wanted.start, found.end - found.start)
            if shared > 0 and shared >= min(lengths) / 2:
                pairs.append((shared / max(lengths), g, p))
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    result = []
    for _, g, p in sorted(pairs, reverse=True):
        if g not in taken_gold and p not in taken_predicted:
            taken_gold.add(g)
            taken_predicted.add(p)
            result.append((gold[g], predicted[p]))
    return result


def tally(gold: Sequence[Duty], predicted: Sequence[Duty]) -> Tally:
    """The counts for the duties of one stretch."""
    pairs = match(gold, predicted)
    return Tally(
        gold=len(gold),
        predicted=len(predicted),
        hit=len(pairs),
        kind=sum(g.kind == p.kind for g, p in pairs),
        bearer=sum(g.bearers == p.bearers for g, p in pairs),
        section=sum(g.section == p.section for g, p in pairs),
    )


def score(gold: Iterable[Duty], stretches: Sequence[Stretch], predicted: Iterable[Duty]) -> dict[str, Tally]:
    """A tally per language and one under "ALL", which comes last. ValueError when a gold duty is in no stretch."""
    asked: dict[Stretch, list[Duty]] = defaultdict(list)
    answered: dict[Stretch, list[Duty]] = defaultdict(list)
    for duty in gold:
        place = home(duty, stretches)
        if place is None:
            raise ValueError(f"{duty.doc} {duty.start}-{duty.end} lies in no annotated stretch")
        asked[place].append(duty)
    for duty in predicted:
        place = home(duty, stretches)
        if place is not None:
            answered[place].append(duty)
    result = {language: Tally() for language in [*sorted({s.language for s in stretches}), "ALL"]}
    for stretch in stretches:
        counts = tally(asked[stretch], answered[stretch])
        result[stretch.language].add(counts)
        result["ALL"].add(counts)
    return result


def main() -> None:
    """Read the three files and print a row per language and one for all."""
    parser = argparse.ArgumentParser(
        description="Score predicted duties of laws against annotated stretches."
    )
    for name in ("gold", "stretches", "predicted"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    rows = score(
        [as_duty(r) for r in records(options.gold)],
        [as_stretch(r) for r in records(options.stretches)],
        [as_duty(r) for r in records(options.predicted)],
    )
    for name, counts in rows.items():
        print(counts.row(name))


if __name__ == "__main__":
    main()
