"""How ministries write it in other words than the letters that were studied: sentences and letters made for the purpose."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.model import Document, Requirement, SourceKind

LETTER = "# Tildelingsbrev til Fjordtilsynet for 2026\n\n"
ASSIGNMENT = LETTER + "## Oppdrag\n\n### TB2026-3 Trygg havn\n\nTilsynet skal lage en plan for havnene.\n\n"


def read(body: str, head: str = LETTER) -> list[Requirement]:
    text = head + body
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, text))
    for found in reading.requirements:
        assert text[found.start : found.end] == found.quote
    return [r for r in reading.requirements if r.requirement_class.counted]


def last(body: str, head: str = LETTER) -> tuple[str, str | None]:
    """The class and the deadline of the last requirement."""
    found = read(body, head)[-1]
    return found.requirement_class.value, found.deadline


@pytest.mark.parametrize(
    "sentence",
    [
        "Når tilsynet får et varsel, skal det selv vurdere hvor mye det haster.",
        "Det forutsettes at fiskernes organisasjoner tas med på råd.",
        "Innleie fra bemanningsbyrå skal reduseres.",
        "Utgifter over 2 mill. kroner må være godkjent av departementet på forhånd.",
        "Hvis det blir klart at planen ikke holder, skal departementet ha beskjed straks.",
        "Fellesføring for 2026: Fjordtilsynet skal bruke færre konsulenter.",
        "Dette innebærer at tilsynet må prioritere strengt.",
    ],
)
def test_counted(sentence: str) -> None:
    assert sentence in [r.quote for r in read(sentence + "\n")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Havner der det er trangt skal ha en egen plan for brann.",
        "Både båtantall, vær og dybde skal inngå i beskrivelsen.",
        "Funnene sammenfattes i et kort notat.",
        "Fjordtilsynet gjennomfører kontroller i alle havner innen 1. november.",
        "Oversikten leveres i løpet av første halvår.",
        "Foreløpige funn presenteres for departementet i september 2026.",
    ],
)
def test_counted_in_an_assignment(sentence: str) -> None:
    assert sentence in [r.quote for r in read(sentence + "\n", ASSIGNMENT)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Det nye direktivet stiller krav til at landene måler bølgene.",
        "Virksomhetene som tilsynet besøker, har selv ansvar for at båtene er trygge.",
        "Hovedinstruksen skal revideres til våren.",
        "Det vil være opp til departementet om forslaget skal følges opp.",
        "Det er opp til Stortinget om ordningen skal fortsette.",
        "Postene kan ses i sammenheng.",
    ],
)
def test_not_counted(sentence: str) -> None:
    assert read(sentence + "\n") == []
    assert sentence not in [r.quote for r in read(sentence + "\n", ASSIGNMENT)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Tilsynet skal gi råd om farvann på en måte som gjør usikkerheten tydelig.", "guideline"),
        ("Tilsynet skal sende oppdragene videre i en form som ikke gir nye krav.", "guideline"),
        ("Tillitsvalgte skal tas med i planleggingen av nye kontorer.", "guideline"),
        (
            "Tilsynet skal ikke legge ned stasjoner uten at departementet er orientert på forhånd.",
            "guideline",
        ),
        ("Nye bygg skal vurderes i lys av behovet for beredskap.", "guideline"),
        ("Tilsynet skal være åpent om hvilke havner som ikke blir besøkt.", "guideline"),
        ("Fjordtilsynet skal normalt velge det minst inngripende virkemidlet.", "guideline"),
        (
            "Tilsynet skal i planleggingen ta hensyn til de minste havnene, og ikke innføre nye skjemaer for dem.",
            "guideline",
        ),
        (
            "Tilsynet skal gjennomgå alle veilederne sine og fjerne det som er foreldet, og involvere brukerne i det.",
            "activity",
        ),
        (
            "De faste oppgavene etter havneloven skal utføres selv om de ikke står i dette brevet.",
            "activity",
        ),
        ("Tilsynet skal ha en internkontroll som er god, og som lar seg vise fram for andre.", "activity"),
        ("Tilsynet bes innen 1. mars gi en kort status for arbeidet.", "reporting"),
        ("Evalueringen skal leveres departementet innen 1. oktober.", "reporting"),
        ("Tilsynet skal bistå departementet med faglige innspill.", "activity"),
        ("Tilsynet skal syte for at leiarane kjenner reglane og dei krava dei stiller.", "activity"),
        ("Tilsynet skal følgje opp rapporten frå revisjonen.", "activity"),
        ("Tilsynet må tilpasse drifta til ramma.", "guideline"),
        ("Statlige virksomheter skal følge Digitaliseringsrundskrivet.", "guideline"),
        (
            "Departementet ber tilsynet komme med forslag til forenklinger i innspillet til budsjettet.",
            "reporting",
        ),
    ],
)
def test_class_outside_assignments(sentence: str, kind: str) -> None:
    assert last(sentence + "\n")[0] == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Forslagene skal være drøftet med fiskerne før de legges frem.", "assignment"),
        ("Det bes om at tilsynet melder tilbake om fremdriften.", "reporting"),
        ("Det bes om at etaten rapporterer hvert kvartal.", "reporting"),
        ("Det bes om at løsningen lages slik at havnene rapporterer til tilsynet.", "assignment"),
        ("Tilsynet skal gi departementet tall for antall kontroller innen 1.9.2026.", "reporting"),
        ("Tilsynet skal vise fordelingen mellom havnene i den årlige havnerapporten.", "reporting"),
        ("Det vert bede om at tilsynet held departementet orientert.", "reporting"),
        ("Plan og rapport sendes til postmottak@dep.example.", "reporting"),
        ("Departementet skal motta en skriftlig oppsummering innen 1. mai.", "reporting"),
        ("Fiskarane skal haldast orienterte om framdrifta.", "reporting"),
        ("Departementet ber om en fremdriftsplan innen 1. mars.", "assignment"),
    ],
)
def test_class_in_an_assignment(sentence: str, kind: str) -> None:
    assert last(sentence + "\n", ASSIGNMENT)[0] == kind


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Alle ansatte skal ha gjennomført kurset i løpet av året.", "2026"),
        ("Tilsynet skal øve i løpet av høsten.", "2026"),
        ("Tilsynet skal lage en oversikt innen utløpet av april.", "2026-04-30"),
        ("Ny plan skal foreligge 1.10.", "2026-10-01"),
        ("Endringene skal være klare til bruk 1. januar 2027.", "2027-01-01"),
        ("Tilsynet skal rapportere på alt i dette brevet, etter malen som departementet sender i mai.", None),
        ("Dersom det i løpet av året blir dyrere, skal tilsynet melde fra.", None),
        ("Tilsynet skal lage en oversikt innen utgangen av 2. kvartal.", "2026-06-30"),
        ("Tilsynet skal lage en oversikt senest 15.03.2026.", "2026-03-15"),
        ("Tilsynet skal lage en oversikt i løpet av første halvår.", "2026-06-30"),
        ("Tilsynet skal lage en oversikt ved første tertialrapportering.", None),
    ],
)
def test_deadline(sentence: str, deadline: str | None) -> None:
    assert last(sentence + "\n")[1] == deadline


def test_a_line_that_closes_the_assignment_says_more_than_a_season() -> None:
    body = "Tilsynet skal prøve ut kartet i løpet av høsten.\n\nFrist: 1.2.2027\n"
    assert last(body, ASSIGNMENT) == ("assignment", "2027-02-01")


def test_a_key_figure_is_counted_at_a_time_and_is_not_due_then() -> None:
    body = "## Nøkkeltall\n\n- Antall båter eldre enn ti år ved utgangen av året\n"
    assert last(body) == ("key_figure", None)


def test_the_year_of_the_stem_binds_what_is_to_be_considered() -> None:
    body = (
        "## Oppdrag\n\n### TB2026-4 Kart\n\nTilsynet skal i 2026:\n\n"
        "1. Departementet ber tilsynet vurdere om kartene kan deles.\n2. Tilsynet skal følge opp planen fra i fjor.\n"
    )
    assert [r.deadline for r in read(body)] == ["2026", None]


def test_what_is_said_of_the_answer_is_reporting_and_due_with_it() -> None:
    body = (
        "Tilsynet skal gi departementet en tilbakemelding om ordningen innen 15.11.2026. "
        "Tilbakemeldingen bør skille mellom store og små havner.\n"
    )
    assert last(body, ASSIGNMENT) == ("reporting", "2026-11-15")


def test_an_item_that_first_tells_why() -> None:
    body = (
        "Tilsynet skal i 2026:\n\n1. *Svar:*\n Mange ringer bare for å få vite hvor båten deres er.\n"
        " Tilsynet bes om å utrede hvordan eieren kan få melding.\n"
    )
    assert [r.quote for r in read(body, ASSIGNMENT)][1:] == [
        "Tilsynet bes om å utrede hvordan eieren kan få melding."
    ]


def test_a_sentence_torn_by_a_page_break_is_one() -> None:
    body = (
        "1. *Kart:* Tilsynet skal vurdere nye kart. Avgjørelser om leden, herunder forslag til merking og utkast til\n\n"
        "begrunnelse skal ikke overlates til maskiner.\n"
    )
    found = read(body, ASSIGNMENT)[-1]
    assert found.quote.startswith("Avgjørelser om leden")
    assert found.quote.endswith("maskiner.")


def test_a_letter_that_hands_out_assignments_without_a_heading() -> None:
    body = (
        "Fjordtilsynet får med dette følgende oppdrag:\n\n"
        "1. Kartlegge bruken av lykter. Kartleggingen skal leveres departementet innen 1.11.2026.\n"
        "2. Foreslå nye regler for tåkelur.\n"
    )
    assert [(r.requirement_class.value, r.deadline) for r in read(body)] == [
        ("assignment", None),
        ("reporting", "2026-11-01"),
        ("assignment", None),
    ]


def test_labels_that_divide_an_assignment() -> None:
    body = (
        "## Oppdrag\n\n### Oppdrag 2026-001 Lys\n\n**Bakgrunn:** Mange går på grunn. Alle båter skal ha godt lys.\n\n"
        "**Oppdrag:** Fjordtilsynet skal lage en lysplan.\n\n**Frist:** 15. november 2026\n\n**Avdeling:** Havneavdelingen\n"
    )
    assert [(r.quote.endswith("skal lage en lysplan."), r.deadline) for r in read(body)] == [
        (True, "2026-11-15")
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("**(O-15) Merking**", "O-15"),
        ("### O-16 Merking av leden", "O-16"),
        ("### Oppdrag 12: Merking", "Oppdrag 12"),
        ("### TB2026-17 Merking", "TB2026-17"),
    ],
)
def test_names_of_assignments(title: str, name: str) -> None:
    body = f"## Oppdrag\n\n{title}\n\nTilsynet skal merke leden. Merkene skal være hvite.\n"
    assert [(r.assignment, r.requirement_class.value) for r in read(body)] == [(name, "assignment")] * 2


def test_what_is_to_be_handed_over_and_when() -> None:
    body = (
        "Leveranse 1: Notat med de første funnene, medio mai. Leveranse 2: Ferdig rapport, innen 1.11.2026.\n"
    )
    found = read(body, ASSIGNMENT)[1:]
    assert [(r.requirement_class.value, r.deadline) for r in found] == [
        ("reporting", "2026-05"),
        ("reporting", "2026-11-01"),
    ]


def test_chapters_of_goals_that_go_on_with_tasks() -> None:
    body = (
        "## 3 Mål og resultatkrav\n\n### 3.1 Hovedmål: Trygg ferdsel på fjorden\n\n"
        "| Styringsparameter | Resultatkrav/ambisjonsnivå 2026 |\n|---|---|\n| Andel saker behandlet i tide | Minst 95 prosent |\n\n"
        "| Nøkkeltall | Rapporteres |\n|---|---|\n| Antall søknader om fortøyning | Årsrapport |\n\n"
        "**Prioriterte oppgaver i 2026**\n\n- Følge opp fjorårets kontroller\n"
        "- Tilsynet skal evaluere ordningen med fyrlykter. Evalueringen skal leveres departementet innen 1. oktober.\n"
    )
    assert [r.requirement_class.value for r in read(body)] == [
        "goal",
        "steering_parameter",
        "key_figure",
        "activity",
        "activity",
        "reporting",
    ]


def test_a_calendar_with_the_month_in_one_column_and_the_date_in_another() -> None:
    body = (
        "## Rapporteringskalender\n\n| Måned | Dato | Hva |\n|---|---|---|\n| Mars | 16.3. | Årsrapport for 2025 |\n"
        "| April | 29.4. | Styringsmøte |\n| Juni | 5.6. | Avviksrapport |\n"
    )
    assert [r.deadline for r in read(body)] == ["2026-03-16", "2026-06-05"]


@pytest.mark.parametrize(
    ("head", "name", "year"),
    [
        ("# Prop. 1 S (2025–2026) - tildelingsbrev for Statens skjærtilsyn\n\n", "Statens skjærtilsyn", 2026),
        (
            "Skjærdepartementet\n\nNasjonal skjærmyndighet\nPostboks 14\n1306 VIKA\n\n# Iverksettingsbrev for 2026\n\n",
            "Nasjonal skjærmyndighet",
            2026,
        ),
        ("# Tildelingsbrev for 2026 til Statens skjærkommisjon\n\n", "Statens skjærkommisjon", 2026),
    ],
)
def test_addressee_and_year(head: str, name: str, year: int) -> None:
    reading = read_document(Document("brev.md", SourceKind.MARKDOWN, head + "Arbeidet går sin gang.\n"))
    assert (reading.addressee, reading.year) == (name, year)


def test_a_torn_sentence_has_the_deadline_of_its_second_half() -> None:
    body = (
        "Fjordtilsynet skal lage en samlet plan for alle havnene langs kysten og sende den\n\n"
        "til departementet innen 1. september 2026.\n"
    )
    assert last(body) == ("reporting", "2026-09-01")


def test_numbers_that_a_converter_escaped() -> None:
    body = "Tilsynet skal:\n\n1\\. måle bølgene\n2\\. merke leden\n"
    assert [r.quote for r in read(body)] == ["måle bølgene", "merke leden"]


@pytest.mark.parametrize("mark", ["##", "####", "######"])
def test_headings_that_are_all_of_one_level(mark: str) -> None:
    head = f"{mark} Tildelingsbrev til Fjordtilsynet for 2026\n\n"
    body = (
        f"{mark} 1 Innledning\n\nTilsynet skal melde fra til departementet.\n\n{mark} 2 Oppdrag\n\n"
        f"{mark} TB2026-1 Lys\n\nTilsynet skal lage en plan.\n\nFrist: 1. mai 2026\n\n"
        f"{mark} 3 Budsjett\n\nMidlene skal brukes til lykter.\n"
    )
    assert [(r.requirement_class.value, r.deadline) for r in read(body, head)] == [
        ("reporting", None),
        ("assignment", "2026-05-01"),
        ("guideline", None),
    ]
