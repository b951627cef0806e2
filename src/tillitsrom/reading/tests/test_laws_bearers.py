"""Laws: who has a duty, where the sentence names a noun, a pronoun or nobody."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.laws.bearers import addressed, bearer_of, subject_after
from tillitsrom.reading.laws.definitions import Definitions
from tillitsrom.reading.laws.verdict import actor, judge
from tillitsrom.reading.model import Document, SourceKind


def bearers(body: str, title: str = "Lov om hager") -> list[str | None]:
    text = f"# {title}\n\n{body}\n"
    return [
        r.bearer for r in read_document(Document("lov.md", SourceKind.MARKDOWN, text), law=True).requirements
    ]


@pytest.mark.parametrize(
    ("phrase", "who"),
    [
        ("alle kommuner", "kommune"),
        ("statlige, fylkeskommunale og kommunale myndigheter", "kommune+fylkeskommune+direktorat"),
        ("ein kommune eller eit statleg organ", "kommune+direktorat"),
        ("norges bank", "direktorat"),
        ("statens hageverk og hageselskapet", "direktorat+virksomhet"),
        ("eier og bruker av hagen", "andre"),
        ("den saksøkte", "andre"),
        ("hageinstitusjon omfattet av loven", "virksomhet"),
        ("virksomheter loven omfatter", "virksomhet"),
        ("hagenemndas virksomhet", "organ"),
        ("departementet eller det organ direktoratet bestemmer", "departement+organ"),
        ("den som mot betaling vil drive hage", "virksomhet"),
        ("retten", "domstol"),
    ],
)
def test_a_phrase_names_who(phrase: str, who: str) -> None:
    assert (subject_after if phrase.startswith("alle") else bearer_of)(phrase) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Finneren skal melde fra om spaden.", "andre"),
        ("Ein gartnar kan ikkje krevje betaling av gjestene.", "andre"),
        ("Hagelaget plikter å stelle hagen.", "virksomhet"),
        ("Når kommunen har fått en søknad, skal den sende hageetaten en kopi.", "kommune"),
        ("Frem til hagen åpner, skal den private barnehagen ha gjerde.", "virksomhet"),
        ("Hagen skal stelles hver uke i god tid av det departementet som eier den.", "departement"),
        ("Departementet kan gi løyve, og skal melde fra om dette.", "departement"),
        ("Gartneren skal før arbeidet settes i gang sørge for at hagen er stengt.", "andre"),
    ],
)
def test_a_sentence_tells_who(sentence: str, who: str) -> None:
    verdict = judge(sentence)
    assert verdict is not None
    assert verdict.bearer == who


@pytest.mark.parametrize(
    ("sentence", "nature"),
    [
        ("Søknaden skal sendes til kommunen.", "people"),
        ("Søknaden skal avslås når hagen er full.", "authority"),
        ("Tillatelsen skal gis for fem år.", "authority"),
        ("Gebyret skal betales innen en måned.", "payer"),
        ("Det skal betales avgift.", "payer"),
        ("Gjerdet skal ikke males.", "doer"),
        ("Gjesten skal varsles om at hagen stenger.", ""),
        ("Han skal straks lukke porten.", "person"),
    ],
)
def test_the_nature_of_an_act(sentence: str, nature: str) -> None:
    verdict = judge(sentence)
    assert verdict is not None
    assert (verdict.bearer, verdict.meant) == (None, nature)


def test_whom_a_thing_is_sent_to_or_fetched_from_has_no_duty() -> None:
    sent = judge("Kartet skal sendes til hagedirektoratet.")
    fetched = judge("Opplysninger skal innhentes fra kommunen.")
    assert sent is not None
    assert fetched is not None
    assert sent.barred == {"direktorat"}
    assert fetched.barred == {"kommune"}


def test_who_a_message_comes_from_sends_it() -> None:
    verdict = judge("Meldinger fra hagetilsynet skal sendes til eieren.")
    assert verdict is not None
    assert verdict.hint == "direktorat"


def test_a_passive_that_demands_nothing_tells_who_acts() -> None:
    assert actor("Tilskuddet blir fastsatt av hagedirektoratet.") == "direktorat"
    assert actor("Tilskotet blir utbetalt av gjesten.") is None


def test_a_court_decides_and_is_told_of_as_others() -> None:
    found = bearers(
        "### § 1. Sak\n\nRetten avgjør hvem som eier hagen. Det skal legges vekt på hvem som har stelt den."
    )
    assert found == ["andre"]


def test_the_law_says_what_its_words_stand_for() -> None:
    law = (
        "### § 1. Definisjoner\n\n- hagevert: virksomhet som holder hage\n\n"
        "### § 2. Tilsyn\n\nStatsforvalteren er hagemyndighet etter loven.\n\n"
        "### § 3. Plikter\n\nHagemyndigheten skal gi råd. Hageverten skal vanne hagen."
    )
    assert bearers(law) == ["statsforvalter", "virksomhet"]


def test_a_word_that_is_defined_in_two_ways_tells_nothing() -> None:
    defined = Definitions()
    defined.note(
        "kommunen er hagemyndighet i byen. fylkeskommunen er hagemyndighet på landet.", defines=False
    )
    assert defined.kind("hagemyndigheten") is None


def test_whom_a_law_holds_for() -> None:
    assert addressed("universiteter og høyskoler som har hage") == "virksomhet"
    assert addressed("kommuners og fylkeskommuners hager") == "kommune+fylkeskommune"
    assert addressed("virksomhet knyttet til hager") is None
    assert addressed("alle som oppholder seg i riket") is None


def test_a_school_sees_to_its_own() -> None:
    law = "### § 1. Eksamen\n\nStudenten kan søke om fritak. Fritaket skal gå frem av vitnemålet."
    assert bearers(law, "Forskrift om eksamen ved Hageskolen") == ["virksomhet"]
    assert bearers(law) == ["andre"]
