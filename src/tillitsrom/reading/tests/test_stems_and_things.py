"""Stems that hand out an assignment, what must be done with things and people, and what is told but not asked."""

import pytest

from tillitsrom.reading.tests.test_letters_of_more_kinds import read

ASSIGNMENT = "## 4 Oppdrag\n\n### Oppdrag 1 Tryggere kaier\n\nTilsynet skal kartlegge kaiene. "
SECURITY = "## 6 Sikkerhet\n\n"
REPORTING = "## 7 Rapportering\n\n"
POINTS = (
    "\n\n1. kartlegge kaiene i nord. Frist: 10.4.2026.\n2. lage en plan for utskifting\n\nFrist: 1.9.2026\n"
)


def classes(body: str) -> list[tuple[str, str]]:
    return [(r.quote, r.requirement_class.value) for r in read(body)]


@pytest.mark.parametrize(
    "stem",
    [
        "Oppdraget er å:",
        "Oppdraget består i å:",
        "Oppdraget består av:",
        "Oppdraget går ut på å:",
        "Oppdraget omfatter å:",
        "Oppdraget omfattar også å:",
        "Oppdraget innebærer å:",
        "Oppdraget inneber mellom anna å:",
        "Oppgaven er å:",
        "Oppgåva går ut på å:",
        "Arbeidet består i å:",
        "Oppdraget er todelt:",
        "Oppdraget er delt i to:",
        "Oppdraget har to delar:",
        "Oppdraget inneheld:",
        "Leveransene er:",
        "I 2026 er oppgavene å:",
    ],
)
@pytest.mark.parametrize("heading", ["## 4 Oppdrag\n\n### Tryggere kaier", "## 2 Om kaiene"])
def test_a_stem_that_says_what_the_assignment_is(stem: str, heading: str) -> None:
    found = read(f"{heading}\n\nMange kaier er gamle.\n\n{stem}{POINTS}")
    assert [(r.quote, r.deadline) for r in found] == [
        ("kartlegge kaiene i nord.", "2026-04-10"),
        ("lage en plan for utskifting", "2026-09-01"),
    ]


@pytest.mark.parametrize(
    "stem",
    ["Kystverket skal:", "Departementet vil:", "Kommunene er bedt om å:", "Formålet med ordningen er å:"],
)
def test_a_stem_about_others_hands_nothing_to_the_addressee(stem: str) -> None:
    assert (
        classes(f"## Oppdrag 2\n\nMange kaier er gamle.\n\n{stem}\n\n- kartlegge kaiene\n- lage en plan\n")
        == []
    )


def test_a_code_with_the_year_in_two_digits_names_an_assignment_whatever_its_title_speaks_of() -> None:
    body = f"## 4 Oppdrag\n\n### KV-26/3 Færre tilskudd\n\nMange søker.\n\nOppdraget er å:{POINTS}"
    after = "\nMinst ti søkere skal intervjues, og halvparten av dem bør ha fått avslag.\n"
    found = read(body + after)
    assert {r.requirement_class.value for r in found} == {"assignment"}
    assert {r.assignment for r in found} == {"KV-26/3"}
    assert len(found) == 3


def test_a_list_of_new_assignments_with_their_names_last_is_a_cover() -> None:
    body = "Nye oppdrag i dette brevet:\n\n- Norge rundt med ferje (KV-26/1)\n- Lage kart (KV-26/2)\n\n"
    assert classes(body + SECURITY + "Tilsynet skal øve i mai.\n") == [
        ("Tilsynet skal øve i mai.", "activity")
    ]


@pytest.mark.parametrize(
    "stem",
    [
        "Resultatdelen skal besvare:",
        "Årsrapporten skal omtale:",
        "Årsrapporten skal svare på:",
        "Årsrapporten skal gje svar på:",
        "Rapporten må gjøre rede for:",
        "Del III skal vise:",
        "Kapittelet skal drøfte:",
    ],
)
def test_what_a_report_must_answer(stem: str) -> None:
    items = [
        "hvilke tiltak som har virket",
        "i hvilke land arbeidet har lykkes, og hvorfor",
        "kva tilsynet har slutta med",
        "en vurdering av risikoen",
    ]
    assert classes(f"{REPORTING}{stem}\n\n- " + "\n- ".join(items) + "\n") == [
        (item, "reporting") for item in items
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Barn og eldre som bruker kaiene, skal være med når planen lages.", "activity"),
        ("Minst ti kommuner skal besøkes.", "activity"),
        ("Navn på enkeltpersoner skal ikke stå i listene.", "guideline"),
        ("Brukernes adresse og telefon må aldri stå i filene.", "guideline"),
        ("Opplysningar som kan knytast til einskilde, til dømes namn, skal ikkje følgje med.", "guideline"),
        ("Det må kome tydeleg fram kva for tal som er anslag.", "activity"),
        ("Det må fremgå klart hvilke tall som er anslag.", "activity"),
        ("Prinsippet om likebehandling skal ligge til grunn.", "guideline"),
        ("Står kostnad mot sikkerhet, skal sikkerheten til passasjerene gå foran.", "guideline"),
        ("Finnes det ikke tall, skal det sies fra.", "activity"),
        ("Registeret må gåast gjennom i løpet av juni.", "activity"),
        ("Rater skal være hovedregelen for tilskudd over én million kroner.", "guideline"),
        ("Utbetalingene skal holdes tilbake til saken er avklart.", "guideline"),
        ("Tilsynet skal løse oppgavene som følger av kailoven, innenfor de økonomiske rammene.", "activity"),
        ("Svingninger på mer enn fem prosent må forklares.", "reporting"),
        ("Erfaringene skal beskrives i årsrapportens del IV.", "reporting"),
        ("Tilsynet skal gje departementet eit notat om kostnadene.", "reporting"),
        ("Tilsynet skal levere et utkast til Kystverket innen mai.", "reporting"),
        ("Saken skal løftes til departementet.", "reporting"),
        ("Tilsynet oppfordres til å sende medarbeidere på kurs.", "activity"),
        ("Ein årleg gjennomgang av tilgangane må på plass.", "activity"),
        ("Hver avdeling skal ha en beredskapskontakt.", "activity"),
        ("Bruken av overtid bør ned.", "activity"),
        ("Tilsynets tilsatte skal kjenne beredskapsplanen.", "activity"),
        ("Vi forventer at innkjøp skjer i tråd med regelverket.", "guideline"),
        ("Tilsynet oppmodast til å melde på tilsette til kurset.", "activity"),
    ],
)
def test_what_is_to_be_done_with_things_and_people(sentence: str, kind: str) -> None:
    assert classes(SECURITY + sentence + "\n") == [(sentence, kind)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Personer med nedsatt syn skal være med i arbeidet.",
        "Kunstnerens reiserute må aldri fremgå av papirene.",
        "Fargene skal ikkje følgje med over.",
        "Fiskere og båtfolk skal intervjues.",
    ],
)
def test_what_is_demanded_inside_an_assignment_belongs_to_it(sentence: str) -> None:
    assert classes(ASSIGNMENT + sentence + "\n")[1:] == [(sentence, "assignment")]


def test_what_is_handed_over_inside_an_assignment_is_reporting() -> None:
    body = "Tilsynet skal:\n\n- legge frem budsjett for departementet\n- levere et utkast til Kystverket\n- bygge en kai\n"
    assert [kind for _, kind in classes("## Oppdrag 1\n\n" + body)] == [
        "reporting",
        "reporting",
        "assignment",
    ]


def test_a_report_in_a_table_of_assignments_is_reporting() -> None:
    rows = "| Nr. | Oppgave | Frist |\n|--|--|--|\n| 1 | Vurdere kaiene i nord og sør | 1.6.2026 |\n| 2 | Sluttrapport på engelsk | 1.9.2026 |\n"
    assert [r.requirement_class.value for r in read("## Oppdrag 1\n\n" + rows)] == ["assignment", "reporting"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Utslippene fra havner skal halveres innen 2030.",
        "Klimagassutsleppa frå sjøfart skal halverast innan 2035.",
        "Antall drepte i trafikken skal ned mot 2030.",
        "Ambisjonene er satt etter dialog og skal vurderes på nytt i 2027.",
        "Måltala skal vurderast på nytt i 2027.",
    ],
)
def test_goals_of_the_nation_and_what_the_ministry_will_change_ask_for_nothing(sentence: str) -> None:
    for head in (SECURITY, "## 2 Hovedprioriteringer\n\n"):
        assert classes(head + sentence + "\n") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Folk skal ikke stå i kø.",
        "Reformen skal ikke føre til mer byråkrati.",
        "Tjenesten skal ikke koste noe.",
    ],
)
def test_how_the_world_should_not_be_is_no_demand_on_a_thing(sentence: str) -> None:
    assert classes(ASSIGNMENT + sentence + "\n")[1:] == []


def test_to_come_along_is_to_be_heard_only_where_something_is_made() -> None:
    assert classes(SECURITY + "Barn skal være med når familien reiser.\n") == []


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Tilsynet skal publisere kartene i oktober 2026.", "2026-10"),
        ("Kartene skal publiserast i oktober.", "2026-10"),
        ("Tilsynet skal ta i bruk et felles skjema på høyst to sider i mai 2026.", "2026-05"),
        ("Tilsynet skal bruke skjemaet som tas i bruk av kommunene i mai 2026.", None),
    ],
)
def test_the_month_in_which_something_is_published_or_put_to_use(sentence: str, deadline: str | None) -> None:
    assert [r.deadline for r in read(SECURITY + sentence + "\n")] == [deadline]


def test_the_own_running_may_be_cut_down_by_a_year_ahead() -> None:
    sentence = "Konsulentbruken skal halveres innen 2030."
    assert classes("## 2 Hovedprioriteringer\n\n" + sentence + "\n") == [(sentence, "guideline")]


@pytest.mark.parametrize(
    ("leads", "asked"),
    [
        ("Kystverket leder arbeidet og skal sammenstille bidragene.", 0),
        ("Kystverket leier arbeidet.", 0),
        ("Kystverket samordnar arbeidet i nord.", 0),
        ("Fjordtilsynet leder arbeidet.", 1),
        ("Kystverket kjenner kaiene.", 1),
    ],
)
def test_who_leads_the_work_hands_over_what_it_gives(leads: str, asked: int) -> None:
    body = f"## Oppdrag 2\n\n{leads} Planen skal legges frem for departementene i februar 2027.\n"
    assert sum("Planen skal" in quote for quote, _ in classes(body)) == asked


def test_items_that_tell_why_or_what_the_ministry_means_to_do() -> None:
    body = (
        "## 2 Prioriteringar\n\nTilsynet skal leggje desse prioriteringane til grunn:\n\n"
        "- **Stabil drift.** Stengde kaiar råkar hardast der vegen er lang. Tilsynet skal setje inn folk der først.\n"
        "- **Tillit.** Reforma inneber at departementet vil styre mindre. Vi kjem tilbake med eit framlegg, og "
        "dei andre etatane skal høyrast.\n"
    )
    assert classes(body) == [("Tilsynet skal setje inn folk der først.", "guideline")]


def test_bounds_in_a_chapter_of_background_and_bounds() -> None:
    sentence = "Vurderinger av søknader skal treffes av utvalgene uten påvirkning fra departementet."
    assert classes(f"## 1 Bakgrunn og rammer\n\n{sentence}\n") == [(sentence, "guideline")]
    assert classes(f"## 1 Bakgrunn\n\n{sentence}\n") == []


def test_the_class_in_chapters_of_guidelines_and_of_authority() -> None:
    less = "Tilsynet skal redusere konsulentbruken og byggje opp eigen kompetanse."
    invite = "Tilsynet skal invitere minst åtte forskere."
    watch = "Tilsynet skal føre kontroll med at fullmaktene vert nytta innanfor rammene."
    told = "Omtale av saker under tilsyn skal samordnes med departementets pressevakt."
    assert classes(f"## Fellesføringar\n\n{less} {invite}\n") == [(less, "guideline"), (invite, "activity")]
    assert classes(f"## Fullmakter\n\n{watch}\n") == [(watch, "activity")]
    assert classes(f"{REPORTING}{told}\n") == [(told, "guideline")]
