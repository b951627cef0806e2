"""Two years beside each other: kept, reworded, new, gone, and what the change means."""

import random
import time

import pytest

from tillitsrom.reading.compare import Change, Comparison, compare, pair_texts
from tillitsrom.reading.model import Document, Reading, Requirement, RequirementClass, SourceKind

C = RequirementClass


def reading(*entries: tuple[RequirementClass, str]) -> Reading:
    text = "\n".join(quote for _, quote in entries)
    found, start = [], 0
    for requirement_class, quote in entries:
        found.append(Requirement(start, start + len(quote), quote, requirement_class, "test", 1.0))
        start += len(quote) + 1
    return Reading(Document("brev.md", SourceKind.MARKDOWN, text), "Etaten", 2026, tuple(found))


def change_of(old: str, new: str) -> Change:
    pairs = pair_texts([(1, "activity", old), *FILLER], [(1, "activity", new), *FILLER])
    return next(p.change for p in pairs if p.new == 1)


FILLER = [
    (10, "goal", "Befolkningen har god helse og lever trygge liv"),
    (11, "reporting", "Etaten skal sende budsjettinnspill til departementet hver vår."),
    (12, "guideline", "Midlene skal brukes til formålet på posten."),
    (13, "activity", "Etaten skal holde et møte med kommunene om beredskap."),
]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Etaten skal rapportere innen 1. juni 2025.", "Etaten skal rapportere innen 3. juni 2026."),
        ("Oppdrag TB2025-17: Etaten skal utrede saken.", "Oppdrag TB2026-4: Etaten skal utrede saken."),
        ("**Etaten** skal utrede  saken", "Etaten skal utrede saken."),
        ("Etaten skal følge planen for 2024-2025.", "Etaten skal følge planen for 2025–2026."),
        (
            "Beløpet er 1 700 000 kroner og skal brukes opp.",
            "Beløpet er 1\u00a0700\u00a0000 kroner og skal brukes opp.",
        ),
    ],
)
def test_what_changes_by_itself_every_year_is_no_change(old: str, new: str) -> None:
    assert change_of(old, new) is Change.KEPT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ventetiden skal ned med 10 prosent.", "Ventetiden skal ned med 20 prosent."),
        ("Etaten skal utrede nye satser.", "Etaten skal ikke utrede nye satser."),
        (
            "Etaten skal utrede hvordan kommunene kan få bedre oversikt over ledige boliger.",
            "Etaten skal i samarbeid med Husbanken utrede hvordan kommunene kan få bedre oversikt over boligene.",
        ),
    ],
)
def test_a_changed_demand_is_reworded(old: str, new: str) -> None:
    assert change_of(old, new) is Change.REWORDED


def test_common_words_alone_make_no_pair() -> None:
    assert change_of("Etaten skal utrede saken.", "Etaten skal arrangere konferansen.") is Change.NEW


def test_each_text_is_used_once_and_nothing_is_lost() -> None:
    old = [("a", "goal", "Færre skader på stien"), ("b", "goal", "Færre skader på stien")]
    new = [("x", "goal", "Færre skader på stien"), ("y", "goal", "Noe helt annet enn før")]
    pairs = pair_texts(old, new)
    assert [(p.change, p.old, p.new) for p in pairs] == [
        (Change.KEPT, "a", "x"),
        (Change.NEW, None, "y"),
        (Change.GONE, "b", None),
    ]


def test_of_two_alike_the_one_of_the_same_class_is_taken() -> None:
    old = [(1, "activity", "Etaten skal følge opp planen"), (2, "reporting", "Etaten skal følge opp planen")]
    (pair, _) = pair_texts(old, [(3, "reporting", "Etaten skal følge opp planen")])
    assert (pair.old, pair.new) == (2, 3)


def test_empty_years_and_empty_texts() -> None:
    assert pair_texts([], []) == []
    assert [p.change for p in pair_texts([(1, "goal", "")], [(2, "goal", "...")])] == [
        Change.NEW,
        Change.GONE,
    ]
    empty = compare(reading(), reading())
    assert (empty.net, empty.net_share, empty.parameter_stability, empty.displaced) == (0, None, None, False)


def displaced_year() -> Comparison:
    goals = [
        (C.GOAL, text) for text in ("Trygge stier i fjellet", "Flere barn går tur", "God kunnskap om været")
    ]
    parameters = [
        (C.STEERING_PARAMETER, "Antall skader per år"),
        (C.STEERING_PARAMETER, "Andel kommuner med stiplan"),
    ]
    tasks = [
        (C.ASSIGNMENT, f"Etaten skal lage veileder om {what}.")
        for what in ("snøskred", "merking", "broer", "kart")
    ]
    room = [(C.AUTHORITY, "Etaten kan inngå leieavtaler.")]
    return compare(reading(*goals, *parameters, *room), reading(goals[0], parameters[0], *tasks))


def test_displacement_is_seen() -> None:
    comparison = displaced_year()
    assert comparison.displaced
    assert {(s.fell, s.rose, s.fall, s.rise) for s in comparison.shifts} == {
        (C.GOAL, C.ASSIGNMENT, 2, 4),
        (C.STEERING_PARAMETER, C.ASSIGNMENT, 1, 4),
    }


def test_the_figures_add_up() -> None:
    comparison = displaced_year()
    assert (comparison.before, comparison.after, comparison.net) == (5, 6, 1)
    assert comparison.net_share == pytest.approx(0.2)
    assert comparison.parameter_stability == 0.5
    assert {change: comparison.count(change) for change in Change if comparison.count(change)} == {
        Change.KEPT: 2,
        Change.NEW: 4,
        Change.GONE: 3,
    }
    for c in comparison.classes:
        assert c.after == c.kept + c.reworded + c.split + c.merged + c.moved + c.new
    gone = [m for m in comparison.matches if m.change is Change.GONE]
    assert {m.old[0].requirement_class for m in gone} == {C.GOAL, C.STEERING_PARAMETER, C.AUTHORITY}


def test_a_requirement_that_changed_its_class_is_told() -> None:
    comparison = compare(
        reading((C.STEERING_PARAMETER, "Antall skader")), reading((C.KEY_FIGURE, "Antall skader"))
    )
    assert comparison.moved == {(C.STEERING_PARAMETER, C.KEY_FIGURE): 1}
    assert comparison.parameter_stability == 0.0


def test_fewer_of_everything_is_no_displacement() -> None:
    comparison = compare(
        reading((C.GOAL, "Trygge stier"), (C.GOAL, "Flere turer"), (C.ACTIVITY, "Merk stien")),
        reading((C.GOAL, "Trygge stier")),
    )
    assert not comparison.displaced
    assert comparison.shifts == ()


def test_a_thousand_beside_a_thousand_takes_less_than_a_second() -> None:
    luck = random.Random(3)  # noqa: S311 - the same luck every time
    vocabulary = [f"{a}{b}" for a in ("skole", "helse", "vei", "plan", "data", "miljø", "barne") for b in
                  ("tilsyn", "arbeid", "rapport", "mål", "vern", "tjeneste", "budsjett", "register", "omsorg", "avtale")]  # fmt: skip

    def sentence() -> str:
        return "Etaten skal i samarbeid med kommunene " + " ".join(luck.choices(vocabulary, k=18))

    old = [(n, "activity", sentence()) for n in range(1000)]
    new = [(n, "activity", text + (" snarest" if n % 3 else "")) for n, _, text in old]
    luck.shuffle(new)
    started = time.process_time()
    pairs = pair_texts(old, new)
    assert time.process_time() - started < 1.5
    assert all(p.old == p.new for p in pairs)
    assert sum(p.change is Change.KEPT for p in pairs) == 334
