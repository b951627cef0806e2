"""Laws: what is reporting, what is only laid down to be settled, and what the items of a list are."""

import pytest

from tillitsrom.reading.extract import read_document
from tillitsrom.reading.laws.verdict import judge
from tillitsrom.reading.model import Document, SourceKind


def read(body: str) -> list[tuple[str, str]]:
    text = f"# Lov om hager\n\n### § 1. Hager\n\n{body}\n"
    document = Document("lov.md", SourceKind.MARKDOWN, text)
    return [(r.requirement_class.value, r.quote) for r in read_document(document, law=True).requirements]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Han skal varsla kommunen om skaden.", "reporting"),
        ("Gartneren skal melda frå til eigaren.", "reporting"),
        ("Det må gjerast greie for kva som er øydelagt.", "reporting"),
        ("Kommunen skal forelegge utkastet for styret.", "reporting"),
        ("Søknaden skal sendes på skjema.", "reporting"),
        ("Søknaden skal avgjøres innen en uke.", "duty"),
        ("Avtalen skal opplyse om prisen.", "duty"),
        ("Den samlede hagerapporten skal minst angi antall trær.", "reporting"),
        ("Årsberetningen skal vedtas innen seks måneder.", "duty"),
        ("For epletrær skal meldingen inneholde antall trær.", "reporting"),
        ("Vedlagt søknaden skal følge en tegning.", "reporting"),
        ("Kravet skal settes frem overfor eieren.", "reporting"),
        ("Hageplanen skal gi oversikt over trærne.", "duty"),
        ("Kommunen skal kunngjøre vedtaket i en avis.", "duty"),
        ("Prisen kan ikke settes høyere enn ti kroner.", "prohibition"),
        ("Det er videre forbudt å plukke blomster.", "prohibition"),
        ("Det er forbudt forsettlig å omgå gjerdet.", "prohibition"),
    ],
)
def test_the_class_of_a_sentence(sentence: str, kind: str) -> None:
    verdict = judge(sentence)
    assert verdict is not None
    assert verdict.kind.value == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Retten fastset korleis beløpet skal reknast og kor lenge det skal betalast.",
        "Nemnda avgjør om hagen skal stenges.",
        "Gartneren må likevel ha fylt 18 år.",
        "Prisen kan ikke påklages.",
        "Dette skal ikke medføre noen form for ansvar for gartneren.",
        "Reglene for hagen skal danne utgangspunkt for planen.",
    ],
)
def test_what_is_left_to_be_settled_or_only_a_condition_demands_nothing(sentence: str) -> None:
    assert judge(sentence) is None


@pytest.mark.parametrize(
    "stem",
    ["Det skal betales gebyr for behandling av følgende saker:", "Støtten skal utbetales til eieren, når"],
)
def test_what_a_duty_holds_for_counts_once(stem: str) -> None:
    assert read(f"{stem}\n\n- hagen er ny\n- hagen er stor") == [("duty", stem)]


def test_what_is_told_about_is_told_item_by_item() -> None:
    stem = "Eieren skal gi kommunen opplysninger om:"
    assert read(f"{stem}\n\n- gjerdet\n- porten") == [("reporting", "gjerdet"), ("reporting", "porten")]


def test_an_item_may_forbid() -> None:
    body = "For hagen skal følgende krav oppfylles:\n\n- Gjerdet kan ikke være høyere enn en meter\n- Porten skal være rød"
    assert [kind for kind, _ in read(body)] == ["prohibition", "duty"]
