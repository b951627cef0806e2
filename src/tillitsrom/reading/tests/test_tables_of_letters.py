"""Tables as ministries make them: assignments with a text and a deadline, goals beside parameters, calendars with who answers."""

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Requirement, SourceKind

LETTER = "# Tildelingsbrev 2026 – Kystdirektoratet\n\n"


def read(body: str) -> list[Requirement]:
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, LETTER + body))
    return [r for r in reading.requirements if r.requirement_class.counted]


def told(body: str) -> list[tuple[str, str | None, str]]:
    return [(r.requirement_class.value, r.deadline, r.quote) for r in read(body)]


def test_the_row_of_the_addressee_in_a_calendar_counts_though_a_directorate_is_named() -> None:
    body = (
        "## Styringskalender\n\n| Dato | Aktivitet | Ansvar |\n|---|---|---|\n"
        "| 15. mars | Årsrapport for 2025 | Kystdirektoratet |\n| 1. juni | Statusrapport | Sjødirektoratet |\n"
        "| 20. april | Etatsstyringsmøte | NFD |\n| 2. mai | Styringsmøte om årsrapporten | Kystdirektoratet |\n| 10. oktober | Tilbakemelding på rapport | NFD |\n"
    )
    assert told(body) == [("reporting", "2026-03-15", "Årsrapport for 2025")]


def test_assignments_with_a_title_a_text_and_a_deadline() -> None:
    body = (
        "## Oppdrag\n\n| Nr. | Oppdragstittel | Beskrivelse | Frist |\n|---|---|---|---|\n"
        "| 1 | Merking | Kystdirektoratet skal lage en merkeplan. | 1.6.2026 |\n"
        "| 2 | Autonomi | Utrede regler for skip uten folk. Det skal legges vekt på små skip. | Innen utgangen av 2026 |\n"
    )
    assert told(body) == [
        ("assignment", "2026-06-01", "Kystdirektoratet skal lage en merkeplan."),
        ("assignment", "2026-12-31", "Utrede regler for skip uten folk."),
        ("assignment", "2026-12-31", "Det skal legges vekt på små skip."),
    ]


def test_assignments_with_numbers_of_their_own_and_a_column_for_the_deadline() -> None:
    body = (
        "## Nye oppdrag\n\n| Oppdrag | Tekst | Frist |\n|---|---|---|\n"
        "| TB2026-01 Lys | Kystdirektoratet skal lage en lysplan. Planen skal omtale kostnader. | 01.05.26 |\n"
        "| TB2026-02 Støy | Kystdirektoratet bes om å vurdere støy. | 1. tertial |\n"
    )
    assert [(r.assignment, r.deadline) for r in read(body)] == [
        ("TB2026-01", "2026-05-01"),
        ("TB2026-01", "2026-05-01"),
        ("TB2026-02", "2026-04-30"),
    ]


def test_goals_beside_their_parameters() -> None:
    body = (
        "## Mål og styringsparametere\n\n| Mål | Styringsparameter | Resultatkrav 2026 |\n|---|---|---|\n"
        "| Sikker ferdsel til sjøs | Antall grunnstøtinger | Færre enn i 2025 |\n| | Oppetid på fyrlys | 99 prosent |\n"
    )
    assert [(kind, quote) for kind, _deadline, quote in told(body)] == [
        ("goal", "Sikker ferdsel til sjøs"),
        ("steering_parameter", "Antall grunnstøtinger"),
        ("steering_parameter", "Oppetid på fyrlys"),
    ]
