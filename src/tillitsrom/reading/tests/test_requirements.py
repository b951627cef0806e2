"""What counts as a requirement, with sentences written for the purpose, in bokmål and nynorsk."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Requirement, SourceKind

HEAD = "# Tildelingsbrev til Fjordtilsynet for 2026\n\n"


def read(body: str, head: str = HEAD) -> list[Requirement]:
    text = head + body
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    for found in reading.requirements:
        assert text[found.start : found.end] == found.quote
    return list(reading.requirements)


def counted(body: str, head: str = HEAD) -> list[str]:
    return [r.quote for r in read(body, head) if r.requirement_class.counted]


@pytest.mark.parametrize(
    "sentence",
    [
        "Fjordtilsynet skal kartlegge tilstanden i havnene.",
        "I 2026 skal tilsynet kartlegge tilstanden i havnene.",
        "Dersom det blir behov, må Fjordtilsynet endre planen.",
        "Fjordtilsynet har ansvar for å veilede havnene.",
        "Departementet ber Fjordtilsynet vurdere nye tiltak.",
        "Departementet ber om at tilsynet vurderer nye tiltak.",
        "Fjordtilsynet bes om å vurdere nye tiltak.",
        "Tilsynet gis i oppdrag å vurdere nye tiltak.",
        "Det forutsettes at midlene brukes etter formålet.",
        "Departementet forventer at tilsynet prioriterer små havner.",
        "Det skal utarbeides en plan for arbeidet.",
        "Planen skal inneholde en vurdering av risiko.",
        "Rapporten må sees i sammenheng med årsrapporten.",
        "Midlene skal benyttes til nye målestasjoner.",
        "Fjordtilsynet bør samarbeide med havnene.",
        "Fjordtilsynet oppfordres til å dele erfaringer.",
        "Det er et krav at avvikene følges opp.",
        "Tiltak som er satt i gang, skal evalueres.",
        "Departementet viser til rapporten, og ber tilsynet vurdere funnene.",
        "Det presiseres at midlene skal brukes i 2026.",
        "Møtene ledes av departementet, og tilsynet skal skrive referat.",
        "Tilsynsrapporten skal vise hva som er kontrollert.",
        "Tilsynet har, sammen med havnene, ansvar for å øve.",
        "Det skal ikke inngås nye avtaler.",
        # Nynorsk
        "Fjordtilsynet skal kartleggje tilstanden i hamnene.",
        "Departementet bed om at tilsynet vurderer nye tiltak.",
        "Tilsynet vert bede om å vurdere nye tiltak.",
        "Vi ventar at tilsynet prioriterer små hamner.",
        "Det er føresett at midlane blir nytta til formålet.",
        "Det må gjerast risikovurderingar kvart år.",
        "Alle avvik skal meldast til departementet.",
        "Løysinga må vere på plass seinast 1. mai.",
    ],
)
def test_counted(sentence: str) -> None:
    assert counted(f"## Oppdrag 1: Havner\n\n{sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Regjeringen vil styrke kontrollen.",
        "Departementet skal følge utviklingen.",
        "Kommunene skal ivareta lokale hensyn.",
        "Kommunane må ta vare på lokale omsyn.",
        "Det vises til brev om saken.",
        "Fjordtilsynet tildeles 3 mill. kroner.",
        "Havneloven skal gi tryggere havner.",
        "Målet er at flere skal bruke sjøen.",
        "Stortinget ber regjeringen vurdere nye krav.",
        "I fjor ble tilsynet bedt om å utrede saken.",
        "Ventetiden skal reduseres.",
        "Loven skal evalueres av regjeringen.",
        "Hva skal tilsynet gjøre?",
        "Det vises til brev der tilsynet ble bedt om å svare.",
        "Havnene er blitt tryggere de siste årene.",
        "Det er ønskelig med flere tiltak.",
        "Tilsynet har gjennomført kontroller som skal gi bedre sikkerhet.",
    ],
)
def test_not_counted(sentence: str) -> None:
    assert counted(sentence) == []


def test_room_is_marked_but_not_counted() -> None:
    found = read("Tilsynet gis fullmakt til å inngå leieavtaler. Tilsynet kan bruke konsulenter.")
    assert [r.requirement_class.value for r in found] == ["authority", "authority"]
    assert all(r.deadline is None for r in found)


def test_a_list_gives_one_per_item_and_its_stem_none() -> None:
    body = "Fjordtilsynet skal:\n\n- kartlegge havnene\n- lage en plan. Planen skal være enkel.\n\n  - med bilder\n"
    assert counted(body) == ["kartlegge havnene", "lage en plan.", "Planen skal være enkel."]


def test_a_stem_counts_when_its_list_only_names_things() -> None:
    body = "## Oppdrag 1: Tiltak\n\nTilsynet bes følge opp disse sakene:\n\n- AB2025-1 Første sak\n- AB2025-2 Andre sak\n"
    assert counted(body) == ["Tilsynet bes følge opp disse sakene:"]


def test_items_inside_an_item_need_a_stem_of_their_own() -> None:
    body = (
        "Fjordtilsynet skal:\n\n- undersøke utviklingen i:\n  - store havner\n  - små havner\n"
        "- lære av feil. Tilsynet skal vurdere:\n  - om rutinene er gode\n  - om flere trengs\n"
    )
    assert counted(body) == [
        "undersøke utviklingen i:",
        "lære av feil.",
        "om rutinene er gode",
        "om flere trengs",
    ]


def test_a_numbered_list_goes_on_after_other_text() -> None:
    body = "Tilsynet bes om å:\n\n1. kartlegge havnene\n\nDette er viktig.\n\n2. lage en plan\n"
    assert counted(body) == ["kartlegge havnene", "lage en plan"]


def test_a_running_head_does_not_break_a_list() -> None:
    body = "Tilsynet skal:\n\n- måle støy\n\nTildelingsbrev Fjordtilsynet\n\n- telle båter\n\nTildelingsbrev Fjordtilsynet\n\n- lage kart\n\n"
    assert counted(body + "Tildelingsbrev Fjordtilsynet\n") == ["måle støy", "telle båter", "lage kart"]


def test_parameters_figures_and_goals_need_no_verb() -> None:
    body = "## Mål\n\n- Trygge havner\n\n## Styringsparametere\n\n- Antall kontroller\n\n## Nøkkeltall\n\n- Antall ulykker\n  - herav alvorlige\n"
    assert [(r.requirement_class.value, r.quote) for r in read(body)] == [
        ("goal", "Trygge havner"),
        ("steering_parameter", "Antall kontroller"),
        ("key_figure", "Antall ulykker"),
    ]


def test_goals_under_a_stem() -> None:
    body = "Fjordtilsynet skal arbeide for følgende hovedmål:\n\n1. Havnene er trygge\n2. Sjøen er ren\n"
    assert [(r.requirement_class.value, r.quote) for r in read(body)] == [
        ("goal", "Havnene er trygge"),
        ("goal", "Sjøen er ren"),
    ]


def test_a_calendar_gives_what_is_to_be_delivered() -> None:
    body = (
        "## Styringskalender\n\n| Frist | Sak |\n|---|---|\n| 1. mars | Årsrapport for 2025 |\n| 5. mai | Etatsstyringsmøte |\n"
        "| oktober | Innspill til budsjettet |\n"
    )
    assert [(r.quote, r.requirement_class.value, r.deadline) for r in read(body)] == [
        ("Årsrapport for 2025", "reporting", "2026-03-01"),
        ("Innspill til budsjettet", "reporting", "2026-10"),
    ]


def test_a_calendar_with_the_month_and_the_day_apart() -> None:
    body = "## Styringskalender\n\n| Måned | Dato | Sak |\n|---|---|---|\n| Mars | 15. | Årsrapport |\n"
    assert [r.deadline for r in read(body)] == ["2026-03-15"]


def test_headings_and_paragraphs_that_lost_their_marks() -> None:
    body = (
        "**2.1 Nøkkeltall**\n\n- Antall ulykker\n\n**2.2 Oppdrag**\n\nAB2026-5 | Avd. X | Støy\n\n"
        "<p>Tilsynet skal:</p> <ul> <li>• måle støy</li> </ul> <p>Frist: 1.6.2026</p>\n\n2.3 Rapportering\n\nTilsynet skal svare.\n"
    )
    assert [(r.requirement_class.value, r.quote, r.deadline) for r in read(body)] == [
        ("key_figure", "Antall ulykker", None),
        ("assignment", "måle støy", "2026-06-01"),
        ("reporting", "Tilsynet skal svare.", None),
    ]


def test_the_deadline_line_of_an_assignment() -> None:
    body = (
        "## AB2026-7 Trygge havner\n\nTilsynet skal lage en plan. Tilsynet skal sende utkast innen 1. april.\n\nFrist: 1.9.2026\n\n"
        "## AB2026-8 Ren sjø\n\nTilsynet skal måle utslipp.\n"
    )
    assert [(r.assignment, r.deadline) for r in read(body)] == [
        ("AB2026-7", "2026-09-01"),
        ("AB2026-7", "2026-04-01"),
        ("AB2026-8", None),
    ]


def test_deadlines_of_items_and_points() -> None:
    body = (
        "## AB2026-7 Trygge havner\n\nTilsynet bes om å:\n\n- måle utslipp\n  - Frist 1. mai\n- lage en plan. Frist: 1. juni\n\n"
        "## AB2026-8 Ren sjø\n\nTilsynet bes om å:\n\n1. måle støy\n2. lage kart\n\nFrist punkt 1: 1.2.2026. Frist punkt 2: 1.3.2026\n"
    )
    assert [r.deadline for r in read(body)] == ["2026-05-01", "2026-06-01", "2026-02-01", "2026-03-01"]


def test_an_assignment_in_a_table_with_html_in_its_cell() -> None:
    body = (
        "| | | |\n|--|--|--|\n| <b>AB2026-3</b> | <b>Avd. X</b> | <b>Kart over havner</b> |\n"
        "| <p>Tilsynet skal lage kart.</p> <p><i>Bakgrunn</i></p> <p>Kart skal brukes av flere.</p> <p>Frist: 1.6.2026</p> | | |\n"
    )
    assert [(r.quote, r.assignment, r.deadline) for r in read(body)] == [
        ("Tilsynet skal lage kart.", "AB2026-3", "2026-06-01")
    ]


def test_reporting_inside_and_outside_an_assignment() -> None:
    body = "## Rapportering\n\nTilsynet skal sende årsrapport til departementet.\n\n## AB2026-1 Kart\n\nKartet skal sendes departementet innen 1. mai. Tilsynet skal lage kart.\n"
    assert [r.requirement_class.value for r in read(body)] == ["reporting", "reporting", "assignment"]


def test_guideline_and_activity() -> None:
    body = "Midlene skal benyttes til kontroll.\n\nFjordtilsynet skal drive en vakttjeneste hele døgnet.\n"
    assert [r.requirement_class.value for r in read(body)] == ["guideline", "activity"]


def test_the_same_sentence_counts_once() -> None:
    sentence = "Fjordtilsynet skal redegjøre for utviklingen i havnene."
    assert counted(f"{sentence}\n\n## Neste kapittel\n\n{sentence}\n") == [sentence]


def test_a_sentence_cut_by_a_page_break_counts_once() -> None:
    body = "Fjordtilsynet skal lage en oversikt over alle havner i landet og\n\nsørge for at den er oppdatert til enhver tid.\n"
    assert len(counted(body)) == 1


def test_contents_cover_and_closing_are_left_out() -> None:
    body = (
        "## Innhold\n\n- Fjordtilsynet skal levere 4\n\n## Nye oppdrag\n\n- AB2026-1 Kart over havner\n- AB2026-2 Måling\n\n"
        "## Innledning\n\nTilsynet skal være budd.\n\nMed hilsen\n\nTilsynet skal ikke telle dette.\n"
    )
    assert counted(body) == ["Tilsynet skal være budd."]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("# Tildelingsbrev 2026 – Direktoratet for havner\n\n", "Direktoratet for havner"),
        ("# Oppdragsdokument til Norsk fjordnett SF for 2026\n\n", "Norsk fjordnett SF"),
        ("# Supplerende tildelingsbrev nr. 3\n\nFjordtilsynet\nPostboks 1\n0010 OSLO\n\n", "Fjordtilsynet"),
        ("# Tildelingsbrev 2026\n\n**Fjordtilsynet**\n\n", "Fjordtilsynet"),
        ("# Hovedinstruks for Fjordtilsynet\n\n", "Fjordtilsynet"),
        ("# Styringsdokument 2026 for Helse Fjord HF\n\n", "Helse Fjord HF"),
        ("# Instruks om virksomhets- og økonomistyring for Statens båtkasse\n\n", "Statens båtkasse"),
        ("# Virksomhets- og økonomiinstruks\n\nFjordtilsynet skal øve.\n\n", "Fjordtilsynet"),
        (
            "Båtstyret\nPostboks 1\n0033 OSLO\n\n# Statsbudsjettet 2026 tildelingsbrev\n\n1. Styringsdialogen\n\n",
            "Båtstyret",
        ),
        ("# Tildelingsbrev\n\nFrå Helse Fjell RHF til Sjukehusa i Vika HF\n\n", "Sjukehusa i Vika HF"),
    ],
)
def test_addressee(head: str, name: str) -> None:
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, head + "Det skal lages en plan.\n"))
    assert reading.addressee == name


def test_every_requirement_says_which_rule_found_it_and_how_sure_it_is() -> None:
    for found in read("Fjordtilsynet skal lage en plan. Planen bør være kort."):
        assert found.rule
        assert 0.0 < found.confidence < 1.0
        assert found.addressee == "Fjordtilsynet"


def test_an_item_carries_the_words_that_open_its_list() -> None:
    text = "# Brev til Direktoratet for prøver\n\nDirektoratet skal i 2026:\n\n- telle stolene\n- male veggene\n\nDirektoratet skal rydde.\n"
    found = read_document(Document("brev.md", SourceKind.MARKDOWN, text)).requirements
    assert [(r.quote, r.stem) for r in found] == [
        ("telle stolene", "Direktoratet skal i 2026:"),
        ("male veggene", "Direktoratet skal i 2026:"),
        ("Direktoratet skal rydde.", None),
    ]
