"""Every requirement of two years in exactly one group, whatever the years hold; and what each kind is."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillitsrom.reading.compare import compare_years, follow
from tillitsrom.reading.model import Document, Reading, Requirement, RequirementClass, SourceKind
from tillitsrom.reading.years.difference import Side, difference
from tillitsrom.reading.years.groups import Change, Entry, Group, Moved, group_texts
from tillitsrom.reading.years.lives import clusters, like_this, lives, same_demands
from tillitsrom.reading.years.withdrawn import withdrawn

STOCK = "etaten skal utrede satsene rapportere om innen juni planen beredskap kommunene boliger og 2026 ikke vei skole"
WORDS = st.sampled_from(STOCK.split())
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["goal", "activity", "reporting"]), TEXTS, st.sampled_from(["", "3 Mål", "4 Oppdrag"])
    ),
    max_size=9,
).map(lambda rows: [Entry(place, kind, text, chapter) for place, (kind, text, chapter) in enumerate(rows)])
FILLER = [
    Entry(90, "goal", "Befolkningen har god helse og lever trygge liv", "1 Mål"),
    Entry(
        91, "reporting", "Etaten skal sende budsjettinnspill til departementet hver vår.", "2 Rapportering"
    ),
    Entry(92, "guideline", "Midlene skal brukes til formålet på posten.", "3 Føringer"),
    Entry(93, "activity", "Etaten skal holde et møte med kommunene om beredskap.", "4 Beredskap"),
]


def group_of(old: list[Entry[int]], new: list[Entry[int]]) -> Group[int]:
    """The only group that is not filler."""
    found = [
        group
        for group in group_texts([*old, *FILLER], [*new, *FILLER])
        if not {*group.old, *group.new} & {one.key for one in FILLER}
    ]
    assert len(found) == 1
    return found[0]


@given(ENTRIES, ENTRIES)
@settings(max_examples=150, deadline=None)
def test_every_old_and_every_new_is_in_exactly_one_group(
    old: list[Entry[int]], new: list[Entry[int]]
) -> None:
    groups = group_texts(old, new)
    assert sorted(key for group in groups for key in group.old) == [one.key for one in old]
    assert sorted(key for group in groups for key in group.new) == [one.key for one in new]
    for group in groups:
        sizes = (len(group.old), len(group.new))
        assert {
            Change.NEW: sizes == (0, 1),
            Change.GONE: sizes == (1, 0),
            Change.SPLIT: sizes[0] == 1 and sizes[1] > 1,
            Change.MERGED: sizes[0] > 1 and sizes[1] == 1,
        }.get(group.change, sizes == (1, 1))
        assert 0 <= group.similarity <= 1
    assert groups == group_texts(old, new)


@given(ENTRIES)
@settings(max_examples=60, deadline=None)
def test_a_year_beside_itself_has_changed_nothing(year: list[Entry[int]]) -> None:
    for group in group_texts(year, year):
        one = year[(*group.new, *group.old)[0]]
        # What has no words cannot be told from anything else without words.
        assert group.change is (Change.KEPT if one.text.strip() else group.change)


@given(ENTRIES, ENTRIES)
@settings(max_examples=80, deadline=None)
def test_backwards_as_many_are_kept(old: list[Entry[int]], new: list[Entry[int]]) -> None:
    def same_words(groups: list[Group[int]]) -> int:
        return sum(group.change in (Change.KEPT, Change.MOVED) for group in groups)

    assert same_words(group_texts(old, new)) == same_words(group_texts(new, old))


def test_one_that_became_two_is_split_and_two_that_became_one_are_merged() -> None:
    whole = Entry(
        1,
        "activity",
        "Etaten skal utrede nye satser for bostøtte og lage en veileder om sykkelparkering for kommunene.",
    )
    parts = [
        Entry(2, "activity", "Etaten skal utrede nye satser for bostøtte."),
        Entry(3, "activity", "Etaten skal lage en veileder om sykkelparkering for kommunene."),
    ]
    split = group_of([whole], parts)
    assert (split.change, split.old, split.new) == (Change.SPLIT, (1,), (2, 3))
    merged = group_of(parts, [whole])
    assert (merged.change, merged.old, merged.new) == (Change.MERGED, (2, 3), (1,))


def test_the_same_words_elsewhere_are_moved() -> None:
    old = Entry(1, "activity", "Etaten skal utrede nye satser for bostøtte.", "3.1 Bolig")
    class_moved = Entry(1, "assignment", old.text, "3.1 Bolig", "TB2026-01")
    assert group_of([old], [class_moved]).moved == (Moved.CLASS, Moved.ASSIGNMENT)
    chapter_moved = Entry(1, "activity", old.text, "4.2 Andre oppgaver")
    assert group_of([old], [chapter_moved]).change is Change.MOVED
    renumbered = Entry(1, "activity", old.text, "5.7 Bolig")
    assert group_of([old], [renumbered]).change is Change.KEPT


def test_a_chapter_with_a_new_name_has_moved_nothing() -> None:
    texts = [
        "Etaten skal utrede bostøtte.",
        "Etaten skal føre tilsyn med heiser.",
        "Etaten skal telle sykler.",
    ]
    old = [Entry(n, "activity", text, "3 Særskilte oppgaver") for n, text in enumerate(texts)]
    new = [Entry(n, "activity", text, "3 Prioriteringer for året") for n, text in enumerate(texts)]
    assert {group.change for group in group_texts(old, new)} == {Change.KEPT}


def test_nynorsk_is_the_same_demand() -> None:
    old = Entry(1, "activity", "Virksomheten skal ikke øke antallet oppdrag fra flere tjenester.")
    new = Entry(1, "activity", "Verksemda skal ikkje auke antallet oppdrag frå fleire tenester.")
    assert group_of([old], [new]).new == (1,)


def test_five_thousand_beside_five_thousand() -> None:
    luck = random.Random(5)  # noqa: S311 - the same luck every time
    stock = [f"{a}{b}" for a in ("skole", "helse", "vei", "plan", "data", "miljø", "barne") for b in
             ("tilsyn", "arbeid", "rapport", "mål", "vern", "tjeneste", "budsjett", "register", "omsorg")]  # fmt: skip
    old = [Entry(n, "activity", "Etaten skal " + " ".join(luck.choices(stock, k=16))) for n in range(5000)]
    new = [Entry(one.key, one.kind, one.text + (" snarest" if one.key % 3 else "")) for one in old]
    luck.shuffle(new)
    started = time.process_time()
    groups = group_texts(old, new)
    assert time.process_time() - started < 10
    assert all(group.old == group.new for group in groups)


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_difference_holds_both_wordings(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.side is not Side.NEW) == old
    assert "".join(piece.text for piece in pieces if piece.side is not Side.OLD) == new


def test_a_changed_phrase_is_one_change() -> None:
    assert difference("Etaten skal utrede nye satser nå.", "Etaten skal lage gode kart nå.") == [
        (Side.BOTH, "Etaten skal "),
        (Side.OLD, "utrede nye satser"),
        (Side.NEW, "lage gode kart"),
        (Side.BOTH, " nå."),
    ]


def test_a_requirement_is_followed_over_years() -> None:
    first = "Etaten skal utrede nye satser for bostøtte til unge."
    second = "Etaten skal innen juni utrede nye satser for bostøtte til unge familier."
    years = [
        (2023, [Entry((2023, 0), "activity", first)]),
        (2024, [Entry((2024, 0), "activity", second)]),
        (2025, [Entry((2025, 0), "activity", second), Entry((2025, 1), "goal", "Færre skader på stien")]),
    ]
    old, young = lives(years)
    assert (old.since, old.reworded, [step.change.value for step in old.steps]) == (
        2023,
        1,
        ["new", "reworded", "kept"],
    )
    assert (young.since, young.reworded, len(young.steps)) == (2025, 0, 1)
    assert lives([]) == []


def test_the_same_demand_from_two_bodies_is_found() -> None:
    demands = [
        (
            "Departementet",
            Entry(1, "reporting", "Kommunen skal rapportere sykefravær for skolene hvert kvartal."),
        ),
        ("Fylket", Entry(2, "reporting", "Kommunen skal hvert kvartal rapportere sykefravær ved skolene.")),
        (
            "Fylket",
            Entry(3, "reporting", "Kommunen skal hvert kvartal rapportere sykefravær ved alle skolene."),
        ),
        ("Direktoratet", Entry(4, "activity", "Kommunen skal ha en plan for snørydding av gangveier.")),
    ]
    found = same_demands(demands)
    assert {(one.one, one.other) for one in found} == {(1, 2), (1, 3)}
    assert [sorted(keys) for keys in clusters(found)] == [[1, 2, 3]]
    others = [entry for body, entry in demands if body != "Departementet"]
    assert [key for key, _ in like_this(demands[0][1].text, others)] == [2, 3]


@pytest.mark.parametrize(
    ("text", "number", "covered"),
    [
        ("Oppdrag TB2026-04 utgår.", "TB2026-04", True),
        ("Vi viser til oppdrag TB2026–04, som trekkes tilbake.", "Oppdrag TB2026-04", True),
        ("Oppdrag TB2026-04 utgår ikke.", "TB2026-04", False),
        ("Oppdrag TB2026-05 utgår.", "TB2026-04", False),
        ("Dette oppdraget erstatter oppdrag TB2026-04.", "TB2026-04", True),
        ("Oppdrag TB2026-04 utgår.", None, False),
    ],
)
def test_what_a_later_letter_takes_back(text: str, number: str | None, covered: bool) -> None:
    assert withdrawn(text).covers(number) is covered


def letter(name: str, year: int, text: str, *entries: tuple[str, str | None]) -> Reading:
    found = tuple(
        Requirement(0, len(quote), quote, RequirementClass.ASSIGNMENT, "test", 1.0, assignment=number)
        for quote, number in entries
    )
    return Reading(Document(name, SourceKind.MARKDOWN, text), "Etaten", year, found)


def test_a_year_is_its_letter_and_what_adds_to_it() -> None:
    a, b = "Etaten skal utrede bostøtte for unge.", "Etaten skal telle sykler i byene."
    old = [letter("2025.md", 2025, "", (a, "TB2025-01"), (b, "TB2025-02"))]
    main = letter("2026.md", 2026, "", (a, "TB2026-01"))
    more = letter("tillegg.md", 2026, "Oppdrag TB2026-01 utgår.", (b, "TB2026-09"))
    comparison = compare_years(old, [main, more])
    assert [(m.change, m.new[0].quote if m.new else None) for m in comparison.matches] == [
        (Change.KEPT, b),
        (Change.GONE, None),
    ]
    assert [r.quote for r in comparison.new_withdrawn] == [a]
    followed = follow([(2025, old), (2026, [main, more])])
    assert [(life.since, r.quote) for life, r in followed] == [(2025, b)]
