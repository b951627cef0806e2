"""Goals, people and wording: each rule both ways."""

import pytest

from tillitsrom.reading.check import check
from tillitsrom.reading.check.tests.make import HEAD, found, quotes, read

GUIDE = "## Føringer\n\n{}\n"
PARAMETER = "## Styringsparametere\n\n- {}\n"
FIGURE = "## Nøkkeltall\n\n- {}\n"


@pytest.mark.parametrize(
    ("goal", "broken"),
    [
        ("Utarbeide en plan for havnene", True),
        ("Gjennomføring av kurs for båtfolk", True),
        ("Kystdirektoratet skal etablere et register", True),
        ("Havnene er åpne hele året", False),
        ("Digitaliseringen gir bedre tjenester", False),
        ("Kystdirektoratet skal gjøre kysten tryggere", False),
        ("Gjennomføringen av planen gir færre ulykker", False),
    ],
)
def test_a_goal_that_is_an_activity(goal: str, broken: bool):
    assert bool(found("TR102", f"## Mål\n\n- {goal}\n")) is broken


@pytest.mark.parametrize(
    ("parameter", "broken"),
    [
        ("Antall gjennomførte tilsynsbesøk", True),
        ("Antall kurs og møter", True),
        ("Kystdirektoratet skal tilrettelegge for åpne havner", True),
        ("Antall konkurser i næringen", False),
        ("Antall ulykker", False),
        ("Andel møtende", False),
        ("Andel som er fornøyd med kurset", False),
    ],
)
def test_a_parameter_that_counts_activity(parameter: str, broken: bool):
    assert bool(found("TR103", PARAMETER.format(parameter))) is broken


@pytest.mark.parametrize(
    "figure",
    [
        "Antall vedtak per saksbehandler",
        "Svartid per rådgiver",
        "Antall saker fordelt på den enkelte medarbeider",
        "Produktivitet på individnivå for ansatte",
        "Tal på vedtak for kvar einskild sakshandsamar",
        "Individuelle måltall for vedtak",
    ],
)
def test_what_measures_a_single_employee(figure: str):
    assert quotes("TR201", FIGURE.format(figure)) == [figure]


@pytest.mark.parametrize(
    "figure",
    [
        "Antall brukere per ansatt",
        "Antall barn per saksbehandler",
        "Driftskostnader per ansatt",
        "Saker per årsverk",
        "Gjennomsnittlig antall saker per saksbehandler",
        "Helsedata på individnivå",
        "Antall vedtak per region",
        "Antall pasienter per lege",
        "Antall elever som får hjelp av læreren",
    ],
)
def test_staff_below_the_line_is_no_measurement(figure: str):
    assert not found("TR201", FIGURE.format(figure))


def test_room_for_each_employee_is_no_measurement():
    for sentence in (
        "Direktoratet skal gi den enkelte ansatte større innflytelse.",
        "Direktoratet skal lage en plan for opplæring av hver ansatt.",
        "Direktoratet skal ikke måle den enkelte ansatte.",
    ):
        assert not found("TR201", GUIDE.format(sentence)), sentence


def test_trust_asked_for_in_a_report_and_trust_itself():
    report = "## Rapportering\n\nDirektoratet skal {} innen 1. mai 2026.\n"
    assert found("TR202", report.format("rapportere til departementet om tillitsreformen"))
    assert found("TR202", report.format("sende departementet en status for tillitstiltak"))
    assert not found("TR202", report.format("rapportere til departementet om brukernes tillit til havnene"))


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("Direktoratet skal ha fokus på trygghet.", True),
        ("Direktoratet skal ha særskilt oppmerksomhet rettet mot båtfolk.", True),
        ("Direktoratet skal tilstrebe åpenhet.", True),
        ("Direktoratet skal ha fokus på trygghet ved å merke leia.", False),
        ("Direktoratet skal ha fokus på de 12 største havnene.", False),
        ("Direktoratet skal ha fokus på trygghet og opprette et samarbeid med politiet.", False),
        ("Direktoratet bør være oppmerksom på at det kan gjelde egne vilkår.", False),
        ("Direktoratet skal merke leia.", False),
    ],
)
def test_a_vague_duty(sentence: str, broken: bool):
    assert bool(found("TR601", GUIDE.format(sentence))) is broken


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("Direktoratet skal følge økonomiregelverket.", True),
        ("Direktoratet skal overholde forvaltningsloven og offentleglova.", True),
        ("Direktoratet skal legge hovedavtalen til grunn.", True),
        ("Direktoratet skal følge arbeidsmiljøloven § 9-1.", True),
        ("Direktoratet skal følge innkjøpsreglementet i kommunen.", False),
        ("Direktoratet skal følge opp kommuner som bryter loven.", False),
        ("Direktoratet skal følge havneloven når det foreslår nye lykter.", False),
        ("Direktoratet skal foreslå endringer i havneloven.", False),
    ],
)
def test_a_guideline_that_only_repeats_law(sentence: str, broken: bool):
    assert bool(found("TR602", GUIDE.format(sentence))) is broken


def test_what_was_removed_is_asked_of_the_years_own_letter_only():
    duties = "## Aktiviteter\n\nDirektoratet skal i 2026:\n\n" + "".join(
        f"- merke led nummer {n}\n" for n in range(12)
    )
    (finding,) = found("TR603", duties)
    assert finding.quote == "Tildelingsbrev 2026 til Kystdirektoratet"
    assert not found("TR603", "Vi har slått sammen to rapporter.\n\n" + duties)
    added = HEAD.replace("Tildelingsbrev", "Supplerende tildelingsbrev") + duties
    assert "TR603" not in {f.code for f in check(read(added))}


def test_what_stands_in_a_list_of_tasks_is_no_goal():
    goal = "- Gjennomføre en undersøkelse av havnene\n"
    assert found("TR102", f"## Mål\n\n{goal}")
    assert not found("TR102", f"## Mål\n\n- Kysten er trygg\n\n### Andre oppgaver 2026:\n\n{goal}")
