"""Reports: to whom, when, what for, and whether another one covers it."""

import pytest

from tillitsrom.reading.check.tests.make import found, quotes

GUIDE = "## Føringer\n\n{}\n"


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("Direktoratet skal rapportere om åpne havner hvert kvartal.", True),
        ("Direktoratet skal levere en rapport om havnene innen 1. mai 2026.", True),
        ("Direktoratet skal rapportere til kommunene om åpne havner hvert kvartal.", False),
        ("Direktoratet skal sende havnene en oversikt over leier hvert kvartal.", False),
        ("Direktoratet skal rapportere om åpne havner i årsrapporten.", False),
        ("Direktoratet bes levere en rapport om havnene innen 1. mai 2026.", False),
        ("Rapporten skal leveres innen 1. mai 2026.", False),
        ("Direktoratet skal informere båtfolk og orientere om nye regler.", False),
        ("Direktoratet skal melde hvert brudd på grensene som avvik.", False),
    ],
)
def test_a_report_without_a_recipient(sentence: str, broken: bool):
    assert quotes("TR301", GUIDE.format(sentence)) == ([sentence] if broken else [])


def test_a_chapter_on_reporting_says_once_who_gets_it():
    text = "## Rapportering\n\n{}\n\n### Rapportering om havner\n\nDirektoratet skal rapportere om havnene per 31. august.\n"
    assert not found("TR301", text.format("Direktoratet rapporterer til departementet."))
    assert found("TR301", text.format("Her er det som gjelder."))


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("Direktoratet skal rapportere til departementet om åpne havner.", True),
        ("Direktoratet skal rapportere til departementet om åpne havner hvert halvår.", False),
        ("Direktoratet skal rapportere til departementet om åpne havner innen 1. mai 2026.", False),
        ("Direktoratet skal rapportere til departementet om havner dersom de stenger.", False),
        ("Direktoratet skal rapportere fortløpende til departementet om havner.", False),
        ("Direktoratet skal redegjøre for havnene i rapporteringen til departementet.", False),
        ("Brev til Riksrevisjonen skal sendes i kopi til departementet.", False),
    ],
)
def test_a_report_without_a_date(sentence: str, broken: bool):
    assert quotes("TR302", GUIDE.format(sentence)) == ([sentence] if broken else [])


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("Direktoratet skal rapportere til departementet om åpne havner hver måned.", True),
        ("Direktoratet skal sende departementet en kvartalsvis oversikt over havner.", True),
        ("Direktoratet skal rapportere til departementet om åpne havner i årsrapporten.", False),
        ("Direktoratet skal rapportere til departementet om havner hver måned for å varsle skipene.", False),
        ("Direktoratet skal rapportere til departementet om havner hver måned etter havneloven § 3.", False),
    ],
)
def test_a_regular_report_without_a_purpose(sentence: str, broken: bool):
    assert quotes("TR303", GUIDE.format(sentence)) == ([sentence] if broken else [])


FIRST = "Direktoratet skal sende departementet en månedlig oversikt over ulykker med fritidsbåter.\n\n"


@pytest.mark.parametrize(
    ("sentence", "covered"),
    [
        ("Direktoratet skal rapportere til departementet om ulykker med fritidsbåter hvert kvartal.", True),
        (
            "Direktoratet skal rapportere til statsforvalteren om ulykker med fritidsbåter hvert kvartal.",
            False,
        ),
        ("Direktoratet skal rapportere til departementet om utslipp fra fritidsbåter hvert kvartal.", False),
        ("Direktoratet skal sende departementet en endelig rapport om ulykker med fritidsbåter.", False),
    ],
)
def test_a_report_that_another_one_covers(sentence: str, covered: bool):
    findings = found("TR304", GUIDE.format(FIRST + sentence))
    assert [f.quote for f in findings] == ([sentence] if covered else [])
    assert all(f.related[0].quote == FIRST.strip() for f in findings)
