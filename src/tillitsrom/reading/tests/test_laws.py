"""Laws and regulations: known by their form, read with section, bearer and class."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.laws.bearers import bearer_of
from tillitsrom.reading.laws.nouns import kind_of
from tillitsrom.reading.laws.recognise import is_law
from tillitsrom.reading.laws.sections import amended_section, is_note, read_heading
from tillitsrom.reading.laws.verdict import judge
from tillitsrom.reading.model import Document, Requirement, RequirementClass, SourceKind
from tillitsrom.reading.sources import read_source

LAW = """# Lov om kommunale hager (hageloven)

## Kapittel 1. Innledning

### § 1. Formål

Loven skal sikre at alle har en hage å gå i. Kommunen skal vise vei til hagene.

### § 2. Definisjoner

Med hage menes et sted der det skal vokse noe.

## Kapittel 2. Hagene

### § 3. Kommunens ansvar for hagene

Kommunen skal ha minst én hage. Hagen skal holdes åpen hele året. Kommunen kan bestemme at hagen skal stenges om natten.

Kommunen og fylkeskommunen skal hvert år sende en rapport om hagene til Hagedirektoratet.

*Endret ved lov 1 jan 2020 nr. 1 (i kraft 1 feb 2020).*

### § 3 a. Plan

Planen skal inneholde:

- en oversikt over hagene
- hvem som steller hagene

Kommunen skal følge planen. Den som besøker en hage, må ikke plukke blomster. Eieren av en hund kan ikke slippe den løs i hagen.

### § 4. (Opphevet)

### § 5-1. Stell

Arbeidsgiver plikter å gi gartneren hansker. Dersom gartneren blir syk, skal arbeidsgiver straks melde fra til Arbeidstilsynet.

For å få støtte må søkeren ha en spade.

## Kapittel 3. Ikraftsetting

### § 6. Ikrafttredelse

Loven trer i kraft straks. Kommunen skal ha hagen klar innen 1. mai 2027.
"""

NYNORSK = """# Forskrift om vegar til hagar

### § 1. Ansvar

Kommunen skal syte for at det finst ein veg. Vegen må vere brøytt når hagen er open.

### § 2. Plikter

Fylkeskommunen har plikt til å halde skilta ved like. Det skal gjevast melding til statsforvaltaren når eit skilt er borte.

Ingen må parkere på vegen. Eigaren skal ikkje setje opp gjerde utan at kommunen har gitt løyve.
"""


def law(text: str, name: str = "lov.md") -> Document:
    return Document(name, SourceKind.MARKDOWN, text)


def found(text: str) -> list[Requirement]:
    return list(read_document(law(text)).requirements)


def told(text: str) -> list[tuple[str | None, str, str | None]]:
    return [(r.section, r.requirement_class.value, r.bearer) for r in found(text)]


def test_a_law_is_read_section_by_section() -> None:
    assert told(LAW) == [
        ("§ 1", "duty", "kommune"),
        ("§ 3", "duty", "kommune"),
        ("§ 3", "duty", "kommune"),
        ("§ 3", "reporting", "kommune+fylkeskommune"),
        ("§ 3 a", "duty", "kommune"),
        ("§ 3 a", "duty", "kommune"),
        ("§ 3 a", "duty", "kommune"),
        ("§ 3 a", "prohibition", "enhver"),
        ("§ 3 a", "prohibition", "andre"),
        ("§ 5-1", "duty", "arbeidsgiver"),
        ("§ 5-1", "reporting", "arbeidsgiver"),
    ]


def test_nynorsk_is_read_as_well() -> None:
    assert told(NYNORSK) == [
        ("§ 1", "duty", "kommune"),
        ("§ 1", "duty", "kommune"),
        ("§ 2", "duty", "fylkeskommune"),
        ("§ 2", "reporting", "fylkeskommune"),
        ("§ 2", "prohibition", "enhver"),
        ("§ 2", "prohibition", "andre"),
    ]


def test_quotes_are_the_text_between_the_offsets_and_items_carry_their_stem() -> None:
    requirements = found(LAW)
    assert all(LAW[r.start : r.end] == r.quote for r in requirements)
    items = [r for r in requirements if r.stem]
    assert [r.quote for r in items] == ["en oversikt over hagene", "hvem som steller hagene"]
    assert {r.stem for r in items} == {"Planen skal inneholde:"}
    assert {r.rule for r in items} == {"law_item"}
    assert all(0 < r.confidence < 1 for r in requirements)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Lov om hager", "§ 1. Formål", True),
        ("Forskrift om hager", "§ 1-1 Formål", True),
        ("Tildelingsbrev for 2026", "1. Innledning", False),
        ("Instruks", "§ 1. Formål\n\n### § 2. Ansvar\n\n### § 3. Plan", True),
    ],
)
def test_the_form_tells_whether_it_is_a_law(title: str, body: str, expected: bool) -> None:
    assert is_law(law(f"# {title}\n\n### {body}\n\nKommunen skal ha en plan, jf. § 5.\n")) is expected


def test_the_head_of_a_file_tells_too() -> None:
    assert is_law(law('---\ntittel: "Noe"\nrefid: "lov/2020-01-01-1"\n---\n\n# Noe\n'))


def test_a_letter_that_cites_the_law_is_a_letter() -> None:
    text = "# Tildelingsbrev\n\nEtaten skal følge § 5 i hageloven. Det vises til § 6.\n"
    assert not is_law(law(text))
    assert all(r.section is None and r.bearer is None for r in found(text))


def test_the_form_can_be_overruled() -> None:
    text = "# Et notat\n\nKommunen skal ha en hage.\n"
    assert read_document(law(text), law=True).requirements[0].bearer == "kommune"
    assert read_document(law(LAW), law=False).requirements != read_document(law(LAW)).requirements


@pytest.mark.parametrize(
    "sentence",
    [
        "Departementet kan gi forskrift om at kommunen skal ha flere hager.",
        "Kommunen kan bestemme at hagen skal stenges.",
        "Når kommunen skal bygge en hage, gjelder plan- og bygningsloven.",
        "Loven skal bidra til flere hager.",
        "Vedtaket skal anses som enkeltvedtak.",
        "Enhver skal ha rett til å gå i hagen.",
        "For å få støtte må søkeren ha en spade.",
        "Kommunen gir støtte til hager.",
        "Målene for hagene følger av arbeidsgivers plikter.",
    ],
)
def test_what_places_no_duty_is_not_found(sentence: str) -> None:
    assert judge(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "kind", "bearer"),
    [
        ("Har søkeren svart, skal kommunen treffe vedtak.", "duty", "kommune"),
        ("Kan kommunen ikke selv gi hjelp, skal den sørge for at andre gjør det.", "duty", "kommune"),
        ("Den som driver en gartneribedrift, skal ha en plan.", "duty", "virksomhet"),
        ("Den som finner en spade, skal levere den.", "reporting", "enhver"),
        ("Avfallet skal hentes av kommunen.", "duty", "kommune"),
        ("Statens hagetilsyn skal føre register over hager.", "duty", "direktorat"),
        ("Statsforvalteren har ansvar for å veilede om hager.", "duty", "statsforvalter"),
        ("Gartnere som utfører arbeid etter loven, har taushetsplikt.", "duty", "andre"),
        ("Kommunen skal ikke kreve betaling for å gå i hagen.", "prohibition", "kommune"),
        ("Kommunar og fylkeskommunar pliktar å melde frå om skade.", "reporting", "kommune+fylkeskommune"),
        ("Kommunen skal stelle hagen på en måte som ikke skader dyr.", "duty", "kommune"),
        ("Plikten innebærer at kommunen skal vanne hagen.", "duty", "kommune"),
    ],
)
def test_who_must_do_what(sentence: str, kind: str, bearer: str | None) -> None:
    verdict = judge(sentence)
    assert verdict is not None
    assert (verdict.kind, verdict.bearer) == (RequirementClass(kind), bearer)


def test_a_compound_is_what_its_last_part_says() -> None:
    assert kind_of("statsorgan") == "direktorat"
    assert kind_of("politiattest") is None
    assert kind_of("kommuneplan") is None
    assert kind_of("barneverntjenesten") == "kommune"
    assert kind_of("nødvendige") is None
    assert kind_of("ansvarlege") == "virksomhet"
    assert bearer_of("staten, fylkeskommunene og kommunene") == "kommune+fylkeskommune+direktorat"


@pytest.mark.parametrize(
    ("heading", "section", "quiet"),
    [
        ("§ 5. Plan", "§ 5", False),
        ("§ 5-3 Plan", "§ 5-3", False),
        ("§ 14 a. Plan", "§ 14 a", False),
        ("§ 7a. Plan", "§ 7a", False),
        ("§ 3", "§ 3", False),
        ("§ 4. (Opphevet ved lov 1 jan 2020)", "§ 4", True),
        ("§ 9. Overgang fra grunnskolen", "§ 9", False),
        ("§ 9. Overgangsregler", "§ 9", True),
        ("Kapittel 2. Straff", None, True),
        ("Vedlegg II. Krav til spader", "vedlegg ii", False),
    ],
)
def test_headings(heading: str, section: str | None, quiet: bool) -> None:
    read = read_heading(heading)
    assert (read.section, read.quiet) == (section, quiet)


def test_an_amendment_names_the_section_that_gets_new_words() -> None:
    assert amended_section("§ 4-23 første ledd skal lyde:") == "§ 4-23"
    assert amended_section("§ 4-23 oppheves.") is None
    text = "# Lov om endringer i hageloven\n\n## I\n\n### § 1. Hage\n\nKommunen skal ha en hage.\n\n§ 9 a skal lyde:\n\nKommunen skal ha en spade.\n"
    assert told(text) == [("§ 1", "duty", "kommune"), ("§ 9 a", "duty", "kommune")]


def test_notes_are_not_the_law() -> None:
    assert is_note("*Endret ved lov 1 jan 2020 nr. 1.*")
    assert is_note("Tilføyd ved forskrift 2 feb 2021 nr. 2")
    assert not is_note("Endringer i planen skal meldes til kommunen.")


def test_a_condition_list_is_one_duty() -> None:
    text = "# Lov om hager\n\n### § 1. Varsel\n\nKommunen skal varsle naboen:\n\n- når hagen stenges\n- når et tre felles.\n"
    assert [(r.quote, r.requirement_class.value) for r in found(text)] == [
        ("Kommunen skal varsle naboen:", "reporting")
    ]


def test_a_stem_that_a_converter_ran_together_with_the_end_still_opens_its_list() -> None:
    text = (
        "# Lov om hager\n\n### § 1. Plan\n\nI alle hager skal kommunen innenfor hagen Det samme gjelder i parker.\n\n"
        "- plante trær\n- sette opp benker.\n"
    )
    assert [r.quote for r in found(text)] == ["plante trær", "sette opp benker."]


def test_html_from_lovdata_is_read_the_same(tmp_path: Path) -> None:
    page = tmp_path / "lov.html"
    page.write_text(
        "<!DOCTYPE html><html lang='nb'><head><title>Lov om hager</title></head><body><main><h1>Lov om hager</h1>"
        "<h2>§ 2-1. Ansvar</h2><p>Kommunen skal ha en hage.</p></main></body></html>",
        encoding="utf-8",
    )
    reading = read_document(read_source(page))
    assert [(r.section, r.bearer) for r in reading.requirements] == [("§ 2-1", "kommune")]


@given(st.lists(st.sampled_from(LAW.split()), min_size=1, max_size=120))
@settings(max_examples=40, deadline=None)
def test_any_mixture_of_the_words_is_read_with_true_offsets(words: list[str]) -> None:
    text = "# Lov om hager\n\n### § 1. Hage\n\n" + " ".join(words)
    for r in read_document(law(text)).requirements:
        assert text[r.start : r.end] == r.quote
        assert r.requirement_class in (
            RequirementClass.DUTY,
            RequirementClass.PROHIBITION,
            RequirementClass.REPORTING,
        )
        assert r.bearer


@pytest.mark.parametrize(
    "hostile",
    [
        "Kommunen skal gi det. Det skal gis hjelp.\n\n" * 4_000,
        "- kommunen skal ha:\n" * 8_000,
        ("Hver " + "skal " * 490 + ".\n\n") * 80,
        "### § 1. Kommunen\n\nDet skal gis.\n\n" * 4_000,
        "kommunen skal gjøre dette og " * 50_000,
    ],
    ids=["one section", "stems", "verbs", "headings", "no full stop"],
)
def test_time_grows_with_the_length_only(hostile: str) -> None:
    started = time.process_time()
    assert found("# Lov om hager\n\n### § 1. Hage\n\n" + hostile)
    assert time.process_time() - started < 5
