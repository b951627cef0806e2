"""How right the reader is: on letters that nobody looked at, on those that were studied, and beside a model that learns from them.

    .venv/bin/python -m benchmarks.accuracy                 all tables
    .venv/bin/python -m benchmarks.accuracy --worst 20      and the errors that the reader was surest of, in our own letters

The reader's rules were written by people who had read the studied letters, so no figure on those can be called cross-validated;
the letters set aside are what tells. A small model (an averaged perceptron over the words and places of sentences) is trained
here from nothing and scored only on documents, or chapters, that it has not seen: that is what the annotations alone can teach.
Right means as in the annotators' `score.py`: half of the shorter span is shared, one to one.
"""

import argparse
import itertools
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.laws_score import Duty, as_duty, match, records
from benchmarks.reading import machine

from tillitsrom.reading.blocks import BlockKind, parse_blocks
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, SourceKind
from tillitsrom.reading.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[1]
LETTERS = ROOT / "benchmarks/letters"
# Letters of our own that have been opened and studied.
OWN = ("aside-3", "aside-2", "aside", "development")
NONE = ""
ROUNDS, SEED = 8, 20_261_128
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Answer:
    """One annotated requirement with its deadline."""

    duty: Duty
    deadline: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, item or row: where it stands, in which chapter, what it looks like to the model, and its true class."""

    doc: str
    chapter: str
    start: int
    end: int
    features: tuple[str, ...]
    kind: str


def letters(folder: Path) -> list[Document]:
    paths = sorted(folder.glob("*.md"))
    return [Document(p.name, SourceKind.MARKDOWN, p.read_text(encoding="utf-8")) for p in paths]


def answers(*paths: Path) -> dict[str, list[Answer]]:
    """What people found, by document; authorities are not counted."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for path in (p for p in paths if p.exists()):
        for record in records(path):
            if record["class"] != "authority":
                deadline = record.get("deadline")
                found[str(record["doc"])].append(
                    Answer(as_duty(record), None if deadline is None else str(deadline))
                )
    return found


@dataclass(slots=True)
class Score:
    """Counts that make the four figures."""

    gold: int = 0
    found: int = 0
    hit: int = 0
    kind: int = 0
    deadline: int = 0

    def add(self, other: "Score") -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self, name: str) -> str:
        both = self.gold + self.found
        error = abs(self.found - self.gold) / max(1, self.gold)
        hit = max(1, self.hit)
        return (
            f"  {name[:52]:<52} {self.gold:>5} {self.found:>5}  F1 {2 * self.hit / max(1, both):.3f}"
            f"  class {self.kind / hit:.3f}  deadline {self.deadline / hit:.3f}  count error {error:.3f}"
        )


def scored(gold: Sequence[Answer], found: Sequence[Answer]) -> Score:
    """Hold what was found against what people found."""
    by_place = {(a.duty.start, a.duty.end): a for a in (*found, *gold)}
    of_gold = {(a.duty.start, a.duty.end): a for a in gold}
    pairs = match([a.duty for a in gold], [a.duty for a in found])
    score = Score(len(gold), len(found), len(pairs))
    found_at = {(a.duty.start, a.duty.end): a for a in found}
    for wanted, got in pairs:
        one = of_gold.get((wanted.start, wanted.end), by_place[(wanted.start, wanted.end)])
        other = found_at[(got.start, got.end)]
        score.kind += one.duty.kind == other.duty.kind
        score.deadline += one.deadline == other.deadline
    return score


def read(document: Document) -> list[Answer]:
    """What the reader finds."""
    return [
        Answer(Duty(document.name, r.start, r.end, r.requirement_class.value, frozenset(), ""), r.deadline)
        for r in read_document(document).requirements
        if r.requirement_class.counted
    ]


def table(title: str, folder: Path, gold: dict[str, list[Answer]]) -> None:
    """The reader's figures per letter and for all."""
    print(f"\n{title}\n  {'':<52} {'gold':>5} {'found':>5}")
    total = Score()
    for document in letters(folder):
        if document.name in gold:
            one = scored(gold[document.name], read(document))
            total.add(one)
            print(one.row(document.name.removesuffix(".md")))
    print(total.row("ALL"))


def by_chapter(documents: Sequence[Document], gold: dict[str, list[Answer]]) -> None:
    """The reader's figures per chapter of the studied letters, the weakest first."""
    rows = []
    for document in documents:
        found = read(document)
        for name, start, end in chapters(document.text):
            inside = [a for a in gold[document.name] if start <= a.duty.start < end]
            got = [a for a in found if start <= a.duty.start < end]
            if inside or got:
                rows.append((scored(inside, got), f"{document.name[:24]}… {name}"))
    rows.sort(key=lambda row: 2 * row[0].hit / max(1, row[0].gold + row[0].found))
    whole = sum(1 for s, _n in rows if s.hit == s.gold == s.found == s.kind == s.deadline)
    print(f"\nThe reader by chapter: {len(rows)} chapters, {whole} without a fault; the weakest")
    for score, name in rows[:8]:
        print(score.row(name))


def chapters(text: str) -> Iterator[tuple[str, int, int]]:
    """Stretches between headings of the two highest levels, with their names."""
    marks = [
        (b.start, " ".join(text[b.start : b.end].strip("# \n").split()))
        for b in parse_blocks(text)
        if b.kind is BlockKind.HEADING and b.depth <= 2
    ]
    starts = [(0, "(before the first heading)"), *marks]
    for (start, name), (end, _next) in zip(starts, [*starts[1:], (len(text), "")], strict=True):
        if end > start:
            yield name, start, end


# --- the model that learns ---------------------------------------------------------------------------------------------


def pieces(document: Document, gold: Sequence[Answer]) -> Iterator[Piece]:
    """Everything that could be a requirement, with what people said of it."""
    text, heading, stem = document.text, "", ""
    spans = list(chapters(text))
    for block in parse_blocks(text):
        if block.kind is BlockKind.HEADING:
            heading, stem = text[block.start : block.end].strip("# \n").lower(), ""
            continue
        for start, end in split_sentences(text, block.start, block.end):
            said = text[start:end]
            chapter = next((name for name, a, b in spans if a <= start < b), "")
            kind = next((a.duty.kind for a in gold if shares(a.duty, start, end)), NONE)
            yield Piece(
                document.name, f"{document.name}: {chapter}", start, end,
                tuple(features(said, block.kind.value, heading, stem)), kind,
            )  # fmt: skip
            if said.rstrip().endswith(":"):
                stem = said.lower()


def shares(duty: Duty, start: int, end: int) -> bool:
    return min(duty.end, end) - max(duty.start, start) >= min(duty.end - duty.start, end - start) / 2 > 0


def features(said: str, block: str, heading: str, stem: str) -> Iterator[str]:
    """What the model sees: words and pairs of words, the opening, the kind of block, the heading, the words that open the list."""
    words = [w.lower() for w in _WORD.findall(said)][:60]
    yield "bias"
    yield f"block {block}"
    yield f"opens {' '.join(words[:2])}"
    yield f"ends {said.rstrip()[-1:]}"
    yield f"long {min(len(words) // 6, 6)}"
    for word in words:
        yield word
    for first, second in itertools.pairwise(words):
        yield f"{first} {second}"
    for word in _WORD.findall(heading)[:8]:
        yield f"heading {word}"
    if block == BlockKind.ITEM.value:
        for word in _WORD.findall(stem)[-12:]:
            yield f"stem {word}"


class Perceptron:
    """An averaged perceptron: weights per class and feature, learnt in a few rounds, the same every time."""

    def __init__(self, train: Sequence[Piece]) -> None:
        self.kinds = sorted({piece.kind for piece in train})
        self.weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        order, step = list(train), 0
        shuffler = random.Random(SEED)  # noqa: S311 - for the order of training, not a secret
        for _round in range(ROUNDS):
            shuffler.shuffle(order)
            for piece in order:
                step += 1
                guess = self.guess(piece.features)
                if guess != piece.kind:
                    for feature in piece.features:
                        for kind, change in ((piece.kind, 1.0), (guess, -1.0)):
                            self.weights[feature][kind] += change
                            sums[feature][kind] += change * step
        for feature, by_kind in self.weights.items():
            for kind in by_kind:
                by_kind[kind] -= sums[feature][kind] / max(1, step)

    def guess(self, seen: Iterable[str]) -> str:
        totals = dict.fromkeys(self.kinds, 0.0)
        for feature in seen:
            if feature in self.weights:
                for kind, weight in self.weights[feature].items():
                    totals[kind] += weight
        return max(totals, key=lambda kind: (totals[kind], kind))


def learnt(
    title: str, everything: Sequence[Piece], gold: dict[str, list[Answer]], fold: Callable[[Piece], str]
) -> None:
    """Train on all folds but one, score on that one; print the sum over the folds."""
    total = Score()
    folds = sorted({fold(piece) for piece in everything})
    for name in folds:
        model = Perceptron([piece for piece in everything if fold(piece) != name])
        tried = [piece for piece in everything if fold(piece) == name]
        found = [
            Answer(Duty(p.doc, p.start, p.end, kind, frozenset(), ""), None)
            for p in tried
            if (kind := model.guess(p.features)) != NONE
        ]
        inside = {(p.doc, p.start, p.end) for p in tried}
        wanted = [
            a
            for doc in {p.doc for p in tried}
            for a in gold[doc]
            if any(d == doc and shares(a.duty, start, end) for d, start, end in inside)
        ]
        total.add(scored(wanted, found))
    print(total.row(f"{title} ({len(folds)} folds)").rsplit("  deadline", 1)[0])


def worst(folders: Iterable[Path], gold: dict[str, list[Answer]], count: int) -> None:
    """The errors that the reader was surest of, and misses after them, with the words: only for letters of our own."""
    errors = []
    for document in (d for folder in folders for d in letters(folder)):
        if document.name not in gold:
            continue
        wanted = gold[document.name]
        found = [r for r in read_document(document).requirements if r.requirement_class.counted]
        spots = [
            Duty(document.name, r.start, r.end, r.requirement_class.value, frozenset(), "") for r in found
        ]
        pairs = match([a.duty for a in wanted], spots)
        told = {(got.start, got.end): wish for wish, got in pairs}
        for one, spot in zip(found, spots, strict=True):
            wish = told.get((spot.start, spot.end))
            if wish is None or wish.kind != spot.kind:
                what = f"found as {spot.kind}, people: {'nothing' if wish is None else wish.kind}"
                errors.append((one.confidence, what, one.rule, document.name, " ".join(one.quote.split())))
        met = {(wish.start, wish.end) for wish, _got in pairs}
        for answer in wanted:
            if (answer.duty.start, answer.duty.end) not in met:
                said = " ".join(document.text[answer.duty.start : answer.duty.end].split())
                errors.append((0.5, f"missed, people: {answer.duty.kind}", "–", document.name, said))
    errors.sort(key=lambda error: -error[0])
    print(f"\nThe {count} worst errors: those that the reader was surest of")
    for sure, what, rule, name, said in errors[:count]:
        print(f"  {sure:.2f} {what}; rule {rule}; {name}\n       «{said[:200]}»")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--worst", type=int, default=0, help="so many errors in our own letters, with their words"
    )
    options = parser.parse_args()
    shared = Path(os.environ.get("TILLITSROM_SHARED", ROOT.parent / "shared")) / "data"
    print(machine())
    for part in OWN:
        gold = answers(LETTERS / f"{part}.jsonl", LETTERS / f"{part}-varied.jsonl")
        if gold:
            table(f"Our letters, {part}", LETTERS / part, gold)
    if (shared / "annotations.jsonl").exists():
        gold = answers(shared / "annotations.jsonl")
        documents = letters(shared / "letters")
        table("Real letters of 2026, studied", shared / "letters", gold)
        by_chapter(documents, gold)
        everything = [piece for d in documents for piece in pieces(d, gold[d.name])]
        print(
            "\nWhat the annotations of the real letters alone teach a small model, scored where it was not trained"
        )
        learnt("by document", everything, gold, lambda piece: piece.doc)
        learnt("by chapter", everything, gold, lambda piece: piece.chapter)
    else:
        print(f"\nNo annotated real letters in {shared}: set TILLITSROM_SHARED for those tables.")
    if options.worst:
        everywhere = answers(*(LETTERS / f"{part}{more}.jsonl" for part in OWN for more in ("", "-varied")))
        worst([LETTERS / part for part in OWN], everywhere, options.worst)
    return 0


if __name__ == "__main__":
    sys.exit(main())
