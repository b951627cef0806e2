"""Where a Norwegian sentence ends, and where a full stop is something else."""

import pytest

from tillitsrom.reading.sentences import split_sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Etaten skal rapportere. Planen må være klar.", 2),
        ("Se kap. 4 og pkt. 3. Etaten må svare.", 2),
        ("Etaten skal følge loven, jf. Prop. 12 L og Innst. 3 S. Det gjelder alle.", 2),
        ("Kravet gjelder bl.a. Oslo og Bergen.", 1),
        ("Leveres 1. Mai 2026 til departementet.", 1),
        ("Leveres 15. mars 2026. Etaten skal varsle.", 2),
        ("Det er gitt 3,5 mill. Kroner til formålet.", 1),
        ("Verksemda skal følgje § 5. Ho skal òg melde frå.", 2),
        ("Tiltak, rutinar m.m. Etaten vel sjølv.", 2),
        ("Oppdraget ble gitt i 2025. Det videreføres.", 2),
        ("Se nr. 4 i vedlegget.", 1),
        ("Hva er målet? Etaten skal svare! Ja.", 3),
        ("Brev fra A. Hansen om saken.", 1),
        ("Følg planen «Bedre hverdag». Etaten skal evaluere.", 2),
        ("Dei skal evaluere (sjå punkt 2.) Deretter må dei melde frå.", 2),
    ],
)
def test_number_of_sentences(text: str, expected: int) -> None:
    assert len(parts(text)) == expected, parts(text)


def test_spans_have_no_white_space_around_them() -> None:
    assert parts("  En setning.   En til.  ") == ["En setning.", "En til."]


def test_a_hard_break_ends_a_sentence() -> None:
    assert parts("Tittel på tiltaket  \n Etaten skal gjøre dette.") == [
        "Tittel på tiltaket",
        "Etaten skal gjøre dette.",
    ]


def test_a_line_break_inside_a_sentence_does_not() -> None:
    assert len(parts("Etaten skal levere\nrapporten i juni.")) == 1


def test_a_bullet_that_a_converter_left_in_the_text() -> None:
    assert parts("Etaten skal svare. o Frist 1.2.2026") == ["Etaten skal svare.", "Frist 1.2.2026"]


def test_only_the_given_part_is_read() -> None:
    text = "En. To. Tre."
    assert [text[a:b] for a, b in split_sentences(text, 4, 7)] == ["To."]
