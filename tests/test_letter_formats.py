"""The letters of the repository give the same requirements in every format, as `benchmarks.formats` measures it."""

from pathlib import Path

import pytest
from benchmarks.formats import MAKERS, PROMISED, TARGET, Score, compared, counted
from benchmarks.letter_formats import parse

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.sources import read_bytes

LETTERS = sorted((Path(__file__).resolve().parents[1] / "benchmarks/letters/development").glob("*.md"))


@pytest.mark.parametrize("kind", PROMISED)
def test_the_format_makes_next_to_no_difference(kind: str) -> None:
    name, make = MAKERS[kind]
    total = Score()
    told: list[str] = []
    for path in LETTERS:
        text = path.read_text(encoding="utf-8")
        expected = counted(read_document(read_bytes(text.encode(), "brev.md")))
        found = counted(read_document(read_bytes(make(parse(text)), name)))
        score, words = compared(expected, found)
        total.add(score)
        told += [path.name, *words]
    assert total.expected > 300
    assert total.f1 >= TARGET, "\n".join(told)
    assert min(total.classes, total.deadlines) >= total.both * 0.98, "\n".join(told)


def test_the_measure_sees_what_is_missing_and_what_is_too_much() -> None:
    few = counted(
        read_document(read_bytes(b"Fjelldirektoratet skal rapportere innen 1. mai 2026.", "brev.md"))
    )
    many = counted(
        read_document(
            read_bytes(
                b"Fjelldirektoratet skal rapportere innen 1. juni 2026. Fjelldirektoratet skal bygge broer.",
                "brev.md",
            )
        )
    )
    score, words = compared(few, many)
    assert (score.expected, score.found, score.both, score.deadlines) == (1, 2, 1, 0)
    assert [line[2] for line in words] == ["~", "+"]
    assert score.f1 == pytest.approx(2 / 3)
