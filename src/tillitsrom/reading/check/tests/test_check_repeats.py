"""The same duty again: within, since last year, elsewhere; and what only looks the same."""

import pytest

from tillitsrom.reading.check.tests.make import HEAD, found, read

ROCKS = "Direktoratet skal merke alle farlige skjær langs leia.\n\n"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("Direktoratet skal sørge for å merke alle farlige skjær langs leia.", True),
        ("Kystdirektoratet må merke farlige skjær langs leia.", True),
        ("Direktoratet skal merke alle farlige skjær langs kysten.", False),
        ("Direktoratet skal merke alle ufarlige skjær langs leia.", False),
        ("Direktoratet skal ikke merke alle farlige skjær langs leia.", False),
        ("Direktoratet skal merke leia.", False),
        ("Direktoratet skal merke 12 farlige skjær langs leia.", False),
    ],
)
def test_a_duty_that_stands_before(other: str, same: bool):
    findings = found("TR401", "## Føringer\n\n" + ROCKS + other + "\n")
    assert [f.quote for f in findings] == ([other] if same else [])
    assert all(f.related[0].quote == ROCKS.strip() for f in findings)


def test_two_deliveries_of_the_same_are_two():
    duty = "Direktoratet skal sende departementet en oversikt over åpne havner langs kysten innen {}.\n\n"
    assert not found("TR401", "## Føringer\n\n" + duty.format("1. mai 2026") + duty.format("1. juni 2026"))


def test_a_calendar_may_repeat_what_a_sentence_says():
    sentence = "Direktoratet skal sende departementet en oversikt over åpne havner langs kysten innen 1. mai 2026.\n\n"
    table = "| Hva | Frist |\n| --- | --- |\n| Oversikt over åpne havner langs kysten | 1. mai 2026 |\n"
    assert not found("TR401", f"## Rapportering\n\n{sentence}{table}")


def test_last_years_assignment_and_the_rest_are_told_apart():
    letter = (
        "## Føringer\n\n{guide}## Oppdrag\n\n### KD{year}-0{n} Lykter\n\nDirektoratet skal foreslå nye lykter i leia nordover.\n\n"
        "Frist: 1. juni {year}.\n"
    )
    guide = ROCKS + "Direktoratet skal prioritere havner med mange ulykker.\n\n"
    last = read(HEAD.replace("2026", "2025") + letter.format(guide=guide, year=2025, n=4), "2025.md")
    findings = found("TR402", letter.format(guide=guide, year=2026, n=1), previous=last)
    assert [f.message.split(" sto ")[0] for f in findings] == ["2 krav", "Oppdrag KD2026-01"]
    assert findings[1].related[0].document == "2025.md"
    assert not found("TR402", letter.format(guide=guide, year=2026, n=1))


def test_a_goal_that_stays_is_as_it_should_be():
    goal = "## Mål\n\n- Det er trygt å ferdes langs kysten hele året\n"
    assert not found("TR402", goal, previous=read(HEAD + goal))


def test_each_other_document_is_named():
    one, two = read(HEAD + "## Føringer\n\n" + ROCKS, "instruks.md"), read(HEAD, "tom.md")
    (finding,) = found("TR403", "## Føringer\n\n" + ROCKS, others=[one, two])
    assert "instruks.md" in finding.message
    assert finding.related[0].document == "instruks.md"
