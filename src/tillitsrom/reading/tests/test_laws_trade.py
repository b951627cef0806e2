"""Laws: who applies, pays and keeps things in order under a law about undertakings."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.laws.trade import applies, for_undertakings, mostly_undertakings, of_trade
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


def test_one_who_has_got_a_grant_has_applied() -> None:
    assert applies("tilskuddsmottakeren")
    assert not applies("mottakeren")
