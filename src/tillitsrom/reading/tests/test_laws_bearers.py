"""Laws: who has a duty, where the sentence names a noun, a pronoun or nobody."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.laws.bearers import addressed, bearer_of, subject_after
from tillitsrom.reading.laws.boards import Boards
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


@pytest.mark.parametrize(
    ("phrase", "who"),
    [
        ("innehavar av løyve", "virksomhet"),
        ("innehaver av midlertidig hagetillatelse", "virksomhet"),
        ("eigaren eller brukaren av fangstfartøy", "virksomhet"),
        ("eier av hage", "andre"),
        ("den som får tildelt løyve", "virksomhet"),
        ("den som søkjer om hage", "andre"),
        ("dei som deltek i hagemøtet", "andre"),
        ("den som har plukka blomane", "enhver"),
        ("nærmeste leder", "arbeidsgiver"),
        ("den nasjonale hagenemnda", "direktorat"),
        ("hagen og pedagogisk-psykologisk tjeneste", "kommune"),
    ],
)
def test_a_holder_of_a_permit_runs_an_undertaking_and_who_has_a_part_is_someone(
    phrase: str, who: str
) -> None:
    assert bearer_of(phrase) == who


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("### § 1. Plan\n\nHageplanen skal godkjennast av kommunen.", ["kommune"]),
        ("### § 1. Plan\n\nKontrollen skal utførast av sakkunnig.", ["andre"]),
        ("### § 1. Svar\n\nSvaret skal bli sendt av etaten.", ["direktorat"]),
        (
            "### § 1. Svar\n\nKommunane skal få høve til å uttale seg før departementet tek avgjerd.",
            ["departement"],
        ),
        ("### § 1. Pris\n\nVedtektene til hageselskapet skal vere skriftlege.", ["virksomhet"]),
        (
            "### § 1. Barn\n\nKommunen skal ha ein hage.\n\nBarnets beste skal være et grunnleggende hensyn.",
            ["kommune"] * 2,
        ),
        ("### § 1. Attest\n\nAvslutta arbeid må dokumenterast med attest.", ["andre"]),
    ],
)
def test_a_passive_in_nynorsk_and_an_owner_tell_who(body: str, who: list[str]) -> None:
    assert bearers(body) == who


def test_the_contents_of_a_paper_are_for_the_one_who_makes_it_not_for_the_one_who_approves_it() -> None:
    body = (
        "### § 1. Plan\n\nInnehaver av konsesjon skal utarbeide hageplan. Planen skal godkjennes av departementet. "
        "Planen skal inneholde en tegning.\n\n### § 2. Mer\n\nAv planen skal det gå fram:\n\n- kor hagen er,\n- kor stor han er."
    )
    assert bearers(body) == ["virksomhet", "departement", "virksomhet", "virksomhet", "virksomhet"]


@pytest.mark.parametrize(
    ("body", "title", "who"),
    [
        ("Hagenemnda skal handsame klager.", "Lov om hager", "organ"),
        (
            "Departementet oppnemner hagenemnda. Hagenemnda skal handsame klager.",
            "Lov om hager",
            "direktorat",
        ),
        ("Kongen oppnemner hagenemnda. Nemnda skal ha tre medlemmer.", "Lov om hager", "departement"),
        ("Nemnda skal handsame klager.", "Forskrift om eksamen ved Hagehøgskulen", "virksomhet"),
        ("Kommunen skal ha hagar. Hagenemnda skal stelle dei.", "Lov om hager", "kommune"),
    ],
)
def test_a_board_belongs_to_the_one_who_appoints_it_or_whom_the_law_is_about(
    body: str, title: str, who: str
) -> None:
    assert bearers(f"### § 1. Nemnd\n\n{body}", title)[-1] == who


def test_a_title_tells_which_municipalities_a_passive_is_for() -> None:
    body = "### § 1. Noter\n\nVirksomheten skal ha hage.\n\n### § 2. Mer\n\nNotene skal nummereres."
    assert bearers(body, "Forskrift om hager for kommuner og fylkeskommuner")[-1] == "kommune+fylkeskommune"
    assert bearers(body, "Forskrift om hager")[-1] == "virksomhet"


def test_a_public_body_stays_one_where_it_is_defined_as_an_undertaking() -> None:
    body = (
        "### § 1. Definisjonar\n\n- organ: verksemd som er omfatta av lova\n\n"
        "### § 2. Hage\n\nOrganet skal ha hage."
    )
    assert bearers(body) == ["organ"]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Det er forbudt å plukke blomster.", "enhver"),
        ("Plukking av blomar er ikkje tillate i hagen.", "enhver"),
        ("Det er forbode for kommunen å selje hagen.", "kommune"),
    ],
)
def test_what_is_forbidden_is_a_prohibition(sentence: str, who: str) -> None:
    verdict = judge(sentence)
    assert verdict is not None
    assert (verdict.kind.value, verdict.bearer) == ("prohibition", who)


@pytest.mark.parametrize(
    "sentence",
    ["Blomster som det er forbudt å plukke, har gjerde.", "Kommunen kan bestemme at plukking er forbudt."],
)
def test_what_is_forbidden_in_a_clause_is_no_prohibition(sentence: str) -> None:
    assert judge(sentence) is None


def test_what_is_sent_to_a_school_comes_from_its_students() -> None:
    body = "### § 1. Fusk\n\nStudenten skal få svar.\n\nVitnemål skal leverast tilbake til høgskulen.\n\nEksamen skal haldast."
    assert bearers(body, "Forskrift om eksamen ved Hagehøgskulen")[1:] == ["andre", "virksomhet"]


def test_what_is_forbidden_to_everyone_tells_nothing_of_who_has_other_duties() -> None:
    body = (
        "### § 1. Fangst\n\nDet er forbudt å plukke blomster. Hageselskapet skal ha gjerde. "
        "Det er forbudt å plukke bær.\n\nPortene skal males."
    )
    assert bearers(body) == ["enhver", "virksomhet", "enhver", "virksomhet"]


def test_only_the_beginning_of_a_very_long_paragraph_tells_of_boards() -> None:
    boards = Boards()
    boards.note("oppnemnd nemnd " * 20_000 + "departementet oppnemner hagenemnda.")
    assert boards.appointer("hagenemnda") is None
    boards.note("departementet oppnemner hagenemnda.")
    assert boards.appointer("hagenemnda") == "departement"
