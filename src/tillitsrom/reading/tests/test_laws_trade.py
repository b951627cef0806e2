"""Laws: who applies, pays and keeps things in order under a law about undertakings."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.laws.trade import (
    for_undertakings,
    is_applicant,
    mostly_undertakings,
    of_trade,
    receives,
)
from tillitsrom.reading.model import Document, SourceKind

APPLICATION = (
    "### § 1. Søknad\n\nSøknad om tilskudd skal sendes innen 1. mai.\n\nSøker skal gjøre greie for hagen."
)


def bearers(body: str, title: str) -> list[str | None]:
    text = f"# {title}\n\n{body}\n"
    return [
        r.bearer for r in read_document(Document("lov.md", SourceKind.MARKDOWN, text), law=True).requirements
    ]


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Forskrift om tilskudd for foretak med hage", ["virksomhet", "virksomhet"]),
        ("Forskrift om tilskudd til hager", ["andre", "andre"]),
    ],
)
def test_the_title_tells_who_applies(title: str, who: list[str]) -> None:
    assert bearers(APPLICATION, title) == who


def test_where_nobody_is_told_of_whoever_runs_the_trade_is_meant() -> None:
    body = "### § 1. Lys\n\nSøknad om lys skal sendes innen 1. mai. Lys skal ikke males."
    assert bearers(body, "Forskrift om lys på skip") == ["virksomhet", "virksomhet"]
    assert bearers(body, "Lov om lys")[0] == "andre"


def test_a_law_that_tells_undertakings_to_act_is_about_them() -> None:
    told = " ".join(f"Hageselskapet skal male port {number}." for number in range(6))
    assert bearers(f"### § 1. Porter\n\n{told}\n\n{APPLICATION}", "Lov om hager")[6] == "virksomhet"
    complaint = "### § 2. Klage\n\nKlage på en port skal sendes innen tre uker."
    assert bearers(f"### § 1. Porter\n\n{told}\n\n{complaint}", "Lov om hager")[6] == "andre"


@pytest.mark.parametrize(
    ("title", "undertakings", "trade"),
    [
        ("forskrift om støtte for små og mellomstore bedrifter", True, True),
        ("lov om kompensasjon for bedrifter", True, True),
        ("forskrift om oppdrettsfisk i hagen", False, True),
        ("lov om barn og foreldre", False, False),
    ],
)
def test_titles_of_trade(title: str, undertakings: bool, trade: bool) -> None:
    assert (for_undertakings(title), of_trade(title)) == (undertakings, trade)


def test_who_is_told_most_tells_what_a_law_is_about() -> None:
    assert mostly_undertakings({"virksomhet": 8, "andre": 2, "kommune": 9})
    assert not mostly_undertakings({"virksomhet": 8, "andre": 2, "virksomhet+enhver": 1})
    assert not mostly_undertakings({"virksomhet": 5})


def test_who_applies_and_who_has_got_a_grant() -> None:
    assert is_applicant("søkeren")
    assert receives("tilskuddsmottakeren")
    assert not is_applicant("tilskuddsmottakeren")
    assert not receives("mottakeren")


def test_those_who_can_apply_are_those_who_get_the_grant() -> None:
    body = "### § 1. Hvem\n\n{} kan søke om midler.\n\n### § 2. Rapport\n\nTilskuddsmottaker skal rapportere om bruken."
    assert bearers(body.format("Foretak"), "Forskrift om midler") == ["virksomhet"]
    assert bearers(body.format("Skogeiere"), "Forskrift om midler") == ["andre"]


def test_passengers_are_served_by_whoever_runs_the_ship() -> None:
    body = "### § 1. Passasjerenes bagasje\n\nSkipet skal ha plass til bagasje."
    assert bearers(body, "Forskrift om orden på skip") == ["virksomhet"]


@pytest.mark.parametrize(
    ("body", "title", "who"),
    [
        ("### § 1. Regnskap\n\nRegnskapet skal revideres av en revisor.", "Lov om hager", ["virksomhet"]),
        ("### § 1. Arkiv\n\nStatlege arkiv skal avleverast.", "Lov om arkiv", ["direktorat"]),
        ("### § 1. Arkiv\n\nArkivet til kommunale hagar skal avleverast.", "Lov om arkiv", ["kommune"]),
        (
            "### § 1. Tre\n\nPersoner og foretak som holder trær, skal vanne dem.",
            "Lov om trær",
            ["virksomhet+enhver"],
        ),
        ("### § 1. Rapport\n\nRapporten skal være kort.", "Forskrift om hager i kommuner", ["kommune"]),
        (
            "## Kapittel 1. Hager hos fylkeskommunene\n\n### § 1. Rapport\n\nRapporten skal være kort.",
            "Forskrift om hager",
            ["fylkeskommune"],
        ),
        ("### § 1. Fugler\n\nUten lov må det ikke fotograferes.", "Lov om fugler", ["enhver"]),
        (
            "### § 1. Tiltak\n\nFølgende tiltak skal gjennomføres:\n\n- Eleven skal vanne trær\n- vask av spader",
            "Lov om hager",
            ["andre", "andre"],
        ),
        (
            "### § 1. Styre\n\nHagefondet skal ha et styre som oppnevnes av departementet.",
            "Lov om hager",
            ["departement"],
        ),
        ("### § 1. Ansvar\n\nDet er kommunens ansvar å vanne trær.", "Lov om hager", ["kommune"]),
        (
            "### § 1. Bevis\n\nEn fysisk eller juridisk person som krever erstatning, skal føre bevis.",
            "Lov om hager",
            ["enhver"],
        ),
        (
            "### § 1. Erklæring\n\nProdusenten eller dennes representant skal lage en erklæring.",
            "Lov om hager",
            ["virksomhet"],
        ),
        (
            "### § 1. Innsyn\n\nPolitiet skal ha tilgang til navnene i registeret.",
            "Lov om hageregisteret",
            ["direktorat"],
        ),
        ("### § 1. Trær\n\nEieren skal plante:\n\n- (opphevet)\n- trær", "Lov om hager", ["andre"]),
        ("### § 1. Plan\n\nVedtatt arealplan skal være lesbar.", "Forskrift om kart", ["kommune"]),
        ("### § 1. Avtale\n\nI arbeidsavtale skal lønn angis.", "Lov om hager", ["arbeidsgiver"]),
        ("### § 1. Dokument\n\nStiftelsesdokumentet skal være kort.", "Lov om hager", ["andre"]),
        ("### § 1. Søk\n\nSøk i registeret skal være mulig.", "Lov om hageregisteret", ["direktorat"]),
        ("### § 1. Ansvar\n\nDen oppdragsansvarlige skal vanne trær.", "Lov om hager", ["andre"]),
        ("### § 1. Ansvar\n\nDen som utpekes, skal vanne trær.", "Lov om hager", ["andre"]),
    ],
)
def test_whose_task_it_is(body: str, title: str, who: list[str]) -> None:
    assert bearers(body, title) == who
