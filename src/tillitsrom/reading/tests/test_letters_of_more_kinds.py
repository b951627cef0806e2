"""What letters, instructions and guidelines of other kinds demand, with sentences written for the purpose."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Requirement, SourceKind
from tillitsrom.reading.report import record, table

LETTER = "# Tildelingsbrev til Fjordtilsynet for 2026\n\n"
INSTRUCTION = "# Hovedinstruks for Fjordtilsynet\n\nFastsatt 1. mars 2025\n\n"
GUIDELINES = "# Retningslinjer for innkjøp\n\nTil: enhetslederne\n\nFastsatt av kommunedirektøren i Lilleby kommune\n\n"


def read(body: str, head: str = LETTER) -> list[Requirement]:
    text = head + body
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    for found in reading.requirements:
        assert text[found.start : found.end] == found.quote
    return [r for r in reading.requirements if r.requirement_class.counted]


def addressee(head: str) -> str | None:
    return read_document(Document("brev.md", SourceKind.MARKDOWN, head)).addressee


@pytest.mark.parametrize(
    ("head", "name", "sentence"),
    [
        ("# Tildelingsbrev til statsforvalterne for 2026\n\n", "statsforvalterne", "Embetene skal øve."),
        ("# Tildelingsbrev til Statsforvalteren i Vikfylket 2026\n\n", None, "Statsforvalterne skal øve."),
        ("# Oppdragsdokument 2026 til Helse Fjell RHF\n\n", None, "De regionale helseforetakene skal øve."),
        (
            "# Oppdragsdokument 2026\n\n## Frå Helse Fjell RHF til Sjukehusa i Vika HF\n\n",
            None,
            "Helseføretaket skal øve.",
        ),
        (
            "# Tildelingsbrev 2026\n\nStatens kaivesen, heretter kalt Kaien\n\nStatens kaivesen skal måle.\n\n",
            None,
            "Kaien skal øve.",
        ),
        ("# Tildelingsbrev til Universitetet i Dalen 2026\n\n", None, "UiD skal øve."),
        ("# Tildelingsbrev til Fjordtilsynet 2026\n\n", None, "Fjordtilsynets ledelse skal øve."),
        ("# Tildelingsbrev til Riksmannen på Øyane 2026\n\n", None, "Riksmannen skal øve."),
        (GUIDELINES, None, "Enhetsleder skal øve."),
        (GUIDELINES, None, "Lederen må øve."),
    ],
)
def test_what_the_addressee_is_called(head: str, name: str | None, sentence: str) -> None:
    del name
    assert sentence in [r.quote for r in read(sentence + "\n", head)]


def test_the_sender_of_guidelines_is_not_their_addressee() -> None:
    body = "Kommunedirektøren skal svare på forslag. Kommunestyret skal vedta budsjettet. Enheten skal holde rammen.\n"
    assert [r.quote for r in read(body, GUIDELINES)] == ["Enheten skal holde rammen."]


def test_a_municipality_in_the_title_is_the_addressee() -> None:
    head = "# Rutinar for vakt i Vika kommune\n\n"
    body = "Barnevernstenesta skal ha vakt. Barnet skal få høve til å uttale seg. Det skal haldast møte kvart halvår.\n"
    assert addressee(head + body) == "Vika kommune"
    assert len(read(body, head)) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunene skal få tilbud om veiledning.",
        "Rettleiinga skal ta utgangspunkt i analysane.",
        "Brukerne skal være med i arbeidet.",
        "Aksjonen skal omfatte minst 20 havner.",
        "Havneavdelingen og kystavdelingen skal samarbeide om dette.",
        "Status rapporteres til Kystvernet den første dagen i måneden.",
        "Endelig liste blir oversendt departementet innen 1. mai.",
        "Utgifter til reise dekkes innenfor rammen.",
        "Konferansen bør holdes i en av de små havnene.",
    ],
)
def test_counted_in_an_assignment(sentence: str) -> None:
    body = f"## Oppdrag 1: Havner\n\nFjordtilsynet skal gjennomføre en aksjon.\n\n{sentence}\n"
    assert sentence in [r.quote for r in read(body)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bruken av konsulenter skal reduseres.",
        "Bruken av fullmaktene skal gå fram av årsregnskapet.",
        "Saker om boliger bør gå foran saker om hytter.",
        "Vesentlege avvik skal meldast til departementet.",
        "Referat fra møtene skrives av tilsynet.",
        "Kystrådet skal øves på langvarig strømbrudd.",
        "Midlene kan ikke benyttes til drift.",
        "Forutsetningen er at avtalene gjelder ordinær drift.",
        "Minst to maler skal forbedres i 2026.",
        "Ansatte som har eierinteresser i en havn, må ikke behandle saker om den.",
        "Antall ansatte skal ikke øke i 2026.",
        "Andelen digitale søknader skal økes.",
        "Tilsynets kommunikasjon skal være tydelig.",
        "Forventningen er at tilsynet øker innsatsen.",
        "Vi legger til grunn at arbeidet blir fullført i 2026.",
        "Vesentlige endringer tas opp i styringsdialogen.",
        "Brukerne skal få svar innen tre uker.",
        "Lønnsveksten må ligge innenfor rammen.",
        "Utgifter skal førast på rett kapittel.",
        "Innen mai skal det nye registeret være i drift.",
        "Nye avtaler må godkjennes av departementet.",
    ],
)
def test_counted_outside_assignments(sentence: str) -> None:
    assert sentence in [r.quote for r in read(sentence + "\n")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Digitaliseringen skal etter planen være ferdig i 2029.",
        "Instruksen skal gjennomgås av departementet hvert år.",
        "Spørsmål om dette skal statsråden svare på.",
        "Etter havneloven skal den som eier en kai, ha forsikring.",
        "I enkeltsaker er tilsynet uavhengig, og departementet kan ikke gi pålegg.",
        "Revisor skal ha tilgang til alle opplysninger.",
        "Kystverket har ansvar for å merke leden.",
        "Det er Kystvernet som har ansvar for utbyggingen.",
        "Plattformen skal driftes av Norsk fjordnett.",
        "Fjordtilsynet skal styrkes, og bevilgningen er derfor økt.",
        "NKV er ansvarlig for konsesjonene.",
    ],
)
def test_not_counted(sentence: str) -> None:
    assert read(sentence + "\n") == []


def test_an_instruction_speaks_in_the_present_tense() -> None:
    body = (
        "Direktøren:\n\n- sørger for at oppgavene er fordelt\n- fastsetter mål\n\n"
        "Risikovurderingene skal:\n\n- dekke alle mål\n- behandles i ledergruppen\n\n"
        "Protokollene publiseres på nettsidene. Avtalen gjennomgås én gang i året. Tilsynet behandler saker.\n"
    )
    assert [r.quote for r in read(body, INSTRUCTION)] == [
        "sørger for at oppgavene er fordelt",
        "fastsetter mål",
        "dekke alle mål",
        "behandles i ledergruppen",
        "Protokollene publiseres på nettsidene.",
        "Avtalen gjennomgås én gang i året.",
    ]


def test_what_an_instruction_dates_comes_back_every_year() -> None:
    body = "Årsrapporten skal sendes departementet innen 15. mars. Planen skal være klar innen 1. mai 2027.\n"
    assert [r.deadline for r in read(body, INSTRUCTION)] == [None, "2027-05-01"]


def test_the_minutes_of_an_owners_meeting_ask_in_the_past() -> None:
    head = "# Oppdragsdokument 2026 til Helse Fjell RHF\n\n"
    body = "Foretaksmøtet ba Helse Fjell RHF om å:\n\n- styrke kontrollen\n- lage en plan\n\nForetaksmøtet viste til budsjettet.\n"
    assert [r.quote for r in read(body, head)] == ["styrke kontrollen", "lage en plan"]


def test_money_that_is_shared_out_and_bound() -> None:
    body = "Beløpet fordeles slik:\n\n- 2 mill. kroner til små havner\n- 1 mill. kroner til kart\n\nAv midlene skal:\n\n- minst 1 mill. kroner gå til båter\n"
    found = read(body)
    assert [r.requirement_class.value for r in found] == ["guideline"] * 3


def test_goals_parameters_and_figures_in_more_shapes() -> None:
    body = (
        "## Mål\n\nA. Trygge havner i hele landet\n\nB. Rent hav langs kysten\n\nResultatene vurderes ut fra disse styringsparameterne:\n\n- Andel kontroller\n\n"
        "Nøkkeltall som følges uten krav:\n\n- Antall skip\n\n## Tilsyn\n\nResultatkrav for 2026: Saksbehandlingstiden skal være under 60 dager.\n\n"
        "| Brukermål | Indikator | Måltall |\n|---|---|---|\n| Raske svar | Gjennomsnittlig ventetid for svar | 3 uker |\n"
    )
    assert [r.requirement_class.value for r in read(body)] == [
        "goal",
        "goal",
        "steering_parameter",
        "key_figure",
        "steering_parameter",
        "steering_parameter",
    ]


def test_a_heading_of_steering_is_no_goal() -> None:
    assert (
        read(
            "## 4 Mål, styring og resultater\n\n### 4.1 Mål- og resultatstyring\n\n### 4.2 Kystdepartementet og det andre departementet\n"
        )
        == []
    )


def test_a_table_of_amounts_demands_nothing_though_figures_came_before() -> None:
    body = (
        "### Nøkkeltall\n\n| Nøkkeltall | 2024 | 2025 |\n|---|---|---|\n| Talet på skip i hamn | 4 | 5 |\n\n"
        "## Løyving\n\n| Kap./post | Namn | Beløp |\n|---|---|---|\n| 100.21 | Spesielle driftsutgifter, kan overførast | 9 |\n"
    )
    assert [r.quote for r in read(body)] == ["Talet på skip i hamn"]


def test_calendars_in_more_shapes() -> None:
    body = (
        "## Kalender\n\n- 20. januar: Innspill til budsjettet\n- 10. april: Etatsstyringsmøte\n\n"
        "| Når | Hva | Hvem |\n|---|---|---|\n| 5.6. | Foreløpig resultat | FT |\n| 1. juli | Statsbudsjettet vedtas | FIN |\n\n"
        "| Måned | Fjordtilsynet | Departementet |\n|---|---|---|\n| Mars 2026 | Vedtar virksomhetsplan | Sender brev |\n| April 2026 | | Møte |\n"
    )
    assert [(r.quote, r.requirement_class.value, r.deadline) for r in read(body)] == [
        ("20. januar: Innspill til budsjettet", "reporting", "2026-01-20"),
        ("Foreløpig resultat", "reporting", "2026-06-05"),
        ("Vedtar virksomhetsplan", "activity", "2026-03"),
    ]


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Rapport for 1. tertial skal sendes departementet innen 1. juni.", "2026-06-01"),
        ("Årsrapporten for 2026 skal sendes innen 1. mars.", "2027-03-01"),
        ("Planen skal legges fram på styringsmøtet 15. mai.", "2026-05-15"),
        ("Tilsynet skal levere en plan i mai 2026.", "2026-05"),
        ("I 2026 skal tilsynet gjennomføre en øvelse.", "2026"),
        ("Tilsynet skal sende en oversikt innen 15.4.", "2026-04-15"),
        ("Tilsynet skal ha planen klar ved utgangen av 2026.", "2026-12-31"),
        ("Tilsynet skal følge opp planen som ble levert i november 2025.", None),
    ],
)
def test_deadlines_in_more_words(sentence: str, deadline: str | None) -> None:
    assert [r.deadline for r in read(sentence + "\n")] == [deadline]


def test_a_deadline_sentence_that_asks_for_something_itself() -> None:
    body = "Tilsynet skal øve.\n\nFrist for å sende departementet planen er 20. mai.\n"
    assert [r.deadline for r in read(body)] == [None, "2026-05-20"]


def test_a_sentence_that_only_says_when_the_assignment_is_to_be_done() -> None:
    body = "## AB2026-1 Kart\n\nTilsynet skal lage kart. Oppdraget skal være ferdig 15. november 2026.\n"
    assert [(r.quote, r.deadline) for r in read(body)] == [("Tilsynet skal lage kart.", "2026-11-15")]


def test_the_product_that_is_handed_over_closes_its_assignment() -> None:
    body = "## Oppdrag 2: Gebyr\n\nTilsynet skal utarbeide forslag til gebyr. Forslaget oversendes departementet innen 31. august.\n"
    assert [r.deadline for r in read(body)] == ["2026-08-31", "2026-08-31"]


def test_what_is_said_of_a_product_is_due_with_it() -> None:
    body = "## Oppdrag 2: Fare\n\nTilsynet skal lage en beredskapsplan innen 20. mai 2026. Planen skal avklare:\n\n- hvem som varsles\n- hvor båtene ligger\n"
    assert [r.deadline for r in read(body)] == ["2026-05-20"] * 3


def test_a_day_that_does_not_exist_is_corrected_and_flagged() -> None:
    text = (
        LETTER
        + "## AB2026-1 Kart\n\nTilsynet skal lage kart.\n\nFrist: 31.6.2026\n\n## AB2026-2 Lys\n\nTilsynet skal telle lys.\n\nFrist: 30.6.2026\n"
    )
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    assert [(r.deadline, r.date_corrected) for r in reading.requirements] == [
        ("2026-06-30", True),
        ("2026-06-30", False),
    ]
    assert [record(reading, r)["date_corrected"] for r in reading.requirements] == [True, False]
    shown = "\n".join(table(reading, 100))
    assert "2026-06-30!" in shown
    assert "Dagen i teksten finnes ikke" in shown


def test_a_withdrawn_assignment_is_none() -> None:
    body = (
        "## Oppdrag som trekkes tilbake\n\n**Oppdrag 7 Kart over havner** trekkes tilbake. Tilsynet skulle levert en rapport.\n\n"
        "Havner som har fått varsel, må underrettes.\n\n**Oppdrag 9 Lys** er avsluttet.\n"
    )
    assert [(r.quote, r.assignment) for r in read(body)] == [
        ("Havner som har fått varsel, må underrettes.", None)
    ]


def test_a_later_letter_may_use_the_number_of_one_that_was_withdrawn() -> None:
    body = "**Oppdrag 7 Kart** trekkes tilbake.\n\n### Oppdrag 7 (ny) Lys\n\nTilsynet skal telle lys.\n\nFrist: 1.9.2026\n"
    assert [(r.quote, r.assignment, r.deadline) for r in read(body)] == [
        ("Tilsynet skal telle lys.", "Oppdrag 7", "2026-09-01")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Oppdrag 2026-10 er unntatt offentlighet etter offentleglova § 20 og sendes i eget brev.",
        "AB2026-10 Unntatt offentlighet, jf. offentleglova § 15.",
        "Oppdrag 3.5 settes i dialog med embetene.",
        "Settes i dialog.",
        "Fristen settes i dialog.",
    ],
)
def test_what_is_withheld_or_left_to_dialogue_demands_nothing(line: str) -> None:
    assert read(f"## Nye oppdrag\n\n{line}\n") == []


def test_a_deadline_that_is_settled_in_dialogue_is_none() -> None:
    body = "## AB2026-1 Kart\n\nTilsynet skal lage kart.\n\nFrist: Settes i dialog\n\n## AB2026-2 Lys\n\nTilsynet skal telle lys.\n\nFrist: 1.9.2026\n"
    assert [r.deadline for r in read(body)] == [None, "2026-09-01"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Det skal gjennomføres én beredskapsøvelse i året.", "activity"),
        ("Feil som oppdages, må rettes straks.", "activity"),
        ("Tilsynet skal prioritere små havner.", "guideline"),
        ("Tilsynet skal samarbeide med havnene.", "guideline"),
        ("Anskaffelser skal gjennomføres i samsvar med regelverket.", "guideline"),
        ("Tilsynet må ta høyde for nye oppgaver.", "guideline"),
        ("Vi forventer at tilsynet bruker handlingsrommet.", "guideline"),
        ("Tilsynet plikter å stille med sekretær for rådet.", "activity"),
        ("Tilsynet skal ikke eie båter.", "guideline"),
        ("Avtaler av prinsipiell betydning skal forelegges departementet.", "reporting"),
        ("Direktøren skal holde departementet orientert.", "reporting"),
        ("Tilsynet skal ha et varslingssystem for ansatte.", "activity"),
        ("Tilsynet skal avgrense nye rapporteringskrav til havnene.", "guideline"),
        ("Tilsynet skal bes om å gi departementet en oversikt.", "reporting"),
        ("Tilsynet skal gjennomgå alle tilganger innen 1. mai 2026.", "activity"),
        ("Saksbehandlingstiden for klager skal være under 60 dager.", "steering_parameter"),
    ],
)
def test_the_class_outside_assignments(sentence: str, kind: str) -> None:
    assert [r.requirement_class.value for r in read(sentence + "\n")] == [kind]


def test_rules_for_all_agencies_are_guidelines() -> None:
    body = "Regjeringen har fastsatt følgende fellesføringer for alle virksomheter:\n\n1. Tilsynet skal arbeide for mindre utslipp.\n2. Utslipp fra bilene skal reduseres.\n"
    assert [r.requirement_class.value for r in read(body)] == ["guideline", "guideline"]


def test_units_are_told_in_the_present_tense_by_their_own_management() -> None:
    head = "FJORD KOMMUNE\n\nTil: Rektorane, styrarane og einingsleiarane\n\n# Budsjettbrev 2026\n\n"
    body = (
        "Leiarane gjennomfører medarbeidarsamtalar. Styrarane sender oversyn til kommunen innan 15. august.\n"
    )
    assert [r.deadline for r in read(body, head)] == [None, "2026-08-15"]


def test_a_body_is_known_by_the_end_of_its_name() -> None:
    head = "# Tildelingsbrev til Fiskerovervakinga for 2026\n\n"
    assert len(read("Overvakinga skal måle. Overvakinga skal telje.\n", head)) == 2


def test_goals_and_parameters_by_their_labels() -> None:
    body = "**Nasjonalt mål 1.1:** Økosystemene skal ha god tilstand\n\nResultatkravet for 2026 er et overskudd på 12 mill. kroner.\n"
    assert [r.requirement_class.value for r in read(body)] == ["goal", "steering_parameter"]


def test_points_by_their_letters_in_a_deadline_line() -> None:
    body = "## AB2026-1 Mat\n\nTilsynet skal:\n\na) måle\nb) telle\nc) veie\n\nFrist a og c: 1. september 2026. Frist b: 1. desember 2026.\n"
    assert [r.deadline for r in read(body)] == ["2026-09-01", "2026-12-01", "2026-09-01"]


def test_the_day_of_a_calendar_may_stand_after_the_month() -> None:
    body = "## Rapporteringskalender\n\n| Måned | Hva |\n|---|---|\n| Januar (20.) | Konsekvensjustert budsjett |\n"
    assert [r.deadline for r in read(body)] == ["2026-01-20"]
