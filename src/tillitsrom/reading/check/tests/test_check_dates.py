"""Deadlines: what crowds, what cannot be, what is not there."""

import pytest

from tillitsrom.reading.check import Config
from tillitsrom.reading.check.tests.make import found, quotes

REPORT = "## Rapportering\n\nDirektoratet skal sende departementet en oversikt over {what} innen {when}.\n\n"


def reports(*when: str) -> str:
    return "".join(REPORT.format(what=f"havn nummer {n}", when=day) for n, day in enumerate(when))


def test_a_crowd_is_told_once_with_its_first_and_last_day():
    text = reports(*(f"{day}. mars 2026" for day in (2, 3, 4, 5, 6, 8, 20)))
    (finding,) = found("TR501", text)
    assert "6 frister faller innen en uke (2. mars 2026 til 8. mars 2026)" in finding.message
    assert len(finding.related) == 5
    assert not found("TR501", text, config=Config(crowd=6))


def test_eight_days_apart_is_no_crowd():
    assert not found("TR501", reports(*["2. mars 2026"] * 5, "9. mars 2026"))


def test_an_assignment_with_many_duties_is_one_delivery():
    duties = "".join(f"Direktoratet skal merke led nummer {n}. " for n in range(9))
    assert not found("TR501", f"## Oppdrag\n\n### KD2026-01 Leder\n\n{duties}\n\nFrist: 1. juni 2026.\n")


@pytest.mark.parametrize(
    ("day", "count"), [("1. juli", 0), ("2. juli", 1), ("31. juli", 1), ("1. august", 0)]
)
def test_july_is_from_its_second_day(day: str, count: int):
    assert len(found("TR502", reports(f"{day} 2026"))) == count
    assert not found("TR502", reports(f"{day} 2026"), config=Config(july=False))


@pytest.mark.parametrize(
    "written", ["31. juni", "31.06.2026", "30. februar", "29. februar 2026", "12.13.2026", "0. mai"]
)
def test_dates_that_do_not_exist(written: str):
    (finding,) = found("TR503", f"Direktoratet skal levere innen {written}.\n")
    assert finding.quote in written


@pytest.mark.parametrize(
    "written",
    [
        "30. juni",
        "29. februar",
        "29. februar 2028",
        "punkt 3.31.06",
        "nr. 99.99.2026",
        "1.2.2026",
        "§ 31. Mai",
    ],
)
def test_dates_and_numbers_that_are_right(written: str):
    assert not found("TR503", f"Direktoratet skal levere innen {written}.\n")


def test_a_deadline_before_the_letter_is_past():
    assert len(found("TR504", reports("11. januar 2026", "12. januar 2026", "13. januar 2026"))) == 1


def test_an_assignment_without_any_word_of_time_misses_a_deadline():
    order = (
        "## Oppdrag\n\n### KD2026-01 Nye lykter\n\nDirektoratet skal foreslå nye lykter langs leia.{more}\n"
    )
    assert quotes("TR505", order.format(more="")) == ["Direktoratet skal foreslå nye lykter langs leia."]
    for more in (
        " Frist settes i dialog.",
        " Arbeidet er løpende.",
        " Status gis hvert kvartal.",
        "\n\nFrist: 1.6.2026",
    ):
        assert not found("TR505", order.format(more=more)), more


def test_an_assignment_that_names_its_year_is_not_without_time():
    body = "## Oppdrag\n\n### ID: 2026-{n}\n\nLøsningen skal tas i bruk i hele landet{when}.\n\nDirektoratet skal utvikle løsningen.\n"
    assert not found("TR505", body.format(n="02", when=" i 2027"))
    assert found("TR505", body.format(n="03", when=", som i 2025"))


@pytest.mark.parametrize(
    "when",
    ["ble levert i november 2025", "ferdigstilt i desember 2025", "av 3. mars 2025", "datert 3.3.2025"],
)
def test_what_was_done_then_is_no_deadline(when):
    text = f"## Oppdrag\n\nDirektoratet skal følge opp kartleggingen ({when}).\n"
    assert not found("TR504", text)


def test_sentences_that_share_the_deadline_of_their_section_are_one_delivery():
    sentences = " ".join(f"Direktoratet skal kontrollere havn nummer {n}." for n in range(8))
    assert not found("TR501", f"## Oppdrag\n\n### Tilsyn\n\n{sentences}\n\nFrist: 30. november 2026\n")
    apart = "".join(
        f"### Tilsyn {n}\n\nDirektoratet skal kontrollere havn nummer {n}.\n\nFrist: 30. november 2026\n\n"
        for n in range(8)
    )
    assert found("TR501", f"## Oppdrag\n\n{apart}")
