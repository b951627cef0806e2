"""How well the comparison of two years tells what became of each requirement, on years made by known changes.

    .venv/bin/python -m benchmarks.compare --baseline
    TILLITSROM_SHARED=/path/to/shared .venv/bin/python -m benchmarks.compare --rounds 9

Prints machine facts; precision, recall and F1 of the links between old and new; how many of each kind were told right; the
same for a plain comparison of characters (difflib); and the time for 5,000 requirements beside 5,000. The exit status tells
whether the target is reached.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.compare_pairs import CHANGES, Made, Old, make
from benchmarks.reading import ROOT, documents, machine

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.years.groups import Change, Entry, Group, group_texts
from tillitsrom.reading.years.words import words

TARGET_F1 = 0.95
TARGET_SECONDS = 10.0
_SEED = 20261128
_LIKE = 0.6
_KINDS = ("kept", "moved", "light", "medium", "strong", "nynorsk", "split", "merged", "new", "gone")
Groups = Sequence[Group[int]]
Comparer = Callable[[Sequence[Old], Sequence[Old]], Groups]


def by_characters(old: Sequence[Old], new: Sequence[Old]) -> Groups:
    """A plain way: the pair of texts with the highest ratio of like characters first, each once, from 0.6."""
    found = []
    for j, now in enumerate(new):
        matcher = SequenceMatcher(None, "", now.text, autojunk=False)
        for i, was in enumerate(old):
            matcher.set_seq1(was.text)
            if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE:
                ratio = matcher.ratio()
                if ratio >= _LIKE:
                    found.append((-ratio, j, i))
    olds, news, groups = set(range(len(old))), set(range(len(new))), []
    for ratio, j, i in sorted(found):
        if i in olds and j in news:
            olds.remove(i)
            news.remove(j)
            change = Change.KEPT if ratio == -1 else Change.REWORDED
            groups.append(Group(change, (old[i].key,), (new[j].key,), -ratio))
    groups += [Group(Change.NEW, (), (new[j].key,)) for j in sorted(news)]
    return groups + [Group(Change.GONE, (old[i].key,), ()) for i in sorted(olds)]


def letters(folders: Sequence[Path]) -> list[tuple[str, list[Old]]]:
    """The requirements of each letter, under the letter's name without its year.

    Of those with the same words only the first is taken, since nobody can say which of them was kept.
    """
    found: list[tuple[str, list[Old]]] = []
    for folder in folders:
        for document in documents(folder):
            seen: set[tuple[str, ...]] = set()
            entries: list[Old] = []
            for place, r in enumerate(read_document(document).requirements):
                said = words(r.quote)
                if len(said) >= 3 and said not in seen:
                    seen.add(said)
                    kind = r.requirement_class.value
                    entries.append(Entry(place, kind, r.quote, r.heading or "", r.assignment or ""))
            if len(entries) >= 5:
                found.append((document.name.strip("0123456789-"), entries))
    return found


class Score:
    """Links found, missed and invented, and how many of each kind were told right."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0
        self.told: Counter[str] = Counter()
        self.of: Counter[str] = Counter()

    def add(self, made: Made, groups: Groups) -> None:
        links = {(i, j) for group in groups for i in group.old for j in group.new}
        self.right += len(links & made.links)
        self.found += len(links)
        self.wanted += len(made.links)
        said = {(group.old, group.new): group.change for group in groups}
        for kind, olds, news in made.truth:
            change = said.get((tuple(sorted(olds)), tuple(sorted(news))))
            # A twin in the other written standard has the same words; both answers say that nothing new is demanded.
            also = (Change.KEPT,) if kind == "nynorsk" else ()
            self.of[kind] += 1
            self.told[kind] += change in (CHANGES[kind], *also)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        whole = self.precision + self.recall
        return 2 * self.precision * self.recall / whole if whole else 0.0


def measured(found: Sequence[tuple[str, list[Old]]], rounds: int, compare: Comparer) -> Score:
    """Every letter `rounds` times, with other changes each time but the same from run to run."""
    score = Score()
    for number, (name, letter) in enumerate(found):
        # Another year's letter to the same body demands much of the same; what comes from there would not be new.
        others = [one for other, entries in found if other != name for one in entries]
        for turn in range(rounds):
            luck = random.Random(f"{_SEED}-{number}-{turn}")  # noqa: S311 - the same luck every time
            made = make(letter, others, luck)
            score.add(made, compare(made.old, made.new))
    return score


def show(scores: dict[str, Score]) -> None:
    """A table with a column for each way of comparing."""
    print(f"{'':<12}" + "".join(f"{name:>14}" for name in scores) + f"{'of':>8}")
    for name in ("precision", "recall", "f1"):
        print(f"{name:<12}" + "".join(f"{getattr(score, name):>14.3f}" for score in scores.values()))
    of = next(iter(scores.values())).of
    for kind in _KINDS:
        if of[kind]:
            shares = "".join(
                f"{score.told[kind] / max(score.of[kind], 1):>14.2f}" for score in scores.values()
            )
            print(f"{kind:<12}{shares}{of[kind]:>8}")


def seconds_for(many: int) -> float:
    """Processor time for `many` requirements beside as many, a third of them reworded."""
    luck = random.Random(_SEED)  # noqa: S311 - the same luck every time
    vocabulary = [f"{a}{b}" for a in ("skole", "helse", "vei", "plan", "data", "miljø", "barne", "hav", "fjell", "by")
                  for b in ("tilsyn", "arbeid", "rapport", "mål", "vern", "tjeneste", "budsjett", "register")]  # fmt: skip
    old = [
        Entry(
            n, "activity", "Etaten skal i samarbeid med kommunene " + " ".join(luck.choices(vocabulary, k=18))
        )
        for n in range(many)
    ]
    new = [
        Entry(n, "activity", one.text + (" i god tid før fristen" if n % 3 == 0 else ""))
        for n, one in enumerate(old)
    ]
    luck.shuffle(new)
    started = time.process_time()
    group_texts(old, new)
    return time.process_time() - started


def main() -> int:
    """Measure and print; 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="how many years to make of each letter")
    parser.add_argument("--baseline", action="store_true", help="also measure difflib, which takes minutes")
    chosen = parser.parse_args()
    rounds = chosen.rounds
    print(machine())
    sets = {
        "fictional letters": [ROOT / "benchmarks/letters/development", ROOT / "src/tillitsrom/demo/letters"]
    }
    shared = os.environ.get("TILLITSROM_SHARED")
    if shared and (Path(shared) / "data/letters").is_dir():
        sets["real letters"] = [Path(shared) / "data/letters"]
    reached = True
    for name, folders in sets.items():
        found = letters(folders)
        print(
            f"\n{name}: {len(found)} letters, {sum(len(entries) for _, entries in found)} requirements, {rounds} years made of each"
        )
        scores = {"groups": measured(found, rounds, group_texts)}
        if chosen.baseline:
            # One year of each letter is enough to know it by.
            scores["difflib"] = measured(found, 1, by_characters)
        show(scores)
        reached = reached and scores["groups"].f1 >= TARGET_F1
    spent = seconds_for(5_000)
    print(f"\n5,000 beside 5,000: {spent:.1f} s of processor time")
    return 0 if reached and spent < TARGET_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
