"""Dates, deadlines and deadline lines."""

import pytest

from tillitsrom.reading.deadlines import deadline_lines, find_dates, sentence_deadline


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Etaten skal svare innen 1.6.2026.", "2026-06-01"),
        ("Etaten skal svare innen 01.06.26.", "2026-06-01"),
        ("Etaten skal svare innen 2026-06-01.", "2026-06-01"),
        ("Etaten skal svare innen 1. juni.", "2026-06-01"),
        ("Etaten skal svare senest 15. mars 2027.", "2027-03-15"),
        ("Verksemda skal svare seinast 15. mars 2027.", "2027-03-15"),
        ("Verksemda skal svare innan utgangen av mai.", "2026-05-31"),
        ("Etaten skal svare innen utgangen av året.", "2026-12-31"),
        ("Etaten skal svare innen utgangen av 2027.", "2027-12-31"),
        ("Etaten skal svare innen utgangen av første halvår.", "2026-06-30"),
        ("Etaten skal svare innen 1. tertial.", "2026-04-30"),
        ("Etaten skal svare innen tredje kvartal 2027.", "2027-09-30"),
        ("Etaten skal svare innen februar 2028.", "2028-02"),
        ("Etaten skal svare i løpet av 2026.", "2026"),
        ("Etaten skal i 2026 utarbeide en plan.", "2026"),
        ("Etaten skal svare innen 31.06.2026.", "2026-06-30"),
        ("Rapporten sendes departementet 1.9.2026.", "2026-09-01"),
    ],
)
def test_deadline_of_a_sentence(text: str, value: str) -> None:
    assert sentence_deadline(text, 2026) == value


@pytest.mark.parametrize(
    "text",
    [
        "Det vises til brev av 3. mars 2026.",
        "Etaten skal følge opp rapporten mottatt 8.10.2025.",
        "Etaten skal videreføre arbeidet i 2026.",
        "Årsrapporten for 2025 skal være kort.",
        "Planen gjelder årene 2026-2030.",
        "Etaten skal svare snarest.",
        "Oppdraget ses i sammenheng med sak 3, som har frist 1.6.26.",
        "",
    ],
)
def test_no_deadline(text: str) -> None:
    assert sentence_deadline(text, 2026) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Frist: 30.6.2026.", "2026-06-30"),
        ("Frist 1. oktober", "2026-10-01"),
        ("Frist for oppdraget er 15.6.2026.", "2026-06-15"),
        ("Endelig frist for deloppdraget: 31.10.2026.", "2026-10-31"),
        ("Tentativ frist: 1.10.26", "2026-10-01"),
        ("Svarfrist: 1. mai 2026", "2026-05-01"),
        ("Frist: Etaten skal ta sikte på å være ferdig i løpet av 2026.", "2026"),
        ("Frist: Settes i dialog med etaten", None),
    ],
)
def test_deadline_line(text: str, value: str | None) -> None:
    lines = deadline_lines(text, 2026)
    assert [line.value for line in lines] == [value]
    assert lines[0].points == ()


@pytest.mark.parametrize(
    "text",
    [
        "Frist og rapportering:",
        "Fristene skal overholdes.",
        "Etaten har frist 1. mai.",
        "Fristende tilbud 1.5.2026",
        "",
    ],
)
def test_not_a_deadline_line(text: str) -> None:
    assert deadline_lines(text, 2026) == ()


def test_points_of_a_deadline_line() -> None:
    lines = deadline_lines("Frist punkt 1 og 2: 1.6.2026, punkt 3: 1.10.2026", 2026)
    assert [(line.points, line.value) for line in lines] == [
        (("1", "2"), "2026-06-01"),
        (("3",), "2026-10-01"),
    ]


def test_a_range_of_points() -> None:
    assert deadline_lines("Frist for punkt 2-4: 1.6.2026", 2026)[0].points == ("2", "3", "4")


def test_a_line_for_one_product_is_specific() -> None:
    assert deadline_lines("Frist for oversendelse av utkast til retningslinjer er 1.2.2026.", 2026)[
        0
    ].specific
    assert not deadline_lines("Frist for endelig leveranse: 1.2.2026", 2026)[0].specific


def test_offsets_of_dates() -> None:
    text = "Først 1. mai, så 2.6.2026."
    assert [text[h.start : h.end] for h in find_dates(text, 2026)] == ["1. mai", "2.6.2026"]


def test_without_a_year_a_date_needs_its_own() -> None:
    assert find_dates("innen 1. mai", None) == []
