"""Duties that are told without "direktoratet skal", and what looks like them: sentences written before the rules."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Requirement, SourceKind

LETTER = "# Tildelingsbrev til Fjordtilsynet for 2026\n\n"
# An assignment that has demanded something already.
ASSIGNMENT = "## TB2026-3 Varsling\n\nFjordtilsynet skal lage en tjeneste for varsling.\n\n"
REPORTING = "## 6 Rapportering\n\nFjordtilsynet skal levere årsrapport.\n\n"
RUNNING = "## 4 Fisk og havn\n\n"


def read(body: str) -> list[Requirement]:
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, LETTER + body))
    return [r for r in reading.requirements if r.requirement_class.counted]


def found(before: str, sentence: str) -> Requirement | None:
    last = [
        r for r in read(before + sentence + "\n") if r.quote in sentence and len(r.quote) > len(sentence) // 2
    ]
    return last[-1] if last else None


IN_ASSIGNMENT = [
    ("Nettsiden må virke på mobil og nettbrett.", "assignment"),
    ("Appen skal hente posisjonen fra telefonen.", "assignment"),
    ("Plattformen skal følge rammeverket for samhandling.", "assignment"),
    ("Verktøyet må oppfylle reglene om personvern.", "assignment"),
    ("Portalen skal bruke innlogging som innbyggerne kjenner fra før.", "assignment"),
    ("Databasen bør i første fase dekke havnene i nord.", "assignment"),
    ("Varslene må kunne leses av skjermleser.", "assignment"),
    ("Tiltakene skal kunne settes i gang uten nye midler.", "assignment"),
    ("Kurset skal også kunne tas hjemmefra.", "assignment"),
    ("Kursa skal kunne haldast på nynorsk.", "assignment"),
    ("En sluttrapport leveres 1. november 2026.", "reporting"),
    ("Kort notat om framdriften leveres i september 2026.", "reporting"),
    ("Produktet oversendes som en nettside og en kort tekst.", "reporting"),
    ("Navnet på kontaktpersonen meldes til Kystverket i mai 2026.", "reporting"),
    ("Ein samla rapport blir levert 1. desember 2026.", "reporting"),
    ("Status for arbeidet tas med i rapporten for andre tertial.", "reporting"),
    ("Kommunene inviteres til to møter underveis.", "assignment"),
    ("Brukerrådet høres før planen legges fram.", "assignment"),
    ("Delprosjekt 1 prioriteres dersom midlene ikke rekker.", "assignment"),
    ("I arbeidet legges det vekt på enkle løsninger.", "assignment"),
    ("Minst fem av havnene skal ligge i Finnmark.", "assignment"),
    ("Det legges til grunn at minst halvparten av havnene ligger i distriktet.", "assignment"),
    ("Et sammendrag på samisk skal følge med.", "assignment"),
    ("Departementet ber om en milepælsplan innen 1. mars 2026.", "assignment"),
    ("Departementet ber om å bli holdt orientert om innkjøpet.", "reporting"),
    ("Vi ber om å bli varslet dersom fristen ikke holder.", "reporting"),
    ("Fjordtilsynet skal gi departementet en muntlig orientering i juni 2026.", "reporting"),
    ("Foreløpige funn skal presenteres i dialogmøtet i oktober.", "reporting"),
]  # fmt: skip

NOT_IN_ASSIGNMENT = [
    "Tjenesten skal gi folk mer trygghet.",
    "Veilederen skal gjøre det lettere for kommunene å velge.",
    "Kystverket har fått et lignende oppdrag, og skal levere i august.",
    "De regionale foretakene får et eget oppdrag, og skal sørge for at sykehusene er med.",
    "Tallene rapporteres av kommunene hvert år.",
    "Søknadene sendes inn av foreldrene.",
    "Reformen skal bidra til at forskjellene utjevnes.",
    "Loven skal sikre at varsler blir fulgt opp.",
    "Tjenesten er brukt av mange kommuner.",
    "Kommunene leverer tallene i mai.",
    "Foretakene kan ved behov trekkes inn i arbeidet.",
]

OUTSIDE = [
    ("Vi legger til grunn at tilsynet drar nytte av arbeidet i Kystverket slik at dobbeltarbeid unngås.", "guideline"),
    ("Det forutsettes at ansatte og brukere er trukket inn i saker som gjelder dem.", "guideline"),
    ("Oppgaver fra tidligere brev forutsettes videreført.", "guideline"),
    ("Veksten i tilsynet med havner skal være høyere enn veksten i administrasjonen.", None),
    ("Innsatsen mot ulovlig fiske skal fortsette på samme nivå som i 2025.", "activity"),
    ("Minst en tredjedel skal gå til små havner.", "guideline"),
    ("Post 45 skal dekke kjøp av båter.", "guideline"),
    ("Universell utforming skal være en del av alle anskaffelser.", None),
    ("Vi forventer at planen nå blir fulgt.", "guideline"),
]  # fmt: skip

NOT_OUTSIDE = [
    "Handlingsplanen bygger på at alle må bidra, og den skal føre til at utslippene halveres innen 2040.",
    "Veksten i folketallet skal etter prognosen være høyere enn før.",
    "Programmet skal evalueres av et eksternt miljø.",
    "Det nye bygget skal etter planen være ferdig i november.",
    "Stortinget legger til grunn at kommunene følger opp.",
    "For at en slik øving skal bli vellykket, er det viktig å kjenne havnene.",
]

# Written as a second set, after the rules that the first one led to: 38 of 68 were read right before theirs were made.
PLACES = {
    "A": "## TB2026-3 Kartlegging av lavterskeltilbud\n\nHelsedirektoratet skal kartlegge lavterskeltilbud i kommunene.\n\n",
    "O": "## 4 Psykisk helse\n\n",
    "R": "## 6 Rapportering\n\n",
    "B": "## Kap. 765, post 21 Spesielle driftsutgifter\n\n",
}
SECOND = [
    ("A", "Oppdraget skal ses i sammenheng med TB2025-34.", "assignment"),
    ("A", "Status på oppdraget gis i årsrapporten.", "reporting"),
    ("A", "Status i oppdraget rapporteres i forbindelse med tertialrapporteringen.", "reporting"),
    ("A", "Det forventes en halvveisrapportering i mai 2026.", "reporting"),
    ("A", "Direktoratets vurdering imøteses innen 1. mai 2026.", "reporting"),
    ("A", "Vi imøteser en statusrapport innen 1. mai 2026.", "reporting"),
    ("A", "Oppdraget gjennomføres i samarbeid med Folkehelseinstituttet.", "assignment"),
    ("A", "Folkehelseinstituttet skal involveres i arbeidet.", "assignment"),
    ("A", "Departementet skal holdes løpende orientert om fremdriften.", "reporting"),
    ("A", "Departementet holdes orientert om arbeidet.", "reporting"),
    ("A", "Ev. behov for endringer i regelverk tas opp med departementet.", "reporting"),
    ("A", "Kopi av rapporten sendes Folkehelseinstituttet.", "reporting"),
    ("A", "Rapporten bør ikke overstige 40 sider.", "assignment"),
    ("A", "Endelig rapport ferdigstilles innen 1. juni 2026.", "assignment"),
    ("A", "En fremdriftsplan fremlegges for departementet innen 1.2.2026.", "reporting"),
    ("A", "Direktoratet må påregne å bistå departementet i oppfølgingen.", "assignment"),
    ("A", "Av bevilgningen skal 5 mill. kroner gå til forskning.", "assignment"),
    ("A", "Kartleggingen bør også omfatte frivillige organisasjoner.", "assignment"),
    ("A", "Både kvantitative og kvalitative data bør benyttes.", "assignment"),
    ("A", "Forslagene må være kostnadsberegnet.", "assignment"),
    ("A", "Budsjettmessige konsekvenser må framgå.", "assignment"),
    ("A", "Minst ett av alternativene skal være mulig å gjennomføre innenfor gjeldende rammer.", "assignment"),
    ("A", "Relevante fagmiljøer og brukerorganisasjoner trekkes inn i arbeidet.", "assignment"),
    ("A", "Erfaringer fra andre nordiske land innhentes.", "assignment"),
    ("A", "Det bør fremgå hvilke tiltak som kan iverksettes raskt.", "assignment"),
    ("A", "Arbeidet må koordineres med pågående arbeid i Digitaliseringsdirektoratet.", "assignment"),
    ("A", "Oppdraget løses i dialog med KS.", "assignment"),
    ("A", "Utkast til rapport forelegges departementet før publisering.", "reporting"),
    ("A", "Det vises til vedtak i Stortinget om å styrke tilbudet.", None),
    ("A", "Regjeringen vil legge fram en stortingsmelding i 2027.", None),
    ("A", "Helsetilsynet har fått et tilsvarende oppdrag.", None),
    ("A", "Departementet vil komme tilbake til videre prosess.", None),
    ("A", "Tilbudet gis i dag av kommunene.", None),
    ("A", "Utredningen skal bidra til likere tjenester.", None),
    ("A", "Mange kommuner rapporterer at de mangler oversikt.", None),
    ("O", "Direktoratet har et særlig ansvar for å følge med på utviklingen.", "activity"),
    ("O", "Det forventes at etaten prioriterer arbeidet med tvang.", "guideline"),
    ("O", "Arbeidet med tvang skal fortsatt ha høy prioritet.", "guideline"),
    ("O", "Departementet forventer tett dialog om arbeidet.", "guideline"),
    ("O", "Pasienter skal få hjelp raskere.", None),
    ("O", "Kommunene har ansvar for å gi innbyggerne hjelp.", None),
    ("O", "Ventetiden har økt de siste årene.", None),
    ("R", "Årsrapporten sendes departementet innen 15. mars 2027.", "reporting"),
    ("R", "Rapporteringen gjøres i den vedlagte malen.", "reporting"),
    ("R", "Rapporteringen følger malen i vedlegg 2.", "reporting"),
    ("R", "Avvik omtales særskilt.", "reporting"),
    ("R", "Det rapporteres på alle oppdrag i brevet.", "reporting"),
    ("R", "Direktoratet rapporterer per 30. april og 31. august.", "reporting"),
    ("R", "Risikovurderingen oversendes samtidig.", "reporting"),
    ("R", "Møter avholdes fire ganger i året.", None),
    ("R", "Departementet innkaller til møtene.", None),
    ("B", "Bevilgningen kan overføres.", None),
    ("B", "Ubrukte midler skal betales tilbake.", "guideline"),
    ("B", "Tildelingen dekker drift av nasjonale fagråd.", None),
    ("B", "Beløpet benyttes til drift av fagråd.", "guideline"),
    ("B", "Midlene fordeles av direktoratet etter søknad.", "guideline"),
    ("B", "Midlene utbetales i to terminer.", None),
    ("B", "Ved fordeling av midlene legges det vekt på små kommuner.", "guideline"),
    ("B", "Tilskuddet lyses ut innen 1. mars 2026.", "guideline"),
]  # fmt: skip

IN_REPORTING = [
    "Avvik merkes med rødt eller gult.",
    "Vesentlige endringer forklares kort.",
    "Resultatene rapporteres i det felles systemet etter fastsatte frister.",
    "Status for alle oppdrag tas inn i rapporten for første tertial.",
]


@pytest.mark.parametrize(("sentence", "kind"), IN_ASSIGNMENT)
def test_told_in_an_assignment(sentence: str, kind: str) -> None:
    requirement = found(ASSIGNMENT, sentence)
    assert requirement
    assert requirement.requirement_class == kind


@pytest.mark.parametrize("sentence", NOT_IN_ASSIGNMENT)
def test_told_of_others_in_an_assignment(sentence: str) -> None:
    assert found(ASSIGNMENT, sentence) is None


@pytest.mark.parametrize(("sentence", "kind"), OUTSIDE)
def test_told_outside_assignments(sentence: str, kind: str | None) -> None:
    requirement = found(RUNNING, sentence)
    assert requirement
    assert kind is None or requirement.requirement_class == kind


@pytest.mark.parametrize("sentence", NOT_OUTSIDE)
def test_told_of_others_outside_assignments(sentence: str) -> None:
    assert found(RUNNING, sentence) is None


@pytest.mark.parametrize("sentence", IN_REPORTING)
def test_told_of_a_report(sentence: str) -> None:
    requirement = found(REPORTING, sentence)
    assert requirement
    assert requirement.requirement_class == "reporting"


def test_items_under_a_demand_in_a_chapter_of_a_goal_are_tasks() -> None:
    body = (
        "## 3.1 Hovedmål 1: Havnene er trygge\n\nFjordtilsynet skal dessuten:\n\n"
        "- fullføre kartet over havnene\n- følge opp planen for båtene, blant annet\n    - varsling\n    - øving\n"
        "- delta i arbeidet med ny forskrift\n"
    )
    assert [r.requirement_class.value for r in read(body)] == ["goal", "activity", "activity", "activity"]


def test_items_under_a_heading_of_tasks_in_a_chapter_of_goals() -> None:
    body = "## 3 Mål\n\n#### Mål 2026:\n\n- Færre ulykker i havn\n\n#### Andre oppgaver 2026:\n\n- Ta i bruk nytt skjema\n- Gjennomføre øving innen 1. juni\n"
    assert [r.requirement_class.value for r in read(body)] == ["goal", "activity", "activity"]


@pytest.mark.parametrize(
    "stem",
    [
        "Planen skal minst:",
        "Arbeidet innebærer at Fjordtilsynet skal:",
        "Oppdraget betyr at tilsynet i 2026 skal:",
    ],
)
def test_stems_that_demand_in_other_words(stem: str) -> None:
    body = f"{ASSIGNMENT}{stem}\n\n- samle inn tall\n- dele erfaringer med havnene\n"
    assert len(read(body)) == 3


def test_an_item_with_a_title_and_an_infinitive() -> None:
    body = (
        f"{ASSIGNMENT}1. *Innhold:* Fjordtilsynet skal lage tekstene.\n2. *Avtaler:* Havnene er selv ansvarlige for data.\n"
        "3. *Slutt:* Sende departementet en vurdering av om ordningen bør utvides, senest 1. mars 2027.\n"
    )
    assert read(body)[-1].quote.endswith("senest 1. mars 2027.")


def test_a_result_requirement_that_was_changed_is_told() -> None:
    assert not read(
        f"{RUNNING}Resultatkravet for planer er satt ned siden 2025, da arbeidet tok lengre tid.\n"
    )


@pytest.mark.parametrize(("place", "sentence", "kind"), SECOND)
def test_told_in_letters_on_health(place: str, sentence: str, kind: str | None) -> None:
    text = f"# Tildelingsbrev til Helsedirektoratet for 2026\n\n{PLACES[place]}{sentence}\n"
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    classes = [
        r.requirement_class
        for r in reading.requirements
        if r.requirement_class.counted and r.quote in sentence
    ]
    assert classes == ([kind] if kind else [])
